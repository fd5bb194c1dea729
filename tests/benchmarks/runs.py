"""Made-up runs for tests of records and reports."""

from __future__ import annotations

from typing import Any

from benchmarks.cases import Family
from benchmarks.records import Machine, Result, Run, RunStatus

MACHINE = Machine(cpu="Abacus 3000", cores=2, memory_gb=8.0)
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
    """A run on a balanced region, 60 s, release 0.1.0."""
    group = f"balanced-{size}"
    return Run(
        **{
            "release": "0.1.0",
            "revision": "abc",
            "when": "2026-11-24T10:00:00+00:00",
            "family": Family.GENERATED,
            "case": f"{group}-{seed}",
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
