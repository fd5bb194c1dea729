"""Tables of recorded runs, in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import inf
from statistics import median_high

from benchmarks import aims as aiming
from benchmarks.family import Family
from benchmarks.figures import (
    below_best,
    best_known,
    best_runs,
    gap_at,
    gap_percent,
    grouped,
    is_refuted,
    near_seconds,
    peers_of,
    value_of,
)
from benchmarks.percent import below_all, up
from benchmarks.records import LEGAL, About, Run, RunStatus

WITHOUT_VALUE = {
    RunStatus.IMPOSSIBLE: "said to be impossible",
    RunStatus.GAVE_UP: "without an answer",
    RunStatus.ILLEGAL: "illegal",
    RunStatus.FAILED: "failed",
}
"""How runs end that have no legal answer, after a number."""


def where(runs: Sequence[Run]) -> str:
    """Per release where and with what it was measured."""
    lines = []
    for release, mine in grouped(runs, lambda run: run.release).items():
        machines = dict.fromkeys(
            f"{each.cpu}, {each.cores} cores, {each.memory_gb:g} GB" for each in (run.machine for run in mine)
        )
        revisions = dict.fromkeys(run.revision for run in mine if run.revision)
        named = dict.fromkeys(f"{name} {number}" for run in mine for name, number in sorted(run.versions.items()))
        days = sorted({run.when[:10] for run in mine})
        when = " to ".join(dict.fromkeys((days[0], days[-1])))
        lines.append(
            f"- **{release}**, {when}: {'; '.join(machines)}; {', '.join(sorted(named))}; "
            f"revision {', '.join(revisions) or 'unknown'}\n"
        )
    return "".join(lines)


def generated(runs: Sequence[Run]) -> str:
    """Rows per release, time limit and group: quality and effort of each peer; then the best known of each case."""
    best, peers = best_known(runs), peers_of(runs)
    rows, efforts = [], []
    for (release, seconds, _, group), mine in _in_order(runs):
        by_peer = grouped(mine, lambda run: run.peer)
        cases = len({run.case for run in mine})
        row = [release, f"{seconds:g} s", group, str(cases)]
        rows.append([*row, *(_quality(by_peer.get(peer, []), best, cases) for peer in peers)])
        efforts.append([*row, *(_effort(by_peer.get(peer, [])) for peer in peers)])
    head = ["release", "limit", "region", "seeds", *peers]
    return (
        "A region is a profile with a number of professionals, each seed another one. "
        "Value of the answer in percent of the best one known of the same problem, median over the seeds; a run without "
        "a legal answer counts as 0. In brackets the median proven gap: by how many percent at most its answer could "
        "still be better, by the peer's own bound; ∞: without a bound, or an answer that is worth anything; no brackets: "
        "never a bound. Refuted: somebody else's legal answer is better than what it says it proved. Values are rounded "
        "down and gaps up: only 100 is as good as the best known.\n\n"
        f"{_table(head, rows)}\n"
        f"{_gaps_over_time(runs, best)}"
        "Median seconds to the first answer / seconds to the best answer (of those that gave one) / peak memory in MB.\n\n"
        f"{_table(head, efforts)}\n"
        "Best known of each problem: largest value and smallest bound over all runs. Rules that changed make another "
        "problem of a region; one that was measured before problems had digests is named by its release.\n\n"
        f"{_best_table(runs)}"
    )


def _in_order(runs: Sequence[Run]) -> list[tuple[tuple[str, float, int, str], list[Run]]]:
    """Runs by release (as they are recorded), time limit, size and group."""
    releases = list(dict.fromkeys(run.release for run in runs))
    groups = grouped(runs, lambda run: (run.release, run.limit_seconds, run.size, run.group))
    return sorted(groups.items(), key=lambda item: (releases.index(item[0][0]), item[0][1:]))


def _quality(runs: Sequence[Run], best: Mapping[About, int], cases: int) -> str:
    """Median share of the best known value, median gap, and what went wrong or is not there yet."""
    if not runs:
        return "–"
    cell = below_all(median_high(below_best(run, best) for run in runs))
    if all(run.result.status is RunStatus.PROVED_BEST for run in runs):
        cell += " (proved)"
    elif any(run.result.bound is not None for run in runs):
        cell += f" ({up(median_high(map(gap_percent, runs)))})"
    ends = Counter(run.result.status for run in runs)
    cell += "".join(f", {ends[status]} {words}" for status, words in WITHOUT_VALUE.items() if ends[status])
    if refuted := sum(is_refuted(run, best) for run in runs):
        cell += f", {refuted} refuted"
    return cell if len(runs) == cases else f"{cell}, {len(runs)} of {cases} seeds"


def _effort(runs: Sequence[Run]) -> str:
    first = [run.result.first_seconds for run in runs if run.result.first_seconds is not None]
    last = [run.result.best_seconds for run in runs if run.result.best_seconds is not None]
    memory = [run.peak_memory_mb for run in runs if run.peak_memory_mb is not None]
    told = [_seconds(median_high(each)) if each else "–" for each in (first, last)]
    return " / ".join([*told, f"{median_high(memory):.0f}" if memory else "–"])


def _seconds(seconds: float) -> str:
    """Two digits, or whole seconds; ∞ for never."""
    if seconds == inf:
        return "∞"
    return f"{seconds:.2g}" if seconds < 9.95 else f"{seconds:.0f}"


def _best_table(runs: Sequence[Run]) -> str:
    best, known, rows = best_runs(runs), best_known(runs), []
    problems = grouped(runs, lambda run: run.about)
    for (case, problem), mine in sorted(problems.items(), key=lambda item: (item[1][0].size, item[0][0])):
        run = best.get((case, problem))
        sound = [each for each in mine if each.result.status is not RunStatus.FAILED and not is_refuted(each, known)]
        bound = min((each.result.bound for each in sound if each.result.bound is not None), default=None)
        least = "–" if bound is None else f"{bound:,}"
        if run is None:
            rows.append([case, problem, "–", least, *["–"] * 3])
            continue
        value, filled = value_of(run), run.result.filled_share
        rows.append([
            case,
            problem,
            f"{value:,}",
            least,
            "–" if bound is None else up(100 * (bound - value) / max(1, abs(value))),
            "–" if filled is None else f"{100 * filled:.0f}",
            f"{run.peer}, {run.release}, {run.limit_seconds:g} s",
        ])  # fmt: skip
    return _table(["region", "problem", "value", "bound", "gap, %", "lesson time filled, %", "first found by"], rows)


MOMENTS = (5.0, 10.0, 30.0, 60.0, 120.0, 180.0, 300.0)
"""Seconds after which people might look at what there is."""


def _gaps_over_time(runs: Sequence[Run], best: Mapping[About, int]) -> str:
    """Per release, limit, group and peer the gap at moments of its runs; without those who never have a bound."""
    moments = [each for each in MOMENTS if any(each <= run.limit_seconds for run in runs)]
    proving = {run.peer for run in runs if run.result.bound is not None}
    rows = []
    for (release, seconds, _, group), mine in _in_order(runs):
        by_peer = grouped(mine, lambda run: run.peer)
        for peer in peers_of(run for run in mine if run.peer in proving):
            cells = [_gap_cell(by_peer[peer], each, best) if each <= seconds else "" for each in moments]
            rows.append([release, f"{seconds:g} s", group, peer, str(len(by_peer[peer])), *cells])
    if not rows or not moments:
        return ""
    head = ["release", "limit", "region", "peer", "seeds", *(f"{each:g} s" for each in moments)]
    return (
        "Gap over time: how large the proven gap was, in percent, after so many seconds of a run; median over the seeds, "
        "rounded up. By what the peer had told until then, as far as its answer and bound at the end bear it out. "
        "–: no bound yet, or one that is refuted, or no timetable worth anything; proved: of all seeds.\n\n"
        f"{_table(head, rows)}\n"
    )


def _gap_cell(runs: Sequence[Run], moment: float, best: Mapping[About, int]) -> str:
    gaps = [inf if is_refuted(run, best) else gap_at(run, moment) for run in runs]
    if max(gaps) == 0:
        return "proved"
    return up(median_high(gaps)) if median_high(gaps) < inf else "–"


NEAR = 0.001
"""The gap at which an answer is near enough to be acted on."""


def changes(runs: Sequence[Run]) -> str:
    """Per release, limit, group and peer how soon after a change the answer was near its bound."""
    rows = []
    for (release, seconds, _, group), mine in _in_order(runs):
        for peer in peers_of(mine):
            of_peer = [run for run in mine if run.peer == peer]
            near, first = sorted(near_seconds(run, NEAR) for run in of_peer), sorted(map(_first_seconds, of_peer))
            late = near[min(len(near) - 1, int(0.95 * len(near)))]
            gap = median_high(map(gap_percent, of_peer))
            cells = [_seconds(median_high(first)), _seconds(median_high(near)), _seconds(late)]
            rows.append([
                release, f"{seconds:g} s", group, peer, str(len(of_peer)), *cells, up(gap)
            ])  # fmt: skip
    head = [
        "release", "limit", "region", "peer", "changes", "median s to the first answer", f"median s to {NEAR:.1%}",
        f"s to {NEAR:.1%} in 95 of 100", "median gap at the end, %",
    ]  # fmt: skip
    return (
        f"One fact changes in a region that was solved for a minute before. Seconds until an answer is proved to be "
        f"within {NEAR:.1%} of the best, by the peer's own bound.\n\n{_table(head, rows)}"
    )


def _first_seconds(run: Run) -> float:
    return inf if run.result.first_seconds is None else run.result.first_seconds


def aims(runs: Sequence[Run]) -> str:
    """What the engine aims for and how far it is; nothing where nothing of that was measured."""
    runs = [run for run in runs if run.family is not Family.SMPTSP]
    rows = aiming.rows(runs) if runs else []
    if not any(measured != "–" for _, _, measured, *_ in rows):
        return ""
    above = aiming.never_below(runs)
    others = (
        f"Another one's median value is above ours: {', '.join(above)}."
        if above
        else "Where others were measured too, nobody's median value is above ours."
    )
    return (
        f"### Aims\n\nOf hybrooster {runs[-1].release}, medians over the seeds. {others}\n\n"
        f"{_table(['region', 'aim', 'measured', 'runs', 'reached'], rows)}\n"
    )


def smptsp(runs: Sequence[Run]) -> str:
    """Per release, limit and peer a sum over the instances; per instance the people used, the bound and what was published."""
    order = peers_of(runs)
    releases = list(dict.fromkeys(run.release for run in runs))
    columns = sorted(
        {(run.release, run.limit_seconds, run.peer) for run in runs},
        key=lambda column: (releases.index(column[0]), column[1], order.index(column[2])),
    )
    by_column = grouped(runs, lambda run: (run.release, run.limit_seconds, run.peer))
    sums = [
        [release, f"{seconds:g} s", peer, *_sums(by_column[release, seconds, peer])]
        for release, seconds, peer in columns
    ]
    head = [
        "release", "limit", "peer", "instances", "all tasks done", "proved fewest", "at most the published upper bound",
        "mean % above the published lower bound", "illegal or failed",
    ]  # fmt: skip
    rows = []
    for (size, case), mine in sorted(grouped(runs, lambda run: (run.size, run.case)).items()):
        published = next((f"{run.published[0]}–{run.published[1]}" for run in mine if run.published), "–")
        there = {(run.release, run.limit_seconds, run.peer): run for run in mine}
        rows.append([case, str(size), published, *(_used(there.get(column)) for column in columns)])
    titles = [f"{peer}, {release}, {seconds:g} s" for release, seconds, peer in columns]
    return (
        "Every task must be done, by as few people as possible; the mean is over the instances in which that was done.\n\n"
        f"{_table(head, sums)}\n"
        "People used, and in brackets the proven lower bound; the published ones (lower–upper) are of 2014. "
        "The last number of an instance's name is the seed of the solver.\n\n"
        f"{_table(['instance', 'tasks', 'published', *titles], rows)}"
    )


def _sums(runs: Sequence[Run]) -> list[str]:
    solved = [run for run in runs if run.result.status in LEGAL]
    over = [_people(run) / run.published[0] - 1 for run in solved if run.published]
    return [
        str(len(runs)),
        str(len(solved)),
        str(sum(run.result.status is RunStatus.PROVED_BEST for run in runs)),
        str(sum(_people(run) <= run.published[1] for run in solved if run.published)),
        f"{100 * sum(over) / len(over):.1f}" if over else "–",
        str(sum(run.result.status in (RunStatus.ILLEGAL, RunStatus.FAILED) for run in runs)),
    ]


def _people(run: Run) -> int:
    return -value_of(run)


def _used(run: Run | None) -> str:
    if run is None:
        return "–"
    if run.result.status not in LEGAL:
        return WITHOUT_VALUE[run.result.status]
    return f"{_people(run)} ({'–' if run.result.bound is None else -run.result.bound})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
