"""The end of the search: only plans within the gap can be in a better timetable, and those are few enough to try all.

With the prices of the bound, a plan that stands so far below its person's best that the bound would fall below what has
been found is in no better timetable. CP-SAT decides what the plans that are left can reach; whatever it says of them
bounds every timetable, together with what has been found.
"""

from __future__ import annotations

import numpy as np

from solver.plan.choice import Choice
from solver.plan.components import Components
from solver.plan.generation import Generation
from solver.plan.tables import SCALE

WIDE_BEAM = 60_000
"""Plans under way when all plans within the gap are searched."""


def within_gap(
    generation: Generation, components: Components, choice: Choice, most: int
) -> dict[int, list[int]] | None:
    """By person the plans that a better timetable may hold; None when they are more than `most`.

    A person without such a plan shows that nothing is better in that part of the timetable: there the choice is all that
    is left.
    """
    priced, tables = generation.priced, generation.tables
    assert priced is not None
    least = (priced.best - components.lacks(priced, choice) + SCALE).tolist()
    # Who is searched is searched for long: not before the tables of all others show that it may be worth it.
    known = 0
    for person, reduced in tables.reduced(priced.duals):
        known += int((reduced >= least[person]).sum())
        if known > most:
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
    for person in components.together(person for person, places in found.items() if not places):
        found[person] = [choice.places[person]]
    return found


def of_least_loss(
    generation: Generation, components: Components, choice: Choice, most: int
) -> tuple[dict[int, list[int]], int] | None:
    """About so many of the plans within the gap, those that stand least below their person's best.

    Returns:
        Plans by person, and what no better timetable is worth more than that holds another plan, or else what the choice
        is worth; None where those who are searched have too many.
    """
    priced, tables = generation.priced, generation.tables
    assert priced is not None
    slack = components.lacks(priced, choice) - SCALE + 1
    each = [priced.best[person] - reduced for person, reduced in tables.reduced(priced.duals)]
    losses = np.concatenate([mine[mine < slack[person]] for person, mine in enumerate(each)])
    rest = choice.value
    if len(losses) > most:
        limit = int(np.partition(losses, most)[most])
        slack = np.minimum(slack, limit)
        rest = max(rest, (priced.exact - limit) // SCALE)
    least = (priced.best - slack + 1).tolist()
    if not tables.fill(priced.duals, {person: least[person] for person in tables.searches}, WIDE_BEAM, most):
        return None
    found = {
        person: (reduced >= least[person]).nonzero()[0].tolist() for person, reduced in tables.reduced(priced.duals)
    }
    return found, rest


def with_choice(options: dict[int, list[int]], choice: Choice) -> dict[int, list[int]]:
    """The same with the plans of a choice, so that it may be suggested."""
    return {
        person: places if choice.places[person] in places else [*places, choice.places[person]]
        for person, places in options.items()
    }
