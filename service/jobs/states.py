"""Where a job is in its life, and why it failed."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Its lifecycle; what is proved is another matter (`Job.proof`)."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    """It was told to stop, and is about to."""
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more comes."""
        return self in FINAL


FINAL = frozenset({State.DONE, State.FAILED, State.CANCELLED})
WORKED_ON = frozenset({State.RUNNING, State.STOPPING})


class Stop(StrEnum):
    """What somebody wants who stops it."""

    KEEP = "keep"
    """The best so far."""
    CANCEL = "cancel"
    """Nothing."""


class Phase(StrEnum):
    """What it does now. A batch adds which of how many, as `variant 2/5`."""

    BEHIND = "behind"
    """Queued: others of its own region come first."""
    READY = "ready"
    """Queued: it waits for a machine."""
    READING = "reading"
    SEARCHING = "searching"
    """There is no timetable yet."""
    IMPROVING = "improving"
    WRITING = "writing"
    VARIANT = "variant"
    LOOKING = "looking"
    """At what is asked about, one thing after another."""


class Failure(StrEnum):
    """Why there is no answer (`Job.error`)."""

    WORKER_LOST = "worker_lost"
    """The machines that worked on it died, once too often."""
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    """Its process ended without a word."""
    DEFECT = "defect"
    """The program is wrong; the log says where."""
    TOO_LONG = "too_long"
    """Far longer than its time."""
    TERM_INVALID = "term_invalid"
    SCENARIO_INVALID = "scenario_invalid"
    """A scenario does not fit the term."""
    UNKNOWN_ID = "unknown_id"
    """The term has no such lesson, person or employer."""
    NO_TIMETABLE = "no_timetable"
    """The outcome asked about has none, or the term none that was promised."""
    NOT_THEIRS = "not_theirs"
    """This reader may not ask that."""
    GONE = "gone"
    """The term or outcome was deleted meanwhile."""
