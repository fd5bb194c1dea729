"""Spells of a term, and the weekdays somebody uses in each: what rules about fixed weekdays say on either side.

A spell is a period of the term (tijdvak): of everybody, which looks at all lessons, or of one school, which looks at the
lessons there. Where no period is everybody's, the whole term is a spell of the schools that have no periods of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from model.day import compatible, work_stop
from model.fields import Weekday
from model.rule import Board, Literal
from model.term import Term

if TYPE_CHECKING:
    from model.reading import Reading, Taught


class Spell(NamedTuple):
    """First and last date, and the schools whose lessons are looked at."""

    first: date
    last: date
    schools: frozenset[str]


def spells(term: Term, *, whole_term: bool) -> list[Spell]:
    """The spells of a term; only the term itself where the whole term counts as one."""
    schools = frozenset(row.id for row in term.schools)
    if whole_term:
        return [Spell(term.start, term.end, schools)]
    found = [
        Spell(row.start, row.end, schools if row.school is None else frozenset({row.school})) for row in term.periods
    ]
    if all(row.school is not None for row in term.periods):
        others = schools - {row.school for row in term.periods}
        found += [Spell(term.start, term.end, others)] * bool(others)
    return found


def weekdays_used(reading: Reading, professional: str, spell: Spell, *, away_only: bool) -> frozenset[Weekday]:
    """Weekdays on which somebody teaches in a spell; with `away_only` those on which it takes them from work."""
    used = set()
    for day, taught in reading.by_day(professional).items():
        there = [each for each in taught if each.school in spell.schools]
        counts = _takes_away(reading, professional, day, there) if away_only else bool(there)
        if spell.first <= taught[0].when <= spell.last and counts:
            used.add(Weekday.of(taught[0].when))
    return frozenset(used)


def _takes_away(reading: Reading, professional: str, day: int, lessons: list[Taught]) -> bool:
    """Whether one of these lessons of a day does not go with work that is given away."""
    away = [work_stop(piece) for piece in reading.work_day(professional, day).away]
    return any(not compatible(reading.travel, professional, stop, taught.stop) for stop in away for taught in lessons)


def weekday_literals(
    board: Board, professional: str, *, whole_term: bool, away_only: bool
) -> Iterator[tuple[Literal, ...]]:
    """For each spell, a literal for every weekday that is true when somebody uses it."""
    calendar = board.calendar
    if away_only:
        uses = [(each.candidate, each.dates) for each in board.away_of(professional)]
    else:
        uses = [(each, each.dates) for each in board.candidates_of(professional)]
    for first, last, schools in spells(board.term, whole_term=whole_term):
        dates = calendar.between(first, last)
        mine = [(board.teaches(each), when & dates) for each, when in uses if each.school in schools]
        yield tuple(
            board.any_of(literal for literal, when in mine if when & calendar.on(weekday)) for weekday in Weekday
        )
