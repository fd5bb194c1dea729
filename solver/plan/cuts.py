"""Cuts that no timetable breaks but parts of plans do: of three things that happen once, plans with two exclude each other.

Take three rows that allow one (three lessons that need one teacher, or two lessons and one person). Of all plans that
take up two or three of them, at most one can be chosen: half the sum of the three rows, rounded down. These are the
subset-row cuts of vehicle routing. Because a plan's part in a cut follows from its features, a cut is one more feature.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from solver.plan.master import Feature
from solver.plan.relaxation import Floats
from solver.plan.tables import Tables

LEAST = 0.02
"""Least violation of a cut worth adding."""

CUTS_PER_ROW = 6
"""In how many cuts of one round a row may take part."""


class Cut(NamedTuple):
    """Three rows that allow one each; a person counts as the row -1 - person."""

    members: tuple[int, int, int]


def separate(tables: Tables, columns: Sequence[tuple[int, int]], parts: Floats, most: int) -> list[Cut]:
    """Cuts that these parts of plans break, the most broken first."""
    taken = [
        (part, _members(tables, person, place))
        for (person, place), part in zip(columns, parts, strict=False)
        if 1e-3 < part < 1 - 1e-3
    ]
    number: dict[int, int] = {}
    for _, members in taken:
        for each in members:
            number.setdefault(each, len(number))
    rows = list(number)
    together = np.zeros((len(rows), len(rows)))
    holding: dict[int, set[int]] = defaultdict(set)
    for index, (part, members) in enumerate(taken):
        for a, b in combinations(members, 2):
            together[number[a], number[b]] += part
            together[number[b], number[a]] += part
        for each in members:
            holding[number[each]].add(index)
    found: dict[tuple[int, int, int], float] = {}
    for i, j in zip(*np.nonzero(np.triu(together, 1) > LEAST), strict=True):
        sums = together[i] + together[j] + together[i, j]
        for k in np.flatnonzero(sums > 1 + LEAST):
            if k in (i, j):
                continue
            first, second, third = sorted((int(i), int(j), int(k)))
            triple = (first, second, third)
            if triple in found:
                continue
            shared = holding[int(i)] & holding[int(j)] & holding[int(k)]
            excess = sums[k] - 2 * sum(taken[index][0] for index in shared) - 1
            if excess > LEAST:
                found[triple] = excess
    used: dict[int, int] = defaultdict(int)
    chosen = []
    for triple, _ in sorted(found.items(), key=lambda each: -each[1]):
        if all(used[each] < CUTS_PER_ROW for each in triple):
            for each in triple:
                used[each] += 1
            a, b, c = (rows[each] for each in triple)
            chosen.append(Cut((a, b, c)))
            if len(chosen) == most:
                break
    return chosen


def _members(tables: Tables, person: int, place: int) -> list[int]:
    """Rows that allow one which a plan takes up, and the person."""
    master = tables.master
    mine = [row for row, weight in tables.entries(person, place).items() if weight == 1 and master.single[row]]
    return [*mine, -1 - person]


def add(tables: Tables, cut: Cut) -> int:
    """A row for a cut, with a feature for everybody who can take up two of the three; its number."""
    master = tables.master
    rows = {each for each in cut.members if each >= 0}
    itself = {-1 - each for each in cut.members if each < 0}
    people = {person for row in rows for (person, _), _ in master.rows[row].features}
    features = []
    for person in sorted(people):
        mine = [(place, row) for place, row, _ in master.rows_of[person] if row in rows]
        alone = person in itself
        if alone or len({row for _, row in mine}) > 1:
            place = tables.add_pair(person, tuple(place for place, _ in mine), alone=alone)
            features.append((Feature(person, place), 1))
    return master.add_row(features, 1, cut.members)
