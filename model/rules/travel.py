"""Extra travel because of teaching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.day import Stop, from_home_minutes, leg_minutes, to_home_minutes, work_stop
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier
from model.travel import Travel

if TYPE_CHECKING:
    from model.reading import Reading


class TravelCost(Rule):
    """Each minute travelled because of teaching costs points: the day's route less that of the same day without lessons.

    The route goes from home past schools and employer in order of time and back home. A teaching day that saves
    commuting gains points.
    """

    name = "travel"
    in_dutch = "Elke minuut die door het lesgeven wordt gereisd kost punten: de route van de dag min die van dezelfde dag zonder lessen."
    subject = Subject.PROFESSIONAL
    source = "Region's choice"
    owner = Owner.PROFESSIONAL
    tier = Tier.COMFORT
    reads = (
        "professionals.home_latitude", "professionals.home_longitude", "professionals.travel_mode", "professionals.site",
        "schools.latitude", "schools.longitude", "employer_sites.latitude", "employer_sites.longitude",
        "travel_times.minutes", "employers.release_policy",
    )  # fmt: skip
    says = {
        "title": {"nl": "Extra reistijd", "en": "Extra travel"},
        "route": {"nl": "Reizen van {person} voor het lesgeven.", "en": "Travel of {person} for teaching."},
    }

    weight: int = Field(1, ge=0, description="Cost of a minute", json_schema_extra={"unit": "points per minute"})

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for day, lessons in reading.by_day(subject).items():
            usual = [work_stop(piece) for piece in reading.calendar.pieces(subject) if piece.dates >> day & 1]
            with_lessons = _minutes(reading.travel, subject, reading.route(subject, day))
            extra = with_lessons - _minutes(reading.travel, subject, sorted(usual, key=lambda stop: stop.order))
            if extra:
                yield self.cost(self.weight * extra, professional=subject, lesson=lessons[0].lesson)

    def enforce(self, board: Board, subject: str) -> None:
        because = self.because("route", professional=subject, person=names.person(board.term, subject))

        def step(before: Stop | None, after: Stop | None) -> int:
            if before is None:
                return self.weight * from_home_minutes(board.travel, subject, after) if after else 0
            if after is None:
                return self.weight * to_home_minutes(board.travel, subject, before)
            return self.weight * leg_minutes(board.travel, subject, before, after)

        board.legs(subject, step, because, tier=Tier.COMFORT)
        for day in board.days_of(subject):
            usual = _usual_minutes(board, subject, [each.stop for each in day.stops if each.candidate is None])
            if usual:
                taught = board.any_of(board.teaches(each.candidate) for each in day.stops if each.candidate is not None)
                board.price([(taught, -self.weight * day.count * usual)], because, tier=Tier.COMFORT, of=subject)


def _minutes(travel: Travel, professional: str, route: Sequence[Stop]) -> int:
    if not route:
        return 0
    legs = sum(leg_minutes(travel, professional, before, after) for before, after in pairwise(route))
    return from_home_minutes(travel, professional, route[0]) + legs + to_home_minutes(travel, professional, route[-1])


def _usual_minutes(board: Board, professional: str, work: list[Stop]) -> int:
    if not work:
        return 0
    minutes = from_home_minutes(board.travel, professional, work[0])
    for index in range(1, len(work)):
        minutes += leg_minutes(board.travel, professional, work[index - 1], work[index])
    return minutes + to_home_minutes(board.travel, professional, work[-1])
