"""The week of one school or one professional as a picture: weekdays across, real clock time down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from model.fields import Weekday, clock_text
from model.locale import text
from model.results.entries import Entries, Entry
from model.results.grids import WeekGrid, open_text, professional_grid, room_text, school_grid, who_text
from model.results.palette import FAINT, INK, LINE, MUTED, OPEN, OPEN_STRIPE, Hue, subject_hues
from model.results.svg import clip, document, element, hatch, label, measure, titled, wrap
from model.term import Term
from model.timetable import Outcome

MARGIN = 36
GUTTER = 58
HEAD = 128
LANE_WIDTH = 166
DAY_WIDTH = 196
_PAD = 10
_LINE_HEIGHT = 15.0
_TITLE_SIZE = 13
_TEXT_SIZE = 12


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with its place among those it overlaps: lane `lane` of `lanes`."""

    entry: Entry
    lane: int
    lanes: int


def week_picture(
    term: Term, outcome: Outcome, lang: str, *, school: str | None = None, professional: str | None = None
) -> str:
    """SVG of the week of a school or of a professional; name one of them by id.

    Raises:
        ValueError: both or neither were named.
        KeyError: the term has no such school or professional.
    """
    entries = Entries(term, outcome, lang)
    if school is not None and professional is None:
        return _Week(term, outcome, lang, school_grid(entries, school)).drawn()
    if professional is not None and school is None:
        return _Week(term, outcome, lang, professional_grid(entries, professional)).drawn()
    raise ValueError("a school or a professional")


def lanes(entries: Sequence[Entry]) -> list[Placed]:
    """Entries of one weekday side by side: those that overlap, directly or through others, share a number of lanes."""
    found: list[Placed] = []
    cluster: list[tuple[Entry, int]] = []
    ends: list[int] = []
    for entry in sorted(entries, key=lambda each: (each.start, -each.end, each.lesson)):
        if ends and entry.start >= max(ends):
            found += [Placed(each, lane, len(ends)) for each, lane in cluster]
            cluster, ends = [], []
        lane = next((index for index, end in enumerate(ends) if end <= entry.start), len(ends))
        ends[lane : lane + 1] = [entry.end]
        cluster.append((entry, lane))
    return found + [Placed(each, lane, len(ends)) for each, lane in cluster]


class _Week:
    """Lays one week out and draws it."""

    def __init__(self, term: Term, outcome: Outcome, lang: str, grid: WeekGrid) -> None:
        self.term = term
        self.outcome = outcome
        self.lang = lang
        self.grid = grid
        self.hues: Mapping[str, Hue] = subject_hues(term)
        self.ids = "w" + sha256(f"{term.id}\0{grid.of_school}\0{grid.owner}".encode()).hexdigest()[:10]
        self.placed = {day: lanes([each for each in grid.entries if each.weekday == day]) for day in grid.weekdays}
        starts = [entry.start for entry in grid.entries] or [9 * 60]
        ends = [entry.end for entry in grid.entries] or [16 * 60]
        self.first = min(starts) // 30 * 30
        self.last = -(-max(ends) // 30) * 30
        shortest = min((entry.end - entry.start for entry in grid.entries), default=50)
        self.scale = min(1.9, max(1.3, 84 / max(shortest, 1)))
        """Pixels per minute: the shortest lesson has room for its lines."""
        self.widths = [
            max(DAY_WIDTH, LANE_WIDTH * max((each.lanes for each in self.placed[day]), default=1))
            for day in grid.weekdays
        ]
        self.width = 2 * MARGIN + GUTTER + sum(self.widths)
        self.bottom = self.y(self.last)

    def y(self, minute: int) -> float:
        """Height of a clock time on the page."""
        return HEAD + 34 + (minute - self.first) * self.scale

    def x(self, place: int) -> float:
        """Left edge of a weekday's column."""
        return MARGIN + GUTTER + sum(self.widths[:place])

    def drawn(self) -> str:
        legend, legend_height = self._legend(self.bottom + 34)
        title = text("results.picture.title", self.lang, name=self.grid.title)
        return document(
            self.ids,
            title,
            f"{self._where()}. {self._counts()}.",
            self.width,
            self.bottom + legend_height + MARGIN,
            element("defs", hatch(f"{self.ids}-open", OPEN.pale, OPEN_STRIPE, 9)),
            *self._head(),
            *self._axis(),
            *(
                self._block(placed, place)
                for place, day in enumerate(self.grid.weekdays)
                for placed in self.placed[day]
            ),
            *legend,
        )

    # Above the week

    def _where(self) -> str:
        dates = text("results.dates", self.lang, first=self.term.start, last=self.term.end)
        return " · ".join(part for part in (self.grid.subtitle, self.term.name, dates) if part)

    def _counts(self) -> str:
        if not self.grid.of_school:
            return text("results.gives", self.lang, n=self.grid.lessons)
        staffed = self.grid.lessons - self.grid.open
        return ", ".join(
            [
                text("results.staffed_of", self.lang, staffed=staffed, n=self.grid.lessons),
                text("results.still_open", self.lang, n=self.grid.open),
            ]
        )

    def _head(self) -> list[str]:
        wide = self.width - 2 * MARGIN
        status = text(f"status.{self.outcome.status.value}", self.lang)
        counts = self._counts()
        accent = OPEN.strong if self.grid.of_school and self.grid.open else INK
        beside = MARGIN + measure(counts, 14, bold=True) + 14
        return [
            label(clip(self.grid.title, wide, 28, bold=True), MARGIN, MARGIN + 26, 28, INK, font_weight="700"),
            label(clip(self._where(), wide, 14), MARGIN, MARGIN + 50, 14, MUTED),
            label(counts, MARGIN, MARGIN + 76, 14, accent, font_weight="700"),
            label(text("results.picture.status", self.lang, status=status), beside, MARGIN + 76, 14, MUTED),
        ]

    def _axis(self) -> list[str]:
        left, right = self.x(0), self.width - MARGIN
        drawn = []
        for minute in range(self.first, self.last + 1, 30):
            height, whole = self.y(minute), minute % 60 == 0
            stroke = LINE if whole or minute in (self.first, self.last) else FAINT
            drawn.append(element("line", x1=left, y1=height, x2=right, y2=height, stroke=stroke, stroke_width=1))
            if whole:
                drawn.append(label(clock_text(minute), left - 12, height + 4, 12, MUTED, text_anchor="end"))
        for place, day in enumerate(self.grid.weekdays):
            middle = self.x(place) + self.widths[place] / 2
            name = text(f"results.day.{Weekday(day).value}", self.lang)
            drawn.append(label(name, middle, HEAD + 18, 14, INK, font_weight="700", text_anchor="middle"))
        for place in range(len(self.grid.weekdays) + 1):
            edge = self.x(place)
            drawn.append(element("line", x1=edge, y1=HEAD, x2=edge, y2=self.bottom, stroke=LINE, stroke_width=1))
        return drawn

    # The lessons

    def _block(self, placed: Placed, place: int) -> str:
        entry = placed.entry
        lane = (self.widths[place] - 6) / placed.lanes
        x, y = self.x(place) + 3 + placed.lane * lane + 1.5, self.y(entry.start) + 1.5
        width, height = lane - 3, (entry.end - entry.start) * self.scale - 3
        hue = OPEN if entry.is_open else self.hues[entry.subject.casefold()]
        box = element(
            "rect",
            x=0.75,
            y=0.75,
            width=width - 1.5,
            height=height - 1.5,
            rx=6,
            fill=f"url(#{self.ids}-open)" if entry.is_open else hue.pale,
            stroke=hue.strong,
            stroke_width=1.5 if entry.is_open else 0.6,
            **({"stroke_dasharray": "5 3"} if entry.is_open else {}),
        )
        bar = element("rect", x=0, y=0, width=5, height=height, rx=2.5, fill=hue.strong)
        block = element("svg", box, bar, *self._lines(entry, hue, width, height), x=x, y=y, width=width, height=height)
        return titled(self._all_of(entry), block)

    def _lines(self, entry: Entry, hue: Hue, width: float, height: float) -> list[str]:
        """What fits of an entry, most important first: what, who or that it is open, place and weeks, time."""
        room = width - _PAD - 8
        capacity = max(1, int((height - 8) / _LINE_HEIGHT))
        mark = open_text(entry, self.lang) if entry.is_open else ""
        weeks = " · ".join(part for part in (entry.weeks, *entry.exceptions) if part)
        rest = [each for each in (self._who(entry), room_text(entry, self.lang), weeks) if each]
        if len(rest) == 3 and capacity < (6 if mark else 5):
            rest[1:] = [f"{rest[1]} · {rest[2]}"]
        wanted = [(entry.what, _TITLE_SIZE, hue.strong, "700")]
        if mark:  # in the smallest block it is the one line there is
            wanted.insert(0 if capacity == 1 else 1, (mark, _TEXT_SIZE, OPEN.strong, "700"))
        wanted += [(words, _TEXT_SIZE, INK, "400") for words in rest]
        wanted.append((entry.clock, 11, MUTED, "400"))
        spare = capacity - len(wanted)
        lines: list[tuple[str, int, str, str]] = []
        for words, size, fill, weight in wanted:
            wrapped = wrap(words, room, size, 1 + max(0, spare), bold=weight == "700")
            spare -= len(wrapped) - 1
            lines += [(line, size, fill, weight) for line in wrapped]
        return [
            label(line, _PAD + 1, 16 + index * _LINE_HEIGHT, size, fill, font_weight=weight)
            for index, (line, size, fill, weight) in enumerate(lines[:capacity])
        ]

    def _who(self, entry: Entry) -> str:
        if self.grid.of_school:
            return who_text(entry, self.lang)
        others = who_text(entry, self.lang, besides=self.grid.owner)
        beside = text("results.with", self.lang, who=others) if others else ""
        return " · ".join(part for part in (entry.school_name, beside) if part)

    def _all_of(self, entry: Entry) -> str:
        period = text("results.period", self.lang, label=entry.periods) if entry.periods else ""
        mark = open_text(entry, self.lang) if entry.is_open else ""
        room = room_text(entry, self.lang)
        parts = (entry.what, entry.clock, period, self._who(entry), mark, room, entry.weeks, *entry.exceptions)
        return " · ".join(part for part in parts if part)

    # Below the week

    def _legend(self, top: float) -> tuple[list[str], float]:
        """Swatches of the subjects in the picture, and of open lessons if there are; with the height they take."""
        subjects = {entry.subject.casefold(): entry.subject for entry in self.grid.entries if not entry.is_open}
        items = [(name, self.hues[key].pale, self.hues[key].strong) for key, name in sorted(subjects.items())]
        if self.grid.open:
            items.append((text("results.open", self.lang), f"url(#{self.ids}-open)", OPEN.strong))
        drawn: list[str] = []
        x, y = float(self.x(0)), top
        for name, fill, stroke in items:
            wide = 24 + measure(name, 12) + 22
            if x + wide > self.width - MARGIN and x > self.x(0):
                x, y = float(self.x(0)), y + 22
            drawn.append(element("rect", x=x, y=y - 11, width=16, height=14, rx=3, fill=fill, stroke=stroke))
            drawn.append(label(name, x + 24, y, 12, INK))
            x += wide
        return drawn, (y - self.bottom if items else 0)
