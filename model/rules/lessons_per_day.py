"""How much somebody teaches on a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class LessonsPerDay(Rule):
    """A professional gives at most so many lesson periods on one day."""

    name = "lessons_per_day"
    in_dutch = "Iemand geeft op één dag hoogstens zoveel lesuren."
    subject = Subject.PROFESSIONAL
    source = "The professional's own limit (werkdruk)"
    owner = Owner.PROFESSIONAL
    change_price = 2
    stays_broken = True
    reads = ("professionals.max_lessons_per_day", "lessons.lesson_periods")
    raises = "max_lessons_per_day"
    says = {
        "title": {"nl": "Lesuren per dag", "en": "Lesson periods a day"},
        "limit": {
            "nl": "Lesuren van {person} op een dag: hoogstens {most}.",
            "en": "Lesson periods of {person} on a day: at most {most}.",
        },
        "broken": {
            "nl": "Lesuren van {person} op {when}: {given}; hoogstens {most} mag.",
            "en": "Lesson periods of {person} on {when}: {given}; at most {most} is allowed.",
        },
        "way": {
            "nl": "{person} geeft tot {given} lesuren op een dag (nu hoogstens {most}).",
            "en": "{person} gives up to {given} lesson periods on a day (now at most {most}).",
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
        most = self._most(reading.term.professional(subject).max_lessons_per_day)
        if most is None:
            return
        for lessons in reading.by_day(subject).values():
            given = sum(reading.calendar.lesson_periods(taught.lesson) for taught in lessons)
            if given > most:
                when = lessons[0].when
                params = {"person": names.person(reading.term, subject), "when": when, "given": given, "most": most}
                yield self.breach("broken", given - most, "lesson periods", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_lessons_per_day)
        if most is None:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        for day in board.days_of(subject):
            loads: dict[int, int] = {}
            for each in day.stops:
                if each.candidate is not None:
                    literal = board.teaches(each.candidate)
                    loads[literal] = loads.get(literal, 0) + board.calendar.lesson_periods(each.stop.key)
            board.limit(loads.items(), most, because, of=subject)
