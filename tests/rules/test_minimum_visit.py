"""Whether a day at a school is worth the trip: at least two lesson periods. Two dates each."""

from typing import Any

from model.rule import Owner
from model.rules.minimum_visit import MinimumVisit
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def region(least: int | None = 2, rules: tuple[dict[str, Any], ...] = (), **tables: Any) -> Term:
    people = [person("anna", min_lessons_per_visit=least)]
    courses = [course("robots"), course("bikes", school="south")]
    lessons = [lesson("l1"), lesson("l2", "2"), lesson("t1", weekday="tue"), lesson("s5", "5", course="bikes")]
    lessons.append(lesson("block", "5", last_period="6"))
    values = {"professionals": people, "courses": courses, "lessons": lessons, "rules": rules}
    return small_term(**{**values, **tables})


def test_enough_lessons_are_worth_the_trip() -> None:
    """Two lessons, or a block of two; nothing to do there is no trip."""
    assert sizes(region(), table("l1", "l2"), MinimumVisit) == []
    assert sizes(region(), table("block"), MinimumVisit) == []
    assert sizes(region(), table(), MinimumVisit) == []
    assert sizes(region(least=None), table("l1"), MinimumVisit) == []
    assert sizes(region(least=1), table("l1"), MinimumVisit) == []


def test_one_lesson_is_not() -> None:
    """One lesson short on both dates; a second lesson on another day, or at another school, does not help."""
    broken = breaches(region(), table("l1"), MinimumVisit)
    assert [(each.size, each.unit, each.school, str(each.when)) for each in broken] == [
        (1, "lesson periods", "north", "2026-09-07"),
        (1, "lesson periods", "north", "2026-09-14"),
    ]
    said = "Anna gaat op 7 september 2026 naar North voor te weinig lesuren: 1; minstens 2 moet."
    assert broken[0].sentence(NL) == said
    assert "for too few lesson periods: 1" in broken[0].sentence(EN)
    assert sizes(region(), table("l1", "t1"), MinimumVisit) == [1, 1, 1, 1]
    assert sizes(region(), table("l1", "s5"), MinimumVisit) == [1, 1, 1, 1]
    assert sizes(region(), table("l1", "l2", "s5"), MinimumVisit) == [1, 1]


def test_in_the_weeks_without_the_second_lesson_it_is_not() -> None:
    """The second lesson is given in week 37 only."""
    lessons = [lesson("l1"), lesson("l2", "2", weeks="37")]
    assert sizes(region(lessons=lessons), table("l1", "l2"), MinimumVisit) == [1]


def test_a_school_wished_for_is_worth_any_trip() -> None:
    """A positive wish that names the school; not a negative one, nor one for the other school or for a time."""
    for wish, size in (({"school": "north"}, []), ({"school": "south"}, [1, 1]), ({"weekday": "mon"}, [1, 1])):
        assert sizes(region(wishes=[{"professional": "anna", "value": 1, **wish}]), table("l1"), MinimumVisit) == size
    never = [{"professional": "anna", "value": -1, "school": "north"}]
    assert sizes(region(wishes=never), table("l1"), MinimumVisit) == [1, 1]


def test_the_default_is_for_who_says_nothing() -> None:
    """A default of three, beside her own two."""
    rules = ({"rule": "minimum_visit", "parameter": "default", "value": "3"},)
    assert sizes(region(rules=rules), table("l1", "l2"), MinimumVisit) == []
    assert sizes(region(least=None, rules=rules), table("l1", "l2"), MinimumVisit) == [1, 1]


def test_the_fact_is_her_own() -> None:
    """The board names her row; without a number it says nothing."""
    only = [lesson("l1")]
    assert is_about(fact(region(lessons=only), MinimumVisit), Owner.PROFESSIONAL, "professionals/anna")
    assert facts(region(least=None), MinimumVisit) == []


def matters() -> tuple[Term, Timetable]:
    """A trip for one lesson."""
    return region(lessons=[lesson("l1")]), table("l1")
