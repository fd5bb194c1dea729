"""Long questions: `/v1/solves` for timetables, `/v1/jobs` for all. Asked, followed while they run, stopped, answered."""

from __future__ import annotations

from collections.abc import AsyncIterable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field

from model.timetable import Status, gap_of
from service.api.answers import json_response
from service.api.given import Revision, Serving, Visiting, problems
from service.desk import jobs
from service.desk.paging import After, Limit
from service.jobs.kinds import KINDS, JobKind
from service.jobs.states import State
from service.problems import Code
from service.shapes import Page, Shape
from service.store.columns import MOST
from service.store.tables import Job, JobEvent

router = APIRouter(prefix="/v1", tags=["jobs"])

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=200,
        description="the same key gives the same job, however often it is sent",
    ),
]


class JobShape(Shape):
    """A job: its lifecycle (`state`) is one thing, what is proved (`proof`) another."""

    id: Annotated[str, Field(examples=["job-7f3kq2mnpx9wd4tz"])]
    kind: JobKind
    term: str
    term_revision: Annotated[int, Field(description="revision of the term it was asked about")]
    state: State
    stopping: Annotated[str | None, Field(description="`keep` or `cancel`, once somebody asked for it")]
    phase: str
    proof: Annotated[Status | None, Field(description="what is proved so far; null while nothing was found")]
    value: Annotated[int | None, Field(description="points of the best so far, judged")]
    bound: Annotated[int | None, Field(description="points: no timetable is worth more")]
    gap: Annotated[float | None, Field(description="relative distance between value and bound")]
    answer: Annotated[str | None, Field(description="id of the outcome, or of another answer, once there is one")]
    error: Annotated[str | None, Field(description="code of why it failed")]
    attempts: Annotated[int, Field(description="how often it was taken up: more than once where a machine died")]
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, job: Job) -> JobShape:
        """As it stands."""
        return cls(
            id=job.id,
            kind=JobKind(job.kind),
            term=job.term,
            term_revision=job.term_revision,
            state=State(job.state),
            stopping=job.stop,
            phase=job.phase,
            proof=None if job.proof is None else Status(job.proof),
            value=job.value,
            bound=job.bound,
            gap=None if job.value is None or job.bound is None else gap_of(job.value, job.bound),
            answer=job.answer,
            error=job.error,
            attempts=job.attempts,
            created_at=job.created_at,
            started_at=job.started_at,
            ended_at=job.ended_at,
        )


class JobEventShape(Shape):
    """How a job stood at a moment."""

    number: Annotated[int, Field(description="of the event in its job, from 1")]
    at: datetime
    state: State
    phase: str
    value: Annotated[int | None, Field(description="points of the best so far, judged")]
    bound: Annotated[int | None, Field(description="points: no timetable is worth more")]
    gap: Annotated[float | None, Field(description="relative distance between value and bound")]

    @classmethod
    def of(cls, event: JobEvent) -> JobEventShape:
        """As it is told."""
        gap = None if event.value is None or event.bound is None else gap_of(event.value, event.bound)
        return cls(
            number=event.number,
            at=event.at,
            state=State(event.state),
            phase=event.phase,
            value=event.value,
            bound=event.bound,
            gap=gap,
        )


def _followed(service: Serving, visit: Visiting, job: str) -> Job:
    """A job that still goes on: known before the stream begins, so that a problem is still a problem."""
    return jobs.still_running(service, visit, job)


_ASKING = problems(Code.NOT_FOUND, Code.KEY_REUSED, Code.UNKNOWN_FIELD)
_TITLES = {
    JobKind.SOLVE: (
        "/terms/{term}/solves",
        "Solve a term",
        "Make the best timetable of a term, or go on from an earlier one.",
    ),
    JobKind.COMPARE: (
        "/terms/{term}/comparisons",
        "Compare scenarios",
        "Solve scenarios beside the term as it is: what really differs, and for whom.",
    ),
    JobKind.RELEASE: (
        "/terms/{term}/release-plans",
        "Plan releases",
        "What each half-day an employer could release would bring.",
    ),
    JobKind.PRICES: (
        "/terms/{term}/price-lists",
        "List what everything would bring",
        "Where to begin: what one unit more of everything would bring.",
    ),
    JobKind.CURVE: (
        "/terms/{term}/stability-curves",
        "Draw the stability curve",
        "How many lessons stay open at 0, 1, 2 … changes to what was published.",
    ),
    JobKind.FRAGILITY: ("/terms/{term}/fragility-maps", "Find what is fragile", "What hangs on one person."),
    JobKind.RECRUIT: ("/terms/{term}/recruitments", "Find whom to recruit", "Whom to look for."),
    JobKind.FAIR: ("/terms/{term}/fair-splits", "Split fairly", "How fair the split can be, and what that costs."),
    JobKind.WORTH: (
        "/terms/{term}/worths",
        "Find what one more would bring",
        "What one more half-day, lesson, licence or travel minute would bring.",
    ),
    JobKind.WHY: (
        "/terms/{term}/whys",
        "Find why a lesson is open",
        "Why a lesson is open, with more time than a quick question takes.",
    ),
    JobKind.WHY_NOT: (
        "/terms/{term}/why-nots",
        "Find why somebody does not give a lesson",
        "Why somebody does not give a lesson, likewise.",
    ),
    JobKind.REPAIRS: ("/terms/{term}/repair-searches", "Search for repairs", "What would fill a lesson, likewise."),
}


def _add(kind: JobKind, path: str, summary: str, description: str) -> None:
    """The route by which a kind of job is asked."""

    def ask(
        service: Serving,
        visit: Visiting,
        response: Response,
        term: str,
        asked: Any,
        revision: Revision = None,
        key: Key = None,
    ) -> JobShape:
        job = jobs.ask(service, visit, term, kind, asked, revision=revision, key=key)
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return JobShape.of(job)

    ask.__annotations__["asked"] = KINDS[kind]
    ask.__doc__ = description
    ask.__name__ = f"ask_{kind.value}"
    router.post(path, summary=summary, status_code=202, responses=_ASKING)(ask)


for _kind, _said in _TITLES.items():
    _add(_kind, *_said)


@router.get("/jobs", summary="List jobs", responses=problems())
def list_jobs(
    service: Serving,
    visit: Visiting,
    term: Annotated[str | None, Query(max_length=40, description="only of this term")] = None,
    kind: Annotated[JobKind | None, Query(description="only of this kind")] = None,
    state: Annotated[State | None, Query(description="only in this state")] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[JobShape]:
    """Jobs of the region that the reader may follow, the newest first."""
    return jobs.listed(service, visit, JobShape.of, after, limit, term=term, kind=kind, state=state)


@router.get("/jobs/{job}", summary="Read a job", responses=problems(Code.NOT_FOUND))
def read_job(service: Serving, visit: Visiting, job: str) -> JobShape:
    """How a job stands: lifecycle and proof as two fields, value, bound and gap of the best so far."""
    return JobShape.of(jobs.found(service, visit, job))


@router.get(
    "/jobs/{job}/events",
    summary="Follow a job",
    response_class=EventSourceResponse,
    responses=problems(Code.NOT_FOUND, Code.GONE),
)
async def job_events(
    service: Serving,
    found: Annotated[Job, Depends(_followed)],
    last: Annotated[
        int, Header(alias="Last-Event-ID", ge=0, le=MOST, description="`id` of the last event that was seen")
    ] = 0,
) -> AsyncIterable[ServerSentEvent]:
    """What happens to a job, as it happens (server-sent events): an event per better value or bound, until it is over."""
    async for event in service.jobs.events_async(found.id, last):
        yield ServerSentEvent(data=JobEventShape.of(event), event=event.state, id=str(event.number))


@router.get(
    "/jobs/{job}/answer",
    summary="Read the answer of a job",
    response_model=dict[str, Any],
    responses=problems(Code.NOT_FOUND, Code.CONFLICT),
)
def job_answer(service: Serving, visit: Visiting, job: str) -> Response:
    """The answer, written for who asked; of a solve, the outcome as the reader may see it."""
    return json_response(jobs.answer(service, visit, job))


@router.get(
    "/employers/{employer}/release-values",
    summary="Read what an employer could release",
    response_model=dict[str, Any],
    responses=problems(Code.NOT_FOUND),
)
def release_values(
    service: Serving,
    visit: Visiting,
    employer: str,
    term: Annotated[str | None, Query(max_length=40, description="id of a term; the latest when left out")] = None,
) -> Response:
    """What each half-day that an employer could release would bring, as `…/release-plans` found it last."""
    return json_response(jobs.release_values(service, visit, employer, term))


@router.post(
    "/jobs/{job}/stop",
    summary="Stop a job and keep its best",
    status_code=202,
    responses=problems(Code.NOT_FOUND, Code.CONFLICT),
)
def stop_job(service: Serving, visit: Visiting, job: str) -> JobShape:
    """End a job, and keep the best so far."""
    return JobShape.of(jobs.stop(service, visit, job))


@router.post(
    "/jobs/{job}/cancel", summary="Cancel a job", status_code=202, responses=problems(Code.NOT_FOUND, Code.CONFLICT)
)
def cancel_job(service: Serving, visit: Visiting, job: str) -> JobShape:
    """End a job, and keep nothing."""
    return JobShape.of(jobs.cancel(service, visit, job))


@router.delete("/jobs/{job}", summary="Erase a job", status_code=204, responses=problems(Code.NOT_FOUND))
def delete_job(service: Serving, visit: Visiting, job: str) -> None:
    """End a job if it runs, and erase it with its history; an outcome stays."""
    jobs.erase(service, visit, job)
