"""What is left of an earlier timetable after something changed, made better around what was lost: it takes a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from solver.plan.choice import Choice
from solver.plan.greedy import Greedy
from solver.plan.nearby import MOST, mend_prices, people_near
from solver.plan.neighbourhoods import Neighbourhoods
from solver.plan.pool import Pool
from solver.plan.recall import places_of
from solver.plan.walk import Walk

if TYPE_CHECKING:
    from model.timetable import Timetable
    from solver.plan.clock import Clock
    from solver.plan.generation import Generation
    from solver.plan.helpers import Helpers

PLANS_NEAR = 20
NEAR_SECONDS = 1.0
"""Plans that each person near what changed brings in, and how long the best of them are looked for, in seconds or
deterministic units."""

SIZE = 80
STEPS = 12
STILL = 5
"""Then it is mended around so many people at first, at most so often, and until so often nothing got better."""

NEAR = 0.001
"""As near the bound as this it is good enough to be told."""


class Mending:
    """An earlier timetable in a changed term.

    Attributes:
        choice: what is made of it; None where greed finds nothing that keeps all rows.
        fits: whether what is left of it keeps all rows as it is.
    """

    def __init__(self, generation: Generation, timetable: Timetable) -> None:
        self.generation = generation
        tables = generation.tables
        places = places_of(timetable, tables)
        left = Choice.of(tables, places)
        self.fits = left.kept
        self.choice: Choice | None = left
        if not left.kept:
            greedy = Greedy(tables, generation.prices.duals)
            greedy.prefer(list(enumerate(places)), np.ones(len(places)))
            self.choice = greedy.run()
        self._people = self._concerned(timetable, left)

    def _concerned(self, timetable: Timetable, left: Choice) -> set[int]:
        """Who may do something else than before, and who could give what nobody gives any more."""
        tables = self.generation.tables
        board = tables.master.board
        given = {lesson for each in left.candidates() for lesson in each.lessons}
        lost = {row.lesson for row in timetable.assignments} - given
        could = {each.professional for lesson in lost for each in board.candidates_for(lesson)}
        return {
            number
            for number, person in enumerate(tables.master.people)
            if tables[number].complete and (number in tables.anew or person.professional in could)
        }

    def run(self, clock: Clock, helpers: Helpers, lower: Callable[[int | None], None]) -> Iterator[Choice]:
        """Better prices near what changed while the helpers begin, then better and better choices.

        Args:
            lower: told the bound that those prices give.
        """
        choice = self.choice
        if choice is None:
            return
        generation, seed = self.generation, clock.limits.seed
        if self._is_near(choice):
            yield choice
        helpers.hire(Neighbourhoods(generation.tables, generation.prices, seed), choice)
        local = 0 < len(self._people) <= MOST
        near = people_near(generation, self._people) if local else []
        near = [each for each in near if generation.tables[each].complete]
        if near:
            mend_prices(generation, near, lambda: clock.left() > 0)
            clock.spend(0.1)
            lower(generation.bound)
        around = Neighbourhoods(generation.tables, generation.prices, seed)
        choice = _best(choice, helpers)
        if near:
            choice = self._together(around, choice, near, clock)
            yield choice
            choice = _best(choice, helpers)
        helpers.dismiss()
        helpers.hire(around, choice)
        walk, still = Walk(around, choice, clock, seed, SIZE), 0
        for _ in range(STEPS):
            if still == STILL or clock.left() <= 0 or self._is_near(choice):
                break
            walk.step()
            before, choice = choice, _best(max(choice, walk.best, key=_value), helpers)
            still = 0 if choice.value > before.value else still + 1
            walk.adopt(choice.places)
        yield choice

    def _together(self, around: Neighbourhoods, choice: Choice, near: list[int], clock: Clock) -> Choice:
        """The best that those near what changed make of it together."""
        pool = Pool(self.generation.tables, around.options(choice, near, PLANS_NEAR), choice)
        pool.hint(choice)
        answer = pool.solve(clock.small(NEAR_SECONDS, clock.limits.seed))
        clock.spend(answer.effort + 0.01)
        return choice if answer.plans is None else max(choice, choice.with_plans(answer.plans), key=_value)

    def _is_near(self, choice: Choice) -> bool:
        """Whether it is near the bound."""
        bound = self.generation.bound
        return bound is not None and bound - choice.value <= NEAR * abs(choice.value)


def _best(choice: Choice, helpers: Helpers) -> Choice:
    """This one, or what the helpers found that is better."""
    return max((choice, *(Choice.of(choice.tables, places) for places in helpers.found())), key=_value)


def _value(choice: Choice) -> int:
    return choice.value
