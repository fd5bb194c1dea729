"""A region with a term, somebody who asks, and workers that are started and killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.access import ReaderRole
from model.term import Term
from service.access.visit import Visit
from service.jobs.jobs import Jobs
from service.jobs.kinds import Asked, FairAsked, JobKind, SolveAsked
from service.jobs.states import State
from service.settings import ServiceSettings
from service.store import documents
from service.store.database import Database
from service.store.documents import Kind
from service.store.regions import RegionSettings, found_region
from service.store.tables import Incumbent, Job, JobEvent
from tests.service.jobs.work import Planted

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60.0
"""Nothing here takes so long; what does is broken."""

QUICK = generate(10, 1, Profile.BALANCED)
"""Solved in a second."""

SLOW = generate(40, 2, Profile.HEAVY)
"""Better timetables are found for longer than any test takes."""


def lives(pid: int) -> bool:
    """Whether there is such a process that is more than a name in the list."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Place:
    """Jobs as a web server without workers holds them, and workers beside it."""

    def __init__(self, database: Database, data: Path) -> None:
        self.database = database
        self.data = data
        self.jobs = Jobs(database, ServiceSettings(data=data))
        self.jobs.start(work=False)
        self.workers: list[subprocess.Popen[str]] = []

    def close(self) -> None:
        """End all workers, kindly."""
        for each in self.workers:
            each.send_signal(signal.SIGTERM)
        for each in self.workers:
            each.wait(PATIENCE_SECONDS)
            assert each.stdout is not None
            each.stdout.close()
        self.jobs.close()

    def worker(self, **limits: object) -> subprocess.Popen[str]:
        """A new process that does jobs."""
        url = self.database.url.render_as_string(hide_password=False)
        command = [sys.executable, "-W", "error", "-m", "tests.service.jobs.work"]
        made = subprocess.Popen(
            [*command, url, str(self.data), json.dumps(limits)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.workers.append(made)
        assert made.stdout is not None
        assert made.stdout.readline() == "ready\n"
        return made

    def kill(self, worker: subprocess.Popen[str]) -> None:
        """As when the machine dies."""
        worker.kill()
        worker.wait()

    def region(self, term: Term = QUICK, **settings: int) -> tuple[Visit, str]:
        """A coordinator of a new region, and its term."""
        with self.database.session() as session:
            region = found_region(session, "Midden", RegionSettings.model_validate(settings)).id
            document = documents.create(session, region, Kind.TERM, term.model_dump_json()).id
        return Visit(region, "account", "grant", ReaderRole.COORDINATOR, frozenset(), "en", "request"), document

    def outcome(self, at: tuple[Visit, str], content: str = "{}") -> str:
        """An outcome of its term, with anything in it."""
        with self.database.session() as session:
            made = documents.create(session, at[0].region, Kind.OUTCOME, content, parent=at[1], parent_revision=1)
            return made.id

    def ask(
        self, at: tuple[Visit, str], asked: Asked | None = None, kind: JobKind = JobKind.SOLVE, key: str | None = None
    ) -> str:
        """The id of a job that was asked."""
        visit, term = at
        return self.jobs.ask(visit, kind, term, 1, asked or SolveAsked(seconds=20), key=key).id

    def ask_planted(self, at: tuple[Visit, str], planted: Planted) -> str:
        """A job that does what was planted."""
        return self.ask(at, FairAsked(seconds=planted), JobKind.FAIR)

    def sleeper(self, at: tuple[Visit, str]) -> tuple[str, list[int]]:
        """A job that sleeps, and its processes."""
        job = self.ask_planted(at, Planted.SLEEP)
        self.until(lambda: self.job(job).phase.startswith("pids"))
        pids = [int(each) for each in self.job(job).phase.split()[1:]]
        assert all(map(lives, pids))
        return job, pids

    def job(self, job: str) -> Job:
        """Its row as it is."""
        with self.database.reading() as session:
            return session.get_one(Job, job)

    def kept(self, job: str) -> Incumbent | None:
        """Its best so far."""
        with self.database.reading() as session:
            return session.get(Incumbent, job)

    def events(self, job: str) -> list[JobEvent]:
        """How it went."""
        return self.jobs.news(job)[0]

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, "it never came to be"
            time.sleep(0.05)

    def ended(self, job: str) -> Job:
        """Wait for the end of a job."""
        self.until(lambda: State(self.job(job).state).final)
        return self.job(job)
