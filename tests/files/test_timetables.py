"""Timetables to judge: outcomes, JSON and CSV made by hand, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model.files import read_term, read_timetable
from model.term import Term
from tests.files.places import REGION, folder


@pytest.fixture
def term(tmp_path: Path) -> Term:
    """The sound region, with a second lesson, another time for it and a second person."""
    changes = {
        "lessen": f"{REGION['lessen']}\nl2;wis;di;2",
        "andere_tijden": "id;les;dag;lesuur\nl2-do;l2;do;2",
        "professionals": f"{REGION['professionals']}\nbram;Bram;;51,44;5,40",
        "weekpatronen": "naam;vestiging;weken\nA;noord;36,38",
    }
    found = read_term(folder(tmp_path / "regio", changes)).term
    assert found is not None
    return found


def test_csv_made_by_hand(term: Term, tmp_path: Path) -> None:
    """Dutch or English headers, week sets and names of week patterns of the lesson's school."""
    path = tmp_path / "rooster.csv"
    path.write_text("les;docent;lestijd;weken\nl1;anna;;A\nl2;bram;l2-do;\n", "utf-8")
    read = read_timetable(path, term)
    assert read.issues == ()
    assert read.timetable is not None
    first, second = read.timetable.assignments
    assert (first.lesson, first.professional, first.weeks) == ("l1", "anna", {36, 38})
    assert (second.option, second.weeks) == ("l2-do", None)


@pytest.mark.parametrize("bare", [True, False])
def test_json_made_by_hand(bare: bool, term: Term, tmp_path: Path) -> None:  # noqa: FBT001  a parameter of the test
    """A list of assignments, bare or under its name."""
    rows = [{"lesson": "l1", "professional": "anna"}]
    path = tmp_path / "rooster.json"
    path.write_text(json.dumps(rows if bare else {"assignments": rows}), "utf-8")
    read = read_timetable(path, term)
    assert read.issues == ()
    assert read.timetable is not None
    assert [row.lesson for row in read.timetable.assignments] == ["l1"]


def test_empty_timetable(term: Term, tmp_path: Path) -> None:
    """Headers alone, and even an empty file, make the timetable in which nobody teaches."""
    for name, text in (("a.csv", "les;docent\n"), ("b.csv", ""), ("c.json", '{"assignments": []}')):
        (tmp_path / name).write_text(text, "utf-8")
        read = read_timetable(tmp_path / name, term)
        assert read.timetable is not None
        assert read.timetable.assignments == ()


def row(**fields: Any) -> dict[str, Any]:
    """An assignment as JSON."""
    return {"lesson": "l1", "professional": "anna", **fields}


@pytest.mark.parametrize(
    ("data", "code", "column"),
    [
        ([row(lesson="l9")], "unknown_reference", "$[0].lesson"),
        ([row(), row(lesson="l2", professional="ana")], "unknown_reference", "$[1].professional"),
        ([row(lesson="l2", option="l2-wo")], "unknown_reference", "$[0].option"),
        ([row(), row()], "assigned_twice", "$[1].professional"),
        ([row(weeks="99")], "not_weeks", "$[0].weeks"),
        ([row(teacher="anna")], "unknown_field", "$[0].teacher"),
        ([{"lesson": "l1"}], "missing", "$[0].professional"),
        (["l1"], "not_an_object", "$[0]"),
        ({"assignements": []}, "no_assignments", "$"),
        ({"status": "impossible", "assignments": []}, "no_timetable", "$.status"),
        ("l1", "no_assignments", "$"),
    ],
)
def test_wrong_timetables(data: Any, code: str, column: str, term: Term, tmp_path: Path) -> None:
    """Each problem is located, and there is no timetable."""
    path = tmp_path / "rooster.json"
    path.write_text(json.dumps(data), "utf-8")
    read = read_timetable(path, term)
    assert read.timetable is None
    assert read.readable
    assert [(issue.code, issue.column) for issue in read.issues] == [(code, column)]
    assert read.issues[0].sentence("nl") != read.issues[0].sentence("en")


def test_wrong_rows_of_a_csv_file(term: Term, tmp_path: Path) -> None:
    """Rows and columns are told as a spreadsheet counts them, all at once."""
    path = tmp_path / "rooster.csv"
    path.write_text("les;docent\nl1;anna\nl9;anna\nl2;bob\n", "utf-8")
    read = read_timetable(path, term)
    assert read.timetable is None
    assert "tabel lessen" in read.issues[0].sentence("nl")
    assert [issue.where() for issue in read.issues] == ["rooster!A3 in rooster.csv", "rooster!B4 in rooster.csv"]


@pytest.mark.parametrize(("name", "data"), [("none.json", None), ("a.xlsx", b"PK"), ("bad.json", b"{")])
def test_unreadable_timetables(name: str, data: bytes | None, term: Term, tmp_path: Path) -> None:
    """What cannot be read at all is told apart."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    read = read_timetable(tmp_path / name, term)
    assert (read.timetable, read.readable) == (None, False)


def test_timetable_of_another_term_is_judged_with_a_warning(term: Term, tmp_path: Path) -> None:
    """The hash of the input tells that the term has changed since."""
    path = tmp_path / "uitkomst.json"
    path.write_text(json.dumps({"input_hash": "0" * 64, "assignments": [row()]}), "utf-8")
    read = read_timetable(path, term)
    assert [issue.code for issue in read.issues] == ["other_term"]
    assert read.timetable is not None
