"""Solving in a process of its own: whatever happens to it, whoever asked gets an answer in time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from solver.parallel import Aside, can_fork

T = TypeVar("T")

GRACE_SECONDS = 2.0
"""How long after its time a process may still answer."""


def in_child(work: Callable[[], T], seconds: float) -> T | None:
    """What some work makes of it in a fork of this process; None where that crashed, or was not done in time."""
    if not can_fork():
        return work()
    aside: Aside[T] = Aside(lambda tell: tell(work()), patient=False)
    try:
        return next(aside.told(seconds + GRACE_SECONDS), None)
    finally:
        aside.close()


def in_children(works: Sequence[Callable[[], T]], seconds: float) -> list[T | None]:
    """The same of several at once, each in a process of its own."""
    if not can_fork():
        return [work() for work in works]
    asides: list[Aside[T]] = [Aside(_telling(work), patient=False) for work in works]
    until = time.monotonic() + seconds + GRACE_SECONDS
    try:
        return [next(each.told(max(0.0, until - time.monotonic())), None) for each in asides]
    finally:
        for each in asides:
            each.close()


def _telling(work: Callable[[], T]) -> Callable[[Callable[[T], None]], None]:
    return lambda tell: tell(work())
