"""The price of fairness: the same term with and without, both proved and judged."""

from __future__ import annotations

from model.rulebook import RuleBook
from model.rules.fair_schools import FairSchools
from model.term import Term
from model.timetable import Status, Tier
from solver.board import Board
from solver.child import most_possible
from solver.fairness import is_fair, price_of_fairness, without_fairness
from solver.solve import solve
from tests.agreement import best
from tests.regions import course, lesson, person, small_term


def region(weight: int, **limits: int) -> Term:
    """Anna has room for two lessons a week: two at north on one journey, or one of them and one at south."""
    return small_term(
        professionals=[person("anna", max_lessons_per_week=2, **limits)],
        courses=[course("robots"), course("art", school="south")],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("s1", weekday="tue", course="art")],
        rules=[{"rule": "fair_schools", "parameter": "weight", "value": str(weight)}],
    )


def test_the_price_is_what_the_other_tiers_give_up() -> None:
    """Two journeys to north, 2 x 40 minutes, become two to north and two to south, 2 x (40 + 60): 120 points more travel."""
    term = region(10)
    fair = solve(term, seconds=20)
    price = price_of_fairness(term, fair, seconds=20)
    assert price is not None
    assert price.proved
    # North has two lessons, of which one is given: 50 percent, and south all of it.
    assert (price.price, price.fairness, price.fairness_without, price.lessons_filled) == (120, 500, 0, 2)
    assert {row.tier: (row.without, row.price) for row in price.tiers} == {
        Tier.FILLED: (4000, 0),
        Tier.CONTINUITY: (0, 0),
        Tier.STABILITY: (0, 0),
        Tier.COMFORT: (-80, 120),
    } | {row.tier: (row.without, row.price) for row in price.tiers if row.without == row.price == 0}


def test_fairness_that_is_too_dear_is_not_bought() -> None:
    """With 2 points a percent, 50 percent are worth 100, and the journeys cost 120: the price is 0."""
    term = region(2)
    price = price_of_fairness(term, solve(term, seconds=20), seconds=20)
    assert price is not None
    assert (price.price, price.fairness) == (0, 0)


def test_without_fairness_there_is_no_price() -> None:
    """No weight, or no timetable."""
    assert not is_fair(region(0))
    assert price_of_fairness(region(0), solve(region(0), seconds=20)) is None
    impossible = region(10).replace(lessons=[lesson_row.replace(must_fill=True) for lesson_row in region(10).lessons])
    outcome = solve(impossible, seconds=20)
    assert outcome.status is Status.IMPOSSIBLE
    assert price_of_fairness(impossible, outcome) is None


def test_rules_of_fairness_are_off_and_the_rest_stays() -> None:
    """Whatever was set for them."""
    term = region(10)
    plain = without_fairness(term)
    assert RuleBook(plain).of(FairSchools, plain.id) is None
    assert [row for row in plain.rules if row.enabled is not False] == []
    assert best(plain)[0] == best(region(0))[0]


def test_the_trivial_bound_counts_what_levels_can_gain() -> None:
    """Three lessons on two dates are worth 6000, and 100 percent of the poorest school 1000; no journey counts."""
    assert most_possible(Board.of(region(10))) == 7000


def test_the_trivial_bound_counts_promises_that_are_kept() -> None:
    """Nothing is lost when all that was promised is given: the bound is that of the term without a published timetable."""
    promised = region(0).replace(published=[{"lesson": "l1", "professional": "anna"}])
    assert most_possible(Board.of(promised)) == most_possible(Board.of(region(0))) == 6000
