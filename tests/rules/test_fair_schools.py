"""Fair to schools: north has lessons l1 to l4, south s1 and s2, all on two dates and of one lesson period."""

from typing import Any

from model.rule import Owner
from model.rules.fair_schools import FairSchools
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import cost, fact, facts, is_about

NORTH, SOUTH = ("l1", "l2", "l3", "l4"), ("s1", "s2")


def region(weight: str = "10", heads: int = 1, south: tuple[str, ...] = SOUTH, **changes: Any) -> Term:
    """Points for each percent of the smallest share."""
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots"), course("art", school="south", heads=heads)],
        lessons=[
            *(lesson(each, str(place)) for place, each in enumerate(NORTH, 1)),
            *(lesson(each, str(place), weekday="tue", course="art") for place, each in enumerate(south, 1)),
        ],
        rules=[{"rule": "fair_schools", "parameter": "weight", "value": weight}],
        **changes,
    )


def test_the_smallest_share_gains() -> None:
    """Half of north is 50 percent, all of south 100: 50 x 10. With south empty there is nothing to gain."""
    assert cost(region(), table("l1", "l2", "s1", "s2"), FairSchools) == -50 * 10
    assert cost(region(), table(*NORTH, "s1"), FairSchools) == -50 * 10
    assert cost(region(), table(*NORTH, *SOUTH), FairSchools) == -100 * 10
    assert cost(region(), table(*NORTH), FairSchools) == 0


def test_without_a_weight_it_says_nothing() -> None:
    """The default."""
    assert cost(region("0"), table(*NORTH, *SOUTH), FairSchools) == 0
    assert facts(region("0"), FairSchools) == []


def test_shares_go_by_lesson_time_and_teachers_needed() -> None:
    """South needs two teachers: one for each lesson is half. A lesson of three periods is three quarters of four."""
    assert cost(region(heads=2), table(*NORTH, *SOUTH), FairSchools) == -50 * 10
    assert cost(region(heads=2), table(*NORTH, *SOUTH, ("s1", "ben")), FairSchools) == -75 * 10
    longer = region().replace(
        lessons=[row.replace(lesson_periods=3) if row.id == "s1" else row for row in region().lessons]
    )
    assert cost(longer, table(*NORTH, "s1"), FairSchools) == -75 * 10
    assert cost(longer, table(*NORTH, "s2"), FairSchools) == -25 * 10


def test_points_of_a_lesson_are_whole() -> None:
    """A third of 100 x 10 is 333; three of them are 999."""
    three = ("s1", "s2", "s3")
    assert cost(region(south=three), table(*NORTH, "s1"), FairSchools) == -333
    assert cost(region(south=three), table(*NORTH, *three), FairSchools) == -999


def test_a_lesson_in_half_of_the_weeks_weighs_half() -> None:
    """Week 38 alone: s1 is one date of three."""
    half = region().replace(lessons=[row.replace(weeks="38") if row.id == "s1" else row for row in region().lessons])
    assert cost(half, table(*NORTH, "s1"), FairSchools) == -333
    assert cost(half, table(*NORTH, "s2"), FairSchools) == -666


def test_another_time_weighs_as_its_own() -> None:
    """On Wednesday, as on Tuesday, s1 is half of south; in weeks without a Wednesday lesson nothing changes."""
    times = [{"id": "wed", "lesson": "s1", "weekday": "wed", "first_period": "1"}]
    assert cost(region(lesson_times=times), table(*NORTH, ("s1", "anna", "wed")), FairSchools) == -50 * 10
    closed = [{"start": "2026-09-16", "end": "2026-09-16", "kind": "holiday"}]
    term = region(lesson_times=times, calendar_days=closed)
    assert cost(term, table(*NORTH, ("s1", "anna", "wed")), FairSchools) == -50 * 10


def test_given_in_some_weeks_counts_for_those() -> None:
    """By hand: s1 in one of its two weeks is a quarter of south."""
    by_hand = table(*NORTH, "s1")
    rows = tuple(row.model_copy(update={"weeks": {38}}) if row.lesson == "s1" else row for row in by_hand.assignments)
    assert cost(region(), Timetable(assignments=rows), FairSchools) == -25 * 10


def test_a_school_without_lessons_is_left_out() -> None:
    """Nobody can fill what is not there."""
    assert cost(region(south=()), table("l1"), FairSchools) == -25 * 10


def test_the_fact_is_the_schools() -> None:
    """One for the region."""
    assert is_about(fact(region(), FairSchools), Owner.SCHOOL, None)


def matters() -> tuple[Term, Timetable]:
    """Anna may give two lessons a week: without fairness both at north, on one journey."""
    term = region("1000")
    people = [row.replace(max_lessons_per_week=2 if row.id == "anna" else 0) for row in term.professionals]
    return term.replace(professionals=people), table("l1", "s1")
