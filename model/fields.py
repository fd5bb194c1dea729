"""The cell types of a term: clock times, week sets, weekdays, and what a column means.

A `Col` beside a field says what the field means, in which unit, and which table it refers to. File headers, the
JSON Schema, the template and the reference check all read it, so that a field is described in one place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainSerializer,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

MINUTES_PER_DAY = 24 * 60
WEEK_NUMBERS = 53
MAX_MADE_ID = 400


class Cell(StrEnum):
    """What stands in a cell, where the type alone does not say it; placed beside the type of a field."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"
    CLOCK = "clock"
    WEEKS = "weeks"
    DAY_PART = "day_part"


@dataclass(frozen=True, slots=True)
class Col:
    """What one column means: English meaning, Dutch header, synonyms, unit and the table it refers to."""

    meaning: str
    nl: str
    also: tuple[str, ...] = ()
    unit: str = ""
    ref: str = ""
    secret: bool = False
    """Whether the cell is personal beyond name and work: kept out of every result file."""

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        described: dict[str, Any] = {"allOf": [schema]} if "$ref" in schema else schema
        described["description"] = self.meaning
        if self.unit:
            described["x-unit"] = self.unit
        if self.ref:
            described["x-refers-to"] = self.ref
        return described


class Weekday(StrEnum):
    """Day of the week; `.iso` is 1 for Monday to 7 for Sunday."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def iso(self) -> int:
        return _WEEKDAYS.index(self) + 1

    @classmethod
    def of(cls, day: date) -> Weekday:
        return _WEEKDAYS[day.weekday()]


_WEEKDAYS = tuple(Weekday)


class HalfDay(StrEnum):
    """Part of a day (dagdeel); where one ends and the next begins is a setting of the term."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


_CLOCK = (
    r"(?:(?P<hours>\d{1,2})\s*[:.hu]?\s*(?P<minutes>\d{2})(?::00)?|(?P<whole>\d{1,2})\s*(?=u|h))\s*(?:uur|u|h|hrs)?"
)


def _clock(value: object) -> object:
    """Minutes since midnight from `8:30`, `08.30`, `8u30`, `0830`, `8 uur`, a `time`, or minutes themselves."""
    match value:
        case datetime():
            return value.hour * 60 + value.minute
        case time():
            return value.hour * 60 + value.minute
        case str():
            found = re.fullmatch(_CLOCK, value.strip().casefold())
            if not found or int(found["minutes"] or 0) > 59:
                raise PydanticCustomError("clock", "not a clock time")
            return _in_day(int(found["hours"] or found["whole"]) * 60 + int(found["minutes"] or 0))
        case bool():
            raise PydanticCustomError("clock", "not a clock time")
        case int():
            return _in_day(value)
    raise PydanticCustomError("clock", "not a clock time")


def _in_day(minutes: int) -> int:
    if not 0 <= minutes <= MINUTES_PER_DAY:
        raise PydanticCustomError("clock", "not a clock time")
    return minutes


def clock_text(minutes: int) -> str:
    """`510` as `08:30`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


Clock = Annotated[
    int,
    Cell.CLOCK,
    BeforeValidator(_clock),
    PlainSerializer(clock_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}$", "examples": ["08:30"]}),
]
"""Minutes since local midnight, 0..1440; written as `HH:MM`."""


def parse_weeks(text: str) -> frozenset[int]:
    """ISO week numbers of `36-42,44-51`; a range may run over New Year (`49-3`, week 53 included)."""
    weeks: set[int] = set()
    plain = re.sub(r"^(?:weken|weeks|week|wk)\b\.?\s*", "", text.strip().casefold())
    for part in re.split(r"[,;+\s]+", re.sub(r"\s*(?:-|–|t/m)\s*", "-", plain)):
        found = re.fullmatch(r"(\d{1,2})(?:-(\d{1,2}))?", part, re.ASCII)
        if not found:
            raise PydanticCustomError("weeks", "not a set of weeks")
        first, last = int(found[1]), int(found[2] or found[1])
        if not (1 <= first <= WEEK_NUMBERS and 1 <= last <= WEEK_NUMBERS):
            raise PydanticCustomError("weeks", "not a set of weeks")
        weeks |= set(
            range(first, last + 1) if first <= last else [*range(first, WEEK_NUMBERS + 1), *range(1, last + 1)]
        )
    return frozenset(weeks)


def weeks_text(weeks: Iterable[int]) -> str:
    """Shortest text of a week set, `36-42,44`, in the order of the numbers."""
    parts: list[list[int]] = []
    for week in sorted(weeks):
        if parts and parts[-1][-1] == week - 1:
            parts[-1].append(week)
        else:
            parts.append([week])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in parts)


def _weeks(value: object) -> object:
    match value:
        case str():
            return parse_weeks(value)
        case bool():
            raise PydanticCustomError("weeks", "not a set of weeks")
        case int() | float():
            return parse_weeks(f"{value:g}")
        case list() | tuple() | set() | frozenset():
            if value and all(type(week) is int and 1 <= week <= WEEK_NUMBERS for week in value):
                return frozenset(value)
            return parse_weeks(",".join(str(week) for week in value))
    raise PydanticCustomError("weeks", "not a set of weeks")


Weeks = Annotated[
    frozenset[int],
    Cell.WEEKS,
    BeforeValidator(_weeks),
    PlainSerializer(weeks_text, return_type=str, when_used="json"),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,2}(-\d{1,2})?(,\d{1,2}(-\d{1,2})?)*$", "examples": ["36-42,44-51"]}
    ),
]
"""An explicit set of ISO week numbers; in a field that may be empty, empty means every week of the term."""


def _day_part(value: str) -> str:
    """A half-day of a weekday, `tue-morning`."""
    day, _, part = value.partition("-")
    if day not in set(Weekday) or part not in set(HalfDay):
        raise PydanticCustomError("day_part", "not a half-day of a weekday")
    return value


DayPart = Annotated[str, Cell.DAY_PART, AfterValidator(_day_part)]
"""A half-day of a weekday, such as `tue-morning`."""


class Record(BaseModel):
    """One row of a table: frozen, unknown fields refused, with a stable id.

    A row whose file names no id gets one from the fields of `key`, so that the same row keeps its id when rows
    around it come and go. An empty text is the same as nothing filled in, as it is in a file; characters that not
    every file can hold are refused.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    @classmethod
    def key(cls) -> tuple[str, ...]:
        """Fields an absent id is made of; empty where the id must be given."""
        return ()

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            return data
        given = {}
        for name, value in data.items():
            if name in cls.model_fields and _is_empty(value):
                continue
            listed = isinstance(value, (list, tuple)) and any(map(_is_empty, value))
            given[name] = [each for each in value if not _is_empty(each)] if listed else value
        return given

    @field_validator("*")
    @classmethod
    def _characters_every_file_holds(cls, value: Any) -> Any:
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and (found := _UNWRITABLE.search(each)):
                code = f"U+{ord(found[0]):04X}"
                raise PydanticCustomError("character", "character {character} is not allowed", {"character": code})
        return value

    @model_validator(mode="after")
    def _id_from_key(self) -> Self:
        if self.key() and not getattr(self, "id", "set"):
            object.__setattr__(self, "id", self.made_id())
        return self

    def made_id(self) -> str:
        """The id this row gets when none is given; empty where one must be."""
        if not self.key():
            return ""
        made = ":".join(_key_text(getattr(self, name)) for name in self.key()).rstrip(":") or "-"
        if len(made) > MAX_MADE_ID:
            made = f"{made[: MAX_MADE_ID - 33].rstrip()}:{sha256(made.encode()).hexdigest()[:32]}"
        return made

    @classmethod
    def cols(cls) -> Iterator[tuple[str, Col]]:
        """Field names with their columns, in order."""
        for name, field in cls.model_fields.items():
            for meta in field.metadata:
                if isinstance(meta, Col):
                    yield name, meta

    def replace(self, **changes: Any) -> Self:
        """A checked copy with other field values."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**values, **changes})


_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot hold; a carriage return is turned into a line feed there."""


def _is_empty(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def folded(text: str) -> str:
    """What remains when case, accents, spaces and punctuation do not count: `Max. lesuren/week` as `maxlesurenweek`."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain.casefold() if char.isalnum())


def _key_text(part: object) -> str:
    match part:
        case None:
            return ""
        case frozenset():
            return weeks_text(part)
        case tuple():
            return "+".join(str(each) for each in part)
    return str(part)
