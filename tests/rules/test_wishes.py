"""What people would rather, or rather not: 20 points per grade, lesson period and date. Lesson l1: Monday 08:30-09:20."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.wishes import Wishes
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, small_term, table
from tests.rules.cases import cost, fact, is_about


def wish(value: int, rules: tuple[dict[str, Any], ...] = (), last: str | None = None, **about: Any) -> Term:
    return small_term(
        courses=[course("robots", level="havo")],
        lessons=[lesson("l1", last_period=last)],
        wishes=[{"id": "wish", "professional": "anna", "value": value, **about}],
        rules=rules,
    )


def test_what_a_wish_is_not_about_costs_nothing() -> None:
    """Another day, half-day, time, school, subject or level, a wish of grade 0, or an open lesson."""
    for about in (
        {"weekday": "tue"},
        {"half_day": "afternoon"},
        {"start": "09:20"},
        {"end": "08:30"},
        {"school": "south"},
        {"subject": "koken"},
        {"level": "vwo"},
    ):
        assert cost(wish(3, **about), table("l1"), Wishes) == 0
    assert cost(wish(0), table("l1"), Wishes) == 0
    assert cost(wish(3), table(), Wishes) == 0


def test_a_wish_met_gains_and_one_against_costs() -> None:
    """Grade 3 on two dates: 2 x 3 x 20 = 120 gained; grade -2 costs 2 x 2 x 20; a double lesson counts twice."""
    for about in ({}, {"weekday": "mon"}, {"half_day": "morning"}, {"subject": "TECHNIEK"}, {"level": "havo"}):
        assert cost(wish(3, **about), table("l1"), Wishes) == -120
    assert cost(wish(-2, school="north"), table("l1"), Wishes) == 80
    assert cost(wish(3, last="2"), table("l1"), Wishes) == -240
    assert cost(wish(1, start="09:19", end="09:30"), table("l1"), Wishes) == -40


def test_the_weight_can_be_set() -> None:
    """At 7 points a grade 2 x 3 x 7 = 42."""
    rules = ({"rule": "wishes", "parameter": "weight", "value": "7"},)
    assert cost(wish(3, rules), table("l1"), Wishes) == -42


def test_the_fact_is_private() -> None:
    """The board names the wish; only the professional may read it."""
    assert is_about(fact(wish(3), Wishes), Owner.PROFESSIONAL, "wishes/wish", Privacy.PRIVATE)


def matters() -> tuple[Term, Timetable]:
    """A wish met is worth 120."""
    return wish(3), table("l1")
