"""Pictures of answers, by a plotting library: SVG or PNG, whichever the name of the file says. The same in, the same bytes out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal

from model.results.palette import INK, MUTED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

FORMS = (".svg", ".png")
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#c9d1da"
"""Told apart also by those who do not see all colours."""

FAR = 0.8
"""Bars that are all longer than this part of the longest are told apart by dots."""

_STYLE: Any = {
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "hybrooster",
    "svg.fonttype": "none",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with what is proved about it: no less than `low`, no more than `high` (None: nothing is known)."""

    name: str
    low: float
    high: float | None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """Some bars with their title and unit."""

    title: str
    unit: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Square:
    """A square of a matrix: its words, and how strong it is (0 to 1; None for one that is not a question)."""

    words: str
    strength: float | None


def bars(panels: Sequence[Panel], title: str, path: Path, lang: str) -> None:
    """Panels side by side, a line for each bar: what was found, and up to what it may go.

    Bars begin at 0; where that would hide all differences dots stand on an axis that begins elsewhere.

    Raises:
        OSError: the file cannot be written.
    """
    rows = max((len(panel.bars) for panel in panels), default=1)
    figure, axes = _figure(len(panels), 3.6, 0.9 + 0.42 * rows, title)
    for place, (ax, panel) in enumerate(zip(axes, panels, strict=True)):
        lows = [bar.low for bar in panel.bars]
        ends = [bar.low if bar.high is None else max(bar.low, bar.high) for bar in panel.bars]
        least, most = min([*lows, 0.0]), max([*ends, 1.0])
        colours = [ORANGE if bar.strong else BLUE for bar in panel.bars]
        far = bool(lows) and least >= 0 and min(lows) > FAR * most
        if far:
            least = min(lows) - 0.15 * max(most - min(lows), 1.0)
            ax.scatter(lows, range(len(lows)), color=colours, s=42, zorder=3)
        else:
            ax.barh(range(len(lows)), lows, color=colours, height=0.55)
        gaps = [end - low for low, end in zip(lows, ends, strict=True)]
        ax.barh(
            range(len(lows)), gaps, left=lows, color=GREY, height=0.3 if far else 0.55, hatch="////", edgecolor="white"
        )
        names = [textwrap.fill(bar.name, 46) for bar in panel.bars]
        ax.set_yticks(range(len(names)), names if place == 0 else [""] * len(names))
        ax.set_ylim(len(names) - 0.4, -0.6)
        ax.set_title(panel.title, loc="left", fontsize=11)
        ax.set_xlabel(panel.unit)
        ax.set_xlim(least, most + 0.3 * (most - least))
        _plain_ticks(ax, lang)
        for line, (low, end, bar) in enumerate(zip(lows, ends, panel.bars, strict=True)):
            said = _number(low, lang) if end == low else f"{_number(low, lang)}–{_number(end, lang)}"
            said = f"≥ {_number(low, lang)}" if bar.high is None else said
            ax.annotate(said, (end, line), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9)
    _save(figure, path)


def steps(
    points: Sequence[tuple[float, float | None, float]], title: str, axes: tuple[str, str], path: Path, lang: str
) -> None:
    """A curve of what was found, over the band of what may still be: points of place, least and found.

    Raises:
        OSError: the file cannot be written.
    """
    figure, (ax,) = _figure(1, 6.4, 3.6, title)
    places, found = [each[0] for each in points], [each[2] for each in points]
    least = [each[2] if each[1] is None else each[1] for each in points]
    ax.fill_between(places, least, found, step="post", color=GREY, hatch="////", edgecolor="white", linewidth=0)
    ax.step(places, found, where="post", color=BLUE, marker="o")
    for place, low, high in zip(places, least, found, strict=True):
        said = _number(high, lang) if low == high else f"{_number(low, lang)}–{_number(high, lang)}"
        ax.annotate(said, (place, high), xytext=(4, 5), textcoords="offset points", fontsize=9)
    ax.set_xlabel(axes[0])
    ax.set_ylabel(axes[1])
    ax.set_ylim(bottom=max(0, min(least) - 2), top=max(found) + 2)
    if all(float(place).is_integer() for place in places):
        ax.set_xticks([int(place) for place in places])
    _save(figure, path)


def matrix(
    rows: Sequence[str], columns: Sequence[str], squares: Sequence[Sequence[Square]], title: str, path: Path
) -> None:
    """A matrix of squares with their words: the stronger the darker.

    Raises:
        OSError: the file cannot be written.
    """
    figure, (ax,) = _figure(1, 1.8 + 0.62 * len(columns), 1.1 + 0.36 * len(rows), title)
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415  loaded only where something is drawn

    shades = LinearSegmentedColormap.from_list("blue", ["#f3f6fa", BLUE])
    for down, line in enumerate(squares):
        for across, square in enumerate(line):
            colour = "white" if square.strength is None else shades(square.strength)
            ax.add_patch(_patch(across, down, colour))
            dark = square.strength is not None and square.strength > 0.55
            ax.text(
                across + 0.5,
                down + 0.5,
                square.words,
                ha="center",
                va="center",
                fontsize=9,
                color="white" if dark else INK,
            )
    ax.set_xlim(0, len(columns))
    ax.set_ylim(len(rows), 0)
    ax.set_xticks([each + 0.5 for each in range(len(columns))], columns)
    ax.set_yticks([each + 0.5 for each in range(len(rows))], rows)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    for spine in ax.spines.values():
        spine.set_visible(False)
    _save(figure, path)


def _figure(panels: int, width: float, height: float, title: str) -> tuple[Figure, list[Axes]]:
    from matplotlib import rc_context  # noqa: PLC0415  loaded only where something is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415  likewise

    with rc_context(_STYLE):
        figure = Figure(figsize=(width * panels + 1.4, height + 0.7), layout="constrained")
        figure.suptitle(textwrap.fill(title, 34 + 44 * panels), x=0.01, ha="left", fontsize=13, fontweight="bold")
        axes = [figure.add_subplot(1, panels, place + 1) for place in range(panels)]
    for ax in axes:
        for side in ("top", "right"):
            ax.spines[side].set_visible(False)
    return figure, axes


def _patch(across: float, down: float, colour: Any) -> Patch:
    from matplotlib.patches import Rectangle  # noqa: PLC0415  likewise

    return Rectangle((across + 0.03, down + 0.04), 0.94, 0.92, facecolor=colour, edgecolor="#d9dfe7", linewidth=0.6)


def _save(figure: Figure, path: Path) -> None:
    from matplotlib import rc_context  # noqa: PLC0415  likewise

    path.parent.mkdir(parents=True, exist_ok=True)
    with rc_context(_STYLE):
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
        figure.savefig(path, dpi=160, metadata=metadata)


def _plain_ticks(ax: Axes, lang: str) -> None:
    """Few marks on the axis, with numbers as people write them."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator  # noqa: PLC0415  likewise

    ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _number(value, lang)))


def _number(value: float, lang: str) -> str:
    shown = format_decimal(int(value) if float(value).is_integer() else round(value, 2), locale=lang)
    return str(shown)
