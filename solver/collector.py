"""Python's search for garbage, and boards.

A board is hundreds of thousands of things that refer to each other in rings. While one is made, looking through it again
and again only takes time; but what was made so must be looked through later, or boards that nobody holds stay for ever.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

GROWTH = 0.5
LEAST_GROWTH = 200_000
"""When there is so much more of everything than at the last look, in parts of it and at least in things, it is time for
the next: however many boards come and go, what is kept stays within this of what is used."""


class _Looks:
    """How much there was at the last look through everything, and after the last board."""

    then = 0
    now = 0


@contextmanager
def at_rest() -> Iterator[None]:
    """No search for garbage while a board is made; before it everything is looked through, when it is time for that."""
    resting = gc.isenabled()
    if resting and _Looks.now - _Looks.then > max(LEAST_GROWTH, GROWTH * _Looks.then):
        gc.collect()
        _Looks.then = _Looks.now = _aged()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            _Looks.now = _aged()
            gc.enable()


def _aged() -> int:
    """Let all there is count as old, which the quick looks pass over; how much that is."""
    gc.freeze()
    count = gc.get_freeze_count()
    gc.unfreeze()
    return count
