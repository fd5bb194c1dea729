"""What the process of a job is given, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass

from model.access import Reader
from service.jobs.kinds import JobKind
from service.jobs.states import Failure
from service.store.columns import Json


@dataclass(frozen=True, slots=True)
class Kept:
    """A timetable from before: an outcome, or the best so far of a try that was cut short.

    Attributes:
        timetable: JSON of an outcome, or of a timetable.
        memory: packed, see `solver.memory`.
    """

    timetable: str
    memory: bytes | None


@dataclass(frozen=True, slots=True)
class Given:
    """All that a job needs: its process reads no database.

    Attributes:
        asked: as its kind defines it.
        term: JSON.
        outcome: the outcome it is about, or goes on from.
        best: where an earlier try was.
        scenario: JSON; the term is solved, or was solved, with it.
        scenarios: JSON of those that are compared.
        seconds: what is left of its time; None for all that it asked for.
        megabytes: what it may use.
        cores: those it may use; all where there are none.
    """

    kind: JobKind
    asked: Json
    term: str
    reader: Reader
    language: str
    outcome: Kept | None = None
    best: Kept | None = None
    scenario: str | None = None
    scenarios: tuple[str, ...] = ()
    seconds: float | None = None
    megabytes: int | None = None
    cores: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """How it stands. A phase, and points."""

    phase: str
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Better:
    """A better timetable, judged: JSON and memory, both packed."""

    value: int
    timetable: bytes
    memory: bytes | None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer: a document, and where it is a timetable what is proved of it."""

    content: str
    facts: Json
    beside: bytes | None = None
    proof: str | None = None
    value: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is none; the traceback is for the log only."""

    failure: Failure
    traceback: str = ""


Message = Told | Better | Answered | Failed
