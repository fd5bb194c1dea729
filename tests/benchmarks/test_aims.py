"""What the engine aims for, against made-up runs with figures worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.aims import never_below, rows
from benchmarks.family import Family
from benchmarks.records import Run
from benchmarks.report import write
from tests.benchmarks.runs import FOUND, GAVE_UP, PROVED, SMALL, recorded, result, run, tables


def ours(size: int, *gaps: float, **fields: object) -> list[Run]:
    """Runs worth 100,000 with these gaps in percent."""
    return [
        run("hybrooster", size, seed, result(FOUND, 100_000, round(100_000 + 1000 * gap)), **fields)
        for seed, gap in enumerate(gaps, 1)
    ]


def test_an_aim_is_reached_by_the_middle_run_of_the_newest_release() -> None:
    """Of an even number the worse of the two middle ones; runs of others, of other limits and of before do not count."""
    runs = [
        run("hybrooster", 300, 9, result(PROVED, 100, 100), release="0.0.9"),
        run("highs", 300, 1, result(PROVED, 100, 100)),
        *ours(300, 0.05, 0.1, 0.2, 0.3),
        *ours(300, 0.04, 0.04, 0.7, limit_seconds=180.0),
    ]
    told = {(row[0], row[1]): row[2:] for row in rows(runs)}
    assert told["balanced-300", "gap at 60 s at most 0.1 %"] == ["0.2", "4", "no"]
    assert told["balanced-300", "gap at 180 s at most 0.05 %"] == ["0.04", "3", "yes"]
    assert told["balanced-1000", "gap at 300 s at most 0.3 %"] == ["–", "0", "not measured"]


def test_what_has_no_answer_is_never_there() -> None:
    """No bound, no proof or no answer is worse than any figure."""
    runs = [run("hybrooster", 100, seed, result(GAVE_UP)) for seed in (1, 2)] + [
        run("hybrooster", 100, 3, result(PROVED, 100, 100, seconds=4.0))
    ]
    told = {(row[0], row[1]): row[2:] for row in rows(runs)}
    assert told["balanced-100", "proved best within 5 s"] == ["never", "3", "no"]


@pytest.mark.parametrize(("late", "reached"), [(4.0, "yes"), (6.0, "no")])
def test_of_a_hundred_changes_five_may_take_longer(late: float, reached: str) -> None:
    """The middle one tells of half of them, the 96th of 95."""
    changed = {"family": Family.CHANGED, "group": "balanced-300-changed", "limit_seconds": 10.0}
    runs = []
    for seed in range(100):
        seconds = 1.0 if seed < 95 else late
        trace = ((seconds, 100_000, 100_050),)
        answer = result(FOUND, 100_000, 100_050, trace=trace, seconds=10.0)
        runs.append(run("hybrooster-again", 300, seed, answer, **changed))
    told = {(row[0], row[1]): row[2:] for row in rows(runs)}
    assert told["balanced-300-changed", "gap of 0.1 % within 2 s, in half of the changes"] == ["1.0", "100", "yes"]
    assert told["balanced-300-changed", "gap of 0.1 % within 5 s, in 95 of 100"][2] == reached


def test_whose_median_value_is_above_ours_is_named(tmp_path: Path) -> None:
    """Only where it has as many runs."""
    runs = [*ours(300, 0.1, 0.1), *(run("greedy", 300, seed, result(FOUND, 100_001)) for seed in (1, 2))]
    more = run("highs", 300, 1, result(FOUND, 100_002))
    assert never_below([*runs, more]) == ["greedy on balanced-300 at 60 s"]
    folder = recorded(tmp_path, [*runs, more])
    write(folder)
    assert "Another one's median value is above ours: greedy on balanced-300 at 60 s." in (
        folder / "README.md"
    ).read_text("utf-8")


def test_without_anything_that_is_aimed_for_there_is_no_table(tmp_path: Path) -> None:
    """As with small regions alone; with one of 300 it is the last."""
    folder = recorded(tmp_path, SMALL)
    write(folder)
    assert "### Aims" not in (folder / "README.md").read_text("utf-8")
    recorded(tmp_path, ours(300, 0.01), readme=None)
    write(folder)
    assert tables(folder)[-1][3]["measured"] == "0.01"
