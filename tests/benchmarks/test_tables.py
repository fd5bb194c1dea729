"""Tables of made-up runs, with cells worked out by hand."""

from __future__ import annotations

from pathlib import Path

from benchmarks.family import Family
from benchmarks.report import write
from tests.benchmarks.runs import (
    FAILED,
    FOUND,
    GAVE_UP,
    ILLEGAL,
    IMPOSSIBLE,
    PROBLEM,
    PROVED,
    SMALL,
    instance,
    recorded,
    result,
    run,
    tables,
)


def test_quality_is_the_median_share_of_the_best_known_and_the_median_gap(tmp_path: Path) -> None:
    """Proofs, gaps, missing and illegal answers, and seeds that are still to be run."""
    write(recorded(tmp_path, SMALL))
    (row,) = tables(tmp_path)[0]
    assert row == {
        "release": "0.1.0",
        "limit": "60 s",
        "region": "balanced-20",
        "seeds": "3",
        "hybrooster": "100 (proved)",
        "cp-sat": "0.0 (∞), 2 without an answer",
        "highs": "96.0 (25.0)",
        "timefold": "0.0, 1 illegal, 2 of 3 seeds",
        "greedy": "80.0",
    }


def test_of_two_seeds_the_worse_one_counts(tmp_path: Path) -> None:
    """The lower share and the larger gap, whichever comes first."""
    runs = [
        run("greedy", 20, 1, result(FOUND, 96)),
        run("highs", 20, 1, result(FOUND, 72, 96)),  # 75 %, gap 24/72 = 33.3 %
        run("highs", 20, 2, result(FOUND, 100, 130)),  # 100 %, gap 30/100
        run("cp-sat", 20, 1, result(FOUND, 96, 120)),  # 100 %, gap 24/96 = 25 %
        run("cp-sat", 20, 2, result(FOUND, 50, 100)),  # 50 %, gap 50/50 = 100 %
    ]
    write(recorded(tmp_path, runs))
    (row,) = tables(tmp_path)[0]
    assert (row["highs"], row["cp-sat"]) == ("75.0 (33.4)", "50.0 (100.0)")


def test_an_answer_that_is_worth_nothing_has_no_gap_in_percent(tmp_path: Path) -> None:
    """The empty timetable is legal and worth 0; what it could be better is no share of that."""
    runs = [run("highs", 20, 1, result(FOUND, bound=500, value=0, gap=500.0)), run("greedy", 20, 1, result(FOUND, 100))]
    write(recorded(tmp_path, runs))
    assert tables(tmp_path)[0][0]["highs"] == "0.0 (∞)"


def test_effort_is_the_median_of_those_that_gave_an_answer(tmp_path: Path) -> None:
    """First and best answer in seconds, with two digits or whole, and the largest memory in MB."""
    runs = [
        run("highs", 20, 1, result(FOUND, 9, first_seconds=0.0124, best_seconds=9.96), peak_memory_mb=90.4),
        run("highs", 20, 2, result(FOUND, 9, first_seconds=3.14, best_seconds=59.6), peak_memory_mb=1234.5),
        run("highs", 20, 3, result(GAVE_UP), peak_memory_mb=200.6),
        run("cp-sat", 20, 1, result(GAVE_UP), peak_memory_mb=None),
        run("greedy", 20, 1, result(FOUND, 9, first_seconds=0.0124, best_seconds=9.96)),
    ]
    write(recorded(tmp_path, runs))
    (row,) = tables(tmp_path)[-2]
    # Of two times the later one; of 90.4, 200.6 and 1234.5 the middle one.
    assert row["highs"] == "3.1 / 60 / 201"
    assert row["cp-sat"] == "– / – / –"
    assert row["greedy"] == "0.012 / 10 / 100"


def test_rows_are_by_release_limit_and_size_and_columns_by_peer(tmp_path: Path) -> None:
    """0.9 before 0.10, 10 s before 60 s, 100 before 1000; peers always in the same order, forgotten ones last."""
    what = result(FOUND, 10)
    runs = [
        run("no-more", 100, 1, what, release="0.10.0"),
        run("greedy", 1000, 1, what, release="0.9.0"),
        run("greedy", 100, 1, what, release="0.9.0"),
        run("cp-sat", 100, 1, what, release="0.9.0"),
        run("hybrooster", 100, 1, what, release="0.9.0", limit_seconds=10.0),
    ]
    write(recorded(tmp_path, runs))
    quality, effort, _ = tables(tmp_path)  # who proves nothing has no gap over time
    where = [(row["release"], row["limit"], row["region"]) for row in quality]
    assert where == [
        ("0.9.0", "10 s", "balanced-100"),
        ("0.9.0", "60 s", "balanced-100"),
        ("0.9.0", "60 s", "balanced-1000"),
        ("0.10.0", "60 s", "balanced-100"),
    ]
    assert list(quality[0])[4:] == list(effort[0])[4:] == ["hybrooster", "cp-sat", "greedy", "no-more"]
    assert [row["greedy"] for row in quality] == ["–", "100", "100", "–"]


def test_the_best_known_of_a_case_comes_from_all_runs(tmp_path: Path) -> None:
    """Value and bound of different runs, also of another release; where nobody has an answer there is none."""
    runs = [
        run("hybrooster", 20, 1, result(FOUND, 1000, 1500, filled_share=0.354)),
        run("cp-sat", 20, 1, result(FOUND, 900, 1250)),
        run("greedy", 20, 1, result(FOUND, 1000), release="0.2.0"),
        run("greedy", 100, 1, result(GAVE_UP)),
        run("highs", 100, 1, result(GAVE_UP, bound=2345)),
    ]
    write(recorded(tmp_path, runs))
    small, large = tables(tmp_path)[-1]
    # (1250 - 1000) / 1000; greedy's 1000 is no better than the first.
    assert list(small.values()) == ["balanced-20-1", PROBLEM, "1,000", "1,250", "25.0", "35", "hybrooster, 0.1.0, 60 s"]
    assert list(large.values()) == ["balanced-100-1", PROBLEM, "–", "2,345", "–", "–", "–"]


def test_a_proof_that_another_answer_refutes_is_said_to_be(tmp_path: Path) -> None:
    """A bound, or a claim that there is no timetable, below what somebody legally found; it does not count as a bound."""
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 90, 90)),
        run("cp-sat", 20, 1, result(IMPOSSIBLE)),
        run("highs", 20, 1, result(FAILED, 80, 70, error="a legal timetable is worth 80")),
        run("greedy", 20, 1, result(FOUND, 100)),
    ]
    write(recorded(tmp_path, runs))
    quality, *_, best = tables(tmp_path)
    assert quality[0]["hybrooster"] == "90.0 (proved), 1 refuted"
    assert quality[0]["cp-sat"] == "0.0, 1 said to be impossible, 1 refuted"
    assert quality[0]["highs"] == "0.0 (∞), 1 failed"
    assert (best[0]["value"], best[0]["bound"]) == ("100", "–")


def test_smptsp_sums_and_lists_people_used(tmp_path: Path) -> None:
    """Values are people with their sign turned; published bounds are met or not."""
    runs = [
        instance("cp-sat", "data_1", result(PROVED, -20, -20), (20, 20)),
        instance("cp-sat", "data_2", result(FOUND, -33, -29), (30, 31)),  # 10 % above 30; 31 is not met
        instance("cp-sat", "data_3", result(GAVE_UP, bound=-40), (40, 41)),
        instance("cp-sat", "data_4", result(FOUND, -21), None),
        instance("greedy", "data_1", result(ILLEGAL), (20, 20)),
    ]
    write(recorded(tmp_path, runs))
    sums, rows = tables(tmp_path)
    # The mean of 0 % and 10 %.
    assert list(sums[0].values()) == ["0.1.0", "60 s", "cp-sat", "4", "3", "1", "1", "5.0", "0"]
    assert list(sums[1].values()) == ["0.1.0", "60 s", "greedy", "1", "0", "0", "0", "–", "1"]
    assert [list(row.values()) for row in rows] == [
        ["data_1-1", "10", "20–20", "20 (20)", "illegal"],
        ["data_2-1", "10", "30–31", "33 (29)", "–"],
        ["data_3-1", "10", "40–41", "without an answer", "–"],
        ["data_4-1", "10", "–", "21 (–)", "–"],
    ]


def test_where_it_was_measured_is_said_once_a_release(tmp_path: Path) -> None:
    """Machine, versions and dates."""
    runs = [
        run("greedy", 20, 1, result(FOUND, 1)),
        run("highs", 20, 1, result(FOUND, 1), versions={"highspy": "1.16"}, when="2026-11-25T10:00:00+00:00"),
    ]
    write(recorded(tmp_path, runs))
    lines = [line for line in (tmp_path / "README.md").read_text("utf-8").splitlines() if line.startswith("- ")]
    assert lines == [
        "- **0.1.0**, 2026-11-24 to 2026-11-25: Abacus 3000, 2 cores, 8 GB; highspy 1.16, python 3.11.7; revision abc"
    ]


def test_after_a_change_the_seconds_to_a_near_answer_count(tmp_path: Path) -> None:
    """Within 0.1 %: one is there at once, one after four seconds, one never; the median is the middle one."""
    fields = {"family": Family.CHANGED, "group": "balanced-300-changed", "limit_seconds": 10.0}
    ways = [((0.5, 9991, 10000),), ((1.0, 9900, 10000), (4.0, 9995, 10000)), ((1.0, 9000, 10000),)]
    runs = [
        run("hybrooster-again", 300, 1, result(FOUND, way[-1][1], 10000, trace=way), case=f"c{number}", **fields)
        for number, way in enumerate(ways)
    ]
    write(recorded(tmp_path, runs))
    (row,) = tables(tmp_path)[0]
    assert (row["peer"], row["changes"]) == ("hybrooster-again", "3")
    assert (row["median s to 0.1%"], row["s to 0.1% in 95 of 100"]) == ("4", "∞")
