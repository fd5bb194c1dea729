"""Solving in a process of its own: whatever happens to it, whoever asked gets an answer in time."""

from __future__ import annotations

from collections.abc import Callable
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
