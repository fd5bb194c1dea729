"""The law report: how close each person who teaches comes to what the law allows, both jobs together.

Unlike the rules it looks at all that somebody does, also where no lesson is near: a margin below zero without a breach
is the employer's own roster (or somebody who is exempt).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from model.calendar import Calendar
from model.fields import MINUTES_PER_DAY
from model.hours import (
    MINUTES_PER_HOUR,
    DayStops,
    is_night,
    legal_weeks,
    minutes_before,
    night_rest,
    windows,
    worked_minutes,
)
from model.reading import Reading
from model.rule import Rule
from model.rulebook import RuleBook
from model.rules.daily_rest import DailyRest
from model.rules.guest_hours import GuestHours, board_called
from model.rules.hours_per_week import HoursPerWeek
from model.rules.hours_sixteen_weeks import HoursSixteenWeeks
from model.rules.shift_length import ShiftLength
from model.term import Term
from model.timetable import Timetable
from model.travel import Travel

AnyRule = TypeVar("AnyRule", bound=Rule)


class Measure(StrEnum):
    """What is measured."""

    SIXTEEN_WEEKS = "sixteen_weeks"
    WEEK = "week"
    REST = "rest"
    SHIFT = "shift"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class LawLine:
    """One measure of one person at its worst, in minutes."""

    measure: Measure
    value: int
    limit: int
    """The most that is allowed; of a rest the least."""
    first: date | None
    """First day of the worst weeks, day before the shortest rest, day of the longest shift; none for a year's budget."""
    last: date | None
    source: str
    board: str | None = None
    """Whose guest-teacher budget it is."""

    @property
    def margin(self) -> int:
        """Minutes to spare; less than 0 where it is too much, or too little rest."""
        return self.value - self.limit if self.measure is Measure.REST else self.limit - self.value


@dataclass(frozen=True, slots=True)
class PersonReport:
    """The measures of one person who teaches."""

    professional: str
    exempt: bool
    """Whether most of the working-time law does not hold for them."""
    schools: frozenset[str]
    """Where they teach."""
    lines: tuple[LawLine, ...]


def law_report(
    term: Term, timetable: Timetable, *, calendar: Calendar | None = None, travel: Travel | None = None
) -> tuple[PersonReport, ...]:
    """The report of everybody who teaches in a timetable, in the order of the term."""
    reading = Reading(term, timetable, calendar or Calendar(term), travel or Travel(term))
    book = RuleBook(term)
    return tuple(
        PersonReport(
            person.id,
            person.atw_exempt,
            frozenset(taught.school for taught in reading.of_person[person.id]),
            tuple(law_lines(reading, book, person.id)),
        )
        for person in term.professionals
        if reading.of_person.get(person.id)
    )


def law_lines(reading: Reading, book: RuleBook, professional: str) -> Iterator[LawLine]:
    """Every measure of one person; a rest only where there is one between two days."""
    yield _sixteen_weeks(reading, _set(book, HoursSixteenWeeks, professional), professional)
    yield _week(reading, _set(book, HoursPerWeek, professional), professional)
    stops = DayStops(reading, professional)
    yield from _rest(stops, _set(book, DailyRest, professional))
    yield from _shift(stops, _set(book, ShiftLength, professional))
    guest = _set(book, GuestHours, professional)
    for site, given in guest.given(reading, professional).items():
        budget = MINUTES_PER_HOUR * guest.hours_per_week * guest.weeks
        board = reading.term.school(site).board
        rows = reading.term.engagements_of(professional)
        used = sum(row.guest_minutes_used for row in rows if row.board == board)
        called = board_called(reading.term, site)
        yield LawLine(Measure.GUEST, used + given, budget, None, None, guest.source, called)


def _set(book: RuleBook, rule: type[AnyRule], professional: str) -> AnyRule:
    """A rule as it is set for somebody; as it stands where somebody else's settings switch it off."""
    found = book.of(rule, professional)
    return found if isinstance(found, rule) else rule()


def _sixteen_weeks(reading: Reading, rule: HoursSixteenWeeks, professional: str) -> LawLine:
    weeks = legal_weeks(reading, professional, rule.preparation, on_leave=True, school_leave=rule.school_leave)
    worst = max(windows(minutes_before(reading.calendar, professional, 15), weeks), key=lambda each: each.worked)
    last = _saturday(reading.calendar.date_of(weeks[worst.last].first_day))
    first = last - timedelta(days=16 * 7 - 1)
    limit = round(MINUTES_PER_HOUR * rule.most_hours)
    return LawLine(Measure.SIXTEEN_WEEKS, -(-worst.worked // 16), limit, first, last, rule.source)


def _week(reading: Reading, rule: HoursPerWeek, professional: str) -> LawLine:
    weeks = legal_weeks(reading, professional, rule.preparation, on_leave=False)
    worst = max(weeks, key=lambda each: each.worked)
    last = _saturday(reading.calendar.date_of(worst.first_day))
    limit = round(MINUTES_PER_HOUR * rule.most_hours)
    return LawLine(Measure.WEEK, worst.worked, limit, last - timedelta(days=6), last, rule.source)


def _saturday(day: date) -> date:
    """The last day of a legal week."""
    return day + timedelta(days=6 - day.isoweekday() % 7)


def _rest(stops: DayStops, rule: DailyRest) -> Iterator[LawLine]:
    calendar = stops.reading.calendar
    rests: list[tuple[int, int, int]] = []
    for day in range(calendar.length):
        today, after = stops.on(day), stops.on(day + 1)
        if today and after:
            last, first = max(today, key=lambda stop: stop.end), min(after, key=lambda stop: stop.start)
            rests.append((night_rest(last, first), day, day + 1))
        night_ends = max((stop.end for stop in today if is_night(stop)), default=MINUTES_PER_DAY)
        rests += [(stop.start - night_ends, day, day) for stop in today if stop.start > night_ends]
    # Work that runs on past midnight is no rest.
    if shortest := min((each for each in rests if each[0] > 0), default=None):
        rest, first_day, last_day = shortest
        dates = calendar.date_of(first_day), calendar.date_of(last_day)
        yield LawLine(Measure.REST, rest, rule.rest_minutes, *dates, rule.source)


def _shift(stops: DayStops, rule: ShiftLength) -> Iterator[LawLine]:
    """The longest shift: work between rests that end one, also past midnight."""
    calendar = stops.reading.calendar
    longest = worked = end = begun = 0
    found: tuple[int, int] | None = None
    for day in range(calendar.length):
        for stop in stops.on(day):
            start = day * MINUTES_PER_DAY + stop.start
            if start - end >= rule.rest_minutes or found is None:
                worked, begun = 0, day
            worked, end = worked + worked_minutes(stop), max(end, day * MINUTES_PER_DAY + stop.end)
            if worked > longest or found is None:
                longest, found = worked, (begun, day)
    if found is not None:
        first, last = map(calendar.date_of, found)
        yield LawLine(Measure.SHIFT, longest, rule.most_minutes, first, last, rule.source)
