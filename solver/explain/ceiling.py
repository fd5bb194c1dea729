"""How many open places can be filled at most, whatever changes hands; and how much more when one person may do more.

Every lesson and every limit that people share gets a price, at least 0, by column generation (`solver.plan`) of a board on
which nothing counts but lessons: what is filled much, what is open a little. No timetable fills more open places then than

    what lessons and limits allow, at their prices
    + for each person the best plan of their own, at these prices
    - what is filled anyway

which holds for any prices; good ones only make it small. When a fact about one person changes, only that person's best plan
is looked for anew, in milliseconds: by as much as it is better the fact can be of use, and no more. All numbers are whole, so
that what is proved does not hang on rounding.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from ortools.sat.python import cp_model

from model.rule import Candidate, Literal, Subject
from model.timetable import Timetable
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.explain.prices import DECIDING, UNIT, Demand, Prices, fullest, key_of, priced
from solver.explain.region import Region
from solver.messages import Limits
from solver.plan.clock import Clock

PERSON_SECONDS = 0.3
"""How long one person's best plan may be looked for; what is not proved best counts for as much as it may be."""

PERSONAL = tuple(each for each in DECIDING if each.subject is Subject.PROFESSIONAL and not each.ties_people)
"""Those that look at one person alone."""


class Ceiling:
    """The bound of a region as it stands, and of one where something changes for some people.

    Args:
        look: whether to look with the time that is left for a timetable that fills most.
    """

    def __init__(self, region: Region, seconds: float, *, look: bool) -> None:
        clock = Clock(Limits(seconds, time.monotonic() + seconds, 0, deterministic=False))
        self.demand = Demand(region)
        self.open_places = self.demand.open_places
        self.prices: Prices | None = priced(self.demand, clock) if self.open_places else None
        self.fullest: Timetable | None = None
        self._proved: int | None = None
        if look and self.with_best({}) and clock.left() > 0:
            self.fullest, self._proved = fullest(self.demand, clock)

    @property
    def most(self) -> int:
        """No timetable that keeps what is filled fills more open places."""
        most = self.with_best({})
        return most if self._proved is None else min(most, max(0, self._proved) + self.demand.others)

    def with_best(self, changed: Mapping[str, int]) -> int:
        """The same when the best plans of some people are worth something else."""
        return self.with_more(self.raised(changed))

    def with_more(self, raised: int) -> int:
        """The same with a ceiling that is higher by so many parts of a place."""
        if self.prices is None:
            return self.open_places
        return min(self.open_places, max(0, (self.prices.bound + raised) // UNIT) + self.demand.others)

    def raised(self, changed: Mapping[str, int]) -> int:
        """By how much that is more, in parts of a place."""
        return sum(max(0, best - self.best_of(person)) for person, best in changed.items())

    def best_of(self, person: str) -> int:
        """What somebody's best plan is worth as it stands, at most."""
        return 0 if self.prices is None else self.prices.best.get(person, 0)

    # What a plan is worth

    def value_of(self, candidate: Candidate) -> int:
        """What a candidate is worth at the prices, fees aside; nothing where there are none."""
        return 0 if self.prices is None else self.worth(candidate)

    def worth(self, candidate: Candidate) -> int:
        """What a candidate is worth at the prices, fees aside."""
        assert self.prices is not None
        prices = self.prices.lesson
        return sum(prices[each] for each in candidate.lessons if each in prices and self.demand.counts(candidate, each))

    def best_plan(self, board: Board, person: str) -> tuple[int, tuple[Candidate, ...]]:
        """What somebody's best plan on a board is worth, at most, with the best plan that was found."""
        mine = board.candidates_of(person)
        worths = {each.index: self.value_of(each) for each in mine}
        if self.prices is None or not any(worth > 0 for worth in worths.values()):
            return 0, ()
        model = OnePerson(board, person)
        by_key = {key_of(each): each for each in mine}
        terms = [(model.variable(board.teaches(each)), worths[each.index]) for each in mine if worths[each.index]]
        for fee, keys in self.prices.fees.get(person, ()):
            paying = [model.variable(board.teaches(by_key[key])) for key in keys if key in by_key]
            if paying:
                pays = model.cp.new_bool_var("")
                for each in paying:
                    model.cp.add_implication(each, pays)
                terms.append((pays, -fee))
        model.cp.maximize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [worth for _, worth in terms]))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = PERSON_SECONDS
        status = solver.solve(model.cp)
        if status == cp_model.INFEASIBLE:
            return 0, ()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return sum(max(0, worth) for worth in worths.values()), ()
        chosen = tuple(each for each in mine if solver.boolean_value(model.variable(board.teaches(each))))
        return max(0, round(solver.best_objective_bound)), chosen


class OnePerson(AssignmentModel):
    """What one person may give, by their own rules."""

    def __init__(self, board: Board, person: str) -> None:
        self.board = board
        self.cp = cp_model.CpModel()
        self._variables: dict[Literal, cp_model.IntVar] = {}
        self._costs: list[tuple[cp_model.IntVar, int]] = []
        said = board.said_of(person)
        for clash in said.clashes:
            variables = [self.variable(board.teaches(each)) for each in clash.candidates]
            if len(variables) > 1:
                self.cp.add_at_most_one(variables)
            else:
                self.cp.add_bool_or([~each for each in variables])
        for limit in said.limits:
            if limit.price is None:
                self._add_limit(limit)
