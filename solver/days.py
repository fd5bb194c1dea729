"""What the days of one person can look like: classes of equal days, what takes the person from work, steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from model.calendar import Dates, Piece, days, partition
from model.day import Stop, compatible, gives_whole_days, work_stop
from model.rule import Away, Candidate, DayClass, DayStop, Literal

if TYPE_CHECKING:
    from solver.board import Board


class Days:
    """The days of everybody on a board, worked out when asked for."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.away_of = cache(self._away_of)
        self.days_of = cache(self._days_of)
        self._pushing = cache(self._find_pushing)
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

    def _find_pushing(self, professional: str) -> tuple[tuple[Piece, tuple[tuple[Candidate, Dates], ...]], ...]:
        """Released pieces of work, each with the candidates that do not go with it, and when."""
        travel = self.board.travel
        lessons = [
            (part, candidate) for candidate in self.board.candidates_of(professional) for part in candidate.parts
        ]
        return tuple(
            (
                piece,
                tuple(
                    (candidate, part.dates & piece.dates)
                    for part, candidate in lessons
                    if part.dates & piece.dates and not compatible(travel, professional, part.stop, work_stop(piece))
                ),
            )
            for piece in self.board.calendar.pieces(professional)
            if piece.released
        )

    def _away_of(self, professional: str) -> Sequence[Away]:
        """What takes a person away from work: a lesson does not go with a released piece."""
        pushing = self._pushing(professional)
        whole_days = gives_whole_days(self.board.term, professional)
        found: list[Away] = []
        for piece, lessons in pushing:
            pieces = [other for other, _ in pushing] if whole_days else [piece]
            for candidate, dates in lessons:
                found += [
                    Away(candidate, other.half_day, dates & other.dates, other)
                    for other in pieces
                    if dates & other.dates
                ]
        return found

    def _days_of(self, professional: str) -> Sequence[DayClass]:
        """Dates with the same possible stops, with those stops in order of time."""
        lessons: dict[Dates, list[DayStop]] = {}
        for candidate in self.board.candidates_of(professional):
            for part in candidate.parts:
                lessons.setdefault(part.dates, []).append(DayStop(part.stop, candidate))
        teachable = 0
        for dates in lessons:
            teachable |= dates
        pieces = [piece for piece in self.board.calendar.pieces(professional) if piece.dates & teachable]
        whole_days = gives_whole_days(self.board.term, professional)
        found = []
        for index, cell in enumerate(partition([*lessons, *(piece.dates & teachable for piece in pieces)])):
            stops = [stop for dates, some in lessons.items() if dates & cell for stop in some]
            pushing = {
                piece: tuple(candidate for candidate, dates in some if dates & cell)
                for piece, some in self._pushing(professional)
                if piece.dates & cell
            }
            if whole_days:
                pushing = dict.fromkeys(pushing, tuple(each for some in pushing.values() for each in some))
            stops += [
                DayStop(work_stop(piece), None, tuple(dict.fromkeys(pushing.get(piece, ()))))
                for piece in pieces
                if piece.dates & cell
            ]
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
