"""Peers on cases, one run after the other, each in a process of its own that is measured from here."""

from __future__ import annotations

import os
import platform
import queue
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import IO

from benchmarks import problems
from benchmarks.attempt import News, Request
from benchmarks.cases import Case
from benchmarks.peers import Peer
from benchmarks.records import Machine, Result, Run, RunStatus, add, key_of, load, path_of
from solver.parallel import cores
from solver.used_memory import tree_pss_mb

SAMPLE_SECONDS = 0.5
GRACE_SECONDS = 120.0
"""How long after its time a peer may stop by itself and be judged, before it is ended without an answer."""

Told = Callable[["Plan", News], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """One run that is to be done: number so many of so many."""

    case: Case
    peer: Peer
    number: int
    of: int


def plans(cases: Iterable[Case], peers: Sequence[Peer], *, results: Path, release: str, seconds: float) -> list[Plan]:
    """Every peer on every case, but not what is recorded already of the same problem."""
    wanted = [(case, peer) for case in cases for peer in peers]
    recorded = [run for family in {case.family for case, _ in wanted} for run in load(results, family)]
    digests = problems.known(recorded)
    done: dict[tuple[str, str, str, float], set[str]] = {}
    for run in recorded:
        done.setdefault(run.key, set()).update({run.problem} - {""})

    def is_done(case: Case, peer: Peer) -> bool:
        found = done.get(key_of(release, case, peer.name, seconds), set())
        return bool(found) and problems.identity(case, digests).problem in found

    left = [(case, peer) for case, peer in wanted if not is_done(case, peer)]
    return [Plan(case, peer, number, len(left)) for number, (case, peer) in enumerate(left, 1)]


def run_all(todo: Iterable[Plan], *, results: Path, release: str, seconds: float, told: Told) -> Iterator[Run]:
    """Do runs one by one and record each as soon as it is done."""
    machine, revision = this_machine(), this_revision()
    todo = list(todo)
    digests = problems.known(run for family in {plan.case.family for plan in todo} for run in load(results, family))
    for plan in todo:
        problem, origin = problems.identity(plan.case, digests)
        attempt = _Attempt(plan, seconds, told)
        result = attempt.result()
        run = Run(
            release=release,
            revision=revision,
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            family=plan.case.family,
            case=plan.case.name,
            problem=problem,
            origin=origin,
            group=plan.case.group,
            size=plan.case.size,
            seed=plan.case.seed,
            published=plan.case.published,
            peer=plan.peer.name,
            limit_seconds=seconds,
            prepare_seconds=attempt.prepared,
            peak_memory_mb=attempt.peak_mb,
            machine=machine,
            versions={"hybrooster": version("hybrooster"), "python": platform.python_version()} | plan.peer.versions(),
            result=result,
        )
        add(path_of(results, plan.case.family, release), run)
        yield run


@dataclass(slots=True)
class _Attempt:
    """The process of one run."""

    plan: Plan
    seconds: float
    told: Told
    prepared: float | None = None
    peak_mb: float | None = None
    late: bool = False
    _lines: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)

    def result(self) -> Result:
        """Start it, listen, and leave nothing of it behind."""
        request = Request(case=self.plan.case, peer=self.plan.peer.name, seconds=self.seconds)
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.attempt"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
            try:
                assert process.stdin is not None
                assert process.stdout is not None
                Thread(target=_pump, args=(process.stdout, self._lines), daemon=True).start()
                with process.stdin as stdin:
                    stdin.write(request.model_dump_json() + "\n")
                if (result := self._listen(process)) is not None:
                    return result
            finally:
                _end(process)
            if self.late:
                return Result(status=RunStatus.FAILED, error=f"not done {GRACE_SECONDS:g} s after its time")
            errors.seek(0)
            last = "".join(errors.readlines()[-5:])
            return Result(status=RunStatus.FAILED, error=f"exit code {process.returncode}: {last}")

    def _listen(self, process: subprocess.Popen[str]) -> Result | None:
        """The result, once it is there; None from a process that ended without one or takes too long."""
        latest: float | None = None
        next_sample = time.monotonic()
        while latest is None or time.monotonic() < latest:
            if time.monotonic() >= next_sample:
                self._sample(process.pid)
                next_sample = time.monotonic() + SAMPLE_SECONDS
            try:
                line = self._lines.get(timeout=max(0.01, next_sample - time.monotonic()))
            except queue.Empty:
                continue
            if not line.endswith("\n"):
                return None  # the end, perhaps in the middle of a line
            news = News.model_validate_json(line)
            if news.prepared is not None:
                self.prepared = round(news.prepared, 3)
                latest = time.monotonic() + self.seconds + GRACE_SECONDS
            if news.result is not None:
                return news.result
            self.told(self.plan, news)
        self.late = True
        return None

    def _sample(self, pid: int) -> None:
        now = tree_pss_mb(pid)
        if now is not None:
            self.peak_mb = max(round(now, 1), self.peak_mb or 0)


def _pump(lines: IO[str], to: queue.SimpleQueue[str]) -> None:
    with lines:
        for line in lines:
            to.put(line)
    to.put("")


def _end(process: subprocess.Popen[str]) -> None:
    """End a process with all it started: they are a session of their own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def this_machine() -> Machine:
    """Processor, cores that may be used, and memory."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return Machine(
        cpu=model or platform.processor() or platform.machine(), cores=cores(), memory_gb=round(pages / 1e9, 1)
    )


def this_revision() -> str:
    """The commit that runs, marked when something was changed since; empty outside a git clone."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],  # noqa: S607  whichever git there is
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return told.stdout.strip()
