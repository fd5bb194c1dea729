"""How good the end of an unfinished plan can be: the linear relaxation of one person's own rules.

    max  what candidates and flags are worth
    s.t. of candidates that exclude each other at most one, every limit that a sum says, a flag at least as true as
         each of its candidates and at most as true as all of them together

With any prices of these rows, at least 0, a plan is worth no more than what the rows allow at their prices, plus for
each candidate and flag it has what that is worth less its rows. A part of a plan is worth no more than the same with
everything undecided counted where that is good. The prices of the optimum make this bound small.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from ortools.math_opt.python import mathopt

from solver.plan.linear import Entries, maximum
from solver.plan.literals import Constant, Flag
from solver.plan.outline import cliques
from solver.plan.personal import Personal
from solver.plan.sums import Bound, Values

NEVER = -(1 << 60)
"""Below any worth."""


class Step(NamedTuple):
    """What deciding about a candidate does to the bound of a plan.

    Attributes:
        taken: when it is taken.
        left: when it is not; the bound of plans with it starts from before that.
        first: flags that it may be the first to set, with what that changes.
        never: flags that are decided with it, with what changes for plans that do not have them.
    """

    taken: int
    left: int
    first: list[tuple[Flag, int]]
    never: list[tuple[Flag, int]]


class _Row(NamedTuple):
    bits: tuple[int, ...]
    weights: tuple[int, ...]
    at_most: int


class Outlook:
    """The relaxation of one person, solved anew for other prices.

    Attributes:
        entries: of its rows: number of the row, bit and weight.
        at_most: by row.
    """

    def __init__(self, personal: Personal) -> None:
        self.personal = personal
        self.size = personal.size
        self.masks = {bit: personal.mask_of(bit) for bit in range(self.size, personal.bits)}
        self.days = [
            (personal.flag_of(sum(1 << bit for bit in day.bits)), personal.least_day_cost(place))
            for place, day in enumerate(personal.days)
        ]
        self.rows = [*self._exclusions(), *self._limits(), *self._flags()]
        bits = np.concatenate([np.array(row.bits, np.int64) for row in self.rows] or [np.zeros(0, np.int64)])
        weights = np.concatenate([np.array(row.weights, np.int64) for row in self.rows] or [np.zeros(0, np.int64)])
        numbers = np.repeat(np.arange(len(self.rows)), [len(row.bits) for row in self.rows])
        self.entries: Entries = numbers, bits, weights
        self.at_most = np.array([row.at_most for row in self.rows], np.int64)
        # All are worth something only at prices.
        nothing = [0.0] * personal.bits
        self._model = maximum(
            nothing, nothing, [1.0] * personal.bits, self.at_most.astype(float).tolist(), self.entries
        )
        self._variables, self._constraints = list(self._model.variables()), list(self._model.linear_constraints())
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    # Rows

    def _exclusions(self) -> list[_Row]:
        """Candidates of which at most one can be."""
        found = cliques(self.personal.clashing, self.size)
        return [_Row(members, (1,) * len(members), 1) for members in found]

    def _limits(self) -> list[_Row]:
        """Limits that are plain sums over bits."""
        return [row for limit in self.personal.limits if (row := self._row(limit)) is not None]

    @staticmethod
    def _row(limit: Bound) -> _Row | None:
        if limit.sum.others:
            return None
        terms = list(limit.sum.bits())
        if not terms:
            return None
        return _Row(tuple(bit for bit, _ in terms), tuple(w for _, w in terms), limit.at_most - limit.sum.constant)

    def _flags(self) -> list[_Row]:
        """A flag is as true as any of its candidates, of which those that exclude each other count together."""
        found = []
        for flag, mask in self.masks.items():
            members = [bit for bit in range(self.size) if mask >> bit & 1]
            found.append(_Row((flag, *members), (1, *(-1 for _ in members)), 0))
            left = mask
            while left:
                low = left & -left
                clique, common = low, self.personal.clashing[low.bit_length() - 1] & left
                while common:
                    low = common & -common
                    clique |= low
                    common &= self.personal.clashing[low.bit_length() - 1]
                left &= ~clique
                bits = [bit for bit in members if clique >> bit & 1]
                found.append(_Row((*bits, flag), (*(1 for _ in bits), -1), 0))
        return found

    # Prices

    def steps(self, prices: Sequence[int], scale: int, out: int = 0) -> tuple[int, list[Step | None]]:
        """The bound of the empty plan, and what deciding about each candidate in turn does to it.

        Args:
            out: candidates that are left out, as a mask; they have no step.
        """
        worth, certain = self.worth(prices, scale)
        out |= sum(1 << flag for flag, mask in self.masks.items() if not mask & ~out)
        duals = self._duals(worth, out)
        numbers, bits, weights = self.entries
        less = worth.copy()
        np.subtract.at(less, bits, weights * duals[numbers])
        less[[bit for bit in range(len(less)) if out >> bit & 1]] = 0
        hope = certain + int(duals @ self.at_most) + int(np.maximum(0, less).sum())
        steps = [
            None if out >> bit & 1 else Step(min(0, int(less[bit])), -max(0, int(less[bit])), [], [])
            for bit in range(self.size)
        ]
        for flag, mask in self.masks.items():
            gain = int(less[flag])
            mine = [step for bit in range(self.size) if mask >> bit & 1 and (step := steps[bit]) is not None]
            if gain < 0:
                for step in mine:
                    step.first.append((Flag(flag), gain))
            elif gain > 0:
                mine[-1].never.append((Flag(flag), -gain))
        return hope, steps

    def worth(self, prices: Sequence[int], scale: int) -> tuple[Values, int]:
        """What each bit is worth at prices of features, and what is worth something in any case or may be."""
        personal = self.personal
        worth = np.zeros(personal.bits, np.int64)
        for bit, weight in personal.gains.bits():
            worth[bit] += weight * scale
        certain = personal.gains.constant * scale
        certain += scale * sum(max(0, weight) for weight, _ in personal.gains.others)
        count = len(personal.said_features)
        for said, price in zip(personal.said_features, prices, strict=False):
            if isinstance(said, Flag):
                worth[said.bit] -= price
            elif isinstance(said, Constant):
                certain -= price * said.value
            else:
                certain += max(0, -price)
        certain += sum(max(0, -price) for price in prices[count:])
        for flag, cost in self.days:
            worth[flag] -= cost * scale
        return worth, certain

    def _duals(self, worth: Values, out: int) -> Values:
        """Prices of the rows at the optimum, in the unit of `worth`; any would do."""
        unit = max(1.0, float(np.abs(worth).max()))
        for bit, (variable, each) in enumerate(zip(self._variables, worth.tolist(), strict=True)):
            self._model.objective.set_linear_coefficient(variable, each / unit)
            variable.upper_bound = float(not out >> bit & 1)
        result = self._solver.solve()
        if not result.has_dual_feasible_solution():
            return np.zeros(len(self.rows), np.int64)
        found: Values = np.rint(unit * np.array(result.dual_values(self._constraints)).clip(min=0.0)).astype(np.int64)
        return found
