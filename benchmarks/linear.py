"""The linear form of an instance, for MIP solvers: columns and rows, and MPS text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import inf

from benchmarks.neutral import FALSE, TRUE, Day, Instance


@dataclass(slots=True)
class Linear:
    """Maximise `objective` over columns 0..upper, integer where `integer` says so; rows are low ≤ sum ≤ high.

    The first columns are the candidates.
    """

    objective: list[int] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[tuple[float, tuple[tuple[int, int], ...], float]] = field(default_factory=list)

    def column(self, upper: float = 1, *, integer: bool = True) -> int:
        """A new column with objective 0."""
        self.objective.append(0)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.objective) - 1

    def row(self, terms: Iterable[tuple[int, int]], low: float = -inf, high: float = inf) -> None:
        """A new row."""
        self.rows.append((low, tuple(terms), high))


def linear_of(instance: Instance) -> Linear:
    """Columns for candidates, derived literals, excess and steps of days; derived ones and steps need not be integer."""
    form = Linear()
    for _ in instance.candidates:
        form.column()
    columns = {TRUE: form.column(), FALSE: form.column(0)}
    form.row([(columns[TRUE], 1)], low=1)
    columns |= {index: index for index in range(len(instance.candidates))}
    for number, each in enumerate(instance.derived, len(instance.candidates)):
        made = columns[number] = form.column(integer=False)
        parts = [columns[literal] for literal in each.of]
        if each.kind == "any":
            for part in parts:
                form.row([(part, 1), (made, -1)], high=0)
            form.row([*((part, 1) for part in parts), (made, -1)], low=0)
        else:
            for part in parts:
                form.row([(made, 1), (part, -1)], high=0)
            form.row([*((part, 1) for part in parts), (made, -1)], high=len(parts) - 1)
    for clash in instance.clashes:
        form.row(Counter(clash).items(), high=1)
    for limit in instance.limits:
        terms = [(columns[literal], weight) for literal, weight in limit.terms]
        if limit.price is not None:
            excess = form.column(inf, integer=False)
            form.objective[excess] = -limit.price
            terms.append((excess, -1))
        form.row(terms, high=limit.at_most)
    for level in instance.levels:
        # The smallest sum may lie below 0, a column may not: it stands for what is above the least it can be.
        least = min(sum(min(0, weight) for _, weight in group) for group in level.groups)
        above = form.column(inf, integer=False)
        form.objective[above] += level.weight
        form.objective[columns[TRUE]] += level.weight * least
        for group in level.groups:
            form.row([(above, 1), *((columns[literal], -weight) for literal, weight in group)], high=-least)
    for literal, cost in instance.costs:
        form.objective[columns[literal]] -= cost
    for day in instance.days:
        if any(stop.opening or stop.closing for stop in day.stops) or any(cost for _, _, cost in day.steps):
            _add_day(form, day)
    return form


def _add_day(form: Linear, day: Day) -> None:
    """A unit of flow through the stops that are there, on days with lessons."""
    lessons = {stop.candidate for stop in day.stops if stop.candidate is not None}
    taught = form.column(integer=False)
    for lesson in lessons:
        form.row([(lesson, 1), (taught, -1)], high=0)
    form.row([*((lesson, 1) for lesson in lessons), (taught, -1)], low=0)
    entering: list[list[tuple[int, int]]] = []
    leaving: list[list[tuple[int, int]]] = []
    for stop in day.stops:
        first, last = form.column(), form.column()
        form.objective[first], form.objective[last] = -day.count * stop.opening, -day.count * stop.closing
        entering.append([(first, 1)])
        leaving.append([(last, 1)])
    for before, after, cost in day.steps:
        step = form.column()
        form.objective[step] = -day.count * cost
        leaving[before].append((step, 1))
        entering[after].append((step, 1))
    form.row([*(each[0] for each in entering), (taught, -1)], 0, 0)
    form.row([*(each[0] for each in leaving), (taught, -1)], 0, 0)
    for stop, into, out in zip(day.stops, entering, leaving, strict=True):
        there = stop.candidate if stop.candidate is not None else taught
        if stop.unless:
            there = form.column(integer=False)
            form.row([(there, 1), (taught, -1)], high=0)
            for other in stop.unless:
                form.row([(there, 1), (other, 1)], high=1)
            form.row([(there, 1), (taught, -1), *((other, 1) for other in stop.unless)], low=0)
        form.row([*into, (there, -1)], 0, 0)
        form.row([*out, (there, -1)], 0, 0)


def mps(form: Linear, name: str) -> Iterator[str]:
    """Lines of free MPS, as a minimisation (of the value with its sign turned)."""
    yield f"NAME {name.replace(' ', '_')}"
    yield "ROWS"
    yield " N cost"
    by_column: list[list[tuple[int, int]]] = [[] for _ in form.objective]
    for index, (low, terms, high) in enumerate(form.rows):
        yield f" {'E' if low == high else 'G' if high == inf else 'L'} r{index}"
        for column, weight in terms:
            by_column[column].append((index, weight))
    yield "COLUMNS"
    for integer in (True, False):
        if integer:
            yield " M1 'MARKER' 'INTORG'"
        for column, entries in enumerate(by_column):
            if form.integer[column] is integer:
                if form.objective[column] or not entries:
                    yield f" c{column} cost {-form.objective[column]}"
                yield from (f" c{column} r{row} {weight}" for row, weight in entries)
        if integer:
            yield " M2 'MARKER' 'INTEND'"
    yield "RHS"
    for index, (low, _, high) in enumerate(form.rows):
        side = low if high == inf else high
        if side:
            yield f" rhs r{index} {side}"
    yield "BOUNDS"
    for column, upper in enumerate(form.upper):
        yield f" PL b c{column}" if upper == inf else f" UP b c{column} {upper:g}"
    yield "ENDATA"
