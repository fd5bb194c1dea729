"""A person's own rules as a CP-SAT model of candidates, for who has too many plans to choose among.

All is as the rules say, except for the order of days: of a day it counts what the cheapest way past its dearest lesson
costs, told by flags that each add their part once any of their candidates is given. That is at most what the day costs,
and with few schools a day hardly less, while one path a day through all pairs of its stops makes models ten times as
large. A plan that is found is worth what the rules say of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from ortools.sat.python import cp_model

from solver.plan.literals import Constant, Flag, Said
from solver.plan.personal import Personal
from solver.plan.sums import Bound, Weighted


def cliques(clashing: list[int], size: int) -> Iterator[tuple[int, ...]]:
    """Candidates of which at most one can be: every two that exclude each other stand in one of these together.

    Args:
        clashing: by bit, the mask of the candidates that exclude it.
        size: how many candidates there are.
    """
    covered = [0] * size
    for bit in range(size):
        left = clashing[bit] & ~covered[bit]
        while left:
            clique, common = 1 << bit, clashing[bit]
            order = left
            while order:
                low = order & -order
                other = low.bit_length() - 1
                clique |= low
                common &= clashing[other]
                order &= common & ~low
            more = common
            while more:  # what joins for nothing makes it stronger
                low = more & -more
                clique |= low
                more &= clashing[low.bit_length() - 1] & ~low
            members = tuple(other for other in range(size) if clique >> other & 1)
            for other in members:
                covered[other] |= clique
            left = clashing[bit] & ~covered[bit]
            yield members


class Outline:
    """What one person may do, ready to be written into models.

    Attributes:
        costs_of_day: by class of days masks of candidates, each with what it adds to the cost of these days once any of its
            candidates is given.
        day_costs: the same for all days together.
    """

    def __init__(self, personal: Personal) -> None:
        self.personal = personal
        self._cliques = list(cliques(personal.clashing, personal.size))
        self.costs_of_day = [list(_costs_of_day(personal, place)) for place in range(len(personal.days))]
        together: dict[int, int] = defaultdict(int)
        for mask, cost in chain.from_iterable(self.costs_of_day):
            together[mask] += cost
        self.day_costs = [(mask, cost) for mask, cost in together.items() if cost]

    def write(self, cp: cp_model.CpModel) -> Written:
        """Variables of the candidates and everything that ties them."""
        personal = self.personal
        written = Written(cp, personal)
        for clique in self._cliques:
            cp.add_at_most_one([written.bits[bit] for bit in clique])
        for bit in range(personal.size):
            if personal.impossible >> bit & 1:
                cp.add_bool_and([~written.bits[bit]])
        for limit in (*personal.limits, *personal.priced):
            written.limit(limit)
        written.count(personal.gains)
        for mask, cost in self.day_costs:
            flag = written.of_day[mask] = written.costly(mask) if cost > 0 else written.any_of(mask)
            written.worth.append((flag, -cost))
        return written


class Written:
    """A person in a model.

    Attributes:
        bits: variables of candidates and of the person's flags.
        worth: variables with what they add to the worth of the plan; days at what they cost at the least.
        of_day: by mask what tells that any of these candidates is given, for what days cost.
    """

    def __init__(self, cp: cp_model.CpModel, personal: Personal) -> None:
        self.cp = cp
        self.worth: list[tuple[cp_model.IntVar, int]] = []
        self.bits = [cp.new_bool_var("") for _ in range(personal.size)]
        self.of_day: dict[int, cp_model.IntVar] = {}
        self._any: dict[int, cp_model.IntVar] = {}
        self._size = personal.size
        self.bits += [self.any_of(personal.mask_of(bit)) for bit in range(personal.size, personal.bits)]

    def any_of(self, mask: int) -> cp_model.IntVar:
        """True when any of these candidates is given."""
        if mask not in self._any:
            members = [self.bits[bit] for bit in range(self._size) if mask >> bit & 1]
            self._any[mask] = made = self.cp.new_bool_var("")
            for each in members:
                self.cp.add_implication(each, made)
            self.cp.add_bool_or([*members, ~made])
        return self._any[mask]

    def costly(self, mask: int) -> cp_model.IntVar:
        """True when any of these candidates is given, and otherwise only where somebody pays for nothing: less to write."""
        if mask in self._any:
            return self._any[mask]
        made = self.cp.new_bool_var("")
        for bit in range(self._size):
            if mask >> bit & 1:
                self.cp.add_implication(self.bits[bit], made)
        return made

    def said(self, said: Said) -> cp_model.IntVar:
        """True when this is."""
        if isinstance(said, Flag):
            return self.bits[said.bit]
        made = self.cp.new_bool_var("")
        if isinstance(said, Constant):
            self.cp.add_bool_and([made if said.value else ~made])
            return made
        parts = [self.said(each) for each in said.parts]
        if said.every:
            self.cp.add_bool_and(parts).only_enforce_if(made)
            self.cp.add_bool_or([made, *(~each for each in parts)])
        else:
            self.cp.add_bool_or(parts).only_enforce_if(made)
            for each in parts:
                self.cp.add_implication(each, made)
        return made

    def limit(self, limit: Bound) -> None:
        """A sum stays at or below its number, or what it is more has its price."""
        variables, weights = self._terms(limit.sum)
        room = limit.at_most - limit.sum.constant
        if limit.price is not None:
            most = sum(weight for weight in weights if weight > 0) - room
            if most <= 0:
                return
            excess = self.cp.new_int_var(0, most, "")
            self.worth.append((excess, -limit.price))
            variables, weights = [*variables, excess], [*weights, -1]
        self.cp.add(cp_model.LinearExpr.weighted_sum(variables, weights) <= room)

    def count(self, gains: Weighted) -> None:
        """Take a sum for worth; what it is in any case makes no difference."""
        self.worth += zip(*self._terms(gains), strict=True)

    def _terms(self, total: Weighted) -> tuple[list[cp_model.IntVar], list[int]]:
        terms = [(self.bits[bit], weight) for bit, weight in total.bits()]
        terms += [(self.said(said), weight) for weight, said in total.others]
        return [variable for variable, _ in terms], [weight for _, weight in terms]


def _costs_of_day(personal: Personal, place: int) -> Iterator[tuple[int, int]]:
    """Masks of candidates, each with what it adds to the cost of a class of days once any of its candidates is given."""
    day = personal.days[place]
    brings: dict[int, int] = {}
    for stop, least in zip(day.day.stops, personal.cheapest_past(place), strict=True):
        if stop.candidate is not None:
            bit = personal.bit_of[stop.candidate.index]
            brings[bit] = max(brings.get(bit, least), least)
    before = 0
    for least in sorted(set(brings.values())):
        if least != before:
            mask = sum(1 << bit for bit, brought in brings.items() if brought >= least)
            yield mask, day.day.count * (least - before)
        before = least
