"""Extra travel, a point a minute. From home: north 20, south 30, plant 10; north-south 15, north-plant 15; two Mondays."""

from typing import Any

from model.rule import Owner
from model.rules.travel import TravelCost
from model.term import Term
from model.timetable import Timetable
from tests.regions import MINUTES, course, journeys, lesson, release, small_term, table, work, worker
from tests.rules.cases import cost, facts, is_about


def day(*lessons: dict[str, Any], **tables: Any) -> Term:
    return small_term(courses=[course("robots"), course("bikes", school="south")], lessons=lessons, **tables)


def employed(*blocks: dict[str, Any], policy: str = "half_day", **tables: Any) -> dict[str, Any]:
    employers = [{"id": "works", "name": "Works", "release_policy": policy}]
    return {"professionals": [worker("anna")], "employers": employers, "work": blocks, **tables}


L1, L6 = lesson("l1"), lesson("l6", "6", course="bikes")


def test_who_stays_at_home_or_at_work_travels_nothing_extra() -> None:
    """A working day without lessons is usual, and a lesson where one lives takes no journey."""
    assert cost(day(L1, **employed(work("anna"))), table(), TravelCost) == 0
    no_way = journeys(["anna"], {("home", "north"): 0})
    assert cost(day(L1, travel_times=[*no_way]), table("l1"), TravelCost) == 0


def test_a_day_off_costs_the_whole_route() -> None:
    """20 there and back: 40 a day; north then south: 20 + 15 + 30 = 65; two lessons at one school are one journey."""
    assert cost(day(L1), table("l1"), TravelCost) == 2 * 40
    assert cost(day(L1, L6), table("l1", "l6"), TravelCost) == 2 * 65
    assert cost(day(L1, lesson("l3", "3")), table("l1", "l3"), TravelCost) == 2 * 40
    assert cost(day(lesson("l1", weeks="38")), table("l1"), TravelCost) == 40


def test_the_usual_way_to_work_is_taken_off() -> None:
    """Work from 13:00: home 20 north 15 plant 10 home = 45, usual 10 + 10: 25 extra a day."""
    afternoon = work("anna", "13:00", "17:00")
    assert cost(day(L1, **employed(afternoon)), table("l1"), TravelCost) == 2 * 25
    # Between two lessons: 20 + 15 + 25 (plant to south) + 30 = 90, less 20.
    midday = work("anna", "11:00", "13:00")
    assert cost(day(L1, L6, **employed(midday)), table("l1", "l6"), TravelCost) == 2 * 70


def test_released_work_is_left_out_of_the_route() -> None:
    """Of a day's work the morning goes: 45 - 20; all of it where whole days are given: 40 - 20."""
    whole = {"releases": [release("anna")]}
    assert cost(day(L1, **employed(work("anna"), **whole)), table("l1"), TravelCost) == 2 * 25
    assert cost(day(L1, **employed(work("anna"), policy="day", **whole)), table("l1"), TravelCost) == 2 * 20


def test_a_teaching_day_near_home_gains() -> None:
    """With north at 2 minutes a released working day saves 20 - 4 = 16 minutes."""
    near = journeys(["anna"], {**MINUTES, ("home", "north"): 2})
    term = day(L1, **employed(work("anna"), policy="day", releases=[release("anna")]), travel_times=[*near])
    assert cost(term, table("l1"), TravelCost) == 2 * -16


def test_work_at_another_site_and_without_a_place() -> None:
    """A block may have its own site; work without a known place takes no travel at all."""
    sites = [{"id": "plant", "employer": "works"}, {"id": "yard", "employer": "works"}]
    minutes = {**MINUTES, ("home", "yard"): 40, ("north", "yard"): 50}
    yard = employed(work("anna", "13:00", "17:00", site="yard"))
    term = day(L1, **yard, employer_sites=sites, travel_times=[*journeys(["anna"], minutes)])
    # 20 + 50 + 40 = 110, usual 80.
    assert cost(term, table("l1"), TravelCost) == 2 * 30
    nowhere = {**employed(work("anna", "13:00", "17:00")), "professionals": [worker("anna", site=None)]}
    # Home to north 20, then nothing is known.
    assert cost(day(L1, **nowhere), table("l1"), TravelCost) == 2 * 20


def test_the_weight_can_be_set_per_employer() -> None:
    """At 3 points a minute 2 x 25 x 3."""
    rules = [{"rule": "travel", "employer": "works", "parameter": "weight", "value": "3"}]
    assert cost(day(L1, **employed(work("anna", "13:00", "17:00"), rules=rules)), table("l1"), TravelCost) == 150


def test_the_fact_is_the_professional_s() -> None:
    """The board says whose travel it is."""
    said = facts(day(L1), TravelCost)
    assert said
    assert all(is_about(each, Owner.PROFESSIONAL, None) and each.professional == "anna" for each in said)


def matters() -> tuple[Term, Timetable]:
    """Travelling costs 80."""
    return day(L1), table("l1")
