"""Neighbourhood search: some people around a school, a team or an open lesson get new plans while the rest keep theirs.

Each person brings the plans that stand best at the prices of the bound, out of all that the rest leaves room for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

import numpy as np
import numpy.typing as npt

from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.personal import Values
from solver.plan.pool import Pool
from solver.plan.tables import Tables

RANKED = 3000
"""Plans of one person, best first, that neighbourhoods look at."""

PLANS_EACH = 40
"""Plans that one person brings into a neighbourhood."""

SEARCH_BEAM = 1_000
"""Plans under way when somebody has no complete table and is searched."""

FIRST_SIZE = 80
SMALLEST = 20
"""People in the first neighbourhood, and in the smallest."""

STEP_SECONDS = 4.0
"""Longest search of one neighbourhood, in seconds or deterministic units."""

EASY_EFFORT = 0.5
"""Deterministic time below which a neighbourhood was easy."""


class Neighbourhoods:
    """Draws neighbourhoods and the plans in them."""

    def __init__(self, tables: Tables, duals: Values, seed: int) -> None:
        self.tables = tables
        self.master = tables.master
        self.random = Random(seed)  # noqa: S311  a search, no secret
        self.people_of_row: dict[int, list[int]] = defaultdict(list)
        for person, mine in enumerate(self.master.rows_of):
            for row in dict.fromkeys(row for _, row, _ in mine):
                self.people_of_row[row].append(person)
        self.tied = [row for row, people in self.people_of_row.items() if len(people) > 1]
        self.price(duals)

    def price(self, duals: Values) -> None:
        """Rank everybody's plans at these prices."""
        self.duals = duals
        self.ranked: list[npt.NDArray[np.int64]] = []
        self.reduced: list[Values] = []
        for _, reduced in self.tables.reduced(duals):
            many = len(reduced) > RANKED
            top = np.argpartition(reduced, -RANKED)[-RANKED:] if many else np.arange(len(reduced))
            order = top[np.argsort(-reduced[top], kind="stable")]
            self.ranked.append(order)
            self.reduced.append(reduced[order])

    def people(self, choice: Choice, size: int) -> list[int]:
        """About so many people near each other: around a row with room left, or any row."""
        start = self._start(choice)
        found: dict[int, None] = {}
        rows = [start]
        seen = {start}
        while rows and len(found) < size:
            place = self.random.randrange(min(len(rows), 8))
            row = rows.pop(place)
            people = [each for each in self.people_of_row[row] if each not in found]
            self.random.shuffle(people)
            for person in people[: max(4, size // 4)]:
                found[person] = None
                near = [row for row in self.tables.entries(person, choice.places[person]) if row not in seen]
                near += [
                    row
                    for _, row, _ in self.random.sample(
                        self.master.rows_of[person], min(3, len(self.master.rows_of[person]))
                    )
                ]
                self.random.shuffle(near)
                for each in near[:6]:
                    if each not in seen:
                        seen.add(each)
                        rows.append(each)
        return list(found)[:size]

    def _start(self, choice: Choice) -> int:
        """A row to begin with: often one where something is open that people are paid for."""
        for _ in range(20):
            row = self.random.choice(self.tied)
            if choice.activity[row] < self.master.room[row] and self.duals[row] > 0:
                return row
        return self.random.choice(self.tied)

    def options(self, choice: Choice, people: Sequence[int], each: int) -> dict[int, list[int]]:
        """For these people their best plans that the rest leaves room for, and the one they have."""
        left = self.master.room - choice.activity
        for person in people:
            for row, weight in self.tables.entries(person, choice.places[person]).items():
                left[row] += weight
        found = {}
        for person in people:
            table, ranked = self.tables[person], self.ranked[person]
            blocked = np.zeros(8 * len(table.features), np.uint8)
            for place, row, weight in self.master.rows_of[person]:
                if weight > left[row] and self.master.growing[row] and not self.master.rows[row].variables:
                    blocked[place] = 1
            if person in self.tables.searches:
                near = self.tables.near(person, self.duals, blocked, SEARCH_BEAM, each)
                found[person] = list(dict.fromkeys((*near, choice.places[person])))
                continue
            packed = np.packbits(blocked, bitorder="little")
            free = np.ones(len(ranked), np.bool_)
            for byte, mask in zip(table.features, packed, strict=True):
                if mask:
                    free &= (byte[ranked] & mask) == 0
            places = ranked[free][:each].tolist()
            if choice.places[person] not in places:
                places.append(choice.places[person])
            found[person] = places
        return found


class Walk:
    """A choice that gets better step by step; neighbourhoods grow while they are easy and shrink while they are not."""

    def __init__(self, around: Neighbourhoods, choice: Choice, clock: Clock, seed: int) -> None:
        self.around = around
        self.choice = choice
        self.clock = clock
        self.size = float(FIRST_SIZE)
        self.random = Random(seed)  # noqa: S311  a search, no secret

    def adopt(self, places: Sequence[int]) -> None:
        """Go on from another choice where that is better."""
        other = Choice.of(self.around.tables, places)
        if other.kept and other.value > self.choice.value:
            self.choice = other

    def step(self) -> bool:
        """Plan some people anew; whether that made it better."""
        around, tables = self.around, self.around.tables
        around.random = self.random
        people = around.people(self.choice, min(int(self.size), len(tables)))
        pool = Pool(tables, around.options(self.choice, people, PLANS_EACH), self.choice)
        pool.hint(self.choice)
        answer = pool.solve(self.clock.small(STEP_SECONDS, self.random.randrange(1 << 30)))
        self.clock.spend(answer.effort + 0.01)
        easy = answer.proved and answer.effort < EASY_EFFORT
        self.size = min(len(tables) + 1.0, self.size * 1.05) if easy else max(SMALLEST, self.size * 0.9)
        if answer.plans is None:
            return False
        other = self.choice.with_plans(tables, answer.plans)
        if not other.kept or other.value < self.choice.value:
            return False
        better = other.value > self.choice.value
        self.choice = other
        return better
