"""What a timetabler does by hand: the lesson that fewest can give first, to whom it costs least; nothing is taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.neutral import TRUE, Candidate, Day, Instance, Limit, day_cost, step_costs


def greedy(instance: Instance) -> set[int]:
    """Chosen candidates, that together break no clash, and no limit that was not broken to begin with."""
    blocks: dict[tuple[str, tuple[str, ...], frozenset[int] | None], list[int]] = defaultdict(list)
    for index, each in enumerate(instance.candidates):
        blocks[each.course, each.lessons, each.weeks].append(index)
    plan = _Plan(instance)
    for block in sorted(blocks.values(), key=lambda block: _scarcity(instance.candidates, block)):
        while (best := plan.best_of(block)) is not None:
            plan.take(best)
    return plan.chosen


def _scarcity(candidates: Sequence[Candidate], block: Iterable[int]) -> int:
    """How many people could give a block."""
    return len({candidates[index].professional for index in block})


class _Plan:
    """Candidates chosen so far, with what they add up to in every limit."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.chosen: set[int] = set()
        self.true = {TRUE}
        self.used = [_always(limit.terms) for limit in instance.limits]
        self.price = dict(instance.costs)
        self.excluded: dict[int, set[int]] = defaultdict(set)
        for a, b in instance.clashing_pairs():
            self.excluded[a].add(b)
            self.excluded[b].add(a)
        self.parents: dict[int, list[int]] = defaultdict(list)
        for number, each in enumerate(instance.derived, len(instance.candidates)):
            for literal in each.of:
                self.parents[literal].append(number)
        self.limits_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, limit in enumerate(instance.limits):
            for literal, weight in limit.terms:
                self.limits_of[literal].append((number, weight))
        self.days_of: dict[int, set[int]] = defaultdict(set)
        self.candidates_of = [_candidates(day) for day in instance.days]
        for number, candidates in enumerate(self.candidates_of):
            for index in candidates:
                self.days_of[index].add(number)
        self.steps: dict[int, dict[tuple[int, int], int]] = {}
        self.sums = [[_always(group) for group in level.groups] for level in instance.levels]
        self.groups_of: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for number, level in enumerate(instance.levels):
            for group, terms in enumerate(level.groups):
                for literal, weight in terms:
                    self.groups_of[literal].append((number, group, weight))

    def best_of(self, block: Iterable[int]) -> int | None:
        """The candidate that gains most, if one may be added and gains anything or is owed."""
        best: tuple[bool, int, int] | None = None
        for index in block:
            added = self.added(index)
            if added is not None and (added[0] or added[1] > 0) and (best is None or (*added, -index) > best):
                best = (*added, -index)
        return None if best is None else -best[2]

    def added(self, index: int) -> tuple[bool, int] | None:
        """Whether a candidate is owed by a limit that is broken without it, and what it gains; None if not allowed."""
        if index in self.chosen or index in self.excluded[index] or self.excluded[index] & self.chosen:
            return None
        made = self.made_true(index)
        gain, owed = -sum(self.price.get(literal, 0) for literal in made), False
        for number, extra in self.weights(made).items():
            limit, used = self.instance.limits[number], self.used[number]
            if limit.price is not None:
                gain -= limit.price * (_excess(limit, used + extra) - _excess(limit, used))
            elif extra > 0 and used + extra > limit.at_most:
                return None
            owed = owed or (limit.price is None and extra < 0 and used > limit.at_most)
        gain += self.levelled(made)
        return owed, gain - sum(self.dearer(day, index) for day in self.days_of[index])

    def take(self, index: int) -> None:
        """Choose a candidate."""
        made = self.made_true(index)
        for number, extra in self.weights(made).items():
            self.used[number] += extra
        for (number, group), extra in self.raised(made).items():
            self.sums[number][group] += extra
        self.chosen.add(index)
        self.true.update(made)

    def made_true(self, index: int) -> list[int]:
        """Literals that become true with a candidate; definitions come after what they are made of."""
        made, waiting = [index], list(self.parents[index])
        while waiting:
            number = waiting.pop()
            each = self.instance.derived[number - len(self.instance.candidates)]
            holds = any if each.kind == "any" else all
            if number not in self.true and number not in made and holds(x in self.true or x in made for x in each.of):
                made.append(number)
                waiting += self.parents[number]
        return made

    def weights(self, made: Iterable[int]) -> dict[int, int]:
        """What literals add to limits."""
        found: dict[int, int] = defaultdict(int)
        for literal in made:
            for number, weight in self.limits_of[literal]:
                found[number] += weight
        return found

    def raised(self, made: Iterable[int]) -> dict[tuple[int, int], int]:
        """What literals add to the sums of levels, by level and group."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        for literal in made:
            for number, group, weight in self.groups_of[literal]:
                found[number, group] += weight
        return found

    def levelled(self, made: Iterable[int]) -> int:
        """What literals gain because the smallest sum of a level grows."""
        raised = self.raised(made)
        gain = 0
        for number in dict.fromkeys(number for number, _ in raised):
            sums = self.sums[number]
            now = min(each + raised.get((number, group), 0) for group, each in enumerate(sums))
            gain += self.instance.levels[number].weight * (now - min(sums))
        return gain

    def dearer(self, number: int, index: int) -> int:
        """How much more a day costs with a candidate."""
        day = self.instance.days[number]
        if number not in self.steps:
            self.steps[number] = step_costs(day)
        now = self.candidates_of[number] & self.chosen
        costs = self.steps[number]
        return day_cost(day, now | {index}, costs) - day_cost(day, now, costs)


def _candidates(day: Day) -> frozenset[int]:
    """Candidates that a day depends on."""
    giving = {stop.candidate for stop in day.stops if stop.candidate is not None}
    return frozenset(giving.union(*(stop.unless for stop in day.stops)))


def _always(terms: Iterable[tuple[int, int]]) -> int:
    """What a sum is before anything is chosen."""
    return sum(weight for literal, weight in terms if literal == TRUE)


def _excess(limit: Limit, used: int) -> int:
    return max(0, used - limit.at_most)
