"""A term as a folder of CSV files, one per table: as Dutch spreadsheets write them, and tolerant when reading."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from model.fields import folded
from model.files.cells import shown
from model.files.columns import EXPLANATION, file_stem, header_names, records, table_names
from model.files.raw import Found, Sheet
from model.files.sheets import tables_in
from model.files.source import decode, read_bytes, refuse_large, unreadable
from model.files.table import rows_of, used_columns, written
from model.issues import Issue, Severity
from model.term import Term

_SUFFIXES = {".csv", ".tsv", ".txt"}
_SEPARATORS = (";", ",", "\t")


def tables_in_folder(folder: Path) -> Found:
    """The tables of a folder.

    Raises:
        Unreadable: the folder holds no CSV file, may not be read, or holds a file that is no CSV.
    """
    try:
        entries = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~")))
    except PermissionError:
        raise unreadable("no_permission", folder, str(folder)) from None
    files = [path for path in entries if _is_table(path)]
    if not files:
        raise unreadable("empty_folder", folder, str(folder))
    refuse_large(folder, sum(path.stat().st_size for path in files))
    found = tables_in([sheet_of(path, f"{folder.name}/{path.name}") for path in files])
    found.issues += [
        Issue(code="file_passed_over", severity=Severity.WARNING, file=f"{folder.name}/{path.name}", value=path.name)
        for path in entries
        if path not in files and table_names().get(folded(path.stem)) in records()
    ]
    return found


def _is_table(path: Path) -> bool:
    """Any CSV file; other text files only under the name of a table, so that a note may lie beside them."""
    known = table_names().get(folded(path.stem), EXPLANATION) != EXPLANATION
    return path.suffix.lower() == ".csv" or (path.suffix.lower() in _SUFFIXES and known)


def sheet_of(path: Path, name: str, table: str | None = None) -> Sheet:
    """The cells of one CSV file.

    Raises:
        Unreadable: the file is no text, or its quotation marks do not pair.
    """
    text = decode(read_bytes(path), name)
    rows: list[list[object]] = []
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    separator = told[1] if told else _separator(text, table or table_names().get(folded(path.stem), ""))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    try:
        rows.extend([*row] for row in reader)
    except csv.Error:
        raise unreadable("bad_csv", name, _line(text, reader.line_num), sheet=path.stem, row=len(rows) + 1) from None
    if told and rows:
        rows[0] = []
    return Sheet(name, path.stem, rows)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return shown(lines[min(number, len(lines)) - 1])


def _separator(text: str, table: str) -> str:
    """The separator that makes most headers known, or else the one that occurs most."""
    first = next((line for line in text.splitlines() if line.strip(" ;,\t\r")), "")
    known = header_names(table) if table in records() else {}

    def fits(separator: str) -> tuple[int, int]:
        return sum(folded(part) in known for part in first.split(separator)), first.count(separator)

    return max(_SEPARATORS, key=fits)


def write_folder(term: Term, folder: Path, lang: str) -> None:
    """Write a term as CSV files; files of tables it does not fill are removed from the folder."""
    lines = {file_stem(table, lang): _lines(term, table, lang) for table in records() if rows_of(term, table)}
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.csv"):
        if table_names().get(folded(path.stem), EXPLANATION) != EXPLANATION and path.stem not in lines:
            path.unlink()
    for stem, of_table in lines.items():
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(of_table)
        (folder / f"{stem}.csv").write_bytes(text.getvalue().encode("utf-8-sig"))


def _lines(term: Term, table: str, lang: str) -> list[Sequence[str]]:
    used = used_columns(term, table)
    lines: list[Sequence[str]] = [[column.header(lang) for column in used]]
    for index, row in enumerate(rows_of(term, table)):
        lines.append([written(row, column, index, lang) for column in used])
    return lines
