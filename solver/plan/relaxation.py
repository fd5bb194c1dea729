"""The linear relaxation of the master over some plans: solved by interior point, asked for prices of rows.

max  sum of values of plans + gains of variables - penalty * what rows lack
s.t. one plan per person (in parts), every row at most its number (or what it lacks)

Its prices of rows are central among the optimal ones, so that plans priced with them change little from round to
round. Rows may be broken at a penalty, so that there is a solution from the first round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np
import numpy.typing as npt
from ortools.math_opt.python import mathopt

from solver.plan.rows import Row, Variable

UNIT = 1000.0
"""Points to one unit of the solver: about what a lesson is worth on a date, which keeps its numbers small."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Solved:
    """An optimum of the relaxation.

    Attributes:
        value: without what every timetable is worth.
        duals: price of each row, at least 0.
        shares: price of one plan more, by person.
        parts: how much of each plan is taken, in the order plans were added.
        amounts: of each variable.
        lacking: whether some row is broken.
    """

    value: float
    duals: Floats
    shares: Floats
    parts: Floats
    amounts: Floats
    lacking: bool


class Rows(Protocol):
    """What ties people together: a master, or a part of one."""

    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def people(self) -> Sequence[object]: ...
    @property
    def variables(self) -> Sequence[Variable]: ...


class Relaxation:
    """Grows by plans; `solve` starts anew each time, which interior point does anyway."""

    def __init__(self, master: Rows, penalty: int) -> None:
        self._model = mathopt.Model()
        self._model.objective.is_maximize = True
        self._rows = [self._model.add_linear_constraint(ub=float(row.at_most)) for row in master.rows]
        self._one = [self._model.add_linear_constraint(lb=1.0, ub=1.0) for _ in master.people]
        self._lacks = []
        for number, row in enumerate(master.rows):
            if row.at_most < 0 or any(weight < 0 for _, weight in row.features):
                lack = self._model.add_variable(lb=0.0)
                self._model.objective.set_linear_coefficient(lack, -penalty / UNIT)
                self._rows[number].set_coefficient(lack, -1.0)
                self._lacks.append(lack)
        self._variables: list[mathopt.Variable] = []
        for variable in master.variables:
            made = self._model.add_variable(lb=float(variable.low), ub=float(variable.high))
            self._model.objective.set_linear_coefficient(made, variable.gain / UNIT)
            self._variables.append(made)
        for number, row in enumerate(master.rows):
            for each, weight in row.variables:
                self._rows[number].set_coefficient(self._variables[each], float(weight))
        self._plans: list[mathopt.Variable] = []

    def add(self, person: int, value: int, entries: Iterable[tuple[int, int]]) -> None:
        """A plan of a person, with what it adds to which row."""
        made = self._model.add_variable(lb=0.0)
        self._model.objective.set_linear_coefficient(made, value / UNIT)
        self._one[person].set_coefficient(made, 1.0)
        for number, weight in entries:
            self._rows[number].set_coefficient(made, float(weight))
        self._plans.append(made)

    def add_row(
        self, at_most: int, entries: Iterable[tuple[int, int]], variables: Iterable[tuple[int, int]] = ()
    ) -> None:
        """A further row, with what each plan (by its number here) and each variable adds to it."""
        made = self._model.add_linear_constraint(ub=float(at_most))
        for column, weight in entries:
            made.set_coefficient(self._plans[column], float(weight))
        for variable, weight in variables:
            made.set_coefficient(self._variables[variable], float(weight))
        self._rows.append(made)

    def fix(self, column: int, *, to: float | None) -> None:
        """Take a plan in any case, or (None) leave it open again."""
        self._plans[column].lower_bound = 0.0 if to is None else to

    def solve(self, seconds: float) -> Solved | None:
        """The optimum; None when the time does not suffice."""
        result = by_interior_point(self._model, seconds) or self._by_simplex(seconds)
        if result is None:
            return None
        duals = UNIT * np.array(result.dual_values(self._rows)).clip(min=0.0)
        parts = np.array(result.variable_values(self._plans))
        amounts = np.array(result.variable_values(self._variables))
        lacking = any(value > 1e-6 for value in result.variable_values(self._lacks))
        shares = UNIT * np.array(result.dual_values(self._one))
        return Solved(UNIT * result.objective_value(), duals, shares, parts, amounts, lacking)

    def _by_simplex(self, seconds: float) -> mathopt.SolveResult | None:
        parameters = mathopt.SolveParameters(time_limit=timedelta(seconds=max(0.1, seconds)))
        return _whole(mathopt.solve(self._model, mathopt.SolverType.GLOP, params=parameters))


def by_interior_point(model: mathopt.Model, seconds: float) -> mathopt.SolveResult | None:
    """An optimum in the middle of the optimal ones; None when the time does not suffice."""
    parameters = mathopt.SolveParameters(
        lp_algorithm=mathopt.LPAlgorithm.BARRIER,
        presolve=mathopt.Emphasis.OFF,  # with it, and without crossover, HiGHS ends without an answer
        time_limit=timedelta(seconds=max(0.1, seconds)),
    )
    parameters.highs.string_options["run_crossover"] = "off"
    try:
        return _whole(mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters))
    except Exception:  # noqa: BLE001  HiGHS gives up on hard numbers; how that is raised differs between versions
        return None


def _whole(result: mathopt.SolveResult) -> mathopt.SolveResult | None:
    """A result with a solution and prices; None otherwise."""
    return result if result.has_primal_feasible_solution() and result.has_dual_feasible_solution() else None
