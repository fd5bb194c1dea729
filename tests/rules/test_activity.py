"""Meetings one must attend: on Mondays at 09:30 for 60 minutes at north, unless said otherwise. Two dates each."""

from typing import Any

from model.rule import Owner
from model.rules.activity import ActivityRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, school, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def agenda(*lessons: dict[str, Any], meeting: dict[str, Any] | None = None, **tables: Any) -> Term:
    row = {
        "id": "m",
        "name": "Teamoverleg",
        "school": "north",
        "weekday": "mon",
        "start": "09:30",
        "required": ["anna"],
    }
    return small_term(**{"lessons": list(lessons), "activities": [row | (meeting or {})], **tables})


def test_other_times_and_other_people_are_fine() -> None:
    """Before and after on the minute, on another day, in other weeks, for who is welcome but need not come."""
    around = agenda(lesson("a", None, start="08:40", end="09:30"), lesson("b", None, start="10:30", end="11:00"))
    assert sizes(around, table("a", "b"), ActivityRule) == []
    assert sizes(agenda(lesson("l2", "2", weekday="tue")), table("l2"), ActivityRule) == []
    assert sizes(agenda(lesson("l2", "2", weeks="37"), meeting={"weeks": "38"}), table("l2"), ActivityRule) == []
    welcome = {"required": [], "wished": ["anna"]}
    assert sizes(agenda(lesson("l2", "2"), meeting=welcome), table("l2"), ActivityRule) == []
    for left_open in ({"start": None}, {"weekday": None}):
        assert sizes(agenda(lesson("l2", "2"), meeting=left_open), table("l2"), ActivityRule) == []


def test_nobody_teaches_during_a_meeting() -> None:
    """Period 2 is from 09:20 to 10:10, on both dates; in week 38 only, on one."""
    (broken,) = breaches(agenda(lesson("l2", "2")), table("l2"), ActivityRule)
    assert (broken.size, broken.unit, broken.professional, broken.lesson) == (2, "dates", "anna", "l2")
    said = "Anna geeft Robots (l2) terwijl Teamoverleg dan niet te halen is (2 data)."
    assert broken.sentence(NL) == said
    (broken,) = breaches(agenda(lesson("l2", "2"), meeting={"weeks": "38"}), table("l2"), ActivityRule)
    assert broken.sentence(EN) == "Anna gives Robots (l2) while Teamoverleg cannot be attended then (one date)."


def test_a_meeting_lasts_its_minutes() -> None:
    """Period 3 starts at 10:30: a meeting of 60 minutes is over, one of 61 is not."""
    assert sizes(agenda(lesson("l3", "3"), meeting={"minutes": 60}), table("l3"), ActivityRule) == []
    assert sizes(agenda(lesson("l3", "3"), meeting={"minutes": 61}), table("l3"), ActivityRule) == [2]


def test_the_way_there_and_the_buffers_count() -> None:
    """A lesson at south until 09:10 with 5 to leave and 15 travel just makes 09:30; until 09:11 it does not."""
    tables = {
        "schools": [school("north"), school("south", leave_buffer_minutes=5, arrival_buffer_minutes=10)],
        "courses": [course("bikes", school="south")],
    }
    for end, broken in (("09:10", []), ("09:11", [2])):
        before = lesson("l", None, start="08:30", end=end, course="bikes")
        assert sizes(agenda(before, **tables), table("l"), ActivityRule) == broken
    # The meeting ends at 10:30: 15 travel and 10 to arrive, so a lesson at south may start at 10:55.
    for start, broken in (("10:55", []), ("10:54", [2])):
        after = lesson("l", None, start=start, end="11:40", course="bikes")
        assert sizes(agenda(after, **tables), table("l"), ActivityRule) == broken
    # Without a place the meeting asks for its own time alone.
    during = lesson("l", None, start="10:30", end="11:40", course="bikes")
    assert sizes(agenda(during, meeting={"school": None}, **tables), table("l"), ActivityRule) == []


def test_on_a_day_off_there_is_no_meeting() -> None:
    """North is closed on the 7th and south is not: a lesson at south is broken on the 14th alone."""
    off = [{"school": "north", "start": "2026-09-07", "end": "2026-09-07", "kind": "study_day"}]
    courses = [course("bikes", school="south")]
    term = agenda(lesson("l2", "2", course="bikes"), courses=courses, calendar_days=off)
    assert sizes(term, table("l2"), ActivityRule) == [1]


def test_only_who_must_come_is_kept_from_teaching() -> None:
    """Bob may give what Anna may not."""
    people = [person("anna"), person("bob")]
    term = agenda(lesson("l2", "2"), professionals=people)
    assert sizes(term, table(("l2", "bob")), ActivityRule) == []
    assert sizes(term, table(("l2", "anna")), ActivityRule) == [2]


def test_the_fact_is_the_school_s() -> None:
    """The board names the meeting; without meetings it says nothing."""
    said = fact(agenda(lesson("l2", "2")), ActivityRule)
    assert is_about(said, Owner.SCHOOL, "activities/m")
    assert said.professional == "anna"
    assert facts(small_term(), ActivityRule) == []


def matters() -> tuple[Term, Timetable]:
    """A lesson during the meeting."""
    return agenda(lesson("l2", "2")), table("l2")
