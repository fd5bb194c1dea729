"""Questions from the shell: texts, JSON, ids that do not exist, and readers who may not ask."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from model.files import write_term
from service.shell.cli import app
from tests.regions import lesson, licence, person, small_term

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Ask about four lessons at one time, of which Anna, Bob and Cas give three; Dirk has no licence, and Eva works then."""
    people = [person(each) for each in ("anna", "bob", "cas", "dirk", "eva")]
    people[4] |= {"employer": "works", "site": "plant"}
    term = small_term(
        professionals=people,
        licences=[licence(each) for each in ("anna", "bob", "cas", "eva")],
        lessons=[lesson(f"l{number}") for number in range(1, 5)],
        work=[{"professional": "eva", "weekday": "mon", "start": "08:00", "end": "17:00"}],
    )
    write_term(term, tmp_path / "term.json")
    rows = [{"lesson": f"l{n}", "professional": who} for n, who in enumerate(("anna", "bob", "cas"), start=1)]
    (tmp_path / "made.json").write_text(json.dumps({"assignments": rows}), "utf-8")

    def ask(command: str, *arguments: str) -> Result:
        files = [str(tmp_path / "term.json"), str(tmp_path / "made.json")]
        return CliRunner().invoke(app, [command, *files, *arguments], catch_exceptions=False)

    return ask


def test_why_a_lesson_is_open(run: Run) -> None:
    """The funnel, and how many lessons compete for how many people."""
    answer = json.loads(run("explain", "l4", "--json").stdout)
    assert answer["sentence"].startswith(
        "Robots (l4), ma 08:30–09:20 is open: 5 mensen → 4 bevoegd → 3 op dat moment vrij"
    )
    assert [each["left"] for each in answer["hurdles"]] == [4, 4, 3, 3, 0]
    competition = answer["competition"]
    assert competition["answered"] == "impossible"
    assert (set(competition["lessons"]), competition["people"], competition["at_most"]) == (
        {"l1", "l2", "l3", "l4"},
        3,
        3,
    )
    assert "4 lessen strijden om 3 mensen, die er samen hoogstens 3 kunnen geven." in run("explain", "l4").stdout
    assert "4 lessons compete for 3 people" in run("explain", "l4", "--lang", "en").stdout
    assert "Ook als alles wat af te spreken is zou vervallen" in run("explain", "l4", "--facts").stdout
    assert "wordt gegeven door Anna" in run("explain", "l1").stdout


def test_what_would_fill_it(run: Run) -> None:
    """The employer releases Eva; it is applied and judged, and cannot be had for nothing."""
    result = run("repairs", "l4", "--json")
    repair, *moved = sorted(json.loads(result.stdout)["repairs"], key=lambda each: each["owners"])
    assert all(each["owners"] == ["school"] for each in moved), "or the school gives it at another time"
    assert set(repair) == {"owners", "changes", "price", "lower", "upper", "moves", "verified"}
    assert repair["owners"] == ["employer"]
    assert [each["sentence"] for each in repair["changes"]] == ["Works geeft Eva vrij: ma ochtend."]
    assert [(each["lesson"], each["professional"], each["gives"]) for each in repair["moves"]] == [("l4", "eva", True)]
    assert 1 <= repair["lower"] <= repair["upper"] == repair["price"]
    assert "Works geeft Eva vrij: ma ochtend." in run("repairs", "l4").stdout
    hers = json.loads(run("repairs", "l4", "--json", "--as", "professional:anna").stdout)["repairs"]
    assert {move["professional"] for each in hers for move in each["moves"]} <= {"anna"}


def test_who_could_and_why_not(run: Run) -> None:
    """Eva after an agreement; Anna gives another lesson then; Dirk has no licence."""
    answer = json.loads(run("candidates", "l4", "--json").stdout)
    first = answer["candidates"][0]
    assert (first["professional"], first["possible"]) == ("eva", True)
    assert "Eva: kan na afspraak" in run("candidates", "l4").stdout
    assert "Dirk" not in run("candidates", "l4").stdout
    assert "Dirk kan Robots (l4), ma 08:30–09:20 niet geven" in run("why-not", "l4", "dirk").stdout
    assert "bevoegdheid" in run("why-not", "l4", "dirk").stdout
    assert {
        each["rule"] for each in json.loads(run("why-not", "l4", "anna", "--json").stdout)["answer"]["blockers"]
    } == {"clash"}
    assert json.loads(run("could-take", "eva", "--json").stdout)["lessons"][0]["gives"] == ["l4"]


def test_what_a_fact_is_worth(run: Run) -> None:
    """Eva's morning brings a place, her afternoon none; most first, with why; the best two together are one place."""
    answer = json.loads(run("worth", "--employer", "works", "--best", "2", "--json").stdout)
    assert (answer["open_places"], answer["free"], answer["free_at_most"], answer["not_looked_at"]) == (1, 0, 0, 0)
    first, last = answer["facts"][0], answer["facts"][-1]
    assert (first["kind"], first["answered"], first["lower"], first["upper"]) == ("release", "found", 1, 1)
    assert (first["change"]["owners"], first["fills"]) == (["employer"], ["l4"])
    assert (last["answered"], last["upper"], last["moves"]) == ("impossible", 0, [])
    assert (answer["best"]["proved"], answer["best"]["gain"]) == (True, 1)
    said = run("worth", "--person", "eva", "--kind", "release").stdout
    assert "  1. Works geeft Eva vrij: ma ochtend. 1 open plek wordt hiermee bezet." in said
    assert "Works geeft Eva vrij: ma middag. Dit maakt geen les mogelijk die nu niet kan." in said
    assert "becomes licensed for techniek" in run("worth", "--lesson", "l4", "--kind", "licence", "--lang", "en").stdout
    assert "kan ook op di, lesuur 1" in run("worth", "--lesson", "l4", "--kind", "time").stdout
    assert run("worth", "--person", "eva", "--as", "professional:anna").exit_code == 2
    refused = run("worth", "--kind", "money")
    assert refused.exit_code == 2
    assert "«money» bestaat niet. Misschien één van deze: release, load, travel, licence, time." in refused.stderr


def test_what_does_not_exist_is_refused_with_a_guess(run: Run) -> None:
    """And so are readers who may not ask."""
    unknown = run("explain", "l44")
    assert unknown.exit_code == 2
    assert "Misschien l4?" in unknown.stderr
    refused = run("why-not", "l4", "eva", "--as", "professional:anna")
    assert refused.exit_code == 2
    assert "mag dit niet" in refused.stderr
