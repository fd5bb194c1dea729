"""Long questions: asked, followed, stopped, and their answers read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import select

from model.access import ReaderRole
from model.access_actions import Action, Owned, OwnerKind
from model.term import Term
from service.access import audit
from service.access.visit import Visit
from service.desk import outcomes, scenarios
from service.desk.allowed import need
from service.desk.changes import may_think_of
from service.desk.conflict import conflict
from service.desk.paging import page
from service.desk.terms import as_json, stored_term, view_of
from service.jobs.kinds import Asked, CompareAsked, JobKind, ReleaseAsked, WhyNotAsked, WorthAsked
from service.jobs.states import FINAL, State
from service.problems import Code, Problem
from service.shapes import Page
from service.state import Service
from service.store import documents
from service.store.documents import Kind, MissingError
from service.store.tables import Job

Row = TypeVar("Row")

_SEES_ALL = (ReaderRole.ADMIN, ReaderRole.COORDINATOR)


def ask(
    service: Service,
    visit: Visit,
    term: str,
    kind: JobKind,
    asked: Asked,
    *,
    revision: int | None = None,
    key: str | None = None,
) -> Job:
    """Ask something that takes long; the same idempotency key gives the same job.

    Raises:
        MissingError: the region has no such term, outcome or scenario.
        Problem: the visitor may not ask this, or it asks for more than a job may use.
    """
    owned = Owned(OwnerKind.EMPLOYER, asked.employer) if isinstance(asked, ReleaseAsked) else None
    need(visit, _ACTIONS.get(kind, Action.START_JOB), owned)
    with service.database.reading() as session:
        document = documents.find(session, visit.region, term, Kind.TERM)
        for _, each in asked.outcomes():
            outcomes.must_be_promised(session, visit, documents.find(session, visit.region, each, Kind.OUTCOME))
    for _, each in asked.scenarios_named():
        scenarios.found(service, visit, each)
    _, base = stored_term(service, visit, term, revision)
    asked = _of_real_people(service, visit, term, base, asked)
    inline = asked.scenarios if isinstance(asked, CompareAsked) else ()
    if not all(may_think_of(base, visit.reader, each.changes) for each in inline):
        raise Problem(Code.FORBIDDEN)
    job = service.jobs.ask(visit, kind, document.id, revision or document.version, asked, key=key)
    with service.database.session() as session:
        audit.write(session, visit, "job_asked", subject=job.id, details={"kind": kind.value, "term": term})
    return job


def _of_real_people(service: Service, visit: Visit, term: str, base: Term, asked: Asked) -> Asked:
    """What was asked, about people by their own ids where the visitor calls them by a pseudonym."""
    with service.database.reading() as session:
        view = view_of(service, session, visit, term, base)
    changed: dict[str, object] = {}
    if isinstance(asked, WhyNotAsked):
        changed["professional"] = view.real(base, asked.professional)
    if isinstance(asked, WorthAsked):
        changed["people"] = tuple(view.real(base, each) for each in asked.people)
    return asked.model_copy(update=changed)


_ACTIONS = {
    JobKind.COMPARE: Action.COMPARE,
    JobKind.RELEASE: Action.PLAN_RELEASE,
    JobKind.WORTH: Action.ASK,
    JobKind.WHY: Action.ASK,
    JobKind.WHY_NOT: Action.ASK,
    JobKind.REPAIRS: Action.ASK,
}


def found(service: Service, visit: Visit, job: str) -> Job:
    """A job that the visitor may follow.

    Raises:
        MissingError: there is none such for them.
    """
    need(visit, Action.READ_JOB)
    with service.database.reading() as session:
        row = session.get(Job, job)
    if row is None or row.region != visit.region or not _theirs(visit, row):
        raise MissingError(job)
    return row


def _theirs(visit: Visit, job: Job) -> bool:
    """Whether a job is one's own, or anybody's for who runs the region; solves are for all who may read outcomes."""
    return (
        visit.role in _SEES_ALL
        or job.created_by == visit.account
        or (job.kind == JobKind.SOLVE and visit.role is ReaderRole.TIMETABLER)
    )


def listed(
    service: Service,
    visit: Visit,
    row: Callable[[Job], Row],
    after: str | None,
    limit: int,
    *,
    term: str | None,
    kind: JobKind | None,
    state: State | None,
) -> Page[Row]:
    """Jobs that the visitor may follow, the newest first."""
    need(visit, Action.READ_JOB)
    query = select(Job).where(Job.region == visit.region)
    for column, value in ((Job.term, term), (Job.kind, kind), (Job.state, state)):
        if value is not None:
            query = query.where(column == value)
    if visit.role not in _SEES_ALL:
        mine = Job.created_by == visit.account
        query = query.where(mine | (Job.kind == JobKind.SOLVE) if visit.role is ReaderRole.TIMETABLER else mine)
    with service.database.reading() as session:
        return page(session, query.order_by(Job.created_at.desc(), Job.id), Job, row, after=after, limit=limit)


def still_running(service: Service, visit: Visit, job: str) -> Job:
    """A job to follow.

    Raises:
        Problem: it is over.
    """
    row = found(service, visit, job)
    if State(row.state) in FINAL:
        raise Problem(Code.GONE)
    return row


def answer(service: Service, visit: Visit, job: str) -> bytes:
    """The answer to a job, as JSON.

    Raises:
        Problem: there is none yet.
    """
    row = found(service, visit, job)
    if row.answer is None:
        raise conflict("no_answer", visit.language)
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, row.answer, Kind.OUTCOME, Kind.ANSWER)
    if stored.kind is Kind.OUTCOME:
        return outcomes.shown(service, visit, stored.id)
    if not _written_for(visit, row):
        raise MissingError(job)
    _, term = stored_term(service, visit, row.term, row.term_revision)
    with service.database.session() as session:
        view = view_of(service, session, visit, row.term, term)
        audit.write(session, visit, "answer_read", subject=row.answer, details={"kind": row.kind})
    return as_json(view.said(visit.reader, term, json.loads(stored.content)))


def release_values(service: Service, visit: Visit, employer: str, term: str | None) -> bytes:
    """The latest answer to what an employer could release, as JSON.

    Raises:
        MissingError: nobody asked yet, or none that the visitor may read.
    """
    need(visit, Action.PLAN_RELEASE, Owned(OwnerKind.EMPLOYER, employer))
    query = select(Job).where(Job.region == visit.region, Job.kind == JobKind.RELEASE, Job.answer.is_not(None))
    if term is not None:
        query = query.where(Job.term == term)
    with service.database.reading() as session:
        for job in session.scalars(query.order_by(Job.ended_at.desc())):
            if job.asked.get("employer") == employer and _theirs(visit, job) and _written_for(visit, job):
                return answer(service, visit, job.id)
    raise MissingError(employer)


def _written_for(visit: Visit, job: Job) -> bool:
    """Whether an answer was written for a reader who may read no more than the visitor."""
    return visit.role in _SEES_ALL or (job.role == visit.role.value and set(job.of) == set(visit.of))


def stop(service: Service, visit: Visit, job: str) -> Job:
    """End a job and keep the best so far."""
    return _ended(service, visit, job, keep=True)


def cancel(service: Service, visit: Visit, job: str) -> Job:
    """End a job and keep nothing."""
    return _ended(service, visit, job, keep=False)


def _ended(service: Service, visit: Visit, job: str, *, keep: bool) -> Job:
    row = _own(service, visit, job)
    if State(row.state) in FINAL:
        raise conflict("job_over", visit.language)
    (service.jobs.stop if keep else service.jobs.cancel)(row.id)
    with service.database.session() as session:
        audit.write(session, visit, "job_stopped" if keep else "job_cancelled", subject=job)
    return found(service, visit, job)


def _own(service: Service, visit: Visit, job: str) -> Job:
    """A job that the visitor may end: their own, or any for who runs the region.

    Raises:
        MissingError: there is none such for them.
        Problem: it is somebody else's.
    """
    need(visit, Action.STOP_JOB)
    row = found(service, visit, job)
    if visit.role not in _SEES_ALL and row.created_by != visit.account:
        raise Problem(Code.FORBIDDEN)
    return row


def erase(service: Service, visit: Visit, job: str) -> None:
    """Erase a job with its history."""
    row = _own(service, visit, job)
    service.jobs.erase(row.id)
    with service.database.session() as session:
        audit.write(session, visit, "job_erased", subject=job)
