"""Cuts: no timetable breaks one, parts of plans do, and the bound gets better by them."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from solver.board import Board
from solver.messages import Limits
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.cuts import MOST_ROWS, Cut, add
from solver.plan.generation import Generation
from solver.plan.master import Master
from solver.plan.tables import Tables
from tests.random_regions import calm_cases

CHOICES = 60


def tables_of(master: Master) -> Tables | None:
    """Everybody's plans."""
    return Tables.of(master, Clock(Limits(100.0, 0.0, 0, deterministic=True)))


def random_choice(tables: Tables, random: Random) -> Choice:
    """Plans drawn person by person, each so that no row is broken where that can be."""
    places = [tables.least(person) for person in range(len(tables))]
    for person in random.sample(range(len(tables)), len(tables)):
        for place in random.sample(range(tables[person].size), min(6, tables[person].size)):
            tried = [*places[:person], place, *places[person + 1 :]]
            if Choice.of(tables, tried).kept:
                places = tried
                break
    return Choice.of(tables, places)


def test_no_timetable_breaks_a_cut() -> None:
    """Whatever rows and people are taken half of; some timetables reach what a cut allows, and none exceeds it."""
    random, seen = Random(5), Counter[str]()
    for case in calm_cases()[:70]:
        master = Master(Board.of(case.term))
        tables = tables_of(master)
        rows = np.flatnonzero(master.plain).tolist()
        if tables is None or len(rows) < 2:
            continue
        members = random.sample(rows, min(len(rows), random.randint(2, MOST_ROWS)))
        members += [-1 - person for person in range(len(tables)) if random.random() < 0.3]
        number = add(tables, Cut(tuple(members)))
        master.index()
        allowed = int(master.at_most[number])
        for _ in range(CHOICES):
            choice = random_choice(tables, random)
            if choice.kept:
                taken = sum(
                    tables.cut_entries(person, place).get(number, 0) for person, place in enumerate(choice.places)
                )
                assert taken <= allowed
                seen["reached" if taken == allowed > 0 else "below"] += 1
    assert min(seen["reached"], seen["below"]) >= 30, seen


def test_cuts_lower_the_bound_of_a_region() -> None:
    """What is cut off are parts of plans: the relaxation loses value, and the bound with it."""
    master = Master(Board.of(generate(80, 1, Profile.BALANCED)))
    tables = tables_of(master)
    assert tables is not None
    generation = Generation(master, tables)
    while generation.round(1e6):
        pass
    before = generation.bound
    assert generation.cut(300) > 0
    while generation.round(1e6):
        pass
    assert before is not None
    assert generation.bound is not None
    assert generation.bound < before
