"""Which problem a case is: its digest is made once, and again only when something it was made from has changed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import Case
from benchmarks.records import Run

ROOT = Path(__file__).parents[1]
PROGRAMS = ("model/**/*.py", "model/**/*.toml", "solver/*.py", "benchmarks/*.py", "benchmarks/*.csv")
"""Files that a term and its neutral form are made by: more than enough of them, but not the engine."""


class Identity(NamedTuple):
    """What a record says of its problem."""

    problem: str
    """Its digest; empty if making it went wrong."""
    origin: str
    """Stands for all it was made from: while that is the same, so is the digest."""


def known(runs: Iterable[Run]) -> dict[str, str]:
    """Digests on record, by origin."""
    return {run.origin: run.problem for run in runs if run.problem}


def identity(case: Case, digests: Mapping[str, str]) -> Identity:
    """Which problem a case is, from digests on record by their origin or made anew."""
    origin = _hash(case.made_of().encode(), programs()).hex()
    return Identity(digests.get(origin) or _made(case), origin)


@cache
def _made(case: Case) -> str:
    """The digest, made in a process that leaves no memory behind: a board of thousands is as large as what is measured."""
    process = subprocess.run(
        [sys.executable, "-m", "benchmarks.digest"],
        input=case.model_dump_json(),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,  # what went wrong is on standard error; measuring goes on without a digest
    )
    return "" if process.returncode else process.stdout.strip()


@cache
def programs() -> bytes:
    """Stands for the text of all programs."""
    paths = sorted({path.relative_to(ROOT) for pattern in PROGRAMS for path in ROOT.glob(pattern)})
    return _hash(*(part for path in paths for part in (path.as_posix().encode(), (ROOT / path).read_bytes())))


def _hash(*parts: bytes) -> bytes:
    return blake2b(b"".join(len(part).to_bytes(8, "big") + part for part in parts), digest_size=6).digest()
