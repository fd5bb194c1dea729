"""One person's part of a board: what a plan may hold and what it is worth, for many plans at once.

A plan is a set of the person's candidates. All that the board says of one person alone is here: clashes, personal
limits, personal prices and the steps of days. What people share is the master's; of it a plan knows only its features,
the personal literals that shared rows speak of.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from model.rule import DayClass, DayStop, Literal
from solver.plan.literals import WORD, Bits, Constant, Flag, Owners, Said, Translator, gathered, words_of
from solver.plan.sums import Bound, Values, Weighted, distinct_columns

if TYPE_CHECKING:
    from model.day import Stop
    from solver.plan.person import Person
    from solver.said import Clash, Limit

AT_A_TIME = 16
"""So many features are read from plans at once."""

FEW_DAYS = 40
"""Up to so many different days are reckoned one by one."""

SHORT = 16
"""Up to so many lessons of a day, what its steps cost is looked up by which of them are given."""


class Day(NamedTuple):
    """A class of days with its stops, and the bits of the candidates that stand in it, in order."""

    day: DayClass
    bits: tuple[int, ...]


class Personal:
    """What one person may do, compiled from a board.

    Attributes:
        bits: how many bits a plan has: one for each candidate, and one for each flag that says any of some.
        clashing: by bit, the mask of the candidates that exclude it.
        limits: hard personal limits; priced ones count in `values`.
    """

    def __init__(self, person: Person) -> None:
        self.person = person
        self.board = board = person.board
        self.candidates, self.size, self.bit_of = person.candidates, person.size, person.bit_of
        said = board.said_of(person.professional)
        self._translate = Translator(board, self.bit_of)
        self.clashing, self.impossible = self._clashes(said.clashes)
        # Every literal is translated before plans are made, so that all flags have their bits.
        self._limits = [self._bound(each) for each in (*person.limits, *said.limits)]
        prices = defaultdict(int, person.prices)
        for price in said.prices:
            for literal, weight in price.terms:
                prices[literal] += weight
        self._prices = self._weighted(prices.items())
        self.said_features = [self._translate.said(each) for each in person.features]
        self._legs = [each.cost for each in said.legs]
        days = board.days_of(person.professional) if self._legs else ()
        self.days = [
            Day(
                day,
                tuple(sorted({self.bit_of[each.candidate.index] for each in day.stops if each.candidate is not None})),
            )
            for day in days
        ]
        for day in self.days:
            self.flag_of(sum(1 << bit for bit in day.bits))
        self.bits = self.size + len(self._translate.flags)
        self.words = max(1, -(-self.bits // WORD))
        self._complete()
        self.flags_of = self._flags_by_candidate()
        self._leg = cache(self._find_leg)

    def _clashes(self, clashes: Iterable[Clash]) -> tuple[list[int], int]:
        """By bit what excludes it, and the bits that cannot be at all."""
        clashing, impossible = [0] * self.size, 0
        for clash in clashes:
            bits = [self.bit_of[each.index] for each in clash.candidates if each.index in self.bit_of]
            if len(clash.candidates) == 1 or len(set(bits)) < len(bits):
                impossible |= sum(1 << bit for bit in set(bits))
            mask = sum(1 << bit for bit in set(bits))
            for bit in bits:
                clashing[bit] |= mask & ~(1 << bit)
        return clashing, impossible

    def digest(self) -> bytes:
        """The same for people with plans of the same bits that are allowed, worth the same and have the same features."""
        return blake2b(repr((self._content(), self._steps_content())).encode(), digest_size=16).digest()

    def _content(self) -> tuple[object, ...]:
        days = [
            (each.day.count, each.bits, [(stop.stop, self._bits_of(stop)) for stop in each.day.stops])
            for each in self.days
        ]
        rules = (self.clashing, self.impossible, self.limits, self.priced, self.gains)
        return (self.size, *rules, self.said_features, self._translate.flags, days)

    def _bits_of(self, stop: DayStop) -> tuple[int, ...]:
        if stop.candidate is not None:
            return (self.bit_of[stop.candidate.index],)
        return (-1, *(self.bit_of[each.index] for each in stop.unless if each.index in self.bit_of))

    def _steps_content(self) -> list[int]:
        """What every possible step of the days costs."""
        costs = []
        for each in self.days:
            stops = [stop.stop for stop in each.day.stops]
            costs += [self._leg(None, stop) for stop in stops] + [self._leg(stop, None) for stop in stops]
            costs += [self._leg(stops[a], stops[b]) for a, b in self.board.arcs(each.day)]
        return costs

    def worth_only(self, weights: Mapping[int, int]) -> Personal:
        """The same person and plans, with nothing counted but these weights of candidates, by bit."""
        other = copy.copy(self)
        other.gains = self._sum([(weight, Flag(bit)) for bit, weight in weights.items()])
        other.priced, other.days = [], []
        return other

    # Limits, prices, features

    def _weighted(self, terms: Iterable[tuple[Literal, int]]) -> list[tuple[int, Said]]:
        """Weights of what literals say; a literal that depends on others as well has no place in a plan."""
        owners, mine = self.board.once(Owners), {self.person.professional}
        found = []
        for literal, weight in terms:
            if not owners.of(literal) <= mine:
                raise ValueError(f"what is said of {mine} depends on {owners.of(literal)}")
            found.append((weight, self._translate.said(literal)))
        return found

    def _bound(self, limit: Limit) -> tuple[Limit, list[tuple[int, Said]]]:
        return limit, self._weighted(limit.terms)

    def _complete(self) -> None:
        """Sums with words, once the number of words is known."""
        made = [self._finish(limit, terms) for limit, terms in self._limits]
        self.limits = [each for each in made if each.price is None]
        self.priced = [each for each in made if each.price is not None]
        self.gains = self._sum([(-weight, said) for weight, said in self._prices])

    def _finish(self, limit: Limit, terms: list[tuple[int, Said]]) -> Bound:
        touches = 0
        for _, said in terms:
            touches |= self.touched(said)
        growing = all(weight > 0 for weight, said in terms if not isinstance(said, Constant))
        return Bound(
            self._sum(terms), limit.at_most, limit.price, max(touches.bit_length() - 1, 0), touches, growing=growing,
            first=self._first_too_much(limit.at_most, terms) if growing else 0,
        )  # fmt: skip

    def _first_too_much(self, at_most: int, terms: Sequence[tuple[int, Said]]) -> int:
        """The first candidate with which a sum that grows may be more than this."""
        total = 0
        begins = []
        for weight, said in terms:
            if isinstance(said, Constant):
                total += weight * said.value
            else:
                touched = self.touched(said)
                begins.append(((touched & -touched).bit_length() - 1, weight))
        for bit, weight in sorted(begins):
            total += weight
            if total > at_most:
                return bit
        return self.size

    def touched(self, said: Said) -> int:
        """The candidates that something said depends on."""
        if isinstance(said, Flag):
            return self._translate.mask_of(said)
        if isinstance(said, Constant):
            return 0
        mask = 0
        for part in said.parts:
            mask |= self.touched(part)
        return mask

    def _sum(self, terms: Iterable[tuple[int, Said]]) -> Weighted:
        by_bit: dict[int, int] = defaultdict(int)
        others, constant = [], 0
        for weight, said in terms:
            if isinstance(said, Flag):
                by_bit[said.bit] += weight
            elif isinstance(said, Constant):
                constant += weight * said.value
            else:
                others.append((weight, said))
        masks: dict[int, int] = defaultdict(int)
        for bit, weight in by_bit.items():
            if weight:
                masks[weight] |= 1 << bit
        counts = tuple((weight, tuple(words_of(mask, self.words))) for weight, mask in masks.items())
        return Weighted(counts, tuple(others), constant)

    def _flags_by_candidate(self) -> list[int]:
        """By bit of a candidate all bits that it sets: its own, and those that say any of some."""
        found = [1 << bit for bit in range(self.size)]
        for flag, mask in self._translate.flags.items():
            for bit in range(self.size):
                if mask >> bit & 1:
                    found[bit] |= 1 << flag
        return found

    def flag_of(self, mask: int) -> int:
        """The bit that says any of these candidates."""
        said = self._translate.flag(mask)
        assert isinstance(said, Flag)
        return said.bit

    def mask_of(self, bit: int) -> int:
        """The candidates of which a bit says that any is chosen."""
        return self._translate.mask_of(Flag(bit))

    def features_of(self, plans: Bits) -> npt.NDArray[np.uint8]:
        """Which features each plan has, those of cuts last: shape (features, plans)."""
        count = len(self.said_features)
        made = np.zeros((count + len(self.person.counts), plans.shape[1]), np.uint8)
        flags, words, shifts = self._flag_features
        for first in range(0, len(flags), AT_A_TIME):
            some = slice(first, first + AT_A_TIME)
            made[flags[some]] = plans[words[some]] >> shifts[some, None] & np.uint64(1)
        for row, said in self._other_features:
            made[row] = said.true(plans)
        for row, (places, more, least) in enumerate(self.person.counts, count):
            made[row] = made[list(places)].sum(axis=0) + more >= least
        return made

    @cached_property
    def _flag_features(self) -> tuple[Values, Values, Bits]:
        """Which features are single bits, and in which word and where."""
        flags = [
            (row, *divmod(said.bit, WORD)) for row, said in enumerate(self.said_features) if isinstance(said, Flag)
        ]
        rows, words, shifts = np.array(flags, np.int64).reshape(-1, 3).T
        return rows, words, shifts.astype(np.uint64)

    @cached_property
    def _other_features(self) -> list[tuple[int, Said]]:
        return [(row, said) for row, said in enumerate(self.said_features) if not isinstance(said, Flag)]

    # Plans

    def plans(self, masks: Iterable[int]) -> Bits:
        """Plans given as masks of candidates, as bits with all flags."""
        rows = []
        for mask in masks:
            whole = 0
            for bit in range(self.size):
                if mask >> bit & 1:
                    whole |= self.flags_of[bit]
            rows.append([whole >> (WORD * word) & (1 << WORD) - 1 for word in range(self.words)])
        return np.array(rows, np.uint64).reshape(len(rows), self.words).T.copy()

    def allowed(self, plans: Bits) -> npt.NDArray[np.bool_]:
        """Which plans keep every personal rule."""
        good = np.ones(plans.shape[1], np.bool_)
        for bit in range(self.size):
            against = self.clashing[bit] | ((1 << bit) if self.impossible >> bit & 1 else 0)
            if against:
                hit = np.zeros(plans.shape[1], np.bool_)
                for word, mask in words_of(against, self.words):
                    hit |= (plans[word] & mask) != 0
                good &= ~(hit & Flag(bit).true(plans))
        for limit in self.limits:
            good &= ~limit.sum.exceeds(plans, limit.at_most)
        return good

    def values(self, plans: Bits) -> Values:
        """What each plan is worth to all rules that look at one person: larger is better."""
        total = self.gains.of(plans)
        for limit in self.priced:
            total -= (limit.price or 0) * np.maximum(0, limit.sum.of(plans) - limit.at_most)
        for place in range(len(self.days)):
            total += self._day_values(place, plans)
        return total

    def hope(self) -> int:
        """No plan is worth more: all that gains, and nothing that costs."""
        gains = self.gains
        total = gains.constant + sum(max(0, weight) for _, weight in gains.bits())
        total += sum(max(0, weight) for weight, _ in gains.others)
        return total + sum(max(0, -self.least_day_cost(place)) for place in range(len(self.days)))

    # Days

    def _day_values(self, place: int, plans: Bits) -> Values:
        """What the steps of one class of days add to the value of each plan."""
        bits = self.days[place].bits
        if len(bits) > SHORT:
            some, back = _different(plans, bits)
            found: Values = self._steps(place, np.array([Flag(bit).true(plans[:, some]) for bit in bits]))[back]
            return found
        pattern = gathered(plans, bits)
        there = np.zeros(1 << len(bits), np.bool_)
        there[pattern] = True
        distinct = np.flatnonzero(there).astype(np.uint64)
        worth = np.zeros(len(there), np.int64)
        places = np.arange(len(bits), dtype=np.uint64)[:, None]
        worth[distinct] = self._steps(place, (distinct >> places & np.uint64(1)).astype(np.bool_))
        return worth[pattern]

    def _steps(self, place: int, taught: npt.NDArray[np.bool_]) -> Values:
        """What the steps of a day are worth, by which of its candidates are chosen (shape: candidates, plans).

        One path in order of time goes past all that is there; a day without lessons costs nothing.
        """
        day = self.days[place]
        count, stops = taught.shape[1], day.day.stops
        if count <= FEW_DAYS:
            return np.array([self._step_cost(place, pattern) for pattern in taught.T.tolist()], np.int64)
        chosen = {self.candidates[bit].index: row for bit, row in zip(day.bits, taught, strict=True)}
        cost, last = np.zeros(count, np.int64), np.full(count, len(stops))
        for number, stop in enumerate(stops):
            if stop.candidate is not None:
                there = chosen[stop.candidate.index]
            else:
                there = np.ones(count, np.bool_)
                for each in stop.unless:
                    there &= ~chosen[each.index]
            for before in np.unique(last[there]).tolist():
                leg = self._leg(None if before == len(stops) else stops[before].stop, stop.stop)
                cost[there & (last == before)] += leg
            last[there] = number
        for before in np.unique(last).tolist():
            cost[last == before] += self._leg(None if before == len(stops) else stops[before].stop, None)
        cost[~taught.any(axis=0)] = 0
        return -day.day.count * cost

    def _step_cost(self, place: int, taught: Sequence[bool]) -> int:
        """The same for one day."""
        if not any(taught):
            return 0
        day = self.days[place]
        chosen = {self.candidates[bit].index for bit, there in zip(day.bits, taught, strict=True) if there}
        cost, last = 0, None
        for each in day.day.stops:
            if each.candidate is not None:
                there = each.candidate.index in chosen
            else:
                there = not any(other.index in chosen for other in each.unless)
            if there:
                cost += self._leg(last, each.stop)
                last = each.stop
        return -day.day.count * (cost + self._leg(last, None))

    def least_day_cost(self, place: int) -> int:
        """What the steps of a class of days cost at the least, once there is a lesson."""
        day = self.days[place].day
        stops = [each.stop for each in day.stops]
        steps = [self._leg(stops[a], stops[b]) for a, b in self.board.arcs(day)]
        ends = min(self._leg(None, stop) for stop in stops) + min(self._leg(stop, None) for stop in stops)
        return day.count * (ends + (len(stops) - 1) * min(0, *steps, 0))

    def cheapest_past(self, place: int) -> list[int]:
        """What one day of a class costs at the least, for each stop that it goes past."""
        day = self.days[place].day
        stops = [each.stop for each in day.stops]
        until = [self._leg(None, stop) for stop in stops]
        after = [self._leg(stop, None) for stop in stops]
        arcs = sorted(self.board.arcs(day))
        for a, b in arcs:
            until[b] = min(until[b], until[a] + self._leg(stops[a], stops[b]))
        for a, b in reversed(arcs):
            after[a] = min(after[a], self._leg(stops[a], stops[b]) + after[b])
        return [one + other for one, other in zip(until, after, strict=True)]

    def step_cost(self, place: int, step: tuple[int | None, int | None]) -> int:
        """What a step costs on one day of a class, from one of its stops to another; None for home."""
        before, after = (None if end is None else self.days[place].day.stops[end].stop for end in step)
        return self._leg(before, after)

    def stop_bits(self, place: int, number: int) -> tuple[int | None, int]:
        """The candidate of a stop, by bit; of a piece of work None, and the mask of those that push it out."""
        stop = self.days[place].day.stops[number]
        if stop.candidate is not None:
            return self.bit_of[stop.candidate.index], 0
        return None, sum({1 << self.bit_of[each.index] for each in stop.unless if each.index in self.bit_of})

    def _find_leg(self, before: Stop | None, after: Stop | None) -> int:
        return sum(cost(before, after) for cost in self._legs)


def _different(plans: Bits, bits: Sequence[int]) -> tuple[Values, Values]:
    """Plans that differ in these bits, one of each kind, and for each plan which of them is like it."""
    mask = sum(1 << bit for bit in bits)
    return distinct_columns([plans[word] & part for word, part in words_of(mask, len(plans))])
