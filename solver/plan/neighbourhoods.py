"""Neighbourhood search: some people near each other get new plans while the rest keep theirs.

At the prices of the bound, what a choice lacks is told exactly: bound less value is what each person's plan stands below
their best one, plus what room left in rows is worth. A neighbourhood begins where much of it is lost, and grows along
who holds what somebody in it would rather have. Each person brings the plans that stand best, out of all that the rest
leaves room for and that can be in a better timetable at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from random import Random

import numpy as np
import numpy.typing as npt

from solver.plan.choice import Choice
from solver.plan.generation import Priced
from solver.plan.outline import Outline
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables

RANKED = 3000
AT_ONCE = 200
"""Plans of one person, best first, that neighbourhoods look at: so many at a time, until there are enough."""

MOST_LOST = 50_000
"""Of so many plans it is kept by how much they stand below their person's best."""

SEARCH_BEAM = 300
SEARCHED = 0.1
"""Plans under way when somebody has no complete table and is searched, and how often that is done: else the plans found
so far have to do."""

WISHES = 6
"""Of so many of somebody's best plans one is drawn, whose holders come into the neighbourhood."""

CROWD = 40
"""Rows with more people than this tell nothing of who is near whom."""


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
        self.searched = len(tables.searches) / max(1, len(tables))
        self._outlines: dict[int, Outline] = {}
        if tables.mostly_searched:
            for person in range(len(tables)):  # here, so that processes begun from here have them
                self.outline(person)
        self.price(priced)

    @cached_property
    def near(self) -> list[list[int]]:
        """By person who else is in a row, crowds left out."""
        found = []
        for person, mine in enumerate(self.master.rows_of):
            rows = [row for row in {row for _, row, _ in mine} if len(self.people_of_row[row]) <= CROWD]
            found.append(sorted({each for row in rows for each in self.people_of_row[row]} - {person}))
        return found

    def outline(self, person: int) -> Outline:
        """What somebody may do, for models of candidates."""
        if person not in self._outlines:
            self._outlines[person] = Outline(self.master.people[person].rules)
        return self._outlines[person]

    def price(self, priced: Priced) -> None:
        """Rank everybody's plans at these prices."""
        self.priced = priced
        self.duals = priced.duals[: self.master.tying]
        self._lost: dict[tuple[int, int], int] = {}
        self.ranked: list[npt.NDArray[np.int64]] = []
        self.reduced: list[Values] = []
        for _, reduced in self.tables.reduced(priced.duals):
            many = len(reduced) > RANKED
            top = np.argpartition(reduced, -RANKED)[-RANKED:] if many else np.arange(len(reduced))
            order = top[np.argsort(-reduced[top], kind="stable")]
            self.ranked.append(order)
            self.reduced.append(reduced[order])

    def lost(self, choice: Choice, person: int) -> int:
        """By how much somebody's plan stands below their best, in parts of a point; all of it where it is not ranked."""
        key = (person, choice.places[person])
        if key not in self._lost:
            if len(self._lost) >= MOST_LOST:
                self._lost.clear()
            rank = np.flatnonzero(self.ranked[person] == choice.places[person])
            self._lost[key] = int(self.reduced[person][0] - self.reduced[person][rank[0] if len(rank) else -1])
        return self._lost[key]

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

    def linked(self, first: int, size: int) -> list[int]:
        """Somebody with about so many people who share rows, one tied to the next."""
        found = [first]
        while len(found) < size:
            near = [each for person in found for each in self.near[person] if each not in found]
            if not near:
                break
            found.append(self.random.choice(near))
        return found

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
            least, places = int(self.priced.best[person]) - slack, list[int]()
            for start in range(0, len(ranked), AT_ONCE):
                some = slice(start, start + AT_ONCE)
                free = reduced[some] >= least
                for byte, mask in zip(table.features, packed, strict=True):
                    if mask:
                        free &= (byte[ranked[some]] & mask) == 0
                places += ranked[some][free].tolist()
                if len(places) >= each or reduced[some][-1] < least:
                    break
            places = places[:each]
            if choice.places[person] not in places:
                places.append(choice.places[person])
            found[person] = places
        return found
