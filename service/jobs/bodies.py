"""What each kind of job does, in a process of its own. The only file here that loads the solver."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event
from typing import Any

from pydantic import BaseModel, ValidationError

from model.access import Reader
from model.demands import expanded
from model.scenarios.scenario import Applied, Scenario, apply
from model.term import Term
from model.timetable import Outcome, Timetable
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
from service.jobs.messages import Answered, Better, Given, Message, Told
from service.jobs.states import Failure, Phase
from solver.explain.asker import Asker
from solver.explain.facts import FactKind
from solver.explain.region import Region
from solver.explain.words import ReaderError
from solver.explain.worth_told import Asked as WorthOf
from solver.memory import MOST_BYTES, Memory
from solver.messages import Start
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
from solver.whatif.variants import How, Turn, solve_all

MEMORY_SECONDS = 10.0
"""Least time between two memories that are told: they are large, and only make a next try quicker."""


class RefusedError(Exception):
    """There is no answer to this."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass
class Task:
    """What is to be done, and whom to tell.

    Attributes:
        stop: set when somebody wants the best so far.
    """

    given: Given
    send: Callable[[Message], None]
    stop: Event = field(default_factory=Event)

    @cached_property
    def base(self) -> Term:
        """The term as it is kept."""
        return Term.model_validate_json(self.given.term)

    @cached_property
    def term(self) -> Term:
        """The term, with the scenario it is solved with."""
        if self.given.scenario is None:
            return self.base
        return _term_of(self.applied(Scenario.model_validate_json(self.given.scenario)))

    def applied(self, scenario: Scenario) -> Applied:
        """A scenario on the term.

        Raises:
            RefusedError: it does not fit.
        """
        found = apply(scenario, self.base)
        _term_of(found)
        return found

    @property
    def reader(self) -> Reader:
        """For whom it is written."""
        return self.given.reader

    @property
    def language(self) -> str:
        return self.given.language

    @cached_property
    def timetable(self) -> Timetable:
        """The timetable it is about.

        Raises:
            RefusedError: the outcome has none, or not of this term.
        """
        found = None if self.given.outcome is None else _timetable(self.given.outcome.timetable)
        if found is None or found.issues(expanded(self.term)):
            raise RefusedError(Failure.NO_TIMETABLE)
        return found

    @cached_property
    def region(self) -> Region:
        """The term with the timetable it is about."""
        return Region(self.term, self.timetable)

    @cached_property
    def start(self) -> Start:
        """What to go on from: where an earlier try was, else an earlier outcome; what no longer fits is left out."""
        kept = self.given.best or self.given.outcome
        if kept is None:
            return Start()
        found = _timetable(kept.timetable)
        return Start(None if found is None else _fitting(found, self.term), _memory(kept.memory))

    def known(self, table: str, row: str | None) -> None:
        """Refuse an id that no row has.

        Raises:
            RefusedError: there is none.
        """
        if row is not None and all(getattr(each, "id") != row for each in expanded(self.term).rows(table)):  # noqa: B009  rows differ in type
            raise RefusedError(Failure.UNKNOWN_ID)

    def looking(self, what: str, *_: int) -> None:
        """Tell what is looked at now."""
        self.send(Told(f"{Phase.LOOKING} {what}"))

    def how(self, base_seconds: float, seconds: float, *, until: float = 0.0, enough: float = 0.0) -> How:
        """How a batch is solved."""
        return How(base_seconds, seconds, until=until, enough=enough, tell=self._turn, stop=self.stop)

    def _turn(self, turn: Turn) -> None:
        self.send(Told(f"{Phase.VARIANT} {turn.place + 1}/{turn.of}"))

    def answered(self, answer: BaseModel) -> Answered:
        """An answer that is no timetable, as it is kept: it is for this reader only."""
        facts = {"role": self.reader.role.value, "of": sorted(self.reader.of), "language": self.language}
        return Answered(answer.model_dump_json(), facts)


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
            packed = gzip.compress(now.best.model_dump_json().encode(), 6, mtime=0)
            self._task.send(Better(now.value, packed, self._new_memory(now.memory)))
        phase = Phase.SEARCHING if now.value is None else Phase.IMPROVING
        self._task.send(Told(phase.value, now.bound))

    def _new_memory(self, memory: Memory | None) -> bytes | None:
        if memory is None or memory is self._memory or time.monotonic() < self._memory_from:
            return None
        self._memory, self._memory_from = memory, time.monotonic() + MEMORY_SECONDS
        return _packed(memory)


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
        beside=None if memory is None else _packed(memory),
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


def _term_of(applied: Applied) -> Term:
    if applied.term is None:
        raise RefusedError(Failure.SCENARIO_INVALID)
    return applied.term


def _timetable(json: str) -> Timetable | None:
    """The timetable of an outcome, or one that was kept by itself."""
    try:
        return Timetable.model_validate_json(json)
    except ValidationError:
        return Outcome.model_validate_json(json).timetable


def _fitting(timetable: Timetable, term: Term) -> Timetable:
    """Those rows that can still be read as ones of the term."""
    unfit = {issue.index for issue in timetable.issues(expanded(term))}
    return Timetable(assignments=tuple(row for place, row in enumerate(timetable.assignments) if place not in unfit))


def _packed(memory: Memory) -> bytes:
    return gzip.compress(memory.model_dump_json().encode(), 6, mtime=0)


def _memory(packed: bytes | None) -> Memory | None:
    """What was remembered; nothing where it is of another version of the program."""
    if packed is None:
        return None
    try:
        unpacker = zlib.decompressobj(wbits=31)
        return Memory.model_validate_json(unpacker.decompress(packed, MOST_BYTES))
    except (ValueError, zlib.error):
        return None
