"""What people share: the rows that tie plans of several people together, compiled from a board.

The master chooses one plan per person. A plan enters a row by its *features*, the personal literals that the row speaks
of; what depends on several people has a *variable* of its own, tied to its parts by rows. All numbers are whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.rule import Because, Literal
from solver.board import Board
from solver.plan.literals import Owners, giving
from solver.plan.person import Person
from solver.plan.sums import Values
from solver.said import Limit, Said


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


@dataclass(slots=True)
class _Draft:
    """Rows under way: which literals are features, whose, and what has a variable."""

    features: dict[str, dict[Literal, int]] = field(default_factory=lambda: defaultdict(dict))
    variables: dict[Literal, int] = field(default_factory=dict)


class Master:
    """Rows, variables and people of a board.

    Attributes:
        people: everybody with candidates, in order of the term.
        rows: shared rows.
        variables: what depends on several people.
        constant: what every timetable is worth in any case.
        feature_count: how many features each person has, those of cuts included.
        first_byte: where each person's packed features begin among everybody's.
        growing: rows to which plans only add.
        soft: rows that may be exceeded at a price.
        plain: rows that count features, less or more variables that are never negative.
        tying: how many rows are rules; those after them are cuts, which follow from the others.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self._owners = board.once(Owners)
        self._draft = _Draft()
        self.rows: list[Row] = []
        self.variables: list[Variable] = []
        self.constant = 0
        self._number: dict[str, int] = {}
        idle = []
        for person in board.term.professionals:
            if any(each.index not in board.forbidden for each in board.candidates_of(person.id)):
                self._number[person.id] = len(self._number)
            else:
                idle.append(person.id)
        limits: dict[str, list[Limit]] = defaultdict(list)
        prices: dict[str, dict[Literal, int]] = defaultdict(lambda: defaultdict(int))
        self.impossible = False
        for said in (board.shared, *map(board.said_of, idle)):
            self._split(said, limits, prices)
        self._add_levels()
        self.people = [
            Person(board, who, limits[who], prices[who], tuple(self._draft.features[who])) for who in self._number
        ]
        self.feature_count = [len(each.features) for each in self.people]
        self.rows_of: list[list[tuple[int, int, int]]] = [[] for _ in self.people]
        self.cuts_of: list[list[tuple[int, int, int]]] = [[] for _ in self.people]
        self.rows_of_variable: list[list[tuple[int, int]]] = [[] for _ in self.variables]
        self.cuts_of_variable: list[list[tuple[int, int]]] = [[] for _ in self.variables]
        for number, row in enumerate(self.rows):
            for feature, weight in row.features:
                self.rows_of[feature.person].append((feature.place, number, weight))
            for variable, weight in row.variables:
                self.rows_of_variable[variable].append((number, weight))
        self.tying = len(self.rows)
        self._index()

    # Compiling

    def _split(self, said: Said, limits: dict[str, list[Limit]], prices: dict[str, dict[Literal, int]]) -> None:
        """What is said of several people, or of somebody who gives nothing, to whom it concerns: one person, or rows."""
        for limit in said.limits:
            concerned = self._owned(literal for literal, _ in limit.terms)
            if len(concerned) == 1:
                limits[next(iter(concerned))].append(limit)
            else:
                self._add_limit(limit)
        for price in said.prices:
            for literal, weight in price.terms:
                owners = self._owners.of(literal)
                if len(owners) == 1:
                    prices[next(iter(owners))][literal] += weight
                else:
                    self._add_price(literal, weight)

    def _add_levels(self) -> None:
        for level in self.board.levels:
            sums = [self._terms(group) for group in level.groups]
            low = min(constant + sum(min(0, weight) for _, weight in terms) for terms, constant in sums)
            high = min(constant + sum(max(0, weight) for _, weight in terms) for terms, constant in sums)
            kind = Kind("least", tuple(tuple(terms) for terms, _ in sums), tuple(constant for _, constant in sums))
            made = self._variable(low, max(low, high), level.weight, kind)
            for terms, constant in sums:
                self._row([(made, 1), *((what, -weight) for what, weight in terms)], constant, level.because)

    def _owned(self, literals: Iterable[Literal]) -> set[str]:
        found: set[str] = set()
        for literal in literals:
            found |= self._owners.of(literal)
        return found

    def _add_limit(self, limit: Limit) -> None:
        terms, constant = self._terms(limit.terms)
        at_most = limit.at_most - constant
        most = sum(weight for _, weight in terms if weight > 0) - at_most
        if most <= 0:
            return
        if limit.price is not None:
            kind = Kind("excess", (tuple(terms),), (-at_most,))
            terms = [*terms, (self._variable(0, most, -limit.price, kind), -1)]
        elif not terms:
            self.impossible = True
        self._row(terms, at_most, limit.because)

    def _add_price(self, literal: Literal, weight: int) -> None:
        what = self._term(literal)
        if isinstance(what, bool):
            self.constant -= weight * what
        else:
            assert isinstance(what, int), "what one person decides is priced by that person"
            old = self.variables[what]
            self.variables[what] = Variable(old.low, old.high, old.gain - weight, old.kind)

    def _terms(self, terms: Iterable[tuple[Literal, int]]) -> tuple[list[Term], int]:
        """Weighted literals as features and variables, and what is added in any case."""
        found: dict[Feature | int, int] = defaultdict(int)
        constant = 0
        for literal, weight in terms:
            what = self._term(literal)
            if isinstance(what, bool):
                constant += weight * what
            else:
                found[what] += weight
        return [(what, weight) for what, weight in found.items() if weight], constant

    def _term(self, literal: Literal) -> Feature | int | bool:
        """A literal as a feature of one person, as a variable, or as what it always is."""
        owners = self._owners.of(literal)
        if len(owners) == 1:
            who = next(iter(owners))
            mine = self._draft.features[who]
            return Feature(self._number[who], mine.setdefault(literal, len(mine)))
        kind, about = self.board.definitions[literal]
        if kind in ("true", "false", "teaches"):
            return kind == "true"
        if literal not in self._draft.variables:
            if kind == "at":
                parts = [self._term(self.board.teaches(self.board.candidates[i])) for i in giving(self.board, literal)]
            else:
                parts = [self._term(int(each or 0)) for each in about]
            decided = kind == "all"
            if any(isinstance(part, bool) and part is not decided for part in parts):
                return not decided
            kept = [part for part in parts if not isinstance(part, bool)]
            if not kept:
                return decided
            self._draft.variables[literal] = self._tie(kept, literal, every=decided)
        return self._draft.variables[literal]

    def _tie(self, parts: Sequence[Feature | int], literal: Literal, *, every: bool) -> int:
        """A variable that is 1 when any, or every, part is."""
        kind = Kind("all" if every else "any", (tuple((part, 1) for part in parts),), (0,))
        made = self._variable(0, 1, 0, kind)
        if every:
            for part in parts:
                self._row([(made, 1), (part, -1)], 0, literal)
            self._row([*((part, 1) for part in parts), (made, -1)], len(parts) - 1, literal)
        else:
            for part in parts:
                self._row([(part, 1), (made, -1)], 0, literal)
            self._row([(made, 1), *((part, -1) for part in parts)], 0, literal)
        return made

    def _variable(self, low: int, high: int, gain: int, kind: Kind) -> int:
        self.variables.append(Variable(low, high, gain, kind))
        return len(self.variables) - 1

    def _row(self, terms: Iterable[Term], at_most: int, why: Why) -> None:
        features, variables = [], []
        for what, weight in terms:
            if isinstance(what, Feature):
                features.append((what, weight))
            else:
                variables.append((what, weight))
        self.rows.append(Row(features, variables, at_most, why))

    def add_row(self, row: Row) -> int:
        """A further row that no timetable breaks; its number. Call `index` after the last one."""
        number = len(self.rows)
        self.rows.append(row)
        for (person, place), weight in row.features:
            self.cuts_of[person].append((place, number, weight))
        for variable, weight in row.variables:
            self.cuts_of_variable[variable].append((number, weight))
        return number

    @property
    def room(self) -> Values:
        """What the rows that are no cuts allow."""
        return self.at_most[: self.tying]

    def index(self) -> None:
        """Rows as arrays."""
        self._index()

    def _index(self) -> None:
        counts = [-(-count // 8) for count in self.feature_count]
        self.first_byte = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        self.at_most = np.array([row.at_most for row in self.rows], np.int64)
        self.plain = np.array(
            [
                all(weight == 1 for _, weight in row.features)
                and all(self.variables[v].low >= 0 for v, _ in row.variables)
                for row in self.rows
            ]
        )
        self.growing = np.array([all(w > 0 for _, w in row.features) for row in self.rows])
        self.soft = np.array(
            [any(self.variables[v].kind.name == "excess" for v, _ in row.variables) for row in self.rows]
        )
        entries = [
            (8 * int(self.first_byte[person]) + place, number, weight)
            for number, row in enumerate(self.rows)
            for (person, place), weight in row.features
        ]
        self._entry_bit, self._entry_row, self._entry_weight = np.array(entries, np.int64).reshape(-1, 3).T

    # Prices

    def single_prices(self, duals: Values) -> Values:
        """What each feature costs at these prices of rows, each person's from a whole byte on."""
        bits = np.zeros(8 * int(self.first_byte[-1]), np.int64)
        np.add.at(bits, self._entry_bit, self._entry_weight * duals[self._entry_row])
        return bits

    def single_prices_of(self, person: int, duals: Values) -> Values:
        """What each feature of one person costs."""
        prices = np.zeros(self.feature_count[person], np.int64)
        for place, row, weight in (*self.rows_of[person], *self.cuts_of[person]):
            prices[place] += weight * duals[row]
        return prices

    def feature_prices(self, duals: Values) -> npt.NDArray[np.int64]:
        """What each packed byte of features costs at these prices of rows: shape (bytes, 256)."""
        return self.single_prices(duals).reshape(-1, 8) @ _BITS

    def variable_prices(self, duals: Values, scale: int) -> npt.NDArray[np.int64]:
        """What each unit of each variable is worth at these prices, times `scale`."""
        return np.array(
            [
                variable.gain * scale - sum(weight * int(duals[row]) for row, weight in (*rows, *cuts))
                for variable, rows, cuts in zip(
                    self.variables, self.rows_of_variable, self.cuts_of_variable, strict=True
                )
            ],
            np.int64,
        )

    def lagrangian(self, duals: Values, best: Values, scale: int) -> int:
        """What no timetable exceeds at these prices, times `scale` as they are.

        Args:
            best: the most that a plan of each person is worth less its rows.
        """
        total = self.constant * scale + int(best.sum())
        total += sum(int(price) * int(room) for price, room in zip(duals, self.at_most, strict=True))
        for variable, gain in zip(self.variables, self.variable_prices(duals, scale), strict=True):
            total += max(variable.low * int(gain), variable.high * int(gain))
        return total

    # Timetables

    def entries(self, person: int, has: npt.NDArray[np.uint8]) -> dict[int, int]:
        """What a plan with these features adds to which row; cuts left out."""
        found: dict[int, int] = defaultdict(int)
        for place, row, weight in self.rows_of[person]:
            if has[place]:
                found[row] += weight
        return found

    def cut_entries(self, person: int, has: npt.NDArray[np.uint8]) -> dict[int, int]:
        """What it adds to cuts."""
        return {row: weight for place, row, weight in self.cuts_of[person] if has[place]}

    def settle(self, has: Sequence[npt.NDArray[np.uint8]]) -> list[int]:
        """The variables' values for the features of everybody's plan."""
        values: list[int] = []

        def amount(what: Feature | int) -> int:
            return int(has[what.person][what.place]) if isinstance(what, Feature) else values[what]

        for variable in self.variables:
            sums = [
                constant + sum(weight * amount(what) for what, weight in group)
                for group, constant in zip(variable.kind.groups, variable.kind.constants, strict=True)
            ]
            match variable.kind.name:
                case "any":
                    values.append(int(sums[0] > 0))
                case "all":
                    values.append(int(sums[0] == len(variable.kind.groups[0])))
                case "excess":
                    values.append(max(0, sums[0]))
                case _:
                    values.append(min(sums))
        return values

    def left_side(self, has: npt.NDArray[np.uint8], variables: Sequence[int]) -> Values:
        """What stands on the left of every row, for everybody's features (each person's from a whole byte on)."""
        total: Values = np.zeros(len(self.rows), np.int64)
        np.add.at(total, self._entry_row, self._entry_weight * has[self._entry_bit])
        for value, rows, cuts in zip(variables, self.rows_of_variable, self.cuts_of_variable, strict=True):
            for row, weight in (*rows, *cuts) if value else ():
                total[row] += weight * value
        return total

    def activity(self, entries: Iterable[dict[int, int]], variables: Sequence[int]) -> Values:
        """What stands on the left of every row that is no cut, for what each plan adds and the variables' values."""
        total = np.zeros(self.tying, np.int64)
        for each in entries:
            for row, weight in each.items():
                total[row] += weight
        for value, rows in zip(variables, self.rows_of_variable, strict=True):
            for row, weight in rows if value else ():
                total[row] += weight * value
        return total


_BITS = np.array([[byte >> bit & 1 for byte in range(256)] for bit in range(8)], np.int64)
