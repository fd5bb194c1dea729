"""Records: one line a run, read back as it was written, whatever an interrupt left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.cases import generated
from benchmarks.family import Family
from benchmarks.recipes import Profile
from benchmarks.records import BrokenRule, Result, Run, add, current, key_of, load, path_of, thinned
from tests.benchmarks.runs import FAILED, FOUND, GAVE_UP, ILLEGAL, PROVED, instance, result, run

RUNS = [
    run("hybrooster", 20, 1, result(PROVED, 100, 100, filled_share=0.5)),
    run("cp-sat", 20, 1, result(FOUND, 90, trace=((0.5, None, 120), (1.0, 90, 120)))),
    run("highs", 20, 1, result(GAVE_UP, bound=130), peak_memory_mb=None, prepare_seconds=None),
    run("timefold", 20, 1, Result(status=ILLEGAL, breaches=(BrokenRule(rule="clash", times=2, example="«Anna»\n…"),))),
    run("greedy", 20, 1, Result(status=FAILED, error="line\nand line")),
]


def test_runs_are_read_back_as_they_were_recorded(tmp_path: Path) -> None:
    """One line of JSON each, without what is only a default; families apart."""
    for each in RUNS:
        add(path_of(tmp_path, Family.GENERATED, "0.1.0"), each)
    public = instance("cp-sat", "data_1", result(FOUND, -30, -28), (28, 29))
    add(path_of(tmp_path, Family.SMPTSP, "0.1.0"), public)
    assert load(tmp_path, Family.GENERATED) == RUNS
    assert load(tmp_path, Family.SMPTSP) == [public]
    lines = (tmp_path / "generated" / "results" / "0.1.0.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["peer"] for line in lines] == [each.peer for each in RUNS]
    assert "published" not in json.loads(lines[0])


def test_a_line_that_was_cut_off_is_left_out_and_dropped_by_the_next(tmp_path: Path) -> None:
    """Wherever the last line was cut off, the runs before it stay, and the next one follows them."""
    path = path_of(tmp_path, Family.GENERATED, "0.1.0")
    add(path, RUNS[0])
    whole = path.read_bytes()
    add(path, RUNS[3])
    both = path.read_bytes()
    for kept in (len(whole) + 1, (len(whole) + len(both)) // 2, len(both) - 1):
        path.write_bytes(both[:kept])
        assert load(tmp_path, Family.GENERATED) == RUNS[:1]
        add(path, RUNS[1])
        assert load(tmp_path, Family.GENERATED) == RUNS[:2]
        assert path.read_bytes().startswith(whole)


def test_a_file_of_nothing_but_a_cut_off_line_is_begun_anew(tmp_path: Path) -> None:
    """The very first run was interrupted."""
    path = path_of(tmp_path, Family.GENERATED, "0.1.0")
    path.parent.mkdir(parents=True)
    path.write_text('{"release": "0.1', "utf-8")
    assert load(tmp_path, Family.GENERATED) == []
    add(path, RUNS[0])
    assert load(tmp_path, Family.GENERATED) == RUNS[:1]


def test_releases_are_in_order_of_their_numbers(tmp_path: Path) -> None:
    """0.10.0 comes after 0.9.1, and names without numbers last."""
    for release in ("try", "0.10.0", "0.9.1", "1.0.0", "0.9.0"):
        add(path_of(tmp_path, Family.GENERATED, release), run("greedy", 20, 1, result(FOUND, 1), release=release))
    assert [each.release for each in load(tmp_path, Family.GENERATED)] == ["0.9.0", "0.9.1", "0.10.0", "1.0.0", "try"]


def test_nothing_is_recorded_of_a_family_that_never_ran(tmp_path: Path) -> None:
    """Neither folder nor file is needed."""
    assert load(tmp_path, Family.SMPTSP) == []


def test_the_key_a_run_will_have_is_the_one_it_has() -> None:
    """Release, case, peer and limit make a run; another of either is another run."""
    (case,) = generated([20], [Profile.BALANCED], [1])
    assert key_of("0.1.0", case, "highs", 60) == RUNS[2].key
    others = [
        key_of("0.2.0", case, "highs", 60),
        key_of("0.1.0", case, "greedy", 60),
        key_of("0.1.0", case, "highs", 61),
        key_of("0.1.0", next(generated([20], [Profile.BALANCED], [2])), "highs", 60),
    ]
    assert RUNS[2].key not in others


def test_a_record_from_before_digests_is_about_a_problem_of_its_release(tmp_path: Path) -> None:
    """Its line has none; in two releases it is not known to be the same, and neither as one with a digest."""
    runs = [
        run("greedy", 20, 1, result(FOUND, 1), problem=problem, release=release)
        for release, problem in (("0.1.0", ""), ("0.2.0", ""), ("0.1.0", "a"), ("0.2.0", "a"), ("0.2.0", "b"))
    ]
    for each in runs:
        add(path_of(tmp_path, Family.GENERATED, each.release), each)
    assert '"problem"' not in path_of(tmp_path, Family.GENERATED, "0.1.0").read_text("utf-8").splitlines()[0]
    assert sorted(load(tmp_path, Family.GENERATED), key=runs.index) == runs
    abouts = [each.about for each in runs]
    assert abouts[2] == abouts[3]
    assert len(set(abouts)) == 4
    assert run("greedy", 20, 2, result(FOUND, 1), problem="a").about != abouts[2]


def test_what_counts_is_about_the_problem_measured_last() -> None:
    """By release and case; where the time is the same, the later line. Of one run done twice the second counts."""
    early, late = "2026-11-24T10:00:00+00:00", "2026-11-25T10:00:00+00:00"

    def made(peer: str, seed: int, problem: str, when: str, **fields: str) -> Run:
        return run(peer, 20, seed, result(FOUND, 1), problem=problem, when=when, **fields)

    new = made("greedy", 1, "new", late)
    others = [
        made("highs", 1, "new", early),
        made("greedy", 2, "old", early),
        made("greedy", 1, "old", late, release="1"),
    ]
    dropped = [made("greedy", 1, "old", early), made("cp-sat", 1, "", early)]
    assert current([new, *dropped, *others]) == [new, *others]
    assert current([made("highs", 1, "b", late), made("greedy", 1, "a", late)]) == [made("greedy", 1, "a", late)]
    assert current([made("greedy", 1, "new", early), new]) == [new]


def test_a_record_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    """A typing error in a hand-edited record is not overlooked."""
    path = path_of(tmp_path, Family.GENERATED, "0.1.0")
    add(path, RUNS[0])
    path.write_text(path.read_text("utf-8").replace('"peer"', '"pear"'), "utf-8")
    with pytest.raises(ValueError, match="pear"):
        load(tmp_path, Family.GENERATED)


POINTS = st.lists(st.tuples(st.floats(0, 60), st.integers(), st.integers()), max_size=60)


@given(POINTS, st.integers(2, 20))
def test_a_thinned_trace_keeps_both_ends_and_the_order(points: list[tuple[float, int, int]], most: int) -> None:
    """At most so many points, none made up; a short trace stays whole."""
    kept = thinned(points, most)
    assert len(kept) == min(most, len(points))
    left = iter(points)
    assert all(each in left for each in kept)  # a subsequence
    if points:
        assert (kept[0], kept[-1]) == (points[0], points[-1])


def test_a_run_is_a_value() -> None:
    """JSON and back, for each kind of ending."""
    for each in RUNS:
        assert Run.model_validate_json(each.model_dump_json(exclude_defaults=True)) == each
