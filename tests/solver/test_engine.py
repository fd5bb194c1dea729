"""The main engine against the assignment model: the same optimum, bounds that hold, and nothing found where nothing is."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.judge import judge
from model.term import Term
from solver.assignment import timetable_of
from solver.board import Board
from solver.choice import Choice
from solver.clock import Clock
from solver.engine import Engine
from solver.generation import Generation
from solver.master import Master
from solver.messages import Limits
from solver.plans import Growth, every_plan
from solver.search import Search
from solver.tables import SCALE, Tables
from tests.agreement import best, written
from tests.random_regions import calm_cases, drawn_cases

UNITS = 4.0
"""Deterministic time that small terms never need."""


def run(term: Term, bounds: list[int] | None = None) -> Engine:
    """The engine on a term, to the end."""
    kept = bounds if bounds is not None else []
    clock = Clock(Limits(UNITS, 0.0, 0, deterministic=True))
    engine = Engine(Master(Board.of(term)), clock, offer=lambda _: None, bounded=kept.append)
    engine.run()
    return engine


def test_plans_and_assignments_prove_the_same_optimum() -> None:
    """On random small terms with all rules, and no bound on the way is below it; both verdicts occur."""
    seen: Counter[bool] = Counter()
    for case in (*drawn_cases(), *calm_cases()):
        optimum, _ = best(case.term)
        bounds: list[int] = []
        engine = run(case.term, bounds)
        seen[optimum is None] += 1
        if optimum is None:
            assert engine.best is None
            continue
        assert engine.best is None or engine.best.value <= optimum
        assert all(bound >= optimum for bound in bounds)
        if engine.best is not None and engine.proved:
            assert engine.best.value == optimum
            verdict = judge(case.term, timetable_of(engine.best.candidates(engine.tables)))
            assert (verdict.breaches, verdict.value) == ((), optimum)
        else:
            seen["open"] += 1
    print(seen)
