"""A long rest in every week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.fields import MINUTES_PER_DAY, Weekday
from model.hours import WEEKEND_MINUTES, DayStops, in_hours
from model.hours_board import Days
from model.long_rests import Line, longest_rest
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading

WEEK_MINUTES = 7 * MINUTES_PER_DAY


class WeeklyRest(Rule):
    """From every start of work or lessons, the next 7 days hold 36 hours of unbroken rest, or the next 14 days 72 hours in one or two parts of at least 32.

    Seven days without a lesson in them are not looked at: too little rest in the employer's own roster is not the
    timetable's doing, and a warning says so. Work, lessons and meetings count together; what lies outside the term is
    rest. Who works on no Saturday or Sunday always has this rest.
    """

    name = "weekly_rest"
    in_dutch = "Vanaf elk begin van werk of lessen zit in de volgende 7 dagen 36 uur rust aan één stuk, of in de volgende 14 dagen 72 uur in één of twee delen van minstens 32."
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:5 and 5:15 (text of 2017); two parts at most: interpretation (unverified)"
    owner = Owner.LAW
    privacy = Privacy.EMPLOYER
    negotiable = False
    may_switch_off = False
    reads = (
        "professionals.atw_exempt", "work.weekday", "work.start", "work.end", "work.cycle_weeks", "work.cycle_week",
        "activities.required", "activities.start", "activities.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Wekelijkse rust", "en": "Weekly rest"},
        "limit": {
            "nl": "{person} heeft in elke 7 dagen {least} uur rust achter elkaar.",
            "en": "{person} has {least} hours of unbroken rest in every 7 days.",
        },
        "broken": {
            "nl": "Vanaf {when} heeft {person} in 7 dagen hoogstens {rest} uur rust achter elkaar; het moet {least} uur zijn.",
            "en": "From {when} {person} has at most {rest} hours of unbroken rest in 7 days; it must be {least} hours.",
        },
    }

    rest_minutes: int = Field(
        2160, ge=1, le=WEEKEND_MINUTES, description="Unbroken rest in 7 days", json_schema_extra={"unit": "minutes"}
    )
    two_weeks_minutes: int = Field(
        4320, ge=1, description="Rest in 14 days instead", json_schema_extra={"unit": "minutes"}
    )
    part_minutes: int = Field(1920, ge=1, description="Shortest part of it", json_schema_extra={"unit": "minutes"})

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        stops = DayStops(reading, subject)
        exempt = reading.term.professional(subject).atw_exempt
        if exempt or subject not in reading.of_person or not stops.in_weekend:
            return
        told = 0
        for first, longest in self.short_weeks(stops):
            week = range(first, first + WEEK_MINUTES)
            taught = any(
                taught.day * MINUTES_PER_DAY + taught.stop.start in week for taught in reading.of_person[subject]
            )
            if taught and first >= told:
                told = first + WEEK_MINUTES
                when = reading.calendar.date_of(first // MINUTES_PER_DAY)
                params = {"person": names.person(reading.term, subject), "when": when, "rest": in_hours(longest)}
                params["least"] = in_hours(self.rest_minutes)
                size = self.rest_minutes - longest
                yield self.breach("broken", size, "minutes", params, professional=subject, when=when)

    def short_weeks(self, stops: DayStops) -> Iterator[tuple[int, int]]:
        """Starts of work or lessons (minutes since the start of the term) after which there is too little rest.

        With the longest rest of the 7 days from there.
        """
        spans = [
            (day * MINUTES_PER_DAY + each.start, day * MINUTES_PER_DAY + each.end)
            for day in range(stops.reading.calendar.length)
            for each in stops.on(day)
        ]
        for first, _ in spans:
            week = [each for each in spans if first <= each[0] < first + WEEK_MINUTES]
            longest = max(_rests(week, first + WEEK_MINUTES))
            if longest < self.rest_minutes:
                both = [each for each in spans if first <= each[0] < first + 2 * WEEK_MINUTES]
                parts = [each for each in _rests(both, first + 2 * WEEK_MINUTES) if each >= self.part_minutes]
                if sum(sorted(parts)[-2:]) < self.two_weeks_minutes:
                    yield first, longest

    def enforce(self, board: Board, subject: str) -> None:
        possible = board.once(Days)
        outline = possible.outline(subject)
        if board.term.professional(subject).atw_exempt or outline is None:
            return
        saturday, sunday = (outline.dates & board.calendar.on(day) for day in (Weekday.SAT, Weekday.SUN))
        if not sunday and (not saturday or outline.latest - outline.earliest <= WEEKEND_MINUTES - self.rest_minutes):
            return
        because = self.because(
            "limit", professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}",
            person=names.person(board.term, subject), least=in_hours(self.rest_minutes),
        )  # fmt: skip
        line, no = Line(board, subject), board.any_of(())
        for anchor in line.items:
            week = line.between(anchor.start, anchor.start + WEEK_MINUTES)
            taught = board.any_of(each.literal for each in week if each.lesson)
            if taught == no or longest_rest(week, anchor.start + WEEK_MINUTES) >= self.rest_minutes:
                continue
            until = anchor.start + 2 * WEEK_MINUTES
            both, two_weeks = line.between(anchor.start, until), max(self.two_weeks_minutes, self.part_minutes)
            rests = [
                *line.one_rest(week, anchor.start + WEEK_MINUTES, self.rest_minutes),
                *line.one_rest(both, until, two_weeks),
                *line.two_rests(both, until, self.two_weeks_minutes, self.part_minutes),
            ]
            enough = [(each, -1) for each in dict.fromkeys(rests)]
            board.limit([(anchor.literal, 1), (taught, 1), *enough], 1, because, of=subject)


def _rests(spans: Sequence[tuple[int, int]], until: int) -> list[int]:
    """Lengths of the rests after the first of these stops until some moment."""
    found, last = [], spans[0][0]
    for start, end in spans:
        found.append(start - last)
        last = max(last, end)
    return [*found, until - last]
