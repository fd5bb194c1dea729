"""A MIP solver over plans, with the cuts as rows, beside everything else.

Branch and bound goes further than cuts alone: the solver has cuts of its own, leaves out plans as soon as their reduced
costs allow, and its heuristics look at everybody at once. It begins with the best choice, and tells of every better
choice and bound. It need not have all plans within the gap: what is true of choices with another plan (`rest`) is known
from prices, so that with the few plans of least loss it is soon as good as that, and then begins anew with more.

Its numbers are floating point. What it finds is worth what the rules say, whatever it thinks; its bound is taken for less
sharp than it says, by more than its tolerances add up to, and never proves a choice best.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from ortools.math_opt.python import mathopt

from solver.plan.choice import Choice
from solver.plan.linear import Entries, maximum
from solver.plan.relaxation import UNIT
from solver.plan.tables import Tables

LOOSE = 1e-6
"""So large a part of its bound, and a point, is left to the errors of the solver: its tolerances are 1e-6 of what rows allow
and 1e-7 of what a plan is worth, while a choice has one plan a person."""


HALF = 0.5
STDERR = 2


class Told(NamedTuple):
    """Something better: the places of a choice, or a bound."""

    places: tuple[int, ...] | None
    bound: int | None


class Mip:
    """The model: a variable for each plan and each shared one, rows and cuts.

    Args:
        options: plans by person, with those of `start`.
        start: the best choice so far.
        rest: a choice that holds another plan is worth no more than this, or than `start`, or than one that does not.
    """

    def __init__(self, tables: Tables, options: Mapping[int, Sequence[int]], start: Choice, rest: int) -> None:
        self.tables = tables
        self.start = start
        self._rest = max(rest, start.value)
        self._value = start.value
        self._bound: int | None = None
        master = tables.master
        self._first = len(master.variables)
        self._plans = [(person, place) for person, places in options.items() for place in places]
        worth = [each.gain / UNIT for each in master.variables]
        worth += [int(tables[person].values[place]) / UNIT for person, place in self._plans]
        room, more = [float(row.at_most) for row in master.rows], len(self._plans)
        self._model = maximum(
            worth,
            [*(float(each.low) for each in master.variables), *[0.0] * more],
            [*(float(each.high) for each in master.variables), *[1.0] * more],
            room + [1.0] * len(tables),
            self._entries(options),
            at_least=[-math.inf] * len(room) + [1.0] * len(tables),
            whole=True,
        )
        self._variables = list(self._model.variables())

    def _entries(self, options: Mapping[int, Sequence[int]]) -> Entries:
        """Row, column and weight of everything in the model; a plan stands in a row with each of its features."""
        master = self.tables.master
        found = [
            (np.array([row]), np.array([number]), weight)
            for number in range(self._first)
            for row, weight in (*master.rows_of_variable[number], *master.cuts_of_variable[number])
        ]
        column = self._first
        for person, places in options.items():
            has = self.tables.features_of_many(person, places)
            for place, row, weight in (*master.rows_of[person], *master.cuts_of[person]):
                columns = column + np.flatnonzero(has[:, place])
                found.append((np.full(len(columns), row), columns, weight))
            columns = np.arange(column, column + len(places))
            found.append((np.full(len(places), len(master.rows) + person), columns, 1))
            column += len(places)
        rows, columns, weights = zip(
            *((rows, columns, np.full(len(rows), weight)) for rows, columns, weight in found), strict=True
        )
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)

    def run(self, seconds: float, tell: Callable[[Told], None]) -> None:
        """Solve it until its bound is no better than that of the rest, and tell of everything better than before."""

        def hear(state: mathopt.CallbackData) -> mathopt.CallbackResult:
            if state.event is mathopt.Event.MIP_SOLUTION:
                self._offer(state.solution or {}, tell)
            elif state.mip_stats.HasField("dual_bound"):  # while a solution is looked at it may not be one
                self._lower(state.mip_stats.dual_bound, tell)
            return mathopt.CallbackResult(terminate=self._bound is not None and self._bound <= self._rest)

        result = mathopt.solve(
            self._model,
            mathopt.SolverType.GSCIP,
            params=mathopt.SolveParameters(
                time_limit=timedelta(seconds=seconds), relative_gap_tolerance=0.0, absolute_gap_tolerance=0.5 / UNIT
            ),
            model_params=mathopt.ModelSolveParameters(solution_hints=[self._hint()]),
            callback_reg=mathopt.CallbackRegistration(
                events={mathopt.Event.MIP_SOLUTION, mathopt.Event.MIP_NODE},
                mip_solution_filter=mathopt.VariableFilter(skip_zero_values=True),
                mip_node_filter=mathopt.VariableFilter(filtered_items=()),
            ),
            cb=hear,
        )
        if result.has_primal_feasible_solution():
            self._offer(result.variable_values(), tell)
        self._lower(result.termination.objective_bounds.dual_bound, tell)

    def _hint(self) -> mathopt.SolutionHint:
        """The best choice so far."""
        values = [*self.start.variables, *(self.start.places[person] == place for person, place in self._plans)]
        return mathopt.SolutionHint(
            variable_values={each: float(value) for each, value in zip(self._variables, values, strict=True)}
        )

    def _offer(self, solution: Mapping[mathopt.Variable, float], tell: Callable[[Told], None]) -> None:
        """Tell of a choice that is better; what the solver thinks of it is not asked."""
        taken = [variable.id - self._first for variable, part in solution.items() if part > HALF]
        chosen = dict(self._plans[number] for number in taken if number >= 0)
        if len(chosen) == len(self.tables):
            choice = Choice.of(self.tables, [chosen[person] for person in range(len(self.tables))])
            if choice.kept and choice.value > self._value:
                self._value = choice.value
                tell(Told(self.tables.portable(choice.places), None))

    def _lower(self, bound: float, tell: Callable[[Told], None]) -> None:
        """Tell of a better bound on all choices, if the solver says this of its model."""
        if not math.isfinite(bound):
            return
        inside = self.tables.master.constant + math.floor(UNIT * bound + 1 + LOOSE * UNIT * abs(bound))
        if inside <= self._value:  # what was found shows that the solver is wrong
            return
        bounds = max(inside, self._rest)
        if self._bound is None or bounds < self._bound:
            self._bound = bounds
            tell(Told(None, bounds))


def hush() -> None:
    """Let this process write no more errors: the solver complains to the terminal of nothing, each time."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), STDERR)
