"""What is given as a whole: a course that stays together, or a lesson, at chosen times in a segment of weeks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from itertools import product
from math import prod

from model.calendar import MAX_OPTIONS_PER_BLOCK, Calendar, Dates
from model.day import lesson_stop
from model.lessons import Continuity, Course
from model.rule import Part
from model.rulebook import RuleBook
from model.rules import BY_NAME
from model.segments import Segment, Segments
from model.term import Term

Block = tuple[tuple[str, ...], tuple[str | None, ...], tuple[Part, ...], Dates, frozenset[int] | None]
"""Lessons taken as a whole with their times, when that is, the dates of it all, and the weeks unless it is all."""


class Blocks:
    """Blocks of the courses of a term.

    Attributes:
        of: by course, in order.
    """

    def __init__(self, term: Term, calendar: Calendar, segments: Segments) -> None:
        self.of: dict[str, list[Block]] = {}
        self._term = term
        self._calendar = calendar
        self._segments = segments
        self._at: dict[tuple[int, int, Dates], AbstractSet[str]] = {}

    def lay_out(self, courses: Iterable[Course], book: RuleBook) -> None:
        """Make the blocks of these courses, as rules are set."""
        stays = BY_NAME["continuity"]
        for each in courses:
            self.of[each.id] = self._blocks_of(each.id, continuity=book.of(stays, each.school) is not None)

    def at(self, start: int, end: int, dates: Dates) -> AbstractSet[str]:
        """Courses that nobody can give without teaching at one of these moments."""
        key = (start, end, dates)
        if key not in self._at:
            self._at[key] = frozenset(
                course
                for course, blocks in self.of.items()
                if all(
                    any(part.stop.start < end and start < part.stop.end and part.dates & dates for part in parts)
                    for _, _, parts, _, _ in blocks
                )
            )
        return self._at[key]

    def _blocks_of(self, course_id: str, *, continuity: bool) -> list[Block]:
        """Lessons that are taken as a whole (if the rule of continuity holds), with every choice of their times."""
        term, calendar = self._term, self._calendar
        choices = {
            lesson.id: [
                (option, parts) for option in calendar.options(lesson.id) if (parts := self._parts(lesson.id, option))
            ]
            or [(None, ())]
            for lesson in term.lessons_of(course_id)
        }
        together = continuity and term.course(course_id).continuity is Continuity.SAME
        if prod(map(len, choices.values())) > MAX_OPTIONS_PER_BLOCK:
            together = False  # the rule of continuity ties the lessons
        found: list[Block] = []
        for block in [list(choices)] if together and choices else [[lesson] for lesson in choices]:
            segments = self._segments.of_course(course_id) if together else self._segments.of_lesson(block[0])
            for segment in segments:
                found += _in_segment({lesson: choices[lesson] for lesson in block}, segment)
        return found

    def _parts(self, lesson: str, option: str | None) -> tuple[Part, ...]:
        return tuple(
            Part(lesson, option, dates, lesson_stop(self._term, lesson, start, end))
            for start, end, dates in self._calendar.spans(lesson, option)
        )


def _in_segment(choices: dict[str, list[tuple[str | None, tuple[Part, ...]]]], segment: Segment) -> Iterator[Block]:
    """Lessons taken as a whole in a segment, with every choice of their times; not those with dates elsewhere only."""
    if segment.weeks is not None:
        choices = {
            lesson: [(option, _within(parts, segment.dates)) for option, parts in ways]
            for lesson, ways in choices.items()
            if any(_within(parts, segment.dates) for _, parts in ways) or not any(parts for _, parts in ways)
        }
    for chosen in product(*choices.values()):
        parts = tuple(part for _, of_lesson in chosen for part in of_lesson)
        dates = 0
        for part in parts:
            dates |= part.dates
        if dates:
            yield tuple(choices), tuple(option for option, _ in chosen), parts, dates, segment.weeks


def _within(parts: Iterable[Part], dates: Dates) -> tuple[Part, ...]:
    """Parts on some of their dates."""
    return tuple(part._replace(dates=part.dates & dates) for part in parts if part.dates & dates)
