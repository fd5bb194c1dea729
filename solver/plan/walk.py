"""A walk: a choice that gets better neighbourhood by neighbourhood."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.neighbourhoods import Neighbourhoods
from solver.plan.pool import Pool

PLANS_EACH = 20
"""Plans that one person brings into a neighbourhood."""

FIRST_SIZE = 100
SMALLEST = 12
"""People in the first neighbourhood, and in the smallest."""

MANY = 400
FIRST_OF_MANY = 250
LARGEST = 500
"""Of more people than this so many are in the first neighbourhood, and in the largest; of fewer there may be all in one."""

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

ANEW_SIZE = 10
ANEW_SMALLEST = 3
ANEW_LARGEST = 30
ANEW_SECONDS = 2.0
"""Of people of whom only some plans are known, so many get any plan at a time: to begin with, at least and at most; and how
long that may take, in seconds or deterministic units."""

CROSS_SECONDS = 1.0
"""How long the best of two choices is looked for, in seconds or deterministic units."""

EASY_EFFORT = 0.3
"""Deterministic time below which a neighbourhood was easy."""


class Walk:
    """A choice that gets better step by step; neighbourhoods grow while they are easy and shrink while they are not.

    Where nothing gets better any more, some people get plans that are about as good, and it goes on from there.

    Attributes:
        choice: where it stands.
        best: the best it has seen.
    """

    def __init__(
        self, around: Neighbourhoods, choice: Choice, clock: Clock, seed: int, size: int | None = None
    ) -> None:
        self.around = around
        self.choice = self.best = choice
        self.clock = clock
        self._local = len(around.tables) > MANY
        self.size = float(size or (FIRST_OF_MANY if self._local else FIRST_SIZE))
        self.anew = float(ANEW_SIZE)
        self.random = Random(seed)  # noqa: S311  a search, no secret
        self._still = 0
        self._away = 0
        self._steps = 0
        self._visits = [0] * len(around.tables)

    def adopt(self, places: Sequence[int]) -> None:
        """Go on from another choice where that is better than any seen here, unless this walk is still young.

        Where neighbourhoods are a small part of all people, or few plans are known, either choice has something that the
        other lacks: then on from the best of both.
        """
        other = Choice.of(self.around.tables, places)
        if self._local or self.around.tables.mostly_searched:
            other = self._crossed(other)
        elif self._steps < YOUNG:
            return
        if other.kept and other.value > self.best.value:
            self.choice = self.best = other
            self._still = self._away = 0

    def _crossed(self, other: Choice) -> Choice:
        """The best choice that gives everybody the plan of one of two."""
        pairs = zip(self.best.places, other.places, strict=True)
        options = {person: pair for person, pair in enumerate(pairs) if pair[0] != pair[1]}
        if not options:
            return other
        pool = Pool(self.around.tables, options, other)
        pool.hint(other)
        answer = pool.solve(self.clock.small(CROSS_SECONDS, 0))
        self.clock.spend(answer.effort)
        return other if answer.plans is None else other.with_plans(answer.plans)

    def step(self) -> bool:
        """Plan some people anew; whether that made something better than ever."""
        self._steps += 1
        self._still += 1
        self._away += 1
        if self._away > FARTHEST and self.choice is not self.best:
            self.choice, self._still, self._away = self.best, 0, 0
        shaken = self._still > PATIENCE
        anew = self.around.tables.mostly_searched or self.random.random() < self.around.searched
        other = self._made_anew() if anew else self._planned_anew(shaken=shaken)
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
        largest = LARGEST if self._local else len(tables) + 1.0
        self.size = min(largest, self.size * 1.05) if easy else max(SMALLEST, self.size * 0.9)
        return None if answer.plans is None else self.choice.with_plans(answer.plans)

    def _made_anew(self) -> Choice | None:
        """Some people may have any plan, whether it is known or not."""
        around = self.around
        around.random = self.random
        first = min(range(len(self._visits)), key=lambda person: (self._visits[person], self.random.random()))
        people = around.linked(first, round(self.anew))
        for person in people:
            self._visits[person] += 1
        pool = Pool(around.tables, {}, self.choice, free={person: around.outline(person) for person in people})
        pool.hint(self.choice)
        answer = pool.solve(self.clock.small(ANEW_SECONDS, self.random.randrange(1 << 30)))
        self.clock.spend(answer.effort + 0.01)
        if not answer.proved:
            self.anew = max(ANEW_SMALLEST, self.anew * 0.9)
        elif answer.effort < ANEW_SECONDS / 3:
            self.anew = min(ANEW_LARGEST, self.anew * 1.1)
        return None if answer.plans is None else self.choice.with_plans(answer.plans)

    def _shake(self, value: int) -> int:
        """Plans are taken for a little more or less than they are worth, by chance: for other choices, about as good."""
        return round(value * self.random.uniform(1 - SHAKE, 1 + SHAKE))
