"""A process that solves: it is asked, answers with messages, and whatever happens to it, this process lives on."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Event

from solver import early
from solver.messages import SECOND_OPINION_SECONDS, Done, Failed, Message, Request
from solver.used_memory import tree_pss_mb

GRACE_SECONDS = 5.0
"""How long after its wall time a process may finish by itself before it is ended; its best timetable is kept."""

_POLL_SECONDS = 0.1

_LOOK_SECONDS = 0.5
"""How often it is looked how much memory is used."""


class End(Enum):
    """How a process that was asked came to an end."""

    DONE = "done"
    STOPPED = "stopped"
    """By somebody, or because its time was long over."""
    DIED = "died"
    OUT_OF_MEMORY = "out_of_memory"
    """Ended because it used more than it may."""


class Worker:
    """Starts its process when it is first asked, and a new one when the last did not come to an end by itself."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def ask(self, request: Request, take: Callable[[Message], None], stop: Event, meanwhile: Callable[[], None]) -> End:
        """Pass on its messages until it is done, the time or the memory is up, or somebody stops it.

        Args:
            meanwhile: what there is to do here once it works.
        """
        connection = self._started()
        end = End.STOPPED
        try:
            connection.send(request)
            meanwhile()
            end = self._listen(request, take, stop, connection)
        except KeyboardInterrupt:
            stop.set()  # stopped from the keyboard: what was found so far counts
        except (BrokenPipeError, ConnectionError):
            end = End.DIED
        finally:
            if end is not End.DONE:
                self.close()
        return end

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None and self._connection is not None:
            self._process.kill()
            self._process.join()
            self._connection.close()
        self._process = self._connection = None

    def _started(self) -> Connection:
        if self._process is None or self._connection is None or not self._process.is_alive():
            self.close()
            context = early.context()
            self._connection, theirs = context.Pipe()
            # No daemon: the process has children of its own, which end with it.
            self._process = context.Process(target=_work, args=(theirs,))
            self._process.start()
            theirs.close()
        return self._connection

    def _listen(self, request: Request, take: Callable[[Message], None], stop: Event, connection: Connection) -> End:
        limits = request.limits
        latest = limits.until + GRACE_SECONDS + SECOND_OPINION_SECONDS
        look = 0.0
        while not stop.is_set():
            now = time.monotonic()
            if not limits.deterministic and now > latest:
                break
            if limits.megabytes is not None and now >= look:
                if self._used_megabytes() > limits.megabytes:
                    return End.OUT_OF_MEMORY
                look = now + _LOOK_SECONDS
            if connection.poll(_POLL_SECONDS):
                try:
                    message = connection.recv()
                except EOFError:
                    return End.DIED
                take(message)
                if isinstance(message, Done | Failed):
                    return End.DONE
        return End.STOPPED

    def _used_megabytes(self) -> float:
        """What the process and its own use together; 0 where the system does not tell."""
        pid = None if self._process is None else self._process.pid
        return 0.0 if pid is None else tree_pss_mb(pid) or 0.0


def _work(connection: Connection) -> None:
    from solver.child import serve  # noqa: PLC0415  only the child loads the solver

    serve(connection)
