"""Lessons that stand alone, at ten points a date. Periods 1, 2 touch; 20 minutes later 3, 4; 50 minutes later 5, 6."""

from typing import Any

from model.rule import Owner
from model.rules.isolated_lesson import IsolatedLesson
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, small_term, table
from tests.rules.cases import cost, fact, facts, is_about

TEN = {"rule": "isolated_lesson", "parameter": "weight", "value": "10"}


def day(*periods: str, rules: tuple[dict[str, Any], ...] = (TEN,), **tables: Any) -> Term:
    return small_term(**{"lessons": [lesson(f"l{each}", each) for each in periods], "rules": rules, **tables})


def test_neighbours_and_blocks_are_not_alone() -> None:
    """Touching lessons, lessons around a break of 20 minutes, and a block of two."""
    assert cost(day("1", "2"), table("l1", "l2"), IsolatedLesson) == 0
    assert cost(day("2", "3"), table("l2", "l3"), IsolatedLesson) == 0
    block = [lesson("l1", "1", last_period="2")]
    assert cost(day(lessons=block), table("l1"), IsolatedLesson) == 0


def test_each_date_of_a_lesson_alone_costs() -> None:
    """One lesson on two dates 2 x 10; 1 and 3 both alone 4 x 10; 4 and 5 are 50 minutes apart, both alone."""
    assert cost(day("1", "2", "3"), table("l1"), IsolatedLesson) == 20
    assert cost(day("1", "2", "3"), table("l1", "l3"), IsolatedLesson) == 40
    assert cost(day("4", "5"), table("l4", "l5"), IsolatedLesson) == 40
    # 1 and 2 adjoin, 5 does not.
    assert cost(day("1", "2", "5"), table("l1", "l2", "l5"), IsolatedLesson) == 20


def test_in_weeks_of_their_own_they_are_alone() -> None:
    """Period 1 in both weeks, period 2 only in week 37: alone in week 38 only."""
    lessons = [lesson("l1"), lesson("l2", "2", weeks="37")]
    assert cost(day(lessons=lessons), table("l1", "l2"), IsolatedLesson) == 10


def test_a_course_that_stays_together_keeps_itself_company() -> None:
    """Its lessons adjoin: nothing; a second course of one lesson is alone, 2 x 10."""
    courses = [course("robots", continuity="same"), course("bikes")]
    lessons = [lesson("l1"), lesson("l2", "2"), lesson("l5", "5", course="bikes")]
    term = day(courses=courses, lessons=lessons)
    assert cost(term, table("l1", "l2"), IsolatedLesson) == 0
    assert cost(term, table("l1", "l2", "l5"), IsolatedLesson) == 20


def test_the_break_can_be_set_and_without_a_weight_it_costs_nothing() -> None:
    """With breaks of 50 minutes 4 and 5 adjoin; with none 2 and 3 do not."""
    rules = (TEN, {"rule": "isolated_lesson", "parameter": "break_minutes", "value": "50"})
    assert cost(day("4", "5", rules=rules), table("l4", "l5"), IsolatedLesson) == 0
    rules = (TEN, {"rule": "isolated_lesson", "parameter": "break_minutes", "value": "0"})
    assert cost(day("2", "3", rules=rules), table("l2", "l3"), IsolatedLesson) == 40
    assert cost(day("1", rules=()), table("l1"), IsolatedLesson) == 0
    assert facts(day("1", rules=()), IsolatedLesson) == []


def test_the_fact_is_the_school_s() -> None:
    """The board says whose lessons they are."""
    said = fact(day("1", "3"), IsolatedLesson)
    assert is_about(said, Owner.SCHOOL, None)
    assert said.professional == "anna"


def matters() -> tuple[Term, Timetable]:
    """A lesson alone on two dates."""
    return day("1"), table("l1")
