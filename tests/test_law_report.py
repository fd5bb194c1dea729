"""How close people come to the law, and who may read it: Anna works Mondays and Tuesdays, and teaches on Monday evening."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from model.access import Reader, ReaderRole, may_see_hours
from model.files import write_term
from model.law_report import LawLine, Measure, law_report
from model.term import Term
from service.shell.cli import app
from service.shell.law import reader_of
from tests.regions import lesson, licence, person, small_term, table, work, worker

CLASS = lesson("class", None, start="18:00", end="21:30", weeks="38")


def region(**tables: Any) -> Term:
    """8.5 hours on Monday 08:00-17:00, 3 hours from 09:00 on Tuesday, and a class of 3.5 hours on Monday 14 September."""
    people = [worker("anna", hours_before=[48] * 14 + [56]), person("ben")]
    blocks = [work("anna"), work("anna", "09:00", "12:00", weekday="tue")]
    return small_term(**{"professionals": people, "work": blocks, "lessons": [CLASS], **tables})


def lines(term: Term, *rows: Any) -> dict[Measure, LawLine]:
    (report,) = law_report(term, table(*rows))
    return {line.measure: line for line in report.lines}


def test_the_worst_of_each_measure_with_limit_margin_and_dates() -> None:
    """What a person works is counted by hand."""
    found = lines(region(), "class")
    # 14 x 48 + 56 + 11.5 = 739.5 hours in the first window, 13 x 48 + 56 + 11.5 + 15 = 706.5 in the second.
    average = found[Measure.SIXTEEN_WEEKS]
    assert (average.value, average.limit, average.margin) == (2774, 2880, 106)
    assert (average.first, average.last) == (date(2026, 5, 24), date(2026, 9, 12))
    week = found[Measure.WEEK]
    assert (week.value, week.limit, week.margin) == (15 * 60, 60 * 60, 45 * 60)
    assert (week.first, week.last) == (date(2026, 9, 13), date(2026, 9, 19))
    rest = found[Measure.REST]
    # 21:30 to 09:00.
    assert (rest.value, rest.limit, rest.margin) == (690, 660, 30)
    assert (rest.first, rest.last) == (date(2026, 9, 14), date(2026, 9, 15))
    shift = found[Measure.SHIFT]
    assert (shift.value, shift.limit, shift.margin) == (720, 720, 0)
    assert (shift.first, shift.last) == (date(2026, 9, 14), date(2026, 9, 14))
    assert "5:3" in rest.source
    assert Measure.GUEST not in found


def test_the_rest_after_a_night_at_work_counts_too() -> None:
    """Work from Monday 22:00 to Tuesday 06:00 and a class at 13:00 that day: 7 hours."""
    blocks = [work("anna", "22:00", "24:00"), work("anna", "00:00", "06:00", weekday="tue")]
    noon = lesson("class", None, weekday="tue", start="13:00", end="15:00", weeks="38")
    rest = lines(region(work=blocks, lessons=[noon]), "class")[Measure.REST]
    assert (rest.value, rest.first, rest.last) == (420, date(2026, 9, 15), date(2026, 9, 15))


def test_only_who_teaches_is_in_the_report() -> None:
    """Ben is, when he gives the class; nobody is without lessons."""
    assert [each.professional for each in law_report(region(), table(("class", "ben")))] == ["ben"]
    assert law_report(region(), table()) == ()


def test_too_little_rest_has_a_margin_below_zero() -> None:
    """Work at 08:00 on Tuesday leaves 10.5 hours."""
    blocks = [work("anna"), work("anna", "08:00", "12:00", weekday="tue")]
    rest = lines(region(work=blocks), "class")[Measure.REST]
    assert (rest.value, rest.margin) == (630, -30)


def test_a_shift_may_run_past_midnight() -> None:
    """18:00-24:00, a lesson so long that half an hour of it is a break, and 00:00-04:00 are one; there is no rest between."""
    blocks = [work("anna", "00:00", "04:00", weekday="tue")]
    found = lines(region(work=blocks, lessons=[lesson("class", None, start="18:00", end="24:00")]), "class")
    assert (found[Measure.SHIFT].value, found[Measure.SHIFT].last) == (570, date(2026, 9, 8))
    assert Measure.REST not in found


def test_limits_are_those_that_are_set() -> None:
    """An employer whose people rest longer."""
    rules = [{"rule": "daily_rest", "employer": "works", "parameter": "rest_minutes", "value": "700"}]
    assert lines(region(rules=rules), "class")[Measure.REST].margin == -10


def test_the_budget_of_a_guest_teacher_by_board() -> None:
    """6 x 38 hours a year, of which 600 minutes are used and 210 given in this term."""
    tables = {
        "licences": [licence("anna", level="gast")],
        "engagements": [{"professional": "anna", "board": "board", "guest_minutes_used": 600}],
    }
    guest = lines(region(**tables), "class")[Measure.GUEST]
    assert (guest.board, guest.value, guest.limit) == ("board", 810, 6 * 38 * 60)
    assert guest.first is None


# Who may read it


@pytest.mark.parametrize(
    ("role", "of", "sees"),
    [
        (ReaderRole.ADMIN, (), True),
        (ReaderRole.COORDINATOR, (), False),
        (ReaderRole.PROFESSIONAL, ("anna",), True),
        (ReaderRole.PROFESSIONAL, ("ben",), False),
        (ReaderRole.EMPLOYER, ("works",), True),
        (ReaderRole.EMPLOYER, ("others",), False),
        (ReaderRole.TIMETABLER, ("north",), True),
        (ReaderRole.TIMETABLER, ("south",), False),
    ],
)
def test_hours_are_for_the_person_and_both_employers(role: ReaderRole, of: tuple[str, ...], *, sees: bool) -> None:
    """Anna works for works and teaches at north."""
    assert may_see_hours(region(), Reader(role, frozenset(of)), "anna", {"north"}) is sees


@pytest.mark.parametrize(
    ("said", "reader"),
    [
        ("admin", Reader(ReaderRole.ADMIN)),
        ("employer:works", Reader(ReaderRole.EMPLOYER, frozenset({"works"}))),
        ("timetabler:north,south", Reader(ReaderRole.TIMETABLER, frozenset({"north", "south"}))),
        ("employer:north", None),
        ("employer", None),
        ("coordinator:north", None),
        ("boss", None),
    ],
)
def test_readers_are_named_with_what_is_theirs(said: str, reader: Reader | None) -> None:
    """A role and ids of the term."""
    assert reader_of(region(), said) == reader


@pytest.fixture
def check(tmp_path):
    """Runs `check` on the class given by Anna, with work at 08:00 on Tuesday."""
    blocks = [work("anna"), work("anna", "08:00", "12:00", weekday="tue")]
    write_term(region(work=blocks), tmp_path / "term.json")
    (tmp_path / "made.csv").write_text("les;professional\nclass;anna\n", "utf-8")
    runner = CliRunner()

    def run(*options: str) -> Any:
        arguments = ["check", str(tmp_path / "term.json"), str(tmp_path / "made.csv"), *options]
        return runner.invoke(app, arguments, catch_exceptions=False)

    return run


def test_check_shows_the_report_as_a_table(check) -> None:
    """Values with limits and where, and the articles beneath."""
    result = check()
    assert result.exit_code == 1
    for said in ("kortste rust", "10:30 / 11:00 (14-9 – 15-9)", "12:00 / 12:00 (14-9)", "Arbeidstijdenwet 5:3"):
        assert said in result.stdout
    assert "shortest rest" in check("--lang", "en").stdout


def test_check_gives_the_report_as_data(check) -> None:
    """Minutes, limit, margin, dates and source of each measure."""
    (anna,) = json.loads(check("--json").stdout)["law"]
    assert (anna["professional"], anna["exempt"]) == ("anna", False)
    (rest,) = [line for line in anna["lines"] if line["measure"] == "rest"]
    assert rest.pop("source").startswith("Arbeidstijdenwet 5:3")
    assert rest == {
        "measure": "rest",
        "board": None,
        "kept": False,
        "minutes": 630,
        "limit": 660,
        "margin": -30,
        "first": "2026-09-14",
        "last": "2026-09-15",
    }


def test_who_may_not_see_hours_reads_only_whether_the_law_is_kept(check) -> None:
    """No figure of the report, nor of the breach, reaches a coordinator; the person's employer reads all."""
    found = json.loads(check("--json", "--as", "coordinator", "--lang", "en").stdout)
    assert {key for line in found["law"][0]["lines"] for key in line} == {"measure", "board", "kept", "source"}
    (breach,) = found["breaches"]
    assert (breach["rule"], breach["size"]) == ("daily_rest", None)
    assert breach["sentence"] == ("Daily rest: for Anna it is not as the law asks; the hours are not for this reader.")
    shown = check("--as", "coordinator").stdout
    assert "10:30" not in shown
    assert "10,5" not in shown
    assert "mag niet" in shown
    assert json.loads(check("--json", "--as", "employer:works").stdout)["breaches"][0]["size"] == 30


def test_an_unknown_reader_is_refused(check) -> None:
    """Exit 2, with what may be written."""
    result = check("--as", "employer:nobody")
    assert result.exit_code == 2
    assert "«employer:nobody»" in result.stderr
