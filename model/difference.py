"""Whom a change of facts may concern: what two terms differ in, and for whom nothing that is about them alone differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from model.lessons import Lesson
from model.term import Settings, Term, tables

_OF_ONE = {
    "professionals": "id",
    "work": "professional",
    "releases": "professional",
    "unavailability": "professional",
    "wishes": "professional",
    "licences": "professional",
    "engagements": "professional",
}
"""Tables whose rows are about one person, and the field that names them."""

_NAMING = ("pinned", "blocked")
"""Fields of a lesson that concern nobody but who is named there."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a difference may concern.

    Rules about one person alone say the same in both terms of everybody else who can give none of the courses in either;
    what people share is to be asked anew.

    Attributes:
        people: who have a row that differs, or are named by one.
        courses: those with a lesson that differs.
    """

    people: frozenset[str]
    courses: frozenset[str]


def touched(before: Term, after: Term) -> Touched | None:
    """Whom the difference of two terms may concern, with all demands written out; None where it may be anybody."""
    if any(getattr(before, name) != getattr(after, name) for name in Settings.model_fields):
        return None
    people: set[str] = set()
    courses: set[str] = set()
    for table, _ in tables():
        old, new = before.rows(table), after.rows(table)
        if old == new:
            continue
        if table not in (*_OF_ONE, "lessons") or not _in_one_order(old, new):
            return None
        for pair in _different(old, new):
            rows = [row for row in pair if row is not None]
            if table != "lessons":
                people.update(getattr(row, _OF_ONE[table]) for row in rows)
                continue
            for field in _NAMING:
                named = [set(getattr(row, field)) for row in rows]
                people |= named[0] if len(named) == 1 else named[0] ^ named[1]
            if len(rows) == 1 or _but_for_names(rows[0]) != _but_for_names(rows[1]):
                courses.update(row.course for row in rows)
                people.update(row.professional for term in (before, after) for row in _promised(term, rows[0].id))
    # Where teachers of the school are free beside somebody depends on what they lead.
    if any(before.course(each).led_by for each in courses):
        return None
    return Touched(frozenset(people), frozenset(courses))


def _in_one_order(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Whether rows of both stand in the same order in both, and no id comes twice."""
    first, second = [row.id for row in old], [row.id for row in new]
    ones, others = set(first), set(second)
    if len(ones) < len(first) or len(others) < len(second):
        return False
    return [each for each in first if each in others] == [each for each in second if each in ones]


def _different(old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    """Rows that differ, before and after; None where there is none."""
    before, after = {row.id: row for row in old}, {row.id: row for row in new}
    for row_id in before | after:
        pair = before.get(row_id), after.get(row_id)
        if pair[0] != pair[1]:
            yield pair


def _but_for_names(row: Lesson) -> dict[str, Any]:
    return {field: value for field, value in row if field not in _NAMING}


def _promised(term: Term, lesson: str) -> Iterator[Any]:
    """Rows of the published timetable; who was promised a lesson is told what became of it."""
    return (row for row in term.published_of("lesson", lesson))
