"""What would fill a lesson: lessons that change hands, or something that somebody agrees to; each tried and judged."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from model.change import Change
from model.judging import Trial
from model.rule import Owner
from model.rules import RULES
from model.timetable import Assignment
from solver.explain.cheapest import MOVE_PRICE, Pricing, Rows
from solver.explain.closure import Closure
from solver.explain.could import settled, who_could
from solver.explain.elsewhen import elsewhen, times_for
from solver.explain.local import Answered
from solver.explain.region import Region

CANDIDATES = 6
"""So many people are looked at for the lesson itself, nothing else moved."""

MOST_MOVES = 8
"""How many lessons may change hands in what is offered."""

CHEAPEST = min(rule.change_price for rule in RULES if rule.agreeable())
"""What no agreement costs less than."""

TIMES = 2
"""So many other times of the lesson are offered."""

TRIES = 3
"""So many more ways are looked at where what the model found cannot be agreed after all."""

ASKED: tuple[Collection[Owner], ...] = (
    (Owner.EMPLOYER,),
    (Owner.PROFESSIONAL,),
    (Owner.SCHOOL,),
    (Owner.EMPLOYER, Owner.PROFESSIONAL),
)
"""Who else may be asked instead, one after another."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to fill a lesson.

    Attributes:
        owners: who must agree; nobody where lessons only change hands.
        price: what it is taken to cost: its changes, and each lesson that somebody gives no more.
        lower: no way costs less in which all lessons are given at a time they have, as far as is proved; nothing for one in
            which the lesson moves to another.
        removed, added: rows of the timetable that go and come.
    """

    owners: frozenset[Owner]
    changes: tuple[Change, ...]
    price: int
    lower: int
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]

    @property
    def elsewhen(self) -> bool:
        """Whether the lesson moves to a time it does not have."""
        return any(edit.table == "lesson_times" for each in self.changes for edit in each.edits)

    @property
    def key(self) -> tuple[frozenset[str], ...]:
        """The same for what means the same."""
        return (
            frozenset(each.key for each in self.changes),
            frozenset(map(str, self.removed)),
            frozenset(map(str, self.added)),
        )


@dataclass(frozen=True, slots=True)
class Ways:
    """What would fill a lesson.

    Attributes:
        answered: found; impossible: not with any agreement that can be proposed; or unknown.
        repairs: cheapest first.
    """

    answered: Answered
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Ways of one kind.

    Attributes:
        repairs: without what they cost at least.
        lower: no way costs less; None where there is none at all.
    """

    repairs: tuple[Repair, ...] = ()
    lower: int | None = 0


def repairs(
    region: Region, lesson: str, closed: Closure | None, seconds: float, most: int = 5, *, prove: bool = True
) -> Ways:
    """Ways to fill an open lesson, cheapest first: of those that ask the same people the cheapest, then others.

    Args:
        closed: whether it can be filled by lessons that change hands alone, where that is known.
        prove: whether to use what is left of the time for what they cost at least.
    """
    until = time.monotonic() + seconds
    plain = unmoved(region, lesson, seconds)
    return together(region, lesson, plain, moving(region, lesson, closed, until - time.monotonic(), prove=prove), most)


def unmoved(region: Region, lesson: str, seconds: float) -> Found:
    """Ways in which nobody's other lessons move: somebody gives it as well, or the school gives it at another time."""
    until = time.monotonic() + seconds
    direct = [
        _repair(could.settled, could.removed, could.added)
        for could in who_could(region, lesson, CANDIDATES).first
        if could.settled is not None and _fills(lesson, could.trial)
    ]
    later = [_repair((change,), (), added) for change, added in islice(elsewhen(region, lesson, until), TIMES)]
    return Found((*direct, *later))


def moving(region: Region, lesson: str, closed: Closure | None, seconds: float, *, prove: bool = True) -> Found:
    """Ways in which lessons may change hands, and what no way costs less than; arguments as of `repairs`."""
    until = time.monotonic() + seconds
    pricing = Pricing(region, lesson, () if closed is None else closed.required)
    if closed is not None and closed.answered is Answered.IMPOSSIBLE:
        pricing.lower = CHEAPEST
    found = []
    if closed is not None and closed.answered is Answered.FOUND:
        found.append(_repair((), closed.removed, closed.added))
    found += _priced(region, pricing, found, until)

    def offer(rows: Rows) -> int | None:
        made = _agreed(region, lesson, *rows)
        found.extend([made] if made else [])
        return made.price if made else None

    if prove:
        pricing.prove(until, min((each.price for each in found), default=None), offer)
    return Found(tuple(found), pricing.lower)


def together(region: Region, lesson: str, plain: Found, moved: Found, most: int = 5) -> Ways:
    """What was found, cheapest first, with what it costs at least."""
    found = {each.key: each for each in (*moved.repairs, *plain.repairs)}
    in_order = sorted(found.values(), key=lambda each: each.price)
    cheapest: dict[frozenset[Owner], Repair] = {}
    for each in in_order:
        cheapest.setdefault(each.owners, each)
    others = [each for each in in_order if each not in cheapest.values()]
    chosen = sorted([*cheapest.values(), *others[: max(0, most - len(cheapest))]], key=lambda each: each.price)[:most]
    if not region.judging.breaks_nothing:  # what is proved is so of timetables that break nothing
        return Ways(Answered.FOUND if chosen else Answered.UNKNOWN, tuple(chosen))
    least = min((each.price for each in in_order if not each.elsewhen), default=None)
    if least is not None and (moved.lower is None or moved.lower > least):
        raise AssertionError("a way costs less than was proved")
    if moved.lower is None and not chosen:
        return Ways(Answered.UNKNOWN if times_for(region, lesson) else Answered.IMPOSSIBLE)
    proved = tuple(each if each.elsewhen else replace(each, lower=moved.lower or 0) for each in chosen)
    return Ways(Answered.FOUND if chosen else Answered.UNKNOWN, proved)


def _priced(region: Region, pricing: Pricing, known: Iterable[Repair], until: float) -> Iterator[Repair]:
    """The cheapest of the model, whoever is asked, then of those who are not asked in what is known."""
    asked = {each.owners for each in known}
    for allowed in (None, (), *ASKED):
        if allowed is not None and frozenset(allowed) in asked:
            continue
        rows = pricing.rows(until - time.monotonic(), allowed)
        made = None if rows is None else _agreed(region, pricing.lesson, *rows)
        for _ in range(TRIES):
            if rows is None or made is not None:
                break
            rows = pricing.next_rows(until - time.monotonic())
            made = None if rows is None else _agreed(region, pricing.lesson, *rows)
        if made is not None:
            asked.add(made.owners)
            yield made


def _agreed(
    region: Region, lesson: str, removed: tuple[Assignment, ...], added: tuple[Assignment, ...]
) -> Repair | None:
    """A change of rows with what has to be agreed for it, judged; None where that is not to be had, or too much moves."""
    trial = region.judging.trial(removed=removed, added=added)
    if len(removed) > MOST_MOVES or not _fills(lesson, trial):
        return None
    changes = settled(trial)
    return None if changes is None else _repair(changes, removed, added)


def _repair(changes: tuple[Change, ...], removed: tuple[Assignment, ...], added: tuple[Assignment, ...]) -> Repair:
    owners = frozenset(owner for each in changes for owner in each.owners)
    price = sum(each.price for each in changes) + MOVE_PRICE * len(removed)
    return Repair(owners, changes, price, 0, removed, added)


def _fills(lesson: str, trial: Trial) -> bool:
    """Whether a change of rows fills a lesson, and opens none."""
    before, after = trial.judging.reading, trial.reading
    touched = {row.lesson for row in (*trial.removed, *trial.added)}
    return after.short_of(lesson) <= 0 and all(
        after.short_of(each) <= max(0, before.short_of(each)) for each in touched
    )
