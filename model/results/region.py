"""The region at a glance: schools by half-day, one square per lesson, so that shortages show where and when they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from model.fields import HalfDay, Weekday
from model.locale import text, word
from model.results.entries import Entries, Entry
from model.results.grids import SCHOOL_DAYS, open_text, who_text
from model.results.palette import FAINT, INK, LINE, MUTED, OPEN, STAFFED
from model.results.svg import clip, document, element, hatch, label, measure, titled
from model.term import Term
from model.timetable import Outcome

MARGIN = 36
NARROWEST_NAMES, WIDEST_NAMES = 200, 360
CELL = 84
TOTALS = 210
SQUARE = 14
STEP = 18
PER_LINE = 4
HEAD = 176
_ROW_HEIGHT = 44


def region_picture(term: Term, outcome: Outcome, lang: str) -> str:
    """SVG of all schools against the half-days of the week: staffed lessons, open lessons, and the totals."""
    return _Region(term, outcome, lang).drawn()


class _Region:
    """Lays the matrix out and draws it; the schools with most open lessons come first."""

    def __init__(self, term: Term, outcome: Outcome, lang: str) -> None:
        self.term = term
        self.outcome = outcome
        self.lang = lang
        self.entries = Entries(term, outcome, lang)
        self.ids = "r" + sha256(term.id.encode()).hexdigest()[:10]
        of_lessons = [self.entries.of_lesson(row.id) for row in self.entries.term.lessons]
        self.lessons = [max(each, key=lambda entry: entry.is_open) for each in of_lessons if each]
        """One entry per lesson: a lesson at two clock times counts once, open if it is so at either."""
        self.cells: dict[tuple[str, Weekday, HalfDay], list[Entry]] = defaultdict(list)
        for entry in self.lessons:
            self.cells[entry.school, entry.weekday, self._half_day(entry)].append(entry)
        used = {(day, half) for _, day, half in self.cells}
        usual = {(day, half) for day in SCHOOL_DAYS for half in (HalfDay.MORNING, HalfDay.AFTERNOON)}
        self.columns = [(day, half) for day in Weekday for half in HalfDay if (day, half) in used | usual]
        with_lessons = {entry.school for entry in self.lessons}
        self.schools = sorted(
            (school for school in term.schools if school.id in with_lessons),
            key=lambda school: (-_open(self._of(school.id)), school.name),
        )
        longest = max((measure(school.name, 14, bold=True) for school in self.schools), default=0)
        self.names = min(WIDEST_NAMES, max(NARROWEST_NAMES, int(longest) + 24))
        self.width = 2 * MARGIN + self.names + CELL * len(self.columns) + TOTALS

    def _half_day(self, entry: Entry) -> HalfDay:
        return self.entries.calendar.half_day(entry.start)

    def _of(self, school: str) -> list[Entry]:
        return [entry for entry in self.lessons if entry.school == school]

    def x(self, column: int) -> float:
        """Left edge of a half-day's column; that of the totals comes after the last."""
        return float(MARGIN + self.names + CELL * column)

    def drawn(self) -> str:
        y = float(HEAD)
        rows: list[str] = []
        for school in self.schools:
            lines = max(-(-len(self.cells[school.id, *column]) // PER_LINE) for column in self.columns)
            height = max(_ROW_HEIGHT, 16 + lines * STEP)
            rows += self._row(school.id, y)
            y += height
        foot = self._foot(y)
        open_lessons = _open(self.lessons)
        return document(
            self.ids,
            text("results.region.title", self.lang, name=self.term.name or self.term.id),
            f"{self._dates()}. {self._staffed()}, {text('results.still_open', self.lang, n=open_lessons)}.",
            self.width,
            y + 66 + MARGIN,
            element("defs", hatch(f"{self.ids}-open", OPEN.pale, "#e9824d", 5)),
            *self._head(open_lessons),
            *self._columns(y),
            *rows,
            *foot,
        )

    # Words above

    def _dates(self) -> str:
        return text("results.dates", self.lang, first=self.term.start, last=self.term.end)

    def _staffed(self) -> str:
        count = len(self.lessons)
        return text("results.staffed_of", self.lang, staffed=count - _open(self.lessons), n=count)

    def _head(self, open_lessons: int) -> list[str]:
        wide = self.width - 2 * MARGIN
        name = clip(text("results.region.title", self.lang, name=self.term.name or self.term.id), wide, 28, bold=True)
        status = text(f"status.{self.outcome.status.value}", self.lang)
        staffed, still = self._staffed(), text("results.still_open", self.lang, n=open_lessons)
        second = MARGIN + measure(staffed, 18, bold=True) + 22
        third = second + measure(still, 18, bold=True) + 22
        return [
            label(name, MARGIN, MARGIN + 26, 28, INK, font_weight="700"),
            label(self._dates(), MARGIN, MARGIN + 50, 14, MUTED),
            label(staffed, MARGIN, MARGIN + 84, 18, STAFFED, font_weight="700"),
            label(still, second, MARGIN + 84, 18, OPEN.strong if open_lessons else MUTED, font_weight="700"),
            label(text("results.picture.status", self.lang, status=status), third, MARGIN + 83, 14, MUTED),
        ]

    def _columns(self, bottom: float) -> list[str]:
        drawn = []
        for day in dict.fromkeys(day for day, _ in self.columns):
            places = [place for place, (each, _) in enumerate(self.columns) if each == day]
            left, right = self.x(places[0]), self.x(places[-1] + 1)
            name = text(f"results.day.{day.value}", self.lang)
            middle = (left + right) / 2
            drawn.append(label(name, middle, HEAD - 30, 14, INK, font_weight="700", text_anchor="middle"))
            drawn.append(element("line", x1=left, y1=HEAD - 46, x2=left, y2=bottom + 34, stroke=LINE))
        for place, (_, half) in enumerate(self.columns):
            name = word("halfday", half, self.lang)
            drawn.append(label(name, self.x(place) + CELL / 2, HEAD - 11, 12, MUTED, text_anchor="middle"))
        edge = self.x(len(self.columns))
        drawn.append(element("line", x1=edge, y1=HEAD - 46, x2=edge, y2=bottom + 34, stroke=LINE))
        return drawn

    # One school

    def _row(self, school_id: str, y: float) -> list[str]:
        school = self.term.school(school_id)
        mine = self._of(school_id)
        drawn = [
            element("line", x1=MARGIN, y1=y, x2=self.width - MARGIN, y2=y, stroke=LINE),
            label(clip(school.name, self.names - 16, 14, bold=True), MARGIN, y + 20, 14, INK, font_weight="700"),
            label(clip(school.town, self.names - 16, 12), MARGIN, y + 36, 12, MUTED),
        ]
        for place, column in enumerate(self.columns):
            here = sorted(self.cells[school_id, *column], key=lambda entry: (entry.is_open, entry.start, entry.lesson))
            for index, entry in enumerate(here):
                line, along = divmod(index, PER_LINE)
                left = self.x(place) + (CELL - PER_LINE * STEP + STEP - SQUARE) / 2 + along * STEP
                drawn.append(self._square(entry, left, y + 10 + line * STEP))
        return drawn + self._total(mine, y)

    def _square(self, entry: Entry, x: float, y: float) -> str:
        fill = f"url(#{self.ids}-open)" if entry.is_open else STAFFED
        stroke = OPEN.strong if entry.is_open else STAFFED
        square = element("rect", x=x, y=y, width=SQUARE, height=SQUARE, rx=3, fill=fill, stroke=stroke)
        mark = open_text(entry, self.lang) if entry.is_open else ""
        said = (
            entry.what,
            f"{word('weekday', entry.weekday, self.lang)} {entry.clock}",
            who_text(entry, self.lang),
            mark,
        )
        return titled(" · ".join(part for part in said if part), square)

    def _total(self, mine: list[Entry], y: float) -> list[str]:
        left, wide = self.x(len(self.columns)) + 16, TOTALS - 16
        open_lessons, count = _open(mine), len(mine)
        share = wide * (count - open_lessons) / count
        drawn = [
            label(text("results.region.of", self.lang, staffed=count - open_lessons, n=count), left, y + 18, 13, INK)
        ]
        if open_lessons:
            said = text("results.still_open", self.lang, n=open_lessons)
            drawn.append(label(said, left + wide, y + 18, 13, OPEN.strong, font_weight="700", text_anchor="end"))
        drawn.append(
            element("rect", x=left, y=y + 26, width=wide, height=8, rx=4, fill=OPEN.strong if open_lessons else FAINT)
        )
        if share:
            drawn.append(element("rect", x=left, y=y + 26, width=share, height=8, rx=4, fill=STAFFED))
        return drawn

    # Below

    def _foot(self, y: float) -> list[str]:
        """Open lessons by half-day, and what the squares mean."""
        drawn = [
            element("line", x1=MARGIN, y1=y, x2=self.width - MARGIN, y2=y, stroke=MUTED),
            label(text("results.region.open_by_half_day", self.lang), MARGIN, y + 22, 13, MUTED),
        ]
        for place, column in enumerate(self.columns):
            short = _open(entry for school in self.schools for entry in self.cells[school.id, *column])
            fill, weight = (OPEN.strong, "700") if short else (MUTED, "400")
            middle = self.x(place) + CELL / 2
            drawn.append(label(str(short or "–"), middle, y + 22, 13, fill, font_weight=weight, text_anchor="middle"))
        x, y = float(MARGIN), y + 62
        for words, fill, stroke in (
            (text("results.region.one_staffed", self.lang), STAFFED, STAFFED),
            (text("results.region.one_open", self.lang), f"url(#{self.ids}-open)", OPEN.strong),
        ):
            drawn.append(element("rect", x=x, y=y - 12, width=SQUARE, height=SQUARE, rx=3, fill=fill, stroke=stroke))
            drawn.append(label(words, x + 22, y, 12, INK))
            x += 22 + measure(words, 12) + 28
        return drawn


def _open(entries: Iterable[Entry]) -> int:
    return sum(entry.is_open for entry in entries)
