"""One plan for everybody: what it is worth, and what stands in the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model.rule import Candidate
from solver.plan.sums import Values
from solver.plan.tables import Tables

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Choice:
    """A place in the table of each person.

    Attributes:
        tables: everybody's plans.
        places: by person.
        variables: what follows for the master's variables.
        activity: what stands on the left of each row that is no cut.
        value: what it is all worth.
        kept: whether every row is kept.
        has: the features of everybody's plan, where there are variables.
    """

    tables: Tables = field(repr=False)
    places: tuple[int, ...]
    variables: tuple[int, ...]
    activity: Values
    value: int
    kept: bool
    has: tuple[Bytes, ...] = field(repr=False, compare=False, default=())

    @classmethod
    def of(cls, tables: Tables, places: Sequence[int]) -> Choice:
        """The choice of these places."""
        master = tables.master
        has = [tables.features(person, place) for person, place in enumerate(places)] if master.variables else []
        variables = master.settle(has) if master.variables else []
        activity = master.activity((tables.entries(person, place) for person, place in enumerate(places)), variables)
        value = master.constant + sum(int(tables[person].values[place]) for person, place in enumerate(places))
        value += sum(amount * each.gain for amount, each in zip(variables, master.variables, strict=True))
        kept = bool((activity <= master.room).all())
        return cls(tables, tuple(places), tuple(variables), activity, value, kept, tuple(has))

    def with_plans(self, plans: Mapping[int, int]) -> Choice:
        """The same with other plans for some people."""
        tables, master = self.tables, self.tables.master
        others = {person: place for person, place in plans.items() if place != self.places[person]}
        if not others:
            return self
        places, has = list(self.places), list(self.has)
        activity, value = self.activity.copy(), self.value
        for person, place in others.items():
            before, places[person] = places[person], place
            value += int(tables[person].values[place]) - int(tables[person].values[before])
            for row, weight in tables.entries(person, before).items():
                activity[row] -= weight
            for row, weight in tables.entries(person, place).items():
                activity[row] += weight
            if has:
                has[person] = tables.features(person, place)
        variables = master.settle(has) if has else list(self.variables)
        for number, (now, was) in enumerate(zip(variables, self.variables, strict=True)):
            if now != was:
                value += (now - was) * master.variables[number].gain
                for row, weight in master.rows_of_variable[number]:
                    activity[row] += weight * (now - was)
        kept = bool((activity <= master.room).all())
        return Choice(tables, tuple(places), tuple(variables), activity, value, kept, tuple(has))

    def candidates(self) -> Iterable[Candidate]:
        """Everything that somebody gives."""
        tables = self.tables
        for person, place in enumerate(self.places):
            personal = tables.master.people[person]
            mask = tables.mask(person, place)
            yield from (each for bit, each in enumerate(personal.candidates) if mask >> bit & 1)
