"""Judge and board compared on one timetable, small terms solved to the end, and every timetable of a tiny term tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model

from model.judge import judge
from model.rule import Candidate, Rule
from model.rules import RULES
from model.term import Term
from model.timetable import Timetable
from solver.assignment import AssignmentModel, candidates_in
from solver.assignment import timetable_of as chosen_timetable
from solver.board import Board

Rules = Iterable[type[Rule]]


@dataclass(frozen=True, slots=True)
class Case:
    """A term, the board without rules whose candidates its timetables are made of, and some timetables."""

    term: Term
    timetables: tuple[Timetable, ...]

    def __repr__(self) -> str:
        tables = self.term.model_dump(exclude_defaults=True, mode="json")
        return f"Case(\n  term={tables},\n  timetables={self.timetables})"


def judged(term: Term, timetable: Timetable, rules: Rules) -> int | None:
    """What the judge says a timetable is worth; None when it breaks a rule."""
    assert not timetable.issues(term)
    verdict = judge(term, timetable, rules=rules)
    return None if verdict.breaches else verdict.value


def written(board: Board, timetable: Timetable) -> int | None:
    """What the board says a timetable is worth; None when no solution has it."""
    assert is_whole(board, timetable)
    model = AssignmentModel(board)
    model.fix(timetable)
    return _solved(model)[0]


def disagreement(case: Case, judging: Rules, writing: Rules | None = None) -> str | None:
    """How judge and board contradict each other on a case, if they do."""
    board = Board.of(case.term, rules=writing or judging, screen=False)
    for timetable in case.timetables:
        by_judge, by_board = judged(case.term, timetable, judging), written(board, timetable)
        if by_judge != by_board:
            return f"judge says {by_judge}, board says {by_board} of {timetable}"
    return None


def first_disagreement(cases: Iterable[Case], judging: Rules, writing: Rules | None = None) -> str | None:
    """The first contradiction among cases."""
    return next((found for case in cases if (found := disagreement(case, judging, writing))), None)


def best(term: Term, rules: Rules = RULES, *, screen: bool = True) -> tuple[int | None, Timetable]:
    """The proved optimum and its timetable; None and an empty one when there is none."""
    model = AssignmentModel(Board.of(term, rules=rules, screen=screen))
    value, solver = _solved(model)
    return value, Timetable() if value is None else model.read(solver)


def _solved(model: AssignmentModel) -> tuple[int | None, cp_model.CpSolver]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return (round(solver.objective_value) if status == cp_model.OPTIMAL else None), solver


def is_whole(board: Board, timetable: Timetable) -> bool:
    """Whether whole candidates of a board make a timetable, date by date."""
    chosen = timetable_of(board.candidates[each] for each in sorted(candidates_in(board, timetable)))
    return _dates(board, chosen) == _dates(board, timetable)


def _dates(board: Board, timetable: Timetable) -> dict[tuple[str, str, str | None], int]:
    found = {}
    for row in timetable.assignments:
        held = sum(span.dates for span in board.calendar.spans(row.lesson, row.option))
        found[row.lesson, row.professional, row.option] = held & board.calendar.in_weeks(row.weeks)
    return found


def timetable_of(candidates: Iterable[Candidate]) -> Timetable:
    """The timetable that chooses these candidates, leaving out who would give one lesson twice at once or at two times."""
    kept: list[Candidate] = []
    for each in candidates:
        if not any(_twice(each, other) for other in kept):
            kept.append(each)
    return chosen_timetable(kept)


def _twice(a: Candidate, b: Candidate) -> bool:
    if a.professional != b.professional or set(a.lessons).isdisjoint(b.lessons):
        return False
    times = dict(zip(b.lessons, b.options, strict=True))
    moved = any(times.get(lesson, option) != option for lesson, option in zip(a.lessons, a.options, strict=True))
    return moved or a.weeks is None or b.weeks is None or not a.weeks.isdisjoint(b.weeks)


def every_timetable(board: Board) -> Iterator[Timetable]:
    """Every timetable of a board with few candidates."""
    for mask in range(1 << len(board.candidates)):
        chosen = [each for each in board.candidates if mask >> each.index & 1]
        timetable = timetable_of(chosen)
        if len(candidates_in(board, timetable)) == len(chosen):
            yield timetable
