"""How many people get another timetable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.promised import given_by, giving, on_dates, promised_to, promises, to_come
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class MovedPeople(Rule):
    """Each person whose timetable differs from the published one costs points, once, however much it differs.

    Only dates still to come count; without a published timetable nobody is moved.
    """

    name = "moved_people"
    in_dutch = (
        "Elke persoon van wie het rooster anders is dan gepubliceerd kost punten, één keer, hoeveel er ook verandert."
    )
    subject = Subject.PROFESSIONAL
    source = "Wish of employers and professionals: rather much for one than a little for many"
    owner = Owner.PROFESSIONAL
    tier = Tier.STABILITY
    reads = ("published.lesson", "published.professional", "published.option", "published.weeks")
    says = {
        "title": {"nl": "Mensen met een ander rooster", "en": "People with another timetable"},
        "same": {
            "nl": "Het rooster van {person} blijft zoals het is gepubliceerd.",
            "en": "The timetable of {person} stays as it was published.",
        },
    }

    weight: int = Field(
        2000,
        ge=0,
        description="Cost of each person whose timetable changes",
        json_schema_extra={"unit": "points per person"},
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        moved = reading.term.published and promised_to(reading, subject) != given_by(reading, subject)
        if self.weight and moved:
            yield self.cost(self.weight, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weight or not board.term.published:
            return
        promised = {given: dates for given, dates in board.once(promises).get(subject, {}).items() if dates}
        later = to_come(board.calendar)
        ways = giving(board, subject)
        kept = [
            board.any_of(keeping)
            for given, dates in promised.items()
            for _, keeping in on_dates(dates, ways.get(given, []))
        ]
        added = [
            board.teaches(candidate)
            for candidate in board.candidates_of(subject)
            if any(part.dates & later & ~promised.get((part.lesson, part.option), 0) for part in candidate.parts)
        ]
        same = board.all_of([*kept, board.none_of(added)])
        because = self.because("same", professional=subject, person=names.person(board.term, subject))
        terms = [(board.all_of(()), self.weight), (same, -self.weight)]
        board.price(terms, because, tier=Tier.STABILITY, of=subject)
