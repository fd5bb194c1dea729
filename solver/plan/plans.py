"""Every plan of one person, or as many as fit: made candidate by candidate for all plans at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solver.plan.literals import WORD, Bits, words_of
from solver.plan.personal import Personal
from solver.plan.sums import Bound, Together, Values

Packed = npt.NDArray[np.uint8]

SAMPLE = 2_000
"""Parts of plans that an estimate goes on with."""

FIELD = 16
ENOUGH = np.uint64(0x8000_8000_8000_8000)
ROOM_LIMITS = 8
ROOM_SHARE = 4
"""Room is kept of at most so many limits, to each of which at least one in so many candidates adds."""

AT_ONCE = 16_384
"""Features of so many plans are made at once, and prices of them looked up, which fit what is nearest to the processor."""


@dataclass(slots=True)
class Table:
    """Plans of one person.

    Attributes:
        plans: bits of candidates alone; shape (words, plans).
        values: what each is worth to rules that look at one person.
        features: which features each has, packed eight to a byte, first feature in the lowest bit; an array a byte.
        complete: whether these are all plans there are.
    """

    plans: Bits
    values: Values
    features: list[Packed]
    complete: bool

    @property
    def size(self) -> int:
        """How many plans."""
        return int(self.plans.shape[1])

    @classmethod
    def of(cls, personal: Personal, plans: Bits, *, complete: bool) -> Table:
        """A table of these plans, given with all flags."""
        starts = range(0, max(1, plans.shape[1]), AT_ONCE)
        packed = [
            np.packbits(personal.features_of(plans[:, start : start + AT_ONCE]), axis=0, bitorder="little")
            for start in starts
        ]
        return cls(personal.person.bare(plans), personal.values(plans), list(np.concatenate(packed, axis=1)), complete)

    def with_features(self, places: Sequence[int]) -> Table:
        """The same plans with only these features, in this order."""
        if list(places) == list(range(len(places))):
            features = self.features[: -(-len(places) // 8)]
            if len(places) % 8:
                features = [*features[:-1], features[-1] & np.uint8((1 << len(places) % 8) - 1)]
            return Table(self.plans, self.values, features, self.complete)
        features = [np.zeros(self.size, np.uint8) for _ in range(-(-len(places) // 8))]
        for number, place in enumerate(places):
            features[number // 8] |= (self.features[place // 8] >> place % 8 & 1) << number % 8
        return Table(self.plans, self.values, features, self.complete)

    def extend(self, more: Table) -> None:
        """Take further plans."""
        self.plans = np.concatenate((self.plans, more.plans), axis=1)
        self.values = np.concatenate((self.values, more.values))
        self.features = [np.concatenate(pair) for pair in zip(self.features, more.features, strict=True)]


@dataclass(frozen=True, slots=True)
class Room:
    """What room is left in limits on sums of candidates, four limits a word: 15 bits each, and one to see whether it lasts."""

    limits: list[Bound]
    words: list[int]
    """What room there is without any candidate."""
    taken: list[list[int]]
    """What each candidate takes, by bit, likewise in words."""

    @classmethod
    def of(cls, personal: Personal) -> Room:
        """The room in the limits that most candidates add to, each by itself."""
        fitting = [
            each
            for each in personal.limits
            if each.growing
            and not each.sum.others
            and 0 <= each.at_most - each.sum.constant < 1 << FIELD - 1
            and all(bit < personal.size and weight < 1 << FIELD - 1 for bit, weight in each.sum.bits())
            and each.touches.bit_count() * ROOM_SHARE >= personal.size
        ]
        limits = sorted(fitting, key=lambda each: -each.touches.bit_count())[:ROOM_LIMITS]
        weights = [dict(each.sum.bits()) for each in limits]
        taken = [_fields([weight.get(bit, 0) for weight in weights]) for bit in range(personal.size)]
        return cls(limits, _fields([each.at_most - each.sum.constant for each in limits]), taken)

    def takes(self, bit: int, first: int) -> list[tuple[int, np.uint64]]:
        """What a candidate takes, by word, of which these begin with number `first`."""
        return [(word, np.uint64(take)) for word, take in enumerate(self.taken[bit], first) if take]

    def keeps(self, limit: Bound) -> bool:
        """Whether this limit is one of those."""
        return any(each is limit for each in self.limits)


def _fields(numbers: Sequence[int]) -> list[int]:
    """Numbers in words, first number lowest."""
    each = WORD // FIELD
    starts = range(0, len(numbers), each)
    return [sum(number << FIELD * n for n, number in enumerate(numbers[start : start + each])) for start in starts]


class Growth:
    """How plans grow: candidate by candidate, in the person's order, with what each step has to check.

    Plans on the way have more words than their bits: what room there is left in limits that many candidates add to, so
    that these are not summed up anew at each step.
    """

    def __init__(self, personal: Personal) -> None:
        self.personal = personal
        self.words = personal.words
        self.room = Room.of(personal)
        self.steps = [self._step(bit) for bit in range(personal.size)]
        none = [each for each in personal.limits if not each.touches]
        self.possible = all(each.sum.constant <= each.at_most for each in none)

    def _step(self, bit: int) -> Step:
        personal = self.personal
        before = personal.clashing[bit] & (1 << bit) - 1
        return Step(
            possible=not personal.impossible >> bit & 1,
            clashing=words_of(before, self.words),
            sets=words_of(personal.flags_of[bit], self.words),
            takes=self.room.takes(bit, self.words),
            growing=_together(
                [
                    each
                    for each in personal.limits
                    if each.growing and each.first <= bit and each.touches >> bit & 1 and not self.room.keeps(each)
                ],
                self.words,
            ),
            closing=_together(
                [each for each in personal.limits if not each.growing and each.touches and each.last == bit], self.words
            ),
        )

    def empty(self) -> Bits:
        """The plan without anything."""
        return np.array([[0]] * self.words + [[word] for word in self.room.words], np.uint64)

    def extended(self, plans: Bits, bit: int) -> tuple[Bits, npt.NDArray[np.int64]]:
        """These plans with one candidate more, where that goes together, and the place of the plan each came from."""
        step = self.steps[bit]
        if not step.possible:
            return plans[:, :0], np.zeros(0, np.int64)
        hit = np.zeros(plans.shape[1], np.uint64)
        for word, mask in step.clashing:
            hit |= plans[word] & mask
        for word, take in step.takes:
            hit |= ((plans[word] | ENOUGH) - take & ENOUGH) ^ ENOUGH
        source = np.flatnonzero(hit == 0)
        plans = plans[:, source]
        for word, mask in step.sets:
            plans[word] |= mask
        for word, take in step.takes:
            plans[word] -= take
        if step.growing is not None:
            over = step.growing.broken(plans)
            if over.any():
                plans, source = plans[:, ~over], source[~over]
        return plans, source

    def step(self, plans: Bits, bit: int) -> Bits:
        """These plans and those with one candidate more, without what the rules decided with it refuse."""
        plans = np.concatenate((plans, self.extended(plans, bit)[0]), axis=1)
        return plans if self.steps[bit].closing is None else plans[:, self.closes(plans, bit)]

    def closes(self, plans: Bits, bit: int) -> npt.NDArray[np.bool_]:
        """Which plans keep the rules that are decided with this candidate."""
        closing = self.steps[bit].closing
        return np.ones(plans.shape[1], np.bool_) if closing is None else ~closing.broken(plans)


@dataclass(frozen=True, slots=True)
class Step:
    """What there is to check when a candidate comes in."""

    possible: bool
    clashing: list[tuple[int, np.uint64]]
    sets: list[tuple[int, np.uint64]]
    takes: list[tuple[int, np.uint64]]
    growing: Together | None
    closing: Together | None


def _together(limits: Sequence[Bound], words: int) -> Together | None:
    return Together(limits, words) if limits else None


def every_plan(personal: Personal, growth: Growth, most: int) -> Bits | None:
    """All plans of a person; None when there are more than `most`, or might have been on the way."""
    plans = growth.empty()
    if not growth.possible:
        return plans[:, :0]
    # Parts of plans that a later rule may still refuse can be more than plans; twice as many are borne.
    bear = 2 * most
    for bit in range(personal.size):
        plans = growth.step(plans, bit)
        if plans.shape[1] > bear:
            return None
    return plans if plans.shape[1] <= most else None


def sample(personal: Personal, growth: Growth) -> tuple[Bits, int]:
    """Some plans of a person, and about how many there are: each part that stays on the way stands for some that go."""
    random = np.random.default_rng(0)
    plans, each = growth.empty(), 1.0
    for bit in range(personal.size):
        plans = growth.step(plans, bit)
        if plans.shape[1] > 2 * SAMPLE:
            each *= plans.shape[1] / SAMPLE
            plans = plans[:, random.choice(plans.shape[1], SAMPLE, replace=False)]
    return plans, int(each * int(plans.shape[1]))
