"""Judged piece by piece, a changed timetable is worth and breaks what the judge says of it as a whole."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from model.change import Change, Edit, applied
from model.judge import Verdict, judge
from model.judging import Judging
from model.timetable import Assignment, Breach, Timetable
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import lesson, person, release, small_term, work, worker


def said(breaches: tuple[Breach, ...]) -> set[str]:
    """Breaches as texts, so that they can be compared as sets."""
    return {each.model_dump_json() for each in breaches}


def test_a_change_is_judged_as_the_whole_is() -> None:
    """From one timetable of a term to the next: what is newly broken, what is mended, and what is gained by rule."""
    seen: Counter[str] = Counter()
    for case in (*drawn_cases(), *calm_cases()):
        verdicts = [judge(case.term, each) for each in case.timetables]
        for (one, before), (other, after) in pairwise(zip(case.timetables, verdicts, strict=True)):
            removed = [row for row in one.assignments if row not in other.assignments]
            added = [row for row in other.assignments if row not in one.assignments]
            if not removed and not added:
                continue
            judging = Judging(case.term, one)
            tried = judging.tried(removed=removed, added=added)
            assert said(tried.breaches) == said(after.breaches) - said(before.breaches)
            assert said(tried.mended) == said(before.breaches) - said(after.breaches)
            assert tried.gain == after.value - before.value
            assert tried.gains == differences(before, after)
            assert set(tried.timetable.assignments) == set(other.assignments)
            value, breaches = judging.changed_to(other)
            assert (value, said(breaches)) == (after.value, said(after.breaches))
            seen["broken"] += bool(tried.breaches)
            seen["mended"] += bool(tried.mended)
            seen["fine"] += not tried.breaches
            seen["better"] += tried.gain > 0
            seen["worse"] += tried.gain < 0
    assert min(seen.values()) >= 100, seen


def differences(before: Verdict, after: Verdict) -> dict[str, int]:
    """By rule what one verdict counts more than another."""
    gains: Counter[str] = Counter()
    for verdict, sign in ((before, 1), (after, -1)):
        for cost in verdict.costs:
            gains[cost.rule] += sign * cost.amount
    return {rule: gain for rule, gain in gains.items() if gain}


def test_as_it_stands_it_says_what_the_judge_says() -> None:
    """Nothing changed: all breaches and the value."""
    for case in drawn_cases()[:100]:
        for timetable in case.timetables[:2]:
            verdict, judging = judge(case.term, timetable), Judging(case.term, timetable)
            assert said(tuple(judging.breaches())) == said(verdict.breaches)
            assert judging.value == verdict.value


def test_what_an_agreement_breaks_by_itself_is_no_excuse() -> None:
    """With her morning given away too, Anna's whole day is: one too many for her team, although other rules were broken before."""
    term = small_term(
        employers=[{"id": "works", "name": "Works", "release_policy": "day"}],
        professionals=[worker("anna"), person("bob")],
        work=[work("anna", "08:00", "12:00"), work("anna", "13:00", "17:00")],
        releases=[release("anna", "afternoon")],
        presence=[{"employer": "works", "half_day": "morning", "at_most_away": 0}],
        lessons=[lesson("l1", "3"), lesson("l2", "6"), lesson("l3"), lesson("l4")],
    )
    rows = [("l2", "anna"), ("l3", "bob"), ("l4", "bob")]  # Bob is in two places
    judging = Judging(term, Timetable(assignments=tuple(Assignment(lesson=a, professional=b) for a, b in rows)))
    assert {each.rule for each in judging.breaches()} == {"clash"}
    morning = Edit("releases", None, {"professional": "anna", "weekday": "mon", "half_day": "morning"})
    agreed = judging.under(applied(term, [Change("", {}, (), 1, (morning,))]))
    broken = list(agreed.broken(added=[Assignment(lesson="l1", professional="anna")]))
    assert {each.rule for each in broken} == {"presence"}
    assert set(map(str, agreed.tried(added=[Assignment(lesson="l1", professional="anna")]).breaches)) == set(
        map(str, broken)
    )
