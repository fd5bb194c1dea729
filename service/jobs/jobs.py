"""Jobs as the rest of the service knows them: asked, followed, stopped, erased. All that is told of one stands in its row."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from hashlib import sha256

import structlog
from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from model.issues import Issue
from model.locale import DEFAULT_LANGUAGE, text
from service.access.visit import Visit
from service.jobs import rows
from service.jobs.kinds import ABOUT, KINDS, Asked, JobKind
from service.jobs.queue import Queue, Turn
from service.jobs.states import Phase, State, Stop
from service.jobs.worker import Worker
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.store import documents
from service.store.columns import Json, new_id
from service.store.database import Database
from service.store.documents import Kind, MissingError
from service.store.tables import Document, Incumbent, Job, JobEvent, Publication, Revision

NEWS_SECONDS = 0.25

log = structlog.get_logger()


class Jobs:
    """Durable jobs. Start it before anything is asked, and close it.

    Args:
        database: with its tables made.
        settings: `data` is where the queue has its file on SQLite; `jobs` says what jobs may use.
    """

    def __init__(self, database: Database, settings: ServiceSettings) -> None:
        self._database = database
        self._limits = settings.jobs
        self._queue = Queue(database, settings.data)
        self._worker: Worker | None = None
        self._open = False

    def start(self, *, work: bool) -> None:
        """Open the queue. Not to be called where an event loop runs (in a thread beside it it may).

        Args:
            work: whether this process does jobs too. One process has one that does.
        """
        self._queue.open()
        self._open = True
        if work:
            self._worker = Worker(self._database, self._queue, self._limits)
            self._worker.start()

    def close(self) -> None:
        """Let go of everything; jobs that this process does are put back for whoever comes next."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        self._queue.close()
        self._open = False

    # Asking

    def ask(
        self, visit: Visit, kind: JobKind, term: str, revision: int, asked: Asked, *, key: str | None = None
    ) -> Job:
        """Ask something that takes long.

        Args:
            term, revision: what it is about; a question about an outcome is about the revision that was solved.
            key: the same key of the same account gives the same job, however often it is sent.

        Raises:
            MissingError: the region has no such term, or it had no such revision.
            Problem: more is asked than a job may use, an outcome or a scenario is none of this term's, or the key was
                used for another question.
        """
        with self._database.session() as session:
            documents.find(session, visit.region, term, Kind.TERM)
            issues = [*asked.beyond(self._limits), *_strange(session, visit.region, term, asked)]
            if issues:
                raise Problem(Code.INVALID, issues=issues, n=len(issues))
            revision = _revision_of(session, asked) or revision
            if not session.scalar(select(exists().where(Revision.document == term, Revision.number == revision))):
                raise MissingError(term)
            rows.lock_region(session, visit.region)
            job_id = new_id("job") if key is None else _id_of(visit, key)
            job = _job(job_id, visit, kind, (term, revision), asked)
            before = None if key is None else session.get(Job, job.id)
            if before is not None:
                if _question(before) != _question(job):
                    raise Problem(Code.KEY_REUSED)
                return before
            session.add(job)
            session.flush()
            turns = rows.admit(session, visit.region)
            if job.phase == Phase.BEHIND:
                rows.note(session, job)
        self._put(turns)
        return job

    def _put(self, turns: Iterable[Turn]) -> None:
        """Enqueue what is kept in the database by now. If this process dies before it could, whoever sweeps does it."""
        for turn in turns:
            try:
                self._queue.put(turn)
            except Exception:  # what was asked is kept, and swept up
                log.exception("not_enqueued", job=turn.job)

    # Stopping

    def stop(self, job: str) -> None:
        """End a job and keep its best. Where there is none, as it waits or is of a kind that has none, it is cancelled.

        Raises:
            Problem: it is at its end, or erased.
        """
        with self._database.session() as session:
            found = _held(session, job)
            keeps = KINDS[JobKind(found.kind)].keeps
            turns = self._stop(session, found, Stop.KEEP if keeps else Stop.CANCEL)
        self._put(turns)

    def cancel(self, job: str) -> None:
        """End a job; nothing of it is kept.

        Raises:
            Problem: it is at its end, or erased.
        """
        with self._database.session() as session:
            turns = self._stop(session, _held(session, job), Stop.CANCEL)
        self._put(turns)

    def _stop(self, session: Session, job: Job, stop: Stop) -> list[Turn]:
        has_something = stop is Stop.KEEP and session.get(Incumbent, job.id) is not None
        if job.state == State.QUEUED and not has_something:
            return rows.end(session, job, State.CANCELLED)
        job.stop = Stop.CANCEL.value if job.stop == Stop.CANCEL else stop.value
        if job.state == State.RUNNING:
            job.state = State.STOPPING.value
        rows.note(session, job)
        return []

    def erase(self, job: str) -> None:
        """Delete a job, its history and its answer, unless that was published. Whoever works on it finds out, and stops."""
        with self._database.session() as session:
            found = session.get(Job, job)
            if found is None:
                return
            region = found.region
            rows.lock_region(session, region)
            answer = session.get_one(Job, job, with_for_update=True).answer
            session.delete(found)
            session.flush()
            if answer is not None and not session.scalar(select(exists().where(Publication.outcome == answer))):
                documents.erase(session, region, answer)
            turns = rows.admit(session, region)
        self._put(turns)

    def forget_of(self, session: Session, term: str) -> None:
        """Delete all jobs of a term that is deleted; answers go with the term. Others of its region go on with the next sweep."""
        session.execute(delete(Job).where(Job.term == term))

    # Following

    def news(self, job: str, after: int = 0) -> tuple[list[JobEvent], bool]:
        """Events of a job that come after a number, and whether they are the last: it is at its end, or was erased."""
        with self._database.reading() as session:
            state = session.scalar(select(Job.state).where(Job.id == job))
            query = select(JobEvent).where(JobEvent.job == job, JobEvent.number > after).order_by(JobEvent.number)
            found = list(session.scalars(query))
        return found, state is None or State(state).final

    def events(self, job: str, after: int = 0) -> Iterator[JobEvent]:
        """Events of a job as they come, until its end."""
        last = False
        while not last:
            found, last = self.news(job, after)
            for each in found:
                after = each.number
                yield each
            if not last:
                time.sleep(NEWS_SECONDS)

    async def events_async(self, job: str, after: int = 0) -> AsyncIterator[JobEvent]:
        """The same where an event loop runs, which it does not hold up."""
        last = False
        while not last:
            found, last = await asyncio.to_thread(self.news, job, after)
            for each in found:
                after = each.number
                yield each
            if not last:
                await asyncio.sleep(NEWS_SECONDS)

    def counts(self) -> dict[str, int]:
        """How many jobs are in each state."""
        with self._database.reading() as session:
            counted = session.execute(select(Job.state, func.count()).group_by(Job.state))
            found = {each[0]: each[1] for each in counted}
        return {each.value: found.get(each.value, 0) for each in State}

    def ready(self) -> bool:
        """Whether jobs can be asked here, and whether they are done, if this process is to do them."""
        return self._open and self._queue.answers() and (self._worker is None or self._worker.lives)


def _id_of(visit: Visit, key: str) -> str:
    """The id of the job of a key."""
    digest = sha256(f"{visit.region}\0{visit.account}\0{key}".encode()).hexdigest()
    return f"job-{digest[:24]}"


def _job(job_id: str, visit: Visit, kind: JobKind, term: tuple[str, int], asked: Asked) -> Job:
    return Job(
        id=job_id,
        region=visit.region,
        kind=kind.value,
        term=term[0],
        term_revision=term[1],
        asked=asked.model_dump(mode="json"),
        role=visit.role.value,
        of=sorted(visit.of),
        language=visit.language,
        state=State.QUEUED.value,
        phase=Phase.BEHIND.value,
        attempts=0,
        created_by=visit.account,
    )


def _held(session: Session, job: str) -> Job:
    """A job that is not at its end, held with its region."""
    region = session.scalar(select(Job.region).where(Job.id == job))
    found = None
    if region is not None:
        rows.lock_region(session, region)
        found = rows.lock_job(session, job)
    if found is None or State(found.state).final:
        lang = DEFAULT_LANGUAGE if found is None else found.language
        raise Problem(Code.CONFLICT, why=text("conflict.job_over", lang))
    return found


def _question(job: Job) -> tuple[str, str, Json, str, list[str]]:
    """What was asked, by whom as what. The term's revision is not in it: who sends it again means the same."""
    return job.kind, job.term, job.asked, job.role, list(job.of)


def _strange(session: Session, region: str, term: str, asked: Asked) -> Iterator[Issue]:
    """Documents that are not of this term."""
    for kind, named in ((Kind.OUTCOME, asked.outcomes()), (Kind.SCENARIO, asked.scenarios_named())):
        for field, each in named:
            found = session.get(Document, each)
            if found is None or (found.region, found.kind, found.parent) != (region, kind.value, term):
                yield Issue(code="no_such", field=field, header=field, column=f"$.{field}", value=each[:100])


def _revision_of(session: Session, asked: Asked) -> int | None:
    """The revision of the term that an outcome is of, for a question about it."""
    about = next((each for field, each in asked.outcomes() if field == ABOUT), None)
    return None if about is None else session.get_one(Document, about).parent_revision
