"""Who works, and what becomes of the jobs of those who died: one process at a time looks after that."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from service.jobs import rows
from service.jobs.queue import Turn
from service.jobs.states import FINAL, WORKED_ON, Phase, State
from service.store.columns import new_id, now
from service.store.tables import Executor, Job, JobEvent

DEAD_SECONDS = 8.0
"""Who was not seen for so long is dead."""

_ELECTION = 4872664
"""Names the lock of whoever sweeps."""


def new_executor() -> Executor:
    """This process, as it is called until it ends: another name each time it starts."""
    return Executor(id=f"{new_id('worker')}-{os.getpid()}", host=_here())


def _here() -> str:
    """This machine as long as it runs, and the processes it can see: names of machines alone are often the same."""
    boot = pids = ""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        pids = str(Path("/proc/self/ns/pid").readlink())
    return f"{socket.gethostname()[:100]} {boot} {pids}"


def clock(session: Session) -> datetime:
    """The database's clock: those of machines differ. SQLite has but one machine."""
    if session.get_bind().dialect.name == "sqlite":
        return now()
    found: datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return found


def beat(session: Session, executor: Executor) -> None:
    """Say that this process lives."""
    row = session.get(Executor, executor.id)
    if row is None:  # it is new, or was thought dead
        row = Executor(id=executor.id, host=executor.host)
        session.add(row)
    row.seen_at = clock(session)


def leave(session: Session, executor: Executor) -> None:
    """Say that this process ends, and works on nothing."""
    session.execute(delete(Executor).where(Executor.id == executor.id))


def alive(session: Session) -> frozenset[str]:
    """Those who live."""
    return frozenset(session.scalars(select(Executor.id)))


def elected(session: Session) -> bool:
    """Whether this transaction is the one that sweeps. On SQLite whoever writes is alone."""
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.pg_try_advisory_xact_lock(_ELECTION))))


def strays(session: Session, executor: str, working: Callable[[], Collection[str]], again: int) -> list[Turn]:
    """Put back what this process is thought to work on and does not, as its database was away when it gave up.

    Args:
        working: what it works on; asked after the database, as a job is known to it from before it is begun.
    """
    mine = _found(session, (Job.executor == executor) & Job.state.in_(WORKED_ON))
    known = working()
    return _put_back(session, [each for each in mine if each[0] not in known], {}, again)


def sweep(session: Session, again: int) -> list[Turn]:
    """Put back the jobs of those who died, and let others go on where there is room; turns to be enqueued.

    Args:
        again: how often a job whose machine died is taken up again.
    """
    moment = clock(session)
    seen: dict[str, datetime] = {}
    dead = [each for each in session.scalars(select(Executor)) if _is_dead(each, moment)]
    for each in dead:
        seen[each.id] = each.seen_at
        session.delete(each)
    session.flush()
    left = Job.state.in_(WORKED_ON) & Job.executor.not_in(select(Executor.id))
    turns = _put_back(session, _found(session, left), seen, again)
    behind = select(Job.region).where(Job.state == State.QUEUED, Job.phase == Phase.BEHIND).distinct()
    for region in sorted(session.scalars(behind)):
        turns += rows.admit(session, region)
    return turns


def _found(session: Session, which: ColumnElement[bool]) -> list[tuple[str, str]]:
    """Jobs and their regions."""
    return [(job, region) for job, region in session.execute(select(Job.id, Job.region).where(which))]


def _put_back(session: Session, found: list[tuple[str, str]], seen: dict[str, datetime], again: int) -> list[Turn]:
    rows.lock_regions(session, (region for _, region in found))
    turns: list[Turn] = []
    for each, _ in found:
        job = rows.lock_job(session, each)
        if job is not None and State(job.state) in WORKED_ON:
            turns += rows.put_back(session, job, again=again, seen_at=seen.get(job.executor or ""))
    return turns


def _is_dead(executor: Executor, moment: datetime) -> bool:
    if executor.host == _here():
        try:
            os.kill(int(executor.id.rpartition("-")[2]), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            pass  # there is one: somebody else's by now, perhaps
    return executor.seen_at < moment - timedelta(seconds=DEAD_SECONDS)


def forget_events(session: Session, before: datetime) -> None:
    """Delete how jobs went that ended before a moment."""
    old = select(Job.id).where(Job.state.in_(FINAL), Job.ended_at < before)
    session.execute(delete(JobEvent).where(JobEvent.job.in_(old)))
