"""Who is told what comes of a solve, and keeps it."""

from __future__ import annotations

from solver.memory import Memory
from solver.plan.choice import Choice
from solver.plan.generation import Generation
from solver.plan.recall import remember


class Heard:
    """Keeps what the engine tells; of bounds the exact ones."""

    def __init__(self) -> None:
        self.choices: list[Choice] = []
        self.bounds: list[int] = []
        self.lessons: list[int] = []
        self.memory = Memory()

    @property
    def values(self) -> list[int]:
        """What each choice is worth."""
        return [each.value for each in self.choices]

    def offer(self, choice: Choice) -> None:
        """A better choice."""
        self.choices.append(choice)

    def bounded(self, bound: int, *, exact: bool) -> None:
        """A better bound."""
        if exact:
            self.bounds.append(bound)

    def counted(self, most: int) -> None:
        """A better bound on lessons."""
        self.lessons.append(most)

    def settled(self, generation: Generation) -> None:
        """What may be remembered."""
        self.memory = remember(generation)
