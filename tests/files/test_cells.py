"""Single cells and lists: what is written is read back, and what cannot be written is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.files import read_term, write_term
from model.files.cells import read, write
from model.files.columns import columns
from model.files.lists import join, split
from model.issues import TermError
from model.term import Term
from tests.files.places import JSON
from tests.strategies_term import TEXTS


@given(st.lists(TEXTS.map(str.strip), max_size=5))
def test_lists_are_read_as_they_are_written(items: list[str]) -> None:
    """Any texts survive, those with separators, quotes and line breaks included."""
    assert split(join(items)) == items


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=5), st.sampled_from(["nl", "en"]))
def test_lists_of_numbers_are_read_as_they_are_written(numbers: list[float], lang: str) -> None:
    """Any numbers survive, also those with an exponent."""
    column = columns("professionals")["hours_before"]
    assert read(column, write(column, numbers, lang)) == numbers


@pytest.mark.parametrize("form", ["t.xlsx", "t"])
def test_text_that_no_cell_holds(form: str, tmp_path: Path) -> None:
    """A cell holds 32,767 units of UTF-16; more is refused before anything is written, and fits in JSON."""
    most = Term.model_validate({**JSON, "name": "😀" * 16383 + "x"})
    write_term(most, tmp_path / form)
    assert read_term(tmp_path / form).term == most
    more = Term.model_validate({**JSON, "name": "😀" * 16384})
    with pytest.raises(TermError, match="cell_too_long term"):
        write_term(more, tmp_path / f"more-{form}")
    assert not (tmp_path / f"more-{form}").exists()
    write_term(more, tmp_path / "t.json")
    assert read_term(tmp_path / "t.json").term == more


def test_equal_terms_give_equal_files(tmp_path: Path) -> None:
    """A workbook bears no time of writing, so that a changed file means a changed term."""
    for number in range(2):
        write_term(Term.model_validate(JSON), tmp_path / f"{number}.xlsx")
    assert (tmp_path / "0.xlsx").read_bytes() == (tmp_path / "1.xlsx").read_bytes()


@pytest.mark.parametrize("form", ["t.json", "t.xlsx", "t"])
def test_places_that_cannot_be_written(form: str, tmp_path: Path) -> None:
    """The operating system's own error, for whoever asked to say so."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(OSError, match="file"):
        write_term(Term.model_validate(JSON), tmp_path / "file" / form)


def test_other_suffixes_are_refused(tmp_path: Path) -> None:
    """A term is not written in a form that cannot be read back."""
    with pytest.raises(ValueError, match=r"\.ods"):
        write_term(Term.model_validate(JSON), tmp_path / "t.ods")
