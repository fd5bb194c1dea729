"""Miniature inputs: a region as a folder of CSV files, a workbook or JSON, of which a case changes what it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

REGION = {
    "term": "id;van;tot\nt1;31-08-2026;05-02-2027",
    "vestigingen": "id;naam;sector;breedtegraad;lengtegraad\nnoord;Noord;vo;51,44;5,47",
    "lestijden": "vestiging;lesuur;start;eind\nnoord;1;8:30;9:20\nnoord;2;9:20;10:10\nnoord;3;10:30;11:20",
    "klassen": "id;vestiging\n4a;noord\n4b;noord",
    "cursussen": "id;vestiging;vak;klassen\nwis;noord;wiskunde;4a",
    "lessen": "les_id;cursus;dag;lesuur\nl1;wis;ma;1",
    "bedrijven": "id;naam\nvdl;VDL",
    "professionals": "id;naam;bedrijf;breedtegraad;lengtegraad\nanna;Anna;vdl;51,44;5,40",
    "werk": "professional;dag;start;eind\nanna;di;8:00;17:00",
    "bevoegdheden": "professional;vak;sector;niveau\nanna;wiskunde;vo;2e",
}
"""A region without errors or warnings: one school with three lesson periods, one lesson, one person."""

JSON = {
    "id": "t1",
    "start": "2026-08-31",
    "end": "2027-02-05",
    "schools": [{"id": "noord", "name": "Noord", "sector": "vo"}],
    "time_grids": [{"school": "noord", "period": "1", "start": "08:30", "end": "09:20"}],
    "courses": [{"id": "wis", "school": "noord", "subject": "wiskunde"}],
    "lessons": [{"id": "l1", "course": "wis", "weekday": "mon", "first_period": "1"}],
}
"""The same in JSON, without people."""


def folder(path: Path, changes: Mapping[str, str | bytes | None] | None = None) -> Path:
    """The region as CSV files, with files replaced, added or (None) left out."""
    path.mkdir()
    for stem, text in {**REGION, **(changes or {})}.items():
        if text is not None:
            name = stem if "." in stem else f"{stem}.csv"
            (path / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def workbook(path: Path, changes: Mapping[str, list[list[Any]] | None] | None = None) -> Path:
    """The region as a workbook of text cells, with sheets replaced by rows of typed cells, added or left out."""
    sheets: dict[str, list[list[Any]] | None] = {
        stem: [line.split(";") for line in text.split("\n")] for stem, text in REGION.items()
    }
    with xlsxwriter.Workbook(str(path)) as book:
        styles = {
            time: book.add_format({"num_format": "hh:mm"}),
            date: book.add_format({"num_format": "dd-mm-yyyy"}),
            datetime: book.add_format({"num_format": "dd-mm-yyyy hh:mm"}),
        }
        for name, rows in {**sheets, **(changes or {})}.items():
            if rows is None:
                continue
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, (date, time)):
                        sheet.write_datetime(at, column, cell, styles[type(cell)])
                    elif isinstance(cell, str) and cell.startswith("="):
                        formula, _, result = cell.partition(" -> ")
                        sheet.write_formula(at, column, formula, None, result)
                    elif isinstance(cell, str):
                        sheet.write_string(at, column, cell)
                    else:
                        sheet.write(at, column, cell)
    return path


def json_file(path: Path, changes: Mapping[str, Any] | None = None) -> Path:
    """The JSON region with keys replaced or added."""
    path.write_text(json.dumps({**JSON, **(changes or {})}), "utf-8")
    return path
