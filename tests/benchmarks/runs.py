"""Made-up runs for tests of records and reports, and the tables made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.family import Family
from benchmarks.records import Machine, Result, Run, RunStatus, add, path_of
from benchmarks.report import BEGIN, END

README = f"# Benchmarks\n\n## Results\n\n{BEGIN}what was there\n{END}\n\n## Sources\n"
MACHINE = Machine(cpu="Abacus 3000", cores=2, memory_gb=8.0)
PROBLEM = "5ca1ab1e0000"
PROVED, FOUND, GAVE_UP = RunStatus.PROVED_BEST, RunStatus.FOUND, RunStatus.GAVE_UP
ILLEGAL, FAILED, IMPOSSIBLE = RunStatus.ILLEGAL, RunStatus.FAILED, RunStatus.IMPOSSIBLE


def result(status: RunStatus, value: int | None = None, bound: int | None = None, **fields: Any) -> Result:
    """A result whose gap is that of value and bound, found in one go after two seconds of three."""
    gap = None if value is None or bound is None else (bound - value) / max(1, value)
    found = {} if value is None else {"first_seconds": 2.0, "best_seconds": 2.0, "claimed": value}
    trace = () if value is None and bound is None else ((2.0, value, bound),)
    return Result(
        status=status, value=value, bound=bound, **{"seconds": 3.0, "trace": trace, "gap": gap, **found, **fields}
    )


def run(peer: str, size: int, seed: int, what: Result, **fields: Any) -> Run:
    """A run on a balanced region, 60 s, release 0.1.0, which is the same problem in all releases unless said otherwise."""
    group = f"balanced-{size}"
    return Run(
        **{
            "release": "0.1.0",
            "revision": "abc",
            "when": "2026-11-24T10:00:00+00:00",
            "family": Family.GENERATED,
            "case": f"{group}-{seed}",
            "problem": PROBLEM,
            "group": group,
            "size": size,
            "seed": seed,
            "peer": peer,
            "limit_seconds": 60.0,
            "prepare_seconds": 0.1,
            "peak_memory_mb": 100.0,
            "machine": MACHINE,
            "versions": {"python": "3.11.7"},
            "result": what,
            **fields,
        }
    )


def instance(peer: str, name: str, what: Result, published: tuple[int, int] | None = None, **fields: Any) -> Run:
    """A run on an SMPTSP instance of ten tasks."""
    fields = {"family": Family.SMPTSP, "case": f"{name}-1", "group": "smptsp", "published": published, **fields}
    return run(peer, 10, 1, what, **fields)


def recorded(folder: Path, runs: list[Run], readme: str | None = README) -> Path:
    """A folder with these records and a README."""
    for each in runs:
        add(path_of(folder, each.family, each.release), each)
    if readme is not None:
        (folder / "README.md").write_text(readme, "utf-8")
    return folder


def tables(folder: Path) -> list[list[dict[str, str]]]:
    """The tables of the README, rows by column."""
    found: list[list[list[str]]] = [[]]
    for line in (folder / "README.md").read_text("utf-8").splitlines():
        if line.startswith("| "):
            found[-1].append([cell.strip() for cell in line.strip("|").split(" | ")])
        elif found[-1]:
            found.append([])
    return [[dict(zip(head, row, strict=True)) for row in rows] for head, _, *rows in filter(None, found)]


# Best known: 20-1 is 100, 20-2 is 200, 20-3 is 400.
SMALL = [
    run("greedy", 20, 1, result(FOUND, 80)),  # 80 %
    run("greedy", 20, 2, result(FOUND, 100)),  # 50 %
    run("greedy", 20, 3, result(FOUND, 360)),  # 90 %: median 80.0
    run("hybrooster", 20, 1, result(PROVED, 100, 100)),
    run("hybrooster", 20, 2, result(PROVED, 200, 200)),
    run("hybrooster", 20, 3, result(PROVED, 400, 400)),
    run("highs", 20, 1, result(FOUND, 96, 120)),  # 96 %, gap 24/96 = 25 %
    run("highs", 20, 2, result(PROVED, 200, 200)),  # 100 %, gap 0
    run("highs", 20, 3, result(FOUND, 320, 400)),  # 80 %, gap 80/320 = 25 %: median 96.0 and 25.0
    run("cp-sat", 20, 1, result(GAVE_UP, bound=130)),  # 0
    run("cp-sat", 20, 2, result(FOUND, 190, 209)),  # 95 %, gap 19/190 = 10 %
    run("cp-sat", 20, 3, result(GAVE_UP)),  # 0: median 0.0, and no median gap
    run("timefold", 20, 1, result(ILLEGAL, claimed=500)),  # 0
    run("timefold", 20, 2, result(FOUND, 150)),  # 75 %: of two the worse
]
