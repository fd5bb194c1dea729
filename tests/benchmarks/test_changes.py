"""Facts that change in a region: each touches somebody's week in a timetable made by hand."""

from __future__ import annotations

import pytest

from benchmarks.changes import CHANGES, Taught, changed
from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.checks import content_issues
from model.judge import judge
from model.term import Term
from model.timetable import Assignment, Timetable


@pytest.fixture(scope="module")
def region() -> Term:
    """A region before anything changed."""
    return generate(30, 2, Profile.BALANCED)


@pytest.mark.parametrize("number", range(3 * len(CHANGES)))
def test_a_change_is_a_term_and_touches_the_timetable_by_hand(region: Term, number: int) -> None:
    """The same each time; without faults; who is ill or needed at work cannot do what the timetable says."""
    after = changed(region, number)
    assert after == changed(region, number)
    assert after != region
    assert not list(content_issues(after))
    by_hand = Taught.by_hand(region).pairs
    rows = tuple(Assignment(lesson=lesson, professional=who) for lesson, who in by_hand)
    assert not judge(region, Timetable(assignments=rows)).breaches
    if number % len(CHANGES) < 2:
        assert judge(after, Timetable(assignments=rows)).breaches
