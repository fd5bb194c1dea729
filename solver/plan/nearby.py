"""Prices mended near what changed: those of rows that only some people are in, while all other prices stay.

With other prices held, the bound depends on prices of these rows through those people alone. The best prices for it are
those of a small relaxation: of the people near what changed, and the rows that nobody else is in; what their plans cost in
other rows is taken off their value. A change of one fact moves prices hardly farther than that, and a round takes a tenth
of one of everybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from solver.plan.generation import Generation, Priced
from solver.plan.person import Person
from solver.plan.relaxation import Relaxation
from solver.plan.rows import Feature, Row, Variable
from solver.plan.sums import Values
from solver.plan.tables import SCALE

MOST = 110
"""People near what changed, at most."""

ROUNDS = 8
PLANS_FIRST = 10
PLANS_A_ROUND = 5
"""Rounds at most; plans that each person brings in at first, and at most in a round."""

SETTLED = 2e-5
"""As near its bound as this part of it the relaxation is near enough."""


class _Rows(NamedTuple):
    """What the small relaxation is made of."""

    rows: list[Row]
    people: list[Person]
    variables: list[Variable]


def people_near(generation: Generation, seeds: Iterable[int]) -> list[int]:
    """These people and those who share rows with them, then those who share rows with those, as long as there is room."""
    master = generation.master
    found = dict.fromkeys(sorted(seeds))
    ring = list(found)
    while ring and len(found) < MOST:
        rows = dict.fromkeys(row for person in ring for _, row, _ in master.rows_of[person])
        shared: dict[int, int] = defaultdict(int)
        for row in rows:
            for person in {each.person for each, _ in master.rows[row].features}:
                shared[person] += person not in found
        ring = sorted((each for each, count in shared.items() if count), key=lambda each: -shared[each])
        ring = ring[: MOST - len(found)]
        found |= dict.fromkeys(ring)
    return list(found)


def mend_prices(generation: Generation, people: list[int], more: Callable[[], bool]) -> None:
    """Lower the bound by other prices of rows that only these people are in.

    Args:
        people: whose tables are complete.
        more: whether there is time.
    """
    if generation.priced is None or not people:
        return
    local = _Local(generation, people)
    for _ in range(ROUNDS):
        if not more() or not local.round():
            break


class _Local:
    """The small relaxation and its plans."""

    def __init__(self, generation: Generation, people: list[int]) -> None:
        assert generation.priced is not None
        self.generation, self.people = generation, people
        self.master, self.tables = generation.master, generation.tables
        self.duals: Values = generation.priced.duals.copy()
        master, inside = self.master, set(people)
        touched = dict.fromkeys(
            row for person in people for _, row, _ in (*master.rows_of[person], *master.cuts_of[person])
        )
        own = [row for row in touched if all(each.person in inside for each, _ in master.rows[row].features)]
        self.rows = np.array(own, np.int64)
        self.number = {row: number for number, row in enumerate(own)}
        self._relaxation = self._made(own)
        self._known: set[tuple[int, int]] = set()
        worth = dict(self.tables.reduced(self.duals, people))
        for number, person in enumerate(people):
            self._add(number, worth[person], self.tables.least(person))  # so that there is a solution
            self._take(number, worth[person], PLANS_FIRST, -np.inf)
        best = sum(int(worth[person].max()) for person in people)
        self._elsewhere = generation.priced.exact - best - self._free()

    def _made(self, own: list[int]) -> Relaxation:
        master = self.master
        self.variables = list(dict.fromkeys(each for row in own for each, _ in master.rows[row].variables))
        place = {each: number for number, each in enumerate(self.variables)}
        prices = master.variable_prices(self.duals, SCALE)
        made = []
        for each in self.variables:
            inner = sum(
                weight * int(self.duals[row])
                for row, weight in (*master.rows_of_variable[each], *master.cuts_of_variable[each])
                if row in self.number
            )
            old = master.variables[each]
            made.append(Variable(old.low, old.high, (int(prices[each]) + inner) // SCALE, old.kind))
        numbers = {person: number for number, person in enumerate(self.people)}
        rows = [
            Row(
                [
                    (Feature(numbers[person], feature), weight)
                    for (person, feature), weight in master.rows[row].features
                ],
                [(place[each], weight) for each, weight in master.rows[row].variables],
                master.rows[row].at_most,
            )
            for row in own
        ]
        people = [master.people[person] for person in self.people]
        most = max(int(self.tables[person].values.max()) for person in self.people)
        return Relaxation(_Rows(rows, people, made), penalty=4 * max(1, most))

    def _take(self, number: int, worth: Values, most: int, enough: float) -> int:
        """Take a person's best plans that are worth more than enough at the prices that `worth` is of; how many are new."""
        top = np.argpartition(worth, -most)[-most:] if len(worth) > most else np.arange(len(worth))
        return sum(self._add(number, worth, place) for place in top[worth[top] > enough].tolist())

    def _add(self, number: int, worth: Values, place: int) -> bool:
        """Take a plan; whether it is new."""
        person = self.people[number]
        if (person, place) in self._known:
            return False
        self._known.add((person, place))
        entries = {**self.tables.entries(person, place), **self.tables.cut_entries(person, place)}
        inner = {self.number[row]: weight for row, weight in entries.items() if row in self.number}
        paid = sum(weight * int(self.duals[self.rows[row]]) for row, weight in inner.items())
        self._relaxation.add(number, (int(worth[place]) + paid) // SCALE, inner.items())
        return True

    def _free(self) -> int:
        """What room in the rows and variables in them are worth."""
        prices = self.master.variable_prices(self.duals, SCALE)
        total = sum(int(self.duals[row]) * int(self.master.at_most[row]) for row in self.rows)
        for each in self.variables:
            total += max(
                self.master.variables[each].low * int(prices[each]),
                self.master.variables[each].high * int(prices[each]),
            )
        return total

    def round(self) -> bool:
        """New prices, what they say of everybody, and plans that are worth more at them; whether another round may help."""
        solved = self._relaxation.solve(1.0)
        priced = self.generation.priced
        if solved is None or priced is None:
            return False
        self.duals[self.rows] = np.rint(solved.duals * SCALE).astype(np.int64)
        best, new = priced.best.copy(), 0
        worth = dict(self.tables.reduced(self.duals, self.people))
        for number, person in enumerate(self.people):
            best[person] = worth[person].max()
            enough = solved.shares[number] * SCALE + SCALE
            if best[person] > enough:
                new += self._take(number, worth[person], PLANS_A_ROUND, enough)
        exact = self.master.lagrangian(self.duals, best, SCALE)
        if exact < priced.exact:
            self.generation.priced = self.generation.guide = Priced(self.duals.copy(), exact, best)
        return new > 0 and exact - self._elsewhere - solved.value * SCALE > SETTLED * abs(exact)
