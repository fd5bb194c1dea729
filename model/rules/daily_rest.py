"""Rest between the work of one date and that of the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.hours import DayStops, in_hours, is_lesson, is_night, night_rest, runs_through
from model.hours_board import Days, Possible
from model.people import Privacy
from model.rule import Because, Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class DailyRest(Rule):
    """Between lessons and the work or lessons of the next date, and between work and the lessons of the next, lie 11 hours of rest.

    Work, lessons and meetings count together. After a class until 21:30 work starts at 08:30 at the earliest. Rest is
    measured from date to date, from the end to the start, with the journey in it. What begins at midnight is taken to
    run on from the date before: it has the same rest after it on its own date. Where the employer's own roster
    gives too little rest, that is not the timetable's doing: a warning says so. Where the nature of the work asks for
    it, one rest in any 7 days may be shorter; one that the employer's own roster cuts short is that one.
    """

    name = "daily_rest"
    in_dutch = "Tussen lessen en het werk of de lessen van de volgende dag, en tussen werk en de lessen daarna, ligt 11 uur rust."
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:3 lid 2-3 and 5:15 (text of 2017); exemption: Arbeidstijdenbesluit 2.1:1"
    owner = Owner.LAW
    privacy = Privacy.EMPLOYER
    negotiable = False
    may_switch_off = False
    reads = (
        "professionals.atw_exempt", "work.weekday", "work.start", "work.end", "work.cycle_weeks", "work.cycle_week",
        "activities.required", "activities.start", "activities.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Dagelijkse rust", "en": "Daily rest"},
        "limit": {
            "nl": "Tussen werk of les van {person} op de ene dag en de volgende ligt minstens {least} uur.",
            "en": "Between work or lessons of {person} on one day and the next lie at least {least} hours.",
        },
        "night": {
            "nl": "Na werk of les door de nacht heeft {person} minstens {least} uur rust.",
            "en": "After work or lessons through the night {person} has at least {least} hours of rest.",
        },
        "once": {
            "nl": "{person} heeft hoogstens één keer in 7 dagen minder dan {least} uur rust.",
            "en": "{person} has less than {least} hours of rest at most once in 7 days.",
        },
        "broken": {
            "nl": "Na {when} heeft {person} {rest} uur rust tot de volgende dag; het moet {least} uur zijn.",
            "en": "After {when} {person} has {rest} hours of rest until the next day; it must be {least} hours.",
        },
        "broken_night": {
            "nl": "Na de nacht naar {when} heeft {person} {rest} uur rust; het moet {least} uur zijn.",
            "en": "After the night to {when} {person} has {rest} hours of rest; it must be {least} hours.",
        },
        "broken_again": {
            "nl": "Na {when} heeft {person} {rest} uur rust, en binnen 7 dagen nog eens minder dan {least} uur.",
            "en": "After {when} {person} has {rest} hours of rest, and within 7 days again less than {least} hours.",
        },
    }

    rest_minutes: int = Field(660, ge=0, description="Least rest", json_schema_extra={"unit": "minutes"})
    short_rest_minutes: int = Field(
        480, ge=0, description="Least rest once in 7 days", json_schema_extra={"unit": "minutes"}
    )
    short_rests: bool = Field(
        default=False,
        description="Whether the nature of the work asks for the shorter rest once in 7 days",
        json_schema_extra={"unit": "yes or no"},
    )

    @property
    def _least(self) -> int:
        """Rest that there is after every date."""
        return min(self.rest_minutes, self.short_rest_minutes) if self.short_rests else self.rest_minutes

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        stops = DayStops(reading, subject)
        if reading.term.professional(subject).atw_exempt:
            return
        if stops.shortest_night >= self.rest_minutes and stops.earliest > 0:
            return
        taught = set(reading.by_day(subject))
        for place in sorted({2 * day + beside for day in taught for beside in (-1, 0, 1)}):
            rest = min((rest for rest, lesson in _rests(stops, place) if lesson), default=self.rest_minutes)
            if rest < self._least:
                key = "broken" if place % 2 else "broken_night"
                yield self._breach(reading, subject, place // 2, key, rest)
            elif rest < self.rest_minutes and any(self._short(stops, place + n) for n in range(-13, 14) if n):
                yield self._breach(reading, subject, place // 2, "broken_again", rest)

    def _short(self, stops: DayStops, place: int) -> bool:
        return any(rest < self.rest_minutes for rest, _ in _rests(stops, place))

    def _breach(self, reading: Reading, subject: str, day: int, key: str, rest: int) -> Breach:
        least = self.rest_minutes if key == "broken_again" else self._least
        when = reading.calendar.date_of(day)
        params = {"person": names.person(reading.term, subject), "when": when, "rest": in_hours(rest)}
        params["least"] = in_hours(least)
        return self.breach(key, least - rest, "minutes", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        possible = board.once(Days)
        outline = possible.outline(subject)
        if board.term.professional(subject).atw_exempt or outline is None:
            return
        if outline.shortest_night >= self.rest_minutes and outline.earliest > 0:
            return
        because = self._because(board, subject, "limit", self._least)
        for evening, morning in possible.nights(subject):
            for (before, a), (after, b) in product(evening, morning):
                if night_rest(before, after) < self._least and (is_lesson(before) or is_lesson(after)):
                    board.limit([(a, 1), (b, 1)], 1, because, of=subject)
        because = self._because(board, subject, "night", self._least)
        for shape in possible.shapes(subject) if outline.earliest == 0 else ():
            for a, b, with_lesson in _after_night(shape.stops, self._least):
                if with_lesson:
                    board.limit([(a, 1), (b, 1)], 1, because, of=subject)
        if self.short_rests:
            self._once_a_week(board, subject)

    def _once_a_week(self, board: Board, subject: str) -> None:
        """Two rests cut short within 7 days do not go together, unless both are the employer's doing.

        Of each date first the rest after its night, then the one until the next date, so that 7 days are 14 of them.
        """
        on = board.once(Days).on
        short: list[list[tuple[Literal, bool]]] = []
        for day in range(board.calendar.length):
            night = {
                (board.all_of((a, b)), with_lesson): None
                for a, b, with_lesson in _after_night(on(subject, day), self.rest_minutes)
            }
            found: dict[tuple[Literal, bool], None] = {}
            for (before, a), (after, b) in product(on(subject, day), on(subject, day + 1)):
                if night_rest(before, after) < self.rest_minutes and not runs_through(before, after):
                    found[board.all_of((a, b)), is_lesson(before) or is_lesson(after)] = None
            short += [list(night), list(found)]
        because = self._because(board, subject, "once", self.rest_minutes)
        for place, first in enumerate(short):
            for second in short[place + 1 : place + 14]:
                for (a, taught), (b, also_taught) in product(first, second):
                    if taught or also_taught:
                        board.limit([(a, 1), (b, 1)], 1, because, of=subject)

    def _because(self, board: Board, subject: str, key: str, least: int) -> Because:
        person = names.person(board.term, subject)
        return self.because(
            key, professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}", person=person,
            least=in_hours(least),
        )  # fmt: skip


def _rests(stops: DayStops, place: int) -> Iterator[tuple[int, bool]]:
    """Minutes of rest between two stops, and whether one is a lesson; by place as rests follow each other.

    Twice a day's number is the rest after the night on that date, one more that until the next date.
    """
    day, until_next = divmod(place, 2)
    for before, after in product(stops.on(day), stops.on(day + until_next)):
        lesson = is_lesson(before) or is_lesson(after)
        if until_next and not runs_through(before, after):
            yield night_rest(before, after), lesson
        elif not until_next and is_night(before) and before.end <= after.start and not runs_through(before, after):
            yield after.start - before.end, lesson


def _after_night(stops: Sequence[Possible], least: int) -> Iterator[tuple[Literal, Literal, bool]]:
    """Pairs of possible stops of a date with less rest than that after its night, and whether one is a lesson."""
    for place, (night, a) in enumerate(stops):
        for later, b in stops[place + 1 :] if is_night(night) else ():
            if 0 <= later.start - night.end < least and not runs_through(night, later):
                yield a, b, is_lesson(night) or is_lesson(later)
