"""Warnings about what nobody can do, and about facts that contradict each other."""

from __future__ import annotations

from typing import Any

import pytest

from model.calendar import Calendar
from model.checks_supply import supply_warnings
from model.checks_warnings import warnings
from model.issues import Severity
from tests.regions import course, journeys, lesson, licence, person, release, small_term, work, worker

Told = list[tuple[str, str | None, int | None, str | None, str | None]]


def told(**tables: Any) -> Told:
    """Codes, places and values of the warnings; each has its words."""
    term = small_term(**tables)
    found = list(supply_warnings(term, Calendar(term)))
    for issue in found:
        assert issue.severity is Severity.WARNING
        assert all("{" not in said for lang in ("nl", "en") for said in (issue.sentence(lang), issue.hint(lang)))
        assert issue.hint("nl").startswith("Misschien")
        assert issue in list(warnings(term))
    return [(issue.code, issue.table, issue.index, issue.field, issue.value) for issue in found]


def test_an_ordinary_term_is_not_odd() -> None:
    """Somebody is licensed and near; somebody is released when available."""
    assert told() == []
    assert told(professionals=[worker("anna")], work=[work("anna")], releases=[release("anna", "morning")]) == []
    assert told(professionals=[], licences=[]) == []


# Nobody licensed

NOBODY = [("nobody_licensed", "courses", 0, "subject", "techniek")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([licence("anna")], []),
        ([licence("anna", "TECHNIEK", level="gast")], []),
        ([licence("anna", valid_from="2026-09-20")], []),  # on the last day of the term
        ([licence("anna", valid_to="2026-09-06")], NOBODY),  # before its first
        ([licence("anna", "engels")], NOBODY),
        ([licence("anna", sector="mbo")], NOBODY),
        ([], NOBODY),
    ],
)
def test_a_course_nobody_is_licensed_for(rows: list[Any], expected: Told) -> None:
    """Subject, sector and dates of the licence decide; that it ends on the way is another warning."""
    assert told(licences=rows) == expected


def test_a_level_that_nobody_has() -> None:
    """One warning for all courses that ask the same; none where a course has no lessons."""
    courses = [course(f"c{number}", required_licence=["1e"]) for number in range(3)]
    lessons = [lesson("l0", course="c0"), lesson("l1", "2", course="c1")]
    second = [licence("anna", level="2e")]
    assert told(courses=courses, lessons=lessons, licences=second) == NOBODY
    assert told(courses=courses, lessons=lessons, licences=[licence("anna")]) == []
    assert told(courses=courses, lessons=[], licences=second) == []


def test_who_stands_beside_a_teacher_needs_no_licence() -> None:
    """As the rule has it."""
    duo = [{"professional": "anna", "subject": "techniek", "stage": "duo"}]
    assert told(licences=[], stages=duo) == []
    assert told(licences=[], stages=[{**duo[0], "subject": "engels"}]) == NOBODY


# Nobody near

FAR = [("school_unreachable", "schools", 0, "name", "North")]


def test_a_school_that_is_too_far_for_everybody() -> None:
    """North is 20 minutes away: who travels so long, or without limit, reaches it."""
    assert told(professionals=[person("anna", max_travel_minutes=20)]) == []
    assert told(professionals=[person("anna", max_travel_minutes=19)]) == FAR
    assert told(professionals=[person("anna", max_travel_minutes=19), person("bob")]) == []
    unlicensed = [person("anna", max_travel_minutes=19), person("bob")]
    assert told(professionals=unlicensed, licences=[licence("anna")]) == FAR


def test_a_school_is_not_too_far_where_that_is_unknown_or_allowed() -> None:
    """Unknown places are told of elsewhere; a waiver, or a rule that is off, lets somebody come."""
    near = [person("anna", max_travel_minutes=19)]
    assert told(professionals=near, travel_times=[]) == []
    assert told(professionals=near, rules=[{"rule": "travel_limit", "enabled": False}]) == []
    waiver = {
        "rule": "travel_limit",
        "professional": "anna",
        "by": "Eva",
        "reason": "eenmalig",
        "decided": "2026-09-01",
    }
    assert told(professionals=near, waivers=[waiver]) == []
    assert told(professionals=near, travel_times=list(journeys(["anna"], {("home", "north"): 10}))) == []


# Facts that contradict each other


@pytest.mark.parametrize(
    ("unavailability", "expected"),
    [
        ({}, True),
        ({"weekday": "mon"}, True),
        ({"weekday": "tue"}, False),
        (
            {"weekday": "mon", "start": "08:00", "end": "12:00"},
            False,
        ),  # not the whole morning, which begins at midnight
        ({"weekday": "mon", "end": "14:00"}, True),
        ({"weekday": "mon", "weeks": "37"}, False),
        ({"first_date": "2026-09-07", "last_date": "2026-09-14"}, True),
        ({"first_date": "2026-09-08"}, False),
    ],
)
def test_released_while_never_available(unavailability: dict[str, Any], *, expected: bool) -> None:
    """All dates and the whole of the half-day; what is free on one of them is no contradiction."""
    away = {
        "professionals": [worker("anna")],
        "work": [work("anna")],
        "unavailability": [{"professional": "anna", **unavailability}],
    }
    found = told(releases=[release("anna", "morning")], **away)
    assert found == [("release_while_away", "releases", 0, "weekday", "Anna")] * expected


def test_never_available_by_two_rows_together() -> None:
    """One week each."""
    rows = [{"professional": "anna", "weeks": str(week)} for week in (37, 38)]
    away = {"professionals": [worker("anna")], "work": [work("anna")], "releases": [release("anna", "morning")]}
    assert told(unavailability=rows[:1], **away) == []
    assert [each[0] for each in told(unavailability=rows, **away)] == ["release_while_away"]


def test_released_on_days_on_which_nobody_can_be_missed() -> None:
    """Both Mondays are; one of them is not enough, and neither is it where the rule is off."""
    days = [{"employer": "works", "start": day, "end": day, "kind": "blackout"} for day in ("2026-09-07", "2026-09-14")]
    at_work = {"professionals": [worker("anna")], "work": [work("anna")], "releases": [release("anna", "morning")]}
    assert told(calendar_days=days[:1], **at_work) == []
    assert told(calendar_days=days, **at_work) == [("release_in_blackout", "releases", 0, "weekday", "Anna")]
    assert told(calendar_days=days, rules=[{"rule": "blackout", "enabled": False}], **at_work) == []


def test_wishes_that_cannot_be() -> None:
    """Gladly on a day that is never free, or for a school whose board was stopped with; rather not is no contradiction."""
    away = [{"professional": "anna", "weekday": "mon"}]
    monday = {"professional": "anna", "weekday": "mon", "value": 2}
    assert told(wishes=[monday]) == []
    assert told(wishes=[monday], unavailability=away) == [("wish_while_away", "wishes", 0, "value", "2")]
    assert told(wishes=[{**monday, "value": -2}], unavailability=away) == []
    assert told(wishes=[{**monday, "weekday": "tue"}], unavailability=away) == []
    north = {"professional": "anna", "school": "north", "value": 1}
    stopped = {"professional": "anna", "board": "board", "status": "gestopt"}
    assert told(wishes=[north]) == []
    assert told(wishes=[north], engagements=[stopped]) == [("wish_for_stopped", "wishes", 0, "school", "North")]
    again = {"professional": "anna", "board": "board", "start": "2026-09-10"}
    assert told(wishes=[north], engagements=[stopped, again]) == []
