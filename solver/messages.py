"""What a solving process is told, a `Request`, and what it answers: `Found` for every better timetable, `Bounded` for
every better bound, `Counted` for every better bound on lessons, `Remembered` for what a next solve may start from, and
in the end `Done` or `Failed`.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.term import Term
from model.timetable import Status, Timetable
from solver.memory import Memory

SECOND_OPINION_SECONDS = 10.0
"""Least time for confirming that a term is impossible."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a solve may use.

    Attributes:
        seconds: wall time, or deterministic units when deterministic.
        until: clock (`time.monotonic`, the same for all processes of a machine) at which wall time ends.
        megabytes: memory of all processes of the solve together; None for what there is.
        enough: the relative gap at which a timetable is good enough to end with.
    """

    seconds: float
    until: float
    seed: int
    deterministic: bool
    megabytes: int | None = None
    enough: float = 0.0


@dataclass(frozen=True, slots=True)
class Start:
    """What an earlier solve left: its timetable, and its plans and prices; either may fit badly."""

    timetable: Timetable | None = None
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A term to solve.

    Attributes:
        remember: whether to tell what a next solve may start from.
    """

    term: Term
    limits: Limits
    start: Start = Start()
    remember: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A better timetable, with the value the solver claims for it (the judge may find it worth more)."""

    timetable: Timetable
    claimed: int
    bound: int


@dataclass(frozen=True, slots=True)
class Bounded:
    """A better bound; one that is not exact was reckoned in floating numbers, and proves nothing best."""

    bound: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """No timetable staffs more lessons."""

    most: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a next solve may start from."""

    memory: Memory


@dataclass(frozen=True, slots=True)
class Done:
    """The end: what was proved, and the final bound where a timetable was found."""

    status: Status
    bound: int | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A defect in this program or its solver."""

    traceback: str


Message = Found | Bounded | Counted | Remembered | Done | Failed
