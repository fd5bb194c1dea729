"""An instance as lines of text that the Java program reads without a library; the README says what each line means.

Literals that always or never hold are worked out here: limits, costs and derived literals name real ones only.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.neutral import FALSE, TRUE, Day, Derived, Instance, Limit

Block = tuple[tuple[str, ...], frozenset[int] | None]
"""Lessons that one person gives, and in which weeks; None for all."""


def lines(instance: Instance) -> Iterator[str]:
    """The text form of an instance."""
    form = _Plain(instance)
    people: dict[str, int] = {}
    blocks: dict[Block, int] = {}
    yield f"base {form.always}"
    seats = seats_of(instance)
    for block, number in seats.items():
        blocks[block] = len(blocks)
        yield f"block {number}"
    for index, each in enumerate(instance.candidates):
        person = people.setdefault(each.professional, len(people))
        yield f"candidate {blocks[each.lessons, each.weeks]} {person} {form.costs.get(index, 0)}"
    for number, derived in enumerate(form.derived, len(instance.candidates)):
        yield _line(derived.kind, form.costs.get(number, 0), *derived.of)
    for a, b in instance.clashing_pairs():
        if a == b:
            yield f"limit 0 - {a} 1"
        elif instance.candidates[a].professional == instance.candidates[b].professional:
            yield f"clash {a} {b}"
        else:
            yield f"limit 1 - {a} 1 {b} 1"
    for limit in form.limits:
        price = "-" if limit.price is None else limit.price
        yield _line("limit", limit.at_most, price, *(number for term in limit.terms for number in term))
    for day in instance.days:
        yield from _day_lines(day)
    for weight, groups in form.levels:
        yield f"level {weight}"
        for always, terms in groups:
            yield _line("group", always, *(number for term in terms for number in term))


def seats_of(instance: Instance) -> dict[Block, int]:
    """How many people can give each block at once, as far as one hard limit over all its candidates tells."""
    candidates: dict[Block, list[int]] = {}
    for index, each in enumerate(instance.candidates):
        candidates.setdefault((each.lessons, each.weeks), []).append(index)
    seats = {block: len(indices) for block, indices in candidates.items()}
    for limit in instance.limits:
        weights = dict(limit.terms)
        if limit.price is not None or min(weights.values(), default=0) < 0:
            continue
        limited = [instance.candidates[index] for index in weights if 0 <= index < len(instance.candidates)]
        for block in {(each.lessons, each.weeks) for each in limited}:
            least = min(weights.get(index, 0) for index in candidates[block])
            if least:
                seats[block] = min(seats[block], max(0, limit.at_most // least))
    return seats


class _Plain:
    """Derived literals, limits and costs without constants; literals are numbered anew."""

    def __init__(self, instance: Instance) -> None:
        self._numbers = {each: each for each in (TRUE, FALSE, *range(len(instance.candidates)))}
        self.derived: list[Derived] = []
        for number, each in enumerate(instance.derived, len(instance.candidates)):
            self._numbers[number] = self._define(each, len(instance.candidates))
        self.costs = self._summed(instance.costs)
        self.limits = [self._limit(each) for each in instance.limits]
        self.levels = [(each.weight, [self._group(terms) for terms in each.groups]) for each in instance.levels]
        self.always = -self.costs.pop(TRUE, 0)
        """Value of the empty set, apart from limits: what comes in any case, and levels with nothing in them."""
        for weight, groups in self.levels:
            self.always += weight * min((always for always, _ in groups), default=0)

    def _define(self, derived: Derived, candidates: int) -> int:
        deciding, idle = (TRUE, FALSE) if derived.kind == "any" else (FALSE, TRUE)
        of = tuple(dict.fromkeys(self._numbers[each] for each in derived.of if self._numbers[each] != idle))
        if deciding in of:
            return deciding
        if len(of) < 2:
            return next(iter(of), idle)
        self.derived.append(Derived(kind=derived.kind, of=of))
        return candidates + len(self.derived) - 1

    def _summed(self, terms: tuple[tuple[int, int], ...]) -> dict[int, int]:
        total: dict[int, int] = {}
        for literal, weight in terms:
            total[self._numbers[literal]] = total.get(self._numbers[literal], 0) + weight
        total.pop(FALSE, None)
        return total

    def _group(self, terms: tuple[tuple[int, int], ...]) -> tuple[int, tuple[tuple[int, int], ...]]:
        summed = self._summed(terms)
        return summed.pop(TRUE, 0), tuple(summed.items())

    def _limit(self, limit: Limit) -> Limit:
        terms = self._summed(limit.terms)
        at_most = limit.at_most - terms.pop(TRUE, 0)
        return Limit(terms=tuple(terms.items()), at_most=at_most, price=limit.price)


def _day_lines(day: Day) -> Iterator[str]:
    """A class of days, unless nothing costs anything."""
    steps = [each for each in day.steps if each[2]]
    if not steps and not any(stop.opening or stop.closing for stop in day.stops):
        return
    yield f"day {day.count}"
    for stop in day.stops:
        candidate = "-" if stop.candidate is None else stop.candidate
        yield _line("stop", candidate, stop.opening, stop.closing, *stop.unless)
    for step in steps:
        yield _line("step", *step)


def _line(*words: object) -> str:
    return " ".join(map(str, words))
