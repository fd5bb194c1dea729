"""Free periods on a day. Between 1 and 3 lies period 2; between 1 and 4 lie 2 and 3; the break after 2 and lunch are none."""

from typing import Any

from model.rule import Owner
from model.rules.gaps_per_day import GapsPerDay
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, release, school, small_term, table, work
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def day(*periods: str, most: int | None = 0, rules: tuple[dict[str, Any], ...] = (), **tables: Any) -> Term:
    people = [person("anna", max_gaps_per_day=most, employer="works", site="plant")]
    values = {"lessons": [lesson(f"l{each}", each) for each in periods], "professionals": people, "rules": rules}
    return small_term(**{**values, **tables})


def test_breaks_and_lunch_are_no_free_periods() -> None:
    """2 and 3 with 20 minutes between, 4 and 5 with 50: no period of the grid lies there."""
    assert sizes(day("2", "3"), table("l2", "l3"), GapsPerDay) == []
    assert sizes(day("4", "5"), table("l4", "l5"), GapsPerDay) == []
    assert sizes(day("1", "3", most=1), table("l1", "l3"), GapsPerDay) == []
    assert sizes(day("1", "3", most=None), table("l1", "l3"), GapsPerDay) == []


def test_each_free_period_counts() -> None:
    """1 and 3: one on each of two dates; 1 and 6: 2 to 5 are four; with 3 and 4 given 2 and 5 are left."""
    broken = breaches(day("1", "3"), table("l1", "l3"), GapsPerDay)
    assert [(each.size, each.unit, str(each.when)) for each in broken] == [
        (1, "lesson periods", "2026-09-07"),
        (1, "lesson periods", "2026-09-14"),
    ]
    assert broken[0].sentence(NL) == "Tussenuren van Anna op 7 september 2026: 1; hoogstens 0 mag."
    assert "at most 0 is allowed" in broken[0].sentence(EN)
    assert sizes(day("1", "6"), table("l1", "l6"), GapsPerDay) == [4, 4]
    every = day("1", "3", "4", "6", most=1)
    assert sizes(every, table("l1", "l3", "l4", "l6"), GapsPerDay) == [1, 1]


def test_a_lesson_in_between_takes_a_free_period_away() -> None:
    """1, 2 and 3 have none; on the date without lesson 2 there is one."""
    lessons = [lesson("l1"), lesson("l2", "2", weeks="37"), lesson("l3", "3")]
    assert sizes(day(lessons=lessons), table("l1", "l2", "l3"), GapsPerDay) == [1]


def test_work_that_remains_is_no_free_period() -> None:
    """Work from 09:25 to 10:20 fills the time between 1 and 3; released, it does not give way to these lessons."""
    block = [work("anna", "09:25", "10:20", site="plant")]
    near = [school("north"), school("south")]
    here = {"work": block, "schools": near, "travel_times": []}
    assert sizes(day("1", "3", **here), table("l1", "l3"), GapsPerDay) == []
    # Coordinates are unknown, so a lesson never goes with work elsewhere: released, the work gives way and she waits.
    assert sizes(day("1", "3", **here, releases=[release("anna")]), table("l1", "l3"), GapsPerDay) == [1, 1]


def test_the_way_to_another_school_comes_off() -> None:
    """From 1 at north 15 minutes to south and 40 to arrive: 10:15, so period 2 is not free there, but 3 is."""
    schools = [school("north"), school("south", arrival_buffer_minutes=40)]
    courses = [course("robots"), course("bikes", school="south")]
    lessons = [lesson("l1"), *(lesson(f"l{each}", each, course="bikes") for each in "34")]
    term = day(schools=schools, courses=courses, lessons=lessons)
    assert sizes(term, table("l1", "l3"), GapsPerDay) == []
    assert sizes(term, table("l1", "l4"), GapsPerDay) == [1, 1]


def test_a_school_without_a_grid_counts_minutes() -> None:
    """08:30-09:00 and 10:40-11:00: 100 minutes hold two periods of 50, 99 hold one."""
    lessons = [lesson("early", None, start="08:30", end="09:00")]
    lessons += [lesson("late", None, start="10:40", end="11:00"), lesson("sooner", None, start="10:39", end="11:00")]
    term = day(lessons=lessons, time_grids=[])
    assert sizes(term, table("early", "late"), GapsPerDay) == [2, 2]
    assert sizes(term, table("early", "sooner"), GapsPerDay) == [1, 1]


def test_a_shortened_day_has_its_own_periods() -> None:
    """On 14 September periods take 40 minutes, so that two of them lie between the clock times 08:40 and 10:10."""
    short = [{"school": "north", "variant": "short", "period": str(each), "start": start, "end": end} for each, start, end in (
        (1, "08:00", "08:40"), (2, "08:40", "09:20"), (3, "09:20", "10:00"))]  # fmt: skip
    special = [{"school": "north", "start": "2026-09-14", "end": "2026-09-14", "kind": "shortened", "variant": "short"}]
    lessons = [lesson("early", None, start="08:00", end="08:40"), lesson("late", None, start="10:10", end="10:30")]
    grid = [row.model_dump() for row in small_term().time_grids]
    term = day(lessons=lessons, time_grids=[*grid, *short], calendar_days=special)
    # On the 7th the ordinary periods from 08:30: only 2 (09:20-10:10) lies between; on the 14th 2 and 3 of the short day.
    assert sizes(term, table("early", "late"), GapsPerDay) == [1, 2]


def test_the_default_is_for_who_says_nothing() -> None:
    """A default of none, beside her own one."""
    rules = ({"rule": "gaps_per_day", "parameter": "default", "value": "0"},)
    assert sizes(day("1", "3", most=1, rules=rules), table("l1", "l3"), GapsPerDay) == []
    assert sizes(day("1", "3", most=None, rules=rules), table("l1", "l3"), GapsPerDay) == [1, 1]


def test_the_fact_is_her_own() -> None:
    """The board names her row; without a limit it says nothing."""
    assert is_about(fact(day("1", "3"), GapsPerDay), Owner.PROFESSIONAL, "professionals/anna")
    assert facts(day("1", "3", most=None), GapsPerDay) == []


def matters() -> tuple[Term, Timetable]:
    """A free period where none may be."""
    return day("1", "3"), table("l1", "l3")
