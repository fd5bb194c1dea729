"""What the process of a job is given, read from the database."""

from __future__ import annotations

import gzip
import json

from sqlalchemy.orm import Session

from model.access import Reader, ReaderRole
from service.jobs import rows
from service.jobs.kinds import ABOUT, KINDS, Asked, JobKind, SolveAsked
from service.jobs.messages import Given, Kept
from service.jobs.states import Stop
from service.store import documents
from service.store.documents import Kind
from service.store.tables import Incumbent, Job

LEAST_SECONDS = 2.0
"""What a try after a crash gets at least: it has its best to judge, and an answer to write."""


def given(session: Session, job: Job, megabytes: int) -> tuple[Given, Asked]:
    """All that a job needs.

    Args:
        megabytes: what a job may use here.

    Raises:
        MissingError: its term, or an outcome it is about, was deleted.
    """
    kind = JobKind(job.kind)
    asked = KINDS[kind].model_validate(job.asked)
    region = job.region
    scenario = None
    outcome: Kept | None = None
    for field, each in asked.outcomes():
        found = documents.read(session, region, each, Kind.OUTCOME, beside=True)
        outcome = Kept(found.content, found.beside)
        if field == ABOUT and found.facts.get("scenario") is not None:
            scenario = json.dumps(found.facts["scenario"])
    named = [documents.read(session, region, each, Kind.SCENARIO).content for _, each in asked.scenarios_named()]
    if kind is JobKind.SOLVE and named:
        scenario = named.pop()
    best = None if _repeats(asked) else _best(session, job)
    made = Given(
        kind=kind,
        asked=job.asked,
        term=documents.read(session, region, job.term, Kind.TERM, revision=job.term_revision).content,
        reader=Reader(ReaderRole(job.role), frozenset(job.of)),
        language=job.language,
        outcome=outcome,
        best=best,
        scenario=scenario,
        scenarios=tuple(named),
        seconds=None if _repeats(asked) else _left(session, job, asked),
        megabytes=megabytes,
    )
    return made, asked


def _repeats(asked: Asked) -> bool:
    """Whether it is to repeat exactly, so that whoever takes it over begins anew."""
    return isinstance(asked, SolveAsked) and asked.deterministic


def _left(session: Session, job: Job, asked: Asked) -> float | None:
    if not isinstance(asked, SolveAsked) or job.attempts == 1:
        return None
    left = 0.0 if job.stop == Stop.KEEP else asked.seconds - rows.used_seconds(session, job.id)
    return max(min(LEAST_SECONDS, asked.seconds), left)


def _best(session: Session, job: Job) -> Kept | None:
    kept = session.get(Incumbent, job.id)
    return None if kept is None else Kept(gzip.decompress(kept.timetable).decode(), kept.memory)
