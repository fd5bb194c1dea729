"""What options ask for, what is refused and how, and what is told of runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import campaign as module
from benchmarks.attempt import News
from benchmarks.campaign import RESULTS, Campaign, ChoiceError, campaign, worst
from benchmarks.family import Family
from benchmarks.peers import PEERS
from benchmarks.recipes import Profile
from benchmarks.records import BrokenRule, Result, Run, RunStatus, add, path_of
from benchmarks.rows import UnreadableError
from benchmarks.runner import Plan
from model.locale import LANGUAGES, text
from tests.benchmarks.runs import FAILED, FOUND, GAVE_UP, ILLEGAL, IMPOSSIBLE, PROBLEM, PROVED, result, run

TASKS = "Type = 1\nJobs = 2\n0 10\n10 20\nQualifications = 2\n2: 0 1\n1: 1\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two SMPTSP instances, of two tasks and of one, the second without published bounds."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "two.dat").write_text(TASKS, "utf-8")
    (folder / "one.dat").write_text("Type = 1\nJobs = 1\n0 10\nQualifications = 1\n1: 0\n", "utf-8")
    (folder / "bounds.csv").write_text("instance,lower_bound_2014,upper_bound_2014\ntwo,1,2\n", "utf-8")
    return folder


def test_left_out_is_everything_usual() -> None:
    """All peers, the usual sizes and seeds, balanced regions, this version, and the results of this repository."""
    asked = campaign(Family.GENERATED, seconds=60)
    assert [peer.name for peer in asked.peers] == [name for name in PEERS if name != "hybrooster-again"]
    assert [(case.size, case.seed) for case in asked.cases] == [
        (size, seed) for size in (20, 100, 300, 1000) for seed in (1, 2, 3)
    ]
    assert {case.profile for case in asked.cases} == {Profile.BALANCED}
    assert (asked.seconds, asked.results) == (60, RESULTS)
    assert asked.release


def test_regions_that_changed_are_solved_again_by_the_engine() -> None:
    """Each region has its own changes; the process that remembers is measured beside the one that does not."""
    asked = campaign(Family.CHANGED, seconds=10, seeds="1,2")
    assert [peer.name for peer in asked.peers] == ["hybrooster", "hybrooster-again"]
    assert [(case.seed, case.change) for case in asked.cases] == [
        *[(1, 0), (1, 1), (1, 2), (1, 3)],
        *[(2, 4), (2, 5), (2, 6), (2, 7)],
    ]
    case = asked.cases[0].model_copy(update={"size": 20})
    before, after = case.before(), case.term()
    assert before is not None
    assert before != after
    assert [row.id for row in before.lessons] == [row.id for row in after.lessons]


def test_choices_are_lists_with_commas() -> None:
    """Spaces and repeats do no harm; peers keep the order given, sizes are sorted."""
    asked = campaign(
        Family.GENERATED,
        seconds=1,
        peers="greedy, cp-sat,greedy",
        sizes="100,20",
        profiles="heavy,scarce",
        seeds=" 7 ",
        release="2.0-rc.1",
    )
    assert [peer.name for peer in asked.peers] == ["greedy", "cp-sat"]
    assert [case.name for case in asked.cases] == ["heavy-20-7", "scarce-20-7", "heavy-100-7", "scarce-100-7"]
    assert asked.release == "2.0-rc.1"


def test_public_instances_come_with_their_published_bounds(data: Path) -> None:
    """Small ones first; sizes choose among them, and the seed is part of the name."""
    asked = campaign(Family.SMPTSP, seconds=1, data=data)
    assert [(case.name, case.size, case.published) for case in asked.cases] == [
        ("one-1", 1, None),
        ("two-1", 2, (1, 2)),
    ]
    chosen = campaign(Family.SMPTSP, seconds=1, data=data, sizes="2", seeds="3,4")
    assert [case.name for case in chosen.cases] == ["two-3", "two-4"]
    assert [len(case.term().lessons) for case in chosen.cases] == [2, 2]


# Options, and what the refusal says of them: which option, what was given, what there is.
REFUSED: list[tuple[dict[str, Any], list[str]]] = [
    ({"peers": "cpsat"}, ["--peers", "cpsat", "cp-sat-lp"]),
    ({"peers": "greedy,nobody"}, ["--peers", "nobody", "timefold-tuned"]),
    ({"profiles": "plenty"}, ["--profiles", "plenty", "tight-teams"]),
    ({"sizes": "0"}, ["--sizes", "«0»", "20,100"]),
    ({"sizes": "20;100"}, ["--sizes", "20;100"]),
    ({"sizes": "-20"}, ["--sizes", "-20"]),
    ({"seeds": "1.5"}, ["--seeds", "1.5"]),
    ({"seeds": "²"}, ["--seeds", "²"]),
    ({"release": "../x"}, ["--release", "../x"]),
    ({"release": ""}, ["--release", "«»"]),
    ({"family": Family.SMPTSP}, ["smptsp", "--data"]),
    ({"family": Family.REAL_SCHOOL}, ["real-school", "--data"]),
]


@pytest.mark.parametrize(("options", "named"), REFUSED)
def test_what_does_not_exist_is_refused_by_name(options: dict[str, Any], named: list[str]) -> None:
    """In both languages, differently, before anything runs."""
    with pytest.raises(ChoiceError) as refused:
        campaign(**{"family": Family.GENERATED, "seconds": 1, **options})
    said = {refused.value.sentence(lang) for lang in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    for sentence in said:
        assert all(each in sentence for each in named)


def test_public_data_that_cannot_be_read_is_refused_with_its_place(data: Path, tmp_path: Path) -> None:
    """A wrong line by file and line; a folder that is missing or empty by its path."""
    (data / "two.dat").write_text(TASKS.replace("10 20", "20 10"), "utf-8")
    with pytest.raises(UnreadableError, match=r"two\.dat, line 4"):
        campaign(Family.SMPTSP, seconds=1, data=data)
    with pytest.raises(FileNotFoundError) as missing:
        campaign(Family.SMPTSP, seconds=1, data=tmp_path / "nowhere")
    assert str(missing.value.filename) == str(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError) as empty:
        campaign(Family.SMPTSP, seconds=1, data=tmp_path / "empty")
    assert empty.value.filename == str(tmp_path / "empty" / "*.dat.gz")
    assert empty.value.strerror


@pytest.mark.parametrize(
    ("statuses", "code"),
    [([], 0), ([PROVED, FOUND, GAVE_UP, IMPOSSIBLE], 0), ([FOUND, ILLEGAL], 1), ([FAILED, PROVED], 1)],
)
def test_only_faults_are_an_exit_code(statuses: list[RunStatus], code: int) -> None:
    """Running out of time is a result; an illegal answer or a crash is a fault."""
    assert worst([run("greedy", 20, 1, result(status)) for status in statuses]) == code


ENDED = {
    "hybrooster": result(PROVED, 100, 100, seconds=1.26),
    "highs": Result(status=ILLEGAL, breaches=(BrokenRule(rule="clash", times=3, example="Anna twice"),)),
    "greedy": Result(status=FAILED, error="Traceback\n  here\nValueError: no such luck\n"),
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], tuple[list[Run], list[str]]]:
    """A campaign of three peers of which one is recorded and another is missing; runs are made up."""

    def run_all(
        todo: Iterable[Plan], *, results: Path, release: str, seconds: float, told: Callable[[Plan, News], None]
    ) -> Iterator[Run]:
        assert (release, seconds) == ("0.1.0", 60)
        for plan in todo:
            told(plan, News(prepared=0.5))
            told(plan, News(bound=120))
            done = run(plan.peer.name, plan.case.size, plan.case.seed, ENDED[plan.peer.name])
            add(path_of(results, Family.GENERATED, release), done)
            yield done

    def asked(lang: str) -> tuple[list[Run], list[str]]:
        said: list[str] = []
        peers = tuple(PEERS[name] for name in ("hybrooster", "highs", "greedy", "timefold"))
        cases = campaign(Family.GENERATED, seconds=60, sizes="20", seeds="1").cases
        return Campaign(cases, peers, 60, "0.1.0", tmp_path).run(lang, said.append), said

    monkeypatch.setattr(module.runner, "run_all", run_all)
    monkeypatch.setattr(module.runner.problems, "_made", lambda _: PROBLEM)
    monkeypatch.setattr(type(PEERS["timefold"]), "missing", lambda _, lang: f"no Java ({lang})")
    monkeypatch.setattr(type(PEERS["highs"]), "missing", lambda *_: None)
    add(path_of(tmp_path, Family.GENERATED, "0.1.0"), run("greedy", 20, 1, ENDED["greedy"]))
    return asked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_campaign_tells_what_it_does(told, lang: str) -> None:
    """Who is missing, how many runs, each beginning, news and end with what was wrong, and what was written."""
    runs, said = told(lang)
    assert [each.peer for each in runs] == ["hybrooster", "highs"]
    assert said[0] == f"no Java ({lang})"
    assert said[1] == text("bench_runner.todo", lang, todo=2, recorded=1, release="0.1.0")
    assert said[2].startswith("[1/2] balanced-20-1, hybrooster")
    assert "–" in said[3]
    assert "120" in said[3]
    assert text("bench_runner.status.proved_best", lang) in said[4]
    assert ("1,3 s" if lang == "nl" else "1.3 s") in said[4]
    assert text("bench_runner.status.illegal", lang) in said[7]
    assert said[8] == "    clash (3): Anna twice"
    assert "balanced-20.svg" in said[9]
    assert len(said) == 10


def test_a_failure_is_told_with_its_last_line(told, tmp_path: Path) -> None:
    """Not the whole traceback, which is on record."""
    path_of(tmp_path, Family.GENERATED, "0.1.0").unlink()
    _, said = told("en")
    assert said[-2] == "    ValueError: no such luck"
    assert said[-3].startswith("  balanced-20-1, greedy: FAILED")


def test_a_campaign_that_is_done_runs_nothing(told) -> None:
    """The second time everything is recorded, and no file changes."""
    told("en")
    runs, said = told("en")
    assert runs == []
    assert said[1:] == [text("bench_runner.todo", "en", todo=0, recorded=3, release="0.1.0")]
