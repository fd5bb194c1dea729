"""What a region holds in which somebody may be meant: walked through one document, revision or row at a time."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.pseudonyms import Pseudonyms
from service.store.care.mention import Who
from service.store.tables import Account, Document, Grant, Job, JobEvent, Region, Revision, Webhook

MOST_BYTES = 256 * 1024 * 1024
"""Unpacked, of what goes with an outcome."""

_OTHER_DETAILS = ("home_postcode",)


@dataclass(frozen=True, slots=True)
class Version:
    """A revision of a document, read."""

    document: str
    number: int
    content: Any


def documents_of(session: Session, region: str) -> list[tuple[str, str]]:
    """Ids and kinds of all documents, terms first."""
    rows = session.execute(select(Document.id, Document.kind).where(Document.region == region).order_by(Document.id))
    found = [(document, kind) for document, kind in rows]
    return sorted(found, key=lambda each: each[1] != "term")


def versions(session: Session, document: str) -> Iterator[Version]:
    """All revisions of a document, the first one first."""
    numbers = session.scalars(select(Revision.number).where(Revision.document == document).order_by(Revision.number))
    for number in numbers.all():
        content = session.scalar(
            select(Revision.content).where(Revision.document == document, Revision.number == number)
        )
        yield Version(document, number, parsed(content or ""))


def parsed(content: str) -> Any:
    """The JSON of a text; the text itself where it is none."""
    try:
        return json.loads(content)
    except ValueError:
        return content


def unpacked(packed: bytes) -> str | None:
    """The text of what was packed; None where it is something else, or too large to look into."""
    try:
        unpacker = zlib.decompressobj(wbits=31)
        text = unpacker.decompress(packed, MOST_BYTES)
        return None if unpacker.unconsumed_tail or not unpacker.eof else text.decode()
    except (zlib.error, UnicodeDecodeError):
        return None


def packed(content: Any) -> bytes:
    """JSON, packed the way jobs do."""
    return gzip.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)


def identified(session: Session, region: str, person: str) -> tuple[Who, bool]:
    """Somebody with all they are called in a region; and whether any term or account knows them."""
    key = session.get_one(Region, region).key
    pseudonyms = Pseudonyms(key)
    names, shared, known = set[str](), set[str](), False
    for document, _ in documents_of(session, region):
        for version in versions(session, document):
            for row_id, row in _rows_of_people(version.content):
                said = {row[field] for field in ("name", *_OTHER_DETAILS) if isinstance(row.get(field), str)}
                known = known or row_id == person
                (names if row_id == person else shared).update(said)
    names -= shared  # a namesake's name, a neighbour's postcode: it would be theirs that is taken out
    for account, _ in accounts_of(session, region, person):
        known = True
        names |= {each for each in (account.name, account.email) if each}
    others = frozenset({pseudonyms.id_of(person), pseudonyms.name_of(person)})
    return Who(person, frozenset(each.strip() for each in names if each.strip()), others), known


def _rows_of_people(value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Rows of professionals with their ids, wherever they stand: in a term, a part, somebody who would join, a patch."""
    match value:
        case Mapping():
            rows = value.get("professionals")
            if isinstance(rows, list):
                yield from ((str(row.get("id")), row) for row in rows if isinstance(row, Mapping))
            elif isinstance(rows, Mapping):
                yield from ((name, row) for name, row in rows.items() if isinstance(row, Mapping))
            for each in value.values():
                yield from _rows_of_people(each)
        case list():
            for each in value:
                yield from _rows_of_people(each)


def accounts_of(session: Session, region: str, person: str) -> list[tuple[Account, Grant]]:
    """Accounts that are this professional, each with the grant that says so."""
    query = select(Account, Grant).join(Grant, Grant.account == Account.id)
    rows = session.execute(query.where(Grant.region == region, Grant.role == "professional").order_by(Grant.id))
    return [(account, grant) for account, grant in rows if grant.of == [person]]


def jobs_of(session: Session, region: str) -> Iterator[Job]:
    """Jobs of a region, held, so that none begins meanwhile."""
    yield from session.scalars(select(Job).where(Job.region == region).order_by(Job.id).with_for_update()).all()


def events_of(session: Session, job: str) -> Iterable[JobEvent]:
    """How a job went."""
    return session.scalars(select(JobEvent).where(JobEvent.job == job).order_by(JobEvent.number)).all()


def webhooks_of(session: Session, region: str) -> list[str]:
    """Ids of a region's webhooks."""
    return list(session.scalars(select(Webhook.id).where(Webhook.region == region)))
