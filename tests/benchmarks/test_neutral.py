"""The neutral form says of every set of candidates what the judge says: whether it is legal, and what it is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random

import pytest

from benchmarks.generator import generate
from benchmarks.greedy import greedy
from benchmarks.neutral import (
    FALSE,
    TRUE,
    Candidate,
    Day,
    Derived,
    Evaluation,
    Instance,
    Level,
    Limit,
    Stop,
    day_cost,
    evaluate,
    instance_of,
    step_costs,
)
from benchmarks.recipes import Profile
from model.judge import judge
from model.rules.filled import Filled
from model.term import Term
from model.timetable import Tier, Timetable
from solver.board import Board
from tests.agreement import best
from tests.random_regions import drawn_cases
from tests.regions import course, lesson, person, small_term

DRAWN = 150


def judged(term: Term, timetable: Timetable) -> int | None:
    """What the judge says a timetable is worth; None when it breaks a rule or gives somebody a lesson twice."""
    if timetable.issues(term):
        return None
    verdict = judge(term, timetable)
    return None if verdict.breaches else verdict.value


def told(instance: Instance, chosen: Iterable[int]) -> int | None:
    """What the instance says a set of candidates is worth; None when it breaks something."""
    found = evaluate(instance, chosen)
    return None if found.broken else found.value


def chosen_in(instance: Instance, timetable: Timetable) -> set[int]:
    """The candidates of an instance that a timetable chooses whole."""
    rows = {(row.professional, row.lesson, row.option) for row in timetable.assignments}
    return {
        index
        for index, each in enumerate(instance.candidates)
        if {(each.professional, *pair) for pair in zip(each.lessons, each.options, strict=True)} <= rows
    }


def choices(instance: Instance, random: Random, count: int) -> Iterator[list[int]]:
    """Random sets of candidates, few or many."""
    indices = range(len(instance.candidates))
    for _ in range(count):
        yield random.sample(indices, random.randint(0, min(len(indices), random.choice((3, 12)))))


def test_the_instance_says_what_the_judge_says() -> None:
    """On random terms: of random sets, of the best timetable, of parts of it, and of it with one candidate more."""
    random, verdicts, values = Random(3), Counter[bool](), set[int]()
    for case in islice(drawn_cases(), DRAWN):
        instance = instance_of(case.term)
        _, optimum = best(case.term)
        top = sorted(chosen_in(instance, optimum))
        assert len(instance.timetable(top).assignments) == len(optimum.assignments)
        others = [index for index in range(len(instance.candidates)) if index not in top]
        for chosen in (top, top[1:], *([*top, each] for each in others[:3]), *choices(instance, random, 6)):
            found = told(instance, chosen)
            assert found == judged(case.term, instance.timetable(chosen)), (case, chosen)
            if chosen:
                verdicts[found is None] += 1
                values.add(found or 0)
    assert min(verdicts.values()) > 40, verdicts
    assert len(values) > 40


@pytest.mark.parametrize("profile", Profile)
def test_the_instance_says_what_the_judge_says_of_regions(profile: Profile) -> None:
    """On a generated region: of parts of a hand-made timetable, alone and with random candidates added."""
    term, random, verdicts = generate(30, 4, profile), Random(5), Counter[bool]()
    instance = instance_of(term)
    made = sorted(greedy(instance))
    for added in range(12):
        part = random.sample(made, random.randint(len(made) // 2, len(made)))
        chosen = {*part, *random.sample(range(len(instance.candidates)), added // 3)}
        found = told(instance, chosen)
        assert found == judged(term, instance.timetable(chosen))
        verdicts[found is None] += 1
    assert set(verdicts) == {True, False}


def test_a_board_that_screens_nobody_gives_the_same_instance() -> None:
    """Candidates that something forbids are left out, and the others numbered anew."""
    random, left_out = Random(9), 0
    for case in islice(drawn_cases(), 40):
        board = Board.of(case.term, screen=False)
        every, kept = instance_of(case.term, board), instance_of(case.term)
        assert every.candidates == kept.candidates
        left_out += len(board.candidates) - len(every.candidates)
        for chosen in choices(kept, random, 4):
            assert evaluate(every, chosen) == evaluate(kept, chosen)
    assert left_out > 100


def test_every_literal_is_numbered() -> None:
    """What limits, costs, clashes and days of random terms speak of is a candidate, derived before, or a constant."""
    kinds = Counter[str]()
    for case in islice(drawn_cases(), DRAWN):
        instance = instance_of(case.term)
        size = len(instance.candidates)
        for place, each in enumerate(instance.derived):
            assert all(FALSE >= literal >= TRUE or 0 <= literal < size + place for literal in each.of)
            kinds[each.kind] += 1
        said = {literal for limit in instance.limits for literal, _ in limit.terms}
        said |= {literal for literal, _ in instance.costs}
        assert all(TRUE <= literal < size + len(instance.derived) for literal in said)
        assert len({literal for literal, _ in instance.costs}) == len(instance.costs)
        for day in instance.days:
            assert all(0 <= before < after < len(day.stops) for before, after, _ in day.steps)
        kinds["clash"] += len(instance.clashes)
        kinds["priced"] += sum(limit.price is not None for limit in instance.limits)
        kinds["hard"] += sum(limit.price is None for limit in instance.limits)
        kinds["day"] += len(instance.days)
    assert all(kinds[each] > 5 for each in ("any", "clash", "priced", "hard", "day")), kinds


def test_derived_literals_of_a_board_keep_their_meaning() -> None:
    """Any, all and the times of a lesson, within each other, hold when the candidates chosen make them so."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        lessons=[lesson("l1"), lesson("l2", "2")],
        lesson_times=[{"id": "later", "lesson": "l2", "weekday": "thu", "first_period": "1"}],
    )
    board = Board.of(term, rules=())
    number = {(each.professional, each.lessons[0], each.options[0]): each.index for each in board.candidates}
    both = board.all_of(board.teaches(each) for each in board.candidates_for("l1"))
    either = board.any_of([both, board.at("l2", "later")])
    rule = Filled()
    for literal, weight in ((both, -1), (either, -10), (board.at("l2", None), -100), (board.at("l1", None), -1000)):
        because = rule.because("gain", lesson="l1")
        board.price([(literal, weight)], because, tier=Tier.FILLED)
    instance = instance_of(term, board)
    anna, bob = number["anna", "l1", None], number["bob", "l1", None]
    # l1 has no other time: whoever gives it, and whether anybody does, its own one holds.
    assert evaluate(instance, []).value == 1000
    assert evaluate(instance, [anna]).value == 1000
    assert evaluate(instance, [anna, bob]).value == 1011
    assert evaluate(instance, [number["bob", "l2", "later"]]).value == 1010
    assert evaluate(instance, [anna, number["bob", "l2", None]]).value == 1100


def test_who_is_forbidden_is_never_chosen() -> None:
    """What a board says of a forbidden candidate is said of one that never holds, alone and among others."""
    board = Board.of(small_term(professionals=[person("anna"), person("bob")]), rules=())
    anna, bob = board.candidates
    because = Filled().because("gain", lesson="l1")
    board.forbid(anna, because)
    either = board.any_of([board.teaches(anna), board.teaches(bob)])
    board.price([(board.teaches(anna), -1), (either, -10), (board.teaches(bob), -100)], because, tier=Tier.FILLED)
    instance = instance_of(board.term, board)
    assert [each.professional for each in instance.candidates] == ["bob"]
    assert [evaluate(instance, each).value for each in ([], [0])] == [0, 110]


def test_an_instance_survives_as_text() -> None:
    """Written as JSON and read again it is the same."""
    instance = instance_of(generate(20, 2, Profile.TIGHT_TEAMS))
    assert Instance.model_validate_json(instance.model_dump_json()) == instance


def test_a_timetable_names_lessons_people_and_times() -> None:
    """A candidate becomes one assignment for each of its lessons, at the time it chose."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        courses=[course("robots", continuity="same"), course("duo")],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3", course="duo", weekday="tue")],
        lesson_times=[{"id": "later", "lesson": "l3", "weekday": "thu", "first_period": "1"}],
    )
    instance = instance_of(term)
    whole = next(i for i, each in enumerate(instance.candidates) if each.lessons == ("l1", "l2"))
    moved = next(
        i for i, each in enumerate(instance.candidates) if each.options == ("later",) and each.professional == "bob"
    )
    rows = instance.timetable({whole, moved}).assignments
    assert [(row.lesson, row.professional, row.option) for row in rows] == [
        ("l1", "anna", None),
        ("l2", "anna", None),
        ("l3", "bob", "later"),
    ]


# By hand


def by_hand(**fields: object) -> Instance:
    """Four candidates of two people and what a case is about."""
    candidates = tuple(
        Candidate(professional=f"p{index % 2}", course="c", lessons=(f"l{index}",), options=(None,))
        for index in range(4)
    )
    empty = dict.fromkeys(("derived", "clashes", "limits", "costs", "days"), ())
    return Instance.model_validate({"name": "by hand", "candidates": candidates, **empty, **fields})


def test_derived_literals_hold_when_any_or_all_do() -> None:
    """Also of constants, of each other, and of nothing."""
    derived = (
        Derived(kind="any", of=(0, 1)),  # 4
        Derived(kind="all", of=(0, 4, TRUE)),  # 5
        Derived(kind="any", of=(FALSE, 5)),  # 6
        Derived(kind="any", of=()),  # 7 never
        Derived(kind="all", of=()),  # 8 always
    )
    costs = ((4, -1), (5, -10), (6, -100), (7, -1000), (8, -10_000), (TRUE, -100_000), (FALSE, -1_000_000))
    instance = by_hand(derived=derived, costs=costs)
    assert evaluate(instance, []).value == 110_000
    assert evaluate(instance, [1]).value == 110_001
    assert evaluate(instance, [0]).value == 110_111


def test_limits_break_or_cost() -> None:
    """A hard limit is broken once, however far; a priced one costs for each unit above it, and no unit below."""
    hard = Limit(terms=((0, 2), (1, 3), (2, -1)), at_most=1, price=None)
    priced = Limit(terms=((0, 2), (1, 3), (TRUE, 1)), at_most=2, price=10)
    instance = by_hand(limits=(hard, priced))
    assert evaluate(instance, []) == Evaluation(value=0, broken=0)
    assert evaluate(instance, [0, 2]) == Evaluation(value=-10, broken=0)  # 2 - 1 <= 1; 2 + 1 is one above 2
    assert evaluate(instance, [0, 1, 2]) == Evaluation(value=-40, broken=1)  # 5 - 1 > 1; 5 + 1 is four above 2


def test_the_smallest_sum_of_a_level_gains() -> None:
    """Also where it is below nothing, and where it is nobody's."""
    worst = Level(groups=(((0, 3), (1, -2)), ((1, 5), (TRUE, 1))), weight=10)
    instance = by_hand(levels=(worst,))
    assert [evaluate(instance, each).value for each in ([], [0], [1], [0, 1])] == [0, 10, -20, 10]
    assert evaluate(by_hand(levels=(Level(groups=(((0, 3),), ()), weight=10),)), [0]).value == 0


def test_a_clash_is_a_set_of_which_one_can_be_chosen() -> None:
    """Three that clash are three pairs, each told once; who clashes with himself cannot be chosen at all."""
    instance = by_hand(clashes=((0, 1, 2), (1, 2), (3, 3)))
    assert list(instance.clashing_pairs()) == [(0, 1), (0, 2), (1, 2), (3, 3)]
    assert [evaluate(instance, each).broken for each in ([], [1], [0, 2], [0, 1, 2], [3])] == [0, 0, 1, 3, 1]


DAY = Day(
    count=3,
    stops=(
        Stop(candidate=None, unless=(0,), opening=1, closing=2),  # work, unless candidate 0 pushes it out
        Stop(candidate=0, unless=(), opening=4, closing=8),
        Stop(candidate=1, unless=(), opening=16, closing=32),
    ),
    steps=((0, 1, 64), (0, 2, 128), (1, 2, 256)),
)


@pytest.mark.parametrize(
    ("true", "cost"),
    [
        # Without lessons somebody is at work, which costs nothing here.
        (set(), 0),
        # Straight to the lesson and home: 4 + 8 on three dates.
        ({0}, 3 * 12),
        # Work first, from there to the lesson, and home: 1 + 128 + 32.
        ({1}, 3 * 161),
        # 4 + 256 + 32.
        ({0, 1}, 3 * 292),
    ],
)
def test_a_day_costs_its_steps(true: set[int], cost: int) -> None:
    """From home past all stops that are there, in order, and home again, on each date."""
    assert day_cost(DAY, true, step_costs(DAY)) == cost
    assert evaluate(by_hand(days=(DAY,)), true).value == -cost
