"""Machines die; their jobs go on, no worse than they were."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.jobs.kinds import SolveAsked
from service.jobs.messages import Better, Told
from service.jobs.queue import Turn
from service.jobs.rows import LostError, begin, held, put_back, tell, used_seconds
from service.jobs.states import Failure, Phase, State
from service.jobs.sweep import sweep
from service.store.columns import now
from service.store.tables import Executor, Job, JobEvent
from tests.service.jobs.place import SLOW, Place, lives
from tests.service.jobs.work import Planted


def test_another_takes_over_where_it_was(place: Place) -> None:
    """The worker is killed in the middle of a solve: the next one ends it with what was kept, or better."""
    first = place.worker()
    job = place.ask(place.region(SLOW), SolveAsked(seconds=600))
    place.until(lambda: place.kept(job) is not None)
    place.kill(first)
    kept = place.kept(job)
    assert kept is not None
    assert kept.value == place.job(job).value  # nothing was told that was not kept
    place.worker()
    place.until(lambda: place.job(job).attempts == 2 and place.job(job).phase == Phase.IMPROVING)
    place.jobs.stop(job)
    row = place.ended(job)
    assert (row.state, row.error) == (State.DONE, None)
    assert row.value >= kept.value
    assert [each.state for each in place.events(job)].count(State.QUEUED) == 2
    values = [each.value for each in place.events(job) if each.value is not None]
    assert values == sorted(values)


def test_it_is_given_up_in_the_end(on_postgres: Place) -> None:
    """A job whose machine dies each time is not taken up for ever; each time its processes die too."""
    worker = on_postgres.worker()
    job, pids = on_postgres.sleeper(on_postgres.region())
    on_postgres.kill(worker)
    on_postgres.until(lambda: not lives(pids[0]))
    with on_postgres.database.session() as session:
        session.get_one(Job, job).attempts = 2
        assert sweep(session, again=2) == [Turn(job, 2)]
        row = session.get_one(Job, job)
        assert (row.state, row.phase, row.executor) == (State.QUEUED, Phase.READY, None)
    with on_postgres.database.session() as session:
        assert begin(session, Turn(job, 2), "another") is not None
        assert sweep(session, again=2) == []
    row = on_postgres.job(job)
    assert (row.state, row.error, row.attempts) == (State.FAILED, Failure.WORKER_LOST, 3)


def test_the_time_left_is_reckoned_from_what_was_used(idle: Place) -> None:
    """Each try counts from its beginning until it was last seen at work."""
    job = idle.ask(idle.region())
    began = now() - timedelta(seconds=100)
    moments = [(0, 5.0), (20, 32.0)]  # 5 seconds, then 12
    with idle.database.session() as session:
        for before, (start, end) in enumerate(moments):
            mine = begin(session, Turn(job, before), "one")
            assert mine is not None
            _at(session, job, began + timedelta(seconds=start))
            put_back(session, held(session, mine), again=9, seen_at=began + timedelta(seconds=end))
        assert begin(session, Turn(job, 2), "one") is not None
        assert used_seconds(session, job) == pytest.approx(17)


def test_who_was_thought_dead_cannot_write(idle: Place) -> None:
    """A process that slept and finds its job taken by another gives it up."""
    job = idle.ask(idle.region())
    with idle.database.session() as session:
        first = begin(session, Turn(job, 0), "first")
        assert first is not None
        tell(session, first, Told("improving", 9), Better(5, b"", None))
        put_back(session, held(session, first), again=9)
        second = begin(session, Turn(job, 1), "second")
        assert second is not None
        with pytest.raises(LostError):
            tell(session, first, Told("improving"), Better(7, b"", None))
        tell(session, second, Told("improving", 10), Better(4, b"", None))
    row = idle.job(job)
    assert (row.value, row.bound) == (5, 9)  # a new try may know less for a while
    assert idle.kept(job).value == 5


def _at(session: Session, job: str, moment: datetime) -> None:
    """Move the last event of a job to a moment."""
    last = session.scalars(select(JobEvent).where(JobEvent.job == job).order_by(JobEvent.number.desc())).first()
    assert last is not None
    last.at = moment


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
