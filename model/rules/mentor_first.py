"""The first weeks beside a mentor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from model import names
from model.calendar import Dates, days
from model.lessons import Course
from model.rights import busy_dates, is_busy, is_leading, leading_dates
from model.rule import Board, Candidate, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class _Beginning(NamedTuple):
    """A lesson of a candidate: the first weeks if the person begins with it, and dates in them without a free mentor."""

    candidate: Candidate
    begun: Dates
    alone: Dates


class MentorFirst(Rule):
    """In the first weeks of a course, its lessons are given at times at which a mentor of the school site is free.

    A mentor named by the course goes before others. The weeks begin in the week of the course's first lesson, for
    who takes a lesson over later (`model/segments.py`) with the first of the weeks taken over. One mentor is free for a
    whole lesson, and does not lead another lesson then that has no other times; that the same mentor is wanted at two
    lessons at once is not looked at.
    """

    name = "mentor_first"
    in_dutch = "In de eerste weken van een cursus worden haar lessen gegeven op tijden waarop een mentor van de vestiging vrij is."
    subject = Subject.PROFESSIONAL
    source = "School's guidance of beginning teachers (inductie); the number of weeks is the school's choice"
    owner = Owner.SCHOOL
    change_price = 2
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.LICENSED
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = (
        "staff.mentor",
        "staff.school",
        "busy.staff",
        "courses.supervised_by",
        "courses.led_by",
        "courses.handover_weeks",
    )
    says = {
        "title": {"nl": "Eerst naast een mentor", "en": "First weeks beside a mentor"},
        "nobody": {
            "nl": "{person} begint naast een mentor; bij {course} is er op {n} lesdata geen vrij.",
            "en": "{person} begins beside a mentor; none is free at {course} on {n} dates.",
        },
        "nobody.one": {
            "nl": "{person} begint naast een mentor; bij {course} is er op één lesdatum geen vrij.",
            "en": "{person} begins beside a mentor; none is free at {course} on one date.",
        },
        "many": {"nl": "Voor {n} mensen is er geen mentor vrij.", "en": "For {n} people no mentor is free."},
        "many.one": {"nl": "Voor 1 persoon is er geen mentor vrij.", "en": "For 1 person no mentor is free."},
        "broken": {
            "nl": "{person} geeft {lesson} in de eerste weken zonder mentor die vrij is ({n} data).",
            "en": "{person} gives {lesson} in the first weeks without a mentor who is free ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} in de eerste weken zonder mentor die vrij is (één datum).",
            "en": "{person} gives {lesson} in the first weeks without a mentor who is free (one date).",
        },
    }

    weeks: int = Field(
        0, ge=0, le=53, description="Weeks at the start of a course, 0 for none", json_schema_extra={"unit": "weeks"}
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        wrong: dict[str, list[date]] = {}
        until: dict[str, date] = {}
        for taught in reading.of_person.get(subject, ()) if self.weeks else ():
            course = term.course(taught.course)
            if taught.lesson not in until:  # in order of time, so this is the person's first
                until[taught.lesson] = self._until(reading, course, taught.day)
            if taught.when >= until[taught.lesson]:
                continue
            calendar, day, stop = reading.calendar, taught.day, taught.stop
            if all(
                is_busy(calendar, each, day, stop) or is_leading(calendar, each, day, stop)
                for each in mentors(term, course)
            ):
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": len(dates)}
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def _until(self, reading: Reading, course: Course, day: int) -> date:
        """The Monday after the first weeks of a course for who begins on this day."""
        calendar = reading.calendar
        (mine,) = (each for each in reading.segments.of_course(course.id) if each.dates >> day & 1)
        first = min(
            calendar.date_of(day)
            for lesson in calendar.term.lessons_of(course.id)
            for option in calendar.options(lesson.id)
            for span in calendar.spans(lesson.id, option)
            for day in days(span.dates & mine.dates)
        )
        return first - timedelta(days=first.weekday()) + timedelta(weeks=self.weeks)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weeks:
            return
        first_weeks: dict[str, list[tuple[Dates, Dates]]] = {}
        beginning: dict[str, list[_Beginning]] = {}
        for candidate in board.candidates_of(subject):
            course = board.term.course(candidate.course)
            if course.id not in first_weeks:
                first_weeks[course.id] = self._first_weeks(board, course)
            for lesson in candidate.lessons:
                parts = [part for part in candidate.parts if part.lesson == lesson]
                given = alone = 0
                for part in parts:
                    given |= part.dates
                begun = next((weeks for dates, weeks in first_weeks[course.id] if dates & given), 0)
                for part in parts:
                    without = part.dates & begun
                    for mentor in mentors(board.term, course) if without else ():
                        taken = busy_dates(board.calendar, mentor, part.stop)
                        without &= taken | leading_dates(board.calendar, mentor, part.stop)
                    alone |= without
                if given:
                    beginning.setdefault(lesson, []).append(_Beginning(candidate, begun, alone))
        for ways in beginning.values():
            for way in ways:
                self._beside_a_mentor(board, subject, way, ways)

    def _beside_a_mentor(self, board: Board, subject: str, way: _Beginning, ways: list[_Beginning]) -> None:
        """A date without a mentor is for who began long enough before it."""
        if not way.alone:
            return
        course = way.candidate.course
        because = self.because(
            "nobody",
            professional=subject,
            fact=f"courses/{course}",
            person=names.person(board.term, subject),
            course=names.course(board.term, course),
            n=way.alone.bit_count(),
        )
        for day in days(way.alone):
            before = [board.teaches(each.candidate) for each in ways if each.begun.bit_length() <= day]
            if not before:
                board.forbid(way.candidate, because)
                return
            board.limit([(board.teaches(way.candidate), 1), (board.any_of(before), -1)], 0, because, of=subject)

    def _first_weeks(self, board: Board, course: Course) -> list[tuple[Dates, Dates]]:
        """Dates of each segment of a course, with those of the first weeks for who begins in it."""
        calendar = board.calendar
        taught = 0
        for lesson in calendar.term.lessons_of(course.id):
            for option in calendar.options(lesson.id):
                for span in calendar.spans(lesson.id, option):
                    taught |= span.dates
        weeks, found = list(calendar.weeks.values()), []
        for segment in board.segments.of_course(course.id):
            first = next((place for place, dates in enumerate(weeks) if dates & taught & segment.dates), 0)
            found.append((segment.dates, sum(weeks[first : first + self.weeks])))
        return found


def mentors(term: Term, course: Course) -> list[str]:
    """Mentors for a course: those it names, or else all of its school site."""
    there = [row.id for row in term.staff if row.mentor and row.school == course.school]
    return [each for each in there if each in course.supervised_by] or there
