"""What would fill a lesson: lessons that change hands, or something that somebody agrees to; each tried and judged."""

from __future__ import annotations

from dataclasses import dataclass

from model.change import Change
from model.rule import Owner
from model.timetable import Assignment
from solver.explain.closure import Closure
from solver.explain.could import who_could
from solver.explain.local import Answered
from solver.explain.region import Region

CANDIDATES = 12
"""So many people are looked at."""

MOVE_PRICE = 1
"""What a lesson that changes hands is taken to cost, against agreements."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to fill a lesson.

    Attributes:
        owners: who must agree; nobody where lessons only change hands.
        price: what it is taken to cost: its changes, and each lesson that changes hands.
        lower: no way costs less, as far as is proved.
        removed, added: rows of the timetable that go and come.
    """

    owners: frozenset[Owner]
    changes: tuple[Change, ...]
    price: int
    lower: int
    removed: tuple[Assignment, ...]
    added: tuple[Assignment, ...]


def repairs(region: Region, lesson: str, closed: Closure | None, most: int = 5) -> list[Repair]:
    """Ways to fill an open lesson, cheapest first: of those that ask the same of the same the cheapest.

    Args:
        closed: whether it can be filled by lessons that change hands alone, where that is known.
    """
    lower = 1 if closed is not None and closed.answered is Answered.IMPOSSIBLE else 0
    found = []
    if closed is not None and closed.answered is Answered.FOUND:
        moved = len(closed.removed) * MOVE_PRICE
        found.append(Repair(frozenset(), (), moved, min(lower, moved), closed.removed, closed.added))
    for could in who_could(region, lesson, CANDIDATES).first:
        changes = could.settled
        if changes is not None:
            owners = frozenset(owner for each in changes for owner in each.owners)
            price = sum(each.price for each in changes)
            found.append(Repair(owners, changes, price, min(lower, price), could.removed, could.added))
    found.sort(key=lambda each: each.price)
    cheapest: dict[frozenset[Owner], Repair] = {}
    for each in found:
        cheapest.setdefault(each.owners, each)
    others = [each for each in found if each not in cheapest.values()]
    return sorted([*cheapest.values(), *others[: max(0, most - len(cheapest))]], key=lambda each: each.price)[:most]
