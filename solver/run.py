"""One solve as the asking side sees it: judges what the other process sends, keeps the best, writes the outcome."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

from model.access import COORDINATOR, Reader
from model.calendar import Calendar
from model.judge import Verdict, judge
from model.judging import Judging
from model.locale import DEFAULT_LANGUAGE
from model.term import Term
from model.timetable import Breach, Outcome, Status, Timetable, gap_of
from model.travel import Travel
from solver.bounds import Bounds
from solver.collector import at_rest
from solver.memory import Memory
from solver.messages import Bounded, Counted, Done, Failed, Found, Limits, Message, Remembered, Start
from solver.outcome import outcome_of
from solver.worker import End


@dataclass(frozen=True, slots=True)
class Progress:
    """How a running solve stands.

    Attributes:
        best: the timetable of that value, judged.
        memory: what a next solve may start from, as far as it goes.
    """

    seconds: float
    value: int | None
    bound: int | None
    best: Timetable | None = None
    memory: Memory | None = None

    @property
    def gap(self) -> float | None:
        """Relative distance between value and bound, once there are both."""
        return None if self.value is None or self.bound is None else gap_of(self.value, self.bound)


JUDGE_REST = 19
"""After the first judgement as long goes by before the next, after the second twice as long, and at most so many times, as
it takes a core from those who solve; the last timetable is judged in the end."""


class SolverDefectError(RuntimeError):
    """The solver crashed, or its answer does not hold: a defect of this program, never of the term."""


@dataclass(slots=True)
class Run:
    """What a solve has so far."""

    term: Term
    calendar: Calendar
    travel: Travel
    began: float
    best: Timetable | None = None
    value: int | None = None
    verdict: Verdict | None = None
    """Of the best, once it was judged as a whole."""
    earlier: Judging | None = None
    """The timetable it began with, judged piece by piece."""
    bounds: Bounds = field(default_factory=Bounds)
    waiting: Found | None = None
    judged: int = 0
    judge_from: float = 0.0
    most_lessons: int | None = None
    memory: Memory | None = None
    done: Done | None = None
    progress: Callable[[Progress], None] | None = None
    seconds: float = 0.0
    """How long it took, once it is over."""

    def begin(self, timetable: Timetable | None) -> None:
        """Keep an earlier timetable as the first answer, if it is one of this term as it is now."""
        if timetable is None or not timetable.assignments or timetable.issues(self.term):
            return
        with at_rest():
            self.earlier = Judging(self.term, timetable)
            breaches = list(self.earlier.breaches())  # all of them, as this is while the other process begins
        if not breaches:
            self.best, self.value = timetable, self.earlier.value
            self._tell()

    def take(self, message: Message) -> None:
        """Judge and keep what the child sends."""
        match message:
            case Failed():
                raise SolverDefectError(message.traceback)
            case Done():
                self.done = message
                if message.bound is not None:
                    self.bounds.take(message.bound, exact=True)
            case Bounded():
                self.bounds.take(message.bound, exact=message.exact)
            case Counted():
                self.most_lessons = min(message.most, self.most_lessons or message.most)
            case Remembered():
                self.memory = message.memory
            case Found():
                self.waiting = message
                self.bounds.take(message.bound, exact=True)
        if self.done is not None or time.monotonic() >= self.judge_from:
            self._judge()
        self._tell()

    def _judge(self) -> None:
        """Judge and keep the timetable that waits."""
        began, found, self.waiting = time.monotonic(), self.waiting, None
        if found is None:
            return
        breaches: Sequence[Breach]
        if self.earlier is not None:
            with at_rest():
                value, breaches = self.earlier.changed_to(found.timetable)
            verdict = None
        else:
            verdict = self._judged(found.timetable)
            value, breaches = verdict.value, verdict.breaches
        if breaches or value < found.claimed:
            raise SolverDefectError(f"judge and solver disagree: {value} against {found.claimed}; {list(breaches)[:3]}")
        if self.value is None or value > self.value:
            self.best, self.value, self.verdict = found.timetable, value, verdict
        now = time.monotonic()
        self.judged += 1
        self.judge_from = now + min(self.judged, JUDGE_REST) * (now - began)

    def _judged(self, timetable: Timetable) -> Verdict:
        with at_rest():
            return judge(self.term, timetable, calendar=self.calendar, travel=self.travel)

    def _tell(self) -> None:
        if self.progress is not None:
            seconds = time.monotonic() - self.began
            self.progress(Progress(seconds, self.value, self.bounds.above(self.value), self.best, self.memory))

    def close(self) -> None:
        """Judge what still waits; nothing more comes."""
        if self.waiting is not None:
            self._judge()
            self._tell()
        self.seconds = time.monotonic() - self.began

    def ended(self) -> tuple[Status, int | None]:
        """Status and bound at the end, all judged. A bound below a judged value would be a defect."""
        if self.best is None:
            impossible = self.done is not None and self.done.status is Status.IMPOSSIBLE
            return (Status.IMPOSSIBLE if impossible else Status.GAVE_UP), None
        if self.verdict is None:  # so far it was judged piece by piece, from the timetable it began with
            self.verdict = self._judged(self.best)
            if self.verdict.breaches or self.verdict.value != self.value:
                raise SolverDefectError(f"judged as {self.value} piece by piece, as a whole {self.verdict.value}")
        value, exact = self.verdict.value, self.bounds.exact
        if exact is not None and exact < value:
            raise SolverDefectError(f"bound {exact} below the judged value {value}")
        if self.done is not None and self.done.status is Status.IMPOSSIBLE:
            raise SolverDefectError("called impossible after a timetable was found")
        return (Status.PROVED_BEST if exact == value else Status.FOUND), self.bounds.above(value)


@dataclass(frozen=True, slots=True)
class Answered:
    """A solve that is over, of which the outcome is not written yet.

    Attributes:
        start: what to go on from.
    """

    run: Run
    limits: Limits
    end: End
    stopped: bool
    start: Start

    def outcome(self, reader: Reader = COORDINATOR, lang: str = DEFAULT_LANGUAGE) -> Outcome:
        """The judged outcome."""
        run, limits = self.run, self.limits
        status, bound = run.ended()
        outcome = outcome_of(
            run.term,
            status=status,
            timetable=run.best,
            verdict=run.verdict,
            bound=bound,
            most_lessons=run.most_lessons,
            calendar=run.calendar,
            travel=run.travel,
            reader=reader,
            lang=lang,
            facts={
                "seconds": round(run.seconds, 3),
                "limit": limits.seconds,
                "seed": limits.seed,
                "deterministic": limits.deterministic,
                "out_of_memory": self.end is End.OUT_OF_MEMORY,
                "stopped": self.stopped,
                "versions": versions(),
                "input_hash": run.term.input_hash,
            },
        )
        if outcome.lessons.to_win is not None and outcome.lessons.to_win < 0:
            raise SolverDefectError(f"{outcome.lessons.filled} lessons staffed, of at most {outcome.lessons.at_most}")
        return outcome


def versions() -> dict[str, str]:
    """What took part in an answer."""
    return {
        "hybrooster": version("hybrooster"),
        "ortools": version("ortools"),
        "python": platform.python_version(),
    }
