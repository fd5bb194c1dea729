"""Who may give what, decided person by person, so that several processes can do it: nothing is written meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from model.rule import Because, Candidate

if TYPE_CHECKING:
    from solver.board import Board

FACTS = frozenset({"term", "calendar", "travel", "segments", "waivers", "once", "courses_at", "holds", "waived"})
"""What a rule may ask of the board itself while it decides."""


class Eligible(NamedTuple):
    """What was decided of one person.

    Attributes:
        courses: those whose blocks are candidates, as far as screens tell.
        against: reasons against candidates, by their place among the person's.
    """

    courses: Sequence[str]
    against: dict[int, list[Because]]


class WritesError(Exception):
    """A rule has more to say than which candidates cannot be chosen."""


class OnePerson:
    """The board as rules of eligibility see it that look at one person's candidates and only forbid some of them.

    Args:
        board: the board itself, for facts.
        candidates: all of the person's, numbered from 0.
        screen: whether a candidate goes with the first rule against it.
    """

    def __init__(self, board: Board, candidates: Sequence[Candidate], *, screen: bool) -> None:
        self.against: dict[int, list[Because]] = {}
        self._board = board
        self._left = candidates
        self._screen = screen

    def __getattr__(self, name: str) -> Any:
        if name not in FACTS:
            raise WritesError
        return getattr(self._board, name)

    def candidates_of(self, professional: str) -> Sequence[Candidate]:  # noqa: ARG002  there is one person
        """The person's candidates that are left."""
        return self._left

    def forbid(self, candidate: Candidate, because: Because) -> None:
        """This candidate cannot be chosen."""
        self.against.setdefault(candidate.index, []).append(because)

    def next_rule(self) -> None:
        """A rule is through."""
        if self._screen and self.against:
            self._left = [each for each in self._left if each.index not in self.against]

    def as_board(self) -> Board:
        """For rules."""
        return cast("Board", self)
