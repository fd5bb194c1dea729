"""Everybody's plans, and what they are worth at prices of rows."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.parallel import share_out
from solver.plan.exact import best_plan
from solver.plan.literals import Bits
from solver.plan.master import Master
from solver.plan.outlook import NEVER
from solver.plan.person import Person
from solver.plan.plans import AT_ONCE, Table
from solver.plan.search import UNKNOWN, Found, Search
from solver.plan.sums import Values

SCALE = 1024
"""Parts of a point in which prices of rows are whole."""


BEAM = 1_000
"""Plans under way when somebody's plans are searched in a round of pricing."""

MOSTLY = 0.3
"""Where a larger part of the people than this is searched, prices settle late, and timetables are looked for without them."""

LEAST_SEARCHES = 4
"""With fewer people than this, searching their plans is not worth another process."""

GOOD = 60
"""Steps of days of so many good plans are written into models of one person to begin with."""

KEPT = 30
"""Most plans that one search adds to somebody's table."""

MOST_ENTRIES = 100_000
"""Plans of which it is kept what they add to rows: about a kilobyte each."""


class Reusable(NamedTuple):
    """Somebody's table that another master may take over."""

    table: Table
    """Complete, without cuts."""
    digest: bytes
    """Of what plans depend on (`Personal.digest`); nothing where it is not known."""
    same: bool
    """Whether that is known to be the same there, without making it anew."""


class Tables:
    """A table of plans for each person of a master; the tables of people with too many plans grow by searches.

    Attributes:
        anew: whose plans are others than in the tables that these were begun from; nobody where there were none.
    """

    def __init__(
        self,
        master: Master,
        tables: list[Table],
        searches: dict[int, Search],
        digests: Mapping[int, bytes] | None = None,
        anew: Collection[int] = (),
    ) -> None:
        self.master = master
        self.anew = anew
        self.searches = searches
        self._tables = tables
        self._digests = digests or {}
        self._entries: dict[tuple[int, int], dict[int, int]] = {}
        self._known = {person: set(master.people[person].masks(tables[person].plans)) for person in searches}

    @property
    def mostly_searched(self) -> bool:
        """Whether so many people are searched that prices settle late."""
        return len(self.searches) > MOSTLY * len(self._tables)

    def reusable(self, master: Master) -> dict[int, Reusable]:
        """Complete tables by number of the person in another master."""
        mine = {person.professional: number for number, person in enumerate(self.master.people)}
        found = {}
        for number, person in enumerate(master.people):
            old = mine.get(person.professional)
            if old is None or old in self.searches:
                continue
            same = self._same(person, self.master.people[old])
            if same is not None:
                kept = same == list(range(len(self.master.people[old].features)))
                table = self._tables[old].with_features(same)
                found[number] = Reusable(table, self._digests.get(old, b"") if kept else b"", same=True)
            elif old in self._digests and len(person.features) <= len(self.master.people[old].features):
                table = self._tables[old].with_features(range(len(person.features)))
                found[number] = Reusable(table, self._digests[old], same=False)
        return found

    @staticmethod
    def _same(person: Person, before: Person) -> list[int] | None:
        """Which features of before are those of now, where plans and their values are known to be the same; else None."""
        if person.professional not in person.board.as_before(before.board) or person.shared != before.shared:
            return None
        places = {each: place for place, each in enumerate(before.told_features)}
        found = [places.get(each) for each in person.told_features]
        return None if None in found else [each for each in found if each is not None]

    def __len__(self) -> int:
        return len(self._tables)

    def __getitem__(self, person: int) -> Table:
        return self._tables[person]

    def __iter__(self) -> Iterator[Table]:
        return iter(self._tables)

    def least(self, person: int) -> int:
        """The place of the plan with the fewest candidates."""
        counts = np.bitwise_count(self._tables[person].plans).sum(axis=0)
        return int(counts.argmin())

    def places(self, person: int, masks: Sequence[int]) -> list[int | None]:
        """Where plans given as masks of candidates stand; None for what is none. New to a table that grows, they join it."""
        if not masks:
            return []
        own = self.master.people[person]
        new = [mask for mask in masks if mask not in self._known[person]] if person in self.searches else []
        if new:
            rules = self.searches[person].personal
            grown = rules.plans(new)
            self._take(person, grown[:, rules.allowed(grown)])
        plans, table = own.plans(masks), self._tables[person]
        found: list[int | None] = []
        for column in range(plans.shape[1]):
            same = table.plans[0] == plans[0, column]
            for word in range(1, own.words):
                same &= table.plans[word] == plans[word, column]
            at = np.flatnonzero(same)
            found.append(int(at[0]) if len(at) else None)
        return found

    def mask(self, person: int, place: int) -> int:
        """The candidates of a plan, as a mask."""
        return self.master.people[person].masks(self._tables[person].plans[:, place : place + 1])[0]

    def features(self, person: int, place: int) -> npt.NDArray[np.uint8]:
        """The features of a plan."""
        packed = np.array([each[place] for each in self._tables[person].features], np.uint8)
        return np.unpackbits(packed, bitorder="little", count=self.master.feature_count[person])

    def features_of_many(self, person: int, places: Sequence[int]) -> npt.NDArray[np.uint8]:
        """The features of some plans of a person: shape (plans, features)."""
        count = self.master.feature_count[person]
        packed = np.zeros((len(places), len(self._tables[person].features)), np.uint8)
        for number, each in enumerate(self._tables[person].features):
            packed[:, number] = each[places]
        return np.unpackbits(packed, axis=1, bitorder="little", count=count)

    def add_count(self, person: int, places: tuple[int, ...], more: int, least: int) -> int | None:
        """A new feature: plans with so many of these features, and `more`; its place, or None if no plan has that."""
        table = self._tables[person]
        count = np.full(table.size, more, np.uint8)
        for place in places:
            count += table.features[place // 8] >> (place % 8) & 1
        having = count >= least
        if table.complete and not having.any():
            return None
        made = self.master.feature_count[person]
        self.master.feature_count[person] += 1
        self.master.people[person].counts.append((places, more, least))
        if made % 8 == 0:
            table.features.append(np.zeros(table.size, np.uint8))
        table.features[-1] |= having.astype(np.uint8) << (made % 8)
        return made

    def entries(self, person: int, place: int) -> dict[int, int]:
        """What a plan adds to which row; cuts left out."""
        key = (person, place)
        if key not in self._entries:
            if len(self._entries) >= MOST_ENTRIES:
                self._entries.clear()
            self._entries[key] = self.master.entries(person, self.features(person, place))
        return self._entries[key]

    def cut_entries(self, person: int, place: int) -> dict[int, int]:
        """What a plan adds to cuts."""
        return self.master.cut_entries(person, self.features(person, place)) if self.master.cuts_of[person] else {}

    def reduced(self, duals: Values, people: Iterable[int] | None = None) -> Iterator[tuple[int, Values]]:
        """What each plan of each person (of these) is worth less its rows at these prices, in parts of a point."""
        prices = self.master.feature_prices(duals)
        for person in range(len(self._tables)) if people is None else people:
            yield person, self._less(self._tables[person], prices, int(self.master.first_byte[person]))

    def near(self, person: int, duals: Values, blocked: npt.NDArray[np.uint8], beam: int, keep: int) -> list[int]:
        """Places of good plans at these prices of who is searched, without features that are blocked; found anew."""
        count = self.master.feature_count[person]
        mine = self.master.single_prices_of(person, duals)
        too_dear = 4 * SCALE * max(1, int(self._tables[person].values.max()))
        prices = np.where(blocked[:count] > 0, too_dear, mine)
        found = self.searches[person].run(prices.tolist(), SCALE, beam=beam, known=NEVER, keep=keep, quickly=True)
        order = np.argsort(-found.worth, kind="stable")
        masks = self.master.people[person].masks(found.plans[:, order])
        return [place for place in self.places(person, masks) if place is not None]

    def portable(self, places: Sequence[int]) -> tuple[int, ...]:
        """Places as they mean the same in a copy of these tables: of who is searched the plans themselves."""
        made = list(places)
        for person in self.searches:
            made[person] = self.mask(person, places[person])
        return tuple(made)

    def placed(self, portable: Sequence[int]) -> list[int]:
        """Places here of what another copy made portable."""
        places = list(portable)
        for person in self.searches:
            (place,) = self.places(person, [portable[person]])
            assert place is not None, "what was a plan is a plan"
            places[person] = place
        return places

    def hope(self, person: int, duals: Values) -> int:
        """What no plan of who is searched exceeds at these prices, as far as relaxations tell."""
        search, prices = self.searches[person], self.master.single_prices_of(person, duals).tolist()
        return max(search.outlook.steps(prices, SCALE, way)[0] for way in search.ways)

    def search(self, duals: Values, people: Sequence[int], until: float = math.inf) -> dict[int, int]:
        """Search the plans of these people, whose tables are not complete: what no plan exceeds at these prices.

        Args:
            people: the first ones first.
            until: nobody's search begins later; who is left out is not returned.
        """

        def ask(person: int, worth: Values, prices: list[int]) -> Found:
            known = int(worth.max())
            return self.searches[person].run(prices, SCALE, beam=BEAM, known=known, keep=KEPT, until=until)

        return self._asked(duals, people, until, ask)

    def exactly(self, duals: Values, people: Sequence[int], near: int, until: float = math.inf) -> dict[int, int]:
        """Look for the best plan of these people, whose tables are not complete: what no plan exceeds at these prices.

        Args:
            people: the first ones first.
            near: what lies no more than this above a plan that is known is near enough.
            until: nobody is begun with later; who is left out is not returned.
        """
        for person in people:
            _ = self.searches[person].outline  # here, so that forks have it

        def ask(person: int, worth: Values, prices: list[int]) -> Found:
            good = [self.mask(person, place) for place in np.argsort(-worth, kind="stable")[:GOOD].tolist()]
            known = int(worth.max())
            return best_plan(self.searches[person], prices, SCALE, known=known, good=good, near=near, until=until)

        return self._asked(duals, people, until, ask)

    def _asked(
        self, duals: Values, people: Sequence[int], until: float, ask: Callable[[int, Values, list[int]], Found]
    ) -> dict[int, int]:
        """Ask about these people, as long as there is time, and take the plans: what no plan of theirs exceeds.

        Args:
            ask: is given a person, what each of their plans is worth, and what each feature costs.
        """
        single, prices = self.master.single_prices(duals), self.master.feature_prices(duals)

        def one(person: int) -> Found:
            if time.monotonic() > until:
                return self.searches[person].nothing()
            first = int(self.master.first_byte[person])
            mine = single[8 * first : 8 * first + self.master.feature_count[person]].tolist()
            return ask(person, self._less(self._tables[person], prices, first), mine)

        found = dict(zip(people, share_out(one, people, LEAST_SEARCHES), strict=True))
        for person, each in found.items():
            self._take(person, each.plans)
        return {person: each.most for person, each in found.items() if each.most < UNKNOWN}

    def fill(self, duals: Values, above: dict[int, int], beam: int, keep: int) -> bool:
        """Have all plans worth more than this at these prices in the tables; whether that worked for everybody."""
        single = self.master.single_prices(duals)

        def one(person: int) -> Found:
            first = int(self.master.first_byte[person])
            mine = single[8 * first : 8 * first + self.master.feature_count[person]].tolist()
            return self.searches[person].run(mine, SCALE, beam=beam, known=above[person] - 1, keep=keep)

        found = dict(zip(self.searches, share_out(one, list(self.searches), LEAST_SEARCHES), strict=True))
        if not all(each.complete for each in found.values()):
            return False
        for person, each in found.items():
            self._take(person, each.plans)
        return True

    def _take(self, person: int, plans: Bits) -> None:
        """Add plans that are new to a table."""
        known = self._known[person]
        masks = self.master.people[person].masks(plans)
        new = [place for place, mask in enumerate(masks) if mask not in known]
        known.update(masks)
        if new:
            self._tables[person].extend(Table.of(self.searches[person].personal, plans[:, new], complete=False))

    @staticmethod
    def _less(table: Table, prices: Values, first: int) -> Values:
        worth = table.values * SCALE
        bytes_ = [place for place in range(len(table.features)) if prices[first + place].any()]
        for start in range(0, len(worth), AT_ONCE):
            some = worth[start : start + AT_ONCE]
            for place in bytes_:
                some -= np.take(prices[first + place], table.features[place][start : start + AT_ONCE])
        return worth
