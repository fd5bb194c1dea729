"""The many ways in which people write the same thing: each is read as what they mean."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from model.files import read_term, write_template, write_term
from model.issues import Severity
from model.lessons import Continuity
from model.people import TravelMode
from model.sites import DayKind
from model.term import Term
from tests.files.places import REGION, folder, json_file, workbook


@pytest.fixture
def term_of(tmp_path: Path) -> Callable[..., Term]:
    """The term of the sound region with these CSV files, which must give no error."""

    def read(**changes: str | bytes | None) -> Term:
        loaded = read_term(folder(tmp_path / "regio", changes))
        assert [issue for issue in loaded.issues if issue.severity is Severity.ERROR] == []
        assert loaded.term is not None
        return loaded.term

    return read


def test_the_sound_region_is_the_same_in_every_form(tmp_path: Path) -> None:
    """The region that all cases start from has no issue at all, as CSV files and as a workbook."""
    from_folder = read_term(folder(tmp_path / "regio"))
    from_workbook = read_term(workbook(tmp_path / "regio.xlsx"))
    assert from_folder.issues == from_workbook.issues == ()
    assert from_folder.term == from_workbook.term
    assert json_file(tmp_path / "regio.json").exists()
    assert read_term(tmp_path / "regio.json").term is not None


# Names of files and columns


def test_english_names(term_of: Callable[..., Term]) -> None:
    """Files and headers may be English, field names of the model."""
    term = term_of(lessen=None, lessons="id;course;weekday;first_period;must_fill\nl1;wis;mon;1;yes")
    assert term.lesson("l1").must_fill


@pytest.mark.parametrize("name", ["Lessen", "LESSEN", "lessons", "Les"])
def test_other_names_of_files(name: str, tmp_path: Path) -> None:
    """Case does not count, and tables have synonyms."""
    term = read_term(folder(tmp_path / "regio", {"lessen": None, name: REGION["lessen"]})).term
    assert term is not None
    assert len(term.lessons) == 1


@pytest.mark.parametrize(
    "header", ["lesuur_van", "Lesuur van", "LESUUR-VAN", "lesuur", "Uur", "first period", "first_period"]
)
def test_other_names_of_columns(header: str, term_of: Callable[..., Term]) -> None:
    """Case, spaces, underscores and hyphens do not count, and columns have synonyms."""
    assert term_of(lessen=f"les_id;cursus;dag;{header}\nl1;wis;ma;2").lesson("l1").first_period == "2"


@pytest.mark.parametrize("header", ["continuïteit", "continuiteit", "Continuïteit ", "continuity"])
def test_accents_in_headers(header: str, term_of: Callable[..., Term]) -> None:
    """Accents do not count."""
    term = term_of(cursussen=f"id;vestiging;vak;{header}\nwis;noord;wiskunde;vrij")
    assert term.course("wis").continuity is Continuity.FREE


def test_headers_of_the_published_file_descriptions(term_of: Callable[..., Term]) -> None:
    """Column names that school and company administrations use for people."""
    head = "id;naam;bedrijf;postcode;vervoer;max_reistijd_min;uren_bedrijf_week;max_lesuren_week;atw_uitzondering"
    person = term_of(professionals=f"{head}\nanna;Anna;vdl;5611AZ;ov;45;36,5;6;n").professional("anna")
    assert (person.max_travel_minutes, person.employer_hours_per_week, person.max_lessons_per_week) == (45, 36.5, 6)
    assert person.travel_mode is TravelMode.PUBLIC_TRANSPORT


# Text files


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separators(separator: str, term_of: Callable[..., Term]) -> None:
    """Semicolons, commas and tabs; a decimal comma then stands between quotation marks."""
    row = ["noord", '"Noord, aan de Dommel"', "vo", '"51,44"']
    text = "\n".join(separator.join(cells) for cells in (["id", "naam", "sector", "lat"], row))
    school = term_of(vestigingen=text).school("noord")
    assert (school.name, school.latitude) == ("Noord, aan de Dommel", 51.44)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str, term_of: Callable[..., Term]) -> None:
    """UTF-8 with or without mark, Windows-1252, and what a spreadsheet calls Unicode text."""
    assert term_of(bedrijven="id;naam\nvdl;Façade & Zoön €".encode(encoding)).employer("vdl").name == "Façade & Zoön €"


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_line_ends(line_end: str, term_of: Callable[..., Term]) -> None:
    """Windows, Unix and old Macintosh."""
    assert term_of(bedrijven=f"id;naam{line_end}vdl;VDL{line_end}asml;ASML{line_end}").employer("asml").name == "ASML"


def test_line_that_tells_the_separator(term_of: Callable[..., Term]) -> None:
    """Spreadsheets may begin a file with `sep=`."""
    assert term_of(bedrijven="sep=,\r\nid,naam\r\nvdl,VDL").employer("vdl").name == "VDL"


def test_spaces_blank_rows_and_lines_in_cells(term_of: Callable[..., Term]) -> None:
    """Spaces around a cell and empty rows do not count; a line break in quotation marks stays."""
    term = term_of(bedrijven='\n;;\n id ; naam \n;\n vdl ; "VDL\r\nGroep"\n;;\n')
    assert term.employer("vdl").name == "VDL\nGroep"


def test_notes_beside_the_tables(tmp_path: Path) -> None:
    """A file with explanations and other files that are no tables are passed over; a table in another form is named."""
    path = folder(tmp_path / "regio", {"toelichting": "zo werkt het", "leesmij.txt": "hallo", "lokalen.xlsx": b"PK"})
    loaded = read_term(path)
    assert loaded.term is not None
    assert [(issue.code, issue.severity.value, issue.value) for issue in loaded.issues] == [
        ("file_passed_over", "warning", "lokalen.xlsx")
    ]


# Cells


@pytest.mark.parametrize("text", ["31-08-2026", "31-8-2026", "31/08/2026", "31.08.2026", "2026-08-31", "20260831"])
def test_dates(text: str, term_of: Callable[..., Term]) -> None:
    """Dutch dates, ISO dates, and the form that timetable programs export."""
    assert term_of(term=f"id;van;tot\nt1;{text};05-02-2027").start == date(2026, 8, 31)


@pytest.mark.parametrize("text", ["8:30", "08:30", "08.30", "8u30", "8h30", "0830", "8:30 uur", "08:30:00"])
def test_clock_times(text: str, term_of: Callable[..., Term]) -> None:
    """Half past eight, 510 minutes after midnight, as people write it."""
    assert term_of(werk=f"professional;dag;start;eind\nanna;di;{text};24:00").work[0].start == 510


@pytest.mark.parametrize("text", ["di", "Di", "din", "dinsdag", "DINSDAG", "tue", "Tues", "Tuesday", " di "])
def test_weekdays(text: str, term_of: Callable[..., Term]) -> None:
    """Short or long, Dutch or English."""
    assert term_of(lessen=f"les_id;cursus;dag;lesuur\nl1;wis;{text};1").lesson("l1").weekday == "tue"


@pytest.mark.parametrize(
    ("text", "mode"),
    [("auto", "car"), ("Fiets", "bike"), ("e-bike", "ebike"), ("ebike", "ebike"), ("ov", "public_transport"), ("OV", "public_transport"), ("public transport", "public_transport"), ("car", "car")],
)  # fmt: skip
def test_transport(text: str, mode: str, term_of: Callable[..., Term]) -> None:
    """Dutch and English words for the same."""
    assert term_of(professionals=f"id;naam;vervoer\nanna;Anna;{text}").professional("anna").travel_mode == mode


@pytest.mark.parametrize("yes", ["ja", "j", "J", "x", "X", "1", "true", "waar", "yes", "y"])
@pytest.mark.parametrize("no", ["nee", "n", "0", "false", "onwaar", "no", ""])
def test_yes_and_no(yes: str, no: str, tmp_path: Path) -> None:
    """Everything that people tick; an empty cell is the usual answer, here no."""
    rows = f"les_id;cursus;dag;lesuur;verplicht\nl1;wis;ma;1;{yes}\nl2;wis;ma;2;{no}"
    term = read_term(folder(tmp_path / "regio", {"lessen": rows})).term
    assert term is not None
    assert [row.must_fill for row in term.lessons] == [True, False]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("vakantie", DayKind.HOLIDAY), ("feestdag", DayKind.PUBLIC_HOLIDAY), ("studiedag", DayKind.STUDY_DAY), ("toetsweek", DayKind.TEST_WEEK), ("sluiting", DayKind.CLOSURE), ("study day", DayKind.STUDY_DAY), ("public_holiday", DayKind.PUBLIC_HOLIDAY)],
)  # fmt: skip
def test_kinds_of_days(text: str, kind: DayKind, term_of: Callable[..., Term]) -> None:
    """The words of a school calendar."""
    assert term_of(kalender=f"van;tot;soort\n19-10-2026;23-10-2026;{text}").calendar_days[0].kind is kind


@pytest.mark.parametrize(
    ("text", "continuity"), [("zelfde", "same"), ("hoogstens", "at_most"), ("wens", "wished"), ("vrij", "free"), ("at most", "at_most")]
)  # fmt: skip
def test_continuity(text: str, continuity: str, term_of: Callable[..., Term]) -> None:
    """Who may share a course."""
    term = term_of(cursussen=f"id;vestiging;vak;continuiteit;max mensen\nwis;noord;wiskunde;{text};2")
    assert term.course("wis").continuity == continuity


@pytest.mark.parametrize(
    ("text", "part"),
    [("di-ochtend", "tue-morning"), ("dinsdag middag", "tue-afternoon"), ("Fri-evening", "fri-evening")],
)
def test_half_days_of_weekdays(text: str, part: str, term_of: Callable[..., Term]) -> None:
    """A half-day of a weekday in either language."""
    assert term_of(vraag=f"cursus;lesuren per week;dagdelen\nwis;4;{text}").demands[0].half_days == (part,)


@pytest.mark.parametrize(("text", "hours"), [("36,5", 36.5), ("36.5", 36.5), ("36", 36.0), ("36,0", 36.0)])
def test_decimals(text: str, hours: float, term_of: Callable[..., Term]) -> None:
    """Decimal comma or point."""
    term = term_of(professionals=f"id;naam;uren bedrijf per week\nanna;Anna;{text}")
    assert term.professional("anna").employer_hours_per_week == hours


@pytest.mark.parametrize("text", ["36,5+40+38", "36,5 + 40 + 38", "36.5 40 38", '"36,5;40;38"'])
def test_lists_of_numbers(text: str, term_of: Callable[..., Term]) -> None:
    """Plus signs, spaces or semicolons; a comma is the decimal one."""
    assert term_of(professionals=f"id;naam;uren vooraf\nanna;Anna;{text}").professional("anna").hours_before == (
        36.5,
        40,
        38,
    )


@pytest.mark.parametrize(
    ("text", "skills"),
    [("lassen,frezen", ("lassen", "frezen")), ("lassen + frezen", ("lassen", "frezen")), ("lassen", ("lassen",)), ("lassen,,", ("lassen",)), ("C++", ("C++",)), ("C++,R", ("C++", "R")), ('"""R+D"", BHV"', ("R+D", "BHV")), ('"a\nb"', ("a", "b")), ('"5"" pijp"', ('5" pijp',))],
)  # fmt: skip
def test_lists(text: str, skills: tuple[str, ...], term_of: Callable[..., Term]) -> None:
    """Commas or plus signs between items; quotation marks around an item that has them."""
    assert term_of(professionals=f"id;naam;vaardigheden\nanna;Anna;{text}").professional("anna").skills == skills


# Lesson periods and weeks


@pytest.mark.parametrize("text", ["2-3", "2 - 3", "2–3", "2 t/m 3"])
def test_run_of_lesson_periods(text: str, term_of: Callable[..., Term]) -> None:
    """A run in the column of the first lesson period fills in the last one too."""
    lesson = term_of(lessen=f"les_id;cursus;dag;lesuur\nl1;wis;ma;{text}").lesson("l1")
    assert (lesson.first_period, lesson.last_period) == ("2", "3")


def test_lesson_period_with_a_hyphen_of_its_own(term_of: Callable[..., Term]) -> None:
    """A label of the school's own grid is no run."""
    grid = f"{REGION['lestijden']}\nnoord;2-3;9:20;11:20\nnoord;a-b;12:00;13:00\nnoord;c;13:00;14:00"
    term = term_of(lestijden=grid, lessen="les_id;cursus;dag;lesuur\nl1;wis;ma;2-3\nl2;wis;ma;a-b - c")
    assert [(row.first_period, row.last_period) for row in term.lessons] == [("2-3", None), ("a-b", "c")]


def weeks_of(term: Term) -> list[int]:
    """Weeks of the one lesson."""
    return sorted(term.lessons[0].weeks or ())


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("36-38", [36, 37, 38]), ("36-37,44", [36, 37, 44]), ("36 t/m 37 + 44", [36, 37, 44]), ("wk 36, 38", [36, 38]), ("51-2", [1, 2, 51, 52, 53]), ("36", [36])],
)  # fmt: skip
def test_sets_of_weeks(text: str, weeks: list[int], term_of: Callable[..., Term]) -> None:
    """Ranges, also over New Year, and single weeks; the week 53 that a range passes does not count where it is not."""
    assert weeks_of(term_of(lessen=f"les_id;cursus;dag;lesuur;weken\nl1;wis;ma;1;{text}")) == weeks


@pytest.mark.parametrize("text", ["A", "a", "A-week"])
def test_week_pattern_of_the_school(text: str, term_of: Callable[..., Term]) -> None:
    """The lesson's school has A weeks of its own; it is found through the course."""
    patterns = f"naam;vestiging;weken\n{text};zuid;37,39\n{text};noord;36,38\n{text};;1"
    schools = f"{REGION['vestigingen']}\nzuid;Zuid;vo;51,4;5,4"
    lessons = f"les_id;cursus;dag;lesuur;weken\nl1;wis;ma;1;{text}, 44"
    assert weeks_of(term_of(vestigingen=schools, weekpatronen=patterns, lessen=lessons)) == [36, 38, 44]


def test_week_pattern_of_everybody(term_of: Callable[..., Term]) -> None:
    """A row without a school means the pattern without one, or the only one of that name."""
    patterns = "naam;vestiging;weken\nA;noord;36,38\nA;;37,39\nblok;noord;40-42"
    term = term_of(weekpatronen=patterns, afwezigheid="professional;dag;weken\nanna;ma;A\nanna;wo;blok")
    assert [sorted(row.weeks or ()) for row in term.unavailability] == [[37, 39], [40, 41, 42]]


@pytest.mark.parametrize(("text", "rest"), [("even", 0), ("oneven", 1), ("odd", 1), ("Even weken", 0)])
def test_even_and_odd_weeks(text: str, rest: int, term_of: Callable[..., Term]) -> None:
    """Weeks of the term with such a number: 36 to 53 and 1 to 5."""
    found = weeks_of(term_of(lessen=f"les_id;cursus;dag;lesuur;weken\nl1;wis;ma;1;{text}"))
    assert found == [week for week in range(1, 54) if week % 2 == rest and (week >= 36 or week <= 5)]


@pytest.mark.parametrize("text", ["P1", "p1", "Periode 1", "P1, 49"])
def test_weeks_of_a_period(text: str, term_of: Callable[..., Term]) -> None:
    """The id or name of a period means the weeks it touches: Wednesday of week 38 to Friday of week 40."""
    periods = "id;naam;van;tot\nP1;Periode 1;16-09-2026;02-10-2026"
    found = weeks_of(term_of(tijdvakken=periods, lessen=f"les_id;cursus;dag;lesuur;weken\nl1;wis;ma;1;{text}"))
    assert found == [38, 39, 40] + [49] * ("49" in text)


def test_period_of_the_school(term_of: Callable[..., Term]) -> None:
    """North's own period goes before that of everybody; the other school's does not count."""
    periods = "id;naam;vestiging;van;tot\nP1;Blok;;31-08-2026;04-09-2026\nP2;Blok;noord;07-09-2026;18-09-2026"
    periods += "\nP3;Blok;zuid;21-09-2026;02-10-2026"
    schools = f"{REGION['vestigingen']}\nzuid;Zuid;vo;51,4;5,4"
    lessons = "les_id;cursus;dag;lesuur;weken\nl1;wis;ma;1;Blok"
    away = "professional;dag;weken\nanna;ma;Blok"
    term = term_of(vestigingen=schools, tijdvakken=periods, lessen=lessons, afwezigheid=away)
    assert weeks_of(term) == [37, 38]
    assert sorted(term.unavailability[0].weeks or ()) == [36]


# What workbooks hold


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [(time(8, 30), 510), (8.5 / 24, 510), (830, 510), ("8:30", 510), (0, 0), (timedelta(hours=8, minutes=30), 510), (1015, 615)],
)  # fmt: skip
def test_clock_times_in_workbooks(cell: Any, minutes: int, tmp_path: Path) -> None:
    """A time, a part of a day with or without layout, digits, or text."""
    rows = [["professional", "dag", "start", "eind"], ["anna", "di", cell, time(17)]]
    term = read_term(workbook(tmp_path / "regio.xlsx", {"werk": rows})).term
    assert term is not None
    assert (term.work[0].start, term.work[0].end) == (minutes, 17 * 60)


def test_typed_cells_in_workbooks(tmp_path: Path) -> None:
    """Numbers as ids and labels, dates, truth values, and the result of a formula."""
    sheets = {
        "term": [["id", "van", "tot"], [2026, date(2026, 8, 31), 20270205]],
        "Bedrijven": [["id", "naam"], [12, '="V"&"DL" -> VDL']],
        "bedrijven": None,
        "professionals": [["id", "naam", "bedrijf", "uren vooraf", "atw-uitzondering"], ["anna", 7, 12.0, 36.5, True]],
        "lessen": [["les_id", "cursus", "dag", "lesuur", "weken"], [1, "wis", "ma", 2.0, 36]],
    }
    term = read_term(workbook(tmp_path / "regio.xlsx", sheets)).term
    assert term is not None
    assert (term.id, term.start, term.end) == ("2026", date(2026, 8, 31), date(2027, 2, 5))
    person = term.professional("anna")
    assert (person.name, person.employer, person.hours_before, person.atw_exempt) == ("7", "12", (36.5,), True)
    assert (term.employer("12").name, term.lesson("1").first_period, weeks_of(term)) == ("VDL", "2", [36])


def test_sheets_that_are_no_tables(tmp_path: Path) -> None:
    """An explanation and an empty sheet, as every new workbook has, are passed over."""
    sheets = {"Toelichting": [["zo werkt het"]], "Blad1": [], "Uitleg ": None}
    assert read_term(workbook(tmp_path / "regio.xlsx", sheets)).issues == ()


def test_written_workbook_is_for_people(tmp_path: Path) -> None:
    """Dutch names and words; only columns that are used, and no ids that follow from the row."""
    term = read_term(folder(tmp_path / "regio")).term
    assert term is not None
    write_term(term, tmp_path / "uit")
    assert (tmp_path / "uit" / "werk.csv").read_bytes().decode("utf-8-sig") == (
        "professional;dag;start;eind\r\nanna;di;08:00;17:00\r\n"
    )
    assert "vestiging;lesuur;start;eind" in (tmp_path / "uit" / "lestijden.csv").read_text("utf-8-sig")
    write_term(term, tmp_path / "uit", "en")
    assert not (tmp_path / "uit" / "werk.csv").exists()
    assert (tmp_path / "uit" / "work.csv").read_text("utf-8-sig").startswith("professional;weekday;start;end")
    assert read_term(tmp_path / "uit").term == term


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_filled_in_template_is_read(lang: str, tmp_path: Path) -> None:
    """Cells typed into the empty workbook give a term; sheets that stay empty are passed over."""
    path = tmp_path / "leeg.xlsx"
    write_template(path, lang)
    assert [issue.code for issue in read_term(path).issues] == ["no_settings"]
    # Sheet 1 is the explanation and sheet 2 the settings: id, name, first day, last day.
    typed = b"".join(
        b'<c r="%s2" t="inlineStr"><is><t>%s</t></is></c>' % cell
        for cell in ((b"A", b"t1"), (b"B", b"Regio"), (b"C", b"31-08-2026"), (b"D", b"05-02-2027"))
    )
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet2.xml"]
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(b"</sheetData>", b'<row r="2">%s</row></sheetData>' % typed)
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    loaded = read_term(path)
    assert loaded.issues == ()
    assert loaded.term == Term(id="t1", name="Regio", start=date(2026, 8, 31), end=date(2027, 2, 5))
