"""Restoring a backup into an empty database: looked through as a whole first, and written in one transaction or not at all."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from alembic.runtime.migration import MigrationContext
from pydantic import ValidationError
from sqlalchemy import Connection, Table, bindparam, exists, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from service.store.care import lines
from service.store.care.backup import FORM, MANIFEST, FileFacts, Made, Manifest, member
from service.store.care.refused import CareError
from service.store.columns import Json
from service.store.database import Database, newest
from service.store.tables import Base, Job, JobEvent

MOST_MANIFEST_BYTES = 1024 * 1024
MOST_LINE_BYTES = 512 * 1024 * 1024
"""Longest row: a term with what goes with it."""

MOST_TIMES_LARGER = 200
SPARE_BYTES = 64 * 1024 * 1024
"""A file that unpacks to more than so many times its size, and so much more, is no backup but a trap."""

_AT_ONCE = 500
_BYTES_AT_ONCE = 16 * 1024 * 1024

_ENCRYPTED = 1
_NO_ZIP = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a zip raises where it is none, or broken."""


def restore(database: Database, path: Path) -> Made:
    """Fill an empty database from a backup.

    Jobs that had not ended are in line again, with their best so far. Everybody logs in anew.

    Raises:
        CareError: the file is no backup, broken, or of another version of the program; or the database is not empty.
            Nothing is written.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        with _opened(file, path) as archive:
            manifest = _manifest(archive, path, size)
            for table in lines.kept():
                _look_through(archive, table, manifest.tables[table.name], path)
            with database.engine.begin() as connection:
                _refuse_unless_empty(connection)
                for table in lines.kept():
                    _fill(connection, archive, table, path)
                _put_in_line(connection)
                _continue_numbers(connection)
    return Made(path, manifest.made_at, {name: each.rows for name, each in manifest.tables.items()}, size)


# The file


def _broken(path: Path, part: str = "") -> CareError:
    return CareError("backup_broken", file=path.name, part=part or path.name)


def _opened(file: Any, path: Path) -> ZipFile:
    try:
        return ZipFile(file)
    except _NO_ZIP:
        raise CareError("backup_no_zip", file=path.name) from None


def _manifest(archive: ZipFile, path: Path, size: int) -> Manifest:
    """What the backup says of itself, where that fits what is in it."""
    infos = archive.infolist()
    if sum(each.file_size for each in infos) > MOST_TIMES_LARGER * size + SPARE_BYTES:
        raise CareError("backup_too_large", file=path.name, n=MOST_TIMES_LARGER)
    if any(each.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or each.flag_bits & _ENCRYPTED for each in infos):
        raise _broken(path)
    names = [each.filename for each in infos]
    if MANIFEST not in names:
        raise CareError("backup_no_manifest", file=path.name)
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST_BYTES:
        raise _broken(path, MANIFEST)
    try:
        content = archive.read(MANIFEST)
    except _NO_ZIP:
        raise _broken(path, MANIFEST) from None
    _refuse_other_form(content, path)
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError:
        raise _broken(path, MANIFEST) from None
    if manifest.migration != newest():
        raise CareError("backup_other_migration", file=path.name, found=manifest.migration, expected=newest())
    _refuse_other_tables(manifest, names, path)
    return manifest


def _refuse_other_form(content: bytes, path: Path) -> None:
    """Refuse a later form before anything else of it is read."""
    try:
        form = json.loads(content)["form"]
    except (ValueError, TypeError, KeyError):
        raise _broken(path, MANIFEST) from None
    if type(form) is not int or form < FORM:
        raise _broken(path, MANIFEST)
    if form > FORM:
        raise CareError("backup_newer", file=path.name, found=str(form), known=str(FORM))


def _refuse_other_tables(manifest: Manifest, names: list[str], path: Path) -> None:
    known = {table.name for table in lines.kept()}
    for table in sorted(known - manifest.tables.keys() | {each for each in known if member(each) not in names}):
        raise CareError("backup_missing_table", file=path.name, table=table)
    expected = {MANIFEST, *map(member, known)}
    for table in sorted(manifest.tables.keys() - known | {each for each in names if each not in expected}):
        raise CareError("backup_unknown_table", file=path.name, table=table)
    if len(names) != len(expected):
        raise _broken(path)


def _look_through(archive: ZipFile, table: Table, said: FileFacts, path: Path) -> None:
    """Refuse a file that is not as it was written, or has a line that is no row."""
    digest, rows, size = sha256(), 0, 0
    for line in _lines(archive, table, path):
        rows, size = rows + 1, size + len(line)
        digest.update(line)
        _row(table, line, rows, path)
    if (rows, size, digest.hexdigest()) != (said.rows, said.bytes, said.sha256):
        raise CareError("backup_changed", file=path.name, part=member(table.name))


def _lines(archive: ZipFile, table: Table, path: Path) -> Iterator[bytes]:
    try:
        with archive.open(member(table.name)) as file:
            while line := file.readline(MOST_LINE_BYTES):
                yield line
    except _NO_ZIP:
        raise _broken(path, member(table.name)) from None


def _row(table: Table, line: bytes, number: int, path: Path) -> Json:
    try:
        return lines.read(table, line)
    except lines.LineError as error:
        where = {"file": path.name, "table": table.name, "row": str(number), "column": error.column}
        raise CareError(error.code, **where) from None


# The database


def _refuse_unless_empty(connection: Connection) -> None:
    """Refuse a database that has other tables, or anything in them. From here on nobody else writes to it."""
    if MigrationContext.configure(connection).get_current_revision() != newest():
        raise CareError("not_current")
    tables = Base.metadata.sorted_tables
    if connection.dialect.name != "sqlite":  # there who writes is alone
        names = ", ".join(connection.dialect.identifier_preparer.format_table(each) for each in tables)
        connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    for table in tables:
        if connection.scalar(select(exists(select(1).select_from(table)))):
            raise CareError("not_empty", table=table.name)


@dataclass(frozen=True, slots=True)
class _Later:
    """Columns that refer to rows of their own table: filled once all are there."""

    key: str
    columns: tuple[str, ...]

    @classmethod
    def of(cls, table: Table) -> _Later:
        own = (each for each in table.columns if any(fk.column.table is table for fk in each.foreign_keys))
        return cls(next(iter(table.primary_key.columns)).name, tuple(each.name for each in own))

    def without(self, row: Json) -> Json:
        return {**row, **dict.fromkeys(self.columns)}

    def filled(self, row: Json) -> Json | None:
        values = {name: row[name] for name in self.columns}
        return None if set(values.values()) == {None} else {"of": row[self.key], **values}


def _fill(connection: Connection, archive: ZipFile, table: Table, path: Path) -> None:
    later = _Later.of(table)
    waiting: list[Json] = []
    for batch in _batches(archive, table, path):
        waiting += filter(None, map(later.filled, batch)) if later.columns else ()
        try:
            connection.execute(insert(table), [later.without(row) for row in batch])
        except (DataError, IntegrityError):
            raise CareError("backup_not_consistent", file=path.name, table=table.name) from None
    if waiting:
        change = update(table).where(table.c[later.key] == bindparam("of"))
        try:
            connection.execute(change.values({name: bindparam(name) for name in later.columns}), waiting)
        except (DataError, IntegrityError):
            raise CareError("backup_not_consistent", file=path.name, table=table.name) from None


def _batches(archive: ZipFile, table: Table, path: Path) -> Iterator[list[Json]]:
    """Rows, few enough at a time that they do not fill the memory."""
    batch: list[Json] = []
    size = 0
    for number, line in enumerate(_lines(archive, table, path), start=1):
        batch.append(_row(table, line, number, path))
        size += len(line)
        if len(batch) == _AT_ONCE or size > _BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _put_in_line(connection: Connection) -> None:
    """Let jobs that had not ended begin anew: whoever sweeps takes them from the line of their region.

    That they are queued again is written down for the moment they were last seen at work, as what they used ends there.
    """
    open_jobs = Job.state.in_(("queued", "running", "stopping"))
    begun = open_jobs & ((Job.state != "queued") | (Job.phase != "behind"))
    last = select(func.max(JobEvent.number), func.max(JobEvent.at)).where(JobEvent.job == bindparam("one"))
    for job, value, bound, created_at in connection.execute(
        select(Job.id, Job.value, Job.bound, Job.created_at).where(begun).order_by(Job.id)
    ).all():
        number, at = connection.execute(last, {"one": job}).one()
        values: Mapping[str, Any] = {"state": "queued", "phase": "behind", "value": value, "bound": bound}
        connection.execute(insert(JobEvent).values(job=job, number=(number or 0) + 1, at=at or created_at, **values))
    connection.execute(update(Job).where(begun).values(state="queued", phase="behind", executor=None, attempts=0))


def _continue_numbers(connection: Connection) -> None:
    """Let the next row that gets a number by itself get one that is free. SQLite does so without being told."""
    if connection.dialect.name == "sqlite":
        return
    for table in lines.kept():
        column = table.autoincrement_column
        if column is not None and (most := connection.scalar(select(func.max(column)))) is not None:
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, column.name), most)))
