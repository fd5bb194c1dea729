"""What would fill a lesson: applied and judged, fills it and opens nothing, and costs no less than was proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from hypothesis import event, given

from model.change import applied
from model.judge import judge
from model.rule import Owner
from model.timetable import Assignment, Timetable
from solver.explain.closure import closure
from solver.explain.could import settled
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.repairs import Repair, repairs
from solver.explain.whole import Whole
from tests.random_regions import calm_cases
from tests.regions import lesson, person, small_term, work, worker
from tests.solver.explain.scarce import Scarce, quietly, scarce
from tests.solver.explain.test_closure import filled

SECONDS = 5.0
MOST_WAYS = 60


def found(region: Region, open_lesson: str) -> list[Repair]:
    """All that is offered, each checked from scratch."""
    whole = Whole(region)
    closed = closure(whole, open_lesson, SECONDS)
    ways = repairs(region, open_lesson, closed, SECONDS)
    offered = list(ways.repairs)
    assert bool(offered) == (ways.answered is Answered.FOUND)
    before = set(map(str, judge(region.term, region.timetable).breaches))
    for each in offered:
        rows = [row for row in region.timetable.assignments if row not in each.removed] + list(each.added)
        after = Region(applied(region.term, each.changes), Timetable(assignments=tuple(rows)))
        assert set(map(str, judge(after.term, after.timetable).breaches)) <= before
        assert filled(after, open_lesson)
        assert all(filled(after, row.id) for row in region.term.lessons if filled(region, row.id))
        assert 0 <= each.lower <= each.price
        assert Owner.LAW not in each.owners
        agreed_on = [one for one in each.changes if one.edits[0].table != "lesson_times"]  # else there is no such time
        for one in agreed_on:  # none of them is needless
            fewer = applied(region.term, [other for other in each.changes if other is not one])
            assert set(map(str, judge(fewer, Timetable(assignments=tuple(rows))).breaches)) - before, one
        if closed.answered is Answered.IMPOSSIBLE and region.judging.breaks_nothing:
            assert each.changes, "nothing comes for nothing where that is impossible"
        assert bool(each.owners) == bool(each.changes)
    assert [each.price for each in offered] == sorted(each.price for each in offered)
    return offered


def test_repairs_hold_on_random_terms() -> None:
    """Of terms with any rule: what is offered fills the lesson and nothing falls open."""
    seen: Counter[str] = Counter()
    for case in calm_cases()[:100]:
        timetable = next((each for each in case.timetables if not judge(case.term, each).breaches), Timetable())
        region = Region(case.term, timetable)
        for open_lesson in region.open_lessons[:2]:
            for each in found(region, open_lesson):
                seen["moved" if each.removed else "given"] += 1
                seen["agreed" if each.changes else "for nothing"] += 1
    assert min(seen["agreed"], seen["for nothing"]) >= 10, seen


def test_somebody_new_takes_what_another_gives_up() -> None:
    """Only Anna can give l2, but gives l1 then; Bob, released, could give l1 alone."""
    term = small_term(
        professionals=[person("anna"), worker("bob")],
        work=[work("bob")],
        lessons=[lesson("l1"), lesson("l2", blocked=["bob"], must_fill=False)],
    )
    region = Region(term, Timetable(assignments=(Assignment(lesson="l1", professional="anna"),)))
    chain = next(each for each in found(region, "l2") if each.removed)
    assert chain.owners == {Owner.EMPLOYER}
    assert {(row.lesson, row.professional) for row in chain.added} == {("l1", "bob"), ("l2", "anna")}
    assert chain.price == 4  # the release (3) and one lesson that Anna gives no more


def test_different_people_are_asked() -> None:
    """Anna could if she gave more, Bob if he were released, Cas if the school let him: each is offered, cheapest first."""
    term = small_term(
        professionals=[person("anna", max_lessons_per_week=0), worker("bob"), person("cas")],
        work=[work("bob")],
        lessons=[lesson("l1", blocked=["cas"])],
    )
    offered = found(Region(term, Timetable()), "l1")
    assert {next(iter(each.owners)) for each in offered} == {Owner.PROFESSIONAL, Owner.EMPLOYER, Owner.SCHOOL}
    assert offered[0].price == offered[0].lower == 2


def timetables(region: Region, open_lesson: str) -> list[list[list[tuple[str, str, str | None]]]]:
    """For each lesson the teams it may have in a timetable that keeps what is filled and fills this one."""
    now = {(row.lesson, row.professional, row.option): row for row in region.timetable.assignments}
    teams = []
    for row in region.term.lessons:
        course = region.term.course(row.course)
        people = [each.id for each in region.term.professionals if each.id not in region.unlicensed[course.id]]
        mine = [key for key in now if key[0] == row.id]
        options = region.calendar.options(row.id)
        ways = [
            [(row.id, who, option) for who in some] for option in options for some in combinations(people, course.heads)
        ]
        teams.append(ways if row.id == open_lesson or filled(region, row.id) else [mine, *ways])
    return teams


def every_way(region: Region, teams: list[list[list[tuple[str, str, str | None]]]]) -> Iterator[int]:
    """What each way to fill a lesson costs, all timetables tried one by one."""
    now = {(row.lesson, row.professional, row.option): row for row in region.timetable.assignments}
    for chosen in product(*teams):
        after = {
            key: now.get(key) or Assignment(lesson=key[0], professional=key[1], option=key[2])
            for team in chosen
            for key in team
        }
        removed = tuple(row for key, row in now.items() if key not in after)
        added = tuple(row for key, row in after.items() if key not in now)
        changes = settled(region.judging.trial(removed=removed, added=added))
        if changes is not None:
            yield sum(each.price for each in changes) + len(removed)


def test_no_way_costs_less_than_what_is_proved() -> None:
    """Against all ways, tried one by one: none costs less than proved, and what is called cheapest is."""
    seen: Counter[str] = Counter()
    for case in calm_cases()[:200]:
        timetable = next((each for each in case.timetables if not judge(case.term, each).breaches), Timetable())
        region = Region(case.term, timetable)
        whole_weeks = all(row.weeks is None for row in region.timetable.assignments)
        if not whole_weeks or region.term.stages or len(region.term.lessons) > 4:
            continue
        for open_lesson in region.open_lessons[:1]:
            teams = timetables(region, open_lesson)
            if prod(map(len, teams)) > MOST_WAYS:
                continue
            offered = found(region, open_lesson)
            least = min(every_way(region, teams), default=None)
            assert least is not None or not offered
            if least is None:
                seen["none"] += 1
                seen["proved none"] += repairs(region, open_lesson, None, SECONDS).answered is Answered.IMPOSSIBLE
                continue
            assert repairs(region, open_lesson, None, SECONDS).answered is not Answered.IMPOSSIBLE
            assert not offered or offered[0].lower <= least
            seen["found" if offered else "missed"] += 1
            if offered and offered[0].price == offered[0].lower:
                assert offered[0].price == least
                seen["proved"] += 1
            if offered and offered[0].price == least:
                seen["cheapest"] += 1
    assert seen["proved"] >= 15, seen
    assert seen["proved none"] >= 5, seen
    assert seen["cheapest"] >= 0.9 * seen["found"], seen
    assert seen["missed"] <= 0.1 * seen["found"], seen


def test_in_regions_as_they_come_no_way_costs_less_than_what_is_proved() -> None:
    """Of tiny regions in which people are scarce: all ways are tried, and judged."""
    seen: Counter[str] = Counter()

    @quietly(24)
    @given(scarce(tiny=True))
    def every(case: Scarce) -> None:
        region = Region(case.term, case.timetable)
        for open_lesson in case.open[:1]:
            answer = repairs(region, open_lesson, None, SECONDS)
            least = min(every_way(region, timetables(region, open_lesson)), default=None)
            event("none" if least is None else "found")
            if least is None:
                assert not answer.repairs
                seen["none"] += 1
                continue
            assert answer.answered is not Answered.IMPOSSIBLE
            assert not answer.repairs or answer.repairs[0].lower <= least
            seen["agreed" if least else "for nothing"] += 1
            if answer.repairs and answer.repairs[0].price == answer.repairs[0].lower:
                assert answer.repairs[0].price == least
                seen["proved"] += 1

    every()
    assert min(seen["agreed"], seen["for nothing"]) >= 2, seen
    assert seen["proved"] >= 8, seen


def test_a_school_may_give_it_at_another_time() -> None:
    """Only Anna can, and not on Monday; her other lesson is on Tuesday. On another day she can at once, if the school agrees."""
    term = small_term(
        lessons=[lesson("l1"), lesson("l2", weekday="tue")],
        unavailability=[{"professional": "anna", "weekday": "mon"}],
    )
    region = Region(term, Timetable(assignments=(Assignment(lesson="l2", professional="anna"),)))
    offered = found(region, "l1")
    moved = [each for each in offered if each.owners == {Owner.SCHOOL}]
    assert moved, offered
    assert all(each.lower == 0 and [row.option for row in each.added] != [None] for each in moved)
    assert {each.owners for each in offered} >= {frozenset({Owner.PROFESSIONAL}), frozenset({Owner.SCHOOL})}
