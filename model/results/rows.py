"""Plain rows, ready to print: the timetable of each school line by line, and the open lessons with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.lessons import Priority
from model.locale import text, word
from model.results.entries import Entries, Entry, times_text
from model.results.grids import open_text, who_text
from model.term import Term
from model.timetable import Outcome

_MOST_TIMES = 6
"""Other times that are named one by one; more are named by their half-days."""

_BY_PRIORITY = (Priority.HIGH, Priority.NORMAL, Priority.LOW)


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One line of a school's timetable, in words; `open` says that somebody lacks, and `who` says so too."""

    lesson: str
    day: str
    time: str
    what: str
    room: str
    who: str
    weeks: str
    open: bool


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open lesson, in words."""

    lesson: str
    school: str
    title: str
    groups: str
    what: str
    """Title and class groups in one."""
    day: str
    time: str
    room: str
    priority: str
    must_fill: bool
    missing: int
    weeks: str
    other_times: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolRows:
    """What a terminal shows of one school."""

    school: str
    name: str
    town: str
    lessons: tuple[LessonRow, ...]
    open: tuple[OpenRow, ...]


def school_rows(term: Term, outcome: Outcome, lang: str) -> tuple[SchoolRows, ...]:
    """Every school that has lessons, in the order of the term."""
    entries = Entries(term, outcome, lang)
    found = []
    for school in term.schools:
        if mine := entries.of_school(school.id):
            lessons = tuple(_lesson_row(entry, lang) for entry in mine)
            found.append(SchoolRows(school.id, school.name, school.town, lessons, open_rows(entries, mine)))
    return tuple(found)


def open_rows(entries: Entries, among: Sequence[Entry]) -> tuple[OpenRow, ...]:
    """The open ones among some entries: what matters most first, then what must be staffed, then by school and time."""
    places = {school.id: place for place, school in enumerate(entries.term.schools)}
    wanted = sorted(
        (entry for entry in among if entry.is_open),
        key=lambda entry: (
            _BY_PRIORITY.index(entry.priority),
            not entry.must_fill,
            places[entry.school],
            entry.weekday.iso,
            entry.start,
            entry.lesson,
        ),
    )
    why = {row.lesson: tuple(reason.sentence for reason in row.reasons) for row in entries.outcome.open}
    return tuple(_open_row(entries, entry, why.get(entry.lesson, ())) for entry in wanted)


def _lesson_row(entry: Entry, lang: str) -> LessonRow:
    mark = open_text(entry, lang) if entry.is_open else ""
    return LessonRow(
        lesson=entry.lesson,
        day=word("weekday", entry.weekday, lang),
        time=entry.clock,
        what=entry.what,
        room=entry.room,
        who=", ".join(part for part in (who_text(entry, lang), mark) if part),
        weeks="; ".join(part for part in (entry.weeks, *entry.exceptions) if part),
        open=entry.is_open,
    )


def _open_row(entries: Entries, entry: Entry, reasons: tuple[str, ...]) -> OpenRow:
    lang = entries.lang
    return OpenRow(
        lesson=entry.lesson,
        school=entry.school_name,
        title=entry.title,
        groups=entry.groups,
        what=entry.what,
        day=word("weekday", entry.weekday, lang),
        time=entry.clock,
        room=entry.room,
        priority=word("priority", entry.priority, lang),
        must_fill=entry.must_fill,
        missing=entry.missing,
        weeks=entry.open_weeks or entry.weeks or text("results.weeks.all", lang),
        other_times=_other_times(entries, entry),
        reasons=reasons,
    )


def _other_times(entries: Entries, entry: Entry) -> tuple[str, ...]:
    """The other times an unstaffed lesson may be given at; none once somebody gives it at one of them."""
    if entry.givers:
        return ()
    found, parts = [], []
    for row in entries.term.times_of(entry.lesson):
        if row.id != entry.option and (spans := entries.calendar.spans(entry.lesson, row.id)):
            usual = max(spans, key=lambda span: span.dates.bit_count())
            day = word("weekday", row.weekday, entries.lang)
            found.append(f"{day} {times_text((usual.start, usual.end))}")
            parts.append(f"{day} {word('halfday', entries.calendar.half_day(usual.start), entries.lang)}")
    return tuple(found if len(found) <= _MOST_TIMES else dict.fromkeys(parts))
