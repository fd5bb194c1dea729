"""The smallest sets of stops of a day that are too much together, so that a check of whole days becomes limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model.rule import Candidate, DayCheck, DayClass, DayStop, Literal

if TYPE_CHECKING:
    from solver.board import Board


def too_much(board: Board, day: DayClass, check: DayCheck) -> Iterator[tuple[Literal, ...]]:
    """Literals that cannot all be true, for each smallest set of stops that fails a check.

    The check must stay failed when stops are added. Days on which everything possible together passes cost one call.
    """
    if not check([each.stop for each in day.stops]):
        return
    found: list[frozenset[Literal]] = []
    for literals, taught in _failing(board, day, check):
        if not any(smaller <= literals for smaller in found):
            found.append(literals)
            if taught:
                yield tuple(sorted(literals))
            else:
                lessons = board.any_of(board.teaches(each.candidate) for each in day.stops if each.candidate)
                yield (*sorted(literals), lessons)


def _failing(board: Board, day: DayClass, check: DayCheck) -> Iterator[tuple[frozenset[Literal], bool]]:
    """Sets of stops that fail, small ones first, with whether a lesson is among them; larger ones are not looked at."""
    items: dict[Literal, list[DayStop]] = {}
    for each in day.stops:
        items.setdefault(board.there(each), []).append(each)
    kinds = list(items)
    sets: list[tuple[int, tuple[Literal, ...], frozenset[int]]] = [(0, (), frozenset())]
    failed: list[frozenset[Literal]] = []
    while sets:
        larger = []
        for first, chosen, out in sets:
            for place in range(first, len(kinds)):
                candidate = items[kinds[place]][0].candidate
                if candidate is not None and candidate.index in out:
                    continue
                now = (*chosen, kinds[place])
                if any(each <= frozenset(now) for each in failed):
                    continue
                stops = sorted((each for literal in now for each in items[literal]), key=lambda each: each.stop.order)
                if check([each.stop for each in stops]):
                    failed.append(frozenset(now))
                    yield failed[-1], any(each.candidate is not None for each in stops)
                else:
                    larger.append((place + 1, now, out | _excluded(board, candidate)))
        sets = larger


def _excluded(board: Board, candidate: Candidate | None) -> set[int]:
    return set() if candidate is None else board.excluded_by(candidate.index)
