"""Weighted sums over what a plan holds, and limits on them, for many plans at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.plan.literals import WORD, Bits, Said, Truth

Values = npt.NDArray[np.int64]

FEW_PLANS = 500
"""With so few plans limits are looked at together."""

FEW_WORDS = 3
"""Bits of so many words are counted in a byte."""

MANY = 5_000
PLACES = 20
"""From so many numbers on the distinct ones are looked for in a table of 2 to the power of so many places."""

HALF = 32
_ODD = 0x9E3779B97F4A7C15


class Weighted(NamedTuple):
    """A weighted sum over literals of one person."""

    counts: tuple[tuple[int, tuple[tuple[int, np.uint64], ...]], ...]
    """Weight, and the words of the bits that each count so much."""
    others: tuple[tuple[int, Said], ...]
    constant: int

    def bits(self) -> Iterator[tuple[int, int]]:
        """Bits that count, each with its weight."""
        for weight, words in self.counts:
            for word, mask in words:
                left = int(mask)
                while left:
                    low = left & -left
                    yield WORD * word + low.bit_length() - 1, weight
                    left ^= low

    def exceeds(self, plans: Bits, at_most: int) -> Truth:
        """Of which plans it is more than this."""
        if self.others or len(self.counts) != 1:
            found: Truth = self.of(plans) > at_most
            return found
        ((weight, words),) = self.counts
        room = (at_most - self.constant) // weight if weight > 0 else None
        if room is None or len(words) > FEW_WORDS:
            return self.of(plans) > at_most
        if room < 0:
            return np.ones(plans.shape[1], np.bool_)
        (word, mask), *more = words
        count = np.bitwise_count(plans[word] & mask)
        for word, mask in more:
            count += np.bitwise_count(plans[word] & mask)
        over: Truth = count > min(room, 255)
        return over

    def of(self, plans: Bits) -> Values:
        """The sum for every plan."""
        total = np.full(plans.shape[1], self.constant, np.int64)
        for weight, words in self.counts:
            few = sum(int(mask).bit_count() for _, mask in words) < 256
            (word, mask), *more = words
            count = np.bitwise_count(plans[word] & mask).astype(np.uint8 if few else np.uint16, copy=False)
            for word, mask in more:
                count += np.bitwise_count(plans[word] & mask)
            total += np.multiply(count, weight, dtype=np.int64)
        for weight, said in self.others:
            total += weight * said.true(plans)
        return total


class Bound(NamedTuple):
    """A personal limit: hard, or with a price for each unit above."""

    sum: Weighted
    at_most: int
    price: int | None
    last: int
    """The last candidate, by bit, that it depends on."""
    touches: int
    """Candidates it depends on."""
    growing: bool
    """Whether it only grows with more candidates, so that part of a plan may be checked."""
    first: int
    """For one that grows, the candidate with which it can first be too much; before that there is nothing to check."""


class Together:
    """Several limits on few plans: looked at together, where each by itself would take most of the time to begin with."""

    def __init__(self, limits: Sequence[Bound], words: int) -> None:
        self._limits = limits
        self._words_there = words

    def broken(self, plans: Bits) -> Truth:
        """Which plans are too much for one of them."""
        if plans.shape[1] <= FEW_PLANS:
            return self._rows.broken(plans)
        found: Truth = np.zeros(plans.shape[1], np.bool_)
        for each in self._limits:
            found |= each.sum.exceeds(plans, each.at_most)
        return found

    @cached_property
    def _rows(self) -> _Rows:
        return _Rows(self._limits, self._words_there)


class _Rows:
    """Bits of limits as rows of words."""

    def __init__(self, limits: Sequence[Bound], words: int) -> None:
        self._apart = [each for each in limits if each.sum.others]
        plain = [each for each in limits if each.sum.counts and not each.sum.others]
        # What adds up to the same whatever a plan holds, as where weights of one bit cancel out.
        fixed = [each for each in limits if not each.sum.counts and not each.sum.others]
        self._never = any(each.sum.constant > each.at_most for each in fixed)
        counts = [(number, *count) for number, each in enumerate(plain) for count in each.sum.counts]
        self._masks = [np.zeros((len(counts), 1), np.uint64) for _ in range(words)]
        self._weights = np.array([[weight] for _, weight, _ in counts], np.int64)
        firsts = [row for row, (number, *_) in enumerate(counts) if row == 0 or number != counts[row - 1][0]]
        self._firsts = np.array(firsts, np.int64)
        for row, (_, _, masks) in enumerate(counts):
            for word, mask in masks:
                self._masks[word][row] = mask
        self._words = [word for word in range(words) if self._masks[word].any()]
        self._room = np.array([[each.at_most - each.sum.constant] for each in plain], np.int64)
        # Where each limit counts its bits once, a count is compared as it is.
        single = [len(each.sum.counts) == 1 and each.sum.counts[0][0] > 0 for each in plain]
        self._most: npt.NDArray[np.int16] | None = None
        if all(single) and len(self._words) <= FEW_WORDS:
            rooms = [(each.at_most - each.sum.constant) // each.sum.counts[0][0] for each in plain]
            self._most = np.array([[min(max(room, -1), 255)] for room in rooms], np.int16)

    def broken(self, plans: Bits) -> Truth:
        """Which plans are too much for one of them."""
        if self._never:
            return np.ones(plans.shape[1], np.bool_)
        found: Truth = self._broken(plans) if len(self._room) else np.zeros(plans.shape[1], np.bool_)
        for each in self._apart:
            found |= each.sum.exceeds(plans, each.at_most)
        return found

    def _broken(self, plans: Bits) -> Truth:
        if self._most is not None:
            count = np.zeros((len(self._room), plans.shape[1]), np.uint8)
            for word in self._words:
                count += np.bitwise_count(plans[word] & self._masks[word])
            over: Truth = np.any(count > self._most, axis=0)
            return over
        total = np.zeros((len(self._weights), plans.shape[1]), np.int64)
        for word in self._words:
            total += np.bitwise_count(plans[word] & self._masks[word])
        total *= self._weights
        sums = np.add.reduceat(total, self._firsts, axis=0)
        too_much: Truth = np.any(sums > self._room, axis=0)
        return too_much


def distinct_of(numbers: Bits) -> tuple[Values, Values]:
    """Where distinct ones among many numbers stand, and for each number which of them it is."""
    like: Values = np.arange(len(numbers))
    left, odd = like.copy(), _ODD
    while len(left) >= MANY:
        # A place in a table for each number, by a part of a product: of different ones at one place the last is known by
        # then, the others get other places.
        some = numbers[left]
        places = some * np.uint64(odd) >> np.uint64(64 - PLACES)
        holder = np.empty(1 << PLACES, np.int64)
        holder[places] = left
        holding = holder[places]
        known = numbers[holding] == some
        like[left[known]] = holding[known]
        left, odd = left[~known], odd * _ODD & (1 << WORD) - 1
    _, found, back = np.unique(numbers[left], return_index=True, return_inverse=True)
    like[left] = left[found][back]
    chosen = np.zeros(len(numbers), np.bool_)
    chosen[like] = True
    return np.flatnonzero(chosen), (np.cumsum(chosen) - 1)[like]


def distinct_columns(rows: Sequence[Bits]) -> tuple[Values, Values]:
    """The same for columns of several numbers."""
    one = rows[0]
    for row in rows[1:]:
        one = (one ^ one >> np.uint64(HALF)) * np.uint64(_ODD) + row
    some, back = distinct_of(one)
    if all((row[some][back] == row).all() for row in rows):
        return some, back
    _, found, back = np.unique(np.stack(rows), axis=1, return_index=True, return_inverse=True)
    return found, back.reshape(-1)
