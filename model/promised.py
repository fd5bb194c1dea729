"""What people were promised: the published timetable in dates, from the day the term describes on.

Lessons before that day are over and change no more; where the term does not say which day it describes, all count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from model.calendar import Calendar, Dates, days
from model.lessons import PublishedLesson
from model.rule import Board

if TYPE_CHECKING:
    from model.reading import Reading


class Occasion(NamedTuple):
    """A lesson at one of its times on one day, by number."""

    lesson: str
    option: str | None
    day: int


# For the judge, date by date


def promised_to(reading: Reading, professional: str) -> set[Occasion]:
    """What the published timetable says that somebody gives."""
    rows = reading.term.published_of("professional", professional)
    return {occasion for row in rows for occasion in occasions_of(reading, row)}


def occasions_of(reading: Reading, row: PublishedLesson) -> Iterator[Occasion]:
    """Each day of a published lesson that is still to come."""
    for span in reading.calendar.spans(row.lesson, row.option):
        for day in days(span.dates):
            when = reading.calendar.date_of(day)
            if row.weeks is not None and when.isocalendar().week not in row.weeks:
                continue
            if reading.term.as_of is None or when >= reading.term.as_of:
                yield Occasion(row.lesson, row.option, day)


def given_by(reading: Reading, professional: str) -> set[Occasion]:
    """What somebody gives, of what is still to come."""
    return {
        Occasion(taught.lesson, taught.option, taught.day)
        for taught in reading.of_person.get(professional, ())
        if reading.term.as_of is None or taught.when >= reading.term.as_of
    }


# For the board, in sets of dates


def to_come(calendar: Calendar) -> Dates:
    """Dates from the day the term describes on."""
    return calendar.between(calendar.term.as_of, None)


def promises(board: Board) -> dict[str, dict[tuple[str, str | None], Dates]]:
    """For each person the lessons, at their times, that were promised, with the dates still to come."""
    found: dict[str, dict[tuple[str, str | None], Dates]] = {}
    for row in board.term.published:
        mine = found.setdefault(row.professional, {})
        dates = mine.get((row.lesson, row.option), 0)
        for span in board.calendar.spans(row.lesson, row.option):
            dates |= span.dates & board.calendar.in_weeks(row.weeks) & to_come(board.calendar)
        mine[row.lesson, row.option] = dates
    return found
