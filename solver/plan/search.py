"""Plans of somebody who has too many to write out: the best ones at given prices, and what none exceeds.

Plans grow candidate by candidate as in a table, but only those stay whose best end could still matter, and of these at
most `beam`. How good an end can be follows from the linear relaxation of the person's own rules (`outlook`). What is
left out for lack of room counts in the bound that is returned, so that it holds however small the beam.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solver.plan.literals import Bits
from solver.plan.outlook import NEVER, Outlook
from solver.plan.personal import Personal
from solver.plan.plans import Growth
from solver.plan.sums import Values


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
    """Searches the plans of one person."""

    def __init__(self, personal: Personal) -> None:
        self.personal = personal
        self.growth = Growth(personal)
        self.outlook = Outlook(personal)

    def run(self, prices: Sequence[int], scale: int, *, beam: int, known: int, keep: int) -> Found:
        """The best plans at these prices of features.

        Args:
            prices: what each feature costs, in parts of a point.
            scale: parts of a point.
            beam: most plans under way.
            known: worth of a plan that is known already; only better ones matter.
            keep: most plans to return.
        """
        hope, steps = self.outlook.steps(prices, scale)
        plans = self.growth.empty()
        bound = np.full(1, hope, np.int64)
        left_out = NEVER
        for bit, step in enumerate(steps):
            if not plans.shape[1]:
                break
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
        worth = self.worth(plans, prices, scale)
        most = max(known, left_out, int(worth.max()) if len(worth) else NEVER)
        complete = left_out <= known and len(worth) <= keep
        if len(worth) > keep:
            best = np.argpartition(worth, -keep)[-keep:]
            plans, worth = plans[:, best], worth[best]
        return Found(plans, worth, most, complete)

    def worth(self, plans: Bits, prices: Sequence[int], scale: int) -> Values:
        """What plans are worth at these prices, in parts of a point."""
        worth = self.personal.values(plans) * scale
        for features, price in zip(self.personal.features_of(plans), prices, strict=True):
            if price:
                worth -= price * features.astype(np.int64)
        return worth
