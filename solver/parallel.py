"""Work in forks that inherit everything: the same for many things, shared out over the cores; or something aside."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_DIE_WITH_PARENT = 1

PATIENT = 8
"""How much work aside stands back for other processes, as the system counts it: beside two that want a core each it gets a
thirteenth of the two."""


def cores() -> int:
    """Cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def die_with_parent() -> None:
    """Let the system end this process with its parent, where it can (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def end_with_asker() -> None:
    """Let the system end this process, which a fork server made, when whoever asked for it is gone, whatever it does.

    The server does not see to that: it stays as long as its processes do. A pipe to the asker closes with it, and that is a
    signal, where the system can (Linux).
    """
    die_with_parent()  # the server
    asker = multiprocessing.parent_process()
    if asker is None:
        return
    with suppress(ImportError, OSError, AttributeError):
        import fcntl  # noqa: PLC0415  not on every system

        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(asker.sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(asker.sentinel, fcntl.F_SETFL, fcntl.fcntl(asker.sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    if not asker.is_alive():
        os._exit(1)


def in_fork(work: Callable[[], None]) -> None:
    """Do this as all that a fork does; it ends with its parent, or when it is done."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    try:
        work()
    finally:
        os._exit(0)  # what the parent had open is the parent's to close


@contextmanager
def held(processes: Iterable[int | None]) -> Iterator[None]:
    """Let other processes stand still for a while."""
    numbers = [number for number in processes if number is not None]
    if not numbers:  # as where nothing can be forked, and nothing stopped
        yield
        return

    def tell(what: signal.Signals) -> None:
        for number in numbers:
            with suppress(OSError):  # it may be at its end
                os.kill(number, what)

    tell(signal.SIGSTOP)
    try:
        yield
    finally:
        tell(signal.SIGCONT)


def can_fork() -> bool:
    """Whether this system can fork."""
    return "fork" in multiprocessing.get_all_start_methods()


def share_out(work: Callable[[T], R], items: Sequence[T], least: int) -> list[R]:
    """What `work` makes of each item, in order; in this process alone when there are fewer than `least` items.

    Whoever is done with one takes the next, so that all are busy to the end.
    """
    count = min(cores(), len(items))
    if count < 2 or len(items) < least or not can_fork():
        return [work(item) for item in items]
    context = multiprocessing.get_context("fork")
    taken = context.Value("q", 0)

    def some() -> Iterator[tuple[int, R]]:
        while True:
            with taken.get_lock():
                place = taken.value
                taken.value += 1
            if place >= len(items):
                return
            yield place, work(items[place])

    def work_and_send(connection: Connection) -> None:
        # All is made before anything is sent: who works does not read, and a full pipe would stop this process.
        made = list(some())
        connection.send(len(made))
        for each in made:
            connection.send(each)

    others = []
    for _ in range(1, count):
        mine, theirs = context.Pipe(duplex=False)
        process = context.Process(target=in_fork, args=(partial(work_and_send, theirs),))
        process.start()
        theirs.close()
        others.append((process, mine))
    made = dict(some())
    for process, connection in others:
        for _ in range(connection.recv()):
            place, each = connection.recv()
            made[place] = each
        connection.close()
        process.join()
    return [made[place] for place in range(len(items))]


class Aside(Generic[R]):
    """Work in a process of its own that tells of its results. Close it before it goes; it ends with this process.

    Args:
        patient: whether it stands back for other processes.
    """

    def __init__(self, work: Callable[[Callable[[R], None]], None], *, patient: bool = True) -> None:
        context = multiprocessing.get_context("fork")
        self._mine, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_aside, args=(work, theirs, patient))
        self._process.start()
        theirs.close()

    def told(self, seconds: float = 0.0) -> Iterator[R]:
        """What it told since the last time; waits so long for it to end."""
        until = time.monotonic() + seconds
        with suppress(EOFError, OSError):
            while self._mine.poll(max(0.0, until - time.monotonic())):
                yield self._mine.recv()

    @property
    def done(self) -> bool:
        """Whether it is at its end, though it may have told of something since the last time."""
        return not self._process.is_alive()

    @property
    def number(self) -> int | None:
        """The process, as the system numbers it."""
        return self._process.pid

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.join()
        self._mine.close()


def _aside(work: Callable[[Callable[[R], None]], None], connection: Connection, patient: bool) -> None:  # noqa: FBT001
    if patient:
        os.nice(PATIENT)
    in_fork(lambda: work(connection.send))
