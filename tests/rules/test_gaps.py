"""Idle time between lessons: a point a minute beyond a break of 20, on two dates. Period 1 ends at 09:20."""

from typing import Any

from model.rule import Owner
from model.rules.gaps import Gaps
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, release, school, small_term, table, work, worker
from tests.rules.cases import cost, facts, is_about


def day(*periods: str, rules: tuple[dict[str, Any], ...] = (), **tables: Any) -> Term:
    return small_term(lessons=[lesson(f"l{each}", each) for each in periods], rules=rules, **tables)


def test_breaks_and_other_days_are_not_idle() -> None:
    """Periods 1 and 2 touch; 2 ends at 10:10 and 3 starts at 10:30: a break of 20; a lesson alone; another day."""
    assert cost(day("1", "2"), table("l1", "l2"), Gaps) == 0
    assert cost(day("2", "3"), table("l2", "l3"), Gaps) == 0
    assert cost(day("1"), table("l1"), Gaps) == 0
    apart = small_term(lessons=[lesson("l1"), lesson("l6", "6", weekday="tue")])
    assert cost(apart, table("l1", "l6"), Gaps) == 0


def test_each_idle_minute_costs() -> None:
    """1 to 3: 09:20-10:30 is 70 minutes, 50 beyond a break, x 2 dates; with 2 given in between 0."""
    assert cost(day("1", "2", "3"), table("l1", "l3"), Gaps) == 100
    assert cost(day("1", "2", "3"), table("l1", "l2", "l3"), Gaps) == 0
    # 4 ends at 12:10 and 5 starts at 13:00: 50 - 20 = 30, x 2 dates, beside the 100 above.
    assert cost(day("1", "3", "4", "5"), table("l1", "l3", "l4", "l5"), Gaps) == 160


def test_travel_and_buffers_are_not_idle() -> None:
    """To south 5 to leave + 15 travel + 10 to arrive come off: 70 - 20 - 30 = 20, x 2 dates."""
    term = small_term(
        schools=[school("north", leave_buffer_minutes=5), school("south", arrival_buffer_minutes=10)],
        courses=[course("robots"), course("bikes", school="south")],
        lessons=[lesson("l1"), lesson("l3", "3", course="bikes")],
    )
    assert cost(term, table("l1", "l3"), Gaps) == 40


def test_work_in_between_is_not_idle() -> None:
    """Anna works at the plant between a morning and an afternoon lesson; released, she would wait."""
    tables = {"professionals": [worker("anna")], "work": [work("anna", "10:00", "12:30")]}
    assert cost(day("1", "6", **tables), table("l1", "l6"), Gaps) == 0
    # Period 1 to 6, 09:20-13:50: 270 minutes - 20 = 250, x 2 dates. The release takes effect only where a lesson asks for it.
    away = {**tables, "releases": [release("anna")]}
    assert cost(day("1", "6", **away), table("l1", "l6"), Gaps) == 0
    assert cost(day("1", "3", "6", **away), table("l1", "l3", "l6"), Gaps) == 2 * (50 + 130)


def test_the_length_of_a_break_and_the_weight_can_be_set() -> None:
    """A break of 45 leaves 25 of the 70 minutes; at 3 points 2 x 25 x 3."""
    rules = ({"rule": "gaps", "parameter": "break_minutes", "value": "45"},)
    assert cost(day("1", "3", rules=rules), table("l1", "l3"), Gaps) == 50
    dear = (*rules, {"rule": "gaps", "professional": "anna", "parameter": "weight", "value": "3"})
    assert cost(day("1", "3", rules=dear), table("l1", "l3"), Gaps) == 150


def test_the_fact_is_the_school_s() -> None:
    """The board says who waits."""
    said = facts(day("1", "3"), Gaps)
    assert said
    assert all(is_about(each, Owner.SCHOOL, None) and each.professional == "anna" for each in said)


def matters() -> tuple[Term, Timetable]:
    """Waiting between periods 1 and 3 costs 100."""
    return day("1", "3"), table("l1", "l3")
