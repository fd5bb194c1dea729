"""Every kind of broken input gives its one located message, in words, and no traceback."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.files import Loaded, read_term, source
from model.issues import Issue, Severity
from tests.files.broken import IN_FOLDER, IN_JSON, IN_WORKBOOK, Broken
from tests.files.places import JSON, folder, json_file, workbook

QUIETLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def only_issue(loaded: Loaded) -> Issue:
    """The single issue of input that gives no term."""
    assert loaded.term is None
    (issue,) = loaded.issues
    assert issue.severity is Severity.ERROR
    return issue


def check_words(issue: Issue, value: str) -> None:
    """The sentence names the value in both languages, and the hint guesses in both."""
    for lang, word in (("nl", "Misschien"), ("en", "Maybe")):
        assert value in issue.sentence(lang) + issue.where()
        assert issue.hint(lang).startswith(word)


def check(loaded: Loaded, case: Broken) -> None:
    """The issue is the expected one, at its place."""
    issue = only_issue(loaded)
    found = (issue.code, issue.sheet, issue.row, issue.column, issue.maybe)
    assert found == (case.code, case.sheet, case.row, case.column, case.maybe)
    assert loaded.readable
    check_words(issue, case.value)


@pytest.mark.parametrize("case", IN_FOLDER, ids=lambda case: case.name)
def test_broken_csv_files(case: Broken, tmp_path: Path) -> None:
    """A folder with one thing wrong gives the one issue that says so."""
    check(read_term(folder(tmp_path / "regio", case.changes)), case)


@pytest.mark.parametrize("case", IN_WORKBOOK, ids=lambda case: case.name)
def test_broken_workbooks(case: Broken, tmp_path: Path) -> None:
    """A workbook with one cell wrong gives the one issue that says so."""
    check(read_term(workbook(tmp_path / "regio.xlsx", case.changes)), case)


@pytest.mark.parametrize("case", IN_JSON, ids=lambda case: case.name)
def test_broken_json(case: Broken, tmp_path: Path) -> None:
    """JSON with one thing wrong gives the one issue, with its path."""
    check(read_term(json_file(tmp_path / "regio.json", case.changes)), case)


# Input that cannot be read at all


def _zip(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return data.getvalue()


UNREADABLE = [
    ("nothing.xlsx", None, "file_missing", "nothing.xlsx"),
    ("nothing", None, "file_missing", "nothing"),
    ("region.ods", b"PK", "unknown_form", ".ods"),
    ("region.csv", b"id;van;tot", "unknown_form", ".csv"),
    ("text.xlsx", b"id;van;tot\nt1;1;2", "not_a_workbook", "text.xlsx"),
    ("empty.xlsx", b"", "not_a_workbook", "empty.xlsx"),
    ("other.xlsx", _zip(readme=b"a zip that is no workbook"), "not_a_workbook", "other.xlsx"),
    ("locked.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "locked_or_old_workbook", "locked.xlsx"),
    ("empty.json", b"", "bad_json", "1"),
    ("comma.json", b'{"id": "t1",\n "start": "2026-08-31",,\n}', "bad_json", "2"),
    ("infinite.json", b'{"id": NaN}', "bad_json_value", "infinite.json"),
    ("deep.json", b"[" * 100_000, "bad_json_value", "deep.json"),
    ("binary.json", bytes(range(256)), "not_text_file", "binary.json"),
]


@pytest.mark.parametrize(("name", "data", "code", "value"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_unreadable_files(name: str, data: bytes | None, code: str, value: str, tmp_path: Path) -> None:
    """What cannot be read at all is said so, and told apart from what holds errors."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    loaded = read_term(tmp_path / name)
    assert not loaded.readable
    assert only_issue(loaded).code == code
    check_words(only_issue(loaded), value)


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"lessen": b"id\x81\x00\x01"}, "not_text_file", "regio/lessen.csv"),
        ({"lessen": 'les_id;cursus\nl1;"wis'}, "bad_csv", "lessen!2 in regio/lessen.csv"),
    ],
)
def test_unreadable_csv_files(changes: dict[str, str | bytes], code: str, where: str, tmp_path: Path) -> None:
    """A folder with one file that is no CSV file cannot be read."""
    loaded = read_term(folder(tmp_path / "regio", changes))
    assert not loaded.readable
    assert only_issue(loaded).code == code
    assert only_issue(loaded).where() == where


def test_folder_without_csv_files(tmp_path: Path) -> None:
    """A note alone makes no term."""
    (tmp_path / "notities.txt").write_text("hier komt het", "utf-8")
    loaded = read_term(tmp_path)
    assert not loaded.readable
    assert only_issue(loaded).code == "empty_folder"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is named; permissions mean nothing to an administrator, so the refusal is staged."""
    path = json_file(tmp_path / "regio.json")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    loaded = read_term(path)
    assert not loaded.readable
    assert only_issue(loaded).code == "no_permission"
    check_words(only_issue(loaded), "regio.json")


def test_too_large_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes than are read are refused before reading, for files and for folders together."""
    monkeypatch.setattr(source, "MAX_BYTES", 100)
    for path in (json_file(tmp_path / "regio.json"), folder(tmp_path / "regio")):
        loaded = read_term(path)
        assert not loaded.readable
        assert only_issue(loaded).code == "too_large"


def test_zip_bomb(tmp_path: Path) -> None:
    """A small file that unpacks to 401 MB is refused, whatever it says inside."""
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_zip(xl__workbook=bytes(401 * 1024 * 1024)))
    assert path.stat().st_size < 1_000_000
    loaded = read_term(path)
    assert not loaded.readable
    assert only_issue(loaded).code == "unpacks_too_large"
    check_words(only_issue(loaded), "401 MB")


def test_cell_in_the_last_corner(tmp_path: Path) -> None:
    """One cell at XFD1048576 spans a rectangle that would fill the memory, and is refused before it does."""
    rows = [["id", "naam"], ["vdl", "VDL"]]
    path = workbook(tmp_path / "regio.xlsx", {"bedrijven": rows})
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    _rewrite(path, "xl/worksheets/sheet7.xml", lambda xml: xml.replace(b"</sheetData>", far))
    loaded = read_term(path)
    assert not loaded.readable
    assert only_issue(loaded).code == "too_many_cells"


def test_formula_that_was_never_computed(tmp_path: Path) -> None:
    """A program that writes formulas without results leaves cells that only look filled."""
    path = workbook(tmp_path / "regio.xlsx", {"bedrijven": [["id", "naam"], ["vdl", "=A2 -> x"]]})
    _rewrite(path, "xl/worksheets/sheet7.xml", lambda xml: xml.replace(b"<v>x</v>", b""))
    issue = only_issue(read_term(path))
    assert (issue.code, issue.where()) == ("formula_without_value", "bedrijven!B2 in regio.xlsx")
    check_words(issue, "=A2")


def _rewrite(path: Path, name: str, change: object) -> None:
    with zipfile.ZipFile(path) as file:
        parts = {part: file.read(part) for part in file.namelist()}
    assert callable(change)
    changed = change(parts[name])
    assert changed != parts[name]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for part, content in {**parts, name: changed}.items():
            file.writestr(part, content)


@pytest.mark.parametrize("spoil", [1, 7, 400, 1500, 3000, 5000])
def test_damaged_workbook(spoil: int, tmp_path: Path) -> None:
    """A workbook that lost its end, at any byte, is refused without a traceback."""
    path = workbook(tmp_path / "regio.xlsx")
    path.write_bytes(path.read_bytes()[:-spoil])
    loaded = read_term(path)
    assert not loaded.readable
    assert only_issue(loaded).code == "not_a_workbook"


@QUIETLY
@given(data=st.data(), form=st.sampled_from(["regio.xlsx", "regio.json", "lessen.csv"]))
def test_any_damage_is_told_in_words(data: st.DataObject, form: str) -> None:
    """Whatever bytes change, reading gives a term or errors with their words, and never raises."""
    with TemporaryDirectory() as parent:
        path = {
            "regio.xlsx": lambda: workbook(Path(parent) / form),
            "regio.json": lambda: json_file(Path(parent) / form),
            "lessen.csv": lambda: folder(Path(parent) / "regio") / form,
        }[form]()
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, 2**16)) % len(content)  # sizes of workbooks vary with the clock
            content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=4))
        path.write_bytes(content)
        loaded = read_term(path.parent if form == "lessen.csv" else path)
    wrong = [issue for issue in loaded.issues if issue.severity is Severity.ERROR]
    assert (loaded.term is None) == bool(wrong)
    for issue in loaded.issues:
        for lang in ("nl", "en"):
            assert issue.sentence(lang)
            assert issue.hint(lang)


# Several problems


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    """Wrong cells, references and rules in several files and rows come together, each once, in order of place."""
    changes = {
        "lessen": "les_id;cursus;dag;lesuur;kleur\nl1;wis;mandag;1;x\nl2;wisk;di;9;\nl3;wis;wo;2-9;\nl3;wis;do;1;",
        "werk": "professional;dag;start;eind\nanna;di;17:00;8:00\nannna;di;8:00;9:00",
        "regels": "regel\nlicenc",
    }
    loaded = read_term(folder(tmp_path / "regio", changes))
    assert loaded.term is None
    assert [(issue.code, issue.where().split(" in ")[0]) for issue in loaded.issues] == [
        ("unknown_column", "lessen!E1"),
        ("unknown_choice", "lessen!C2"),
        ("unknown_reference", "lessen!B3"),
        ("unknown_period", "lessen!4"),
        ("id_twice", "lessen!A5"),
        ("unknown_rule", "regels!A2"),
        ("end_before_start", "werk!D2"),
        ("unknown_reference", "werk!A3"),
    ]


def test_a_wrong_row_does_not_spoil_its_references(tmp_path: Path) -> None:
    """Rows that refer to a row with an error are not blamed for it, nor those of a table under a wrong name."""
    wrong_course = {"cursussen": "id;vestiging;vak;min docenten\nwis;noord;wiskunde;veel"}
    assert only_issue(read_term(folder(tmp_path / "row", wrong_course))).code == "not_a_whole_number"
    no_id = {"cursussen": "id;vestiging;vak\n;noord;wiskunde"}
    assert only_issue(read_term(folder(tmp_path / "id", no_id))).code == "missing"
    misspelt = {"vestigingn": "id;naam;sector\nnoord;Noord;vo", "vestigingen": None}
    assert only_issue(read_term(folder(tmp_path / "name", misspelt))).code == "unknown_sheet"


def test_keys_twice_in_json(tmp_path: Path) -> None:
    """JSON readers keep the last of two equal keys; here both are refused."""
    path = tmp_path / "regio.json"
    path.write_text(json.dumps(JSON)[:-1] + ', "id": "t2"}', "utf-8")
    issue = only_issue(read_term(path))
    assert issue.code == "key_twice"
    check_words(issue, "id")


def test_many_unknown_references_take_no_time_to_guess(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing compares with every known id, so it stops after a number of guesses; the issues remain."""
    monkeypatch.setattr("model.issues.MAX_HINTS", 2)
    rows = "\n".join(f"l{n};wis{n};ma;1" for n in range(4))
    loaded = read_term(folder(tmp_path / "regio", {"lessen": f"les_id;cursus;dag;lesuur\n{rows}"}))
    assert [issue.maybe for issue in loaded.issues] == ["wis", "wis", None, None]
