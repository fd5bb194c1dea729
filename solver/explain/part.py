"""What one person may do by their own rules: worked out once, and written into one small model after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model

from model.rule import Literal


class _Said(NamedTuple):
    """A constraint over variables by number, of which ~number stands for not."""

    kind: str
    enforced_by: tuple[int, ...]
    numbers: tuple[int, ...]
    weights: tuple[int, ...] = ()
    at_most: int = 0


class Part(NamedTuple):
    """A person's own constraints.

    Attributes:
        literals: by variable what it says; None for one that nobody asks for.
        constants: variables that are always 0 or 1.
    """

    literals: tuple[Literal | None, ...]
    constants: Mapping[int, int]
    said: tuple[_Said, ...]

    @property
    def free(self) -> Iterator[Literal]:
        """What may be true or false."""
        return (each for number, each in enumerate(self.literals) if each is not None and number not in self.constants)

    @classmethod
    def of(cls, model: cp_model.CpModel, variables: Mapping[Literal, cp_model.IntVar]) -> Part:
        """What a model of that person alone says.

        Args:
            variables: of literals, in the model.
        """
        literals: list[Literal | None] = [None] * len(model.proto.variables)
        for literal, variable in variables.items():
            literals[variable.index] = literal
        domains = [list(each.domain) for each in model.proto.variables]
        constants = {number: low for number, (low, high) in enumerate(domains) if low == high}
        return cls(tuple(literals), constants, tuple(_merged(_decoded(model))))

    def write(self, cp: cp_model.CpModel) -> dict[Literal, cp_model.IntVar]:
        """Write it into another model: the variables there of what it speaks of."""
        made = [
            cp.new_constant(self.constants[number]) if number in self.constants else cp.new_bool_var("")
            for number in range(len(self.literals))
        ]

        def all_of(numbers: Sequence[int]) -> list[cp_model.LiteralT]:
            return [made[number] if number >= 0 else ~made[~number] for number in numbers]

        for kind, enforced_by, numbers, weights, at_most in self.said:
            match kind:
                case "at_most_one":
                    cp.add_at_most_one(all_of(numbers))
                case "bool_or":
                    cp.add_bool_or(all_of(numbers))
                case "bool_and":
                    added = cp.add_bool_and(all_of(numbers))
                    if enforced_by:
                        added.only_enforce_if(all_of(enforced_by))
                case _:
                    variables = [made[number] for number in numbers]
                    cp.add(cp_model.LinearExpr.weighted_sum(variables, weights) <= at_most)
        return {literal: made[number] for number, literal in enumerate(self.literals) if literal is not None}


def _merged(said: Iterable[_Said]) -> Iterator[_Said]:
    """The same with one constraint for all that follows from one thing."""
    following: dict[tuple[int, ...], list[int]] = {}
    for each in said:
        if each.kind == "bool_and":
            following.setdefault(each.enforced_by, []).extend(each.numbers)
        else:
            yield each
    for enforced_by, numbers in following.items():
        yield _Said("bool_and", enforced_by, tuple(dict.fromkeys(numbers)))


def _decoded(model: cp_model.CpModel) -> Iterator[_Said]:
    for each in model.proto.constraints:
        enforced_by = tuple(each.enforcement_literal)
        if each.has_at_most_one():
            yield _Said("at_most_one", enforced_by, tuple(each.at_most_one.literals))
        elif each.has_bool_or() and not enforced_by:
            yield _Said("bool_or", (), tuple(each.bool_or.literals))
        elif each.has_bool_and():
            yield _Said("bool_and", enforced_by, tuple(each.bool_and.literals))
        elif each.has_linear() and not enforced_by:
            linear = each.linear
            yield _Said("linear", (), tuple(linear.vars), tuple(linear.coeffs), list(linear.domain)[-1])
        else:
            raise ValueError(f"a person's own rules say {each}")
