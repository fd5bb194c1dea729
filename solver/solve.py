"""Term in, judged outcome out. The solving happens in another process; this side judges, keeps the best and reports."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import Self, TypedDict, Unpack

from model.access import COORDINATOR, Reader
from model.calendar import Calendar
from model.checks import content_issues
from model.checks_pins import pin_issues
from model.demands import expanded
from model.issues import TermError
from model.locale import DEFAULT_LANGUAGE
from model.term import Term
from model.timetable import Outcome, Timetable
from model.travel import Travel
from solver.memory import Memory
from solver.messages import Limits, Request, Start
from solver.run import Answered, Progress, Run, SolverDefectError
from solver.worker import End, Worker


class Asking(TypedDict, total=False):
    """How to solve, as `Session.asked` is told.

    Attributes:
        seconds: wall time; deterministic units (about seconds) when deterministic. 60 by default.
        seed: random seed.
        deterministic: repeat exactly: one worker, no wall time.
        megabytes: memory that all processes of the solve may use together, looked at twice a second where the system tells
            (Linux); when it is used up, the best so far counts. None for what there is.
        enough: the relative gap at which a timetable is good enough to end with; 0 to look for a proof as long as there is time.
        progress: called with value, bound and gap whenever one of them changes.
        stop: when set, ends the solve and keeps the best; so does an interrupt from the keyboard.
        start: what an earlier solve of the same or a similar term left, to go on from.
    """

    seconds: float
    seed: int
    deterministic: bool
    megabytes: int | None
    enough: float
    progress: Callable[[Progress], None] | None
    stop: Event | None
    start: Start | None


class How(Asking, total=False):
    """How to solve, as `solve` and `Session.solve` are told.

    Attributes:
        reader: for whom the reasons of open lessons are written; coordinators by default.
        lang: their language.
    """

    reader: Reader
    lang: str


class Session:
    """Solves one term after another in a process that stays: what did not change between two is not worked out again.

    Each solve goes on from the last one's timetable, plans and prices, unless it is given others. Close it, or use it in
    a `with`.

    Attributes:
        memory: what the last solve left, for a file beside the outcome; what it was given, where its time was too short for
            anything of its own; None where there were no plans.
    """

    def __init__(self) -> None:
        self.memory: Memory | None = None
        self._timetable: Timetable | None = None
        self._worker = Worker()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    def solve(
        self,
        term: Term,
        *,
        remember: bool = True,
        reader: Reader = COORDINATOR,
        lang: str = DEFAULT_LANGUAGE,
        **how: Unpack[Asking],
    ) -> Outcome:
        """As `solve`, told how as `How` says; `remember` tells whether a next one is to go on from this one."""
        return self.asked(term, remember=remember, **how).outcome(reader, lang)

    def asked(
        self,
        term: Term,
        *,
        seconds: float = 60,
        seed: int = 0,
        deterministic: bool = False,
        megabytes: int | None = None,
        enough: float = 0.0,
        progress: Callable[[Progress], None] | None = None,
        stop: Event | None = None,
        start: Start | None = None,
        remember: bool = True,
    ) -> Answered:
        """The same, but the outcome is not written yet: who asks for several has that done while the next is solved."""
        began = time.monotonic()
        if issues := tuple(content_issues(term)) or tuple(pin_issues(term)):
            raise TermError(issues)
        term = expanded(term)
        run = Run(term, Calendar(term), Travel(term), began, progress=progress)
        limits = Limits(seconds, began + seconds, seed, deterministic, megabytes, enough)
        start = start or Start(self._timetable, self.memory)
        request, stop = Request(term, limits, start, remember), stop or Event()
        end = self._worker.ask(request, run.take, stop, lambda: run.begin(start.timetable))
        if end is End.DIED and run.best is None:
            raise SolverDefectError("the solving process ended without an answer")
        run.close()
        left = Start(run.best or start.timetable, run.memory or start.memory)
        if remember:
            self._timetable, self.memory = left.timetable, left.memory
        return Answered(run, limits, end, stopped=end is End.STOPPED and stop.is_set(), start=left)


def solve(term: Term, **how: Unpack[How]) -> Outcome:
    """The best timetable found for a term, judged, with what is proved about it.

    Args:
        term: the term.
        how: see `How`.

    Raises:
        TermError: times, dates or rule settings of the term make no sense (terms read from files were asked before).
        SolverDefectError: the solver crashed or gave an answer that does not hold.
    """
    with Session() as session:
        return session.solve(term, remember=False, **how)
