"""What files hold of each table of a term: the columns that are used, and the values of each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model.fields import Record
from model.files import cells
from model.files.columns import SETTINGS, Column, columns
from model.issues import Issue, TermError
from model.term import Term

MAX_CELL = 32767
"""Longest text a cell of a workbook holds, in units of UTF-16; CSV files keep to it too."""


def rows_of(term: Term, table: str) -> Sequence[Record]:
    """Rows of a table; the term itself is the one row of its settings."""
    return (term,) if table == SETTINGS else term.rows(table)


def used_columns(term: Term, table: str) -> list[Column]:
    """Columns that some row fills with something else than what an empty cell means."""
    rows = rows_of(term, table)
    return [
        column for column in columns(table).values() if column.required or any(_differs(row, column) for row in rows)
    ]


def _differs(row: Record, column: Column) -> bool:
    if column.field == "id":
        return value_in(row, column) is not None
    return bool(getattr(row, column.field) != type(row).model_fields[column.field].default)


def value_in(row: Record, column: Column) -> Any:
    """The value a file holds, or None for an empty cell. An id made from the row is left out: it is made again."""
    value = getattr(row, column.field)
    if column.field == "id" and value == row.made_id():
        return None
    return None if value in ("", ()) else value


def written(row: Record, column: Column, index: int, lang: str) -> str:
    """The text of a cell.

    Raises:
        TermError: no spreadsheet could hold it.
    """
    value = value_in(row, column)
    text = "" if value is None else cells.write(column, value, lang)
    if len(text) > MAX_CELL // 2 and len(text.encode("utf-16-le")) // 2 > MAX_CELL:
        raise TermError(
            [Issue(code="cell_too_long", table=column.table, index=index, field=column.field, value=cells.shown(text))]
        )
    return text
