"""Plans of somebody who has too many to write out: the best ones at given prices, and what none exceeds.

Plans grow candidate by candidate as in a table, but only those stay whose best end could still matter, and of these at
most `beam`. The best end of a part of a plan is bounded by what its candidates are worth, less costs that are already
certain, plus the best that can be added: on each weekday a chain of candidates that do not exclude one another, less
what it costs to open that weekday at all. Limits on lessons enter by a price on each lesson (Lagrange), chosen so that
the bound of the empty plan is small. What is left out for lack of room counts in the bound that is returned, so that it
holds however small the beam.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from solver.literals import WORD, Bits, Constant, Flag, words_of
from solver.personal import Bound, Personal, Values
from solver.plans import Growth

NEVER = -(1 << 60)
"""Below any worth."""


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


class Gains(NamedTuple):
    """What a plan is worth, taken apart, in parts of a point.

    Attributes:
        single: by candidate.
        groups: for the first of some candidates, by their mask.
        certain: in any case, or at the most for what is not looked at before a plan is whole.
    """

    single: list[int]
    groups: dict[int, int]
    certain: int


class Search:
    """Searches the plans of one person."""

    def __init__(self, personal: Personal) -> None:
        self.personal = personal
        self.growth = Growth(personal)
        self.weekdays = self._weekdays()
        self.follows = self._follows()
        loads = [each for each in personal.limits if each.growing and self._counts_candidates(each)]
        self.loads = [(each.at_most - each.sum.constant, self._amounts(each)) for each in loads]
        self._load_prices = [0] * len(self.loads)
        self.most_days, self.counted = self._fewest_days()
        self._days: dict[int, int] = defaultdict(int)
        for place, day in enumerate(personal.days):
            self._days[sum(1 << bit for bit in day.bits)] -= personal.least_day_cost(place)

    def _weekdays(self) -> list[range]:
        """Candidates by the weekday of their first lesson; they stand in that order."""
        found, begin, size = [], 0, self.personal.size
        for bit in range(1, size + 1):
            if bit == size or self.personal.weekday(bit) != self.personal.weekday(begin):
                found.append(range(begin, bit))
                begin = bit
        return found

    def _follows(self) -> list[int]:
        """The next candidate of the weekday that each does not exclude; the end of the weekday where there is none."""
        found = []
        for group in self.weekdays:
            for bit in group:
                later = (other for other in range(bit + 1, group.stop) if not self.personal.clashing[bit] >> other & 1)
                found.append(next(later, group.stop))
        return found

    def _counts_candidates(self, limit: Bound) -> bool:
        """Whether a limit counts single candidates only."""
        bits = sum(int(mask) << (WORD * word) for _, words in limit.sum.counts for word, mask in words)
        return not limit.sum.others and bits >> self.personal.size == 0

    def _amounts(self, limit: Bound) -> list[int]:
        amounts = [0] * self.personal.size
        for weight, words in limit.sum.counts:
            for word, mask in words:
                for shift in range(WORD):
                    if int(mask) >> shift & 1:
                        amounts[WORD * word + shift] += weight
        return amounts

    def _fewest_days(self) -> tuple[int, frozenset[int]]:
        """The tightest limit on days: how many weekdays of some can be opened, and which are counted."""
        best: tuple[int, frozenset[int]] = (len(self.weekdays), frozenset(range(len(self.weekdays))))
        for limit in self.personal.limits:
            if limit.growing and len(limit.sum.counts) == 1 and not limit.sum.others:
                ((weight, words),) = limit.sum.counts
                bits = [WORD * word + shift for word, mask in words for shift in range(WORD) if int(mask) >> shift & 1]
                masks = [self.personal.mask_of(bit) for bit in bits]
                wholes = [sum(1 << bit for bit in group) for group in self.weekdays]
                counted = frozenset(n for n, whole in enumerate(wholes) if any(mask & whole == whole for mask in masks))
                most = (limit.at_most - limit.sum.constant) // weight
                # What is counted together must lie apart: a flag for two weekdays would count once.
                apart = all(sum(1 for whole in wholes if mask & whole) == 1 for mask in masks)
                if apart and len(counted) - most > sum(1 for _ in best[1]) - best[0]:
                    best = (max(0, most), counted)
        return best

    def run(self, prices: Sequence[int], scale: int, *, beam: int, known: int, keep: int) -> Found:
        """The best plans at these prices of features.

        Args:
            prices: what each feature costs, in parts of a point.
            scale: parts of a point.
            beam: most plans under way.
            known: worth of a plan that is known already; only better ones matter.
            keep: most plans to return.
        """
        gains = self._gains(prices, scale)
        single, certain = self._priced_loads(gains)
        chain, after = self._hopes(single, gains.groups)
        certain += gains.certain + sum(gain for gain in gains.groups.values() if gain > 0)
        touching, closing = self._by_candidate(gains.groups)
        plans = self.growth.empty()
        worth = np.full(1, certain, np.int64)
        days = np.zeros(1, np.int64)
        left_out = NEVER
        for number, group in enumerate(self.weekdays):
            following = np.full(plans.shape[1], group.start, np.int64)
            opened = np.zeros(plans.shape[1], np.bool_)
            counts = number in self.counted
            rest = after[number].rest
            for bit in group:
                grown, source = self.growth.extended(plans, bit)
                more = worth[source] + single[bit]
                for words, gain in touching[bit]:
                    more += gain * ~_hit(plans, words)[source]
                plans = np.concatenate((plans, grown), axis=1)
                worth = np.concatenate((worth, more))
                following = np.concatenate((following, np.full(len(source), self.follows[bit], np.int64)))
                days = np.concatenate((days, days[source] + (~opened[source] & counts)))
                opened = np.concatenate((opened, np.ones(len(source), np.bool_)))
                for words, gain in closing[bit]:
                    worth -= gain * ~_hit(plans, words)
                good = self.growth.closes(plans, bit)
                ahead = chain[np.maximum(following, bit + 1) + number]
                free = np.maximum(0, self.most_days - days)
                opening = ahead + after[number].opening + rest[np.maximum(0, free - counts)]
                closed = np.where(free >= counts, np.maximum(rest[free], opening), rest[free])
                bound = worth + np.where(opened, ahead + rest[free], closed)
                good &= bound > known
                if np.count_nonzero(good) > beam:
                    places = np.flatnonzero(good)
                    order = np.argpartition(bound[places], -beam)
                    left_out = max(left_out, int(bound[places[order[:-beam]]].max()))
                    good[places[order[:-beam]]] = False
                if not good.all():
                    plans, worth, following = plans[:, good], worth[good], following[good]
                    days, opened = days[good], opened[good]
        exact = self._exact(plans, prices, scale)
        most = max(known, left_out, int(exact.max()) if len(exact) else NEVER)
        complete = left_out <= known and len(exact) <= keep
        if len(exact) > keep:
            best = np.argpartition(exact, -keep)[-keep:]
            plans, exact = plans[:, best], exact[best]
        return Found(plans, exact, most, complete)

    def _exact(self, plans: Bits, prices: Sequence[int], scale: int) -> Values:
        worth = self.personal.values(plans) * scale
        for features, price in zip(self.personal.features_of(plans), prices, strict=True):
            if price:
                worth -= price * features.astype(np.int64)
        return worth

    # Bounds

    def _gains(self, prices: Sequence[int], scale: int) -> Gains:
        """Prices and gains by candidate, by groups of candidates, and the rest at its best."""
        single = [0] * self.personal.size
        groups: dict[int, int] = defaultdict(int)
        certain = self.personal.gains.constant * scale
        certain += scale * sum(max(0, weight) for weight, _ in self.personal.gains.others)

        def add(bit: int, gain: int) -> None:
            if bit < len(single):
                single[bit] += gain
            else:
                groups[self.personal.mask_of(bit)] += gain

        for weight, words in self.personal.gains.counts:
            for word, mask in words:
                for shift in range(WORD):
                    if int(mask) >> shift & 1:
                        add(WORD * word + shift, weight * scale)
        for said, price in zip(self.personal.said_features, prices, strict=False):
            if isinstance(said, Flag):
                add(said.bit, -price)
            elif isinstance(said, Constant):
                certain -= price * said.value
            else:
                certain += max(0, -price)
        certain += sum(max(0, -price) for price in prices[len(self.personal.said_features) :])
        for day, gain in self._days.items():
            groups[day] += gain * scale
        return Gains(single, groups, certain)

    def _priced_loads(self, gains: Gains) -> tuple[list[int], int]:
        """Gains less the price of the limits that each candidate loads, and what those limits are worth."""

        def bound(prices: Sequence[int]) -> int:
            single = self._less(gains.single, prices)
            certain = sum(price * most for price, (most, _) in zip(prices, self.loads, strict=True))
            _, after = self._hopes(single, gains.groups)
            return certain + after[0].whole

        best, step = bound(self._load_prices), max(map(abs, gains.single), default=0) // 8 + 1
        for _ in range(6):
            for place in range(len(self.loads)):
                for change in (step, -step):
                    tried = list(self._load_prices)
                    tried[place] = max(0, tried[place] + change)
                    if (found := bound(tried)) < best:
                        best, self._load_prices = found, tried
                        break
            step = step // 3 + 1
        certain = sum(price * most for price, (most, _) in zip(self._load_prices, self.loads, strict=True))
        return self._less(gains.single, self._load_prices), certain

    def _less(self, single: Sequence[int], prices: Sequence[int]) -> list[int]:
        less = list(single)
        for price, (_, amounts) in zip(prices, self.loads, strict=True):
            if price:
                less = [gain - price * amount for gain, amount in zip(less, amounts, strict=True)]
        return less

    def _hopes(self, single: Sequence[int], groups: dict[int, int]) -> tuple[Values, list[_After]]:
        """The best chain of candidates from each one on within its weekday, and the best of all later weekdays.

        Each weekday takes one place more than it has candidates, for its end: candidate b of weekday n stands at b + n.
        """
        chain = np.zeros(self.personal.size + len(self.weekdays), np.int64)
        after: list[_After] = []
        counted: list[int] = []
        others = 0

        def best_days() -> Values:
            """The best of so many more of the weekdays that are counted, and of all others."""
            best = sorted(counted, reverse=True)
            return np.array([others + sum(best[:days]) for days in range(self.most_days + 1)], np.int64)

        for number in reversed(range(len(self.weekdays))):
            group = self.weekdays[number]
            best = [0] * (len(group) + 1)
            for bit in reversed(group):
                at = bit - group.start
                best[at] = max(best[at + 1], single[bit] + best[self.follows[bit] - group.start])
            chain[group.start + number : group.stop + number + 1] = best
            whole = sum(1 << bit for bit in group)
            opening = sum(gain for mask, gain in groups.items() if gain < 0 and mask & whole == whole)
            rest = best_days()
            if number in self.counted:
                counted.append(max(0, best[0] + opening))
            else:
                others += max(0, best[0] + opening)
            after.append(_After(opening, rest, int(best_days()[-1])))
        return chain, after[::-1]

    def _by_candidate(self, groups: dict[int, int]) -> tuple[list[_Group], list[_Group]]:
        """By candidate the groups it is in that cost; and those that it is the last of and that gain.

        A cost is counted with the first of a group, a gain beforehand and taken back from who has none of the group.
        """
        touching: list[_Group] = [[] for _ in range(self.personal.size)]
        closing: list[_Group] = [[] for _ in range(self.personal.size)]
        for mask, gain in groups.items():
            words = words_of(mask, self.personal.words)
            if gain < 0:
                for bit in range(self.personal.size):
                    if mask >> bit & 1:
                        touching[bit].append((words, gain))
            elif gain > 0:
                closing[mask.bit_length() - 1].append((words, gain))
        return touching, closing


_Group = list[tuple[list[tuple[int, np.uint64]], int]]


class _After(NamedTuple):
    """Of a weekday: what opening it costs; by how many days may still be opened the best of all later ones; the best of it and them."""

    opening: int
    rest: Values
    whole: int


def _hit(plans: Bits, words: Sequence[tuple[int, np.uint64]]) -> npt.NDArray[np.bool_]:
    """Which plans have any of these bits."""
    found = np.zeros(plans.shape[1], np.bool_)
    for word, mask in words:
        found |= (plans[word] & mask) != 0
    return found
