"""SMPTSP: files read line by line, stated as terms whose optimum is the fewest workers, and cases made of a folder."""

from __future__ import annotations

import gzip
from collections import Counter
from itertools import product
from pathlib import Path
from random import Random

import pytest

from benchmarks.cases import Case, generated, smptsp
from benchmarks.family import Family
from benchmarks.recipes import Profile
from benchmarks.rows import UnreadableError
from benchmarks.smptsp_files import Shifts, bounds, names, read, term_of
from model.checks import content_issues
from model.checks_warnings import warnings
from model.judge import judge
from model.locale import LANGUAGES
from model.timetable import Status
from solver.solve import solve
from tests.agreement import best
from tests.regions import table

SAMPLE = """\
# made up
Type = 1
Jobs = 4
   0   60
  60  120

# one that overlaps both, and one at the end of the day
  30   90
1380 1440
Qualifications = 3
 3:  0 1 3
 2:  2   0
 0:
"""
TASKS = ((0, 60), (60, 120), (30, 90), (1380, 1440))
WORKERS = ((0, 1, 3), (2, 0), ())


def folder_with(folder: Path, text: str, name: str = "tiny") -> Path:
    """A folder with one instance."""
    (folder / f"{name}.dat").write_text(text, encoding="utf-8")
    return folder


# Reading


@pytest.mark.parametrize("suffix", [".dat", ".dat.gz"])
def test_an_instance_is_read(tmp_path: Path, suffix: str) -> None:
    """Tasks by time and workers by task, packed or not; comments, empty lines and spaces do not matter."""
    data = SAMPLE.encode()
    (tmp_path / f"tiny{suffix}").write_bytes(gzip.compress(data) if suffix.endswith("gz") else data)
    assert names(tmp_path) == ["tiny"]
    assert read(tmp_path, "tiny") == Shifts(TASKS, WORKERS)


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    """A carriage return is no part of a line."""
    (tmp_path / "tiny.dat").write_bytes(SAMPLE.replace("\n", "\r\n").encode())
    assert read(tmp_path, "tiny") == Shifts(TASKS, WORKERS)


# Text in the sample, what stands there instead, line of the error, what is expected there, and its kind.
MALFORMED = [
    (("Type = 1", "Type = 2"), 2, "Type", "columns"),
    (("Jobs = 4", "Jobs = four"), 3, "Jobs", "columns"),
    (("Jobs = 4", "Jobs = -4"), 3, "Jobs", "columns"),
    # Fewer or more than announced: the line that should be another one is named.
    (("Jobs = 4", "Jobs = 3"), 9, "Qualifications", "columns"),
    (("Jobs = 4", "Jobs = 5"), 10, "start end", "columns"),
    (("Qualifications = 3", "Qualifications = 4"), 14, "k: task …", "columns"),
    (("Qualifications = 3", "Qualifications = 2"), 13, "", "columns"),
    (("  60  120", "  60"), 5, "start end", "columns"),
    (("  60  120", "  60  120  7"), 5, "start end", "columns"),
    (("  60  120", "  60  1e2"), 5, "start end", "columns"),
    # Ends before it starts, takes no time, or lasts into the next day.
    (("  60  120", "  60   59"), 5, "start end", "number"),
    (("  60  120", "  60   60"), 5, "start end", "number"),
    (("1380 1440", "1380 1441"), 9, "start end", "number"),
    ((" 3:  0 1 3", " 3;  0 1 3"), 11, "k: task …", "columns"),
    ((" 3:  0 1 3", " 3:  0 x 3"), 11, "k: task …", "columns"),
    # Not as many as announced, the same one twice, and one that is not there.
    ((" 3:  0 1 3", " 4:  0 1 3"), 11, "k: task …", "number"),
    ((" 3:  0 1 3", " 3:  0 1 1"), 11, "k: task …", "number"),
    ((" 3:  0 1 3", " 3:  0 1 4"), 11, "k: task …", "number"),
    # Digits without an end, which must not be tried in every way.
    ((" 3:  0 1 3", f" 3:  {'1' * 500}x"), 11, "k: task …", "columns"),
]


@pytest.mark.parametrize(("change", "line", "column", "why"), MALFORMED)
def test_a_line_that_cannot_be_meant_is_named(
    change: tuple[str, str], line: int, column: str, why: str, tmp_path: Path
) -> None:
    """The error gives file, line and what was expected there, in both languages."""
    assert SAMPLE.count(change[0]) == 1
    folder_with(tmp_path, SAMPLE.replace(*change))
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path, "tiny")
    assert (caught.value.line, caught.value.why) == (line, why)
    for lang in LANGUAGES:
        said = caught.value.sentence(lang)
        assert "tiny.dat" in said
        assert f" {line}:" in said
        assert f"«{column}»" in said
        assert len(said) < 200


def test_a_file_of_another_kind_is_refused_at_once(tmp_path: Path) -> None:
    """Bytes that are no text, and nothing at all, are refused at the first line."""
    for data in (b"\xff\xfe\x00", b""):
        (tmp_path / "tiny.dat").write_bytes(data)
        with pytest.raises(UnreadableError) as caught:
            read(tmp_path, "tiny")
        assert caught.value.line == 1


@pytest.mark.parametrize("spoilt", ["cut", "changed", "unpacked"])
def test_a_spoilt_gzip_file_is_an_operating_error(tmp_path: Path, spoilt: str) -> None:
    """A file that was not copied whole says so, with its name where Python does not know better."""
    packed = gzip.compress(SAMPLE.encode())
    data = {"cut": packed[:-12], "changed": packed[:12] + b"\xff\xff" + packed[14:], "unpacked": SAMPLE.encode()}
    (tmp_path / "tiny.dat.gz").write_bytes(data[spoilt])
    with pytest.raises(OSError, match=r"tiny\.dat\.gz|gzip"):
        read(tmp_path, "tiny")


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A folder without instances, and an instance that is in no folder."""
    with pytest.raises(FileNotFoundError) as empty:
        names(tmp_path)
    assert str(tmp_path) in str(empty.value)
    with pytest.raises(FileNotFoundError) as absent:
        read(tmp_path, "data_9")
    assert "data_9" in str(absent.value)


BOUNDS = "instance,workers,lower_bound_2014,upper_bound_2014\ntiny,3,2.0,3.0\nother,9,7,7\n"


def test_published_bounds_are_read(tmp_path: Path) -> None:
    """Whole numbers, however they are written; none without the file."""
    assert bounds(tmp_path) == {}
    (tmp_path / "bounds.csv").write_text(BOUNDS)
    assert bounds(tmp_path) == {"tiny": (2, 3), "other": (7, 7)}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("lower_bound_2014", "lower", 2),
        ("instance,", "name,", 2),
        ("7,7", "7,seven", 3),
        ("7,7", "7,nan", 3),
        ("7,7", "inf,7", 3),
        ("other,9,7,7", "other,9,7", 3),
    ],
)
def test_bounds_that_cannot_be_meant_are_named(old: str, new: str, line: int, tmp_path: Path) -> None:
    """The error gives file and line."""
    assert BOUNDS.count(old) == 1
    (tmp_path / "bounds.csv").write_text(BOUNDS.replace(old, new))
    with pytest.raises(UnreadableError, match=r"bounds\.csv") as caught:
        bounds(tmp_path)
    assert caught.value.line == line


# As a term


def fewest(shifts: Shifts) -> int | None:
    """Fewest workers that do every task, by trying every choice of who does what; None where none does."""
    able = [[worker for worker, mine in enumerate(shifts.workers) if task in mine] for task in range(len(shifts.tasks))]
    found = None
    for chosen in product(*able):
        clashing = any(
            chosen[one] == chosen[other]
            and shifts.tasks[one][0] < shifts.tasks[other][1]
            and shifts.tasks[other][0] < shifts.tasks[one][1]
            for one in range(len(chosen))
            for other in range(one)
        )
        if not clashing and (found is None or len(set(chosen)) < found):
            found = len(set(chosen))
    return found


def drawn(random: Random) -> Shifts:
    """Up to six tasks within few minutes, so that they often meet or touch, and up to four workers."""
    starts = [random.randint(0, 5) for _ in range(random.randint(1, 6))]
    tasks = tuple((start, start + random.randint(1, 4)) for start in starts)
    workers = tuple(
        tuple(task for task in range(len(tasks)) if random.random() < 0.6) for _ in range(random.randint(1, 4))
    )
    return Shifts(tasks, workers)


def test_the_optimum_is_the_fewest_workers() -> None:
    """On random instances the value is the number of people used, with its sign turned, as the judge finds too."""
    random, seen = Random(4), Counter[int | None]()
    for number in range(120):
        shifts = drawn(random)
        term = term_of(f"drawn{number}", shifts)
        wanted = fewest(shifts)
        value, timetable = best(term)
        assert value == (None if wanted is None else -wanted), shifts
        if value is not None:
            verdict = judge(term, timetable)
            assert (verdict.breaches, verdict.value) == ((), value)
            used = {row.professional for row in timetable.assignments}
            assert (len(used), len(timetable.assignments)) == (wanted, len(shifts.tasks))
        seen[wanted] += 1
    assert all(seen[count] >= 10 for count in (None, 1, 2, 3)), seen


def test_the_engine_solves_it_as_it_solves_any_term() -> None:
    """The first two tasks touch and take one worker; the third overlaps both and takes another; the last one is free."""
    term = term_of("tiny", Shifts(TASKS, WORKERS))
    outcome = solve(term, seconds=60)
    assert (outcome.status, outcome.value, outcome.bound) == (Status.PROVED_BEST, -2, -2)
    assert {row.lesson: row.professional for row in outcome.assignments} == {
        "t0": "w0",
        "t1": "w0",
        "t2": "w1",
        "t3": "w0",
    }


def test_the_term_makes_sense() -> None:
    """Nothing is odd about it but that nobody's place is known, and its one cost is that of people."""
    term = term_of("tiny", Shifts(TASKS, WORKERS))
    assert list(content_issues(term)) == []
    assert {issue.code for issue in warnings(term)} == {"home_unknown", "place_unknown"}
    verdict = judge(term, table(("t0", "w0"), ("t1", "w0"), ("t2", "w1"), ("t3", "w0")))
    assert (verdict.breaches, {cost.rule for cost in verdict.costs}) == ((), {"people_used"})


@pytest.mark.parametrize(
    ("pairs", "rule"),
    [
        # Not everything done; two at once; not qualified.
        ((("t0", "w0"), ("t1", "w0"), ("t2", "w1")), "must_fill"),
        ((("t0", "w1"), ("t1", "w0"), ("t2", "w1"), ("t3", "w0")), "clash"),
        ((("t0", "w0"), ("t1", "w0"), ("t2", "w1"), ("t3", "w1")), "licence"),
        ((("t0", "w0"), ("t0", "w1"), ("t1", "w0"), ("t2", "w2"), ("t3", "w0")), "heads"),
    ],
)
def test_what_the_problem_forbids_the_judge_forbids(pairs: tuple[tuple[str, str], ...], rule: str) -> None:
    """Each way to be wrong is a breach."""
    found = judge(term_of("tiny", Shifts(TASKS, WORKERS)), table(*pairs))
    assert rule in {breach.rule for breach in found.breaches}


# Cases


def test_a_folder_becomes_cases(tmp_path: Path) -> None:
    """Small instances first, each with each seed, its published bounds where there are any, and its term."""
    folder_with(tmp_path, SAMPLE, "data_2_3-x")
    smaller = "Type = 1\nJobs = 1\n0 9\nQualifications = 1\n1: 0\n"
    folder_with(tmp_path, smaller, "tiny")
    (tmp_path / "bounds.csv").write_text(BOUNDS)
    cases = list(smptsp(tmp_path, [1, 2]))
    assert [(case.name, case.size, case.seed, case.published) for case in cases] == [
        ("tiny-1", 1, 1, (2, 3)),
        ("tiny-2", 1, 2, (2, 3)),
        ("data_2_3-x-1", 4, 1, None),
        ("data_2_3-x-2", 4, 2, None),
    ]
    assert {(case.family, case.group) for case in cases} == {(Family.SMPTSP, "smptsp")}
    assert cases[2].term() == term_of("data_2_3-x", Shifts(TASKS, WORKERS))
    assert [case.name for case in smptsp(tmp_path, [1], sizes=[4, 7])] == ["data_2_3-x-1"]


def test_sizes_profiles_and_seeds_become_cases() -> None:
    """Small regions first; a case makes its region again, also in another process."""
    cases = list(generated([30, 20], [Profile.SCARCE, Profile.TIGHT_TEAMS], [4, 5]))
    assert [case.name for case in cases] == [
        "scarce-20-4", "scarce-20-5", "tight-teams-20-4", "tight-teams-20-5",
        "scarce-30-4", "scarce-30-5", "tight-teams-30-4", "tight-teams-30-5",
    ]  # fmt: skip
    assert [case.group for case in cases[::2]] == ["scarce-20", "tight-teams-20", "scarce-30", "tight-teams-30"]
    again = Case.model_validate_json(cases[3].model_dump_json())
    assert again == cases[3]
    term = again.term()
    assert (term.id, len(term.professionals)) == (again.name, 20)
    assert term == cases[3].term()
