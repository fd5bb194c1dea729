"""Breaks of work that is given away, and the work of the same block that takes them over, said on a board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from model.calendar import Dates, Piece
from model.day import Stop, work_stop
from model.hours import may_take_over, takes_over_first
from model.rule import Board, Candidate, Literal


class KeptBreaks:
    """The breaks of one person's employer."""

    def __init__(self, board: Board, professional: str) -> None:
        self.board = board
        self.professional = professional
        self.pieces = board.calendar.pieces(professional)
        self.held = cache(self._held)
        self._today = cache(self._find_today)

    def taken_over(self) -> dict[Stop, set[int]]:
        """Minutes of the breaks that a piece of work may take over, on some date."""
        found: dict[Stop, set[int]] = {}
        for piece, gone in self._pairs(self.board.calendar.all):
            found.setdefault(work_stop(piece), set()).add(gone.pause_minutes)
        return found

    def _pairs(self, dates: Dates) -> Iterator[tuple[Piece, Piece]]:
        """Work that can take over a break, and the released work in which it lies, on some of these dates."""
        for gone in self.pieces:
            if gone.released and gone.pause_minutes and gone.dates & dates:
                for piece in self.pieces:
                    if piece.dates & gone.dates & dates and may_take_over(piece, gone):
                        yield piece, gone

    def _held(self, dates: Dates, stop: Stop, minutes: int) -> tuple[Literal, ...]:
        """What is all true when a piece of work has taken over a break of so many minutes, on dates with the same stops."""
        pushing, pairs = self._today(dates)
        for heir, gone in pairs:
            if gone.pause_minutes == minutes and work_stop(heir) == stop:
                first = [
                    piece for piece, of in pairs if of == gone and takes_over_first(piece) < takes_over_first(heir)
                ]
                away = [self._away(pushing[work_stop(each)]) for each in (gone, *first)]
                return (*away, self.board.none_of(self.board.teaches(each) for each in pushing[stop]))
        return (self.board.any_of(()),)

    def _find_today(self, dates: Dates) -> tuple[dict[Stop, tuple[Candidate, ...]], list[tuple[Piece, Piece]]]:
        """What pushes work out, and which work may take over which break, on dates with the same stops."""
        day = next(each for each in self.board.days_of(self.professional) if each.dates & dates)
        return {each.stop: each.unless for each in day.stops if each.candidate is None}, list(self._pairs(dates))

    def _away(self, pushing: Iterable[Candidate]) -> Literal:
        return self.board.any_of(self.board.teaches(each) for each in pushing)
