"""Words about working time, both jobs together, that the rules of the working-time law share.

A person's stops are lessons, the work that remains for the employer, and meetings one must attend (as far as they lie
outside the employer's hours). Minutes that run on past midnight are minutes since the start of the first of two days.
A block of work of more than 5.5 hours has the employer's break inside it, which is not worked (`Calendar.pieces`), and
so has a lesson as long as that. Where the piece with the break is given away, what remains counts as worked in full: to
the rules of hours that is the safe side. Whether the remaining work may hold the break is for the rule of breaks alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from model.activities import is_open, meetings_of, weeks_of
from model.calendar import Calendar, Dates, Piece, days
from model.day import Stop, fits, leg_minutes, lesson_stop
from model.fields import MINUTES_PER_DAY, Weekday
from model.people import EngagementForm, EngagementStatus
from model.travel import Travel

if TYPE_CHECKING:
    from model.reading import Reading

MINUTES_PER_HOUR = 60
WEEKEND_MINUTES = 2 * MINUTES_PER_DAY


# Words about one or two stops


def is_lesson(stop: Stop) -> bool:
    """Whether a stop is a lesson; work and meetings have no key."""
    return bool(stop.key)


def worked_minutes(stop: Stop) -> int:
    """Working time of a stop, without a break inside it."""
    return stop.end - stop.start - stop.pause_minutes


def load_minutes(stop: Stop, preparation: float) -> int:
    """Working time of a lesson with `preparation` hours of preparation and marking to each hour."""
    return floor(worked_minutes(stop) * (1 + preparation) + 1e-6)


def night_rest(before: Stop, after: Stop) -> int:
    """Minutes between a stop of one date and a stop of the next."""
    return after.start + MINUTES_PER_DAY - before.end


def is_night(stop: Stop) -> bool:
    """Whether a stop is taken to run on from the date before: it begins at midnight, or is of work that does."""
    return stop.runs_on or stop.start == 0


def runs_through(before: Stop, after: Stop) -> bool:
    """Whether there is no rest to speak of between two stops, because the second is work that runs on in the night."""
    return is_night(after) and not is_lesson(before) and not is_lesson(after)


def follows(travel: Travel, professional: str, before: Stop, after: Stop) -> bool:
    """Whether two stops next to each other can both be done; how work follows work is the employer's affair."""
    if not is_lesson(before) and not is_lesson(after):
        return before.end <= after.start
    return fits(travel, professional, before, after)


def idle_minutes(travel: Travel, professional: str, before: Stop, after: Stop) -> int:
    """Time between two stops that is neither travel nor buffer."""
    idle = after.start - before.end
    if before.place and after.place and before.place != after.place:
        idle -= before.leave_minutes + leg_minutes(travel, professional, before, after) + after.arrive_minutes
    return idle


def in_hours(minutes: float) -> float:
    """Minutes as hours, to be read."""
    return round(minutes / MINUTES_PER_HOUR, 2)


def duration_text(minutes: int) -> str:
    """Minutes as hours and minutes: 630 as `10:30`."""
    sign = "-" if minutes < 0 else ""
    return f"{sign}{abs(minutes) // MINUTES_PER_HOUR}:{abs(minutes) % MINUTES_PER_HOUR:02d}"


# Words about two pieces of work


def may_take_over(piece: Piece, gone: Piece) -> bool:
    """Whether a piece that remains of a block of work can hold the break that lies in a piece given away.

    It can when work is left beside the break. The employer then misses no more work than the hours of the piece it
    gave away, which is what its budget counts; a block that has no break of its own gets none.
    """
    return 0 < gone.pause_minutes < piece.end - piece.start and piece.work == gone.work and piece != gone


def takes_over_first(piece: Piece) -> tuple[int, int]:
    """Order in which the pieces that remain take a break over: the longest, else the earliest."""
    return (piece.start - piece.end, piece.start)


# What is fixed, whatever is taught


def meeting_stops(calendar: Calendar, professional: str) -> dict[int, list[Stop]]:
    """By day number, what of the meetings that somebody must attend lies outside the employer's hours."""
    found: dict[int, list[Stop]] = {}
    for _, stop, dates in meetings_of(calendar, professional):
        for day in days(dates):
            at_work = [(each.start, each.end) for each in calendar.pieces(professional) if each.dates >> day & 1]
            rest = [(stop.start, stop.end)]
            for start, end in at_work:
                cut = [((first, min(last, start)), (max(first, end), last)) for first, last in rest]
                rest = [part for both in cut for part in both if part[0] < part[1]]
            found.setdefault(day, []).extend(Stop(*part, stop.place, 0, 0, "") for part in rest)
    return found


def fixed_loads(calendar: Calendar, professional: str, *, on_leave: bool) -> Iterator[tuple[int, Dates]]:
    """Minutes that somebody works, and when, if nothing is taught: for the employer and in meetings.

    Args:
        on_leave: also days on which the employer is closed, which the law counts as worked in an average (ATW 5:2).
    """
    for piece in calendar.pieces(professional):
        yield piece.end - piece.start - piece.pause_minutes, piece.dates
    if on_leave:
        yield from calendar.on_leave(professional)
    for day, stops in meeting_stops(calendar, professional).items():
        yield sum(map(worked_minutes, stops)), 1 << day
    for activity in calendar.term.activities:
        if professional in activity.required and is_open(activity):
            for week in weeks_of(calendar, activity):
                yield activity.minutes, calendar.weeks[week] & -calendar.weeks[week]


class LeftOut(NamedTuple):
    """A lesson that would take place on a date if the school had no holiday then."""

    stop: Stop
    day: int
    like: int
    """Number of the day of the lesson before it, else of the first after it: who gives that would have given this."""


def left_out(calendar: Calendar, professional: str, lesson: str, option: str | None) -> Iterator[LeftOut]:
    """Lessons that the holidays of a school leave out, for whom the school employs: hours of leave (ATW 5:2).

    Not at times of work for the employer, which are counted as that.
    """
    spans = calendar.left_out(lesson, option)
    school = calendar.term.course(calendar.term.lesson(lesson).course).school
    employed = employed_at(calendar, professional, school) if spans else 0
    held = 0
    for span in calendar.spans(lesson, option):
        held |= span.dates
    for start, end, dates in spans if held else ():
        for day in days(dates & employed):
            at_work = (each for each in calendar.roster(professional) if each.dates >> day & 1)
            if not any(each.start < end and start < each.end for each in at_work):
                before, after = held & ((1 << day) - 1), held >> day << day
                like = before.bit_length() - 1 if before else next(days(after))
                yield LeftOut(lesson_stop(calendar.term, lesson, start, end), day, like)


def employed_at(calendar: Calendar, professional: str, school_id: str) -> Dates:
    """Dates on which somebody is employed by a school."""
    term, dates = calendar.term, 0
    school = term.school(school_id)
    no_company = term.professional(professional).employer is None
    for row in term.engagements_of(professional):
        there = row.board == school.board and row.school in (None, school.id)
        if there and row.status is not EngagementStatus.STOPPED:
            own = no_company and row.form not in (EngagementForm.FREELANCE, EngagementForm.VOLUNTEER)
            if own or row.form is EngagementForm.DUAL:
                dates |= calendar.between(row.start, row.end)
    return dates


def minutes_before(calendar: Calendar, professional: str, weeks: int) -> list[int]:
    """Minutes worked in so many weeks before the term, oldest first.

    As stated, else those of the contract with the employer, else those of an average week of the work pattern.
    """
    person = calendar.term.professional(professional)
    known = [
        round(MINUTES_PER_HOUR * hours) for hours in person.hours_before[max(0, len(person.hours_before) - weeks) :]
    ]
    usual = round(MINUTES_PER_HOUR * (person.employer_hours_per_week or 0))
    if person.employer_hours_per_week is None and len(known) < weeks:
        blocks = [(row.end - row.start, row.cycle_weeks) for row in calendar.term.work_of(professional)]
        usual = round(sum((each - calendar.pause_minutes(person.employer, each)) / weeks for each, weeks in blocks))
    return [usual] * (weeks - len(known)) + known


# The judge's side: dates


class DayStops:
    """Stops of a person's dates as a timetable has them, in order of time."""

    def __init__(self, reading: Reading, professional: str) -> None:
        self.reading = reading
        self.professional = professional
        self._meetings = meeting_stops(reading.calendar, professional)
        self.on = cache(self._on)

    def _on(self, day: int) -> tuple[Stop, ...]:
        """Stops of a day by its number; none outside the term."""
        if not 0 <= day < self.reading.calendar.length:
            return ()
        stops = self.reading.route(self.professional, day)
        meetings = self._meetings.get(day)
        return tuple(sorted([*stops, *meetings], key=lambda stop: stop.order)) if meetings else stops

    @cached_property
    def in_weekend(self) -> bool:
        """Whether anything is done on a Saturday or Sunday."""
        calendar = self.reading.calendar
        weekend = calendar.on(Weekday.SAT) | calendar.on(Weekday.SUN)
        if any(piece.dates & weekend for piece in calendar.pieces(self.professional)):
            return True
        taught = {each.day for each in self.reading.of_person.get(self.professional, ())}
        return any(weekend >> day & 1 for day in taught | self._meetings.keys())

    @cached_property
    def earliest(self) -> int:
        """The earliest start of all; midnight at the end of the day for who does nothing."""
        return min((start for start, _ in self._spans), default=MINUTES_PER_DAY)

    @cached_property
    def shortest_night(self) -> int:
        """A rest that there is at least between two dates: from the latest end of all to the earliest start of all."""
        return MINUTES_PER_DAY + self.earliest - max((end for _, end in self._spans), default=MINUTES_PER_DAY)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        stops = [each.stop for each in self.reading.of_person.get(self.professional, ())]
        stops += [stop for some in self._meetings.values() for stop in some]
        spans = [(each.start, each.end) for each in stops]
        return spans + [(each.start, each.end) for each in self.reading.calendar.pieces(self.professional)]


class Week(NamedTuple):
    """A legal week (Sunday to Saturday), by the number of its first day in the term."""

    first_day: int
    alone: int
    """Minutes worked if nothing were taught."""
    worked: int
    """Minutes worked with the lessons, and without the work that is given away for them."""


def legal_weeks(
    reading: Reading, professional: str, preparation: float, *, on_leave: bool, school_leave: bool = False
) -> list[Week]:
    """What somebody works in each legal week of the term; with `school_leave` also lessons that holidays leave out."""
    calendar = reading.calendar
    alone_in = calendar.of_work(
        professional, ("weeks", on_leave), lambda: _weeks_alone(calendar, professional, on_leave=on_leave)
    )
    weeks = [[alone, 0] for alone in alone_in]
    first = reading.term.start.toordinal() % 7

    def week_of(day: int) -> list[int]:
        return weeks[(first + day) // 7]

    for day, lessons in reading.by_day(professional).items():
        away = reading.work_day(professional, day).away
        week_of(day)[1] += sum(load_minutes(each.stop, preparation) for each in lessons)
        week_of(day)[1] -= sum(piece.end - piece.start - piece.pause_minutes for piece in away)
    given: dict[tuple[str, str | None], set[int]] = {}
    for taught in reading.of_person.get(professional, ()) if school_leave else ():
        given.setdefault((taught.lesson, taught.option), set()).add(taught.day)
    for lesson, dates_given in given.items():
        for each in left_out(calendar, professional, *lesson):
            if each.like in dates_given:
                week_of(each.day)[1] += load_minutes(each.stop, preparation)
    return [Week(max(0, 7 * n - first), alone, alone + more) for n, (alone, more) in enumerate(weeks)]


def _weeks_alone(calendar: Calendar, professional: str, *, on_leave: bool) -> list[int]:
    """Minutes worked in each legal week if nothing were taught."""
    first = calendar.term.start.toordinal() % 7
    weeks = [0] * ((first + calendar.length - 1) // 7 + 1)
    for minutes, dates in fixed_loads(calendar, professional, on_leave=on_leave):
        for day in days(dates):
            weeks[(first + day) // 7] += minutes
    return weeks


class Window(NamedTuple):
    """Consecutive legal weeks of which the last lies in the term."""

    last: int
    """Number of the last week."""
    alone: int
    worked: int


def windows(before: Sequence[int], weeks: Sequence[Week]) -> Iterator[Window]:
    """Every run of one more week than there are before the term."""
    size = len(before) + 1
    alone = [*before, *(week.alone for week in weeks)]
    worked = [*before, *(week.worked for week in weeks)]
    for last in range(len(weeks)):
        yield Window(last, sum(alone[last : last + size]), sum(worked[last : last + size]))
