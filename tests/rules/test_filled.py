"""What a staffed lesson is worth: 500, 1000 or 2000 points per lesson period and date, by priority."""

from typing import Any

from model.rule import Owner
from model.rules.filled import Filled
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import cost, facts, is_about


def region(priority: str = "normal", rules: tuple[dict[str, Any], ...] = (), **fields: Any) -> Term:
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots", priority=priority, heads=2)],
        lessons=[lesson("l1", **fields)],
        rules=rules,
    )


def test_an_open_lesson_is_worth_nothing() -> None:
    """The empty timetable neither gains nor costs."""
    assert cost(region(), table(), Filled) == 0


def test_worth_counts_priority_periods_dates_and_people() -> None:
    """Two dates: 2 x 500, 2 x 1000, 2 x 2000; a double lesson twice that; two people twice; one week half."""
    assert cost(region("low"), table("l1"), Filled) == -1000
    assert cost(region("normal"), table("l1"), Filled) == -2000
    assert cost(region("high"), table("l1"), Filled) == -4000
    assert cost(region(last_period="2"), table("l1"), Filled) == -4000
    assert cost(region(lesson_periods=3), table("l1"), Filled) == -6000
    assert cost(region(), table("l1", ("l1", "ben")), Filled) == -4000
    assert cost(region(weeks="38"), table("l1"), Filled) == -1000


def test_who_only_watches_is_worth_nothing() -> None:
    """Ben watches both weeks, the first week, or another subject: 1000 points for each of the other dates."""
    both = table("l1", ("l1", "ben"))
    for stage, worth in (({}, 2000), ({"end": "2026-09-13"}, 3000), ({"subject": "koken"}, 4000)):
        stages = [{"professional": "ben", "stage": "meelopen", **stage}]
        assert cost(region().replace(stages=stages), both, Filled) == -worth
    duo = [{"professional": "ben", "stage": "duo"}]
    assert cost(region().replace(stages=duo), both, Filled) == -4000


def test_a_school_may_count_otherwise() -> None:
    """3 points for normal priority at north: 2 dates x 3; a setting of south changes nothing."""
    three = {"rule": "filled", "parameter": "normal", "value": "3"}
    assert cost(region(rules=({**three, "school": "north"},)), table("l1"), Filled) == -6
    assert cost(region(rules=({**three, "school": "south"},)), table("l1"), Filled) == -2000


def test_the_fact_is_the_school_s() -> None:
    """The board names the lesson."""
    said = facts(region(), Filled)
    assert len(said) == 1
    assert is_about(said[0], Owner.SCHOOL, "lessons/l1")


def matters() -> tuple[Term, Timetable]:
    """Without it nothing is worth travelling for."""
    return region(), table("l1")
