"""What stays on record beside a timetable: rules that were off, and for whom; breaches that were waived."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from model.files import write_term
from model.locale import LANGUAGES, text
from model.record import law_set, record_lines, rules_off
from model.results import write_results
from model.term import Term
from model.timetable import LawSet, Outcome, RuleOff
from service.shell.cli import app
from solver.solve import solve
from tests.regions import lesson, person, small_term, worker

WAIVER = {
    "id": "w1",
    "rule": "blocked",
    "professional": "anna",
    "lesson": "l1",
    "by": "rector Smit",
    "reason": "niemand anders",
    "decided": "2026-09-01",
}


def region(**changes: Any) -> Term:
    """Anna is blocked from the only lesson; somebody answers for it. Rules are off for all, for one employer, for one person."""
    return small_term(
        **{
            "professionals": [worker("anna"), person("ben", max_lessons_per_week=0)],
            "lessons": [lesson("l1", blocked=["anna"])],
            "waivers": [WAIVER, WAIVER | {"id": "w2", "professional": "ben"}],
            "rules": [
                {"rule": "gaps", "enabled": False},
                {"rule": "gaps", "enabled": True, "professional": "ben"},
                {"rule": "wishes", "enabled": False, "employer": "works"},
                {"rule": "must_fill", "enabled": False, "school": "south"},
                {"rule": "travel_limit", "enabled": False, "professional": "ben"},
                {"rule": "presence", "enabled": True},
            ],
            **changes,
        },
    )


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return solve(region(), seconds=20)


def test_rules_that_were_off_are_told_with_for_whom(outcome: Outcome) -> None:
    """Gaps are off for everybody but Ben, so for one person; what is on is not told."""
    assert outcome.rules_off == (
        RuleOff(rule="gaps", subjects=1),
        RuleOff(rule="must_fill", school="south", subjects=1),
        RuleOff(rule="travel_limit", professional="ben", subjects=1),
        RuleOff(rule="wishes", employer="works", subjects=1),
    )
    assert rules_off(small_term()) == ()


def test_a_setting_that_another_one_overrules_is_not_told() -> None:
    """Off for the employer, on for its only person."""
    rules = [
        {"rule": "gaps", "enabled": False, "employer": "works"},
        {"rule": "gaps", "enabled": True, "professional": "anna"},
    ]
    assert rules_off(region(rules=rules)) == ()


def test_law_that_is_set_otherwise_is_told() -> None:
    """A law rule stays on, but its numbers can be set; what is set as usual, and other rules' numbers, are not told."""
    rules = [
        {"rule": "daily_rest", "parameter": "rest_minutes", "value": "600", "professional": "anna"},
        {"rule": "guest_hours", "parameter": "hours_per_week", "value": "6"},
        {"rule": "sunday", "parameter": "agreed", "value": "true"},
        {"rule": "gaps", "parameter": "weight", "value": "5"},
    ]
    term = region(rules=rules, waivers=[])
    rest = LawSet(rule="daily_rest", parameter="rest_minutes", value="600", usual="660", professional="anna")
    assert law_set(term) == (rest, LawSet(rule="sunday", parameter="agreed", value="true", usual="false"))
    assert list(record_lines(term, (), (), (), "nl")) == [
        "Wet anders ingesteld: Dagelijkse rust, rest_minutes = 600 in plaats van 660 (voor Anna).",
        "Wet anders ingesteld: Zondagsrust, agreed = true in plaats van false (voor iedereen).",
    ]
    assert solve(term, seconds=20).law_set == law_set(term)
    assert law_set(small_term()) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_record_in_sentences(outcome: Outcome, lang: str) -> None:
    """Who decided what, when and why; which waivers nothing needed; which rules were off, and for whom."""
    said = list(record_lines(region(), outcome.waived, outcome.idle_waivers, outcome.rules_off, lang))
    off = {
        "gaps": {"nl": "iedereen", "en": "everybody"},
        "must_fill": "South",
        "travel_limit": "Ben",
        "wishes": "Works",
    }
    lines = []
    for rule, whom in off.items():
        name, title = whom if isinstance(whom, str) else whom[lang], text(f"rule.{rule}.title", lang)
        lines.append(f"Regel uit: {title} (voor {name})." if lang == "nl" else f"Rule off: {title} (for {name}).")
    idle = {"nl": "Niet nodig voor dit rooster: ontheffing w2.", "en": "Not needed by this timetable: waiver w2."}
    assert said[1:] == [idle[lang], *lines]
    by = {
        "nl": " Besloten door rector Smit op 1 september 2026: niemand anders.",
        "en": " Decided by rector Smit on 1 September 2026: niemand anders.",
    }
    assert said[0].endswith(by[lang])
    assert outcome.waived[0].sentence in said[0] or lang == "en"


def test_the_outcome_keeps_it_when_written_and_read(outcome: Outcome) -> None:
    """As JSON and back."""
    assert Outcome.model_validate_json(outcome.model_dump_json()) == outcome
    (waived,) = outcome.waived
    assert (waived.rule, waived.by, waived.professional) == ("blocked", "rector Smit", "anna")


def test_the_workbook_shows_it_on_its_first_sheet(outcome: Outcome, tmp_path: Path) -> None:
    """A timetable never leaves without it; one without anything on record has no such lines."""
    lines = list(record_lines(region(), outcome.waived, outcome.idle_waivers, outcome.rules_off, "nl"))
    assert set(lines) <= _overview(region(), outcome, tmp_path / "with.xlsx")
    plain = solve(small_term(), seconds=20)
    heading = "Ontheffingen, en regels die uit stonden"
    assert heading in _overview(region(), outcome, tmp_path / "again.xlsx")
    assert heading not in _overview(small_term(), plain, tmp_path / "without.xlsx")


def _overview(term: Term, outcome: Outcome, path: Path) -> set[str]:
    write_results(term, outcome, "nl", xlsx=path, ics=None, picture=None)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return {str(cell) for row in rows for cell in row}


# The shell


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A term file and what solving it wrote."""
    folder = tmp_path_factory.mktemp("record")
    term, out = folder / "term.json", folder / "outcome.json"
    write_term(region(), term)
    assert run("solve", term, "--time", 20, "--out", out).exit_code == 0
    return term, out


def test_check_lists_what_is_waived_and_does_not_call_it_fine(solved: tuple[Path, Path]) -> None:
    """No breach, exit 0, and yet not "no breaches"."""
    result = run("check", *solved)
    assert result.exit_code == 0
    flat = " ".join(result.stdout.split())
    assert "Besloten door rector Smit op 1 september 2026: niemand anders." in flat
    assert "Geen overtredingen zonder ontheffing, wel 1 mét" in flat
    verdict = json.loads(run("check", *solved, "--json").stdout)
    assert verdict["breaches"] == []
    assert [(each["rule"], each["by"]) for each in verdict["waived"]] == [("blocked", "rector Smit")]
    assert verdict["idle_waivers"] == ["w2"]
    assert {each["rule"] for each in verdict["rules_off"]} == {"gaps", "must_fill", "travel_limit", "wishes"}


def test_solve_lists_it_too(solved: tuple[Path, Path]) -> None:
    """Above the headline."""
    flat = " ".join(run("solve", solved[0], "--time", 20, "--lang", "en").stdout.split())
    assert "Decided by rector Smit on 1 September 2026: niemand anders." in flat
    assert flat.index("Rule off") < flat.index("proved")


def test_solve_can_tell_the_price_of_fairness(tmp_path: Path) -> None:
    """As text and as JSON; where no rule of fairness counts, that is said and the field stays empty."""
    rules = [{"rule": "fair_schools", "parameter": "weight", "value": "10"}]
    fair, plain = tmp_path / "fair.json", tmp_path / "plain.json"
    write_term(small_term(rules=rules), fair)
    write_term(small_term(), plain)
    result = run("solve", fair, "--time", 20, "--price-of-fairness")
    assert "Eerlijk verdelen kost 0 punten en 0 lessen" in " ".join(result.stdout.split())
    told = json.loads(run("solve", fair, "--time", 20, "--price-of-fairness", "--json").stdout)["fairness"]
    assert (told["proved"], told["price"], told["fairness"], told["fairness_without"]) == (True, 0, 1000, 1000)
    without = run("solve", plain, "--time", 20, "--price-of-fairness", "--json")
    assert json.loads(without.stdout)["fairness"] is None
    assert "geen prijs" in without.stderr
