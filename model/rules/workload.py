"""How much somebody wants to work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import days
from model.hours import MINUTES_PER_HOUR, fixed_loads, load_minutes
from model.hours_board import Days
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier
from model.travel import UNKNOWN_MINUTES, Travel, home

if TYPE_CHECKING:
    from model.reading import Reading

MORNING, AFTERNOON = 8 * 60, 17 * 60


class Workload(Rule):
    """Each minute that teaching adds to a week beyond the hours somebody wants to work in all costs points.

    Both jobs and meetings count, lessons with their preparation, and for each date at a school a journey there at
    08:00 and back at 17:00; work that is given away comes off. Weeks run from Monday. Where work alone is more than
    the wish, only what teaching adds to that costs.
    """

    name = "workload"
    in_dutch = (
        "Elke minuut die het lesgeven aan een week toevoegt boven de uren die iemand in totaal wil werken, kost punten."
    )
    subject = Subject.PROFESSIONAL
    source = "Professional's wish (werkdruk); 0.7 hours of preparation an hour is a usual factor (weak source)"
    owner = Owner.PROFESSIONAL
    privacy = Privacy.PRIVATE
    tier = Tier.COMFORT
    reads = (
        "professionals.max_hours_per_week", "work.weekday", "work.start", "work.end", "work.cycle_weeks",
        "work.cycle_week", "employers.break_minutes", "activities.required", "activities.minutes",
        "professionals.home_latitude", "professionals.home_longitude", "professionals.travel_mode",
        "schools.latitude", "schools.longitude", "travel_times.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Werklast per week", "en": "Workload a week"},
        "wish": {
            "nl": "{person} werkt liever niet meer uren per week, beide banen samen.",
            "en": "{person} would rather not work more hours a week, both jobs together.",
        },
    }

    weight: int = Field(
        1, ge=0, description="Cost of a minute more than wished", json_schema_extra={"unit": "points per minute"}
    )
    preparation: float = Field(
        0.7,
        ge=0,
        le=5,
        description="Preparation and marking that comes with lessons",
        json_schema_extra={"unit": "hours per hour of lessons"},
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        wish = reading.term.professional(subject).max_hours_per_week
        if wish is None or subject not in reading.of_person:
            return
        added: dict[int, int] = {}
        for day, lessons in reading.by_day(subject).items():
            week = reading.calendar.date_of(day).isocalendar().week
            minutes = sum(load_minutes(each.stop, self.preparation) for each in lessons)
            minutes += sum(_journey(reading.travel, subject, school) for school in {each.school for each in lessons})
            for piece in reading.work_day(subject, day).away:
                minutes -= piece.end - piece.start - piece.pause_minutes
            added[week] = added.get(week, 0) + minutes
        alone: dict[int, int] = {}
        for minutes, dates in fixed_loads(reading.calendar, subject, on_leave=False):
            for day in days(dates):
                week = reading.calendar.date_of(day).isocalendar().week
                alone[week] = alone.get(week, 0) + minutes
        for week, minutes in added.items():
            excess = minutes - max(0, round(MINUTES_PER_HOUR * wish) - alone.get(week, 0))
            if excess > 0 and self.weight:
                yield self.cost(self.weight * excess, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        wish = board.term.professional(subject).max_hours_per_week
        if wish is None or not self.weight:
            return
        because = self.because(
            "wish", professional=subject, privacy=Privacy.PRIVATE, fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
        )  # fmt: skip
        fixed = list(fixed_loads(board.calendar, subject, on_leave=False))
        added = [(each.dates, list(each.terms)) for each in board.once(Days).loads(subject, self.preparation)]
        for day in board.days_of(subject):
            visits: dict[str, list[int]] = {}
            for each in day.stops:
                if each.candidate is not None:
                    visits.setdefault(each.candidate.school, []).append(board.teaches(each.candidate))
            added.append(
                (
                    day.dates,
                    [(board.any_of(some), _journey(board.travel, subject, school)) for school, some in visits.items()],
                )
            )
        for week in board.calendar.weeks.values():
            alone = sum(minutes * (dates & week).bit_count() for minutes, dates in fixed)
            terms = [
                (literal, minutes * (dates & week).bit_count()) for dates, some in added for literal, minutes in some
            ]
            room = max(0, round(MINUTES_PER_HOUR * wish) - alone)
            board.limit(terms, room, because, of=subject, price=self.weight, tier=Tier.COMFORT)


def _journey(travel: Travel, professional: str, school: str) -> int:
    """Minutes to a school and back home; 0 where nobody knows."""
    there = travel.leg(professional, home(professional), school, MORNING)
    back = travel.leg(professional, school, home(professional), AFTERNOON)
    return 0 if max(there, back) >= UNKNOWN_MINUTES else there + back
