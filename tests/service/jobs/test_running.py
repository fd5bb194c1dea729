"""A job runs, tells how it stands, is stopped, cancelled, or fails; and its answer is kept."""

from __future__ import annotations

import pytest

from model.judge import judge
from model.timetable import Outcome, Status
from service.jobs.kinds import JobKind, PricesAsked, SolveAsked
from service.jobs.states import Failure, Phase, State
from service.problems import Code, Problem
from service.store import documents
from service.store.documents import Kind
from tests.service.jobs.place import QUICK, SLOW, Place, lives
from tests.service.jobs.work import Planted


def test_a_solve_runs_to_its_end_and_tells_how_it_stands(working: Place) -> None:
    """Events are numbered in order, a value is never above its bound, and the outcome that is kept holds."""
    at = working.region()
    job = working.ask(at)
    events = list(working.jobs.events(job))
    assert [each.number for each in events] == list(range(1, len(events) + 1))
    assert [events[0].state, events[-1].state] == [State.QUEUED, State.DONE]
    assert State.RUNNING in {each.state for each in events}
    assert all(each.value <= each.bound for each in events if each.value is not None and each.bound is not None)
    row = working.ended(job)
    assert row.proof == Status.PROVED_BEST
    assert row.value == row.bound
    assert working.kept(job) is None
    with working.database.reading() as session:
        assert row.answer is not None
        stored = documents.read(session, at[0].region, row.answer, Kind.OUTCOME, beside=True)
    outcome = Outcome.model_validate_json(stored.content)
    assert outcome.timetable is not None
    verdict = judge(QUICK, outcome.timetable)
    assert not verdict.breaches
    assert verdict.value == row.value == stored.facts["value"]
    assert (stored.parent, stored.parent_revision) == (at[1], 1)
    assert stored.facts["filled"] + stored.facts["open"] == stored.facts["lessons"]


def test_stop_keeps_the_best(working: Place) -> None:
    """Whoever stops a solve gets a timetable that is worth what was told, or more."""
    job = working.ask(working.region(SLOW), SolveAsked(seconds=600))
    working.until(lambda: working.job(job).value is not None)
    told = working.job(job).value
    working.jobs.stop(job)
    assert working.job(job).state == State.STOPPING
    row = working.ended(job)
    assert row.state == State.DONE
    assert row.proof == Status.FOUND
    assert row.value >= told
    assert row.answer is not None


def test_cancel_ends_its_processes(working: Place) -> None:
    """The process of the job and those it started are gone, and the worker takes the next job."""
    at = working.region()
    job, pids = working.sleeper(at)
    working.jobs.cancel(job)
    row = working.ended(job)
    assert (row.state, row.answer, row.error) == (State.CANCELLED, None, None)
    working.until(lambda: not any(map(lives, pids)))
    assert working.ended(working.ask_planted(at, Planted.NOTHING)).state == State.DONE


def test_an_erased_job_stops(working: Place) -> None:
    """Whoever works on it finds out that it is no more, and lets the next one of its region go on."""
    at = working.region()
    job, pids = working.sleeper(at)
    following = working.ask_planted(at, Planted.NOTHING)
    working.jobs.erase(job)
    working.until(lambda: not any(map(lives, pids)))
    assert list(working.jobs.events(job)) == []
    assert working.ended(following).state == State.DONE


@pytest.mark.parametrize(
    ("planted", "failure"),
    [
        (Planted.DEFECT, Failure.DEFECT),
        (Planted.CRASH, Failure.CRASHED),
        (Planted.HOG, Failure.OUT_OF_MEMORY),
        (Planted.REFUSED, Failure.UNKNOWN_ID),
    ],
)
def test_what_goes_wrong_has_a_code(working: Place, planted: Planted, failure: Failure) -> None:
    """The row tells a code and nothing of how the program works, and the worker lives on."""
    at = working.region()
    row = working.ended(working.ask_planted(at, planted))
    assert (row.state, row.error) == (State.FAILED, failure)
    assert "Vries" not in str(vars(row))
    assert working.ended(working.ask_planted(at, Planted.NOTHING)).state == State.DONE


def test_what_has_no_best_is_cancelled(idle: Place) -> None:
    """Whoever stops what waits, or a question that has no answer before its end, gets none."""
    at = idle.region()
    for asked, kind in ((SolveAsked(), JobKind.SOLVE), (PricesAsked(outcome=idle.outcome(at)), JobKind.PRICES)):
        job = idle.ask(at, asked, kind)
        idle.jobs.stop(job)
        assert [(each.state, each.phase) for each in idle.events(job)] == [
            (State.QUEUED, Phase.READY),
            (State.CANCELLED, ""),
        ]
        for end in (idle.jobs.stop, idle.jobs.cancel):
            with pytest.raises(Problem) as over:
                end(job)
            assert over.value.code is Code.CONFLICT
