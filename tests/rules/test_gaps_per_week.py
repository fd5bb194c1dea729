"""Free periods in a week, at 50 points for each beyond the number. Between 1 and 3 lies one, between 1 and 4 two."""

from typing import Any

from model.rule import Owner
from model.rules.gaps_per_week import GapsPerWeek
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import cost, fact, facts, is_about

MONDAY = [lesson("l1"), lesson("l3", "3")]
TUESDAY = [lesson("t1", weekday="tue"), lesson("t4", "4", weekday="tue")]


def week(most: int | None = 0, rules: tuple[dict[str, Any], ...] = (), **tables: Any) -> Term:
    people = [person("anna", max_gaps_per_week=most)]
    return small_term(**{"lessons": [*MONDAY, *TUESDAY], "professionals": people, "rules": rules, **tables})


def test_as_many_as_agreed_cost_nothing() -> None:
    """One on Monday and two on Tuesday are three; who agreed nothing pays nothing."""
    assert cost(week(most=3), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 0
    assert cost(week(most=None), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 0
    assert cost(week(), table("l1", "t1"), GapsPerWeek) == 0


def test_each_beyond_them_costs_in_each_week() -> None:
    """Three a week: with none agreed 3 x 50 in two weeks, with two agreed 1 x 50 in two weeks."""
    assert cost(week(), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 300
    assert cost(week(most=2), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 100
    # In week 38 there is no Tuesday: 3 - 2 in week 37 only.
    lessons = [*MONDAY, *({**each, "weeks": "37"} for each in TUESDAY)]
    assert cost(week(most=2, lessons=lessons), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 50


def test_the_number_and_the_weight_can_be_set() -> None:
    """A default of two for who says nothing; at 7 points 2 x 7."""
    rules = ({"rule": "gaps_per_week", "parameter": "default", "value": "2"},)
    assert cost(week(most=None, rules=rules), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 100
    rules = ({"rule": "gaps_per_week", "parameter": "weight", "value": "7"},)
    assert cost(week(most=2, rules=rules), table("l1", "l3", "t1", "t4"), GapsPerWeek) == 14


def test_the_fact_is_her_own() -> None:
    """The board names her row; without a number it says nothing."""
    assert is_about(fact(week(), GapsPerWeek), Owner.PROFESSIONAL, "professionals/anna")
    assert facts(week(most=None), GapsPerWeek) == []


def matters() -> tuple[Term, Timetable]:
    """Free periods that cost."""
    return week(), table("l1", "l3", "t1", "t4")
