"""The look of the workbook, and how a week grid and a flat table are written on a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from model.fields import MINUTES_PER_DAY
from model.locale import text
from model.results.entries import Entry
from model.results.grids import GridRow, WeekGrid, open_text, room_text, who_text
from model.results.palette import FAINT, INK, LINE, MUTED, OPEN, Hue

_TIME_WIDTH = 9
_DAY_WIDTH = 27
"""In characters: five days and the times fill an A4 page across."""
_CHARACTERS_PER_UNIT = 1.08
"""Column widths count digits of the default size; texts are a little smaller."""

_LINE_POINTS = 13.5
_MOST_POINTS = 400
GRID_HEAD_ROW = 3
_FONT = "Calibri"


class Look:
    """Formats of one workbook; each is made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **wanted: Any) -> Format:
        """The format with these properties, on the plain text of the workbook."""
        properties = {"font_name": _FONT, "font_size": 10, "font_color": INK, "valign": "top", **wanted}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def title(self) -> Format:
        return self(bold=True, font_size=16)

    def muted(self) -> Format:
        return self(font_color=MUTED)

    def section(self, **more: Any) -> Format:
        """The headings of a small table."""
        return self(bold=True, font_size=11, bottom=1, bottom_color=MUTED, **more)

    def head(self, **more: Any) -> Format:
        """The heading row of a flat table or a week."""
        return self(bold=True, bg_color=FAINT, bottom=1, bottom_color=MUTED, valign="vcenter", text_wrap=True, **more)

    def cell(self, **more: Any) -> Format:
        """A cell of a table."""
        return self(text_wrap=True, bottom=1, bottom_color=LINE, **more)

    def open(self, **more: Any) -> Format:
        """A cell of a table that speaks of open lessons."""
        return self.cell(bg_color=OPEN.pale, font_color=OPEN.strong, bold=True, **more)

    def link(self) -> Format:
        return self.cell(font_color="#2a63a6", underline=1)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a flat table: heading, width in characters, and a number format where it holds numbers."""

    heading: str
    width: float
    number: str = "General"
    align: str = "left"


def write_text(sheet: Worksheet, row: int, column: int, words: str, look: Format) -> None:
    """Text, whatever it looks like: a leading `=`, `+`, `-` or `@` stays a character."""
    if words:
        sheet.write_string(row, column, words, look)
    else:
        sheet.write_blank(row, column, None, look)


def write_value(sheet: Worksheet, row: int, column: int, value: object, look: Format) -> None:
    """A number or a clock time as such, the rest as text."""
    match value:
        case int() | float():
            sheet.write_number(row, column, value, look)
        case time():
            sheet.write_datetime(row, column, value, look)
        case _:
            write_text(sheet, row, column, "" if value is None else str(value), look)


def clock_value(minutes: int) -> time | str:
    """A clock time as a cell value; midnight at the end of a day is text, since a cell has no 24:00."""
    return time(minutes // 60, minutes % 60) if minutes < MINUTES_PER_DAY else "24:00"


def print_across(sheet: Worksheet, head_row: int, footer: str) -> None:
    """A4, landscape, one page wide, the heading rows on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head_row)
    sheet.set_footer(f"&L&8{' '.join(footer.split())[:100].replace('&', '&&')}&R&8&A  &P/&N")
    sheet.hide_gridlines(2)


def write_table(
    sheet: Worksheet, look: Look, head_row: int, columns: Sequence[Column], rows: Sequence[Sequence[object]]
) -> None:
    """A flat table with filters and fixed headings; several lines in a cell are separated by newlines."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        write_text(sheet, head_row, place, column.heading, look.head(align=column.align))
    for offset, row in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            shown = look.cell(num_format=column.number, align=column.align)
            write_value(sheet, head_row + offset, place, value, shown)
        lines = max(
            _lines(value, column.width) for column, value in zip(columns, row, strict=True) if isinstance(value, str)
        )
        sheet.set_row(head_row + offset, min(_MOST_POINTS, 3 + lines * _LINE_POINTS))
    sheet.autofilter(head_row, 0, head_row + len(rows), len(columns) - 1)
    sheet.freeze_panes(head_row + 1, 0)


def write_grid(sheet: Worksheet, look: Look, grid: WeekGrid, hues: Mapping[str, Hue], lang: str) -> None:
    """A week: times down, weekdays across, each lesson in a cell of its own, open ones in the colour kept for them."""
    _GridSheet(sheet, look, grid, hues, lang).write()


def grid_summary(grid: WeekGrid, lang: str) -> str:
    """Town or employer, and how many lessons: staffed and open for a school, given for a professional."""
    if grid.of_school:
        counts = text("results.staffed_of", lang, staffed=grid.lessons - grid.open, n=grid.lessons)
        counts = f"{counts}, {text('results.still_open', lang, n=grid.open)}"
    else:
        counts = text("results.gives", lang, n=grid.lessons)
    return " · ".join(part for part in (grid.subtitle, counts) if part)


@dataclass(frozen=True, slots=True)
class _GridSheet:
    sheet: Worksheet
    look: Look
    grid: WeekGrid
    hues: Mapping[str, Hue]
    lang: str

    def write(self) -> None:
        self.sheet.set_column(0, 0, _TIME_WIDTH)
        self.sheet.set_column(1, len(self.grid.weekdays), _DAY_WIDTH)
        write_text(self.sheet, 0, 0, self.grid.title, self.look.title())
        self.sheet.set_row(0, 24)
        write_text(self.sheet, 1, 0, grid_summary(self.grid, self.lang), self.look.muted())
        write_text(self.sheet, GRID_HEAD_ROW, 0, text("results.book.time", self.lang), self.look.head())
        for place, day in enumerate(self.grid.weekdays, start=1):
            name = text(f"results.day.{day.value}", self.lang)
            write_text(self.sheet, GRID_HEAD_ROW, place, name, self.look.head())
        self.sheet.set_row(GRID_HEAD_ROW, 20)
        at = GRID_HEAD_ROW + 1
        for row in self.grid.rows:
            for depth in range(row.depth):
                self._line(at, row, depth)
                at += 1
        for place in range(len(self.grid.weekdays) + 1):
            self.sheet.write_blank(at, place, None, self.look(top=1, top_color=MUTED))
        self.sheet.freeze_panes(GRID_HEAD_ROW + 1, 1)

    def _line(self, at: int, row: GridRow, depth: int) -> None:
        """Of everything that starts at one time, the lessons that are `depth` deep in their weekday's cell."""
        label = text("results.period", self.lang, label=row.label) if row.label else ""
        words = f"{row.clock}\n{label}".strip() if depth == 0 else ""
        top = {"top": 1, "top_color": LINE if depth else MUTED}
        side = {"right": 1, "right_color": LINE}
        write_text(
            self.sheet, at, 0, words, self.look(bold=True, text_wrap=True, **side, **(top if depth == 0 else {}))
        )
        lines = words.count("\n") + 1
        for place, cell in enumerate(row.cells, start=1):
            if depth < len(cell):
                lines = max(lines, self._entry(at, place, cell[depth], {**side, **top}))
            else:
                self.sheet.write_blank(at, place, None, self.look(**side, **top))
        self.sheet.set_row(at, min(_MOST_POINTS, 5 + lines * _LINE_POINTS))

    def _entry(self, at: int, place: int, entry: Entry, border: Mapping[str, Any]) -> int:
        """One lesson in one cell; gives the number of lines it takes."""
        hue = OPEN if entry.is_open else self.hues[entry.subject.casefold()]
        head, plain = self.look(bold=True, font_color=hue.strong), self.look()
        mark = open_text(entry, self.lang) if entry.is_open else ""
        lines = [(line, head) for line in (entry.what, mark) if line]
        lines += [(line, plain) for line in self._rest(entry) if line]
        pieces: list[object] = []
        for index, (line, style) in enumerate(lines, start=1):
            pieces += [style, line + ("\n" if index < len(lines) else "")]
        edge = {"left": 5, "left_color": hue.strong} if entry.is_open else {}
        surface = self.look(text_wrap=True, bg_color=hue.pale, **border, **edge)
        self.sheet.write_rich_string(at, place, *pieces, surface)
        return sum(_lines(line, _DAY_WIDTH) for line, _ in lines)

    def _rest(self, entry: Entry) -> list[str]:
        """Who or where, the times, the weeks."""
        others = who_text(entry, self.lang, besides=None if self.grid.of_school else self.grid.owner)
        room = room_text(entry, self.lang)
        when = " · ".join(part for part in (entry.clock, entry.weeks) if part)
        if self.grid.of_school:
            return [others, room, when, *entry.exceptions]
        where = ", ".join(part for part in (entry.school_name, room) if part)
        beside = text("results.with", self.lang, who=others) if others else ""
        return [beside, where, when, *entry.exceptions]


def _lines(words: str, width: float) -> int:
    return sum(max(1, ceil(len(line) / (width * _CHARACTERS_PER_UNIT))) for line in words.split("\n"))
