"""A fair split: the best that the worst-off school, or the employer that gives most, can have, and what that costs in lessons.

Each point of the frontier is the term with a floor under the share of every school (or a ceiling on what every employer gives):
a scenario like any other, with a proof label of its own. The last floor that can be held is looked for by halving; whether it
really is the last is only said where the next one is proved impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from model.scenarios.scenario import Applied, Scenario, apply
from model.scenarios.school import SetRule
from model.term import Term
from model.timetable import Status
from solver.messages import Start
from solver.whatif.variants import How, Interval, Variant, solve_all

STEPS = 4
"""So many points between the base and the fairest."""

HALVINGS = 7
"""A percent of the whole range."""


class Among(StrEnum):
    """Who shares."""

    SCHOOLS = "schools"
    EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True)
class Split:
    """The frontier.

    Attributes:
        base: the timetable without any floor.
        points: by floor (percent of its lesson time that every school has staffed) or ceiling (half-days for each who works at
            an employer), the loosest first; each with the term solved under it.
        fairest: the strictest that was held.
        beyond: the loosest that was not, and how sure that is; None where nothing stricter was asked.
    """

    among: Among
    base: Variant
    points: tuple[tuple[float, Variant], ...]
    fairest: float | None
    beyond: tuple[float, Status] | None


def fair_split(term: Term, among: Among, how: How, start: Start | None = None) -> Split:
    """The frontier between fairness and lessons."""
    (base,) = solve_all(term, (), how, start)
    if base.figures is None:
        return Split(among, base, (), None, None)
    if among is Among.SCHOOLS:
        first, last = float(floor(100 * base.figures.least_share)), 100.0
    else:
        first, last = base.figures.most_given, 0.0
    search = _Search(term, among, how, base)
    fairest, beyond = search.halve(first, last)
    between = [first + (fairest - first) * step / STEPS for step in range(1, STEPS)] if fairest != first else []
    for each in between:
        search.at(_rounded(among, each))
    points = sorted(search.held().items(), key=lambda point: point[0], reverse=among is Among.EMPLOYERS)
    return Split(among, base, tuple(points), fairest, beyond)


def _rounded(among: Among, value: float) -> float:
    return float(floor(value)) if among is Among.SCHOOLS else round(value, 1)


class _Search:
    def __init__(self, term: Term, among: Among, how: How, base: Variant) -> None:
        self.term, self.among, self.how, self.base = term, among, how, base
        self.found: dict[float, Variant] = {}

    def at(self, value: float) -> Variant:
        """The term solved under a floor, or a ceiling, from the nearest that is known."""
        if value not in self.found:
            start = min(self.held().items(), key=lambda point: abs(point[0] - value), default=(0, self.base))[1].start
            how = self.how
            under = How(
                base_seconds=how.seconds,
                enough=how.enough,
                seed=how.seed,
                deterministic=how.deterministic,
                tell=how.tell,
                stop=how.stop,
            )
            applied = self._applied(value)
            assert applied.term is not None, applied.issues
            self.found[value] = solve_all(applied.term, (), under, start)[0]
        return self.found[value]

    def held(self) -> dict[float, Variant]:
        """Those with a timetable."""
        return {value: each for value, each in self.found.items() if each.timetable is not None}

    def halve(self, first: float, last: float) -> tuple[float, tuple[float, Status] | None]:
        """The strictest that is held, and the loosest that is not."""
        loose, strict, beyond = first, last, None
        for _ in range(HALVINGS):
            if self.how.stop is not None and self.how.stop.is_set():
                break
            middle = _rounded(self.among, (loose + strict) / 2)
            if middle in (loose, strict):
                break
            variant = self.at(middle)
            if variant.timetable is None:
                strict, beyond = middle, (middle, variant.outcome.status)
            else:
                loose = self._reached(variant, middle)
        return loose, beyond

    def _reached(self, variant: Variant, asked: float) -> float:
        """What its timetable really has: it may be fairer than was asked."""
        assert variant.figures is not None, "it has a timetable"
        if self.among is Among.SCHOOLS:
            return max(asked, float(floor(100 * variant.figures.least_share)))
        return min(asked, variant.figures.most_given)

    def _applied(self, value: float) -> Applied:
        if self.among is Among.SCHOOLS:
            change = SetRule(rule="school_share", parameter="least", value=str(int(value)))
        else:
            change = SetRule(rule="employer_burden", parameter="most", value=str(value))
        return apply(Scenario(id=f"{self.among.value} {value:g}", changes=(change,)), self.term)


def lessons(split: Split, value: float) -> Interval:
    """How many lessons can be given under a floor (or ceiling): what holds under a stricter one holds here too, and the reverse."""
    strict = 1 if split.among is Among.SCHOOLS else -1
    stricter = [each.lessons.low for other, each in split.points if strict * (other - value) >= 0]
    looser = [each.lessons.high for other, each in split.points if strict * (value - other) >= 0]
    lows = [each for each in stricter if each is not None]
    highs = [each for each in (*looser, split.base.lessons.high) if each is not None]
    return Interval(max(lows, default=None), min(highs, default=None))


def price(split: Split) -> Sequence[tuple[float, int | None]]:
    """By floor, or ceiling, how many lessons fewer were found than without it; below 0 where the base has fewer than it might."""
    base, found = split.base.lessons.low, [(value, lessons(split, value).low) for value, _ in split.points]
    return [(value, None if base is None or low is None else base - low) for value, low in found]
