"""What each kind of job does, in a process of its own. Like `task`, loaded by nothing but that process."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from typing import Any

from model.scenarios.scenario import Scenario
from service.jobs.kinds import (
    KINDS,
    CompareAsked,
    CurveAsked,
    FairAsked,
    FragilityAsked,
    JobKind,
    OfOutcome,
    PricesAsked,
    RecruitAsked,
    ReleaseAsked,
    RepairsAsked,
    SolveAsked,
    WhyAsked,
    WhyNotAsked,
    WorthAsked,
)
from service.jobs.messages import Answered, Better, Told
from service.jobs.states import Failure, Phase
from service.jobs.task import RefusedError, Task, packed
from solver.explain.asker import Asker
from solver.explain.facts import FactKind
from solver.explain.words import ReaderError
from solver.explain.worth_told import Asked as WorthOf
from solver.memory import Memory
from solver.run import Progress
from solver.solve import Session
from solver.whatif.compare import alone
from solver.whatif.comparison import comparison
from solver.whatif.curve import publish, stability_curve
from solver.whatif.curve_told import curve_told, fair_told, may_see_split
from solver.whatif.fair import Among, fair_split
from solver.whatif.fragile import fragility
from solver.whatif.plan_told import allow_employer, told
from solver.whatif.price_list import price_list, prices_told
from solver.whatif.recruit import whom_to_recruit
from solver.whatif.release import release_plan
from solver.whatif.risk_told import fragility_told, recruit_told
from solver.whatif.variants import solve_all

MEMORY_SECONDS = 10.0
"""Least time between two memories that are told: they are large, and only make a next try quicker."""


# Timetables


class _Progress:
    """Passes on how a solve stands: a better timetable when there is one."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._value: int | None = None
        self._memory: Memory | None = None
        self._memory_from = 0.0

    def __call__(self, now: Progress) -> None:
        if now.best is not None and now.value is not None and now.value != self._value:
            self._value = now.value
            timetable = gzip.compress(now.best.model_dump_json().encode(), 6, mtime=0)
            self._task.send(Better(now.value, timetable, self._new_memory(now.memory)))
        phase = Phase.SEARCHING if now.value is None else Phase.IMPROVING
        self._task.send(Told(phase.value, now.bound))

    def _new_memory(self, memory: Memory | None) -> bytes | None:
        if memory is None or memory is self._memory or time.monotonic() < self._memory_from:
            return None
        self._memory, self._memory_from = memory, time.monotonic() + MEMORY_SECONDS
        return packed(memory)


def solve(task: Task, asked: SolveAsked) -> Answered:
    """The best timetable; written in full, for who runs the region: each reader's view is made of it when they read it."""
    given = task.given
    with Session() as session:
        answered = session.asked(
            task.term,
            seconds=asked.seconds if given.seconds is None else given.seconds,
            seed=asked.seed,
            deterministic=asked.deterministic,
            megabytes=asked.megabytes or given.megabytes,
            enough=asked.enough,
            progress=_Progress(task),
            stop=task.stop,
            start=task.start,
        )
        memory = session.memory
    task.send(Told(Phase.WRITING.value))
    outcome = answered.outcome(lang=task.language)
    facts: dict[str, Any] = {
        "status": outcome.status.value,
        "value": outcome.value,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "filled": outcome.lessons.filled,
        "open": outcome.lessons.open,
        "lessons": outcome.lessons.total,
        "seconds": outcome.seconds,
    }
    if given.scenario is not None:
        facts["scenario"] = Scenario.model_validate_json(given.scenario).model_dump(mode="json")
    return Answered(
        outcome.model_dump_json(),
        facts,
        beside=None if memory is None else packed(memory),
        proof=outcome.status.value,
        value=outcome.value,
        bound=outcome.bound,
    )


# Batches


def compare(task: Task, asked: CompareAsked) -> Answered:
    """Scenarios beside the term as it is."""
    kept = [Scenario.model_validate_json(each) for each in task.given.scenarios]
    applied = [task.applied(each) for each in (*kept, *asked.scenarios)]
    how = task.how(
        asked.base_seconds,
        asked.seconds,
        until=asked.most_seconds() if asked.longer_seconds else 0.0,
        enough=asked.enough,
    )
    variants = solve_all(task.term, applied, how, task.start)
    schools = alone(variants[0], how) if asked.alone else ()
    return task.answered(comparison(variants, task.reader, task.language, schools))


def curve(task: Task, asked: CurveAsked) -> Answered:
    """Lessons open at so many changes to what was promised."""
    term = task.term if asked.outcome is None else publish(task.term, task.timetable)
    if not term.published:
        raise RefusedError(Failure.NO_TIMETABLE)
    points = stability_curve(term, asked.most, task.how(asked.seconds, asked.seconds))
    return task.answered(curve_told(points, term, task.reader, task.language))


def fair(task: Task, asked: FairAsked) -> Answered:
    """How fair the split can be."""
    among = Among(asked.among)
    if not may_see_split(task.reader, among):
        raise ReaderError(among.value)
    split = fair_split(task.term, among, task.how(asked.base_seconds, asked.seconds), task.start)
    return task.answered(fair_told(split, task.reader, task.language))


# Questions about a timetable


def release(task: Task, asked: ReleaseAsked) -> Answered:
    """What an employer could release."""
    task.known("employers", asked.employer)
    allow_employer(task.reader, asked.employer)
    plan = release_plan(task.region, asked.employer, seconds=asked.seconds, best=asked.best, tell=task.looking)
    return task.answered(told(plan, task.region, task.reader, task.language))


def prices(task: Task, asked: PricesAsked) -> Answered:
    """What one unit more of everything would bring."""
    found = price_list(task.region, task.reader, asked.seconds)
    return task.answered(prices_told(found, task.region, task.reader, task.language))


def fragile(task: Task, asked: FragilityAsked) -> Answered:
    """What hangs on one person."""
    found = fragility(task.region, asked.seconds, task.looking)
    rate = asked.rate
    return task.answered(
        fragility_told(found, task.region, task.reader, task.language, rate=rate, rates=lambda _: rate)
    )


def recruit(task: Task, asked: RecruitAsked) -> Answered:
    """Whom to look for."""
    found = whom_to_recruit(task.region, asked.seconds, asked.most)
    return task.answered(recruit_told(found, task.region, task.reader, task.language))


def worth(task: Task, asked: WorthAsked) -> Answered:
    """What facts are worth."""
    for each in asked.people:
        task.known("professionals", each)
    task.known("employers", asked.employer)
    task.known("lessons", asked.lesson)
    kinds = tuple(map(FactKind, asked.kinds))
    about = WorthOf(asked.people, asked.employer, asked.lesson, kinds, asked.best)
    return task.answered(_asker(task).worth(about, asked.seconds))


def why(task: Task, asked: WhyAsked) -> Answered:
    """Why a lesson is open."""
    task.known("lessons", asked.lesson)
    return task.answered(_asker(task).why_open(asked.lesson, asked.seconds, facts=asked.facts))


def why_not(task: Task, asked: WhyNotAsked) -> Answered:
    """Why somebody does not give a lesson."""
    task.known("lessons", asked.lesson)
    task.known("professionals", asked.professional)
    return task.answered(_asker(task).why_not(asked.lesson, asked.professional, asked.seconds))


def repairs(task: Task, asked: RepairsAsked) -> Answered:
    """What would fill a lesson."""
    task.known("lessons", asked.lesson)
    return task.answered(_asker(task).repairs(asked.lesson, asked.seconds))


BODIES: dict[JobKind, Callable[[Task, Any], Answered]] = {
    JobKind.SOLVE: solve,
    JobKind.COMPARE: compare,
    JobKind.RELEASE: release,
    JobKind.PRICES: prices,
    JobKind.CURVE: curve,
    JobKind.FRAGILITY: fragile,
    JobKind.RECRUIT: recruit,
    JobKind.FAIR: fair,
    JobKind.WORTH: worth,
    JobKind.WHY: why,
    JobKind.WHY_NOT: why_not,
    JobKind.REPAIRS: repairs,
}
"""What each kind does."""


def done(task: Task) -> Answered:
    """Do what is to be done.

    Raises:
        RefusedError: there is no answer to it.
        ReaderError: this reader may not ask it.
        TermError: the term makes no sense.
    """
    kind = task.given.kind
    asked = KINDS[kind].model_validate(task.given.asked)
    task.send(Told(Phase.READING.value))
    if isinstance(asked, OfOutcome):
        _ = task.region
        task.send(Told(Phase.LOOKING.value))
    return BODIES[kind](task, asked)


def _asker(task: Task) -> Asker:
    return Asker(task.region, task.reader, task.language)
