"""What a board says of one person is about that person alone, so that people can be planned one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

import pytest

from model.rule import Literal, Subject
from model.rules import BY_NAME
from solver.board import Board
from solver.said import Limit, Price
from tests.random_regions import calm_cases, drawn_cases
from tests.regions import lesson, person, small_term


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


def said(board: Board) -> Counter[str]:
    """Everything on a board in words, whoever numbers its literals."""
    names = [f"{kind}{about}" for kind, about in board.definitions]

    def name(literal: Literal) -> str:
        kind, about = board.definitions[literal]
        if kind in ("any", "all", "but"):
            return f"{kind}({','.join(sorted(name(int(each or 0)) for each in about))})"
        return names[literal]

    found = Counter(
        f"{each.of} {each.at_most} {each.price} {sorted((name(what), weight) for what, weight in each.terms)}"
        for each in board.limits
    )
    found.update(
        f"{each.of} {each.tier} {sorted((name(what), weight) for what, weight in each.terms)}" for each in board.prices
    )
    found.update(str(sorted(each.index for each in clash.candidates)) for clash in board.clashes)
    return found


def test_what_is_said_of_each_person_is_the_same_in_any_order() -> None:
    """Written for one person after another, backwards, or one alone: always the same."""
    some = 0
    for case in drawn_cases()[:60]:
        people = [each.id for each in case.term.professionals]
        forwards, backwards, alone = (Board.of(case.term) for _ in range(3))
        for each in reversed(people):
            backwards.said_of(each)
        assert said(forwards) == said(backwards)
        mine = alone.said_of(people[-1])
        theirs = forwards.said_of(people[-1])
        assert len(mine.limits) == len(theirs.limits)
        assert [each.because for each in mine.clashes] == [each.because for each in theirs.clashes]
        assert not mine.limits or mine.limits is alone.said_of(people[-1]).limits
        some += bool(mine.limits)
    assert some >= 20


def test_a_rule_for_one_person_cannot_speak_of_others() -> None:
    """Neither as something shared, nor of somebody else."""
    board = Board.of(small_term(professionals=[person("anna"), person("ben")], lessons=[lesson("l1")]))

    class Wrong(BY_NAME["lessons_per_week"]):  # type: ignore[misc]
        """Says something of whoever it is told."""

        name = "wrong"
        whom: ClassVar[str | None] = None

        def enforce(self, board: Any, subject: str) -> None:
            literal = board.teaches(board.candidates[0])
            board.limit([(literal, 1)], 0, self.because("limit", professional=subject), of=self.whom)

    for whom in (None, "ben"):
        Wrong.whom = whom
        lazy = Board.of(board.term, rules=[Wrong])
        with pytest.raises(ValueError, match="looks at anna alone"):
            lazy.said_of("anna")
    Wrong.whom = "anna"
    assert len(Board.of(board.term, rules=[Wrong]).said_of("anna").limits) == 1


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
