"""A lesson has one time: l1 on Monday, or on Tuesday instead."""

from typing import Any

from model.rule import Owner
from model.rules.one_time import OneTime
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

SPLIT = table("l1", ("l1", "ben", "tuesday"))


def region(**tables: Any) -> Term:
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots", heads=2)],
        lessons=[lesson("l1"), lesson("l2", "2")],
        lesson_times=[{"id": "tuesday", "lesson": "l1", "weekday": "tue", "first_period": "1"}],
        **tables,
    )


def test_one_time_for_all_is_fine() -> None:
    """Both on Monday, both on Tuesday, or nobody; lessons with one time cannot be wrong."""
    for timetable in (
        table("l1", ("l1", "ben")),
        table(("l1", "anna", "tuesday"), ("l1", "ben", "tuesday")),
        table("l2", ("l2", "ben")),
        table(),
    ):
        assert sizes(region(), timetable, OneTime) == []


def test_two_times_break_it() -> None:
    """Anna on Monday, Ben on Tuesday."""
    broken = breaches(region(), SPLIT, OneTime)
    assert [(each.size, each.unit, each.lesson, each.school) for each in broken] == [(1, "times", "l1", "north")]
    assert broken[0].sentence(NL) == "Robots (l1) staat op 2 tijden tegelijk."
    assert broken[0].sentence(EN) == "Robots (l1) is put at 2 times at once."


def test_the_fact_is_the_school_s() -> None:
    """The board names the lesson."""
    said = facts(region(), OneTime)
    assert len(said) == 1
    assert is_about(said[0], Owner.SCHOOL, "lessons/l1")


def matters() -> tuple[Term, Timetable]:
    """Anna can only come on Monday and Ben only on Tuesday: one of them can, not both."""
    away = [{"professional": "anna", "weekday": "tue"}, {"professional": "ben", "weekday": "mon"}]
    return region(unavailability=away), SPLIT
