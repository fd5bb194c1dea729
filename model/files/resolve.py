"""What a cell means only beside other tables: names of week sets, and a run of lesson periods in one cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from pydantic import TypeAdapter, ValidationError

from model.fields import WEEK_NUMBERS, Record, Weeks, folded
from model.files.cells import Broken, CellError, read_text
from model.files.columns import also
from model.issues import nearest
from model.locale import LANGUAGES, text
from model.term import Term

_WEEKS: TypeAdapter[frozenset[int]] = TypeAdapter(Weeks)
_SCHOOL_OF = {
    "course": "courses",
    "lesson": "lessons",
    "class_group": "class_groups",
    "room": "rooms",
    "staff": "staff",
}
"""Fields that lead to a school, with the table they refer to."""


_LEADING = ("week_patterns", "periods", "time_grids", *dict.fromkeys(_SCHOOL_OF.values()))
"""Tables that tell what cells mean."""


class Context:
    """What is known of the term while its tables are read, in the order of the model."""

    def __init__(self, start: date | None, end: date | None) -> None:
        self._rows: dict[str, Sequence[Record]] = {}
        self._by_id: dict[str, dict[str, Any]] = {}
        self._term_weeks = _weeks_between(start, end) if start and end else frozenset(range(1, WEEK_NUMBERS))

    @classmethod
    def of(cls, term: Term) -> Context:
        """What is known once a term has been read."""
        context = cls(term.start, term.end)
        for table in _LEADING:
            context.add(table, term.rows(table))
        return context

    def add(self, table: str, rows: Sequence[Record]) -> None:
        """Rows of a table that later ones may mean."""
        self._rows[table] = rows
        self._by_id[table] = {getattr(row, "id"): row for row in rows}  # noqa: B009  rows differ in type

    def school_of(self, values: Mapping[str, Any]) -> str | None:
        """The school a row is about, by itself or through what it refers to."""
        return self._school(values.get)

    def _school(self, value_of: Callable[[str], Any]) -> str | None:
        if school := value_of("school"):
            return str(school)
        for field, table in _SCHOOL_OF.items():
            found = self._by_id.get(table, {}).get(value_of(field) or "")
            if found is not None:
                return self._school(partial(_field, found))
        return None

    # Weeks

    def weeks(self, cell: object, school: str | None) -> frozenset[int]:
        """Week numbers of `36-42,44`, `A`, `even`, the id of a period, or several of these.

        Raises:
            CellError: a part is neither a set of weeks nor a name of one.
        """
        if isinstance(cell, Broken):
            raise CellError(cell.code)
        if isinstance(cell, float) and not cell.is_integer():
            raise CellError("not_weeks", str(cell).replace(".", ","))
        try:
            return _WEEKS.validate_python(cell if isinstance(cell, list) else read_text(cell))
        except ValidationError:
            whole = "" if isinstance(cell, list) else read_text(cell).strip()
            parts = [str(each) for each in cell] if isinstance(cell, list) else re.split(r"[,;+\n]+", whole)
            parts = [whole] if self._named(whole, school) else parts
        found: frozenset[int] = frozenset()
        for part in (each.strip() for each in parts):
            if part:
                found |= self._part(part, school)
        if not found:
            raise CellError("not_weeks")
        return found

    def _part(self, part: str, school: str | None) -> frozenset[int]:
        try:
            return _WEEKS.validate_python(part)
        except ValidationError:
            pass
        sets = self._named(part, school)
        if len(sets) > 1:
            raise CellError("weeks_differ_by_school")
        if not sets:
            raise CellError("not_weeks", nearest(part, self._week_names()))
        return next(iter(sets))

    def _named(self, name: str, school: str | None) -> set[frozenset[int]]:
        """Week sets a name may stand for: of the school first, then of everybody; without a school, of any."""
        patterns = [row for row in self._rows.get("week_patterns", ()) if folded(_get(row, "name")) == folded(name)]
        for wanted in (school, None):
            if sets := {_get(row, "weeks") for row in patterns if _get(row, "school") == wanted}:
                return sets
        if school is None and patterns:
            return {_get(row, "weeks") for row in patterns}
        periods = [
            row
            for row in self._rows.get("periods", ())
            if folded(name) in (folded(_get(row, "id")), folded(_get(row, "name")))
        ]
        for wanted in (school, None):
            for row in periods:
                if _get(row, "school") == wanted:
                    return {self._weeks_of_period(row)}
        if school is None and periods:
            return {self._weeks_of_period(row) for row in periods}
        for parity, words in enumerate((_spellings("even"), _spellings("odd"))):
            if folded(name) in map(folded, words):
                return {frozenset(week for week in self._term_weeks if week % 2 == parity)}
        return set()

    def _weeks_of_period(self, row: Record) -> frozenset[int]:
        return _weeks_between(_get(row, "start"), _get(row, "end")) & self._term_weeks

    def _week_names(self) -> list[str]:
        names = [_get(row, "name") for row in self._rows.get("week_patterns", ())]
        names += [_get(row, field) for row in self._rows.get("periods", ()) for field in ("id", "name")]
        return [*names, *_spellings("even"), *_spellings("odd")]

    # Lesson periods

    def run_of_periods(self, label: str, school: str | None) -> tuple[str, str] | None:
        """First and last of `3-4`, unless the school has a lesson period with that very label."""
        labels = {_get(row, "period") for row in self._rows.get("time_grids", ()) if _get(row, "school") == school}
        if label in labels:
            return None
        for found in re.finditer(r"\s*(?:-|–|t/m)\s*", label):
            first, last = label[: found.start()].strip(), label[found.end() :].strip()
            if first and last and (not labels or {first, last} <= labels):
                return first, last
        found_plain = re.fullmatch(r"(\w+)\s*(?:-|–|t/m)\s*(\w+)", label)
        return (found_plain[1], found_plain[2]) if found_plain else None


def _get(row: Record, field: str) -> Any:
    return getattr(row, field)


def _field(row: Record, field: str) -> Any:
    return getattr(row, field, None)


def _weeks_between(start: date, end: date) -> frozenset[int]:
    """ISO weeks that hold a day between two dates, a year at most."""
    span = min((end - start).days, 7 * WEEK_NUMBERS)
    return frozenset((start + timedelta(days=day)).isocalendar().week for day in range(span + 1))


def _spellings(parity: str) -> list[str]:
    return [*(text(f"parity.{parity}", lang) for lang in LANGUAGES), *also("parity", parity)]
