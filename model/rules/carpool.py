"""Sharing a ride."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import partition
from model.people import Carpool
from model.rule import Board, Candidate, Owner, Rule, Subject
from model.term import Term
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class CarpoolGain(Rule):
    """Each date on which two people who share a ride both teach at the same school site gains points."""

    name = "carpool"
    in_dutch = "Elke datum waarop twee mensen die samenrijden op dezelfde vestiging lesgeven, levert punten op."
    subject = Subject.REGION
    source = "Agreement between two professionals"
    owner = Owner.PROFESSIONAL
    tier = Tier.COMFORT
    reads = ("carpools.people",)
    says = {
        "title": {"nl": "Samen rijden", "en": "Sharing a ride"},
        "together": {"nl": "{a} en {b} rijden graag samen.", "en": "{a} and {b} gladly share a ride."},
    }

    weight: int = Field(
        60,
        ge=0,
        description="Worth of a date together at one school site",
        json_schema_extra={"unit": "points per date"},
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:  # noqa: ARG002  the region is the whole term
        for row in shared(reading.term):
            a, b = row.people
            theirs = {(taught.day, taught.school) for taught in reading.of_person.get(b, ())}
            mine = {(taught.day, taught.school) for taught in reading.of_person.get(a, ())}
            if self.weight and mine & theirs:
                yield self.cost(-self.weight * len(mine & theirs), professional=a)

    def enforce(self, board: Board, subject: str) -> None:  # noqa: ARG002  likewise
        for row in shared(board.term) if self.weight else ():
            a, b = row.people
            because = self.because(
                "together",
                fact=f"carpools/{row.id}",
                a=names.person(board.term, a),
                b=names.person(board.term, b),
            )
            mine, theirs = by_school(board, a), by_school(board, b)
            for school in sorted(mine.keys() & theirs.keys()):
                for cell in partition(each.dates for each in (*mine[school], *theirs[school])):
                    there = [
                        board.any_of(board.teaches(each) for each in some if each.dates & cell)
                        for some in (mine[school], theirs[school])
                    ]
                    gain = -self.weight * cell.bit_count()
                    board.price([(board.all_of(there), gain)], because, tier=Tier.COMFORT)


def shared(term: Term) -> list[Carpool]:
    """Carpools of two different people."""
    return [row for row in term.carpools if len(row.people) == len(set(row.people)) == 2]


def by_school(board: Board, professional: str) -> dict[str, list[Candidate]]:
    """Candidates of a person, by school site."""
    found: dict[str, list[Candidate]] = {}
    for each in board.candidates_of(professional):
        found.setdefault(each.school, []).append(each)
    return found
