"""A digest is the same wherever and in whatever order a problem is made, and another one as soon as anything counts otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from random import Random
from typing import Any

import pytest

from benchmarks.cases import Case, generated
from benchmarks.digest import digest
from benchmarks.neutral import FALSE, TRUE, Candidate, Day, Derived, Instance, Level, Limit, Stop, instance_of
from benchmarks.recipes import Profile
from model.fields import Weekday
from model.lessons import RuleSetting
from model.rules import RULES
from model.term import Term
from solver.board import Board
from tests.random_regions import drawn_cases


@pytest.fixture(scope="module")
def case() -> Case:
    return next(generated([20], [Profile.BALANCED], [1]))


@pytest.fixture(scope="module")
def term(case: Case) -> Term:
    return case.term()


def test_another_process_makes_the_same_digest(case: Case, term: Term) -> None:
    """Whatever the order of its sets."""
    made = {digest(instance_of(term))}
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-m", "benchmarks.digest"]
        process = subprocess.run(
            command, input=case.model_dump_json(), env=environment, capture_output=True, text=True, check=True
        )
        made.add(process.stdout.strip())
    (only,) = made
    assert len(only) == 12
    assert int(only, 16) > 0


def weighed(term: Term, weight: int) -> Term:
    """One idle minute costs so much."""
    return term.replace(rules=[*term.rules, RuleSetting(id="w", rule="gaps", parameter="weight", value=str(weight))])


def released(term: Term) -> Term:
    """One release is on another day."""
    first, *others = term.releases
    taken = {row.weekday for row in term.releases if row.professional == first.professional}
    day = next(day for day in list(Weekday)[:5] if day not in taken)
    return term.replace(releases=[first.model_copy(update={"weekday": day}), *others])


def moved(term: Term) -> Term:
    """One lesson is a day later or earlier."""
    first, *others = term.lessons
    day = next(day for day in (Weekday.TUE, Weekday.WED) if day != first.weekday)
    return term.replace(lessons=[first.model_copy(update={"weekday": day}), *others])


def test_one_fact_or_weight_makes_another_problem(term: Term) -> None:
    """A release, a lesson, a weight; the weight that holds anyway changes nothing, and neither does the term's name."""
    same = [term, weighed(term, 1), term.replace(id="renamed")]
    others = [weighed(term, 2), released(term), moved(term)]
    assert len({digest(instance_of(each)) for each in same}) == 1
    assert len({digest(instance_of(each)) for each in [term, *others]}) == 4


def test_the_order_of_rows_and_rules_does_not_matter(term: Term) -> None:
    """People, courses and lessons the other way round, and rules that write in another order."""
    turned = term.replace(
        professionals=term.professionals[::-1], courses=term.courses[::-1], lessons=term.lessons[::-1]
    )
    boards = [Board.of(turned), Board.of(term, rules=RULES[::-1])]
    assert {digest(instance_of(term, board)) for board in boards} == {digest(instance_of(term))}


def test_random_problems_have_digests_of_their_own() -> None:
    """Two of them have the same one only if they are the same in plain numbers."""
    instances = [instance_of(case.term) for case in islice(drawn_cases(), 60)]
    plain = {each.model_copy(update={"name": ""}).model_dump_json() for each in instances}
    assert len({digest(each) for each in instances}) == len(plain) > 40


STOPS = (Stop(candidate=0, unless=(), opening=5, closing=6), Stop(candidate=None, unless=(1, 2), opening=7, closing=8))
WHOLE = Instance(
    name="everything",
    candidates=tuple(
        Candidate(professional=who, course="c", lessons=lessons, options=options, weeks=weeks)
        for who, lessons, options, weeks in (
            ("anna", ("l1", "l2"), (None, "o"), None),
            ("anna", ("l3",), (None,), frozenset({37, 38})),
            ("anna", ("l4",), (None,), None),
            ("bob", ("l1", "l2"), (None, "o"), None),
        )
    ),
    derived=(Derived(kind="any", of=(0, 1)), Derived(kind="all", of=(3, 4))),
    clashes=((0, 1), (1, 2), (0, 2), (3, 3)),
    limits=(Limit(terms=((0, 1), (5, 2)), at_most=2, price=None), Limit(terms=((2, 1),), at_most=0, price=9)),
    costs=((0, -100), (4, 10), (TRUE, 3)),
    days=(Day(count=2, stops=STOPS, steps=((0, 1, 4),)),),
    levels=(Level(groups=(((0, 1),), ((3, 2), (FALSE, 1))), weight=7),),
)

Change = Callable[[Any], Any]


def replaced(table: str, index: int, **fields: Any) -> Change:
    """An instance with other fields in one row of a table."""

    def change(instance: Instance) -> Instance:
        rows = list(getattr(instance, table))
        rows[index] = rows[index].model_copy(update=fields)
        return instance.model_copy(update={table: tuple(rows)})

    return change


def whole(**tables: Any) -> Change:
    """An instance with other tables."""
    return lambda instance: instance.model_copy(update=tables)


OTHERS: list[Change] = [
    replaced("candidates", 0, professional="cleo"),
    replaced("candidates", 0, lessons=("l1", "l5")),
    replaced("candidates", 0, options=("o", None)),
    replaced("candidates", 1, weeks=frozenset({37})),
    replaced("candidates", 1, weeks=None),
    replaced("derived", 0, kind="all"),
    replaced("derived", 0, of=(0, 2)),
    replaced("derived", 1, of=(3,)),
    whole(clashes=WHOLE.clashes[:2] + WHOLE.clashes[3:]),
    whole(clashes=WHOLE.clashes[:3]),
    whole(clashes=(*WHOLE.clashes, (2, 3))),
    replaced("limits", 0, at_most=1),
    replaced("limits", 0, price=1),
    replaced("limits", 0, terms=((0, 1), (5, 3))),
    replaced("limits", 0, terms=((0, 1), (4, 2))),
    whole(limits=WHOLE.limits[:1]),
    whole(limits=(*WHOLE.limits, WHOLE.limits[1])),
    whole(costs=((0, -101), *WHOLE.costs[1:])),
    whole(costs=WHOLE.costs[:2]),
    replaced("days", 0, count=3),
    replaced("days", 0, steps=((0, 1, 5),)),
    replaced("days", 0, steps=()),
    replaced("days", 0, stops=STOPS[::-1]),
    replaced("days", 0, stops=(STOPS[0].model_copy(update={"opening": 4}), STOPS[1])),
    replaced("days", 0, stops=(STOPS[0].model_copy(update={"closing": 4}), STOPS[1])),
    replaced("days", 0, stops=(STOPS[0], STOPS[1].model_copy(update={"unless": (1,)}))),
    replaced("levels", 0, weight=8),
    replaced("levels", 0, groups=(((0, 1),), ((3, 3),))),
    whole(levels=()),
]


def test_everything_in_an_instance_counts() -> None:
    """Each change alone makes a digest that no other one makes."""
    made = [digest(change(WHOLE)) for change in [whole(), *OTHERS]]
    assert len(set(made)) == len(made)


def test_only_what_an_instance_means_counts() -> None:
    """Pairs are the same as the set of all of them; courses have no part in it, and neither has any order."""
    same = [
        whole(clashes=((0, 1, 2), (3, 3))),
        whole(clashes=((3, 3), (0, 1), (0, 1, 2))),
        replaced("candidates", 0, course="d"),
        replaced("candidates", 0, lessons=("l2", "l1"), options=("o", None)),
        replaced("derived", 1, of=(4, 3)),
        whole(limits=WHOLE.limits[::-1], costs=WHOLE.costs[::-1], name="other"),
        replaced("levels", 0, groups=WHOLE.levels[0].groups[::-1]),
    ]
    assert {digest(change(WHOLE)) for change in same} == {digest(WHOLE)}


def test_numbers_do_not_count() -> None:
    """Candidates and derived literals numbered by lot."""
    random = Random(5)
    for _ in range(5):
        order = random.sample(range(4), 4)
        assert digest(renumbered(WHOLE, order)) == digest(WHOLE)


def renumbered(instance: Instance, order: list[int]) -> Instance:
    """The instance with its candidates in another order."""
    number = {old: new for new, old in enumerate(order)}

    def of(literals: Any) -> Any:
        return tuple(number.get(literal, literal) for literal in literals)

    def terms(given: Any) -> Any:
        return tuple((number.get(literal, literal), weight) for literal, weight in given)

    def stop(each: Stop) -> Stop:
        there = None if each.candidate is None else number[each.candidate]
        return each.model_copy(update={"candidate": there, "unless": of(each.unless)})

    return instance.model_copy(
        update={
            "candidates": tuple(instance.candidates[old] for old in order),
            "derived": tuple(each.model_copy(update={"of": of(each.of)}) for each in instance.derived),
            "clashes": tuple(tuple(sorted(of(each))) for each in instance.clashes),
            "limits": tuple(each.model_copy(update={"terms": terms(each.terms)}) for each in instance.limits),
            "costs": terms(instance.costs),
            "days": tuple(
                each.model_copy(update={"stops": tuple(stop(one) for one in each.stops)}) for each in instance.days
            ),
            "levels": tuple(
                each.model_copy(update={"groups": tuple(terms(group) for group in each.groups)})
                for each in instance.levels
            ),
        }
    )
