"""Everything that is measured side by side, behind one protocol. An answer is a timetable; the judge says what it is worth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from importlib.metadata import version
from typing import ClassVar, Protocol

from benchmarks import peer_highs, peer_timefold
from benchmarks.greedy import greedy
from benchmarks.neutral import Instance, evaluate, instance_of
from model.locale import text
from model.term import Term
from model.timetable import Status, Timetable
from solver import early
from solver.board import Board
from solver.cp import Workers
from solver.parallel import cores
from solver.plain import solve_plain
from solver.run import Progress, versions
from solver.solve import Session
from solver.solve import solve as solve_term

OnFound = Callable[[int | None, int | None], None]
"""Told value and bound as the peer claims them, whenever it says something; None where it knows none."""


class Needs(StrEnum):
    """What a peer is handed; making it does not count as its time."""

    TERM = "term"
    BOARD = "board"
    INSTANCE = "instance"


@dataclass
class Problem:
    """A term, with its board and its instance when somebody needs them; and the term before a fact in it changed."""

    term: Term
    before: Term | None = None

    @cached_property
    def board(self) -> Board:
        """Its board."""
        return Board.of(self.term)

    @cached_property
    def instance(self) -> Instance:
        """Its instance."""
        return instance_of(self.term, self.board)

    def make(self, needs: Needs) -> None:
        """Make what is needed."""
        if needs is not Needs.TERM:
            getattr(self, needs)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer comes up with: perhaps a timetable, perhaps a bound, perhaps the claim that there is none."""

    timetable: Timetable | None = None
    bound: int | None = None
    impossible: bool = False


class Peer(Protocol):
    """Somebody who solves."""

    name: str
    needs: ClassVar[Needs]

    def missing(self, lang: str) -> str | None:  # noqa: ARG002  most are always there
        """Why this machine cannot run it, if so."""
        return None

    def versions(self) -> dict[str, str]:
        """What takes part in it."""
        return {}

    def prepare(self, problem: Problem, seed: int) -> None:
        """Make what it is handed, and whatever else does not count as its time."""
        del seed
        problem.make(self.needs)

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Its best answer within so many seconds."""
        ...


@dataclass(slots=True)
class Hybrooster(Peer):
    """The engine as users meet it; making the board counts."""

    name: str = "hybrooster"
    needs: ClassVar[Needs] = Needs.TERM

    def versions(self) -> dict[str, str]:
        """Those of any outcome."""
        return versions()

    def prepare(self, problem: Problem, seed: int) -> None:  # noqa: ARG002  any problem
        """Load the solver, as the shell does while it reads a file; other peers' programs are loaded before, too."""
        loaded = early.context().Process(target=time.sleep, args=(0,))
        loaded.start()
        loaded.join()

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Solve the term."""
        outcome = solve_term(problem.term, seconds=seconds, seed=seed, progress=_teller(found))
        return Answer(outcome.timetable, outcome.bound, outcome.status is Status.IMPOSSIBLE)


FIRST_SECONDS = 60.0
"""Time for the region before its change, which is not measured."""


@dataclass(slots=True)
class Again(Hybrooster):
    """The engine in a process that solved the region before one fact in it changed."""

    name: str = "hybrooster-again"
    _session: Session = field(default_factory=Session)

    def prepare(self, problem: Problem, seed: int) -> None:
        """Solve the region as it was."""
        if problem.before is not None:
            self._session.solve(problem.before, seconds=FIRST_SECONDS, seed=seed)

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Solve the region as it is now."""
        with self._session:
            outcome = self._session.solve(problem.term, seconds=seconds, seed=seed, progress=_teller(found))
        return Answer(outcome.timetable, outcome.bound, outcome.status is Status.IMPOSSIBLE)


def _teller(found: OnFound) -> Callable[[Progress], None]:
    return lambda now: found(now.value, now.bound)


@dataclass(frozen=True, slots=True)
class CpSat(Peer):
    """CP-SAT on the assignment model, with its own choice of workers or with those led by the linear relaxation."""

    name: str
    workers: Workers
    needs: ClassVar[Needs] = Needs.BOARD

    def versions(self) -> dict[str, str]:
        """CP-SAT's."""
        return {"ortools": version("ortools")}

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Solve the board."""
        plain = solve_plain(problem.board, seconds=seconds, seed=seed, workers=self.workers, on_found=found)
        return Answer(plain.timetable, plain.bound, plain.status is Status.IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Highs(Peer):
    """HiGHS on the linear form."""

    name: str = "highs"
    needs: ClassVar[Needs] = Needs.INSTANCE

    def missing(self, lang: str) -> str | None:
        """Where highspy is not installed."""
        return None if peer_highs.installed() else text("bench_runner.no_highs", lang)

    def versions(self) -> dict[str, str]:
        """The one of highspy, which is that of HiGHS."""
        return {"highspy": version("highspy")}

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Solve the linear form."""
        answer = peer_highs.solve(problem.instance, seconds, seed=seed, threads=cores(), on_found=found)
        return Answer(_timetable(problem, answer.chosen), answer.bound, answer.impossible)


@dataclass(frozen=True, slots=True)
class Timefold(Peer):
    """Timefold Solver's local search, with its defaults or tuned."""

    name: str
    config: peer_timefold.Config
    needs: ClassVar[Needs] = Needs.INSTANCE

    def missing(self, lang: str) -> str | None:
        """Where the jars or a JDK are missing."""
        try:
            peer_timefold.program()
        except peer_timefold.MissingError as error:
            return error.sentence(lang)
        return None

    def versions(self) -> dict[str, str]:
        """Timefold's."""
        return {"timefold": peer_timefold.program().version}

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Search; what it finds while a hard limit is broken is not worth telling."""

        def told(now: peer_timefold.Found) -> None:
            if not now.broken:
                found(now.value, None)

        answer = peer_timefold.solve(problem.instance, seconds, self.config, told, seed=seed)
        return Answer(_timetable(problem, answer.chosen))


@dataclass(frozen=True, slots=True)
class Greedy(Peer):
    """By hand, once, however much time there is."""

    name: str = "greedy"
    needs: ClassVar[Needs] = Needs.INSTANCE

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Fill once; no answer where something that must be is left undone."""
        del seconds, seed
        chosen = greedy(problem.instance)
        value, broken = evaluate(problem.instance, chosen)
        if broken:
            return Answer()
        found(value, None)
        return Answer(problem.instance.timetable(chosen))


def _timetable(problem: Problem, chosen: Iterable[int] | None) -> Timetable | None:
    return None if chosen is None else problem.instance.timetable(chosen)


PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        Hybrooster(),
        Again(),
        CpSat("cp-sat", Workers.DEFAULT),
        CpSat("cp-sat-lp", Workers.LP),
        Highs(),
        Timefold("timefold", peer_timefold.Config.DEFAULT),
        Timefold("timefold-tuned", peer_timefold.Config.TUNED),
        Greedy(),
    )
}


@dataclass(slots=True)
class Trace:
    """What a peer tells of its way, with seconds: only what is better than before."""

    began: float
    points: list[tuple[float, int | None, int | None]] = field(default_factory=list)

    def told(self, value: int | None, bound: int | None) -> bool:
        """Keep what is better; whether it was."""
        _, best, least = self.points[-1] if self.points else (0.0, None, None)
        better = value is not None and (best is None or value > best)
        tighter = bound is not None and (least is None or bound < least)
        if better or tighter:
            seconds = round(time.monotonic() - self.began, 3)
            self.points.append((seconds, value if better else best, bound if tighter else least))
        return better or tighter
