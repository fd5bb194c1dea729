"""Everybody's plans, written out by all the processes there are: first of those who have few, then of those who have many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from solver.parallel import share_out
from solver.plan.clock import Clock
from solver.plan.literals import Bits
from solver.plan.master import Master
from solver.plan.outlook import NEVER
from solver.plan.personal import Personal
from solver.plan.plans import Growth, Table, every_plan, sample
from solver.plan.search import Search
from solver.plan.tables import KEPT, LEAST_SEARCHES, MOSTLY, SCALE, Tables

FIRST_BEAM = 300
"""Plans under way when the first plans of who is searched are looked for."""

AT_ONCE = 20_000
MOST_PLANS = 5_000_000
MOST_PER_PERSON = 700_000
"""Whose plans are no more than `AT_ONCE` has them written out; of the others those who have fewest, up to about
`MOST_PER_PERSON` each and `MOST_PLANS` together, and who has more is searched for every question."""

MOST_OF_MANY = 70_000
"""The same where most people have more than `AT_ONCE`: to write out those who have fewest would take long, and help little."""

PLAN_BYTES = 60
PLANS_SHARE = 0.25
"""About how much a plan takes, and what part of the memory there may be plans may fill."""

LEAST_SHARED = 60
"""With fewer people than this, writing plans out is not worth another process."""

Early = Callable[[Tables, Mapping[int, int]], None]
"""Who is given tables before those are complete, and by person of whom they are not, what no plan is worth more than."""


class _Written(NamedTuple):
    """What became of one person."""

    table: Table | None
    """All plans, or a sample; None for the same as before."""
    about: int
    """About how many there are, where it is a sample."""
    hope: int
    """What no plan is worth more than, likewise."""
    digest: bytes


def write_tables(
    master: Master, clock: Clock, before: Tables | None = None, *, again: bool = True, early: Early | None = None
) -> Tables | None:
    """Plans of everybody; None when somebody has none, or the time is over.

    Args:
        before: tables of a similar term; of whom nothing changed the plans are taken over.
        again: whether another term may take over plans from here.
        early: is given what there is, when writing out those who have many will take a while.
    """
    old = {} if before is None else before.reusable(master)

    def write(number: int, most: int = AT_ONCE) -> _Written | None:
        if clock.left() <= 0:
            return None
        personal = master.people[number].written()
        digest = personal.digest() if again or number in old else b""
        if number in old and old[number].digest == digest:
            return _Written(None, 0, 0, digest)
        growth = Growth(personal)
        plans = every_plan(personal, growth, most)
        if plans is not None:
            return _Written(Table.of(personal, plans, complete=True), 0, 0, digest)
        some, about = sample(personal, growth)
        table = Table.of(personal, np.concatenate((_bare(personal, growth), some), axis=1), complete=False)
        return _Written(table, max(1, about), personal.hope(), digest)

    same = {number for number, each in old.items() if each.same}
    rest = [number for number in range(len(master.people)) if number not in same]
    made = share_out(write, rest, LEAST_SHARED)
    done = {number: each for number, each in zip(rest, made, strict=True) if each is not None}
    if len(done) < len(rest):
        return None
    written = [done.get(number) or _Written(None, 0, 0, old[number].digest) for number in range(len(master.people))]
    many = {number: each for number, each in enumerate(written) if each.about}
    tables = [old[number].table if each.table is None else each.table for number, each in enumerate(written)]
    if not all(table.size for table in tables):
        return None
    if early is not None and many:
        early(Tables(master, list(tables), {}), {number: each.hope for number, each in many.items()})
    room = most_plans(clock.limits.megabytes) - sum(table.size for table in tables if table.complete)
    worth_it = _worth_it(many, room, MOST_OF_MANY if len(many) > MOSTLY * len(tables) else MOST_PER_PERSON)
    worth_it.reverse()  # who takes longest begins first
    larger = share_out(lambda number: write(number, 2 * many[number].about + AT_ONCE), worth_it, 2)
    for number, each in zip(worth_it, larger, strict=True):
        if each is not None and each.table is not None and not each.about:
            tables[number] = each.table
    searches = {number: Search(master.people[number].rules) for number, each in enumerate(tables) if not each.complete}

    def first(number: int) -> Table:
        search = searches[number]
        prices = [0] * len(master.people[number].features)
        found = search.run(prices, SCALE, beam=FIRST_BEAM, known=NEVER, keep=KEPT, quickly=True)
        plans = np.concatenate((_bare(search.personal, search.growth), found.plans), axis=1)
        return Table.of(search.personal, plans, complete=False)

    for number, table in zip(searches, share_out(first, list(searches), LEAST_SEARCHES), strict=True):
        tables[number] = table
    if clock.left() <= 0 or not all(table.size for table in tables):
        return None
    digests = {number: each.digest for number, each in enumerate(written) if each.digest and number not in searches}
    anew = () if before is None else [number for number, each in enumerate(written) if each.table is not None]
    return Tables(master, tables, searches, digests, anew)


def most_plans(megabytes: int | None) -> int:
    """How many plans of those with many are written out."""
    return MOST_PLANS if megabytes is None else min(MOST_PLANS, int(PLANS_SHARE * megabytes * 1e6 / PLAN_BYTES))


def _worth_it(many: Mapping[int, _Written], room: int, most: int) -> list[int]:
    """Of whom all plans are written out although they are many: of those who have fewest."""
    found = []
    for number, each in sorted(many.items(), key=lambda item: item[1].about):
        room -= each.about
        if each.about <= most and room >= 0:
            found.append(number)
    return found


def _bare(person: Personal, growth: Growth) -> Bits:
    """The plan without anything, where that is one."""
    empty = growth.empty()
    return empty[:, person.allowed(empty)]
