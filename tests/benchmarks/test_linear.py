"""The linear form has the optimum of the problem it states, and its MPS says the same to whoever reads it.

HiGHS is asked through OR-Tools, which brings its own; highspy need not be there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice
from math import inf
from pathlib import Path
from random import Random

import pytest
from ortools.linear_solver.python import model_builder

from benchmarks.generator import generate
from benchmarks.linear import Linear, linear_of, mps
from benchmarks.neutral import FALSE, TRUE, Candidate, Day, Derived, Instance, Level, Limit, Stop, evaluate, instance_of
from benchmarks.recipes import Profile
from tests.agreement import best
from tests.random_regions import drawn_cases

Solved = tuple[int, set[int]]
"""Optimum, and the candidates that are chosen in it."""


def read_back(form: Linear) -> model_builder.Model:
    """What OR-Tools reads in the MPS of a linear form."""
    model = model_builder.Model()
    assert model.import_from_mps_string("\n".join(mps(form, "a name")))
    return model


def solved(form: Linear, candidates: int, fixed: Collection[int] | None = None) -> Solved | None:
    """The optimum by HiGHS of the MPS, with these candidates and no others when `fixed`; None when there is none."""
    model = read_back(form)
    columns = {each.name: each for each in model.get_variables()}
    for index in range(candidates if fixed is not None else 0):
        columns[f"c{index}"].lower_bound = columns[f"c{index}"].upper_bound = float(index in (fixed or ()))
    solver = model_builder.Solver("highs")
    status = solver.solve(model)
    if status == model_builder.SolveStatus.INFEASIBLE:
        return None
    assert status == model_builder.SolveStatus.OPTIMAL
    chosen = {index for index in range(candidates) if solver.value(columns[f"c{index}"]) > 0.5}
    # MPS minimises.
    assert solver.objective_value == pytest.approx(round(solver.objective_value), abs=1e-3)
    return -round(solver.objective_value), chosen


def test_the_optimum_of_the_linear_form_is_the_optimum() -> None:
    """HiGHS finds for random terms what CP-SAT finds on their boards, and the candidates it chooses are worth that."""
    seen = Counter[str]()
    for case in islice(drawn_cases(), 60):
        instance = instance_of(case.term)
        found = solved(linear_of(instance), len(instance.candidates))
        optimum, _ = best(case.term)
        assert (None if found is None else found[0]) == optimum, case
        if found is not None:
            assert evaluate(instance, found[1]) == (optimum, 0)
        seen["impossible" if found is None else "best" if found[0] > 0 else "empty"] += 1
    assert min(seen["impossible"], seen["best"]) >= 5, seen


def test_the_linear_form_is_worth_what_the_instance_is() -> None:
    """With its candidates fixed it has no solution when they break something, else one that is worth the same."""
    random, seen = Random(2), Counter[bool]()
    for case in islice(drawn_cases(), 40):
        instance = instance_of(case.term)
        indices = range(len(instance.candidates))
        form = linear_of(instance)
        for _ in range(4):
            chosen = set(random.sample(indices, random.randint(0, min(len(indices), 3))))
            value, broken = evaluate(instance, chosen)
            assert solved(form, len(indices), chosen) == (None if broken else (value, chosen))
            seen[broken > 0] += 1
    assert min(seen.values()) >= 20, seen


# By hand


def by_hand(**fields: object) -> Instance:
    """Three candidates of their own lessons and what a case is about."""
    candidates = tuple(
        Candidate(professional=f"p{index}", course="c", lessons=(f"l{index}",), options=(None,)) for index in range(3)
    )
    empty = dict.fromkeys(("derived", "clashes", "limits", "costs", "days"), ())
    return Instance.model_validate({"name": "by hand", "candidates": candidates, **empty, **fields})


GAIN = tuple((index, -gain) for index, gain in enumerate((100, 200, 400)))

# An instance, and its optimum with who is chosen in it.
CASES = {
    "nothing": ({}, (0, None)),
    "gains": ({"costs": GAIN}, (700, {0, 1, 2})),
    "clash of two": ({"costs": GAIN, "clashes": ((0, 1),)}, (600, {1, 2})),
    "clash of three": ({"costs": GAIN, "clashes": ((0, 1, 2),)}, (400, {2})),
    "clash with itself": ({"costs": GAIN, "clashes": ((2, 2),)}, (300, {0, 1})),
    "hard limit": (
        {"costs": GAIN, "limits": (Limit(terms=((0, 2), (1, 3), (2, 4)), at_most=6, price=None),)},
        (600 - 100 + 0, {0, 2}),
    ),
    # All three are 9, three above: 700 - 3 x 30. Without the first one above: 600 - 30.
    "priced limit": (
        {"costs": GAIN, "limits": (Limit(terms=((0, 2), (1, 3), (2, 4)), at_most=6, price=30),)},
        (610, {0, 1, 2}),
    ),
    "must be chosen": (
        {"costs": ((0, 50),), "limits": (Limit(terms=((0, -1), (1, -1)), at_most=-1, price=None),)},
        (0, {1}),
    ),
    "constants": (
        {"costs": ((TRUE, -7), (FALSE, -1000)), "limits": (Limit(terms=((TRUE, 1), (0, 1)), at_most=1, price=None),)},
        (7, None),
    ),
    "large numbers": (
        {
            "costs": ((0, -12_345_678),),
            "limits": (Limit(terms=((0, 2_345_678), (1, 1)), at_most=2_345_678, price=None),),
        },
        (12_345_678, {0}),
    ),
    # Any of the first two costs 250, both gain 30 more: 300 - 250 + 30, and the last one.
    "any and all": (
        {
            "costs": (*GAIN, (3, 250), (4, -30)),
            "derived": (Derived(kind="any", of=(0, 1)), Derived(kind="all", of=(0, 1))),
        },
        (480, {0, 1, 2}),
    ),
    # Sums 3 - 2 = 1 and 5; with the first one alone 3 and 0, with the second one alone -2 and 5.
    "smallest sum": (
        {"levels": (Level(groups=(((0, 3), (1, -2)), ((1, 5),)), weight=10),), "costs": ((2, 1),)},
        (10, {0, 1}),
    ),
    "smallest sum below nothing": (
        {
            "levels": (Level(groups=(((0, 3), (1, -2)), ((1, 5), (TRUE, -1))), weight=10),),
            "limits": (Limit(terms=((1, 1),), at_most=0, price=None),),
            "costs": ((0, 1),),
        },
        (-10, set()),
    ),
    # Both of the first two cost 650, which the first one is not worth.
    "all at a cost": (
        {"costs": (*GAIN, (3, 650)), "derived": (Derived(kind="all", of=(0, 1)),)},
        (600, {1, 2}),
    ),
    # Neither of the first two can be chosen, so that any of them gains nothing.
    "any that never holds": (
        {"costs": (*GAIN, (3, -1000)), "derived": (Derived(kind="any", of=(0, 1)),), "clashes": ((0, 0), (1, 1))},
        (400, {2}),
    ),
    "all of nothing, any of nothing": (
        {"costs": ((3, -5), (4, -50)), "derived": (Derived(kind="all", of=()), Derived(kind="any", of=()))},
        (5, None),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_part_of_an_instance_is_stated(name: str) -> None:
    """The optimum is the one worked out by hand; where several sets reach it, who is chosen is left open."""
    fields, (value, chosen) = CASES[name]
    found = solved(linear_of(by_hand(**fields)), 3)
    assert found is not None
    assert found[0] == value
    assert chosen is None or found[1] == chosen


def test_a_limit_that_cannot_hold_makes_the_form_infeasible() -> None:
    """Also when there is nobody it could count."""
    for terms in ((), ((FALSE, -1),), ((TRUE, 1),)):
        assert solved(linear_of(by_hand(limits=(Limit(terms=terms, at_most=-1, price=None),))), 3) is None
    nobody = by_hand().model_copy(update={"candidates": ()})
    assert solved(linear_of(nobody), 0) == (0, set())


@pytest.mark.parametrize("fixed", [set(), {0}, {1}, {2}, {0, 1}, {1, 2}, {0, 1, 2}])
def test_a_day_is_one_path_past_what_is_there(fixed: set[int]) -> None:
    """Lessons cost what their steps cost, with the work that is not pushed out in between; a free day costs nothing."""
    stops = (
        Stop(candidate=0, unless=(), opening=20, closing=21),
        Stop(candidate=None, unless=(1,), opening=10, closing=11),
        Stop(candidate=1, unless=(), opening=22, closing=23),
        Stop(candidate=None, unless=(), opening=12, closing=13),
    )
    steps = ((0, 1, 3), (0, 2, 5), (0, 3, 6), (1, 2, 7), (1, 3, 0), (2, 3, 9))
    instance = by_hand(days=(Day(count=2, stops=stops, steps=steps),), costs=GAIN)
    found = solved(linear_of(instance), 3, fixed)
    lessons = {
        frozenset(): 0,
        frozenset({0}): 20 + 3 + 0 + 13,  # the first work is there, between lesson and second work
        frozenset({1}): 22 + 9 + 13,
        frozenset({0, 1}): 20 + 5 + 9 + 13,
    }[frozenset(fixed & {0, 1})]
    gains = sum(100 << index for index in fixed)
    assert found == (gains - 2 * lessons, fixed)
    assert found == (evaluate(instance, fixed).value, fixed)


# MPS


def rows_of(model: model_builder.Model) -> Iterator[tuple[float, dict[int, float], float]]:
    """Rows of a model that was read: low, weights by number of the column in its name, high."""
    names = [int(each.name[1:]) for each in model.get_variables()]
    helper = model.helper
    for row in model.get_linear_constraints():
        weights = zip(helper.constraint_var_indices(row.index), helper.constraint_coefficients(row.index), strict=True)
        yield row.lower_bound, {names[column]: weight for column, weight in weights}, row.upper_bound


def forms() -> Iterator[Linear]:
    """Linear forms of random terms, of a region, and of all cases by hand."""
    for case in islice(drawn_cases(), 25):
        yield linear_of(instance_of(case.term))
    yield linear_of(instance_of(generate(20, 1, Profile.BALANCED)))
    for fields, _ in CASES.values():
        yield linear_of(by_hand(**fields))


def test_mps_says_the_linear_form() -> None:
    """Read back, each column has its bounds, kind and objective, each row its weights and sides."""
    kinds = Counter[str]()
    for form in forms():
        model = read_back(form)
        assert model.name == "a_name"
        columns = {int(each.name[1:]): each for each in model.get_variables()}
        assert sorted(columns) == list(range(len(form.objective)))
        for index, each in columns.items():
            assert (each.lower_bound, each.upper_bound) == (0, form.upper[index])
            assert each.is_integral == form.integer[index]
            assert each.objective_coefficient == -form.objective[index]
            kinds["integer" if each.is_integral else "continuous"] += 1
            kinds["unbounded"] += each.upper_bound == inf
        rows = list(rows_of(model))
        assert rows == [(low, dict(terms), high) for low, terms, high in form.rows]
        for low, _, high in rows:
            kinds["equal" if low == high else "least" if high == inf else "most"] += 1
    assert min(kinds.values()) > 0
    assert set(kinds) == {"integer", "continuous", "unbounded", "equal", "least", "most"}


def test_rows_name_a_column_once() -> None:
    """Some readers refuse a column that stands twice in a row."""
    for form in forms():
        for _, terms, _ in form.rows:
            assert len({column for column, _ in terms}) == len(terms)


def test_highspy_reads_the_mps(tmp_path: Path) -> None:
    """HiGHS itself reads all columns and rows, without a warning."""
    highspy = pytest.importorskip("highspy", reason="HiGHS's own reader is in highspy, which is not installed")
    for form in forms():
        file = tmp_path / "form.mps"
        file.write_text("\n".join(mps(form, "form")) + "\n", encoding="ascii")
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)  # noqa: FBT003  HiGHS's own signature
        assert highs.readModel(str(file)) == highspy.HighsStatus.kOk
        assert (highs.getNumCol(), highs.getNumRow()) == (len(form.objective), len(form.rows))
