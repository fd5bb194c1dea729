"""Terms as files: read and written as JSON, as a folder of CSV files or as a workbook. See the README beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model.files.assemble import assemble
from model.files.csv_folder import tables_in_folder, write_folder
from model.files.json_file import tables_in_json, write_json
from model.files.raw import Found
from model.files.schema import json_schema
from model.files.sheets import tables_in
from model.files.source import Unreadable, unreadable
from model.files.timetable import LoadedTimetable, read_timetable
from model.files.workbook_read import sheets_of
from model.files.workbook_write import write_template, write_workbook
from model.issues import Issue
from model.locale import DEFAULT_LANGUAGE
from model.term import Term

__all__ = [
    "Loaded",
    "LoadedTimetable",
    "json_schema",
    "read_term",
    "read_timetable",
    "write_template",
    "write_term",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What reading gave: a term with its warnings, or no term and everything that is wrong.

    `readable` is False where the input could not be read at all, rather than holding errors.
    """

    term: Term | None
    issues: tuple[Issue, ...]
    readable: bool = True


def read_term(path: Path) -> Loaded:
    """Read a term from a `.json`, an `.xlsx`, or a folder of CSV files. Never raises for what the input holds."""
    try:
        found = _found(path)
    except Unreadable as error:
        return Loaded(None, (error.issue,), readable=False)
    term, issues = assemble(found)
    return Loaded(term, issues)


def _found(path: Path) -> Found:
    try:
        folder, there = path.is_dir(), path.exists()
    except OSError:
        raise unreadable("no_permission", path, str(path)) from None
    if folder:
        return tables_in_folder(path)
    if not there:
        raise unreadable("file_missing", path, str(path))
    match path.suffix.lower():
        case ".json":
            return tables_in_json(path)
        case ".xlsx" | ".xlsm":
            return tables_in(sheets_of(path))
    raise unreadable("unknown_form", path, path.suffix or path.name)


def write_term(term: Term, path: Path, lang: str = DEFAULT_LANGUAGE) -> None:
    """Write a term as `.json`, as `.xlsx`, or (a folder, or a path without suffix) as a folder of CSV files.

    Headers and words are Dutch unless another language is asked; readers accept all of them.

    Raises:
        TermError: a cell would be longer than a spreadsheet can hold.
        OSError: a file cannot be written.
        ValueError: the suffix is of no form that terms have.
    """
    match "" if path.is_dir() else path.suffix.lower():
        case ".json":
            write_json(term, path)
        case ".xlsx":
            write_workbook(term, path, lang)
        case "":
            write_folder(term, path, lang)
        case suffix:
            raise ValueError(suffix)
