"""How the time to a proven gap grows with size: a plot with both axes logarithmic, and the exponent of the growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf, log, log10

from benchmarks import plots
from model.results.svg import document


def exponent(seconds: Mapping[int, float]) -> float | None:
    """The slope of log seconds over log size, by least squares; None with fewer than two sizes that were reached."""
    points = [(log(size), log(each)) for size, each in seconds.items() if 0 < each < inf]
    if len(points) < 2:
        return None
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread


def plot(seconds: Mapping[str, Mapping[int, float]], colour: Mapping[str, str], *, title: str, near: float) -> str:
    """Median seconds to a gap by peer and size; the key has the exponents. Sizes that were not reached are left out."""
    finite = [each for of_peer in seconds.values() for each in of_peer.values() if each < inf]
    sizes = sorted({size for of_peer in seconds.values() for size in of_peer})
    low, high = floor(log10(max(0.01, min(finite)))), ceil(log10(max(finite)))
    powers = [10.0**each for each in range(low, max(high, low + 1) + 1)]
    x = plots.log_scale(sizes[0] / 1.3, sizes[-1] * 1.3, plots.LEFT, plots.WIDTH - plots.RIGHT)
    y = plots.log_scale(powers[0], powers[-1], plots.HEIGHT - plots.BOTTOM, plots.TOP)
    drawn = [
        *plots.frame(powers, y),
        *(plots.tick(f"{size:,}", x(size)) for size in sizes),
        plots.across("professionals, on a logarithmic scale"),
    ]
    for number, (peer, of_peer) in enumerate(seconds.items()):
        points = [(x(size), y(each)) for size, each in sorted(of_peer.items()) if each < inf]
        drawn.append(plots.joined(points, colour[peer], "none"))
        drawn += [plots.dot(*point, colour[peer]) for point in points]
        grows = exponent(of_peer)
        drawn.append(plots.key(peer, number, colour[peer], "" if grows is None else f"n^{grows:.2f}"))
    axis = f"seconds until proved to be within {near:.0%} of the best, median over the seeds, on a logarithmic scale"
    return document("plot", title, axis, plots.WIDTH, plots.HEIGHT, *plots.titled(title, axis), *drawn)


def reached(seconds: Mapping[str, Mapping[int, float]]) -> dict[str, Mapping[int, float]]:
    """Peers that came so near at two sizes or more."""
    return {peer: of_peer for peer, of_peer in seconds.items() if _count(list(of_peer.values())) > 1}


def _count(seconds: Sequence[float]) -> int:
    return sum(each < inf for each in seconds)
