"""The rows of jobs: begun, told of, ended. Who changes one holds its row; who ends one holds its region first.

Whoever works on a job writes only as long as it is theirs (`held`): a process that was thought dead and is not finds out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from model.timetable import Status
from service.jobs.messages import Answered, Better, Told
from service.jobs.queue import Turn
from service.jobs.states import FINAL, WORKED_ON, Failure, Phase, State, Stop
from service.store import documents
from service.store.columns import now
from service.store.documents import Kind
from service.store.events import Event, emit
from service.store.regions import settings_of
from service.store.tables import Incumbent, Job, JobEvent, Region

_HOLD: Any = {"key_share": True}
"""Others may still refer to what is held: a region, by an entry of the audit."""

PHASE_LENGTH = 40


class LostError(Exception):
    """The job is another's by now, or is no more."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A job as this process works on it: only as long as executor and attempt are those of its row."""

    job: str
    region: str
    executor: str
    attempt: int


def lock_region(session: Session, region: str) -> Region:
    """Hold the line of a region. SQLite holds everything for whoever writes."""
    return session.get_one(Region, region, with_for_update=_HOLD)


def lock_job(session: Session, job: str) -> Job | None:
    """Hold a job, as it stands now."""
    return session.get(Job, job, with_for_update=_HOLD)


def held(session: Session, mine: Mine) -> Job:
    """The job, held.

    Raises:
        LostError: somebody else works on it, or it was erased.
    """
    job = lock_job(session, mine.job)
    if (
        job is None
        or State(job.state) not in WORKED_ON
        or (job.executor, job.attempts) != (mine.executor, mine.attempt)
    ):
        raise LostError(mine.job)
    return job


def held_by(session: Session, mine: Mine) -> Job:
    """The same, only to read it.

    Raises:
        LostError: likewise.
    """
    job = session.get(Job, mine.job)
    if job is None or (job.executor, job.attempts) != (mine.executor, mine.attempt):
        raise LostError(mine.job)
    return job


def note(session: Session, job: Job, at: datetime | None = None) -> None:
    """Write down how a job stands, for those who follow it. Its row is held."""
    session.flush()
    number = select(func.coalesce(func.max(JobEvent.number), 0) + 1).where(JobEvent.job == job.id).scalar_subquery()
    values = {"state": job.state, "phase": job.phase, "value": job.value, "bound": job.bound}
    session.execute(insert(JobEvent).values(job=job.id, number=number, at=at or now(), **values))


def admit(session: Session, region: str) -> list[Turn]:
    """Let as many go on from the line of a region as it may have at once, the oldest first: they are to be enqueued.

    The queue itself is first come, first served. As none of a region but those are in it, who asks for one thing waits
    for one job of each other region at most, however many these have asked for.
    """
    most = settings_of(lock_region(session, region)).jobs_at_once
    in_line = (Job.state == State.QUEUED) & (Job.phase == Phase.BEHIND)
    busy = select(func.count()).where(Job.region == region, Job.state.not_in(FINAL), ~in_line)
    room = most - (session.scalar(busy) or 0)
    if room <= 0:
        return []
    waiting = select(Job).where(Job.region == region, in_line).order_by(Job.created_at, Job.id).limit(room)
    first = list(session.scalars(waiting.with_for_update(key_share=True)))
    for job in first:
        job.phase = Phase.READY.value
        note(session, job)
    return [Turn(job.id, job.attempts) for job in first]


def begin(session: Session, turn: Turn, executor: str) -> Mine | None:
    """Take a job; None where it is no longer to be done, or not by this try."""
    job = lock_job(session, turn.job)
    if job is None or job.state != State.QUEUED or job.attempts != turn.before:
        return None
    job.state = State.RUNNING.value if job.stop is None else State.STOPPING.value
    job.phase, job.executor, job.attempts = Phase.READING.value, executor, turn.before + 1
    job.started_at = job.started_at or now()
    note(session, job)
    return Mine(job.id, job.region, executor, job.attempts)


def used_seconds(session: Session, job: str) -> float:
    """What earlier tries used: from when each began until it was last seen at work."""
    used, began = 0.0, None
    rows = select(JobEvent.at, JobEvent.state, JobEvent.phase).where(JobEvent.job == job).order_by(JobEvent.number)
    for at, state, phase in session.execute(rows):
        if state == State.QUEUED:
            used += 0.0 if began is None else max(0.0, (at - began).total_seconds())
            began = None
        elif phase == Phase.READING and began is None:
            began = at
    return used


def tell(session: Session, mine: Mine, told: Told, better: Better | None) -> Stop | None:
    """Write how it stands and keep its best; whether somebody wants it stopped.

    What is told to be found is kept in the same breath, so that nobody sees a value that a crash could take away. A try
    after a crash begins from it, but may take a while until it knows so much again.
    """
    job = held(session, mine)
    job.phase = told.phase[:PHASE_LENGTH]
    if told.bound is not None:
        job.bound = told.bound if job.bound is None else min(job.bound, told.bound)
    if better is not None:
        _keep(session, job, better)
    if job.value is not None and job.bound is not None:
        job.bound = max(job.bound, job.value)  # one reckoned in floating numbers may be a millionth below
    note(session, job)
    return None if job.stop is None else Stop(job.stop)


def _keep(session: Session, job: Job, better: Better) -> None:
    kept = session.get(Incumbent, job.id)
    if kept is None:
        session.add(Incumbent(job=job.id, value=better.value, timetable=better.timetable, memory=better.memory))
    elif better.value >= kept.value:
        kept.value, kept.timetable, kept.at = better.value, better.timetable, now()
        kept.memory = better.memory or kept.memory
    job.value = better.value if job.value is None else max(job.value, better.value)
    job.proof = Status.FOUND.value


def answer(session: Session, mine: Mine, answered: Answered) -> list[Turn]:
    """Keep the answer and end the job; who goes on in its region."""
    lock_region(session, mine.region)
    job = held(session, mine)
    solved = answered.proof is not None
    document = documents.create(
        session,
        job.region,
        Kind.OUTCOME if solved else Kind.ANSWER,
        answered.content,
        by=job.created_by,
        parent=job.term,
        parent_revision=job.term_revision,
        facts={"job": job.id, "kind": job.kind, **answered.facts},
        beside=answered.beside,
    )
    job.answer = document.id
    if solved:
        job.proof, job.value, job.bound = answered.proof, answered.value, answered.bound
    return end(session, job, State.DONE)


def end(session: Session, job: Job, state: State, failure: Failure | None = None) -> list[Turn]:
    """Nothing more comes of a job; who goes on in its region, which is held, as the job is."""
    job.state, job.phase, job.ended_at = state.value, "", now()
    job.error = None if failure is None else failure.value
    if state is not State.DONE:
        job.proof = None  # what was found is not kept
    session.execute(delete(Incumbent).where(Incumbent.job == job.id))
    note(session, job)
    emit(session, job.region, Event.JOB_DONE, {"job": job.id, "state": job.state, "answer": job.answer})
    return admit(session, job.region)


def put_back(session: Session, job: Job, *, again: int, seen_at: datetime | None = None) -> list[Turn]:
    """Another try at a job that nobody works on any more, or its end; turns to be enqueued. Its region is held.

    Args:
        again: how often one whose machine died is taken up again.
        seen_at: when somebody was last seen to work on it.
    """
    if job.stop == Stop.CANCEL:
        return end(session, job, State.CANCELLED)
    if job.attempts > again:
        return end(session, job, State.FAILED, Failure.WORKER_LOST)
    job.state, job.phase, job.executor = State.QUEUED.value, Phase.READY.value, None
    note(session, job, seen_at)
    return [Turn(job.id, job.attempts)]


def lock_regions(session: Session, regions: Iterable[str]) -> None:
    """Hold the lines of several, in an order that is everybody's."""
    for each in sorted(set(regions)):
        lock_region(session, each)


def ready(session: Session) -> Sequence[Turn]:
    """Tries that are to be made, and nobody has begun."""
    rows = session.execute(select(Job.id, Job.attempts).where(Job.state == State.QUEUED, Job.phase == Phase.READY))
    return [Turn(job, before) for job, before in rows]
