"""No employer bears much more than others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model.calendar import partition
from model.fields import HalfDay
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class FairEmployers(Rule):
    """The employer that misses its people on most half-days, for its size, costs points for each of those half-days.

    Costs nothing unless a region sets a weight. A half-day counts for each person away, and for less at a larger employer.
    """

    name = "fair_employers"
    in_dutch = "De werkgever die zijn mensen naar zijn grootte op de meeste dagdelen mist, kost punten voor elk van die dagdelen."
    subject = Subject.REGION
    source = "Region's choice: a fair split of the burden over employers (the largest as small as it can be)"
    owner = Owner.EMPLOYER
    tier = Tier.FAIRNESS
    reads = ("employers.employees", "employers.release_policy")
    says = {
        "title": {"nl": "Eerlijk verdeeld over werkgevers", "en": "Fair to employers"},
        "burden": {
            "nl": "De werkgever die naar zijn grootte het meest mist, mist zo weinig als kan.",
            "en": "The employer that misses most for its size misses as little as can be.",
        },
    }

    weight: int = Field(
        0,
        ge=0,
        description="Cost, at the employer that bears most, of a half-day away times its people",
        json_schema_extra={"unit": "points per half-day and employee"},
    )

    def _points(self, term: Term, employer: str) -> int:
        """What one person away on one half-day costs an employer."""
        size = term.employer(employer).employees or len(term.people_of(employer))
        return self.weight // max(1, size)

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:  # noqa: ARG002  the region is the whole term
        burdens: dict[str, int] = {}
        for employer in reading.term.employers if self.weight else ():
            half_days = sum(
                len({piece.half_day for piece in reading.work_day(person.id, day).away})
                for person in reading.term.people_of(employer.id)
                for day in reading.by_day(person.id)
            )
            burdens[employer.id] = half_days * self._points(reading.term, employer.id)
        worst = max(burdens, key=lambda employer: burdens[employer], default=None)
        if worst is not None and burdens[worst]:
            yield self.cost(burdens[worst], employer=worst)

    def enforce(self, board: Board, subject: str) -> None:  # noqa: ARG002  likewise
        groups = []
        for employer in board.term.employers if self.weight else ():
            points, terms = self._points(board.term, employer.id), []
            for person in board.term.people_of(employer.id):
                away = [(each.half_day, board.teaches(each.candidate), each.dates) for each in board.away_of(person.id)]
                for half_day in HalfDay:
                    mine = [(literal, dates) for half, literal, dates in away if half is half_day]
                    for cell in partition(dates for _, dates in mine):
                        gone = board.any_of(literal for literal, dates in mine if dates & cell)
                        terms.append((gone, -points * cell.bit_count()))
            groups.append(terms)
        board.level(groups, 1, self.because("burden"), tier=Tier.FAIRNESS)
