"""First prices where most people are searched: everybody's own relaxation and the rows they share in one linear programme.

    max  what candidates, flags and shared variables are worth
    s.t. the rows of each person's own relaxation (`outlook`), and the shared rows over their features

Plans of who is searched are not known to begin with, so that prices learned from plans take minutes to settle; these need
none. At them no plan is worth more than its relaxation, which is a bound, and searches begin near the plans that matter.
"""

from __future__ import annotations

import numpy as np

from solver.plan.linear import maximum
from solver.plan.literals import Constant, Flag
from solver.plan.outlook import Outlook
from solver.plan.relaxation import UNIT, by_interior_point
from solver.plan.sums import Values
from solver.plan.tables import SCALE, Tables


class Joint:
    """The programme: first the shared variables and rows, then those of each person in turn."""

    def __init__(self, tables: Tables) -> None:
        master = tables.master
        self._worth = [float(each.gain) for each in master.variables]
        self._low = [float(each.low) for each in master.variables]
        self._high = [float(each.high) for each in master.variables]
        self._at_most = [float(row.at_most) for row in master.rows]
        self._entries = [
            (number, column, weight) for number, row in enumerate(master.rows) for column, weight in row.variables
        ]
        self._shared = len(master.rows)
        for person, each in enumerate(master.people):
            search = tables.searches.get(person)
            self._add(Outlook(each.rules) if search is None else search.outlook, master.rows_of[person])

    def _add(self, outlook: Outlook, rows_of: list[tuple[int, int, int]]) -> None:
        """A person: variables of candidates and flags, their own rows, and what their features add to shared ones."""
        personal, first, row = outlook.personal, len(self._worth), len(self._at_most)
        self._worth += outlook.worth((), 1)[0].astype(float).tolist()
        self._low += [0.0] * personal.bits
        self._high += [float(not personal.impossible >> bit & 1) for bit in range(personal.bits)]
        numbers, bits, weights = outlook.entries
        self._entries += zip((row + numbers).tolist(), (first + bits).tolist(), weights.tolist(), strict=True)
        self._at_most += outlook.at_most.astype(float).tolist()
        columns = []
        for said in personal.said_features:
            if isinstance(said, Flag):
                columns.append(first + said.bit)
            else:  # what depends on more than one flag is left open
                columns.append(len(self._worth))
                always = isinstance(said, Constant) and said.value
                never = isinstance(said, Constant) and not said.value
                self._worth.append(0.0)
                self._low.append(float(always))
                self._high.append(float(not never))
        self._entries += [(number, columns[place], weight) for place, number, weight in rows_of]

    def prices(self, seconds: float) -> Values | None:
        """Prices of the shared rows, in parts of a point; None when the time does not suffice."""
        rows, columns, weights = np.array(self._entries, np.int64).reshape(-1, 3).T
        worth = [each / UNIT for each in self._worth]
        model = maximum(worth, self._low, self._high, self._at_most, (rows, columns, weights))
        result = by_interior_point(model, seconds)
        if result is None:
            return None
        shared = list(model.linear_constraints())[: self._shared]
        found: Values = np.rint(SCALE * UNIT * np.array(result.dual_values(shared)).clip(min=0.0)).astype(np.int64)
        return found
