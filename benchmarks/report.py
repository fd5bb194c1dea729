"""Tables and plots of everything recorded, written into `README.md` and beside the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks import plots
from benchmarks.cases import Family
from benchmarks.records import Run, RunStatus, load

BEGIN, END = "<!-- results: generated -->\n", "<!-- /results -->"
T = TypeVar("T")
LEGAL = (RunStatus.PROVED_BEST, RunStatus.FOUND)


def write(results: Path) -> list[Path]:
    """Write tables and plots of all families; returns the files that changed."""
    texts: dict[Path, str] = {}
    readme = results / "README.md"
    told = []
    for family, tables in ((Family.GENERATED, _generated), (Family.SMPTSP, _smptsp)):
        if runs := load(results, family):
            drawn = dict(_plots(runs))
            shown = "".join(f"![{name.removesuffix('.svg')}]({family}/plots/{name})\n" for name in drawn)
            told.append(f"### {family}\n\n{_where(runs)}\n\n{tables(runs)}\n{shown}\n")
            texts |= {results / family / "plots" / name: svg for name, svg in drawn.items()}
    if readme.exists():
        before, _, rest = readme.read_text("utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        texts[readme] = f"{before}{BEGIN}{''.join(told)}{END}{after}"
    changed = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], "utf-8")
    return changed


def best_known(runs: Iterable[Run]) -> dict[str, int]:
    """The best value any run found, by case."""
    best: dict[str, int] = {}
    for run in runs:
        if run.result.value is not None and run.result.status in LEGAL:
            best[run.case] = max(run.result.value, best.get(run.case, run.result.value))
    return best


def _where(runs: Sequence[Run]) -> str:
    machines = dict.fromkeys(f"{run.machine.cpu}, {run.machine.cores} cores" for run in runs)
    return f"Measured on {'; '.join(machines)}."


def _grouped(runs: Iterable[Run], key: Callable[[Run], T]) -> dict[T, list[Run]]:
    found: dict[T, list[Run]] = {}
    for run in runs:
        found.setdefault(key(run), []).append(run)
    return found


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _generated(runs: Sequence[Run]) -> str:
    """One row per release, time limit and group; per peer the median share of the best known value and the median gap."""
    best, peers = best_known(runs), list(dict.fromkeys(run.peer for run in runs))
    rows, efforts = [], []
    groups = _grouped(runs, lambda run: (run.release, run.limit_seconds, run.size, run.group))
    for (release, seconds, _, group), mine in sorted(groups.items()):
        by_peer = _grouped(mine, lambda run: run.peer)
        cases = str(len({run.case for run in mine}))
        row = [release, f"{seconds:g} s", group, cases]
        rows.append([*row, *(_quality(by_peer.get(peer, []), best) for peer in peers)])
        efforts.append([*row, *(_effort(by_peer.get(peer, [])) for peer in peers)])
    head = ["release", "limit", "region", "seeds", *peers]
    return (
        "Median value in percent of the best known one, and in brackets the median proven gap of what was found; "
        "without a legal answer 0.\n\n"
        f"{_table(head, rows)}\n"
        "Median seconds to the first and to the best answer, and peak memory in MB.\n\n"
        f"{_table(head, efforts)}\n"
    )


def _quality(runs: Sequence[Run], best: dict[str, int]) -> str:
    if not runs:
        return "–"
    shares = [100 * (run.result.value or 0) / max(1, best.get(run.case, 1)) for run in runs]
    gaps = [100 * run.result.gap for run in runs if run.result.gap is not None]
    cell = f"{median(shares):.1f}"
    if all(run.result.status is RunStatus.PROVED_BEST for run in runs):
        cell += " (proved)"
    elif gaps:
        cell += f" ({median(gaps):.1f})"
    for status in (RunStatus.ILLEGAL, RunStatus.FAILED):
        count = sum(run.result.status is status for run in runs)
        cell += f", {count} {status}" if count else ""
    return cell


def _effort(runs: Sequence[Run]) -> str:
    first = [run.result.first_seconds for run in runs if run.result.first_seconds is not None]
    last = [run.result.best_seconds for run in runs if run.result.best_seconds is not None]
    memory = [run.peak_memory_mb for run in runs if run.peak_memory_mb is not None]
    return " / ".join(
        f"{median(each):.{digits}f}" if each else "–" for each, digits in ((first, 1), (last, 1), (memory, 0))
    )


def _smptsp(runs: Sequence[Run]) -> str:
    """Per release, limit and peer a sum over the instances; per instance the people used, the bound and what was published."""
    sums = []
    for (release, seconds, peer), mine in sorted(
        _grouped(runs, lambda run: (run.release, run.limit_seconds, run.peer)).items()
    ):
        solved = [run for run in mine if run.result.status in LEGAL]
        over = [_people(run) / run.published[0] - 1 for run in solved if run.published]
        sums.append([
            release, f"{seconds:g} s", peer, str(len(mine)), str(len(solved)),
            str(sum(run.result.status is RunStatus.PROVED_BEST for run in mine)),
            str(sum(_people(run) <= run.published[1] for run in solved if run.published)),
            f"{100 * sum(over) / len(over):.1f}" if over else "–",
            str(sum(run.result.status is RunStatus.ILLEGAL for run in mine)),
        ])  # fmt: skip
    head = [
        "release",
        "limit",
        "peer",
        "instances",
        "solved",
        "proved",
        "published upper bound met",
        "mean % above published lower bound",
        "illegal",
    ]
    columns = list(dict.fromkeys((run.release, run.limit_seconds, run.peer) for run in runs))
    rows = []
    for (_, case), mine in sorted(_grouped(runs, lambda run: (run.size, run.case)).items()):
        published = next((f"{run.published[0]}–{run.published[1]}" for run in mine if run.published), "–")
        by_column = {(run.release, run.limit_seconds, run.peer): run for run in mine}
        rows.append([case, published, *(_used(by_column.get(column)) for column in columns)])
    titles = [f"{peer} {release}, {seconds:g} s" for release, seconds, peer in columns]
    return f"{_table(head, sums)}\nPeople used, and in brackets the proven lower bound.\n\n{_table(['instance', 'published', *titles], rows)}\n"


def _people(run: Run) -> int:
    return -(run.result.value or 0)


def _used(run: Run | None) -> str:
    if run is None:
        return "–"
    if run.result.status not in LEGAL:
        return str(run.result.status)
    return f"{_people(run)} ({'–' if run.result.bound is None else -run.result.bound})"


def _plots(runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    """Names and contents of plots, of the newest release: the first seed of each group over time, and profiles by size."""
    best = {case: value for case, value in best_known(runs).items() if value > 0}
    newest = [run for run in runs if (run.release, run.limit_seconds) == (runs[-1].release, runs[-1].limit_seconds)]
    newest = [run for run in newest if run.case in best]
    for group, mine in _grouped(newest, lambda run: run.group).items():
        first = min(run.seed for run in mine)
        yield f"{group}.svg", plots.over_time([run for run in mine if run.seed == first], best[f"{group}-{first}"])
    for profile, mine in _grouped(newest, lambda run: run.group.rpartition("-")[0]).items():
        yield f"{profile}-by-size.svg", plots.below_best(mine, best, f"{profile}, {mine[0].limit_seconds:g} s")
