"""What a master is made of: rows that tie plans of several people together, features of plans in them, and variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from model.rule import Because, Literal


class Feature(NamedTuple):
    """A personal literal in shared rows: whose (number of the person), and which of that person's features."""

    person: int
    place: int


Why = Because | Literal | tuple[int, ...] | None
"""What a row says: a fact on the board, what a literal means, or (a cut) which rows it is made of."""

Term = tuple["Feature | int", int]
"""A feature, or the number of a variable, and its weight."""


@dataclass(slots=True)
class Row:
    """A weighted sum of features and variables that stays at or below a number."""

    features: list[tuple[Feature, int]]
    variables: list[tuple[int, int]]
    at_most: int
    why: Why = None


class Kind(NamedTuple):
    """How a variable follows from plans."""

    name: str
    """`any`, `all`, `excess` (of a row above its number) or `least` (of several sums)."""
    groups: tuple[tuple[Term, ...], ...]
    constants: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that depends on several people: a whole number from low to high, worth `gain` each."""

    low: int
    high: int
    gain: int
    kind: Kind

    def without_gain(self) -> Variable:
        """The same, worth nothing."""
        return Variable(self.low, self.high, 0, self.kind)
