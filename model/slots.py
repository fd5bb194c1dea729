"""What somebody may do on a weekday, and which stretches of that are work with too little pause."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from model.calendar import Dates, days
from model.day import Stop
from model.fields import MINUTES_PER_DAY
from model.hours import follows, is_lesson, worked_minutes
from model.rule import Literal
from model.travel import Travel


class Slot(NamedTuple):
    """Lessons at the same time and place, or a piece of work: to pauses it is all one which of them is there."""

    stop: Stop
    dates: Dates
    periods: int
    """Fewest lesson periods that a lesson here counts for."""
    literals: Sequence[tuple[Literal, Dates]]
    """Lessons that may be there, and when; empty for work, whose literal differs from day to day."""


Places = int
"""Slots of a day by their place in order of time, as the bits of a number."""

Mark = tuple[int, int]
"""A slot of a day by its place, and minutes of a break that it takes over from work given away."""


class Rescue(NamedTuple):
    """What brings a stretch a pause: any of these."""

    beside: Places
    """Slots that bring it a pause by being there."""
    breaks: frozenset[tuple[Mark, ...]]
    """Breaks taken over, all marks of one of them together."""

    def is_part_of(self, other: Rescue) -> bool:
        """Whether the other holds all of it."""
        return not self.beside & ~other.beside and self.breaks <= other.breaks


_Row = tuple[tuple[int, ...], Dates, int, int, int, bool]
"""Slots one after the other, the dates of all of them, their work, pause and lesson periods, whether lessons are there."""


class _Next(NamedTuple):
    """What can come right after a slot."""

    steps: list[tuple[int, int]]
    """Slots by their place, with the pause in between; not what is pause enough for any day."""
    follow: Places
    """All of them."""
    pause: Places
    """Those with a pause in between."""


class SlotDay:
    """The slots of one weekday, as places in a sequence in order of time.

    Args:
        way: who is on the way between slots, and how long that takes.
        needed: minutes of pause that so many minutes of work need; never fewer for more work.
        counted: minutes of an idle time that count as a pause.
        taken_over: minutes of the breaks that a piece of work may take over.
    """

    def __init__(
        self,
        slots: Sequence[Slot],
        way: tuple[Travel, str],
        needed: Callable[[int], int],
        counted: Callable[[int], int],
        taken_over: Mapping[Stop, Iterable[int]],
    ) -> None:
        self.slots = slots
        self.needed = needed
        self.counted = counted
        self.worked = [worked_minutes(slot.stop) for slot in slots]
        self.own = [slot.stop.pause_minutes and self.counted(slot.stop.pause_minutes) for slot in slots]
        self.kept = [
            sorted(taken_over.get(slot.stop, ())) if taken_over and not slot.literals else [] for slot in slots
        ]
        self._own = _places(n for n, pause in enumerate(self.own) if pause)
        self._kept = _places(n for n, breaks in enumerate(self.kept) if breaks)
        self._stops = [(n, slot.stop.start, slot.stop.place, slot.stop) for n, slot in enumerate(slots)]
        self._starts = [start for _, start, _, _ in self._stops]
        self.enough = needed(MINUTES_PER_DAY)
        self._way = way
        self._margin = way[0].margin_minutes(way[1])
        self._next: dict[int, _Next] = {}
        self._of_dates: dict[Dates, Places] = {}
        for n, slot in enumerate(slots):
            self._of_dates[slot.dates] = self._of_dates.get(slot.dates, 0) | 1 << n
        self._meeting: dict[Dates, Places] = {}
        self._befores: dict[int, Rescue] = {}
        self._afters: dict[int, Rescue] = {}

    def meeting(self, dates: Dates) -> Places:
        """Slots with a date among these."""
        if dates not in self._meeting:
            found = 0
            for each, places in self._of_dates.items():
                if each & dates:
                    found |= places
            self._meeting[dates] = found
        return self._meeting[dates]

    def next(self, first: int) -> _Next:
        """What can come right after a slot."""
        if first not in self._next:
            self._next[first] = self._find_next(first)
        return self._next[first]

    def _find_next(self, first: int) -> _Next:
        before, (travel, person), margin, counted = self.slots[first].stop, self._way, self._margin, self.counted
        place, end, leave, lesson = before.place, before.end, before.leave_minutes, is_lesson(before)
        legs = travel.legs_from(person, place, end + leave)
        together = self.meeting(self.slots[first].dates)
        steps, follow, pause = [], 0, 0
        for n, start, there, after in self._stops[bisect_left(self._starts, end, first + 1) :]:
            if not together >> n & 1:
                continue
            idle = start - end
            if there != place and there and place:
                idle -= leave + legs[there] + after.arrive_minutes
            # Whether one can follow the other is asked only where the idle time does not tell.
            if idle < margin and (
                (idle < 0 and (lesson or is_lesson(after))) or not follows(travel, person, before, after)
            ):
                continue
            gap = counted(idle)
            follow |= 1 << n
            if gap:
                pause |= 1 << n
            if gap < self.enough:
                steps.append((n, gap))
        return _Next(steps, follow, pause)

    def _rescue(self, chosen: Sequence[int], worked: int, pause: int) -> Rescue:
        """What would bring a stretch a pause: beside it, or a break taken over within it."""
        before, after = self._before(chosen[0]), self._after(chosen[-1])
        if not self._kept:
            return Rescue(before.beside | after.beside, before.breaks)
        breaks = before.breaks | after.breaks | self._within(chosen, worked, pause)
        return Rescue(before.beside | after.beside, breaks)

    def _before(self, first: int) -> Rescue:
        if first not in self._befores:
            follow = _places(n for n in range(first) if self.next(n).follow >> first & 1)
            pause = _places(n for n in days(follow) if self.next(n).pause >> first & 1)
            self._befores[first] = self._beside(follow, pause)
        return self._befores[first]

    def _after(self, last: int) -> Rescue:
        if last not in self._afters:
            self._afters[last] = self._beside(self.next(last).follow, self.next(last).pause)
        return self._afters[last]

    def _beside(self, follow: Places, pause: Places) -> Rescue:
        """What brings a stretch a pause of slots that can lie next to it, some of them with a pause in between."""
        beside = pause | follow & self._own
        return Rescue(beside, frozenset(self._heirs(follow & ~beside & self._kept)))

    def _heirs(self, slots: Places) -> Iterator[tuple[Mark]]:
        """Breaks that slots can take over."""
        for n in days(slots):
            for minutes in filter(self.counted, self.kept[n]):
                yield ((n, minutes),)

    def _within(self, chosen: Sequence[int], worked: int, pause: int) -> frozenset[tuple[Mark, ...]]:
        """The fewest breaks, taken over by work of a stretch, that make its pause long enough."""
        marks = [(n, minutes) for n in chosen for minutes in self.kept[n]]
        found: list[tuple[Mark, ...]] = []
        for count in range(1, len(marks) + 1):
            for some in combinations(marks, count):
                more, less = sum(self.counted(minutes) for _, minutes in some), sum(minutes for _, minutes in some)
                if pause + more >= self.needed(worked - less) and not any(set(each) <= set(some) for each in found):
                    found.append(some)
        return frozenset(found)

    def without_pause(self, within: Dates, most: int) -> Iterator[tuple[tuple[int, ...], Dates, Rescue]]:
        """Stretches with lessons and too little pause, the dates on which all of it may be there, what brings a pause.

        Left out is what another says already that lacks only a first or last slot without a pause beside it.
        """
        slots, needed, worked_in, own_pause = self.slots, self.needed, self.worked, self.own
        after, work_after = self._most_after(), self._work_after()
        longest = max([worked_in[n] // slot.periods + 1 for n, slot in enumerate(slots) if slot.periods], default=0)
        rows: list[_Row] = []

        def add(row: _Row) -> None:
            """A row that, whatever follows, may have too little pause in no more lessons than the person gives."""
            chosen, _, worked, pause, periods, _ = row
            last = chosen[-1]
            if periods <= most:
                at_most = min(after[last], (most - periods) * longest + work_after[last])
                if pause < needed(worked + at_most):
                    rows.append(row)

        for n, slot in enumerate(slots):
            add(((n,), slot.dates & within, worked_in[n], own_pause[n], slot.periods, bool(slot.literals)))
        while rows:
            chosen, dates, worked, pause, periods, lessons = rows.pop()
            if lessons and pause < needed(worked):
                rescue = self._rescue(chosen, worked, pause)
                if not self._said_by_less(chosen, worked, pause, rescue):
                    yield chosen, dates, rescue
            for n, gap in self.next(chosen[-1]).steps:
                _, when, more, literals = slots[n]
                if also := dates & when:
                    add(
                        ((*chosen, n), also, worked + worked_in[n], pause + gap + own_pause[n], periods + more,
                         lessons or bool(literals))
                    )  # fmt: skip

    def _most_after(self) -> list[int]:
        """The most that can be worked after each slot, in slots that do not overlap, whatever lies between them."""
        most = [0] * (len(self.slots) + 1)
        """The most from each slot on."""
        after = [0] * len(self.slots)
        for n in range(len(self.slots) - 1, -1, -1):
            after[n] = most[bisect_left(self._starts, self.slots[n].stop.end, n + 1)]
            most[n] = max(most[n + 1], self.worked[n] + after[n])
        return after

    def _work_after(self) -> list[int]:
        """All work after each slot, without lessons."""
        found, work = [], 0
        for slot, worked in zip(reversed(self.slots), reversed(self.worked), strict=True):
            found.append(work)
            work += 0 if slot.literals else worked
        return found[::-1]

    def _too_little(self, chosen: Sequence[int], worked: int, pause: int) -> bool:
        return pause < self.needed(worked) and any(self.slots[n].literals for n in chosen)

    def _said_by_less(self, chosen: Sequence[int], worked: int, pause: int, rescue: Rescue) -> bool:
        """Whether it says the same without its first or its last slot, which has no pause beside it."""
        if len(chosen) == 1:
            return False
        ends = ((chosen[0], chosen[:2], chosen[1:]), (chosen[-1], chosen[-2:], chosen[:-1]))
        return any(
            not self.next(before).pause >> after & 1
            and not self.own[end]
            and self._too_little(rest, worked - self.worked[end], pause)
            and self._rescue(rest, worked - self.worked[end], pause).is_part_of(rescue)
            for end, (before, after), rest in ends
        )


def _places(places: Iterable[int]) -> Places:
    found = 0
    for place in places:
        found |= 1 << place
    return found
