"""How long it takes to read a file, to build a board and to judge a timetable: `python -m pytest benchmarks/micro`.

Measured by pytest-benchmark, on balanced regions. Nothing is said about how long it may take: no verdict hangs on it.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.generator import generate
from benchmarks.greedy import greedy
from benchmarks.neutral import instance_of
from benchmarks.recipes import Profile
from model.files import read_term, write_term
from model.judge import judge
from model.term import Term
from model.timetable import Timetable
from solver.board import Board
from solver.parallel import share_out
from solver.plan.writing import LEAST_SHARED

SIZES = (100, 300)
BOARDS = (100, 300, 1000)
ROUNDS = {100: 10, 300: 3}


@dataclass(frozen=True, slots=True)
class Region:
    """A region with a timetable made by hand."""

    term: Term
    timetable: Timetable


@cache
def region(size: int) -> Region:
    """The same one for everything that is measured."""
    term = generate(size, 1, Profile.BALANCED)
    instance = instance_of(term)
    return Region(term, instance.timetable(greedy(instance)))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_read(benchmark: BenchmarkFixture, tmp_path: Path, form: str, size: int) -> None:
    """File to term, with all that is checked on the way."""
    path = tmp_path / f"term.{form}"
    write_term(region(size).term, path)
    loaded = benchmark.pedantic(read_term, (path,), rounds=ROUNDS[size], warmup_rounds=1)
    assert loaded.term == region(size).term


@pytest.mark.parametrize("size", BOARDS)
def test_board(benchmark: BenchmarkFixture, size: int) -> None:
    """Term to board: candidates, and everything that is said, of each person by one of the processes there are."""
    term = generate(size, 1, Profile.BALANCED)

    def whole() -> int:
        board = Board.of(term, with_forks=True)
        said = share_out(lambda person: len(board.said_of(person.id).limits), term.professionals, LEAST_SHARED)
        return len(board.shared.limits) + sum(said)

    gc.disable()  # as in the process that solves
    try:
        limits = benchmark.pedantic(whole, rounds=3, warmup_rounds=1)
    finally:
        gc.enable()
    assert limits


@pytest.mark.parametrize("size", SIZES)
def test_judge(benchmark: BenchmarkFixture, size: int) -> None:
    """Timetable to verdict."""
    made = region(size)
    verdict = benchmark.pedantic(judge, (made.term, made.timetable), rounds=ROUNDS[size], warmup_rounds=1)
    assert not verdict.breaches
