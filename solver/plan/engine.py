"""The main engine: plans of each person, prices of what they share, a bound, timetables, and the proof.

In order: all plans of everybody; a first timetable; column generation for the bound; then, until the time is over or
bound and timetable meet, side by side: neighbourhoods in processes of their own, and here dives, cuts and in the end
CP-SAT over all plans that can be in a better timetable.
"""

from __future__ import annotations

from collections.abc import Callable

from solver import cp
from solver.plan import proof
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.diving import Dive
from solver.plan.generation import Generation
from solver.plan.greedy import Greedy
from solver.plan.master import Master
from solver.plan.neighbourhoods import Neighbourhoods, Walk
from solver.plan.personal import Values
from solver.plan.pool import Pool
from solver.plan.tables import Tables
from solver.plan.teams import Team

NEAR = 0.02
"""At this distance of the relaxation from its bound its prices are good enough for neighbourhoods to begin with."""

CUTS_A_ROUND = 200
CUT_ROUNDS = 12
"""Cuts are added so long as they help, at most so often."""

CUT_HELPS = 0.05
"""A round of cuts helps when it closes this part of the gap."""

FEW_PLANS = 4_000
PROOF_PLANS = 60_000
"""With few plans within the gap CP-SAT tries them all at once; with more, when neighbourhoods have long found nothing."""

STILL = 30
"""So many neighbourhoods without a better timetable are long."""

FIRST_SLICE = 4.0
"""Time of the first attempt at a proof; each next one has twice that."""

Offer = Callable[[Choice], None]
Bounded = Callable[[int], None]


class Engine:
    """Solves one master.

    Attributes:
        best: the best choice so far.
        bound: no timetable is worth more; None while nothing is known.
    """

    def __init__(self, master: Master, clock: Clock, *, offer: Offer, bounded: Bounded) -> None:
        self.master = master
        self.clock = clock
        self.best: Choice | None = None
        self.bound: int | None = None
        self._offer = offer
        self._bounded = bounded
        self._team: Team | None = None
        self._looked: tuple[tuple[int, int | None, int] | None, dict[int, list[int]] | None] = (None, None)

    @property
    def proved(self) -> bool:
        """Whether the best choice is proved best."""
        return self.best is not None and self.bound is not None and self.best.value >= self.bound

    def run(self) -> None:
        """Work until the proof or the end of the time. Without a choice in the end, nothing is known."""
        tables = Tables.of(self.master, self.clock)
        if tables is None:
            return
        self.tables = tables
        duals = self.master.at_most * 0
        self._take(Greedy(tables, duals).run(self._scarcest_first()))
        self.generation = Generation(self.master, tables)
        self.generation.price(duals)
        self._lower(self.generation.bound)
        try:
            if self.proved or not self._generate() or self.proved:
                return
            self._dismiss()
            self._round()
            around = Neighbourhoods(tables, self._duals(), self.clock.limits.seed)
            self._hire(around)
            self._improve(around)
        finally:
            self._dismiss()

    # What is found

    def _take(self, choice: Choice | None) -> bool:
        """Keep a choice that is better; whether it is."""
        if choice is None or not choice.kept or (self.best is not None and choice.value <= self.best.value):
            return False
        self.best = choice
        self._offer(choice)
        return True

    def _lower(self, bound: int | None) -> None:
        if bound is not None and (self.bound is None or bound < self.bound):
            self.bound = bound
            self._bounded(bound)

    def _over(self) -> bool:
        return self.proved or self.clock.left() <= 0

    # Steps

    def _scarcest_first(self) -> list[int]:
        return sorted(range(len(self.tables)), key=lambda person: self.tables[person].size)

    def _generate(self) -> bool:
        """Rounds of column generation until they help no more; whether there is a bound."""
        generation, rounds = self.generation, 0
        while self.clock.left() > 0:
            more = generation.round(self.clock.wall())
            self.clock.spend(0.1)
            self._lower(generation.bound)
            rounds += 1
            if self._team is not None:
                self._gather(None)
            elif generation.distance < NEAR:
                self._round()
                self._hire(Neighbourhoods(self.tables, self._duals(), self.clock.limits.seed))
            elif rounds % 3 == 0:
                self._round()
            if not more or self.proved:
                break
        return generation.priced is not None

    def _round(self) -> None:
        """A choice near the relaxation."""
        greedy = Greedy(self.tables, self._duals())
        greedy.prefer(self.generation.columns, self.generation.parts)
        order = sorted(range(len(self.tables)), key=lambda person: (-greedy.sure[person], self.tables[person].size))
        self._take(greedy.run(order))

    def _improve(self, around: Neighbourhoods) -> None:
        """Dive, cut, look around and prove by turns."""
        self._dive()
        if self.best is None:
            self._first_by_pool()
            self._hire(around)
        walk, slice_ = None, FIRST_SLICE
        cuts = still = 0
        while not self._over() and self.best is not None:
            self._gather(walk)
            if cuts < CUT_ROUNDS:
                cuts = cuts + 1 if self._cut() else CUT_ROUNDS
                if cuts == CUT_ROUNDS and not self._over():
                    self._dismiss()
                    self._dive()
                    around.price(self._duals())
                    self._hire(around)
                continue
            options = self._within_gap(FEW_PLANS if still < STILL else PROOF_PLANS)
            if options is not None:
                self._prove(options, slice_)
                slice_ *= 2
                still = 0
                continue
            walk = walk or Walk(around, self.best, self.clock, self.clock.limits.seed)
            walk.adopt(self.best.places)
            walk.step()
            still = 0 if self._take(walk.choice) else still + 1

    def _first_by_pool(self) -> None:
        """A first choice from the plans of the relaxation, where neither greed nor a dive found one."""
        options: dict[int, list[int]] = {}
        for person, place in self.generation.columns:
            options.setdefault(person, []).append(place)
        answer = Pool(self.tables, options, None).solve(self.clock.large(self.clock.left() / 4, 0, cp.cores()))
        self.clock.spend(answer.effort + 0.01)
        if answer.plans is not None:
            plans = answer.plans
            self._take(Choice.of(self.tables, [plans[person] for person in range(len(self.tables))]))

    def _dive(self) -> None:
        """A dive from the relaxation."""
        if not self._over():
            self._take(Dive(self.generation, self.clock).run())

    def _cut(self) -> bool:
        """A round of cuts and what follows from it; whether it helped."""
        before = self.bound
        if not self.generation.cut(CUTS_A_ROUND):
            return False
        self._generate()
        if before is None or self.bound is None or self.best is None:
            return False
        return before - self.bound > CUT_HELPS * max(1, before - self.best.value)

    def _within_gap(self, most: int) -> dict[int, list[int]] | None:
        """All plans that a better timetable may hold, where they are few enough to try; looked up once for each state."""
        assert self.best is not None
        state = (self.best.value, self.bound, most)
        if state != self._looked[0]:
            self._looked = (state, proof.within_gap(self.generation, self.best.value, most))
        return self._looked[1]

    def _prove(self, options: dict[int, list[int]], seconds: float) -> None:
        """Let CP-SAT try all plans within the gap."""
        assert self.best is not None
        start = self.best
        if not all(options.values()):
            self._lower(start.value)
            return
        pool = Pool(self.tables, proof.with_choice(options, start), None)
        pool.hint(start)
        workers = max(1, cp.cores() - (len(self._team) if self._team else 0))
        solver = self.clock.large(seconds, self.clock.limits.seed, workers)

        def found(plans: dict[int, int], bound: int) -> None:
            self._take(Choice.of(self.tables, [plans[person] for person in range(len(self.tables))]))
            self._lower(max(bound, start.value))

        answer = pool.solve(solver, found)
        self.clock.spend(answer.effort)
        if answer.bound is not None:
            self._lower(max(answer.bound, start.value))

    # Processes

    def _duals(self) -> Values:
        assert self.generation.priced is not None
        return self.generation.priced.duals

    def _hire(self, around: Neighbourhoods) -> None:
        if self._team is None and self.best is not None and not self.clock.deterministic:
            self._team = Team(around, self.best, self.clock, max(1, cp.cores() - 1))

    def _dismiss(self) -> None:
        if self._team is not None:
            self._gather(None)
            self._team.close()
            self._team = None

    def _gather(self, walk: Walk | None) -> None:
        """Take what the processes found, and tell them of what is better."""
        if self._team is None or self.best is None:
            return
        before = self.best
        heard = self._team.found()
        for places in heard:
            self._take(Choice.of(self.tables, places))
        if self.best is not before or (walk is not None and walk.choice.value > before.value):
            self._team.tell(self.best.places)
