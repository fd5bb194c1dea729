"""What it would mean if somebody gave a lesson: the cost is that of solving anew, and lessons fall open or not as was said."""

from __future__ import annotations

from collections import Counter

from ortools.sat.python import cp_model

from model.access import COORDINATOR
from model.judge import judge
from model.rule import Candidate
from model.timetable import Assignment, Timetable
from solver.assignment import AssignmentModel
from solver.explain.asker import Asker
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.whole import Whole
from solver.explain.why_not import forced
from tests.agreement import best
from tests.random_regions import calm_cases
from tests.regions import lesson, licence, person, small_term, table
from tests.solver.explain.test_closure import filled

SECONDS = 20.0


def optimum_with(whole: Whole, candidate: Candidate) -> int | None:
    """What the best timetable with this in it is worth, by one model of everything; None where there is none."""
    model = AssignmentModel(whole.board)
    model.cp.add_bool_and([model.variable(whole.board.teaches(candidate))])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def test_the_cost_is_that_of_solving_anew() -> None:
    """From the best timetable of random terms: never a gain, exact where everybody is planned anew, never more than it is."""
    seen: Counter[str] = Counter()
    for case in calm_cases()[:80]:
        value, optimum = best(case.term)
        if value is None:
            continue
        region = Region(case.term, optimum)
        whole = Whole(region)
        others = [
            each
            for each in whole.board.candidates
            if each.index not in whole.held and each.index not in whole.board.forbidden
        ]
        for candidate in others[:2]:
            found, full = forced(whole, candidate, SECONDS), optimum_with(whole, candidate)
            everybody = found.people == len({each.professional for each in whole.board.candidates})
            seen["everybody" if everybody else "some"] += 1
            if found.gain is None:
                seen["impossible"] += 1
                assert full is None or not everybody
                continue
            assert full is not None
            assert found.at_most == found.gain <= 0
            assert found.gain <= full - value
            assert found.gain == full - value or not everybody
            seen["costs" if found.gain else "costs nothing"] += 1
            tried = region.judging.tried(removed=found.removed, added=found.added)
            assert (tried.gain, tried.breaches) == (found.gain, ())
            if found.filling.answered is Answered.FOUND:
                rows = region.judging.tried(removed=found.filling.removed, added=found.filling.added)
                assert not judge(region.term, rows.timetable).breaches
                after = Region(region.term, rows.timetable)
                assert all(filled(after, row.id) for row in region.term.lessons if filled(region, row.id))
                seen["nothing falls open"] += 1
    assert min(seen[each] for each in ("everybody", "costs", "nothing falls open", "impossible")) >= 5, seen


def test_a_plan_that_is_not_the_best_gains() -> None:
    """Nobody gives l1 and Anna could: forcing her is worth it, and the timetable with it is offered."""
    region = Region(small_term(), Timetable())
    whole = Whole(region)
    (candidate,) = whole.eligible("l1")
    found = forced(whole, candidate, SECONDS)
    with_anna = judge(region.term, Timetable(assignments=(Assignment(lesson="l1", professional="anna"),))).value
    assert found.gain == found.at_most == with_anna > 0
    assert [(row.lesson, row.professional) for row in found.added] == [("l1", "anna")]


def test_swapping_two_people_is_not_the_whole_story() -> None:
    """Bob instead of Anna on l1 costs nothing, since Anna takes l2 that he gave."""
    term = small_term(professionals=[person("anna"), person("bob")], lessons=[lesson("l1"), lesson("l2")])
    rows = (Assignment(lesson="l1", professional="anna"), Assignment(lesson="l2", professional="bob"))
    whole = Whole(Region(term, Timetable(assignments=rows)))
    bob = next(each for each in whole.eligible("l1") if each.professional == "bob")
    found = forced(whole, bob, SECONDS)
    assert found.filling.answered is Answered.FOUND
    assert found.gain == 0
    assert {(row.lesson, row.professional) for row in found.added} == {("l1", "bob"), ("l2", "anna")}


def test_who_could_not_give_it_in_any_case_opens_no_other_lesson() -> None:
    """Anna gives no lessons at all: that is why, and nothing is said of others; of Bob, who would drop one, it is."""
    term = small_term(
        professionals=[person("anna", max_lessons_per_week=0), person("bob")],
        lessons=[lesson("l1"), lesson("l2", blocked=["anna"])],
        licences=[licence("bob"), licence("anna")],
    )
    asker = Asker(Region(term, table(("l2", "bob"))), COORDINATOR, "nl")
    assert asker.why_not("l1", "anna", SECONDS).instead is None
    instead = asker.why_not("l1", "bob", SECONDS).instead
    assert instead is not None
    assert "valt een andere les open" in instead.sentence
