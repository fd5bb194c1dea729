"""Cuts: no timetable breaks one, parts of plans do, and the bound gets better by them."""

from __future__ import annotations

from collections import Counter
from random import Random

import numpy as np
import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from solver.board import Board
from solver.messages import Limits
from solver.plan import separation
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.cuts import Cut, add
from solver.plan.generation import Generation
from solver.plan.master import Master
from solver.plan.separation import MOST_ROWS, Answer
from solver.plan.sums import Values
from solver.plan.tables import Tables
from solver.plan.writing import write_tables
from tests.random_regions import calm_cases

CHOICES = 60
CUTS = 6


def tables_of(master: Master) -> Tables | None:
    """Everybody's plans."""
    return write_tables(master, Clock(Limits(100.0, 0.0, 0, deterministic=True)))


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
    """Whatever rows, people and earlier cuts are taken half of; some timetables reach what a cut allows, none exceeds it."""
    random, seen = Random(5), Counter[str]()
    for case in calm_cases()[:70]:
        master = Master(Board.of(case.term))
        tables = tables_of(master)
        if tables is None or master.plain.sum() < 2:
            continue
        for _ in range(CUTS):
            rows = np.flatnonzero(master.plain).tolist()
            members = random.sample(rows, min(len(rows), random.randint(2, MOST_ROWS)))
            members += [-1 - person for person in range(len(tables)) if random.random() < 0.3]
            add(tables, Cut(tuple(members)))
            master.index()
        cuts = slice(master.tying, None)
        seen["with a variable"] += any(row.variables for row in master.rows[cuts])
        for _ in range(CHOICES):
            choice = random_choice(tables, random)
            if choice.kept:
                room = master.at_most[cuts] - left_side(tables, choice)[cuts]
                assert (room >= 0).all()
                seen["reached"] += int((room[master.at_most[cuts] > 0] == 0).sum())
                seen["below"] += int((room > 0).sum())
    assert min(seen["reached"], seen["below"]) >= 30, seen
    assert seen["with a variable"] >= 10, seen


def left_side(tables: Tables, choice: Choice) -> Values:
    """What a choice adds up to in every row."""
    master = tables.master
    has = np.zeros(8 * int(master.first_byte[-1]), np.uint8)
    for person, place in enumerate(choice.places):
        mine = tables.features(person, place)
        first = 8 * int(master.first_byte[person])
        has[first : first + len(mine)] = mine
    return master.left_side(has, choice.variables)


def settled(people: int) -> Generation:
    """The relaxation of a region, with all plans that pay."""
    master = Master(Board.of(generate(people, 1, Profile.BALANCED)))
    tables = tables_of(master)
    assert tables is not None
    generation = Generation(master, tables)
    while generation.round(1e6):
        pass
    return generation


def test_cuts_lower_the_bound_of_a_region() -> None:
    """What is cut off are parts of plans: the relaxation loses value, and the bound with it."""
    generation = settled(80)
    before = generation.bound
    assert generation.cut(300, 1e6) > 0
    while generation.round(1e6):
        pass
    assert before is not None
    assert generation.bound is not None
    assert generation.bound < before


def test_cuts_found_in_small_pieces_are_broken_by_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """By as much as is said of them, and no piece is larger than it may be; together they hold every row once."""
    generation = settled(80)
    answer = Answer(generation.tables, generation.columns, generation.parts, generation.amounts)
    for most in (len(answer.rows), 40):
        monkeypatch.setattr(separation, "PIECE", most)
        pieces = list(answer._neighbours(np.random.default_rng(1)))
        assert sorted(row for piece in pieces for row in piece) == list(range(len(answer.rows)))
        assert max(map(len, pieces)) <= most
        found = answer.broken()
        assert len(found) >= 10
        for members, by in found.items():
            assert violation(answer, members) >= by - 1e-4
            assert by >= separation.LEAST
            assert 0 < answer.depth(members, by) <= by


def violation(answer: Answer, members: tuple[int, ...]) -> float:
    """By how much half of these rows, rounded down, is broken, reckoned anew."""
    allows, taken = 0.0, np.zeros(len(answer.parts))
    for each in members:
        number = answer.rows.index(each)
        mine = answer.entries[number]
        for column, weight in mine:
            taken[column] += weight
        allows += float(answer.room[number]) + sum(weight * float(answer.parts[column]) for column, weight in mine)
    return float((taken // 2) @ answer.parts) - round(allows) // 2
