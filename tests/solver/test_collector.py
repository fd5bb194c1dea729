"""Boards that nobody holds any more go, however many are made in one process."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from solver import collector
from solver.board import Board
from tests.regions import lesson, small_term

BOARDS = 60


def alive_after(boards: int) -> int:
    """How many of so many boards are still there after the last one."""
    term = small_term(lessons=[lesson("l1"), lesson("l2", "2")])
    made = []
    for _ in range(boards):
        board = Board.of(term)
        made.append(ref(board))
        del board
    return sum(each() is not None for each in made)


def test_boards_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for little, few are left; with room for much, all of them are until somebody looks."""
    gc.collect()
    monkeypatch.setattr(collector, "LEAST_GROWTH", 10**9)
    piled = alive_after(BOARDS)
    gc.collect()
    monkeypatch.setattr(collector, "LEAST_GROWTH", 5_000)
    monkeypatch.setattr(collector, "GROWTH", 0.0)
    assert alive_after(BOARDS) < BOARDS / 2 < piled


def test_a_board_is_held_by_nothing_but_its_holder() -> None:
    """No cache anywhere keeps it."""
    board = Board.of(small_term())
    watched = ref(board)
    del board
    gc.collect()
    assert watched() is None
