"""The outcome as an Excel workbook: overview, lessons, open lessons, points, and a week per school and professional."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from model.locale import text, word
from model.results.entries import Entries
from model.results.grids import WeekGrid, professional_grid, school_grid
from model.results.overview import write_overview
from model.results.palette import OPEN, STAFFED, subject_hues
from model.results.rows import open_rows
from model.results.safe import sheet_names
from model.results.sheets import (
    GRID_HEAD_ROW,
    Column,
    Look,
    clock_value,
    print_across,
    write_grid,
    write_table,
    write_text,
)
from model.rules import BY_NAME
from model.term import Term
from model.timetable import Outcome

_TABLE_HEAD = 2
_CLOCK = "hh:mm"
_POINTS = "#,##0"


def write_workbook(path: Path, term: Term, outcome: Outcome, lang: str) -> None:
    """Write the workbook; an existing file is replaced. The same outcome gives the same bytes.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("wb") as file, Workbook(file, {"in_memory": True}) as book:
        _Book(book, term, outcome, lang).write()


class _Book:
    """The sheets of one workbook, in order."""

    def __init__(self, book: Workbook, term: Term, outcome: Outcome, lang: str) -> None:
        self.book = book
        self.term = term
        self.outcome = outcome
        self.lang = lang
        self.look = Look(book)
        self.entries = Entries(term, outcome, lang)
        self.schools = [grid for row in term.schools if (grid := school_grid(self.entries, row.id)).entries]
        self.people = [professional_grid(self.entries, each) for each in self.entries.teaching()]
        book.set_properties(
            {
                "title": term.name or term.id,
                "author": "Hybrooster",
                "created": datetime.combine(term.as_of or term.start, time(), UTC),
            }
        )

    def write(self) -> None:
        """Write every sheet."""
        fixed = [text(f"results.book.{each}", self.lang) for each in ("overview", "lessons", "open", "points")]
        names = sheet_names([*fixed, *(grid.title for grid in (*self.schools, *self.people))])
        sheets = [self.book.add_worksheet(name) for name in names]
        grids = [*self.schools, *self.people]
        by_name = dict(zip(names[len(fixed) :], grids, strict=True))
        write_overview(sheets[0], self.look, self.entries, by_name)
        self._table(sheets[1], fixed[1], *self._lessons())
        self._table(sheets[2], fixed[2], *self._open())
        self._points(sheets[3], fixed[3])
        sheets[2].set_tab_color(OPEN.strong)
        for grid, sheet in zip(grids, sheets[len(fixed) :], strict=True):
            self._grid(sheet, grid)
        for place, sheet in enumerate(sheets):
            head_row = GRID_HEAD_ROW if place >= len(fixed) else _TABLE_HEAD
            print_across(sheet, head_row, self.term.name or self.term.id)

    def _heading(self, key: str) -> str:
        return text(f"results.book.{key}", self.lang)

    def _table(self, sheet: Worksheet, title: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        write_text(sheet, 0, 0, title, self.look.title())
        sheet.set_row(0, 24)
        write_table(sheet, self.look, _TABLE_HEAD, columns, rows)

    def _lessons(self) -> tuple[list[Column], list[list[object]]]:
        """One row per lesson, clock time and professional."""
        widths = {"lesson": 13, "course": 20, "class": 10, "school": 26, "weekday": 6, "period": 8}
        columns = [Column(self._heading(key), width) for key, width in widths.items()]
        columns += [Column(self._heading(key), 7, _CLOCK, "center") for key in ("start", "end")]
        more = {"room": 13, "professional": 20, "employer": 20, "weeks": 16, "exceptions": 18}
        columns += [Column(self._heading(key), width) for key, width in more.items()]
        every = text("results.weeks.all", self.lang)
        rows: list[list[object]] = [
            [
                entry.lesson,
                entry.title,
                entry.groups,
                entry.school_name,
                word("weekday", entry.weekday, self.lang),
                entry.periods,
                clock_value(entry.start),
                clock_value(entry.end),
                entry.room,
                giver.name,
                giver.employer,
                giver.weeks or entry.weeks or every,
                "\n".join(entry.exceptions),
            ]
            for grid in self.schools
            for entry in grid.entries
            for giver in entry.givers
        ]
        return columns, rows

    def _open(self) -> tuple[list[Column], list[list[object]]]:
        """What matters most first."""
        widths = {
            "priority": 10, "must_fill": 9, "lesson": 13, "course": 18, "class": 10, "school": 26, "weekday": 6,
            "time": 12, "room": 12, "weeks": 14, "missing": 8, "other_times": 14, "reasons": 50,
        }  # fmt: skip
        columns = [Column(self._heading(key), width) for key, width in widths.items()]
        yes, no = self._heading("yes"), self._heading("no")
        rows: list[list[object]] = [
            [
                row.priority,
                yes if row.must_fill else no,
                row.lesson,
                row.title,
                row.groups,
                row.school,
                row.day,
                row.time,
                row.room,
                row.weeks,
                row.missing,
                "\n".join(row.other_times),
                "\n".join(row.reasons),
            ]
            for row in open_rows(self.entries, self.entries.all())
        ]
        return columns, rows

    def _points(self, sheet: Worksheet, title: str) -> None:
        """The ledger: what each tier and each rule adds to the value."""
        columns = [
            Column(self._heading("tier"), 30),
            Column(self._heading("rule"), 44),
            Column(self._heading("value"), 16, _POINTS, "right"),
            Column(self._heading("places"), 12, _POINTS, "right"),
        ]
        rows: list[list[object]] = []
        for tier in self.outcome.tiers:
            rows.append([word("tier", tier.tier, self.lang), self._heading("whole_tier"), tier.value, None])
            rows += [
                [
                    word("tier", tier.tier, self.lang),
                    text(f"rule.{row.rule}.title", self.lang) if row.rule in BY_NAME else row.rule,
                    row.value,
                    row.places,
                ]
                for row in self.outcome.rules
                if row.tier is tier.tier
            ]
        self._table(sheet, title, columns, rows)
        write_text(sheet, 1, 0, self._heading("points_about"), self.look.muted())

    def _grid(self, sheet: Worksheet, grid: WeekGrid) -> None:
        write_grid(sheet, self.look, grid, subject_hues(self.term), self.lang)
        sheet.set_tab_color(OPEN.strong if grid.of_school and grid.open else STAFFED)
