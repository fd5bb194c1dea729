"""Calendars, read back with the icalendar library."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest

from model.results import feed, write_feeds
from model.results.entries import Entries
from tests.results.region import TERM, given, outcome, term


def calendar(professional, made=None, lang="nl", **changes):
    """The calendar of somebody, read back."""
    return icalendar.Calendar.from_ical(feed(term(**changes), made or outcome(), professional, lang))


def events(professional, made=None, **changes):
    """Events by summary and date."""
    return {(str(each["SUMMARY"]), each.start.date()): each for each in calendar(professional, made, **changes).events}


def with_lesson(**lesson):
    """The region's lessons, one of them replaced."""
    return [lesson if row["id"] == lesson["id"] else row for row in TERM["lessons"]]


def test_one_event_per_lesson_and_date():
    """Anna has an event for each date on which she gives a lesson."""
    # Weeks 36-45 without the holiday in 43: 5 Mondays (36-40), 9 Wednesdays, 6 Thursdays (36-38, 41, 42, 44) and
    # 5 Fridays (36, 38, 40, 42, 44).
    assert len(calendar("anna").events) == 5 + 9 + 6 + 5


def test_no_lessons_in_the_holiday():
    """Nothing between 19 and 25 October; the Wednesdays around it are there."""
    dates = {when for _, when in events("anna")}
    assert not any(date(2026, 10, 19) <= when <= date(2026, 10, 25) for when in dates)
    assert {date(2026, 10, 14), date(2026, 10, 28)} <= dates


def test_a_shortened_day_has_its_own_times():
    """On Wednesday 14 October periods 1-2 end at 09:30, a week earlier at 10:10."""
    found = events("anna")
    ends = [found["Wiskunde B 3h1", when].end for when in (date(2026, 10, 7), date(2026, 10, 14))]
    assert [end.strftime("%H:%M") for end in ends] == ["10:10", "09:30"]


def test_clocks_change_and_the_lesson_does_not():
    """08:30 local time is 06:30 UTC before 25 October and 07:30 UTC after it."""
    found = events("anna")
    starts = [found["Wiskunde B 3h1", when].start for when in (date(2026, 10, 14), date(2026, 10, 28))]
    assert [start.strftime("%H:%M") for start in starts] == ["08:30", "08:30"]
    assert [start.astimezone(UTC).strftime("%H:%M") for start in starts] == ["06:30", "07:30"]


@pytest.mark.parametrize(
    ("when", "hours"), [((2026, 10, 24), 2), ((2026, 10, 26), 1), ((2027, 3, 27), 1), ((2027, 3, 29), 2)]
)
def test_the_time_zone_in_the_file_says_the_same(when, hours):
    """A reader that knows no Europe/Amsterdam finds summer and winter time in the file itself."""
    (zone,) = calendar("anna").timezones
    own = zone.to_tz(lookup_tzid=False)
    assert datetime(*when, 12, tzinfo=own).utcoffset().total_seconds() == hours * 3600


def test_what_an_event_says():
    """Summary, place with town and room, status, category, the day the term describes as stamp, zone by name."""
    event = events("bram")["Techniek TE1", date(2026, 9, 3)]
    assert event["LOCATION"] == "Techniek College: Zuid, Helmond, Praktijkhal"
    assert event["STATUS"] == "CONFIRMED"
    assert event.categories == ["Les", "techniek"]
    assert event["DTSTAMP"].dt == datetime(2026, 6, 15, tzinfo=UTC)
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert events("anna")["Wiskunde B 3h1", date(2026, 9, 2)]["DESCRIPTION"] == "lesuur 1-2"


def test_with_whom():
    """Two people in one lesson find each other's name."""
    made = outcome(given("te-do", "bram"), given("te-do", "anna"))
    assert events("anna", made)["Techniek TE1", date(2026, 9, 3)]["DESCRIPTION"] == "samen met Bram Óśkar"


def test_name_of_the_calendar():
    """The calendar is called after the person and the term."""
    assert calendar("bram", lang="en").calendar_name == "Lessons of Bram Óśkar – Proefregio"


def test_stamp_without_as_of():
    """Where the term says no day it describes, its first day is the stamp."""
    assert {each["DTSTAMP"].dt.date() for each in calendar("anna", as_of=None).events} == {date(2026, 8, 31)}


def test_uids_are_unique_over_everybody():
    """No two events of the region share a UID, not even of two people in one lesson."""
    made = outcome(*outcome().assignments, given("te-do", "anna"))
    uids = [str(each["UID"]) for person in ("anna", "bram") for each in calendar(person, made).events]
    assert len(uids) == len(set(uids)) > 30


def test_uids_outlive_a_change_of_time_and_room():
    """The same lesson on the same date keeps its UID at another clock time and without room."""
    rows = with_lesson(id="wi-ma", course="wi", weekday="mon", first_period="2")
    before, after = (events("anna", **changes) for changes in ({}, {"lessons": rows}))
    key = ("Wiskunde B 3h1", date(2026, 9, 7))
    assert before[key].start != after[key].start
    assert before[key]["LOCATION"] != after[key]["LOCATION"]
    assert before[key]["UID"] == after[key]["UID"]


def test_uids_depend_on_the_term():
    """Next term's lesson of the same name is another event."""
    mine, theirs = ({str(each["UID"]) for each in calendar("anna", **changes).events} for changes in ({}, {"id": "x"}))
    assert not mine & theirs


def test_dates_are_those_of_the_week_grid():
    """The calendar holds exactly the dates of the person's entries."""
    entries = Entries(term(), outcome(), "nl")
    wanted = sorted(
        (entry.what, entries.calendar.date_of(day))
        for entry in entries.of_professional("anna")
        for day, _ in entry.times
    )
    assert sorted(events("anna")) == wanted


def test_a_lesson_until_midnight_ends_the_next_day():
    """24:00 is 00:00 of the next date."""
    rows = with_lesson(id="en-ma", course="en", weekday="mon", start="22:00", end="24:00")
    event = events("bram", outcome(given("en-ma", "bram")), lessons=rows)["Engels TE1", date(2026, 8, 31)]
    assert event.end.isoformat() == "2026-09-01T00:00:00+02:00"


def test_texts_are_escaped():
    """Commas, semicolons, backslashes and line breaks come back as they were."""
    courses = [{**row, "name": "a,b;c\\n\nd"} for row in TERM["courses"]]
    assert {name for name, _ in events("anna", courses=courses)} == {"a,b;c\\n\nd 3h1", "a,b;c\\n\nd 4v2"}


def test_files_of_those_who_teach(tmp_path):
    """Two people teach, so there are two files; namesakes get files of their own."""
    folder = tmp_path / "agenda"
    assert [path.name for path in write_feeds(folder, term(), outcome(), "nl")] == [
        "anna-de-vries.ics",
        "bram-oskar.ics",
    ]
    people = [{**row, "name": "Jan Smit"} for row in TERM["professionals"]]
    made = write_feeds(folder, term(professionals=people), outcome(), "nl")
    assert len({path.name for path in made}) == 2
    assert len(list(folder.iterdir())) == 4


def test_who_lost_all_lessons_gets_an_empty_calendar(tmp_path):
    """A second run in the same folder leaves no lessons standing that are gone."""
    write_feeds(tmp_path, term(), outcome(), "nl")
    written = write_feeds(tmp_path, term(), outcome(given("wi-a", "anna")), "nl")
    bram = tmp_path / "bram-oskar.ics"
    assert bram in written
    assert icalendar.Calendar.from_ical(bram.read_bytes()).events == []


def test_same_outcome_same_bytes():
    """Writing twice gives the same bytes, in lines that end as RFC 5545 asks."""
    first, second = (feed(term(), outcome(), "anna", "nl") for _ in range(2))
    assert first == second
    assert first.count(b"\n") == first.count(b"\r\n") > 100
