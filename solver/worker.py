"""A process that solves: it is asked, answers with messages, and whatever happens to it, this process lives on."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from threading import Event

from solver.messages import SECOND_OPINION_SECONDS, Done, Failed, Message, Request

GRACE_SECONDS = 5.0
"""How long after its wall time a process may finish by itself before it is ended; its best timetable is kept."""

_POLL_SECONDS = 0.1


class Worker:
    """Starts its process when it is first asked, and a new one when the last did not come to an end by itself."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def ask(
        self, request: Request, take: Callable[[Message], None], stop: Event, meanwhile: Callable[[], None]
    ) -> bool:
        """Pass on its messages until it is done, the time is up, or somebody stops it; whether it died by itself.

        Args:
            meanwhile: what there is to do here once it works.
        """
        connection = self._started()
        ended = died = False
        try:
            connection.send(request)
            meanwhile()
            ended, died = self._listen(request, take, stop, connection)
        except KeyboardInterrupt:
            stop.set()  # stopped from the keyboard: what was found so far counts
        except (BrokenPipeError, ConnectionError):
            died = True
        finally:
            if not ended:
                self.close()
        return died

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
            context = _context()
            self._connection, theirs = context.Pipe()
            # No daemon: the process has children of its own, which end with it.
            self._process = context.Process(target=_work, args=(theirs,))
            self._process.start()
            theirs.close()
        return self._connection

    @staticmethod
    def _listen(
        request: Request, take: Callable[[Message], None], stop: Event, connection: Connection
    ) -> tuple[bool, bool]:
        """Whether it came to an end, and whether it died."""
        latest = request.limits.until + GRACE_SECONDS + SECOND_OPINION_SECONDS
        while not stop.is_set():
            if not request.limits.deterministic and time.monotonic() > latest:
                break
            if connection.poll(_POLL_SECONDS):
                try:
                    message = connection.recv()
                except EOFError:
                    return False, True
                take(message)
                if isinstance(message, Done | Failed):
                    return True, False
        return False, False


def _work(connection: Connection) -> None:
    from solver.child import serve  # noqa: PLC0415  only the child loads the solver

    serve(connection)


def _context() -> ForkServerContext | SpawnContext:
    """Processes from a server that has the solver loaded, where the system can; fresh ones elsewhere."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["solver.child"])
        return context
    return multiprocessing.get_context("spawn")
