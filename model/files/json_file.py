"""A term as JSON: the settings and tables of `Term`, each problem located by its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.files.cells import is_blank, shown
from model.files.columns import SETTINGS, columns, records
from model.files.raw import Found, RawRow, RawTable
from model.files.source import decode, read_bytes, unreadable
from model.issues import Issue, nearest
from model.term import Term


def parse_json(path: Path) -> tuple[Any, list[Issue]]:
    """What a JSON file holds, and keys that occur twice in one object.

    Raises:
        Unreadable: the file is not JSON.
    """
    twice: list[Issue] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in found]
        twice.extend(
            Issue(code="key_twice", file=path.name, value=key) for key in dict.fromkeys(keys) if keys.count(key) > 1
        )
        return dict(found)

    text = decode(read_bytes(path), path.name)
    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=_refuse_constant), twice
    except json.JSONDecodeError as error:
        found = text[error.pos : error.pos + 20].strip().split("\n")[0]
        details = {"line": str(error.lineno), "position": str(error.colno)}
        raise unreadable("bad_json", path, found, row=error.lineno, details=details) from None
    except (ValueError, RecursionError):
        raise unreadable("bad_json_value", path) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def tables_in_json(path: Path) -> Found:
    """The tables of a JSON file."""
    data, twice = parse_json(path)
    found = Found(issues=twice)
    if not isinstance(data, dict):
        found.issues.append(Issue(code="not_an_object", file=path.name, column="$", value=shown(data)))
        found.lost.add(SETTINGS)
        return found
    settings = {name: value for name, value in data.items() if name in columns(SETTINGS)}
    found.tables[SETTINGS] = rows_in_json(SETTINGS, path.name, "$", [settings], found.issues)
    for name, value in data.items():
        if name in settings:
            continue
        if name not in records():
            known = [*columns(SETTINGS), *records()]
            guess = nearest(name, known)
            found.lost |= {guess} if guess in records() else set()
            found.issues.append(
                Issue(code="unknown_field", file=path.name, column=f"$.{name}", value=name, field=name, maybe=guess)
            )
        elif isinstance(value, list) and name != SETTINGS:
            found.tables[name] = rows_in_json(name, path.name, f"$.{name}", value, found.issues)
        else:
            found.lost.add(name)
            found.issues.append(
                Issue(code="not_a_list", file=path.name, column=f"$.{name}", value=shown(value), field=name)
            )
    return found


def rows_in_json(table: str, file: str, pointer: str, rows: list[Any], issues: list[Issue]) -> RawTable:
    """The rows of a JSON list that holds a table; rows that are no objects become issues."""
    kept = []
    for index, row in enumerate(rows):
        if isinstance(row, Mapping):
            kept.append(
                RawRow({name: cell for name, cell in row.items() if not _left_out(table, name, cell)}, None, index)
            )
        else:
            issues.append(
                Issue(code="not_an_object", file=file, column=f"{pointer}[{index}]", value=shown(row), table=table)
            )
    return RawTable(table, file, None, kept, pointer=pointer)


def _left_out(table: str, name: str, cell: object) -> bool:
    return name in columns(table) and is_blank(cell)


def write_json(term: Term, path: Path) -> None:
    """Write a term as JSON; what has its default is left out."""
    path.write_text(term.model_dump_json(indent=1, exclude_defaults=True) + "\n", "utf-8")
