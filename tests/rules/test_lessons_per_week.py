"""How much somebody teaches in a week, in lesson periods."""

from typing import Any

from model.rule import Owner
from model.rules.lessons_per_week import LessonsPerWeek
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def most(periods: int | None, rules: tuple[dict[str, Any], ...] = ()) -> Term:
    """A double lesson on Monday, a single one on Tuesday in week 38."""
    lessons = [lesson("l1", last_period="2"), lesson("l2", weekday="tue", weeks="38")]
    people = [person("anna", max_lessons_per_week=periods)]
    return small_term(professionals=people, lessons=lessons, rules=rules)


def test_each_week_is_counted_by_itself() -> None:
    """Two periods in week 37 and three in week 38, where three are the most."""
    assert sizes(most(3), table("l1", "l2"), LessonsPerWeek) == []
    assert sizes(most(2), table("l1"), LessonsPerWeek) == []
    assert sizes(most(None), table("l1", "l2"), LessonsPerWeek) == []


def test_too_much_in_a_week_breaks_it() -> None:
    """Three periods in week 38 where two are the most."""
    broken = breaches(most(2), table("l1", "l2"), LessonsPerWeek)
    assert [(each.size, each.unit, each.professional) for each in broken] == [(1, "lesson periods", "anna")]
    assert broken[0].sentence(NL) == "Lesuren van Anna in week 38: 3; hoogstens 2 mag."
    assert broken[0].sentence(EN) == "Lesson periods of Anna in week 38: 3; at most 2 is allowed."
    assert sizes(most(0), table("l1", "l2"), LessonsPerWeek) == [2, 3]


def test_weeks_run_over_new_year() -> None:
    """28 December 2026 and 1 January 2027 are both in week 53, the next Monday is in week 1."""
    lessons = [lesson("l1"), lesson("l2", weekday="fri")]
    people = [person("anna", max_lessons_per_week=1)]
    term = small_term(start="2026-12-28", end="2027-01-04", professionals=people, lessons=lessons)
    broken = breaches(term, table("l1", "l2"), LessonsPerWeek)
    assert [(each.size, each.params["week"]) for each in broken] == [(1, 53)]


def test_the_default_is_for_people_who_give_no_limit() -> None:
    """A setting for everybody holds where a person says nothing."""
    rules = ({"rule": "lessons_per_week", "parameter": "default", "value": "2"},)
    assert sizes(most(None, rules), table("l1", "l2"), LessonsPerWeek) == [1]
    assert sizes(most(3, rules), table("l1", "l2"), LessonsPerWeek) == []


def test_the_fact_is_the_professional_s() -> None:
    """The board names the person's row."""
    said = facts(most(2), LessonsPerWeek)
    assert said
    assert all(is_about(each, Owner.PROFESSIONAL, "professionals/anna") for each in said)


def matters() -> tuple[Term, Timetable]:
    """Anna could otherwise give three periods in week 38."""
    return most(2), table("l1", "l2")
