"""What follows when a school accepts its part of a timetable: later solves keep it, and go on with the rest.

Whoever gives a lesson is pinned to it. A pin holds on every date to come, so that a lesson which changes hands cannot be
pinned and stays free. Where a lesson has several times, the accepted one is the only one left; demand of which lessons
were accepted is written out as those lessons, under the same ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from model.calendar import Calendar
from model.change import with_values
from model.demands import expanded
from model.lessons import Lesson, LessonTime
from model.promised import over
from model.reading import Reading
from model.term import Term
from model.timetable import Timetable
from model.travel import Travel


def pinned_by_acceptance(term: Term, timetable: Timetable, schools: Collection[str]) -> Term:
    """The term in which the lessons that these schools' part of a timetable gives are pinned; others stay as free as they were.

    `timetable.issues` of the written out term must be empty. The timetable is one of the new term too.
    """
    written = _written_out(term, timetable, schools)
    kept = _Kept(written, timetable, schools)
    lessons = tuple(kept.lesson(row) for row in written.lessons)
    times = tuple(row for row in written.lesson_times if kept.has_time(row))
    changed: dict[str, Any] = {"demands": written.demands}
    if lessons != term.lessons:
        changed["lessons"] = lessons
    if times != term.lesson_times:
        changed["lesson_times"] = times
    return with_values(term, changed)


def _written_out(term: Term, timetable: Timetable, schools: Collection[str]) -> Term:
    """The term with the demand of these schools that the timetable gives lessons of written out."""
    given = {row.lesson for row in timetable.assignments}
    accepted = [
        row
        for row in term.demands
        if term.course(row.course).school in schools and any(block in given for block, _ in row.blocks())
    ]
    if not accepted:
        return term
    rest = tuple(row for row in term.demands if row not in accepted)
    return with_values(expanded(with_values(term, {"demands": tuple(accepted)})), {"demands": rest})


class _Kept:
    """What of a term's lessons is kept as a timetable has it."""

    def __init__(self, term: Term, timetable: Timetable, schools: Collection[str]) -> None:
        self._term, self._timetable, self._schools = term, timetable, schools
        self._lessons = {row.id: row for row in term.lessons}
        everything = expanded(term)
        self._reading = Reading(everything, timetable, Calendar(everything), Travel(everything))
        self._published: dict[str, set[str | None]] = defaultdict(set)
        for row in term.published:
            self._published[row.lesson].add(row.option)

    def lesson(self, row: Lesson) -> Lesson:
        """A lesson with its people pinned, and without its own time where it is given at another."""
        people = tuple(self._people(row))
        if not people:
            return row
        pinned = tuple(dict.fromkeys((*row.pinned, *people)))
        option = self._option(row.id)
        if option is None or None in self._published[row.id]:
            return row.replace(pinned=pinned)
        # Its lesson periods would be told by the time that goes.
        periods = self._reading.calendar.lesson_periods(row.id)
        no_time = dict.fromkeys(("first_period", "last_period", "start", "end"))
        weekday = self._term.lesson_time(option).weekday
        return row.replace(pinned=pinned, lesson_periods=periods, weekday=weekday, **no_time)

    def has_time(self, row: LessonTime) -> bool:
        """Whether another time of a lesson stays possible: the accepted one does, and what people were promised."""
        if row.lesson not in self._lessons or not any(self._people(self._lessons[row.lesson])):
            return True
        return row.id == self._option(row.lesson) or row.id in self._published[row.lesson]

    def _people(self, row: Lesson) -> Iterator[str]:
        """Who gives a lesson of these schools on every date to come."""
        if self._term.course(row.course).school not in self._schools or len(self._options(row.id)) > 1:
            return
        calendar = self._reading.calendar
        there = [people for day, people in self._reading.people_on(row.id).items() if not over(calendar) >> day & 1]
        for each in self._reading.assigned.get(row.id, ()):
            if there and all(each.professional in people for people in there):
                yield each.professional

    def _options(self, lesson: str) -> set[str | None]:
        return {each.option for each in self._reading.assigned.get(lesson, ())}

    def _option(self, lesson: str) -> str | None:
        (option,) = self._options(lesson)
        return option
