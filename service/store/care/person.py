"""The right of access (AVG art. 15): everything a region holds about one professional, as JSON that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from model.locale import DEFAULT_LANGUAGE, text
from service.store.care import held
from service.store.care.mention import Mention, Who, mentions
from service.store.care.refused import CareError
from service.store.columns import Json, now
from service.store.database import Database
from service.store.documents import Kind
from service.store.tables import (
    Answered,
    ApiToken,
    Audit,
    Base,
    Delivery,
    Document,
    Feed,
    Identity,
    Incumbent,
    Job,
    LoginLink,
    LoginSession,
    Part,
    Publication,
    Region,
    Revision,
)

_SECRET = frozenset({"digest", "csrf"})
"""Columns that say nothing about anybody, and help who wants in."""

_MARK = "="
"""Stands before ids of people whose data were read together (`service.access.audit`)."""


def person_data(
    database: Database, region: str, person: str, *, at: datetime | None = None, lang: str = DEFAULT_LANGUAGE
) -> Json:
    """Everything a region holds about a professional. Rather too much than too little: where a word may be their id, it is shown.

    Whoever hands it over reads it first: rows that several people share name the others too.

    Args:
        person: their id in the terms of the region.

    Returns:
        By group rows as they are kept, with the place they stand in. Secrets that let somebody in are not told.

    Raises:
        CareError: the region knows nobody of this id.
    """
    with database.reading() as session:
        found = session.get(Region, region)
        if found is None:
            raise CareError("no_region", region=region)
        who, known = held.identified(session, region, person)
        if not known:
            raise CareError("no_person", person=person)
        groups = _groups(session, region, who)
        return {
            "about": text("upkeep.data_about", lang, person=person, region=found.name),
            "region": found.name,
            "person": person,
            "called": sorted(who.names),
            "made_at": (at or now()).astimezone(UTC).isoformat(),
            "kept_until": text("upkeep.data_kept", lang),
            **groups,
        }


def _groups(session: Session, region: str, who: Who) -> Json:
    accounts = list({account.id: account for account, _ in held.accounts_of(session, region, who.id)}.values())
    ids = [each.id for each in accounts]
    grants = [grant for _, grant in held.accounts_of(session, region, who.id)]
    found: Json = {kind.value: [] for kind in Kind}
    for document, kind in held.documents_of(session, region):
        found.setdefault(kind, []).extend(_document(session, document, who))
    return found | {
        "account": _rows(accounts),
        "grant": _rows(grants),
        "identity": _rows(session.scalars(select(Identity).where(Identity.account.in_(ids)))),
        "login_session": _rows(session.scalars(select(LoginSession).where(LoginSession.account.in_(ids)))),
        "login_link": _rows(session.scalars(select(LoginLink).where(LoginLink.account.in_(ids)))),
        "api_token": _rows(session.scalars(select(ApiToken).where(ApiToken.account.in_(ids)))),
        "feed": _rows(session.scalars(_feeds(region, who, ids))),
        "job": list(_jobs(session, region, who, ids)),
        "incumbent": list(_incumbents(session, region, who)),
        "audit": list(_audit(session, region, who, ids)),
        "delivery": list(_deliveries(session, region, who)),
        "answered": list(_answered(session, region, who, ids)),
        "part": _rows(session.scalars(_by(Part, region, ids, Part.delivered_by, Part.accepted_by))),
        "publication": _rows(session.scalars(_by(Publication, region, ids, Publication.by))),
    }


def _document(session: Session, document: str, who: Who) -> Iterator[Json]:
    """What each revision of a document says of them."""
    row = session.get_one(Document, document)
    label = [Mention("$", row.name)] if who.in_id(row.name) else []
    if about := [*label, *mentions(row.facts, who)]:
        yield {"document": document, "name": row.name, "facts": _told(about)}
    for version in held.versions(session, document):
        extra = select(Revision.at, Revision.note, Revision.beside).where(
            Revision.document == document, Revision.number == version.number
        )
        at, note, beside = session.execute(extra).one()
        rows = _told(mentions(version.content, who))
        memory = _told(_in_packed(beside, who))
        if rows or memory or who.in_id(note):
            yield {
                "document": document,
                "name": row.name,
                "revision": version.number,
                "at": at.isoformat(),
                "note": note,
                "rows": rows,
                **({"for_a_next_solve": memory} if memory else {}),
            }


def _told(found: Iterable[Mention]) -> list[Json]:
    return [{"where": each.path, "what": each.row} for each in found]


def _in_packed(packed: bytes | None, who: Who) -> Iterator[Mention]:
    content = None if packed is None else held.unpacked(packed)
    if content is not None:
        yield from mentions(held.parsed(content), who)


# Rows


def _plain(row: Base) -> Json:
    """A row as it is kept, without secrets."""
    values = ((column.name, getattr(row, column.name)) for column in row.__table__.columns)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values
        if name not in _SECRET and not isinstance(value, bytes)
    }


def _rows(found: Iterable[Base]) -> list[Json]:
    return [_plain(each) for each in found]


def _feeds(region: str, who: Who, accounts: Sequence[str]) -> Select[Feed]:
    theirs = (Feed.role == "professional") & (Feed.of == who.id)
    return select(Feed).where(Feed.region == region, or_(theirs, Feed.created_by.in_(accounts))).order_by(Feed.id)


def _by(table: Any, region: str, accounts: Sequence[str], *columns: Any) -> Select[Any]:
    """What they did themselves."""
    return select(table).where(table.region == region, or_(*(each.in_(accounts) for each in columns)))


def _jobs(session: Session, region: str, who: Who, accounts: Sequence[str]) -> Iterator[Json]:
    for job in session.scalars(select(Job).where(Job.region == region).order_by(Job.id)):
        said = [job.asked, job.of if job.role == "professional" else [], job.phase]
        said += [event.phase for event in held.events_of(session, job.id)]
        if job.created_by in accounts or next(mentions(said, who), None) is not None:
            yield _plain(job)


def _incumbents(session: Session, region: str, who: Who) -> Iterator[Json]:
    query = select(Incumbent).join(Job, Job.id == Incumbent.job).where(Job.region == region).order_by(Incumbent.job)
    for best in session.scalars(query):
        rows = _told([*_in_packed(best.timetable, who), *_in_packed(best.memory, who)])
        if rows:
            yield {"job": best.job, "at": best.at.isoformat(), "rows": rows}


def _audit(session: Session, region: str, who: Who, accounts: Sequence[str]) -> Iterator[Json]:
    """Who read or changed what of them, and what they did; others who were read about at the same time are not told."""
    query = select(Audit).where(Audit.region == region).order_by(Audit.id).execution_options(yield_per=500)
    for row in session.scalars(query):
        details = row.details or {}
        among = any(f"{_MARK}{who.id}" in each for each in details.values() if isinstance(each, list))
        named = any(each == who.id for each in details.values())
        if among or named or who.id in (row.person, row.subject) or row.account in accounts:
            told = _plain(row)
            alone = {name: value for name, value in details.items() if not isinstance(value, list)}
            yield {**told, "person": who.id if among else row.person, "details": alone or None}


def _deliveries(session: Session, region: str, who: Who) -> Iterator[Json]:
    hooks = held.webhooks_of(session, region)
    for row in session.scalars(select(Delivery).where(Delivery.webhook.in_(hooks)).order_by(Delivery.id)):
        if next(mentions(held.parsed(row.body), who), None) is not None:
            yield _plain(row)


def _answered(session: Session, region: str, who: Who, accounts: Sequence[str]) -> Iterator[Json]:
    for row in session.scalars(select(Answered).where(Answered.region == region).order_by(Answered.key)):
        said = [held.parsed(row.body), row.location or "", row.key]
        if row.account in accounts or next(mentions(said, who), None) is not None:
            yield {name: value for name, value in _plain(row).items() if name != "body"}
