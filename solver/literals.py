"""Literals of a board: what is true or false of a timetable, by number, and sums of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from model.rule import Candidate, Literal
from model.term import Term


class Definition(NamedTuple):
    """What a literal means: a kind, and what it is about."""

    kind: str
    about: tuple[int | str | None, ...]


TRUE = Definition("true", ())
FALSE = Definition("false", ())


class _Teaches(dict[int, Literal]):
    """Literals of candidates by their index, numbered when first asked for."""

    def __init__(self, definitions: list[Definition]) -> None:
        super().__init__()
        self._definitions = definitions

    def __missing__(self, index: int) -> Literal:
        found = self[index] = len(self._definitions)
        self._definitions.append(Definition("teaches", (index,)))
        return found


class Literals:
    """The literals of a board.

    Attributes:
        definitions: what each means, by its number.
        true, false: what is always so, and never.
    """

    def __init__(self, term: Term) -> None:
        self.term = term
        self.definitions: list[Definition] = []
        self._literals: dict[Definition, Literal] = {}
        self._teaches = _Teaches(self.definitions)
        self._for_sums: set[Literal] = set()
        self.true = self._literal(TRUE)
        self.false = self._literal(FALSE)

    def _literal(self, definition: Definition) -> Literal:
        literal = self._literals.get(definition)
        if literal is None:
            literal = self._literals[definition] = len(self.definitions)
            self.definitions.append(definition)
        return literal

    def teaches(self, candidate: Candidate) -> Literal:
        """True when the candidate is chosen."""
        return self._teaches[candidate.index]

    def at(self, lesson: str, option: str | None) -> Literal:
        """True when the lesson is given at this one of its times; always, when it has no other."""
        if option is None and not self.term.times_of(lesson):
            return self.true
        return self._literal(Definition("at", (lesson, option)))

    def any_of(self, literals: Iterable[Literal]) -> Literal:
        """True when at least one is."""
        some = set(literals)
        some.discard(self.false)
        return self._derived("any", some, self.false, self.true)

    def all_of(self, literals: Iterable[Literal]) -> Literal:
        """True when every one is; with a literal of `none_of` among them only sums take it."""
        given = set(literals) - {self.true}
        wanted = self._derived("all", {each for each in given if each >= 0}, self.true, self.false)
        unwanted = self.any_of(~each for each in given if each < 0)
        if self.false in (unwanted, wanted):
            return wanted
        if wanted == self.true:
            return ~unwanted
        both = self._literal(Definition("but", (wanted, unwanted)))
        self._for_sums.add(both)
        return both

    def none_of(self, literals: Iterable[Literal]) -> Literal:
        """True when not one is; only sums and `all_of` take it."""
        return self.true if (some := self.any_of(literals)) == self.false else ~some

    def _derived(self, kind: str, literals: set[Literal], empty: Literal, decided: Literal) -> Literal:
        if not literals:
            return empty
        if min(literals) < 0 or not self._for_sums.isdisjoint(literals):
            raise ValueError("what none_of made is for sums and all_of alone")
        if decided in literals:
            return decided
        if len(literals) == 1:
            return next(iter(literals))
        return self._literal(Definition(kind, tuple(sorted(literals))))

    def _merged(self, terms: Iterable[tuple[Literal, int]]) -> tuple[tuple[tuple[Literal, int], ...], int]:
        """Weights of literals that may be true or false, in order, and what is added in any case.

        What `none_of` made is said with what it denies: none of X is 1 less any of X; A but not B is A less both.
        """
        terms = list(terms)
        weights = dict(terms)
        if len(weights) < len(terms) or min(weights, default=0) < 0 or not self._for_sums.isdisjoint(weights):
            weights = self._added_up(terms)
        always = weights.pop(self.true, 0)
        weights.pop(self.false, None)
        return tuple([term for term in sorted(weights.items()) if term[1]]), always

    def _added_up(self, terms: Iterable[tuple[Literal, int]]) -> dict[Literal, int]:
        """The same where literals come more than once, or have another way to be said in sums."""
        weights: dict[Literal, int] = {}
        for_sums = self._for_sums
        for literal, weight in terms:
            if literal >= 0 and literal not in for_sums:
                weights[literal] = weights.get(literal, 0) + weight
                continue
            if literal < 0:
                parts = [(self.true, weight), (~literal, -weight)]
            else:
                wanted, unwanted = (int(each or 0) for each in self.definitions[literal].about)
                parts = [(wanted, weight), (self.all_of((wanted, unwanted)), -weight)]
            for part, amount in parts:
                weights[part] = weights.get(part, 0) + amount
        return weights
