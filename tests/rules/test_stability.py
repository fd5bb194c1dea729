"""Published lessons stay: Anna was promised l1, Ben l2; each lesson is given on two dates."""

from typing import Any

from model.rule import Owner
from model.rules.stability import Stability
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import cost, facts, is_about

AS_PUBLISHED = table("l1", ("l2", "ben"))


def region(weight: str = "100", **changes: Any) -> Term:
    """Two people, two lessons at one time, a third that was open, and another time for the second."""
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots"), course("art", school="south")],
        lessons=[lesson("l1"), lesson("l2", course="art"), lesson("l3", "2")],
        lesson_times=[{"id": "tue", "lesson": "l2", "weekday": "tue", "first_period": "1"}],
        **{
            "published": [{"lesson": "l1", "professional": "anna"}, {"lesson": "l2", "professional": "ben"}],
            "rules": [{"rule": "stability", "parameter": "weight", "value": weight}],
            **changes,
        },
    )


def test_what_stays_costs_nothing() -> None:
    """Nor does a lesson that was open and gets a teacher."""
    assert cost(region(), AS_PUBLISHED, Stability) == 0
    assert cost(region(), table("l1", ("l2", "ben"), "l3"), Stability) == 0
    assert cost(region(published=[]), table("l2"), Stability) == 0
    assert facts(region(published=[]), Stability) == []


def test_each_date_of_each_lesson_that_changes_costs() -> None:
    """Exchanged, left open, or moved to another time: two dates each."""
    assert cost(region(), table(("l1", "ben"), "l2"), Stability) == 2 * 2 * 100
    assert cost(region(), table("l1"), Stability) == 2 * 100
    assert cost(region(), table("l1", ("l2", "ben", "tue")), Stability) == 2 * 100
    assert cost(region("1"), table(), Stability) == 4


def test_dates_that_are_over_or_not_promised_cost_nothing() -> None:
    """From 8 September on there is one Monday; and a promise may be for one week."""
    assert cost(region(as_of="2026-09-08"), table(), Stability) == 2 * 100
    assert cost(region(as_of="2026-09-14"), table(), Stability) == 2 * 100
    assert cost(region(as_of="2026-09-15"), table(), Stability) == 0
    one_week = [{"lesson": "l1", "professional": "anna", "weeks": "38"}]
    assert cost(region(published=one_week), table(), Stability) == 100


def test_a_promise_in_two_rows_counts_once() -> None:
    """Both rows name week 38."""
    rows = [
        {"lesson": "l1", "professional": "anna", "weeks": "37-38"},
        {"lesson": "l1", "professional": "anna", "weeks": "38", "id": "again"},
    ]
    assert cost(region(published=rows), table(), Stability) == 2 * 100


def test_a_school_may_set_its_own_weight() -> None:
    """Lesson l2 is at south."""
    rules = [{"rule": "stability", "school": "south", "parameter": "weight", "value": "7"}]
    assert cost(region(rules=rules), table(), Stability) == 2 * 300 + 2 * 7


def test_the_fact_is_the_school_s() -> None:
    """One for each promise."""
    said = facts(region(), Stability)
    assert [(each.params["person"], each.params["lesson"]) for each in said] == [
        ("Anna", "Robots (l1)"),
        ("Ben", "Art (l2)"),
    ]
    assert all(is_about(each, Owner.SCHOOL, None) for each in said)


def matters() -> tuple[Term, Timetable]:
    """Ben can come for nothing, but Anna was promised the lesson: the journey is cheaper than the change."""
    rules = [{"rule": "moved_people", "enabled": False}]
    term = region(published=[{"lesson": "l1", "professional": "anna"}], rules=rules)
    near = [
        row.replace(minutes=0) if {"home:ben", "north"} == {row.origin, row.destination} else row
        for row in term.travel_times
    ]
    lessons = [row for row in term.lessons if row.id == "l1"]
    return term.replace(travel_times=near, lessons=lessons, lesson_times=[]), table(("l1", "ben"))
