"""First periods kept free, at 40 points for each lesson period in them. Two dates each."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.first_hours_free import FirstHoursFree
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, grid, lesson, person, school, small_term, table
from tests.rules.cases import cost, fact, facts, is_about

BLOCK = lesson("block", "1", last_period="3")


def day(first: int | None = 1, rules: tuple[dict[str, Any], ...] = (), **tables: Any) -> Term:
    people = [person("anna", first_periods_free=first)]
    lessons = [lesson("l1"), lesson("l2", "2"), BLOCK]
    return small_term(**{"professionals": people, "lessons": lessons, "rules": rules, **tables})


def test_later_periods_cost_nothing() -> None:
    """Period 2 after one period kept free; any period where nobody keeps any."""
    assert cost(day(), table("l2"), FirstHoursFree) == 0
    assert cost(day(first=None), table("l1", "block"), FirstHoursFree) == 0
    assert facts(day(first=None), FirstHoursFree) == []


def test_each_early_period_costs() -> None:
    """Period 1 on two dates is 2 x 40; of a block of three the first two are early, 2 x 2 x 40."""
    assert cost(day(), table("l1"), FirstHoursFree) == 80
    assert cost(day(first=2), table("l1", "l2"), FirstHoursFree) == 160
    assert cost(day(first=2), table("block"), FirstHoursFree) == 160


def test_clock_times_count_for_the_periods_they_overlap() -> None:
    """09:10-09:30 overlaps periods 1 and 2; 08:00-08:30 comes before them all."""
    lessons = [lesson("both", None, start="09:10", end="09:30"), lesson("before", None, start="08:00", end="08:30")]
    assert cost(day(first=2, lessons=lessons), table("both"), FirstHoursFree) == 160
    assert cost(day(first=2, lessons=lessons), table("before"), FirstHoursFree) == 0


def test_a_school_may_keep_them_free_for_everybody() -> None:
    """North keeps two, south none; the larger of the school's and her own number counts."""
    tables = {
        "schools": [school("north", first_periods_free=2), school("south")],
        "courses": [course("robots"), course("bikes", school="south")],
        "lessons": [lesson("l2", "2"), lesson("s2", "2", course="bikes")],
    }
    assert cost(day(first=None, **tables), table("l2"), FirstHoursFree) == 80
    assert cost(day(first=None, **tables), table("s2"), FirstHoursFree) == 0
    assert cost(day(first=3, **tables), table("l2", "s2"), FirstHoursFree) == 160


def test_on_shortened_days_the_first_periods_are_others() -> None:
    """On the 14th periods begin at 10:30: period 3 of an ordinary day is the first of that day."""
    short = grid("north", {"x": ("10:30", "11:20"), "1": ("11:20", "12:00"), "3": ("10:30", "11:20")}, variant="short")
    special = [{"school": "north", "start": "2026-09-14", "end": "2026-09-14", "kind": "shortened", "variant": "short"}]
    lessons = [lesson("l3", None, start="10:30", end="11:20")]
    term = day(lessons=lessons, calendar_days=special, time_grids=[*grid("north"), *short])
    # One date of two: 1 x 40; two labels for the same time are one period.
    assert cost(term, table("l3"), FirstHoursFree) == 40


def test_the_number_and_the_weight_can_be_set() -> None:
    """A default of two for who says nothing, beside her own none; at 3 points 2 x 3."""
    rules = ({"rule": "first_hours_free", "parameter": "default", "value": "2"},)
    assert cost(day(first=None, rules=rules), table("l1", "l2"), FirstHoursFree) == 160
    assert cost(day(first=0, rules=rules), table("l1", "l2"), FirstHoursFree) == 0
    rules = ({"rule": "first_hours_free", "parameter": "weight", "value": "3"},)
    assert cost(day(rules=rules), table("l1"), FirstHoursFree) == 6


def test_her_own_wish_is_private_and_a_school_s_is_not() -> None:
    """Who keeps them free decides who may read it."""
    assert is_about(fact(day(), FirstHoursFree), Owner.PROFESSIONAL, "professionals/anna", Privacy.PRIVATE)
    north = day(first=None, schools=[school("north", first_periods_free=1), school("south")])
    assert is_about(fact(north, FirstHoursFree), Owner.PROFESSIONAL, None)


def matters() -> tuple[Term, Timetable]:
    """An early lesson."""
    return day(), table("l1")
