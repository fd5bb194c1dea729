"""Plain rows for the terminal."""

from __future__ import annotations

from model.results import school_rows
from tests.results.region import TERM, given, outcome, term


def test_lines_of_a_school():
    """Each lesson is a line in the order of the week, open ones marked in words."""
    noord = school_rows(term(), outcome(), "nl")[0]
    assert [(row.day, row.time, row.what, row.who, row.weeks, row.open) for row in noord.lessons] == [
        ("ma", "08:30–09:20", "Wiskunde B 3h1", "Anna de Vries (wk 36-40), Bram Óśkar (wk 41-45)", "", False),
        ("ma", "08:30–09:20", "natuurkunde 4v2", "OPEN", "", True),
        ("wo", "08:30–10:10", "Wiskunde B 3h1", "Anna de Vries", "let op wk 42: 08:30–09:30", False),
        ("do", "09:20–10:10", "natuurkunde 4v2", "Anna de Vries", "wk 36-38, 41-44", False),
        ("vr", "10:30–11:20", "Wiskunde B 3h1", "Anna de Vries", "A-weken", False),
    ]


def test_open_lessons_have_reasons_and_other_times():
    """The open lesson of noord may also be given on Wednesday, and says why nobody gives it."""
    (row,) = school_rows(term(), outcome(), "nl")[0].open
    assert (row.lesson, row.must_fill, row.other_times, row.reasons) == (
        "na-ma",
        True,
        ("wo 10:30–11:20",),
        ("=2+3",),
    )


def test_a_half_staffed_lesson_cannot_move_any_more():
    """Once somebody gives a lesson at one of its times, the others are no longer offered."""
    courses = [row if row["id"] != "na" else {**row, "heads": 2} for row in TERM["courses"]]
    (row,) = school_rows(term(courses=courses), outcome(given("na-ma", "anna"), given("na-do", "anna")), "nl")[0].open[
        :1
    ]
    assert (row.lesson, row.missing, row.other_times) == ("na-ma", 1, ())


def test_what_matters_comes_first():
    """Zuid lists its open lessons by priority: normal before low, although low is earlier in the week."""
    zuid = school_rows(term(), outcome(), "nl")[1]
    assert [(row.lesson, row.priority) for row in zuid.open] == [("te-do", "normaal"), ("en-ma", "laag")]


def test_must_fill_comes_before_the_rest_of_its_priority():
    """Of two open lessons that matter as much, the one that must be staffed is first."""
    rows = [row if row["id"] != "wi-a" else {**row, "must_fill": True} for row in TERM["lessons"]]
    noord = school_rows(term(lessons=rows), outcome(given("na-ma", "anna")), "nl")[0]
    assert [row.lesson for row in noord.open] == ["na-do", "wi-a", "wi-ma", "wi-wo"]


def test_in_english():
    """English rows use English words."""
    noord = school_rows(term(), outcome(), "en")[0]
    assert (noord.lessons[0].day, noord.lessons[4].weeks, noord.open[0].priority) == ("Mon", "A weeks", "high")


def test_a_school_without_lessons_is_left_out():
    """Only schools with lessons have rows."""
    schools = [*TERM["schools"], {"id": "leeg", "name": "Leeg", "sector": "vo"}]
    assert [row.school for row in school_rows(term(schools=schools), outcome(), "nl")] == ["noord", "zuid"]
