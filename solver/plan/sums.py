"""Weighted sums over what a plan holds, and limits on them, for many plans at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.plan.literals import WORD, Bits, Said, Truth

Values = npt.NDArray[np.int64]

FEW_WORDS = 3
"""Bits of so many words are counted in a byte."""


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
                yield from ((WORD * word + shift, weight) for shift in range(WORD) if int(mask) >> shift & 1)

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
            for word, mask in words:
                total += weight * np.bitwise_count(plans[word] & mask).astype(np.int64)
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
