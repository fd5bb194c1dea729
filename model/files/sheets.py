"""The sheets of a workbook, or the files of a folder, as tables of a term."""

from __future__ import annotations

from collections.abc import Iterable

from model.fields import folded
from model.files.cells import is_blank
from model.files.columns import EXPLANATION, table_names, table_spellings
from model.files.compact import is_compact, unfold
from model.files.raw import Found, Sheet, table_in
from model.issues import nearest


def tables_in(sheets: Iterable[Sheet]) -> Found:
    """The tables of sheets, found by the names of sheets and columns."""
    found, several = Found(), list[tuple[Sheet, str | None]]()
    for sheet in sheets:
        table = table_names().get(folded(sheet.name))
        if table == EXPLANATION or not any(not is_blank(cell) for row in sheet.rows for cell in row):
            continue
        if is_compact(sheet, table):
            several.append((sheet, table))
        elif table is None:
            guess = nearest(sheet.name, table_spellings())
            found.issues.append(sheet.issue("unknown_sheet", value=sheet.name, maybe=guess))
            if guess is not None:
                found.lost.add(table_names()[folded(guess)])
        elif table in found.tables:
            found.issues.append(sheet.issue("sheet_twice", value=sheet.name, words={"table": f"table.{table}"}))
        else:
            found.tables[table] = table_in(sheet, table, found.issues)
    for sheet, table in several:
        unfold(sheet, table, found)
    return found
