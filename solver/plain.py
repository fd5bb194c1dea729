"""CP-SAT on the assignment model and nothing else, in this process: to compare and to check other ways with."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from model.timetable import Status, Timetable
from solver import cp
from solver.assignment import AssignmentModel
from solver.board import Board

OnFound = Callable[[int | None, int], None]
"""Told value and bound whenever one of them is better; the value is None before the first timetable."""


@dataclass(frozen=True, slots=True)
class Plain:
    """What CP-SAT says, judged by nobody; the bound is None where there is no timetable."""

    status: Status
    timetable: Timetable | None
    bound: int | None


def solve_plain(
    board: Board, *, seconds: float, seed: int = 0, workers: cp.Workers = cp.Workers.DEFAULT, on_found: OnFound
) -> Plain:
    """Solve the assignment model of a board within so many seconds of wall time; making the model counts.

    Raises:
        ValueError: CP-SAT finds the model invalid, a defect.
    """
    until = time.monotonic() + seconds
    model = AssignmentModel(board)
    left = until - time.monotonic()
    if left <= 0:
        return Plain(Status.GAVE_UP, None, None)
    solver = cp.solver(seconds=left, seed=seed, deterministic=False, workers=workers)
    watch = _Watch(on_found)
    solver.best_bound_callback = watch.bounded
    match solver.solve(model.cp, watch):
        case cp_model.MODEL_INVALID:
            raise ValueError(model.cp.validate())
        case cp_model.INFEASIBLE:
            return Plain(Status.IMPOSSIBLE, None, None)
        case cp_model.OPTIMAL | cp_model.FEASIBLE as found:
            status = Status.PROVED_BEST if found == cp_model.OPTIMAL else Status.FOUND
            return Plain(status, model.read(solver), cp.whole(solver.best_objective_bound))
    return Plain(Status.GAVE_UP, None, None)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Passes on values and bounds; CP-SAT's threads call it side by side, and what is told twice does no harm."""

    def __init__(self, on_found: OnFound) -> None:
        super().__init__()
        self._on_found = on_found
        self._value: int | None = None

    def bounded(self, bound: float) -> None:
        """Called by the solver for a better bound."""
        self._on_found(self._value, cp.whole(bound))

    def on_solution_callback(self) -> None:
        """Called by the solver for a better solution."""
        self._value = round(self.objective_value)
        self._on_found(self._value, cp.whole(self.best_objective_bound))
