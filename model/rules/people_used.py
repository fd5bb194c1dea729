"""How many people teach at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class PeopleUsed(Rule):
    """Each person who teaches at all costs points, once: every new face takes guidance and agreements.

    Costs nothing unless a region sets a weight.
    """

    name = "people_used"
    in_dutch = "Elke persoon die lesgeeft kost één keer punten: elk nieuw gezicht vraagt begeleiding en afspraken."
    subject = Subject.PROFESSIONAL
    source = "Region's choice; guidance of beginning teachers (inductie) costs a school time per person"
    owner = Owner.SCHOOL
    tier = Tier.CONTINUITY
    says = {
        "title": {"nl": "Mensen voor de klas", "en": "People who teach"},
        "used": {"nl": "{person} geeft les.", "en": "{person} teaches."},
    }

    weight: int = Field(
        0, ge=0, description="Cost of each person who teaches", json_schema_extra={"unit": "points per person"}
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        if self.weight and reading.of_person.get(subject):
            yield self.cost(self.weight, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weight:
            return
        person = names.person(board.term, subject)
        because = self.because("used", professional=subject, fact=f"professionals/{subject}", person=person)
        taught = board.any_of(board.teaches(candidate) for candidate in board.candidates_of(subject))
        board.price([(taught, self.weight)], because, tier=Tier.CONTINUITY, of=subject)
