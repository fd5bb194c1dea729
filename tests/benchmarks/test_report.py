"""The README and the plots of made-up runs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import plots
from benchmarks.family import Family
from benchmarks.report import BEGIN, END, write
from tests.benchmarks.runs import (
    FAILED,
    FOUND,
    GAVE_UP,
    ILLEGAL,
    IMPOSSIBLE,
    PROVED,
    README,
    SMALL,
    instance,
    recorded,
    result,
    run,
)

SVG = "{http://www.w3.org/2000/svg}"


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
    assert {"highs", "100", "105.0"} <= set(words(svg))


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


def test_growth_is_that_of_the_problems_measured_last(tmp_path: Path) -> None:
    """The same release measured other problems before, for longer: those are no points."""
    slow = result(PROVED, 100, 100, trace=((55.0, 100, 100),), seconds=55.0)
    before = {"problem": "0ddba1100000", "when": "2026-11-20T10:00:00+00:00"}
    old = [run("hybrooster", size, 1, slow, **before) for size in (20, 200)]
    runs = [
        run("hybrooster", 20, 1, result(PROVED, 80, 80, trace=((0.5, 80, 80),), seconds=0.5)),
        run("hybrooster", 200, 1, result(FOUND, 80, 80, trace=((50.0, 80, 80),))),
    ]
    write(recorded(tmp_path, [*old, *runs]))
    said = [each.text for each in ET.parse(tmp_path / "generated/plots/balanced-growth.svg").iter(f"{SVG}text")]
    assert "n^2.00" in said
