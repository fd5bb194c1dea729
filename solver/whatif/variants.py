"""A base and its scenarios, each solved from what the base left: what is known of each, as an interval that is proved."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from threading import Event
from typing import NamedTuple

from model.figures import Figures, figures
from model.scenarios.scenario import Applied, Scenario
from model.term import Term
from model.timetable import Outcome, Status, Timetable, gap_of
from solver.messages import Start
from solver.solve import Session

LONGER = 3.0
LEAST_MORE = 2.0
"""So many times as long as it had, and at least so many seconds, gets who has another turn."""


RECKONED = 1e-6
"""How far off a bound may be that is not exact, relative (see `Outcome.bound`)."""


class Sure(StrEnum):
    """What is known of two that are compared."""

    MORE = "more"
    LESS = "less"
    SAME = "same"
    UNCLEAR = "unclear"
    """They cannot be told apart yet: what is proved of either leaves room for both."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the best lies: no less than what was found, no more than what is proved. None: nothing is known there."""

    low: int | None
    high: int | None

    def against(self, other: Interval) -> Sure:
        """Whether the best here is more than the best there, whatever is still found."""
        if self.low is not None and other.high is not None and self.low > other.high:
            return Sure.MORE
        if self.high is not None and other.low is not None and self.high < other.low:
            return Sure.LESS
        ends = {self.low, self.high, other.low, other.high}
        return Sure.SAME if len(ends) == 1 and None not in ends else Sure.UNCLEAR

    def difference(self, other: Interval) -> Interval:
        """Between what the difference of the two bests lies."""
        low = None if self.low is None or other.high is None else self.low - other.high
        high = None if self.high is None or other.low is None else self.high - other.low
        return Interval(low, high)


NOTHING = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Variant:
    """A term that was solved: the base, or a scenario of it.

    Attributes:
        applied: the scenario; None for the base.
        outcome: the judged answer.
        figures: of its timetable, where there is one.
        start: what to go on from.
        seconds: how long was looked, over all turns.
    """

    term: Term
    applied: Applied | None
    outcome: Outcome
    figures: Figures | None
    start: Start
    seconds: float

    @property
    def scenario(self) -> Scenario | None:
        """The scenario; None for the base."""
        return None if self.applied is None else self.applied.scenario

    @property
    def value(self) -> Interval:
        """What the best timetable is worth; a bound that may be reckoned in floating numbers counts for a little more."""
        value, bound = self.outcome.value, self.outcome.bound
        if bound is None or self.outcome.status is Status.PROVED_BEST:
            return Interval(value, bound)
        return Interval(value, bound + ceil(RECKONED * abs(bound)))

    @property
    def lessons(self) -> Interval:
        """How many lessons can be staffed at most: what was found, and what no timetable exceeds."""
        counted = self.outcome.lessons
        if self.outcome.timetable is None:
            return NOTHING
        return Interval(counted.filled, counted.at_most)

    @property
    def timetable(self) -> Timetable | None:
        return self.outcome.timetable


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a batch is: which one is solved now, by place (0 is the base), and how it stands."""

    place: int
    of: int
    name: str
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class How:
    """How a batch is solved.

    Attributes:
        base_seconds, seconds: most time for the base, and for each scenario.
        until: how much time all of it may take; with what is left those go on that are not good enough, then those that
            cannot be told from the base.
        enough: the gap at which one is good enough, so that the next has its turn.
        seed, deterministic: as a solve.
        tell: told how far it is.
        stop: when set, what is not solved yet is left out.
    """

    base_seconds: float = 60.0
    seconds: float = 10.0
    until: float = 0.0
    enough: float = 0.0
    seed: int = 0
    deterministic: bool = False
    tell: Callable[[Turn], None] = lambda _: None
    stop: Event | None = None


def solve_all(base: Term, scenarios: Sequence[Applied], how: How, start: Start | None = None) -> list[Variant]:
    """The base, then each scenario. Scenarios that made no sense, and so have no term, are left out.

    Args:
        start: what an earlier solve of the base left.
    """
    began = time.monotonic()
    todo = [each for each in scenarios if each.term is not None]
    with Session() as session, ThreadPoolExecutor(1) as writer:
        batch = _Batch(session, writer, how, len(todo) + 1)
        first = batch.asked(0, base, None, how.base_seconds, start or Start())
        found = [first.variant]
        for place, applied in enumerate(todo, start=1):
            if batch.stopped or applied.term is None:
                break
            found.append(batch.asked(place, applied.term, applied, how.seconds, first.start).variant)
        return batch.go_on([each.result() for each in found], began)


class _Asked(NamedTuple):
    """One that was solved: what to go on from, and what is being written of it."""

    start: Start
    variant: Future[Variant]


class _Batch:
    """Solves one after another; outcomes and figures are written while the next one is solved."""

    def __init__(self, session: Session, writer: Executor, how: How, count: int) -> None:
        self.session, self.writer, self.how, self.count = session, writer, how, count

    @property
    def stopped(self) -> bool:
        return self.how.stop is not None and self.how.stop.is_set()

    def asked(
        self, place: int, term: Term, applied: Applied | None, seconds: float, start: Start, *, enough: bool = True
    ) -> _Asked:
        """One of them, from what is known.

        Args:
            enough: whether the gap that is good enough ends it.
        """
        how = self.how
        name = "" if applied is None else applied.scenario.called
        how.tell(Turn(place, self.count, name, None, None))
        answered = self.session.asked(
            term,
            seconds=seconds,
            seed=how.seed,
            deterministic=how.deterministic,
            enough=how.enough if enough else 0.0,
            start=start,
            stop=how.stop,
            progress=lambda each: how.tell(Turn(place, self.count, name, each.value, each.bound)),
        )

        def written() -> Variant:
            outcome = answered.outcome()
            shown = None if outcome.timetable is None else figures(term, outcome.timetable)
            return Variant(term, applied, outcome, shown, answered.start, outcome.seconds)

        return _Asked(answered.start, self.writer.submit(written))

    def go_on(self, found: list[Variant], began: float) -> list[Variant]:
        """More time, as long as there is any, for those that are not good enough yet, then for those that cannot be told
        from the base; each time for the one that had least."""
        while not self.stopped:
            left = self.how.until - (time.monotonic() - began)
            rough = [place for place, each in enumerate(found) if self._rough(each)]
            unclear = [place for place, each in enumerate(found) if place and _unclear(each, found[0])]
            if left <= 1 or not (rough or unclear):
                break
            others = [*unclear, *([0] if not _settled(found[0]) else [])]
            place = min(rough or others, key=lambda each: found[each].seconds)
            now = found[place]
            more = min(left, max(LEAST_MORE, LONGER * now.seconds))
            again = self.asked(place, now.term, now.applied, more, now.start, enough=bool(rough)).variant.result()
            found[place] = _better(now, again)
        return found

    def _rough(self, variant: Variant) -> bool:
        value, bound = variant.outcome.value, variant.outcome.bound
        far = value is None or bound is None or gap_of(value, bound) > self.how.enough
        return self.how.enough > 0 and far and not _settled(variant)


def _settled(variant: Variant) -> bool:
    return variant.outcome.status in (Status.PROVED_BEST, Status.IMPOSSIBLE)


def _unclear(variant: Variant, base: Variant) -> bool:
    return variant.value.against(base.value) is Sure.UNCLEAR and not (_settled(variant) and _settled(base))


def _better(before: Variant, after: Variant) -> Variant:
    """What is known after another turn: the better timetable, and the better of both bounds."""
    best = after if (after.outcome.value or 0) >= (before.outcome.value or 0) else before
    bounds = [each.outcome.bound for each in (before, after) if each.outcome.bound is not None]
    counts = [each.outcome.lessons.at_most for each in (before, after) if each.outcome.lessons.at_most is not None]
    outcome = best.outcome
    if outcome.timetable is not None and bounds:
        value, bound = outcome.value or 0, min(bounds)
        status = (
            Status.PROVED_BEST
            if Status.PROVED_BEST in (before.outcome.status, after.outcome.status)
            else outcome.status
        )
        lessons = outcome.lessons.model_copy(update={"at_most": min(counts, default=None)})
        outcome = outcome.model_copy(
            update={"bound": bound, "status": status, "gap": gap_of(value, bound), "lessons": lessons}
        )
    return replace(best, outcome=outcome, seconds=before.seconds + after.seconds)
