"""Outcomes: read as the visitor may see them, as rows, pictures and files; and timetables made by hand, judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.access import ReaderRole
from model.access_actions import Action
from model.access_term import for_outsiders
from model.access_timetable import outcome_for
from model.files import read_timetable
from model.files.source import Unreadable
from model.judge import Verdict, judge
from model.law_report import law_report
from model.law_view import LawView
from model.results import write_results
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import Outcome, Timetable
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.conflict import conflict
from service.desk.handed import Upload
from service.desk.paging import page
from service.desk.terms import as_json, stored_term, view_of
from service.problems import Code, Problem, senseless
from service.shapes import Page
from service.state import Service, Told
from service.store import documents
from service.store.documents import Kind, MissingError, Stored
from service.store.publications import is_published
from service.store.tables import Document, Publication

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Answered:
    """An outcome that is kept, and the term it is of: with the scenario's changes, where it is of a scenario."""

    stored: Stored
    outcome: Outcome
    term: Term

    @property
    def timetable(self) -> Timetable:
        """Its timetable.

        Raises:
            Problem: there is none.
        """
        if self.outcome.timetable is None:
            raise conflict("no_timetable")
        return self.outcome.timetable


def answered(service: Service, visit: Visit, document: str) -> Answered:
    """An outcome of the visitor's region, for asking about it.

    Raises:
        MissingError: the region has none such.
    """
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, document, Kind.OUTCOME, content=False)
    assert stored.parent is not None, "each outcome is of a term"
    _, base = stored_term(service, visit, stored.parent, stored.parent_revision)
    return Answered(stored, service.outcome(stored), _with_scenario(service, stored, base))


def read_by(service: Service, visit: Visit, document: str) -> Answered:
    """The same, for who reads it: employers and professionals only what they are promised.

    Raises:
        MissingError: the region has none such, or none that is published.
    """
    found = answered(service, visit, document)
    if visit.role in _WHEN_PUBLISHED:
        with service.database.reading() as session:
            if not is_published(session, found.stored.parent or "", document):
                raise MissingError(document)
    return found


_WHEN_PUBLISHED = (ReaderRole.EMPLOYER, ReaderRole.PROFESSIONAL)


def must_be_promised(session: Session, visit: Visit, outcome: Document) -> None:
    """Let a professional ask only about what they are promised; an employer may ask what comes of what is not decided yet.

    Raises:
        MissingError: it is not published.
    """
    if visit.role is ReaderRole.PROFESSIONAL and not is_published(session, outcome.parent or "", outcome.id):
        raise MissingError(outcome.id)


def _with_scenario(service: Service, stored: Stored, base: Term) -> Term:
    """The term that was solved: the scenario it was solved with lies with the outcome."""
    changes = stored.facts.get("scenario")
    if changes is None:
        return base
    return service.changed_term((stored.id, stored.revision), lambda: _applied(Scenario.model_validate(changes), base))


def _applied(scenario: Scenario, base: Term) -> Term:
    term = apply(scenario, base).term
    assert term is not None, "it was applied before it was solved"
    return term


def listed(
    service: Service, visit: Visit, term: str | None, row: Callable[[Document], Row], after: str | None, limit: int
) -> Page[Row]:
    """Outcomes of the region, or of one term, the newest first."""
    need(visit, Action.READ_OUTCOME)
    with service.database.reading() as session:
        query = documents.listed(visit.region, Kind.OUTCOME, parent=term)
        if visit.role is ReaderRole.PROFESSIONAL:
            query = query.where(Document.id.in_(select(Publication.outcome)))
        return page(session, query, Document, row, after=after, limit=limit)


def shown(service: Service, visit: Visit, document: str) -> bytes:
    """An outcome as the visitor may see it, as JSON; that they read it is written down."""
    need(visit, Action.READ_OUTCOME)
    found = read_by(service, visit, document)
    with service.database.session() as session:
        view = view_of(service, session, visit, found.stored.parent, found.term)
        _read(session, visit, found)

    def made() -> Told:
        return Told(as_json(outcome_for(found.term, found.outcome, visit.reader, visit.language, view)))

    key = ("outcome", found.stored.id, found.stored.revision, visit.reader, visit.language, view)
    return service.told(key, made).json


def _read(session: Session, visit: Visit, found: Answered) -> None:
    audit.write(session, visit, "outcome_read", subject=found.stored.id)


def remove(service: Service, visit: Visit, document: str) -> None:
    """Delete an outcome."""
    need(visit, Action.REMOVE_OUTCOME)
    with service.database.session() as session:
        documents.find(session, visit.region, document, Kind.OUTCOME)
        documents.erase(session, visit.region, document)
        audit.write(session, visit, "outcome_removed", subject=document)


Form = Literal["json", "xlsx", "ics", "svg"]


def as_file(service: Service, visit: Visit, document: str, form: Form, of: str | None) -> tuple[str, bytes]:
    """An outcome as a file: a workbook, a zip of calendars, a picture of the region or of one week; its name and content.

    Raises:
        Problem: the visitor may not see all that is in it, or there is no timetable.
    """
    need(visit, Action.READ_WHOLE_OUTCOME)
    found = answered(service, visit, document)
    _ = found.timetable
    with service.database.session() as session:
        audit.write(session, visit, "outcome_exported", subject=document, details={"form": form})
    if form == "json":
        return f"{document}.json", found.outcome.model_dump_json(indent=1).encode()
    with TemporaryDirectory(prefix="hybrooster-") as folder:
        path = Path(folder) / f"rooster.{form}"
        try:
            if form == "svg":
                write_results(found.term, found.outcome, visit.language, picture=path, picture_of=of)
            elif form == "xlsx":
                write_results(found.term, found.outcome, visit.language, xlsx=path)
            else:
                return f"{document}.zip", _calendars(found, Path(folder), visit.language)
        except KeyError:
            raise Problem(Code.NOT_FOUND) from None
        return f"{document}.{form}", path.read_bytes()


def _calendars(found: Answered, folder: Path, lang: str) -> bytes:
    packed = folder / "calendars.zip"
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for each in write_results(found.term, found.outcome, lang, ics=folder / "ics"):
            archive.write(each, each.name)
    return packed.read_bytes()


@dataclass(frozen=True, slots=True)
class Judged:
    """A timetable made by hand, judged."""

    term: Term
    timetable: Timetable
    verdict: Verdict
    law: LawView


def check(service: Service, visit: Visit, document: str, upload: Upload) -> Judged:
    """Judge a timetable made by hand for a term that is kept.

    Raises:
        Problem: the file cannot be read, or holds errors.
    """
    need(visit, Action.CHECK_TIMETABLE)
    _, term = stored_term(service, visit, document)
    try:
        with upload.on_disk() as path:
            loaded = read_timetable(path, term)
    except Unreadable as error:
        raise senseless((error.issue,)) from None
    if loaded.timetable is None:
        raise senseless(loaded.issues)
    with service.database.session() as session:
        audit.write(session, visit, "timetable_checked", subject=document)
    term = for_outsiders(term, visit.reader)
    law = LawView(law_report(term, loaded.timetable), visit.reader)
    return Judged(term, loaded.timetable, judge(term, loaded.timetable), law)
