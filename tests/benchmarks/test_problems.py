"""Digests are made once, and anew when something they were made from is another."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import problems
from benchmarks.cases import Case, changes, generated, smptsp
from benchmarks.problems import PROGRAMS, ROOT, identity, known
from benchmarks.recipes import Profile
from tests.benchmarks.runs import FOUND, result, run

ONE_TASK = "Type = 1\nJobs = 1\n0 10\nQualifications = 1\n1: 0\n"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Cases of which a digest was made; making it is left out."""
    found: list[Case] = []

    def make(case: Case) -> str:
        found.append(case)
        return "made"

    monkeypatch.setattr(problems, "_made", make)
    return found


def region(size: int = 20, seed: int = 1, profile: Profile = Profile.BALANCED) -> Case:
    return next(generated([size], [profile], [seed]))


def public(folder: Path, seed: int = 1, tasks: str = ONE_TASK) -> Case:
    folder.mkdir()
    (folder / "one.dat").write_text(tasks, "utf-8")
    return next(smptsp(folder, [seed]))


def test_a_digest_on_record_is_not_made_again(made: list[Case]) -> None:
    """It is found by its origin; without one, or of another, it is made."""
    problem, origin = identity(region(), {})
    assert (problem, made) == ("made", [region()])
    runs = [
        run("greedy", 20, 1, result(FOUND, 1)),
        run("greedy", 20, 1, result(FOUND, 1), problem="on record", origin=origin),
        run("greedy", 20, 2, result(FOUND, 1), problem="", origin=identity(region(seed=2), {}).origin),
    ]
    made.clear()
    assert identity(region(), known(runs)) == ("on record", origin)
    assert made == []
    assert identity(region(seed=2), known(runs)).problem == "made"


def test_another_origin_for_everything_a_problem_is_made_from(
    made: list[Case], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Size, seed, profile, change, the text of public data, and the programs; not where the data is, nor the solver's seed."""
    del made
    change = next(changes([20], [Profile.BALANCED], [1]))
    first = public(tmp_path / "a")
    cases = [
        *(region(), region(size=21), region(seed=2), region(profile=Profile.SCARCE), change),
        *(first, public(tmp_path / "b", tasks=ONE_TASK.replace("10", "11"))),
    ]
    origins = [identity(case, {}).origin for case in cases]
    assert len(set(origins)) == len(origins)
    assert identity(public(tmp_path / "c", seed=2), {}).origin == identity(first, {}).origin
    monkeypatch.setattr(problems, "programs", lambda: b"others")
    assert identity(region(), {}).origin not in origins


def test_programs_are_all_that_make_a_digest() -> None:
    """No module of the project that takes part is left out, so that a change of it is never overlooked."""
    script = (
        "import sys; from benchmarks import digest; digest.main(); "
        "[print(each.__file__) for each in list(sys.modules.values()) if getattr(each, '__file__', None)]"
    )
    process = subprocess.run(
        [sys.executable, "-c", script], input=region().model_dump_json(), capture_output=True, text=True, check=True
    )
    digest, *loaded = process.stdout.split("\n")
    mine = {Path(each) for each in loaded if Path(each).is_relative_to(ROOT) and ".venv" not in each}
    covered = {path for pattern in PROGRAMS for path in ROOT.glob(pattern)}
    assert len(digest) == 12
    assert len(mine) > 50
    assert mine <= covered
    assert {ROOT / "benchmarks" / "towns.csv", ROOT / "model" / "rules" / "gaps.py"} <= covered


def test_without_a_digest_a_problem_is_unknown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever went wrong is said on standard error, and measuring can go on."""
    case = public(tmp_path / "a")
    broken = case.model_copy(update={"name": "gone-1"})
    assert problems._made(broken) == ""
    assert "gone.dat" in capfd.readouterr().err
    assert len(problems._made(case)) == 12
