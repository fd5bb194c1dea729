"""The same weekday every week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.spells import spells, weekday_literals, weekdays_used
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class StableWeekday(Rule):
    """In each period of the term (tijdvak), or in the whole term, a person teaches on at most so many different weekdays.

    A school's own period looks at the lessons of that school. An employer may count only the weekdays on which somebody is away from work. Holds for nobody unless a number is set.
    """

    name = "stable_weekday"
    in_dutch = "In elk tijdvak, of in de hele termijn, geeft iemand op hoogstens zoveel verschillende weekdagen les."
    subject = Subject.PROFESSIONAL
    source = "Agreement of employer and school: a fixed weekday for a whole period (vaste dag)"
    owner = Owner.EMPLOYER
    change_price = 3
    stays_broken = True
    reads = ("periods.school", "periods.start", "periods.end", "employers.release_policy")
    says = {
        "title": {"nl": "Vaste weekdag", "en": "Fixed weekday"},
        "limit": {
            "nl": "Verschillende lesdagen van {person} in één tijdvak: hoogstens {most}.",
            "en": "Different teaching weekdays of {person} in one period: at most {most}.",
        },
        "broken": {
            "nl": "{person} geeft les op {used} verschillende weekdagen vanaf {when}; hoogstens {most} mag.",
            "en": "{person} teaches on {used} different weekdays from {when} on; at most {most} may be used.",
        },
    }

    most: int | None = Field(
        None, ge=0, le=7, description="Most different weekdays in a period", json_schema_extra={"unit": "weekdays"}
    )
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

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for spell in spells(reading.term, whole_term=self.whole_term) if self.most is not None else ():
            used = len(weekdays_used(reading, subject, spell, away_only=self.away_only))
            if used > (self.most or 0):
                params = {
                    "person": names.person(reading.term, subject),
                    "used": used,
                    "when": spell.first,
                    "most": self.most,
                }
                yield self.breach("broken", used - (self.most or 0), "days", params, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        if self.most is None:
            return
        person = names.person(board.term, subject)
        because = self.because("limit", professional=subject, person=person, most=self.most)
        for literals in weekday_literals(board, subject, whole_term=self.whole_term, away_only=self.away_only):
            board.limit([(literal, 1) for literal in literals], self.most, because, of=subject)
