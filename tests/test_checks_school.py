"""Warnings about rooms and meetings; those about demand are tested with it."""

from __future__ import annotations

from typing import Any

from model.calendar import Calendar
from model.checks_school import school_warnings
from model.issues import Severity
from tests.regions import course, lesson, person, release, small_term, work, worker


def told(**tables: Any) -> list[tuple[str, str | None, int | None, str | None]]:
    """Codes and places of the warnings; each has its words."""
    term = small_term(**tables)
    found = list(school_warnings(term, Calendar(term)))
    for issue in found:
        assert issue.severity is Severity.WARNING
        assert all("{" not in said for lang in ("nl", "en") for said in (issue.sentence(lang), issue.hint(lang)))
    return [(issue.code, issue.table, issue.index, issue.field) for issue in found]


def meeting(**fields: Any) -> dict[str, Any]:
    return {"id": "m", "weekday": "mon", "start": "09:30", "required": ["anna"], **fields}


def test_a_room_with_fewer_places_than_pupils() -> None:
    """20 pupils in 15 places; 20 places are enough, and so are places nobody counted."""
    groups = [{"id": "a", "school": "north", "pupils": 20}]
    courses = [course("robots", classes=["a"])]
    for places, expected in ((15, [("room_too_small", "lessons", 1, "room")]), (20, []), (None, [])):
        rooms = [{"id": "r", "school": "north", "capacity": places}]
        lessons = [lesson("l1"), lesson("l2", "2", room="r")]
        assert told(class_groups=groups, courses=courses, rooms=rooms, lessons=lessons) == expected


def test_a_meeting_during_work() -> None:
    """At work from 08:00 and not released; released, on another day or only welcome is fine."""
    at_work = {"professionals": [worker("anna"), person("bob")], "work": [work("anna")]}
    wrong = [("meeting_at_work", "activities", 0, "required")]
    assert told(activities=[meeting(required=["bob", "anna"])], **at_work) == wrong
    assert told(activities=[meeting()], releases=[release("anna", "morning")], **at_work) == []
    assert told(activities=[meeting(weekday="tue")], **at_work) == []
    assert told(activities=[meeting(required=["bob"], wished=["anna"])], **at_work) == []


def test_a_meeting_that_no_half_day_suits() -> None:
    """Anna works all Monday; the morning off is enough."""
    at_work = {"professionals": [worker("anna")], "work": [work("anna")]}
    wrong = [("meeting_without_half_day", "activities", 0, "required")]
    assert told(activities=[meeting(start=None)], **at_work) == wrong
    assert told(activities=[meeting(start=None)], releases=[release("anna", "morning")], **at_work) == []
    assert told(activities=[meeting(start=None, required=[])], **at_work) == []


def test_a_meeting_that_never_takes_place() -> None:
    """Weeks outside the term, or a school that is closed on all its days."""
    wrong = [("meeting_never", "activities", 0, "weeks")]
    assert told(activities=[meeting(weeks="45")]) == wrong
    closed = [{"school": "north", "start": "2026-09-07", "end": "2026-09-20", "kind": "holiday"}]
    assert told(activities=[meeting(school="north")], calendar_days=closed) == wrong
    assert told(activities=[meeting(school="south")], calendar_days=closed) == []
