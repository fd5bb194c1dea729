"""The child process of a solve: builds, solves and reports; whatever happens to it, its parent lives on.

What it sends stands in `solver.messages`.
"""

from __future__ import annotations

import gc
import signal
import time
import traceback
from dataclasses import replace
from functools import cached_property
from multiprocessing.connection import Connection
from threading import Lock

from ortools.sat.python import cp_model

from model.timetable import Status
from solver import cp
from solver.assignment import AssignmentModel, timetable_of
from solver.board import Board
from solver.messages import (
    SECOND_OPINION_SECONDS,
    Bounded,
    Counted,
    Done,
    Failed,
    Found,
    Limits,
    Message,
    Remembered,
    Request,
)
from solver.parallel import end_with_asker
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.engine import Engine
from solver.plan.generation import Generation
from solver.plan.helpers import LAST_SECONDS, LAST_SHARE
from solver.plan.lessons import LESSON, Parts
from solver.plan.master import Master
from solver.plan.recall import remember
from solver.plan.tables import Tables

SMALL = 400
"""Up to so many candidates one model of all of them is quicker than plans."""

MIDDLING = 1_200
QUICK_SECONDS = 1.0
"""Up to so many candidates one model of all of them is tried so long, before plans."""

PACE_SECONDS = 0.5
"""Least time between two timetables that are sent: each is judged at the other end."""


def serve(connection: Connection) -> None:
    """Solve what is asked, one request after another, until nobody asks any more. Runs in the child process."""
    end_with_asker()
    gc.disable()  # boards are large and live to the end of a solve, during which nobody need look for garbage
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    send = _Sender(connection)
    tables: Tables | None = None
    while True:
        try:
            request: Request = connection.recv()
        except (EOFError, OSError):
            return
        try:
            solving = Solving(request, send, tables)
            send(solving.run())
            tables = solving.tables if request.remember else None
        except Exception:  # noqa: BLE001  everything that goes wrong must reach the parent as an answer
            tables = None
            send(Failed(traceback.format_exc()))
        del request
        gc.collect()  # the board of this solve, while nobody waits


class Solving:
    """One solve.

    Attributes:
        tables: everybody's plans, once they are made.
    """

    def __init__(self, request: Request, send: _Sender, before: Tables | None) -> None:
        self.limits = request.limits
        self.request = request
        self.send = send
        self.tables: Tables | None = None
        self._before = before
        self.board = Board.of(request.term, with_forks=True, before=None if before is None else before.master.board)

    @cached_property
    def most(self) -> int:
        """A bound that needs no solver; only asked for where everything is written for one model of it all."""
        return most_possible(self.board)

    def run(self) -> Done:
        """Solve with what suits the size."""
        count = len(self.board.candidates) - len(self.board.forbidden)
        if count > SMALL:
            if count <= MIDDLING:
                quick = self._by_assignment(_shorter(self.limits, QUICK_SECONDS))
                if quick.status in (Status.PROVED_BEST, Status.IMPOSSIBLE):
                    return quick
            by_plans = self._by_plans()
            if by_plans is not None:
                return by_plans
        return self._by_assignment(self.limits)

    def _by_plans(self) -> Done | None:
        """Let the main engine work; None where it found no timetable, so that it can say nothing."""
        clock = Clock(self.limits)
        told = _Told(self, clock)
        engine = told.engine = Engine(Master(self.board), clock, told)
        engine.run(self.request.start, self._before, again=self.request.remember)
        self.tables = engine.tables
        if engine.best is None:
            return None
        told.flush()
        exact = engine.bounds.exact
        assert exact is not None, "prices of nothing give the first bound, before the first timetable"
        return Done(Status.PROVED_BEST if engine.proved else Status.FOUND, exact)

    def _by_assignment(self, limits: Limits) -> Done:
        """One model of all candidates: for small terms, and where plans find nothing."""
        if _left(limits) == 0:
            return Done(Status.GAVE_UP, None)
        model = AssignmentModel(self.board)
        if self.request.start.timetable is not None:
            model.hint(self.request.start.timetable)
        began = time.monotonic()
        solver = cp.solver(seconds=_left(limits), seed=limits.seed, deterministic=limits.deterministic)
        if limits is self.limits:
            solver.parameters.relative_gap_limit = limits.enough
        solver.best_bound_callback = lambda bound: self.send(Bounded(min(self.most, cp.whole(bound))))
        status = solver.solve(model.cp, _Reporter(model, self.most, self.send))
        if status == cp_model.MODEL_INVALID:
            raise ValueError(model.cp.validate())
        if status == cp_model.INFEASIBLE:
            return _confirm_impossible(model, limits)
        if status == cp_model.UNKNOWN:
            return Done(Status.GAVE_UP, None)
        bound = min(self.most, cp.whole(solver.best_objective_bound))
        ended = status == cp_model.OPTIMAL
        proved = ended and (not self.limits.enough or bound <= round(solver.objective_value))
        if ended or limits is self.limits:
            used = 0.0 if limits.deterministic else time.monotonic() - began  # no wall time where runs must repeat
            self._count_lessons(model, max(LAST_SECONDS, LAST_SHARE * used))
        return Done(Status.PROVED_BEST if proved else Status.FOUND, bound)

    def _count_lessons(self, model: AssignmentModel, seconds: float) -> None:
        """How many lessons can be staffed at most, as far as a little more time tells."""
        parts, board = Parts(self.board), self.board
        live = [each for each in board.candidates if each.index not in board.forbidden]
        model.maximize([(board.teaches(each), parts.of(each)) for each in live])
        solver = cp.solver(seconds=seconds, seed=self.limits.seed, deterministic=self.limits.deterministic)
        if solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.send(Counted(parts.certain() + cp.whole(solver.best_objective_bound) // LESSON))


def _left(limits: Limits) -> float:
    """Seconds, or deterministic units, that are left."""
    return limits.seconds if limits.deterministic else max(0.0, limits.until - time.monotonic())


def _shorter(limits: Limits, seconds: float) -> Limits:
    """No more than so many seconds, or units, and a tenth of what there is."""
    seconds = min(seconds, limits.seconds / 10)
    return replace(limits, seconds=seconds, until=min(limits.until, time.monotonic() + seconds))


def _confirm_impossible(model: AssignmentModel, limits: Limits) -> Done:
    """Say "impossible" only when a second, differently configured run says so too."""
    left = max(SECOND_OPINION_SECONDS, limits.until - time.monotonic())
    opinion = cp.second_opinion(left, limits.seed).solve(model.cp)
    if opinion in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("two configurations of the solver contradict each other about impossibility")
    return Done(Status.IMPOSSIBLE if opinion == cp_model.INFEASIBLE else Status.GAVE_UP, None)


def most_possible(board: Board) -> int:
    """A bound that needs no solver: every gain, and no cost but those that come in any case."""
    certain = sum(-weight for price in board.prices for literal, weight in price.terms if literal == board.true)
    gains = sum(
        -weight for price in board.prices for literal, weight in price.terms if weight < 0 and literal != board.true
    )
    levels = sum(
        level.weight * min(sum(weight for _, weight in group if weight > 0) for group in level.groups)
        for level in board.levels
    )
    return certain + gains + levels


class _Sender:
    """Sends messages one at a time: the solver's threads report side by side."""

    def __init__(self, to_parent: Connection) -> None:
        self._to_parent = to_parent
        self._lock = Lock()

    def __call__(self, message: Message) -> None:
        with self._lock:
            self._to_parent.send(message)


class _Told:
    """Sends what the engine finds, timetables not faster than anybody looks at them; `flush` sends what waits."""

    def __init__(self, solving: Solving, clock: Clock) -> None:
        self.engine: Engine | None = None
        self._solving = solving
        self._clock = clock
        self._waiting: Choice | None = None
        self._next = 0.0

    def offer(self, choice: Choice) -> None:
        """A better choice."""
        self._waiting = choice
        if time.monotonic() >= self._next:
            self.flush()

    def bounded(self, bound: int, *, exact: bool) -> None:
        """A better bound."""
        self._solving.send(Bounded(bound, exact))
        if self._waiting is not None and time.monotonic() >= self._next:
            self.flush()

    def counted(self, most: int) -> None:
        """A better bound on lessons."""
        self._solving.send(Counted(most))

    def settled(self, generation: Generation) -> None:
        """Prices and plans that are worth remembering."""
        if self._solving.request.remember:
            self._solving.send(Remembered(remember(generation)))

    def flush(self) -> None:
        """Send the choice that waits."""
        exact = None if self.engine is None else self.engine.bounds.exact
        if self._waiting is None or exact is None:
            return
        choice, self._waiting = self._waiting, None
        self._solving.send(Found(timetable_of(choice.candidates()), choice.value, exact))
        self._next = time.monotonic() + PACE_SECONDS


class _Reporter(cp_model.CpSolverSolutionCallback):
    """Sends each better timetable, as the solver sees it; the parent judges."""

    def __init__(self, model: AssignmentModel, most: int, send: _Sender) -> None:
        super().__init__()
        self._model = model
        self._most = most
        self._send = send

    def on_solution_callback(self) -> None:
        """Called by the solver."""
        bound = min(self._most, cp.whole(self.best_objective_bound))
        self._send(Found(self._model.read(self), round(self.objective_value), bound))
