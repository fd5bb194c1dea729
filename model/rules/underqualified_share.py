"""No more than a small share of a school's lessons by under-qualified people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from model import names
from model.calendar import Calendar, Span
from model.levels import LevelDates, LevelsOn
from model.people import LicenceLevel
from model.rights import levels_named
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class UnderqualifiedShare(Rule):
    """Of a school's lesson periods in the term, at most a small share is given by under-qualified people.

    All lesson periods of the school's courses that take place count, staffed or not, as often as they need teachers,
    with those that its own staff give besides. Who has a fuller right on a date does not count as under-qualified.
    """

    name = "underqualified_share"
    in_dutch = "Van de lesuren van een school in de termijn wordt hoogstens een klein deel gegeven door mensen zonder volle bevoegdheid."
    subject = Subject.SCHOOL
    source = (
        "Answer of the government on qualified teachers (rijksoverheid.nl): 5 % of lessons in upper years, reported"
    )
    owner = Owner.LAW
    negotiable = False
    may_switch_off = False
    stays_broken = True
    reads = (
        "licences.level", "licences.valid_from", "licences.valid_to", "courses.heads", "lessons.lesson_periods",
    )  # fmt: skip
    says = {
        "title": {"nl": "Aandeel onderbevoegd gegeven lessen", "en": "Share of lessons by under-qualified people"},
        "limit": {
            "nl": "{school} laat hoogstens {percent} procent van de lesuren onderbevoegd geven: {most}.",
            "en": "{school} has at most {percent} percent of its lesson periods given under-qualified: {most}.",
        },
        "broken": {
            "nl": "{school} laat {given} lesuren onderbevoegd geven; hoogstens {most} ({percent} procent) mag.",
            "en": "{school} has {given} lesson periods given under-qualified; at most {most} ({percent} percent) may be.",
        },
    }

    percent: int = Field(
        5, ge=0, le=100, description="Most that may be given under-qualified", json_schema_extra={"unit": "percent"}
    )
    other_lessons: int = Field(
        0,
        ge=0,
        description="Lesson periods that the school's own staff give besides those of the term",
        json_schema_extra={"unit": "lesson periods per week"},
    )
    levels: str = Field(
        "onderbevoegd", description="Levels that are under-qualified", json_schema_extra={"unit": "levels"}
    )

    @field_validator("levels")
    @classmethod
    def _words(cls, text: str) -> str:
        levels_named(text)
        return text

    def most(self, calendar: Calendar, school: str) -> int:
        """Lesson periods that may be given under-qualified, all dates of the term together."""
        periods = self.other_lessons * len(calendar.weeks)
        for course in calendar.term.courses_of(school):
            for lesson in calendar.term.lessons_of(course.id):
                dates = sum(span.dates.bit_count() for span in _first_spans(calendar, lesson.id))
                periods += dates * calendar.lesson_periods(lesson.id) * course.heads
        return periods * self.percent // 100

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term, under = reading.term, levels_named(self.levels)
        if not _occur(term, under):
            return
        levels, given = LevelsOn(term), 0
        for course in term.courses_of(subject):
            for lesson in term.lessons_of(course.id):
                for taught in reading.of_lesson.get(lesson.id, ()):
                    if levels.level(taught.professional, course, taught.when) in under:
                        given += reading.calendar.lesson_periods(lesson.id)
        most = self.most(reading.calendar, subject)
        if given > most:
            params = {"school": names.school(term, subject), "given": given, "most": most, "percent": self.percent}
            yield self.breach("broken", given - most, "lesson periods", params, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        under = levels_named(self.levels)
        if not _occur(board.term, under):
            return
        levels, terms = board.once(LevelDates), []
        holders = {row.professional for row in board.term.licences if row.level in under}
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                periods = board.calendar.lesson_periods(lesson.id)
                for candidate in board.candidates_for(lesson.id):
                    if candidate.professional not in holders:
                        continue
                    by_level = levels.levels(candidate.professional, course.id)
                    dates = 0
                    for level in under:
                        dates |= by_level.get(level, 0)
                    times = sum(
                        (part.dates & dates).bit_count() for part in candidate.parts if part.lesson == lesson.id
                    )
                    terms.append((board.teaches(candidate), periods * times))
        most = self.most(board.calendar, subject)
        school = names.school(board.term, subject)
        because = self.because("limit", fact=f"schools/{subject}", school=school, percent=self.percent, most=most)
        board.limit(terms, most, because)


def _first_spans(calendar: Calendar, lesson: str) -> tuple[Span, ...]:
    """When a lesson takes place, at the first of its times that has any dates."""
    return next((spans for option in calendar.options(lesson) if (spans := calendar.spans(lesson, option))), ())


def _occur(term: Term, levels: frozenset[LicenceLevel]) -> bool:
    return any(row.level in levels for row in term.licences)
