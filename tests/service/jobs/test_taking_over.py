"""Machines die; their jobs go on, no worse than they were."""

from __future__ import annotations

from service.jobs.kinds import SolveAsked
from service.jobs.states import Failure, Phase, State
from service.store.tables import Executor
from tests.service.jobs.place import SLOW, Place, lives
from tests.service.jobs.work import Planted


def test_another_takes_over_where_it_was(place: Place) -> None:
    """The worker is killed in the middle of a solve: the next one ends it with what was kept, or better, in the time left."""
    first = place.worker()
    job = place.ask(place.region(SLOW), SolveAsked(seconds=8))
    place.until(lambda: place.kept(job) is not None)
    place.kill(first)
    kept = place.kept(job)
    assert kept is not None
    told = place.job(job).value
    place.worker()
    row = place.ended(job)
    assert (row.state, row.attempts, row.error) == (State.DONE, 2, None)
    assert row.value >= kept.value == told
    assert [each.state for each in place.events(job)].count(State.QUEUED) == 2
    values = [each.value for each in place.events(job) if each.value is not None]
    assert values == sorted(values)


def test_it_is_given_up_in_the_end(on_postgres: Place) -> None:
    """A job whose machine dies each time is not taken up for ever, and takes its processes along each time."""
    at = on_postgres.region()
    worker = on_postgres.worker(attempts=1)
    job, pids = on_postgres.sleeper(at)
    on_postgres.kill(worker)
    on_postgres.until(lambda: not lives(pids[0]))
    on_postgres.worker(attempts=1)
    on_postgres.until(lambda: on_postgres.job(job).attempts == 2 and on_postgres.job(job).phase.startswith("pids"))
    on_postgres.kill(on_postgres.workers[-1])
    on_postgres.worker(attempts=1)
    row = on_postgres.ended(job)
    assert (row.state, row.error) == (State.FAILED, Failure.WORKER_LOST)


def test_what_was_never_enqueued_is_swept_up(idle: Place) -> None:
    """The server died between keeping a job and enqueueing it."""
    put, idle.jobs._put = idle.jobs._put, lambda _: None
    job = idle.ask_planted(idle.region(), Planted.NOTHING)
    idle.jobs._put = put
    idle.worker()
    assert idle.ended(job).state == State.DONE


def test_a_worker_that_closes_hands_on(idle: Place) -> None:
    """What it was doing is put back, and the try does not count."""
    first = idle.worker()
    job, pids = idle.sleeper(idle.region())
    first.terminate()
    first.wait()
    assert not any(map(lives, pids))
    row = idle.job(job)
    assert (row.state, row.phase, row.attempts, row.executor) == (State.QUEUED, Phase.READY, 0, None)
    with idle.database.reading() as session:
        assert session.query(Executor).count() == 0
    idle.worker()
    idle.until(lambda: idle.job(job).attempts == 1)
    idle.jobs.cancel(job)
    assert idle.ended(job).state == State.CANCELLED
