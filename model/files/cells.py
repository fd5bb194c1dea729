"""One cell: what people type becomes a value, and a value becomes what a file holds.

Cells come as text (CSV), as what a workbook holds (numbers, dates, times, truth values) or as JSON values.
`read` turns them into values of the model or says what is wrong; `write` is its inverse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from model.fields import MINUTES_PER_DAY, Cell, Clock, HalfDay, Weekday, clock_text, folded, weeks_text
from model.files.columns import Column, YesNo, choice_names, choice_spellings, choice_word
from model.files.lists import join, split, split_numbers
from model.issues import nearest

_CLOCK: TypeAdapter[int] = TypeAdapter(Clock)
_MIDNIGHTS = (date(1899, 12, 31), date(1900, 1, 1))
"""What spreadsheets make of 24:00, a whole day after their day 0."""


class CellError(ValueError):
    """A cell that cannot be read: the code of the issue, and what was perhaps meant."""

    def __init__(self, code: str, maybe: str | None = None, choices: tuple[str, str] | None = None) -> None:
        self.code = code
        self.maybe = maybe
        self.choices = choices
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell for which the spreadsheet has no value: a failed or never computed formula, by the code of its issue."""

    code: str
    text: str


def shown(cell: object) -> str:
    """A cell as messages show it: short, and as its owner sees it."""
    match cell:
        case Broken():
            return cell.text
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            whole = f"{cell:.0f}"
            return whole if len(whole) <= 60 else repr(cell)
        case datetime():
            return cell.isoformat(" ", "minutes")
    words = " ".join(str(cell).split())
    return words if len(words) <= 60 else f"{words[:59]}…"


def is_blank(cell: object) -> bool:
    """Whether nothing is filled in."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


# Reading


def read(column: Column, cell: object, *, json: bool = False) -> object:
    """The value of a filled cell; week sets are read elsewhere, since they may hold names.

    Raises:
        CellError: the cell does not hold what the column asks.
    """
    if isinstance(cell, Broken):
        raise CellError(cell.code)
    if isinstance(cell, dict) or (isinstance(cell, list) and not column.many):
        raise CellError("not_one_value")
    if not column.many:
        return _read_one(column, cell, json=json)
    return [_read_one(column, each, json=json) for each in _items(column, cell) if not is_blank(each)]


def _items(column: Column, cell: object) -> Iterable[object]:
    if isinstance(cell, list):
        if any(isinstance(each, (list, dict)) for each in cell):
            raise CellError("not_one_value")
        return cell
    if not isinstance(cell, str):
        return [cell]
    return split_numbers(cell) if column.cell is Cell.NUMBER else split(cell)


def _read_one(column: Column, cell: object, *, json: bool) -> object:
    if column.choices is not None:
        return _choice(column.choices, cell)
    if column.cell is Cell.CLOCK and json and not isinstance(cell, str):
        raise CellError("not_a_clock")
    return _READERS[column.cell](cell)


def read_text(cell: object) -> str:
    """Text; numbers become the text they look like, so that an id typed as 12 stays `12`."""
    match cell:
        case str():
            return cell.replace("\r\n", "\n").replace("\r", "\n")
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case int() | float():
            return str(cell)
        case datetime() | date():
            raise CellError("date_in_text", f"{cell.day}-{cell.month}")
        case time():
            return clock_text(cell.hour * 60 + cell.minute)
    raise CellError("not_text")


def _integer(cell: object) -> int:
    match cell:
        case bool():
            pass
        case int():
            return cell
        case float() if cell.is_integer():
            return int(cell)
        case str() if found := re.fullmatch(r"([+-]?\d{1,400})(?:[.,]0)?", cell.strip().replace("−", "-"), re.ASCII):
            return int(found[1])
        case str() if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", cell.strip(), re.ASCII):
            raise CellError("not_a_whole_number", re.sub(r"\D", "", cell))
    raise CellError("not_a_whole_number")


def _number(cell: object) -> float:
    match cell:
        case bool():
            pass
        case int() | float():
            return float(cell)
        case str():
            plain = cell.strip().replace("−", "-")
            if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+,\d+", plain, re.ASCII):
                plain = plain.replace(".", "")
            plain = plain.replace(",", ".", 1)
            if re.fullmatch(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?", plain, re.ASCII):
                return float(plain)
    raise CellError("not_a_number")


def _yes_no(cell: object) -> bool:
    match cell:
        case bool():
            return cell
        case int() | float() if cell in (0, 1):
            return bool(cell)
        case str() if folded(cell) in choice_names(YesNo):
            return choice_names(YesNo)[folded(cell)] is YesNo.YES
    raise CellError("not_yes_or_no")


def _date(cell: object) -> date:
    match cell:
        case bool():
            pass
        case datetime():
            if cell.time() == time():
                return cell.date()
        case date():
            return cell
        case int() | float() if 19000101 <= cell <= 99991231 and cell == int(cell):
            return _date(str(int(cell)))
        case str():
            return _date_from(cell.strip())
    raise CellError("not_a_date")


def _date_from(text: str) -> date:
    for pattern in (
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ]00:00(?::00)?)?",
        r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    ):
        if found := re.fullmatch(pattern, text, re.ASCII):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                raise CellError("no_such_date") from None
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})", text, re.ASCII):
        raise CellError("not_a_date", f"{found[1]}-{found[2]}-20{found[3]}")
    raise CellError("not_a_date")


def _clock(cell: object) -> int:
    match cell:
        case bool():
            pass
        case datetime():
            if cell.date() in _MIDNIGHTS and cell.time() == time():
                return MINUTES_PER_DAY
        case date() if cell in _MIDNIGHTS:
            return MINUTES_PER_DAY
        case time():
            return _minutes(cell)
        case timedelta():
            return _day_fraction(cell / timedelta(days=1))
        case int() | float() if 0 <= cell < 1:
            return _day_fraction(cell)
        case int() | float() if 100 <= cell <= 2400 and cell == int(cell):
            return _clock(f"{int(cell):04d}")
        case str():
            try:
                return _CLOCK.validate_python(cell)
            except ValidationError:
                hours = re.fullmatch(r"(\d{1,2})", cell.strip(), re.ASCII)
                raise CellError("not_a_clock", f"{hours[1]}:00" if hours and int(hours[1]) <= 24 else None) from None
    raise CellError("not_a_clock")


def _minutes(clock: time) -> int:
    return _day_fraction((clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6) / 86400)


def _day_fraction(part: float) -> int:
    minutes = round(part * MINUTES_PER_DAY)
    if abs(part * MINUTES_PER_DAY - minutes) > 1 / 60 or not 0 <= minutes <= MINUTES_PER_DAY:
        raise CellError("not_a_clock")
    return minutes


def _choice(choices: type[StrEnum], cell: object) -> StrEnum:
    text = read_text(cell)
    found = choice_names(choices).get(folded(text))
    if found is None:
        known = (choices.__name__.lower(), " ".join(choices))
        raise CellError("unknown_choice", nearest(text, choice_spellings(choices)), known)
    return found


def _day_part(cell: object) -> str:
    day, _, part = read_text(cell).strip().replace(" ", "-").replace("_", "-").partition("-")
    try:
        return f"{_choice(Weekday, day).value}-{_choice(HalfDay, part).value}"
    except CellError:
        raise CellError("not_a_day_part") from None


_READERS: dict[Cell, Callable[[object], object]] = {
    Cell.TEXT: read_text,
    Cell.INTEGER: _integer,
    Cell.NUMBER: _number,
    Cell.YES_NO: _yes_no,
    Cell.DATE: _date,
    Cell.CLOCK: _clock,
    Cell.DAY_PART: _day_part,
}


# Writing


def write(column: Column, value: Any, lang: str) -> str:
    """What a CSV file holds for a value that is there."""
    if column.many:
        parts = [_write_one(column, each, lang) for each in value]
        return "+".join(parts) if column.cell is Cell.NUMBER else join(parts)
    return _write_one(column, value, lang)


def _write_one(column: Column, value: Any, lang: str) -> str:
    match column.cell:
        case Cell.CHOICE:
            return choice_word(type(value), value, lang)
        case Cell.YES_NO:
            return choice_word(YesNo, YesNo.YES if value else YesNo.NO, lang)
        case Cell.DATE:
            return f"{value.day:02d}-{value.month:02d}-{value.year:04d}"
        case Cell.CLOCK:
            return clock_text(value)
        case Cell.WEEKS:
            return weeks_text(value)
        case Cell.NUMBER:
            # Without the plus of an exponent, which would separate two numbers of a list.
            return repr(value).removesuffix(".0").replace("e+", "e").replace(".", ",")
        case Cell.DAY_PART:
            day, _, part = value.partition("-")
            return f"{choice_word(Weekday, day, lang)}-{choice_word(HalfDay, part, lang)}"
    return str(value)
