"""Stretches of work with too little pause, said on a board."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from model.calendar import Dates, days
from model.day import Stop, work_stop
from model.fields import MINUTES_PER_DAY, Weekday
from model.hours_board import Days, Shape
from model.kept_breaks import KeptBreaks
from model.rule import Board, Literal, Part
from model.slots import Mark, Places, Rescue, Slot, SlotDay


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
        self.needed = needed
        self.counted = counted
        self.breaks = KeptBreaks(board, professional)
        self.taken_over = self.breaks.taken_over()

    def said(self) -> Iterator[tuple[list[Literal], frozenset[Literal]]]:
        """For each such stretch literals that are not all true, unless one of others is, which bring it a pause."""
        slots, most, way = self._slots(), self._most_periods(), (self.board.travel, self.professional)
        shapes = self.board.once(Days).shapes(self.professional)
        for weekday in Weekday:
            on = self.board.calendar.on(weekday)
            today = [slot for slot in slots if slot.dates & on]
            if not any(slot.literals for slot in today):
                continue
            day = SlotDay(today, way, self.needed, self.counted, self.taken_over)
            classes = [_Class(self, shape, day) for shape in shapes if shape.dates & on]
            for chosen, dates, rescue in day.without_pause(on, most):
                yield from _on_days([each for each in classes if each.dates & dates], chosen, rescue)

    def _slots(self) -> list[Slot]:
        """Everything a person may do, in order of time."""
        times: dict[tuple[int, int, str, int, int], list[tuple[Literal, Part]]] = {}
        for candidate in self.board.candidates_of(self.professional):
            literal = self.board.teaches(candidate)
            for part in candidate.parts:
                stop = part.stop
                key = stop[:5]  # times, place and margins: all but which lesson it is
                if key in times:
                    times[key].append((literal, part))
                else:
                    times[key] = [(literal, part)]
        work: dict[Stop, Dates] = {}
        for piece in self.board.calendar.pieces(self.professional):
            stop = work_stop(piece)
            work[stop] = work.get(stop, 0) | piece.dates
        for day, stops in self.board.once(Days).meetings(self.professional).items():
            work |= {stop: work.get(stop, 0) | 1 << day for stop in stops}
        slots = [self._slot(lessons) for lessons in times.values()]
        slots += [Slot(stop, dates, 0, ()) for stop, dates in work.items()]
        slots.sort(key=lambda slot: (slot.stop.start, slot.stop.end, slot.stop.key))
        return slots

    def _slot(self, lessons: Sequence[tuple[Literal, Part]]) -> Slot:
        """Lessons at the same time and place."""
        periods_of, (literal, first) = self.board.calendar.lesson_periods, lessons[0]
        if len(lessons) == 1:
            return Slot(first.stop, first.dates, periods_of(first.lesson), ((literal, first.dates),))
        dates = 0
        for _, part in lessons:
            dates |= part.dates
        periods = min([periods_of(part.lesson) for _, part in lessons])
        return Slot(first.stop, dates, periods, [(literal, part.dates) for literal, part in lessons])

    def _most_periods(self) -> int:
        """Most lesson periods that somebody can give on a day anyway."""
        person = self.board.term.professional(self.professional)
        most = [MINUTES_PER_DAY]
        if person.max_lessons_per_week is not None and self.board.holds("lessons_per_week", person.id):
            most.append(person.max_lessons_per_week)
        if person.max_lessons_per_day is not None and self.board.holds("lessons_per_day", person.id):
            most.append(person.max_lessons_per_day)
        return min(most)


class _Class:
    """The slots of a weekday on dates with the same stops, as literals."""

    def __init__(self, stretches: Stretches, shape: Shape, day: SlotDay) -> None:
        self.dates = shape.dates
        self._stretches = stretches
        self._shape = shape
        self._slots = day.slots
        self._there = day.meeting(shape.dates)
        self._taken: dict[int, Literal] = {}
        self._beside: dict[Places, frozenset[Literal]] = {}
        self._rescued: dict[Rescue, frozenset[Literal]] = {}
        self._marks: dict[tuple[Mark, ...], Literal] = {}

    def taken(self, place: int) -> Literal:
        """When a slot is taken."""
        if place not in self._taken:
            self._taken[place] = self._find_taken(self._slots[place])
        return self._taken[place]

    def _find_taken(self, slot: Slot) -> Literal:
        board = self._stretches.board
        if slot.literals:
            lessons = [literal for literal, dates in slot.literals if dates & self.dates]
            return lessons[0] if len(lessons) == 1 else board.any_of(lessons)
        work = (each for each in self._shape.day.stops if each.candidate is None and each.stop == slot.stop)
        here = next(work, None)
        return board.all_of(()) if here is None else board.there(here)  # a meeting takes place in any case

    def rescued(self, rescue: Rescue) -> frozenset[Literal]:
        """Whatever brings a stretch a pause on these dates."""
        beside = rescue.beside & self._there
        if beside not in self._beside:
            self._beside[beside] = frozenset(self.taken(place) for place in days(beside))
        if not rescue.breaks:
            return self._beside[beside]
        if rescue not in self._rescued:
            nothing = self._stretches.board.any_of(())
            held = {self._held(marks) for marks in rescue.breaks if all(self._there >> n & 1 for n, _ in marks)}
            self._rescued[rescue] = self._beside[beside] | held - {nothing}
        return self._rescued[rescue]

    def _held(self, marks: tuple[Mark, ...]) -> Literal:
        """When breaks have been taken over."""
        if marks not in self._marks:
            board, held = self._stretches.board, self._stretches.breaks.held
            self._marks[marks] = board.all_of(
                literal for n, minutes in marks for literal in held(self.dates, self._slots[n].stop, minutes)
            )
        return self._marks[marks]


def _on_days(
    classes: Iterable[_Class], chosen: Sequence[int], rescue: Rescue
) -> Iterator[tuple[list[Literal], frozenset[Literal]]]:
    """A stretch and what brings it a pause, for the classes of its days; once where one says it for others."""
    found: list[tuple[list[Literal], frozenset[Literal]]] = []
    for each in classes:
        new = [each.taken(place) for place in chosen], each.rescued(rescue)
        if new not in found:
            found.append(new)
    for literals, others in found:
        if not any(also == literals and fewer < others for also, fewer in found):
            yield literals, others
