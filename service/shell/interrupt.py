"""Ctrl-C while a command works on something that has a best so far: it ends the search, not the command."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType


@contextmanager
def stoppable() -> Iterator[Event]:
    """An event that the first interrupt sets; a second one interrupts as ever.

    Between two steps of a solve, or while its answer is written, an interrupt would else cost what was found.
    """
    stop = Event()

    def first(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
