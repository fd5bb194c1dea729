"""A conflict is enough to keep a lesson open, and without any of its facts the lesson could be filled."""

from __future__ import annotations

from collections import Counter

from ortools.sat.python import cp_model

from model.judge import judge
from model.timetable import Assignment, Timetable
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.explain.closure import closure
from solver.explain.conflict import Conflict, conflict, fact_of
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.said import Limit
from tests.random_regions import calm_cases
from tests.regions import lesson, person, small_term

SECONDS = 20.0


class Filtered(AssignmentModel):
    """The whole term, of whose limits that may change only some hold."""

    def __init__(self, board: Board, kept: set[tuple[str, str]]) -> None:
        self.kept = kept
        super().__init__(board)

    def _add_limit(self, limit: Limit) -> None:
        fact = fact_of(limit)
        if fact is None or fact.rule == "must_fill" or (fact.rule, fact.of) in self.kept:
            super()._add_limit(limit)


def possible(region: Region, required: tuple[str, ...], kept: set[tuple[str, str]]) -> bool:
    """Whether some lessons can be given when only these facts hold."""
    lessons = [row.model_copy(update={"must_fill": row.id in required}) for row in region.term.lessons]
    rules = [row for row in region.term.rules if row.rule != "must_fill"]
    waivers = [row for row in region.term.waivers if row.rule != "must_fill"]
    board = Board.of(region.term.replace(lessons=lessons, rules=rules, waivers=waivers))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(Filtered(board, kept).cp)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status != cp_model.INFEASIBLE


def found(region: Region, open_lesson: str) -> Conflict | None:
    """The conflict of a lesson, checked against one model of everything."""
    whole = Whole(region)
    closed = closure(whole, open_lesson, SECONDS)
    made = conflict(whole, closed, SECONDS)
    if made is None:
        assert closed.answered is not Answered.IMPOSSIBLE
        return None
    keys = {(each.rule, each.of) for each in made.facts}
    assert made.minimal
    assert not possible(region, closed.required, keys)
    everybody = len(closed.people) == len({each.professional for each in whole.board.candidates})
    for key in keys if everybody else ():
        assert possible(region, closed.required, keys - {key}), key
    return made


def test_conflicts_are_enough_and_minimal() -> None:
    """On random terms with any rule; some conflicts have facts, and some lie in the background."""
    seen: Counter[str] = Counter()
    for case in calm_cases()[:100]:
        timetable = next((each for each in case.timetables if not judge(case.term, each).breaches), Timetable())
        if judge(case.term, timetable).breaches:
            continue
        region = Region(case.term, timetable)
        for open_lesson in region.open_lessons[:2]:
            made = found(region, open_lesson)
            seen["none" if made is None else "facts" if made.facts else "background"] += 1
    assert min(seen[each] for each in ("none", "facts", "background")) >= 5, seen


def two_limits() -> Region:
    """Anna and Bob may each give one lesson a week, and there are three; Cas has a limit too, but cannot give them."""
    people = [person(each, max_lessons_per_week=1) for each in ("anna", "bob", "cas")]
    lessons = [lesson(f"l{n}", str(n), blocked=["cas"]) for n in (1, 2, 3)]
    term = small_term(professionals=people, lessons=lessons)
    rows = (Assignment(lesson="l1", professional="anna"), Assignment(lesson="l2", professional="bob"))
    return Region(term, Timetable(assignments=rows))


def test_two_limits_are_both_named() -> None:
    """And nobody else's."""
    made = found(two_limits(), "l3")
    assert made is not None
    assert {(each.rule, each.of) for each in made.facts} == {("lessons_per_week", "anna"), ("lessons_per_week", "bob")}


def test_no_time_names_nothing() -> None:
    """Without time there is no conflict, rather than one that is too short."""
    whole = Whole(two_limits())
    assert conflict(whole, closure(whole, "l3", SECONDS), 0.0) is None
