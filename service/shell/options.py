"""What commands of the shell have in common: their options, and the files and readers they are given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from model.access import Reader
from model.files import Loaded, LoadedTimetable, read_term, read_timetable
from model.files.scenario import read_scenario
from model.issues import Issue
from model.locale import text
from model.scenarios.scenario import Applied
from model.term import Term
from model.timetable import Timetable
from service.shell import console
from service.shell.law import reader_of


class Language(StrEnum):
    """Language of everything printed."""

    NL = "nl"
    EN = "en"


Lang = Annotated[Language, typer.Option("--lang", help="Language of everything printed.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
TermPath = Annotated[Path, typer.Argument(metavar="TERM", help="A .json, an .xlsx, or a folder of CSV files.")]
OutcomePath = Annotated[
    Path,
    typer.Argument(metavar="OUTCOME", help="What `solve --out` wrote, or a hand-made timetable (.json, .csv, .xlsx)."),
]
ReaderAs = Annotated[
    str, typer.Option("--as", metavar="READER", help="Show what this reader may see, as coordinator or employer:ID.")
]


def term_from(path: Path, *, as_json: bool, lang: str) -> Term:
    """The term of a file; ends the command where there is none."""
    loaded = read_term(path)
    if loaded.term is None:
        refuse(loaded.issues, as_json=as_json, lang=lang)
        raise typer.Exit(load_code(loaded))
    if not as_json:
        console.show_issues(loaded.issues, lang)
    return loaded.term


def timetable_from(path: Path, term: Term, *, as_json: bool, lang: str) -> tuple[LoadedTimetable, Timetable]:
    """The timetable of a file, likewise."""
    read = read_timetable(path, term)
    if read.timetable is None:
        refuse(read.issues, as_json=as_json, lang=lang)
        raise typer.Exit(1 if read.readable else 2)
    return read, read.timetable


def reader_from(term: Term, said: str, lang: str) -> Reader:
    """The reader that is named, likewise."""
    reader = reader_of(term, said)
    if reader is None:
        console.complain(text("law.unknown_reader", lang, value=said))
        raise typer.Exit(2)
    return reader


def scenario_from(path: Path, term: Term, *, as_json: bool, lang: str) -> Applied:
    """The scenario of a file applied to a term, likewise."""
    loaded = read_scenario(path, term)
    if loaded.applied is None:
        refuse(loaded.issues, as_json=as_json, lang=lang)
        raise typer.Exit(1 if loaded.readable else 2)
    if loaded.issues and not as_json:
        console.show_issues(loaded.issues, lang)
    return loaded.applied


def refuse(issues: Sequence[Issue], *, as_json: bool, lang: str) -> None:
    """Say why input was refused."""
    if as_json:
        console.put(json.dumps({"issues": console.issue_facts(issues, lang)}, ensure_ascii=False, indent=1))
    else:
        console.show_issues(issues, lang)


def load_code(loaded: Loaded) -> int:
    """The exit code that goes with a file: 1 for errors in it, 2 where it cannot be read."""
    if loaded.term is not None:
        return 0
    return 1 if loaded.readable else 2
