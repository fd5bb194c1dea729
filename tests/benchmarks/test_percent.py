"""Percentages: as many digits as count, and rounded to the side that flatters nobody."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.percent import above_all, below_all, up


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (0, "0"),
        (0.0001, "0.0001"),
        (0.00012345, "0.00013"),
        (0.046, "0.046"),
        (0.0461, "0.047"),
        (0.0999, "0.1"),
        (0.17, "0.17"),
        (0.995, "1.0"),
        (1, "1.0"),
        (1.3, "1.3"),
        (1.301, "1.4"),
        (23.4, "23.4"),
        (99.99, "100.0"),
        (inf, "∞"),
    ],
)
def test_a_gap_is_rounded_up(percent: float, said: str) -> None:
    """Two digits below 1 %, tenths above."""
    assert up(percent) == said


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (0, "100"),
        (0.03, "99.97"),
        (0.0301, "99.969"),
        (0.00001, "99.99999"),
        (2.01, "97.9"),
        (13.9, "86.1"),
        (100, "0.0"),
    ],
)
def test_only_all_is_a_hundred(missing: float, said: str) -> None:
    """What is missing is seen, however little."""
    assert below_all(missing) == said


@pytest.mark.parametrize(("more", "said"), [(0, "100"), (0.04, "100.04"), (5, "105.0"), (800, "900.0"), (-10, "90")])
def test_a_bound_is_rounded_up(more: float, said: str) -> None:
    """Above all of what is known, as far as it can be seen; or below it, where it is refuted."""
    assert above_all(more) == said


@given(st.integers(1, 10**8), st.integers(0, 10**8))
def test_a_gap_is_never_said_smaller_than_it_is(value: int, more: int) -> None:
    """Nor larger by more than a tenth of it, or of a percent; only nothing is said to be nothing."""
    gap = Fraction(100 * more, value)
    said = Fraction(Decimal(up(100 * more / value)))
    assert gap <= said <= gap + max(min(gap / 10, Fraction(1, 10)), Fraction(1, 10) if gap >= 1 else 0)
    assert (said == 0) == (more == 0)
