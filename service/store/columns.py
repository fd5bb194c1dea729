"""Columns that mean the same on SQLite and PostgreSQL, and ids."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

MOST = 2**31 - 1
"""The largest whole number that a column keeps on every database."""

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""None that look like another."""


def new_id(kind: str) -> str:
    """A new id that cannot be guessed (79 bits) and tells what it is of, as `term-7f3k…`."""
    return f"{kind}-{''.join(secrets.choice(_LETTERS) for _ in range(16))}"


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zones, so that they are taken off and put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What goes into the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  the base class's signature
        """What comes out of it."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Facts = JSON(none_as_null=True)
"""A small JSON value that is only read as a whole."""

Json = dict[str, Any]
