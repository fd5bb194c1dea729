"""First prices of rows, from nothing but each person's best plan: rows asked for too often get dearer, others cheaper.

A subgradient method with the step of Polyak and directions that remember some of the last one. It needs no relaxation,
each of its steps is a look at every table, and after some dozens of them prices are near enough that column generation
begins with plans that matter: with prices of 0 the relaxation takes its first rounds with plans that nobody will have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.plan.tables import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.plan.generation import Generation
    from solver.plan.relaxation import Floats
    from solver.plan.sums import Values

STEPS = 40
"""Most steps."""

NEW = 0.6
"""Part of a direction that is new; the rest is as before."""

SHORTER = 0.7
FAILURES = 2
"""A step becomes so much shorter after so many without a lower bound."""

REMEMBERED = 12
"""Everybody's best plans of so many last steps are worth having in the relaxation."""


class Ascent:
    """Prices that get better step by step.

    Attributes:
        duals: the best prices so far, in parts of a point.
        reached: what they say no timetable is worth more than, of plans in tables.
        visited: everybody's best plan in each of the last steps, as places.
    """

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        self._master = generation.master
        self._tables = generation.tables
        self.duals: Values = np.zeros(len(self._master.rows), np.int64)
        self.reached: float | None = None
        self.visited: list[list[int]] = []

    def run(self, value: int, more: Callable[[], bool]) -> None:
        """Take steps as long as they help and there is more time.

        Args:
            value: of some timetable, which bounds how low prices can get.
        """
        prices: Floats = self.duals.astype(np.float64)
        direction: Floats | None = None
        length, failures = 1.0, 0
        for _ in range(STEPS):
            if not more():
                return
            duals = np.rint(prices * SCALE).astype(np.int64)
            reached, too_much = self._look(duals)
            if self.reached is None or reached < self.reached:
                self.reached, self.duals, failures = reached, duals, 0
            else:
                failures += 1
                if failures == FAILURES:
                    length, failures = length * SHORTER, 0
            too_much[(prices <= 0) & (too_much < 0)] = 0
            direction = too_much if direction is None else NEW * too_much + (1 - NEW) * direction
            square = float(direction @ direction)
            if square == 0 or reached <= value:
                return
            prices = np.maximum(0.0, prices + length * (reached - value) / square * direction)

    def _look(self, duals: Values) -> tuple[float, Floats]:
        """What prices say, and by how much everybody's best plans and variables at them exceed each row."""
        master, tables = self._master, self._tables
        best: Values = np.zeros(len(tables), np.int64)
        places = []
        has = np.zeros(8 * int(master.first_byte[-1]), np.uint8)
        for person, reduced in tables.reduced(duals):
            place = int(reduced.argmax())
            best[person] = reduced[place]
            places.append(place)
            features = tables.features(person, place)
            first = 8 * int(master.first_byte[person])
            has[first : first + len(features)] = features
        self.visited = [*self.visited[1 - REMEMBERED :], places]
        gains = master.variable_prices(duals, SCALE)
        taken = [
            each.high if gain > 0 else each.low for each, gain in zip(master.variables, gains.tolist(), strict=True)
        ]
        too_much = master.left_side(has, taken) - master.at_most
        return master.lagrangian(duals, best, SCALE) / SCALE, too_much.astype(np.float64)
