"""A board as rows: what is said of one person alone is told apart, all else becomes rows over features and variables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from model.rule import Literal
from solver.board import Board
from solver.plan.literals import Owners, giving
from solver.plan.rows import Feature, Kind, Row, Term, Variable, Why
from solver.said import Limit, Said


class Compiled:
    """What people share, from what shared rules say on a board, and what is said of those who give nothing.

    Attributes:
        number: of everybody with candidates, in order of the term.
        rows: over features of people and over variables.
        variables: what depends on several people.
        constant: what every timetable is worth in any case.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        self.rows: list[Row] = []
        self.variables: list[Variable] = []
        self.constant = 0
        self.number: dict[str, int] = {}
        self._owners = board.once(Owners)
        self._features: dict[str, dict[Literal, int]] = defaultdict(dict)
        self._made: dict[Literal, int] = {}
        self._limits: dict[str, list[Limit]] = defaultdict(list)
        self._prices: dict[str, dict[Literal, int]] = defaultdict(lambda: defaultdict(int))
        idle = []
        for person in board.term.professionals:
            if any(each.index not in board.forbidden for each in board.candidates_of(person.id)):
                self.number[person.id] = len(self.number)
            else:
                idle.append(person.id)
        for said in (board.shared, *map(board.said_of, idle)):
            self._split(said)
        self._add_levels()

    def of(self, professional: str) -> tuple[Sequence[Limit], Mapping[Literal, int], Sequence[Literal]]:
        """What is said of one person alone: limits, prices, and the literals that rows speak of."""
        return self._limits[professional], self._prices[professional], tuple(self._features[professional])

    def _split(self, said: Said) -> None:
        """What is said of several people, or of somebody who gives nothing, to whom it concerns: one person, or rows."""
        for limit in said.limits:
            concerned = self._owned(literal for literal, _ in limit.terms)
            if len(concerned) == 1:
                self._limits[next(iter(concerned))].append(limit)
            else:
                self._add_limit(limit)
        for price in said.prices:
            for literal, weight in price.terms:
                owners = self._owners.of(literal)
                if len(owners) == 1:
                    self._prices[next(iter(owners))][literal] += weight
                else:
                    self._add_price(literal, weight)

    def _add_levels(self) -> None:
        for level in self.board.levels:
            sums = [self._terms(group) for group in level.groups]
            low = min(constant + sum(min(0, weight) for _, weight in terms) for terms, constant in sums)
            high = min(constant + sum(max(0, weight) for _, weight in terms) for terms, constant in sums)
            kind = Kind("least", tuple(tuple(terms) for terms, _ in sums), tuple(constant for _, constant in sums))
            made = self._variable(low, max(low, high), level.weight, kind)
            for terms, constant in sums:
                self._row([(made, 1), *((what, -weight) for what, weight in terms)], constant, level.because)

    def _owned(self, literals: Iterable[Literal]) -> set[str]:
        found: set[str] = set()
        for literal in literals:
            found |= self._owners.of(literal)
        return found

    def _add_limit(self, limit: Limit) -> None:
        terms, constant = self._terms(limit.terms)
        at_most = limit.at_most - constant
        most = sum(weight for _, weight in terms if weight > 0) - at_most
        if most <= 0:
            return
        if limit.price is not None:
            kind = Kind("excess", (tuple(terms),), (-at_most,))
            terms = [*terms, (self._variable(0, most, -limit.price, kind), -1)]
        self._row(terms, at_most, limit.because)

    def _add_price(self, literal: Literal, weight: int) -> None:
        what = self._term(literal)
        if isinstance(what, bool):
            self.constant -= weight * what
        else:
            assert isinstance(what, int), "what one person decides is priced by that person"
            old = self.variables[what]
            self.variables[what] = Variable(old.low, old.high, old.gain - weight, old.kind)

    def _terms(self, terms: Iterable[tuple[Literal, int]]) -> tuple[list[Term], int]:
        """Weighted literals as features and variables, and what is added in any case."""
        found: dict[Feature | int, int] = defaultdict(int)
        constant = 0
        for literal, weight in terms:
            what = self._term(literal)
            if isinstance(what, bool):
                constant += weight * what
            else:
                found[what] += weight
        return [(what, weight) for what, weight in found.items() if weight], constant

    def _term(self, literal: Literal) -> Feature | int | bool:
        """A literal as a feature of one person, as a variable, or as what it always is."""
        owners = self._owners.of(literal)
        if len(owners) == 1:
            who = next(iter(owners))
            mine = self._features[who]
            return Feature(self.number[who], mine.setdefault(literal, len(mine)))
        kind, about = self.board.definitions[literal]
        if kind in ("true", "false", "teaches"):
            return kind == "true"
        if literal not in self._made:
            if kind == "at":
                parts = [self._term(self.board.teaches(self.board.candidates[i])) for i in giving(self.board, literal)]
            else:
                parts = [self._term(int(each or 0)) for each in about]
            decided = kind == "all"
            if any(isinstance(part, bool) and part is not decided for part in parts):
                return not decided
            kept = [part for part in parts if not isinstance(part, bool)]
            if not kept:
                return decided
            self._made[literal] = self._tie(kept, literal, every=decided)
        return self._made[literal]

    def _tie(self, parts: Sequence[Feature | int], literal: Literal, *, every: bool) -> int:
        """A variable that is 1 when any, or every, part is."""
        kind = Kind("all" if every else "any", (tuple((part, 1) for part in parts),), (0,))
        made = self._variable(0, 1, 0, kind)
        if every:
            for part in parts:
                self._row([(made, 1), (part, -1)], 0, literal)
            self._row([*((part, 1) for part in parts), (made, -1)], len(parts) - 1, literal)
        else:
            for part in parts:
                self._row([(part, 1), (made, -1)], 0, literal)
            self._row([(made, 1), *((part, -1) for part in parts)], 0, literal)
        return made

    def _variable(self, low: int, high: int, gain: int, kind: Kind) -> int:
        self.variables.append(Variable(low, high, gain, kind))
        return len(self.variables) - 1

    def _row(self, terms: Iterable[Term], at_most: int, why: Why) -> None:
        features, variables = [], []
        for what, weight in terms:
            if isinstance(what, Feature):
                features.append((what, weight))
            else:
                variables.append((what, weight))
        self.rows.append(Row(features, variables, at_most, why))
