"""Percentages as tables and plots say them: nothing is said to be better than it is, and little is not said to be nothing."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, floor, inf, log10

EXACT = 1e-9
"""What a float may lie above the number it stands for, in units of the last digit."""


def up(percent: float) -> str:
    """Rounded up: to tenths, below 1 % to two digits that count; ∞ where it is infinite."""
    if percent == inf:
        return "∞"
    decimals = 1 - floor(log10(percent)) if 0 < percent < 1 else 1
    least = ceil(percent * 10**decimals - EXACT) / 10**decimals
    return f"{least:.1f}" if least >= 1 else f"{least:.{decimals}f}".rstrip("0").rstrip(".")


def below_all(missing: float) -> str:
    """What is left of 100 %, rounded down: 100 only where nothing is missing."""
    return str(100 - Decimal(up(missing)))


def above_all(more: float) -> str:
    """So much more than 100 %, rounded up."""
    return str(100 + Decimal(up(more)))
