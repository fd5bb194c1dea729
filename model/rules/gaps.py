"""Idle time between lessons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.day import Stop, leg_minutes
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier
from model.travel import Travel

if TYPE_CHECKING:
    from model.reading import Reading


class Gaps(Rule):
    """Idle minutes between two lessons of a day (tussenuren) cost points; a normal break, travel and buffers are not idle."""

    name = "gaps"
    in_dutch = "Ongebruikte minuten tussen twee lessen op een dag (tussenuren) kosten punten; een gewone pauze, reizen en marges tellen niet."
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (max tussenuren)"
    owner = Owner.SCHOOL
    tier = Tier.COMFORT
    reads = ("schools.arrival_buffer_minutes", "schools.practical_buffer_minutes", "schools.leave_buffer_minutes")
    says = {
        "title": {"nl": "Tussenuren", "en": "Gaps"},
        "gap": {"nl": "Wachttijd van {person} tussen lessen.", "en": "Waiting time of {person} between lessons."},
    }

    weight: int = Field(1, ge=0, description="Cost of an idle minute", json_schema_extra={"unit": "points per minute"})
    break_minutes: int = Field(20, ge=0, description="Length of a normal break", json_schema_extra={"unit": "minutes"})

    def _idle(self, travel: Travel, professional: str, before: Stop, after: Stop) -> int:
        idle = after.start - before.end - self.break_minutes
        if before.place != after.place:
            idle -= before.leave_minutes + leg_minutes(travel, professional, before, after) + after.arrive_minutes
        return max(0, idle)

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for day in reading.by_day(subject):
            for before, after in pairwise(reading.route(subject, day)):
                if not before.key or not after.key:  # work is not waiting
                    continue
                if idle := self._idle(reading.travel, subject, before, after):
                    yield self.cost(self.weight * idle, professional=subject, lesson=after.key)

    def enforce(self, board: Board, subject: str) -> None:
        because = self.because("gap", professional=subject, person=names.person(board.term, subject))

        def step(before: Stop | None, after: Stop | None) -> int:
            if before is None or after is None or not before.key or not after.key:  # home and work are not waiting
                return 0
            return self.weight * self._idle(board.travel, subject, before, after)

        board.legs(subject, step, because, tier=Tier.COMFORT)
