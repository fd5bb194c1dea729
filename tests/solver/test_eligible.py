"""Deciding in forks who may give what makes the very same board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

import solver.board as boards
from model.term import Term
from solver.board import Board
from solver.eligible import OnePerson, WritesError
from solver.parallel import can_fork
from tests.random_regions import drawn_cases


def _alike(term: Term, *, screen: bool) -> None:
    here, shared = Board.of(term, screen=screen), Board.of(term, screen=screen, with_forks=True)
    for of in (_candidates, _against, lambda board: board.shared, lambda board: board.definitions):
        assert of(here) == of(shared)
    for person in term.professionals:
        assert _numbers(here.candidates_of(person.id)) == _numbers(shared.candidates_of(person.id))
    for lesson in term.lessons:
        assert _numbers(here.candidates_for(lesson.id)) == _numbers(shared.candidates_for(lesson.id))


def _candidates(board: Board) -> list[tuple[Any, ...]]:
    return [(each.index, each.professional, each.course, each.options, each.parts) for each in board.candidates]


def _against(board: Board) -> list[Any]:
    return list(board.forbidden.items())


def _numbers(candidates: Iterable[Any]) -> list[int]:
    return [each.index for each in candidates]


def _decided_first(work: Callable[[str], Any], people: Sequence[str], least: int) -> list[Any]:  # noqa: ARG001  as where there are forks
    return [work(each) for each in reversed(people)][::-1]


@pytest.mark.parametrize("screen", [True, False])
def test_what_is_decided_person_by_person_is_what_the_board_decides(
    monkeypatch: pytest.MonkeyPatch, *, screen: bool
) -> None:
    """On random terms in which every rule has something to say, in whatever order people come; some rules also write."""
    monkeypatch.setattr(boards, "share_out", _decided_first)
    decided: list[bool] = []
    made = Board._decided

    def told(*args: Any, **how: Any) -> Any:
        eligible = made(*args, **how)
        decided.append(eligible is not None)
        return eligible

    monkeypatch.setattr(Board, "_decided", told)
    for case in drawn_cases():
        _alike(case.term, screen=screen)
    assert decided.count(True) > 100
    assert decided.count(False) > 10


@pytest.mark.skipif(not can_fork(), reason="the system cannot fork")
def test_forks_decide_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they send arrives whole."""
    monkeypatch.setattr(boards, "LEAST_SHARED_OUT", 1)
    for case in list(drawn_cases())[:5]:
        _alike(case.term, screen=True)


def test_what_stands_for_the_board_keeps_off_whatever_it_does_not_know() -> None:
    """A rule that writes is noticed, also by a verb that boards may learn one day."""
    case = next(iter(drawn_cases()))
    one = OnePerson(Board.of(case.term), [], screen=True)
    assert one.calendar.term is one.term
    with pytest.raises(WritesError):
        one.verb_to_come()
