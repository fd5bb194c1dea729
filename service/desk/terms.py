"""Terms: handed over, read, changed as a whole, and given back as files."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.orm import Session

from model.access_actions import Action
from model.access_term import PLAIN, Reading, View, term_for, with_secrets, without_secrets
from model.checks import content_issues
from model.checks_warnings import warnings
from model.files import Loaded, read_term, write_term
from model.files.source import Unreadable
from model.issues import Issue
from model.people import EngagementStatus
from model.pseudonyms import Pseudonyms
from model.term import Term, tables
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.handed import Upload
from service.desk.paging import page
from service.problems import senseless
from service.shapes import Page, issue_shapes
from service.state import Service, Told
from service.store import documents
from service.store.columns import Json
from service.store.documents import Kind, Stored
from service.store.events import Event, emit
from service.store.regions import settings_of
from service.store.tables import Document, Publication, Region

Row = TypeVar("Row")


def read_upload(upload: Upload) -> Loaded:
    """The term somebody hands over, with its warnings.

    Raises:
        Problem: it cannot be read, or holds errors; all of them, located.
    """
    try:
        with upload.on_disk() as path:
            loaded = read_term(path)
    except Unreadable as error:
        raise senseless((error.issue,)) from None
    if loaded.term is None:
        raise senseless(loaded.issues)
    return loaded


def add(service: Service, visit: Visit, upload: Upload) -> tuple[Document, Sequence[Issue]]:
    """Keep a term that is new, and what is odd about it."""
    need(visit, Action.ADD_TERM)
    loaded = read_upload(upload)
    assert loaded.term is not None, "refused otherwise"
    with service.database.session() as session:
        made = documents.create(
            session,
            visit.region,
            Kind.TERM,
            content_of(loaded.term),
            name=loaded.term.name or loaded.term.id,
            by=visit.account,
            facts=facts_of(loaded.term),
            note=upload.name[:200],
        )
        audit.write(session, visit, "term_added", subject=made.id)
    return made, loaded.issues


def replace(
    service: Service, visit: Visit, document: str, upload: Upload, seen: int
) -> tuple[Document, Sequence[Issue]]:
    """Keep a new revision of a whole term."""
    need(visit, Action.EDIT_TERM)
    loaded = read_upload(upload)
    assert loaded.term is not None, "refused otherwise"
    with service.database.session() as session:
        before = documents.read(session, visit.region, document, Kind.TERM)
        term = with_secrets(loaded.term, service.term(before))
        saved = save(session, visit, document, term, seen=seen, note=upload.name[:200])
    return saved, loaded.issues


def patch(service: Service, visit: Visit, document: str, changes: Json, seen: int) -> tuple[Document, Sequence[Issue]]:
    """Change members of a term by a merge patch (RFC 7396); tables are replaced as a whole."""
    need(visit, Action.EDIT_TERM)
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, document, Kind.TERM)
    merged = merge_patch(json.loads(stored.content), changes)
    return replace(service, visit, document, Upload("term.json", json.dumps(merged).encode()), seen)


def merge_patch(target: Any, changes: Any) -> Any:
    """A JSON value with a merge patch applied: members that are null go, objects are merged, all else is replaced."""
    if not isinstance(changes, dict):
        return changes
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in changes.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged


def save(session: Session, visit: Visit, document: str, term: Term, *, seen: int | None, note: str = "") -> Document:
    """Keep a new revision of a term that was checked."""
    saved = documents.save(
        session,
        visit.region,
        document,
        content_of(term),
        seen=seen,
        by=visit.account,
        note=note,
        name=term.name or term.id,
        facts=facts_of(term),
    )
    audit.write(session, visit, "term_changed", subject=document, details={"revision": saved.version})
    emit(session, visit.region, Event.TERM_CHANGED, {"term": document, "revision": saved.version})
    return saved


def stored_term(service: Service, visit: Visit, document: str, revision: int | None = None) -> tuple[Stored, Term]:
    """A term of the visitor's region, as it is kept: for asking about it, not for showing it.

    Raises:
        MissingError: the region has none such.
    """
    with service.database.reading() as session:
        stored = documents.read(session, visit.region, document, Kind.TERM, revision=revision, content=False)
    return stored, service.term(stored)


def listed(service: Service, visit: Visit, row: Callable[[Document], Row], after: str | None, limit: int) -> Page[Row]:
    """The region's terms, a page at a time."""
    need(visit, Action.READ_TERM)
    with service.database.reading() as session:
        return page(session, documents.listed(visit.region, Kind.TERM), Document, row, after=after, limit=limit)


def shown(service: Service, visit: Visit, document: str, revision: int | None = None) -> tuple[Stored, bytes]:
    """A term as the visitor may see it, as JSON; that they read it is written down."""
    need(visit, Action.READ_TERM)
    stored, term = stored_term(service, visit, document, revision)
    with service.database.session() as session:
        view = view_of(service, session, visit, stored.id, term)
        audit.write(session, visit, "term_read", subject=stored.id, details={"revision": stored.revision})
    key = ("term", stored.id, stored.revision, visit.reader, view)
    return stored, service.told(key, lambda: Told(as_json(term_for(term, visit.reader, view)))).json


def as_json(value: Any) -> bytes:
    """A JSON value as it is sent."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def revisions(service: Service, visit: Visit, document: str) -> Sequence[tuple[int, datetime, str | None, str]]:
    """Number, moment, author and note of a term's revisions, the latest first."""
    need(visit, Action.READ_TERM)
    with service.database.reading() as session:
        return documents.history(session, documents.find(session, visit.region, document, Kind.TERM))


_MATCHED = (EngagementStatus.PROMISED, EngagementStatus.CONTRACT)
"""From when on a school and somebody know each other by name."""


def view_of(service: Service, session: Session, visit: Visit, document: str | None, term: Term) -> View:
    """What the visitor's region adds to who may see what: pseudonyms, until people are matched."""
    region = session.get(Region, visit.region)
    assert region is not None, "visits are of a region"
    if not settings_of(region).pseudonyms:
        return View(key=region.key)
    published = session.get(Publication, document) if document else None
    promised = set[str]()
    if published is not None:
        stored = documents.read(session, visit.region, published.outcome, Kind.OUTCOME, content=False)
        promised = {row.professional for row in service.outcome(stored).assignments}
    engaged = {row.professional for row in term.engagements if row.status in _MATCHED} | {
        row.professional for row in term.published
    }
    return View(Pseudonyms(region.key), frozenset(promised | engaged), region.key)


def issues(service: Service, visit: Visit, document: str, revision: int | None = None) -> bytes:
    """What is odd about a term that is kept, as JSON: warnings, and errors of an older version's term."""
    need(visit, Action.READ_ISSUES)
    stored, term = stored_term(service, visit, document, revision)

    def made() -> Told:
        reading = Reading(term, visit.reader, PLAIN)
        found = [each for each in (*content_issues(term), *warnings(term)) if _is_shown(reading, each)]
        return Told(as_json([each.model_dump(mode="json") for each in issue_shapes(found, visit.language)]))

    return service.told(("issues", stored.id, stored.revision, visit.reader, visit.language), made).json


def _is_shown(reading: Reading, issue: Issue) -> bool:
    """Whether an issue is about something that the reader sees: it may hold its value."""
    if issue.table is None or issue.index is None or issue.table == "term":
        return True
    row = reading.term.rows(issue.table)[issue.index]
    return reading.sees(issue.table, row) and issue.field not in reading.hidden(issue.table, row)


def remove(service: Service, visit: Visit, document: str) -> None:
    """Delete a term, its jobs and all that was made of it."""
    need(visit, Action.REMOVE_TERM)
    with service.database.session() as session:
        documents.find(session, visit.region, document, Kind.TERM)
        service.jobs.forget_of(session, document)
        documents.erase(session, visit.region, document)
        audit.write(session, visit, "term_removed", subject=document)


Form = Literal["json", "xlsx", "csv"]


def as_file(service: Service, visit: Visit, document: str, form: Form) -> tuple[str, bytes]:
    """A term as a file: its name, and what it holds. For who may see all of it, but for what is for one person alone."""
    need(visit, Action.READ_WHOLE_TERM)
    stored, term = stored_term(service, visit, document)
    with service.database.session() as session:
        audit.write(session, visit, "term_exported", subject=document, details={"form": form})
    with TemporaryDirectory(prefix="hybrooster-") as folder:
        path = Path(folder) / ("term" if form == "csv" else f"term.{form}")
        write_term(without_secrets(term), path, visit.language)
        if form != "csv":
            return f"{stored.id}.{form}", path.read_bytes()
        packed = Path(folder) / "term.zip"
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for each in sorted(path.iterdir()):
                archive.write(each, each.name)
        return f"{stored.id}.zip", packed.read_bytes()


def content_of(term: Term) -> str:
    """A term as it is kept."""
    return term.model_dump_json(exclude_defaults=True)


def facts_of(term: Term) -> Json:
    """What lists show of a term."""
    return {
        "term": term.id,
        "start": term.start.isoformat(),
        "end": term.end.isoformat(),
        "input_hash": term.input_hash,
        "rows": {name: len(term.rows(name)) for name, _ in tables() if term.rows(name)},
    }
