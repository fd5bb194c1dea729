"""The board of a term as plain numbers, so that every solver is asked the same thing: an `Instance`, and its linear form.

In an `Instance` literal i below `len(candidates)` is candidate i; literals from there on are defined in `derived`. Larger
is better everywhere; the value of a set of candidates is what `value` says, and the judge has the last word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from model.rule import DayClass
from model.term import Term
from model.timetable import Timetable
from solver.assignment import timetable_of
from solver.board import Board
from solver.said import Clash
from solver.said import Limit as BoardLimit

FALSE = -1
"""Literal that never holds."""
TRUE = -2
"""Literal that always holds."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Candidate(_Frozen):
    """One person giving one block of lessons at chosen times, in all weeks or a segment; lessons and options in step."""

    professional: str
    course: str
    lessons: tuple[str, ...]
    options: tuple[str | None, ...]
    weeks: frozenset[int] | None = None


class Derived(_Frozen):
    """A literal that holds when any or all of others do."""

    kind: str
    of: tuple[int, ...]


class Limit(_Frozen):
    """Sum of weights of true literals at most a number; with a price, each unit above costs that."""

    terms: tuple[tuple[int, int], ...]
    at_most: int
    price: int | None


class Level(_Frozen):
    """Sums of weights of true literals, of which the smallest gains its size times a weight."""

    groups: tuple[tuple[tuple[int, int], ...], ...]
    weight: int


class Stop(_Frozen):
    """A stop of a day: there when its candidate is chosen, or (candidate None) unless one of `unless` is."""

    candidate: int | None
    unless: tuple[int, ...]
    opening: int
    closing: int


class Day(_Frozen):
    """Stops in order of time and what steps between them cost, for `count` equal dates; nothing on dates without lessons."""

    count: int
    stops: tuple[Stop, ...]
    steps: tuple[tuple[int, int, int], ...]
    """First stop, second stop, cost; a pair that is missing cannot follow each other."""


class Instance(_Frozen):
    """A board in plain numbers."""

    name: str
    candidates: tuple[Candidate, ...]
    derived: tuple[Derived, ...]
    clashes: tuple[tuple[int, ...], ...]
    """Candidates of which at most one can be chosen; twice the same one cannot be chosen at all."""
    limits: tuple[Limit, ...]
    costs: tuple[tuple[int, int], ...]
    """Literal and what it costs when true; gains are negative. A literal occurs once."""
    days: tuple[Day, ...]
    levels: tuple[Level, ...] = ()

    def clashing_pairs(self) -> Iterator[tuple[int, int]]:
        """The clashes pair by pair, for those who know no sets."""
        return iter(dict.fromkeys(pair for clash in self.clashes for pair in combinations(clash, 2)))

    def timetable(self, chosen: Iterable[int]) -> Timetable:
        """The timetable of a set of candidates."""
        return timetable_of(self.candidates[index] for index in sorted(chosen))


def instance_of(term: Term, board: Board | None = None) -> Instance:
    """The instance of a term; candidates that nothing forbids are numbered anew."""
    return _Exporter(board or Board.of(term)).instance(term.id)


class _Exporter:
    """Numbers candidates and derived literals from the board's."""

    def __init__(self, board: Board) -> None:
        self.board = board
        kept = [each for each in board.candidates if each.index not in board.forbidden]
        self.number = {each.index: place for place, each in enumerate(kept)}
        self.candidates = tuple(
            Candidate(
                professional=each.professional,
                course=each.course,
                lessons=each.lessons,
                options=each.options,
                weeks=each.weeks,
            )
            for each in kept
        )
        self.derived: list[Derived] = []
        self.known: dict[int, int] = {board.true: TRUE, board.false: FALSE}

    def instance(self, name: str) -> Instance:
        """Everything on the board."""
        board = self.board
        limits = [self.limit(each) for each in board.limits]
        once = dict.fromkeys(limit for limit in limits if limit.price is None)
        costs: dict[int, int] = {}
        for price in board.prices:
            for literal, weight in price.terms:
                number = self.literal(literal)
                costs[number] = costs.get(number, 0) + weight
        days = tuple(self.day(person, day) for person in board.leg_costs for day in board.days_of(person))
        levels = tuple(
            Level(
                groups=tuple(tuple((self.literal(a), w) for a, w in group) for group in each.groups), weight=each.weight
            )
            for each in board.levels
        )
        return Instance(
            name=name,
            candidates=self.candidates,
            clashes=tuple(dict.fromkeys(self.clash(each) for each in board.clashes)),
            limits=(*once, *(limit for limit in limits if limit.price is not None)),
            costs=tuple(costs.items()),
            days=days,
            levels=levels,
            derived=tuple(self.derived),
        )

    def literal(self, literal: int) -> int:
        """The number of a board's literal."""
        if literal not in self.known:
            kind, about = self.board.definitions[literal]
            if kind == "teaches":
                self.known[literal] = self.number.get(int(about[0] or 0), FALSE)
            else:
                of = (
                    self._giving(str(about[0]), about[1])
                    if kind == "at"
                    else [self.literal(int(a or 0)) for a in about]
                )
                self.known[literal] = len(self.candidates) + len(self.derived)
                self.derived.append(Derived(kind="all" if kind == "all" else "any", of=tuple(of)))
        return self.known[literal]

    def limit(self, limit: BoardLimit) -> Limit:
        """A limit without what can never be true."""
        terms = ((self.literal(literal), weight) for literal, weight in limit.terms)
        kept = tuple((literal, weight) for literal, weight in terms if literal != FALSE)
        return Limit(terms=kept, at_most=limit.at_most, price=limit.price)

    def clash(self, clash: Clash) -> tuple[int, ...]:
        """The numbers of clashing candidates; twice the same one where it cannot be chosen at all."""
        numbers = tuple(sorted(self.number[each.index] for each in clash.candidates))
        return numbers if len(numbers) > 1 else numbers * 2

    def _giving(self, lesson: str, option: int | str | None) -> list[int]:
        """Candidates that give a lesson at one of its times."""
        return [
            self.number[each.index]
            for each in self.board.candidates_for(lesson)
            if each.options[each.lessons.index(lesson)] == option
        ]

    def day(self, professional: str, day: DayClass) -> Day:
        """A class of days with the costs of its steps."""
        legs = self.board.said_of(professional).legs
        stops = tuple(
            Stop(
                candidate=None if each.candidate is None else self.number[each.candidate.index],
                unless=tuple(self.number[other.index] for other in each.unless),
                opening=sum(leg.cost(None, each.stop) for leg in legs),
                closing=sum(leg.cost(each.stop, None) for leg in legs),
            )
            for each in day.stops
        )
        steps = tuple(
            (i, j, sum(leg.cost(day.stops[i].stop, day.stops[j].stop) for leg in legs)) for i, j in self.board.arcs(day)
        )
        return Day(count=day.count, stops=stops, steps=steps)


class Evaluation(NamedTuple):
    """What a set of candidates is worth, and how many hard limits and clashes it breaks."""

    value: int
    broken: int


def evaluate(instance: Instance, chosen: Iterable[int]) -> Evaluation:
    """Value and number of broken limits of a set of candidates, straight from the instance."""
    true = set(chosen) | {TRUE}
    for number, each in enumerate(instance.derived, len(instance.candidates)):
        if (any if each.kind == "any" else all)(literal in true for literal in each.of):
            true.add(number)
    cost = sum(weight for literal, weight in instance.costs if literal in true)
    broken = sum(a in true and b in true for a, b in instance.clashing_pairs())
    for limit in instance.limits:
        excess = sum(weight for literal, weight in limit.terms if literal in true) - limit.at_most
        if excess > 0:
            cost += excess * (limit.price or 0)
            broken += limit.price is None
    for level in instance.levels:
        cost -= level.weight * min(
            sum(weight for literal, weight in group if literal in true) for group in level.groups
        )
    return Evaluation(-cost - sum(day_cost(day, true, step_costs(day)) for day in instance.days), broken)


def step_costs(day: Day) -> dict[tuple[int, int], int]:
    """What steps of a day cost, by first and second stop."""
    return {(before, after): cost for before, after, cost in day.steps}


def day_cost(day: Day, true: Collection[int], costs: dict[tuple[int, int], int]) -> int:
    """What the steps of a day (`step_costs`) come to on all its dates; 0 without lessons."""
    there = [
        index
        for index, stop in enumerate(day.stops)
        if (stop.candidate in true if stop.candidate is not None else not any(each in true for each in stop.unless))
    ]
    if all(day.stops[index].candidate is None for index in there):
        return 0
    steps = sum(costs.get(pair, 0) for pair in pairwise(there))
    return day.count * (day.stops[there[0]].opening + steps + day.stops[there[-1]].closing)
