"""The first sheet: what came out in words, the counts, the way to every other sheet, and the details below."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from model.locale import text
from model.record import record_lines
from model.results.entries import Entries
from model.results.grids import WeekGrid
from model.results.sheets import Look, write_text, write_value
from model.timetable import Status

_WIDTHS = (44, 26, 12, 12, 12)


def write_overview(sheet: Worksheet, look: Look, entries: Entries, grids: Mapping[str, WeekGrid]) -> None:
    """Fill the sheet; `grids` are the weeks of schools and professionals by the names of their sheets."""
    _Overview(sheet, look, entries, grids).write()


class _Overview:
    """Writes downwards, one line after the other."""

    def __init__(self, sheet: Worksheet, look: Look, entries: Entries, grids: Mapping[str, WeekGrid]) -> None:
        self.sheet = sheet
        self.look = look
        self.entries = entries
        self.schools = {name: grid for name, grid in grids.items() if grid.of_school}
        self.people = {name: grid for name, grid in grids.items() if not grid.of_school}
        self.lang = entries.lang
        self.at = 0

    def write(self) -> None:
        term, outcome = self.entries.term, self.entries.outcome
        for place, width in enumerate(_WIDTHS):
            self.sheet.set_column(place, place, width)
        title = text("results.book.title", self.lang, name=term.name or term.id)
        write_text(self.sheet, 0, 0, title, self.look.title())
        self.sheet.set_row(0, 24)
        dates = text("results.dates", self.lang, first=term.start, last=term.end)
        write_text(self.sheet, 1, 0, dates, self.look.muted())
        self.at = 3
        self._fact("status", text(f"status.{outcome.status.value}", self.lang))
        if outcome.status in (Status.IMPOSSIBLE, Status.GAVE_UP):
            self._fact("timetable", text("results.book.no_timetable", self.lang))
        self._fact("total", outcome.lessons.total)
        self._fact("filled", outcome.lessons.filled)
        self._fact("still_open", outcome.lessons.open, warn=outcome.lessons.open > 0)
        if outcome.lessons.to_win is not None:
            self._fact("to_win", outcome.lessons.to_win)
        self._fact("teaching", text("results.book.of", self.lang, n=len(self.people), total=len(term.professionals)))
        self._record()
        self._list_schools()
        self._list_people()
        self._details()

    def _fact(self, key: str, value: object, *, number: str = "#,##0", warn: bool = False) -> None:
        write_text(self.sheet, self.at, 0, text(f"results.book.{key}", self.lang), self.look.cell())
        shown = self.look.open(align="left") if warn else self.look(bold=True, num_format=number, align="left")
        write_value(self.sheet, self.at, 1, value, shown)
        self.at += 1

    def _section(self, key: str, *headings: str) -> None:
        self.at += 1
        for place, heading in enumerate((key, *headings)):
            words = text(f"results.book.{heading}", self.lang)
            write_text(self.sheet, self.at, place, words, self.look.section(align="right" if place > 1 else "left"))
        self.at += 1

    def _link(self, name: str, grid: WeekGrid) -> None:
        quoted = name.replace("'", "''")
        self.sheet.write_url(self.at, 0, f"internal:'{quoted}'!A1", self.look.link(), grid.title)

    def _record(self) -> None:
        """Waived breaches and rules that were off: a timetable is never shown without them."""
        term, outcome = self.entries.term, self.entries.outcome
        lines = list(record_lines(term, outcome.waived, outcome.idle_waivers, outcome.rules_off, self.lang))
        if lines:
            self._section("record")
        for line in lines:
            write_text(self.sheet, self.at, 0, line, self.look())
            self.at += 1

    def _list_schools(self) -> None:
        self._section("schools", "town", "total", "filled", "still_open")
        for name, grid in self.schools.items():
            self._link(name, grid)
            write_text(self.sheet, self.at, 1, grid.subtitle, self.look.cell())
            for place, count in enumerate((grid.lessons, grid.lessons - grid.open, grid.open), start=2):
                warn = place == 4 and count
                write_value(self.sheet, self.at, place, count, self.look.open() if warn else self.look.cell())
            self.at += 1

    def _list_people(self) -> None:
        self._section("professionals", "employer", "total", "at_schools")
        for name, grid in self.people.items():
            self._link(name, grid)
            write_text(self.sheet, self.at, 1, grid.subtitle, self.look.cell())
            write_value(self.sheet, self.at, 2, grid.lessons, self.look.cell())
            write_value(self.sheet, self.at, 3, len({entry.school for entry in grid.entries}), self.look.cell())
            self.at += 1

    def _details(self) -> None:
        outcome = self.entries.outcome
        self._section("details")
        self._fact("value", outcome.value)
        self._fact("bound", outcome.bound)
        self._fact("gap", outcome.gap, number="0.00%")
        self._fact("seconds", outcome.seconds, number="0.0")
        self._fact("seed", outcome.seed, number="0")
        for name, version in sorted(outcome.versions.items()):
            write_text(self.sheet, self.at, 0, text("results.book.version", self.lang, of=name), self.look.cell())
            write_text(self.sheet, self.at, 1, version, self.look(bold=True))
            self.at += 1
        self._fact("input_hash", outcome.input_hash)
