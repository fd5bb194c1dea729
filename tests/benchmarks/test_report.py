"""Tables and plots of made-up runs, with cells worked out by hand."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import plots
from benchmarks.cases import Family
from benchmarks.records import Run, add, path_of
from benchmarks.report import BEGIN, END, write
from tests.benchmarks.runs import FAILED, FOUND, GAVE_UP, ILLEGAL, IMPOSSIBLE, PROVED, instance, result, run

SVG = "{http://www.w3.org/2000/svg}"
README = f"# Benchmarks\n\n## Results\n\n{BEGIN}what was there\n{END}\n\n## Sources\n"

# Best known: 20-1 is 100, 20-2 is 200, 20-3 is 400.
SMALL = [
    run("greedy", 20, 1, result(FOUND, 80)),  # 80 %
    run("greedy", 20, 2, result(FOUND, 100)),  # 50 %
    run("greedy", 20, 3, result(FOUND, 360)),  # 90 %: median 80.0
    run("hybrooster", 20, 1, result(PROVED, 100, 100)),
    run("hybrooster", 20, 2, result(PROVED, 200, 200)),
    run("hybrooster", 20, 3, result(PROVED, 400, 400)),
    run("highs", 20, 1, result(FOUND, 96, 120)),  # 96 %, gap 24/96 = 25 %
    run("highs", 20, 2, result(PROVED, 200, 200)),  # 100 %, gap 0
    run("highs", 20, 3, result(FOUND, 320, 400)),  # 80 %, gap 80/320 = 25 %: median 96.0 and 25.0
    run("cp-sat", 20, 1, result(GAVE_UP, bound=130)),  # 0
    run("cp-sat", 20, 2, result(FOUND, 190, 209)),  # 95 %, gap 19/190 = 10 %
    run("cp-sat", 20, 3, result(GAVE_UP)),  # 0: median 0.0, and no median gap
    run("timefold", 20, 1, result(ILLEGAL, claimed=500)),  # 0
    run("timefold", 20, 2, result(FOUND, 150)),  # 75 %: of two the worse
]


def recorded(folder: Path, runs: list[Run], readme: str | None = README) -> Path:
    for each in runs:
        add(path_of(folder, each.family, each.release), each)
    if readme is not None:
        (folder / "README.md").write_text(readme, "utf-8")
    return folder


def tables(folder: Path) -> list[list[dict[str, str]]]:
    """The tables of the README, rows by column."""
    found: list[list[list[str]]] = [[]]
    for line in (folder / "README.md").read_text("utf-8").splitlines():
        if line.startswith("| "):
            found[-1].append([cell.strip() for cell in line.strip("|").split(" | ")])
        elif found[-1]:
            found.append([])
    return [[dict(zip(head, row, strict=True)) for row in rows] for head, _, *rows in filter(None, found)]


def test_quality_is_the_median_share_of_the_best_known_and_the_median_gap(tmp_path: Path) -> None:
    """Proofs, gaps, missing and illegal answers, and seeds that are still to be run."""
    write(recorded(tmp_path, SMALL))
    (row,) = tables(tmp_path)[0]
    assert row == {
        "release": "0.1.0",
        "limit": "60 s",
        "region": "balanced-20",
        "seeds": "3",
        "hybrooster": "100.0 (proved)",
        "cp-sat": "0.0 (∞), 2 without an answer",
        "highs": "96.0 (25.0)",
        "timefold": "0.0, 1 illegal, 2 of 3 seeds",
        "greedy": "80.0",
    }


def test_of_two_seeds_the_worse_one_counts(tmp_path: Path) -> None:
    """The lower share and the larger gap, whichever comes first."""
    runs = [
        run("greedy", 20, 1, result(FOUND, 96)),
        run("highs", 20, 1, result(FOUND, 72, 96)),  # 75 %, gap 24/72 = 33.3 %
        run("highs", 20, 2, result(FOUND, 100, 130)),  # 100 %, gap 30/100
        run("cp-sat", 20, 1, result(FOUND, 96, 120)),  # 100 %, gap 24/96 = 25 %
        run("cp-sat", 20, 2, result(FOUND, 50, 100)),  # 50 %, gap 50/50 = 100 %
    ]
    write(recorded(tmp_path, runs))
    (row,) = tables(tmp_path)[0]
    assert (row["highs"], row["cp-sat"]) == ("75.0 (33.3)", "50.0 (100.0)")


def test_an_answer_that_is_worth_nothing_has_no_gap_in_percent(tmp_path: Path) -> None:
    """The empty timetable is legal and worth 0; what it could be better is no share of that."""
    runs = [run("highs", 20, 1, result(FOUND, bound=500, value=0, gap=500.0)), run("greedy", 20, 1, result(FOUND, 100))]
    write(recorded(tmp_path, runs))
    assert tables(tmp_path)[0][0]["highs"] == "0.0 (∞)"


def test_effort_is_the_median_of_those_that_gave_an_answer(tmp_path: Path) -> None:
    """First and best answer in seconds, with two digits or whole, and the largest memory in MB."""
    runs = [
        run("highs", 20, 1, result(FOUND, 9, first_seconds=0.0124, best_seconds=9.96), peak_memory_mb=90.4),
        run("highs", 20, 2, result(FOUND, 9, first_seconds=3.14, best_seconds=59.6), peak_memory_mb=1234.5),
        run("highs", 20, 3, result(GAVE_UP), peak_memory_mb=200.6),
        run("cp-sat", 20, 1, result(GAVE_UP), peak_memory_mb=None),
        run("greedy", 20, 1, result(FOUND, 9, first_seconds=0.0124, best_seconds=9.96)),
    ]
    write(recorded(tmp_path, runs))
    (row,) = tables(tmp_path)[1]
    # Of two times the later one; of 90.4, 200.6 and 1234.5 the middle one.
    assert row["highs"] == "3.1 / 60 / 201"
    assert row["cp-sat"] == "– / – / –"
    assert row["greedy"] == "0.012 / 10 / 100"


def test_rows_are_by_release_limit_and_size_and_columns_by_peer(tmp_path: Path) -> None:
    """0.9 before 0.10, 10 s before 60 s, 100 before 1000; peers always in the same order, forgotten ones last."""
    what = result(FOUND, 10)
    runs = [
        run("no-more", 100, 1, what, release="0.10.0"),
        run("greedy", 1000, 1, what, release="0.9.0"),
        run("greedy", 100, 1, what, release="0.9.0"),
        run("cp-sat", 100, 1, what, release="0.9.0"),
        run("hybrooster", 100, 1, what, release="0.9.0", limit_seconds=10.0),
    ]
    write(recorded(tmp_path, runs))
    quality, effort, _ = tables(tmp_path)
    where = [(row["release"], row["limit"], row["region"]) for row in quality]
    assert where == [
        ("0.9.0", "10 s", "balanced-100"),
        ("0.9.0", "60 s", "balanced-100"),
        ("0.9.0", "60 s", "balanced-1000"),
        ("0.10.0", "60 s", "balanced-100"),
    ]
    assert list(quality[0])[4:] == list(effort[0])[4:] == ["hybrooster", "cp-sat", "greedy", "no-more"]
    assert [row["greedy"] for row in quality] == ["–", "100.0", "100.0", "–"]


def test_the_best_known_of_a_case_comes_from_all_runs(tmp_path: Path) -> None:
    """Value and bound of different runs, also of another release; where nobody has an answer there is none."""
    runs = [
        run("hybrooster", 20, 1, result(FOUND, 1000, 1500, filled_share=0.354)),
        run("cp-sat", 20, 1, result(FOUND, 900, 1250)),
        run("greedy", 20, 1, result(FOUND, 1000), release="0.2.0"),
        run("greedy", 100, 1, result(GAVE_UP)),
        run("highs", 100, 1, result(GAVE_UP, bound=2345)),
    ]
    write(recorded(tmp_path, runs))
    small, large = tables(tmp_path)[2]
    # (1250 - 1000) / 1000; greedy's 1000 is no better than the first.
    assert list(small.values()) == ["balanced-20-1", "1,000", "1,250", "25.0", "35", "hybrooster, 0.1.0, 60 s"]
    assert list(large.values()) == ["balanced-100-1", "–", "2,345", "–", "–", "–"]


def test_a_proof_that_another_answer_refutes_is_said_to_be(tmp_path: Path) -> None:
    """A bound, or a claim that there is no timetable, below what somebody legally found; it does not count as a bound."""
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 90, 90)),
        run("cp-sat", 20, 1, result(IMPOSSIBLE)),
        run("highs", 20, 1, result(FAILED, 80, 70, error="a legal timetable is worth 80")),
        run("greedy", 20, 1, result(FOUND, 100)),
    ]
    write(recorded(tmp_path, runs))
    quality, _, best = tables(tmp_path)
    assert quality[0]["hybrooster"] == "90.0 (proved), 1 refuted"
    assert quality[0]["cp-sat"] == "0.0, 1 said to be impossible, 1 refuted"
    assert quality[0]["highs"] == "0.0 (∞), 1 failed"
    assert (best[0]["value"], best[0]["bound"]) == ("100", "–")


def test_smptsp_sums_and_lists_people_used(tmp_path: Path) -> None:
    """Values are people with their sign turned; published bounds are met or not."""
    runs = [
        instance("cp-sat", "data_1", result(PROVED, -20, -20), (20, 20)),
        instance("cp-sat", "data_2", result(FOUND, -33, -29), (30, 31)),  # 10 % above 30; 31 is not met
        instance("cp-sat", "data_3", result(GAVE_UP, bound=-40), (40, 41)),
        instance("cp-sat", "data_4", result(FOUND, -21), None),
        instance("greedy", "data_1", result(ILLEGAL), (20, 20)),
    ]
    write(recorded(tmp_path, runs))
    sums, rows = tables(tmp_path)
    # The mean of 0 % and 10 %.
    assert list(sums[0].values()) == ["0.1.0", "60 s", "cp-sat", "4", "3", "1", "1", "5.0", "0"]
    assert list(sums[1].values()) == ["0.1.0", "60 s", "greedy", "1", "0", "0", "0", "–", "1"]
    assert [list(row.values()) for row in rows] == [
        ["data_1-1", "10", "20–20", "20 (20)", "illegal"],
        ["data_2-1", "10", "30–31", "33 (29)", "–"],
        ["data_3-1", "10", "40–41", "without an answer", "–"],
        ["data_4-1", "10", "–", "21 (–)", "–"],
    ]


def test_everything_outside_the_markers_stays(tmp_path: Path) -> None:
    """What stands between them is replaced; doing it again changes nothing."""
    recorded(tmp_path, SMALL)
    changed = write(tmp_path)
    text = (tmp_path / "README.md").read_text("utf-8")
    before, after = README.split(f"{BEGIN}what was there\n{END}")
    assert text.startswith(before + BEGIN)
    assert text.endswith(END + after)
    assert "what was there" not in text
    assert set(changed) == {tmp_path / "README.md", tmp_path / "generated" / "plots" / "balanced-20.svg"}
    assert write(tmp_path) == []


def test_a_readme_without_the_end_marker_loses_nothing(tmp_path: Path) -> None:
    """Somebody deleted it: what follows stays."""
    write(recorded(tmp_path, SMALL, README.replace(END, "")))
    text = (tmp_path / "README.md").read_text("utf-8")
    assert text.count(END) == 1
    assert text.endswith("## Sources\n")


def test_without_a_readme_only_plots_are_written(tmp_path: Path) -> None:
    """A folder of somebody's own results gets no README."""
    assert write(recorded(tmp_path, SMALL, None)) == [tmp_path / "generated" / "plots" / "balanced-20.svg"]


def test_where_it_was_measured_is_said_once_a_release(tmp_path: Path) -> None:
    """Machine, versions and dates."""
    runs = [
        run("greedy", 20, 1, result(FOUND, 1)),
        run("highs", 20, 1, result(FOUND, 1), versions={"highspy": "1.16"}, when="2026-11-25T10:00:00+00:00"),
    ]
    write(recorded(tmp_path, runs))
    lines = [line for line in (tmp_path / "README.md").read_text("utf-8").splitlines() if line.startswith("- ")]
    assert lines == [
        "- **0.1.0**, 2026-11-24 to 2026-11-25: Abacus 3000, 2 cores, 8 GB; highspy 1.16, python 3.11.7; revision abc"
    ]


def dots(svg: str) -> dict[str, list[tuple[float, float, bool]]]:
    """Points drawn by colour: x, y, and whether it is a filled one."""
    found: dict[str, list[tuple[float, float, bool]]] = {}
    for each in ET.fromstring(svg).iter(f"{SVG}circle"):
        filled = "stroke" not in each.attrib
        colour = each.attrib["fill" if filled else "stroke"]
        found.setdefault(colour, []).append((float(each.attrib["cx"]), float(each.attrib["cy"]), filled))
    return found


def words(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter(f"{SVG}text")]


COLOUR = plots.colours(["hybrooster", "highs", "greedy"])


def test_a_run_is_drawn_until_it_ends_where_the_judge_says() -> None:
    """A value line and a bound line; each has as many steps as were measured, and ends in a dot when the run ended."""
    trace = ((1.0, None, 130), (2.0, 50, 120), (4.0, 99, 110))
    svg = plots.over_time([run("highs", 20, 1, result(FOUND, 100, 105, trace=trace, seconds=8.0))], 100, COLOUR)
    (x, value, _), (end, bound, _) = sorted(dots(svg)[COLOUR["highs"]], key=lambda dot: -dot[1])
    assert x == end
    assert value > bound  # a larger value is higher, and y grows downwards
    lines = [each.attrib["points"].split() for each in ET.fromstring(svg).iter(f"{SVG}polyline")]
    # A step is two points, the first value one: 1.0, 2.0, 4.0 and the end for the bound, 2.0, 4.0 and the end for the value.
    assert sorted(map(len, lines)) == [5, 7]
    for line in lines:
        points = [tuple(map(float, each.split(","))) for each in line]
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points))
    assert {"highs", "100.0", "105.0"} <= set(words(svg))


def test_what_is_far_off_does_not_stretch_the_axis() -> None:
    """An answer worth next to nothing and a bound far away are in the key, not in the picture."""
    runs = [run("highs", 20, 1, result(FOUND, 2, 900)), run("greedy", 20, 1, result(FOUND, 100))]
    said = words(plots.over_time(runs, 100, COLOUR))
    assert {"90", "110", "2.0", "900.0"} <= set(said)
    assert not {"0", "50", "200", "500"} & set(said)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (result(ILLEGAL, trace=((1.0, 500, None),), claimed=500), "illegal"),
        (result(FAILED, error="no"), "failed"),
        (result(GAVE_UP), "no answer"),
        (result(IMPOSSIBLE), "impossible"),
    ],
)
def test_without_a_legal_answer_no_value_is_drawn(what, said: str) -> None:
    """What was claimed for an illegal one is not drawn either; the key says how it ended."""
    svg = plots.over_time([run("highs", 20, 1, what), run("greedy", 20, 1, result(FOUND, 100))], 100, COLOUR)
    assert set(dots(svg)) == {COLOUR["greedy"]}
    assert said in words(svg)


def test_time_is_drawn_to_scale() -> None:
    """Ten times as long is always as far, from the first answer to the end of the longest run."""
    runs = [
        run(peer, 20, 1, result(FOUND, 100, trace=((0.1, 100, None),), seconds=seconds))
        for peer, seconds in (("hybrooster", 0.6), ("highs", 6.0), ("greedy", 60.0))
    ]
    svg = plots.over_time(runs, 100, COLOUR)
    first, second, third = (dots(svg)[COLOUR[run.peer]][0][0] for run in runs)
    assert second - first == pytest.approx(third - second, abs=0.2)
    assert second - first > 50
    assert [each for each in words(svg) if each in {"0.1", "1", "10", "60"}] == ["0.1", "1", "10", "60"]


def test_by_size_draws_what_is_finite_and_sets_the_rest_apart() -> None:
    """Lines do not bridge what is missing, and what does not fit the axis is hollow, not at its edge."""
    shares = {"highs": {20: 0.0, 100: 150.0, 300: 10.0, 1000: 20.0}, "greedy": {20: 40.0, 300: float("inf")}}
    svg = plots.by_size(shares, COLOUR, title="t", axis="a", most=100, missing="no legal answer")
    drawn = dots(svg)
    highs, greedy = drawn[COLOUR["highs"]], drawn[COLOUR["greedy"]]
    assert [filled for *_, filled in highs] == [True, True, True, False]
    assert [filled for *_, filled in greedy] == [True, False]
    lines = [each.attrib["points"].split() for each in ET.fromstring(svg).iter(f"{SVG}polyline")]
    assert sorted(map(len, lines)) == [1, 1, 2]  # greedy; highs at 20; highs from 300 to 1000
    (zero, _), (ten, _), (twenty, _) = [(y, filled) for _, y, filled in highs[:3]]
    assert zero - ten == pytest.approx(ten - twenty, abs=0.2)
    assert "hollow: no legal answer or more than 40 %" in words(svg)


def test_nothing_is_said_to_be_hollow_where_nothing_is() -> None:
    """All fits; the axis begins at 0 and reaches the largest."""
    svg = plots.by_size({"highs": {20: 3.0, 100: 12.0}}, COLOUR, title="t", axis="a", most=50, missing="none")
    assert not any(each.startswith("hollow") for each in words(svg))
    assert {"0", "5", "10", "15"} <= set(words(svg))
    assert "20" in words(svg)  # the size


def test_a_colour_is_a_peers_own_in_every_plot(tmp_path: Path) -> None:
    """Greedy has the same colour whether or not others are in the plot."""
    runs = [*SMALL, run("greedy", 100, 1, result(FOUND, 10)), run("greedy", 300, 1, result(FOUND, 10))]
    write(recorded(tmp_path, runs))
    folder = tmp_path / "generated" / "plots"
    alone = set(dots((folder / "balanced-100.svg").read_text("utf-8")))
    together = set(dots((folder / "balanced-20.svg").read_text("utf-8")))
    assert len(alone) == 1
    assert alone < together


def test_plots_are_of_the_newest_release_at_its_usual_limit(tmp_path: Path) -> None:
    """An older release and a quick try are left out, and so is a case in which nobody has an answer."""
    what = result(FOUND, 10)
    runs = [
        run("greedy", 1000, 1, what, release="0.9.0"),
        run("greedy", 20, 2, what, release="0.10.0"),
        run("greedy", 20, 1, what, release="0.10.0"),
        run("greedy", 100, 1, result(GAVE_UP), release="0.10.0"),
        run("highs", 20, 1, what, release="0.10.0"),
        run("highs", 300, 1, what, release="0.10.0", limit_seconds=1.0),
    ]
    changed = write(recorded(tmp_path, runs))
    assert [path.name for path in changed if path.suffix == ".svg"] == ["balanced-20.svg"]
    svg = changed[0].read_text("utf-8")
    assert "balanced-20-1, limit 60 s" in words(svg)  # the first seed
    assert {"greedy", "highs"} <= set(words(svg))


def test_all_plots_are_well_formed_and_named_in_the_readme(tmp_path: Path) -> None:
    """One per group, two per profile with several sizes; peers without any bound are not in the one about gaps."""
    runs = [*SMALL, run("greedy", 100, 1, result(FOUND, 10)), run("highs", 100, 1, result(FOUND, 9, 10))]
    public = [instance("cp-sat", "data_1", result(PROVED, -20, -20), (20, 20))]
    changed = write(recorded(tmp_path, [*runs, *public]))
    drawn = [path for path in changed if path.suffix == ".svg"]
    assert [path.name for path in drawn] == [
        "balanced-20.svg",
        "balanced-100.svg",
        "balanced-by-size.svg",
        "balanced-gap-by-size.svg",
    ]
    readme = (tmp_path / "README.md").read_text("utf-8")
    for path in drawn:
        text = path.read_text("utf-8")
        assert ET.fromstring(text).tag == f"{SVG}svg"
        assert "nan" not in text
        assert "inf" not in text
        assert f"({Family.GENERATED}/plots/{path.name})" in readme
    assert {"greedy", "highs"} <= set(words(drawn[2].read_text("utf-8")))
    assert "greedy" not in words(drawn[3].read_text("utf-8"))


def test_growth_is_drawn_with_its_exponent(tmp_path: Path) -> None:
    """Ten times the size takes a hundred times the seconds: an exponent of 2; who proves nothing is not there."""
    fast = {"trace": ((0.5, 100, 100),), "seconds": 0.5}
    slow = {"trace": ((2.0, 100, 200), (50.0, 100, 101)), "seconds": 60.0}
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 100, 100, **fast)),
        run("hybrooster", 200, 1, result(FOUND, 100, 101, **slow)),
        run("greedy", 20, 1, result(FOUND, 80)),
        run("greedy", 200, 1, result(FOUND, 80)),
    ]
    write(recorded(tmp_path, runs))
    words = [each.text for each in ET.parse(tmp_path / "generated/plots/balanced-growth.svg").iter(f"{SVG}text")]
    assert "n^2.00" in words
    assert "greedy" not in words


def test_after_a_change_the_seconds_to_a_near_answer_count(tmp_path: Path) -> None:
    """Within 0.1 %: one is there at once, one after four seconds, one never; the median is the middle one."""
    fields = {"family": Family.CHANGED, "group": "balanced-300-changed", "limit_seconds": 10.0}
    ways = [((0.5, 9991, 10000),), ((1.0, 9900, 10000), (4.0, 9995, 10000)), ((1.0, 9000, 10000),)]
    runs = [
        run("hybrooster-again", 300, 1, result(FOUND, way[-1][1], 10000, trace=way), case=f"c{number}", **fields)
        for number, way in enumerate(ways)
    ]
    write(recorded(tmp_path, runs))
    (row,) = tables(tmp_path)[0]
    assert (row["peer"], row["changes"]) == ("hybrooster-again", "3")
    assert (row["median s to 0.1%"], row["s to 0.1% in 95 of 100"]) == ("4", "∞")
