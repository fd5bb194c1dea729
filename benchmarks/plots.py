"""Two kinds of plots of recorded runs, as small SVG files: how a case went over time, and a percentage by size.

Nothing is drawn that was not measured: what lies outside the axes is cut off and said in words, what is missing is
drawn apart, and a line ends where its run did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import ceil, floor, inf, log10

from benchmarks.percent import above_all, below_all
from benchmarks.records import LEGAL, Run, RunStatus
from model.results.svg import document, element, label

WIDTH, HEIGHT = 760, 340
LEFT, RIGHT, TOP, BOTTOM = 56, 240, 52, 44
LANE = 26
"""Height of the strip above the axes for what has no percentage that fits."""
INK, MUTED, RULE = "#1b2430", "#566274", "#d9dfe7"
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#7f6000", "#444444")
"""Told apart also by those who do not see all colours."""
LEAST_SHOWN, MOST_SHOWN = 50, 200
"""Ends below and above this do not stretch the axis over time; the key has their numbers."""
SHORTEST = 0.001
"""Seconds are recorded no finer."""
WITHOUT_VALUE = {
    RunStatus.IMPOSSIBLE: "impossible",
    RunStatus.GAVE_UP: "no answer",
    RunStatus.ILLEGAL: "illegal",
    RunStatus.FAILED: "failed",
}
"""What stands where a run without a legal answer would have its value."""

Point = tuple[float, float]
Scale = Callable[[float], float]


def colours(peers: Iterable[str]) -> dict[str, str]:
    """A colour for each peer, in this order."""
    return {peer: COLOURS[number % len(COLOURS)] for number, peer in enumerate(peers)}


def over_time(runs: Sequence[Run], best: int, colour: Mapping[str, str]) -> str:
    """Value and bound (dashed) over time of the runs of one case, in percent of the best known value.

    The way there is what a peer says; where it ends is what the judge says. A run without a legal answer has no values.

    Args:
        runs: runs of one case with one time limit.
        best: best known value of the case, above 0.
        colour: of each peer.
    """
    lines = [_Course(run, best) for run in runs]
    limit = runs[0].limit_seconds
    earliest = min((when for line in lines for when, _ in (*line.values, *line.bounds)), default=1.0)
    start = 10.0 ** min(floor(log10(max(earliest, SHORTEST))), floor(log10(limit / 10)))
    end = max(limit, *(run.result.seconds for run in runs))
    marks = _marks(
        min([90.0, *(line.value for line in lines if line.value is not None and line.value >= LEAST_SHOWN)]),
        max([110.0, *(line.bound for line in lines if line.bound is not None and line.bound <= MOST_SHOWN)]),
    )
    x = log_scale(start, end, LEFT, WIDTH - RIGHT)
    y = _scale(marks[0], marks[-1], HEIGHT - BOTTOM, TOP)
    powers = [10.0**each for each in range(round(log10(start)), ceil(log10(limit))) if 10.0**each <= limit / 2]
    drawn = frame(marks, y) + [tick(f"{at:g}", x(at)) for at in (*powers, limit)]
    drawn.append(across("seconds, on a logarithmic scale"))
    area = {"x": LEFT, "y": TOP - 4, "width": WIDTH - RIGHT - LEFT + 5, "height": HEIGHT - BOTTOM - TOP + 8}
    drawn.append(element("clipPath", element("rect", **area), id="area"))
    shown = []
    for line in reversed(lines):
        hue = colour[line.run.peer]
        for points, dash in ((line.bounds, "4 3"), (line.values, "none")):
            if points:
                shown.append(joined([(x(max(when, start)), y(share)) for when, share in _steps(points)], hue, dash))
                shown.append(dot(x(max(points[-1][0], start)), y(points[-1][1]), hue))
    drawn.append(element("g", *shown, clip_path="url(#area)"))
    drawn += [_heading("value", WIDTH - 70), _heading("bound", WIDTH - 14)]
    for number, line in enumerate(lines):
        value = WITHOUT_VALUE[line.run.result.status] if line.value is None else below_all(100 - line.value)
        bound = "–" if line.bound is None else above_all(line.bound - 100)
        drawn.append(key(line.run.peer, number, colour[line.run.peer], value, bound))
    title = f"{runs[0].case}, limit {limit:g} s"
    axis = "value (solid) and proven bound (dashed), % of the best known value"
    return document("plot", title, f"{axis}, over time", WIDTH, HEIGHT, *titled(title, axis), *drawn)


class _Course:
    """How a run went: seconds and percent of the best known value, and where they end."""

    def __init__(self, run: Run, best: int) -> None:
        self.run = run
        result = run.result
        legal = result.status in LEGAL and result.value is not None
        self.value = 100 * result.value / best if legal and result.value is not None else None
        self.bound = None if result.bound is None else 100 * result.bound / best
        self.values = [(when, 100 * value / best) for when, value, _ in result.trace if value is not None and legal]
        self.bounds = [(when, 100 * bound / best) for when, _, bound in result.trace if bound is not None]
        for points, last in ((self.values, self.value), (self.bounds, self.bound)):
            if last is not None:
                points.append((result.seconds, last))


def by_size(
    shares: Mapping[str, Mapping[int, float]],
    colour: Mapping[str, str],
    *,
    title: str,
    axis: str,
    most: float,
    missing: str,
) -> str:
    """A percentage of each peer at each size; what is large or not finite stands apart.

    Args:
        shares: by peer and size, in percent, at least 0.
        colour: of each peer.
        title: what it says above.
        axis: what the percentage is.
        most: what is larger does not stretch the axis.
        missing: what it means that a percentage is not finite.
    """
    sizes = sorted({size for share in shares.values() for size in share})
    finite = [each for share in shares.values() for each in share.values() if each < inf]
    marks = _marks(0, max([1.0, *(each for each in finite if each <= most)]))
    over = any(each > marks[-1] for each in finite)
    y = _scale(marks[0], marks[-1], HEIGHT - BOTTOM, TOP + LANE)
    step = (WIDTH - RIGHT - LEFT) / len(sizes)
    drawn = [
        *frame(marks, y),
        *(tick(str(size), LEFT + step * (index + 0.5)) for index, size in enumerate(sizes)),
        across("professionals"),
    ]
    apart = [missing] * any(each == inf for share in shares.values() for each in share.values())
    apart += [f"more than {marks[-1]:g} %"] * over
    if apart:
        drawn.append(label(f"hollow: {' or '.join(apart)}", LEFT + 6, TOP - 2, 11, MUTED))
    beside = min(9.0, 0.7 * step / len(shares))
    for number, (peer, share) in reversed(list(enumerate(shares.items()))):
        shift = (number - (len(shares) - 1) / 2) * beside
        at = {size: LEFT + step * (index + 0.5) + shift for index, size in enumerate(sizes)}
        for run in _unbroken([(at[size], share.get(size, inf)) for size in sizes], marks[-1]):
            drawn.append(joined([(when, y(each)) for when, each in run], colour[peer], "none"))
            drawn += [dot(when, y(each), colour[peer]) for when, each in run]
        drawn += [
            element("circle", cx=at[size], cy=TOP + 12, r=3.5, fill="#ffffff", stroke=colour[peer], stroke_width=1.5)
            for size, each in share.items()
            if each > marks[-1]
        ]
    drawn += [key(peer, number, colour[peer]) for number, peer in enumerate(shares)]
    return document("plot", title, axis, WIDTH, HEIGHT, *titled(title, axis), *drawn)


def _unbroken(points: Iterable[Point], most: float) -> list[list[Point]]:
    """Runs of neighbouring points that fit under the axis."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point[1] <= most:
            found[-1].append(point)
        else:
            found.append([])
    return [each for each in found if each]


def _scale(low: float, high: float, first: float, last: float) -> Scale:
    return lambda value: first + (value - low) / (high - low) * (last - first)


def log_scale(low: float, high: float, first: float, last: float) -> Scale:
    """From values to places, equal factors equally far apart."""
    linear = _scale(log10(low), log10(high), first, last)
    return lambda value: linear(log10(value))


def _marks(low: float, high: float) -> list[float]:
    """Round numbers from at most the lowest to at least the highest value, about five steps."""
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * 0.999)
    return [step * each for each in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)]


def _steps(points: Sequence[Point]) -> list[Point]:
    """Points joined by steps: what was known stays so until something better is."""
    found: list[Point] = []
    for when, value in points:
        found += [(when, found[-1][1])] if found else []
        found.append((when, value))
    return found


def joined(points: Sequence[Point], colour: str, dash: str) -> str:
    """Points joined by a line."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return element("polyline", points=path, fill="none", stroke=colour, stroke_width=1.5, stroke_dasharray=dash)


def dot(x: float, y: float, colour: str) -> str:
    """A measured point."""
    return element("circle", cx=x, cy=y, r=3.5, fill=colour)


def frame(marks: Sequence[float], y: Scale) -> list[str]:
    """Lines across at the marks, with their numbers."""
    drawn = []
    for mark in marks:
        drawn.append(element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y(mark), y2=y(mark), stroke=RULE))
        drawn.append(label(f"{mark:g}", LEFT - 8, y(mark) + 4, 11, MUTED, text_anchor="end"))
    return drawn


def tick(words: str, x: float) -> str:
    """Words under the axis."""
    return label(words, x, HEIGHT - BOTTOM + 18, 11, MUTED, text_anchor="middle")


def across(words: str) -> str:
    """What the horizontal axis is."""
    return label(words, WIDTH - RIGHT, HEIGHT - 8, 11, MUTED, text_anchor="end")


def _heading(words: str, x: float) -> str:
    return label(words, x, TOP - 12, 11, MUTED, text_anchor="end")


def key(words: str, number: int, colour: str, value: str = "", bound: str = "") -> str:
    """A line of the key, with figures."""
    y = TOP + 8 + 20 * number
    x = WIDTH - RIGHT + 16
    line = element("line", x1=x, x2=x + 18, y1=y, y2=y, stroke=colour, stroke_width=3)
    figures = [
        label(figure, at, y + 4, 11, INK, text_anchor="end")
        for figure, at in ((value, WIDTH - 70), (bound, WIDTH - 14))
        if figure
    ]
    return line + label(words, x + 26, y + 4, 12, INK) + "".join(figures)


def titled(title: str, axis: str) -> list[str]:
    """What the plot says above."""
    return [label(title, 8, 16, 13, INK, font_weight="bold"), label(axis, 8, 33, 11, MUTED)]
