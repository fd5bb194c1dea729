"""What the rules of the working-time law ask of a board: whom they can concern at all, a person's days, weeks as sums.

The judge's side is in `model.hours`; the two share words about one or two stops, not their loops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, partial
from itertools import combinations, product
from math import ceil, gcd
from typing import NamedTuple

from model.calendar import Dates, Span, days, partition
from model.day import Stop
from model.fields import MINUTES_PER_DAY, Weekday
from model.hours import (
    MINUTES_PER_HOUR,
    employed_at,
    fixed_loads,
    left_out,
    load_minutes,
    meeting_stops,
    minutes_before,
    worked_minutes,
)
from model.rule import Because, Board, DayClass, Literal

Possible = tuple[Stop, Literal]
"""A stop that may be part of a day, with when it is."""


class Outline(NamedTuple):
    """What a person's days can come to, whatever is taught."""

    earliest: int
    """First start on any date."""
    latest: int
    """Last end on any date."""
    dates: Dates
    """Dates with anything at all."""
    apart: bool
    """Whether no two stops that can both be there overlap."""

    @property
    def shortest_night(self) -> int:
        """The least rest there can be between two dates."""
        return MINUTES_PER_DAY + self.earliest - self.latest


class Shape:
    """Dates with the same possible stops, meetings included, in order of time: asked for only where they matter.

    Args:
        day: the class of days that they are among.
        meetings: what must be attended on these dates.
    """

    def __init__(
        self, dates: Dates, day: DayClass, meetings: Sequence[Stop], on: Callable[[int], tuple[Possible, ...]]
    ) -> None:
        self.dates = dates
        self.day = day
        self.meetings = meetings
        self._on = on

    @cached_property
    def stops(self) -> tuple[Possible, ...]:
        """The stops, each with when it is there."""
        return self._on(next(days(self.dates)))

    @property
    def fixed_minutes(self) -> int:
        """Working time without lessons, if nothing is given away."""
        work = [each.stop for each in self.day.stops if each.candidate is None]
        return sum(map(worked_minutes, (*work, *self.meetings)))


class Load:
    """What a class of days adds to working time: minutes by literal, and the most they can come to on one date."""

    def __init__(self, board: Board, day: DayClass, preparation: float, *, apart: bool) -> None:
        self.dates = day.dates
        self._board = board
        self._preparation = preparation
        self._lessons = [(each.candidate, each.stop) for each in day.stops if each.candidate is not None]
        self._released = [each for each in day.stops if each.candidate is None and each.unless]
        self.most = self._most_apart() if apart else sum(load_minutes(stop, preparation) for _, stop in self._lessons)

    @cached_property
    def terms(self) -> list[tuple[Literal, int]]:
        """Minutes of lessons, and of work that goes away for them; asked for only where the most is too much."""
        board = self._board
        terms = [(board.teaches(candidate), load_minutes(stop, self._preparation)) for candidate, stop in self._lessons]
        return terms + [
            (board.any_of(board.teaches(other) for other in each.unless), -worked_minutes(each.stop))
            for each in self._released
        ]

    def _most_apart(self) -> int:
        """Where lessons lie apart from each other and from work that stays; inside a released piece they replace it."""
        most, preparation = 0.0, self._preparation
        spans = _union({stop[:2] for _, stop in self._lessons})
        for each in self._released:
            inside = _length(spans, each.stop.start, each.stop.end)
            most += max(0.0, (1 + preparation) * inside - worked_minutes(each.stop)) - (1 + preparation) * inside
        most += (1 + preparation) * sum(end - start for start, end in spans)
        return ceil(most - 1e-6)


class LeftOut(NamedTuple):
    """What lessons that fall out for a holiday still add to working time on one date, as a `Load` does."""

    dates: Dates
    terms: list[tuple[Literal, int]]
    most: int


class Days:
    """Everybody's possible days on a board, worked out when asked for: `board.once(Days)`."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.outline = cache(self._outline)
        self.meetings = cache(lambda professional: meeting_stops(board.calendar, professional))
        self.shapes = cache(self._shapes)
        self.on = cache(self._on)
        self.alone = cache(self._alone)
        self.loads = cache(self._loads)
        self.left_out = cache(self._left_out)

    def _outline(self, professional: str) -> Outline | None:
        """The outline of a person's days; None for who can teach nothing."""
        spans_of_lessons = {
            (stop.start, stop.end, dates)
            for candidate in self.board.candidates_of(professional)
            for _, _, dates, stop in candidate.parts
        }
        lessons = [Span(*each) for each in spans_of_lessons]
        if not lessons:
            return None
        pieces = self.board.calendar.pieces(professional)
        released = [Span(each.start, each.end, each.dates) for each in pieces if each.released]
        kept = [Span(each.start, each.end, each.dates) for each in pieces if not each.released]
        for day, stops in self.meetings(professional).items():
            kept += [Span(each.start, each.end, 1 << day) for each in stops]
        spans = (*lessons, *released, *kept)
        dates = 0
        for span in spans:
            dates |= span.dates
        apart = (
            self.board.holds("clash", professional)
            and not _overlap(combinations((*released, *kept), 2))
            and not _overlap(product(lessons, kept))
        )
        return Outline(min(span.start for span in spans), max(span.end for span in spans), dates, apart)

    def _shapes(self, professional: str) -> tuple[Shape, ...]:
        """Dates on which something may be taught."""
        meetings = self.meetings(professional)
        return tuple(
            Shape(cell, each, meetings.get(next(days(cell)), ()), partial(self.on, professional))
            for each in self.board.days_of(professional)
            for cell in partition([each.dates, *(1 << day for day in meetings if each.dates >> day & 1)])
        )

    def _on(self, professional: str, day: int) -> tuple[Possible, ...]:
        """What a person may do on a day by its number, in order of time; nothing outside the term."""
        if not 0 <= day < self.board.calendar.length:
            return ()
        stops = self.board.stops_on(professional, day)
        meetings = self.meetings(professional).get(day)
        if not meetings:
            return stops
        return tuple(
            sorted([*stops, *((each, self.board.all_of(())) for each in meetings)], key=lambda each: each[0].order)
        )

    def nights(self, professional: str) -> Iterator[tuple[tuple[Possible, ...], tuple[Possible, ...]]]:
        """Possible stops of a date and of the next, where something may be taught; each pair of days alike once."""
        taught = 0
        for each in self.board.days_of(professional):
            taught |= each.dates
        seen: set[tuple[tuple[Possible, ...], tuple[Possible, ...]]] = set()
        for day in days((taught | taught >> 1) & self.board.calendar.all):
            night = (self.on(professional, day), self.on(professional, day + 1))
            if night not in seen:
                seen.add(night)
                yield night

    def _alone(self, professional: str, on_leave: bool) -> list[int]:  # noqa: FBT001  cache counts keywords apart
        """Minutes worked in each legal week of the term if nothing is taught."""
        fixed = list(fixed_loads(self.board.calendar, professional, on_leave=on_leave))
        weeks = self.board.calendar.legal_weeks
        return [sum(minutes * (dates & week).bit_count() for minutes, dates in fixed) for week in weeks]

    def _loads(self, professional: str, preparation: float) -> tuple[Load, ...]:
        """What teaching adds to working time, and takes away from the employer's, by class of days."""
        outline = self.outline(professional)
        apart = outline is not None and outline.apart
        return tuple(Load(self.board, each, preparation, apart=apart) for each in self.board.days_of(professional))

    def _left_out(self, professional: str, preparation: float) -> tuple[LeftOut, ...]:
        """What lessons that school holidays leave out add to working time, by date."""
        outline = self.outline(professional)
        on: dict[int, list[tuple[Literal, Stop]]] = {}
        candidates = self.board.candidates_of(professional)
        schools = {each.school for each in candidates}
        employers = {school for school in schools if employed_at(self.board.calendar, professional, school)}
        for candidate in (each for each in candidates if each.school in employers):
            for lesson, option in zip(candidate.lessons, candidate.options, strict=True):
                given = 0
                for part in candidate.parts:
                    given |= part.dates if part.lesson == lesson else 0
                for each in left_out(self.board.calendar, professional, lesson, option):
                    if given >> each.like & 1:
                        on.setdefault(each.day, []).append((self.board.teaches(candidate), each.stop))
        found = []
        for day, lessons in sorted(on.items()):
            terms = [(literal, load_minutes(stop, preparation)) for literal, stop in lessons]
            most = sum(minutes for _, minutes in terms)
            if outline is not None and outline.apart:
                spans = _union((stop.start, stop.end) for _, stop in lessons)
                most = ceil((1 + preparation) * sum(end - start for start, end in spans) - 1e-6)
            found.append(LeftOut(1 << day, terms, most))
        return tuple(found)


def _overlap(pairs: Iterable[tuple[Span, Span]]) -> bool:
    """Whether the two of any pair overlap on a date."""
    return any(start < last and first < end and dates & when for (start, end, dates), (first, last, when) in pairs)


def _union(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same times as spans that lie apart."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _length(spans: Iterable[tuple[int, int]], first: int, last: int) -> int:
    """How much of some spans lies between two times."""
    return sum(max(0, min(end, last) - max(start, first)) for start, end in spans)


def limit_weeks(
    board: Board,
    professional: str,
    because: Because,
    *,
    weeks: int,
    hours: float,
    preparation: float,
    on_leave: bool,
    school_leave: bool = False,
) -> None:
    """At most so many hours a week, on average over every run of legal weeks, or what the employer's work alone comes to."""
    loads = board.once(Days).loads(professional, preparation)
    leave = board.once(Days).left_out(professional, preparation) if school_leave else ()
    both: list[Load | LeftOut] = [*loads, *leave]
    by_weekday: dict[tuple[Weekday, bool], int] = {}
    for load in both:
        taught = isinstance(load, Load)
        key = (Weekday.of(board.calendar.date_of(next(days(load.dates)))), taught)
        by_weekday[key] = max(by_weekday.get(key, 0), load.most)
    if not any(by_weekday.values()):
        return
    before = minutes_before(board.calendar, professional, weeks - 1)
    alone = [*before, *board.once(Days).alone(professional, on_leave)]
    if max(alone) + sum(by_weekday.values()) <= hours * MINUTES_PER_HOUR:
        return
    legal = board.calendar.legal_weeks
    for last in range(len(legal)):
        dates = 0
        for week in legal[max(0, last + 1 - weeks) : last + 1]:
            dates |= week
        room = max(0, round(weeks * hours * MINUTES_PER_HOUR) - sum(alone[last : last + weeks]))
        counted = [(load, (load.dates & dates).bit_count()) for load in both if load.dates & dates]
        if sum(load.most * count for load, count in counted) > room:
            terms = [(literal, minutes * count) for load, count in counted for literal, minutes in load.terms]
            limit_minutes(board, terms, room, because, of=professional)


def limit_minutes(
    board: Board, terms: Sequence[tuple[Literal, int]], at_most: int, because: Because, *, of: str
) -> None:
    """A limit on minutes, said in the largest unit that all of them are made of: times of lessons are round."""
    always = board.all_of(())
    weights = [(literal, weight) for literal, weight in terms if literal != always]
    room = at_most - sum(weight for literal, weight in terms if literal == always)
    unit = gcd(*(weight for _, weight in weights)) or 1
    board.limit([(literal, weight // unit) for literal, weight in weights], room // unit, because, of=of)
