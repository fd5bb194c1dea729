"""One run, in a process of its own: `python -m benchmarks.attempt` reads a request and says how it goes, line by line.

What solvers write to standard output themselves goes to standard error.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from typing import TextIO

from pydantic import BaseModel, ConfigDict

from benchmarks.cases import Case
from benchmarks.peers import PEERS, Answer, Peer, Problem, Trace
from benchmarks.records import BrokenRule, Result, RunStatus, thinned
from model.calendar import Calendar
from model.judge import judge
from model.term import Term
from model.timetable import Timetable, gap_of

MOST_POINTS = 200
"""Points of a trace that are kept."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Request(_Frozen):
    """What to run."""

    case: Case
    peer: str
    seconds: float


class News(_Frozen):
    """One line of what is said: ready to solve, a better value or bound, or the end."""

    prepared: float | None = None
    value: int | None = None
    bound: int | None = None
    result: Result | None = None


def main() -> None:
    """Read a request from standard input and run it."""
    out = _own_output()
    request = Request.model_validate_json(sys.stdin.readline())

    def say(news: News) -> None:
        out.write(news.model_dump_json(exclude_defaults=True) + "\n")
        out.flush()

    try:
        result = run(request, PEERS[request.peer], say)
    except Exception:  # noqa: BLE001  whatever goes wrong with a peer is a result
        result = Result(status=RunStatus.FAILED, error=traceback.format_exc(limit=-3))
    say(News(result=result))


def _own_output() -> TextIO:
    """Standard output for the lines of this module alone."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def run(request: Request, peer: Peer, say: Callable[[News], None]) -> Result:
    """Let a peer solve a case, and judge its answer."""
    began = time.monotonic()
    problem = Problem(request.case.term(), request.case.before())
    peer.prepare(problem, request.case.seed)
    say(News(prepared=time.monotonic() - began))
    trace = Trace(time.monotonic())

    def told(value: int | None, bound: int | None) -> None:
        if trace.told(value, bound):
            _, best, least = trace.points[-1]
            say(News(value=best, bound=least))

    answer = peer.solve(problem, request.seconds, request.case.seed, told)
    seconds = time.monotonic() - trace.began
    return judged(problem.term, answer, trace, seconds)


def judged(term: Term, answer: Answer, trace: Trace, seconds: float) -> Result:
    """The result of an answer: the judge's value, and its breaches where it is illegal."""
    values = [(when, value) for when, value, _ in trace.points if value is not None]
    best = max((value for _, value in values), default=None)
    way = {
        "seconds": round(seconds, 3),
        "trace": thinned(trace.points, MOST_POINTS),
        "claimed": best,
        "first_seconds": values[0][0] if values else None,
        "best_seconds": next((when for when, value in values if value == best), None),
    }
    if answer.timetable is None:
        status = RunStatus.IMPOSSIBLE if answer.impossible else RunStatus.GAVE_UP
        return Result(status=status, bound=answer.bound, **way)
    if breaches := _breaches(term, answer.timetable):
        return Result(status=RunStatus.ILLEGAL, breaches=breaches, **way)
    value = judge(term, answer.timetable).value
    if answer.impossible or (answer.bound is not None and answer.bound < value):
        error = f"a legal timetable is worth {value}, against its bound {answer.bound} or its claim that there is none"
        return Result(status=RunStatus.FAILED, value=value, bound=answer.bound, error=error, **way)
    return Result(
        status=RunStatus.PROVED_BEST if answer.bound == value else RunStatus.FOUND,
        value=value,
        bound=answer.bound,
        gap=None if answer.bound is None else gap_of(value, answer.bound),
        filled_share=round(filled_share(term, answer.timetable), 4),
        **way,
    )


def _breaches(term: Term, timetable: Timetable) -> tuple[BrokenRule, ...]:
    """Why a timetable is illegal, by rule: most often first."""
    problems = timetable.issues(term)
    said = [(each.code, each.sentence("en")) for each in problems] or [
        (each.rule, each.sentence("en")) for each in judge(term, timetable).breaches
    ]
    examples = dict(reversed(said))
    times = {rule: sum(each == rule for each, _ in said) for rule in examples}
    return tuple(
        BrokenRule(rule=rule, times=times[rule], example=examples[rule])
        for rule in sorted(times, key=lambda rule: (-times[rule], rule))
    )


def filled_share(term: Term, timetable: Timetable) -> float:
    """Share of the lesson periods, counted on every date, that are given by somebody; 0 of none."""
    calendar = Calendar(term)
    own = {each.id: sum(span.dates.bit_count() for span in calendar.spans(each.id)) for each in term.lessons}
    time_of = {lesson: calendar.lesson_periods(lesson) * dates for lesson, dates in own.items()}
    given = {row.lesson for row in timetable.assignments}
    return sum(time_of[lesson] for lesson in given) / max(1, sum(time_of.values()))


if __name__ == "__main__":
    main()
