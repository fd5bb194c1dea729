"""A person's rules as a model of candidates: what it finds is a plan, and it promises no less than the best timetable."""

from __future__ import annotations

from collections import Counter

from ortools.sat.python import cp_model

from solver.board import Board
from solver.messages import Limits
from solver.plan.clock import Clock
from solver.plan.master import Master
from solver.plan.outline import Outline
from solver.plan.pool import Pool
from tests.agreement import best as optimum_of
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import small_term
from tests.solver.plan.hearing import Heard
from tests.solver.plan.test_engine import run


def test_people_in_outline_find_plans_and_are_promised_no_less_than_the_best() -> None:
    """On random small terms with all rules, everybody free: every plan found is one, most often of the best timetable."""
    seen: Counter[str] = Counter()
    for case in (*drawn_cases()[::2], *calm_cases()[::2]):
        heard = Heard()
        engine = run(case.term, heard)
        best, tables = engine.best, engine.tables
        if best is None or tables is None or not len(tables):
            continue
        outlines = {person: Outline(tables.master.people[person].rules) for person in range(len(tables))}
        pool = Pool(tables, {}, best, free=outlines)
        pool.hint(best)
        answer = pool.solve(Clock(Limits(20.0, 0.0, 0, deterministic=True)).small(20.0, 1))
        assert answer.plans is not None
        assert answer.proved
        found = best.with_plans(answer.plans)
        assert found.kept
        optimum, _ = optimum_of(case.term)
        assert optimum is not None
        assert found.value <= optimum
        assert answer.bound is not None
        assert answer.bound >= optimum
        seen["as good" if found.value == optimum else "less"] += 1
    assert seen["as good"] > 10 * seen["less"]
    assert seen["as good"] > 0


def test_what_a_day_brings_is_had_only_with_a_lesson_on_it() -> None:
    """Also where a day is worth something: nobody is promised that without teaching, and who teaches pays what it costs."""
    (person,) = Master(Board.of(small_term())).people
    for cost in (5, -5):
        outline = Outline(person.rules)
        bare, taught = (_most(outline, [], teaches=teaches) for teaches in (False, True))
        assert _most(outline, [(1, cost)], teaches=False) == bare
        assert _most(outline, [(1, cost)], teaches=True) == taught - cost


def _most(outline: Outline, day_costs: list[tuple[int, int]], *, teaches: bool) -> int:
    """What a plan with the first candidate, or without any, is worth in outline."""
    outline.day_costs = day_costs
    cp = cp_model.CpModel()
    written = outline.write(cp)
    for bit in range(outline.personal.size):
        cp.add(written.bits[bit] == int(teaches and bit == 0))
    cp.maximize(sum(weight * variable for variable, weight in written.worth))
    solver = cp_model.CpSolver()
    assert solver.solve(cp) == cp_model.OPTIMAL
    return round(solver.objective_value)
