"""What fairness costs: the same term solved without its rules of fairness, and both timetables compared."""

from __future__ import annotations

from typing import Unpack

from model.judge import judge
from model.lessons import RuleSetting
from model.rulebook import RuleBook
from model.rules import RULES
from model.term import Term
from model.timetable import FairnessPrice, Outcome, Status, Tier, TierPrice
from solver.solve import How, solve

FAIRNESS = tuple(rule for rule in RULES if rule.tier is Tier.FAIRNESS)


def is_fair(term: Term) -> bool:
    """Whether any rule of fairness counts in a term: one is on, and has a weight where it has weights."""
    made = [rule for rule, _ in RuleBook(term).each(FAIRNESS)]
    return any(getattr(rule, "weight", 1) for rule in made)


def without_fairness(term: Term) -> Term:
    """The same term with every rule of fairness switched off."""
    names = {rule.name for rule in FAIRNESS}
    kept = [row for row in term.rules if row.rule not in names]
    return term.replace(rules=[*kept, *(RuleSetting(rule=name, enabled=False) for name in sorted(names))])


def price_of_fairness(term: Term, fair: Outcome, **how: Unpack[How]) -> FairnessPrice | None:
    """What an outcome gives up in other tiers for the sake of fairness.

    Args:
        term: the term.
        fair: the outcome of solving it as it is.
        how: to solve it once more without fairness.

    Returns:
        None when no rule of fairness counts, or one of the two has no timetable. The price is exact when both are
        proved best; otherwise it compares the two timetables that were found, and may even be below 0.
    """
    if not is_fair(term) or fair.timetable is None:
        return None
    plain = without_fairness(term)
    other = solve(plain, **how)
    if other.timetable is None:
        return None
    values = {row.tier: row.value for row in fair.tiers}
    tiers = tuple(
        TierPrice(tier=row.tier, without=row.value, price=row.value - values[row.tier])
        for row in other.tiers
        if row.tier is not Tier.FAIRNESS
    )
    seen = {row.tier: row.value for row in judge(term, other.timetable).tiers}
    return FairnessPrice(
        proved=fair.status is other.status is Status.PROVED_BEST,
        price=sum(row.price for row in tiers),
        tiers=tiers,
        lessons_filled=other.lessons.filled,
        fairness=values[Tier.FAIRNESS],
        fairness_without=seen[Tier.FAIRNESS],
    )
