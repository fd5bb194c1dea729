"""On how many days somebody teaches: lessons on Monday and Tuesday of weeks 37 and 38."""

from typing import Any

from model.rule import Owner
from model.rules.days_per_week import DaysPerWeek
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes


def most(days: int | None, rules: tuple[dict[str, Any], ...] = (), **tuesday: Any) -> Term:
    lessons = [lesson("l1"), lesson("l2", "2"), lesson("l3", weekday="tue", **tuesday)]
    return small_term(professionals=[person("anna", max_days_per_week=days)], lessons=lessons, rules=rules)


def test_several_lessons_on_one_day_are_one_day() -> None:
    """Two lessons on Monday; Tuesday in another week only; no limit."""
    assert sizes(most(1), table("l1", "l2"), DaysPerWeek) == []
    assert sizes(most(1), table("l3"), DaysPerWeek) == []
    assert sizes(most(2), table("l1", "l2", "l3"), DaysPerWeek) == []
    assert sizes(most(None), table("l1", "l2", "l3"), DaysPerWeek) == []
    weeks = small_term(
        professionals=[person("anna", max_days_per_week=1)],
        lessons=[lesson("l1", weeks="37"), lesson("l3", weekday="tue", weeks="38")],
    )
    assert sizes(weeks, table("l1", "l3"), DaysPerWeek) == []


def test_a_day_too_many_is_broken_in_each_week() -> None:
    """Two days where one is the most: one too many, in both weeks, or in the one with both lessons."""
    broken = breaches(most(1), table("l1", "l3"), DaysPerWeek)
    assert [(each.size, each.unit, each.professional) for each in broken] == [(1, "days", "anna")] * 2
    assert broken[0].sentence(NL) == "Lesdagen van Anna in week 37: 2; hoogstens 1 mag."
    assert broken[0].sentence(EN) == "Teaching days of Anna in week 37: 2; at most 1 is allowed."
    assert sizes(most(1, weeks="38"), table("l1", "l3"), DaysPerWeek) == [1]
    assert sizes(most(0), table("l1", "l3"), DaysPerWeek) == [2, 2]


def test_the_default_is_for_people_who_give_no_limit() -> None:
    """A setting for everybody holds for Anna unless she says otherwise herself."""
    one = ({"rule": "days_per_week", "parameter": "default", "value": "1"},)
    assert sizes(most(None, one), table("l1", "l3"), DaysPerWeek) == [1, 1]
    assert sizes(most(2, one), table("l1", "l3"), DaysPerWeek) == []


def test_the_fact_is_the_professional_s() -> None:
    """The board names the person's row and limit."""
    because = fact(most(1), DaysPerWeek)
    assert is_about(because, Owner.PROFESSIONAL, "professionals/anna")
    assert because.params == {"person": "Anna", "most": 1}


def matters() -> tuple[Term, Timetable]:
    """Anna could otherwise teach on both days."""
    return most(1), table("l1", "l3")
