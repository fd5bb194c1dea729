"""Free lesson periods between lessons (tussenuren): what counts as one, as a timetable reads and as a board says it.

A free period lies wholly between two lessons of one person on one day with nothing else to do there, neither a lesson
nor work that remains; the way to another school and its buffers come off. A school without a time grid counts minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from model.calendar import MINUTES_PER_LESSON_PERIOD, Calendar, Dates, days, partition
from model.day import Stop, leg_minutes
from model.rule import Board, DayClass, Literal
from model.travel import Travel

if TYPE_CHECKING:
    from model.reading import Reading


class Wait(NamedTuple):
    """Free periods between two moments of somebody's days, and when it is so."""

    waits: Literal
    periods: int
    dates: Dates


def free_between(times: Iterable[tuple[int, int]], start: int, end: int) -> int:
    """How many lesson periods of a grid lie between two moments; without a grid as many as its minutes would hold."""
    grid = tuple(times)
    if not grid:
        return max(0, end - start) // MINUTES_PER_LESSON_PERIOD
    return sum(start <= first and last <= end for first, last in grid)


def ready(travel: Travel, professional: str, before: Stop, after: Stop) -> int:
    """The minute from which somebody waits for the second of two lessons."""
    if before.place == after.place:
        return before.end
    needed = before.leave_minutes + leg_minutes(travel, professional, before, after) + after.arrive_minutes
    return before.end + needed


def variant_of(calendar: Calendar, lesson: str) -> str:
    """Grid variant of a lesson's course."""
    return calendar.variant_of(calendar.term.course(calendar.term.lesson(lesson).course))


# As a timetable reads


def free_periods(reading: Reading, professional: str) -> dict[int, int]:
    """Free periods of a person's days with lessons, by day number; what starts and ends alike counts once."""
    found = {}
    for day, lessons in reading.by_day(professional).items():
        route = reading.route(professional, day)
        waits = set()
        for before, after in permutations([each.stop for each in lessons], 2):
            if before.end > after.start or any(_between(each, before.end, after.start) for each in route):
                continue
            grid = reading.calendar.grid_on(after.place, variant_of(reading.calendar, after.key), day)
            periods = free_between(grid, ready(reading.travel, professional, before, after), after.start)
            waits.add((before.end, before.place, after.start, after.place, periods))
        found[day] = sum(periods for *_, periods in waits)
    return found


def _between(stop: Stop, end: int, start: int) -> bool:
    return stop.start < start and stop.end > end


# As a board says it


class _Time(NamedTuple):
    """A time of a day at which somebody may teach, alike in all that matters to waiting."""

    stop: Stop
    variant: str
    taught: Literal


def waits_of(board: Board, professional: str) -> list[Wait]:
    """Everything somebody may wait for, with when it is so and on which dates."""
    known = board.once(_known)
    if professional not in known:
        known[professional] = [each for day in board.days_of(professional) for each in _waits_on(board, day)]
    return known[professional]


def _known(board: Board) -> dict[str, list[Wait]]:  # noqa: ARG001  filled by person, when asked
    return {}


def _waits_on(board: Board, day: DayClass) -> Iterator[Wait]:
    """The same on the days of one class, for each part of them on which all grids stay the same."""
    times = _times(board, day)
    grids = {(each.stop.place, each.variant) for each in times}
    same = (grid.dates & day.dates for key in sorted(grids) for grid in board.calendar.day_grids(*key))
    for dates in partition(same) if len(times) > 1 else ():
        date = next(days(dates))
        idle: dict[tuple[int, int], list[Literal] | None] = {}
        for (end, _), before in _ending(times).items():
            starting: dict[tuple[int, str, int], list[Literal]] = {}
            for each in times:
                if each.stop.start >= end:
                    grid = board.calendar.grid_on(each.stop.place, each.variant, date)
                    since = ready(board.travel, day.professional, before[0].stop, each.stop)
                    if periods := free_between(grid, since, each.stop.start):
                        starting.setdefault((each.stop.start, each.stop.place, periods), []).append(each.taught)
            first = board.any_of(each.taught for each in before)
            for (start, _, periods), after in starting.items():
                if (end, start) not in idle:
                    idle[end, start] = _nothing(board, day, times, end, start)
                nothing = idle[end, start]
                if nothing is not None:
                    yield Wait(board.all_of([first, board.any_of(after), *nothing]), periods, dates)


def _times(board: Board, day: DayClass) -> list[_Time]:
    found: dict[tuple[int, int, str, int, str], tuple[Stop, list[Literal]]] = {}
    for each in day.stops:
        if each.candidate is not None:
            stop = each.stop
            key = (stop.start, stop.end, stop.place, stop.arrive_minutes, variant_of(board.calendar, stop.key))
            found.setdefault(key, (stop, []))[1].append(board.teaches(each.candidate))
    return [_Time(stop, key[-1], board.any_of(literals)) for key, (stop, literals) in found.items()]


def _ending(times: Iterable[_Time]) -> dict[tuple[int, str], list[_Time]]:
    """Times by where and when they end."""
    found: dict[tuple[int, str], list[_Time]] = {}
    for each in times:
        found.setdefault((each.stop.end, each.stop.place), []).append(each)
    return found


def _nothing(board: Board, day: DayClass, times: Iterable[_Time], end: int, start: int) -> list[Literal] | None:
    """When nothing is done between two moments; None where that cannot be."""
    gone = []
    for each in day.stops:
        if each.candidate is None and _between(each.stop, end, start):
            if not each.unless:
                return None
            gone.append(board.any_of(board.teaches(other) for other in each.unless))
    return [*gone, board.none_of(each.taught for each in times if _between(each.stop, end, start))]
