"""Whose a literal is, and what it says of one person's plan, as bits and expressions over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.rule import Literal

if TYPE_CHECKING:
    from solver.board import Board

Bits = npt.NDArray[np.uint64]
"""Plans as bits, in words of 64: shape (words, plans)."""

Truth = npt.NDArray[np.bool_]
"""One answer per plan."""

WORD = 64


class Owners:
    """Who decides about a literal: professionals by id, cached over a board."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._known: dict[Literal, frozenset[str]] = {}

    def of(self, literal: Literal) -> frozenset[str]:
        """Everybody whose plans a literal depends on; nobody for what is always or never so."""
        found = self._known.get(literal)
        if found is None:
            found = self._known[literal] = self._find(literal)
        return found

    def _find(self, literal: Literal) -> frozenset[str]:
        kind, about = self.board.definitions[literal]
        match kind:
            case "teaches":
                index = int(about[0] or 0)
                return frozenset() if index in self.board.forbidden else frozenset((self._person(index),))
            case "at":
                return frozenset(self._person(index) for index in giving(self.board, literal))
            case "any" | "all":
                return frozenset().union(*(self.of(int(each or 0)) for each in about))
        return frozenset()

    def _person(self, index: int) -> str:
        return self.board.candidates[index].professional


def giving(board: Board, literal: Literal) -> list[int]:
    """Candidates of whom a literal `at` says that one is chosen."""
    lesson, option = board.definitions[literal].about
    return [
        each.index
        for each in board.candidates_for(str(lesson))
        if each.options[each.lessons.index(str(lesson))] == option
    ]


@dataclass(frozen=True, slots=True)
class Flag:
    """True when a bit of the plan is set: a candidate, or any of several candidates."""

    bit: int

    def true(self, plans: Bits) -> Truth:
        """Of which plans it is true."""
        word, place = divmod(self.bit, WORD)
        found: Truth = (plans[word] & np.uint64(1 << place)) != 0
        return found


@dataclass(frozen=True, slots=True)
class Several:
    """True when any, or all, of its parts are."""

    every: bool
    parts: tuple[Flag | Several, ...]

    def true(self, plans: Bits) -> Truth:
        """Of which plans it is true."""
        truths = [part.true(plans) for part in self.parts]
        found: Truth = np.logical_and.reduce(truths) if self.every else np.logical_or.reduce(truths)
        return found


@dataclass(frozen=True, slots=True)
class Constant:
    """True or false of every plan."""

    value: bool

    def true(self, plans: Bits) -> Truth:
        """The same for all."""
        return np.full(plans.shape[1], self.value)


Said = Flag | Several | Constant


def words_of(mask: int, words: int) -> list[tuple[int, np.uint64]]:
    """A mask as those of its words that are not 0, by place."""
    found = []
    for word in range(words):
        part = mask >> (WORD * word) & (1 << WORD) - 1
        if part:
            found.append((word, np.uint64(part)))
    return found


class Translator:
    """Literals of one person as flags: bits 0 to n - 1 are the person's candidates, further bits say any of some.

    Call `said` for every literal first; `flags` then holds for each further bit the mask of the candidates it stands for.
    """

    def __init__(self, board: Board, bit_of: dict[int, int]) -> None:
        self.board = board
        self.bit_of = bit_of
        self.flags: dict[int, int] = {}
        self._of_mask: dict[int, int] = {}
        self._known: dict[Literal, Said] = {}

    def said(self, literal: Literal) -> Said:
        """What a literal says of the person's plans; candidates of others count as never chosen."""
        found = self._known.get(literal)
        if found is None:
            found = self._known[literal] = self._find(literal)
        return found

    def mask_of(self, said: Flag) -> int:
        """The candidates of which a flag says that any is chosen."""
        return self.flags.get(said.bit, 1 << said.bit)

    def _find(self, literal: Literal) -> Said:
        kind, about = self.board.definitions[literal]
        match kind:
            case "true" | "false":
                return Constant(kind == "true")
            case "teaches":
                bit = self.bit_of.get(int(about[0] or 0))
                return Constant(value=False) if bit is None else Flag(bit)
            case "at":
                bits = [self.bit_of[each] for each in giving(self.board, literal) if each in self.bit_of]
                return self._any([Flag(bit) for bit in bits])
            case "any":
                return self._any([self.said(int(each or 0)) for each in about])
            case "all":
                return self._all([self.said(int(each or 0)) for each in about])
        raise ValueError(kind)

    def _any(self, parts: list[Said]) -> Said:
        if any(isinstance(part, Constant) and part.value for part in parts):
            return Constant(value=True)
        mask, others = 0, []
        for part in parts:
            if isinstance(part, Flag):
                mask |= self.mask_of(part)
            elif isinstance(part, Several):
                others.append(part)
        flat = self.flag(mask)
        if not others:
            return flat
        return Several(every=False, parts=(*((flat,) if isinstance(flat, Flag) else ()), *others))

    def _all(self, parts: list[Said]) -> Said:
        if any(isinstance(part, Constant) and not part.value for part in parts):
            return Constant(value=False)
        real = tuple(dict.fromkeys(part for part in parts if not isinstance(part, Constant)))
        if len(real) < 2:
            return real[0] if real else Constant(value=True)
        return Several(every=True, parts=real)

    def flag(self, mask: int) -> Said:
        """The bit that says any of a mask."""
        if not mask:
            return Constant(value=False)
        if mask & (mask - 1) == 0:
            return Flag(mask.bit_length() - 1)
        if mask not in self._of_mask:
            bit = self._of_mask[mask] = len(self.bit_of) + len(self.flags)
            self.flags[bit] = mask
        return Flag(self._of_mask[mask])


class Told:
    """Literals of one person by what they say of the person's candidates, in whatever order a board numbered them."""

    def __init__(self, board: Board, bit_of: Mapping[int, int]) -> None:
        self._board = board
        self._bit_of = bit_of
        self._known: dict[Literal, Hashable] = {}

    def of(self, literal: Literal) -> Hashable:
        """The same for literals that are true of the same plans."""
        if literal not in self._known:
            self._known[literal] = self._find(literal)
        return self._known[literal]

    def of_sum(self, terms: Iterable[tuple[Literal, int]]) -> Hashable:
        """The same for sums of the same."""
        total: dict[Hashable, int] = defaultdict(int)
        for literal, weight in terms:
            total[self.of(literal)] += weight
        return frozenset(total.items())

    def _find(self, literal: Literal) -> Hashable:
        kind, about = self._board.definitions[literal]
        match kind:
            case "teaches":
                return self._bit_of.get(int(about[0] or 0))
            case "at":
                bits = frozenset(self._bit_of[each] for each in giving(self._board, literal) if each in self._bit_of)
                return ("any", bits)
            case "any" | "all":
                return (kind, frozenset(self.of(int(each or 0)) for each in about))
        return kind


def gathered(plans: Bits, bits: Sequence[int]) -> Bits:
    """These bits of each plan, at most a word of them, as a number: the first one lowest. Neighbours are taken together."""
    found: Bits = np.zeros(plans.shape[1], np.uint64)
    start = 0
    while start < len(bits):
        word, shift = divmod(bits[start], WORD)
        end = start + 1
        while end < len(bits) and bits[end] == bits[end - 1] + 1 and bits[end] < WORD * (word + 1):
            end += 1
        mask = np.uint64((1 << end - start) - 1)
        found |= (plans[word] >> np.uint64(shift) & mask) << np.uint64(start)
        start = end
    return found
