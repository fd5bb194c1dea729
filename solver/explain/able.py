"""Who could give a lesson if they gave nothing else: the widest funnel, of which every other count is a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from model.promised import over
from model.rule import Literal
from solver.board import Board


class Able:
    """Who could give which lesson, or a part of it, if they gave nothing else; made once for a board.

    Attributes:
        of: by lesson, those people; only lessons with a date to come.
        lessons: by person, likewise.
        needed: by person the lessons that would have too few people without them, most first.
    """

    def __init__(self, board: Board) -> None:
        stuck = {each for person in board.term.professionals for each in _stuck(board, person.id)}
        self.of: dict[str, tuple[str, ...]] = {}
        self.lessons: dict[str, list[str]] = defaultdict(list)
        past = over(board.calendar)
        for row in board.term.lessons:
            spans = (span for option in board.calendar.options(row.id) for span in board.calendar.spans(row.id, option))
            if any(span.dates & ~past for span in spans):
                people = dict.fromkeys(
                    each.professional
                    for each in board.candidates_for(row.id)
                    if each.index not in board.forbidden and each.index not in stuck
                )
                self.of[row.id] = tuple(people)
                for person in people:
                    self.lessons[person].append(row.id)
        needed: dict[str, list[str]] = defaultdict(list)
        for lesson, some in self.of.items():
            if len(some) == board.term.course(board.term.lesson(lesson).course).heads:
                for person in some:
                    needed[person].append(lesson)
        order = sorted(needed.items(), key=lambda each: -len(each[1]))
        self.needed = {person: tuple(lessons) for person, lessons in order}


def _stuck(board: Board, person: str) -> Iterator[int]:
    """Candidates that somebody cannot even give alone."""
    said = board.said_of(person)
    for clash in said.clashes:
        if len(clash.candidates) == 1:
            yield clash.candidates[0].index
    for limit in said.limits:
        if limit.price is None and all(weight > 0 for _, weight in limit.terms):
            alone: dict[int, int] = defaultdict(int)
            for literal, weight in limit.terms:
                for each in set(_any_of(board, literal)):
                    alone[each] += weight
            yield from (each for each, weight in alone.items() if weight > limit.at_most)


def _any_of(board: Board, literal: Literal) -> Iterator[int]:
    """Candidates each of which makes a literal true."""
    kind, about = board.definitions[literal]
    if kind == "teaches":
        yield int(about[0] or 0)
    elif kind == "any":
        for each in about:
            yield from _any_of(board, int(each or 0))
