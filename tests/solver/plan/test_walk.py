"""Walks: in a region much larger than a neighbourhood the best of two choices is gone on from."""

from __future__ import annotations

import numpy as np
import pytest

from solver.messages import Limits
from solver.plan import walk as walks
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.greedy import Greedy
from solver.plan.neighbourhoods import Neighbourhoods
from solver.plan.walk import Walk
from tests.solver.plan.test_cuts import settled


def test_two_choices_give_the_best_of_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """Better than either, with a plan of one of the two for everybody; where neighbourhoods are about all people, one of the two."""
    clock = Clock(Limits(1000.0, 0.0, 0, deterministic=True))
    generation = settled(60)
    tables = generation.tables
    assert generation.priced is not None
    start = Greedy(tables, np.zeros(len(generation.master.rows), np.int64)).run(range(len(tables)))
    assert start is not None
    around = Neighbourhoods(tables, generation.priced, 0)

    def walked(seed: int) -> Walk:
        walk = Walk(around, start, clock, seed)
        walk.size = 12.0
        for _ in range(4):
            walk.step()
        return walk

    one, other = walked(1), walked(2)
    before, joining = one.best, other.best
    assert start.value < min(before.value, joining.value)
    one.adopt(joining.places)
    assert one.best is before  # young, in a region hardly larger than a neighbourhood
    monkeypatch.setattr(walks, "MANY", 12)
    one, joining = walked(1), walked(2).best
    before = one.best
    one.adopt(joining.places)
    assert one.best.value > max(before.value, joining.value)
    assert one.best.kept
    assert one.best.value == Choice.of(tables, one.best.places).value
    assert all(place in pair for place, *pair in zip(one.best.places, before.places, joining.places, strict=True))
