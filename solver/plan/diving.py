"""Diving: from the relaxation to a timetable, taking for good what it takes almost whole, and pricing anew in between."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables

SURE = 0.8
"""Plans taken to so large a part are taken for good."""

SHARE = 0.15
"""At least this part of the people get their plan in each step."""


class Dive:
    """One dive; afterwards the relaxation is as it was, with more plans."""

    def __init__(self, generation: Generation, clock: Clock) -> None:
        self.generation = generation
        self.tables: Tables = generation.tables
        self.clock = clock
        self.fixed: dict[int, int] = {}
        self.columns: list[int] = []
        self.left = generation.master.room.copy()

    def run(self) -> Choice | None:
        """A choice for everybody; None when the time is over, or what is left does not go together."""
        try:
            while len(self.fixed) < len(self.tables):
                if self.clock.left() <= 0 or not self._step():
                    return None
        finally:
            for column in self.columns:
                self.generation.relaxation.fix(column, to=None)
        choice = Choice.of(self.tables, [self.fixed[person] for person in range(len(self.tables))])
        return choice if choice.kept else None

    def _step(self) -> bool:
        """Fix some people; whether that was possible."""
        generation = self.generation
        self.clock.spend(0.1)
        solved = generation.relaxation.solve(self.clock.wall())
        if solved is None:
            return False
        duals: Values = np.rint(solved.duals * SCALE).astype(np.int64)
        generation.look(duals, solved.shares, self.fixed)  # plans for the next step
        order = sorted(
            (
                (-part, person, place, column)
                for column, ((person, place), part) in enumerate(zip(generation.columns, solved.parts, strict=False))
                if part > 1e-4 and person not in self.fixed
            ),
        )
        least = max(1, int(SHARE * len(self.tables)))
        taken = 0
        for part, person, place, column in order:
            if person in self.fixed or (-part < SURE and taken >= least):
                continue
            if self._fits(person, place):
                self._fix(person, place, column)
                taken += 1
        if taken == 0:
            return self._finish()
        return True

    def _fits(self, person: int, place: int) -> bool:
        rows = self.generation.master.rows
        return all(
            weight <= self.left[row] or rows[row].variables
            for row, weight in self.tables.entries(person, place).items()
            if weight > 0
        )

    def _fix(self, person: int, place: int, column: int) -> None:
        self.fixed[person] = place
        self.columns.append(column)
        self.generation.relaxation.fix(column, to=1.0)
        for row, weight in self.tables.entries(person, place).items():
            self.left[row] -= weight

    def _finish(self) -> bool:
        """Everybody who is left gets the least plan."""
        for person in self._open():
            self.fixed[person] = self.tables.least(person)
        return True

    def _open(self) -> Iterator[int]:
        return (person for person in range(len(self.tables)) if person not in self.fixed)
