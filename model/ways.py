"""What lies between any two of the things that one person may do: for all pairs at once, as arrays.

A board asks this of a few thousand pairs for each person. The words are those of `model.day` and `model.hours`, which
the judge asks of two stops at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from model.day import Stop, work_stop
from model.hours_board import Days
from model.travel import Travel

if TYPE_CHECKING:
    from model.rule import Board

Time = tuple[int, int, str, int, int]
"""Start, end, place, and the minutes needed before and after: all that matters of a stop to who comes from it or goes to it."""


def time_of(stop: Stop) -> Time:
    """The time of a stop."""
    return stop[:5]


class Ways:
    """All pairs of some times of one person, the first of a pair by row.

    Attributes:
        place: of each time its row and column.
        after: whether the second begins no earlier than the first ends, shape (times, times).
        idle: minutes between the two that are neither travel nor buffer, as `hours.idle_minutes`; same shape.
        fits: whether the second can follow the first, as `day.fits`; same shape.
        both: whether the two go together on one day, as `day.compatible`; same shape.
    """

    def __init__(self, travel: Travel, professional: str, times: Iterable[Time]) -> None:
        self.place = {each: n for n, each in enumerate(dict.fromkeys(times))}
        sites = {site: n for n, site in enumerate(dict.fromkeys(site for _, _, site, _, _ in self.place if site))}
        columns = [(a, b, sites.get(site, -1), before, after) for a, b, site, before, after in self.place]
        start, end, at, arrive, leave = np.array(columns, np.int32).reshape(-1, 5).T
        # From an unknown place as from any other: no travel is reckoned there.
        origins = [(site or next(iter(sites), ""), b + after) for _, b, site, _, after in self.place] if sites else []
        minutes = travel.legs_between(professional, origins, list(sites))[:, at] if sites else np.zeros_like(at)
        elsewhere = (at[:, None] != at) & (at[:, None] >= 0) & (at >= 0)
        between = start - end[:, None]
        self.after = between >= 0
        self.idle = between - elsewhere * (leave[:, None] + minutes + arrive)
        self.fits = self.after & (~elsewhere | (self.idle >= travel.margin_minutes(professional) * (minutes > 0)))
        self.both = self.fits | self.fits.T

    def beside(self, stop: Stop) -> list[bool]:
        """Which times go together with a stop."""
        found: list[bool] = self.both[self.place[time_of(stop)]].tolist()
        return found


class AllWays:
    """Everybody's ways on a board, worked out when asked for: `board.once(AllWays)`."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._of: dict[str, Ways] = {}

    def of(self, professional: str) -> Ways:
        """Ways between lessons that were open to a person when first asked, work and meetings."""
        if professional not in self._of:
            board = self._board
            times = [time_of(part.stop) for each in board.candidates_of(professional) for part in each.parts]
            times += [time_of(work_stop(each)) for each in board.calendar.pieces(professional)]
            for stops in board.once(Days).meetings(professional).values():
                times += map(time_of, stops)
            self._of[professional] = Ways(board.travel, professional, times)
        return self._of[professional]
