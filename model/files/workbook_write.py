"""A term as a workbook, and the empty workbook that people fill in: same sheets, same explanations and lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from model.fields import MINUTES_PER_DAY, Cell
from model.files.columns import (
    EXPLANATION,
    Column,
    YesNo,
    choice_word,
    columns,
    records,
    sheet_name,
    table_title,
)
from model.files.table import rows_of, used_columns, value_in, written
from model.locale import text
from model.term import Term

_ROWS_WITH_LIST = 5000
"""How far down an empty sheet the drop-down lists go."""

_FIRST_EXCEL_YEAR = 1901
"""Workbooks cannot hold dates before 1900, and count the first months of 1900 wrong."""

_MADE = date(2026, 8, 1)
"""The date an empty workbook bears, the same for every copy."""

_WIDTHS = {Cell.YES_NO: 8, Cell.CLOCK: 9, Cell.DATE: 12, Cell.INTEGER: 9, Cell.NUMBER: 11, Cell.WEEKS: 16}


@dataclass(frozen=True, slots=True)
class _Formats:
    header: Format
    required: Format
    text: Format
    date: Format
    clock: Format
    wrapped: Format
    title: Format

    def of(self, column: Column) -> Format | None:
        """Text cells say so, or a spreadsheet turns `3-4` into the third of April."""
        if column.many or column.cell in (Cell.TEXT, Cell.WEEKS, Cell.DAY_PART, Cell.CHOICE, Cell.YES_NO):
            return self.text
        return {Cell.DATE: self.date, Cell.CLOCK: self.clock}.get(column.cell)


def write_workbook(term: Term, path: Path, lang: str) -> None:
    """Write a term as a workbook: the tables it fills, with the columns it uses. Equal terms give equal bytes.

    Raises:
        OSError: the file cannot be written.
        TermError: a text is longer than a cell can hold.
    """
    tables = [table for table in records() if rows_of(term, table)]
    _write(path, lang, [(table, used_columns(term, table)) for table in tables], term)


def write_template(path: Path, lang: str) -> None:
    """Write an empty workbook with all tables and columns, their meanings, and drop-down lists.

    Raises:
        OSError: the file cannot be written.
    """
    _write(path, lang, [(table, list(columns(table).values())) for table in records()], None)


def _write(path: Path, lang: str, tables: Sequence[tuple[str, list[Column]]], term: Term | None) -> None:
    cells = [
        (column, index, row) for table, used in tables if term for column in used for index, row in _rows(term, table)
    ]
    for column, index, row in cells:
        written(row, column, index, lang)  # refuses what no cell can hold, before anything is written
    with path.open("wb") as file, xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": (term.name or term.id) if term else text("template.title", lang),
                "author": "Hybrooster",
                "created": datetime.combine((term.as_of or term.start) if term else _MADE, time(), UTC),
            }
        )
        formats = _formats(book)
        explanation = book.add_worksheet(sheet_name(EXPLANATION, lang))
        for table, used in tables:
            sheet = book.add_worksheet(sheet_name(table, lang))
            _head(sheet, formats, used, lang)
            rows = _rows(term, table) if term else []
            for position, column in enumerate(used):
                write = _writer(sheet, formats, column, lang)
                for index, row in rows:
                    write(index + 1, position, row, index)
        _explain(explanation, formats, tables, lang)
        book.worksheets()[1].activate()


def _rows(term: Term, table: str) -> list[tuple[int, Any]]:
    return list(enumerate(rows_of(term, table)))


def _formats(book: xlsxwriter.Workbook) -> _Formats:
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    return _Formats(
        header=book.add_format({**head, "bg_color": "#E8EEF4"}),
        required=book.add_format({**head, "bg_color": "#CFE0F0"}),
        text=book.add_format({"num_format": 49}),  # "@", the text format of every workbook
        date=book.add_format({"num_format": "dd-mm-yyyy"}),
        clock=book.add_format({"num_format": "hh:mm"}),
        wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
        title=book.add_format({"bold": True, "font_size": 14}),
    )


def _head(sheet: Worksheet, formats: _Formats, used: Sequence[Column], lang: str) -> None:
    sheet.freeze_panes(1, 1)
    for position, column in enumerate(used):
        header = column.header(lang)
        sheet.write_string(0, position, header, formats.required if column.required else formats.header)
        sheet.set_column(position, position, max(_WIDTHS.get(column.cell, 18), len(header) + 2), formats.of(column))
        sheet.write_comment(0, position, explanation_of(column, lang), {"x_scale": 2, "y_scale": 1.5})
        words = words_of(column, lang)
        if words and not column.many:
            # A list to choose from; other words for the same are read too, so nothing is refused here.
            sheet.data_validation(
                1, position, _ROWS_WITH_LIST, position, {"validate": "list", "source": words, "show_error": False}
            )


def _writer(sheet: Worksheet, formats: _Formats, column: Column, lang: str) -> Callable[[int, int, Any, int], None]:
    """How the cells of a column are written: dates, times and numbers as such, all else as text."""
    form = formats.of(column)

    def write(at: int, position: int, row: Any, index: int) -> None:
        value = value_in(row, column)
        if value is None:
            return
        if column.cell is Cell.DATE and value.year >= _FIRST_EXCEL_YEAR:
            sheet.write_datetime(at, position, value, form)
        elif column.cell is Cell.CLOCK and value < MINUTES_PER_DAY:
            sheet.write_number(at, position, value / MINUTES_PER_DAY, form)
        elif column.cell in (Cell.INTEGER, Cell.NUMBER) and not column.many and _exact(value):
            sheet.write_number(at, position, value, form)
        else:
            sheet.write_string(at, position, written(row, column, index, lang), form)

    return write


def _exact(number: float) -> bool:
    """Whether a number survives the sixteen digits that a workbook keeps."""
    return abs(number) < 1e15 and float(f"{number:.16G}") == number


# Explanations


def words_of(column: Column, lang: str) -> list[str]:
    """The words to choose from in a column, if it has such."""
    if column.choices is not None:
        return [choice_word(column.choices, value, lang) for value in column.choices]
    return [choice_word(YesNo, value, lang) for value in YesNo] if column.cell is Cell.YES_NO else []


def explanation_of(column: Column, lang: str) -> str:
    """What a column means, in which unit, what its cells look like and whether it must be filled in."""
    parts = [column.meaning(lang)[:1].upper() + column.meaning(lang)[1:]]
    if (unit := column.unit(lang)) and column.cell is not Cell.CLOCK:
        parts.append(text("template.unit", lang, unit=unit))
    if column.col.ref:
        parts.append(text("template.refers", lang, table=sheet_name(column.col.ref, lang)))
    words = words_of(column, lang)
    parts.append(text("template.words", lang, words=", ".join(words)) if words else text(f"cell.{column.cell}", lang))
    if column.many:
        parts.append(text("template.many_numbers" if column.cell is Cell.NUMBER else "template.many", lang))
    parts.append(text("template.required" if column.required else "template.optional", lang))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _explain(sheet: Worksheet, formats: _Formats, tables: Sequence[tuple[str, list[Column]]], lang: str) -> None:
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 110, formats.wrapped)
    sheet.write_string(0, 0, text("template.title", lang), formats.title)
    sheet.write_string(1, 0, text("template.how", lang))
    heads = ("template.head_sheet", "template.head_column", "template.head_meaning")
    for position, head in enumerate(heads):
        sheet.write_string(3, position, text(head, lang), formats.header)
    sheet.freeze_panes(4, 0)
    at = 4
    for table, used in tables:
        sheet.write_string(at, 0, table_title(table, lang).capitalize(), formats.required)
        sheet.write_string(at, 1, "", formats.required)
        sheet.write_string(at, 2, text(f"about.{table}", lang), formats.required)
        for number, column in enumerate(used, start=at + 1):
            sheet.write_string(number, 1, column.header(lang))
            sheet.write_string(number, 2, explanation_of(column, lang), formats.wrapped)
        at += len(used) + 2
