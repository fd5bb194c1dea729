"""Cuts that no timetable breaks but parts of plans do: half the sum of some rows, rounded down.

Take rows that allow an odd number together (three lessons that need one teacher each; two lessons and one person). Half
their sum holds too, and since plans are taken whole, every number in it may be rounded down: of three such lessons, at
most one plan with two or three of them can be chosen. These are zero-half cuts; with three rows, the subset-row cuts of
vehicle routing. A plan's part in a cut follows from its features, so that a cut is a few more features. A variable in
the rows (how many people more than one give a course) is never negative, and its part is rounded down likewise. A cut is
a row again, of which half may be taken with others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from solver.plan.relaxation import Floats
from solver.plan.rows import Feature, Row
from solver.plan.separation import Answer, Members
from solver.plan.tables import Tables

CUTS_PER_ROW = 20
"""In how many cuts of one round a row may take part."""


class Cut(NamedTuple):
    """Rows to take half of; a person counts as the row -1 - person."""

    members: Members


def separate(
    tables: Tables, columns: Sequence[tuple[int, int]], parts: Floats, amounts: Floats, most: int
) -> list[Cut]:
    """Cuts that these parts of plans and amounts of variables break, those first that lie deepest inside what is cut off."""
    answer = Answer(tables, columns, parts, amounts)
    used: dict[int, int] = defaultdict(int)
    chosen = []
    depths = {members: answer.depth(members, by) for members, by in answer.broken().items()}
    for members, _ in sorted(depths.items(), key=lambda each: (-each[1], len(each[0]), each[0])):
        if all(used[each] < CUTS_PER_ROW for each in members):
            for each in members:
                used[each] += 1
            chosen.append(Cut(members))
            if len(chosen) == most:
                break
    return chosen


def add(tables: Tables, cut: Cut) -> int:
    """A row for a cut, with features for everybody who can take up two of its rows; its number."""
    master = tables.master
    rows = {each for each in cut.members if each >= 0}
    itself = {-1 - each for each in cut.members if each < 0}
    people = {person for row in rows for (person, _), _ in master.rows[row].features}
    features = []
    for person in sorted(people):
        held = (*master.rows_of[person], *master.cuts_of[person])
        mine = [place for place, row, weight in held if row in rows for _ in range(weight)]
        alone = int(person in itself)
        for twice in range(2, alone + len(mine) + 1, 2):
            place = tables.add_count(person, tuple(mine), alone, twice)
            if place is None:
                break
            features.append((Feature(person, place), 1))
    amounts: dict[int, int] = defaultdict(int)
    for row in sorted(rows):
        for variable, weight in master.rows[row].variables:
            amounts[variable] += weight
    variables = [(variable, half) for variable, weight in amounts.items() if (half := weight // 2)]
    allows = sum(master.rows[row].at_most for row in rows) + len(itself)
    return master.add_row(Row(features, variables, allows // 2, cut.members))
