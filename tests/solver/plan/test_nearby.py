"""Prices mended near what changed give a bound that holds, and with everybody near it is that of the whole relaxation."""

from __future__ import annotations

import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.term import Term
from solver.assignment import timetable_of
from solver.board import Board
from solver.messages import Limits
from solver.plan import nearby
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.master import Master
from solver.plan.nearby import mend_prices, people_near
from solver.plan.recall import prices_in, recall_cuts
from solver.plan.writing import write_tables
from tests.solver.plan.hearing import Heard
from tests.solver.plan.test_engine import run
from tests.solver.plan.test_recall import ill

UNITS = 6.0


@pytest.fixture(scope="module")
def solved() -> tuple[Term, Heard, int]:
    """A region in which somebody fell ill, what the solve before that left, and what its best timetable is worth."""
    region, before, after = generate(40, 3, Profile.BALANCED), Heard(), Heard()
    engine = run(region, before, UNITS)
    assert engine.best is not None
    term = ill(region, timetable_of(engine.best.candidates()))
    again = run(term, after, UNITS)
    assert again.proved
    return term, before, after.values[-1]


def begun(term: Term, before: Heard) -> Generation:
    """As a solve begins that goes on from another one."""
    master = Master(Board.of(term))
    tables = write_tables(master, Clock(Limits(UNITS, 0.0, 0, deterministic=True)))
    assert tables is not None
    generation = Generation(master, tables)
    recall_cuts(before.memory, generation)
    generation.price(prices_in(before.memory, generation))
    return generation


def reckoned(generation: Generation) -> int:
    """The bound that the prices of the bound give, reckoned anew."""
    priced = generation.priced
    assert priced is not None
    other = Generation(generation.master, generation.tables)
    other.price(priced.duals)
    assert other.priced is not None
    return other.priced.exact


@pytest.mark.parametrize("most", [8, 20, 100])
def test_the_bound_only_gets_better_and_holds(
    solved: tuple[Term, Heard, int], monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """However few people are near."""
    monkeypatch.setattr(nearby, "MOST", most)
    term, before, best = solved
    generation = begun(term, before)
    assert generation.priced is not None
    first = generation.priced.exact
    near = people_near(generation, [0])
    assert near[0] == 0
    assert len(near) == min(most, len(generation.tables))
    mend_prices(generation, near, lambda: True)
    assert generation.bound is not None
    assert best <= generation.bound
    assert generation.priced.exact <= first
    assert generation.priced.exact == reckoned(generation)


def test_with_everybody_near_it_is_the_whole_relaxation(
    solved: tuple[Term, Heard, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From prices that know nothing, with rounds enough: what column generation of everybody comes to."""
    monkeypatch.setattr(nearby, "ROUNDS", 100)
    term, _, best = solved
    mended, plain = begun(term, Heard()), begun(term, Heard())
    mend_prices(mended, list(range(len(mended.tables))), lambda: True)
    while plain.round(10.0):
        pass
    assert mended.bound is not None
    assert plain.bound is not None
    assert best <= mended.bound <= plain.bound * 1.0005


def test_without_time_or_people_nothing_changes(solved: tuple[Term, Heard, int]) -> None:
    """Nobody near, or no time left."""
    term, before, _ = solved
    generation = begun(term, before)
    priced = generation.priced
    mend_prices(generation, [], lambda: True)
    mend_prices(generation, people_near(generation, [0]), lambda: False)
    assert generation.priced is priced
