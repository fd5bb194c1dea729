"""Two kinds of plots of recorded runs, as small SVG files: how a case went over time, and the distance to the best by size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10
from statistics import median

from benchmarks.records import Run
from model.results.svg import document, element, label

WIDTH, HEIGHT = 640, 320
LEFT, RIGHT, TOP, BOTTOM = 60, 150, 30, 40
INK, MUTED, RULE = "#1b2430", "#566274", "#d9dfe7"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#7f6000", "#444444")
"""Told apart also by those who do not see all colours."""

Point = tuple[float, float]


def over_time(runs: Sequence[Run], best: int) -> str:
    """Value and bound (dashed) over time of the runs of one case, in percent of the best known value.

    Args:
        runs: runs of one case with one time limit.
        best: best known value of the case, above 0.
    """
    seconds = runs[0].limit_seconds
    highest = 140.0
    x, y = _scale(0, seconds, LEFT, WIDTH - RIGHT), _scale(0, highest, HEIGHT - BOTTOM, TOP)
    drawn = _frame("value and bound, % of the best known", "seconds", [0, 50, 100], y)
    drawn += [_tick(f"{at:g}", x(at)) for at in (0, seconds / 2, seconds)]
    for number, run in enumerate(runs):
        colour = COLOURS[number % len(COLOURS)]
        for index, dash in ((1, "none"), (2, "4 3")):
            known = [(each[0], 100 * said / best) for each in run.result.trace if (said := each[index]) is not None]
            steps = _steps([(min(when, seconds), min(max(0.0, share), highest)) for when, share in known], seconds)
            drawn.append(_line([(x(when), y(share)) for when, share in steps], colour, dash))
        drawn.append(_key(run.peer, number, colour))
    title = f"{runs[0].case}, {seconds:g} s"
    return document("plot", title, "Value (solid) and bound (dashed) over time", WIDTH, HEIGHT, *_titled(title), *drawn)


def below_best(runs: Sequence[Run], best: dict[str, int], title: str) -> str:
    """How far below the best known value peers end, in percent, by size: medians over the seeds.

    Args:
        runs: legal and other runs of one release and profile; a run without a legal answer is 100 % below.
        best: best known value of each case, above 0.
        title: what it says above.
    """
    sizes = sorted({run.size for run in runs})
    x = _scale(log10(sizes[0]), max(log10(sizes[-1]), log10(sizes[0]) + 0.1), LEFT + 10, WIDTH - RIGHT - 10)
    y = _scale(0, 50, HEIGHT - BOTTOM, TOP)
    drawn = _frame("% below the best known", "size", [0, 10, 20, 30, 40, 50], y)
    drawn += [_tick(str(size), x(log10(size))) for size in sizes]
    for number, peer in enumerate(dict.fromkeys(run.peer for run in runs)):
        colour = COLOURS[number % len(COLOURS)]
        points = []
        for size in sizes:
            below = [
                100 * (1 - (run.result.value or 0) / best[run.case])
                for run in runs
                if run.peer == peer and run.size == size
            ]
            if below:
                points.append((x(log10(size)), y(min(50.0, median(below)))))
        drawn.append(_line(points, colour, "none"))
        drawn += [element("circle", cx=at, cy=height, r=3, fill=colour) for at, height in points]
        drawn.append(_key(peer, number, colour))
    return document("plot", title, "Distance to the best known value", WIDTH, HEIGHT, *_titled(title), *drawn)


def _scale(low: float, high: float, first: float, last: float) -> Callable[[float], float]:
    return lambda value: first + (value - low) / (high - low) * (last - first)


def _steps(points: Sequence[Point], until: float) -> list[Point]:
    """Points joined by steps: what was known stays so until something better is."""
    found: list[Point] = []
    for when, value in points:
        found += [(when, found[-1][1])] if found else []
        found.append((when, value))
    return [*found, (until, found[-1][1])] if found else []


def _line(points: Sequence[Point], colour: str, dash: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return element("polyline", points=path, fill="none", stroke=colour, stroke_width=1.5, stroke_dasharray=dash)


def _frame(vertical: str, horizontal: str, marks: Sequence[float], y: Callable[[float], float]) -> list[str]:
    drawn = [label(vertical, 8, TOP - 8, 11, MUTED)]
    drawn.append(label(horizontal, WIDTH - RIGHT - 40, HEIGHT - 8, 11, MUTED))
    for mark in marks:
        drawn.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y(mark), y2=y(mark), stroke=RULE))
        drawn.append(label(f"{mark:g}", LEFT - 8, y(mark) + 4, 11, MUTED, text_anchor="end"))
    return drawn


def _tick(words: str, x: float) -> str:
    return label(words, x, HEIGHT - BOTTOM + 16, 11, MUTED, text_anchor="middle")


def _key(words: str, number: int, colour: str) -> str:
    y = TOP + 18 * number
    line = element("line", x1=WIDTH - RIGHT + 14, x2=WIDTH - RIGHT + 34, y1=y, y2=y, stroke=colour, stroke_width=3)
    return line + label(words, WIDTH - RIGHT + 40, y + 4, 12, INK)


def _titled(title: str) -> list[str]:
    return [label(title, LEFT, 14, 13, INK, font_weight="bold")]
