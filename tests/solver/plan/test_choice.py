"""One plan for everybody: with other plans for some it is what it would be, made anew."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np

from solver.messages import Limits
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.writing import write_tables
from tests.solver.plan.test_plans import masters


def test_a_choice_with_other_plans_is_what_it_would_be_anew() -> None:
    """On random small terms, one change after another: value, variables, rows, and whether they are kept."""
    random, seen = Random(3), Counter[str]()
    for master in masters():
        tables = write_tables(master, Clock(Limits(60, 0.0, 0, deterministic=True)))
        if tables is None or not len(tables):
            continue
        choice = Choice.of(tables, [tables.least(person) for person in range(len(tables))])
        for _ in range(6):
            people = random.sample(range(len(tables)), random.randint(1, len(tables)))
            others = {person: random.randrange(tables[person].size) for person in people}
            before, choice = choice, choice.with_plans(others)
            anew = Choice.of(tables, [others.get(person, place) for person, place in enumerate(before.places)])
            assert (choice.places, choice.variables, choice.value) == (anew.places, anew.variables, anew.value)
            assert np.array_equal(choice.activity, anew.activity)
            assert choice.kept == anew.kept
            seen["kept" if choice.kept else "broken"] += 1
            seen["variables"] += choice.variables != before.variables
    assert min(seen["kept"], seen["broken"], seen["variables"]) >= 50, seen
