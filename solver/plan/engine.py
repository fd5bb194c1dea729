"""The main engine: plans of each person, prices of what they share, a bound, timetables, and the proof.

In order: all plans of everybody; a first timetable; column generation for the bound; then, until the time is over or
bound and timetable meet, side by side: neighbourhoods in processes of their own, and here dives, cuts and in the end
CP-SAT over all plans that can be in a better timetable. After some cuts a MIP solver works on those plans meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from solver.messages import Start
from solver.parallel import cores
from solver.plan import proof
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.components import Components
from solver.plan.diving import Dive
from solver.plan.generation import ENOUGH, Generation
from solver.plan.greedy import Greedy
from solver.plan.helpers import Helpers
from solver.plan.master import Master
from solver.plan.mending import Mending
from solver.plan.neighbourhoods import Neighbourhoods
from solver.plan.pool import Pool
from solver.plan.recall import prices_in, recall_cuts, recall_plans
from solver.plan.standing import Listener, Standing
from solver.plan.sums import Values
from solver.plan.tables import Tables
from solver.plan.trying import Trying
from solver.plan.walk import Walk
from solver.plan.writing import write_tables

NEAR = 0.02
"""At this distance of the relaxation from its bound its prices are good enough for neighbourhoods to begin with."""

NEAR_ENOUGH = 0.05
FAR = 0.001
"""A relaxation that is nearer its bound than this part of the gap, and than this part of itself, is near enough until
timetables get better."""

CUTS_A_ROUND = 200
CUT_HELPS = 0.05
CUTS_REST = 10
"""A round of cuts helps when it closes this part of the gap; after one that does not, so many neighbourhoods come first,
and each time that happens twice as many."""

NEWS = 3
"""After so many rounds of cuts people are searched again, for a bound, and the helpers are told the new prices."""

STEPS_BETWEEN = 15
"""Neighbourhoods between two rounds of prices, where those take long."""

QUICK = 6_000
"""A relaxation with no more plans is solved in a moment, and its cuts come before neighbourhoods."""

PACE = 12
PACE_HELPS = 0.25
"""As long as so many neighbourhoods close this part of the gap, the first cuts can wait."""

JOINT_SHARE = 0.25
"""Part of the time for prices from everybody's own relaxation, where most people are searched."""

FEW_PLANS = 4_000
PROOF_PLANS = 60_000
"""With few plans within the gap CP-SAT tries them all at once; with more, when neighbourhoods have long found nothing."""

STILL = 30
"""So many neighbourhoods without a better timetable are long."""

FIRST_SLICE = 4.0
"""Time of the first attempt at a proof; each next one has twice that."""


class Engine(Standing):
    """Solves one master.

    Attributes:
        tables: everybody's plans, once they are made.
    """

    def __init__(self, master: Master, clock: Clock, listener: Listener) -> None:
        super().__init__(Components(master), listener)
        self.master = master
        self.clock = clock
        self.tables: Tables | None = None
        self._helpers = Helpers(clock, listener.counted)
        self._walk: Walk | None = None
        self._trying = Trying(self._helpers)
        self._before: list[int] = []
        self._looked: tuple[tuple[int, int | None, int] | None, dict[int, list[int]] | None] = (None, None)

    def run(self, start: Start, before: Tables | None = None, *, again: bool = False) -> None:
        """Work until the proof or the end of the time. Without a choice in the end, nothing is known.

        Args:
            start: what an earlier solve left.
            before: its tables, if they are still there.
            again: whether a next solve may take over the tables.
        """
        early = self._early if start.timetable is None and start.memory is None else None
        tables = self.tables = write_tables(self.master, self.clock, before, again=again, early=early)
        if tables is None:
            return
        self._tables = tables
        self.generation = Generation(self.master, tables)
        self.generation.alone = self._helpers.held
        try:
            self._begin(tables, start)
            if self._done or not self._generate(widely=False):
                return
            self._listener.settled(self.generation)
            self._helpers.count(self.generation)
            if self._over():
                return
            self._dismiss()
            self._round()
            self._walk = None
            around = Neighbourhoods(tables, self.generation.prices, self.clock.limits.seed)
            self._hire(around)
            self._improve(around)
            self._listener.settled(self.generation)
        finally:
            self._dismiss()
            self._helpers.close()

    def _early(self, tables: Tables, hopes: Mapping[int, int]) -> None:
        """Tell of a first timetable, before all tables are complete."""
        nothing: Values = np.zeros(len(self.master.rows), np.int64)
        best = np.array([hopes.get(person, int(table.values.max())) for person, table in enumerate(tables)], np.int64)
        self._lower(self.master.lagrangian(nothing, best, 1))
        choice = Greedy(tables, nothing).run()
        if choice is not None:
            self._listener.offer(choice)
            self._before = [tables.mask(person, place) for person, place in enumerate(choice.places)]

    def _begin(self, tables: Tables, start: Start) -> None:
        """A first bound and a first choice: what an earlier solve knew, or what nothing but greed gives."""
        generation, memory = self.generation, start.memory
        duals: Values = np.zeros(len(self.master.rows), np.int64)
        if memory is not None:
            recall_cuts(memory, generation)
            duals = prices_in(memory, generation)
        generation.price(duals, roughly=memory is None, widely=memory is not None)
        self._lower(generation.bound)
        fits = self._first(tables, start, duals)
        self._look_around_early()
        self._walk_between()
        if self._done:
            return
        if memory is not None:
            recall_plans(memory, generation)
        elif self.best is not None and not fits:
            if not tables.mostly_searched or not generation.begin_jointly(JOINT_SHARE * self.clock.wall()):
                generation.ascend(self.best.value, lambda: self.clock.left() > 0)
            self.clock.spend(0.2)
            self._lower(generation.bound)
            self._take(Greedy(tables, self.generation.prices.duals).run())

    def _first(self, tables: Tables, start: Start, duals: Values) -> bool:
        """A first choice; whether it is the timetable of an earlier solve."""
        if start.timetable is not None:
            mending = Mending(self.generation, start.timetable)
            if start.memory is not None:
                for choice in mending.run(self.clock, self._helpers, self._lower):
                    self._take(choice)
            else:
                self._take(mending.choice)
            if mending.fits:
                return True
        else:
            self._take(Greedy(tables, duals).run())
        known = [tables.places(person, [mask])[0] for person, mask in enumerate(self._before)]
        told = [place for place in known if place is not None]
        if told and len(told) == len(known):
            self._take(Choice.of(tables, told))
        return False

    @property
    def _done(self) -> bool:
        """Whether the best choice is proved best, or as near the bound as is asked for."""
        enough = self.clock.limits.enough
        return self.proved or (enough > 0 and self._gap() <= enough)

    def _over(self) -> bool:
        return self._done or self.clock.left() <= 0

    # Steps

    def _generate(self, *, widely: bool = True, tables_only: bool = False) -> bool:
        """Rounds of column generation until they help no more; whether there is a bound.

        Args:
            widely: whether people are searched for long.
            tables_only: nobody is searched.
        """
        generation, rounds = self.generation, 0
        while self.clock.left() > 0:
            generation.enough = min(FAR, max(ENOUGH, NEAR_ENOUGH * self._gap()))
            more = generation.round(self.clock.wall(), widely=widely, tables_only=tables_only)
            self.clock.spend(0.1)
            self._lower(generation.bound)
            rounds += 1
            if self._helpers:
                self._gather(None)
                self._walk_between()
            elif generation.distance < NEAR:
                self._round()
                self._hire(Neighbourhoods(self._tables, self.generation.prices, self.clock.limits.seed))
            elif rounds % 3 == 0:
                self._round()
            if not more or self._done:
                break
        return generation.priced is not None

    def _look_around_early(self) -> None:
        """Where most people are searched, rounds take long: timetables are looked for meanwhile, at whatever prices there are."""
        tables = self._tables
        if self.best is None or self._over() or not tables.mostly_searched:
            return
        around = Neighbourhoods(tables, self.generation.prices, self.clock.limits.seed)
        self._hire(around)
        self._walk = Walk(around, self.best, self.clock, self.clock.limits.seed)

    def _walk_between(self) -> None:
        """Some steps of the walk between two rounds, where there is one."""
        walk = self._walk
        for _ in range(STEPS_BETWEEN):
            if walk is None or self.best is None or self._over():
                return
            walk.adopt(self.best.places)
            walk.step()
            self._take(walk.best)
            self._gather(walk)

    def _round(self) -> None:
        """A choice near the relaxation."""
        greedy = self._near_relaxation()
        order = sorted(range(len(self._tables)), key=lambda person: (-greedy.sure[person], self._tables[person].size))
        self._take(greedy.run(order))

    def _elsewhere(self, around: Neighbourhoods, otherwise: Choice) -> Choice:
        """A choice to begin anew from: near the relaxation, people in another order."""
        greedy = self._near_relaxation()
        chance = [around.random.random() * (0.1 + sure) for sure in greedy.sure]
        return greedy.run(sorted(range(len(chance)), key=lambda person: -chance[person])) or otherwise

    def _near_relaxation(self) -> Greedy:
        greedy = Greedy(self._tables, self.generation.prices.duals)
        greedy.prefer(self.generation.columns, self.generation.parts)
        return greedy

    def _improve(self, around: Neighbourhoods) -> None:
        """Dive, look around, cut and prove by turns."""
        dived = self._dive()
        if self.best is None:
            self._first_by_pool()
        self._dismiss()
        self._hire(around, dived)
        if self._tables.searches and not self._over():
            self._generate()
            around.price(self.generation.prices)
        walk, slice_ = None, FIRST_SLICE
        values: list[tuple[int, int]] = []
        cuts = still = rest = 0
        pause = CUTS_REST
        while not self._over() and self.best is not None:
            self._gather(walk)
            self._helpers.hear()
            if not self.generation.done and self.generation.distance > 4 * NEAR_ENOUGH * self._gap():
                self._generate()
                around.price(self.generation.prices)
            if rest <= 0 and (cuts or self._slow(values) or len(self.generation.columns) <= QUICK):
                cuts += 1
                helps = self._cut() or (cuts < NEWS and len(self.generation.columns) <= QUICK)
                if not helps:
                    rest, pause = pause, 2 * pause
                if self._tables.searches and (not helps or cuts % NEWS == 0):
                    self._generate()
                if not self._over() and (not helps or cuts % NEWS == 0):
                    dived = self._dive() if walk is None and not helps else dived
                    self._tell_prices(around)
                    if self._try_out(around, many=pause > CUTS_REST):
                        rest = pause
                continue
            if cuts >= NEWS:
                self._try_out(around, many=pause > CUTS_REST)
            rest -= 1
            options = self._within_gap(FEW_PLANS if still < STILL or self._helpers.trying else PROOF_PLANS)
            if options is not None:
                self._prove(options, slice_)
                slice_ *= 2
                still = 0
                continue
            if walk is None or still % STILL == STILL - 1:
                walk = Walk(
                    around, dived or self._elsewhere(around, self.best), self.clock, around.random.randrange(1 << 30)
                )
                dived = None
            walk.adopt(self.best.places)
            walk.step()
            still = 0 if self._take(walk.best) else still + 1
            values.append((self.best.value, walk.best.value))

    def _tell_prices(self, around: Neighbourhoods) -> None:
        """Let everybody look for timetables at new prices."""
        self._dismiss()
        around.price(self.generation.prices)
        self._hire(around)

    def _slow(self, values: list[tuple[int, int]]) -> bool:
        """Whether neighbourhoods closed so little of the gap lately, of the best choice and here, that cuts will close more."""
        if len(values) <= PACE or self.best is None or self.bound is None:
            return False
        gains = (now - then for now, then in zip(values[-1], values[-1 - PACE], strict=True))
        return max(gains) < PACE_HELPS * (self.bound - self.best.value)

    def _first_by_pool(self) -> None:
        """A first choice from the plans of the relaxation, where neither greed nor a dive found one."""
        options: dict[int, list[int]] = {}
        for person, place in self.generation.columns:
            options.setdefault(person, []).append(place)
        answer = Pool(self._tables, options, None).solve(self.clock.large(self.clock.left() / 4, 0, cores()))
        self.clock.spend(answer.effort + 0.01)
        if answer.plans is not None:
            plans = answer.plans
            self._take(Choice.of(self._tables, [plans[person] for person in range(len(self._tables))]))

    def _dive(self) -> Choice | None:
        """A dive from the relaxation: a choice unlike the one that was improved meanwhile, good or not."""
        if self._over():
            return None
        found = Dive(self.generation, self.clock).run()
        self._take(found)
        return found

    def _cut(self) -> bool:
        """A round of cuts and what follows from it; whether it helped."""
        before = self.generation.value
        if self.best is None or not self.generation.cut(CUTS_A_ROUND, self.clock.wall()):
            return False
        self._generate(tables_only=True)
        return before - self.generation.value > CUT_HELPS * max(1, before - self.best.value)

    def _within_gap(self, most: int) -> dict[int, list[int]] | None:
        """All plans that a better timetable may hold, where they are few enough to try; looked up once for each state."""
        assert self.best is not None
        state = (self.best.value, self.bound, most)
        if state != self._looked[0]:
            self._looked = (state, proof.within_gap(self.generation, self._components, self.best, most))
        return self._looked[1]

    def _prove(self, options: dict[int, list[int]], seconds: float) -> None:
        """Let CP-SAT try all plans within the gap."""
        assert self.best is not None
        start = self.best
        if all(places == [start.places[person]] for person, places in options.items()):
            self._lower(start.value)
            return
        pool = Pool(self._tables, proof.with_choice(options, start), None)
        pool.hint(start)
        workers = max(1, cores() - len(self._helpers))
        solver = self.clock.large(seconds, self.clock.limits.seed, workers)

        def found(plans: dict[int, int], bound: int) -> None:
            self._take(Choice.of(self._tables, [plans[person] for person in range(len(self._tables))]))
            self._lower(max(bound, start.value))

        answer = pool.solve(solver, found)
        self.clock.spend(answer.effort)
        if answer.bound is not None:
            self._lower(max(answer.bound, start.value))

    # Helpers

    def _hire(self, around: Neighbourhoods, start: Choice | None = None) -> None:
        """Let other processes improve a choice, which need not be the best."""
        choice = start or self.best
        if choice is not None:
            self._helpers.hire(around, choice)

    def _try_out(self, around: Neighbourhoods, *, many: bool) -> bool:
        """Have plans of least loss tried where that is wanted; whether it was begun, or begun anew."""
        if self.best is None or self.bound is None or self._over():
            return False
        near = self._trying.next(self.generation, self._components, self.best, self.bound, many=many)
        if near is None:
            return False
        options, rest = near
        self._dismiss()
        self._helpers.try_out(self._tables, proof.with_choice(options, self.best), self.best, rest)
        self._hire(around)
        return True

    def _dismiss(self) -> None:
        self._gather(None)
        self._helpers.dismiss()

    def _gather(self, walk: Walk | None) -> None:
        """Take what the processes found, and tell them of what is better."""
        if self.best is None:
            return
        before = self.best
        for places in self._helpers.found():
            self._take(Choice.of(self._tables, places))
        for told in self._helpers.told():
            if told.places is not None:
                self._take(Choice.of(self._tables, self._tables.placed(told.places)))
            self._lower(told.bound, exact=False)
        if self.best is not before or (walk is not None and walk.best.value > before.value):
            self._helpers.tell(self.best)
