"""Ids and references: checked once, when a term is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from model.fields import Record
from model.issues import Hints, Issue


def reference_issues(rows: Mapping[str, Sequence[Record]]) -> Iterator[Issue]:
    """Ids that occur twice, and references to ids that do not occur."""
    ids = {table: {_id(row) for row in found} for table, found in rows.items()}
    hints = Hints()
    for table, found in rows.items():
        seen: set[str] = set()
        for index, row in enumerate(found):
            if _id(row) in seen:
                made = _id(row) == row.made_id()
                code = "row_twice" if made else "id_twice"
                yield Issue(code=code, table=table, index=index, field=None if made else "id", value=_id(row))
            seen.add(_id(row))
            for field, target in _references(type(row)):
                given = getattr(row, field)
                for value in given if isinstance(given, tuple) else (given,):
                    if value is not None and value not in ids[target]:
                        yield Issue(
                            code="unknown_reference",
                            table=table,
                            index=index,
                            field=field,
                            value=value,
                            maybe=hints.nearest(value, target, ids[target]),
                            words={"refers_to": f"table.{target}"},
                        )


def _id(row: Record) -> str:
    found: str = getattr(row, "id")  # noqa: B009  every table has ids, the base class does not
    return found


@cache
def _references(record: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple((field, col.ref) for field, col in record.cols() if col.ref)
