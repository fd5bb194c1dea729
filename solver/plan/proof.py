"""The end of the search: only plans within the gap can be in a better timetable, and those are few enough to try all.

With the prices of the bound, a plan that stands so far below its person's best that the bound would fall below what has
been found is in no better timetable. CP-SAT decides what the plans that are left can reach; whatever it says of them
bounds every timetable, together with what has been found.
"""

from __future__ import annotations

import numpy as np

from solver.plan.choice import Choice
from solver.plan.generation import Generation
from solver.plan.tables import SCALE

WIDE_BEAM = 60_000
"""Plans under way when all plans within the gap are searched."""


def within_gap(generation: Generation, value: int, most: int) -> dict[int, list[int]] | None:
    """By person the plans that a timetable worth more than `value` may hold; None when they are more than `most`.

    A person without such a plan shows that there is no better timetable: its list is empty.
    """
    priced, tables = generation.priced, generation.tables
    assert priced is not None
    slack = priced.exact - (value + 1) * SCALE
    least = {person: int(best) - slack for person, best in enumerate(priced.best.tolist())}
    # Who is searched is searched for long: not before the tables of all others show that it may be worth it.
    if sum(int((reduced >= least[person]).sum()) for person, reduced in tables.reduced(priced.duals)) > most:
        return None
    if not tables.fill(priced.duals, {person: least[person] for person in tables.searches}, WIDE_BEAM, most):
        return None
    found: dict[int, list[int]] = {}
    count = 0
    for person, reduced in tables.reduced(priced.duals):
        places = (reduced >= least[person]).nonzero()[0].tolist()
        count += len(places)
        if count > most:
            return None
        found[person] = places
    return found


def of_least_loss(generation: Generation, value: int, most: int) -> tuple[dict[int, list[int]], int] | None:
    """About so many of the plans within the gap, those that stand least below their person's best.

    Returns:
        Plans by person, and what no timetable is worth more than that holds another plan, or else `value`; None where
        those who are searched have too many.
    """
    priced, tables = generation.priced, generation.tables
    assert priced is not None
    slack = priced.exact - (value + 1) * SCALE + 1
    losses = np.concatenate([priced.best[person] - reduced for person, reduced in tables.reduced(priced.duals)])
    losses = losses[losses < slack]
    limit = slack if len(losses) <= most else int(np.partition(losses, most)[most])
    least = {person: int(best) - limit + 1 for person, best in enumerate(priced.best.tolist())}
    if not tables.fill(priced.duals, {person: least[person] for person in tables.searches}, WIDE_BEAM, most):
        return None
    found = {
        person: (reduced >= least[person]).nonzero()[0].tolist() for person, reduced in tables.reduced(priced.duals)
    }
    return found, max(value, (priced.exact - limit) // SCALE)


def with_choice(options: dict[int, list[int]], choice: Choice) -> dict[int, list[int]]:
    """The same with the plans of a choice, so that it may be suggested."""
    return {
        person: places if choice.places[person] in places else [*places, choice.places[person]]
        for person, places in options.items()
    }
