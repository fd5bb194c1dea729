"""A minimal conflict: which limits of those who compete are enough to keep a lesson open, none of them too many.

What is law, and that nobody is in two places, stands in the background: nobody changes it. So do the facts that keep other
people away, which the funnel counts.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ortools.sat.python import cp_model

from model.rule import Because, Candidate, Owner
from solver.explain.closure import Closure
from solver.explain.local import Answered, Local
from solver.explain.whole import Whole
from solver.said import Limit

EACH_SECONDS = 0.5
"""How long it may take to see whether a conflict holds without one of its facts."""


class Fact(NamedTuple):
    """A limit that somebody could change: the rule, of whom or what, and what is said of it."""

    rule: str
    of: str
    because: Because


@dataclass(frozen=True, slots=True)
class Conflict:
    """What keeps a lesson open.

    Attributes:
        facts: limits that are enough, with the background; none where the background is enough by itself.
        minimal: whether without any one of them it could be filled, as was shown for each; else the list may be too long.
    """

    facts: tuple[Fact, ...]
    minimal: bool

    def by_owner(self) -> Mapping[Owner, tuple[Fact, ...]]:
        """The facts by who could change them."""
        found: dict[Owner, tuple[Fact, ...]] = {}
        for each in self.facts:
            found[each.because.owner] = (*found.get(each.because.owner, ()), each)
        return found


def fact_of(limit: Limit) -> Fact | None:
    """The fact behind a limit, if it is one that may change."""
    because = limit.because
    if not because.negotiable or limit.price is not None:
        return None
    return Fact(because.rule, because.professional or because.fact or "", because)


class _Grouped(Local):
    """A small model in which limits hold as far as their facts are assumed."""

    by_parts = False

    def __init__(self, whole: Whole, planning: Mapping[str, Collection[Candidate]], dropping: Collection[str]) -> None:
        self.facts: dict[tuple[str, str], tuple[Fact, cp_model.IntVar]] = {}
        super().__init__(whole, planning, dropping, relaxed=True)

    def _add_limit(self, limit: Limit) -> None:
        fact = fact_of(limit)
        if fact is None:
            super()._add_limit(limit)
            return
        always = sum(weight for literal, weight in limit.terms if self._fixed(literal))
        terms = [(literal, weight) for literal, weight in limit.terms if self._fixed(literal) is None]
        if sum(weight for _, weight in terms if weight > 0) <= limit.at_most - always:
            return
        key = (fact.rule, fact.of)
        if key not in self.facts:
            self.facts[key] = fact, self.cp.new_bool_var(f"{fact.rule} {fact.of}")
        variables, weights = [self.variable(literal) for literal, _ in terms], [weight for _, weight in terms]
        total = cp_model.LinearExpr.weighted_sum(variables, weights)
        self.cp.add(total <= limit.at_most - always).only_enforce_if(self.facts[key][1])

    def holds_without(
        self, assumed: Collection[tuple[str, str]], seconds: float
    ) -> tuple[Answered, list[tuple[str, str]]]:
        """Whether the lessons can be given with only these facts, and, where not, facts among them that are enough."""
        self.cp.clear_assumptions()
        by_index = {self.facts[key][1].index: key for key in assumed}
        self.cp.add_assumptions([self.facts[key][1] for key in assumed])
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        status = solver.solve(self.cp)
        if status == cp_model.INFEASIBLE:
            enough = [by_index[each] for each in solver.sufficient_assumptions_for_infeasibility() if each in by_index]
            return Answered.IMPOSSIBLE, enough
        return (Answered.UNKNOWN if status == cp_model.UNKNOWN else Answered.FOUND), []


def conflict(whole: Whole, closed: Closure, seconds: float) -> Conflict | None:
    """Facts that are enough to keep a lesson open that was proved to stay so; None where the time did not do to find any.

    A search that ran out of time never makes the list shorter.
    """
    if closed.answered is not Answered.IMPOSSIBLE or seconds <= 0:
        return None
    until = time.monotonic() + seconds
    planning = {person: whole.board.candidates_of(person) for person in closed.people}
    model = _Grouped(whole, planning, whole.near(closed.people))
    for lesson in closed.required:
        model.require(lesson)
    answered, core = model.holds_without(list(model.facts), seconds)
    if answered is not Answered.IMPOSSIBLE:
        return None
    minimal, kept = True, list(core)
    for key in core:
        if key not in kept:
            continue
        fewer = [each for each in kept if each != key]
        left = until - time.monotonic()
        answered, enough = model.holds_without(fewer, min(EACH_SECONDS, left)) if left > 0 else (Answered.UNKNOWN, [])
        if answered is Answered.IMPOSSIBLE:
            kept = [each for each in fewer if each in enough or not enough]
        minimal &= answered is not Answered.UNKNOWN
    return Conflict(tuple(model.facts[key][0] for key in kept), minimal)
