"""Going on from an earlier solve: of the same term, of one that changed, and from what does not fit at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.files.source import Unreadable
from model.judge import judge
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.assignment import timetable_of
from solver.board import Board
from solver.memory import Memory, beside, read_memory, write_memory
from solver.messages import Limits, Start
from solver.plan.choice import Choice
from solver.plan.clock import Clock
from solver.plan.master import Master
from solver.plan.recall import places_of
from solver.plan.tables import Tables
from solver.plan.writing import write_tables
from solver.solve import Session
from tests.solver.plan.hearing import Heard
from tests.solver.plan.test_engine import run

UNITS = 6.0


@pytest.fixture(scope="module")
def region() -> Term:
    """A region that plans prove best."""
    return generate(40, 3, Profile.BALANCED)


@pytest.fixture(scope="module")
def first(region: Term) -> tuple[Heard, Timetable]:
    """Its solve from nothing."""
    heard = Heard()
    engine = run(region, heard, UNITS)
    assert engine.best is not None
    assert engine.tables is not None
    return heard, timetable_of(engine.best.candidates())


def ill(region: Term, timetable: Timetable) -> Term:
    """The region without the person who gives most."""
    counts: dict[str, int] = {}
    for row in timetable.assignments:
        counts[row.professional] = counts.get(row.professional, 0) + 1
    busiest = max(counts, key=lambda each: counts[each])
    lessons = [row.model_copy(update={"blocked": (*row.blocked, busiest)}) for row in region.lessons]
    return region.replace(lessons=lessons)


def test_the_same_term_starts_where_the_last_solve_ended(region: Term, first: tuple[Heard, Timetable]) -> None:
    """The first bound and the first timetable are as good as the last ones were."""
    before, timetable = first
    again, cold = Heard(), Heard()
    engine = run(region, again, UNITS, Start(timetable, before.memory))
    run(region, cold, UNITS)
    assert again.bounds[0] < cold.bounds[0]
    assert again.bounds[0] - before.bounds[-1] <= 0.01 * before.bounds[-1]
    assert again.values[0] == judge(region, timetable).value > cold.values[0]
    assert engine.proved


def test_a_changed_term_is_solved_to_the_same_end_from_any_start(region: Term, first: tuple[Heard, Timetable]) -> None:
    """What an earlier solve left may save time but changes nothing: bounds hold, the optimum is the same."""
    before, timetable = first
    changed = ill(region, timetable)
    cold, warm = Heard(), Heard()
    alone = run(changed, cold, UNITS)
    helped = run(changed, warm, UNITS, Start(timetable, before.memory))
    assert alone.proved
    assert helped.proved
    assert cold.values[-1] == warm.values[-1] == min(*cold.bounds, *warm.bounds)
    assert warm.bounds[0] < cold.bounds[0]
    assert warm.values[0] > cold.values[0]


def test_what_is_left_of_a_timetable_is_mended_before_it_is_told(region: Term, first: tuple[Heard, Timetable]) -> None:
    """Lessons of somebody who fell ill go to others at once, as far as others have room."""
    before, timetable = first
    warm = Heard()
    tables = run(ill(region, timetable), warm, UNITS, Start(timetable, before.memory)).tables
    assert tables is not None
    left = Choice.of(tables, places_of(timetable, tables))
    assert left.kept
    assert warm.values[0] > left.value


def test_a_start_that_fits_nothing_does_no_harm(region: Term, first: tuple[Heard, Timetable]) -> None:
    """Codes that do not exist, plans that are none, prices of rows that are gone."""
    before, _ = first
    nonsense = Timetable(assignments=(Assignment(lesson="nowhere", professional="nobody"),))
    memory = Memory(
        prices={"nothing": 5, next(iter(before.memory.prices)): 10**9},
        blocks=("x|y|", *before.memory.blocks),
        plans={"nobody": ((0,),), region.professionals[0].id: ((0,), (1, 2, 3, 4, 5, 6, 7, 8, 9))},
        cuts=(("a", "b", "c"),),
    )
    heard = Heard()
    engine = run(region, heard, UNITS, Start(nonsense, memory))
    assert engine.best is not None
    assert engine.best.value <= min(before.bounds)
    assert min(heard.bounds) >= engine.best.value


def same(old: Tables, master: Master) -> set[int]:
    """Whose plans depend on the same as before."""
    people = master.people
    found = old.reusable(master).items()
    return {number for number, each in found if people[number].rules.digest() == each.digest}


def test_plans_of_those_of_whom_nothing_changed_are_taken_over(region: Term, first: tuple[Heard, Timetable]) -> None:
    """The tables made with an earlier solve's are the ones made from nothing."""
    clock = Clock(Limits(UNITS, 0.0, 0, deterministic=True))
    old = write_tables(Master(Board.of(region)), clock)
    assert old is not None
    changed = Master(Board.of(ill(region, first[1])))
    assert 0 < len(same(old, changed)) < len(changed.people)
    assert same(old, Master(Board.of(region))) == set(range(len(old)))
    alone, helped = write_tables(changed, clock), write_tables(Master(Board.of(ill(region, first[1]))), clock, old)
    assert alone is not None
    assert helped is not None
    assert not alone.anew
    assert 0 < len(helped.anew) < len(helped)
    for mine, theirs in zip(alone, helped, strict=True):
        assert np.array_equal(mine.plans, theirs.plans)
        assert np.array_equal(mine.values, theirs.values)
        assert all(np.array_equal(a, b) for a, b in zip(mine.features, theirs.features, strict=True))


def test_a_session_goes_on_from_its_last_answer() -> None:
    """Solved again in the same process: the first timetable it tells of is the last one, or better."""
    region = generate(80, 2, Profile.BALANCED)
    with Session() as session:
        one = session.solve(region, seconds=20)
        heard: list[int] = []
        two = session.solve(region, seconds=20, progress=lambda now: heard.append(now.value or 0))
    assert one.value is not None
    assert two.value is not None
    assert two.value >= one.value
    assert next(value for value in heard if value) >= one.value
    assert session.memory is not None
    assert session.memory.plans


def test_a_solve_that_ends_at_once_hands_on_what_it_was_given(region: Term, first: tuple[Heard, Timetable]) -> None:
    """Without the time for prices of its own, those that it began with are what a next solve begins with."""
    given = Start(first[1], first[0].memory)
    with Session() as session:
        outcome = session.solve(region, seconds=0.01, start=given)
        assert session.memory == given.memory
    assert outcome.timetable is not None


def test_a_memory_is_kept_in_a_file(tmp_path: Path, first: tuple[Heard, Timetable]) -> None:
    """What is written is read; anything else is refused by name."""
    path = beside(tmp_path / "outcome.json")
    write_memory(first[0].memory, path)
    assert read_memory(path) == first[0].memory
    for broken in (b"", b"no gzip", path.read_bytes()[:100]):
        path.write_bytes(broken)
        with pytest.raises(Unreadable) as refused:
            read_memory(path)
        assert refused.value.issue.code == "no_memory"
        assert refused.value.issue.file == path.name
