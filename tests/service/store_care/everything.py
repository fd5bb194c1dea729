"""All that a database holds, as plain values."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from service.store.care.backup import in_order
from service.store.database import Database
from service.store.tables import Base

Rows = dict[str, list[dict[str, Any]]]


def rows_of(database: Database) -> Rows:
    """By table all rows in order of their key."""
    with database.engine.connect() as connection:
        return {table.name: _rows(connection, table.name) for table in Base.metadata.sorted_tables}


def _rows(connection: Connection, name: str) -> list[dict[str, Any]]:
    found = connection.execute(in_order(connection, Base.metadata.tables[name]))
    return [dict(row._mapping) for row in found]


def texts_of(database: Database) -> Iterator[tuple[str, str]]:
    """All texts there are, packed ones too, each with its table and column."""
    for table, rows in rows_of(database).items():
        for row in rows:
            for column, value in row.items():
                match value:
                    case bytes() if value[:2] == b"\x1f\x8b":
                        yield f"{table}.{column}", gzip.decompress(value).decode()
                    case bytes():
                        yield f"{table}.{column}", value.decode("latin-1")
                    case str():
                        yield f"{table}.{column}", value
                    case dict() | list():
                        yield f"{table}.{column}", json.dumps(value, ensure_ascii=False)
