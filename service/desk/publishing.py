"""Publication: which outcome of a term people are promised. From then on the term says so itself, so that changes count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.access_actions import Action
from model.lessons import PublishedLesson
from model.term import Term
from model.timetable import Timetable
from service.access import audit
from service.access.visit import Visit
from service.desk import terms
from service.desk.allowed import need
from service.desk.conflict import conflict
from service.desk.outcomes import Answered, answered
from service.state import Service
from service.store import documents
from service.store.columns import now
from service.store.documents import Kind, MissingError
from service.store.events import Event, emit
from service.store.publications import is_published
from service.store.tables import Publication


@dataclass(frozen=True, slots=True)
class Published:
    """What people are promised, and since when.

    Attributes:
        revision: the term's latest revision.
    """

    term: str
    revision: int
    outcome: str
    at: datetime
    by: str | None


def published(service: Service, visit: Visit, term: str) -> Published:
    """What is published of a term.

    Raises:
        MissingError: the region has no such term, or nothing of it is published.
    """
    need(visit, Action.READ_OUTCOME)
    with service.database.reading() as session:
        document = documents.find(session, visit.region, term, Kind.TERM)
        row = session.get(Publication, term)
        if row is None:
            raise MissingError(term)
        return _shown(row, document.version)


def publish(service: Service, visit: Visit, term: str, outcome: str) -> Published:
    """Promise people an outcome of the term as it is now: a new revision of the term has its timetable as published.

    An outcome of a scenario brings the scenario's changes into the term, as that is what was chosen.

    Raises:
        Problem: it is of another term, or of another revision of it, or has no timetable.
    """
    need(visit, Action.PUBLISH)
    found = answered(service, visit, outcome)
    made, base = promised(found.term, found.timetable), _base(service, visit, found)
    with service.database.session() as session:
        document = documents.find(session, visit.region, term, Kind.TERM)
        if is_published(session, term, outcome):
            return _shown(session.get_one(Publication, term), document.version)
        current = documents.read(session, visit.region, term, Kind.TERM)
        if found.stored.parent != term or service.term(current).input_hash != base:
            raise conflict("other_term", visit.language)
        row = session.merge(Publication(term=term, outcome=outcome, region=visit.region, at=now(), by=visit.account))
        saved = terms.save(session, visit, term, made, seen=current.revision, note=outcome)
        audit.write(session, visit, "outcome_published", subject=outcome, details={"term": term})
        ids: dict[str, str | int | None] = {"term": term, "revision": saved.version, "outcome": outcome}
        emit(session, visit.region, Event.OUTCOME_PUBLISHED, ids)
        return _shown(row, saved.version)


def withdraw(service: Service, visit: Visit, term: str) -> None:
    """Promise nobody anything any more.

    Raises:
        MissingError: nothing is published.
    """
    need(visit, Action.PUBLISH)
    with service.database.session() as session:
        current = documents.read(session, visit.region, term, Kind.TERM)
        row = session.get(Publication, term)
        if row is None:
            raise MissingError(term)
        session.delete(row)
        made = promised(service.term(current), Timetable())
        terms.save(session, visit, term, made, seen=current.revision)
        audit.write(session, visit, "outcome_withdrawn", subject=row.outcome, details={"term": term})


def promised(term: Term, timetable: Timetable) -> Term:
    """The term with a timetable as the published one. Its demand stays demand, of which blocks were given times."""
    rows = (
        PublishedLesson(lesson=row.lesson, professional=row.professional, option=row.option, weeks=row.weeks)
        for row in timetable.assignments
    )
    return term.replace(published=tuple({row.id: row for row in rows}.values()))


def _base(service: Service, visit: Visit, found: Answered) -> str:
    """Input hash of the term that an outcome is of, without a scenario's changes."""
    assert found.stored.parent is not None, "each outcome is of a term"
    return terms.stored_term(service, visit, found.stored.parent, found.stored.parent_revision)[1].input_hash


def _shown(row: Publication, revision: int) -> Published:
    return Published(row.term, revision, row.outcome, row.at, row.by)
