"""Runs in processes of their own: recorded once, measured from outside, and nothing left behind whatever they do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks import problems, runner
from benchmarks.attempt import News
from benchmarks.cases import Case, generated
from benchmarks.family import Family
from benchmarks.peers import PEERS
from benchmarks.recipes import Profile
from benchmarks.records import Run, RunStatus, add, load, path_of
from benchmarks.runner import Plan, plans, run_all, this_machine, this_revision
from tests.benchmarks.bad_peers import Bad
from tests.benchmarks.runs import FOUND, result
from tests.benchmarks.runs import run as made_up

ROOT = Path(__file__).parents[2]
SECONDS = 5.0
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="this system does not say how much memory a process has"
)


@pytest.fixture(scope="module")
def case() -> Case:
    return next(generated([20], [Profile.BALANCED], [1]))


@pytest.fixture
def executable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let a shell script stand for Python where runs are started."""

    def use(script: str) -> None:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)
        monkeypatch.chdir(ROOT)
        monkeypatch.setattr(sys, "executable", str(path))

    return use


@pytest.fixture
def attempt(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Run, list[News]]]:
    """One run of a peer of this name, and what was told of it."""
    monkeypatch.setattr(problems, "_made", lambda _: "problem")

    def attempted(name: str, seconds: float = SECONDS) -> tuple[Run, list[News]]:
        news: list[News] = []
        todo = [Plan(case, Bad(name), 1, 1)]
        ran = list(
            run_all(todo, results=tmp_path, release="r", seconds=seconds, told=lambda _, each: news.append(each))
        )
        assert ran == load(tmp_path, Family.GENERATED)
        return ran[0], news

    return attempted


def test_runs_are_done_once_in_processes_of_their_own(case: Case, tmp_path: Path) -> None:
    """Greedy and CP-SAT on 20 professionals: told, recorded, measured, and not done again."""
    peers, where = [PEERS["greedy"], PEERS["cp-sat"]], {"results": tmp_path, "release": "0.1.0"}
    told: list[tuple[str, News]] = []
    first = plans([case], peers[:1], seconds=SECONDS, **where)
    ran = list(run_all(first, seconds=SECONDS, told=lambda plan, news: told.append((plan.peer.name, news)), **where))
    second = plans([case], peers, seconds=SECONDS, **where)
    assert [(plan.peer.name, plan.number, plan.of) for plan in second] == [("cp-sat", 1, 1)]
    ran += run_all(second, seconds=SECONDS, told=lambda plan, news: told.append((plan.peer.name, news)), **where)

    assert plans([case], peers, seconds=SECONDS, **where) == []
    assert len(plans([case], peers, seconds=SECONDS + 1, **where)) == 2  # another limit is another run
    assert len(plans([case], peers, seconds=SECONDS, results=tmp_path, release="0.2.0")) == 2

    assert load(tmp_path, Family.GENERATED) == ran
    hand, proved = ran
    assert (hand.result.status, proved.result.status) == (RunStatus.FOUND, RunStatus.PROVED_BEST)
    assert hand.result.value is not None
    assert proved.result.value is not None
    assert 0 < hand.result.value <= proved.result.value == proved.result.bound
    assert (proved.case, proved.group, proved.size, proved.seed) == (case.name, case.group, 20, 1)
    assert (proved.machine, proved.limit_seconds) == (this_machine(), SECONDS)
    assert {"hybrooster", "python", "ortools"} <= set(proved.versions)
    assert "ortools" not in hand.versions
    assert hand.problem == proved.problem
    assert len(hand.problem) == len(hand.origin) == 12
    for run in ran:
        news = [each for name, each in told if name == run.peer]
        assert news[0].prepared is not None
        assert run.prepare_seconds == pytest.approx(news[0].prepared, abs=0.001)
        assert news[-1].value == run.result.claimed == run.result.value


def test_a_run_is_done_again_of_another_problem(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when rules have changed since, or nobody knows what was or is solved; not when all is as it was."""
    digests = {case: ""}
    monkeypatch.setattr(problems, "_made", digests.__getitem__)
    what = {"peers": [PEERS["greedy"]], "results": tmp_path, "release": "0.1.0", "seconds": 60.0}
    path = path_of(tmp_path, Family.GENERATED, "0.1.0")
    for problem in ("", "before"):
        add(path, made_up("greedy", 20, 1, result(FOUND, 1), problem=problem))
        assert len(plans([case], **what)) == 1
    digests[case] = "now"
    assert len(plans([case], **what)) == 1
    add(path, made_up("greedy", 20, 1, result(FOUND, 1), problem="now"))
    assert plans([case], **what) == []
    add(path, made_up("greedy", 20, 1, result(FOUND, 1), problem="later"))
    assert plans([case], **what) == []


def test_a_problem_that_is_on_record_is_not_worked_out_again(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither to see what is left to do nor to record another run of it; nobody asks which a new case is before its run."""
    made: list[Case] = []
    monkeypatch.setattr(problems, "_made", lambda each: made.append(each) or "now")
    where = {"results": tmp_path, "release": "r", "seconds": SECONDS}
    other = next(generated([20], [Profile.BALANCED], [2]))
    first = plans([case], [PEERS["greedy"]], **where)
    assert made == []
    (ran,) = run_all(first, told=lambda *_: None, **where)
    assert (made, ran.problem) == ([case], "now")
    assert plans([case], [PEERS["greedy"]], **where) == []
    left = plans([case, other], [PEERS["greedy"], PEERS["cp-sat"]], **where)
    assert [(plan.case, plan.peer.name) for plan in left] == [(case, "cp-sat"), (other, "greedy"), (other, "cp-sat")]
    (again,) = run_all(left[:1], told=lambda *_: None, **where)
    assert (again.problem, again.origin, made) == (ran.problem, ran.origin, [case])


@needs_proc
def test_memory_of_a_run_is_measured(case: Case, tmp_path: Path) -> None:
    """A Python process that has loaded solvers is larger than 20 MB."""
    todo = plans([case], [PEERS["greedy"]], results=tmp_path, release="r", seconds=SECONDS)
    (run,) = run_all(todo, results=tmp_path, release="r", seconds=SECONDS, told=lambda *_: None)
    assert run.peak_memory_mb is not None
    assert run.peak_memory_mb > 20


BAD = f'exec "{sys.executable}" -m tests.benchmarks.bad_peers'


def test_an_error_of_a_peer_is_a_result(attempt, executable) -> None:
    """It is recorded as failed, with what was raised."""
    executable(BAD)
    run, _ = attempt("raises")
    assert run.result.status is RunStatus.FAILED
    assert "ValueError: no such luck" in run.result.error
    assert run.result.value is None


def test_a_peer_that_dies_is_a_result(attempt, executable) -> None:
    """Its exit code and last words are recorded."""
    executable(BAD)
    run, _ = attempt("dies")
    assert run.result.status is RunStatus.FAILED
    assert "exit code 7" in run.result.error
    assert "last words" in run.result.error


def test_a_peer_that_hangs_is_ended_with_all_it_started(attempt, executable, monkeypatch) -> None:
    """Some time after its limit it is recorded as failed; its child, whose id it told, is gone as well."""
    monkeypatch.setattr(runner, "GRACE_SECONDS", 1.5)
    executable(BAD)
    run, news = attempt("hangs", 0.5)
    assert run.result.status is RunStatus.FAILED
    assert "not done 1.5 s after its time" in run.result.error
    assert news[1].value is not None
    assert is_gone(news[1].value)


def test_what_a_solver_writes_to_standard_output_is_not_taken_for_news(attempt, executable) -> None:
    """Text that looks like news and text that does not, written past Python or not."""
    executable(BAD)
    run, news = attempt("noisy")
    assert run.result.status is RunStatus.GAVE_UP
    assert [(each.value, each.bound) for each in news[1:]] == [(5, 6)]


@pytest.mark.parametrize("ending", ["exit 3", "kill -9 $$"])
def test_a_process_that_ends_in_the_middle_of_a_line_has_failed(attempt, executable, ending: str) -> None:
    """What was said before still counts as told."""
    executable(f"""read request; printf '{{"prepared": 0.25}}\\n{{"value": 1'; {ending}""")
    run, news = attempt("greedy")
    assert run.result.status is RunStatus.FAILED
    assert f"exit code {3 if ending == 'exit 3' else -9}" in run.result.error
    assert (run.prepare_seconds, news) == (0.25, [News(prepared=0.25)])


def is_gone(pid: int) -> bool:
    """Whether a process has ended, within ten seconds; one that nobody has asked after may still be listed, as Z."""
    for _ in range(100):
        state = "Z"
        with suppress(OSError):
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_the_revision_is_empty_without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without git still measures."""
    monkeypatch.setenv("PATH", "")
    assert this_revision() == ""
