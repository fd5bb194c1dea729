"""Tables and columns as files call them: names and headers in two languages, with what stands in their cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from model.fields import Cell, Col, Record, folded
from model.locale import LANGUAGES, messages, text
from model.scenarios.scenario import KINDS
from model.term import Settings, tables

SETTINGS = "term"
"""Name of the table whose one row holds the settings of the term."""

EXPLANATION = "explanation"
"""Name of the sheet with explanations, which readers pass over."""

_PLAIN: dict[type, Cell] = {
    str: Cell.TEXT,
    bool: Cell.YES_NO,
    int: Cell.INTEGER,
    float: Cell.NUMBER,
    date: Cell.DATE,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: the field it fills and what its cells hold."""

    table: str
    field: str
    col: Col
    cell: Cell
    choices: type[StrEnum] | None
    many: bool
    required: bool

    def header(self, lang: str) -> str:
        """What files in a language write above the column."""
        return self.col.nl if lang == "nl" else self.field.replace("_", " ")

    def meaning(self, lang: str) -> str:
        """What the column means; the catalogue translates the English that stands in the model."""
        return self.col.meaning if lang == "en" else text(f"meaning.{self.col.meaning}", lang)

    def unit(self, lang: str) -> str:
        """Its unit in words; empty where it has none."""
        return text(f"unit.{folded(self.col.unit)}", lang) if self.col.unit else ""


@cache
def records() -> dict[str, type[Record]]:
    """Record types by table, the settings first."""
    return {SETTINGS: Settings, **dict(tables())}


def change_table(kind: str) -> str:
    """Under what name changes of a kind are read as if they were rows of a table."""
    return f"change:{kind}"


@cache
def record_type(table: str) -> type[Record]:
    """What the rows of a table are, or changes of a kind."""
    kind = table.removeprefix("change:")
    return records()[table] if kind == table else KINDS[kind]


@cache
def columns(table: str) -> dict[str, Column]:
    """Columns of a table by field, in order."""
    record = record_type(table)
    found = {}
    for name, col in record.cols():
        info = record.model_fields[name]
        cell, choices, many = _kind(info.annotation, tuple(info.metadata))
        found[name] = Column(table, name, col, cell, choices, many, info.is_required())
    return found


def _kind(annotation: Any, metadata: tuple[object, ...] = ()) -> tuple[Cell, type[StrEnum] | None, bool]:
    marks = [mark for mark in metadata if isinstance(mark, Cell)]
    if marks:
        return marks[0], None, False
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0], arguments[1:])
    if origin in (Union, UnionType):
        return _kind(next(each for each in arguments if each is not type(None)))
    if origin is tuple:
        cell, choices, _ = _kind(arguments[0])
        return cell, choices, True
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return Cell.CHOICE, annotation, False
    return _PLAIN[annotation], None, False


# Names of tables


def table_title(table: str, lang: str) -> str:
    """What a sheet or file of a table is called in a language, in lower case."""
    return text(f"table.{table}", lang)


def file_stem(table: str, lang: str) -> str:
    """Name of the CSV file of a table, without suffix."""
    return table_title(table, lang).replace(" ", "_")


def sheet_name(table: str, lang: str) -> str:
    """Name of the sheet of a table."""
    return table_title(table, lang).capitalize()


def also(group: str, name: str) -> list[str]:
    """Other words for a name, in all languages."""
    found = [messages(lang).get(f"also.{group}.{name}", "") for lang in LANGUAGES]
    return [each for words in found for each in words.split("|") if each]


@cache
def table_spellings() -> dict[str, str]:
    """Every name a table may have, with the table."""
    return {
        each: table
        for table in (*records(), EXPLANATION)
        for each in (*(table_title(table, lang) for lang in LANGUAGES), *also("table", table), table)
    }


@cache
def table_names() -> dict[str, str]:
    """The same, folded."""
    return {folded(each): table for each, table in table_spellings().items()}


@cache
def header_spellings(table: str) -> dict[str, str]:
    """Every header a column of a table may have, with its field."""
    return {
        each: column.field
        for column in columns(table).values()
        for each in (
            *(column.header(lang) for lang in LANGUAGES),
            *column.col.also,
            *also("header", column.field),
            column.field,
        )
    }


@cache
def header_names(table: str) -> dict[str, str]:
    """The same, folded."""
    return {folded(each): name for each, name in header_spellings(table).items()}


# Words of cells


def choice_word(choices: type[StrEnum], value: str, lang: str) -> str:
    """How files in a language write one value of an enumeration."""
    return text(f"{choices.__name__.lower()}.{value}", lang)


@cache
def choice_spellings(choices: type[StrEnum]) -> dict[str, StrEnum]:
    """Every way to write the values of an enumeration."""
    kind = choices.__name__.lower()
    return {
        spelling: value
        for value in choices
        for spelling in (
            *(choice_word(choices, value, lang) for lang in LANGUAGES),
            *also(kind, value.value),
            value.value,
        )
    }


@cache
def choice_names(choices: type[StrEnum]) -> dict[str, StrEnum]:
    """The same, folded."""
    return {folded(spelling): value for spelling, value in choice_spellings(choices).items()}


class YesNo(StrEnum):
    """The words of a cell that is true or false."""

    YES = "yes"
    NO = "no"
