"""Going from one school to another on a day."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.day import Stop
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class SiteSwitches(Rule):
    """Each time somebody goes from a lesson at one school site to a lesson at another on the same day costs points.

    Travel is priced elsewhere; this is for the changing itself. Costs nothing unless a region sets a weight.
    """

    name = "site_switches"
    in_dutch = (
        "Elke keer dat iemand op een dag van een les op de ene vestiging naar een les op een andere gaat, kost punten."
    )
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (limit on switches between vestigingen, as Zermelo offers)"
    owner = Owner.SCHOOL
    tier = Tier.COMFORT
    says = {
        "title": {"nl": "Wisselen van vestiging", "en": "Switches between sites"},
        "switch": {
            "nl": "Wisselen van vestiging door {person} op één dag.",
            "en": "Switches between sites by {person} on one day.",
        },
    }

    weight: int = Field(0, ge=0, description="Cost of a switch", json_schema_extra={"unit": "points per switch"})

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for day in reading.by_day(subject) if self.weight else ():
            for before, after in pairwise(reading.route(subject, day)):
                if _switches(before, after):
                    yield self.cost(self.weight, professional=subject, lesson=after.key)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weight:
            return
        because = self.because("switch", professional=subject, person=names.person(board.term, subject))

        def step(before: Stop | None, after: Stop | None) -> int:
            return self.weight if before and after and _switches(before, after) else 0

        board.legs(subject, step, because, tier=Tier.COMFORT)


def _switches(before: Stop, after: Stop) -> bool:
    """Whether both are lessons, at different schools; work has no key."""
    return bool(before.key and after.key) and before.place != after.place
