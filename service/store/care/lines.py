"""A row as a line of JSON that means the same on every database: bytes in base64, moments in ISO 8601 and UTC."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Integer, LargeBinary, Row, String, Table, Text
from sqlalchemy.types import TypeEngine

from service.store.columns import Json, Moment
from service.store.tables import Base

LEFT_OUT = frozenset({"login_session", "login_link", "executor", "answered"})
"""Tables that are in no backup: what lets somebody in or may name a secret, and what is only of this moment."""

_MOST = {Integer: 2**31 - 1, BigInteger: 2**63 - 1}
"""Largest number of a kind of column on PostgreSQL; SQLite would take more."""


class LineError(ValueError):
    """A line that is no row of its table; `column` is where, as far as that is known."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.column = column


def kept() -> list[Table]:
    """Tables of which a backup has the rows, those first that others refer to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def written(table: Table, row: Row[Any]) -> bytes:
    """A row as a line."""
    values = {column.name: _plain(value) for column, value in zip(table.columns, row, strict=True)}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case datetime():
            return value.astimezone(UTC).isoformat()
    return value


def read(table: Table, line: bytes) -> Json:
    """The row of a line, as the database takes it.

    Raises:
        LineError: it is no row of this table.
    """
    try:
        found = json.loads(line)
    except ValueError:
        raise LineError("backup_no_json") from None
    if not isinstance(found, Mapping):
        raise LineError("backup_no_json")
    columns = {column.name: column for column in table.columns}
    for name in found:
        if name not in columns:
            raise LineError("backup_unknown_column", name)
    return {name: _value(column, found) for name, column in columns.items()}


def _value(column: Column[Any], found: Mapping[str, Any]) -> Any:
    if column.name not in found:
        raise LineError("backup_missing_column", column.name)
    value = found[column.name]
    if value is None:
        if not column.nullable:
            raise LineError("backup_bad_value", column.name)
        return None
    try:
        made = _reader(column.type)(column.type, value)
    except (ValueError, TypeError, OverflowError):
        raise LineError("backup_bad_value", column.name) from None
    return made


def _reader(kind: TypeEngine[Any]) -> Callable[[Any, Any], Any]:
    match kind:
        case Moment():
            return _moment
        case LargeBinary():
            return _bytes
        case Integer():
            return _number
        case String():
            return _text
        case JSON():
            return _json
    raise AssertionError(f"a kind of column that no backup knows: {kind!r}")


def _moment(_: Moment, value: Any) -> datetime:
    made = datetime.fromisoformat(value)
    if made.tzinfo is None:
        raise ValueError("without a time zone")
    return made.astimezone(UTC)


def _bytes(_: LargeBinary, value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None


def _number(kind: Integer, value: Any) -> int:
    most = _MOST[BigInteger if isinstance(kind, BigInteger) else Integer]
    if type(value) is not int or not -most <= value <= most:
        raise ValueError("no number of this kind")
    return value


def _text(kind: String, value: Any) -> str:
    # SQLite takes any length, and characters that PostgreSQL does not.
    if not isinstance(value, str) or "\0" in value or (kind.length is not None and len(value) > kind.length):
        raise ValueError("no text of this kind")
    value.encode()
    return value


def _json(_: JSON, value: Any) -> Any:
    return value


def is_large(table: Table) -> bool:
    """Whether its rows may have megabytes each."""
    return any(isinstance(column.type, LargeBinary | Text) for column in table.columns)
