"""Safe names: unique and legal, whatever people are called."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from model.results.safe import SHEET_NAME_LENGTH, file_names, sheet_names

NAMES = st.one_of(st.text(max_size=60), st.sampled_from(["Jan", "jan", "JAN!", "con", "'Overzicht'", "a/b", "a:b", ""]))


def test_file_names_are_plain():
    """Accents go, spaces become dashes."""
    assert file_names({"b": "Bram Óśkar", "s": "Ilse van 't Veldje"}, ".ics") == {
        "b": "bram-oskar.ics",
        "s": "ilse-van-t-veldje.ics",
    }


def test_namesakes_are_told_apart_by_id():
    """Two people with one name both get a part of their id's hash, which does not depend on their order."""
    names = file_names({"p1": "Jan Smit", "p2": "jan smit"}, ".ics")
    assert names == file_names({"p2": "jan smit", "p1": "Jan Smit"}, ".ics")
    assert len(set(names.values())) == 2
    assert all(re.fullmatch(r"jan-smit-[0-9a-f]{10}\.ics", name) for name in names.values())


def test_names_of_devices_and_of_other_scripts_get_a_hash():
    """Windows cannot write `con.ics`; a name without Latin letters has none left."""
    names = file_names({"a": "Con", "b": "李伟"}, ".ics")
    assert all(re.fullmatch(r"(con|x)-[0-9a-f]{10}\.ics", name) for name in names.values())


@given(st.dictionaries(st.text(min_size=1, max_size=8), NAMES, max_size=12))
def test_file_names_are_unique_and_safe(names):
    """Any names give as many different file names of plain letters, digits and dashes."""
    made = file_names(names, ".ics")
    assert len(set(made.values())) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{1,91}\.ics", name) for name in made.values())


def test_sheet_names():
    """Forbidden characters become dashes, namesakes get a number, long names are cut."""
    wanted = ["Lessen", "lessen", "Techniek: A/B", "x" * 40, "X" * 40, "'t Hof'", "History", ""]
    assert sheet_names(wanted) == [
        "Lessen",
        "lessen (2)",
        "Techniek- A-B",
        "x" * 31,
        "X" * 27 + " (2)",
        "t Hof",
        "History (2)",
        "-",
    ]


@given(st.lists(NAMES, max_size=12))
def test_sheet_names_are_unique_and_legal(wanted):
    """Any names give as many sheet names that Excel accepts."""
    made = sheet_names(wanted)
    assert len({name.casefold() for name in made}) == len(wanted)
    assert all(0 < len(name) <= SHEET_NAME_LENGTH and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in made)
