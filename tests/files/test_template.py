"""The empty workbook: every table and column, explained, with lists to choose from."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from model.files import write_template
from model.files.columns import columns, records, sheet_name
from model.files.workbook_write import explanation_of, words_of
from model.locale import LANGUAGES


@pytest.fixture(params=LANGUAGES)
def template(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """The template in a language."""
    path = tmp_path / "leeg.xlsx"
    write_template(path, request.param)
    return path, request.param


def test_every_table_has_its_sheet_and_headers(template: tuple[Path, str]) -> None:
    """The sheets stand in the order of the model, after the explanation, with nothing but headers."""
    path, lang = template
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names[1:] == [sheet_name(table, lang) for table in records()]
    for table in records():
        rows = book.get_sheet_by_name(sheet_name(table, lang)).to_python(skip_empty_area=False)
        assert rows == [[column.header(lang) for column in columns(table).values()]]


def test_explanation_names_every_column(template: tuple[Path, str]) -> None:
    """The first sheet holds the meaning of every column, with its unit."""
    path, lang = template
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    told = {(str(row[1]), str(row[2])) for row in rows}
    for table in records():
        for column in columns(table).values():
            assert (column.header(lang), explanation_of(column, lang)) in told
    travel = explanation_of(columns("professionals")["max_travel_minutes"], lang)
    assert {"nl": "In minuten", "en": "In minutes"}[lang] in travel


def test_comments_and_lists(template: tuple[Path, str]) -> None:
    """Each header has a comment; each column of words has a list, which Excel allows up to 255 characters."""
    path, lang = template
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}
    comments = sum(len(re.findall("<comment ", text)) for name, text in parts.items() if "comments" in name)
    lists = sum(len(re.findall("<dataValidation ", text)) for name, text in parts.items() if "worksheets/" in name)
    every = [column for table in records() for column in columns(table).values()]
    with_words = [column for column in every if words_of(column, lang) and not column.many]
    assert comments == len(every)
    assert lists == len(with_words)
    assert all(len(",".join(words_of(column, lang))) <= 255 for column in with_words)


def test_cells_of_text_say_so(tmp_path: Path) -> None:
    """Columns of lesson periods and weeks are laid out as text, or a spreadsheet turns 3-4 into a date."""
    path = tmp_path / "leeg.xlsx"
    write_template(path, "nl")
    with zipfile.ZipFile(path) as book:
        styles = book.read("xl/styles.xml").decode()
        sheet = book.read(f"xl/worksheets/sheet{2 + list(records()).index('lessons')}.xml").decode()
    formats = [int(number) for number in re.findall(r'<xf numFmtId="(\d+)"', styles.split("<cellXfs")[1])]
    columns_in_text = {
        column: formats[int(style)] == 49  # the number of the text format in every workbook
        for first, last, style in re.findall(r'<col min="(\d+)" max="(\d+)" width="[\d.]+" style="(\d+)"', sheet)
        for column in range(int(first), int(last) + 1)
    }
    positions = {name: number for number, name in enumerate(columns("lessons"), start=1)}
    assert columns_in_text[positions["first_period"]]
    assert columns_in_text[positions["weeks"]]
    assert not columns_in_text[positions["start"]]
