"""Whether a lesson can be filled: small models say what one model of the whole term says, and what they find holds."""

from __future__ import annotations

from collections import Counter

import pytest
from ortools.sat.python import cp_model

from benchmarks.generator import generate
from benchmarks.greedy import greedy
from benchmarks.neutral import instance_of
from benchmarks.recipes import Profile
from model.judge import judge
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.explain.closure import Closure, closure
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.whole import Whole
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import lesson, licence, person, small_term, table

SECONDS = 20.0


def possible(region: Region, open_lesson: str) -> bool:
    """Whether any timetable at all fills a lesson and all that are filled, by one model of everything."""
    must = {row.id for row in region.term.lessons if row.id == open_lesson or filled(region, row.id)}
    lessons = [row.model_copy(update={"must_fill": row.id in must}) for row in region.term.lessons]
    rules = [row for row in region.term.rules if row.rule != "must_fill"]
    waivers = [row for row in region.term.waivers if row.rule != "must_fill"]
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    term = region.term.replace(lessons=lessons, rules=rules, waivers=waivers)
    status = solver.solve(AssignmentModel(Board.of(term)).cp)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status != cp_model.INFEASIBLE


def filled(region: Region, lesson_id: str) -> bool:
    """Whether a lesson has all its people."""
    return bool(region.judging.reading.held(lesson_id)) and region.judging.reading.short_of(lesson_id) == 0


def compare(region: Region, open_lesson: str) -> Closure:
    """The answer for a lesson, checked against one model of everything and by the judge."""
    found = closure(Whole(region), open_lesson, SECONDS)
    if found.answered is not Answered.UNKNOWN:
        assert (found.answered is Answered.FOUND) == possible(region, open_lesson), open_lesson
    if found.answered is Answered.FOUND:
        tried = region.judging.tried(removed=found.removed, added=found.added)
        assert not tried.breaches
        after = Region(region.term, tried.timetable)
        assert filled(after, open_lesson)
        assert all(filled(after, row.id) for row in region.term.lessons if filled(region, row.id))
    return found


def test_small_models_say_what_one_model_of_everything_says() -> None:
    """Random terms with any rule, from timetables that break none; both answers, and hardly ever none."""
    seen: Counter[Answered] = Counter()
    for case in (*calm_cases()[:100], *drawn_cases()[:100]):
        timetable = next((each for each in case.timetables if not judge(case.term, each).breaches), Timetable())
        if judge(case.term, timetable).breaches:
            continue
        region = Region(case.term, timetable)
        lacking = {row.id: set(region.judging.reading.lacking(row.id).values()) for row in region.term.lessons}
        if any(
            short > 0 and region.judging.reading.assigned.get(each) for each, some in lacking.items() for short in some
        ):
            continue  # a lesson that has some of its people keeps those, which the other model cannot be asked
        for open_lesson in region.open_lessons[:2]:
            seen[compare(region, open_lesson).answered] += 1
    assert min(seen[Answered.FOUND], seen[Answered.IMPOSSIBLE]) >= 20, seen
    assert seen[Answered.UNKNOWN] <= 0.05 * seen.total(), seen


@pytest.mark.parametrize("profile", [Profile.BALANCED, Profile.AMPLE])
def test_in_a_region_too(profile: Profile) -> None:
    """A region with a timetable made by hand, in which lessons still can be won."""
    term = generate(20, 1, profile)
    instance = instance_of(term)
    region = Region(term, instance.timetable(greedy(instance)))
    for open_lesson in region.open_lessons[:12]:
        assert compare(region, open_lesson).answered is not Answered.UNKNOWN


def three_for_four() -> Term:
    """Four lessons at one time; three people have the licence, a fourth has none."""
    people = [person(each) for each in ("anna", "bob", "cas", "dirk")]
    licences = [licence(each["id"]) for each in people[:3]]
    lessons = [lesson(f"l{number}") for number in range(1, 5)]
    return small_term(professionals=people, licences=licences, lessons=lessons)


def test_a_shortage_is_counted() -> None:
    """Four lessons compete for three people, who can give three."""
    rows = [Assignment(lesson=f"l{n}", professional=who) for n, who in enumerate(("anna", "bob", "cas"), start=1)]
    found = closure(Whole(Region(three_for_four(), Timetable(assignments=tuple(rows)))), "l4", SECONDS)
    assert found.answered is Answered.IMPOSSIBLE
    assert set(found.required) == {"l1", "l2", "l3", "l4"}
    assert set(found.people) == {"anna", "bob", "cas"}
    assert found.at_most == 3


def test_lessons_change_hands_in_a_chain() -> None:
    """Anna gives l1, which Bob could give too; only she can give l2, at the same time."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        lessons=[lesson("l1"), lesson("l2", blocked=["bob"])],
    )
    found = closure(
        Whole(Region(term, Timetable(assignments=(Assignment(lesson="l1", professional="anna"),)))), "l2", SECONDS
    )
    assert found.answered is Answered.FOUND
    assert {(row.lesson, row.professional) for row in found.added} == {("l1", "bob"), ("l2", "anna")}


def test_weeks_that_are_written_out_are_no_change() -> None:
    """Cas gives l3 in weeks 37 and 38, which are all there are: he need not be told anything new."""
    term = small_term(
        professionals=[person("anna"), person("bob"), person("cas")],
        lessons=[lesson("l1"), lesson("l2", blocked=["bob"]), lesson("l3", "2", blocked=["anna", "bob"])],
    )
    rows = (
        Assignment(lesson="l1", professional="anna", weeks=frozenset({37, 38})),
        Assignment(lesson="l3", professional="cas", weeks=frozenset({37, 38})),
    )
    found = closure(Whole(Region(term, Timetable(assignments=rows))), "l2", SECONDS)
    assert {row.lesson for row in (*found.removed, *found.added)} <= {"l1", "l2"}


def test_what_is_given_though_forbidden_stays_so() -> None:
    """Anna gives two lessons that she is kept from: that is said elsewhere, and the third can be filled beside them."""
    lessons = [lesson("l1", blocked=["anna"]), lesson("l2", "2", blocked=["anna"]), lesson("l3", "3")]
    region = Region(small_term(lessons=lessons), table("l1", "l2"))
    assert closure(Whole(region), "l3", SECONDS).answered is Answered.FOUND


def test_no_time_says_nothing() -> None:
    """A budget of nothing never yields "impossible"."""
    found = closure(Whole(Region(three_for_four(), Timetable())), "l4", 0.0)
    assert found.answered is Answered.UNKNOWN
