"""A class gladly keeps one teacher: 5000 points for each person more than a lesson needs."""

from typing import Any

from model.rule import Owner
from model.rules.continuity_wish import ContinuityWish
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import cost, fact, is_about

THREE = table("l1", ("l2", "ben"), ("l3", "carl"))


def wished(rules: tuple[dict[str, Any], ...] = (), **fields: Any) -> Term:
    return small_term(
        professionals=[person(each) for each in ("anna", "ben", "carl")],
        courses=[course("robots", **{"continuity": "wished", **fields})],
        lessons=[lesson("l1"), lesson("l2"), lesson("l3")],
        rules=rules,
    )


def test_one_teacher_and_other_courses_are_free_of_cost() -> None:
    """Nobody, one person, as many as the heads, or a course without the wish."""
    assert cost(wished(), table(), ContinuityWish) == 0
    assert cost(wished(), table("l1", "l2", "l3"), ContinuityWish) == 0
    assert cost(wished(heads=3), THREE, ContinuityWish) == 0
    assert cost(wished(continuity="free"), THREE, ContinuityWish) == 0


def test_each_person_more_costs() -> None:
    """Three people: two too many, 2 x 5000; with two heads one too many; with another weight 2 x 7."""
    assert cost(wished(), THREE, ContinuityWish) == 10000
    assert cost(wished(heads=2), THREE, ContinuityWish) == 5000
    cheap = ({"rule": "continuity_wish", "school": "north", "parameter": "weight", "value": "7"},)
    assert cost(wished(cheap), THREE, ContinuityWish) == 14


def test_the_fact_is_the_school_s() -> None:
    """The board names the course."""
    because = fact(wished(), ContinuityWish)
    assert is_about(because, Owner.SCHOOL, "courses/robots")
    assert because.params == {"course": "Robots", "most": 1}


def matters() -> tuple[Term, Timetable]:
    """Three lessons at the same time: with the wish one teacher is best, for each further one gains 2000 and costs 5000."""
    return wished(), THREE
