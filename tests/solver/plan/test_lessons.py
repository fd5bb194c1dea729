"""The bound on lessons: no timetable staffs more, and often one staffs as many."""

from __future__ import annotations

from collections import Counter

import pytest
from ortools.sat.python import cp_model

from model.calendar import Calendar
from model.judge import lesson_count
from model.reading import Reading
from model.term import Term
from model.timetable import Status, Timetable
from model.travel import Travel
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.messages import Limits
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.lessons import LESSON, LessonBound, Parts
from solver.plan.master import Master
from solver.plan.writing import write_tables
from solver.solve import solve
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import course, lesson, person, small_term

UNITS = 4.0


def most_by_plans(board: Board) -> int | None:
    """The bound on lessons of the relaxation."""
    master = Master(board)
    clock = Clock(Limits(UNITS, 0.0, 0, deterministic=True))
    tables = write_tables(master, clock)
    if tables is None:
        return None
    generation = Generation(master, tables)
    generation.price(master.at_most * 0)
    told: list[int] = []
    LessonBound(generation).run(clock, told.append)
    assert told == sorted(set(told), reverse=True)
    return told[-1]


def most_parts(board: Board) -> tuple[int, Timetable] | None:
    """The most that all legal timetables staff by their parts of lessons, and one that does."""
    model, parts = AssignmentModel(board), Parts(board)
    live = [each for each in board.candidates if each.index not in board.forbidden]
    model.maximize([(board.teaches(each), parts.of(each)) for each in live])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model.cp) != cp_model.OPTIMAL:
        return None
    return parts.certain() + round(solver.objective_value) // LESSON, model.read(solver)


def staffed(term: Term, timetable: Timetable) -> int:
    """Lessons staffed in full, by the judging side."""
    calendar = Calendar(term)
    return lesson_count(Reading(term, timetable, calendar, Travel(term)))[0].filled


@pytest.mark.parametrize("part", range(3))
def test_no_timetable_staffs_more_than_the_bound(part: int) -> None:
    """On random small terms with all rules: parts bound what is staffed in full, the relaxation bounds the parts."""
    seen: Counter[str] = Counter()
    for case in (*drawn_cases(), *calm_cases())[part::9]:
        board = Board.of(case.term)
        most = most_parts(board)
        if most is None:
            continue
        by_parts, timetable = most
        count = staffed(board.term, timetable)
        bound = most_by_plans(board)
        assert count <= by_parts
        assert bound is None or by_parts <= bound
        seen["reached" if bound == count else "above"] += 1
    assert seen["reached"] >= 20, seen


@pytest.mark.parametrize(
    ("lessons", "most"),
    [
        ([lesson("l1"), lesson("l2", "2")], 2),
        ([lesson("l1"), lesson("l2")], 1),
        ([lesson("l1"), lesson("l2"), lesson("l3", "3")], 2),
    ],
    ids=["both can be given", "one person, two lessons at once", "two of three"],
)
def test_an_outcome_says_how_many_lessons_can_be_staffed(lessons: list[dict[str, object]], most: int) -> None:
    """Also where a timetable is proved best."""
    term = small_term(courses=[course("robots", continuity="wished")], lessons=lessons)
    outcome = solve(term, seconds=20)
    assert outcome.status is Status.PROVED_BEST
    assert (outcome.lessons.filled, outcome.lessons.at_most, outcome.lessons.to_win) == (most, most, 0)


def test_half_a_lesson_is_none() -> None:
    """A lesson for two teachers of whom there is one counts for nothing; the bound knows."""
    two = small_term(courses=[course("robots", heads=2)], professionals=[person("anna"), person("bob")])
    one = small_term(courses=[course("robots", heads=2)], professionals=[person("anna")])
    assert [solve(each, seconds=20).lessons.at_most for each in (two, one)] == [1, 0]
