"""Lesson periods that were promised. Lessons l1 to l4 are one lesson period each, on two Mondays."""

from typing import Any

from model.rule import Owner
from model.rules.contract_minimum import ContractMinimum
from model.term import Term
from model.timetable import Tier, Timetable
from tests.regions import course, lesson, small_term, table
from tests.rules.cases import cost, fact, facts, is_about


def promised(*rows: dict[str, Any], weight: int | None = 10, **tables: Any) -> Term:
    """Anna's engagements with the board."""
    given = [{"professional": "anna", "board": "board", "id": f"e{number}"} | row for number, row in enumerate(rows)]
    settings = [{"rule": "contract_minimum", "parameter": "weight", "value": str(weight)}]
    values = {
        "engagements": given,
        "lessons": [lesson(f"l{number}", str(number)) for number in range(1, 5)],
        "rules": [] if weight is None else settings,
    }
    return small_term(**{**values, **tables})


def test_nothing_is_gained_without_a_minimum_or_beyond_it() -> None:
    """No minimum, a stopped engagement, a weight of nothing, no lesson at all."""
    two = table("l1", "l2")
    assert cost(promised({}), two, ContractMinimum) == 0
    assert cost(promised({"min_lessons": 2, "status": "gestopt"}), two, ContractMinimum) == 0
    assert cost(promised({"min_lessons": 2}, weight=0), two, ContractMinimum) == 0
    assert cost(promised({"min_lessons": 2}), Timetable(), ContractMinimum) == 0


def test_each_lesson_period_up_to_the_minimum_gains_in_each_week() -> None:
    """2 weeks x 10 points x 1, 2, 2 and 2 lesson periods of a minimum of 2; 300 points each when nothing is set."""
    for given, gain in ((1, 20), (2, 40), (3, 40), (4, 40)):
        assert (
            cost(promised({"min_lessons": 2}), table(*[f"l{n}" for n in range(1, given + 1)]), ContractMinimum) == -gain
        )
    assert cost(promised({"min_lessons": 2}, weight=None), table("l1"), ContractMinimum) == -600


def test_a_lesson_counts_for_its_lesson_periods_in_its_weeks() -> None:
    """A double period in week 37: 2 of 3; a minimum is missed by week, so 4 in one week and 0 in the other gain 3."""
    double = [lesson("l1", last_period="2", weeks="37")]
    assert cost(promised({"min_lessons": 3}, lessons=double), table("l1"), ContractMinimum) == -20
    four = [lesson("l1", lesson_periods=4, weeks="37")]
    assert cost(promised({"min_lessons": 3}, lessons=four), table("l1"), ContractMinimum) == -30


def test_only_lessons_of_the_board_or_site_within_the_dates_count() -> None:
    """Another site of the board does for the board, not for the other site; from the 10th one week is left."""
    lessons = [lesson("l1"), lesson("l2", "2", course="draw")]
    courses = [course("robots"), course("draw", school="south")]
    both, tables = table("l1", "l2"), {"lessons": lessons, "courses": courses}
    assert cost(promised({"min_lessons": 5}, **tables), both, ContractMinimum) == -40
    assert cost(promised({"min_lessons": 5, "school": "south"}, **tables), both, ContractMinimum) == -20
    assert cost(promised({"min_lessons": 5, "start": "2026-09-10"}), table("l1"), ContractMinimum) == -10
    assert cost(promised({"min_lessons": 5, "end": "2026-09-10"}), table("l1"), ContractMinimum) == -10


def test_two_engagements_gain_each_for_itself() -> None:
    """2 weeks x 10 x (1 + 2)."""
    rows = ({"min_lessons": 1, "start": "2026-01-01"}, {"min_lessons": 2})
    assert cost(promised(*rows), table("l1", "l2"), ContractMinimum) == -60


def test_the_fact_is_the_school_s() -> None:
    """About the engagement, in the tier of continuity."""
    because = fact(promised({"min_lessons": 2}), ContractMinimum)
    assert is_about(because, Owner.SCHOOL, "engagements/e0")
    assert because.params["least"] == 2
    assert facts(promised({}), ContractMinimum) == []
    assert ContractMinimum.tier is Tier.CONTINUITY


def matters() -> tuple[Term, Timetable]:
    """One lesson of the two that were promised."""
    return promised({"min_lessons": 2}), table("l1")
