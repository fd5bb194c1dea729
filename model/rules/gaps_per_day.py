"""How many free periods a day may have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach
from model.waiting import free_periods, waits_of

if TYPE_CHECKING:
    from model.reading import Reading


class GapsPerDay(Rule):
    """A professional has at most so many free lesson periods (tussenuren) between the lessons of one day.

    A free period lies wholly between two lessons; work that remains there and the way to another school do not count.
    """

    name = "gaps_per_day"
    in_dutch = "Iemand heeft hoogstens zoveel tussenuren tussen de lessen van één dag."
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (max tussenuren per dag, as Zermelo offers)"
    owner = Owner.PROFESSIONAL
    change_price = 2
    reads = (
        "professionals.max_gaps_per_day", "schools.arrival_buffer_minutes", "schools.practical_buffer_minutes",
        "schools.leave_buffer_minutes",
    )  # fmt: skip
    raises = "max_gaps_per_day"
    says = {
        "title": {"nl": "Tussenuren per dag", "en": "Free periods a day"},
        "limit": {
            "nl": "Tussenuren van {person} op een dag: hoogstens {most}.",
            "en": "Free periods of {person} on a day: at most {most}.",
        },
        "broken": {
            "nl": "Tussenuren van {person} op {when}: {given}; hoogstens {most} mag.",
            "en": "Free periods of {person} on {when}: {given}; at most {most} is allowed.",
        },
        "way": {
            "nl": "{person} heeft tot {given} tussenuren op een dag (nu hoogstens {most}).",
            "en": "{person} has up to {given} free periods on a day (now at most {most}).",
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
        most = self._most(reading.term.professional(subject).max_gaps_per_day)
        if most is None:
            return
        for day, given in free_periods(reading, subject).items():
            if given > most:
                when = reading.calendar.date_of(day)
                params = {"person": names.person(reading.term, subject), "when": when, "given": given, "most": most}
                yield self.breach("broken", given - most, "lesson periods", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_gaps_per_day)
        if most is None:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        of_days: dict[int, list[tuple[Literal, int]]] = {}
        for each in waits_of(board, subject):
            of_days.setdefault(each.dates, []).append((each.waits, each.periods))
        for terms in of_days.values():
            board.limit(terms, most, because, of=subject)
