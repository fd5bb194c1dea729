"""A process that does jobs: takes its turns, says that it lives, and looks after the jobs of those who died."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Condition, Event, Lock, Thread

import structlog

from service.jobs import rows, sweep
from service.jobs.child import PRELOAD
from service.jobs.given import given
from service.jobs.queue import Queue, Turn
from service.jobs.rows import LostError, Mine
from service.jobs.running import ClosingError, Running, patiently
from service.jobs.states import Failure, State
from service.settings import JobLimits
from service.store.care.retention import upkeep
from service.store.columns import now
from service.store.database import Database
from service.store.documents import MissingError
from solver import early

BEAT_SECONDS = 2.0
CLEAN_SECONDS = 3600.0
UPKEEP_SECONDS = 24 * 3600.0
CLOSE_SECONDS = 15.0
"""How long jobs may take to be put back when the worker closes."""

log = structlog.get_logger()


class Worker:
    """Does jobs from `start` until `close`; a process has one at a time."""

    def __init__(self, database: Database, queue: Queue, limits: JobLimits) -> None:
        self._database, self._queue, self._limits = database, queue, limits
        self._executor = sweep.new_executor()
        self._closing = Event()
        self._working: list[str] = []
        self._changed = Condition()
        self._cores = Cores(limits.cores)
        self._beat_at = 0.0
        self._clean_from = 0.0
        # Not at once: who restored a backup of long ago has time to look at it.
        self._upkeep_from = time.monotonic() + CLEAN_SECONDS
        self._thread = Thread(target=self._live, name="jobs-beat", daemon=True)

    def start(self) -> None:
        """Begin: what died with an earlier process is taken up at once."""
        early.context(PRELOAD)
        self._beat()
        self._queue.work(self._executor.id, self._limits.at_once, self._do)
        self._thread.start()

    def close(self) -> None:
        """Put back what is being done, for whoever comes next, and end."""
        self._closing.set()
        with self._changed:
            self._changed.wait_for(lambda: not self._working, CLOSE_SECONDS)
        if self._thread.is_alive():
            self._thread.join()
        with self._database.session() as session:
            sweep.leave(session, self._executor)

    @property
    def lives(self) -> bool:
        """Whether it said so lately."""
        return time.monotonic() - self._beat_at < sweep.DEAD_SECONDS

    # Turns

    def _do(self, job: str, before: int) -> None:
        """One turn. Whatever happens, the workflow ends: what is to become of the job stands in its row."""
        with self._changed:
            self._working.append(job)
        try:
            for turn in self._done(Turn(job, before)):
                self._queue.put(turn)
        except LostError:
            log.info("job_lost", job=job)
        except Exception:  # the database is away, or this program is wrong: `strays` finds what was left
            log.exception("job_given_up", job=job)
        finally:
            with self._changed:
                self._working.remove(job)
                self._changed.notify_all()

    def _done(self, turn: Turn) -> list[Turn]:
        if self._closing.is_set():
            return []  # it is still queued, and mended by whoever comes next
        mine = patiently(lambda: self._begun(turn))
        if mine is None:
            return []
        try:
            with self._database.reading() as session:
                job = rows.held_by(session, mine)
                made, asked = given(session, job, self._limits.megabytes)
        except MissingError:
            return self._failed(mine, Failure.GONE)
        with self._cores.some() as cores:
            made = replace(made, cores=cores)
            try:
                return Running(self._database, mine, made, asked.wall_seconds(), self._closing).run()
            except ClosingError:
                self._put_back(mine)
                return []

    def _begun(self, turn: Turn) -> Mine | None:
        with self._database.session() as session:
            return rows.begin(session, turn, self._executor.id)

    def _failed(self, mine: Mine, failure: Failure) -> list[Turn]:
        with self._database.session() as session:
            rows.lock_region(session, mine.region)
            return rows.end(session, rows.held(session, mine), State.FAILED, failure)

    def _put_back(self, mine: Mine) -> None:
        """A worker that closes is no machine that died: the try does not count."""
        with self._database.session() as session:
            rows.lock_region(session, mine.region)
            job = rows.held(session, mine)
            job.attempts -= 1
            rows.put_back(session, job, again=self._limits.attempts)

    # Life

    def _live(self) -> None:
        while not self._closing.wait(BEAT_SECONDS):
            try:
                self._beat()
            except Exception:  # the database may be away for a while, and come back
                log.exception("beat_failed")

    def _beat(self) -> None:
        """Say that this process lives; look after the others, if no one else does."""
        again = self._limits.attempts
        with self._database.session() as session:
            sweep.beat(session, self._executor)
            turns = sweep.strays(session, self._executor.id, lambda: list(self._working), again)
        with self._database.session() as session:
            swept = sweep.elected(session)
            if swept:
                turns += sweep.sweep(session, again)
                turns += rows.ready(session)
                alive = sweep.alive(session)
        if swept:
            self._queue.mend(turns, alive)
            self._clean()
        else:
            for turn in turns:
                self._queue.put(turn)
        self._beat_at = time.monotonic()

    def _clean(self) -> None:
        if time.monotonic() < self._clean_from:
            return
        self._clean_from = time.monotonic() + CLEAN_SECONDS
        before = now() - timedelta(days=self._limits.keep_days)
        with self._database.session() as session:
            sweep.forget_events(session, before)
        self._queue.clean(before)
        if time.monotonic() >= self._upkeep_from:
            self._upkeep_from = time.monotonic() + UPKEEP_SECONDS
            upkeep(self._database)


class Cores:
    """Which cores a job may use, where it may not use all: those that fewest use.

    Args:
        most: so many for each.
    """

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._lock = Lock()
        try:
            self._users = Counter(dict.fromkeys(sorted(os.sched_getaffinity(0)), 0))
        except AttributeError:  # not on every system
            self._users = Counter()

    @contextmanager
    def some(self) -> Iterator[frozenset[int]]:
        """Some cores, for as long as it takes; none named where all may be used."""
        if self._most is None or self._most >= len(self._users):
            yield frozenset()
            return
        with self._lock:
            chosen = sorted(self._users, key=lambda core: self._users[core])[: self._most]
            self._users.update(chosen)
        try:
            yield frozenset(chosen)
        finally:
            with self._lock:
                self._users.subtract(chosen)
