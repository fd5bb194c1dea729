"""Stretches of work with too little pause, said on a board."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

from model.calendar import Dates
from model.day import Stop, work_stop
from model.fields import MINUTES_PER_DAY, Weekday
from model.hours import follows, is_lesson, worked_minutes
from model.hours_board import Days, Shape
from model.kept_breaks import KeptBreaks
from model.rule import Board, Literal, Part


class Slot(NamedTuple):
    """Lessons at the same time and place, or a piece of work: to pauses it is all one which of them is there."""

    place: int
    """Place among all slots of the person."""
    stop: Stop
    dates: Dates
    periods: int
    """Fewest lesson periods that a lesson here counts for."""
    literals: tuple[tuple[Literal, Dates], ...]
    """Lessons that may be there, and when; empty for work, whose literal differs from day to day."""


Mark = tuple[int, int]
"""A slot of a day by its place, and minutes of a break that it took over from work given away; 0 where it need not."""

Rescue = frozenset[tuple[Mark, ...]]
"""What brings a stretch a pause: one of these, all its marks together."""


class Stretches:
    """What one person's stretches of work with too little pause consist of.

    Args:
        needed: minutes of pause that so many minutes of work need; never fewer for more work.
        counted: minutes of an idle time that count as a pause.
    """

    def __init__(
        self, board: Board, professional: str, needed: Callable[[int], int], counted: Callable[[int], int]
    ) -> None:
        self.board = board
        self.professional = professional
        self.needed = cache(needed)
        self.counted = cache(counted)
        self.margin = board.travel.margin_minutes(professional)
        self._taken: dict[tuple[Dates, int], Literal] = {}
        self._today: list[Shape] = []
        self._never = board.any_of(())
        self.breaks = KeptBreaks(board, professional)
        self.taken_over = self.breaks.taken_over()

    def said(self) -> Iterator[tuple[list[Literal], frozenset[Literal]]]:
        """For each such stretch literals that are not all true, unless one of others is, which bring it a pause."""
        slots = self._slots()
        for weekday in Weekday:
            on = self.board.calendar.on(weekday)
            today = [slot for slot in slots if slot.dates & on]
            if not any(slot.literals for slot in today):
                continue
            self._today = [shape for shape in self.board.once(Days).shapes(self.professional) if shape.dates & on]
            day = _Day(self, today)
            for chosen, dates, rescue in day.without_pause(on, self._most_periods()):
                others = [[(today[n], minutes) for n, minutes in marks] for marks in rescue]
                yield from self._on_days(dates, [today[n] for n in chosen], others)

    def _on_days(
        self, dates: Dates, chosen: Sequence[Slot], rescue: Sequence[Sequence[tuple[Slot, int]]]
    ) -> Iterator[tuple[list[Literal], frozenset[Literal]]]:
        """A stretch and what would bring it a pause, for the classes of its days; once where one says it for others."""
        found: list[tuple[list[Literal], frozenset[Literal]]] = []
        for shape in self._today:
            if shape.dates & dates:
                literals = [self._on(shape, each) for each in chosen]
                others = frozenset(
                    self._rescued(shape, marks)
                    for marks in rescue
                    if all(slot.dates & shape.dates for slot, _ in marks)
                )
                found.append((literals, others - {self._never}))
        for literals, others in found:
            if not any(also == literals and fewer < others for also, fewer in found):
                yield literals, others

    def _rescued(self, shape: Shape, marks: Sequence[tuple[Slot, int]]) -> Literal:
        """When slots are taken or hold a break, on some dates."""
        if len(marks) == 1 and not marks[0][1]:
            return self._on(shape, marks[0][0])
        return self.board.all_of(
            literal
            for slot, minutes in marks
            for literal in (self.breaks.held(shape.dates, slot.stop, minutes) if minutes else (self._on(shape, slot),))
        )

    def _on(self, shape: Shape, slot: Slot) -> Literal:
        """When a slot is taken on some dates."""
        key = (shape.dates, slot.place)
        if key not in self._taken:
            if slot.literals:
                taken = self.board.any_of(literal for literal, dates in slot.literals if dates & shape.dates)
            else:
                taken = next(literal for stop, literal in shape.stops if stop == slot.stop)
            self._taken[key] = taken
        return self._taken[key]

    def _slots(self) -> list[Slot]:
        """Everything a person may do, in order of time."""
        times: dict[tuple[int, int, str, int, int], list[tuple[Part, Literal]]] = {}
        for candidate in self.board.candidates_of(self.professional):
            literal = self.board.teaches(candidate)
            for part in candidate.parts:
                stop = part.stop
                key = (stop.start, stop.end, stop.place, stop.arrive_minutes, stop.leave_minutes)
                times.setdefault(key, []).append((part, literal))
        work: dict[Stop, Dates] = {}
        for piece in self.board.calendar.pieces(self.professional):
            stop = work_stop(piece)
            work[stop] = work.get(stop, 0) | piece.dates
        for day, stops in self.board.once(Days).meetings(self.professional).items():
            work |= {stop: work.get(stop, 0) | 1 << day for stop in stops}
        slots = [self._slot(lessons) for lessons in times.values()]
        slots += [Slot(0, stop, dates, 0, ()) for stop, dates in work.items()]
        slots.sort(key=lambda slot: slot.stop.order)
        return [slot._replace(place=place) for place, slot in enumerate(slots)]

    def _slot(self, lessons: Sequence[tuple[Part, Literal]]) -> Slot:
        """Lessons at the same time and place."""
        dates = 0
        for part, _ in lessons:
            dates |= part.dates
        periods = min(self.board.calendar.lesson_periods(part.lesson) for part, _ in lessons)
        return Slot(0, lessons[0][0].stop, dates, periods, tuple((literal, part.dates) for part, literal in lessons))

    def _most_periods(self) -> int:
        """Most lesson periods that somebody can give on a day anyway."""
        person = self.board.term.professional(self.professional)
        most = [MINUTES_PER_DAY]
        if person.max_lessons_per_week is not None and self.board.holds("lessons_per_week", person.id):
            most.append(person.max_lessons_per_week)
        if person.max_lessons_per_day is not None and self.board.holds("lessons_per_day", person.id):
            most.append(person.max_lessons_per_day)
        return min(most)

    def gaps(self, before: Slot, afters: Sequence[Slot]) -> list[int]:
        """The pause between a slot and each of others, if that comes right after it; less than 0 if it cannot."""
        first, found = before.stop, []
        legs = self.board.travel.legs_from(self.professional, first.place, first.end + first.leave_minutes)
        for slot in afters:
            after = slot.stop
            idle = after.start - first.end
            if idle < 0 or not before.dates & slot.dates:
                found.append(-1)
                continue
            if first.place and after.place and first.place != after.place:
                idle -= first.leave_minutes + legs[after.place] + after.arrive_minutes
            # Whether one can follow the other is asked only where the idle time does not tell.
            if idle >= self.margin or (
                (idle >= 0 or not (is_lesson(first) or is_lesson(after)))
                and follows(self.board.travel, self.professional, first, after)
            ):
                found.append(self.counted(idle))
            else:
                found.append(-1)
        return found


def _most_after(slots: Sequence[Slot]) -> list[int]:
    """The most that can be worked after each slot, in slots that do not overlap, whatever lies between them."""
    starts = [slot.stop.start for slot in slots]
    most = [0] * (len(slots) + 1)
    """The most from each slot on."""
    after = [0] * len(slots)
    for n in range(len(slots) - 1, -1, -1):
        after[n] = most[max(n + 1, bisect_left(starts, slots[n].stop.end))]
        most[n] = max(most[n + 1], worked_minutes(slots[n].stop) + after[n])
    return after


class _Day:
    """The slots of one weekday, as places in a sequence in order of time."""

    def __init__(self, stretches: Stretches, slots: Sequence[Slot]) -> None:
        self.slots = slots
        self.needed = stretches.needed
        self.counted = stretches.counted
        self.worked = [worked_minutes(slot.stop) for slot in slots]
        self.own = [stretches.counted(slot.stop.pause_minutes) for slot in slots]
        self.kept = [sorted(stretches.taken_over.get(slot.stop, ())) for slot in slots]
        self.lessons = [is_lesson(slot.stop) for slot in slots]
        self.enough = self.needed(MINUTES_PER_DAY)
        self._stretches = stretches
        self._gaps: dict[int, list[int]] = {}
        self._found_steps: dict[int, list[tuple[int, int]]] = {}
        self._befores: dict[int, Rescue] = {}
        self._afters: dict[int, Rescue] = {}

    def gap(self, first: int, second: int) -> int:
        """The pause between two slots, one right after the other; less than 0 if they cannot be."""
        return self._gaps_from(first)[second - first - 1]

    def _gaps_from(self, first: int) -> list[int]:
        if first not in self._gaps:
            self._gaps[first] = self._stretches.gaps(self.slots[first], self.slots[first + 1 :])
        return self._gaps[first]

    def _rescue(self, chosen: Sequence[int], worked: int, pause: int) -> Rescue:
        """What would bring a stretch a pause: beside it, or a break taken over within it."""
        return self._before(chosen[0]) | self._after(chosen[-1]) | self._within(chosen, worked, pause)

    def _before(self, first: int) -> Rescue:
        if first not in self._befores:
            marks = (mark for n in range(first) for mark in self._beside(n, self.gap(n, first)))
            self._befores[first] = frozenset(marks)
        return self._befores[first]

    def _after(self, last: int) -> Rescue:
        if last not in self._afters:
            gaps = enumerate(self._gaps_from(last), last + 1)
            self._afters[last] = frozenset(mark for n, gap in gaps for mark in self._beside(n, gap))
        return self._afters[last]

    def _beside(self, slot: int, gap: int) -> Iterator[tuple[Mark]]:
        """When a slot that lies so far from a stretch brings it a pause."""
        if gap >= 0 and gap + self.own[slot]:
            yield ((slot, 0),)
        elif gap >= 0:
            for minutes in filter(self.counted, self.kept[slot]):
                yield ((slot, minutes),)

    def _within(self, chosen: Sequence[int], worked: int, pause: int) -> Rescue:
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
        after = _most_after(self.slots)
        longest = max(
            (self.worked[n] // slot.periods + 1 for n, slot in enumerate(self.slots) if slot.periods), default=0
        )
        work_after = [
            sum(self.worked[m] for m in range(n + 1, len(self.slots)) if not self.lessons[m])
            for n in range(len(self.slots))
        ]

        def may_lack(last: int, worked: int, pause: int, periods: int) -> bool:
            """Whether, whatever follows, there may be too little pause in no more lessons than the person gives."""
            at_most = worked + min(after[last], (most - periods) * longest + work_after[last])
            return periods <= most and pause < self.needed(at_most)

        rows: list[tuple[tuple[int, ...], Dates, int, int, int]] = [
            ((n,), slot.dates & within, self.worked[n], self.own[n], slot.periods)
            for n, slot in enumerate(self.slots)
            if may_lack(n, self.worked[n], self.own[n], slot.periods)
        ]
        while rows:
            chosen, dates, worked, pause, periods = rows.pop()
            if self._too_little(chosen, worked, pause) and not self._said_by_less(chosen, worked, pause):
                yield chosen, dates, self._rescue(chosen, worked, pause)
            for n, gap in self._steps(chosen[-1]):
                more = (worked + self.worked[n], pause + gap + self.own[n], periods + self.slots[n].periods)
                if (also := dates & self.slots[n].dates) and may_lack(n, *more):
                    rows.append(((*chosen, n), also, *more))

    def _steps(self, last: int) -> list[tuple[int, int]]:
        """What may come right after a slot, with the pause in between; not what is pause enough for any day."""
        if last not in self._found_steps:
            gaps = enumerate(self._gaps_from(last), last + 1)
            self._found_steps[last] = [(n, gap) for n, gap in gaps if 0 <= gap < self.enough]
        return self._found_steps[last]

    def _too_little(self, chosen: Sequence[int], worked: int, pause: int) -> bool:
        return pause < self.needed(worked) and any(self.lessons[n] for n in chosen)

    def _said_by_less(self, chosen: Sequence[int], worked: int, pause: int) -> bool:
        """Whether it says the same without its first or its last slot, which has no pause beside it."""
        if len(chosen) == 1:
            return False
        rescue = self._rescue(chosen, worked, pause)
        ends = ((chosen[0], chosen[:2], chosen[1:]), (chosen[-1], chosen[-2:], chosen[:-1]))
        return any(
            not self.gap(*pair)
            and not self.own[end]
            and self._too_little(rest, worked - self.worked[end], pause)
            and self._rescue(rest, worked - self.worked[end], pause) <= rescue
            for end, pair, rest in ends
        )
