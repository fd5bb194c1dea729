"""One example term per family of rules: solved to proved best, and every rule of the family decides something in it.

Beside each term of `examples/families` lies its answer (`.toml`): who gives what in the best timetable, and for every
rule of the family what would be otherwise without it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from model.files import read_term
from model.judge import judge
from model.lessons import RuleSetting
from model.rule import Rule
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import Assignment, Outcome, Status, Timetable
from solver.solve import solve
from tests.rules.cases import without

FAMILIES = Path(__file__).parent.parent / "examples" / "families"
NAMES = sorted(path.stem for path in FAMILIES.glob("*.toml"))
LARGEST_PEOPLE, LARGEST_SCHOOLS = 6, 2
"""What can be read at a glance."""

Given = dict[str, list[str]]
"""People by lesson; `anna @ <id of a lesson time>` for another of its times."""


def answer(name: str) -> dict[str, Any]:
    """The answer beside a term."""
    return tomllib.loads((FAMILIES / f"{name}.toml").read_text("utf-8"))


@cache
def example(name: str) -> Term:
    loaded = read_term(FAMILIES / f"{name}.json")
    assert loaded.term is not None, loaded.issues
    return loaded.term


@cache
def solved(name: str) -> Outcome:
    return solve(example(name), seconds=60)


def timetable(given: Given) -> Timetable:
    """The timetable that these people give."""
    rows = []
    for lesson, people in given.items():
        for each in people:
            who, _, option = each.partition(" @ ")
            rows.append(Assignment(lesson=lesson, professional=who, option=option or None))
    return Timetable(assignments=tuple(rows))


def given_in(outcome: Outcome, term: Term) -> Given:
    """Who gives what, every lesson named."""
    found: Given = {lesson.id: [] for lesson in term.lessons}
    for row in outcome.assignments:
        found[row.lesson].append(row.professional if row.option is None else f"{row.professional} @ {row.option}")
    return {lesson: sorted(people) for lesson, people in found.items()}


def worth(term: Term, table: Timetable, rule: type[Rule] | None = None) -> int | None:
    """What a timetable is worth, if need be without a rule; None where it breaks others.

    A rule is left out as people would: by the sheet of rules, unless the law keeps it on.
    """
    assert not table.issues(term)
    rules = RULES
    if rule is not None and rule.may_switch_off:
        kept = [row for row in term.rules if row.rule != rule.name]
        term = term.replace(rules=[*kept, RuleSetting(rule=rule.name, enabled=False)])
    elif rule is not None:
        rules = tuple(without(rule))
    verdict = judge(term, table, rules=rules)
    return None if verdict.breaches else verdict.value


@pytest.mark.parametrize("name", NAMES)
def test_a_family_can_be_read_at_a_glance(name: str) -> None:
    """At most six people and two schools; the workbook is the same term."""
    term = example(name)
    assert len(term.professionals) <= LARGEST_PEOPLE
    assert len(term.schools) <= LARGEST_SCHOOLS
    assert read_term(FAMILIES / f"{name}.xlsx").term == term


@pytest.mark.parametrize("name", NAMES)
def test_a_family_is_solved_to_its_answer(name: str) -> None:
    """Proved best, as derived in the answer, and the judge finds nothing wrong with it."""
    term, outcome, expected = example(name), solved(name), answer(name)
    assert outcome.status is Status.PROVED_BEST
    assert given_in(outcome, term) == {lesson: sorted(people) for lesson, people in expected["best"].items()}
    assert outcome.timetable is not None
    verdict = judge(term, outcome.timetable)
    assert verdict.breaches == ()
    assert verdict.value == outcome.value
    assert {each.rule for each in outcome.waived} == set(expected.get("waived", ()))
    assert list(outcome.idle_waivers) == expected.get("idle", [])
    assert {each.rule for each in outcome.rules_off} == set(expected.get("off", ()))
    assert {each.rule for each in outcome.law_set} == set(expected.get("law_set", ()))


@pytest.mark.parametrize(("name", "rule"), [(name, rule) for name in NAMES for rule in answer(name)["without"]])
def test_every_rule_of_a_family_decides_something(name: str, rule: str) -> None:
    """The other timetable is forbidden by this rule alone, or worth less with it; without it, it is as good or better."""
    term, expected = example(name), answer(name)
    other = timetable(expected["best"] | expected["without"][rule])
    best, worse = (worth(term, each) for each in (timetable(expected["best"]), other))
    assert best is not None
    if BY_NAME[rule].hard():
        assert {each.rule for each in judge(term, other).breaches} == {rule}
    else:
        assert worse is not None
        assert worse < best
    best_without, other_without = (worth(term, each, BY_NAME[rule]) for each in (timetable(expected["best"]), other))
    assert best_without is not None
    assert other_without is not None
    assert other_without >= best_without


def test_together_the_families_hold_every_rule() -> None:
    """Whoever looks for a rule finds an example of it."""
    assert {rule for name in NAMES for rule in answer(name)["without"]} == set(BY_NAME)


def test_a_waived_breach_is_none_once_the_waivers_are_gone() -> None:
    """It is listed with who decided it; without the waivers the same timetable breaks the rules they name."""
    term, outcome = example("waivers"), solved("waivers")
    assert all(each.by and each.reason and each.sentence for each in outcome.waived)
    assert outcome.timetable is not None
    bare = judge(term.replace(waivers=()), outcome.timetable)
    assert {each.rule for each in bare.breaches} == {each.rule for each in outcome.waived}
