"""What no employer gives more than."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model.calendar import partition
from model.fields import HalfDay
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class EmployerBurden(Rule):
    """Where a region says so, an employer misses its people on no more half-days than so many for each who works there.

    A half-day counts for each person away, on each date. Unless a number is set the rule says nothing.
    """

    name = "employer_burden"
    in_dutch = (
        "Waar een regio dat wil, mist een werkgever zijn mensen op niet meer dagdelen dan zoveel voor elk die er werkt."
    )
    subject = Subject.EMPLOYER
    source = "Region's choice: a ceiling on what each employer gives; the fair split asks for several"
    owner = Owner.EMPLOYER
    privacy = Privacy.EMPLOYER
    stays_broken = True
    reads = ("employers.employees", "employers.release_policy")
    says = {
        "title": {"nl": "Hoogstens zoveel dagdelen per werkgever", "en": "At most so many half-days of each employer"},
        "limit": {
            "nl": "{employer} geeft naar zijn grootte hoogstens dit aantal dagdelen weg: {most}.",
            "en": "For its size {employer} gives away at most this many half-days: {most}.",
        },
        "broken": {
            "nl": "{employer} geeft {away} dagdelen weg; naar zijn grootte hoogstens {most}.",
            "en": "{employer} gives away {away} half-days; for its size at most {most}.",
        },
    }

    most: float | None = Field(
        None,
        ge=0,
        le=1000,
        description="Most half-days given away, over the term, for each who works there",
        json_schema_extra={"unit": "half-days per employee"},
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        if self.most is None:
            return
        away = sum(
            len({piece.half_day for piece in reading.work_day(person.id, day).away})
            for person in reading.term.people_of(subject)
            for day in reading.by_day(person.id)
        )
        most = self._given(reading, subject)
        if away > most:
            params = {"employer": reading.term.employer(subject).name, "away": away, "most": most}
            yield self.breach("broken", away - most, "half_days", params, employer=subject)

    def _given(self, said: Reading | Board, employer: str) -> int:
        """How many half-days that is for an employer of its size."""
        size = said.term.employer(employer).employees or len(said.term.people_of(employer))
        return int((self.most or 0) * size + 1e-9)

    def enforce(self, board: Board, subject: str) -> None:
        if self.most is None:
            return
        terms = []
        for person in board.term.people_of(subject):
            away = [(each.half_day, board.teaches(each.candidate), each.dates) for each in board.away_of(person.id)]
            for half_day in HalfDay:
                mine = [(literal, dates) for half, literal, dates in away if half is half_day]
                for cell in partition(dates for _, dates in mine):
                    gone = board.any_of(literal for literal, dates in mine if dates & cell)
                    terms.append((gone, cell.bit_count()))
        most = self._given(board, subject)
        employer = board.term.employer(subject).name
        board.limit(terms, most, self.because("limit", fact=f"employers/{subject}", employer=employer, most=most))
