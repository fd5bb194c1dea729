"""Evenings with lessons. Period 7 is from 19:00 to 19:50, and the afternoon ends at 18:00."""

from typing import Any

from model.rule import Owner
from model.rules.evenings_per_week import EveningsPerWeek
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, licence, person, school, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

DAYS = ("mon", "tue", "wed")


def evenings(own: int | None = None, sector: str = "mbo", **tables: Any) -> Term:
    """A lesson on three evenings, and one on Monday afternoon."""
    lessons = [lesson(day, "7", weekday=day) for day in DAYS]
    lessons.append(lesson("early", "6"))
    values = {
        "professionals": [person("anna", max_evenings_per_week=own)],
        "schools": [school("north", sector=sector), school("south")],
        "licences": [licence("anna", sector=each) for each in ("mbo", "vo")],
        "lessons": lessons,
    }
    return small_term(**{**values, **tables})


def test_two_evenings_at_mbo_schools_are_fine() -> None:
    """Two evenings and an afternoon; three at a vo school, where nothing is agreed; three where she agreed to three."""
    assert sizes(evenings(), table("mon", "tue", "early"), EveningsPerWeek) == []
    assert sizes(evenings(sector="vo"), table(*DAYS), EveningsPerWeek) == []
    assert sizes(evenings(own=3), table(*DAYS), EveningsPerWeek) == []


def test_a_third_evening_asks_for_consent() -> None:
    """Three evenings in both weeks are one too many each."""
    broken = breaches(evenings(), table(*DAYS), EveningsPerWeek)
    assert [(each.size, each.unit, each.professional) for each in broken] == [(1, "evenings", "anna")] * 2
    assert broken[0].sentence(NL) == "Lesavonden van Anna in week 37: 3; hoogstens 2 mag."
    assert broken[0].sentence(EN) == "Evenings with lessons of Anna in week 37: 3; at most 2 is allowed."


def test_weeks_are_counted_apart() -> None:
    """Wednesday only in week 38: too many there alone."""
    lessons = [*(lesson(day, "7", weekday=day) for day in DAYS[:2]), lesson("wed", "7", weekday="wed", weeks="38")]
    assert sizes(evenings(lessons=lessons), table(*DAYS), EveningsPerWeek) == [1]


def test_two_lessons_on_one_evening_are_one_evening() -> None:
    """Three lessons on two evenings."""
    lessons = [*(lesson(day, "7", weekday=day) for day in DAYS[:2])]
    lessons.append(lesson("more", None, start="20:00", end="21:00"))
    assert sizes(evenings(lessons=lessons), table("mon", "tue", "more"), EveningsPerWeek) == []


def test_her_own_number_counts_all_schools() -> None:
    """None at all, at a vo school; the sector of a course goes before that of its school."""
    assert sizes(evenings(own=0, sector="vo"), table("mon"), EveningsPerWeek) == [1, 1]
    courses = [course("robots", sector="mbo")]
    assert sizes(evenings(sector="vo", courses=courses), table(*DAYS), EveningsPerWeek) == [1, 1]


def test_an_evening_begins_where_the_term_says() -> None:
    """A lesson that ends on the minute is none, one that ends later is."""
    lessons = [lesson("mon", None, start="17:00", end="18:00")]
    assert sizes(evenings(own=0, lessons=lessons), table("mon"), EveningsPerWeek) == []
    assert sizes(evenings(own=0, lessons=lessons, evening="17:59"), table("mon"), EveningsPerWeek) == [1, 1]


def test_the_default_can_be_set() -> None:
    """One evening for who says nothing; her own three stays."""
    rules = [{"rule": "evenings_per_week", "parameter": "default", "value": "1"}]
    assert sizes(evenings(rules=rules), table("mon", "tue"), EveningsPerWeek) == [1, 1]
    assert sizes(evenings(own=3, rules=rules), table(*DAYS), EveningsPerWeek) == []


def test_the_fact_is_her_own() -> None:
    """The board names her row; where there are no evenings it says nothing."""
    assert is_about(fact(evenings(), EveningsPerWeek), Owner.PROFESSIONAL, "professionals/anna")
    assert facts(evenings(lessons=[lesson("l1")]), EveningsPerWeek) == []


def matters() -> tuple[Term, Timetable]:
    """An evening for who wants none."""
    return evenings(own=0, lessons=[lesson("mon", "7")]), table("mon")
