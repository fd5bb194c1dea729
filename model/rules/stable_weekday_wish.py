"""Preferably the same weekday every week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.spells import spells, weekday_literals, weekdays_used
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class StableWeekdayWish(Rule):
    """Each weekday beyond a number on which a person teaches in a period of the term costs points.

    A school's own period looks at the lessons of that school. Costs nothing unless a weight is set; an employer may count only the weekdays on which somebody is away from work.
    """

    name = "stable_weekday_wish"
    in_dutch = "Elke weekdag boven een aantal waarop iemand in een tijdvak lesgeeft, kost punten."
    subject = Subject.PROFESSIONAL
    source = "Wish of employer and school: a fixed weekday for a whole period (vaste dag)"
    owner = Owner.EMPLOYER
    tier = Tier.COMFORT
    reads = ("periods.school", "periods.start", "periods.end", "employers.release_policy")
    says = {
        "title": {"nl": "Liefst een vaste weekdag", "en": "Preferably a fixed weekday"},
        "wish": {
            "nl": "Verschillende lesdagen van {person} in één tijdvak: liefst niet meer dan {most}.",
            "en": "Different teaching weekdays of {person} in one period: preferably no more than {most}.",
        },
    }

    weight: int = Field(
        0,
        ge=0,
        description="Cost of each extra weekday in a period",
        json_schema_extra={"unit": "points per weekday"},
    )
    most: int = Field(1, ge=0, le=7, description="Weekdays that cost nothing", json_schema_extra={"unit": "weekdays"})
    whole_term: bool = Field(
        False,  # noqa: FBT003  a default, in pydantic's own way
        description="Whether the whole term counts as one period",
        json_schema_extra={"unit": "yes or no"},
    )
    away_only: bool = Field(
        False,  # noqa: FBT003  likewise
        description="Whether only weekdays count on which the person is away from work",
        json_schema_extra={"unit": "yes or no"},
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for spell in spells(reading.term, whole_term=self.whole_term) if self.weight else ():
            over = len(weekdays_used(reading, subject, spell, away_only=self.away_only)) - self.most
            if over > 0:
                yield self.cost(self.weight * over, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weight:
            return
        person = names.person(board.term, subject)
        because = self.because("wish", professional=subject, person=person, most=self.most)
        for literals in weekday_literals(board, subject, whole_term=self.whole_term, away_only=self.away_only):
            terms = [(literal, 1) for literal in literals]
            board.limit(terms, self.most, because, of=subject, price=self.weight, tier=Tier.COMFORT)
