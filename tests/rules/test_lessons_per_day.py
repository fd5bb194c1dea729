"""How much somebody teaches on a day, in lesson periods."""

from typing import Any

from model.rule import Owner
from model.rules.lessons_per_day import LessonsPerDay
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def most(periods: int | None, rules: tuple[dict[str, Any], ...] = ()) -> Term:
    """A double lesson and a single one on Monday, a single one on Tuesday."""
    lessons = [lesson("l1", last_period="2"), lesson("l3", "3", weeks="38"), lesson("l4", weekday="tue")]
    return small_term(professionals=[person("anna", max_lessons_per_day=periods)], lessons=lessons, rules=rules)


def test_each_day_is_counted_by_itself() -> None:
    """Two periods on Monday and one on Tuesday, where two are the most; three without a limit."""
    assert sizes(most(2), table("l1", "l4"), LessonsPerDay) == []
    assert sizes(most(3), table("l1", "l3", "l4"), LessonsPerDay) == []
    assert sizes(most(None), table("l1", "l3"), LessonsPerDay) == []


def test_too_much_on_a_day_breaks_it() -> None:
    """Three periods on 14 September where two are the most; on the 7th there are two."""
    broken = breaches(most(2), table("l1", "l3"), LessonsPerDay)
    assert [(each.size, each.unit, str(each.when)) for each in broken] == [(1, "lesson periods", "2026-09-14")]
    assert broken[0].sentence(NL) == "Lesuren van Anna op 14 september 2026: 3; hoogstens 2 mag."
    assert broken[0].sentence(EN) == "Lesson periods of Anna on 14 September 2026: 3; at most 2 is allowed."
    assert sizes(most(1), table("l1", "l3"), LessonsPerDay) == [1, 2]


def test_the_default_is_for_people_who_give_no_limit() -> None:
    """A setting for Anna's limit does not overrule her own."""
    rules = ({"rule": "lessons_per_day", "professional": "anna", "parameter": "default", "value": "2"},)
    assert sizes(most(None, rules), table("l1", "l3"), LessonsPerDay) == [1]
    assert sizes(most(3, rules), table("l1", "l3"), LessonsPerDay) == []


def test_the_fact_is_the_professional_s() -> None:
    """The board names the person's row."""
    said = facts(most(2), LessonsPerDay)
    assert said
    assert all(is_about(each, Owner.PROFESSIONAL, "professionals/anna") for each in said)


def matters() -> tuple[Term, Timetable]:
    """Anna could otherwise give three periods on one day."""
    return most(2), table("l1", "l3")
