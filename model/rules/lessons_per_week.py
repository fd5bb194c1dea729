"""How much somebody teaches in a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import Dates
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class LessonsPerWeek(Rule):
    """A professional gives at most so many lesson periods in any week."""

    name = "lessons_per_week"
    in_dutch = "Iemand geeft in elke week hoogstens zoveel lesuren."
    subject = Subject.PROFESSIONAL
    source = "The professional's own limit (werkdruk)"
    owner = Owner.PROFESSIONAL
    change_price = 2
    stays_broken = True
    reads = ("professionals.max_lessons_per_week", "lessons.lesson_periods")
    raises = "max_lessons_per_week"
    says = {
        "title": {"nl": "Lesuren per week", "en": "Lesson periods a week"},
        "limit": {
            "nl": "Lesuren van {person} per week: hoogstens {most}.",
            "en": "Lesson periods of {person} a week: at most {most}.",
        },
        "broken": {
            "nl": "Lesuren van {person} in week {week}: {given}; hoogstens {most} mag.",
            "en": "Lesson periods of {person} in week {week}: {given}; at most {most} is allowed.",
        },
        "way": {
            "nl": "{person} geeft tot {given} lesuren per week (nu hoogstens {most}).",
            "en": "{person} gives up to {given} lesson periods a week (now at most {most}).",
        },
    }

    default: int | None = Field(
        None,
        ge=0,
        description="Limit for people who give none themselves",
        json_schema_extra={"unit": "lesson periods"},
    )

    def _most(self, own: int | None) -> int | None:
        return self.default if own is None else own

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        most = self._most(reading.term.professional(subject).max_lessons_per_week)
        if most is None:
            return
        per_week: dict[int, int] = {}
        for taught in reading.of_person.get(subject, ()):
            week = taught.when.isocalendar().week
            per_week[week] = per_week.get(week, 0) + reading.calendar.lesson_periods(taught.lesson)
        for week, given in per_week.items():
            if given > most:
                params = {"person": names.person(reading.term, subject), "week": week, "given": given, "most": most}
                yield self.breach("broken", given - most, "lesson periods", params, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_lessons_per_week)
        if most is None:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        of_dates: dict[Dates, list[tuple[Literal, int]]] = {}
        for candidate in board.candidates_of(subject):
            literal = board.teaches(candidate)
            for part in candidate.parts:
                periods = board.calendar.lesson_periods(part.lesson)
                of_dates.setdefault(part.dates, []).append((literal, periods))
        for counts in board.calendar.weeks_alike(tuple(of_dates)):
            given = zip(counts, of_dates.values(), strict=True)
            terms = [(literal, count * periods) for count, mine in given if count for literal, periods in mine]
            board.limit(terms, most, because, of=subject)
