"""Lessons that may not stay open."""

from typing import Any

from model.rule import Owner
from model.rules.must_fill import MustFill
from model.term import Term
from model.timetable import Assignment, Timetable
from tests.agreement import best
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def must(*, heads: int = 1, **tables: Any) -> Term:
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots", heads=heads)],
        lessons=[lesson("l1", must_fill=True), lesson("l2", "2")],
        **tables,
    )


HOLIDAY = [{"start": "2026-09-07", "end": "2026-09-20", "kind": "holiday"}]


def test_a_lesson_with_all_its_teachers_is_fine() -> None:
    """One of one, two of two; another lesson stays open; one that never takes place needs nobody."""
    assert sizes(must(), table("l1"), MustFill) == []
    assert sizes(must(heads=2), table("l1", ("l1", "ben")), MustFill) == []
    assert sizes(must(calendar_days=HOLIDAY), table(), MustFill) == []


def test_an_open_lesson_breaks_it() -> None:
    """Nobody of two: two are lacking; one of two: one."""
    broken = breaches(must(), table("l2"), MustFill)
    assert [(each.size, each.unit, each.lesson, each.school) for each in broken] == [(1, "people", "l1", "north")]
    assert broken[0].sentence(NL) == "Robots (l1) mag niet open blijven; docenten die ontbreken: 1."
    assert broken[0].sentence(EN) == "Robots (l1) may not stay open; teachers missing: 1."
    assert sizes(must(heads=2), table(), MustFill) == [2]
    assert sizes(must(heads=2), table("l1"), MustFill) == [1]


def test_every_week_must_be_filled() -> None:
    """Anna in week 37 only leaves week 38 open, unless Ben takes it over."""
    first = Assignment(lesson="l1", professional="anna", weeks="37")
    second = Assignment(lesson="l1", professional="ben", weeks="38")
    assert sizes(must(), Timetable(assignments=(first,)), MustFill) == [1]
    assert sizes(must(), Timetable(assignments=(first, second)), MustFill) == []


def test_a_lesson_that_takes_place_only_at_another_time_must_be_filled_too() -> None:
    """Its own Mondays are holidays, the other time is on Tuesday."""
    mondays = [{"start": day, "end": day, "kind": "study_day"} for day in ("2026-09-07", "2026-09-14")]
    other = [{"id": "tuesday", "lesson": "l1", "weekday": "tue", "first_period": "1"}]
    term = must(heads=2, calendar_days=mondays, lesson_times=other)
    assert sizes(term, table(), MustFill) == [2]
    assert sizes(term, table(("l1", "anna", "tuesday")), MustFill) == [1]
    assert best(term)[1] == table(("l1", "anna", "tuesday"), ("l1", "ben", "tuesday"))


def test_who_only_watches_does_not_fill_a_lesson() -> None:
    """Anna watches until the 13th: on the 7th the lesson has nobody, or one of the two it needs."""
    stages = [{"professional": "anna", "stage": "meelopen", "end": "2026-09-13"}]
    assert sizes(must(stages=stages), table("l1"), MustFill) == [1]
    assert sizes(must(stages=stages), table("l1", ("l1", "ben")), MustFill) == []
    assert sizes(must(heads=2, stages=stages), table("l1", ("l1", "ben")), MustFill) == [1]
    # At Tuesdays 8 and 15 as well; but where it is only ever at the 15th she is past watching.
    later = [{"id": "later", "lesson": "l1", "weekday": "tue", "first_period": "2"}]
    moved = table(("l1", "anna", "later"))
    assert sizes(must(stages=stages, lesson_times=later), moved, MustFill) == [1]
    closed = [{"start": "2026-09-08", "end": "2026-09-08", "kind": "study_day"}]
    assert sizes(must(stages=stages, lesson_times=later, calendar_days=closed), moved, MustFill) == []
    assert sizes(must(stages=stages, lesson_times=later, calendar_days=closed), table(), MustFill) == [1]


def test_the_fact_is_the_school_s() -> None:
    """The board names the lesson."""
    said = facts(must(), MustFill)
    assert len(said) == 1
    assert is_about(said[0], Owner.SCHOOL, "lessons/l1")


def matters() -> tuple[Term, Timetable]:
    """Nobody is licensed for the lesson: with the rule there is no timetable at all."""
    return small_term(lessons=[lesson("l1", must_fill=True)], licences=[]), table()
