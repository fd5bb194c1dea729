"""A first timetable in a moment: one person after another takes the best plan that still fits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from solver.plan.choice import Choice
from solver.plan.relaxation import Floats
from solver.plan.rows import Feature
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables

PREFERENCE = 100_000
"""Points by which a plan that a relaxation takes whole goes before others."""

TRIED = 30
"""Plans of one person that are tried for real before the least one is taken."""


class Greedy:
    """Fills rows person by person."""

    def __init__(self, tables: Tables, duals: Values) -> None:
        self.tables = tables
        self.master = tables.master
        self.left = self.master.room.copy()
        self.set: set[int] = set()
        self.parts: dict[Feature, list[int]] = defaultdict(list)
        """Variables that a feature makes 1."""
        for number, variable in enumerate(self.master.variables):
            if variable.kind.name == "any":
                for what, _ in variable.kind.groups[0]:
                    if isinstance(what, Feature):
                        self.parts[what].append(number)
        self.reduced = [reduced for _, reduced in tables.reduced(duals)]
        self.sure = [0.0] * len(tables)

    def prefer(self, columns: Sequence[tuple[int, int]], parts: Floats) -> None:
        """Plans that a relaxation takes to a large part go first, and so do their people."""
        for (person, place), part in zip(columns, parts, strict=False):
            if part > 0.01:
                self.reduced[person][place] += round(part * PREFERENCE) * SCALE
                self.sure[person] = max(self.sure[person], float(part))

    def run(self, order: Iterable[int] | None = None) -> Choice | None:
        """A choice for everybody, in this order of people (who has fewest plans first); None where it breaks a row."""
        if order is None:
            order = sorted(range(len(self.tables)), key=lambda person: self.tables[person].size)
        places = [self.tables.least(person) for person in range(len(self.tables))]
        for person in order:
            places[person] = self._best(person, places[person])
            for row, weight in self._adds(person, places[person]).items():
                self.left[row] -= weight
            self.set.update(self._variables(person, places[person]))
        choice = Choice.of(self.tables, places)
        return choice if choice.kept else None

    def _best(self, person: int, otherwise: int) -> int:
        table, reduced = self.tables[person], self.reduced[person]
        blocked = np.zeros(8 * len(table.features), np.uint8)
        for place, row, weight in self.master.rows_of[person]:
            if weight > self.left[row] and not self.master.rows[row].variables and self.master.growing[row]:
                blocked[place] = 1
        free = np.ones(len(reduced), np.bool_)
        for byte, mask in zip(table.features, np.packbits(blocked, bitorder="little"), strict=True):
            if mask:
                free &= (byte & mask) == 0
        places = np.flatnonzero(free)
        if len(places) > TRIED:
            places = places[np.argpartition(reduced[places], -TRIED)[-TRIED:]]
        for place in places[np.argsort(-reduced[places], kind="stable")].tolist():
            if all(weight <= max(0, self.left[row]) for row, weight in self._adds(person, place).items() if weight > 0):
                return int(place)
        return otherwise

    def _variables(self, person: int, place: int) -> Sequence[int]:
        if not self.parts:
            return ()
        has = self.tables.features(person, place)
        return [v for at in np.flatnonzero(has).tolist() for v in self.parts.get(Feature(person, at), ())]

    def _adds(self, person: int, place: int) -> dict[int, int]:
        """What a plan adds to rows, with the variables that it is the first to set."""
        found = defaultdict(int, self.tables.entries(person, place))
        for number in set(self._variables(person, place)) - self.set:
            for row, weight in self.master.rows_of_variable[number]:
                found[row] += weight
        # What pays for its excess may exceed.
        return {row: weight for row, weight in found.items() if not self.master.soft[row]}
