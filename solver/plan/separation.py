"""Which rows to take half of: those whose half, rounded down, an answer of the relaxation breaks.

A cut is broken by half of what is left when from 1 are taken the room that its rows have left and the parts of all plans,
and the amounts of all variables, with an odd number of its rows. Two searches for little to be taken: rows are added one
by one, each time the best one, from every row at once; and plans, those first that are taken most, are made even by
adding one row without room to all others that have the plan (elimination of Gauss, of whole numbers modulo 2).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from solver.plan.relaxation import Floats
from solver.plan.tables import Tables

Members = tuple[int, ...]
"""Rows in a cut, in order; a person counts as the row -1 - person."""

LEAST = 0.02
"""Least violation of a cut worth adding."""

PIECE = 1_500
"""Rows are looked at in pieces of so many at most, near each other: what is far apart is in no cut together, and time and
memory grow with the square of them."""

MOST_ROOM = 0.5
MOST_ROOM_OF_CUTS = 0.1
"""Rows with more room left cannot be in a broken cut that is worth much; cuts are many, and those that do not bind of no use."""

MOST_ROWS = 9
"""Rows in a cut that grows row by row."""

BESIDE = 4
"""With so many rows each row is begun with."""

MOST_STARTS = 1_500
WORK = 2_500_000_000
"""With so many pairs the search is begun, from rows drawn by chance, or with fewer: each takes time with every row and plan."""

ORDERS = 3
STIRRED = 0.5
"""Orders of plans in which they are made even, all but the first stirred so much by chance."""

MOST_ELIMINATED = 24
"""Rows in a cut that elimination finds."""

NO_ROOM = 1e-4
LOOKED_AT = 8
"""A row with no more room costs nothing; after so many columns what became of the rows is looked at."""

FULL = np.float32(1e6)
"""What no row may add."""

Matrix = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Found = dict[Members, float]


class Answer:
    """A relaxation's answer: plans and variables that are taken in part, and rows that have little room left.

    Attributes:
        rows: numbers of the rows.
        parts: how much of each column is taken; columns are plans, then variables.
        entries: by row, its columns with what each adds to it.
        room: what each row has left.
        odd: whether each row allows an odd number.
    """

    def __init__(self, tables: Tables, columns: Sequence[tuple[int, int]], parts: Floats, amounts: Floats) -> None:
        master = tables.master
        taken = [(place, part) for place, part in zip(columns, parts, strict=False) if part > 1e-4]
        variables = np.flatnonzero(amounts > 1e-4)
        self.parts = np.array([*(part for _, part in taken), *amounts[variables]], np.float32)
        entries: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for column, ((person, place), _) in enumerate(taken):
            entries[-1 - person].append((column, 1))
            for row, weight in (tables.entries(person, place) | tables.cut_entries(person, place)).items():
                if master.plain[row]:
                    entries[row].append((column, weight))
        for column, variable in enumerate(variables.tolist(), len(taken)):
            for row, weight in (*master.rows_of_variable[variable], *master.cuts_of_variable[variable]):
                if master.plain[row]:
                    entries[row].append((column, weight))
        allows = {row: int(master.at_most[row]) if row >= 0 else 1 for row in entries}
        room = {
            row: allows[row] - sum(weight * float(self.parts[column]) for column, weight in mine)
            for row, mine in entries.items()
        }
        whole = np.abs(self.parts - np.rint(self.parts)) <= 1e-3
        # A row in which nothing is taken in part adds nothing to a cut.
        self.rows = [
            row
            for row, mine in entries.items()
            if room[row] <= (MOST_ROOM if row < master.tying else MOST_ROOM_OF_CUTS)
            and not all(whole[column] for column, _ in mine)
        ]
        self.entries = [entries[row] for row in self.rows]
        self.room = np.array([max(0.0, room[row]) for row in self.rows], np.float32)
        self.odd = np.array([allows[row] % 2 == 1 for row in self.rows], np.bool_)
        self._number = {row: number for number, row in enumerate(self.rows)}

    def broken(self) -> Found:
        """Cuts with by how much each is broken."""
        chance, found = np.random.default_rng(0), Found()
        for numbers in self._neighbours(chance):
            if len(numbers) > 1:
                piece = _Piece(self, numbers)
                found |= _Growth(piece).run(chance)
                for order in range(ORDERS):
                    stirred = 1 + STIRRED * (chance.random(len(piece.parts)) - 0.5) if order else 1.0
                    found |= _Elimination(piece).run(piece.parts * stirred)
        return found

    def _neighbours(self, chance: np.random.Generator) -> Iterator[list[int]]:
        """All rows in pieces of no more than `PIECE`, by number: rows near each other, which share columns."""
        rows_of: list[list[int]] = [[] for _ in self.parts]
        for number, mine in enumerate(self.entries):
            for column, _ in mine:
                rows_of[column].append(number)
        left = np.ones(len(self.rows), np.bool_)
        for first in chance.permutation(len(self.rows)).tolist():
            if not left[first]:
                continue
            left[first] = False
            piece = [first]
            for number in piece:  # which grows meanwhile
                for column, _ in self.entries[number]:
                    for other in rows_of[column]:
                        if left[other] and len(piece) < PIECE:
                            left[other] = False
                            piece.append(other)
            yield sorted(piece)

    def depth(self, members: Members, broken: float) -> float:
        """How far the answer lies behind a cut that is broken by so much, in the space of what is taken in part."""
        added: dict[int, int] = defaultdict(int)
        for each in members:
            for column, weight in self.entries[self._number[each]]:
                added[column] += weight
        return broken / math.sqrt(1 + sum((weight // 2) ** 2 for weight in added.values()))


class _Piece:
    """Some rows of an answer, and the columns in them, as a matrix: what each column adds to each row."""

    def __init__(self, answer: Answer, numbers: Sequence[int]) -> None:
        self._rows = [answer.rows[number] for number in numbers]
        columns = sorted({column for number in numbers for column, _ in answer.entries[number]})
        place = {column: at for at, column in enumerate(columns)}
        self.parts, self.room, self.odd = answer.parts[columns], answer.room[numbers], answer.odd[numbers]
        self.weights = np.zeros((len(numbers), len(columns)), np.int64)
        for at, number in enumerate(numbers):
            for column, weight in answer.entries[number]:
                self.weights[at, place[column]] = weight

    def __len__(self) -> int:
        return len(self._rows)

    def named(self, numbers: Iterable[int]) -> Members:
        """Rows here by their numbers in the master."""
        return tuple(sorted(self._rows[each] for each in numbers))


class _Growth:
    """Sets of rows that grow by the row that leaves least, all sets at once."""

    def __init__(self, answer: _Piece) -> None:
        self._answer = answer
        self._parts = answer.parts
        self._room = answer.room
        self._matrix = (answer.weights % 2).astype(np.float32)

    def run(self, chance: np.random.Generator) -> Found:
        """From every row on, with each of the few that go best with it."""
        answer, found = self._answer, Found()
        inside, odd_columns, left, odd = self._starts(chance)
        count = len(inside)
        for _ in range(MOST_ROWS - 2):
            change = self._change(odd_columns)
            change[inside] = FULL
            best = change.argmin(axis=1)
            left += change[np.arange(count), best]
            inside[np.arange(count), best] = True
            odd_columns ^= self._matrix[best] > 0
            odd ^= answer.odd[best]
            for start in np.flatnonzero(odd & (left < 1 - 2 * LEAST)).tolist():
                members = answer.named(np.flatnonzero(inside[start]).tolist())
                found[members] = max(found.get(members, 0.0), (1 - float(left[start])) / 2)
        return found

    def _change(self, odd_columns: Bools) -> Matrix:
        """What adding each row takes from 1 further, for each set of rows with these columns odd."""
        signed: Matrix = np.where(odd_columns, -self._parts, self._parts)
        found: Matrix = signed @ self._matrix.T + self._room
        return found

    def _starts(self, chance: np.random.Generator) -> tuple[Bools, Bools, Matrix, Bools]:
        """Pairs of rows: rows inside, odd columns, what is taken, odd allowance."""
        count, odd = len(self._matrix), self._answer.odd
        beside = min(BESIDE, count - 1)
        most = min(MOST_STARTS, WORK // self._matrix.size) // beside + 1
        begun = np.arange(count) if count <= most else np.sort(chance.choice(count, most, replace=False))
        change = self._change(self._matrix[begun] > 0)
        change[np.arange(len(begun)), begun] = FULL
        second = np.argpartition(change, beside - 1, axis=1)[:, :beside].ravel()
        first = np.repeat(begun, beside)
        left = (self._room + self._matrix @ self._parts)[first] + change[
            np.repeat(np.arange(len(begun)), beside), second
        ]
        inside = np.zeros((len(first), count), np.bool_)
        inside[np.arange(len(first)), first] = True
        inside[np.arange(len(first)), second] = True
        odd_columns = (self._matrix[first] > 0) ^ (self._matrix[second] > 0)
        return inside, odd_columns, left.astype(np.float32), odd[first] ^ odd[second]


class _Elimination:
    """Sums of rows in which one column after the other becomes even."""

    def __init__(self, answer: _Piece) -> None:
        self._answer = answer
        self._parts = answer.parts
        self._matrix: Bools = answer.weights % 2 > 0
        self._odd = answer.odd.copy()
        self._room = answer.room.copy()
        self._inside: Bools = np.eye(len(answer), dtype=np.bool_)

    def run(self, worth: npt.NDArray[np.floating[Any]]) -> Found:
        """Columns that are worth most first; each by a row without room, which is added to no other afterwards."""
        found = Found()
        count = len(self._matrix)
        waiting = np.ones(count, np.bool_)
        changed = np.zeros(count, np.bool_)
        for number, column in enumerate(np.argsort(-worth, kind="stable").tolist()):
            having = np.flatnonzero(self._matrix[:, column] & waiting)
            if len(having) == 0:
                continue
            pivot = having[(self._room[having] + 0.01 * self._inside[having].sum(axis=1) / count).argmin()]
            if self._room[pivot] > NO_ROOM:
                continue
            others = having[having != pivot]
            waiting[pivot] = False
            self._matrix[others] ^= self._matrix[pivot]
            self._inside[others] ^= self._inside[pivot]
            self._odd[others] ^= self._odd[pivot]
            self._room[others] += self._room[pivot]
            changed[others] = True
            if number % LOOKED_AT == 0:
                self._note(np.flatnonzero(changed & waiting), found)
                changed[:] = False
        self._note(np.flatnonzero(waiting), found)
        return found

    def _note(self, sums: npt.NDArray[np.int64], found: Found) -> None:
        """Keep those of these sums whose halves are broken."""
        left = self._room[sums] + self._matrix[sums] @ self._parts
        for place in np.flatnonzero(self._odd[sums] & (left < 1 - 2 * LEAST)).tolist():
            numbers = np.flatnonzero(self._inside[sums[place]]).tolist()
            if 2 <= len(numbers) <= MOST_ELIMINATED:
                members = self._answer.named(numbers)
                found[members] = max(found.get(members, 0.0), (1 - float(left[place])) / 2)
