"""Column generation: prices of rows, plans that pay at those prices, and a bound that holds from the first round.

With prices y >= 0 of rows, no timetable is worth more than

    what is certain + sum of y times what rows allow + each person's best plan less what it costs in rows
    + each variable at its best

(Lagrange). Prices are rounded to whole parts of a point before use, so that the bound is exact whatever the solver of
the relaxation did; the smallest bound seen counts.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np

from solver.plan.ascent import Ascent
from solver.plan.cuts import Cut, add, separate
from solver.plan.joint import Joint
from solver.plan.master import Master
from solver.plan.relaxation import Floats, Relaxation
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables

PLANS_A_ROUND = 5
"""Most new plans of one person in a round."""

PATIENCE = 2.0
PATIENT_SHARE = 0.03
WIDE_SHARE = 0.2
"""The best plans of those who are searched are looked for no longer than so many seconds, or such a part of what is left, while
prices change; than this part of it once they hardly do."""

LOOSE = 2
"""What searches leave open of somebody may be so many times an equal share of what is near enough."""

CLOSE = 2e-4
"""When so small a part is near enough."""

SETTLED = 0.1
FIRST_SETTLED = 0.2
"""With no more new plans a person than this, and near what is known of plans, prices hardly change any more, or little
enough for timetables to be looked for."""

FEW = 0.3
"""With more new plans a person from searches than this, prices will change, and wider searches can wait."""

PLENTY = 0.2
"""So many new plans a person from tables are plenty: nobody need be searched."""

ENOUGH = 2e-6
"""A distance between bound and relaxation, relative, at which more rounds never pay."""


@dataclass(frozen=True, slots=True)
class Priced:
    """What prices of rows say.

    Attributes:
        duals: price of each row, in parts of a point.
        exact: no timetable is worth more, in parts of a point.
        best: the most that a plan of each person is worth less its rows, in parts of a point.
    """

    duals: Values
    exact: int
    best: Values

    @property
    def bound(self) -> int:
        """No timetable is worth more, in whole points."""
        return self.exact // SCALE


class Generation:
    """Plans found so far, the relaxation over them, and the best bound with its prices.

    Attributes:
        columns: plans in the relaxation, as person and place in the person's table.
        priced: the prices of the best bound so far, None before the first round.
        value: of the last relaxation.
        parts: how much of each column the last relaxation takes.
        amounts: of each variable there.
        done: whether the relaxation has come near enough to its bound.
        enough: how near that is, relative.
        guide: the last prices, with what they say of plans that are known; no bound where people are searched.
        reached: what that is in points.
        alone: lets others stand still while every core is needed.
    """

    def __init__(self, master: Master, tables: Tables) -> None:
        self.master = master
        self.tables = tables
        self.columns: list[tuple[int, int]] = []
        self.priced: Priced | None = None
        self.value = 0.0
        self.parts: Floats = np.zeros(0)
        self.amounts: Floats = np.zeros(len(master.variables))
        self.lacking = True
        self.done = False
        self.enough = ENOUGH
        self.reached: float | None = None
        self.guide: Priced | None = None
        self.alone: Callable[[], AbstractContextManager[None]] = nullcontext
        self._known: set[tuple[int, int]] = set()
        self._searching = self._separating = 0.0
        self._searched: Counter[int] = Counter()
        self._most: dict[int, tuple[Values, int]] = {}
        """By person who is searched the prices of features at which no plan was worth more than something."""
        most = max((int(table.values.max()) for table in tables if table.size), default=0)
        self.relaxation = Relaxation(master, penalty=4 * max(1, most))
        for person, table in enumerate(tables):
            self.add(person, tables.least(person))
            self.add(person, int(table.values.argmax()))

    def add(self, person: int, place: int) -> bool:
        """Take a plan into the relaxation; whether it is new there."""
        if (person, place) in self._known:
            return False
        self._known.add((person, place))
        value = int(self.tables[person].values[place])
        entries = {**self.tables.entries(person, place), **self.tables.cut_entries(person, place)}
        self.relaxation.add(person, value, entries.items())
        self.columns.append((person, place))
        return True

    def cut(self, most: int, seconds: float) -> int:
        """Add cuts that the last relaxation breaks; how many. None where looking for them took longer last time than there is."""
        if seconds < self._separating:
            return 0
        started = time.monotonic()
        cuts = separate(self.tables, self.columns, self.parts, self.amounts, most)
        self._separating = time.monotonic() - started
        return self.take_cuts(cuts)

    def cuts_with_a_price(self) -> list[tuple[int, tuple[int, ...]]]:
        """Cuts that the bound has a price for, or that are part of one: their rows, and what they are made of."""
        found, wanted = [], set() if self.priced is None else set(np.flatnonzero(self.priced.duals).tolist())
        for number in range(len(self.master.rows) - 1, self.master.tying - 1, -1):
            members = self.master.rows[number].why
            if number in wanted and isinstance(members, tuple):
                wanted.update(members)
                found.append((number, members))
        return found[::-1]

    def take_cuts(self, cuts: Iterable[Cut]) -> int:
        """Add these cuts; how many."""
        numbers = [add(self.tables, cut) for cut in cuts]
        if not numbers:
            return 0
        self.master.index()
        of_row: dict[int, list[tuple[int, int]]] = {number: [] for number in numbers}
        for column, (person, place) in enumerate(self.columns):
            for row, weight in self.tables.cut_entries(person, place).items():
                if row in of_row:
                    of_row[row].append((column, weight))
        for number in numbers:
            made = self.master.rows[number]
            self.relaxation.add_row(made.at_most, of_row[number], made.variables)
        self.done = False
        # Prices of before say nothing of the new rows, which is a price of 0.
        more = np.zeros(len(numbers), np.int64)
        if self.priced is not None:
            self.priced = replace(self.priced, duals=np.concatenate((self.priced.duals, more)))
        if self.guide is not None:
            self.guide = replace(self.guide, duals=np.concatenate((self.guide.duals, more)))
        return len(numbers)

    def ascend(self, value: int, more: Callable[[], bool]) -> None:
        """First prices, and the plans that matter at them.

        Args:
            value: of some timetable.
            more: whether there is time.
        """
        ascent = Ascent(self)
        ascent.run(value, more)
        if not more():
            return
        for places in ascent.visited:
            for person, place in enumerate(places):
                self.add(person, place)
        self.price(ascent.duals, shares=np.full(len(self.tables), -np.inf))

    def begin_jointly(self, seconds: float) -> bool:
        """First prices where most people are searched, and the plans that matter at them; whether the time sufficed."""
        duals = Joint(self.tables).prices(seconds)
        if duals is None:
            return False
        self.price(duals, shares=np.full(len(self.tables), -np.inf))
        return True

    @property
    def prices(self) -> Priced:
        """Those for looking for timetables: of the bound, or newer ones while there is hardly a bound."""
        prices = self.priced if self.done else self.guide
        assert prices is not None, "asked for after the first pricing"
        return prices

    @property
    def bound(self) -> int | None:
        """No timetable is worth more."""
        return None if self.priced is None else self.priced.bound

    @property
    def distance(self) -> float:
        """How far the last relaxation lies below what its prices say of plans that are known, relative."""
        if self.lacking or self.reached is None:
            return 1.0
        return (self.reached - self.value) / max(1.0, abs(self.value))

    def round(self, seconds: float, *, widely: bool = False, tables_only: bool = False) -> bool:
        """One round; whether another may help.

        Args:
            tables_only: nobody is searched; where somebody would have to be, there is no bound.
            widely: search for long where that makes the bound tighter, once prices hardly change any more.
        """
        started = time.monotonic()
        solved = self.relaxation.solve(seconds)
        if solved is None:
            return False
        self.parts, self.amounts, self.lacking = solved.parts, solved.amounts, solved.lacking
        self.value = solved.value + self.master.constant
        duals: Values = np.rint(solved.duals * SCALE).astype(np.int64)
        left = 0.0 if tables_only else seconds - (time.monotonic() - started)
        new = self.price(duals, shares=solved.shares, lazily=True, widely=widely, seconds=left)
        near = not self.lacking and self.priced is not None and self._is_near(self.priced.exact / SCALE)
        # Where searches leave the bound loose, a few more plans a round would not tighten it.
        few = SETTLED if widely else FIRST_SETTLED
        settled = self._is_near(self.reached or 0.0) and new <= few * len(self.tables)
        self.done = not self.lacking and (new == 0 or near or settled)
        return not self.done and new > 0

    def _is_near(self, value: float) -> bool:
        return value - self.value <= max(0.5, self.enough * abs(self.value))

    def price(
        self,
        duals: Values,
        *,
        shares: Floats | None = None,
        lazily: bool = False,
        widely: bool = False,
        roughly: bool = False,
        seconds: float = math.inf,
    ) -> int:
        """Price everybody's plans: the bound these prices give, and new plans worth more than a person's share.

        Args:
            duals: prices of rows, in parts of a point.
            shares: of people; without them no plans are taken.
            lazily: where tables alone give plenty, nobody is searched, and there is no bound this time.
            widely: where tables give few, searches widen although they find new plans.
            roughly: nobody is searched, and the bound takes anything for possible that a relaxation of theirs allows.
            seconds: nobody is searched, and there is no bound, where that took longer the last time.
        """
        best = np.zeros(len(self.tables), np.int64)
        new = self._from_tables(range(len(self.tables)), duals, best, shares, ())
        self.guide = Priced(duals, self.master.lagrangian(duals, best, SCALE), best.copy())
        self.reached = self.guide.exact / SCALE
        if self.tables.searches and roughly:
            for person in self.tables.searches:
                best[person] = max(int(best[person]), self.no_more(person, duals))
        elif self.tables.searches:
            if lazily and new > PLENTY * len(self.tables) and not self._is_near(self.reached):
                return new
            if seconds <= self._searching:
                return new
            wider = widely and new <= SETTLED * len(self.tables)
            found, known = self._from_searches(duals, best, shares, time.monotonic() + seconds, widely=wider)
            new += found
            reached = self.master.lagrangian(duals, known, SCALE) / SCALE
            if widely and reached - self.reached > CLOSE * abs(self.value):
                self.reached = reached  # the relaxation lacks much of what was found, and is not near
        exact = self.master.lagrangian(duals, best, SCALE)
        if self.priced is None or exact < self.priced.exact:
            self.priced = Priced(duals, exact, best)
        return new

    def look(self, duals: Values, shares: Floats, but: Container[int]) -> int:
        """Take plans from tables that are worth more than a person's share, but none for some people; how many."""
        return self._from_tables(range(len(self.tables)), duals, np.zeros(len(self.tables), np.int64), shares, but)

    def _from_searches(
        self, duals: Values, best: Values, shares: Floats | None, until: float, *, widely: bool
    ) -> tuple[int, Values]:
        """The same for those who are searched: roughly first, then exactly those of whom that leaves the bound loose.

        How many new plans there are, and what the best plan that is known of everybody is worth.

        Args:
            until: the end of the time.
            widely: for long, although there are new plans, as prices will hardly change any more.
        """
        tables, began = self.tables, time.monotonic()
        near = int(self.enough * abs(self.value) * SCALE) // len(tables.searches)

        def loose() -> list[int]:
            lacks = {person: self.no_more(person, duals) - int(best[person]) for person in tables.searches}
            return sorted(
                (person for person in lacks if lacks[person] > LOOSE * near), key=lambda person: -lacks[person]
            )

        def patient(share: float) -> float:
            now = time.monotonic()
            return min(until, now + max(PATIENCE, share * (until - now)))

        people = sorted(loose(), key=lambda person: self._searched[person])  # who was left out comes first
        with self.alone() if widely else nullcontext():
            most = tables.search(duals, people, until if widely else patient(PATIENT_SHARE))
        self._searched.update(most)
        self._searching = time.monotonic() - began
        new = self._from_tables(people, duals, best, shares, ())
        self._note(most, duals)
        if not tables.mostly_searched and (widely or (shares is not None and new <= FEW * len(people))):
            people = loose()
            with self.alone():
                exact = tables.exactly(duals, people, LOOSE * near, patient(WIDE_SHARE if widely else PATIENT_SHARE))
            self._note(exact, duals)
            new += self._from_tables(people, duals, best, shares, ())
        known = best.copy()
        for person in tables.searches:
            best[person] = max(int(best[person]), self.no_more(person, duals))
        return new, known

    def _note(self, most: Mapping[int, int], duals: Values) -> None:
        """Keep what no plans of some people exceed at these prices, where it says more than what is kept."""
        for person, bound in most.items():
            if person not in self._most or bound < self.no_more(person, duals):
                self._most[person] = self.master.single_prices_of(person, duals), bound

    def no_more(self, person: int, duals: Values) -> int:
        """What no plan of who is searched exceeds at these prices: as at those of before, and what got cheaper since."""
        prices = self.master.single_prices_of(person, duals)
        if person not in self._most:
            self._most[person] = prices, self.tables.hope(person, duals)
        before, most = self._most[person]
        cheaper = before - prices[: len(before)]
        return most + int(cheaper[cheaper > 0].sum()) - int(np.minimum(0, prices[len(before) :]).sum())

    def _from_tables(
        self, people: Iterable[int], duals: Values, best: Values, shares: Floats | None, but: Container[int]
    ) -> int:
        """Note what the best plan of each is worth at these prices, and take plans worth more than a share."""
        new = 0
        for person, reduced in self.tables.reduced(duals, people):
            best[person] = reduced.max()
            if shares is None or person in but:
                continue
            enough = shares[person] * SCALE + 1
            if best[person] > enough:
                if len(reduced) > PLANS_A_ROUND:
                    places = np.argpartition(reduced, -PLANS_A_ROUND)[-PLANS_A_ROUND:]
                    places = places[reduced[places] > enough]
                else:
                    places = np.flatnonzero(reduced > enough)
                new += sum(self.add(person, int(place)) for place in places)
        return new
