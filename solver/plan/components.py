"""People whom no row ties to others, directly or by way of somebody else: each such part is proved best by itself.

What prices allow less what a choice is worth splits into the same of every part. Whatever is better somewhere is better
in some part, and then in that part alone, while the others keep what they have. So a plan counts only if it stands below
its person's best by no more than that part lacks, which is less than the whole lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from solver.plan.choice import Choice
from solver.plan.tables import SCALE

if TYPE_CHECKING:
    from solver.plan.generation import Priced
    from solver.plan.master import Master
    from solver.plan.sums import Values


class Components:
    """The parts of a master.

    Attributes:
        count: how many there are; cuts not counted, which may tie some of them.
        of_person: the number of the part that each person is in.
    """

    def __init__(self, master: Master) -> None:
        self.master = master
        self.of_person, self._variables, _ = self._parts(master.tying)
        self.count = len(np.unique(np.concatenate((self.of_person, self._variables))))

    def _parts(self, rows: int) -> tuple[Values, Values, Values]:
        """The part of each person, variable and row, of so many rows."""
        master = self.master
        people = len(master.people)
        nobody = people + len(master.variables)  # stands for rows without anything in them
        above = list(range(nobody + 1))

        def top(node: int) -> int:
            while above[node] != node:
                above[node] = above[above[node]]
                node = above[node]
            return node

        members = []
        for row in master.rows[:rows]:
            tied = [feature.person for feature, _ in row.features] + [people + each for each, _ in row.variables]
            members.append(tied[0] if tied else nobody)
            for node in tied[1:]:
                above[top(node)] = top(tied[0])
        parts = np.array([top(node) for node in range(len(above))], np.int64)
        return parts[:people], parts[people:nobody], parts[np.array(members, np.int64)]

    def lacks(self, priced: Priced, choice: Choice) -> Values:
        """By person how much less their part of a choice is worth than prices allow, in parts of a point."""
        master = self.master
        if self.count <= 1:
            return np.full(len(master.people), priced.exact - choice.value * SCALE)
        people, variables, rows = self._parts(len(priced.duals))
        lacks = np.zeros(len(people) + len(variables) + 1, np.int64)
        np.add.at(lacks, people, priced.best - SCALE * _values(choice))
        np.add.at(lacks, rows, priced.duals * master.at_most[: len(rows)])
        prices = master.variable_prices(priced.duals, SCALE)
        low, high = np.array([(each.low, each.high) for each in master.variables], np.int64).reshape(-1, 2).T
        worth = np.array([each.gain for each in master.variables], np.int64) * np.array(choice.variables, np.int64)
        np.add.at(lacks, variables, np.maximum(low * prices, high * prices) - SCALE * worth)
        return lacks[people]

    def together(self, people: Iterable[int]) -> list[int]:
        """These people and everybody in the same parts."""
        return np.flatnonzero(np.isin(self.of_person, self.of_person[list(people)])).tolist()

    def best_of(self, one: Choice, other: Choice) -> Choice:
        """The better of two choices, part by part."""
        if self.count <= 1:
            return max(one, other, key=lambda each: each.value)
        better = self._worth(other) > self._worth(one)
        pairs = zip(one.places, other.places, better[self.of_person].tolist(), strict=True)
        places = tuple(theirs if take else mine for mine, theirs, take in pairs)
        return one if places == one.places else other if places == other.places else Choice.of(one.tables, places)

    def _worth(self, choice: Choice) -> Values:
        """What each part of a choice is worth, by its number."""
        worth = np.zeros(len(self.of_person) + len(self._variables), np.int64)
        np.add.at(worth, self.of_person, _values(choice))
        gains = [each.gain for each in self.master.variables]
        np.add.at(worth, self._variables, np.array(gains, np.int64) * np.array(choice.variables, np.int64))
        return worth


def _values(choice: Choice) -> Values:
    """What everybody's plan is worth."""
    return np.array([choice.tables[person].values[place] for person, place in enumerate(choice.places)], np.int64)
