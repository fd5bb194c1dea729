"""When meetings are, and when those without a time may be."""

from __future__ import annotations

from typing import Any

from model.activities import common_slots, meetings_of, slots, weeks_of
from model.calendar import Calendar, days
from tests.regions import person, release, small_term, work, worker


def calendar(*activities: dict[str, Any], **tables: Any) -> Calendar:
    rows = [{"id": f"m{number}", "required": ["anna"], **row} for number, row in enumerate(activities)]
    return Calendar(small_term(activities=rows, **tables))


def weeks(of: Calendar) -> list[int]:
    return weeks_of(of, of.term.activities[0])


AT = {"weekday": "mon", "start": "09:30", "minutes": 90}


def test_meetings_with_a_time_are_stops_of_a_day() -> None:
    """From 09:30 to 11:00 at the school; at most until midnight; not those without a time, nor where one is welcome."""
    late = AT | {"start": "23:30"}
    rows = (AT | {"school": "north"}, late, {"minutes": 60}, AT | {"required": [], "wished": ["anna"]})
    one, two = meetings_of(calendar(*rows), "anna")
    assert (one.stop.start, one.stop.end, one.stop.place) == (9 * 60 + 30, 11 * 60, "north")
    assert list(days(one.dates)) == [0, 7]
    assert (two.stop.end, two.stop.place) == (24 * 60, "")


def test_weeks_without_the_school_have_no_meeting() -> None:
    """North is closed on the 7th; a meeting without a day has the rest of that week."""
    off = [{"school": "north", "start": "2026-09-07", "end": "2026-09-07", "kind": "closure"}]
    assert weeks(calendar(AT | {"school": "north"}, calendar_days=off)) == [38]
    assert weeks(calendar({"school": "north"}, calendar_days=off)) == [37, 38]
    assert weeks(calendar(AT | {"weeks": "38"})) == [38]
    assert weeks(calendar(AT | {"weeks": "45"})) == []


def test_a_meeting_without_a_time_may_be_on_any_half_day_of_a_school_week() -> None:
    """Five mornings and afternoons; two where the weekday is known, five clock times where the start is."""
    of = calendar({}, {"weekday": "tue"}, {"start": "10:00", "minutes": 45})
    found = [[(slot.start, slot.end) for slot in slots(of, each)] for each in of.term.activities]
    assert found[0] == [(0, 750), (750, 1080)] * 5
    assert found[1] == [(0, 750), (750, 1080)]
    assert found[2] == [(600, 645)] * 5
    assert [list(days(slot.dates)) for slot in slots(of, of.term.activities[1])] == [[1, 8], [1, 8]]


def test_half_days_that_work_or_absence_takes_are_none() -> None:
    """Anna works on Monday but for the morning that is released; Bob is away on Tuesday from 12:30."""
    of = calendar(
        {"weekday": None},
        professionals=[worker("anna"), person("bob")],
        work=[work("anna", "08:00", "17:00")],
        releases=[release("anna", "morning")],
        unavailability=[{"professional": "bob", "weekday": "tue", "start": "12:30"}],
    )
    left = common_slots(of, of.term.activities[0], ("anna", "bob"))
    assert [(next(days(slot.dates)), slot.start) for slot in left] == [
        *[(0, 0), (1, 0), (2, 0), (2, 750), (3, 0), (3, 750), (4, 0), (4, 750)]
    ]
