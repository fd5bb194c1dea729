"""A MIP solver over plans of least loss: its bounds hold whatever it was given, and with all plans it finds the optimum."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.judge import judge
from model.term import Term
from solver.assignment import timetable_of
from solver.board import Board
from solver.messages import Limits, Start
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.components import Components
from solver.plan.engine import Engine
from solver.plan.helpers import Helpers
from solver.plan.master import Master
from solver.plan.mip import LOOSE, Mip, Told
from solver.plan.proof import of_least_loss, with_choice
from tests.agreement import best
from tests.random_regions import calm_cases, drawn_cases
from tests.solver.plan.hearing import Heard

PARTS = 3
SECONDS = 60.0


def worked_on(term: Term, kept: Heard, units: float) -> Engine:
    """An engine with plans and prices of a term."""
    engine = Engine(Master(Board.of(term)), Clock(Limits(units, 0.0, 0, deterministic=True)), kept)
    engine.run(Start())
    return engine


def tried_out(engine: Engine, start: Choice, most: int) -> tuple[list[Told], int] | None:
    """What the solver tells of so many plans, and what is true of the rest; None where plans that are searched are too many."""
    near = of_least_loss(engine.generation, Components(engine.master), start, most)
    if near is None:
        return None
    options, rest = near
    told: list[Told] = []
    Mip(start.tables, with_choice(options, start), start, rest).run(SECONDS, told.append)
    return told, rest


def choices_in(told: list[Told], start: Choice) -> list[Choice]:
    """The choices among it."""
    return [Choice.of(start.tables, start.tables.placed(each.places)) for each in told if each.places is not None]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_bound_is_below_the_optimum_and_all_plans_reach_it(part: int) -> None:
    """On random small terms, from the first choice on, with all plans within the gap and with a few of them."""
    seen: Counter[str] = Counter()
    for case in (*drawn_cases()[::3], *calm_cases()[::2])[part::PARTS]:
        kept = Heard()
        engine = worked_on(case.term, kept, 2.0)
        if not kept.choices or not engine.tables or engine.generation.priced is None:
            continue
        optimum, start = best(case.term)[0], kept.choices[0]
        assert optimum is not None
        for most in (1, 5, 1_000_000):
            tried = tried_out(engine, start, most)
            if tried is None:
                continue
            told, rest = tried
            found = choices_in(told, start)
            for choice in found:
                assert judge(case.term, timetable_of(choice.candidates())).value == choice.value <= optimum
            bounds = [each.bound for each in told if each.bound is not None]
            assert all(bound >= optimum for bound in bounds)
            if rest == start.value:
                assert max(choice.value for choice in (start, *found)) == optimum
                assert bounds[-1] - optimum <= 2 + LOOSE * abs(optimum)
                seen["all plans"] += 1
            else:
                seen["a few plans"] += 1
    assert seen["all plans"] >= 30, seen
    assert seen["a few plans"] >= 5, seen


def test_few_plans_give_a_bound_as_good_as_that_of_the_rest() -> None:
    """A region: with the plans of least loss the bound soon is what is true of choices with others; all prove what CP-SAT proves."""
    term = generate(60, 3, Profile.BALANCED)
    kept = Heard()
    engine = worked_on(term, kept, 60.0)
    assert engine.proved
    assert engine.best is not None
    start = next(choice for choice in kept.choices if choice.value > 0.95 * engine.best.value)
    before = None
    for most in (300, 100_000):
        tried = tried_out(engine, start, most)
        assert tried is not None
        told, rest = tried
        assert (rest == start.value) == (most > 300)
        last = [each.bound for each in told if each.bound is not None][-1]
        assert last >= engine.best.value
        assert before is None or last < before
        before = last
    assert choices_in(told, start)[-1].value == engine.best.value


def test_a_helper_tries_plans_in_a_process_of_its_own() -> None:
    """And tells of the same."""
    kept = Heard()
    engine = worked_on(generate(60, 2, Profile.BALANCED), kept, 60.0)
    start = kept.choices[-2]
    near = of_least_loss(engine.generation, Components(engine.master), start, 1_000_000)
    assert near is not None
    assert engine.tables is not None
    assert engine.best is not None
    helpers = Helpers(Clock(Limits(SECONDS, time.monotonic() + SECONDS, 0, deterministic=False)), lambda _: None)
    helpers.try_out(engine.tables, with_choice(near[0], start), start, near[1])
    assert len(helpers) == 1
    while helpers.trying:
        time.sleep(0.01)
    told = helpers.told()
    helpers.close()
    assert choices_in(told, start)[-1].value == engine.best.value
    assert not helpers.trying
