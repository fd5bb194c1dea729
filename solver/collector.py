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
    """How much there was at the last look through everything, and how much boards have added since."""

    then = 0
    more = 0


@contextmanager
def at_rest() -> Iterator[None]:
    """No search for garbage while a board is made or a timetable judged; before it everything is looked through, when it is time for that."""
    resting = gc.isenabled()
    if resting and _Looks.more > max(LEAST_GROWTH, GROWTH * _Looks.then):
        gc.collect()
        gc.freeze()
        _Looks.then, _Looks.more = gc.get_freeze_count(), 0
        gc.unfreeze()
    gc.disable()
    before = gc.get_count()[0]
    try:
        yield
    finally:
        if resting:
            _Looks.more += max(0, gc.get_count()[0] - before)
            # Frozen and thawed, all of it counts as old at once and is not looked through as if it were new.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
