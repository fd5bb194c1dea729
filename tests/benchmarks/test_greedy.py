"""The greedy: the scarcest lesson first, to whom it costs least, never breaking anything, nothing taken back."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest

from benchmarks.generator import generate
from benchmarks.greedy import _Plan, greedy
from benchmarks.neutral import TRUE, Candidate, Derived, Instance, Level, Limit, evaluate, instance_of
from benchmarks.recipes import Profile
from model.judge import judge
from model.term import Term
from tests.agreement import best
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import course, lesson, licence, person, small_term

# On a date a lesson is worth 1000 and going there and back 2 x 20 minutes; all is given on two dates.
ALONE, BESIDE = 2 * (1000 - 40), 2 * 1000


def given(term: Term) -> tuple[dict[str, set[str]], int]:
    """Who gives each lesson, and what that is worth, which the judge must find too."""
    instance = instance_of(term)
    chosen = greedy(instance)
    timetable = instance.timetable(chosen)
    verdict = judge(term, timetable)
    assert verdict.breaches == ()
    assert evaluate(instance, chosen) == (verdict.value, 0)
    found: dict[str, set[str]] = {}
    for row in timetable.assignments:
        found.setdefault(row.lesson, set()).add(row.professional)
    return found, verdict.value


ART = {
    "courses": [course("robots"), course("art", subject="kunst")],
    "lessons": [lesson("l1"), lesson("l2", "2", course="art")],
}


def test_the_scarcest_lesson_goes_first() -> None:
    """Anna has room for one lesson; art is hers, since nobody else can give it, though robots stands before it."""
    term = small_term(
        professionals=[person("anna", max_lessons_per_week=1), person("bob")],
        licences=[licence("anna"), licence("anna", "kunst"), licence("bob")],
        **ART,
    )
    assert given(term) == ({"l1": {"bob"}, "l2": {"anna"}}, 2 * ALONE)


def test_a_lesson_goes_to_whom_it_costs_least() -> None:
    """Bob comes for art anyway, so robots goes to him, and not to Anna who stands before him."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        licences=[licence("anna"), licence("bob"), licence("bob", "kunst")],
        **ART,
    )
    assert given(term) == ({"l1": {"bob"}, "l2": {"bob"}}, ALONE + BESIDE)


def test_nothing_is_taken_back() -> None:
    """Anna gets both early lessons and has no room for the last one, which only a swap would give to somebody."""
    lessons = [lesson("l1"), lesson("l2", "2"), lesson("l3")]
    term = small_term(
        professionals=[person("anna", max_lessons_per_week=2), person("bob", max_lessons_per_week=1)],
        lessons=[*lessons, lesson("l4", "2", weekday="tue")],
    )
    # l1 to Anna, who then goes on to l2; l3, at the same time as l1, to Bob, whose week is full.
    assert given(term) == ({"l1": {"anna"}, "l2": {"anna"}, "l3": {"bob"}}, 2 * ALONE + BESIDE)


CHEAP = [{"rule": "filled", "parameter": "normal", "value": "39"}]


def test_what_gains_nothing_is_left_open() -> None:
    """A lesson worth less than the journey to it is not given."""
    assert given(small_term(rules=CHEAP)) == ({}, 0)


def test_what_must_be_given_is_given_at_a_loss() -> None:
    """The same lesson is given when it must be staffed: 39 points less a journey of 40 minutes, twice."""
    assert given(small_term(rules=CHEAP, lessons=[lesson("l1", must_fill=True)])) == ({"l1": {"anna"}}, -2)


def test_who_is_pinned_gives_the_lesson() -> None:
    """Also when somebody else would cost less."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        lessons=[lesson("l1"), lesson("l2", "2", pinned=["bob"])],
    )
    found, _ = given(term)
    assert found["l2"] == {"bob"}


def test_a_lesson_gets_as_many_people_as_it_needs() -> None:
    """Two of three people give a lesson that asks for two."""
    people = [person("anna"), person("bob"), person("chris")]
    assert given(small_term(professionals=people, courses=[course("robots", heads=2)])) == (
        {"l1": {"anna", "bob"}},
        2 * ALONE,
    )


@pytest.mark.parametrize("profile", Profile)
def test_a_region_is_filled_by_hand_without_a_breach(profile: Profile) -> None:
    """Something is given, legally, and the same every time."""
    term = generate(40, 3, profile)
    found, value = given(term)
    assert found
    assert value > 0
    assert given(term) == (found, value)


def test_it_is_never_better_than_the_best() -> None:
    """On random terms it breaks nothing that was not broken to begin with; the best is as good or, often, better."""
    seen = Counter[str]()
    for case in (*drawn_cases()[:75], *calm_cases()[:75]):
        instance = instance_of(case.term)
        optimum, _ = best(case.term)
        value, broken = evaluate(instance, greedy(instance))
        nothing, empty = evaluate(instance, ())
        if broken:
            assert broken <= empty
            seen["illegal" if optimum is not None else "impossible"] += 1
        else:
            assert optimum is not None
            assert (nothing if not empty else value) <= value <= optimum
            assert judge(case.term, instance.timetable(greedy(instance))).value == value
            seen["best" if value == optimum else "worse"] += 1
    assert min(seen[kind] for kind in ("impossible", "best", "worse")) >= 5, seen


def test_what_a_step_is_said_to_gain_it_gains() -> None:
    """On the way to random timetables: a candidate is refused when it would break something, else it gains what it adds."""
    random, seen = Random(8), Counter[bool]()
    instances = [instance_of(case.term) for case in islice(drawn_cases(), 60)]
    for instance in [*instances, instance_of(generate(20, 5, Profile.TIGHT_TEAMS)), full()]:
        plan = _Plan(instance)
        for index in random.sample(range(len(instance.candidates)), len(instance.candidates)):
            before, after = (evaluate(instance, each) for each in (plan.chosen, {*plan.chosen, index}))
            added = plan.added(index)
            if before.broken == 0:
                assert (added is None) == (after.broken > 0)
            if added is not None:
                assert added[1] == after.value - before.value
                assert after.broken <= before.broken
                plan.take(index)
            seen[added is None] += 1
    assert min(seen.values()) > 30, seen


def full() -> Instance:
    """Literals derived from each other, with costs and limits on them."""
    rows = tuple(Candidate(professional="p", course="c", lessons=(f"l{index}",), options=(None,)) for index in range(8))
    derived = (
        Derived(kind="any", of=(0, 1)),  # 8
        Derived(kind="all", of=(1, 2, 3)),  # 9
        Derived(kind="all", of=(8, 2)),  # 10
        Derived(kind="any", of=(9, 10, 4)),  # 11
        Derived(kind="all", of=(11, 5, 8)),  # 12
    )
    return Instance(
        name="full",
        candidates=rows,
        derived=derived,
        clashes=((6, 7), (3, 3)),
        limits=(
            Limit(terms=((8, 2), (9, 1), (11, 2), (12, 3)), at_most=3, price=17),
            Limit(terms=((11, 2), (5, 1), (4, -1)), at_most=2, price=None),
        ),
        costs=((8, 3), (9, -40), (10, 11), (11, -5), (12, -23), *((index, -index) for index in range(8))),
        days=(),
        levels=(
            Level(groups=(((0, 2), (9, -1)), ((8, 1), (TRUE, 1)), ((4, 3),)), weight=7),
            Level(groups=(((5, -2), (6, -1)), ((12, -4),)), weight=3),
        ),
    )
