"""The shell's `generate` and `bench`: files, exit codes, Dutch and English, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.files import read_term
from model.issues import Severity
from service.shell.cli import app

Shell = Callable[..., Result]


@pytest.fixture
def shell() -> Shell:
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(each) for each in arguments], catch_exceptions=False)


def content(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of all files of a folder."""
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    return {each.name.replace(path.name, ""): each.read_bytes() for each in files if each.is_file()}


@pytest.mark.parametrize("form", [".json", ".xlsx", ""])
def test_the_same_options_write_the_same_bytes(shell: Shell, tmp_path: Path, form: str) -> None:
    """JSON, workbook and folder of CSV files; another seed writes others."""
    options = ("--professionals", 20, "--profile", "scarce", "--seed")
    first, again, other = (tmp_path / f"{name}{form}" for name in ("first", "again", "other"))
    for path, seed in ((first, 5), (again, 5), (other, 6)):
        assert shell("generate", path, *options, seed).exit_code == 0
    assert content(first) == content(again)
    assert len(content(first)) == 1 if form else len(content(first)) > 5
    assert content(first) != content(other)


@pytest.mark.parametrize("form", [".json", ".xlsx", ""])
def test_what_is_written_is_the_region_that_is_benchmarked(shell: Shell, tmp_path: Path, form: str) -> None:
    """Read back without an error, it is the term of the benchmark's case with that size, seed and profile."""
    path = tmp_path / "new" / f"region{form}"
    assert shell("generate", path, "--professionals", 20, "--profile", "tight-teams", "--seed", 2).exit_code == 0
    loaded = read_term(path)
    assert not any(issue.severity is Severity.ERROR for issue in loaded.issues)
    assert loaded.term == generate(20, 2, Profile.TIGHT_TEAMS)


def test_sizes_are_told_in_words_and_as_json(shell: Shell, tmp_path: Path) -> None:
    """How many professionals, courses and lessons, and where."""
    term = generate(20, 1, Profile.BALANCED)
    out = tmp_path / "r.json"
    facts = {"professionals": 20, "courses": len(term.courses), "lessons": len(term.lessons)}
    assert json.loads(shell("generate", out, "--professionals", 20, "--json").stdout) == {
        "written": [str(out)],
        **facts,
    }
    for lang, word in (("nl", "lessen"), ("en", "lessons")):
        said = shell("generate", out, "--professionals", 20, "--lang", lang).stdout
        assert str(out) in said
        assert f"{len(term.lessons)} {word}" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("r.txt", "--professionals", 20),
        ("r.json", "--professionals", 0),
        ("r.json", "--professionals", 10001),
        ("r.json", "--professionals", 20, "--profile", "plenty"),
        ("r.json", "--professionals", 20, "--seed", -1),
        ("r.json",),
    ],
)
def test_generate_refuses_what_cannot_be(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...]
) -> None:
    """Exit code 2 and nothing written: an unknown form, nobody, too many, an unknown profile, a seed below 0."""
    monkeypatch.chdir(tmp_path)
    assert shell("generate", *arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_form_is_refused_with_a_guess(shell: Shell, tmp_path: Path) -> None:
    """What was perhaps meant, in both languages."""
    for lang, guess in (("nl", "Misschien"), ("en", "Maybe")):
        result = shell("generate", tmp_path / "r.txt", "--professionals", 20, "--lang", lang)
        assert f"{guess} {tmp_path / 'r.txt.json'}" in result.stderr


@pytest.mark.parametrize("name", ["x.json", "x.xlsx", "x", "deeper/x.json"])
def test_a_place_that_cannot_be_written_is_named(shell: Shell, tmp_path: Path, name: str) -> None:
    """A file stands where a folder is needed."""
    (tmp_path / "file").write_text("", "utf-8")
    result = shell("generate", tmp_path / "file" / name, "--professionals", 20)
    assert result.exit_code == 2
    assert "Kan niet schrijven" in result.stderr


def test_bench_measures_once_and_resumes(shell: Shell, tmp_path: Path) -> None:
    """A real run: told on standard error, recorded, tabled, and not done again."""
    (tmp_path / "README.md").write_text("# Mine\n", "utf-8")
    options = ("--peers", "greedy", "--sizes", 20, "--seeds", 1, "--time", 5, "--results", tmp_path, "--release", "9.9")
    first = shell("bench", *options, "--lang", "en", "--json")
    assert first.exit_code == 0
    (run,) = json.loads(first.stdout)
    assert (run["case"], run["peer"], run["release"], run["limit_seconds"]) == ("balanced-20-1", "greedy", "9.9", 5)
    assert run["result"]["status"] == "found"
    assert "1 runs to do, 0 recorded" in first.stderr
    assert f"value {run['result']['value']:,}" in first.stderr
    (line,) = (tmp_path / "generated" / "results" / "9.9.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["result"]["value"] == run["result"]["value"]
    readme = (tmp_path / "README.md").read_text("utf-8")
    assert readme.startswith("# Mine\n")
    assert "| 9.9 | 5 s | balanced-20 | 1 | 100 |" in readme

    second = shell("bench", *options, "--json")
    assert second.exit_code == 0
    assert json.loads(second.stdout) == []
    assert "nog 0 metingen te doen, 1 zijn er al" in second.stderr


def test_bench_solves_public_instances_to_their_known_optimum(shell: Shell, tmp_path: Path) -> None:
    """Three tasks of which two overlap: two people, proved, as was published."""
    data = tmp_path / "data"
    data.mkdir()
    tasks = "Type = 1\nJobs = 3\n0 10\n5 15\n15 20\nQualifications = 3\n2: 0 2\n2: 1 2\n1: 2\n"
    (data / "tiny.dat").write_text(tasks, "utf-8")
    (data / "bounds.csv").write_text("instance,lower_bound_2014,upper_bound_2014\ntiny,2,2\n", "utf-8")
    options = ("--family", "smptsp", "--data", data, "--peers", "cp-sat", "--time", 20, "--results", tmp_path, "--json")
    result = shell("bench", *options)
    assert result.exit_code == 0
    (run,) = json.loads(result.stdout)
    assert (run["case"], run["published"], run["size"]) == ("tiny-1", [2, 2], 3)
    assert (run["result"]["status"], run["result"]["value"], run["result"]["bound"]) == ("proved_best", -2, -2)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--peers", "nobody"), "cp-sat-lp"),
        (("--sizes", "many"), "«many»"),
        (("--seeds", "0"), "«0»"),
        (("--profiles", "plenty"), "tight-teams"),
        (("--release", "a/b"), "«a/b»"),
        (("--family", "smptsp"), "--data"),
        (("--family", "real-school"), "--data"),
        (("--family", "smptsp", "--data", "nowhere"), "Kan nowhere niet lezen: "),
        (("--family", "real-school", "--data", "nowhere"), "nowhere"),
        (("--family", "smptsp", "--data", "broken"), "x.dat, regel 1"),
    ],
)
def test_bench_refuses_before_anything_runs(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], named: str
) -> None:
    """Exit code 2, a sentence that names what is wrong, no record."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "x.dat").write_text("Type = 2\n", "utf-8")
    result = shell("bench", *arguments, "--results", tmp_path / "results")
    assert result.exit_code == 2
    assert named in result.stderr
    assert not (tmp_path / "results").exists()


def test_bench_names_a_place_where_it_cannot_record(shell: Shell, tmp_path: Path) -> None:
    """A file stands where the folder of results is to be."""
    (tmp_path / "file").write_text("", "utf-8")
    result = shell(
        "bench", "--peers", "greedy", "--sizes", 20, "--seeds", 1, "--time", 5, "--results", tmp_path / "file"
    )
    assert result.exit_code == 2
    assert "Kan niet schrijven" in result.stderr
