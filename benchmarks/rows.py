"""Rows of a benchmark's `;`-separated files: cells read by kind, and refused with their place.

UnreadableError  raised for a file or row that cannot be meant; says where, in words of the catalogue
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from model.locale import text

_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,9})?", re.ASCII)
_COUNT = re.compile(r"\d{1,6}", re.ASCII)


class UnreadableError(ValueError):
    """A file cannot be read: where, and why as a message of the catalogue."""

    def __init__(self, file: str, line: int, column: str, value: str, why: str) -> None:
        self.why = why
        self.line = line
        self._params = {"file": file, "line": str(line), "column": column, "value": value}
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """Where, and what is wrong."""
        return text(f"bench.unreadable.{self.why}", lang, **self._params)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file."""

    file: str
    line: int
    cells: dict[str, str]

    def refuse(self, column: str, why: str) -> UnreadableError:
        """The error that says why a cell cannot be meant."""
        return UnreadableError(self.file, self.line, column, self.cells[column], why)

    def word(self, column: str) -> str:
        """Anything but an empty cell."""
        if not self.cells[column]:
            raise self.refuse(column, "empty")
        return self.cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        """Words with spaces between them, at least one."""
        return tuple(self.word(column).split())

    def known(self, column: str, ids: Collection[str]) -> str:
        """A word that is one of these."""
        if self.word(column) not in ids:
            raise self.refuse(column, "unknown")
        return self.cells[column]

    def count(self, column: str, most: int) -> int:
        """A whole number from 1 to `most`."""
        cell = self.cells[column]
        if not (_COUNT.fullmatch(cell) and 1 <= int(cell) <= most):
            raise self.refuse(column, "number")
        return int(cell)

    def amount(self, column: str) -> Fraction:
        """A decimal number, at least 0, exactly."""
        if not _AMOUNT.fullmatch(self.cells[column]):
            raise self.refuse(column, "number")
        return Fraction(self.cells[column])

    def yes(self, column: str) -> bool:
        """`true` or `false`."""
        if self.cells[column] not in ("true", "false"):
            raise self.refuse(column, "flag")
        return self.cells[column] == "true"


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Rows of a file that has exactly these columns; empty lines are skipped.

    Raises:
        UnreadableError: the first line names other columns, or a row has more or fewer cells.
        OSError: there is no such file.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, delimiter=";")
        header = next(lines, [])
        if tuple(header) != columns:
            raise UnreadableError(path.name, 1, ";".join(columns), ";".join(header), "columns")
        for cells in lines:
            if cells and len(cells) != len(columns):
                raise UnreadableError(path.name, lines.line_num, ";".join(columns), ";".join(cells), "columns")
            if cells:
                named = zip(columns, (cell.strip() for cell in cells), strict=True)
                yield Row(path.name, lines.line_num, dict(named))


def by_id(path: Path, columns: tuple[str, ...], column: str) -> dict[str, Row]:
    """Rows by the cell that must tell them apart.

    Raises:
        UnreadableError: two rows have the same, besides what `rows` raises.
    """
    found: dict[str, Row] = {}
    for row in rows(path, columns):
        if row.word(column) in found:
            raise row.refuse(column, "twice")
        found[row.word(column)] = row
    return found
