"""Tasks at fixed times for qualified workers, as few workers as possible (SMPTSP), stated as a term of one day.

A task is a lesson that must be given, a worker a professional licensed for the tasks of his qualification; whoever
works costs one point and nothing else counts, so that the value is the number of workers with its sign turned.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from dataclasses import dataclass
from datetime import date
from errno import ENOENT
from os import strerror
from pathlib import Path
from textwrap import shorten

from benchmarks.rows import UnreadableError
from model.fields import MINUTES_PER_DAY, Weekday
from model.lessons import Continuity, Course, Lesson, RuleSetting
from model.people import Licence, LicenceLevel, Professional
from model.sites import School, Sector
from model.term import Term

DAY = date(2026, 9, 7)
SITE = "site"
SUFFIXES = (".dat", ".dat.gz")
_BOUNDS = ("lower_bound_2014", "upper_bound_2014")
_LINE = {
    "Type": re.compile(r"Type\s*=\s*1"),
    "Jobs": re.compile(r"Jobs\s*=\s*(\d{1,6})"),
    "start end": re.compile(r"(\d{1,6})\s+(\d{1,6})"),
    "Qualifications": re.compile(r"Qualifications\s*=\s*(\d{1,6})"),
    "k: task …": re.compile(r"(\d{1,6})\s*:\s*(\d{1,6}(?:\s+\d{1,6})*)?"),
}


@dataclass(frozen=True, slots=True)
class Shifts:
    """Tasks as (start, end), half-open, and for each worker the numbers of the tasks he may do."""

    tasks: tuple[tuple[int, int], ...]
    workers: tuple[tuple[int, ...], ...]


def names(folder: Path) -> list[str]:
    """The instances of a folder.

    Raises:
        OSError: there is no such folder, or no instance in it.
    """
    found = {path.name.partition(".")[0] for path in folder.iterdir() if path.name.endswith(SUFFIXES)}
    if not found:
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(folder / "*.dat.gz"))
    return sorted(found)


def read(folder: Path, name: str) -> Shifts:
    """An instance of a folder.

    Raises:
        UnreadableError: a line cannot be meant.
        OSError: the file is missing, or is no whole gzip file.
    """
    path = next((folder / f"{name}{suffix}" for suffix in SUFFIXES if (folder / f"{name}{suffix}").exists()), None)
    if path is None:
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(folder / f"{name}.dat.gz"))
    return _Lines(path).shifts()


def bounds(folder: Path) -> dict[str, tuple[int, int]]:
    """Published lower and upper bound by instance, from `bounds.csv`; none where there is no such file.

    Raises:
        UnreadableError: a row does not say both.
    """
    path = folder / "bounds.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        found, rows = {}, csv.DictReader(file)
        for row in rows:
            try:
                lower, upper = (round(float(row[column])) for column in _BOUNDS)
                found[row["instance"]] = lower, upper
            except (KeyError, TypeError, ValueError, OverflowError) as error:
                said = shorten(",".join(map(str, row.values())), 60, placeholder=" …")
                raise UnreadableError(path.name, rows.line_num, ",".join(_BOUNDS), said, "columns") from error
        return found


def term_of(name: str, shifts: Shifts) -> Term:
    """The term of an instance: minutes of the day are its times, since all lie within one."""
    return Term(
        id=name,
        name=name,
        start=DAY,
        end=DAY,
        schools=(School(id=SITE, name=SITE, sector=Sector.MBO),),
        professionals=tuple(
            # Working-time law is no part of the public problem; its pauses alone would cut off published answers.
            Professional(id=f"w{worker}", name=f"w{worker}", open_for_matching=True, atw_exempt=True)
            for worker in range(len(shifts.workers))
        ),
        licences=tuple(
            Licence(professional=f"w{worker}", subject=f"t{task}", sector=Sector.MBO, level=LicenceLevel.SECOND)
            for worker, tasks in enumerate(shifts.workers)
            for task in tasks
        ),
        courses=tuple(
            Course(id=f"t{task}", school=SITE, subject=f"t{task}", continuity=Continuity.FREE)
            for task in range(len(shifts.tasks))
        ),
        lessons=tuple(
            Lesson(id=f"t{task}", course=f"t{task}", weekday=Weekday.MON, start=start, end=end, must_fill=True)
            for task, (start, end) in enumerate(shifts.tasks)
        ),
        rules=(
            *(RuleSetting(rule=rule, enabled=False) for rule in ("travel", "travel_limit", "gaps", "filled")),
            RuleSetting(rule="people_used", parameter="weight", value="1"),
        ),
    )


def _unpacked(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (EOFError, zlib.error) as error:
        raise gzip.BadGzipFile(f"{path}: {error}") from error


class _Lines:
    """The lines of a file that are no comments, read one by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        data = _unpacked(path) if path.suffix == ".gz" else path.read_bytes()
        lines = enumerate((line.strip() for line in data.decode("ascii", "replace").splitlines()), 1)
        self.left = iter([(number, line) for number, line in lines if line and not line.startswith("#")])
        self.number = 0
        self.line = ""

    def shifts(self) -> Shifts:
        """Everything in the file."""
        self.next("Type")
        tasks = [self.task() for _ in range(int(self.next("Jobs")[1]))]
        workers = [self.worker(len(tasks)) for _ in range(int(self.next("Qualifications")[1]))]
        if (extra := next(self.left, None)) is not None:
            self.number, self.line = extra
            raise self.refuse("", "columns")
        return Shifts(tuple(tasks), tuple(workers))

    def next(self, wanted: str) -> re.Match[str]:
        """The next line, which must be of this kind."""
        self.number, self.line = next(self.left, (self.number + 1, ""))
        found = _LINE[wanted].fullmatch(self.line)
        if found is None:
            raise self.refuse(wanted, "columns")
        return found

    def task(self) -> tuple[int, int]:
        """Start and end of a task, within a day."""
        start, end = map(int, self.next("start end").groups())
        if not start < end <= MINUTES_PER_DAY:
            raise self.refuse("start end", "number")
        return start, end

    def worker(self, tasks: int) -> tuple[int, ...]:
        """Tasks of the next worker, after how many they are."""
        found = self.next("k: task …")
        able = tuple(map(int, (found[2] or "").split()))
        if int(found[1]) != len(able) or len(set(able)) < len(able) or any(task >= tasks for task in able):
            raise self.refuse("k: task …", "number")
        return able

    def refuse(self, wanted: str, why: str) -> UnreadableError:
        """The error that says why a line cannot be meant."""
        return UnreadableError(self.path.name, self.number, wanted, shorten(self.line, 60, placeholder=" …"), why)
