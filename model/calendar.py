"""The one place that turns weeks, weekdays and lesson periods into dates and minutes.

A set of dates is an `int` whose bit i is the day `term.start + i`: sets are cut and joined with `&` and `|`, and
`days(dates)` lists the day numbers. Minutes are local clock minutes of that date.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from model.fields import MINUTES_PER_DAY, HalfDay, Weekday
from model.lessons import Busy, Course, Lesson, LessonTime
from model.people import BREAK_MINUTES, ReleaseStatus
from model.sites import DayKind, GridPeriod
from model.term import Term

T = TypeVar("T")

Dates = int
"""A set of dates as bits."""

MINUTES_PER_LESSON_PERIOD = 50
"""A lesson given in clock times counts for its minutes divided by this, rounded, at least 1."""

MINUTES_BEFORE_A_BREAK = 330
"""A block of work longer than this has a break in it (ATW 5:4)."""

MAX_OPTIONS_PER_BLOCK = 256
"""Most ways to choose times for a course that stays together and is taken as a whole.

With more of them, as demand without times has, its lessons are taken one by one and the rule of continuity ties them.
"""


class Span(NamedTuple):
    """The same clock times on a set of dates."""

    start: int
    end: int
    dates: Dates


class DayGrid(NamedTuple):
    """Clock times of the lesson periods of a day, in order, on a set of dates."""

    times: tuple[tuple[int, int], ...]
    dates: Dates


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a working day at the employer that is worked or given away as a whole."""

    start: int
    end: int
    dates: Dates
    site: str | None
    half_day: HalfDay
    released: bool
    work: str
    """Id of its row in the table of work."""
    pause_minutes: int
    """Minutes of it that are a break and not worked."""
    runs_on: bool
    """Whether its working day begins at midnight, and so runs on from the date before."""


def days(dates: Dates) -> Iterator[int]:
    """Day numbers in a set of dates, in order."""
    while dates:
        low = dates & -dates
        yield low.bit_length() - 1
        dates ^= low


def partition(sets: Iterable[Dates]) -> list[Dates]:
    """The coarsest cells of dates in which every given set is wholly present or absent; dates in no set are left out."""
    cells: list[Dates] = []
    for each in dict.fromkeys(sets):
        rest = each
        split: list[Dates] = []
        for cell in cells:
            inside, outside = cell & each, cell & ~each
            split += [part for part in (inside, outside) if part]
            rest &= ~cell
        cells = [*split, rest] if rest else split
    return cells


class Calendar:
    """Dates and minutes of one term."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.length = (term.end - term.start).days + 1
        self.all: Dates = (1 << self.length) - 1
        self._weekday: dict[Weekday, Dates] = dict.fromkeys(Weekday, 0)
        self._week: dict[int, Dates] = {}
        for day in range(self.length):
            when = self.date_of(day)
            self._weekday[Weekday.of(when)] |= 1 << day
            week = when.isocalendar().week
            self._week[week] = self._week.get(week, 0) | 1 << day
        self._grid: dict[tuple[str, str], list[GridPeriod]] = {}
        for row in term.time_grids:
            self._grid.setdefault((row.school, row.variant), []).append(row)
        self.spans = cache(self._spans)
        self.lesson_days = cache(self._lesson_days)
        self.shortened = cache(self._shortened)
        self.pieces = cache(self._pieces)
        self.lesson_periods = cache(self._lesson_periods)
        self.blackout = cache(self._blackout)
        self.left_out = cache(self._left_out)
        self.roster = cache(self._roster)
        self._clock_times = cache(self._find_clock_times)
        self._labels = cache(self._find_labels)
        self.day_grids = cache(self._day_grids)
        self._of_work: dict[tuple[Hashable, str], Any] = {}

    def under(self, term: Term, people: AbstractSet[str] | None = None) -> Calendar:
        """The calendar of another term with the same dates, lessons, times and places, where people may be away at others.

        Args:
            people: whose work may be at others; None for everybody's.
        """
        other = copy(self)
        other.term = term
        other.pieces, other.roster, other.blackout = cache(other._pieces), cache(other._roster), cache(other._blackout)  # noqa: SLF001  the same class
        other._of_work = {}  # noqa: SLF001  the same class
        if people is not None:
            pieces, own = self.pieces, other.pieces
            other.pieces = cache(lambda person: own(person) if person in people else pieces(person))
            if term.activities is self.term.activities:
                other._of_work = {key: made for key, made in self._of_work.items() if key[1] not in people}  # noqa: SLF001
        return other

    def pieces_on(self, professional: str, day: int) -> tuple[int, tuple[Piece, ...]]:
        """The pieces of work of a date, and a number that all dates of the same person with the same pieces share."""
        return self.of_work(professional, "pieces by day", lambda: self._pieces_by_day(professional)).get(day, (0, ()))

    def _pieces_by_day(self, professional: str) -> dict[int, tuple[int, tuple[Piece, ...]]]:
        by_day: dict[int, list[Piece]] = {}
        for piece in self.pieces(professional):
            for day in days(piece.dates):
                by_day.setdefault(day, []).append(piece)
        numbers: dict[tuple[Piece, ...], int] = {}
        found = {day: tuple(pieces) for day, pieces in by_day.items()}
        return {day: (numbers.setdefault(pieces, len(numbers) + 1), pieces) for day, pieces in found.items()}

    def of_work(self, professional: str, what: Hashable, make: Callable[[], T]) -> T:
        """What is worked out of what somebody does when nothing is taught, made on first use and kept under a name."""
        key = (what, professional)
        if key not in self._of_work:
            self._of_work[key] = make()
        made: T = self._of_work[key]
        return made

    # Days and weeks

    def date_of(self, day: int) -> date:
        """The date of a day number."""
        return self.term.start + timedelta(days=day)

    @property
    def weeks(self) -> dict[int, Dates]:
        """ISO weeks of the term, in order, each with its dates."""
        return self._week

    @cached_property
    def legal_weeks(self) -> list[Dates]:
        """Weeks as working-time law counts them, Sunday 00:00 to Saturday 24:00, in order."""
        weeks: list[Dates] = []
        for day in range(self.length):
            if not weeks or self.date_of(day).isoweekday() == Weekday.SUN.iso:
                weeks.append(0)
            weeks[-1] |= 1 << day
        return weeks

    def weeks_alike(self, sets: Sequence[Dates]) -> Iterable[tuple[int, ...]]:
        """How many dates of each set lie in a week; once for weeks in which it is the same."""
        return dict.fromkeys(tuple((dates & week).bit_count() for dates in sets) for week in self._week.values())

    def in_weeks(self, weeks: Iterable[int] | None) -> Dates:
        """Dates of a week set; of the whole term for None."""
        if weeks is None:
            return self.all
        dates = 0
        for week in weeks:
            dates |= self._week.get(week, 0)
        return dates

    def on(self, weekday: Weekday | None) -> Dates:
        """Dates on a weekday; all for None."""
        return self.all if weekday is None else self._weekday[weekday]

    def between(self, first: date | None, last: date | None) -> Dates:
        """Dates of the term from first to last, both included; None is open."""
        start = 0 if first is None else max(0, (first - self.term.start).days)
        end = self.length - 1 if last is None else min(self.length - 1, (last - self.term.start).days)
        return ((1 << (end + 1)) - 1) & ~((1 << start) - 1) if end >= start else 0

    def half_day(self, minute: int) -> HalfDay:
        """The half-day a clock minute lies in."""
        if minute < self.term.noon:
            return HalfDay.MORNING
        return HalfDay.AFTERNOON if minute < self.term.evening else HalfDay.EVENING

    def window(self, half_day: HalfDay | None, start: int | None, end: int | None) -> tuple[int, int]:
        """Clock window of a half-day, narrowed by times; the whole day when nothing is given."""
        first, last = {
            None: (0, MINUTES_PER_DAY),
            HalfDay.MORNING: (0, self.term.noon),
            HalfDay.AFTERNOON: (self.term.noon, self.term.evening),
            HalfDay.EVENING: (self.term.evening, MINUTES_PER_DAY),
        }[half_day]
        return max(first, start or 0), min(last, MINUTES_PER_DAY if end is None else end)

    # The school's days

    def _lesson_days(self, school: str) -> Dates:
        """Dates on which a school site gives lessons."""
        closed = 0
        for row in self.term.calendar_days:
            mine = row.school == school or (row.school is None and row.employer is None)
            if mine and row.kind not in (DayKind.SHORTENED, DayKind.BLACKOUT):
                closed |= self.between(row.start, row.end)
        return self.all & ~closed

    def _shortened(self, school: str) -> dict[str, Dates]:
        """Shortened days per grid variant; the school's own rows go before those for everybody, later before earlier."""
        shortened: dict[str, Dates] = {}
        for row in sorted(
            self.term.calendar_days, key=lambda each: (each.school is not None, each.start, each.variant or "")
        ):
            mine = row.school == school or (row.school is None and row.employer is None)
            if mine and row.kind is DayKind.SHORTENED and row.variant:
                dates = self.between(row.start, row.end)
                shortened = {variant: others & ~dates for variant, others in shortened.items()}
                shortened[row.variant] = shortened.get(row.variant, 0) | dates
        return shortened

    def variant_of(self, course: Course) -> str:
        """Grid variant of a course: that of its first class group, else its school's."""
        return self.term.class_group(course.classes[0]).variant if course.classes else self.variant_at(course.school)

    def variant_at(self, school: str) -> str:
        """Grid variant of a school where no class group says otherwise: the standard or the only ordinary one."""
        known = {variant for site, variant in self._grid if site == school}
        ordinary = known - set(self.shortened(school))
        return ordinary.pop() if "standard" not in known and len(ordinary) == 1 else "standard"

    def periods(self, school: str, variant: str, weekday: Weekday, dates: Dates) -> list[GridPeriod]:
        """Lesson periods that hold on at least one of the dates, by start; those of the weekday go before general ones."""
        rows = [
            row
            for row in self._grid.get((school, variant), ())
            if row.weekday in (None, weekday) and self.between(row.valid_from, row.valid_to) & dates
        ]
        own = [row for row in rows if row.weekday is not None]
        return sorted(own or rows, key=lambda row: (row.start, row.end))

    def _find_clock_times(self, school: str, variant: str, weekday: Weekday, first: str, last: str) -> tuple[Span, ...]:
        """Clock times of a run of lesson periods, per part of the term with the same grid."""
        found: dict[tuple[int, int], Dates] = {}
        shortened = self.shortened(school)
        ordinary = self.on(weekday)
        for dates in shortened.values():
            ordinary &= ~dates
        for of_variant, dates in ((variant, ordinary), *((v, d & self.on(weekday)) for v, d in shortened.items())):
            rows = self._grid.get((school, of_variant), [])
            for cell in partition([dates, *(self.between(row.valid_from, row.valid_to) & dates for row in rows)]):
                by_label = {row.period: row for row in self.periods(school, of_variant, weekday, cell)}
                if first in by_label and last in by_label:
                    times = (by_label[first].start, by_label[last].end)
                    found[times] = found.get(times, 0) | cell
        return tuple(Span(start, end, dates) for (start, end), dates in found.items())

    def _day_grids(self, school: str, variant: str) -> tuple[DayGrid, ...]:
        """Lesson periods of a school's days, shortened ones included, per part of the term with the same times."""
        found: dict[tuple[tuple[int, int], ...], Dates] = {}
        shortened = self.shortened(school)
        ordinary = self.all
        for dates in shortened.values():
            ordinary &= ~dates
        for of_variant, dates in ((variant, ordinary), *shortened.items()):
            rows = self._grid.get((school, of_variant), [])
            for weekday in Weekday:
                mine = dates & self.on(weekday)
                for cell in partition([mine, *(self.between(row.valid_from, row.valid_to) & mine for row in rows)]):
                    periods = self.periods(school, of_variant, weekday, cell)
                    times = tuple(dict.fromkeys((row.start, row.end) for row in periods))
                    found[times] = found.get(times, 0) | cell
        return tuple(DayGrid(times, dates) for times, dates in found.items())

    def grid_on(self, school: str, variant: str, day: int) -> tuple[tuple[int, int], ...]:
        """Clock times of the lesson periods of one day, in order."""
        return next((grid.times for grid in self.day_grids(school, variant) if grid.dates >> day & 1), ())

    def clock_times(
        self,
        row: Lesson | LessonTime | Busy,
        school: str | None,
        variant: str,
    ) -> tuple[Span, ...]:
        """Clock times of a row given in minutes or in lesson periods, on all dates of its weekday."""
        if row.start is not None and row.end is not None:
            return (Span(row.start, row.end, self.on(row.weekday)),)
        if row.first_period is None or school is None:
            return ()
        return self._clock_times(school, variant, row.weekday, row.first_period, row.last_period or row.first_period)

    # Lessons

    def _spans(self, lesson: str, option: str | None = None) -> tuple[Span, ...]:
        """When a lesson takes place, at its own or at another of its times; without the days its school is closed."""
        row = self.term.lesson(lesson)
        course = self.term.course(row.course)
        when = row if option is None else self.term.lesson_time(option)
        allowed = self.lesson_days(course.school) & self.in_weeks(row.weeks)
        spans = self.clock_times(when, course.school, self.variant_of(course))
        return tuple(Span(start, end, dates & allowed) for start, end, dates in spans if dates & allowed)

    def _left_out(self, lesson: str, option: str | None = None) -> tuple[Span, ...]:
        """When a lesson would take place at one of its times if there were no holidays at its school."""
        row = self.term.lesson(lesson)
        course, holidays = self.term.course(row.course), 0
        for each in self.term.calendar_days:
            mine = each.school == course.school or (each.school is None and each.employer is None)
            if mine and each.kind in (DayKind.HOLIDAY, DayKind.PUBLIC_HOLIDAY):
                holidays |= self.between(each.start, each.end)
        holidays &= self.in_weeks(row.weeks)
        when = row if option is None else self.term.lesson_time(option)
        spans = self.clock_times(when, course.school, self.variant_of(course)) if holidays else ()
        return tuple(Span(start, end, dates & holidays) for start, end, dates in spans if dates & holidays)

    def _lesson_periods(self, lesson: str) -> int:
        """For how many lesson periods a lesson counts."""
        own = self.term.lesson(lesson)
        if own.lesson_periods is not None:
            return own.lesson_periods
        others = self.term.times_of(lesson) if own.start is None and own.first_period is None else ()
        row = others[0] if others else own
        if row.start is not None and row.end is not None:
            return max(1, (row.end - row.start + MINUTES_PER_LESSON_PERIOD // 2) // MINUTES_PER_LESSON_PERIOD)
        course = self.term.course(own.course)
        labels = self._labels(course.school, self.variant_of(course), row.weekday)
        if row.first_period not in labels or (row.last_period or row.first_period) not in labels:
            return 1
        return abs(labels.index(row.last_period or row.first_period) - labels.index(row.first_period)) + 1

    def _find_labels(self, school: str, variant: str, weekday: Weekday) -> list[str]:
        """Labels of the lesson periods of a weekday that hold on any date, in order."""
        return list(dict.fromkeys(row.period for row in self.periods(school, variant, weekday, self.all)))

    def options(self, lesson: str) -> Sequence[str | None]:
        """Times a lesson may be given at: None is its own, the others are ids of `lesson_times`."""
        return (None, *(row.id for row in self.term.times_of(lesson)))

    def takes_place(self, lesson: str) -> bool:
        """Whether a lesson has a date at one of its times."""
        return any(self.spans(lesson, option) for option in self.options(lesson))

    def busy(self, row: Busy) -> tuple[Span, ...]:
        """When a busy row holds; lesson periods are those of its school and its class group's variant."""
        group = self.term.class_group(row.class_group) if row.class_group else None
        school = row.school or (group.school if group else None)
        allowed = self.in_weeks(row.weeks) & (self.lesson_days(school) if school else self.all)
        variant = group.variant if group else self.variant_at(school) if school else "standard"
        spans = self.clock_times(row, school, variant)
        return tuple(Span(start, end, dates & allowed) for start, end, dates in spans if dates & allowed)

    # Work at the employer

    def _employer_days(self, employer: str | None) -> Dates:
        closed = 0
        for row in self.term.calendar_days:
            everybody = row.school is None and row.employer is None
            public = everybody and row.kind in (DayKind.PUBLIC_HOLIDAY, DayKind.CLOSURE)
            own = employer is not None and row.employer == employer
            if public or (own and row.kind not in (DayKind.SHORTENED, DayKind.BLACKOUT)):
                closed |= self.between(row.start, row.end)
        return self.all & ~closed

    def _blackout(self, employer: str) -> Dates:
        """Dates on which an employer misses nobody; a row for everybody speaks of all employers."""
        dates = 0
        for row in self.term.calendar_days:
            mine = row.employer == employer or (row.school is None and row.employer is None)
            if mine and row.kind is DayKind.BLACKOUT:
                dates |= self.between(row.start, row.end)
        return dates

    def _pieces(self, professional: str) -> tuple[Piece, ...]:
        """Working days cut at half-days and releases, so that each piece is worked or given away as a whole."""
        person = self.term.professional(professional)
        counted = {ReleaseStatus.APPROVED, ReleaseStatus.FIXED}
        if self.term.count_proposed_releases:
            counted.add(ReleaseStatus.PROPOSED)
        releases = [
            (*self.window(row.half_day, row.start, row.end), self.on(row.weekday) & self.in_weeks(row.weeks))
            for row in self.term.releases_of(professional)
            if row.status in counted
        ]
        open_days = self._employer_days(person.employer)
        pieces: list[Piece] = []
        for block in self.term.work_of(professional):
            dates = self.on(block.weekday) & self._cycle(block.cycle_weeks, block.cycle_week) & open_days
            cuts = {block.start, block.end, self.term.noon, self.term.evening}
            cuts |= {cut for first, last, when in releases if when & dates for cut in (first, last)}
            edges = sorted(cut for cut in cuts if block.start <= cut <= block.end)
            pause = self.pause_minutes(person.employer, block.end - block.start)
            for start, end in pairwise(edges):
                free = 0
                for first, last, when in releases:
                    if first <= start and end <= last:
                        free |= when & dates
                half_day, site = self.half_day(start), block.site or person.site
                middle = start <= (block.start + block.end) // 2 < end
                inside, runs_on = min(pause, end - start) * middle, block.start == 0
                pieces += [
                    Piece(start, end, part, site, half_day, released, block.id, inside, runs_on)
                    for part, released in ((free, True), (dates & ~free, False))
                    if part
                ]
        return tuple(sorted(pieces, key=lambda piece: (piece.start, piece.end, piece.dates)))

    def pause_minutes(self, employer: str | None, length: int) -> int:
        """Break inside a block of work; it lies in the middle."""
        if length <= MINUTES_BEFORE_A_BREAK:
            return 0
        return BREAK_MINUTES if employer is None else self.term.employer(employer).break_minutes

    def on_leave(self, professional: str) -> list[tuple[int, Dates]]:
        """Work that falls on days on which the employer is closed: its minutes, and when."""
        person = self.term.professional(professional)
        closed = self.all & ~self._employer_days(person.employer)
        return [
            (end - start - self.pause_minutes(person.employer, end - start), dates & closed)
            for start, end, dates in self.roster(professional)
            if dates & closed
        ]

    def _roster(self, professional: str) -> tuple[Span, ...]:
        """Somebody's work at the employer as if it were never closed."""
        return tuple(
            Span(block.start, block.end, self.on(block.weekday) & self._cycle(block.cycle_weeks, block.cycle_week))
            for block in self.term.work_of(professional)
        )

    def _cycle(self, cycle_weeks: int, cycle_week: int) -> Dates:
        dates = 0
        for number, week in enumerate(self._week.values()):
            if number % cycle_weeks == cycle_week - 1:
                dates |= week
        return dates
