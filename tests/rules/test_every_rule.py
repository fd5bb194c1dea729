"""What holds for every rule: it has tests, it matters, its sentences can be said, its facts can be looked up."""

from __future__ import annotations

from importlib import import_module
from itertools import islice
from pathlib import Path

import pytest

from model.access import Reader, ReaderRole, sentence
from model.judge import judge
from model.locale import text
from model.people import Privacy
from model.rule import Because, Hurdle, Phase, Rule
from model.rules import RULES
from model.term import Term
from solver.board import Board
from tests.random_regions import drawn_cases
from tests.rules.cases import EN, NL, facts, facts_on, makes_a_difference, ways_of


def test_every_rule_has_a_file_of_tests_and_every_file_a_rule() -> None:
    """`tests/rules/test_<rule>.py`, in both directions."""
    files = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert files - {"every_rule"} == {rule.name for rule in RULES}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_leaving_a_rule_out_changes_verdict_and_optimum(rule: type[Rule]) -> None:
    """The case `matters` of the rule's own tests, by the judge and by the solver."""
    term, timetable = import_module(f"tests.rules.test_{rule.name}").matters()
    assert makes_a_difference(term, timetable, rule)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_sentence_is_said_in_both_languages(rule: type[Rule]) -> None:
    """On random terms every sentence of a rule occurs, as a breach or on the board, and names all it speaks of."""
    said: set[str] = {"title"}
    for case in islice(drawn_cases(), 200):
        judged = [(each, judge(case.term, each, rules=[rule]).breaches) for each in case.timetables]
        found = [breach for _, breaches in judged for breach in breaches]
        for timetable, breaches in (
            judged if any(key.startswith("way") and key not in said for key in rule.says) else ()
        ):
            ways = [way for each in breaches for way in ways_of(case.term, timetable, rule, each)]
            said |= {_key(way.message, way.params) for way in ways}
        said |= {_key(breach.message, breach.params) for breach in found}
        reasons = facts(case.term, rule)
        said |= {_key(because.message, because.params) for because in reasons}
        for lang in (NL, EN):
            sentences = [breach.sentence(lang) for breach in found]
            sentences += [sentence(case.term, because, Reader(ReaderRole.ADMIN), lang) for because in reasons]
            assert all(each and "{" not in each for each in sentences)
    said |= {key for key, count in (("many", 2), ("many.one", 1)) if key in rule.says and _of_many(rule, count)}
    # Whole candidates never leave a lesson out, and no drawn course has more times than a whole candidate can.
    by_hand = {"continuity": {"whole", "broken_whole", "broken_whole.one"}}
    assert set(rule.says) - said == by_hand.get(rule.name, set())


def _of_many(rule: type[Rule], count: int) -> bool:
    """Whether the reason of so many people together can be said."""
    return all(text(f"rule.{rule.name}.many", lang, n=count) for lang in (NL, EN))


def _key(message: str, params: object) -> str:
    _, rule, key = message.split(".", 2)
    one = isinstance(params, dict) and params.get("n") == 1
    says = next(each.says for each in RULES if each.name == rule)
    return f"{key}.one" if one and f"{key}.one" in says else key


def test_every_rule_of_eligibility_is_part_of_a_hurdle() -> None:
    """And no other rule: what is left is whether there is room."""
    for rule in RULES:
        assert (rule.phase is Phase.ELIGIBILITY) == (rule.hurdle is not Hurdle.ROOM), rule.name


def test_every_fact_can_be_looked_up() -> None:
    """What rules say on a board names a rule of theirs, people and rows that exist, and a price where it may change."""
    seen: set[str] = set()
    for case in drawn_cases():
        for because in facts_on(Board.of(case.term)):
            seen.add(because.rule)
            assert because.rule in {rule.name for rule in RULES}
            assert because.negotiable == (because.price > 0)
            if because.professional is not None:
                case.term.professional(because.professional)
            if because.fact is not None:
                table, _, row = because.fact.partition("/")
                case.term.find(table, row)
    assert seen == {rule.name for rule in RULES}


def test_private_facts_are_told_to_nobody_else() -> None:
    """The person reads the reason, others read only that it is so."""
    term, _ = import_module("tests.rules.test_availability").matters()
    because = facts(term, next(rule for rule in RULES if rule.name == "availability"))[0]
    assert because.privacy is Privacy.PRIVATE
    told = {role: _told(term, because, role) for role in ReaderRole}
    assert told[ReaderRole.PROFESSIONAL] == "Anna is niet beschikbaar op de tijd van de les (2 data)."
    others = {said for role, said in told.items() if role is not ReaderRole.PROFESSIONAL}
    assert others == {"Niet beschikbaar op die tijd."}


def _told(term: Term, because: Because, role: ReaderRole) -> str:
    return sentence(term, because, Reader(role, frozenset({"anna", "works", "north"})), NL)
