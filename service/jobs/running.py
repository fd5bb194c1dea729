"""One job as the worker sees it: a process that does it, whose words go into the database until there is an answer."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event, Lock
from typing import TypeVar

import structlog
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from service.jobs import rows
from service.jobs.child import PRELOAD, serve
from service.jobs.messages import Answered, Better, Failed, Given, Told
from service.jobs.queue import Turn
from service.jobs.rows import LostError, Mine
from service.jobs.states import Failure, Phase, State, Stop
from service.store.database import Database
from service.store.tables import Job
from solver import early
from solver.used_memory import tree_pss_mb

T = TypeVar("T")

TICK_SECONDS = 0.1
TELL_SECONDS = 0.2
"""Least time between two events."""

KEEP_SECONDS = 1.0
"""Least time between two timetables that are kept, and so between two values that are told."""

HEED_SECONDS = 0.25
"""How often it is looked whether somebody wants it stopped, when nothing else is written."""

MEMORY_SECONDS = 1.0
SPARE_MEGABYTES = 500
"""A solve ends by itself with its best when its memory is used up; judging and writing may take so much beside."""

STOPPED_SECONDS = 120.0
"""How long the best may take to be written after a stop."""

CLOSING_SECONDS = 1.0
"""When the machine goes down, processes may be ended before their worker is told: so long is waited for that."""

PATIENCE_SECONDS = 30.0
"""How long a database that cannot be reached is tried again."""

_starting = Lock()

log = structlog.get_logger()


class ClosingError(Exception):
    """The worker closes: the job is for another."""


class _EndedError(Exception):
    """There is no answer."""

    def __init__(self, state: State, failure: Failure | None = None, traceback: str = "") -> None:
        super().__init__(state.value)
        self.state = state
        self.failure = failure
        self.traceback = traceback


class Running:
    """A job that this process does.

    Args:
        seconds: after how many it is ended, as it will not end by itself.
        closing: set when the worker closes.
    """

    def __init__(self, database: Database, mine: Mine, given: Given, seconds: float, closing: Event) -> None:
        self._database = database
        self._mine = mine
        self._given = given
        self._closing = closing
        self._until = time.monotonic() + seconds
        self._process: BaseProcess | None = None
        self._told = Told(Phase.READING.value)
        self._written = self._told
        self._better: Better | None = None
        self._heard = False
        self._stopping = False
        self._tell_from = self._keep_from = self._heed_from = self._weigh_from = 0.0

    def run(self) -> list[Turn]:
        """Do it; turns that are to be enqueued now.

        Raises:
            LostError: it is another's by now, or erased.
            ClosingError: the worker closes.
        """
        answered = self._ended()
        if isinstance(answered, Answered):
            return patiently(lambda: self._keep(answered))
        if answered.failure is not None:
            log.error("job_failed", job=self._mine.job, failure=answered.failure, traceback=answered.traceback)
        return patiently(lambda: self._end(answered))

    def _ended(self) -> Answered | _EndedError:
        try:
            return self._answer()
        except _EndedError as ended:
            return ended

    def _answer(self) -> Answered:
        with _starting:  # processes are not begun by two threads at once
            context = early.context(PRELOAD)
            connection, theirs = context.Pipe()
            process = context.Process(target=serve, args=(theirs,))  # no daemon: it has processes of its own
            process.start()
        self._process = process
        theirs.close()
        try:
            connection.send(self._given)
            return self._listen(connection)
        except (EOFError, BrokenPipeError, ConnectionError):
            if self._closing.wait(CLOSING_SECONDS):
                raise ClosingError from None
            raise _EndedError(State.FAILED, Failure.CRASHED) from None
        finally:
            _kill(process)
            connection.close()

    def _listen(self, connection: Connection) -> Answered:
        while True:
            for message in _received(connection):
                match message:
                    case Answered():
                        return message
                    case Failed():
                        raise _EndedError(State.FAILED, message.failure, message.traceback)
                    case Better():
                        memory = message.memory or (self._better.memory if self._better else None)
                        self._better = Better(message.value, message.timetable, memory)
                    case Told():
                        bound = self._told.bound if message.bound is None else message.bound
                        self._told = Told(message.phase, bound)
                self._heard = True
            if self._closing.is_set():
                raise ClosingError
            with suppress(OperationalError):  # a database that is away for a while: the job goes on
                self._heed(self._pass_on())
            self._watch()

    def _pass_on(self) -> Stop | None:
        """Write what is new; what somebody wants who stops it."""
        now = time.monotonic()
        better = self._better if now >= self._keep_from else None
        if (better is not None or self._told != self._written) and now >= self._tell_from:
            with self._database.session() as session:
                stop = rows.tell(session, self._mine, self._told, better)
            self._written = self._told
            self._tell_from = self._heed_from = now + TELL_SECONDS
            if better is not None:
                self._better, self._keep_from = None, now + KEEP_SECONDS
            return stop
        if now < self._heed_from:
            return None
        self._heed_from = now + HEED_SECONDS
        with self._database.reading() as session:
            return self._wanted(session)

    def _wanted(self, session: Session) -> Stop | None:
        query = select(Job.stop, Job.executor, Job.attempts).where(Job.id == self._mine.job)
        found = session.execute(query).one_or_none()
        if found is None or found[1:] != (self._mine.executor, self._mine.attempt):
            raise LostError(self._mine.job)
        return None if found[0] is None else Stop(found[0])

    def _heed(self, stop: Stop | None) -> None:
        if stop is Stop.CANCEL:
            raise _EndedError(State.CANCELLED)
        # Before it has spoken it would not know what the signal means.
        if stop is Stop.KEEP and self._heard and not self._stopping and self._process and self._process.pid:
            self._stopping = True
            self._until = min(self._until, time.monotonic() + STOPPED_SECONDS)
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGUSR1)

    def _watch(self) -> None:
        now = time.monotonic()
        if now > self._until:
            raise _EndedError(State.FAILED, Failure.TOO_LONG)
        if self._given.megabytes is None or now < self._weigh_from:
            return
        self._weigh_from = now + MEMORY_SECONDS
        pid = None if self._process is None else self._process.pid
        used = None if pid is None else tree_pss_mb(pid)
        if used is not None and used > self._given.megabytes + SPARE_MEGABYTES:
            raise _EndedError(State.FAILED, Failure.OUT_OF_MEMORY)

    def _keep(self, answered: Answered) -> list[Turn]:
        with self._database.session() as session:
            return rows.answer(session, self._mine, answered)

    def _end(self, ended: _EndedError) -> list[Turn]:
        with self._database.session() as session:
            rows.lock_region(session, self._mine.region)
            return rows.end(session, rows.held(session, self._mine), ended.state, ended.failure)


def patiently(work: Callable[[], T]) -> T:
    """Do it again while the database cannot be reached, for a while."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return work()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(1.0)


def _received(connection: Connection) -> list[Answered | Better | Failed | Told]:
    """All there is, after a moment at most."""
    found = []
    seconds = TICK_SECONDS
    while connection.poll(seconds):
        found.append(connection.recv())
        seconds = 0.0
        if isinstance(found[-1], Answered | Failed):
            break
    return found


def _kill(process: BaseProcess) -> None:
    """End it and all of its own."""
    if process.pid is not None and process.is_alive():
        with suppress(OSError, AttributeError):  # it may not have a group of its own yet
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()
    process.close()
