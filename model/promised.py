"""What people were promised: the published timetable in dates, those that are over and those still to come.

What is over are the dates before the day the term describes; where the term does not say which day that is, all are still
to come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from model import names
from model.calendar import Calendar, Dates, days, partition
from model.lessons import PublishedLesson
from model.rule import Because, Board, Literal, Rule

if TYPE_CHECKING:
    from model.reading import Reading

Given = tuple[str, str | None]
"""A lesson at one of its times."""


class Occasion(NamedTuple):
    """A lesson at one of its times on one day, by number."""

    lesson: str
    option: str | None
    day: int


def over(calendar: Calendar) -> Dates:
    """Dates before the day the term describes, if the published timetable says what they were."""
    term = calendar.term
    return calendar.all & ~to_come(calendar) if term.published else 0


# For the judge, date by date


def promised_to(reading: Reading, professional: str, *, over: bool = False) -> set[Occasion]:
    """What the published timetable says that somebody gives, or gave on dates that are over."""
    rows = reading.term.published_of("professional", professional)
    return {occasion for row in rows for occasion in occasions_of(reading, row, over=over)}


def occasions_of(reading: Reading, row: PublishedLesson, *, over: bool = False) -> Iterator[Occasion]:
    """Each day of a published lesson that is still to come, or that is over."""
    for span in reading.calendar.spans(row.lesson, row.option):
        for day in days(span.dates):
            when = reading.calendar.date_of(day)
            if row.weeks is not None and when.isocalendar().week not in row.weeks:
                continue
            if (reading.term.as_of is not None and when < reading.term.as_of) == over:
                yield Occasion(row.lesson, row.option, day)


def given_by(reading: Reading, professional: str, *, over: bool = False) -> set[Occasion]:
    """What somebody gives, of what is still to come, or of what is over."""
    return {
        Occasion(taught.lesson, taught.option, taught.day)
        for taught in reading.of_person.get(professional, ())
        if (reading.term.as_of is not None and taught.when < reading.term.as_of) == over
    }


# For the board, in sets of dates


def to_come(calendar: Calendar) -> Dates:
    """Dates from the day the term describes on."""
    return calendar.between(calendar.term.as_of, None)


def published(board: Board) -> dict[str, dict[Given, Dates]]:
    """For each person the lessons, at their times, that the published timetable says they give, with all its dates."""
    found: dict[str, dict[Given, Dates]] = {}
    for row in board.term.published:
        mine = found.setdefault(row.professional, {})
        dates = mine.get((row.lesson, row.option), 0)
        for span in board.calendar.spans(row.lesson, row.option):
            dates |= span.dates & board.calendar.in_weeks(row.weeks)
        mine[row.lesson, row.option] = dates
    return found


def promises(board: Board) -> dict[str, dict[Given, Dates]]:
    """The same with the dates still to come."""
    later = to_come(board.calendar)
    return {
        person: {given: dates & later for given, dates in mine.items()}
        for person, mine in board.once(published).items()
    }


def giving(board: Board, professional: str) -> dict[Given, list[tuple[Literal, Dates]]]:
    """What a person may give: lessons at their times, with when it is so, and on which dates then."""
    found: dict[Given, list[tuple[Literal, Dates]]] = {}
    for candidate in board.candidates_of(professional):
        literal = board.teaches(candidate)
        for given in zip(candidate.lessons, candidate.options, strict=True):
            dates = 0
            for part in candidate.parts:
                dates |= part.dates if part.lesson == given[0] else 0
            found.setdefault(given, []).append((literal, dates))
    return found


def on_dates(wanted: Dates, ways: Sequence[tuple[Literal, Dates]]) -> Iterator[tuple[Dates, list[Literal]]]:
    """The dates on which something is wanted, in parts, each with the ways to have it on all dates of the part."""
    for cell in partition([wanted, *(wanted & dates for _, dates in ways)]) if wanted else ():
        yield cell, [literal for literal, dates in ways if dates & cell]


def hold(board: Board, rule: Rule, professional: str, fixed: Dates, because: Callable[[str, str], Because]) -> None:
    """On fixed dates a person gives exactly what was published; facts by key, `new` or `kept`, and name of a lesson."""
    promised = board.once(published).get(professional, {})
    for candidate in board.candidates_of(professional):
        for part in candidate.parts:
            if part.dates & fixed & ~promised.get((part.lesson, part.option), 0):
                board.forbid(candidate, because("new", names.lesson(board.term, part.lesson)))
                break
    ways = giving(board, professional)
    for (lesson, option), dates in promised.items():
        if dates & fixed and not board.waived(rule, professional=professional, lesson=lesson):
            said = because("kept", names.lesson(board.term, lesson))
            for _, keeping in on_dates(dates & fixed, ways.get((lesson, option), [])):
                board.limit([(literal, -1) for literal in keeping], -1, said, of=professional)
