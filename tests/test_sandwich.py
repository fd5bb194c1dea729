"""A day between home, employer and schools: every step has its travel, its buffers and its place in the order of time.

From home it is 10 minutes to the plant, 20 to north and 30 to south; from the plant 15 to north and 25 to south; between
the schools 15. North wants 10 minutes before a lesson, 20 before a practical one, and 5 to leave. Two Mondays.
"""

from __future__ import annotations

from typing import Any

import pytest

from model.people import TravelMode
from model.rules import RULES
from model.rules.clash import Clash
from model.rules.release import ReleaseRule
from model.rules.travel import TravelCost
from model.rules.travel_limit import TravelLimit
from model.term import Term
from tests.agreement import best
from tests.regions import course, lesson, release, school, small_term, table, work, worker
from tests.rules.cases import cost, sizes

NORTH = {"arrival_buffer_minutes": 10, "practical_buffer_minutes": 20, "leave_buffer_minutes": 5}


def monday(*blocks: tuple[str, str], practical: bool = False, mode: str = "car", **tables: Any) -> Term:
    """Blocks of work at the plant; periods 3 and 4 at north (10:30-12:10), period 5 (13:00-13:50) at south."""
    values = {
        "schools": [school("north", **NORTH), school("south")],
        "professionals": [worker("anna", travel_mode=mode)],
        "work": [work("anna", start, end) for start, end in blocks],
        "courses": [course("robots", practical=practical), course("bikes", school="south")],
        "lessons": [lesson("mid", "3", last_period="4"), lesson("s5", "5", course="bikes")],
    }
    return small_term(**{**values, **tables})


def test_from_work_to_school_and_back_to_work() -> None:
    """Work until 10:05 + 15 travel + 10 to arrive = 10:30; the lesson until 12:10 + 5 to leave + 15 travel = 12:30."""
    assert sizes(monday(("08:00", "10:05"), ("12:30", "17:00")), table("mid"), ReleaseRule) == []
    assert sizes(monday(("08:00", "10:06"), ("12:30", "17:00")), table("mid"), ReleaseRule) == [2]
    assert sizes(monday(("08:00", "10:05"), ("12:29", "17:00")), table("mid"), ReleaseRule) == [2]


def test_a_practical_lesson_wants_more_time_before() -> None:
    """20 minutes to arrive instead of 10: work must end by 09:55; leaving takes the same."""
    assert sizes(monday(("08:00", "09:55"), ("12:30", "17:00"), practical=True), table("mid"), ReleaseRule) == []
    assert sizes(monday(("08:00", "09:56"), ("12:30", "17:00"), practical=True), table("mid"), ReleaseRule) == [2]


def test_released_work_gives_way_only_where_it_must() -> None:
    """The released morning from 08:00 to 12:30 does not go with the lesson; an afternoon from 12:30 on stays."""
    day = (("08:00", "17:00"),)
    assert sizes(monday(*day, releases=[release("anna", "morning")]), table("mid"), ReleaseRule) == []
    # Home 20 north, 15 plant, 10 home = 45, where a day at work is 10 + 10: 25 more on each of two dates.
    assert cost(monday(*day, releases=[release("anna", "morning")]), table("mid"), TravelCost) == 50
    # Only 08:00-12:29 released: from 12:29 on she works, a minute before she can be back.
    until = [release("anna", start="08:00", end="12:29")]
    assert sizes(monday(*day, releases=until), table("mid"), ReleaseRule) == [2]


def test_every_anchor_of_the_day_is_on_the_route() -> None:
    """Home-plant-north-plant-home is 10 + 15 + 15 + 10 = 50 minutes, a day at work 20: 30 more on two dates."""
    assert cost(monday(("08:00", "10:00"), ("13:00", "17:00")), table("mid"), TravelCost) == 60
    # Home-plant-north-home: 10 + 15 + 20 = 45, 25 more. Home-north-plant-home the same. Home-north-home: 40, all of it more.
    assert cost(monday(("08:00", "10:00")), table("mid"), TravelCost) == 50
    assert cost(monday(("13:00", "17:00")), table("mid"), TravelCost) == 50
    assert cost(monday(), table("mid"), TravelCost) == 80


def test_work_between_two_schools() -> None:
    """North until 12:10, 5 + 15 to the plant at 12:30, work until 12:35, 25 to south at 13:00: not a minute more."""
    fits = monday(("12:30", "12:35"))
    assert sizes(fits, table("mid", "s5"), ReleaseRule) == []
    assert sizes(fits, table("mid", "s5"), Clash) == []
    assert sizes(monday(("12:30", "12:36")), table("mid", "s5"), ReleaseRule) == [2]
    # Home 20 north 15 plant 25 south 30 home = 90, less a day at work 20: 70 on two dates.
    assert cost(fits, table("mid", "s5"), TravelCost) == 140


def test_an_evening_class_after_a_day_at_work() -> None:
    """Work until 17:00, 15 travel and 10 to arrive: a class from 17:25 on, and then home from north."""
    for start, broken in (("17:25", []), ("17:24", [2])):
        evening = [lesson("mid", None, start=start, end="21:00")]
        assert sizes(monday(("08:00", "17:00"), lessons=evening), table("mid"), ReleaseRule) == broken


@pytest.mark.parametrize(("mode", "minutes"), [("car", 15), ("bike", 35)])
def test_each_person_travels_in_their_own_way(mode: str, minutes: int) -> None:
    """By bike the plant is 35 minutes from north: work must end 35 + 10 before 10:30."""
    bike = {"origin": "plant", "destination": "north", "mode": "bike", "minutes": 35}
    known = [row.model_dump(exclude={"id"}) for row in small_term().travel_times]
    latest = 10 * 60 + 30 - 10 - minutes
    for end, broken in ((latest, []), (latest + 1, [2])):
        block = ("08:00", f"{end // 60:02}:{end % 60:02}")
        assert sizes(monday(block, mode=mode, travel_times=[*known, bike]), table("mid"), ReleaseRule) == broken


def test_the_hour_of_leaving_counts() -> None:
    """From 16:00 on the way takes 40 minutes: leaving at 15:59 one arrives at 16:14, leaving at 16:00 at 16:40."""
    rush = {"origin": "plant", "destination": "north", "departure": "16:00", "minutes": 40}
    known = [row.model_dump(exclude={"id"}) for row in small_term().travel_times]
    late = [lesson("mid", None, start="16:50", end="17:40")]
    times = {"travel_times": [*known, rush]}
    for end, broken in (("15:59", []), ("16:00", []), ("16:01", [2])):
        assert sizes(monday(("08:00", end), lessons=late, **times), table("mid"), ReleaseRule) == broken
    sooner = [lesson("mid", None, start="16:24", end="17:40")]
    for end, broken in (("15:59", []), ("16:00", [2])):
        assert sizes(monday(("08:00", end), lessons=sooner, **times), table("mid"), ReleaseRule) == broken


# A missed connection


def by_transit(
    margin: int, *blocks: tuple[str, str], mode: TravelMode = TravelMode.PUBLIC_TRANSPORT, **tables: Any
) -> Term:
    return monday(*blocks, mode=mode, public_transport_margin_minutes=margin, **tables)


def test_public_transport_keeps_time_for_a_missed_connection() -> None:
    """With 10 minutes to spare work must end by 09:55 and start from 12:40; by car and without the setting it need not."""
    assert sizes(by_transit(10, ("08:00", "09:55"), ("12:40", "17:00")), table("mid"), ReleaseRule) == []
    assert sizes(by_transit(10, ("08:00", "09:56")), table("mid"), ReleaseRule) == [2]
    assert sizes(by_transit(10, ("12:39", "17:00")), table("mid"), ReleaseRule) == [2]
    assert sizes(by_transit(0, ("08:00", "10:05"), ("12:30", "17:00")), table("mid"), ReleaseRule) == []
    car = by_transit(10, ("08:00", "10:05"), ("12:30", "17:00"), mode=TravelMode.CAR)
    assert sizes(car, table("mid"), ReleaseRule) == []


def test_between_schools_it_counts_too() -> None:
    """North until 12:10, 5 to leave, 15 travel: south at 12:30; 30 to spare make it 13:00, 31 are too many."""
    assert sizes(by_transit(30), table("mid", "s5"), Clash) == []
    assert sizes(by_transit(31), table("mid", "s5"), Clash) == [2]
    # At one school nobody travels: lessons that touch are fine.
    near = [lesson("mid", "3"), lesson("s5", "4")]
    assert sizes(by_transit(60, lessons=near), table("mid", "s5"), Clash) == []


def test_spare_time_is_not_travel() -> None:
    """It is neither priced nor held against the longest journey."""
    term = by_transit(60, ("08:00", "09:00"))
    assert cost(term, table("mid"), TravelCost) == 50
    limited = [worker("anna", travel_mode="public_transport", max_travel_minutes=20)]
    assert sizes(by_transit(60, professionals=limited), table("mid"), TravelLimit) == []


def test_the_best_timetable_keeps_all_of_it() -> None:
    """A lesson that matters more starts a minute too early for her working day, so she gives the other."""
    courses = [course("robots"), course("bikes", priority="high")]
    lessons = [lesson("mid", "3", last_period="4"), lesson("early", None, start="10:29", end="12:09", course="bikes")]
    # Back at 12:30, she has the half hour until 13:00 for the break of a day of more than 5.5 hours.
    term = monday(("08:00", "10:05"), ("13:00", "17:00"), lessons=lessons, courses=courses)
    _, timetable = best(term)
    assert [row.lesson for row in timetable.assignments] == ["mid"]
    _, timetable = best(term, [rule for rule in RULES if rule is not ReleaseRule])
    assert [row.lesson for row in timetable.assignments] == ["early"]
