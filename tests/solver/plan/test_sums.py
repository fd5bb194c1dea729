"""Bits of many plans at once: taken out as numbers, told apart, counted with weights."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from solver.plan.literals import WORD, Bits, gathered, words_of
from solver.plan.sums import MANY, Bound, Together, Weighted, distinct_columns, distinct_of

WORDS = 5


def drawn(count: int, seed: int) -> Bits:
    """Plans drawn by chance."""
    return np.random.default_rng(seed).integers(0, 1 << 63, (WORDS, count), np.uint64)


def has(plans: Bits, bit: int) -> Bits:
    """Whether each plan has a bit, as 0 or 1."""
    word, place = divmod(bit, WORD)
    return plans[word] >> np.uint64(place) & np.uint64(1)


@pytest.mark.parametrize("seed", range(30))
def test_bits_are_gathered_in_order(seed: int) -> None:
    """Neighbours, bits far apart, and runs over the end of a word."""
    random, plans = Random(seed), drawn(50, seed)
    first = random.randrange(WORD * WORDS - 70)
    bits = sorted(random.sample(range(first, first + 70), random.randint(1, 64)))
    wanted = np.zeros(50, np.uint64)
    for place, bit in enumerate(bits):
        wanted |= has(plans, bit) << np.uint64(place)
    assert (gathered(plans, bits) == wanted).all()


@pytest.mark.parametrize("count", [1, 100, MANY, 3 * MANY])
@pytest.mark.parametrize("kinds", [1, 7, 3000, 1 << 60])
def test_distinct_numbers_are_told_apart(count: int, kinds: int) -> None:
    """Each number is like one of the kept ones, and no two of those are alike; also where nearly all differ."""
    numbers = np.random.default_rng(count).integers(0, kinds, count, np.uint64)
    kept, back = distinct_of(numbers)
    assert (numbers[kept][back] == numbers).all()
    assert len(set(numbers[kept].tolist())) == len(kept) == len(set(numbers.tolist()))


@pytest.mark.parametrize("count", [1, 100, 3 * MANY])
@pytest.mark.parametrize("kinds", [1, 7, 300])
def test_distinct_columns_are_told_apart(count: int, kinds: int) -> None:
    """Also where what they are told apart by at first is the same."""
    rows = list(np.random.default_rng(count).integers(0, kinds, (3, count), np.uint64))
    known = set(zip(*(row.tolist() for row in rows), strict=True))
    for some in (rows, [rows[0], -(rows[0] ^ rows[0] >> np.uint64(32)) * np.uint64(0x9E3779B97F4A7C15)]):
        kept, back = distinct_columns(some)
        assert all((row[kept][back] == row).all() for row in some)
    kept, _ = distinct_columns(rows)
    assert len(kept) == len(known) == len(set(zip(*(row[kept].tolist() for row in rows), strict=True)))


@pytest.mark.parametrize("weights", [(3,), (3, -2), (1, 60, -45)])
@pytest.mark.parametrize("bits", [1, 40, 300])
def test_sums_count_what_is_there(weights: tuple[int, ...], bits: int) -> None:
    """Some bits, and more than a byte can count."""
    random, plans = Random(bits), drawn(80, bits)
    plans[:, 0] = ~np.uint64(0)
    masks: dict[int, int] = {}
    for bit in random.sample(range(WORD * WORDS), bits):
        weight = random.choice(weights)
        masks[weight] = masks.get(weight, 0) | 1 << bit
    counts = tuple((weight, tuple(words_of(mask, WORDS))) for weight, mask in masks.items())
    wanted = np.full(80, 5, np.int64)
    for weight, mask in masks.items():
        for bit in range(WORD * WORDS):
            if mask >> bit & 1:
                wanted += weight * has(plans, bit).astype(np.int64)
    assert (Weighted(counts, (), 5).of(plans) == wanted).all()


@pytest.mark.parametrize("kept", [True, False])
def test_limits_of_which_all_weights_cancel_out_are_looked_at_with_others(kept: bool) -> None:  # noqa: FBT001  both
    """Such a limit holds for every plan, or for none; the others count as they do without it."""

    def bound(counts: tuple[tuple[int, tuple[tuple[int, np.uint64], ...]], ...], at_most: int) -> Bound:
        return Bound(Weighted(counts, (), 0), at_most, None, last=0, touches=1, growing=False, first=0)

    plans = drawn(40, 3)
    low = bound(((1, ((0, np.uint64(0xFF)),)),), 3)
    heavy = bound(((2, ((1, np.uint64(0xF)),)), (1, ((1, np.uint64(0xF0)),))), 5)
    empty = bound((), 0 if kept else -1)
    for others in ([low], [low, heavy]):
        apart = np.logical_or.reduce([each.sum.exceeds(plans, each.at_most) for each in [*others, empty]])
        for limits in ([*others, empty], [empty, *others]):
            assert np.array_equal(Together(limits, WORDS).broken(plans), apart)
        assert apart.all() != kept
    assert Together([empty], WORDS).broken(plans).all() != kept
