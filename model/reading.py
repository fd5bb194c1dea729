"""A timetable written out in dates and minutes, as the judging side of the rules reads it. No board, no solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache

from model.calendar import Calendar, Piece, days
from model.day import Stop, compatible, gives_whole_days, lesson_stop, work_stop
from model.lessons import Course
from model.promised import over
from model.rights import is_shadow
from model.segments import Segments
from model.term import Term
from model.timetable import Assignment, Timetable
from model.travel import Travel


@dataclass(frozen=True, slots=True)
class Taught:
    """One person giving one lesson on one date."""

    professional: str
    lesson: str
    course: str
    school: str
    option: str | None
    day: int
    when: date
    stop: Stop


@dataclass(frozen=True, slots=True)
class WorkDay:
    """What somebody does for the employer on one date: pieces worked, and pieces given away for teaching."""

    worked: tuple[Piece, ...]
    away: tuple[Piece, ...]


class Reading:
    """Everything a rule asks of a timetable, counted from its dates."""

    def __init__(self, term: Term, timetable: Timetable, calendar: Calendar, travel: Travel) -> None:
        self.term = term
        self.timetable = timetable
        self.calendar = calendar
        self.travel = travel
        self.segments = Segments(calendar)
        self._alike: dict[tuple[str, int, tuple[Stop, ...]], tuple[WorkDay, tuple[Stop, ...]]] = {}
        self.work_day: Callable[[str, int], WorkDay] = cache(self._work_day)
        self.route: Callable[[str, int], tuple[Stop, ...]] = cache(self._route)
        self.of_person: dict[str, list[Taught]] = defaultdict(list)
        self.of_lesson: dict[str, list[Taught]] = defaultdict(list)
        self.assigned: dict[str, list[Assignment]] = defaultdict(list)
        for row in timetable.assignments:
            self.assigned[row.lesson].append(row)
            self._write_out(row)
        self._on: dict[tuple[str, int], list[Taught]] = {}
        self._course: str | None = None
        self._order(self.of_person)

    def changed(self, removed: Iterable[Assignment], added: Iterable[Assignment]) -> Reading:
        """The reading of this timetable with some rows gone and others come; what does not change is shared."""
        removed, added = tuple(removed), tuple(added)
        gone = {(row.professional, row.lesson) for row in removed}
        rows = self.timetable.assignments
        if gone:
            rows = tuple([row for row in rows if (row.professional, row.lesson) not in gone])
        other = copy(self)
        other.timetable = Timetable.model_construct(assignments=(*rows, *added))
        people = {row.professional for row in (*removed, *added)}
        for name in ("of_person", "of_lesson", "assigned"):
            setattr(other, name, getattr(self, name).copy())
        other._on = self._on.copy()  # noqa: SLF001
        for person in people:
            mine = self.of_person.get(person, ())
            other.of_person[person] = [each for each in mine if (person, each.lesson) not in gone]
            for each in mine:
                other._on.pop((person, each.day), None)  # noqa: SLF001
        for lesson in {row.lesson for row in (*removed, *added)}:
            given = self.of_lesson.get(lesson, ())
            other.of_lesson[lesson] = [each for each in given if (each.professional, lesson) not in gone]
            left = [row for row in self.assigned.get(lesson, ()) if (row.professional, lesson) not in gone]
            other.assigned[lesson] = left
        for row in added:
            other.assigned[row.lesson].append(row)
            other._write_out(row)  # noqa: SLF001
        other._order(people)  # noqa: SLF001
        touched = {
            (each.professional, each.day)
            for reading in (self, other)
            for row in (*removed, *added)
            for each in reading.of_lesson.get(row.lesson, ())
            if each.professional == row.professional
        }
        other._forget(lambda person, day: (person, day) in touched)  # noqa: SLF001  the same class
        return other

    def under(self, term: Term, people: AbstractSet[str] | None = None) -> Reading:
        """The reading of this timetable under another term with the same lessons, times and places.

        Args:
            people: whose days may be others there; None for everybody's.
        """
        other = copy(self)
        other.term, other.calendar = term, self.calendar.under(term, people)
        other.segments = Segments(other.calendar)
        other._alike = {}  # noqa: SLF001  the same class; work and what goes with it may be otherwise
        other._forget(lambda person, _: people is None or person in people)  # noqa: SLF001  the same class
        return other

    def of_course(self, course: str) -> Reading:
        """The same for rules that look at a school course by course: as if the school had this one alone."""
        other = copy(self)
        other._course = course  # noqa: SLF001  the same class
        return other

    def courses_of(self, school: str) -> list[Course]:
        """Courses of a school that are looked at."""
        return self.term.courses_of(school) if self._course is None else [self.term.course(self._course)]

    def _forget(self, changed: Callable[[str, int], bool]) -> None:
        """Look up days anew that changed; others as before."""
        work_day, route = self.work_day, self.route
        own_day, own_route = cache(self._work_day), cache(self._route)
        self.work_day = lambda person, day: own_day(person, day) if changed(person, day) else work_day(person, day)
        self.route = lambda person, day: own_route(person, day) if changed(person, day) else route(person, day)

    def _order(self, people: Iterable[str]) -> None:
        """Lessons of these people in order of time, and by day."""
        for person in people:
            taught = self.of_person[person]
            taught.sort(key=lambda each: (each.day, each.stop.order))
            for each in taught:
                self._on.setdefault((person, each.day), []).append(each)

    def _write_out(self, row: Assignment) -> None:
        lesson = self.term.lesson(row.lesson)
        course = self.term.course(lesson.course)
        chosen = self.calendar.in_weeks(row.weeks)
        for start, end, dates in self.calendar.spans(row.lesson, row.option):
            stop = lesson_stop(self.term, row.lesson, start, end)
            for day in days(dates & chosen):
                taught = Taught(
                    professional=row.professional,
                    lesson=row.lesson,
                    course=course.id,
                    school=course.school,
                    option=row.option,
                    day=day,
                    when=self.calendar.date_of(day),
                    stop=stop,
                )
                self.of_person[row.professional].append(taught)
                self.of_lesson[row.lesson].append(taught)

    def by_day(self, professional: str) -> dict[int, list[Taught]]:
        """A person's lessons per day number, in order of time."""
        found: dict[int, list[Taught]] = {}
        for taught in self.of_person.get(professional, ()):
            found.setdefault(taught.day, []).append(taught)
        return found

    def held(self, lesson: str) -> set[int]:
        """Day numbers on which a lesson is to be given: at the times it is assigned to, else at the first that has any."""
        assigned = {row.option for row in self.assigned.get(lesson, ())}
        for options in (assigned, *({option} for option in self.calendar.options(lesson))):
            spans = [span for option in options for span in self.calendar.spans(lesson, option)]
            if spans:
                return {day for span in spans for day in days(span.dates)}
        return set()

    def people_on(self, lesson: str) -> dict[int, set[str]]:
        """Who is to give a lesson, for every day number on which it is to be given.

        Everybody assigned to it counts, at whichever of its times: that the times differ is for another rule to say. Of
        a lesson that may change hands they count in the segments in which they give it.
        """
        found: dict[int, set[str]] = {day: set() for day in self.held(lesson)}
        segments = self.segments.of_lesson(lesson)
        for row in self.assigned.get(lesson, ()):
            chosen, given = self.calendar.in_weeks(row.weeks), 0
            for span in self.calendar.spans(lesson, row.option):
                given |= span.dates & chosen
            for segment in segments:
                for day in days(chosen & segment.dates) if segment.weeks is None or given & segment.dates else ():
                    if day in found:
                        found[day].add(row.professional)
        return found

    def heads_on(self, lesson: str) -> dict[int, int]:
        """How many of them count as its teachers: not who only watches on that date."""
        course = self.term.lesson(lesson).course
        return {
            day: sum(not is_shadow(self.term, person, course, self.calendar.date_of(day)) for person in people)
            for day, people in self.people_on(lesson).items()
        }

    def short_of(self, lesson: str) -> int:
        """How many people a lesson lacks on its worst date."""
        return max(self.lacking(lesson).values(), default=0)

    def lacking(self, lesson: str) -> dict[int, int]:
        """How many people a lesson lacks, for every day number on which it is to be given and that is not over."""
        heads, past = self.term.course(self.term.lesson(lesson).course).heads, over(self.calendar)
        return {day: heads - there for day, there in self.heads_on(lesson).items() if not past >> day & 1}

    def _work_day(self, professional: str, day: int) -> WorkDay:
        """Pieces of work of a date; a released piece is given away when a lesson of that date does not go with it."""
        return self._like(professional, day)[0]

    def _route(self, professional: str, day: int) -> tuple[Stop, ...]:
        """The stops of a person's day in order: lessons and the work that remains."""
        return self._like(professional, day)[1]

    def _like(self, professional: str, day: int) -> tuple[WorkDay, tuple[Stop, ...]]:
        """Both, worked out once for all dates of a person with the same work and the same lessons."""
        lessons = tuple([each.stop for each in self._on.get((professional, day), ())])
        number, pieces = self.calendar.pieces_on(professional, day)
        key = (professional, number, lessons)
        if key not in self._alike:
            work = self._work_beside(professional, pieces, lessons)
            stops = [*lessons, *map(work_stop, work.worked)]
            self._alike[key] = work, tuple(sorted(stops, key=lambda stop: stop.order))
        return self._alike[key]

    def _work_beside(self, professional: str, pieces: tuple[Piece, ...], lessons: tuple[Stop, ...]) -> WorkDay:
        def pushed_out(piece: Piece) -> bool:
            stop = work_stop(piece)
            return piece.released and any(not compatible(self.travel, professional, stop, each) for each in lessons)

        away = {piece for piece in pieces if pushed_out(piece)}
        if away and gives_whole_days(self.term, professional):
            away = {piece for piece in pieces if piece.released}
        return WorkDay(
            worked=tuple(piece for piece in pieces if piece not in away),
            away=tuple(piece for piece in pieces if piece in away),
        )
