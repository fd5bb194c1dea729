"""Processes beside the engine: some improve a choice, one tries the plans of least loss, one counts lessons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from solver.parallel import Aside, can_fork, cores, held
from solver.plan.lessons import LessonBound
from solver.plan.mip import Mip, Told, hush
from solver.plan.team import Team

if TYPE_CHECKING:
    from solver.plan.choice import Choice
    from solver.plan.clock import Clock
    from solver.plan.generation import Generation
    from solver.plan.neighbourhoods import Neighbourhoods
    from solver.plan.tables import Tables

LAST_SHARE = 0.1
LAST_SECONDS = 0.3
"""When all else is done, the bound on lessons is waited for this part of the time used, and at least so long."""


class Helpers:
    """None where runs must repeat exactly: lessons are then counted at once, and nobody else improves anything.

    Args:
        counted: told every better bound on lessons.

    Attributes:
        rest: what is true of choices with a plan that is not being tried.
    """

    def __init__(self, clock: Clock, counted: Callable[[int], None]) -> None:
        self._clock = clock
        self._counted = counted
        self._lessons: Aside[int] | None = None
        self._team: Team | None = None
        self._mip: Aside[Told] | None = None
        self._heard = 0.0
        self.rest, self._enough = 0, False

    def __len__(self) -> int:
        """How many improve a choice, or look for one."""
        return (0 if self._team is None else len(self._team)) + (self._mip is not None)

    def held(self) -> AbstractContextManager[None]:
        """Let all stand still while something else needs every core."""
        numbers = [] if self._team is None else self._team.numbers
        numbers += [each.number for each in (self._mip, self._lessons) if each is not None]
        return held(numbers)

    # Those who improve a choice

    def hire(self, around: Neighbourhoods, start: Choice) -> None:
        """Let others improve a choice, unless some do already."""
        if self._team is None and not self._clock.deterministic:
            members = max(1, cores() - 1) if self._mip is None else max(0, cores() - 2)
            self._team = Team(around, start, self._clock, members)

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

    # The one who tries plans of least loss

    @property
    def can_try(self) -> bool:
        """Whether plans may be tried at all."""
        return not self._clock.deterministic and can_fork()

    @property
    def trying(self) -> bool:
        """Whether plans of least loss are being tried, and more can be told of them."""
        return self._mip is not None and not self._mip.done and not self._enough

    def try_out(self, tables: Tables, options: Mapping[int, Sequence[int]], start: Choice, rest: int) -> None:
        """Begin to try these plans, in the place of one who improves a choice."""
        self.stop_trying()
        seconds, self._heard = self._clock.left(), self._clock.used()
        self.rest, self._enough = rest, False

        def work(tell: Callable[[Told], None]) -> None:
            hush()
            Mip(tables, options, start, rest).run(seconds, tell)

        self._mip = Aside(work, patient=False)

    def told(self) -> list[Told]:
        """What came of that since the last time."""
        told = [] if self._mip is None else list(self._mip.told())
        if told:
            self._heard = self._clock.used()
        self._enough |= any(each.bound is not None and each.bound <= self.rest for each in told)
        return told

    def silent(self) -> float:
        """Seconds since it told of something."""
        return self._clock.used() - self._heard

    def stop_trying(self) -> None:
        """End it."""
        if self._mip is not None:
            self._mip.close()
            self._mip = None

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
        self.stop_trying()
        if self._lessons is not None:
            self.hear(min(self._clock.left(), max(LAST_SECONDS, LAST_SHARE * self._clock.used())))
            self._lessons.close()
            self._lessons = None
