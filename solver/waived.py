"""A board as a rule sees it from which some lessons are waived: whoever gives them, the rule does not look."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from model.rule import Candidate

if TYPE_CHECKING:
    from solver.board import Board


class WithoutLessons:
    """The same board, whose candidates lack these lessons; a candidate with nothing else is not there."""

    def __init__(self, board: Board, lessons: AbstractSet[str]) -> None:
        self._board = board
        self._lessons = lessons

    def __getattr__(self, name: str) -> Any:
        return getattr(self._board, name)

    def candidates_of(self, professional: str) -> Sequence[Candidate]:
        """Candidates of a person, with what is left of their lessons, times and dates."""
        return [
            each if self._lessons.isdisjoint(each.lessons) else self._rest(each)
            for each in self._board.candidates_of(professional)
            if not self._lessons >= set(each.lessons)
        ]

    def _rest(self, candidate: Candidate) -> Candidate:
        kept = [place for place, lesson in enumerate(candidate.lessons) if lesson not in self._lessons]
        parts = tuple(part for part in candidate.parts if part.lesson not in self._lessons)
        dates = 0
        for part in parts:
            dates |= part.dates
        return replace(
            candidate,
            lessons=tuple(candidate.lessons[place] for place in kept),
            options=tuple(candidate.options[place] for place in kept),
            parts=parts,
            dates=dates,
        )
