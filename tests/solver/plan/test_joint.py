"""Prices from everybody's own relaxation: nearer than none, and what they say bounds every timetable."""

from __future__ import annotations

import numpy as np

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from solver.board import Board
from solver.messages import Limits
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.greedy import Greedy
from solver.plan.joint import Joint
from solver.plan.master import Master
from solver.plan.sums import Values
from solver.plan.writing import write_tables


def test_prices_without_plans_lie_near_those_that_plans_give() -> None:
    """On a made-up region whose plans are all known, which tell what the best prices are."""
    master = Master(Board.of(generate(60, 3, Profile.BALANCED)))
    tables = write_tables(master, Clock(Limits(60, 0.0, 0, deterministic=True)))
    assert tables is not None
    zero: Values = np.zeros(len(master.rows), np.int64)

    def bound_at(duals: Values) -> int:
        generation = Generation(master, tables)
        generation.price(duals)
        assert generation.bound is not None
        return generation.bound

    prices = Joint(tables).prices(60.0)
    assert prices is not None
    found = Greedy(tables, prices).run()
    best = Generation(master, tables)
    while best.round(60):
        pass
    assert found is not None
    assert best.bound is not None
    assert found.value <= best.bound <= bound_at(prices)
    assert bound_at(prices) - best.bound < (bound_at(zero) - best.bound) / 4
