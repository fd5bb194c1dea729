"""Names of tables, columns and words are unambiguous, in both languages at once."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Any

import pytest

from model.fields import folded
from model.files.cells import CellError, read, write
from model.files.columns import (
    EXPLANATION,
    YesNo,
    choice_spellings,
    columns,
    file_stem,
    header_spellings,
    records,
    sheet_name,
    table_spellings,
)
from model.locale import LANGUAGES

CHOICES: list[type[StrEnum]] = sorted(
    {column.choices for table in records() for column in columns(table).values() if column.choices}, key=str
)


def ambiguous(spellings: dict[str, Any]) -> dict[str, set[Any]]:
    """Spellings that mean two things once case, accents and punctuation are gone."""
    meant: dict[str, set[Any]] = {}
    for spelling, what in spellings.items():
        meant.setdefault(folded(spelling), set()).add(what)
    return {spelling: what for spelling, what in meant.items() if len(what) > 1 or not spelling}


def test_no_two_tables_share_a_name() -> None:
    """Every name of a sheet or file means one table."""
    assert ambiguous(table_spellings()) == {}


@pytest.mark.parametrize("table", list(records()))
def test_no_two_columns_share_a_header(table: str) -> None:
    """Every header of a table, and every synonym, means one column."""
    assert ambiguous(header_spellings(table)) == {}
    counts = Counter(
        folded(name)
        for column in columns(table).values()
        for name in {folded(each) for each in (column.field, column.col.nl, *column.col.also)}
    )
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("choices", [*CHOICES, YesNo], ids=lambda choices: choices.__name__)
def test_no_two_values_share_a_word(choices: type[StrEnum]) -> None:
    """Every word of an enumeration means one value, whatever the language."""
    assert ambiguous(choice_spellings(choices)) == {}


def test_names_fit_a_workbook() -> None:
    """A sheet's name has at most 31 characters and none of those that workbooks forbid."""
    for lang in LANGUAGES:
        names = [sheet_name(table, lang) for table in (*records(), EXPLANATION)]
        assert len(set(names)) == len(names)
        assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)
        assert all(" " not in file_stem(table, lang) for table in records())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_written_choice_is_read_back(lang: str) -> None:
    """Each value of each column with a list of words survives writing and reading."""
    for table in records():
        for column in columns(table).values():
            for value in column.choices or ():
                given: Any = (value,) if column.many else value
                assert read(column, write(column, given, lang)) == ([value] if column.many else value)


@pytest.mark.parametrize("table", list(records()))
def test_every_column_says_what_it_means(table: str) -> None:
    """Each field has a column with a meaning, a header, and a unit in words where it has one."""
    assert set(columns(table)) == set(records()[table].model_fields)
    for column in columns(table).values():
        for lang in LANGUAGES:
            assert column.meaning(lang)
            assert column.header(lang)
            assert bool(column.unit(lang)) == bool(column.col.unit)


@pytest.mark.parametrize("cell", [{"a": 1}, [["x"]], object()])
def test_nothing_strange_becomes_text(cell: object) -> None:
    """What is no value of a file is refused, not turned into text."""
    with pytest.raises(CellError):
        read(columns("professionals")["skills"], cell)
