"""The main engine against the assignment model: the same optimum, bounds that hold, and nothing found where nothing is."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.judge import judge
from model.term import Term
from model.timetable import Status
from solver.assignment import timetable_of
from solver.board import Board
from solver.cp import Workers
from solver.messages import Limits, Start
from solver.plain import solve_plain
from solver.plan import plans, writing
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.engine import Engine
from solver.plan.master import Master
from solver.solve import solve
from tests.agreement import best
from tests.random_regions import calm_cases, drawn_cases
from tests.solver.plan.hearing import Heard

NOTHING = Start()

UNITS = 4.0
"""Deterministic time that small terms hardly ever need."""

PARTS = 5


def run(term: Term, heard: Heard, units: float = UNITS, start: Start = NOTHING) -> Engine:
    """The engine on a term, to the end."""
    clock = Clock(Limits(units, 0.0, 0, deterministic=True))
    engine = Engine(Master(Board.of(term)), clock, heard)
    engine.run(start)
    return engine


@pytest.mark.parametrize("part", range(PARTS))
def test_plans_and_assignments_prove_the_same_optimum(part: int) -> None:
    """On random small terms with all rules, and no bound on the way is below it; both verdicts occur."""
    seen: Counter[str] = Counter()
    for case in (*drawn_cases(), *calm_cases())[part::PARTS]:
        optimum, _ = best(case.term)
        heard = Heard()
        engine = run(case.term, heard)
        if optimum is None:
            assert engine.best is None
            seen["impossible"] += 1
            continue
        assert all(bound >= optimum for bound in heard.bounds)
        assert engine.best is not None
        assert engine.tables is not None
        assert engine.best.value <= optimum
        verdict = judge(case.term, timetable_of(engine.best.candidates()))
        assert (verdict.breaches, verdict.value) == ((), engine.best.value)
        assert engine.best.value == optimum or not engine.proved
        seen["proved" if engine.proved else "open"] += 1
    assert seen["open"] <= 1
    assert min(seen["impossible"], seen["proved"]) >= 30, seen


def test_a_first_timetable_comes_before_all_plans_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where some have many plans: it is legal, and neither it nor its bound is the last word."""
    monkeypatch.setattr(writing, "AT_ONCE", 50)
    monkeypatch.setattr(plans, "SAMPLE", 10)
    term = generate(40, 3, Profile.BALANCED)
    plain, heard = Heard(), Heard()
    early: list[Choice] = []
    monkeypatch.setattr(heard, "offer", lambda choice: (early.append(choice), Heard.offer(heard, choice)))
    engine = run(term, heard)
    monkeypatch.undo()
    run(term, plain)
    assert engine.best is not None
    assert engine.tables is not None
    assert not all(table.complete for table in early[0].tables)
    assert all(table.complete for table in engine.tables)
    assert not judge(term, timetable_of(early[0].candidates())).breaches
    assert heard.values[0] < heard.values[-1] == plain.values[-1] == heard.bounds[-1] < heard.bounds[0]


@pytest.mark.parametrize(
    ("people", "profile"), [(20, Profile.SCARCE), (25, Profile.BALANCED), (25, Profile.TIGHT_TEAMS)]
)
def test_a_region_is_proved_best_as_by_one_model_of_all_candidates(people: int, profile: Profile) -> None:
    """Regions small enough for the assignment model to finish."""
    term = generate(people, 3, profile)
    plain = solve_plain(Board.of(term), seconds=120, workers=Workers.LP, on_found=lambda *_: None)
    assert plain.status is Status.PROVED_BEST
    outcome = solve(term, seconds=120)
    assert (outcome.status, outcome.value) == (Status.PROVED_BEST, plain.bound)


def test_a_deterministic_solve_repeats_exactly() -> None:
    """Same seed and units: the same timetable and the same bound, also when it is not done."""
    term = generate(60, 2, Profile.BALANCED)
    first, second = (solve(term, seconds=2, deterministic=True) for _ in range(2))
    assert first.timetable is not None
    assert (first.value, first.bound, first.timetable) == (second.value, second.bound, second.timetable)
