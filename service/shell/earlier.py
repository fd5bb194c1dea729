"""An earlier outcome as a start for the next, and the file beside it that makes this quick."""

from __future__ import annotations

from pathlib import Path

from model.files import read_timetable
from model.files.source import Unreadable
from model.issues import Issue, Severity
from model.term import Term
from solver.memory import Memory, beside, read_memory, write_memory
from solver.messages import Start


class NoStartError(Exception):
    """A file that nothing can start from: its issues, and the exit code that goes with them."""

    def __init__(self, issues: tuple[Issue, ...], code: int) -> None:
        super().__init__(code)
        self.issues = issues
        self.code = code


def start_from_file(path: Path, term: Term) -> tuple[Start, int]:
    """What an earlier outcome leaves to a term, and how many of its rows no longer fit there.

    Raises:
        NoStartError: the file cannot be read, holds no timetable of this term, or the file beside it is broken.
    """
    read = read_timetable(path, term)
    lost = read.rows - len(read.usable.assignments)
    if not read.usable.assignments and (lost or not read.readable or any(_is_error(each) for each in read.issues)):
        raise NoStartError(read.issues, 1 if read.readable else 2)
    memory = beside(path)
    try:
        return Start(read.usable, read_memory(memory) if memory.exists() else None), lost
    except Unreadable as error:
        raise NoStartError((error.issue,), 2) from None


def keep_beside(outcome: Path, memory: Memory | None) -> list[Path]:
    """Keep what a next solve may start from beside an outcome, in the file returned; that of an earlier one goes."""
    path = beside(outcome)
    if memory is None:
        path.unlink(missing_ok=True)
        return []
    write_memory(memory, path)
    return [path]


def _is_error(issue: Issue) -> bool:
    return issue.severity is Severity.ERROR
