"""Documents with all their revisions. Who saves says which revision they saw: what somebody else saved since is not lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service.store.columns import Json, new_id, now
from service.store.tables import Document, Revision


class Kind(StrEnum):
    """What a document is."""

    TERM = "term"
    SCENARIO = "scenario"
    OUTCOME = "outcome"
    ANSWER = "answer"
    """Of a long question that is no timetable: a comparison, a release plan …"""
    RECORD = "record"


class MissingError(LookupError):
    """There is no such document, or none of this region."""


class ChangedError(Exception):
    """Somebody else saved since: `now` is the revision there is."""

    def __init__(self, current: int) -> None:
        super().__init__(current)
        self.current = current


@dataclass(frozen=True, slots=True)
class Stored:
    """A document at one of its revisions.

    Attributes:
        content: JSON text.
        beside: bytes that go with it, where asked for.
    """

    id: str
    region: str
    kind: Kind
    name: str
    parent: str | None
    parent_revision: int | None
    facts: Json
    revision: int
    at: datetime
    by: str | None
    note: str
    content: str
    beside: bytes | None = None


def create(
    session: Session,
    region: str,
    kind: Kind,
    content: str,
    *,
    name: str = "",
    by: str | None = None,
    parent: str | None = None,
    parent_revision: int | None = None,
    facts: Json | None = None,
    note: str = "",
    beside: bytes | None = None,
    document_id: str | None = None,
) -> Document:
    """Keep something new, as its first revision."""
    document = Document(
        id=document_id or new_id(kind.value),
        region=region,
        kind=kind.value,
        name=name,
        parent=parent,
        parent_revision=parent_revision,
        facts=facts or {},
        created_by=by,
    )
    session.add(document)
    session.flush()
    session.add(
        Revision(document=document.id, number=document.version, by=by, note=note, content=content, beside=beside)
    )
    session.flush()
    return document


def find(session: Session, region: str, document_id: str, *kinds: Kind) -> Document:
    """The document with this id.

    Raises:
        MissingError: the region has none, or it is of another kind.
    """
    document = session.get(Document, document_id)
    if document is None or document.region != region or (kinds and document.kind not in kinds):
        raise MissingError(document_id)
    return document


def read(
    session: Session,
    region: str,
    document_id: str,
    *kinds: Kind,
    revision: int | None = None,
    beside: bool = False,
    content: bool = True,
) -> Stored:
    """A document with its content, at its latest revision or an earlier one.

    Args:
        beside, content: whether to read these: they are large, and often at hand already.

    Raises:
        MissingError: the region has none, it is of another kind, or had no such revision.
    """
    document = find(session, region, document_id, *kinds)
    number = document.version if revision is None else revision
    columns = (Revision.at, Revision.by, Revision.note, Revision.content if content else literal(""))
    query = select(*columns, *((Revision.beside,) if beside else ()))
    row = session.execute(query.where(Revision.document == document.id, Revision.number == number)).one_or_none()
    if row is None:
        raise MissingError(document_id)
    return Stored(
        document.id,
        document.region,
        Kind(document.kind),
        document.name,
        document.parent,
        document.parent_revision,
        document.facts,
        number,
        *row,
    )


def save(
    session: Session,
    region: str,
    document_id: str,
    content: str,
    *,
    seen: int | None,
    by: str | None = None,
    note: str = "",
    name: str | None = None,
    facts: Json | None = None,
    beside: bytes | None = None,
) -> Document:
    """Keep a new revision of a document.

    Args:
        seen: the revision that the change was made to; None to change whatever there is.

    Raises:
        MissingError: the region has no such document.
        ChangedError: it is at another revision by now.
    """
    document = find(session, region, document_id)
    if seen is not None and document.version != seen:
        raise ChangedError(document.version)
    document.updated_at = now()
    document.name = document.name if name is None else name
    document.facts = document.facts if facts is None else facts
    before = document.version
    try:
        session.flush()
    except StaleDataError:  # between reading and writing, on a database that lets two do so
        raise ChangedError(before + 1) from None
    session.add(
        Revision(document=document.id, number=document.version, by=by, note=note, content=content, beside=beside)
    )
    session.flush()
    return document


def history(session: Session, document: Document) -> Sequence[tuple[int, datetime, str | None, str]]:
    """Number, moment, author and note of all revisions, the latest first."""
    query = select(Revision.number, Revision.at, Revision.by, Revision.note)
    rows = session.execute(query.where(Revision.document == document.id).order_by(Revision.number.desc()))
    return [(number, at, by, note) for number, at, by, note in rows]


def listed(region: str, *kinds: Kind, parent: str | None = None) -> Select[Document]:
    """Documents of a region, the newest first, to be read a page at a time."""
    query = select(Document).where(Document.region == region, Document.kind.in_(kinds))
    if parent is not None:
        query = query.where(Document.parent == parent)
    return query.order_by(Document.created_at.desc(), Document.id)


def erase(session: Session, region: str, document_id: str) -> None:
    """Delete a document with all its revisions and what hangs on it."""
    session.delete(find(session, region, document_id))
    session.flush()
