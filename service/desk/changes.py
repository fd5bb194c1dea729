"""Small changes of a term that have their own question: school holidays; and routes into teaching, which change nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from model.access import may_ask_about
from model.access_actions import Action
from model.files.holidays import Region, read_holidays
from model.files.holidays import add_holidays as with_holidays
from model.issues import Issue
from model.routes import Way, routes_for
from model.sites import CalendarDay, Sector
from model.term import Term
from service.access import audit
from service.access.visit import Visit
from service.desk import terms
from service.desk.allowed import need
from service.desk.handed import Upload
from service.problems import Code, Problem
from service.state import Service
from service.store import documents
from service.store.documents import ChangedError, Kind, MissingError
from service.store.tables import Document


@dataclass(frozen=True, slots=True)
class Added:
    """Holidays that a term has now: which came, and what is odd about them."""

    document: Document
    added: Sequence[CalendarDay]
    issues: Sequence[Issue]


def add_holidays(
    service: Service,
    visit: Visit,
    document: str,
    upload: Upload,
    seen: int,
    *,
    region: Region,
    schools: Collection[str] = (),
    mbo: bool = False,
) -> Added:
    """Add the school holidays of a region, as rijksoverheid.nl gives them, to the calendars of a term's schools.

    Args:
        seen: the revision of the term that they are added to.
        schools: only these sites; all when empty.
        mbo: mbo schools too, which set their own holidays.

    Raises:
        Problem: the file holds errors, or the term has no such school.
    """
    need(visit, Action.EDIT_TERM)
    if not upload.name.lower().endswith(".json"):
        raise Problem(Code.UNSUPPORTED)
    with upload.on_disk() as path:
        loaded = read_holidays(path, region)
    if loaded.holidays is None:
        raise Problem(Code.ISSUES, issues=loaded.issues, n=len(loaded.issues))
    stored, term = terms.stored_term(service, visit, document)
    if stored.revision != seen:
        raise ChangedError(stored.revision)
    _known(term, schools)
    filled = with_holidays(term, loaded.holidays, schools=schools, with_mbo=mbo)
    issues = (*loaded.issues, *filled.issues)
    with service.database.session() as session:
        kept = documents.find(session, visit.region, document, Kind.TERM)
        if filled.added:
            kept = terms.save(session, visit, document, filled.term, seen=seen, note=upload.name[:200])
    return Added(kept, filled.added, issues)


def _known(term: Term, schools: Collection[str]) -> None:
    known = {row.id for row in term.schools}
    issues = [
        Issue(code="no_such", field="schools", value=each[:100]) for each in dict.fromkeys(schools) if each not in known
    ]
    if issues:
        raise Problem(Code.INVALID, issues=issues, n=len(issues))


@dataclass(frozen=True, slots=True)
class Routes:
    """Ways for somebody to be allowed to teach a course: what is had first, then what is open, quickest first."""

    sector: Sector
    ways: Sequence[Way]


def routes(service: Service, visit: Visit, document: str, professional: str, course: str) -> Routes:
    """Which ways there are for somebody to be allowed to give a course.

    Raises:
        MissingError: the term has no such person or course, or none that the visitor may ask about; which is not told.
    """
    need(visit, Action.ASK)
    _, term = terms.stored_term(service, visit, document)
    try:
        if not may_ask_about(term, visit.reader, professional):
            raise MissingError(professional)
        ways = tuple(routes_for(term, professional, course))
        about = term.course(course)
    except KeyError:
        raise MissingError(professional) from None
    with service.database.session() as session:
        audit.write(session, visit, "asked_routes", subject=document, person=professional)
    return Routes(about.sector or term.school(about.school).sector, ways)
