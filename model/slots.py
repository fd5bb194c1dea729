"""What somebody may do on a weekday, and which stretches of that are work with too little pause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.calendar import Dates, days
from model.day import Stop
from model.fields import MINUTES_PER_DAY
from model.hours import is_lesson, worked_minutes
from model.rule import Literal
from model.ways import Ways, time_of


class Slot(NamedTuple):
    """Lessons at the same time and place, or a piece of work: to pauses it is all one which of them is there."""

    stop: Stop
    dates: Dates
    periods: int
    """Fewest lesson periods that a lesson here counts for."""
    literals: Sequence[tuple[Literal, Dates]]
    """Lessons that may be there, and when; empty for work, whose literal differs from day to day."""


Pauses = npt.NDArray[np.int64]
"""By the minutes of an idle time, those that count as a pause."""

Places = int
"""Slots by their place in order of time, as the bits of a number."""

Mark = tuple[int, int]
"""A slot by its place, and minutes of a break that it takes over from work given away."""


class Rescue(NamedTuple):
    """What brings a stretch a pause: any of these."""

    beside: Places
    """Slots that bring it a pause by being there."""
    breaks: frozenset[tuple[Mark, ...]]
    """Breaks taken over, all marks of one of them together."""

    def is_part_of(self, other: Rescue) -> bool:
        """Whether the other holds all of it."""
        return not self.beside & ~other.beside and self.breaks <= other.breaks


class Next(NamedTuple):
    """What can come right after a slot."""

    steps: list[tuple[int, int]]
    """Slots by their place, with the pause in between; not what is pause enough for any day."""
    follow: Places
    """All of them."""
    pause: Places
    """Those with a pause in between."""


class Slots:
    """Everything one person may do in a term, in order of time.

    Args:
        slots: lessons and work, in order of time.
        ways: what lies between them.
        needed: minutes of pause that so many minutes of work need; never fewer for more work.
        pauses: of each idle time, by its minutes, how many count as a pause.
        taken_over: minutes of the breaks that a piece of work may take over.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        ways: Ways,
        needed: Callable[[int], int],
        pauses: Pauses,
        taken_over: Mapping[Stop, Iterable[int]],
    ) -> None:
        self.slots = slots
        self.needed = needed
        self.enough = needed(MINUTES_PER_DAY)
        self.worked = [worked_minutes(slot.stop) for slot in slots]
        self.own = [slot.stop.pause_minutes and int(pauses[slot.stop.pause_minutes]) for slot in slots]
        self.kept = [
            sorted(minutes for minutes in taken_over.get(slot.stop, ()) if pauses[minutes])
            if taken_over and not slot.literals
            else []
            for slot in slots
        ]
        self.with_own = _places(n for n, pause in enumerate(self.own) if pause)
        self.with_kept = _places(n for n, breaks in enumerate(self.kept) if breaks)
        self._ways = ways
        self._pauses = pauses
        self._of_dates: dict[Dates, Places] = {}
        for n, slot in enumerate(slots):
            self._of_dates[slot.dates] = self._of_dates.get(slot.dates, 0) | 1 << n
        self._meeting: dict[Dates, Places] = {}

    def meeting(self, dates: Dates) -> Places:
        """Slots with a date among these."""
        if dates not in self._meeting:
            found = 0
            for each, places in self._of_dates.items():
                if each & dates:
                    found |= places
            self._meeting[dates] = found
        return self._meeting[dates]

    def counted(self, minutes: int) -> int:
        """How many of the minutes of an idle time count as a pause."""
        return int(self._pauses[minutes])

    @cached_property
    def next(self) -> list[Next]:
        """What can come right after each slot; asked for only where there may be too little pause at all."""
        slots, ways = self.slots, self._ways
        at = np.array([ways.place[time_of(slot.stop)] for slot in slots])
        pairs = at[:, None] * len(ways.place) + at
        lesson = np.array([is_lesson(slot.stop) for slot in slots])
        follows: npt.NDArray[np.bool_] = ways.fits.take(pairs)
        if not lesson.all():  # how work follows work is the employer's affair
            work = np.flatnonzero(~lesson)
            follows[work[:, None], work] = ways.after[at[work][:, None], at[work]]
        kinds = {dates: n for n, dates in enumerate(self._of_dates)}
        meet = np.array([[one & other != 0 for other in kinds] for one in kinds])
        kind = np.array([kinds[slot.dates] for slot in slots])
        follows &= meet[kind[:, None], kind]
        follows = np.triu(follows, 1)
        before, after = follows.nonzero()
        gaps = self._pauses[np.clip(ways.idle.take(pairs[before, after]), 0, MINUTES_PER_DAY)]
        steps: list[list[tuple[int, int]]] = [[] for _ in slots]
        short = gaps < self.enough
        for n, next_, gap in zip(before[short].tolist(), after[short].tolist(), gaps[short].tolist(), strict=True):
            steps[n].append((next_, gap))
        pauses = np.zeros_like(follows)
        pauses[before, after] = gaps > 0
        return [Next(*each) for each in zip(steps, _rows(follows), _rows(pauses), strict=True)]


class SlotDay:
    """The slots of one weekday."""

    def __init__(self, of: Slots, on: Dates) -> None:
        self._of = of
        self._on = on
        self._today = of.meeting(on)
        self._befores: dict[int, Rescue] = {}
        self._afters: dict[int, Rescue] = {}

    def _rescue(self, chosen: Sequence[int], worked: int, pause: int) -> Rescue:
        """What would bring a stretch a pause: beside it, or a break taken over within it."""
        before, after = self._before(chosen[0]), self._after(chosen[-1])
        if not self._of.with_kept:
            return Rescue(before.beside | after.beside, before.breaks)
        breaks = before.breaks | after.breaks | self._within(chosen, worked, pause)
        return Rescue(before.beside | after.beside, breaks)

    def _before(self, first: int) -> Rescue:
        if first not in self._befores:
            following = self._of.next
            follow = _places(n for n in days(self._today) if following[n].follow >> first & 1)
            pause = _places(n for n in days(follow) if following[n].pause >> first & 1)
            self._befores[first] = self._beside(follow, pause)
        return self._befores[first]

    def _after(self, last: int) -> Rescue:
        if last not in self._afters:
            following = self._of.next[last]
            self._afters[last] = self._beside(following.follow & self._today, following.pause & self._today)
        return self._afters[last]

    def _beside(self, follow: Places, pause: Places) -> Rescue:
        """What brings a stretch a pause of slots that can lie next to it, some of them with a pause in between."""
        beside = pause | follow & self._of.with_own
        return Rescue(beside, frozenset(self._heirs(follow & ~beside & self._of.with_kept)))

    def _heirs(self, slots: Places) -> Iterator[tuple[Mark]]:
        """Breaks that slots can take over."""
        for n in days(slots):
            for minutes in self._of.kept[n]:
                yield ((n, minutes),)

    def _within(self, chosen: Sequence[int], worked: int, pause: int) -> frozenset[tuple[Mark, ...]]:
        """The fewest breaks, taken over by work of a stretch, that make its pause long enough."""
        marks = [(n, minutes) for n in chosen for minutes in self._of.kept[n]]
        found: list[tuple[Mark, ...]] = []
        for count in range(1, len(marks) + 1):
            for some in combinations(marks, count):
                more, less = sum(self._of.counted(minutes) for _, minutes in some), sum(minutes for _, minutes in some)
                if pause + more >= self._of.needed(worked - less) and not any(set(each) <= set(some) for each in found):
                    found.append(some)
        return frozenset(found)

    def without_pause(self, most: int) -> Iterator[tuple[tuple[int, ...], Dates, Rescue]]:
        """Stretches with lessons and too little pause, the dates on which all of it may be there, what brings a pause.

        Left out is what another says already that lacks only a first or last slot without a pause beside it.
        """
        slots, needed, worked_in, own = self._of.slots, self._of.needed, self._of.worked, self._of.own
        today = list(days(self._today))
        after, work_after = self._most_after(today), self._work_after(today)
        longest = max((worked_in[n] // slots[n].periods + 1 for n in today if slots[n].periods), default=0)

        def may_lack(last: int, worked: int, pause: int, periods: int) -> bool:
            """Whether, whatever follows, there may be too little pause in no more lessons than the person gives."""
            if periods > most:
                return False
            at_most = min(after[last], (most - periods) * longest + work_after[last])
            return pause < needed(worked + at_most)

        rows: list[tuple[tuple[int, ...], Dates, int, int, int]] = [
            ((n,), slots[n].dates & self._on, worked_in[n], own[n], slots[n].periods)
            for n in today
            if may_lack(n, worked_in[n], own[n], slots[n].periods)
        ]
        while rows:
            chosen, dates, worked, pause, periods = rows.pop()
            if self._too_little(chosen, worked, pause):
                rescue = self._rescue(chosen, worked, pause)
                if not self._said_by_less(chosen, worked, pause, rescue):
                    yield chosen, dates, rescue
            for n, gap in self._of.next[chosen[-1]].steps:
                if also := dates & slots[n].dates:
                    more = (worked + worked_in[n], pause + gap + own[n], periods + slots[n].periods)
                    if may_lack(n, *more):
                        rows.append(((*chosen, n), also, *more))

    def _most_after(self, today: Sequence[int]) -> dict[int, int]:
        """The most that can be worked after each slot, in slots that do not overlap, whatever lies between them."""
        starts = [self._of.slots[n].stop.start for n in today]
        most = [0] * (len(today) + 1)
        """The most from each slot on."""
        after: dict[int, int] = {}
        for place in range(len(today) - 1, -1, -1):
            n = today[place]
            after[n] = most[bisect_left(starts, self._of.slots[n].stop.end, place + 1)]
            most[place] = max(most[place + 1], self._of.worked[n] + after[n])
        return after

    def _work_after(self, today: Sequence[int]) -> dict[int, int]:
        """All work after each slot, without lessons."""
        found, work = {}, 0
        for n in reversed(today):
            found[n] = work
            work += 0 if self._of.slots[n].literals else self._of.worked[n]
        return found

    def _too_little(self, chosen: Sequence[int], worked: int, pause: int) -> bool:
        return pause < self._of.needed(worked) and any(self._of.slots[n].literals for n in chosen)

    def _said_by_less(self, chosen: Sequence[int], worked: int, pause: int, rescue: Rescue) -> bool:
        """Whether it says the same without its first or its last slot, which has no pause beside it."""
        if len(chosen) == 1:
            return False
        ends = ((chosen[0], chosen[:2], chosen[1:]), (chosen[-1], chosen[-2:], chosen[:-1]))
        return any(
            not self._of.next[before].pause >> after & 1
            and not self._of.own[end]
            and self._too_little(rest, worked - self._of.worked[end], pause)
            and self._rescue(rest, worked - self._of.worked[end], pause).is_part_of(rescue)
            for end, (before, after), rest in ends
        )


def _rows(pairs: npt.NDArray[np.bool_]) -> list[Places]:
    """The rows of a square of truths as sets of places."""
    packed, size = np.packbits(pairs, axis=1, bitorder="little"), -(-len(pairs) // 8)
    every = packed.tobytes()
    return [int.from_bytes(every[row : row + size], "little") for row in range(0, len(every), size)]


def _places(places: Iterable[int]) -> Places:
    found = 0
    for place in places:
        found |= 1 << place
    return found
