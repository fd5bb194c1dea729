"""What a week grid shows: one entry per lesson and clock time, with who gives it in which weeks.

Periods are labels here; minutes and dates come from the calendar. A lesson whose clock times change for good (another
grid from January) has an entry for each; on a few days that differ (a shortened day) an entry has an exception.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from model.calendar import Calendar, Dates, days
from model.demands import expanded
from model.fields import Weekday, clock_text
from model.lessons import Lesson, LessonTime, Priority
from model.locale import text
from model.promised import over
from model.results.weeks import WeekWords
from model.term import Term
from model.timetable import GivenLesson, Outcome

Times = tuple[int, int]
"""Start and end in minutes since local midnight."""

_OWN_ENTRY_SHARE = 4
"""Clock times on at least one in so many of a lesson's dates have an entry of their own."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody who gives a lesson; `weeks` is empty when in all weeks of the entry."""

    professional: str
    name: str
    employer: str
    weeks: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson at one clock time of the week."""

    lesson: str
    school: str
    school_name: str
    title: str
    """The course's name, or its subject."""
    subject: str
    groups: str
    room: str
    weekday: Weekday
    start: int
    end: int
    times: tuple[tuple[int, Times], ...]
    """Every date on which it is given, as a day number of the term, with its clock times."""
    labels: tuple[str, ...]
    """Label of its lesson period, or of its first and last; empty when given in clock times."""
    weeks: str
    """Empty for all weeks in which the school gives lessons."""
    exceptions: tuple[str, ...]
    """Days with other clock times, and that the time is not chosen yet, in words."""
    givers: tuple[Giver, ...]
    missing: int
    """People it lacks on its worst date that is not over; 0 when staffed."""
    open_weeks: str
    """Weeks in which it is open; empty when in all weeks of the entry."""
    priority: Priority
    must_fill: bool
    option: str | None
    """Which of its other times this is; None for its own."""

    @property
    def clock(self) -> str:
        """`08:30–09:20`."""
        return times_text((self.start, self.end))

    @property
    def periods(self) -> str:
        """`3-4`."""
        return "-".join(self.labels)

    @property
    def is_open(self) -> bool:
        """Whether somebody lacks on some date."""
        return self.missing > 0

    @property
    def what(self) -> str:
        """Title and class groups, each said once."""
        named = all(group in self.title for group in self.groups.split(", "))
        return self.title if named else f"{self.title} {self.groups}"


def times_text(times: Times) -> str:
    """Clock times as people write them."""
    return f"{clock_text(times[0])}–{clock_text(times[1])}"


def occurrences(calendar: Calendar, lesson: str, option: str | None) -> dict[int, Times]:
    """Day numbers on which a lesson takes place at one of its times, in order, each with its clock times."""
    found: dict[int, Times] = {}
    for start, end, dates in calendar.spans(lesson, option):
        for day in days(dates):
            found.setdefault(day, (start, end))
    return dict(sorted(found.items()))


class Entries:
    """Entries of an outcome, by lesson, school and professional, in the order of the week."""

    def __init__(self, term: Term, outcome: Outcome, lang: str) -> None:
        self.term = expanded(term)
        self.outcome = outcome
        self.lang = lang
        self.calendar = Calendar(self.term)
        self.words = WeekWords(self.term, self.calendar, lang)
        self._rows: dict[str, list[GivenLesson]] = defaultdict(list)
        self._taught: dict[str, list[GivenLesson]] = defaultdict(list)
        for row in outcome.assignments:
            self._rows[row.lesson].append(row)
            self._taught[row.professional].append(row)

    def all(self) -> tuple[Entry, ...]:
        """Of every lesson that takes place."""
        return _in_order(entry for lesson in self.term.lessons for entry in self.of_lesson(lesson.id))

    def of_school(self, school: str) -> tuple[Entry, ...]:
        """Of a school's lessons, staffed and open."""
        courses = self.term.courses_of(school)
        lessons = (lesson.id for course in courses for lesson in self.term.lessons_of(course.id))
        return _in_order(entry for lesson in lessons for entry in self.of_lesson(lesson))

    def of_professional(self, professional: str) -> tuple[Entry, ...]:
        """Of what somebody gives, in the weeks in which they give it."""
        return _in_order(
            entry
            for row in self._taught.get(professional, ())
            for entry in self._made(row.lesson, row.option, self.calendar.in_weeks(row.weeks))
        )

    def teaching(self) -> list[str]:
        """Ids of the professionals who give a lesson, in the order of the term."""
        return [row.id for row in self.term.professionals if row.id in self._taught]

    def of_lesson(self, lesson: str) -> tuple[Entry, ...]:
        """At the times it is assigned to, else at its own or the first that it may have."""
        options = dict.fromkeys(row.option for row in self._rows.get(lesson, ()))
        if not options:
            possible = (option for option in self.calendar.options(lesson) if self.calendar.spans(lesson, option))
            options = dict.fromkeys([next(possible, None)])
        return tuple(entry for option in options for entry in self._made(lesson, option, self.calendar.all))

    def _made(self, lesson: str, option: str | None, within: Dates) -> list[Entry]:
        times = {day: when for day, when in occurrences(self.calendar, lesson, option).items() if within >> day & 1}
        return [
            self._entry(self.term.lesson(lesson), option, usual, {day: times[day] for day in own})
            for usual, own in _by_usual_times(times).items()
        ]

    def _entry(self, lesson: Lesson, option: str | None, usual: Times, times: Mapping[int, Times]) -> Entry:
        term = self.term
        course = term.course(lesson.course)
        when: Lesson | LessonTime = lesson if option is None else term.lesson_time(option)
        room = when.room or lesson.room
        dates = _bits(times)
        rows = [row for row in self._rows.get(lesson.id, ()) if row.option == option]
        staffed = {row.professional: self.calendar.in_weeks(row.weeks) & dates for row in rows}
        lacking = {
            day: short
            for day in times
            if not over(self.calendar) >> day & 1
            and (short := course.heads - sum(each >> day & 1 for each in staffed.values())) > 0
        }
        return Entry(
            lesson=lesson.id,
            school=course.school,
            school_name=term.school(course.school).name,
            title=course.name or course.subject,
            subject=course.subject,
            groups=", ".join(term.class_group(group).name or group for group in course.classes),
            room="" if room is None else term.find("rooms", room).name or room,
            weekday=when.weekday,
            start=usual[0],
            end=usual[1],
            times=tuple(times.items()),
            labels=tuple(dict.fromkeys(label for label in (when.first_period, when.last_period) if label)),
            weeks=self.words.of(course.school, when.weekday, dates),
            exceptions=self._exceptions(course.school, when.weekday, usual, times) + self._undecided(rows, option),
            givers=tuple(
                self._giver(professional, course.school, when.weekday, theirs, dates)
                for professional, theirs in staffed.items()
                if theirs
            ),
            missing=max(lacking.values(), default=0),
            open_weeks=self._part(course.school, when.weekday, _bits(lacking), dates),
            priority=course.priority,
            must_fill=lesson.must_fill,
            option=option,
        )

    def _giver(self, professional: str, school: str, weekday: Weekday, theirs: Dates, dates: Dates) -> Giver:
        person = self.term.professional(professional)
        employer = self.term.employer(person.employer).name if person.employer else ""
        return Giver(professional, person.name, employer, self._part(school, weekday, theirs, dates))

    def _part(self, school: str, weekday: Weekday, part: Dates, dates: Dates) -> str:
        """Weeks of a part of an entry's dates; empty when it is all of them."""
        return "" if part in (0, dates) else self.words.of(school, weekday, part)

    def _exceptions(self, school: str, weekday: Weekday, usual: Times, times: Mapping[int, Times]) -> tuple[str, ...]:
        others = dict.fromkeys(when for when in times.values() if when != usual)
        return tuple(
            text(
                "results.exception",
                self.lang,
                weeks=self.words.of(school, weekday, _bits(day for day, when in times.items() if when == other)),
                times=times_text(other),
            )
            for other in others
        )

    def _undecided(self, rows: Sequence[GivenLesson], option: str | None) -> tuple[str, ...]:
        """That this is only the first time of several."""
        return () if rows or option is None else (text("results.undecided", self.lang),)


def _by_usual_times(times: Mapping[int, Times]) -> dict[Times, list[int]]:
    """Day numbers by the usual clock times they belong to: their own, or else those of the dates before them."""
    if not times:
        return {}
    counts = Counter(times.values())
    least = min(len(times) / _OWN_ENTRY_SHARE, max(counts.values()))
    found: dict[Times, list[int]] = {when: [] for when, count in counts.items() if count >= least}
    last = next(when for when in times.values() if when in found)
    for day, when in times.items():
        last = when if when in found else last
        found[last].append(day)
    return found


def _bits(day_numbers: Iterable[int]) -> Dates:
    dates = 0
    for day in day_numbers:
        dates |= 1 << day
    return dates


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(
        sorted(entries, key=lambda entry: (entry.weekday.iso, entry.start, entry.end, entry.title, entry.lesson))
    )
