"""Neighbourhood search in processes of its own, one for each core that is free: they inherit everything by a fork."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess

from solver.parallel import can_fork, in_fork
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.neighbourhoods import Neighbourhoods
from solver.plan.walk import Walk


@dataclass(slots=True)
class _Member:
    process: ForkProcess
    connection: Connection


class Team:
    """Processes that improve a choice. Close it before it goes."""

    def __init__(self, around: Neighbourhoods, choice: Choice, clock: Clock, members: int) -> None:
        self._members: list[_Member] = []
        self._tables = around.tables
        if not can_fork():
            return
        context = multiprocessing.get_context("fork")
        sys.stdout.flush()
        for number in range(members):
            mine, theirs = context.Pipe()
            walk = Walk(around, choice, clock, seed=clock.limits.seed * 1000 + number + 1)
            process = context.Process(target=_work, args=(walk, theirs))
            process.start()
            theirs.close()
            self._members.append(_Member(process, mine))

    def __len__(self) -> int:
        return len(self._members)

    @property
    def numbers(self) -> list[int | None]:
        """The processes, as the system numbers them."""
        return [member.process.pid for member in self._members]

    def found(self) -> list[list[int]]:
        """The best choice of each since the last time, where there is one, as places."""
        choices: list[list[int]] = []
        for member in self._members:
            last = None
            with suppress(EOFError, OSError):
                while member.connection.poll():
                    last = member.connection.recv()  # each is better than the one before
            if last is not None:
                choices.append(self._tables.placed(last))
        return choices

    def tell(self, places: Sequence[int]) -> None:
        """Let everybody go on from a better choice."""
        for member in self._members:
            with suppress(OSError):
                member.connection.send(self._tables.portable(places))

    def close(self) -> None:
        """End all."""
        for member in self._members:
            member.process.kill()
        for member in self._members:
            member.process.join()
            member.connection.close()
        self._members.clear()


def _work(walk: Walk, connection: Connection) -> None:
    in_fork(lambda: _improve(walk, connection, os.getppid()))


def _improve(walk: Walk, connection: Connection, parent: int) -> None:
    """Step by step, as long as there is time and somebody to tell; not every system ends a fork with its parent."""
    tables = walk.around.tables
    with suppress(EOFError, OSError):
        while walk.clock.left() > 0 and os.getppid() == parent:
            last = None
            while connection.poll():
                last = connection.recv()
            if last is not None:
                walk.adopt(tables.placed(last))
            if walk.step():
                connection.send(tables.portable(walk.best.places))
