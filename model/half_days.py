"""When somebody is busy, could be released or is free, half-day by half-day: all that a school learns of a roster.

Why somebody is busy is not told: work, a lesson elsewhere and what is nobody's business look the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from model.access import Reader, ReaderRole, may_ask_about, may_read
from model.calendar import Calendar, Dates, days
from model.fields import HalfDay, Weekday
from model.term import Term


class Standing(StrEnum):
    """How somebody stands in a half-day."""

    FREE = "free"
    RELEASED = "released"
    """At work, where their employer is ready to give all of it away."""
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class HalfDayStanding:
    """How somebody stands in a half-day of the week; `weeks` are ISO weeks, in order."""

    weekday: Weekday
    half_day: HalfDay
    standing: Standing
    weeks: tuple[int, ...]


def half_days(
    term: Term, professional: str, reader: Reader, calendar: Calendar | None = None
) -> tuple[HalfDayStanding, ...]:
    """How somebody stands in every half-day from Monday to Friday, in order; nothing to who may not ask about them.

    A half-day in which anything is in the way counts as busy. An employer does not learn from it when somebody cannot come
    who keeps that to themselves.

    Args:
        calendar: of the term, where there is one already.

    Raises:
        KeyError: there is no such professional.
    """
    if not may_ask_about(term, reader, professional):
        return ()
    calendar = calendar or Calendar(term)
    worked, released = _work(calendar, professional)
    for half_day, dates in _taken(calendar, professional, reader):
        worked[half_day] |= dates
    return tuple(
        HalfDayStanding(weekday, half_day, standing, _weeks(calendar, dates))
        for weekday in tuple(Weekday)[:5]
        for half_day in HalfDay
        for standing, dates in (
            (Standing.FREE, calendar.on(weekday) & ~worked[half_day] & ~released[half_day]),
            (Standing.RELEASED, calendar.on(weekday) & released[half_day] & ~worked[half_day]),
            (Standing.BUSY, calendar.on(weekday) & worked[half_day]),
        )
        if dates
    )


def _work(calendar: Calendar, professional: str) -> tuple[dict[HalfDay, Dates], dict[HalfDay, Dates]]:
    """Dates on which somebody works in each half-day: where they stay at work, and where they could be released."""
    worked, released = dict.fromkeys(HalfDay, 0), dict.fromkeys(HalfDay, 0)
    for piece in calendar.pieces(professional):
        (released if piece.released else worked)[piece.half_day] |= piece.dates
    return worked, released


def _taken(calendar: Calendar, professional: str, reader: Reader) -> Iterator[tuple[HalfDay, Dates]]:
    """Half-days in which somebody cannot come, or is busy elsewhere, as far as a reader may know."""
    term = calendar.term
    for row in term.unavailability_of(professional):
        # Who plans must know it; they cannot tell it from work. Their own employer could.
        if reader.role is ReaderRole.EMPLOYER and not may_read(term, reader, row.privacy, professional):
            continue
        dates = calendar.on(row.weekday) & calendar.in_weeks(row.weeks)
        dates &= calendar.between(row.first_date, row.last_date)
        yield from _touched(calendar, *calendar.window(None, row.start, row.end), dates)
    for busy in term.busy_of("professional", professional):
        for start, end, dates in calendar.busy(busy):
            yield from _touched(calendar, start, end, dates)


def _touched(calendar: Calendar, start: int, end: int, dates: Dates) -> Iterator[tuple[HalfDay, Dates]]:
    for half_day in HalfDay:
        first, last = calendar.window(half_day, None, None)
        if max(start, first) < min(end, last):
            yield half_day, dates


def _weeks(calendar: Calendar, dates: Dates) -> tuple[int, ...]:
    return tuple(dict.fromkeys(calendar.date_of(day).isocalendar().week for day in days(dates)))
