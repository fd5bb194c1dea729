"""What every school gets at least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import Field

from model import names
from model.calendar import Calendar
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class SchoolShare(Rule):
    """Where a region says so, at least so much of the lesson time of a school is staffed.

    Lesson time is minutes of lessons times teachers needed, on all dates; of a lesson with other times the time at which it
    is given counts, and of one that is open the shortest. Unless a share is set the rule says nothing.
    """

    name = "school_share"
    in_dutch = "Waar een regio dat wil, is van de lestijd van een school minstens zoveel bezet."
    subject = Subject.SCHOOL
    source = "Region's choice: a floor under what each school gets of scarce people; the fair split asks for several"
    owner = Owner.SCHOOL
    reads = ("courses.heads",)
    says = {
        "title": {"nl": "Minstens zoveel bezet per vestiging", "en": "At least so much staffed at each school"},
        "floor": {
            "nl": "Van de lestijd van {school} is minstens {least} % bezet.",
            "en": "At least {least} % of the lesson time of {school} is staffed.",
        },
        "broken": {
            "nl": "Van de lestijd van {school} is {share} % bezet; minstens {least} % moet.",
            "en": "{share} % of the lesson time of {school} is staffed; at least {least} % must be.",
        },
    }

    least: int = Field(
        0,
        ge=0,
        le=100,
        description="Least share of its lesson time that is staffed",
        json_schema_extra={"unit": "percent"},
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        wanted = given = 0
        for course in reading.term.courses_of(subject) if self.least else ():
            for lesson in reading.term.lessons_of(course.id):
                wanted += course.heads * _minutes(reading.calendar, lesson.id)
                given += sum(taught.stop.end - taught.stop.start for taught in reading.of_lesson.get(lesson.id, ()))
        lacking = _floor(self.least, wanted) - given
        if lacking > 0:
            params = {**self._said(reading.term, subject), "share": 100 * given // max(1, wanted)}
            yield self.breach("broken", lacking, "minutes", params, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.least:
            return
        wanted, terms = 0, []
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                wanted += course.heads * _minutes(board.calendar, lesson.id)
                for candidate in board.candidates_for(lesson.id):
                    minutes = sum(
                        part.dates.bit_count() * (part.stop.end - part.stop.start)
                        for part in candidate.parts
                        if part.lesson == lesson.id
                    )
                    terms.append((board.teaches(candidate), -minutes))
        board.limit(terms, -_floor(self.least, wanted), self.because("floor", **self._said(board.term, subject)))

    def _said(self, term: Term, school: str) -> dict[str, Any]:
        return {"school": names.school(term, school), "least": self.least}


def _floor(least: int, wanted: int) -> int:
    return -(-least * wanted // 100)


def _minutes(calendar: Calendar, lesson: str) -> int:
    """Minutes of a lesson over all its dates, at whichever of its times has fewest."""
    found = (
        sum(span.dates.bit_count() * (span.end - span.start) for span in calendar.spans(lesson, option))
        for option in calendar.options(lesson)
    )
    return min(filter(None, found), default=0)
