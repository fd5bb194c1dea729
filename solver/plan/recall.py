"""Going on from an earlier solve: its timetable, its plans and its prices, as far as they fit what is asked now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from solver.assignment import candidates_in
from solver.memory import Memory
from solver.plan.cuts import Cut
from solver.plan.literals import words_of
from solver.plan.naming import block_name, cut_name, first, member_name, row_names

if TYPE_CHECKING:
    from model.timetable import Timetable
    from solver.plan.generation import Generation
    from solver.plan.person import Person
    from solver.plan.sums import Values
    from solver.plan.tables import Tables

KEPT_EACH = 12
"""Plans of each person that are remembered: those that stand best at the prices of the bound."""


def remember(generation: Generation) -> Memory:
    """The prices of the best bound, and the plans that stand best at them."""
    priced, tables, master = generation.priced, generation.tables, generation.master
    if priced is None:
        return Memory()
    names = row_names(master)
    prices = {names[row]: int(priced.duals[row]) for row in np.flatnonzero(priced.duals).tolist()}
    columns: dict[int, list[int]] = defaultdict(list)
    for person, place in generation.columns:
        columns[person].append(place)
    numbers: dict[str, int] = {}
    plans: dict[str, tuple[tuple[int, ...], ...]] = {}
    for person, reduced in tables.reduced(priced.duals):
        mine = np.array(columns[person], np.int64)
        best = mine[np.argsort(-reduced[mine], kind="stable")][:KEPT_EACH]
        personal = master.people[person]
        blocks = [block_name(each) for each in personal.candidates]
        plans[personal.professional] = tuple(
            tuple(numbers.setdefault(blocks[bit], len(numbers)) for bit in range(personal.size) if mask >> bit & 1)
            for mask in personal.masks(tables[person].plans[:, best])
        )
    cuts = tuple(
        tuple(member_name(master, names, each) for each in members) for _, members in generation.cuts_with_a_price()
    )
    return Memory(prices=prices, blocks=tuple(numbers), plans=plans, cuts=cuts)


def prices_in(memory: Memory, generation: Generation) -> Values:
    """Prices of the rows there are now; those that are new cost nothing."""
    known = memory.prices
    return np.array([max(0, known.get(name, 0)) for name in row_names(generation.master)], np.int64)


def recall_cuts(memory: Memory, generation: Generation) -> None:
    """Add the cuts of which all members are still there, or were added before them."""
    master = generation.master
    numbers = {name: number for number, name in enumerate(row_names(master)) if master.plain[number]}
    numbers |= {f"person {each.professional}": -1 - number for number, each in enumerate(master.people)}

    def cuts() -> Iterator[Cut]:
        for members in memory.cuts:
            if all(each in numbers for each in members):
                yield Cut(tuple(sorted(numbers[each] for each in members)))
                numbers[first(cut_name(members))] = len(master.rows) - 1

    generation.take_cuts(cuts())


def recall_plans(memory: Memory, generation: Generation) -> None:
    """Take into the relaxation what is still a plan of its person."""
    tables, master = generation.tables, generation.master
    for person, personal in enumerate(master.people):
        for place in _places(memory, tables, person, personal):
            generation.add(person, place)


def _places(memory: Memory, tables: Tables, person: int, personal: Person) -> list[int]:
    bits = {block_name(each): bit for bit, each in enumerate(personal.candidates)}
    plans = [
        [bits.get(memory.blocks[each]) for each in set(plan)] for plan in memory.plans.get(personal.professional, ())
    ]
    masks = [sum(1 << bit for bit in plan if bit is not None) for plan in plans if None not in plan]
    return [place for place in tables.places(person, masks) if place is not None]


def places_of(timetable: Timetable, tables: Tables) -> list[int]:
    """By person the best plan with nothing but what the timetable gives them."""
    board = tables.master.board
    held = candidates_in(board, timetable)
    found = []
    for person, personal in enumerate(tables.master.people):
        mask = sum(1 << bit for bit, each in enumerate(personal.candidates) if each.index in held)
        tables.places(person, [mask])  # who has no complete table may get this plan as a new one
        table = tables[person]
        outside = np.zeros(table.size, np.bool_)
        for word, others in words_of(~mask & (1 << personal.size) - 1, personal.words):
            outside |= (table.plans[word] & others) != 0
        inside = np.flatnonzero(~outside)
        found.append(int(inside[table.values[inside].argmax()]) if len(inside) else tables.least(person))
    return found
