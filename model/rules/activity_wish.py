"""Meetings at which somebody is welcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.activities import common_slots, is_open, meeting, weeks_of
from model.calendar import Calendar, partition
from model.day import compatible
from model.lessons import Activity
from model.rule import Board, Owner, Rule, Subject
from model.rules.activity_half_day import is_free, left_free, only_one
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class ActivityWish(Rule):
    """A meeting missed by somebody who is welcome there costs points, on each of its dates.

    A meeting without a time is missed in each of its weeks when no half-day that suits all who must come suits them.
    """

    name = "activity_wish"
    in_dutch = "Een overleg dat iemand mist die er welkom is, kost punten, op elke datum."
    subject = Subject.PROFESSIONAL
    source = "School's agenda (vergaderingen, intervisie)"
    owner = Owner.SCHOOL
    tier = Tier.COMFORT
    ties_people = True
    reads = ("activities.wished", *(f"activities.{each}" for each in ("required", "weekday", "start", "minutes")))
    says = {
        "title": {"nl": "Gewenste overleggen", "en": "Meetings one is welcome at"},
        "missed": {"nl": "{person} kan niet bij {meeting} zijn.", "en": "{person} cannot be at {meeting}."},
    }

    weight: int = Field(
        100, ge=0, description="Cost of a missed meeting", json_schema_extra={"unit": "points per meeting"}
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for activity in _welcome(reading.calendar, subject):
            missed = 0
            if is_open(activity):
                people = (*activity.required, subject)
                possible = common_slots(reading.calendar, activity, people)
                if possible and not any(is_free(reading, slot, people) for slot in possible):
                    missed = len(weeks_of(reading.calendar, activity))
            elif found := meeting(reading.calendar, activity):
                missed = sum(
                    bool(found.dates >> day & 1)
                    and any(not compatible(reading.travel, subject, each.stop, found.stop) for each in lessons)
                    for day, lessons in reading.by_day(subject).items()
                )
            if missed and self.weight:
                yield self.cost(missed * self.weight, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for activity in _welcome(board.calendar, subject) if self.weight else ():
            because = self.because(
                "missed",
                professional=subject,
                fact=f"activities/{activity.id}",
                person=names.person(board.term, subject),
                meeting=names.activity(board.term, activity.id),
            )
            if is_open(activity):
                people = (*activity.required, subject)
                fits = [left_free(board, slot, people) for slot in common_slots(board.calendar, activity, people)]
                price = self.weight * len(weeks_of(board.calendar, activity))
                if fits:
                    limit = [(each, -1) for each in fits]
                    board.limit(limit, -1, because, of=only_one(people), price=price, tier=Tier.COMFORT)
            elif found := meeting(board.calendar, activity):
                late = [
                    (part.dates & found.dates, board.teaches(candidate))
                    for candidate in board.candidates_of(subject)
                    for part in candidate.parts
                    if part.dates & found.dates
                    if not compatible(board.travel, subject, part.stop, found.stop)
                ]
                for cell in partition(dates for dates, _ in late):
                    missed = board.any_of(literal for dates, literal in late if dates & cell)
                    board.price([(missed, self.weight * cell.bit_count())], because, tier=Tier.COMFORT, of=subject)


def _welcome(calendar: Calendar, professional: str) -> Iterator[Activity]:
    """Meetings at which somebody is welcome and need not be."""
    for activity in calendar.term.activities:
        if professional in activity.wished and professional not in activity.required:
            yield activity
