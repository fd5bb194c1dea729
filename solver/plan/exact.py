"""The best plan of somebody who has too many to write out, and that none is better, by a CP-SAT model of candidates.

The model is the person's outline, in which a day costs what the cheapest way past its dearest lesson costs, at the least.
Where what it finds is worth less than the model says, the steps of those days are written into it, and it is solved again:
a handful of steps of some hundreds that there are. So its bound, above every plan, soon is a plan.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ortools.sat.python import cp_model

from solver.cp import whole
from solver.plan.outline import Outline, Written
from solver.plan.personal import Personal
from solver.plan.search import UNKNOWN, Found, Search

EFFORT = 2.0
"""Most deterministic time (about seconds) for one person."""

ROUNDS = 12
"""So often steps of days are added."""

MOST_EXTRA = 1 << 31
"""No day costs more."""

Step = tuple[int | None, int | None]
"""From one stop of a day to the next, by place; None for home."""


def best_plan(
    search: Search,
    prices: Sequence[int],
    scale: int,
    *,
    known: int,
    good: Sequence[int],
    near: int,
    until: float = math.inf,
) -> Found:
    """The best plan at these prices of features, if it is better than what is known.

    Args:
        prices: what each feature costs, in parts of a point.
        scale: parts of a point.
        known: worth of the best plan that is known.
        good: plans that are worth much, as masks of candidates, the best first.
        near: a bound that lies no more than this above what is known is good enough.
        until: how long may be looked for it.
    """
    personal = search.personal
    model = _Model(search.outline, prices, scale)
    for mask in good:
        model.add_steps(mask)
    start = good[0]
    best, most, masks, effort = known, UNKNOWN, list[int](), 0.0
    for _ in range(ROUNDS):
        left = until - time.monotonic()
        if left <= 0 or effort >= EFFORT:
            break
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = EFFORT - effort
        solver.parameters.absolute_gap_limit = near
        if math.isfinite(left):
            solver.parameters.max_time_in_seconds = left
        status = model.solve(solver, start)
        effort += solver.response_proto.deterministic_time
        if status == cp_model.MODEL_INVALID:
            raise ValueError(model.cp.validate())
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break  # without a plan of its own its bound is none
        most = min(most, model.bound(solver))
        start = model.taken(solver)
        worth = int(search.worth(personal.plans([start]), prices, scale)[0])
        if worth > best:
            best = worth
            masks.append(start)
        if most <= best + near or not model.add_steps(start):
            break
    plans = personal.plans(masks) if masks else search.growth.empty()[:, :0]
    return Found(plans, search.worth(plans, prices, scale), max(most, best), complete=False)


class _Model:
    """An outline at prices, and the steps of days that were added to it."""

    def __init__(self, outline: Outline, prices: Sequence[int], scale: int) -> None:
        self.outline, self.scale = outline, scale
        self.personal: Personal = outline.personal
        self.cp = cp_model.CpModel()
        self.written: Written = outline.write(self.cp)
        self._constant = self.personal.gains.constant * scale
        self._worth = [(variable, worth * scale) for variable, worth in self.written.worth]
        self._worth += [(feature, -price) for feature, price in zip(self._features(), prices, strict=True) if price]
        self._extra: dict[int, cp_model.IntVar] = {}
        self._steps: dict[int, dict[Step, cp_model.IntVar]] = defaultdict(dict)

    def _features(self) -> list[cp_model.IntVar]:
        features = [self.written.said(each) for each in self.personal.said_features]
        for places, more, least in self.personal.person.counts:
            made = self.cp.new_bool_var("")
            total = cp_model.LinearExpr.sum([features[place] for place in places])
            self.cp.add(total >= least - more).only_enforce_if(made)
            self.cp.add(total < least - more).only_enforce_if(~made)
            features.append(made)
        return features

    def solve(self, solver: cp_model.CpSolver, start: int) -> cp_model.CpSolverStatus:
        """The best plan, looked for from another one."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for bit in range(self.personal.size):
            self.cp.add_hint(self.written.bits[bit], start >> bit & 1)
        terms = [*self._worth, *((extra, -self.scale) for extra in self._extra.values())]
        self.cp.maximize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [worth for _, worth in terms]))
        return solver.solve(self.cp)

    def bound(self, solver: cp_model.CpSolver) -> int:
        """No plan is worth more, by what the solver knows."""
        return whole(solver.best_objective_bound) + self._constant

    def taken(self, solver: cp_model.CpSolver) -> int:
        """The plan it found, as a mask of candidates."""
        return sum(1 << bit for bit in range(self.personal.size) if solver.boolean_value(self.written.bits[bit]))

    # Days

    def add_steps(self, plan: int) -> bool:
        """Have days cost what they cost in this plan, where they cost less in the model; whether there are any."""
        added = False
        for place, day in enumerate(self.personal.days):
            if not any(plan >> bit & 1 for bit in day.bits):
                continue
            steps = list(self._taken_steps(place, plan))
            known = self._steps[place]
            told = day.day.count * sum(self.personal.step_cost(place, step) for step in steps if step in known)
            cost = day.day.count * sum(self.personal.step_cost(place, step) for step in steps)
            least = sum(cost for mask, cost in self.outline.costs_of_day[place] if mask & plan)
            if cost > max(told, least):
                self._add_day(place, [step for step in steps if step not in known])
                added = True
        return added

    def _taken_steps(self, place: int, plan: int) -> Iterator[Step]:
        """The steps of a day in a plan."""
        last = None
        for number in range(len(self.personal.days[place].day.stops)):
            own, pushing = self.personal.stop_bits(place, number)
            if plan >> own & 1 if own is not None else not plan & pushing:
                yield last, number
                last = number
        yield last, None

    def _add_day(self, place: int, steps: Iterable[Step]) -> None:
        """A day costs at least what those steps cost that are taken."""
        known, day = self._steps[place], self.personal.days[place].day
        for step in steps:
            known[step] = self._step(place, step)
        if place not in self._extra:
            self._extra[place] = self.cp.new_int_var(0, MOST_EXTRA, "")
        terms = [(self._extra[place], 1)]
        terms += [(self.written.of_day[mask], cost) for mask, cost in self.outline.costs_of_day[place]]
        terms += [(taken, -day.count * self.personal.step_cost(place, step)) for step, taken in known.items()]
        self.cp.add(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [cost for _, cost in terms]) >= 0)

    def _step(self, place: int, step: Step) -> cp_model.IntVar:
        """True when both ends of a step are there and nothing between them, on a day with lessons."""
        before, after = step
        taken = self.cp.new_bool_var("")
        stops = range(len(self.personal.days[place].day.stops))
        between = stops[0 if before is None else before + 1 : len(stops) if after is None else after]
        when = [self._there(place, end) for end in step if end is not None]
        when += [~self._there(place, number) for number in between]
        when.append(self.written.any_of(sum(1 << bit for bit in self.personal.days[place].bits)))
        self.cp.add_bool_or([taken, *(~each for each in when)])
        if self.personal.step_cost(place, step) < 0:
            for each in when:
                self.cp.add_implication(taken, each)
        return taken

    def _there(self, place: int, number: int) -> cp_model.LiteralT:
        """True when a stop is part of its day."""
        own, pushing = self.personal.stop_bits(place, number)
        if own is not None:
            return self.written.bits[own]
        return ~self.written.any_of(pushing)
