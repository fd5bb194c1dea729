"""The first weeks beside a mentor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import Calendar, Dates, days
from model.lessons import Course
from model.rights import busy_dates, is_busy
from model.rule import Board, Owner, Phase, Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class MentorFirst(Rule):
    """In the first weeks of a course, its lessons are given at times at which a mentor of the school site is free.

    A mentor named by the course goes before others. The weeks begin in the week of the course's first lesson. One
    mentor is free for a whole lesson; that the same mentor is wanted at two lessons at once is not looked at.
    """

    name = "mentor_first"
    subject = Subject.PROFESSIONAL
    source = "School's guidance of beginning teachers (inductie); the number of weeks is the school's choice"
    owner = Owner.SCHOOL
    change_price = 2
    phase = Phase.ELIGIBILITY
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = ("staff.mentor", "staff.school", "busy.staff", "courses.supervised_by")
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
        for taught in reading.of_person.get(subject, ()) if self.weeks else ():
            course = term.course(taught.course)
            if taught.when >= self._until(reading.calendar, course):
                continue
            if all(is_busy(reading.calendar, each, taught.day, taught.stop) for each in mentors(term, course)):
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": len(dates)}
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def _until(self, calendar: Calendar, course: Course) -> date:
        """The Monday after the first weeks of a course."""
        taught = [
            calendar.date_of(next(days(span.dates)))
            for lesson in calendar.term.lessons_of(course.id)
            for option in calendar.options(lesson.id)
            for span in calendar.spans(lesson.id, option)
        ]
        first = min(taught)
        return first - timedelta(days=first.weekday()) + timedelta(weeks=self.weeks)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weeks:
            return
        first_weeks: dict[str, Dates] = {}
        for candidate in board.candidates_of(subject):
            course = board.term.course(candidate.course)
            if course.id not in first_weeks:
                first_weeks[course.id] = self._first_weeks(board.calendar, course)
            alone = 0
            for part in candidate.parts:
                without = part.dates & first_weeks[course.id]
                for mentor in mentors(board.term, course) if without else ():
                    without &= busy_dates(board.calendar, mentor, part.stop)
                alone |= without
            if alone:
                because = self.because(
                    "nobody",
                    professional=subject,
                    fact=f"courses/{course.id}",
                    person=names.person(board.term, subject),
                    course=names.course(board.term, course.id),
                    n=alone.bit_count(),
                )
                board.forbid(candidate, because)

    def _first_weeks(self, calendar: Calendar, course: Course) -> Dates:
        taught = 0
        for lesson in calendar.term.lessons_of(course.id):
            for option in calendar.options(lesson.id):
                for span in calendar.spans(lesson.id, option):
                    taught |= span.dates
        weeks = list(calendar.weeks.values())
        first = next(place for place, dates in enumerate(weeks) if dates & taught)
        return sum(weeks[first : first + self.weeks])


def mentors(term: Term, course: Course) -> list[str]:
    """Mentors for a course: those it names, or else all of its school site."""
    there = [row.id for row in term.staff if row.mentor and row.school == course.school]
    return [each for each in there if each in course.supervised_by] or there
