"""What rules say on a board, in the words of its verbs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from model.rule import Because, Candidate, LegCost, Literal
from model.timetable import Tier


class Clash(NamedTuple):
    """Candidates of one professional of which at most one can be chosen; one alone cannot be chosen at all."""

    candidates: tuple[Candidate, ...]
    because: Because


class Limit(NamedTuple):
    """A weighted sum that stays at or below a number, or pays `price` per unit above it."""

    terms: tuple[tuple[Literal, int], ...]
    at_most: int
    because: Because
    of: str | None
    price: int | None
    tier: Tier | None


class Price(NamedTuple):
    """Weights that count when their literals are true; negative ones are gains."""

    terms: tuple[tuple[Literal, int], ...]
    because: Because
    tier: Tier
    of: str | None


@dataclass(frozen=True, slots=True)
class Level:
    """Sums of which the smallest gains its size times a weight."""

    groups: tuple[tuple[tuple[Literal, int], ...], ...]
    weight: int
    because: Because
    tier: Tier


@dataclass(frozen=True, slots=True)
class Legs:
    """What each step of a person's days costs."""

    of: str
    cost: LegCost
    because: Because
    tier: Tier


@dataclass(slots=True)
class Said:
    """Everything that is said of one person, or (but for clashes and legs) of what people share."""

    clashes: list[Clash] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    prices: list[Price] = field(default_factory=list)
    legs: list[Legs] = field(default_factory=list)
