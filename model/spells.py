"""Spells of a term, and the weekdays somebody uses in each: what rules about fixed weekdays say on either side.

A spell is a period of the term (tijdvak), or the whole term where it has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model.fields import Weekday
from model.rule import Board, Literal
from model.term import Term

if TYPE_CHECKING:
    from model.reading import Reading


def spells(term: Term, *, whole_term: bool) -> list[tuple[date, date]]:
    """First and last date of each spell."""
    periods = [row for row in term.periods if row.school is None]
    if whole_term or not periods:
        return [(term.start, term.end)]
    return [(row.start, row.end) for row in periods]


def weekdays_used(
    reading: Reading, professional: str, spell: tuple[date, date], *, away_only: bool
) -> frozenset[Weekday]:
    """Weekdays on which somebody teaches in a spell; with `away_only` those on which it takes them from work."""
    first, last = spell
    return frozenset(
        Weekday.of(taught[0].when)
        for day, taught in reading.by_day(professional).items()
        if first <= taught[0].when <= last and (not away_only or reading.work_day(professional, day).away)
    )


def weekday_literals(
    board: Board, professional: str, *, whole_term: bool, away_only: bool
) -> Iterator[tuple[Literal, ...]]:
    """For each spell, a literal for every weekday that is true when somebody uses it."""
    calendar = board.calendar
    if away_only:
        uses = [(board.teaches(each.candidate), each.dates) for each in board.away_of(professional)]
    else:
        uses = [(board.teaches(each), each.dates) for each in board.candidates_of(professional)]
    for first, last in spells(board.term, whole_term=whole_term):
        dates = calendar.between(first, last)
        yield tuple(
            board.any_of(literal for literal, when in uses if when & dates & calendar.on(weekday))
            for weekday in Weekday
        )
