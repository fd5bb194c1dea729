"""How many free periods a week gladly has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Cost, Tier
from model.waiting import free_periods, waits_of

if TYPE_CHECKING:
    from model.reading import Reading


class GapsPerWeek(Rule):
    """Each free lesson period (tussenuur) between lessons beyond so many in a week costs points.

    Free periods are counted as in the rule of free periods a day.
    """

    name = "gaps_per_week"
    in_dutch = "Elk tussenuur boven zoveel per week kost punten."
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (max tussenuren per week, as Zermelo offers)"
    owner = Owner.PROFESSIONAL
    tier = Tier.COMFORT
    reads = (
        "professionals.max_gaps_per_week", "schools.arrival_buffer_minutes", "schools.practical_buffer_minutes",
        "schools.leave_buffer_minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Tussenuren per week", "en": "Free periods a week"},
        "wish": {
            "nl": "Tussenuren van {person} in een week: liefst niet meer dan {most}.",
            "en": "Free periods of {person} in a week: preferably no more than {most}.",
        },
    }

    default: int | None = Field(
        None,
        ge=0,
        description="Number for people who give none themselves",
        json_schema_extra={"unit": "lesson periods"},
    )
    weight: int = Field(
        50,
        ge=0,
        description="Cost of each free period beyond it",
        json_schema_extra={"unit": "points per lesson period"},
    )

    def _most(self, own: int | None) -> int | None:
        return self.default if own is None else own

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        most = self._most(reading.term.professional(subject).max_gaps_per_week)
        if most is None:
            return
        per_week: dict[int, int] = {}
        for day, given in free_periods(reading, subject).items():
            week = reading.calendar.date_of(day).isocalendar().week
            per_week[week] = per_week.get(week, 0) + given
        for given in per_week.values():
            if given > most and self.weight:
                yield self.cost(self.weight * (given - most), professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_gaps_per_week)
        if most is None:
            return
        because = self.because(
            "wish",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        weeks: dict[tuple[tuple[Literal, int], ...], int] = {}  # weeks in which the same may happen are said once
        for week in board.calendar.weeks.values():
            counts = [(each, (each.dates & week).bit_count()) for each in waits_of(board, subject)]
            terms = tuple((each.waits, each.periods * count) for each, count in counts if count)
            weeks[terms] = weeks.get(terms, 0) + self.weight
        for terms, price in weeks.items():
            board.limit(terms, most, because, of=subject, price=price, tier=Tier.COMFORT)
