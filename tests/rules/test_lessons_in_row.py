"""Lesson periods in a row. Periods 1, 2 touch, 2 ends at 10:10 and 3 starts at 10:30; 3, 4 touch. Two dates each."""

from typing import Any

from model.rule import Owner
from model.rules.lessons_in_row import LessonsInRow
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def day(*lessons: dict[str, Any], most: int | None = 2, rules: tuple[dict[str, Any], ...] = (), **tables: Any) -> Term:
    people = [person("anna", max_lessons_in_row=most)]
    return small_term(lessons=list(lessons), professionals=people, rules=rules, **tables)


def morning(most: int | None = 2, **fields: Any) -> Term:
    return day(*(lesson(f"l{each}", each) for each in "1234"), most=most, **fields)


def test_as_many_as_allowed_and_then_a_break() -> None:
    """Two, a break of 20 minutes, two; nobody without a limit is limited."""
    assert sizes(morning(), table("l1", "l2", "l3", "l4"), LessonsInRow) == []
    assert sizes(morning(most=None), table("l1", "l2", "l3", "l4"), LessonsInRow) == []


def test_one_too_many_in_a_row() -> None:
    """Periods 3 and 4, and a lesson from 12:10 to 13:00 right after them, which counts for one."""
    term = day(lesson("l3", "3"), lesson("l4", "4"), lesson("late", None, start="12:10", end="13:00"))
    broken = breaches(term, table("l3", "l4", "late"), LessonsInRow)
    assert [(each.size, each.unit, str(each.when)) for each in broken] == [
        (1, "lesson periods", "2026-09-07"),
        (1, "lesson periods", "2026-09-14"),
    ]
    said = "Lesuren van Anna zonder pauze op 7 september 2026: 3; hoogstens 2 mag."
    assert broken[0].sentence(NL) == said
    said = "Lesson periods of Anna without a break on 7 September 2026: 3; at most 2 is allowed."
    assert broken[0].sentence(EN) == said


def test_a_block_counts_for_all_its_periods() -> None:
    """Periods 1 and 2 as one lesson are two; with a limit of one they are one too many on both dates."""
    block = lesson("l1", "1", last_period="2")
    assert sizes(day(block), table("l1"), LessonsInRow) == []
    assert sizes(day(block, most=1), table("l1"), LessonsInRow) == [1, 1]


def test_the_way_to_another_school_is_a_break() -> None:
    """Period 1 at north and 2 at south: no two in a row. Both at north they are."""
    courses = [course("robots"), course("bikes", school="south")]
    term = day(lesson("l1"), lesson("l2", "2", course="bikes"), most=1, courses=courses)
    assert sizes(term, table("l1", "l2"), LessonsInRow) == []
    both = day(lesson("l1"), lesson("l2", "2"), most=1)
    assert sizes(both, table("l1", "l2"), LessonsInRow) == [1, 1]


def test_how_long_a_break_is_can_be_set() -> None:
    """The 20 minutes before period 3 are no break where one takes 25: all four are in a row, two too many."""
    rules = ({"rule": "lessons_in_row", "parameter": "break_minutes", "value": "25"},)
    assert sizes(morning(rules=rules), table("l1", "l2", "l3", "l4"), LessonsInRow) == [2, 2]
    rules = ({"rule": "lessons_in_row", "parameter": "break_minutes", "value": "20"},)
    assert sizes(morning(rules=rules), table("l1", "l2", "l3", "l4"), LessonsInRow) == []


def test_the_default_is_for_who_says_nothing() -> None:
    """A default of one, beside Anna's own two."""
    rules = ({"rule": "lessons_in_row", "parameter": "default", "value": "1"},)
    assert sizes(morning(rules=rules), table("l1", "l2"), LessonsInRow) == []
    assert sizes(morning(most=None, rules=rules), table("l1", "l2"), LessonsInRow) == [1, 1]


def test_the_fact_is_her_own() -> None:
    """The board names her row; what can never be too much is not said."""
    assert is_about(fact(morning(most=1), LessonsInRow), Owner.PROFESSIONAL, "professionals/anna")
    assert facts(morning(), LessonsInRow) == []


def matters() -> tuple[Term, Timetable]:
    """Two in a row where one may be."""
    return morning(most=1), table("l1", "l2")
