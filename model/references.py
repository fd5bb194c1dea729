"""Ids and references: checked once, when a term is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from model.fields import Record
from model.issues import Hints, Issue
from model.lessons import Demand


def reference_issues(rows: Mapping[str, Sequence[Record]]) -> Iterator[Issue]:
    """Ids that occur twice, and references to ids that do not occur."""
    ids = {table: {_id(row) for row in found} for table, found in rows.items()}
    blocks = {block for demand in rows.get("demands", ()) for block in _blocks(demand)}
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
                    if value is not None and value not in ids[target] and not _is_of_block(value, target, blocks):
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


def _blocks(demand: Record) -> list[str]:
    """Lessons that a demand will be written out as; none while it is not right itself."""
    right = isinstance(demand, Demand) and demand.lessons_per_week and demand.block_length
    return [block for block, _ in demand.blocks()] if isinstance(demand, Demand) and right else []


def _is_of_block(value: str, target: str, blocks: set[str]) -> bool:
    """Whether this is a lesson that a demand will be written out as, or one of its times."""
    if target == "lesson_times":
        return any(value.startswith(f"{block}:") for block in blocks)
    return target == "lessons" and value in blocks


@cache
def _references(record: type[Record]) -> tuple[tuple[str, str], ...]:
    return tuple((field, col.ref) for field, col in record.cols() if col.ref)
