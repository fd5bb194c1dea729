"""The process of a job: whatever happens to it, the worker lives on. It has a group of its own, so that all of it can be ended."""

from __future__ import annotations

import os
import signal
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Event

from model.issues import TermError
from service.jobs.messages import Answered, Failed, Given, Message
from service.jobs.states import Failure
from solver import early
from solver.parallel import end_with_asker

NICE = 10
"""How far it stands back for who reads pages meanwhile."""

PRELOAD = "service.jobs.bodies"
"""What the server that such processes are forked from loads beforehand."""


def serve(connection: Connection) -> None:
    """Do one job and end."""
    end_with_asker()
    _apart()
    early.fork_from_here()
    stop = Event()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # from the keyboard: for the worker to handle
    with suppress(AttributeError):  # not on every system
        signal.signal(signal.SIGUSR1, lambda *_: stop.set())
    given: Given = connection.recv()
    if given.cores:
        os.sched_setaffinity(0, given.cores)
    with suppress(BrokenPipeError, ConnectionError):
        connection.send(_done(given, connection, stop))


def _apart() -> None:
    with suppress(OSError, AttributeError):
        os.setpgid(0, 0)
    with suppress(OSError, AttributeError):
        os.nice(NICE)


def _done(given: Given, connection: Connection, stop: Event) -> Answered | Failed:
    from service.jobs.bodies import done  # noqa: PLC0415  only this process loads the solver
    from service.jobs.task import RefusedError, Task  # noqa: PLC0415  likewise

    def send(message: Message) -> None:
        connection.send(message)

    try:
        return done(Task(given, send, stop))
    except RefusedError as error:
        return Failed(error.failure)
    except PermissionError:
        return Failed(Failure.NOT_THEIRS)
    except TermError:
        return Failed(Failure.TERM_INVALID)
    except MemoryError:
        return Failed(Failure.OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001  everything that goes wrong must reach the worker as an answer
        return Failed(Failure.DEFECT, traceback.format_exc())
