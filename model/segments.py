"""Segments of a term's weeks: what somebody gives of a lesson they give in whole segments, so that others may take over.

The weeks in which a lesson may change hands are the hand-over weeks of its course; where a timetable was published also
the weeks in which it changes hands there and, for a term that describes a day, the first Monday of each person on which
the published timetable no longer binds them. Nobody can take over within a segment. A lesson without such a week has one
segment: the whole term.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from model.calendar import Calendar, Dates, days
from model.lessons import Continuity, Lesson
from model.rulebook import RuleBook
from model.rules.frozen import Frozen
from model.waivers import Waivers


class Segment(NamedTuple):
    """Weeks in a row, by ISO number, and their dates; None stands for all weeks of the term."""

    weeks: frozenset[int] | None
    dates: Dates


class Segments:
    """The segments of everything in a term."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.term = calendar.term
        self.of_course = cache(self._of_course)
        self.of_lesson = cache(self._of_lesson)
        self._cuts_of_course = cache(self._find_cuts_of_course)

    def _of_course(self, course: str) -> tuple[Segment, ...]:
        """Of a course whose lessons stay together; each has dates of one of its lessons."""
        return self._cut(self._cuts_of_course(course), self.term.lessons_of(course))

    def _of_lesson(self, lesson: str) -> tuple[Segment, ...]:
        """Of one lesson; each has dates of it, and ends where a segment of its course does."""
        row = self.term.lesson(lesson)
        course = self.term.course(row.course)
        if course.continuity is Continuity.SAME:
            cuts = self._cuts_of_course(course.id)
        else:
            cuts = self._always(course.id) | self._published(lesson)
        return self._cut(cuts, [row])

    def _cut(self, cuts: frozenset[int], lessons: Sequence[Lesson]) -> tuple[Segment, ...]:
        """The weeks of the term cut before some weeks, as far as there are dates of these lessons on both sides."""
        if not cuts:
            return (Segment(None, self.calendar.all),)
        taught, runs = self._dates(lessons), list[list[int]]([[]])
        cut = taught_before = False
        for week, dates in self.calendar.weeks.items():
            cut = cut or week in cuts
            if dates & taught:
                if cut and taught_before:
                    runs.append([])
                cut, taught_before = False, True
            runs[-1].append(week)
        if len(runs) == 1:
            return (Segment(None, self.calendar.all),)
        return tuple(Segment(frozenset(run), self.calendar.in_weeks(run)) for run in runs)

    def _dates(self, lessons: Iterable[Lesson]) -> Dates:
        """All dates on which lessons may be given, at any of their times."""
        dates = 0
        for lesson in lessons:
            for option in self.calendar.options(lesson.id):
                for span in self.calendar.spans(lesson.id, option):
                    dates |= span.dates
        return dates

    # Weeks before which a lesson may change hands

    def _always(self, course: str) -> frozenset[int]:
        """For all lessons of a course."""
        return (self.term.course(course).handover_weeks or frozenset()) | self._free_again

    def _find_cuts_of_course(self, course: str) -> frozenset[int]:
        published = (self._published(lesson.id) for lesson in self.term.lessons_of(course))
        return self._always(course).union(*published)

    @cached_property
    def _free_again(self) -> frozenset[int]:
        """Weeks from which on a published timetable no longer binds somebody, the first whole week for each person."""
        if self.term.as_of is None or not self.term.published:
            return frozenset()
        begins = {week: self.calendar.date_of(next(days(dates))) for week, dates in self.calendar.weeks.items()}
        whole = (
            next((week for week, begin in begins.items() if begin >= first), None) for first in self._first_free_dates()
        )
        return frozenset(week for week in whole if week is not None)

    def _first_free_dates(self) -> set[date]:
        """The first date that is not fixed, of each person; where notice was waived also the first that is not over."""
        book, waivers, found = RuleBook(self.term), Waivers(self.term), set[date]()
        for person in self.term.professionals:
            rule = book.of(Frozen, person.id)
            until = rule.until(self.term, person.id) if isinstance(rule, Frozen) else None
            if until is not None:
                found.add(until + timedelta(days=1))
            waived = waivers.cover(Frozen, professional=person.id) or waivers.lessons(Frozen, person.id)
            if self.term.as_of is not None and (until is None or waived):
                found.add(self.term.as_of)
        return found

    def _published(self, lesson: str) -> frozenset[int]:
        """Weeks in which others give a lesson than in its week before, as published."""
        rows = [row.weeks for row in self.term.published_of("lesson", lesson)]
        if all(weeks is None for weeks in rows):
            return frozenset()
        dates = self._dates([self.term.lesson(lesson)])
        given = [
            (week, [weeks is None or week in weeks for weeks in rows])
            for week, of_week in self.calendar.weeks.items()
            if of_week & dates
        ]
        return frozenset(week for (_, before), (week, after) in pairwise(given) if before != after)
