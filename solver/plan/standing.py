"""How a solve stands: the best choice and the best bound so far, and who is told of them."""

from __future__ import annotations

from typing import Protocol

from solver.bounds import Bounds
from solver.plan.choice import Choice
from solver.plan.components import Components
from solver.plan.generation import Generation


class Listener(Protocol):
    """Who is told what comes of a solve on the way."""

    def offer(self, choice: Choice) -> None:
        """A better choice."""

    def bounded(self, bound: int, *, exact: bool) -> None:
        """A better bound; one that is not exact proves no timetable best."""

    def counted(self, most: int) -> None:
        """No timetable staffs more lessons."""

    def settled(self, generation: Generation) -> None:
        """Prices and plans that a next solve may start from."""


class Standing:
    """What was found.

    Attributes:
        best: the best choice so far.
        bounds: no timetable is worth more.
    """

    def __init__(self, components: Components, listener: Listener) -> None:
        self.best: Choice | None = None
        self.bounds = Bounds()
        self._components = components
        self._listener = listener

    @property
    def proved(self) -> bool:
        """Whether the best choice is proved best."""
        exact = self.bounds.exact
        return self.best is not None and exact is not None and self.best.value >= exact

    @property
    def bound(self) -> int | None:
        """No timetable is worth more; None while nothing is known."""
        return self.bounds.above(None if self.best is None else self.best.value)

    def _take(self, choice: Choice | None) -> bool:
        """Keep a choice that is better; whether it is."""
        if choice is None or not choice.kept:
            return False
        if self.best is not None:
            choice = self._components.best_of(self.best, choice)
            if choice.value <= self.best.value:
                return False
        self.best = choice
        self._listener.offer(choice)
        return True

    def _lower(self, bound: int | None, *, exact: bool = True) -> None:
        if bound is not None and self.bounds.take(bound, exact=exact):
            self._listener.bounded(bound, exact=exact)

    def _gap(self) -> float:
        """Distance of bound and best choice, relative."""
        if self.best is None or self.bound is None:
            return 1.0
        return (self.bound - self.best.value) / max(1, abs(self.best.value))
