"""What would fill a lesson: lessons that change hands, or something that somebody agrees to; each tried and judged."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from model.change import Change, applied
from model.rule import Candidate, Owner
from model.rules import RULES
from model.timetable import Assignment
from solver.explain.closure import Closure, without
from solver.explain.could import agreed, could_with, rows_of, who_could
from solver.explain.funnel import candidates_on
from solver.explain.local import Answered, Local, Solved
from solver.explain.region import Region
from solver.explain.whole import Whole

CANDIDATES = 12
"""So many people are looked at for the lesson itself."""

COMPETING = 40
"""So many of the lessons that it competes with may be given to somebody new."""

CHAIN_SECONDS = 0.5
MOST_MOVES = 8
"""How long those who compete look for what they give instead, and how many lessons may change hands in what is offered."""

CHEAPEST = min(rule.change_price for rule in RULES if "way" in rule.says)
"""What no agreement costs less than."""

MOVE_PRICE = 1
"""What it is taken to cost that somebody gives a lesson no more, against agreements."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to fill a lesson.

    Attributes:
        owners: who must agree; nobody where lessons only change hands.
        price: what it is taken to cost: its changes, and each lesson that somebody gives no more.
        lower: no way costs less, as far as is proved.
        removed, added: rows of the timetable that go and come.
    """

    owners: frozenset[Owner]
    changes: tuple[Change, ...]
    price: int
    lower: int
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]


def repairs(whole: Whole, lesson: str, closed: Closure | None, seconds: float, most: int = 5) -> list[Repair]:
    """Ways to fill an open lesson, cheapest first: of those that ask the same people the cheapest, then others.

    Args:
        closed: whether it can be filled by lessons that change hands alone, where that is known.
    """
    until = time.monotonic() + seconds
    lower = least_price(whole, closed)
    found = []
    if closed is not None and closed.answered is Answered.FOUND:
        found.append(_repair((), closed.removed, closed.added, lower))
    found += [
        _repair(could.settled, could.removed, could.added, lower)
        for could in who_could(whole.region, lesson, CANDIDATES).first
        if could.settled is not None and _fills(whole.region, lesson, could.removed, could.added)
    ]
    if closed is not None and closed.answered is Answered.IMPOSSIBLE:
        found += _chained(whole, closed, lower, min((each.price for each in found), default=None), until)
    found.sort(key=lambda each: each.price)
    cheapest: dict[frozenset[Owner], Repair] = {}
    for each in found:
        cheapest.setdefault(each.owners, each)
    others = [each for each in found if each not in cheapest.values()]
    return sorted([*cheapest.values(), *others[: max(0, most - len(cheapest))]], key=lambda each: each.price)[:most]


def _repair(
    changes: tuple[Change, ...], removed: tuple[Assignment, ...], added: tuple[Assignment, ...], lower: int
) -> Repair:
    owners = frozenset(owner for each in changes for owner in each.owners)
    price = sum(each.price for each in changes) + MOVE_PRICE * len(removed)
    return Repair(owners, changes, price, min(lower, price), removed, added)


def _chained(whole: Whole, closed: Closure, lower: int, best: int | None, until: float) -> Iterator[Repair]:
    """Somebody new takes one of the competing lessons, so that those who compete can give the others, as long as that is cheaper."""
    region, lesson = whole.region, closed.required[0]
    options: list[tuple[int, str, Candidate]] = []
    for other in closed.required[1:COMPETING]:
        board = region.wide(region.term.lesson(other).course)
        given = {row.professional for row in region.judging.reading.assigned.get(other, ())}
        for candidate in candidates_on(board, other, region.calendar.all, region):
            facts = board.forbidden.get(candidate.index, ())
            least = sum({each.rule: each.price for each in facts}.values())
            stuck = any(not each.negotiable for each in facts)
            if candidate.professional in given or stuck or (best is not None and least + MOVE_PRICE >= best):
                continue
            removed, added = rows_of(region, candidate, 0)
            broken = tuple(region.judging.broken(removed=removed, added=added, personal=True))
            changes = agreed(region.judging, broken, removed, added)
            if changes:
                options.append((sum(each.price for each in changes), other, candidate))
    chains: dict[str, tuple[Local, Solved] | None] = {}
    for price, other, candidate in sorted(options, key=lambda each: (each[0], each[1], each[2].index)):
        if time.monotonic() > until or (best is not None and price + MOVE_PRICE >= best):
            return
        could = could_with(region, candidate, 0)
        if could.settled is None:
            continue
        if other not in chains:
            chains[other] = without(whole, closed, other, min(CHAIN_SECONDS, until - time.monotonic()))
        if (chain := chains[other]) is None:
            continue
        model, solved = chain
        kept = [each for each in solved.chosen if not set(each.lessons) & set(candidate.lessons)]
        removed, added = model.rows(kept)
        mine = {(row.professional, row.lesson) for row in could.added}
        gone = tuple(dict.fromkeys([*removed, *(row for row in could.removed if row not in added)]))
        come = (*(row for row in added if (row.professional, row.lesson) not in mine), *could.added)
        judging = region.judging.under(applied(region.term, could.settled))
        if (
            len(gone) <= MOST_MOVES
            and not any(judging.broken(removed=gone, added=come))
            and _fills(whole.region, lesson, gone, come)
        ):
            repair = _repair(could.settled, gone, come, lower)
            best = repair.price if best is None else min(best, repair.price)
            yield repair


def _fills(region: Region, lesson: str, removed: tuple[Assignment, ...], added: tuple[Assignment, ...]) -> bool:
    """Whether a change of rows fills a lesson, and opens none."""
    before, after = region.judging.reading, region.judging.reading.changed(removed, added)
    touched = {row.lesson for row in (*removed, *added)}
    return after.short_of(lesson) <= 0 and all(
        after.short_of(each) <= max(0, before.short_of(each)) for each in touched
    )


def least_price(whole: Whole, closed: Closure | None) -> int:
    """What every way to fill a lesson costs at least.

    Where those who compete cannot give all lessons they compete for, somebody new must be able to, for which all facts
    against them must go; or one of those who compete must be able to do more, which costs no less than the cheapest of all
    agreements.
    """
    if closed is None or closed.answered is not Answered.IMPOSSIBLE or not whole.region.judging.breaks_nothing:
        return 0
    region = whole.region
    prices = [CHEAPEST] if closed.people else []
    for lesson in closed.required:
        wide = region.wide(region.term.lesson(lesson).course)
        for candidate in candidates_on(wide, lesson, region.calendar.all, region):
            facts = wide.forbidden.get(candidate.index, ())
            if facts and all(each.negotiable for each in facts):
                prices.append(sum({each.rule: each.price for each in facts}.values()))
    return min(prices, default=CHEAPEST)
