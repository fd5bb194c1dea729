"""Records of runs: one JSON line each, kept by family and release, so that nothing measured is measured twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from benchmarks.cases import Case
from benchmarks.family import Family


class RunStatus(StrEnum):
    """How a run ended: as an outcome does, or with an answer that breaks rules, or without any."""

    PROVED_BEST = "proved_best"
    FOUND = "found"
    IMPOSSIBLE = "impossible"
    GAVE_UP = "gave_up"
    ILLEGAL = "illegal"
    FAILED = "failed"


LEGAL = (RunStatus.PROVED_BEST, RunStatus.FOUND)
"""With a legal timetable of known value."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BrokenRule(_Frozen):
    """What an illegal answer breaks: a rule (or, where it cannot even be read, the code of an issue), and how often."""

    rule: str
    times: int
    example: str


class Result(_Frozen):
    """What came of one run, as the judge sees it. Seconds count from when the peer has what it needs."""

    status: RunStatus
    value: int | None = None
    """Of the final answer, by the judge; None unless it is legal."""
    claimed: int | None = None
    """Of the final answer, by the peer."""
    bound: int | None = None
    gap: float | None = None
    seconds: float = 0
    first_seconds: float | None = None
    best_seconds: float | None = None
    trace: tuple[tuple[float, int | None, int | None], ...] = ()
    """Seconds, value and bound, whenever one of them got better, as the peer claimed them."""
    filled_share: float | None = None
    """Share of the lesson time that has a teacher."""
    breaches: tuple[BrokenRule, ...] = ()
    error: str = ""


class Machine(_Frozen):
    """Where it ran."""

    cpu: str
    cores: int
    memory_gb: float


About = tuple[str, str]
"""A case, and which of the problems that had this name: values and bounds are compared within one alone."""


class Run(_Frozen):
    """One peer on one case."""

    release: str
    revision: str
    when: str
    """UTC, ISO 8601."""
    family: Family
    case: str
    problem: str = ""
    """Digest of what was to be solved (`digest.py`); empty where that is unknown, as before there were digests."""
    origin: str = ""
    """Stands for everything the problem was made from (`problems.py`)."""
    group: str
    size: int
    seed: int
    peer: str
    published: tuple[int, int] | None = None
    """Published lower and upper bound on what the case asks to keep small."""
    limit_seconds: float
    prepare_seconds: float | None
    """Making what the peer is handed, before its time begins."""
    peak_memory_mb: float | None
    """Largest sum of proportional set sizes over the processes of the run."""
    machine: Machine
    versions: dict[str, str]
    result: Result

    @property
    def key(self) -> tuple[str, str, str, float]:
        """What it is called by: done again of another problem, it has the same key."""
        return (self.release, self.case, self.peer, self.limit_seconds)

    @property
    def about(self) -> About:
        """The problem it is about. Of unknown problems nobody can say that they are the same in two releases."""
        return (self.case, self.problem or f"of {self.release}")


def key_of(release: str, case: Case, peer: str, seconds: float) -> tuple[str, str, str, float]:
    """The key a run will have."""
    return (release, case.name, peer, seconds)


def current(runs: Sequence[Run]) -> list[Run]:
    """What counts: of each release and case the runs about the problem that was measured last, each the last time."""
    newest = {(run.release, run.case): run.about for run in sorted(runs, key=lambda run: run.when)}
    return list({run.key: run for run in runs if run.about == newest[run.release, run.case]}.values())


def path_of(results: Path, family: Family, release: str) -> Path:
    """The file in which the runs of a family and release are recorded."""
    return results / family / "results" / f"{release}.jsonl"


def load(results: Path, family: Family) -> list[Run]:
    """All runs of a family, in order of release (the file's name) and time. A line that was cut off is left out."""
    found: list[Run] = []
    for path in sorted((results / family / "results").glob("*.jsonl"), key=lambda path: _numbered(path.stem)):
        found += [Run.model_validate_json(line) for line in path.read_text("utf-8").split("\n")[:-1]]
    return found


def _numbered(release: str) -> list[tuple[bool, int, str]]:
    """A key that puts 0.9 before 0.10, and both before a name."""
    return [(not number, int(number or 0), rest) for number, rest in re.findall(r"(\d*)(\D*)", release)]


def add(path: Path, run: Run) -> None:
    """Record one more run; what an interrupted one left of a line is dropped first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    whole = before[: before.rfind(b"\n") + 1]
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(len(whole))
        file.seek(len(whole))
        file.write(run.model_dump_json(exclude_defaults=True).encode() + b"\n")


def thinned(
    trace: Iterable[tuple[float, int | None, int | None]], most: int
) -> tuple[tuple[float, int | None, int | None], ...]:
    """At most so many points of a trace, evenly, with the first and the last."""
    points = tuple(trace)
    if len(points) <= most:
        return points
    return tuple(points[round(index * (len(points) - 1) / (most - 1))] for index in range(most))
