"""The audit log: who read which person's data, who changed what, who came in. It is only added to.

A row never holds personal data: ids, codes and numbers only. Whoever reads data of many people at once makes one row
with the ids of all of them, so that each of them can still be told who read theirs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, event, func, or_, select
from sqlalchemy.orm import Mapper, Session

from service.access.visit import Visit
from service.store.columns import Json
from service.store.tables import Audit

PEOPLE = "of"
"""The detail that holds the ids of people whose data were read together, each behind a mark that no code has."""

_MARK = "="

_CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,100}")
_ACTION = re.compile(r"[a-z][a-z0-9_]{0,39}")

Plain = int | float | bool | str | None


def write(
    session: Session,
    visit: Visit,
    action: str,
    *,
    subject: str | None = None,
    person: str | None = None,
    details: Mapping[str, Plain] | None = None,
) -> None:
    """Write down what a visitor did, in the transaction in which they do it.

    Args:
        action: a code, as `term_read`.
        subject: id of the document, job, grant … it was done to.
        person: id of the professional whose data were read or changed.
        details: numbers and codes; never a name or an address.

    Raises:
        ValueError: details that could be personal data; a programming error.
    """
    _add(session, visit, action, subject=subject, person=person, details=_checked(details))


def write_people(
    session: Session,
    visit: Visit,
    action: str,
    people: Collection[str],
    *,
    subject: str | None = None,
    details: Mapping[str, Plain] | None = None,
) -> None:
    """Write down that data of many people were read at once: one row that names them all by their ids."""
    ids = sorted(set(people))
    found = {**(_checked(details) or {}), "people": len(ids), PEOPLE: [f"{_MARK}{each}" for each in ids]}
    _add(session, visit, action, subject=subject, person=None, details=found)


def write_entry(
    session: Session, action: str, *, region: str, account: str, role: str, request: str, subject: str | None = None
) -> None:
    """Write down what somebody did who has no visit yet: they came in, or linked a login."""
    row = Audit(region=region, account=account, role=role, request=request, action=_action(action), subject=subject)
    session.add(row)


def _add(
    session: Session, visit: Visit, action: str, *, subject: str | None, person: str | None, details: Json | None
) -> None:
    session.add(
        Audit(
            region=visit.region,
            account=visit.account,
            role=visit.role.value,
            token=visit.token,
            request=visit.request,
            action=_action(action),
            subject=subject,
            person=person,
            details=details,
        )
    )


def _action(action: str) -> str:
    if not _ACTION.fullmatch(action):
        raise ValueError(f"no code of an action: {action!r}")
    return action


def _checked(details: Mapping[str, Plain] | None) -> Json | None:
    for name, value in (details or {}).items():
        if name == PEOPLE or not isinstance(value, Plain) or (isinstance(value, str) and not _CODE.fullmatch(value)):
            raise ValueError(f"may be personal data: details[{name!r}]")
    return dict(details) if details else None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows somebody asks for; what is None is not asked.

    Attributes:
        person: rows about this professional, alone or among others.
        since: rows from this moment on.
        until: rows before this moment.
    """

    account: str | None = None
    action: str | None = None
    subject: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def read(
    session: Session, region: str, filters: Filters | None = None, *, before: int | None = None, limit: int = 50
) -> Sequence[Audit]:
    """Rows of a region, the newest first.

    Args:
        before: only rows older than the one with this id, to turn the page.
    """
    asked = filters or Filters()
    query = select(Audit).where(Audit.region == region)
    for column, wanted in (
        (Audit.account, asked.account),
        (Audit.action, asked.action),
        (Audit.subject, asked.subject),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if asked.person is not None:
        query = query.where(_about(asked.person))
    if asked.since is not None:
        query = query.where(Audit.at >= asked.since)
    if asked.until is not None:
        query = query.where(Audit.at < asked.until)
    if before is not None:
        query = query.where(Audit.id < before)
    return session.scalars(query.order_by(Audit.id.desc()).limit(limit)).all()


def people_of(row: Audit) -> list[str]:
    """Ids of the people whose data a row is about."""
    if row.person is not None:
        return [row.person]
    return [each.removeprefix(_MARK) for each in (row.details or {}).get(PEOPLE, ())]


def _about(person: str) -> ColumnElement[bool]:
    """Rows about somebody. Who is among many is found in the JSON text, which both databases keep as it was written.

    By `replace`, since `LIKE` takes P1 for p1 on SQLite.
    """
    content = cast(Audit.details, Text)
    return or_(Audit.person == person, func.replace(content, json.dumps(f"{_MARK}{person}"), "") != content)


@event.listens_for(Audit, "before_update")
@event.listens_for(Audit, "before_delete")
def _refuse(_mapper: Mapper[Any], _connection: Connection, _row: Audit) -> None:
    """What was written down stays as it was; a region that is deleted takes its rows along."""
    raise RuntimeError("the audit log is only added to")
