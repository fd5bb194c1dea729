"""Plans of one person and what people share, against every subset of candidates and against the board itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.messages import Limits
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.greedy import Greedy
from solver.plan.master import Master
from solver.plan.personal import Personal
from solver.plan.plans import Growth, Table, every_plan
from solver.plan.search import Search
from solver.plan.sums import FEW_PLANS, Together
from solver.plan.tables import SCALE, Tables
from solver.plan.writing import write_tables
from tests.random_regions import calm_cases, drawn_cases

FEW = 10
"""With at most so many candidates every subset is tried."""


@cache
def masters() -> tuple[Master, ...]:
    """Masters of random small terms with all rules."""
    return tuple(Master(Board.of(case.term)) for case in (*drawn_cases()[:60], *calm_cases()[:60]))


def people() -> Iterator[Personal]:
    """Everybody in them who has few candidates."""
    return (person.rules for master in masters() for person in master.people if person.size <= FEW)


def test_a_table_holds_every_plan_that_keeps_the_personal_rules() -> None:
    """All subsets of candidates are tried; somebody's rules refuse some, and for somebody none."""
    seen: Counter[bool] = Counter()
    for person in people():
        subsets = person.plans(range(1 << person.size))
        allowed = person.allowed(subsets)
        made = every_plan(person, Growth(person), 1 << FEW)
        assert made is not None
        assert sorted(person.person.masks(made)) == [mask for mask in range(1 << person.size) if allowed[mask]]
        seen[bool(allowed.all())] += 1
    assert min(seen.values()) >= 10, seen


def test_no_plan_is_worth_more_than_its_person_may_hope() -> None:
    """What is hoped for is reached by somebody, and not by all."""
    seen: Counter[bool] = Counter()
    for person in people():
        plans = every_plan(person, Growth(person), 1 << FEW)
        if plans is not None and plans.shape[1]:
            most = int(person.values(plans).max())
            assert most <= person.hope()
            seen[most == person.hope()] += 1
    assert min(seen.values()) >= 3, seen


def random_tables(master: Master, random: Random) -> tuple[Tables, list[int]] | None:
    """Tables of a plan each that is drawn from all subsets, and from the allowed ones; None where there are none."""
    tables = []
    for person in master.people:
        masks = [random.randrange(1 << person.size) for _ in range(30)]
        plans = person.rules.plans(masks)
        good = np.flatnonzero(person.rules.allowed(plans))
        if not len(good):
            return None
        tables.append(Table.of(person.rules, plans[:, good], complete=False))
    return Tables(master, tables, {}), [random.randrange(table.size) for table in tables]


def solved_with(board: Board, chosen: set[int]) -> int | None:
    """What the assignment model says these candidates are worth; None when they do not go together."""
    model = AssignmentModel(board)
    for each in board.candidates:
        if each.index not in board.forbidden:
            model.cp.add(model.variable(board.teaches(each)) == (each.index in chosen))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def test_a_choice_of_plans_is_worth_what_the_board_says() -> None:
    """Rows and variables say together with the plans what limits, prices and levels say of the timetable."""
    seen: Counter[bool] = Counter()
    random = Random(5)
    for master in masters():
        for _ in range(6):
            drawn = random_tables(master, random)
            if drawn is None or master.impossible:
                continue
            tables, places = drawn
            choice = Choice.of(tables, places)
            by_board = solved_with(master.board, {each.index for each in choice.candidates()})
            assert (choice.value if choice.kept else None) == by_board
            seen[choice.kept] += 1
    assert min(seen.values()) >= 20, seen


def test_limits_looked_at_together_say_what_each_says() -> None:
    """On plans drawn from all subsets: too much for one of them, whatever the weights."""
    random = Random(9)
    seen: Counter[bool] = Counter()
    for person in people():
        limits = [each for each in person.limits if each.touches]
        if len(limits) < 2:
            continue
        plans = person.plans([random.randrange(1 << person.size) for _ in range(40)])
        apart = np.logical_or.reduce([each.sum.exceeds(plans, each.at_most) for each in limits])
        together = Together(limits, person.words).broken(plans)
        assert np.array_equal(apart, together)
        many = np.tile(plans, 1 + 2 * FEW_PLANS // plans.shape[1])
        assert np.array_equal(Together(limits, person.words).broken(many), np.tile(apart, many.shape[1] // len(apart)))
        seen.update(apart.tolist())
    assert min(seen.values()) >= 50, seen


@pytest.mark.parametrize("wide", [True, False])
def test_a_search_finds_the_best_plan_or_says_what_it_may_have_missed(wide: bool) -> None:  # noqa: FBT001
    """At random prices of features, against the table: found when there is room, and never more than what it says."""
    random = Random(7)
    missed = ways = 0
    for person in people():
        plans = every_plan(person, Growth(person), 1 << FEW)
        assert plans is not None
        if not plans.shape[1]:
            continue
        prices = [random.choice((0, 0, 300, 2000, -100)) * SCALE for _ in person.person.features]
        search = Search(person)
        ways += len(search.ways) > 1
        worth = search.worth(plans, prices, SCALE)
        most = int(worth.max())
        found = search.run(prices, SCALE, beam=1 << FEW if wide else 2, known=-(1 << 60), keep=2 << FEW)
        assert found.most >= most
        if wide:
            assert (found.most, found.complete) == (most, True)
            assert sorted(person.person.masks(found.plans)) == sorted(person.person.masks(plans))
            half = int(np.median(worth))
            above = search.run(prices, SCALE, beam=1 << FEW, known=half, keep=2 << FEW)
            assert {*person.person.masks(plans[:, worth > half])} <= {*person.person.masks(above.plans)}
        missed += not found.complete
    assert (missed == 0) is wide
    assert ways >= 10


def test_first_prices_lower_the_bound_and_hold() -> None:
    """On a made-up region: below the bound of no prices, and above every timetable, like all bounds after it."""
    master = Master(Board.of(generate(100, 2, Profile.SCARCE)))
    tables = write_tables(master, Clock(Limits(60, 0.0, 0, deterministic=True)))
    assert tables is not None
    generation = Generation(master, tables)
    zero = np.zeros(len(master.rows), np.int64)
    generation.price(zero, roughly=True)
    loose = generation.bound
    first = Greedy(tables, zero).run(range(len(tables)))
    assert first is not None
    assert loose is not None
    generation.ascend(first.value, lambda: True)
    near = generation.bound
    assert near is not None
    assert near < loose - (loose - first.value) / 2
    while generation.round(60):
        pass
    assert generation.bound is not None
    better = Greedy(tables, generation.priced.duals if generation.priced else zero).run(range(len(tables)))
    assert better is not None
    assert max(first.value, better.value) <= generation.bound <= near


def test_cuts_lower_the_bound_and_cut_no_timetable_off() -> None:
    """On a made-up region, choices drawn at random and greedily all keep every cut."""
    master = Master(Board.of(generate(100, 1, Profile.BALANCED)))
    tables = write_tables(master, Clock(Limits(60, 0.0, 0, deterministic=True)))
    assert tables is not None
    generation = Generation(master, tables)
    while generation.round(60):
        pass
    before = generation.bound
    assert generation.cut(100, 1e6)
    cuts = range(master.tying, len(master.rows))
    while generation.round(60):
        pass
    assert before is not None
    assert generation.bound is not None
    assert generation.bound < before
    random = Random(3)
    full = 0
    for _ in range(40):
        left = master.room.copy()
        places = [tables.least(person) for person in range(len(tables))]
        for person in random.sample(range(len(tables)), len(tables)):
            for place in random.sample(range(tables[person].size), min(20, tables[person].size)):
                mine = tables.entries(person, place)
                if all(weight <= left[row] or master.soft[row] for row, weight in mine.items()):
                    places[person] = place
                    for row, weight in mine.items():
                        left[row] -= weight
                    break
        assert Choice.of(tables, places).kept
        taken: Counter[int] = Counter()
        for person, place in enumerate(places):
            taken.update(tables.cut_entries(person, place))
        assert all(taken[row] <= master.at_most[row] for row in cuts)
        full += sum(taken[row] == master.at_most[row] for row in cuts)
    assert full, "no cut was ever reached"
