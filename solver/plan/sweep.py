"""A timetable from nothing, group by group: people near each other are planned together, while prices of rows speak for
those who are not planned yet.

A greedy choice looks at one person, a neighbourhood at a group amid a whole timetable. In between, the first groups take
what the relaxation would give others too, unless they pay for it: what a row costs them is its price, as far as the
relaxation has people use it who are not planned yet.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np

from solver.plan.choice import Choice
from solver.plan.pool import Pool
from solver.plan.tables import SCALE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.plan.clock import Clock
    from solver.plan.generation import Generation
    from solver.plan.neighbourhoods import Neighbourhoods
    from solver.plan.relaxation import Floats

GROUP = 100
"""People planned together."""

JOINING = 10
"""People who join a group at a time, those first who share most with those in it."""

PLANS_EACH = 20
"""Plans of each, besides those that the relaxation takes to some part."""

STEP_SECONDS = 2.0
"""Longest search for one group, in seconds or deterministic units."""


class Sweep:
    """One timetable."""

    def __init__(self, generation: Generation, around: Neighbourhoods, clock: Clock) -> None:
        self._master = generation.master
        self._tables = generation.tables
        self._around = around
        self._clock = clock
        self._plans: list[list[tuple[int, float]]] = [[] for _ in range(len(self._tables))]
        self._use = np.zeros((len(self._tables), self._master.tying), np.float32)
        for (person, place), part in zip(generation.columns, generation.parts.tolist(), strict=False):
            if part > 1e-4:
                self._plans[person].append((place, part))
                for row, weight in self._tables.entries(person, place).items():
                    self._use[person, row] += max(0, weight) * part

    def run(self, random: Random) -> Choice | None:
        """A choice for everybody; None when the time is over first, or where least plans do not go together."""
        tables = self._tables
        choice: Choice | None = Choice.of(tables, [tables.least(person) for person in range(len(tables))])
        left = self._use.sum(axis=0)
        for people in self._groups(random):
            if self._clock.left() <= 0 or choice is None or not choice.kept:
                return None
            left -= self._use[people].sum(axis=0)
            choice = self._planned(choice, people, left)
        return choice

    def _groups(self, random: Random) -> Iterator[list[int]]:
        """Everybody in groups of people who share much."""
        priced = (self._use * (self._around.duals > 0) > 0).astype(np.float32)
        waiting = set(range(len(self._tables)))
        while waiting:
            group = [random.choice(sorted(waiting))]
            waiting.discard(group[0])
            while waiting and len(group) < GROUP:
                others = np.array(sorted(waiting))
                shared = priced[others] @ np.minimum(1, priced[group].sum(axis=0))
                # Who needs little shares little: what counts is the part that is shared.
                shared /= 1 + priced[others].sum(axis=1)
                nearest = others[np.argsort(-shared, kind="stable")[:JOINING]].tolist()
                group += nearest
                waiting.difference_update(nearest)
            yield group

    def _planned(self, choice: Choice, people: list[int], wanted: Floats) -> Choice | None:
        """The choice with these people planned, `wanted` by row what others will want of it."""
        tables = self._tables
        options = self._around.options(choice, people, PLANS_EACH, everything=True)
        for person in people:
            options[person] = list(dict.fromkeys((*options[person], *(place for place, _ in self._plans[person]))))
        charge = (self._around.duals * np.minimum(1.0, wanted)).astype(np.int64)

        def worth(person: int, place: int, value: int) -> int:
            paid = sum(weight * int(charge[row]) for row, weight in tables.entries(person, place).items())
            return value - paid // SCALE

        pool = Pool(tables, options, choice, worth)
        answer = pool.solve(self._clock.small(STEP_SECONDS, 0))
        self._clock.spend(answer.effort + 0.01)
        return choice if answer.plans is None else choice.with_plans(tables, answer.plans)
