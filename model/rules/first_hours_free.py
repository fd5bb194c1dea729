"""Early lessons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class FirstHoursFree(Rule):
    """A lesson period among the first so many of its school's day costs points, where a person or a school keeps them free.

    The larger of the two numbers counts.
    """

    name = "first_hours_free"
    in_dutch = (
        "Een lesuur onder de eerste zoveel van de schooldag kost punten, waar iemand of een school die vrij houdt."
    )
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (eerste uren vrij, as Zermelo offers)"
    owner = Owner.PROFESSIONAL
    privacy = Privacy.PRIVATE
    tier = Tier.COMFORT
    reads = ("professionals.first_periods_free", "schools.first_periods_free")
    says = {
        "title": {"nl": "Eerste uren vrij", "en": "First periods free"},
        "early": {
            "nl": "Lessen van {person} in de eerste uren van de dag.",
            "en": "Lessons of {person} in the first periods of the day.",
        },
    }

    default: int = Field(
        0,
        ge=0,
        description="First periods kept free for people who say nothing themselves",
        json_schema_extra={"unit": "lesson periods"},
    )
    weight: int = Field(
        40, ge=0, description="Cost of an early lesson period", json_schema_extra={"unit": "points per lesson period"}
    )

    def _own(self, term: Term, professional: str) -> int:
        own = term.professional(professional).first_periods_free
        return self.default if own is None else own

    def _first(self, term: Term, professional: str, school: str) -> int:
        return max(self._own(term, professional), term.school(school).first_periods_free)

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for taught in reading.of_person.get(subject, ()):
            if first := self._first(reading.term, subject, taught.school):
                variant = reading.calendar.variant_of(reading.term.course(taught.course))
                early = reading.calendar.grid_on(taught.school, variant, taught.day)[:first]
                if amount := self.weight * _among(early, taught.stop.start, taught.stop.end):
                    yield self.cost(amount, professional=subject, lesson=taught.lesson)

    def enforce(self, board: Board, subject: str) -> None:
        term = board.term
        terms = []
        for candidate in board.candidates_of(subject) if self.weight else ():
            if first := self._first(term, subject, candidate.school):
                variant = board.calendar.variant_of(term.course(candidate.course))
                early = 0
                for grid in board.calendar.day_grids(candidate.school, variant):
                    for part in candidate.parts:
                        if dates := part.dates & grid.dates:
                            periods = _among(grid.times[:first], part.stop.start, part.stop.end)
                            early += dates.bit_count() * periods
                terms.append((board.teaches(candidate), self.weight * early))
        if not terms:
            return
        private = self._own(term, subject) > 0
        because = self.because(
            "early",
            professional=subject,
            privacy=Privacy.PRIVATE if private else Privacy.OPEN,
            fact=f"professionals/{subject}" if private else None,
            person=names.person(term, subject),
        )
        board.price(terms, because, tier=Tier.COMFORT, of=subject)


def _among(times: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """How many lesson periods overlap a lesson."""
    return sum(first < end and start < last for first, last in times)
