"""Sheets that hold several tables at once: lessons with their course, a person's week by kind, a person's status."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.fields import HalfDay, Weekday
from model.files import Loaded, read_term
from tests.files.places import folder, workbook

LESSONS = """les_id;vestiging;groep;vak;weken;dag;lesuur_van;lesuur_tot;lokaal;docent;niveau_vereist;fixatie;duo_met;min_docenten
l1;noord;h4a;wiskunde;37-38;ma;1;2;;;2e;n;;1
l2;noord;h4a;wiskunde;;di;1;;;anna;2e;j;;1
l3;noord;h4b;techniek;;wo;2;;B12;anna;;n;;2
"""

ABLE = {
    "professionals": "id;naam;bedrijf;breedtegraad;lengtegraad;open voor matching\nanna;Anna;vdl;51,44;5,40;ja",
    "bevoegdheden": "professional;vak;sector;niveau\nanna;wiskunde;vo;2e",
    "werk": None,
}
"""What Anna needs to give the lesson she is pinned to."""

WEEK = """professional;weken;dag;start;eind;soort;voorkeur
anna;;ma;08:00;17:00;bedrijf;
anna;37;ma;08:00;12:30;vrijgeroosterd;
anna;;do;;;vrij;2
anna;;vr;;;nooit;
anna;;wo;;;mogelijk;-1
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Loaded]:
    """A region of which only some files are stated; the others come from the sound region."""

    def of(**files: Any) -> Loaded:
        return read_term(folder(tmp_path / "regio", files))

    return of


def test_lessons_bring_their_courses_class_groups_and_rooms(read) -> None:
    """Two lessons of one group and subject are one course; the third is another, with two teachers."""
    term = read(lessen=LESSONS, cursussen=None, **ABLE).term
    assert term is not None
    assert [(row.id, row.subject, row.heads) for row in term.courses] == [
        ("noord-h4a-wiskunde", "wiskunde", 1),
        ("noord-h4b-techniek", "techniek", 2),
    ]
    assert [row.course for row in term.lessons] == ["noord-h4a-wiskunde"] * 2 + ["noord-h4b-techniek"]
    assert {row.name for row in term.class_groups if row.school == "noord"} >= {"h4a", "h4b"}
    assert term.lesson("l1").weeks == {37, 38}
    assert term.lesson("l3").room == "noord-B12"


def test_lessons_say_when_their_course_may_be_handed_over(read) -> None:
    """In a column of their own; a lesson that says something else belongs to another course."""
    first, *rows = LESSONS.splitlines()
    lines = [
        f"{first};overdrachtsweken",
        *(f"{row};{weeks}" for row, weeks in zip(rows, ("43,2", "43,2", ""), strict=True)),
    ]
    term = read(lessen="\n".join(lines), cursussen=None, **ABLE).term
    assert term is not None
    assert [row.handover_weeks for row in term.courses] == [{43, 2}, None]


def test_a_fixed_teacher_is_pinned_and_another_is_published(read) -> None:
    """«fixatie j» holds the teacher; «n» only says who was promised."""
    term = read(lessen=LESSONS, cursussen=None, **ABLE).term
    assert term is not None
    assert term.lesson("l2").pinned == ("anna",)
    assert term.lesson("l3").pinned == ()
    assert [(row.lesson, row.professional) for row in term.published] == [("l3", "anna")]


def test_availability_by_kind_is_told_apart(read) -> None:
    """Work, a release in one week, a day never, and two wishes."""
    term = read(beschikbaarheid=WEEK).term
    assert term is not None
    work = [row for row in term.work if (row.professional, row.start, row.end) == ("anna", 480, 1020)]
    assert [row.weekday for row in work if row.weekday is Weekday.MON]
    assert [(row.weekday, row.start, row.end, row.weeks) for row in term.releases if row.weeks] == [
        (Weekday.MON, 480, 750, {37})
    ]
    assert [row.weekday for row in term.unavailability] == [Weekday.FRI]
    assert [(row.weekday, row.value) for row in term.wishes] == [(Weekday.THU, 2), (Weekday.WED, -1)]


def test_a_wish_in_some_weeks_only_is_refused_where_it_stands(read) -> None:
    """Wishes hold all term; a week set beside one is not dropped in silence."""
    loaded = read(beschikbaarheid="professional;weken;dag;soort;voorkeur\nanna;37;ma;mogelijk;2\n")
    assert loaded.term is None
    (issue,) = loaded.issues
    assert (issue.code, issue.row, issue.column, issue.value) == ("weeks_not_here", 2, "B", "37")


def test_problems_keep_their_place(read) -> None:
    """An unknown kind, a wrong weekday and an unknown column, each where the file has it."""
    wrong = "professional;dag;soort;kleur\nanna;ma;soms;\nanna;mondag;nooit;\n"
    issues = read(beschikbaarheid=wrong).issues
    found = {(each.code, each.row, each.column) for each in issues}
    assert ("unknown_column", 1, "D") in found
    assert ("unknown_choice", 2, "C") in found
    assert any(row == 3 and column == "B" for _, row, column in found)
    for issue in issues:
        assert issue.sentence("nl")
        assert issue.hint("en")


def test_problems_of_a_lesson_keep_their_place(read) -> None:
    """A school nobody knows is told in the column of the school, in the row of the lesson."""
    loaded = read(lessen=LESSONS.replace("l3;noord", "l3;zuidd"), cursussen=None)
    assert loaded.term is None
    assert {(each.row, each.column) for each in loaded.issues if each.value == "zuidd"} == {(4, "B")}


def test_the_status_of_a_person_says_who_may_be_matched(tmp_path: Path) -> None:
    """Who stopped is not open for matching, whoever is promised is."""
    people = "id;naam;vervoer;status\nanna;Anna;auto;toegezegd\nbob;Bob;fiets;gestopt\n"
    term = read_term(folder(tmp_path / "regio", {"professionals": people})).term
    assert term is not None
    assert {row.id: row.open_for_matching for row in term.professionals} == {"anna": True, "bob": False}


def test_half_days_of_wishes_are_read(read) -> None:
    """A wish about a half-day."""
    term = read(beschikbaarheid="professional;dag;dagdeel;soort;voorkeur\nanna;do;ochtend;mogelijk;3\n").term
    assert term is not None
    assert [(row.weekday, row.half_day, row.value) for row in term.wishes if row.value == 3] == [
        (Weekday.THU, HalfDay.MORNING, 3)
    ]


def test_the_sound_region_is_not_compact(tmp_path: Path) -> None:
    """Ordinary sheets are read as before."""
    assert read_term(workbook(tmp_path / "regio.xlsx")).issues == ()
