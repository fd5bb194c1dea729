"""People whose plans are not written out: what is said of them holds at all prices, and the bound is as good as with tables."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from solver.board import Board
from solver.messages import Limits
from solver.plan import writing
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.master import Master
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables


def test_searches_and_models_say_what_tables_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up region with and without the plans of those who have most: at prices of before and at others."""
    term = generate(60, 3, Profile.BALANCED)

    def written() -> Tables:
        tables = writing.write_tables(Master(Board.of(term)), Clock(Limits(60, 0.0, 0, deterministic=True)))
        assert tables is not None
        return tables

    whole = written()
    monkeypatch.setattr(writing, "AT_ONCE", sorted(table.size for table in whole)[-12])
    monkeypatch.setattr(writing, "MOST_PER_PERSON", 0)
    some = written()
    assert 5 <= len(some.searches) < len(some) / 4
    assert not some.mostly_searched
    best, found = Generation(whole.master, whole), Generation(some.master, some)
    while best.round(60):
        pass
    while found.round(60, widely=True):
        pass
    assert best.bound is not None
    assert found.bound is not None
    assert abs(found.bound - best.bound) <= 1e-4 * best.bound
    assert found.priced is not None
    random = np.random.default_rng(5)
    above = 0
    for _ in range(20):
        change = (
            random.integers(-200, 200, len(found.priced.duals)) * SCALE * (random.random(len(found.priced.duals)) < 0.1)
        )
        duals: Values = np.maximum(0, found.priced.duals + change)
        for person in some.searches:
            most = max(int(reduced.max()) for _, reduced in whole.reduced(duals, [person]))
            assert found.no_more(person, duals) >= most
            above += found.no_more(person, duals) > most
    assert above > 0
