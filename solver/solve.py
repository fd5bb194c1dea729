"""Term in, judged outcome out. The solving happens in a child process; this side judges, keeps the best and reports."""

from __future__ import annotations

import multiprocessing
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from threading import Event

from model.access import COORDINATOR, Reader
from model.calendar import Calendar
from model.checks import content_issues
from model.checks_pins import pin_issues
from model.demands import expanded
from model.issues import TermError
from model.judge import Verdict, judge
from model.locale import DEFAULT_LANGUAGE
from model.term import Term
from model.timetable import Outcome, Status, Timetable, gap_of
from model.travel import Travel
from solver.messages import SECOND_OPINION_SECONDS, Bounded, Done, Failed, Found, Limits, Message
from solver.outcome import outcome_of

GRACE_SECONDS = 5.0
"""How long after its wall time a child may finish by itself before it is ended; its best timetable is kept."""

_POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """How a running solve stands."""

    seconds: float
    value: int | None
    bound: int | None

    @property
    def gap(self) -> float | None:
        """Relative distance between value and bound, once there are both."""
        return None if self.value is None or self.bound is None else gap_of(self.value, self.bound)


class SolverDefectError(RuntimeError):
    """The solver crashed, or its answer does not hold: a defect of this program, never of the term."""


@dataclass(slots=True)
class _Run:
    """What a solve has so far."""

    term: Term
    calendar: Calendar
    travel: Travel
    began: float
    best: Timetable | None = None
    verdict: Verdict | None = None
    bound: int | None = None
    done: Done | None = None
    progress: Callable[[Progress], None] | None = None

    def take(self, message: Message) -> None:
        """Judge and keep what the child sends."""
        match message:
            case Failed():
                raise SolverDefectError(message.traceback)
            case Done():
                self.done = message
                self._bounded(message.bound)
            case Bounded():
                self._bounded(message.bound)
            case Found():
                verdict = judge(self.term, message.timetable, calendar=self.calendar, travel=self.travel)
                if verdict.breaches or verdict.value < message.claimed:
                    raise SolverDefectError(
                        f"judge and solver disagree: {verdict.value} against {message.claimed}; {verdict.breaches[:3]}"
                    )
                if self.verdict is None or verdict.value > self.verdict.value:
                    self.best, self.verdict = message.timetable, verdict
                self._bounded(message.bound)
        if self.progress is not None:
            value = None if self.verdict is None else self.verdict.value
            self.progress(Progress(time.monotonic() - self.began, value, self.bound))

    def _bounded(self, bound: int | None) -> None:
        if bound is not None:
            self.bound = bound if self.bound is None else min(self.bound, bound)

    def ended(self) -> tuple[Status, int | None]:
        """Status and bound at the end. A bound below a judged value would be a defect."""
        if self.verdict is None:
            impossible = self.done is not None and self.done.status is Status.IMPOSSIBLE
            return (Status.IMPOSSIBLE if impossible else Status.GAVE_UP), None
        value = self.verdict.value
        if self.bound is not None and self.bound < value:
            raise SolverDefectError(f"bound {self.bound} below the judged value {value}")
        if self.done is not None and self.done.status is Status.IMPOSSIBLE:
            raise SolverDefectError("called impossible after a timetable was found")
        proved = self.bound == value
        return (Status.PROVED_BEST if proved else Status.FOUND), self.bound


def solve(
    term: Term,
    *,
    seconds: float = 60,
    seed: int = 0,
    deterministic: bool = False,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    reader: Reader = COORDINATOR,
    lang: str = DEFAULT_LANGUAGE,
) -> Outcome:
    """The best timetable found for a term, judged, with what is proved about it.

    Args:
        term: the term.
        seconds: wall time; deterministic units (about seconds) when deterministic.
        seed: random seed.
        deterministic: repeat exactly: one worker, no wall time.
        progress: called with value, bound and gap whenever one of them changes.
        stop: when set, ends the solve and keeps the best; so does an interrupt from the keyboard.
        reader: for whom the reasons of open lessons are written.
        lang: their language.

    Raises:
        TermError: times, dates or rule settings of the term make no sense (terms read from files were asked before).
        SolverDefectError: the solver crashed or gave an answer that does not hold.
    """
    began = time.monotonic()
    if issues := tuple(content_issues(term)) or tuple(pin_issues(term)):
        raise TermError(issues)
    term = expanded(term)
    calendar = Calendar(term)
    run = _Run(term, calendar, Travel(term), began, progress=progress)
    limits = Limits(seconds, began + seconds, seed, deterministic)
    _in_child(run, limits, stop or Event())
    status, bound = run.ended()
    return outcome_of(
        term,
        status=status,
        timetable=run.best if run.verdict is not None else None,
        verdict=run.verdict,
        bound=bound,
        calendar=calendar,
        travel=run.travel,
        reader=reader,
        lang=lang,
        facts={
            "seconds": round(time.monotonic() - began, 3),
            "seed": seed,
            "deterministic": deterministic,
            "versions": versions(),
            "input_hash": term.input_hash,
        },
    )


def _in_child(run: _Run, limits: Limits, stop: Event) -> None:
    """Solve in a child process; it is gone when this returns.

    A child that dies by itself (killed, out of memory) costs only what it had not yet found.
    """
    context = _context()
    from_child, to_parent = context.Pipe(duplex=False)
    # No daemon: the child has children of its own, which end with it.
    process = context.Process(target=_work, args=(run.term, limits, to_parent))
    process.start()
    to_parent.close()
    died = False
    try:
        died = _listen(run, limits, stop, from_child)
    except KeyboardInterrupt:
        stop.set()  # stopped from the keyboard: what was found so far counts
    finally:
        process.kill()
        process.join()
        from_child.close()
    if died and run.best is None:
        raise SolverDefectError("the solving process ended without an answer")


def _work(term: Term, limits: Limits, to_parent: Connection) -> None:
    from solver.child import run  # noqa: PLC0415  only the child loads the solver

    run(term, limits, to_parent)


def _listen(run: _Run, limits: Limits, stop: Event, from_child: Connection) -> bool:
    """Take messages until the child is done, the time is up, or somebody stops it; True when the child died."""
    latest = limits.until + GRACE_SECONDS + SECOND_OPINION_SECONDS
    while run.done is None and not stop.is_set():
        if not limits.deterministic and time.monotonic() > latest:
            break
        if from_child.poll(_POLL_SECONDS):
            try:
                message = from_child.recv()
            except EOFError:
                return True
            run.take(message)
    return False


def _context() -> ForkServerContext | SpawnContext:
    """Child processes from a server that has the solver loaded, where the system can; fresh ones elsewhere."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["solver.child"])
        return context
    return multiprocessing.get_context("spawn")


def versions() -> dict[str, str]:
    """What took part in an answer."""
    return {
        "hybrooster": version("hybrooster"),
        "ortools": version("ortools"),
        "python": platform.python_version(),
    }
