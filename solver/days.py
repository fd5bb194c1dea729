"""What the days of one person can look like: classes of equal days, what takes the person from work, steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from model.calendar import Dates, Piece, partition
from model.day import Stop, compatible, gives_whole_days, work_stop
from model.rule import Away, Candidate, DayClass, DayStop, Literal

if TYPE_CHECKING:
    from solver.board import Board


class _Work(NamedTuple):
    """A piece of work, with the candidates that do not go with it if it is released, and when."""

    piece: Piece
    stop: Stop
    pushing: tuple[tuple[Candidate, Dates], ...]

    def pushing_on(self, cell: Dates) -> list[Candidate]:
        """Candidates that push it out on some dates."""
        return [candidate for candidate, dates in self.pushing if dates & cell]


_Ordered = tuple[tuple[int, int, str, int], DayStop]
"""A stop with what orders it among the stops of a day."""


class Days:
    """The days of everybody on a board, worked out when asked for."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.away_of = cache(self._away_of)
        self.days_of = cache(self._days_of)
        self._work_of = cache(self._find_work)
        self._stops_of = cache(self._find_stops_of)
        self._work_on = cache(self._find_work_on)

    def stops_on(self, professional: str, day: int) -> tuple[tuple[Stop, Literal], ...]:
        """What a person may do on a day by its number, in order of time, each with when it is so."""
        for each in self.days_of(professional):
            if each.dates >> day & 1:
                return self._stops_of(professional, each.index)
        return self._work_on(professional, day)

    def _find_stops_of(self, professional: str, index: int) -> tuple[tuple[Stop, Literal], ...]:
        return tuple((each.stop, self.board.there(each)) for each in self.days_of(professional)[index].stops)

    def _find_work_on(self, professional: str, day: int) -> tuple[tuple[Stop, Literal], ...]:
        pieces = self.board.calendar.pieces(professional)
        return tuple((work_stop(piece), self.board.true) for piece in pieces if piece.dates >> day & 1)

    def _find_work(self, professional: str) -> tuple[_Work, ...]:
        """Pieces of work; released ones each with the candidates that do not go with it, and when."""
        travel = self.board.travel
        lessons = [
            (dates, stop, candidate)
            for candidate in self.board.candidates_of(professional)
            for _, _, dates, stop in candidate.parts
        ]
        found = []
        for piece in self.board.calendar.pieces(professional):
            work, when, pushing = work_stop(piece), piece.dates, []
            for dates, stop, candidate in lessons if piece.released else ():
                both = dates & when
                if both and not compatible(travel, professional, stop, work):
                    pushing.append((candidate, both))
            found.append(_Work(piece, work, tuple(pushing)))
        return tuple(found)

    def _away_of(self, professional: str) -> Sequence[Away]:
        """What takes a person away from work: a lesson does not go with a released piece."""
        released = [each for each in self._work_of(professional) if each.piece.released]
        if not gives_whole_days(self.board.term, professional):
            return [
                Away(candidate, work.piece.half_day, dates, work.piece)
                for work in released
                for candidate, dates in work.pushing
            ]
        return [
            Away(candidate, other.piece.half_day, dates & other.piece.dates, other.piece)
            for work in released
            for candidate, dates in work.pushing
            for other in released
            if dates & other.piece.dates
        ]

    def _days_of(self, professional: str) -> Sequence[DayClass]:
        """Dates with the same possible stops, with those stops in order of time."""
        lessons: dict[Dates, list[_Ordered]] = {}
        for candidate in self.board.candidates_of(professional):
            for _, _, dates, stop in candidate.parts:
                order = (stop.start, stop.end, stop.key, candidate.index)
                lessons.setdefault(dates, []).append((order, DayStop(stop, candidate)))
        teachable = 0
        for dates in lessons:
            teachable |= dates
        for some in lessons.values():
            some.sort(key=itemgetter(0))
        work = [each for each in self._work_of(professional) if each.piece.dates & teachable]
        whole_days = gives_whole_days(self.board.term, professional)
        found = []
        for index, cell in enumerate(partition([*lessons, *(each.piece.dates & teachable for each in work)])):
            stops = [stop for dates, some in lessons.items() if dates & cell for stop in some]
            today = [each for each in work if each.piece.dates & cell]
            of_day = dict.fromkeys(other for each in today for other in each.pushing_on(cell)) if whole_days else {}
            for each in today:
                pushing = of_day if whole_days and each.piece.released else dict.fromkeys(each.pushing_on(cell))
                order = (each.stop.start, each.stop.end, each.stop.key, -1)
                stops.append((order, DayStop(each.stop, None, tuple(pushing))))
            stops.sort(key=itemgetter(0))
            found.append(DayClass(index, professional, cell, tuple(stop for _, stop in stops)))
        return found

    def arcs(self, day: DayClass) -> Iterable[tuple[int, int]]:
        """Pairs of stops of which the second can come right after the first."""
        for before, first in enumerate(day.stops):
            if first.candidate is None:
                out = {candidate.index for candidate in first.unless}
            else:
                out = self.board.excluded_by(first.candidate.index)
            fixed_between = False
            for after in range(before + 1, len(day.stops)):
                second = day.stops[after]
                if second.candidate is None:
                    if first.candidate is None or first.candidate not in second.unless:
                        yield before, after
                elif second.candidate.index not in out:
                    yield before, after
                fixed_between = second.candidate is None and not second.unless
                if fixed_between:
                    break
