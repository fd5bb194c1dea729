"""Processes beside this one: they stand still while they are held, and go on afterwards."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from solver.parallel import Aside, can_fork, held


def _counts(tell: Callable[[int], None]) -> None:
    number = 0
    while True:
        tell(number)
        number += 1
        time.sleep(0.001)


def _state(process: int) -> str:
    """As Linux tells it: T is stopped."""
    return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]


@pytest.mark.skipif(not can_fork() or not sys.platform.startswith("linux"), reason="asks Linux about a fork")
def test_what_is_held_stands_still_and_goes_on() -> None:
    """Also one that is at its end is no trouble."""
    ended: Aside[int] = Aside(lambda tell: tell(1))
    counting: Aside[int] = Aside(_counts)
    try:
        assert counting.number is not None
        assert list(ended.told(10)) == [1]
        with held([ended.number, counting.number, None]):
            until = time.monotonic() + 10
            while _state(counting.number) != "T" and time.monotonic() < until:
                time.sleep(0.001)
            assert _state(counting.number) == "T"
            told = list(counting.told())
            time.sleep(0.05)
            assert list(counting.told()) == []
        until = time.monotonic() + 10
        more: list[int] = []
        while not more and time.monotonic() < until:
            more = list(counting.told(0.01))
        assert more[0] == (told[-1] if told else -1) + 1
    finally:
        counting.close()
        ended.close()
