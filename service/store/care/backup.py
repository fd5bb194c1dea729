"""A backup: all that is kept at one moment in one file, which SQLite and PostgreSQL restore alike.

A zip with a file of JSON lines for each table, in order of its key, and `manifest.json`: the form, the migration, and of each
file how many rows and bytes it has and its SHA-256. Whoever holds it can read it all, personal data and the keys that
sign webhooks included: it is written for its owner only, and must be kept as carefully as the database.

Login sessions and links are not in it, as they let somebody in; nor are answers kept for repeated requests, which may hold a
secret that is shown once. Tokens of programs are (as digests). The queue's own tables are not: jobs begin anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from alembic.runtime.migration import MigrationContext
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Select, Table, collate, select
from sqlalchemy.types import String

from service.store.care import lines
from service.store.care.refused import CareError
from service.store.columns import now
from service.store.database import Database, newest

FORM = 1
MANIFEST = "manifest.json"

_ROWS_AT_ONCE = 1000
_LARGE_ROWS_AT_ONCE = 8


class FileFacts(BaseModel):
    """What a manifest says of one file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int = Field(ge=0)
    bytes: int = Field(ge=0)
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: int
    migration: str
    made_at: datetime
    tables: dict[str, FileFacts]


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written, or restored.

    Attributes:
        rows: how many of each table.
        bytes: of the file.
    """

    path: Path
    made_at: datetime
    rows: dict[str, int]
    bytes: int


def member(table: str) -> str:
    """The name of a table's file in the zip."""
    return f"{table}.jsonl"


def backup(database: Database, path: Path) -> Made:
    """Write all that is kept at this moment to a file, while others go on writing. One that is there is replaced at the end.

    Raises:
        CareError: the tables are not those of this version of the program.
        OSError: the file cannot be written; nothing of it is left.
    """
    beside = path.with_name(f".{path.name}.{token_hex(4)}.part")
    with _snapshot(database) as connection:
        if MigrationContext.configure(connection).get_current_revision() != newest():
            raise CareError("not_current")
        made_at = now()
        try:
            with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
                tables = _write(connection, file, made_at)
                file.flush()
                os.fsync(file.fileno())
                size = file.seek(0, os.SEEK_END)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    _settle(path.parent)
    return Made(path, made_at, {name: each.rows for name, each in tables.items()}, size)


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """One transaction that sees one moment, and holds up nobody."""
    how = (
        {"only_reads": True}
        if database.is_sqlite
        else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    )
    with database.engine.execution_options(**how).connect() as connection, connection.begin():
        yield connection


def _write(connection: Connection, file: IO[bytes], made_at: datetime) -> dict[str, FileFacts]:
    tables: dict[str, FileFacts] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in lines.kept():
            with archive.open(member(table.name), "w", force_zip64=True) as out:
                tables[table.name] = _write_table(connection, table, out)
        manifest = Manifest(form=FORM, migration=newest(), made_at=made_at, tables=tables)
        archive.writestr(MANIFEST, json.dumps(manifest.model_dump(mode="json"), indent=1))
    return tables


def _write_table(connection: Connection, table: Table, out: IO[bytes]) -> FileFacts:
    digest, rows, size = sha256(), 0, 0
    at_once = _LARGE_ROWS_AT_ONCE if lines.is_large(table) else _ROWS_AT_ONCE
    with connection.execute(in_order(connection, table), execution_options={"yield_per": at_once}) as found:
        for row in found:
            line = lines.written(table, row)
            digest.update(line)
            out.write(line)
            rows, size = rows + 1, size + len(line)
    return FileFacts(rows=rows, bytes=size, sha256=digest.hexdigest())


def in_order(connection: Connection, table: Table) -> Select[tuple[object, ...]]:
    """All rows of a table in order of its key: byte by byte, so that it is the same on every database."""
    binary = "BINARY" if connection.dialect.name == "sqlite" else "C"
    keys = (collate(key, binary) if isinstance(key.type, String) else key for key in table.primary_key.columns)
    return select(*table.columns).order_by(*keys)


def _settle(folder: Path) -> None:
    """See to it that the new name of a file outlives a loss of power."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
