"""The examples by family as peers see them: every rule, in every form a peer takes, means what the judge says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks import peer_timefold
from benchmarks.linear import linear_of
from benchmarks.neutral import Instance, evaluate, instance_of
from model.calendar import Calendar
from model.timetable import Timetable
from tests.benchmarks.test_linear import solved as by_highs
from tests.benchmarks.test_neutral import chosen_in
from tests.test_families import NAMES, answer, example, solved, timetable, worth


def sets(name: str, instance: Instance) -> Iterator[tuple[list[int], int | None]]:
    """Candidates of the best timetable and of what would be otherwise without each rule, with what the judge says.

    A timetable with people who cannot be candidates at all is left out: the form has no way to choose it.
    """
    expected, calendar = answer(name), Calendar(example(name))

    def given(table: Timetable) -> set[tuple[str, str, int]]:
        """Who gives which lesson on which dates."""
        rows = ((row, calendar.spans(row.lesson, row.option)) for row in table.assignments)
        return {
            (row.professional, row.lesson, sum(span.dates for span in spans) & calendar.in_weeks(row.weeks))
            for row, spans in rows
        }

    for changed in ({}, *expected["without"].values()):
        table: Timetable = timetable(expected["best"] | changed)
        chosen = sorted(chosen_in(instance, table))
        if given(instance.timetable(chosen)) == given(table):
            yield chosen, worth(example(name), table)


@pytest.mark.parametrize("name", NAMES)
def test_the_neutral_form_says_what_the_judge_says(name: str) -> None:
    """Of the best timetable and of those that a rule forbids or prices."""
    instance = instance_of(example(name))
    for chosen, expected in sets(name, instance):
        found = evaluate(instance, chosen)
        assert (None if found.broken else found.value) == expected


@pytest.mark.parametrize("name", NAMES)
def test_the_linear_form_has_the_same_optimum(name: str) -> None:
    """HiGHS proves what CP-SAT proved."""
    instance = instance_of(example(name))
    found = by_highs(linear_of(instance), len(instance.candidates))
    assert found is not None
    assert found[0] == solved(name).value


@pytest.mark.parametrize("name", NAMES)
def test_timefold_scores_what_the_judge_says(name: str) -> None:
    """Its constraint streams, on the same sets of candidates."""
    try:
        peer_timefold.program()
    except peer_timefold.MissingError as missing:
        pytest.skip(str(missing))
    instance = instance_of(example(name))
    cases = list(sets(name, instance))
    for found, (_, expected) in zip(peer_timefold.score(instance, [chosen for chosen, _ in cases]), cases, strict=True):
        assert (None if found.broken else found.value) == expected
