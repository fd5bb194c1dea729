"""The best plan of one person by a model of candidates: no less and no more than the table of all plans says."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from solver.plan import exact
from solver.plan.exact import best_plan
from solver.plan.plans import Growth, every_plan
from solver.plan.search import Search
from solver.plan.tables import SCALE
from tests.solver.plan.test_plans import FEW, people


def test_the_best_plan_is_found_and_nothing_is_said_to_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    """At random prices of features, also those of cuts, begun from any plan: every bound is a plan."""
    random = Random(11)
    seen: Counter[str] = Counter()
    for person in people():
        plans = every_plan(person, Growth(person), 1 << FEW)
        if plans is None or not plans.shape[1]:
            continue
        search, count = Search(person), len(person.person.features)
        if count > 1:  # as a cut has it: whether so many of some features are there, and one more
            cut = (tuple(random.sample(range(count), min(3, count))), random.randrange(2), 2)
            monkeypatch.setattr(person.person, "counts", [cut])
            count += 1
        prices = [random.choice((0, 0, 300, 2000, -100)) * SCALE for _ in range(count)]
        worth = search.worth(plans, prices, SCALE)
        known = random.randrange(plans.shape[1])
        good = person.person.masks(plans[:, known : known + 1])
        found = best_plan(search, prices, SCALE, known=int(worth[known]), good=good, near=0)
        assert found.most >= worth.max()
        assert person.allowed(found.plans).all()
        assert (found.worth == search.worth(found.plans, prices, SCALE)).all()
        seen["exact" if found.most == worth.max() else "above"] += 1
        if worth[known] < worth.max():
            seen["better" if found.plans.shape[1] and found.worth.max() == worth.max() else "missed"] += 1
    assert set(seen) == {"exact", "better"}, seen
    assert min(seen.values()) >= 50, seen


def test_who_has_no_time_to_look_says_nothing_of_what_there_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver then calls its bound 0, which is no bound."""
    monkeypatch.setattr(exact, "EFFORT", 1e-9)
    below = 0
    for person in people():
        plans = every_plan(person, Growth(person), 1 << FEW)
        if plans is None or not plans.shape[1]:
            continue
        search = Search(person)
        prices = [0] * len(person.person.features)
        worth = search.worth(plans, prices, SCALE)
        least = int(worth.argmin())
        good = person.person.masks(plans[:, least : least + 1])
        found = best_plan(search, prices, SCALE, known=int(worth[least]), good=good, near=0)
        assert found.most >= worth.max()
        below += worth[least] < worth.max()
    assert below >= 50
