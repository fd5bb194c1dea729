"""Rest between the work of one date and that of the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.hours import DayStops, in_hours, is_lesson, night_rest
from model.hours_board import Days
from model.people import Privacy
from model.rule import Because, Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class DailyRest(Rule):
    """Between lessons and the work or lessons of the next date, and between work and the lessons of the next, lie 11 hours of rest.

    Work, lessons and meetings count together. After a class until 21:30 work starts at 08:30 at the earliest. Rest is
    measured from date to date, from the end to the start, with the journey in it. Where the employer's own roster
    gives too little rest, that is not the timetable's doing: a warning says so. Where the nature of the work asks for
    it, one rest in any 7 days may be shorter; one that the employer's own roster cuts short is that one.
    """

    name = "daily_rest"
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:3 lid 2-3 and 5:15 (text of 2017); exemption: Arbeidstijdenbesluit 2.1:1"
    owner = Owner.LAW
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
        "once": {
            "nl": "{person} heeft hoogstens één keer in 7 dagen minder dan {least} uur rust.",
            "en": "{person} has less than {least} hours of rest at most once in 7 days.",
        },
        "broken": {
            "nl": "Na {when} heeft {person} {rest} uur rust tot de volgende dag; het moet {least} uur zijn.",
            "en": "After {when} {person} has {rest} hours of rest until the next day; it must be {least} hours.",
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
        if reading.term.professional(subject).atw_exempt or stops.shortest_night >= self.rest_minutes:
            return
        taught = set(reading.by_day(subject))
        for day in sorted(taught | {day - 1 for day in taught}):
            pairs = [pair for pair in product(stops.on(day), stops.on(day + 1)) if any(map(is_lesson, pair))]
            rest = min((night_rest(*pair) for pair in pairs), default=self.rest_minutes)
            if rest < self._least:
                yield self._breach(reading, subject, day, "broken", rest)
            elif rest < self.rest_minutes and any(self._short(stops, day + n) for n in range(-6, 7) if n):
                yield self._breach(reading, subject, day, "broken_again", rest)

    def _short(self, stops: DayStops, day: int) -> bool:
        return any(night_rest(*pair) < self.rest_minutes for pair in product(stops.on(day), stops.on(day + 1)))

    def _breach(self, reading: Reading, subject: str, day: int, key: str, rest: int) -> Breach:
        least = self._least if key == "broken" else self.rest_minutes
        when = reading.calendar.date_of(day)
        params = {"person": names.person(reading.term, subject), "when": when, "rest": in_hours(rest)}
        params["least"] = in_hours(least)
        return self.breach(key, least - rest, "minutes", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        possible = board.once(Days)
        outline = possible.outline(subject)
        if board.term.professional(subject).atw_exempt or outline is None:
            return
        if outline.shortest_night >= self.rest_minutes:
            return
        because = self._because(board, subject, "limit", self._least)
        for evening, morning in possible.nights(subject):
            for (before, a), (after, b) in product(evening, morning):
                if night_rest(before, after) < self._least and (is_lesson(before) or is_lesson(after)):
                    board.limit([(a, 1), (b, 1)], 1, because, of=subject)
        if self.short_rests:
            self._once_a_week(board, subject)

    def _once_a_week(self, board: Board, subject: str) -> None:
        """Two rests cut short within 7 days do not go together, unless both are the employer's doing."""
        on = board.once(Days).on
        short: list[list[tuple[Literal, bool]]] = []
        for day in range(board.calendar.length - 1):
            found: dict[tuple[Literal, bool], None] = {}
            for (before, a), (after, b) in product(on(subject, day), on(subject, day + 1)):
                if night_rest(before, after) < self.rest_minutes:
                    found[board.all_of((a, b)), is_lesson(before) or is_lesson(after)] = None
            short.append(list(found))
        because = self._because(board, subject, "once", self.rest_minutes)
        for day, first in enumerate(short):
            for second in short[day + 1 : day + 7]:
                for (a, taught), (b, also_taught) in product(first, second):
                    if taught or also_taught:
                        board.limit([(a, 1), (b, 1)], 1, because, of=subject)

    def _because(self, board: Board, subject: str, key: str, least: int) -> Because:
        person = names.person(board.term, subject)
        return self.because(
            key, professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}", person=person,
            least=in_hours(least),
        )  # fmt: skip
