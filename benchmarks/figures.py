"""Figures of recorded runs that tables and plots share. Values and bounds are compared within one problem alone.

A median of an even number is the worse of the two middle ones: what is shown was measured, and what is missing counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import NamedTuple, TypeVar

from benchmarks.peers import PEERS
from benchmarks.records import LEGAL, About, Run, RunStatus

T = TypeVar("T")


def best_known(runs: Iterable[Run]) -> dict[About, int]:
    """The best value any run found, by problem."""
    return {about: value_of(run) for about, run in best_runs(runs).items()}


def best_runs(runs: Iterable[Run]) -> dict[About, Run]:
    """The first run that found the best value, by problem."""
    best: dict[About, Run] = {}
    for run in runs:
        if run.result.status in LEGAL and (run.about not in best or value_of(run) > value_of(best[run.about])):
            best[run.about] = run
    return best


def value_of(run: Run) -> int:
    """Of a run with a legal answer."""
    assert run.result.value is not None
    return run.result.value


def is_refuted(run: Run, best: Mapping[About, int]) -> bool:
    """Whether its proof cannot be right: there is a legal answer above its bound."""
    value, result = best.get(run.about), run.result
    if value is None or result.status is RunStatus.FAILED:
        return False
    return result.status is RunStatus.IMPOSSIBLE or (result.bound is not None and result.bound < value)


def below_best(run: Run, best: Mapping[About, int]) -> float:
    """By how many percent its value is below the best known one; 100 without a legal answer."""
    if run.result.status not in LEGAL:
        return 100.0
    known = best[run.about]
    return 100 * (known - value_of(run)) / max(1, known)


def gap_percent(run: Run) -> float:
    """Proven gap in percent of the value; infinite without a bound, or a legal answer that is worth more than 0."""
    return _percent(_way(run)[-1])


def gap_at(run: Run, moment: float) -> float:
    """The same as it was after so many seconds."""
    there = [point for point in _way(run) if point.when <= moment]
    return _percent(there[-1]) if there else inf


def near_seconds(run: Run, near: float) -> float:
    """Seconds until a peer's value and bound were so near each other; infinite where they never were."""
    return next((point.when for point in _way(run) if _near(point, near)), inf)


class _Point(NamedTuple):
    when: float
    value: int | None
    bound: int | None


def _way(run: Run) -> list[_Point]:
    """How a run went, to its end. What a peer claimed on the way is not taken for better than what came of it."""
    result = run.result
    end = _Point(result.seconds, result.value, result.bound)
    if result.status not in LEGAL:
        return [_Point(result.seconds, None, None)]
    return [
        *(_Point(when, _less(value, end.value), _more(bound, end.bound)) for when, value, bound in result.trace),
        end,
    ]


def _less(claimed: int | None, judged: int | None) -> int | None:
    return None if claimed is None or judged is None else min(claimed, judged)


def _more(claimed: int | None, last: int | None) -> int | None:
    return None if claimed is None or last is None else max(claimed, last)


def _percent(point: _Point) -> float:
    if point.value is None or point.bound is None or point.value <= 0:
        return inf
    return 100 * (point.bound - point.value) / point.value


def _near(point: _Point, near: float) -> bool:
    return (
        point.value is not None
        and point.bound is not None
        and point.bound - point.value <= near * max(1, abs(point.value))
    )


def peers_of(runs: Iterable[Run]) -> list[str]:
    """Who ran, in the order in which there are peers; those that are no more come last."""
    known = list(PEERS)
    return sorted({run.peer for run in runs}, key=lambda peer: (peer not in PEERS, [*known, peer].index(peer), peer))


def grouped(runs: Iterable[Run], key: Callable[[Run], T]) -> dict[T, list[Run]]:
    """Runs by what they have in common, in the order in which they are."""
    found: dict[T, list[Run]] = {}
    for run in runs:
        found.setdefault(key(run), []).append(run)
    return found
