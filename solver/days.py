"""What the days of one person can look like: classes of equal days, what takes the person from work, steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from model.calendar import days, partition
from model.day import Stop, compatible, gives_whole_days, work_stop
from model.rule import Away, DayClass, DayStop, Literal

if TYPE_CHECKING:
    from solver.board import Board


class Days:
    """The days of everybody on a board, worked out when asked for."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.away_of = cache(self._away_of)
        self.days_of = cache(self._days_of)
        self._class_on = cache(self._find_class_on)
        self._stops_of = cache(self._find_stops_of)
        self._work_on = cache(self._find_work_on)

    def stops_on(self, professional: str, day: int) -> tuple[tuple[Stop, Literal], ...]:
        """What a person may do on a day by its number, in order of time, each with when it is so."""
        of_class = self._class_on(professional).get(day)
        return self._work_on(professional, day) if of_class is None else self._stops_of(professional, of_class)

    def _find_class_on(self, professional: str) -> dict[int, int]:
        return {day: each.index for each in self.days_of(professional) for day in days(each.dates)}

    def _find_stops_of(self, professional: str, index: int) -> tuple[tuple[Stop, Literal], ...]:
        return tuple((each.stop, self.board.there(each)) for each in self.days_of(professional)[index].stops)

    def _find_work_on(self, professional: str, day: int) -> tuple[tuple[Stop, Literal], ...]:
        pieces = self.board.calendar.pieces(professional)
        return tuple((work_stop(piece), self.board.true) for piece in pieces if piece.dates >> day & 1)

    def _away_of(self, professional: str) -> Sequence[Away]:
        """What takes a person away from work: a lesson does not go with a released piece."""
        released = [piece for piece in self.board.calendar.pieces(professional) if piece.released]
        whole_days = gives_whole_days(self.board.term, professional)
        found: list[Away] = []
        for candidate in self.board.candidates_of(professional):
            for part in candidate.parts:
                for piece in released:
                    dates = part.dates & piece.dates
                    if not dates or compatible(self.board.travel, professional, part.stop, work_stop(piece)):
                        continue
                    pieces = released if whole_days else [piece]
                    found += [
                        Away(candidate, other.half_day, dates & other.dates) for other in pieces if dates & other.dates
                    ]
        return found

    def _days_of(self, professional: str) -> Sequence[DayClass]:
        """Dates with the same possible stops, with those stops in order of time."""
        candidates = self.board.candidates_of(professional)
        teachable = 0
        for candidate in candidates:
            teachable |= candidate.dates
        if not teachable:
            return ()
        pieces = self.board.calendar.pieces(professional)
        cells = partition(
            [
                *(part.dates for candidate in candidates for part in candidate.parts),
                *(piece.dates & teachable for piece in pieces if piece.dates & teachable),
            ]
        )
        whole_days = gives_whole_days(self.board.term, professional)
        found = []
        for index, cell in enumerate(cells):
            lessons = [(part, candidate) for candidate in candidates for part in candidate.parts if part.dates & cell]
            here = [piece for piece in pieces if piece.dates & cell]
            pushing = {
                piece: [
                    candidate
                    for part, candidate in lessons
                    if piece.released and not compatible(self.board.travel, professional, part.stop, work_stop(piece))
                ]
                for piece in here
            }
            if whole_days:
                anything = [candidate for candidates in pushing.values() for candidate in candidates]
                pushing = {piece: anything if piece.released else [] for piece in here}
            stops = [DayStop(part.stop, candidate) for part, candidate in lessons]
            stops += [DayStop(work_stop(piece), None, tuple(dict.fromkeys(pushing[piece]))) for piece in here]
            stops.sort(key=lambda each: (each.stop.order, each.candidate.index if each.candidate else -1))
            found.append(DayClass(index, professional, cell, tuple(stops)))
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
