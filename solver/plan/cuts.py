"""Cuts that no timetable breaks but parts of plans do: half the sum of some rows, rounded down.

Take rows that allow an odd number together (three lessons that need one teacher each; two lessons and one person). Half
their sum holds too, and since plans are taken whole, every number in it may be rounded down: of three such lessons, at
most one plan with two or three of them can be chosen. These are zero-half cuts; with three rows, the subset-row cuts of
vehicle routing. A plan's part in a cut follows from its features, so that a cut is a few more features.

Which rows to take: a cut is broken by half of what is left when from 1 are taken the room that its rows have left and the
parts of all plans with an odd number of its rows. Rows are added one by one, each time the best one, from every row at
once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.plan.master import Feature
from solver.plan.relaxation import Floats
from solver.plan.tables import Tables

LEAST = 0.02
"""Least violation of a cut worth adding."""

MOST_ROWS = 9
"""Rows in a cut."""

CUTS_PER_ROW = 20
"""In how many cuts of one round a row may take part."""

BESIDE = 4
"""With so many rows each row is begun with."""

MOST_STARTS = 5_000
"""With so many pairs of rows, drawn by chance, the search is begun; each takes time with every row and plan."""

MOST_ROOM = 0.5
"""Rows with more room left cannot be in a broken cut that is worth much."""

FULL = np.float32(1e6)
"""What no row may add."""

Matrix = npt.NDArray[np.float32]


class Cut(NamedTuple):
    """Rows to take half of; a person counts as the row -1 - person."""

    members: tuple[int, ...]


def separate(tables: Tables, columns: Sequence[tuple[int, int]], parts: Floats, most: int) -> list[Cut]:
    """Cuts that these parts of plans break, the most broken first."""
    relaxed = _Relaxed(tables, columns, parts)
    used: dict[int, int] = defaultdict(int)
    chosen = []
    for members, _ in sorted(relaxed.broken().items(), key=lambda each: (-each[1], len(each[0]), each[0])):
        if all(used[each] < CUTS_PER_ROW for each in members):
            for each in members:
                used[each] += 1
            chosen.append(Cut(members))
            if len(chosen) == most:
                break
    return chosen


class _Relaxed:
    """A relaxation's answer as a matrix: plans that are taken in part, and rows that have little room left."""

    def __init__(self, tables: Tables, columns: Sequence[tuple[int, int]], parts: Floats) -> None:
        master = tables.master
        taken = [(place, part) for place, part in zip(columns, parts, strict=False) if part > 1e-4]
        self.parts = np.array([part for _, part in taken], np.float32)
        entries: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for column, ((person, place), _) in enumerate(taken):
            entries[-1 - person].append((column, 1))
            for row, weight in tables.entries(person, place).items():
                if master.plain[row]:
                    entries[row].append((column, weight))
        allows = {row: int(master.at_most[row]) if row >= 0 else 1 for row in entries}
        room = {
            row: allows[row] - sum(weight * float(self.parts[column]) for column, weight in mine)
            for row, mine in entries.items()
        }
        # A row in which nothing is taken in part adds nothing to a cut.
        self.rows = [
            row
            for row, mine in entries.items()
            if room[row] <= MOST_ROOM and any(1e-3 < self.parts[column] < 1 - 1e-3 for column, _ in mine)
        ]
        self.room = np.array([max(0.0, room[row]) for row in self.rows], np.float32)
        self.odd = np.array([allows[row] % 2 == 1 for row in self.rows], np.bool_)
        self.matrix: Matrix = np.zeros((len(self.rows), len(taken)), np.float32)
        for number, row in enumerate(self.rows):
            for column, weight in entries[row]:
                self.matrix[number, column] = weight % 2

    def broken(self) -> dict[tuple[int, ...], float]:
        """Cuts with by how much each is broken: from every row on, with the row added that leaves least."""
        found: dict[tuple[int, ...], float] = {}
        if len(self.rows) < 2:
            return found
        inside, odd_columns, left, odd = self._starts()
        count = len(inside)
        for _ in range(MOST_ROWS - 2):
            change = self._change(odd_columns)
            change[inside] = FULL
            best = change.argmin(axis=1)
            left += change[np.arange(count), best]
            inside[np.arange(count), best] = True
            odd_columns ^= self.matrix[best] > 0
            odd ^= self.odd[best]
            for start in np.flatnonzero(odd & (left < 1 - 2 * LEAST)).tolist():
                members = tuple(sorted(self.rows[each] for each in np.flatnonzero(inside[start]).tolist()))
                found[members] = max(found.get(members, 0.0), (1 - float(left[start])) / 2)
        return found

    def _change(self, odd_columns: npt.NDArray[np.bool_]) -> Matrix:
        """What adding each row takes from 1 further, for each set of rows with these columns odd."""
        signed: Matrix = np.where(odd_columns, -self.parts, self.parts)
        found: Matrix = signed @ self.matrix.T + self.room
        return found

    def _starts(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], Matrix, npt.NDArray[np.bool_]]:
        """Every row with each of the few that go best with it: rows inside, odd columns, what is taken, odd allowance."""
        count = len(self.rows)
        change = self._change(self.matrix > 0)
        np.fill_diagonal(change, FULL)
        beside = min(BESIDE, count - 1)
        second = np.argpartition(change, beside - 1, axis=1)[:, :beside].ravel()
        first = np.repeat(np.arange(count), beside)
        left = (self.room + self.matrix @ self.parts)[first] + change[first, second]
        if len(left) > MOST_STARTS:
            some = np.random.default_rng(0).choice(len(left), MOST_STARTS, replace=False)
            first, second, left = first[some], second[some], left[some]
        inside = np.zeros((len(first), count), np.bool_)
        inside[np.arange(len(first)), first] = True
        inside[np.arange(len(first)), second] = True
        odd_columns = (self.matrix[first] > 0) ^ (self.matrix[second] > 0)
        return inside, odd_columns, left.astype(np.float32), self.odd[first] ^ self.odd[second]


def add(tables: Tables, cut: Cut) -> int:
    """A row for a cut, with features for everybody who can take up two of its rows; its number."""
    master = tables.master
    rows = {each for each in cut.members if each >= 0}
    itself = {-1 - each for each in cut.members if each < 0}
    people = {person for row in rows for (person, _), _ in master.rows[row].features}
    features = []
    for person in sorted(people):
        mine = [place for place, row, weight in master.rows_of[person] if row in rows for _ in range(weight)]
        alone = int(person in itself)
        for twice in range(2, alone + len(mine) + 1, 2):
            place = tables.add_count(person, tuple(mine), alone, twice)
            if place is None:
                break
            features.append((Feature(person, place), 1))
    allows = sum(int(master.at_most[row]) for row in rows) + len(itself)
    return master.add_row(features, allows // 2, cut.members)
