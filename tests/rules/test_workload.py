"""Hours beyond what somebody wishes to work: a point a minute; a lesson of 50 minutes has 35 of preparation."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.workload import Workload
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, journeys, lesson, person, release, small_term, table, work, worker
from tests.rules.cases import cost, fact, facts, is_about


def term_of(wish: float | None, *lessons: dict[str, Any], **tables: Any) -> Term:
    """Anna with such a wish, and these lessons."""
    return small_term(
        **{
            "professionals": [person("anna", max_hours_per_week=wish)],
            "courses": [course("robots"), course("bikes", school="south")],
            "lessons": lessons,
            **tables,
        }
    )


L1, L2, SOUTH = lesson("l1"), lesson("l2", "2"), lesson("s1", "6", course="bikes")


def test_nothing_beyond_the_wish_costs_nothing() -> None:
    """50 + 35 minutes and a journey of 2 x 20: 125 minutes; who has no wish; who teaches nothing."""
    assert cost(term_of(125 / 60, L1), table("l1"), Workload) == 0
    assert cost(term_of(None, L1), table("l1"), Workload) == 0
    assert cost(term_of(0, L1), table(), Workload) == 0


def test_each_minute_more_costs_in_each_week() -> None:
    """125 minutes in two weeks, an hour of which is wished; in one week."""
    assert cost(term_of(1, L1), table("l1"), Workload) == 2 * 65
    assert cost(term_of(1, lesson("l1", weeks="38")), table("l1"), Workload) == 65


def test_each_school_of_a_day_is_a_journey() -> None:
    """Two lessons at north are one of 40 minutes; one at south is another of 60; on another day there is another."""
    assert cost(term_of(0, L1, L2), table("l1", "l2"), Workload) == 2 * (170 + 40)
    assert cost(term_of(0, L1, SOUTH), table("l1", "s1"), Workload) == 2 * (170 + 40 + 60)
    assert cost(term_of(0, L1, lesson("l2", weekday="tue")), table("l1", "l2"), Workload) == 2 * (170 + 80)


def test_a_journey_nobody_knows_takes_no_time() -> None:
    """Without travel times and coordinates."""
    assert cost(term_of(0, L1, travel_times=[]), table("l1"), Workload) == 2 * 85
    one_way = [row for row in journeys(["anna"]) if row["origin"] == "home:anna"]
    assert cost(term_of(0, L1, travel_times=one_way), table("l1"), Workload) == 2 * 85


def test_work_counts_and_what_is_given_away_comes_off() -> None:
    """8.5 hours at the plant and 125 minutes: of 10 hours 35 minutes are too much; a morning of 4.5 hours given away is not."""
    employed = {"professionals": [worker("anna", max_hours_per_week=10)], "work": [work("anna")]}
    evening = lesson("l7", "7")
    assert cost(term_of(10, evening, **employed), table("l7"), Workload) == 2 * 35
    given = {**employed, "releases": [release("anna", "morning")]}
    assert cost(term_of(10, evening, **given), table("l7"), Workload) == 2 * 35
    assert cost(term_of(10, L1, evening, **given), table("l1", "l7"), Workload) == 0


def test_where_work_alone_is_more_only_teaching_costs() -> None:
    """8.5 hours against a wish of 8: the 125 minutes cost."""
    employed = {"professionals": [worker("anna", max_hours_per_week=8)], "work": [work("anna")]}
    assert cost(term_of(8, lesson("l7", "7"), **employed), table("l7"), Workload) == 2 * 125
    assert cost(term_of(8, lesson("l7", "7"), **employed), table(), Workload) == 0


def test_meetings_count() -> None:
    """An hour each Monday on top of 125 minutes."""
    meeting = {"id": "m", "required": ["anna"], "weekday": "mon", "start": "11:00", "minutes": 60}
    assert cost(term_of(2, L1, activities=[meeting]), table("l1"), Workload) == 2 * (125 + 60 - 120)


def test_weight_and_preparation_can_be_set() -> None:
    """Three points a minute; no preparation: 50 + 40 minutes."""
    rules = [{"rule": "workload", "parameter": "weight", "value": "3"}]
    assert cost(term_of(1, L1, rules=rules), table("l1"), Workload) == 3 * 2 * 65
    rules = [{"rule": "workload", "professional": "anna", "parameter": "preparation", "value": "0"}]
    assert cost(term_of(1, L1, rules=rules), table("l1"), Workload) == 2 * 30
    rules = [{"rule": "workload", "parameter": "weight", "value": "0"}]
    assert cost(term_of(1, L1, rules=rules), table("l1"), Workload) == 0


def test_the_fact_is_the_professional_s_own() -> None:
    """Only they may read it."""
    because = fact(term_of(1, L1), Workload)
    assert is_about(because, Owner.PROFESSIONAL, "professionals/anna", Privacy.PRIVATE)
    assert because.params == {"person": "Anna"}
    assert facts(term_of(None, L1), Workload) == []


def matters() -> tuple[Term, Timetable]:
    """Teaching costs 130."""
    return term_of(1, L1), table("l1")
