"""How far somebody travels: north is 20 minutes from home, south 30."""

from typing import Any

from model.rule import Owner
from model.rules.travel_limit import TravelLimit
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes


def most(minutes: int | None, **tables: Any) -> Term:
    return small_term(
        professionals=[person("anna", max_travel_minutes=minutes)],
        courses=[course("robots"), course("bikes", school="south")],
        lessons=[lesson("l1"), lesson("l2", "5", course="bikes")],
        **tables,
    )


BOTH = table("l1", "l2")


def test_near_enough_is_fine() -> None:
    """20 minutes where 20 are the most; no limit; the way between schools does not count."""
    assert sizes(most(20), table("l1"), TravelLimit) == []
    assert sizes(most(30), BOTH, TravelLimit) == []
    assert sizes(most(None), BOTH, TravelLimit) == []


def test_a_minute_too_far_breaks_it() -> None:
    """South is 30 minutes: one more than 29."""
    broken = breaches(most(29), BOTH, TravelLimit)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in broken] == [(1, "minutes", "anna", "l2")]
    assert broken[0].sentence(NL) == "Anna reist 30 minuten voor Bikes (l2); hoogstens 29 mag."
    assert broken[0].sentence(EN) == "Anna travels 30 minutes for Bikes (l2); at most 29 are allowed."


def test_the_longer_of_both_ways_counts() -> None:
    """There in 20 minutes, back in 50."""
    ways = [
        {"origin": "home:anna", "destination": "north", "minutes": 20},
        {"origin": "north", "destination": "home:anna", "minutes": 50},
    ]
    assert sizes(most(49, travel_times=ways), table("l1"), TravelLimit) == [1]
    assert sizes(most(50, travel_times=ways), table("l1"), TravelLimit) == []


def test_an_unknown_journey_is_too_far_for_everybody() -> None:
    """Without coordinates or travel times nobody is sent, whatever their limit: 1440 stands for it, 1439 is the most."""
    for limit in (None, 60, 2000):
        unknown = most(limit, travel_times=[])
        assert sizes(unknown, table("l1"), TravelLimit) == [1440 - min(1439, limit or 1439)]
        assert fact(small_term(travel_times=[]), TravelLimit).message == "rule.travel_limit.unknown"


def test_the_default_is_for_people_who_give_no_limit() -> None:
    """25 minutes unless somebody says otherwise."""
    rules = [{"rule": "travel_limit", "parameter": "default_minutes", "value": "25"}]
    assert sizes(most(None, rules=rules), BOTH, TravelLimit) == [5]
    assert sizes(most(30, rules=rules), BOTH, TravelLimit) == []


def test_the_fact_is_the_professional_s() -> None:
    """The board names the person's row."""
    because = fact(most(29), TravelLimit)
    assert is_about(because, Owner.PROFESSIONAL, "professionals/anna")
    assert because.params == {"person": "Anna", "school": "South", "minutes": 30, "most": 29}


def matters() -> tuple[Term, Timetable]:
    """South is too far."""
    return most(29), table("l2")
