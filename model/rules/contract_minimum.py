"""Lessons that were promised to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.people import Engagement, EngagementStatus
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class ContractMinimum(Rule):
    """Each lesson period a week up to the agreed minimum gains points, so that missing one costs them.

    Counted per engagement and week, for lessons at that board or site within its dates.
    """

    name = "contract_minimum"
    in_dutch = "Elk lesuur per week tot het afgesproken minimum levert punten op, zodat een gemis ze kost."
    subject = Subject.PROFESSIONAL
    source = "Agreement between school, employer and professional (min-max contract)"
    owner = Owner.SCHOOL
    tier = Tier.CONTINUITY
    reads = (
        "engagements.min_lessons", "engagements.board", "engagements.school", "engagements.start", "engagements.end",
        "engagements.status", "lessons.lesson_periods",
    )  # fmt: skip
    says = {
        "title": {"nl": "Afgesproken minimum aan lesuren", "en": "Agreed minimum of lesson periods"},
        "wish": {
            "nl": "Afgesproken met {person}: per week minstens {least} lesuren.",
            "en": "Agreed with {person}: at least {least} lesson periods a week.",
        },
    }

    weight: int = Field(
        300, ge=0, description="Worth of a lesson period up to the minimum", json_schema_extra={"unit": "points"}
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for row in _promised(reading.term, subject):
            per_week: dict[int, int] = {}
            for taught in reading.of_person.get(subject, ()):
                in_time = (row.start or date.min) <= taught.when <= (row.end or date.max)
                if in_time and _counts(reading.term, row, taught.school):
                    week = taught.when.isocalendar().week
                    per_week[week] = per_week.get(week, 0) + reading.calendar.lesson_periods(taught.lesson)
            for given in per_week.values():
                if self.weight:
                    yield self.cost(-self.weight * min(given, row.min_lessons), professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for row in _promised(board.term, subject) if self.weight else ():
            because = self.because(
                "wish",
                professional=subject,
                fact=f"engagements/{row.id}",
                person=names.person(board.term, subject),
                least=row.min_lessons,
            )
            dates = board.calendar.between(row.start, row.end)
            mine = [each for each in board.candidates_of(subject) if _counts(board.term, row, each.school)]
            for week in board.calendar.weeks.values():
                terms = []
                for candidate in mine if week & dates else ():
                    load = 0
                    for part in candidate.parts:
                        load += (part.dates & week & dates).bit_count() * board.calendar.lesson_periods(part.lesson)
                    terms.append((board.teaches(candidate), load))
                gains = [(literal, -self.weight * load) for literal, load in terms]
                board.price(gains, because, tier=Tier.CONTINUITY, of=subject)
                board.limit(terms, row.min_lessons, because, of=subject, price=self.weight, tier=Tier.CONTINUITY)


def _promised(term: Term, professional: str) -> list[Engagement]:
    return [
        row
        for row in term.engagements_of(professional)
        if row.min_lessons and row.status is not EngagementStatus.STOPPED
    ]


def _counts(term: Term, row: Engagement, school: str) -> bool:
    return row.school == school if row.school else term.school(school).board == row.board
