"""Neighbourhood search: some people near each other get new plans while the rest keep theirs.

At the prices of the bound, what a choice lacks is told exactly: bound less value is what each person's plan stands below
their best one, plus what room left in rows is worth. A neighbourhood begins where much of it is lost, and grows along
who holds what somebody in it would rather have. Each person brings the plans that stand best, out of all that the rest
leaves room for and that can be in a better timetable at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

import numpy as np
import numpy.typing as npt

from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.generation import Priced
from solver.plan.pool import Pool
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables

RANKED = 3000
"""Plans of one person, best first, that neighbourhoods look at."""

PLANS_EACH = 20
"""Plans that one person brings into a neighbourhood."""

SEARCH_BEAM = 300
SEARCHED = 0.3
"""Plans under way when somebody has no complete table and is searched, and how often that is done: else the plans found
so far have to do."""

WISHES = 6
"""Of so many of somebody's best plans one is drawn, whose holders come into the neighbourhood."""

FIRST_SIZE = 100
SMALLEST = 12
LARGEST = 200
"""People in the first neighbourhood, in the smallest and in the largest, unless they are about all people."""

ABOUT_ALL = 0.5
"""With so large a part of all people in the largest neighbourhood, they may be all."""

STEP_SECONDS = 4.0
"""Longest search of one neighbourhood, in seconds or deterministic units."""

PATIENCE = 6
"""After so many steps without anything better some people are planned for about as much."""

SHAKE = 0.005
SHAKEN_LOSS = 0.001
"""How much plans are shaken, and what that may cost of the value."""

YOUNG = 25
"""So many steps a walk goes its own way, whatever others have found."""

FARTHEST = 40
"""After so many steps without anything better than ever it goes back to the best."""

EASY_EFFORT = 0.3
"""Deterministic time below which a neighbourhood was easy."""


class Neighbourhoods:
    """Draws neighbourhoods and the plans in them."""

    def __init__(self, tables: Tables, priced: Priced, seed: int) -> None:
        self.tables = tables
        self.master = tables.master
        self.random = Random(seed)  # noqa: S311  a search, no secret
        self.people_of_row: dict[int, list[int]] = defaultdict(list)
        for person, mine in enumerate(self.master.rows_of):
            for row in dict.fromkeys(row for _, row, _ in mine):
                self.people_of_row[row].append(person)
        self.tied = [row for row, people in self.people_of_row.items() if len(people) > 1]
        self.price(priced)

    def price(self, priced: Priced) -> None:
        """Rank everybody's plans at these prices."""
        self.priced = priced
        self.duals = priced.duals[: self.master.tying]
        self.ranked: list[npt.NDArray[np.int64]] = []
        self.reduced: list[Values] = []
        for _, reduced in self.tables.reduced(priced.duals):
            many = len(reduced) > RANKED
            top = np.argpartition(reduced, -RANKED)[-RANKED:] if many else np.arange(len(reduced))
            order = top[np.argsort(-reduced[top], kind="stable")]
            self.ranked.append(order)
            self.reduced.append(reduced[order])
        self.place_of = [{int(place): rank for rank, place in enumerate(ranked)} for ranked in self.ranked]

    def lost(self, choice: Choice, person: int) -> int:
        """By how much somebody's plan stands below their best, in parts of a point; all of it where it is not ranked."""
        rank = self.place_of[person].get(choice.places[person])
        return int(self.reduced[person][0] - self.reduced[person][-1 if rank is None else rank])

    def people(self, choice: Choice, size: int) -> list[int]:
        """About so many people near each other, from where much is lost."""
        holders: dict[int, list[int]] = defaultdict(list)
        for person, place in enumerate(choice.places):
            for row, weight in self.tables.entries(person, place).items():
                if weight > 0:
                    holders[row].append(person)
        room = self.master.room - choice.activity
        found: dict[int, None] = {}
        waiting = self._first(choice, room)
        while len(found) < min(size, len(self.tables)):
            if not waiting:
                waiting.append(self.random.randrange(len(self.tables)))
            person = waiting.pop(self.random.randrange(min(len(waiting), 4)))
            if person in found:
                continue
            found[person] = None
            near = self._holders_of_wishes(choice, person, room, holders)
            near += self._wishers(choice, person)
            self.random.shuffle(near)
            waiting += [each for each in near if each not in found]
        return list(found)

    def _first(self, choice: Choice, room: Values) -> list[int]:
        """Whom to begin with: somebody whose plan stands low, or people of a row that has dear room left."""
        lost = [self.lost(choice, person) for person in range(len(self.tables))]
        dear = np.maximum(0, room) * self.duals
        rows = np.flatnonzero(dear).tolist()
        weights = [*lost, *(int(dear[row]) for row in rows)]
        if not any(weights):
            return []
        (drawn,) = self.random.choices(range(len(weights)), weights)
        if drawn < len(lost):
            return [drawn]
        people = self.people_of_row[rows[drawn - len(lost)]]
        return self.random.sample(people, min(3, len(people)))

    def _holders_of_wishes(self, choice: Choice, person: int, room: Values, holders: dict[int, list[int]]) -> list[int]:
        """Who holds what one of somebody's best plans needs."""
        ranked = self.ranked[person]
        wish = int(ranked[self.random.randrange(min(WISHES, len(ranked)))])
        mine = self.tables.entries(person, choice.places[person])
        return [
            each
            for row, weight in self.tables.entries(person, wish).items()
            if weight > 0 and room[row] + mine.get(row, 0) < weight
            for each in holders[row]
            if each != person
        ]

    def _wishers(self, choice: Choice, person: int) -> list[int]:
        """Somebody else who can use what a person holds."""
        rows = [row for row in self.tables.entries(person, choice.places[person]) if self.duals[row]]
        if not rows:
            return []
        return [self.random.choice(self.people_of_row[self.random.choice(rows)])]

    def options(self, choice: Choice, people: Sequence[int], each: int) -> dict[int, list[int]]:
        """For these people their best plans that the rest leaves room for, and the one they have."""
        left = self.master.room - choice.activity
        for person in people:
            for row, weight in self.tables.entries(person, choice.places[person]).items():
                left[row] += weight
        slack = self.priced.exact - choice.value * SCALE
        found = {}
        for person in people:
            table, ranked, reduced = self.tables[person], self.ranked[person], self.reduced[person]
            blocked = np.zeros(8 * len(table.features), np.uint8)
            for place, row, weight in self.master.rows_of[person]:
                if weight > left[row] and self.master.growing[row] and not self.master.rows[row].variables:
                    blocked[place] = 1
            if person in self.tables.searches and self.random.random() < SEARCHED:
                near = self.tables.near(person, self.priced.duals, blocked, SEARCH_BEAM, each)
                found[person] = list(dict.fromkeys((*near, choice.places[person])))
                continue
            packed = np.packbits(blocked, bitorder="little")
            free = reduced >= int(self.priced.best[person]) - slack
            for byte, mask in zip(table.features, packed, strict=True):
                if mask:
                    free &= (byte[ranked] & mask) == 0
            places = ranked[free][:each].tolist()
            if choice.places[person] not in places:
                places.append(choice.places[person])
            found[person] = places
        return found


class Walk:
    """A choice that gets better step by step; neighbourhoods grow while they are easy and shrink while they are not.

    Where nothing gets better any more, some people get plans that are about as good, and it goes on from there.

    Attributes:
        choice: where it stands.
        best: the best it has seen.
    """

    def __init__(self, around: Neighbourhoods, choice: Choice, clock: Clock, seed: int) -> None:
        self.around = around
        self.choice = self.best = choice
        self.clock = clock
        self.size = float(FIRST_SIZE)
        self.random = Random(seed)  # noqa: S311  a search, no secret
        self._still = 0
        self._away = 0
        self._steps = 0

    def adopt(self, places: Sequence[int]) -> None:
        """Go on from another choice where that is better than any seen here, unless this walk is still young."""
        if self._steps < YOUNG:
            return
        other = Choice.of(self.around.tables, places)
        if other.kept and other.value > self.best.value:
            self.choice = self.best = other
            self._still = self._away = 0

    def step(self) -> bool:
        """Plan some people anew; whether that made something better than ever."""
        self._steps += 1
        self._still += 1
        self._away += 1
        if self._away > FARTHEST and self.choice is not self.best:
            self.choice, self._still, self._away = self.best, 0, 0
        shaken = self._still > PATIENCE
        other = self._planned_anew(shaken=shaken)
        if shaken:
            self._still = 0
        if other is None or not other.kept:
            return False
        least = self.choice.value - round(SHAKEN_LOSS * abs(self.choice.value)) if shaken else self.choice.value
        if other.value < least:
            return False
        if other.value > self.choice.value:
            self._still = 0
        self.choice = other
        if other.value > self.best.value:
            self.best, self._away = other, 0
            return True
        return False

    def _planned_anew(self, *, shaken: bool) -> Choice | None:
        around, tables = self.around, self.around.tables
        around.random = self.random
        people = around.people(self.choice, int(self.size))
        options = around.options(self.choice, people, PLANS_EACH)
        pool = Pool(tables, options, self.choice, self._shake if shaken else None)
        pool.hint(self.choice)
        answer = pool.solve(self.clock.small(STEP_SECONDS, self.random.randrange(1 << 30)))
        self.clock.spend(answer.effort + 0.01)
        easy = answer.proved and answer.effort < EASY_EFFORT
        largest = LARGEST if len(tables) * ABOUT_ALL > LARGEST else len(tables) + 1.0
        self.size = min(largest, self.size * 1.05) if easy else max(SMALLEST, self.size * 0.9)
        return None if answer.plans is None else self.choice.with_plans(answer.plans)

    def _shake(self, value: int) -> int:
        """Plans are taken for a little more or less than they are worth, by chance: for other choices, about as good."""
        return round(value * self.random.uniform(1 - SHAKE, 1 + SHAKE))
