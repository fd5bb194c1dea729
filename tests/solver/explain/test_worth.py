"""What facts are worth: small terms by hand, and two optima of one model of everything on random ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pytest
from ortools.sat.python import cp_model

from model.access import COORDINATOR, Reader, ReaderRole
from model.change import applied
from model.judge import judge
from model.rule import Owner
from model.term import Term
from model.timetable import Timetable
from solver.assignment import AssignmentModel
from solver.board import Board
from solver.explain.asker import Asker
from solver.explain.base import Base
from solver.explain.best import best_together
from solver.explain.facts import Fact, FactKind, facts
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.words import ReaderError
from solver.explain.worth import Reason, Worth, rise, together, worth
from solver.explain.worth_told import Asked
from tests.random_regions import calm_cases
from tests.regions import course, lesson, licence, person, small_term, table, work, worker
from tests.solver.explain.test_closure import filled

SECONDS = 20.0


def asked(term: Term, timetable: Timetable, **which: Any) -> dict[str, Worth]:
    """What each fact is worth, by its sentence, each checked."""
    base = Base(Region(term, timetable))
    return {
        each.change.sentence("en"): checked(base, worth(base, each, SECONDS)) for each in facts(base.region, **which)
    }


def checked(base: Base, found: Worth) -> Worth:
    """An answer, of which the rows were applied and judged from scratch."""
    region = base.region
    assert 0 <= found.lower <= found.gain <= found.upper
    assert (found.answered is Answered.IMPOSSIBLE) == (found.upper == 0)
    assert found.answered is not Answered.FOUND or found.lower == found.upper
    rows = [row for row in region.timetable.assignments if row not in found.removed] + list(found.added)
    after = Region(applied(region.term, [each.change for each in found.facts]), Timetable(assignments=tuple(rows)))
    before = {str(each) for each in judge(region.term, region.timetable).breaches if each.rule != "must_fill"}
    if found.gain:
        assert {str(each) for each in judge(after.term, after.timetable).breaches if each.rule != "must_fill"} <= before
        assert places(region, after) == found.gain + base.free
    return found


def places(region: Region, after: Region) -> int:
    """How many more places are filled; none may fall open."""
    short = {
        row.id: max(0, region.judging.reading.short_of(row.id)) - max(0, after.judging.reading.short_of(row.id))
        for row in region.term.lessons
    }
    assert all(each >= 0 for each in short.values())
    return sum(short.values())


def test_a_half_day_that_is_not_released() -> None:
    """Bob works on Monday; only he could give l1. On the afternoon there is nothing to give."""
    term = small_term(
        professionals=[person("anna"), worker("bob")], work=[work("bob")], lessons=[lesson("l1", blocked=["anna"])]
    )
    found = asked(term, Timetable())
    morning, afternoon = found["Works releases Bob: Mon morning."], found["Works releases Bob: Mon afternoon."]
    assert (morning.answered, morning.lower, morning.upper, morning.lessons) == (Answered.FOUND, 1, 1, ("l1",))
    assert [(row.lesson, row.professional) for row in morning.added] == [("l1", "bob")]
    assert morning.facts[0].change.owners == (Owner.EMPLOYER,)
    assert (afternoon.answered, afternoon.reason) == (Answered.IMPOSSIBLE, Reason.NOBODY)


def test_what_somebody_agrees_to_more_of() -> None:
    """Anna gives one lesson a week at most and lives twenty minutes away."""
    anna = person("anna", max_lessons_per_week=1, max_lessons_per_day=4)
    found = asked(small_term(professionals=[anna], lessons=[lesson("l1"), lesson("l2", "2")]), table("l1"))
    assert found["Anna gives up to 2 lesson periods a week (now at most 1)."].lower == 1
    assert found["Anna gives up to 5 lesson periods on a day (now at most 4)."].reason is Reason.ENOUGH
    near = small_term(professionals=[person("anna", max_travel_minutes=10)])
    assert asked(near, Timetable())["Anna travels up to 20 minutes one way (now at most 10)."].lower == 1


def test_licences_and_other_times_are_looked_at_where_somebody_is_named() -> None:
    """Bob has no licence; Anna gives l1, and could give l2 at any other time."""
    term = small_term(
        professionals=[person("anna"), person("bob")], licences=[licence("anna")], lessons=[lesson("l1"), lesson("l2")]
    )
    assert {each.facts[0].kind for each in asked(term, table("l1")).values()} == {FactKind.LOAD}
    found = asked(term, table("l1"), lesson="l2")
    kinds = Counter((each.facts[0].kind, each.lower, each.upper) for each in found.values())
    assert kinds[FactKind.LICENCE, 1, 1] == 1
    assert kinds[FactKind.TIME, 1, 1] == 34  # seven lesson periods on five days, but for the one it has
    (way,) = (each for each in found.values() if each.facts[0].kind is FactKind.LICENCE)
    assert set(way.facts[0].change.owners) == {Owner.PROFESSIONAL, Owner.SCHOOL}


def test_others_change_hands_for_it() -> None:
    """Only Anna can give l2, but gives l1 then; Bob, released, could give l1."""
    term = small_term(
        professionals=[person("anna"), worker("bob")],
        work=[work("bob")],
        lessons=[lesson("l1"), lesson("l2", blocked=["bob"])],
    )
    found = asked(term, table("l1"))["Works releases Bob: Mon morning."]
    assert found.answered is Answered.FOUND
    assert {(row.lesson, row.professional) for row in found.added} == {("l1", "bob"), ("l2", "anna")}


def test_what_can_be_had_without_is_not_counted() -> None:
    """Two are free for the one open lesson: nobody's release brings anything."""
    term = small_term(professionals=[person("anna"), worker("bob")], work=[work("bob")])
    base = Base(Region(term, Timetable()))
    assert (base.free, base.most) == (1, 1)
    assert {each.upper for each in asked(term, Timetable()).values()} == {0}


def waiting() -> tuple[Base, list[Fact]]:
    """Bob and Cas could both give l1, were they released; nobody else could."""
    people = [person("anna"), worker("bob"), worker("cas")]
    term = small_term(professionals=people, work=[work("bob"), work("cas")], lessons=[lesson("l1", blocked=["anna"])])
    base = Base(Region(term, Timetable()))
    return base, list(facts(base.region, kinds=[FactKind.RELEASE]))


def test_worths_do_not_add_up() -> None:
    """Two who wait for the same lesson are worth one together; a course on two half-days asks for both of them."""
    base, both = waiting()
    assert sum(worth(base, each, SECONDS).gain for each in both) == 2
    best = best_together(base, both, 2, SECONDS)
    assert (best.worth.gain, best.proved) == (1, True)
    term = small_term(
        professionals=[worker("bob")],
        work=[work("bob")],
        courses=[course("robots", continuity="same")],
        lessons=[lesson("l1"), lesson("l2", "5")],
    )
    base = Base(Region(term, Timetable()))
    halves = list(facts(base.region, kinds=[FactKind.RELEASE]))
    assert {worth(base, each, SECONDS).upper for each in halves} == {0}
    told = []
    best = best_together(base, halves, 2, SECONDS, told.append)
    assert (best.worth.gain, best.proved, len(best.worth.facts)) == (2, True, 2)
    assert [each.worth.gain for each in told] == [2]
    assert best_together(base, halves, 1, SECONDS).upper == 0


def test_no_time_says_nothing() -> None:
    """What was not looked for is not worth nothing, nor is what a crashed process was to find out."""
    base, both = waiting()
    found = worth(base, both[0], 0.0)
    assert (found.answered, found.lower, found.upper) == (Answered.UNKNOWN, 0, 1)
    best = best_together(base, both, 2, 0.0)
    assert (best.worth.gain, best.upper, best.proved) == (0, 1, False)


def test_a_crash_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """And bounds stay open."""
    base, _ = waiting()
    monkeypatch.setattr("solver.explain.worth_told.in_child", lambda *_: None)
    answer = Asker(base.region, COORDINATOR, "nl").worth(Asked(people=("bob",)), SECONDS)
    assert {(each.answered, each.lower, each.upper) for each in answer.facts} == {(Answered.FAILED, 0, 1)}
    assert {each.sentence for each in answer.facts} == {"Niet vastgesteld: de berekening is mislukt."}


def test_readers_are_told_of_their_own() -> None:
    """An employer of its people, somebody of themselves, a timetabler of everybody and of other times."""
    people = [person("anna"), worker("bob"), person("cas", employer="other")]
    term = small_term(
        professionals=people,
        employers=[{"id": "works", "name": "Works"}, {"id": "other", "name": "Other"}],
        work=[work("bob"), work("cas")],
        lessons=[lesson("l1", blocked=["anna"])],
    )
    region = Region(term, Timetable())

    def told(role: ReaderRole, of: str, **which: Any) -> Any:
        return Asker(region, Reader(role, frozenset([of])), "nl").worth(Asked(**which), SECONDS)

    for role, of in ((ReaderRole.EMPLOYER, "works"), (ReaderRole.PROFESSIONAL, "bob")):
        answer = told(role, of, best=2)
        assert {each.professional for each in answer.facts} == {"bob"}
        assert {each.professional for each in told(role, of, lesson="l1").facts} == {"bob"}
        for other in ("Cas", "Other", "cas"):
            assert other not in answer.model_dump_json()
        assert answer.facts[0].gain == 1
        with pytest.raises(ReaderError):
            told(role, of, people=("cas",))
    with pytest.raises(ReaderError):
        told(ReaderRole.EMPLOYER, "works", employer="other")
    seen = told(ReaderRole.TIMETABLER, "north", lesson="l1")
    assert {each.professional for each in seen.facts if each.kind is FactKind.RELEASE} == {"bob", "cas"}


def most(region: Region, term: Term) -> int:
    """How many open lessons of a region can be filled under a term, all that is filled staying so, by models of everything."""
    keep = {row.id for row in region.term.lessons if filled(region, row.id)}
    for count in range(len(region.open_lessons), 0, -1):
        if any(possible(term, keep | set(some)) for some in combinations(region.open_lessons, count)):
            return count
    return 0


def possible(term: Term, must: Iterable[str]) -> bool:
    """Whether any timetable at all fills these lessons."""
    lessons = [row.model_copy(update={"must_fill": row.id in must}) for row in term.lessons]
    rules = [row for row in term.rules if row.rule != "must_fill"]
    waivers = [row for row in term.waivers if row.rule != "must_fill"]
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(AssignmentModel(Board.of(term.replace(lessons=lessons, rules=rules, waivers=waivers))).cp)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status != cp_model.INFEASIBLE


def plain_regions(count: int) -> Iterable[Region]:
    """Random regions with open lessons that lack the one person they need, from timetables that break nothing."""
    for case in calm_cases():
        timetable = next((each for each in case.timetables if not judge(case.term, each).breaches), Timetable())
        region = Region(case.term, timetable)
        if not region.open_lessons or judge(case.term, timetable).breaches:
            continue
        reading = region.judging.reading
        lacking = {row.id: set(reading.lacking(row.id).values()) for row in region.term.lessons}
        if any(short not in (set(), {0}, {1}) for short in lacking.values()):
            continue
        count -= 1
        if count < 0:
            return
        yield region


def test_worth_is_the_difference_of_two_optima() -> None:
    """Of random terms with any rule: what is proved is so, what is screened away brings nothing, and hardly anything stays open."""
    seen: Counter[str] = Counter()
    for region in plain_regions(24):
        base = Base(region)
        before = most(region, region.term)
        assert base.free <= before <= base.most
        for fact in [*facts(region), *facts(region, lesson=region.open_lessons[0])][:10]:
            found = checked(base, worth(base, fact, SECONDS))
            gain = max(0, most(region, applied(region.term, [fact.change])) - before)
            assert found.lower <= gain <= found.upper, (region.term.id, fact.change.sentence("en"))
            seen[found.answered.value] += 1
            seen[f"worth {gain}"] += 1
            if found.answered is Answered.IMPOSSIBLE and found.reason is not None:
                seen[found.reason.value] += 1
    assert min(seen["worth 1"], seen["nobody"], seen["enough"], seen["found"]) >= 5, seen
    assert seen["unknown"] <= 0.05 * (seen["found"] + seen["impossible"]), seen


def test_several_together_too() -> None:
    """What two facts are worth, and what no two are worth more than."""
    seen: Counter[str] = Counter()
    for region in plain_regions(8):
        base = Base(region)
        some = list(facts(region))[:4]
        before, gains = most(region, region.term), [0]
        for pair in combinations(some, 2):
            found = checked(base, together(base, pair, SECONDS))
            gain = max(0, most(region, applied(region.term, [each.change for each in pair])) - before)
            assert found.lower <= gain <= found.upper
            gains.append(gain)
            assert rise(base, pair) >= 0
        best = best_together(base, some, 2, SECONDS)
        assert max(gains) <= best.upper
        assert not best.proved or best.worth.gain >= max(gains)
        seen["proved" if best.proved else "open"] += 1
    assert seen["proved"] >= 6, seen
