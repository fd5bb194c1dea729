"""One person as the master knows them: candidates, and the features of their plans that shared rows speak of.

The person's own rules are not here: `rules` has them written, in the process that asks. Whoever holds a table of all
plans needs them no more.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from model.rule import Candidate, Literal
from solver.plan.literals import WORD, Bits, Told, words_of
from solver.plan.personal import Personal

if TYPE_CHECKING:
    from solver.board import Board
    from solver.plan.sums import Values
    from solver.said import Limit


class Person:
    """Somebody with candidates.

    Attributes:
        candidates: in order of time; bit i of a plan stands for candidates[i].
        size: how many.
        words: how many words the bits of the candidates fill.
        limits: what shared rules say that concerns this person alone.
        prices: likewise, by literal.
        features: personal literals that shared rows speak of.
        counts: for cuts, features of which a plan has so many: their places, what counts besides, and how many.
    """

    def __init__(
        self,
        board: Board,
        professional: str,
        limits: Sequence[Limit],
        prices: Mapping[Literal, int],
        features: Sequence[Literal],
    ) -> None:
        self.board = board
        self.professional = professional
        live = [each for each in board.candidates_of(professional) if each.index not in board.forbidden]
        self.candidates: tuple[Candidate, ...] = tuple(sorted(live, key=lambda each: _when(board, each)))
        self.bit_of = {each.index: bit for bit, each in enumerate(self.candidates)}
        self.size = len(self.candidates)
        self.words = max(1, -(-self.size // WORD))
        self.limits = limits
        self.prices = prices
        self.features = tuple(features)
        self.counts: list[tuple[tuple[int, ...], int, int]] = []

    @cached_property
    def shared(self) -> Hashable:
        """What shared rules say of this person alone, whatever the numbers of its literals are."""
        limits = tuple((self._told.of_sum(limit.terms), limit.at_most, limit.price) for limit in self.limits)
        return limits, self._told.of_sum(self.prices.items())

    @cached_property
    def told_features(self) -> list[Hashable]:
        """What the features say of this person's candidates, likewise."""
        return [self._told.of(each) for each in self.features]

    @cached_property
    def _told(self) -> Told:
        return Told(self.board, self.bit_of)

    @cached_property
    def rules(self) -> Personal:
        """What this person may do, kept."""
        return self.written()

    def written(self) -> Personal:
        """What this person may do, made anew."""
        return Personal(self)

    def plans(self, masks: Sequence[int]) -> Bits:
        """Plans given as masks of candidates, as bits of candidates alone."""
        rows = [[mask >> (WORD * word) & (1 << WORD) - 1 for word in range(self.words)] for mask in masks]
        return np.array(rows, np.uint64).reshape(len(rows), self.words).T.copy()

    def bare(self, plans: Bits) -> Bits:
        """The same plans with the bits of candidates alone."""
        bare = plans[: self.words].copy()
        if self.size % WORD:
            bare[-1] &= np.uint64((1 << self.size % WORD) - 1)
        return bare

    def masks(self, plans: Bits) -> list[int]:
        """Plans as masks of candidates."""
        own = (1 << self.size) - 1
        columns = [words.tolist() for words in plans]
        return [
            sum(word << (WORD * place) for place, word in enumerate(row)) & own for row in zip(*columns, strict=True)
        ]

    def sums(self, plans: Bits, weights: Mapping[int, int]) -> Values:
        """The sum of weights of candidates, by bit, in each plan."""
        masks: dict[int, int] = {}
        for bit, weight in weights.items():
            masks[weight] = masks.get(weight, 0) | 1 << bit
        total: Values = np.zeros(plans.shape[1], np.int64)
        for weight, mask in masks.items():
            for word, bits in words_of(mask, self.words):
                total += weight * np.bitwise_count(plans[word] & bits).astype(np.int64)
        return total


def _when(board: Board, candidate: Candidate) -> tuple[int, int, int]:
    """Weekday, start and number: neighbours in this order exclude each other most."""
    first = candidate.parts[0]
    day = (first.dates & -first.dates).bit_length() - 1
    return (board.calendar.date_of(day).weekday(), first.stop.start, candidate.index)
