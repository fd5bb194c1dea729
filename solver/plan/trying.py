"""When plans of least loss are tried by the MIP solver, and how many of them."""

from __future__ import annotations

from math import inf

from solver.plan import proof
from solver.plan.choice import Choice
from solver.plan.components import Components
from solver.plan.generation import Generation
from solver.plan.helpers import Helpers

SIZES = (6_000, 9_000, 13_000, 20_000, 30_000, 45_000)
WORTH_TRYING = 0.85
AGAIN = 0.67
SILENT = 10.0
"""So many plans are tried that any choice with another plan stands below this part of the gap. Where not even the most will
do, the gap must come down by as much before that is looked at again. Anew where for so many seconds nothing was heard, and
the gap that prices leave is down to such a part, or what is being tried would not do any more."""


class Trying:
    """What was tried so far."""

    def __init__(self, helpers: Helpers) -> None:
        self._helpers = helpers
        self._slack = 0
        self._done: int | None = None
        self._look_below = {False: inf, True: inf}

    def next(
        self, generation: Generation, components: Components, choice: Choice, bound: int, *, many: bool
    ) -> tuple[dict[int, list[int]], int] | None:
        """Plans to begin with now, by person, and what is true of choices with another one; None for the time being.

        Args:
            choice: the best one.
            bound: no choice is worth more.
            many: whether more than the least number will do, as cuts will hardly leave out any more.
        """
        helpers, value = self._helpers, choice.value
        assert generation.priced is not None
        if not helpers.can_try or (not helpers.trying and self._done == value):
            return None
        slack = generation.priced.bound - value
        will_do = value + WORTH_TRYING * (bound - value)
        if helpers.trying:
            hopeful = slack > AGAIN * self._slack and helpers.rest <= will_do
            if hopeful or helpers.silent() < SILENT:
                return None
        elif slack > self._look_below[many]:
            return None
        for size in SIZES if many else SIZES[:1]:
            near = proof.of_least_loss(generation, components, choice, size)
            if near is None:
                break
            if near[1] <= will_do:
                self._slack, self._done = slack, value if near[1] == value else None
                return near
        self._look_below[many] = WORTH_TRYING * slack
        return None
