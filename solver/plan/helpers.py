"""Processes beside the engine: some improve a choice, one finds out how many lessons can be staffed at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from solver import cp
from solver.plan.lessons import LessonBound
from solver.plan.parallel import Aside, can_fork
from solver.plan.team import Team

if TYPE_CHECKING:
    from solver.plan.choice import Choice
    from solver.plan.clock import Clock
    from solver.plan.generation import Generation
    from solver.plan.neighbourhoods import Neighbourhoods

LAST_SHARE = 0.1
LAST_SECONDS = 0.3
"""When all else is done, the bound on lessons is waited for this part of the time used, and at least so long."""


class Helpers:
    """None where runs must repeat exactly: lessons are then counted at once, and nobody else improves anything.

    Args:
        counted: told every better bound on lessons.
    """

    def __init__(self, clock: Clock, counted: Callable[[int], None]) -> None:
        self._clock = clock
        self._counted = counted
        self._lessons: Aside[int] | None = None
        self._team: Team | None = None

    def __len__(self) -> int:
        """How many improve a choice."""
        return 0 if self._team is None else len(self._team)

    # Those who improve a choice

    def hire(self, around: Neighbourhoods, start: Choice) -> None:
        """Let others improve a choice, unless some do already."""
        if self._team is None and not self._clock.deterministic:
            self._team = Team(around, start, self._clock, max(1, cp.cores() - 1))

    def found(self) -> list[list[int]]:
        """Better choices since the last time, as places."""
        return [] if self._team is None else self._team.found()

    def tell(self, choice: Choice) -> None:
        """Let everybody go on from a better choice."""
        if self._team is not None:
            self._team.tell(choice.places)

    def dismiss(self) -> None:
        """End their work."""
        if self._team is not None:
            self._team.close()
            self._team = None

    # The one who counts lessons

    def count(self, generation: Generation) -> None:
        """Begin to find out how many lessons can be staffed at most."""
        if self._clock.deterministic or not can_fork():
            LessonBound(generation).run(self._clock, self._counted)
        else:
            self._lessons = Aside(lambda tell: LessonBound(generation).run(self._clock, tell))

    def hear(self, seconds: float = 0.0) -> None:
        """Pass on what is known of lessons by now."""
        for most in () if self._lessons is None else self._lessons.told(seconds):
            self._counted(most)

    def close(self) -> None:
        """End everything; what is nearly known of lessons is waited for."""
        self.dismiss()
        if self._lessons is not None:
            self.hear(min(self._clock.left(), max(LAST_SECONDS, LAST_SHARE * self._clock.used())))
            self._lessons.close()
            self._lessons = None
