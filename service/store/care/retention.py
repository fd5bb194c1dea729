"""The end of keeping: terms that are over long enough, and what lies about after it has served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, CursorResult, and_, delete, func, or_, select
from sqlalchemy.orm import Session

from service.store import documents
from service.store.columns import Json, now
from service.store.database import Database
from service.store.documents import Kind
from service.store.regions import RegionSettings, settings_of
from service.store.tables import (
    Answered,
    ApiToken,
    Audit,
    Base,
    Delivery,
    Document,
    Executor,
    LoginLink,
    LoginSession,
    Region,
)

TOKEN_DAYS = 30
"""How long a token that no longer lets anybody in stays to be seen in lists."""

ANSWER_DAYS = 2
DELIVERY_DAYS = 30
EXECUTOR_DAYS = 1


@dataclass(frozen=True, slots=True)
class Due:
    """A term that is to be erased.

    Attributes:
        end: its last day.
        until: the last day on which it was to be kept.
    """

    region: str
    document: str
    name: str
    end: date
    until: date


@dataclass(slots=True)
class Upkeep:
    """What was deleted, or would be: rows of tables; terms with all that hangs on them are counted by documents."""

    terms: list[Due] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def due(session: Session, today: date) -> list[Due]:
    """Terms whose last day is longer ago than their region keeps them, in order of id.

    The last day of a term is that of its latest revision.
    """
    found: list[Due] = []
    regions = session.scalars(select(Region).order_by(Region.id)).all()
    for region in regions:
        kept = timedelta(days=settings_of(region).keep_days)
        terms = select(Document.id, Document.name, Document.facts).where(
            Document.region == region.id, Document.kind == Kind.TERM
        )
        for term, name, facts in session.execute(terms.order_by(Document.id)):
            end = _last_day(facts) or _last_day(_content(session, region.id, term))
            if end is not None and end + kept < today:
                found.append(Due(region.id, term, name, end, end + kept))
    return found


def _last_day(facts: Json) -> date | None:
    """None where it is not said."""
    said = facts.get("end")
    return date.fromisoformat(said) if isinstance(said, str) else None


def _content(session: Session, region: str, term: str) -> Json:
    found: Json = json.loads(documents.read(session, region, term).content)
    return found


def upkeep(database: Database, at: datetime | None = None, *, dry: bool = False) -> Upkeep:
    """Delete what is kept long enough. To be called once a day; safe to call by several at once.

    Each term and each table is a transaction of its own, so that nobody who writes waits long.

    Args:
        at: the moment it is thought to be.
        dry: only count.
    """
    moment = at or now()
    done = Upkeep()
    with database.reading() as session:
        done.terms = due(session, moment.date())
        settings = {each.id: settings_of(each) for each in session.scalars(select(Region))}
        done.rows["document"] = sum(_documents(session, each.document) for each in done.terms)
    for each in () if dry else done.terms:
        with database.session() as session:
            _end(session, each, moment)
    for table, which in _over(moment, settings):
        name: str = table.__tablename__
        if dry:
            with database.reading() as session:
                count = session.scalar(select(func.count()).select_from(table).where(which)) or 0
        else:
            with database.session() as session:
                result = session.execute(delete(table).where(which))
                assert isinstance(result, CursorResult), "a deletion is no query"
                count = result.rowcount
        done.rows[name] = done.rows.get(name, 0) + count
    return done


def _documents(session: Session, term: str) -> int:
    """A term and what hangs on it."""
    below = select(func.count()).where(or_(Document.id == term, Document.parent == term))
    return session.scalar(below) or 0


def _end(session: Session, term: Due, at: datetime) -> None:
    """Erase a term that is still there."""
    try:
        documents.erase(session, term.region, term.document)
    except documents.MissingError:
        return
    session.add(
        Audit(
            region=term.region,
            at=at,
            role="service",
            request="upkeep",
            action="term_expired",
            subject=term.document,
            details={"end": term.end.isoformat()},
        )
    )


def _over(at: datetime, settings: dict[str, RegionSettings]) -> Iterator[tuple[type[Base], ColumnElement[bool]]]:
    """Rows that have served: their table, and which."""
    yield LoginSession, LoginSession.expires_at < at
    yield LoginLink, LoginLink.expires_at < at
    tokens = at - timedelta(days=TOKEN_DAYS)
    yield ApiToken, or_(ApiToken.expires_at < tokens, ApiToken.revoked_at < tokens)
    yield Answered, Answered.at < at - timedelta(days=ANSWER_DAYS)
    # One that has no next moment has arrived or was given up.
    yield Delivery, and_(Delivery.next_at.is_(None), Delivery.created_at < at - timedelta(days=DELIVERY_DAYS))
    yield Executor, Executor.seen_at < at - timedelta(days=EXECUTOR_DAYS)
    for region, decided in settings.items():
        before = _days_before(at, decided.audit_days)
        yield Audit, and_(Audit.region == region, Audit.at < before)
    usual = RegionSettings.model_fields["audit_days"].default
    yield Audit, and_(Audit.region.is_(None), Audit.at < _days_before(at, usual))


def _days_before(at: datetime, days: int) -> datetime:
    """The beginning of a day so long ago, so that a day's rows go together."""
    return datetime.combine(at.astimezone(UTC).date() - timedelta(days=days), time(), UTC)
