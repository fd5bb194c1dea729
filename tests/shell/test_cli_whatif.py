"""What-if from the shell: each command, in words and as JSON, with pictures, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from model.files import write_term
from service.shell.cli import app
from tests.solver.whatif.small import region, solved
from tests.solver.whatif.test_fragile import placed

AFTERNOON = {"kind": "release", "professional": "anna", "weekday": "ma", "half_day": "middag"}
Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    runner = CliRunner()
    return lambda *arguments: runner.invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The region, its best timetable and a scenario."""
    write_term(region(), tmp_path / "term.json")
    outcome = {"assignments": [row.model_dump(mode="json") for row in solved()[1].assignments]}
    (tmp_path / "outcome.json").write_text(json.dumps(outcome), "utf-8")
    (tmp_path / "middag.json").write_text(
        json.dumps({"id": "middag", "name": "Middag", "changes": [AFTERNOON]}), "utf-8"
    )
    (tmp_path / "fout.json").write_text(
        json.dumps({"id": "fout", "changes": [{**AFTERNOON, "professional": "ana"}]}), "utf-8"
    )
    return tmp_path


def facts(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def is_picture(path: Path) -> bool:
    return path.read_bytes().startswith(b"\x89PNG") or b"<svg" in path.read_bytes()[:2000]


def test_compare(run: Run, files: Path) -> None:
    """Two columns, what really differs, and a picture of it."""
    asked = ("compare", files / "term.json", files / "middag.json")
    found = facts(run(*asked, "--json", "--time", 20, "--alone"))
    assert [column["name"] for column in found["columns"]] == ["Zoals het is", "Middag"]
    assert found["against"][0]["value_sure"] == "more"
    assert len(found["alone"]) == 2
    said = run(*asked, "--time", 20, "--from", files / "outcome.json", "--picture", files / "c.svg")
    assert said.exit_code == 0
    assert "Alles bij elkaar bewezen beter." in said.stdout
    assert "Lessen bezet" in said.stdout
    assert is_picture(files / "c.svg")
    first = (files / "c.svg").read_bytes()
    run(*asked, "--time", 20, "--picture", files / "c.svg")
    assert (files / "c.svg").read_bytes() == first


def test_compare_refuses_what_makes_no_sense(run: Run, files: Path) -> None:
    """With the place in the scenario, and before anything is solved."""
    wrong = run("compare", files / "term.json", files / "fout.json")
    assert wrong.exit_code == 1
    assert "$.changes[0].professional" in wrong.output
    assert run("compare", files / "term.json", files / "none.json").exit_code == 2
    drawn = run("compare", files / "term.json", files / "middag.json", "--picture", files / "c.doc")
    assert drawn.exit_code == 2
    assert ".svg" in drawn.output


def test_release(run: Run, files: Path) -> None:
    """People against half-days; refused to who may not see it."""
    asked = ("release", files / "term.json", files / "outcome.json", "works", "--time", 30)
    found = facts(run(*asked, "--json", "--best", 1))
    assert {person["professional"] for person in found["people"]} == {"anna", "ben", "cas"}
    assert found["best"]["proved"]
    said = run(*asked, "--as", "employer:works", "--picture", files / "r.png")
    assert "ma middag: 1 open plek wordt hiermee bezet." in said.stdout
    assert is_picture(files / "r.png")
    assert run(*asked, "--as", "professional:anna").exit_code == 2
    assert run("release", files / "term.json", files / "outcome.json", "worsk").exit_code == 2


def test_curve(run: Run, files: Path) -> None:
    """The published timetable is the one that is handed over, or the term's own."""
    found = facts(run("curve", files / "term.json", files / "outcome.json", "--most", 1, "--time", 20, "--json"))
    assert [point["open"] for point in found["points"]] == [{"low": 1, "high": 1}] * 2
    said = run("curve", files / "term.json", files / "outcome.json", "--most", 1, "--picture", files / "k.png")
    assert said.exit_code == 0
    assert is_picture(files / "k.png")
    assert run("curve", files / "term.json").exit_code == 1


def test_fair(run: Run, files: Path) -> None:
    """Among schools and among employers."""
    for among in ("schools", "employers"):
        said = run("fair", files / "term.json", "--among", among, "--time", 10, "--picture", files / f"{among}.png")
        assert said.exit_code == 0, said.output
        assert is_picture(files / f"{among}.png")
    assert facts(run("fair", files / "term.json", "--time", 10, "--json"))["among"] == "schools"
    assert run("fair", files / "term.json", "--among", "people").exit_code == 2
    assert run("fair", files / "term.json", "--among", "employers", "--as", "employer:works").exit_code == 2


def test_fragility(run: Run, files: Path) -> None:
    """What hangs on one person."""
    asked = ("fragility", files / "term.json", files / "outcome.json", "--time", 30)
    assert facts(run(*asked, "--json"))["alone"] >= 1
    said = run(*asked, "--rate", 10, "--picture", files / "f.png")
    assert "Anna stopt: 2 van 2 lessen vallen open" in said.stdout
    assert is_picture(files / "f.png")


def test_recruit(run: Run, tmp_path: Path, files: Path) -> None:
    """Profiles, and vacancies of them."""
    write_term(placed(), tmp_path / "placed.json")
    asked = ("recruit", tmp_path / "placed.json", files / "outcome.json", "--time", 30)
    assert facts(run(*asked, "--json"))["people"][0]["upper"] >= 1
    assert "Gezocht:" in run(*asked, "--vacancies", "--picture", tmp_path / "w.svg").stdout


def test_prices(run: Run, files: Path) -> None:
    """By whose they are; the employer of Anna can give her afternoon."""
    asked = ("prices", files / "term.json", files / "outcome.json", "--time", 30)
    found = facts(run(*asked, "--json"))
    assert any(row["gain"] == 1 and row["owners"] == ["employer"] for row in found["rows"])
    said = run(*asked, "--picture", files / "p.png")
    assert "Aan werkgever" in said.stdout
    assert is_picture(files / "p.png")


def test_record_and_recheck(run: Run, files: Path) -> None:
    """Solved to repeat exactly, recorded, and found the same again; a timetable that was changed is not."""
    term = files / "term.json"
    assert run("solve", term, "--deterministic", "--time", 20, "--out", files / "best.json").exit_code == 0
    asked = ("record", term, files / "best.json", "--by", "Mira", "--out", files / "besluit.json")
    assert run(*asked, "--looked-at", files / "middag.json").exit_code == 0
    assert "<h1>" in (files / "besluit.html").read_text("utf-8")
    said = run("recheck", term, files / "best.json", files / "besluit.json")
    assert said.exit_code == 0, said.output
    assert "hetzelfde rooster" in said.stdout
    changed = json.loads((files / "best.json").read_text("utf-8"))
    changed["assignments"] = changed["assignments"][:1]
    (files / "changed.json").write_text(json.dumps(changed), "utf-8")
    assert run("recheck", term, files / "changed.json", files / "besluit.json").exit_code == 1
    assert run("recheck", term, files / "best.json", files / "middag.json").exit_code == 2
    assert run("record", term, files / "outcome.json", "--by", "x", "--out", files / "b.json").exit_code == 2
