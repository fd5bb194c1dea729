"""What a board says of one person is about that person alone, so that people can be planned one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from model.rule import Literal, Subject
from model.rules import BY_NAME
from solver.board import Board
from solver.said import Limit, Price
from tests.random_regions import calm_cases, drawn_cases


class People:
    """Whose choices the literals of a board are about."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.of = cache(self._of)

    def _of(self, literal: Literal) -> frozenset[str]:
        kind, about = self.board.definitions[literal]
        match kind:
            case "teaches":
                return frozenset({self.board.candidates[int(about[0] or 0)].professional})
            case "any" | "all" | "but":
                return frozenset().union(*(self.of(int(each or 0)) for each in about))
            case _:  # a constant, or the time of a lesson, which all who give it share
                return frozenset()

    def within(self, said: Limit | Price) -> frozenset[str]:
        """Everybody in a limit or a price."""
        return frozenset().union(*(self.of(literal) for literal, _ in said.terms))


def boards() -> Iterator[Board]:
    """Boards of random terms, with all candidates and with those that are left."""
    for case in (*drawn_cases(), *calm_cases()):
        yield Board.of(case.term, screen=False)
    for case in drawn_cases()[:50]:
        yield Board.of(case.term)


def test_personal_limits_and_prices_are_about_nobody_else() -> None:
    """Those with `of` speak of candidates of that person only; a rule asked person by person has hardly any without."""
    personal: Counter[str] = Counter()
    for board in boards():
        people = People(board)
        for said in (*board.limits, *board.prices):
            rule = said.because.rule
            if said.of is not None:
                personal[rule] += 1
                assert people.within(said) <= {said.of}, (rule, said)
                assert said.because.professional in (None, said.of)
            elif BY_NAME[rule].subject is Subject.PROFESSIONAL:
                assert BY_NAME[rule].ties_people, f"{rule} speaks of {people.within(said)} and names nobody"
    assert len(personal) >= 20, personal


def test_a_meeting_ties_those_who_must_come_and_one_person_s_own_is_personal() -> None:
    """The limit of a common half-day is shared; where one person alone must come, it is that person's."""
    seen: set[bool] = set()
    for board in boards():
        for limit in board.limits:
            if limit.because.rule == "activity_half_day" and limit.terms:
                seen.add(limit.of is None)
                if limit.of is not None:
                    assert People(board).within(limit) <= {limit.of}
    assert True in seen


def test_what_is_about_others_is_found() -> None:
    """A limit of one person with a candidate of another would be noticed."""
    for board in boards():
        by_person = {each.professional: each for each in board.candidates}
        if len(by_person) > 1:
            first, second = list(by_person.values())[:2]
            both = board.any_of([board.teaches(first), board.teaches(second)])
            assert People(board).of(both) == {first.professional, second.professional}
            return
    pytest.fail("no board has two people")
