"""What people share: the rows that tie plans of several people together, compiled from a board.

The master chooses one plan per person. A plan enters a row by its *features*, the personal literals that the row speaks
of; what depends on several people has a *variable* of its own, tied to its parts by rows. All numbers are whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from solver.board import Board
from solver.plan.compiling import Compiled
from solver.plan.person import Person
from solver.plan.rows import Feature, Row
from solver.plan.sums import Values


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
        compiled = Compiled(board)
        self.rows, self.variables, self.constant = compiled.rows, compiled.variables, compiled.constant
        self.people = [Person(board, who, *compiled.of(who)) for who in compiled.number]
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
        self.index()

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
    def impossible(self) -> bool:
        """Whether a row cannot be kept whatever anybody does."""
        return any(row.at_most < 0 and not row.features and not row.variables for row in self.rows)

    @property
    def room(self) -> Values:
        """What the rows that are no cuts allow."""
        return self.at_most[: self.tying]

    def index(self) -> None:
        """Rows as arrays."""
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
