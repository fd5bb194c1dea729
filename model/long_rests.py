"""Long rests that a person may have, said on a board: which stops would have to be absent."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from model.fields import MINUTES_PER_DAY
from model.hours import is_lesson
from model.hours_board import Days
from model.rule import Board, Literal

Rest = tuple[int, int]
"""From when until when, in minutes since the start of the term."""


class Item(NamedTuple):
    """A stop that may be there, in minutes since the start of the term."""

    start: int
    end: int
    lesson: bool
    literal: Literal


class Line:
    """Everything a person may do in a term, in order of time."""

    def __init__(self, board: Board, professional: str) -> None:
        self.board = board
        self.items = [
            Item(day * MINUTES_PER_DAY + stop.start, day * MINUTES_PER_DAY + stop.end, is_lesson(stop), literal)
            for day in range(board.calendar.length)
            for stop, literal in board.once(Days).on(professional, day)
        ]
        self._starts = [each.start for each in self.items]

    def between(self, first: int, until: int) -> Sequence[Item]:
        """What starts in this time."""
        return self.items[bisect_left(self._starts, first) : bisect_left(self._starts, until)]

    def one_rest(self, items: Sequence[Item], until: int, minutes: int) -> Iterator[Literal]:
        """True when there is a rest of so many minutes among these: it begins when something ends. In sums only."""
        for first in self._ends(items, minutes, until):
            yield self._absent(items, (first, first + minutes))

    def two_rests(self, items: Sequence[Item], until: int, minutes: int, part: int) -> Iterator[Literal]:
        """True when there are two rests of at least `part` among these that come to so many minutes. In sums only.

        The shorter is half of it, or lasts until something starts; the longer is the remainder.
        """
        half = max(part, -(-minutes // 2))
        starts = sorted({each.start for each in items} | {until})
        for first, second in permutations(self._ends(items, part, until), 2):
            for shorter in sorted({half, *(start - first for start in starts if part <= start - first < half)}):
                longer = max(part, minutes - shorter)
                rests = (first, first + shorter), (second, second + longer)
                apart = rests[0][1] <= second or rests[1][1] <= first
                if (
                    apart
                    and max(rests[0][1], rests[1][1]) <= until
                    and not any(self._taken(items, rest) for rest in rests)
                ):
                    yield self._absent(items, *rests)

    def _ends(self, items: Sequence[Item], minutes: int, until: int) -> list[int]:
        """Moments at which something ends after which so long a rest is possible."""
        ends = sorted({each.end for each in items})
        return [end for end in ends if end + minutes <= until and not self._taken(items, (end, end + minutes))]

    def _taken(self, items: Sequence[Item], rest: Rest) -> bool:
        """Whether something that is there in any case lies in a rest."""
        always = self.board.all_of(())
        return any(each.literal == always and each.start < rest[1] and rest[0] < each.end for each in items)

    def _absent(self, items: Sequence[Item], *rests: Rest) -> Literal:
        """True when none of these lies in any of these rests."""
        inside = [each for each in items if any(each.start < until and first < each.end for first, until in rests)]
        # Work is there unless something pushes it out: its literal denies another.
        gone = [~each.literal for each in inside if not each.lesson]
        return self.board.all_of([*gone, self.board.none_of(each.literal for each in inside if each.lesson)])


def longest_rest(items: Sequence[Item], until: int) -> int:
    """The longest rest from the first of these until some moment, if all are there."""
    longest, last = 0, items[0].start
    for each in items:
        longest = max(longest, each.start - last)
        last = max(last, each.end)
    return max(longest, until - last)
