"""The child process of a solve: builds, solves and reports; whatever happens to it, its parent lives on.

What it sends stands in `solver.messages`.
"""

from __future__ import annotations

import gc
import signal
import time
import traceback
from dataclasses import replace
from multiprocessing.connection import Connection
from threading import Lock

from ortools.sat.python import cp_model

from model.term import Term
from model.timetable import Status
from solver import cp
from solver.assignment import AssignmentModel, timetable_of
from solver.board import Board
from solver.messages import SECOND_OPINION_SECONDS, Bounded, Done, Failed, Found, Limits, Message
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.engine import Engine
from solver.plan.master import Master
from solver.plan.parallel import die_with_parent

SMALL = 400
"""Up to so many candidates one model of all of them is quicker than plans."""

MIDDLING = 3000
QUICK_SECONDS = 1.0
"""Up to so many candidates one model of all of them is tried so long, before plans."""

PACE_SECONDS = 1.0
"""Least time between two timetables that are sent: each is judged at the other end."""


def run(term: Term, limits: Limits, to_parent: Connection) -> None:
    """Solve a term and send what comes of it. Runs in the child process."""
    die_with_parent()  # the fork server, which goes when the asking process goes
    gc.disable()  # boards are large and live to the end; a process that ends soon need not look for garbage
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle
    send = _Sender(to_parent)
    try:
        send(_solve(term, limits, send))
    except Exception:  # noqa: BLE001  everything that goes wrong must reach the parent as an answer
        send(Failed(traceback.format_exc()))


def _solve(term: Term, limits: Limits, send: _Sender) -> Done:
    board = Board.of(term)
    most = most_possible(board)
    count = len(board.candidates) - len(board.forbidden)
    if count > SMALL:
        if count <= MIDDLING:
            quick = _by_assignment(board, _shorter(limits, QUICK_SECONDS), most, send)
            if quick.status in (Status.PROVED_BEST, Status.IMPOSSIBLE):
                return quick
        by_plans = _by_plans(board, limits, most, send)
        if by_plans is not None:
            return by_plans
    return _by_assignment(board, limits, most, send)


def _shorter(limits: Limits, seconds: float) -> Limits:
    """No more than so many seconds, or units, and a tenth of what there is."""
    seconds = min(seconds, limits.seconds / 10)
    return replace(limits, seconds=seconds, until=min(limits.until, time.monotonic() + seconds))


def _by_plans(board: Board, limits: Limits, most: int, send: _Sender) -> Done | None:
    """Let the main engine work; None where it found no timetable, so that it can say nothing."""
    clock = Clock(limits)
    master = Master(board)
    told = _Told(board, clock, most, send)
    engine = Engine(master, clock, offer=told.offer, bounded=told.bounded)
    told.engine = engine
    engine.run()
    if engine.best is None:
        return None
    told.flush()
    bound = most if engine.bound is None else min(most, engine.bound)
    return Done(Status.PROVED_BEST if engine.best.value >= bound else Status.FOUND, bound)


def _by_assignment(board: Board, limits: Limits, most: int, send: _Sender) -> Done:
    """One model of all candidates: for small terms, and where plans find nothing."""
    model = AssignmentModel(board)
    left = limits.seconds if limits.deterministic else max(0.0, limits.until - time.monotonic())
    if left == 0:
        return Done(Status.GAVE_UP, None)
    solver = cp.solver(seconds=left, seed=limits.seed, deterministic=limits.deterministic)
    solver.best_bound_callback = lambda bound: send(Bounded(min(most, cp.whole(bound))))
    status = solver.solve(model.cp, _Reporter(model, most, send))
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.cp.validate())
    if status == cp_model.INFEASIBLE:
        return _confirm_impossible(model, limits)
    if status == cp_model.UNKNOWN:
        return Done(Status.GAVE_UP, None)
    proved = status == cp_model.OPTIMAL
    return Done(Status.PROVED_BEST if proved else Status.FOUND, min(most, cp.whole(solver.best_objective_bound)))


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
    """Sends what the engine finds, not faster than somebody can judge it; `flush` sends what waits."""

    def __init__(self, board: Board, clock: Clock, most: int, send: _Sender) -> None:
        self.engine: Engine | None = None
        self._board = board
        self._clock = clock
        self._most = most
        self._send = send
        self._waiting: Choice | None = None
        self._next = 0.0

    def offer(self, choice: Choice) -> None:
        """A better choice."""
        self._waiting = choice
        if time.monotonic() >= self._next:
            self.flush()

    def bounded(self, bound: int) -> None:
        """A better bound."""
        self._send(Bounded(min(self._most, bound)))
        if self._waiting is not None and time.monotonic() >= self._next:
            self.flush()

    def flush(self) -> None:
        """Send the choice that waits."""
        if self._waiting is None or self.engine is None:
            return
        choice, self._waiting = self._waiting, None
        bound = self._most if self.engine.bound is None else min(self._most, self.engine.bound)
        timetable = timetable_of(choice.candidates(self.engine.tables))
        self._send(Found(timetable, choice.value, bound))
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
