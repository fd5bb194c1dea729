"""The workbook, read back with another library."""

from __future__ import annotations

import re
from datetime import time
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from model.results import write_workbook
from model.timetable import LessonCount, Outcome, Status
from tests.results.region import TERM, given, outcome, term


@pytest.fixture
def read(tmp_path):
    """Writes a workbook and reads it back: rows by sheet name."""

    def read_back(made=None, lang="nl", **changes):
        path = tmp_path / "rooster.xlsx"
        write_workbook(path, term(**changes), made or outcome(), lang)
        book = CalamineWorkbook.from_path(path)
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    return read_back


def xml(path, part):
    """One part of an xlsx file, as text."""
    with ZipFile(path) as file:
        return file.read(part).decode()


def test_sheets_in_order(read):
    """Overview first, then lists, then a week per school and per professional who teaches."""
    assert list(read()) == [
        "Overzicht",
        "Lessen",
        "Open lessen",
        "Punten",
        "Lyceum Noord",
        "Techniek College- Zuid",
        "Anna de Vries",
        "Bram Óśkar",
    ]


def test_overview_says_how_it_ended(read):
    """Status in words, the counts, and under Details what a specialist asks for."""
    sheet = read()["Overzicht"]
    facts = {row[0]: row[1] for row in sheet if row[0]}
    assert facts["Uitkomst"] == "gevonden, niet bewezen de beste"
    assert sheet[4:7] == [[*row, "", "", ""] for row in (["Lessen", 7], ["Bezet", 4], ["Open", 3])]
    details = [row[0] for row in sheet].index("Details")
    found = {row[0]: row[1] for row in sheet[details:]}
    assert found["Punten"] == 41000
    assert found["Hoogst haalbare punten (grens)"] == 42000
    assert found["Verschil met de grens"] == pytest.approx(1 / 41)
    assert (found["Startgetal"], found["Versie ortools"]) == (7, "9.15")
    assert found["Vingerafdruk van de invoer (SHA-256)"] == "ab" * 32


def test_overview_lists_schools_and_people(read):
    """Schools with staffed and open lessons, people with lessons and the number of schools they teach at."""
    rows = read()["Overzicht"]
    assert ["Lyceum Noord", "Eindhoven", 5, 4, 1] in rows
    assert ["Techniek College: Zuid", "Helmond", 2, 0, 2] in rows
    assert ["Anna de Vries", "Metaalwerk BV", 4, 1, ""] in rows
    assert ["Bram Óśkar", "", 2, 2, ""] in rows


def test_every_line_of_the_timetable(read):
    """One row per lesson and person, clock times as times, weeks in words."""
    head, *rows = read()["Lessen"][2:]
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Les"], row["Professional"]) for row in found] == [
        ("wi-ma", "Anna de Vries"),
        ("wi-ma", "Bram Óśkar"),
        ("wi-wo", "Anna de Vries"),
        ("na-do", "Anna de Vries"),
        ("wi-a", "Anna de Vries"),
        ("te-do", "Bram Óśkar"),
    ]
    assert found[2] == {
        "Les": "wi-wo",
        "Vak": "Wiskunde B",
        "Klas": "3h1",
        "School": "Lyceum Noord",
        "Dag": "wo",
        "Lesuur": "1-2",
        "Begin": time(8, 30),
        "Eind": time(10, 10),
        "Lokaal": "12",
        "Professional": "Anna de Vries",
        "Bedrijf": "Metaalwerk BV",
        "Weken": "alle lesweken",
        "Andere tijden": "let op wk 42: 08:30–09:30",
    }


def test_open_lessons_by_priority(read):
    """High before normal before low, each with its reasons."""
    head, *rows = read()["Open lessen"][2:]
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["Prioriteit"], row["Verplicht"], row["Les"]) for row in found] == [
        ("hoog", "ja", "na-ma"),
        ("normaal", "nee", "te-do"),
        ("laag", "nee", "en-ma"),
    ]
    assert (found[0]["Mag ook op"], found[2]["Waarom open"]) == ("wo 10:30–11:20", "3 mensen: x")


def test_points_by_tier_and_rule(read):
    """Each tier with its sum, then its rules by their titles with points and places."""
    assert read()["Punten"][2:] == [
        ["Onderdeel", "Regel", "Punten", "Plaatsen"],
        ["Bezette lessen", "alles samen", 42500, ""],
        ["Bezette lessen", "Bezette lessen", 42500, 5],
        ["Reizen, tussenuren en wensen", "alles samen", -1500, ""],
        ["Reizen, tussenuren en wensen", "Extra reistijd", -1500, 12],
    ]


def test_week_of_a_school(read):
    """Times down, weekdays across; parallel lessons in rows of their own, the open one marked in words."""
    sheet = read()["Lyceum Noord"]
    assert sheet[3] == ["Tijd", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"]
    assert sheet[4][:2] == [
        "08:30\nlesuur 1",
        "Wiskunde B 3h1\nAnna de Vries (wk 36-40), Bram Óśkar (wk 41-45)\nlokaal 12\n08:30–09:20",
    ]
    assert sheet[5][1] == "natuurkunde 4v2\nOPEN\n08:30–09:20"
    assert sheet[7][5] == "Wiskunde B 3h1\nAnna de Vries\n10:30–11:20 · A-weken"


def test_week_of_a_professional(read):
    """A person's own week says where, not who."""
    sheet = read()["Anna de Vries"]
    assert sheet[1][0] == "Metaalwerk BV · 4 lessen"
    assert sheet[4][1] == "Wiskunde B 3h1\nLyceum Noord, lokaal 12\n08:30–09:20 · wk 36-40"


def test_nothing_becomes_a_formula(tmp_path):
    """Names that look like formulas, and a reason `=2+3`, stay text wherever they appear."""
    evil = "=HYPERLINK(A1)"
    path = tmp_path / "rooster.xlsx"
    region = term(
        name="+1",
        employers=[{"id": "vdl", "name": "@SUM(A1)"}],
        schools=[{**row, "name": f"-{row['id']}", "town": evil} for row in TERM["schools"]],
        professionals=[{"id": row["id"], "name": f"{evil}{row['id']}"} for row in TERM["professionals"]],
        courses=[{**row, "name": evil} for row in TERM["courses"]],
    )
    write_workbook(path, region, outcome(), "nl")
    with ZipFile(path) as file:
        sheets = [name for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 8
        assert not any("<f>" in file.read(name).decode() for name in sheets)
    lessons = CalamineWorkbook.from_path(path).get_sheet_by_name("Lessen").to_python()
    assert lessons[3][1] == evil


def test_print_and_filters(tmp_path):
    """A week prints on A4 landscape, one page wide, headings repeated; the lessons can be filtered."""
    path = tmp_path / "rooster.xlsx"
    write_workbook(path, term(), outcome(), "nl")
    week = xml(path, "xl/worksheets/sheet5.xml")
    assert 'orientation="landscape"' in week
    assert 'fitToHeight="0"' in week
    assert 'paperSize="9"' in week
    assert "fitToPage" in week
    assert "$1:$4" in xml(path, "xl/workbook.xml")
    # Headings in row 3, six lines, thirteen columns.
    assert re.search(r'<autoFilter ref="A3:M9"', xml(path, "xl/worksheets/sheet2.xml"))


def test_people_and_schools_with_one_name_have_their_own_sheets(read):
    """Namesakes and a name like a fixed sheet each get a sheet, and the overview links to the right one."""
    people = [{**row, "name": "Lessen"} for row in TERM["professionals"]]
    sheets = read(professionals=people)
    assert list(sheets)[-2:] == ["Lessen (2)", "Lessen (3)"]
    assert sheets["Lessen (3)"][1][0] == "2 lessen"


def test_without_a_timetable(read):
    """A proved-impossible term has an overview that says so, all lessons open, and no sheets of people."""
    impossible = Outcome(status=Status.IMPOSSIBLE, lessons=LessonCount(total=7, filled=0, open=7))
    sheets = read(impossible)
    facts = {row[0]: row[1] for row in sheets["Overzicht"]}
    assert facts["Uitkomst"] == "bewezen onmogelijk"
    assert facts["Rooster"] == "Er is geen rooster; alle lessen staan open."
    assert list(sheets)[4:] == ["Lyceum Noord", "Techniek College- Zuid"]
    assert len(sheets["Open lessen"][3:]) == 7
    assert sheets["Lessen"][3:] == []


def test_a_lesson_until_midnight(read):
    """A lesson that ends at 24:00 keeps that time as text."""
    late = {"id": "en-ma", "course": "en", "weekday": "mon", "start": "22:00", "end": "24:00"}
    rows = [late if row["id"] == "en-ma" else row for row in TERM["lessons"]]
    assert read(outcome(given("en-ma", "bram")), lessons=rows)["Lessen"][3][6:8] == [time(22), "24:00"]


def test_in_english(read):
    """Sheets, headings and words are English."""
    sheets = read(lang="en")
    assert list(sheets)[:4] == ["Overview", "Lessons", "Open lessons", "Points"]
    assert sheets["Lyceum Noord"][3][1] == "Monday"


def test_same_outcome_same_bytes(tmp_path):
    """Writing twice gives the same file."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (first, second):
        write_workbook(path, term(), outcome(), "nl")
    assert first.read_bytes() == second.read_bytes()
