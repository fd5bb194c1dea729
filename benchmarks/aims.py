"""What the engine aims for, and how far the newest release is: one row an aim, measured or not yet.

An aim is about a group of regions and a limit; what is measured is the median over its seeds, as everywhere the worse of
two middle ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from benchmarks.figures import gap_at, near_seconds, value_of
from benchmarks.percent import up
from benchmarks.records import LEGAL, Run, RunStatus

OURS = ("hybrooster", "hybrooster-again")

Measure = Callable[[Run], float]


@dataclass(frozen=True, slots=True)
class Aim:
    """Something to be reached.

    Attributes:
        group: of regions.
        limit: seconds of the runs it is measured in.
        says: in words, with what `most` is.
        measure: of one run, smaller is better.
        most: what the median may be.
        part: which of the runs in order counts: the middle one, or one further on.
    """

    group: str
    limit: float
    says: str
    measure: Measure
    most: float
    part: float = 0.5

    def reached(self, runs: Sequence[Run]) -> float:
        """What was measured."""
        ordered = sorted(map(self.measure, runs))
        return ordered[min(len(ordered) - 1, int(self.part * len(ordered)))]


def _gap(at: float) -> Measure:
    return lambda run: gap_at(run, at) if at < run.limit_seconds else gap_at(run, inf)


def _proved(run: Run) -> float:
    return run.result.seconds if run.result.status is RunStatus.PROVED_BEST else inf


def _memory(run: Run) -> float:
    return inf if run.peak_memory_mb is None else run.peak_memory_mb / 1000


def _near(gap: float) -> Measure:
    return lambda run: near_seconds(run, gap)


def aims() -> Iterator[Aim]:
    """All of them, smallest regions first."""
    profiles = ("balanced", "scarce")
    for profile in profiles:
        yield Aim(f"{profile}-100", 60, "proved best within 5 s", _proved, 5.0)
    yield Aim("heavy-100", 60, "gap at 60 s at most 1 %", _gap(60), 1.0)
    for profile in profiles:
        yield Aim(f"{profile}-300", 60, "gap at 60 s at most 0.1 %", _gap(60), 0.1)
        yield Aim(f"{profile}-300", 180, "gap at 180 s at most 0.05 %", _gap(180), 0.05)
    yield Aim("tight-teams-300", 60, "gap at 60 s at most 0.3 %", _gap(60), 0.3)
    yield Aim("balanced-300-changed", 10, "gap of 0.1 % within 2 s, in half of the changes", _near(0.001), 2.0)
    yield Aim("balanced-300-changed", 10, "gap of 0.1 % within 5 s, in 95 of 100", _near(0.001), 5.0, part=0.95)
    for profile in profiles:
        yield Aim(f"{profile}-1000", 300, "gap at 120 s at most 1 %", _gap(120), 1.0)
        yield Aim(f"{profile}-1000", 300, "gap at 300 s at most 0.3 %", _gap(300), 0.3)
        yield Aim(f"{profile}-1000", 300, "at most 3 GB", _memory, 3.0)
    yield Aim("balanced-3000", 900, "gap at 15 min at most 0.5 %", _gap(900), 0.5)
    yield Aim("balanced-3000", 900, "at most 8 GB", _memory, 8.0)


def rows(runs: Sequence[Run]) -> list[list[str]]:
    """Region, aim, what was measured, over how many runs, and whether that is enough."""
    release = runs[-1].release
    found = []
    for aim in aims():
        mine = [
            run
            for run in runs
            if (run.release, run.group, run.limit_seconds) == (release, aim.group, aim.limit) and run.peer in OURS
        ]
        if mine:
            reached = aim.reached(mine)
            told = "never" if reached == inf else up(reached)
            found.append([aim.group, aim.says, told, str(len(mine)), "yes" if reached <= aim.most else "no"])
        else:
            found.append([aim.group, aim.says, "–", "0", "not measured"])
    return found


def never_below(runs: Sequence[Run]) -> list[str]:
    """Groups and limits of the newest release in which some peer's median value is above ours."""
    release, found = runs[-1].release, []
    groups = dict.fromkeys((run.group, run.limit_seconds) for run in runs if run.release == release)
    for group, limit in groups:
        values: dict[str, list[int]] = {}
        for run in runs:
            if (run.release, run.group, run.limit_seconds) == (release, group, limit):
                values.setdefault(run.peer, []).append(value_of(run) if run.result.status in LEGAL else 0)
        ours = values.pop("hybrooster", None)
        if ours is not None:
            count = len(ours)
            found += [
                f"{peer} on {group} at {limit:g} s"
                for peer, each in values.items()
                if len(each) == count and sorted(each)[(count - 1) // 2] > sorted(ours)[(count - 1) // 2]
            ]
    return found
