"""Working time as the rules of the law count it: breaks inside work, days off, weeks before the term, meetings."""

from __future__ import annotations

import pytest

from model.calendar import Calendar
from model.hours import DayStops, duration_text, fixed_loads, legal_weeks, load_minutes, meeting_stops, minutes_before
from model.reading import Reading
from model.term import Term
from model.timetable import Timetable
from model.travel import Travel
from tests.regions import lesson, release, small_term, table, work, worker

ANNA = [worker("anna")]


def reading(term: Term, timetable: Timetable) -> Reading:
    return Reading(term, timetable, Calendar(term), Travel(term))


@pytest.mark.parametrize(
    ("start", "end", "pauses"),
    [
        ("08:00", "13:30", {(480, 750): 0, (750, 810): 0}),  # 5.5 hours
        ("08:00", "13:31", {(480, 750): 30, (750, 811): 0}),  # its middle is 10:45
        ("08:00", "17:00", {(480, 750): 0, (750, 1020): 30}),  # its middle is 12:30, where the afternoon begins
    ],
)
def test_a_long_block_of_work_has_its_break_in_the_middle(start, end, pauses):
    """In the piece that holds the middle of the block; more than 5.5 hours are long."""
    term = small_term(professionals=ANNA, work=[work("anna", start, end)])
    assert {(each.start, each.end): each.pause_minutes for each in Calendar(term).pieces("anna")} == pauses


def test_a_break_is_no_longer_than_its_piece():
    """A quarter of an hour released around the middle."""
    term = small_term(professionals=ANNA, work=[work("anna")], releases=[release("anna", start="12:20", end="12:40")])
    pieces = Calendar(term).pieces("anna")
    assert [(each.end - each.start, each.pause_minutes) for each in pieces] == [(260, 0), (10, 0), (10, 10), (260, 0)]


def test_the_employer_says_how_long_the_break_is():
    """An hour; people without an employer have the half hour of the law."""
    hour = [{"id": "works", "name": "Works", "break_minutes": 60}]
    for people, minutes in (([worker("anna")], 60), ([worker("anna", employer=None)], 30)):
        term = small_term(professionals=people, employers=hour, work=[work("anna")])
        assert sum(each.pause_minutes for each in Calendar(term).pieces("anna")) == minutes


def test_days_off_count_only_where_they_are_asked_for():
    """Monday the 14th is closed: 8.5 hours of two."""
    closed = [{"employer": "works", "start": "2026-09-14", "end": "2026-09-14", "kind": "closure"}]
    calendar = Calendar(small_term(professionals=ANNA, work=[work("anna")], calendar_days=closed))
    assert calendar.on_leave("anna") == [(510, 1 << 7)]
    loads = {leave: list(fixed_loads(calendar, "anna", on_leave=leave)) for leave in (False, True)}
    assert sum(minutes * dates.bit_count() for minutes, dates in loads[False]) == 510
    assert sum(minutes * dates.bit_count() for minutes, dates in loads[True]) == 2 * 510


def test_a_meeting_counts_as_far_as_it_is_not_at_work():
    """13:00-18:30 with work until 17:00, and from 18:00."""
    meeting = {"id": "m", "required": ["anna"], "weekday": "mon", "start": "13:00", "minutes": 330, "weeks": "37"}
    blocks = [work("anna"), work("anna", "18:00", "20:00")]
    term = small_term(professionals=ANNA, work=blocks, activities=[meeting])
    (stops,) = meeting_stops(Calendar(term), "anna").values()
    assert [(each.start, each.end) for each in stops] == [(17 * 60, 18 * 60)]


def test_weeks_before_the_term():
    """As stated, the last ones last; else the contract; else an average week of the roster, here 8.5 and 4.5 hours in turn."""
    fortnight = [work("anna", cycle_weeks=2), work("anna", "08:00", "12:30", cycle_weeks=2, cycle_week=2)]
    for fields, expected in (
        ({"hours_before": [10, 20.5, 30]}, [390, 600, 1230, 1800]),
        ({"hours_before": [1, 2, 3, 4, 5]}, [120, 180, 240, 300]),
        ({"hours_before": [10], "employer_hours_per_week": 36}, [2160, 2160, 2160, 600]),
        ({"employer_hours_per_week": 0}, [0, 0, 0, 0]),
    ):
        calendar = Calendar(small_term(professionals=[worker("anna", **fields)], work=fortnight))
        assert minutes_before(calendar, "anna", 4) == expected
        assert minutes_before(calendar, "anna", 0) == []


def test_legal_weeks_run_from_sunday():
    """A term from Monday 7 to Sunday 20 September has a week of six days, a whole one and a Sunday."""
    days = ("mon", "sat", "sun")
    lessons = [lesson(f"l{day}", weekday=day) for day in days]
    term = small_term(professionals=ANNA, lessons=lessons, work=[work("anna", weekday="tue")])
    weeks = legal_weeks(reading(term, table(*(f"l{day}" for day in days))), "anna", 0, on_leave=False)
    # 50 minutes each: Monday and Saturday; Sunday, Monday and Saturday; Sunday.
    assert [(week.first_day, week.alone, week.worked - week.alone) for week in weeks] == [
        (0, 510, 100),
        (6, 510, 150),
        (13, 0, 50),
    ]


def test_stops_of_a_date_hold_lessons_work_and_meetings():
    """In order of time; none outside the term."""
    meeting = {"id": "m", "required": ["anna"], "weekday": "mon", "start": "18:00", "minutes": 60}
    term = small_term(professionals=ANNA, lessons=[lesson("l7", "7")], work=[work("anna")], activities=[meeting])
    stops = DayStops(reading(term, table("l7")), "anna")
    assert [stop.start for stop in stops.on(0)] == [8 * 60, 12 * 60 + 30, 18 * 60, 19 * 60]
    assert stops.on(-1) == stops.on(14) == ()


@pytest.mark.parametrize(("minutes", "preparation", "load"), [(50, 0, 50), (50, 0.7, 85), (45, 0.7, 76), (40, 1.0, 80)])
def test_preparation_is_added_in_whole_minutes(minutes, preparation, load):
    """45 minutes and 31.5 of preparation are 76."""
    term = small_term(lessons=[lesson("l1", None, start="09:00", end=f"09:{minutes}")])
    (taught,) = reading(term, table("l1")).of_person["anna"][:1]
    assert load_minutes(taught.stop, preparation) == load


def test_durations_are_written_as_hours_and_minutes():
    """10 hours and a half, less than one, less than none."""
    assert [duration_text(each) for each in (630, 5, -61)] == ["10:30", "0:05", "-1:01"]
