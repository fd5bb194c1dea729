"""One plan for everybody: what it is worth, and what stands in the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from model.rule import Candidate
from solver.plan.sums import Values
from solver.plan.tables import Tables


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
    """

    tables: Tables = field(repr=False)
    places: tuple[int, ...]
    variables: tuple[int, ...]
    activity: Values
    value: int
    kept: bool

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
        return cls(tables, tuple(places), tuple(variables), activity, value, kept)

    def with_plans(self, plans: Mapping[int, int]) -> Choice:
        """The same with other plans for some people."""
        places = list(self.places)
        for person, place in plans.items():
            places[person] = place
        return Choice.of(self.tables, places)

    def candidates(self) -> Iterable[Candidate]:
        """Everything that somebody gives."""
        tables = self.tables
        for person, place in enumerate(self.places):
            personal = tables.master.people[person]
            mask = tables.mask(person, place)
            yield from (each for bit, each in enumerate(personal.candidates) if mask >> bit & 1)
