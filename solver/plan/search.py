"""Plans of somebody who has too many to write out: the best ones at given prices, and what none exceeds.

Where somebody teaches on few days of the week, each choice of days is looked at by itself, the most promising first. Plans
grow candidate by candidate as in a table, but only those stay whose best end could still matter, and of these at most
`beam`. How good an end can be follows from the linear relaxation of the person's own rules (`outlook`). What is
left out for lack of room counts in the bound that is returned, so that it holds however small the beam.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

import numpy as np

from solver.plan.literals import Bits
from solver.plan.outline import Outline
from solver.plan.outlook import NEVER, Outlook, Step
from solver.plan.personal import Personal
from solver.plan.plans import Growth
from solver.plan.sums import Values

UNKNOWN = 1 << 48
"""Stands for the worth of the best plan of somebody who was not searched: more than anything is worth."""

MOST_WAYS = 35
"""Most choices of days that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came up with: plans, what each is worth at the prices, what no plan exceeds.

    Attributes:
        complete: whether these are all plans worth more than what was known.
    """

    plans: Bits
    worth: Values
    most: int
    complete: bool


class Search:
    """Searches the plans of one person.

    Attributes:
        ways: what to leave out, in turn, as masks of candidates: every plan does without one of these.
    """

    def __init__(self, personal: Personal) -> None:
        self.personal = personal
        self.growth = Growth(personal)
        self.outlook = Outlook(personal)
        self.ways = _ways(personal)

    @cached_property
    def outline(self) -> Outline:
        """The person's rules, ready to be written into models."""
        return Outline(self.personal)

    def run(
        self,
        prices: Sequence[int],
        scale: int,
        *,
        beam: int,
        known: int,
        keep: int,
        quickly: bool = False,
        until: float = math.inf,
    ) -> Found:
        """The best plans at these prices of features.

        Args:
            prices: what each feature costs, in parts of a point.
            scale: parts of a point.
            beam: most plans under way.
            known: worth of a plan that is known already; only better ones matter.
            keep: most plans to return.
            quickly: all choices of days are looked at in one go: good plans soon, a loose bound.
            until: no choice of days is begun with later; the bound is then as loose as what is left of them.
        """
        plans, worth = self.growth.empty()[:, :0], np.zeros(0, np.int64)
        least, left_out, complete = known, NEVER, True
        ways = []
        for way in (0,) if quickly else self.ways:
            if time.monotonic() > until:
                return self.nothing()
            ways.append(self.outlook.steps(prices, scale, way))
        for hope, steps in sorted(ways, key=lambda each: -each[0]):
            if hope <= least:
                break
            if time.monotonic() > until:
                left_out, complete = max(left_out, hope), False
                break
            grown, out = self._grown(hope, steps, beam, least)
            left_out = max(left_out, out)
            plans = np.unique(np.concatenate((plans, grown), axis=1), axis=1)
            worth = self.worth(plans, prices, scale)
            if len(worth) >= keep:
                complete = False
                best = np.argpartition(worth, -keep)[-keep:]
                plans, worth = plans[:, best], worth[best]
                least = max(known, int(worth.min()))
        most = max(known, left_out, int(worth.max()) if len(worth) else NEVER)
        return Found(plans, worth, most, complete and left_out <= known)

    def nothing(self) -> Found:
        """What is known without a search."""
        return Found(self.growth.empty()[:, :0], np.zeros(0, np.int64), UNKNOWN, complete=False)

    def _grown(self, hope: int, steps: Sequence[Step | None], beam: int, known: int) -> tuple[Bits, int]:
        """Plans that may be worth more than what is known, and what those that were left out for lack of room may be worth."""
        plans = self.growth.empty()
        bound = np.full(1, hope, np.int64)
        left_out = NEVER
        for bit, step in enumerate(steps):
            if not plans.shape[1]:
                break
            if step is not None:
                grown, source = self.growth.extended(plans, bit)
                more = bound[source] + step.taken
                for said, change in step.first:
                    more += change * ~said.true(plans)[source]
                plans = np.concatenate((plans, grown), axis=1)
                bound = np.concatenate((bound + step.left, more))
                for said, change in step.never:
                    bound += change * ~said.true(plans)
            good = self.growth.closes(plans, bit) & (bound > known)
            places = np.flatnonzero(good)
            if len(places) > beam:
                order = np.argpartition(bound[places], -beam)
                left_out = max(left_out, int(bound[places[order[:-beam]]].max()))
                places = places[order[-beam:]]
            plans, bound = plans[:, places], bound[places]
        return plans, left_out

    def worth(self, plans: Bits, prices: Sequence[int], scale: int) -> Values:
        """What plans are worth at these prices, in parts of a point."""
        worth = self.personal.values(plans) * scale
        for features, price in zip(self.personal.features_of(plans), prices, strict=True):
            if price:
                worth -= price * features.astype(np.int64)
        return worth


def _ways(personal: Personal) -> list[int]:
    """What to leave out, in turn, so that every plan is looked at: all but so many days as a limit on days allows.

    A relaxation gives half of its time to twice as many days, which makes it worth far too much; with the days chosen it
    is nearly exact.
    """
    best, most = [0], 0
    for limit in personal.limits:
        days = [bit for bit, _ in limit.sum.bits()]
        plain = limit.growing and not limit.sum.others and not limit.sum.constant
        if not plain or any(weight != 1 for _, weight in limit.sum.bits()):
            continue
        count = len(days)
        touched = limit.touches.bit_count()
        if 0 < limit.at_most < count and comb(count, limit.at_most) <= MOST_WAYS and touched > most:
            ways, most = [], touched
            for kept in combinations(days, limit.at_most):
                mask = 0
                for day in days:
                    mask |= 0 if day in kept else personal.mask_of(day)
                ways.append(mask)
            best = ways
    return best
