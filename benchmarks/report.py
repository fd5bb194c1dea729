"""Tables and plots of everything recorded, written into `README.md` and beside the records.

`python -m benchmarks.report` writes them anew without running anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import inf
from pathlib import Path
from statistics import median_high

from benchmarks import growth, plots, tables
from benchmarks.family import Family
from benchmarks.figures import below_best, best_known, gap_percent, grouped, near_seconds, peers_of
from benchmarks.records import LEGAL, About, Run, current, load

GROWTH_GAP = 0.01
"""How near the best an answer must be proved to be where growth is measured."""

BEGIN, END = "<!-- results: generated -->\n", "<!-- /results -->"


def write(results: Path) -> list[Path]:
    """Write tables and plots of all families; returns the files that changed."""
    texts: dict[Path, str] = {}
    readme = results / "README.md"
    told, everything = [], list[Run]()
    families = {
        Family.GENERATED: tables.generated,
        Family.CHANGED: tables.changes,
        Family.SMPTSP: tables.smptsp,
    }
    for family, told_of in families.items():
        if runs := current(load(results, family)):
            everything += runs
            drawn = {} if family is Family.CHANGED else dict(_plots(runs))
            shown = "".join(f"\n![{name.removesuffix('.svg')}]({family}/plots/{name})\n" for name in drawn)
            told.append(f"### {family}\n\n{tables.where(runs)}\n{told_of(runs)}{shown}\n")
            texts |= {results / family / "plots" / name: svg for name, svg in drawn.items()}
    told.append(tables.aims(everything))
    if readme.exists():
        before, _, rest = readme.read_text("utf-8").partition(BEGIN)
        _, marked, after = rest.partition(END)
        texts[readme] = f"{before}{BEGIN}\n{''.join(told)}{END}{after if marked else rest}"
    changed = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], "utf-8")
    return changed


def _plots(runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    """Names and contents of plots, of the newest release at the limit it was measured with most.

    The first seed of each group over time, and each profile by size; only cases in which something is worth more than 0.
    """
    best = {about: value for about, value in best_known(runs).items() if value > 0}
    mine = [run for run in runs if run.release == runs[-1].release]
    limit = Counter(run.limit_seconds for run in mine).most_common(1)[0][0]
    mine = [run for run in mine if run.limit_seconds == limit and run.about in best]
    colour = plots.colours(peers_of(runs))
    for (_, group), of_group in sorted(grouped(mine, lambda run: (run.size, run.group)).items()):
        about = min(of_group, key=lambda run: run.seed).about
        of_case = {run.peer: run for run in of_group if run.about == about}
        yield (
            f"{group}.svg",
            plots.over_time([of_case[peer] for peer in peers_of(of_case.values())], best[about], colour),
        )
    for profile, of_profile in grouped(mine, lambda run: run.group.rpartition("-")[0]).items():
        if len({run.size for run in of_profile}) > 1:
            yield f"{profile}-by-size.svg", _below_best(of_profile, best, colour, f"{profile}, limit {limit:g} s")
            if gaps := _gaps(of_profile):
                yield f"{profile}-gap-by-size.svg", _gap_plot(gaps, colour, f"{profile}, limit {limit:g} s")
            if seconds := growth.reached(_by_size(of_profile, lambda run: near_seconds(run, GROWTH_GAP))):
                title = f"{profile}, limit {limit:g} s"
                yield f"{profile}-growth.svg", growth.plot(seconds, colour, title=title, near=GROWTH_GAP)


def _by_size(runs: Sequence[Run], figure: Callable[[Run], float]) -> dict[str, dict[int, float]]:
    """Median of a figure that is better when smaller, by peer and size."""
    by_peer = grouped(runs, lambda run: run.peer)
    return {
        peer: {
            size: median_high(figure(run) for run in mine)
            for size, mine in sorted(grouped(by_peer[peer], lambda run: run.size).items())
        }
        for peer in peers_of(runs)
    }


def _below_best(runs: Sequence[Run], best: dict[About, int], colour: dict[str, str], title: str) -> str:
    below = _by_size(runs, lambda run: below_best(run, best) if run.result.status in LEGAL else inf)
    axis = "value, % below the best known, median over the seeds (0 is best)"
    return plots.by_size(below, colour, title=title, axis=axis, most=50, missing="no legal answer")


def _gaps(runs: Sequence[Run]) -> dict[str, dict[int, float]]:
    """Median proven gaps of those who prove any, by peer and size."""
    found = _by_size(runs, gap_percent)
    return {peer: gaps for peer, gaps in found.items() if any(each < inf for each in gaps.values())}


def _gap_plot(gaps: dict[str, dict[int, float]], colour: dict[str, str], title: str) -> str:
    axis = "proven gap, % that the answer could still be better at most, median over the seeds (0 is proved best)"
    return plots.by_size(
        gaps, colour, title=title, axis=axis, most=100, missing="no bound, or no answer worth anything"
    )


if __name__ == "__main__":
    write(Path(__file__).parent)
