"""The facts that are worth most together: a long job, as worths do not add up.

Two people may wait for the same lesson, or need each other. Added one by one, then exchanged one by one, each set planned anew;
beside it stands what no as many facts can be worth, by what each person's best plan is with theirs. Where the two meet the
set is proved best, else it is the best that was found.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from solver.explain.base import Base
from solver.explain.facts import Fact, FactKind
from solver.explain.local import Answered
from solver.explain.worth import Worth, rise, together

EACH_SECONDS = 5.0
"""How long one set may be planned anew."""

MOST_SETS = 200
"""Where there are no more sets than this of as many facts as asked for, all are looked at."""

POOL = 24
"""So many facts are put together with others, those first that raise the ceiling most."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best set so far.

    Attributes:
        worth: what its facts are worth together.
        upper: no as many of the facts asked about are worth more together.
        tried: how many sets were planned anew.
    """

    worth: Worth
    upper: int
    tried: int = 0

    @property
    def proved(self) -> bool:
        """Whether no set is worth more."""
        return self.worth.lower == self.upper


def best_together(
    base: Base,
    facts: Sequence[Fact],
    most: int,
    seconds: float,
    tell: Callable[[Best], None] = lambda _: None,
    *,
    known: Sequence[Worth] = (),
) -> Best:
    """The facts that are worth most together, so many at most, as far as the time tells.

    Args:
        tell: is told each better set.
        known: what is known of facts alone, to begin with the best of them.
    """
    search = _Search(base, facts, most, time.monotonic() + seconds, tell)
    alone = max((each for each in known if each.gain), key=lambda each: each.gain, default=None)
    if alone is not None:
        search.best = replace(search.best, worth=alone)
        tell(search.best)
    return search.run()


class _Search:
    def __init__(
        self, base: Base, facts: Sequence[Fact], most: int, until: float, tell: Callable[[Best], None]
    ) -> None:
        self.base, self.most, self.until, self.tell = base, most, until, tell
        self.rises = {each.key: rise(base, [each]) for each in facts}
        self.groups: dict[str, list[Fact]] = defaultdict(list)
        for each in facts:
            self.groups[each.professional or each.lesson or ""].append(each)
        self.all_of = {
            group: rise(base, mine) if len(mine) > 1 else self.rises[mine[0].key] for group, mine in self.groups.items()
        }
        self.pool = sorted(facts, key=lambda each: (-self.rises[each.key], -self.all_of[_group(each)]))[:POOL]
        self.best = Best(Worth((), Answered.IMPOSSIBLE, 0, 0), self._upper(facts))

    def _upper(self, facts: Sequence[Fact]) -> int:
        """What no so many facts are worth more than together.

        Of somebody one fact raises the ceiling by what it does alone, more of theirs by no more than all of theirs do. With
        another time of a lesson people may need both: then by no more than all facts do.
        """
        if not self.base.clean:
            return self.base.ceiling.open_places
        if any(each.kind is FactKind.TIME for each in facts):
            raised = rise(self.base, facts)
        else:
            best = [0] * (self.most + 1)
            for group, mine in self.groups.items():
                one, several = max(self.rises[each.key] for each in mine), self.all_of[group]
                ways = [one if count == 1 else several for count in range(1, len(mine) + 1)]
                best = [
                    max(best[left - taken] + ([0, *ways][taken]) for taken in range(min(left, len(ways)) + 1))
                    for left in range(self.most + 1)
                ]
            raised = best[-1]
        return max(0, self.base.ceiling.with_more(raised) - self.base.free)

    def run(self) -> Best:
        chosen = self.best.worth.facts
        while len(chosen) < self.most:
            following = self._better((*chosen, each) for each in self.pool if each not in chosen)
            following = following or self._better(self._pairs(chosen))
            if following is None:
                break
            chosen = following
        while self._going():
            others = (
                (*(each for each in chosen if each is not out), new)
                for out in chosen
                for new in self.pool
                if new not in chosen
            )
            following = self._better(others)
            if following is None:
                break
            chosen = following
        self._exhaust()
        return self.best

    def _exhaust(self) -> None:
        """With few sets: each of the full number looked at, so that none is left that could be worth more."""
        facts = [each for mine in self.groups.values() for each in mine]
        count = min(self.most, len(facts))
        if not self._going() or comb(len(facts), count) > MOST_SETS:
            return
        upper = 0
        for each in combinations(facts, count):
            if self._at_most(each) <= max(upper, self.best.worth.gain):
                continue  # nothing that would raise what is known
            left = self.until - time.monotonic()
            if left <= 0:
                return
            tried = together(self.base, each, min(EACH_SECONDS, left))
            self.best = replace(self.best, tried=self.best.tried + 1)
            upper = max(upper, tried.upper)
            if tried.gain > self.best.worth.gain:
                self.best = replace(self.best, worth=tried)
                self.tell(self.best)
        self.best = replace(self.best, upper=min(self.best.upper, max(upper, self.best.worth.gain)))

    def _at_most(self, chosen: Sequence[Fact]) -> int:
        """What a set is worth at most, by the ceiling."""
        if not self.base.clean:
            return self.base.ceiling.open_places
        return max(0, self.base.ceiling.with_more(rise(self.base, chosen)) - self.base.free)

    def _pairs(self, chosen: tuple[Fact, ...]) -> Iterator[tuple[Fact, ...]]:
        """Two facts of one person that bring nothing alone."""
        for mine in self.groups.values():
            left = [each for each in mine if each not in chosen]
            for place, one in enumerate(left) if len(chosen) + 2 <= self.most and self.all_of[_group(mine[0])] else ():
                yield from ((*chosen, one, other) for other in left[place + 1 :])

    def _better(self, sets: Iterable[tuple[Fact, ...]]) -> tuple[Fact, ...] | None:
        """The best of some sets, where it is better than the best so far."""
        found = None
        for each in sets:
            if not self._going():
                break
            tried = together(self.base, each, min(EACH_SECONDS, self.until - time.monotonic()))
            self.best = replace(self.best, tried=self.best.tried + 1)
            if tried.gain > self.best.worth.gain:
                found, self.best = each, replace(self.best, worth=tried)
                self.tell(self.best)
        return found

    def _going(self) -> bool:
        return time.monotonic() < self.until and self.best.worth.gain < self.best.upper


def _group(fact: Fact) -> str:
    return fact.professional or fact.lesson or ""
