"""How much is worked between two rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from model import names
from model.day import Stop
from model.fields import MINUTES_PER_DAY
from model.hours import DayStops, in_hours, is_lesson, worked_minutes
from model.hours_board import Days, Possible, limit_minutes
from model.people import Privacy
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ShiftLength(Rule):
    """A shift (dienst) with a lesson in it has at most 12 hours of work; it runs between rests of 8 hours, so a morning at the employer and an evening class are one shift.

    Said as: in any 20 hours with a lesson in them at most 12 hours are worked. More would leave no rest of 8 hours in
    them, so it would be one shift. A shift spread over more than 20 hours breaks the daily rest. A break inside the
    employer's work is not worked; preparation does not count.
    """

    name = "shift_length"
    in_dutch = "Een dienst met een les erin heeft hoogstens 12 uur werk; hij loopt tussen rusttijden van 8 uur, dus een ochtend op het werk en een avondles zijn één dienst."
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:7 lid 2a, shift: 1:7 (text of 2017); exemption: Arbeidstijdenbesluit 2.1:1"
    owner = Owner.LAW
    privacy = Privacy.EMPLOYER
    negotiable = False
    may_switch_off = False
    reads = (
        "professionals.atw_exempt", "work.weekday", "work.start", "work.end", "work.cycle_weeks", "work.cycle_week",
        "employers.break_minutes", "activities.required", "activities.start", "activities.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Lengte van een dienst", "en": "Length of a shift"},
        "limit": {
            "nl": "{person} werkt in één dienst hoogstens {most} uur, lessen meegeteld.",
            "en": "{person} works at most {most} hours in one shift, lessons included.",
        },
        "broken": {
            "nl": "{person} werkt {given} uur in de dienst van {when}, lessen meegeteld; hoogstens {most} uur mag.",
            "en": "{person} works {given} hours in the shift of {when}, lessons included; at most {most} are allowed.",
        },
    }

    most_minutes: int = Field(720, ge=0, description="Most work in a shift", json_schema_extra={"unit": "minutes"})
    rest_minutes: int = Field(
        480, ge=0, le=1440, description="Rest that ends a shift", json_schema_extra={"unit": "minutes"}
    )

    @property
    def _span(self) -> int:
        """Length of a window in which more work than allowed leaves no rest that ends a shift."""
        return self.most_minutes + self.rest_minutes

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        if reading.term.professional(subject).atw_exempt:
            return
        stops = DayStops(reading, subject)
        taught = set(reading.by_day(subject))
        known: dict[tuple[tuple[Stop, ...], tuple[Stop, ...]], int] = {}
        for day in sorted(taught | {day - 1 for day in taught}):
            dates = stops.on(day), stops.on(day + 1)
            if dates not in known:
                known[dates] = self._worst(*dates)
            worst = known[dates]
            if worst > self.most_minutes:
                when = reading.calendar.date_of(day)
                params = {"person": names.person(reading.term, subject), "when": when, "given": in_hours(worst)}
                params["most"] = in_hours(self.most_minutes)
                size = worst - self.most_minutes
                yield self.breach("broken", size, "minutes", params, professional=subject, when=when)

    def _worst(self, today: tuple[Stop, ...], after: tuple[Stop, ...]) -> int:
        """Most work within a shift that begins on a date, with a lesson in it."""
        both = [(each, each.start, each.end) for each in today]
        both += [(each, each.start + MINUTES_PER_DAY, each.end + MINUTES_PER_DAY) for each in after]
        worst = 0
        for anchor in today:
            inside = [each for each, start, end in both if anchor.start <= start and end <= anchor.start + self._span]
            if any(map(is_lesson, inside)):
                worst = max(worst, sum(map(worked_minutes, inside)))
        return worst

    def enforce(self, board: Board, subject: str) -> None:
        possible = board.once(Days)
        outline = possible.outline(subject)
        if board.term.professional(subject).atw_exempt or outline is None:
            return
        by_date = outline.apart and outline.shortest_night >= self.rest_minutes
        if by_date and outline.latest - outline.earliest <= self.most_minutes:
            return
        because = self.because(
            "limit", professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}",
            person=names.person(board.term, subject), most=in_hours(self.most_minutes),
        )  # fmt: skip
        if by_date:
            spans = [_items(stops) for stops in _long_days(possible, subject, self.most_minutes)]
        else:
            spans = [[*_items(today), *_items(after, MINUTES_PER_DAY)] for today, after in possible.nights(subject)]
        for inside in (window for items in spans for window in self._windows(items)):
            terms = [(each.literal, each.worked) for each in inside]
            if excess := max(0, sum(each.worked for each in inside if not each.lesson) - self.most_minutes):
                # The employer's work alone may be too much: then the limit holds only where there is a lesson.
                terms.append((board.any_of(each.literal for each in inside if each.lesson), excess))
            limit_minutes(board, terms, self.most_minutes + excess, because, of=subject)

    def _windows(self, items: list[_Item]) -> Iterator[list[_Item]]:
        """What may lie in a window that begins with a stop of the first date, lessons among it; none within another."""
        seen: list[set[int]] = []
        for anchor in sorted({each.start for each in items if each.start < MINUTES_PER_DAY}):
            inside = [
                place for place, each in enumerate(items) if anchor <= each.start and each.end <= anchor + self._span
            ]
            if any(items[place].lesson for place in inside) and not any(set(inside) <= other for other in seen):
                seen.append(set(inside))
                yield [items[place] for place in inside]


class _Item(NamedTuple):
    """A stop that may be there, in minutes since the start of the first of two dates."""

    start: int
    end: int
    worked: int
    lesson: bool
    literal: Literal


def _items(stops: Iterable[Possible], later: int = 0) -> list[_Item]:
    return [
        _Item(stop.start + later, stop.end + later, worked_minutes(stop), is_lesson(stop), literal)
        for stop, literal in stops
    ]


def _long_days(possible: Days, subject: str, most: int) -> Iterator[tuple[Possible, ...]]:
    """Days that may have too much work, where what may be there lies apart."""
    loads = possible.loads(subject, 0.0)
    for shape in possible.shapes(subject):
        if shape.fixed_minutes + sum(load.most for load in loads if load.dates & shape.dates) > most:
            yield shape.stops
