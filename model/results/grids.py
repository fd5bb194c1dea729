"""Week grids of a school or a professional: weekdays across, clock times down, entries in the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from model.fields import Weekday, clock_text
from model.locale import text
from model.results.entries import Entries, Entry

_WORD = re.compile(r"[^\W\d_]{4}")
"""Four letters in a row: a room with such a name needs no word before it."""

SCHOOL_DAYS = tuple(Weekday)[:5]


@dataclass(frozen=True, slots=True)
class GridRow:
    """Everything that starts at one clock time; `cells` has a tuple of entries per weekday of the grid."""

    start: int
    label: str
    """Labels of the lesson periods that start then, such as `3` or `4/5`; may be empty."""
    cells: tuple[tuple[Entry, ...], ...]

    @property
    def clock(self) -> str:
        """`08:30`."""
        return clock_text(self.start)

    @property
    def depth(self) -> int:
        """Most entries side by side in one cell."""
        return max(len(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """A week: Monday to Friday, and the weekend where something takes place then."""

    owner: str
    """Id of the school or professional."""
    title: str
    subtitle: str
    weekdays: tuple[Weekday, ...]
    rows: tuple[GridRow, ...]
    entries: tuple[Entry, ...]
    of_school: bool

    @property
    def lessons(self) -> int:
        """Lessons in it; one at two clock times counts once."""
        return len({entry.lesson for entry in self.entries})

    @property
    def open(self) -> int:
        """Lessons that lack somebody."""
        return len({entry.lesson for entry in self.entries if entry.is_open})


def school_grid(entries: Entries, school: str) -> WeekGrid:
    """The week of a school, open lessons included."""
    row = entries.term.school(school)
    return _grid(row.id, row.name, row.town, entries.of_school(school), of_school=True)


def professional_grid(entries: Entries, professional: str) -> WeekGrid:
    """The week of a professional: the lessons they give, at whichever school."""
    row = entries.term.professional(professional)
    employer = entries.term.employer(row.employer).name if row.employer else ""
    return _grid(row.id, row.name, employer, entries.of_professional(professional), of_school=False)


def _grid(owner: str, title: str, subtitle: str, entries: tuple[Entry, ...], *, of_school: bool) -> WeekGrid:
    used = {entry.weekday for entry in entries}
    weekdays = tuple(day for day in Weekday if day in SCHOOL_DAYS or day in used)
    rows = tuple(_row(start, weekdays, entries) for start in sorted({entry.start for entry in entries}))
    return WeekGrid(owner, title, subtitle, weekdays, rows, entries, of_school)


def _row(start: int, weekdays: Sequence[Weekday], entries: Sequence[Entry]) -> GridRow:
    mine = [entry for entry in entries if entry.start == start]
    labels = dict.fromkeys(entry.labels[0] for entry in mine if entry.labels)
    cells = tuple(tuple(entry for entry in mine if entry.weekday == day) for day in weekdays)
    return GridRow(start, "/".join(labels), cells)


def who_text(entry: Entry, lang: str, *, besides: str | None = None) -> str:
    """Who gives it, with their weeks where they do not give all of it; `besides` leaves one person out."""
    return ", ".join(
        giver.name if not giver.weeks else text("results.in_weeks", lang, what=giver.name, weeks=giver.weeks)
        for giver in entry.givers
        if giver.professional != besides
    )


def room_text(entry: Entry, lang: str) -> str:
    """A room as people say it: `lokaal B12`, but `praktijkhal` as it is."""
    says_so = not entry.room or _WORD.search(entry.room)
    return entry.room if says_so else text("results.room", lang, room=entry.room)


def open_text(entry: Entry, lang: str) -> str:
    """The mark of an open lesson: that it is open, how many people it lacks if more than one, and in which weeks."""
    alone = entry.missing == 1 and (not entry.givers or entry.open_weeks)
    said = text("results.open", lang) if alone else text("results.lacks", lang, n=entry.missing)
    return said if not entry.open_weeks else text("results.in_weeks", lang, what=said, weeks=entry.open_weeks)
