"""School holidays in the form of the government become calendar days of schools."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from model.calendar import Calendar
from model.files import read_term, write_term
from model.files.holidays import Holiday, Region, add_holidays, read_holidays
from model.issues import Issue
from model.term import Term
from service.shell.cli import app
from tests.regions import grid, school, small_term

AUTUMN_SOUTH = ("zuid   ", "2026-10-16T22:00:00.000Z", "2026-10-24T22:00:00.000Z")
"""Midnight of 17 and of 25 October in the Netherlands, when summer time still holds at midnight of the 25th."""


def vacation(name: str, *regions: tuple[str, str, str], compulsory: str = "false") -> dict[str, Any]:
    rows = [{"region": region, "startdate": start, "enddate": end} for region, start, end in regions]
    return {"type": f"  {name}\n", "compulsorydates": f"{compulsory} ", "regions": rows}


AUTUMN = vacation("Herfstvakantie", ("noord", "2026-10-09T22:00:00.000Z", "2026-10-17T22:00:00.000Z"), AUTUMN_SOUTH)
CHRISTMAS = vacation(
    "Kerstvakantie", ("heel Nederland", "2026-12-18T23:00:00.000Z", "2027-01-02T23:00:00.000Z"), compulsory="true"
)


def published(folder: Path, *vacations: Any) -> Path:
    path = folder / "vakanties.json"
    path.write_text(json.dumps({"content": [{"title": "x", "vacations": list(vacations)}]}), "utf-8")
    return path


def places(issues: tuple[Issue, ...]) -> list[tuple[str, str | None, str | None, str | None]]:
    assert all(
        "{" not in said
        for issue in issues
        for lang in ("nl", "en")
        for said in (issue.sentence(lang), issue.hint(lang))
    )
    return [(issue.code, issue.file, issue.column, issue.value) for issue in issues]


# Reading


def test_moments_in_utc_are_days_in_the_netherlands(tmp_path: Path) -> None:
    """22:00 UTC in summer and 23:00 in winter are midnight of the next day; texts lose the spaces around them."""
    read = read_holidays(published(tmp_path, AUTUMN, CHRISTMAS), Region.SOUTH)
    assert read.holidays == (
        Holiday("Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25), compulsory=False),
        Holiday("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3), compulsory=True),
    )
    assert read.issues == ()


def test_each_region_has_its_own_dates(tmp_path: Path) -> None:
    """North is a week earlier; a holiday that does not name a region warns where."""
    read = read_holidays(published(tmp_path, AUTUMN), Region.NORTH)
    assert read.holidays is not None
    assert [(each.start.day, each.end.day) for each in read.holidays] == [(10, 18)]
    read = read_holidays(published(tmp_path, CHRISTMAS, AUTUMN), Region.MIDDLE)
    assert read.holidays is not None
    assert [each.name for each in read.holidays] == ["Kerstvakantie"]
    where = "$.content[0].vacations[1]"
    assert places(read.issues) == [("holiday_elsewhere", "vakanties.json", where, "Herfstvakantie")]


def test_plain_dates_and_lists_of_school_years_are_read_too(tmp_path: Path) -> None:
    """Dates without a time are the days they say."""
    path = tmp_path / "vakanties.json"
    years = [{"content": [{"vacations": [vacation("A", ("zuid", "2026-10-17", "2026-10-25"))]}]}] * 2
    path.write_text(json.dumps(years), "utf-8")
    read = read_holidays(path, Region.SOUTH)
    assert read.holidays == (Holiday("A", date(2026, 10, 17), date(2026, 10, 25), compulsory=False),)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (("zuiid", *AUTUMN_SOUTH[1:]), ("holiday_region", "region", "zuiid")),
        (("zuid", "morgen", AUTUMN_SOUTH[2]), ("holiday_date", "startdate", "morgen")),
        (("zuid", AUTUMN_SOUTH[1], ""), ("holiday_date", "enddate", "")),
        (("zuid", AUTUMN_SOUTH[2], AUTUMN_SOUTH[1]), ("end_before_start", "enddate", "2026-10-17")),
    ],
    ids=str,
)
def test_what_is_wrong_is_told_with_its_place(
    row: tuple[str, str, str], problem: tuple[str, str, str], tmp_path: Path
) -> None:
    """Nothing is read by halves: one wrong row and there are no holidays."""
    read = read_holidays(published(tmp_path, CHRISTMAS, vacation("Herfst", row)), Region.SOUTH)
    assert read.holidays is None
    code, field, value = problem
    where = f"$.content[0].vacations[1].regions[0].{field}"
    assert places(read.issues)[0] == (code, "vakanties.json", where, value)


@pytest.mark.parametrize("data", ['{"content": []}', "[1]", '"x"', '{"content": [{"vacations": {}}]}'])
def test_another_file_is_refused(data: str, tmp_path: Path) -> None:
    """JSON of another form, all of it at once."""
    path = tmp_path / "vakanties.json"
    path.write_text(data, "utf-8")
    read = read_holidays(path, Region.SOUTH)
    assert (read.holidays, read.readable) == (None, True)
    assert places(read.issues)[0][:3] == ("not_holidays", "vakanties.json", "$")


def test_strange_values_are_problems_and_no_crash(tmp_path: Path) -> None:
    """Numbers, lists and nothing where texts and objects should be."""
    odd = [3, None, {"regions": [4, {"region": 5, "startdate": [], "enddate": {}}]}, {"type": [], "regions": "x"}]
    read = read_holidays(published(tmp_path, *odd), Region.SOUTH)
    assert read.holidays is None
    assert {issue.code for issue in read.issues} == {"holiday_region", "holiday_elsewhere", "not_a_list"}
    assert places(read.issues)[0][2] == "$.content[0].vacations[0].regions"


def test_a_file_that_is_not_there_or_no_json_is_unreadable(tmp_path: Path) -> None:
    """As with every other file."""
    assert not read_holidays(tmp_path / "none.json", Region.SOUTH).readable
    (tmp_path / "text.json").write_text("vakantie", "utf-8")
    assert not read_holidays(tmp_path / "text.json", Region.SOUTH).readable


# Into a term

SOUTH = (
    Holiday("Herfstvakantie", date(2026, 10, 17), date(2026, 10, 25), compulsory=False),
    Holiday("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3), compulsory=True),
)


def year(*calendar_days: dict[str, Any], **tables: Any) -> Term:
    """From 7 September to 20 December, so that Christmas begins in it; vo school north and mbo school roc."""
    schools = [school("north"), school("roc", sector="mbo")]
    values = {"schools": schools, "time_grids": grid("north"), "travel_times": [], "calendar_days": list(calendar_days)}
    return small_term(end="2026-12-20", **{**values, **tables})


def test_schools_get_the_holidays_of_the_term() -> None:
    """North is closed in week 43 and on the last weekend; the mbo school decides for itself, unless asked."""
    filled = add_holidays(year(), SOUTH)
    assert [(row.school, row.kind.value, str(row.start), row.name) for row in filled.added] == [
        ("north", "holiday", "2026-10-17", "Herfstvakantie"),
        ("north", "holiday", "2026-12-19", "Kerstvakantie"),
    ]
    calendar = Calendar(filled.term)
    assert (calendar.lesson_days("north") & calendar.weeks[43]) == 0
    assert (calendar.lesson_days("roc") & calendar.weeks[43]) == calendar.weeks[43]
    assert {row.school for row in add_holidays(year(), SOUTH, with_mbo=True).added} == {"north", "roc"}
    assert {row.school for row in add_holidays(year(), SOUTH, schools=["roc"]).added} == {"roc"}


def test_holidays_outside_the_term_and_those_already_there_are_not_added() -> None:
    """Two weeks in September have none; a second time adds nothing; nor does a holiday for everybody."""
    assert add_holidays(small_term(), SOUTH).added == ()
    once = add_holidays(year(), SOUTH)
    twice = add_holidays(once.term, SOUTH)
    assert (twice.term, twice.added, twice.issues) == (once.term, (), ())
    everybody = {"start": "2026-10-17", "end": "2026-10-25", "kind": "holiday"}
    assert [row.name for row in add_holidays(year(everybody), SOUTH).added] == ["Kerstvakantie"]
    employers = everybody | {"employer": "works"}
    assert len(add_holidays(year(employers), SOUTH).added) == 2


def test_a_school_s_own_holiday_goes_before_an_advised_one() -> None:
    """A week earlier in autumn stays, and is said; a compulsory one is added to days of its own."""
    own = {"school": "north", "start": "2026-10-10", "end": "2026-10-18", "kind": "holiday"}
    filled = add_holidays(year(own), SOUTH)
    assert [row.name for row in filled.added] == ["Kerstvakantie"]
    (kept,) = filled.issues
    assert (kept.code, kept.table, kept.index) == ("holiday_kept", "calendar_days", 0)
    assert "North" in kept.sentence("nl")
    christmas = {"school": "north", "start": "2026-12-20", "end": "2027-01-03", "kind": "holiday"}
    assert [row.name for row in add_holidays(year(christmas), SOUTH).added] == ["Herfstvakantie", "Kerstvakantie"]
    far = {"school": "north", "start": "2026-09-21", "end": "2026-10-02", "kind": "holiday"}
    study = {"school": "north", "start": "2026-10-16", "end": "2026-10-16", "kind": "study_day"}
    assert len(add_holidays(year(far, study), SOUTH).added) == 2


# From the shell


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_adds_them_to_the_file(tmp_path: Path) -> None:
    """Over the term itself, or to another file; said in words or as data."""
    write_term(year(), tmp_path / "term.json")
    file = published(tmp_path, AUTUMN, CHRISTMAS)
    other = tmp_path / "new" / "term.xlsx"
    code, said, _ = run("holidays", file, tmp_path / "term.json", "--region", "zuid", "--out", other)
    assert code == 0
    assert "North: Herfstvakantie, 17 oktober 2026 t/m 25 oktober 2026" in said
    assert "Vakanties toegevoegd: 2." in said
    written = read_term(other).term
    assert written is not None
    assert len(written.calendar_days) == 2
    assert read_term(tmp_path / "term.json").term == year()
    code, said, _ = run("holidays", file, tmp_path / "term.json", "--region", "zuid", "--mbo", "--json")
    assert code == 0
    assert len(json.loads(said)["added"]) == 4
    code, said, _ = run("holidays", file, tmp_path / "term.json", "--region", "zuid", "--mbo", "--lang", "en")
    assert (code, "Nothing was added" in said) == (0, True)


def test_the_command_refuses_what_it_cannot_use(tmp_path: Path) -> None:
    """A wrong file, an unreadable one, an unknown region, an unknown school: nothing is written."""
    term = tmp_path / "term.json"
    write_term(year(), term)
    before = term.read_bytes()
    assert run("holidays", published(tmp_path, 3), term, "--region", "zuid")[0] == 1
    assert run("holidays", tmp_path / "none.json", term, "--region", "zuid")[0] == 2
    good = published(tmp_path, AUTUMN)
    assert run("holidays", good, term, "--region", "oost")[0] == 2
    code, _, complaint = run("holidays", good, term, "--region", "zuid", "--school", "noord")
    assert (code, "noord" in complaint) == (2, True)
    assert run("holidays", good, term, "--region", "zuid", "--out", tmp_path / "term.pdf")[0] == 2
    assert term.read_bytes() == before
