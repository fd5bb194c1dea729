"""Meetings one is welcome at, at 100 points for each one missed. On Mondays at 09:30 for 60 minutes; two dates."""

from typing import Any

from model.rule import Owner
from model.rules.activity_wish import ActivityWish
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table, work, worker
from tests.rules.cases import cost, fact, facts, is_about


def agenda(rules: tuple[dict[str, Any], ...] = (), meeting: dict[str, Any] | None = None, **tables: Any) -> Term:
    row = {"id": "m", "school": "north", "weekday": "mon", "start": "09:30", "wished": ["anna"]} | (meeting or {})
    lessons = [lesson("l1"), lesson("l2", "2"), lesson("l5", "5"), lesson("once", "2", weeks="37")]
    values = {"lessons": lessons, "activities": [row], "rules": rules, "professionals": [person("anna"), person("bob")]}
    return small_term(**{**values, **tables})


OPEN = {"start": None, "required": ["bob"]}


def test_meetings_that_one_can_attend_cost_nothing() -> None:
    """A lesson before and one after; somebody else's lesson; who must come is another rule's business."""
    assert cost(agenda(), table("l1", "l5"), ActivityWish) == 0
    assert cost(agenda(), table(("l2", "bob")), ActivityWish) == 0
    assert cost(agenda(meeting={"required": ["anna"]}), table("l2"), ActivityWish) == 0


def test_each_meeting_missed_costs() -> None:
    """Period 2 on two dates 2 x 100; in one week 100; two lessons at the same time miss it once, 2 x 100."""
    assert cost(agenda(), table("l2"), ActivityWish) == 200
    assert cost(agenda(), table("once"), ActivityWish) == 100
    assert cost(agenda(), table("l2", "once"), ActivityWish) == 200


def test_a_meeting_without_a_time_is_missed_when_no_half_day_suits() -> None:
    """Bob must come and Anna may; mornings and afternoons taken by either of them cost all meetings of two weeks."""
    term = agenda(meeting=OPEN)
    assert cost(term, table("l1"), ActivityWish) == 0
    assert cost(term, table("l1", "l2"), ActivityWish) == 0
    assert cost(term, table("l1", "l5"), ActivityWish) == 200
    assert cost(term, table("l1", ("l5", "bob")), ActivityWish) == 200
    assert cost(agenda(meeting=OPEN | {"weeks": "38"}), table("l1", "l5"), ActivityWish) == 100


def test_what_no_timetable_can_give_costs_nothing() -> None:
    """Anna works all Monday."""
    people = [worker("anna"), person("bob")]
    term = agenda(meeting=OPEN, professionals=people, work=[work("anna")])
    assert cost(term, table("l1", "l5"), ActivityWish) == 0


def test_the_weight_can_be_set() -> None:
    """At 7 points 2 x 7."""
    rules = ({"rule": "activity_wish", "parameter": "weight", "value": "7"},)
    assert cost(agenda(rules=rules), table("l2"), ActivityWish) == 14
    assert cost(agenda(rules=rules, meeting=OPEN), table("l1", "l5"), ActivityWish) == 14


def test_the_fact_is_the_school_s() -> None:
    """The board names the meeting and who misses it; without meetings it says nothing."""
    said = fact(agenda(), ActivityWish)
    assert is_about(said, Owner.SCHOOL, "activities/m")
    assert said.professional == "anna"
    assert facts(small_term(), ActivityWish) == []


def matters() -> tuple[Term, Timetable]:
    """A lesson during the meeting, on both dates."""
    return agenda(), table("l2", ("l1", "bob"))
