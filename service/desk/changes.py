"""Changes of a term: whose they may be about, and who is meant by whom they name; and school holidays, which are made at once.

Beside them routes into teaching: what somebody would have to change about themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from model.access import Reader, ReaderRole, may_ask_about
from model.access_actions import Action
from model.access_term import RUNS, View
from model.change import with_values
from model.files.holidays import Region, read_holidays
from model.files.holidays import add_holidays as with_holidays
from model.issues import Issue
from model.routes import Way, routes_for
from model.scenarios.kind import ScenarioChange, has
from model.scenarios.people import Join
from model.sites import CalendarDay, Sector
from model.term import Term
from service.access import audit
from service.access.visit import Visit
from service.desk import terms
from service.desk.allowed import need
from service.desk.handed import Upload
from service.problems import Code, Problem, senseless
from service.state import Service
from service.store import documents
from service.store.documents import ChangedError, Kind, MissingError
from service.store.tables import Document

# Who is meant


@dataclass(frozen=True, slots=True)
class Called:
    """How the visitor calls the people of a term, in what they say and in what they are told: maybe by pseudonyms."""

    reader: Reader
    view: View
    people: frozenset[str]

    def real(self, said: str) -> str:
        """The id of whom they mean."""
        return said if self.view.pseudonyms is None else self.view.pseudonyms.real(said, self.people)

    def id(self, person: str) -> str:
        """The id by which they know somebody."""
        if person not in self.people or not self.view.hides(self.reader, person):
            return person
        assert self.view.pseudonyms is not None, "nobody is hidden otherwise"
        return self.view.pseudonyms.id_of(person)

    def meant(self, change: ScenarioChange) -> ScenarioChange:
        """A change as they say it, about whom they mean."""
        return self._about(change, self.real)

    def told(self, change: ScenarioChange) -> ScenarioChange:
        """A change as they are told it."""
        return self._about(change, self.id)

    def _about(self, change: ScenarioChange, who: Callable[[str], str]) -> ScenarioChange:
        named = {field: getattr(change, field) for field, table in change.references() if table == "professionals"}
        return change.model_copy(update={field: who(each) for field, each in named.items() if each is not None})

    def issue(self, issue: Issue) -> Issue:
        """What is wrong, as they are told it."""
        named = {"value": issue.value, "maybe": issue.maybe}
        return issue.model_copy(update={field: each and self.id(each) for field, each in named.items()})

    def term(self, term: Term) -> Term:
        """A term with the names by which they know its people, to say sentences of."""
        if self.view.pseudonyms is None:
            return term
        names = {row: self.view.called(self.reader, term, row.id)[1] for row in term.professionals}
        rows = tuple(row.model_copy(update={"name": name}) for row, name in names.items())
        made = with_values(term, {"professionals": rows})
        vars(made)["input_hash"] = term.input_hash  # how people are called is no other input
        return made


def called(service: Service, visit: Visit, document: str | None, term: Term) -> Called:
    """How the visitor calls the people of a term."""
    with service.database.reading() as session:
        view = terms.view_of(service, session, visit, document, term)
    return Called(visit.reader, view, frozenset(row.id for row in term.professionals))


# Whose they may be about


def may_think_of(term: Term, reader: Reader, changes: Iterable[ScenarioChange]) -> bool:
    """Whether a reader may ask what these changes would mean.

    Who runs the region, of everything. An employer of its own people, those who come included; a timetabler of lessons, days
    and rules of own sites, and who gives lessons there; a professional of themselves. Free patches name rows of anybody.
    """
    if reader.role in RUNS:
        return True
    changes = tuple(changes)
    coming = {row.id: row.employer for each in changes if isinstance(each, Join) for row in each.professionals}
    return all(_is_about_own(term, reader, each, coming) for each in changes)


def _is_about_own(term: Term, reader: Reader, change: ScenarioChange, coming: Mapping[str, str | None]) -> bool:
    named = set(_named(change))
    if reader.role is ReaderRole.TIMETABLER:
        sites = [_site(term, table, row) for table, row in named if table in _AT_SITE]
        others = {table for table, _ in named} - _AT_SITE - {"professionals"}
        return bool(sites) and not others and all(each in reader.of for each in sites)
    if reader.role is ReaderRole.PROFESSIONAL:
        return bool(named) and named <= {("professionals", each) for each in reader.of}
    if isinstance(change, Join):
        return bool(change.professionals) and all(row.employer in reader.of for row in change.professionals)
    theirs = [row if table == "employers" else _employer(term, row, coming) for table, row in named if table in _STAFF]
    others = {table for table, _ in named} - _STAFF - {"boards"}
    return bool(theirs) and not others and all(each in reader.of for each in theirs)


_AT_SITE = frozenset({"schools", "lessons", "rooms"})
_STAFF = frozenset({"professionals", "employers"})


def _named(change: ScenarioChange) -> Iterator[tuple[str, str]]:
    """Rows that a change is about: table and id."""
    for field, table in change.references():
        given = getattr(change, field)
        for row in given if isinstance(given, tuple) else (given,):
            if row is not None:
                yield table, row


def _site(term: Term, table: str, row: str) -> str | None:
    """The site that a lesson or room belongs to; None where there is no such row."""
    if table == "schools":
        return row
    if not has(term, table, row):
        return None
    found: str = term.find("rooms", row).school if table == "rooms" else term.course(term.lesson(row).course).school
    return found


def _employer(term: Term, person: str, coming: Mapping[str, str | None]) -> str | None:
    """The employer of somebody who is there, or comes; None where there is nobody of this id, or they have none."""
    if has(term, "professionals", person):
        return term.professional(person).employer
    return coming.get(person)


# Made at once, and not made


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
        raise senseless(loaded.issues)
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
    professional = called(service, visit, document, term).real(professional)
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
