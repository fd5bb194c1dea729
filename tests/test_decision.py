"""The decision record: everything the timetable hangs on, as data and as a page; checked again later."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from model.decision import Decision, decision, timetable_hash
from model.locale import LANGUAGES
from model.results.decision_page import decision_page
from model.rules import RULES
from model.timetable import Assignment, Timetable
from solver.solve import solve
from tests.solver.whatif.small import proved, region, scenario

AT = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
AFTERNOON = {"kind": "release", "professional": "anna", "weekday": "mon", "half_day": "afternoon"}


def made(lang: str = "nl") -> Decision:
    """A scenario was chosen, another was not."""
    applied, other = scenario("middag", AFTERNOON), scenario("anders", {**AFTERNOON, "professional": "ben"})
    assert applied.term is not None
    outcome = proved(applied.term, deterministic=True, seed=3)
    return decision(
        applied.term,
        outcome,
        by="Mira <b>",
        at=AT,
        reason="gesprek & akkoord",
        applied=applied,
        others=[other],
        lang=lang,
    )


def test_what_is_on_record() -> None:
    """Input, scenario, proof, rules as set, seed, versions, by whom and when."""
    found = made()
    assert found.base_hash == region().input_hash != found.input_hash
    assert (found.status.value, found.value, found.filled) == ("proved_best", found.bound, 5)
    assert found.scenario is not None
    assert [(each.id, each.chosen) for each in found.looked_at] == [("middag", True), ("anders", False)]
    assert found.looked_at[0].changes == ("Anna wordt vrijgeroosterd: ma middag.",)
    assert {rule.rule for rule in found.rules} == {rule.name for rule in RULES}
    assert (found.decided_by, found.decided_at, found.seed, found.deterministic) == ("Mira <b>", AT, 3, True)
    assert set(found.versions) == {"hybrooster", "ortools", "python"}
    assert Decision.model_validate_json(found.model_dump_json()) == found


def test_every_rule_is_in_words_of_the_language() -> None:
    """Dutch is not English, and neither is empty."""
    for dutch, english in zip(made("nl").rules, made("en").rules, strict=True):
        assert dutch.says
        assert english.says
        assert dutch.says != english.says


def test_solved_again_it_is_the_same() -> None:
    """Exactly, with --deterministic and the same seed and time; another timetable is not."""
    found = made()
    applied = scenario("middag", AFTERNOON)
    assert applied.term is not None
    again = solve(applied.term, seconds=found.seconds, seed=found.seed, deterministic=True)
    assert found.same_as(again)
    assert not found.same_as(proved(region()))


def test_the_order_of_rows_is_no_difference() -> None:
    """Who gives what is."""
    rows = [Assignment(lesson="l1", professional="anna"), Assignment(lesson="l2", professional="ben")]
    one, other = (Timetable(assignments=tuple(each)) for each in (rows, rows[::-1]))
    assert timetable_hash(one) == timetable_hash(other)
    swapped = Timetable(assignments=(Assignment(lesson="l1", professional="ben"), rows[1]))
    assert timetable_hash(one) != timetable_hash(swapped)


def test_an_outcome_of_another_term_is_refused() -> None:
    """And one without a timetable."""
    applied = scenario("middag", AFTERNOON)
    assert applied.term is not None
    with pytest.raises(ValueError, match="another term"):
        decision(applied.term, proved(region()), by="x", at=AT, lang="nl")
    nothing = solve(
        region(lessons=[{**row.model_dump(mode="json"), "must_fill": True} for row in region().lessons]), seconds=20
    )
    with pytest.raises(ValueError, match="no timetable"):
        decision(region(), nothing, by="x", at=AT, lang="nl")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page(lang: str) -> None:
    """What people wrote cannot become markup; no reason of anybody's absence is on it."""
    page = decision_page(made(lang), lang)
    assert page.startswith(f'<!doctype html>\n<html lang="{lang}">')
    assert "Mira &lt;b&gt;" in page
    assert "gesprek &amp; akkoord" in page
    assert "mantelzorg" not in page
    assert made(lang).input_hash in page
    assert page.count("<tr>") > len(RULES)
