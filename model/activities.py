"""Meetings of a term: when they are, when they may be, and how much time they take of whom.

A meeting with a weekday and a start has a time. One without is sought a half-day for that stays the same in all its
weeks: a morning or an afternoon of a school day (at its start, where only the weekday is open).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from model.calendar import Calendar, Dates, days
from model.day import Stop
from model.fields import MINUTES_PER_DAY, HalfDay, Weekday
from model.lessons import Activity

SCHOOL_DAYS = tuple(Weekday)[:5]


class Meeting(NamedTuple):
    """A meeting at its time on its dates."""

    activity: Activity
    stop: Stop
    dates: Dates


class Slot(NamedTuple):
    """A time of the week at which a meeting may be."""

    start: int
    end: int
    dates: Dates


def is_open(activity: Activity) -> bool:
    """Whether it has no time yet."""
    return activity.weekday is None or activity.start is None


def dates_of(calendar: Calendar, activity: Activity) -> Dates:
    """Dates on which it is, or may be; not on days on which its school gives no lessons."""
    dates = calendar.in_weeks(activity.weeks) & calendar.on(activity.weekday)
    return dates & calendar.lesson_days(activity.school) if activity.school else dates


def meeting(calendar: Calendar, activity: Activity) -> Meeting | None:
    """The meeting of an activity that has a time and takes place."""
    dates = dates_of(calendar, activity)
    if is_open(activity) or activity.start is None or not dates:
        return None
    end = min(MINUTES_PER_DAY, activity.start + activity.minutes)
    return Meeting(activity, Stop(activity.start, end, activity.school or "", 0, 0, ""), dates)


def slots(calendar: Calendar, activity: Activity) -> list[Slot]:
    """Times of the week that an activity without a time may get, in order."""
    dates = dates_of(calendar, activity)
    windows = [calendar.window(part, None, None) for part in (HalfDay.MORNING, HalfDay.AFTERNOON)]
    if activity.start is not None:
        windows = [(activity.start, min(MINUTES_PER_DAY, activity.start + activity.minutes))]
    weekdays = [activity.weekday] if activity.weekday else SCHOOL_DAYS
    return [Slot(*window, on) for day in weekdays if (on := dates & calendar.on(day)) for window in windows]


def kept_from(calendar: Calendar, professional: str, slot: Slot) -> bool:
    """Whether work that is not released, or absence, keeps somebody from a slot, whatever they teach."""
    for piece in calendar.pieces(professional):
        if not piece.released and piece.dates & slot.dates and piece.start < slot.end and slot.start < piece.end:
            return True
    for row in calendar.term.unavailability_of(professional):
        first, last = calendar.window(None, row.start, row.end)
        dates = calendar.on(row.weekday) & calendar.in_weeks(row.weeks)
        dates &= calendar.between(row.first_date, row.last_date) & slot.dates
        if dates and first < slot.end and slot.start < last:
            return True
    return False


def common_slots(calendar: Calendar, activity: Activity, people: tuple[str, ...]) -> list[Slot]:
    """Slots that neither work nor absence of these people takes."""
    return [slot for slot in slots(calendar, activity) if not any(kept_from(calendar, each, slot) for each in people)]


def weeks_of(calendar: Calendar, activity: Activity) -> list[int]:
    """ISO weeks in which it takes place, at its time or at a time not known yet."""
    dates = dates_of(calendar, activity)
    return list(dict.fromkeys(calendar.date_of(day).isocalendar().week for day in days(dates)))


def meetings_of(calendar: Calendar, professional: str) -> Iterator[Meeting]:
    """Meetings at which somebody must be and whose time is known: with lessons and work, the stops of a day."""
    for activity in calendar.term.activities:
        if professional in activity.required and (found := meeting(calendar, activity)) is not None:
            yield found
