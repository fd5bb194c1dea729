"""What tables compare and what not, and how a gap went over time, with cells worked out by hand."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import gap_at, gap_percent, near_seconds
from benchmarks.records import Run
from benchmarks.report import write
from tests.benchmarks.runs import FOUND, GAVE_UP, ILLEGAL, PROBLEM, PROVED, recorded, result, run, tables

OTHER = "0ddba1100000"
BEFORE, AFTER = {"release": "0.1.0"}, {"release": "0.2.0"}


def test_nothing_is_compared_between_two_problems(tmp_path: Path) -> None:
    """What was proved best under the old rules is no longer reached, or surpassed: neither is refuted or best of both."""
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 100, 100), problem="", **BEFORE),
        run("hybrooster", 20, 2, result(PROVED, 100, 100), problem=OTHER, **BEFORE),
        run("greedy", 20, 1, result(FOUND, 80), problem="", **BEFORE),
        run("greedy", 20, 2, result(FOUND, 80), problem=OTHER, **BEFORE),
        run("hybrooster", 20, 1, result(PROVED, 90, 90), **AFTER),
        run("hybrooster", 20, 2, result(PROVED, 160, 160), **AFTER),
        run("greedy", 20, 1, result(FOUND, 90), **AFTER),
        run("greedy", 20, 2, result(FOUND, 144), **AFTER),
    ]
    write(recorded(tmp_path, runs))
    quality, *_, best = tables(tmp_path)
    assert [(row["hybrooster"], row["greedy"]) for row in quality] == [
        ("100 (proved)", "80.0"),  # 80 of 100, twice
        ("100 (proved)", "90.0"),  # 90 of 90, 144 of 160
    ]
    assert [(row["region"], row["problem"], row["value"], row["bound"], row["gap, %"]) for row in best] == [
        ("balanced-20-1", "of 0.1.0", "100", "100", "0"),
        ("balanced-20-1", PROBLEM, "90", "90", "0"),
        ("balanced-20-2", OTHER, "100", "100", "0"),
        ("balanced-20-2", PROBLEM, "160", "160", "0"),
    ]


def test_unknown_problems_of_two_releases_are_two(tmp_path: Path) -> None:
    """Nobody can say that they are the same."""
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 100, 100), problem="", **BEFORE),
        run("greedy", 20, 1, result(FOUND, 110), problem="", **AFTER),
    ]
    write(recorded(tmp_path, runs))
    quality, *_, best = tables(tmp_path)
    assert (quality[0]["hybrooster"], quality[1]["greedy"]) == ("100 (proved)", "100")
    assert [row["problem"] for row in best] == ["of 0.1.0", "of 0.2.0"]


def test_the_same_problem_is_compared_over_releases(tmp_path: Path) -> None:
    """A better answer of a later release counts for the earlier one as well, and refutes its proof."""
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 99, 99), **BEFORE),
        run("greedy", 20, 1, result(FOUND, 100), **AFTER),
    ]
    write(recorded(tmp_path, runs))
    quality, gaps, *_, best = tables(tmp_path)
    assert quality[0]["hybrooster"] == "99.0 (proved), 1 refuted"
    assert gaps[0]["60 s"] == "–"
    assert [(row["problem"], row["value"]) for row in best] == [(PROBLEM, "100")]


def test_of_one_release_the_newest_problem_counts(tmp_path: Path) -> None:
    """Whoever was measured only before the rules changed is not there yet, and neither is another limit."""
    old = {"problem": OTHER, "when": "2026-11-23T10:00:00+00:00"}
    runs = [
        run("greedy", 20, 1, result(FOUND, 100)),
        run("greedy", 20, 1, result(FOUND, 500), **old),  # written later, but measured before
        run("highs", 20, 1, result(PROVED, 600, 600), **old),
        run("greedy", 20, 1, result(FOUND, 500), limit_seconds=10.0, **old),
    ]
    write(recorded(tmp_path, runs))
    (row,), *_, best = tables(tmp_path)
    assert (row["limit"], row["greedy"], "highs" in row) == ("60 s", "100", False)
    assert [(each["problem"], each["value"]) for each in best] == [(PROBLEM, "100")]


def test_little_is_not_rounded_to_nothing(tmp_path: Path) -> None:
    """A gap of 0.046 %, and a value 0.03 % below the best, whatever the number of digits."""
    runs = [
        run("hybrooster", 300, 1, result(FOUND, 1_000_000, 1_000_460)),
        run("highs", 300, 1, result(FOUND, 999_700, 1_000_460)),  # gap 760 / 999,700 = 0.07602… %
        run("greedy", 300, 1, result(FOUND, 999_999)),
    ]
    write(recorded(tmp_path, runs))
    quality, _, _, best, aims = tables(tmp_path)
    assert quality[0]["hybrooster"] == "100 (0.046)"
    assert quality[0]["highs"] == "99.97 (0.077)"
    assert quality[0]["greedy"] == "99.9999"
    assert best[0]["gap, %"] == "0.046"
    assert "0.046" in {row["measured"] for row in aims}


def way(*points: tuple[float, int | None, int | None], value: int, bound: int, seconds: float = 60.0) -> Run:
    """A run that went like this."""
    status = PROVED if value == bound else FOUND
    return run("hybrooster", 300, 1, result(status, value, bound, trace=points, seconds=seconds))


def test_a_gap_over_time_is_what_was_told_until_then() -> None:
    """Nothing before there are a value and a bound; then the last of each; proved is 0."""
    course = way((1.0, None, 150), (2.0, 100, 150), (5.0, 100, 120), (9.0, 110, 110), value=110, bound=110, seconds=9.5)
    gaps = {1.5: float("inf"), 2.0: 50.0, 4.9: 50.0, 5.0: 20.0, 8.0: 20.0, 9.0: 0.0, 60.0: 0.0}
    assert {moment: gap_at(course, moment) for moment in gaps} == gaps


def test_a_claim_on_the_way_is_no_better_than_the_end() -> None:
    """A value that the judge did not find, and a bound that was taken back, do not make a gap small."""
    course = way((1.0, 130, 130), value=100, bound=150)
    assert gap_at(course, 1.0) == gap_at(course, 60.0) == gap_percent(course) == 50.0
    assert near_seconds(course, 0.01) == float("inf")
    unbound = run("hybrooster", 300, 1, result(FOUND, 100, trace=((1.0, 100, 100),)))
    assert gap_at(unbound, 60.0) == float("inf")
    illegal = run("hybrooster", 300, 1, result(ILLEGAL, trace=((1.0, 100, 100),)))
    assert gap_at(illegal, 60.0) == float("inf")


def test_gaps_over_time_are_medians_over_the_seeds(tmp_path: Path) -> None:
    """Up to the limit; the worse one of two; proved only where all are; those who never have a bound are left out."""
    first = result(PROVED, 1000, 1000, seconds=20.0, trace=((4.0, 1000, 1300), (12.0, 1000, 1000)))
    second = result(FOUND, 1000, 1002, seconds=60.5, trace=((8.0, 1000, 1100), (40.0, 1000, 1002), (60.2, 1000, 1001)))
    runs = [
        run("hybrooster", 20, 1, first),
        run("hybrooster", 20, 2, second),
        run("cp-sat", 20, 1, first),
        run("cp-sat", 20, 2, result(GAVE_UP, bound=2000)),
        *(run("cp-sat-lp", 20, seed, what) for seed, what in ((1, first), (2, first), (3, second))),
        run("highs", 20, 1, first, limit_seconds=180.0),
        run("greedy", 20, 1, result(FOUND, 900)),
    ]
    write(recorded(tmp_path, runs))
    rows = [list(row.values()) for row in tables(tmp_path)[1]]
    assert list(tables(tmp_path)[1][0]) == [
        *("release", "limit", "region", "peer", "seeds"),
        *("5 s", "10 s", "30 s", "60 s", "120 s", "180 s"),
    ]
    # Of the second seed: none, 10, 10 and 0.2 %; what came at 60.2 s is not there at 60.
    assert rows == [
        ["0.1.0", "60 s", "balanced-20", "hybrooster", "2", "–", "30.0", "10.0", "0.2", "", ""],
        ["0.1.0", "60 s", "balanced-20", "cp-sat", "2", "–", "–", "–", "–", "", ""],
        ["0.1.0", "60 s", "balanced-20", "cp-sat-lp", "3", "30.0", "30.0", "0", "0", "", ""],
        ["0.1.0", "180 s", "balanced-20", "highs", "1", "30.0", "30.0", *["proved"] * 4],
    ]
