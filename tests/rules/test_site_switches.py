"""From one school to another on a day, at ten points. Periods 1 and 5 at north, 3 at south; two dates."""

from typing import Any

from model.rule import Owner
from model.rules.site_switches import SiteSwitches
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, release, small_term, table, work, worker
from tests.rules.cases import cost, fact, facts, is_about

TEN = {"rule": "site_switches", "parameter": "weight", "value": "10"}


def day(rules: tuple[dict[str, Any], ...] = (TEN,), **tables: Any) -> Term:
    courses = [course("robots"), course("bikes", school="south")]
    lessons = [lesson("l1"), lesson("l3", "3", course="bikes"), lesson("l5", "5")]
    lessons.append(lesson("t3", "3", course="bikes", weekday="tue"))
    return small_term(**{"courses": courses, "lessons": lessons, "rules": rules, **tables})


def test_one_school_a_day_is_no_switch() -> None:
    """Twice at north on Monday, and at south on Tuesday."""
    assert cost(day(), table("l1", "l5"), SiteSwitches) == 0
    assert cost(day(), table("l1", "t3"), SiteSwitches) == 0


def test_each_switch_costs() -> None:
    """There 2 x 10; there and back 2 x 2 x 10."""
    assert cost(day(), table("l1", "l3"), SiteSwitches) == 20
    assert cost(day(), table("l1", "l3", "l5"), SiteSwitches) == 40


def test_work_in_between_is_another_journey() -> None:
    """Between north and south she works at the plant from 09:40 to 10:05; released, that work stays all the same."""
    tables = {"professionals": [worker("anna")], "work": [work("anna", "09:40", "10:05")]}
    assert cost(day(**tables), table("l1", "l3"), SiteSwitches) == 0
    # At 25 minutes from the plant, period 3 at south starts at 10:30, so from 10:06 on released work gives way.
    tables["work"] = [work("anna", "09:40", "10:06")]
    assert cost(day(**tables, releases=[release("anna")]), table("l1", "l3"), SiteSwitches) == 20


def test_without_a_weight_it_costs_nothing() -> None:
    """No setting, no cost, nothing on the board."""
    assert cost(day(rules=()), table("l1", "l3"), SiteSwitches) == 0
    assert facts(day(rules=()), SiteSwitches) == []


def test_the_fact_is_the_school_s() -> None:
    """The board says who switches."""
    said = fact(day(), SiteSwitches)
    assert is_about(said, Owner.SCHOOL, None)
    assert said.professional == "anna"


def matters() -> tuple[Term, Timetable]:
    """There and back."""
    return day(), table("l1", "l3")
