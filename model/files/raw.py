"""Tables as they stand in a file, before anybody knows whether they are right: cells with the place they come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.fields import folded
from model.files.cells import is_blank, shown
from model.files.columns import SETTINGS, header_names, header_spellings
from model.issues import Issue, nearest


@dataclass(frozen=True, slots=True)
class Header:
    """Where a field stands in a sheet, and what the sheet calls it."""

    column: str
    title: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """Filled cells by field. `number` counts as spreadsheets do; a row of a JSON list has none."""

    cells: Mapping[str, object]
    number: int | None
    index: int
    origin: RawTable | None = None
    """The sheet it stands in, where that is not the sheet of its table."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of one table of the term, and where its columns stand."""

    table: str
    file: str
    sheet: str | None
    rows: Sequence[RawRow]
    headers: Mapping[str, Header] = field(default_factory=dict)
    header_row: int | None = None
    pointer: str | None = None
    """Path of the rows in a JSON file; None for sheets and CSV files."""
    guessed: frozenset[str] = frozenset()
    """Fields that a header which was not understood perhaps means."""

    def locate(self, issue: Issue, row: RawRow | None = None) -> Issue:
        """The issue with the place of its field in a row, or of the column when no row is given."""
        if row is not None and row.origin is not None:
            return row.origin.locate(issue, replace(row, origin=None))
        place: dict[str, object] = {"file": self.file, "sheet": self.sheet, "table": self.table}
        header = self.headers.get(issue.field or "")
        if self.pointer is not None:
            index = f"[{row.index}]" if row is not None and self.table != SETTINGS else ""
            place["column"] = f"{self.pointer}{index}.{issue.field}" if issue.field else f"{self.pointer}{index}"
        else:
            place["row"] = self.header_row if row is None else row.number
            place["column"] = header.column if header else None
            place["header"] = header.title if header else None
        if row is not None:
            place["index"] = row.index
        return issue.model_copy(update=place)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook or a CSV file: its cells by row and column."""

    file: str
    name: str
    rows: Sequence[Sequence[object]]

    def header(self, column: int, title: str) -> Header:
        """The header of a column that is counted from 0."""
        return Header(letters(column), title)

    def issue(self, code: str, *, row: int | None = None, column: int | None = None, **more: object) -> Issue:
        """An issue at a cell; rows and columns count from 0 here."""
        return Issue.model_validate(
            {
                "code": code,
                "file": self.file,
                "sheet": self.name,
                "row": None if row is None else row + 1,
                "column": None if column is None else letters(column),
                **more,
            }
        )


def letters(column: int) -> str:
    """Name of a column that is counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(slots=True)
class Found:
    """What a reader found: tables, tables that may hide behind a name nobody knows, and problems so far."""

    tables: dict[str, RawTable] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)

    def ids(self, table: str) -> set[str]:
        """Ids in a table so far."""
        raw = self.tables.get(table)
        return {shown(row.cells["id"]) for row in raw.rows if "id" in row.cells} if raw else set()

    def join(self, raw: RawTable, rows: Sequence[RawRow]) -> None:
        """Add rows that stand in another sheet to a table."""
        table = self.tables.get(raw.table, raw)
        known = len(table.rows)
        added = [replace(row, index=known + number) for number, row in enumerate(rows)]
        self.tables[raw.table] = replace(table, rows=[*table.rows, *added])


def title_row(sheet: Sheet) -> int:
    """The row with the headers of a sheet that is not empty, counted from 0."""
    return next(number for number, row in enumerate(sheet.rows) if not all(map(is_blank, row)))


def cells_of(sheet: Sheet, top: int, fields: Mapping[int, str]) -> Iterator[tuple[int, dict[str, object]]]:
    """Filled rows below the headers, with their number as spreadsheets count: the filled cells by field."""
    for number, row in enumerate(sheet.rows):
        if number > top and not all(map(is_blank, row)):
            filled = {name: _at(row, column) for column, name in fields.items()}
            yield number + 1, {name: cell for name, cell in filled.items() if not is_blank(cell)}


def table_in(sheet: Sheet, table: str, issues: list[Issue]) -> RawTable:
    """The rows of a sheet that holds a table and is not empty."""
    top = title_row(sheet)
    titles = [None if is_blank(cell) else shown(cell).strip() for cell in sheet.rows[top]]
    fields, guessed = _fields(sheet, table, top, titles, issues)
    for column in range(max(map(len, sheet.rows))):
        if column >= len(titles) or titles[column] is None:
            filled = next((n for n, row in enumerate(sheet.rows) if not is_blank(_at(row, column))), None)
            if filled is not None:
                cell = shown(_at(sheet.rows[filled], column))
                issues.append(sheet.issue("column_without_header", row=filled, column=column, value=cell))
    rows = [RawRow(cells, number, index) for index, (number, cells) in enumerate(cells_of(sheet, top, fields))]
    headers = {name: Header(letters(column), titles[column] or "") for column, name in fields.items()}
    return RawTable(table, sheet.file, sheet.name, rows, headers, top + 1, guessed=frozenset(guessed))


def _fields(
    sheet: Sheet, table: str, top: int, titles: Sequence[str | None], issues: list[Issue]
) -> tuple[dict[int, str], set[str]]:
    """Fields by column, and the fields that headers nobody knows perhaps mean."""
    names, fields, guessed = header_names(table), dict[int, str](), set[str]()
    for column, title in enumerate(titles):
        if title is None:
            continue
        name = names.get(folded(title))
        if name is None:
            guess = nearest(title, header_spellings(table))
            issues.append(sheet.issue("unknown_column", row=top, column=column, value=title, maybe=guess))
            if guess is not None:
                guessed.add(names[folded(guess)])
        elif name in fields.values():
            other = next(letters(each) for each, taken in fields.items() if taken == name)
            issues.append(sheet.issue("column_twice", row=top, column=column, value=title, details={"other": other}))
        else:
            fields[column] = name
    return fields, guessed


def _at(row: Sequence[object], column: int) -> object:
    return row[column] if column < len(row) else None
