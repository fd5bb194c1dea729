"""Waivers: a breach that somebody answers for is listed, refuses nothing, and is not written on the board."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from model.checks import content_issues
from model.checks_warnings import warnings
from model.issues import Issue
from model.judge import judge
from model.lessons import Waiver
from model.rule import Rule, Subject, Waiving
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import Breach, Timetable
from solver.solve import solve
from tests.agreement import Case, best, disagreement
from tests.random_regions import drawn_cases
from tests.regions import course, lesson, person, small_term, table

WAIVABLE = [rule for rule in RULES if rule.waiving() is not Waiving.NEVER]


def waiver(rule: str, **names: Any) -> dict[str, Any]:
    return {"rule": rule, "by": "rector", "reason": "stage loopt af", "decided": "2026-09-01", **names}


def region(*waivers: dict[str, Any], **changes: Any) -> Term:
    """Anna is blocked from l1 and from l2, and gives at most one lesson a week."""
    return small_term(
        professionals=[person("anna", max_lessons_per_week=1), person("ben")],
        lessons=[lesson("l1", blocked=["anna"]), lesson("l2", "2", blocked=["anna", "ben"])],
        waivers=list(waivers),
        **changes,
    )


# What a verdict says


def test_a_waived_breach_is_listed_and_no_breach() -> None:
    """Of two breaches of one rule, the one that is named is waived; the other stays."""
    verdict = judge(region(waiver("blocked", professional="anna", lesson="l1")), table("l1", "l2"))
    assert [(each.rule, each.lesson) for each in verdict.breaches] == [
        ("blocked", "l2"),
        ("lessons_per_week", None),
        ("lessons_per_week", None),
    ]
    ((breach, by),) = [(each.breach, each.waiver) for each in verdict.waived]
    assert (breach.rule, breach.professional, breach.lesson, by.by) == ("blocked", "anna", "l1", "rector")
    assert verdict.idle_waivers == ()


@pytest.mark.parametrize(
    ("names", "waived"),
    [
        ({"professional": "anna"}, {("anna", "l1"), ("anna", "l2")}),
        ({"lesson": "l2"}, {("anna", "l2"), ("ben", "l2")}),
        ({"professional": "ben", "lesson": "l1"}, set()),
    ],
)
def test_what_is_not_named_counts_for_all(names: dict[str, str], waived: set[tuple[str, str]]) -> None:
    """All lessons of a person, or a lesson for all people; a waiver that nothing needs is said to be idle."""
    verdict = judge(region(waiver("blocked", **names)), table("l1", "l2", ("l2", "ben")))
    assert {(each.breach.professional, each.breach.lesson) for each in verdict.waived} == waived
    assert len(verdict.idle_waivers) == (not waived)


def test_another_rule_is_not_waived() -> None:
    """A waiver of one rule leaves the others as they are."""
    verdict = judge(region(waiver("travel_limit", professional="anna")), table("l1"))
    assert [each.rule for each in verdict.breaches] == ["blocked"]
    assert [each.rule for each in verdict.idle_waivers] == ["travel_limit"]


# What the solver makes of it


def test_the_solver_may_use_what_is_waived() -> None:
    """Anna gives the lesson she is blocked from, and the outcome says so in words, with who decided it and why."""
    term = region(waiver("blocked", professional="anna", lesson="l2"))
    assert {(row.lesson, row.professional) for row in solve(region(), seconds=20).assignments} == {("l1", "ben")}
    outcome = solve(term, seconds=20)
    assert {(row.lesson, row.professional) for row in outcome.assignments} == {("l1", "ben"), ("l2", "anna")}
    (waived,) = outcome.waived
    assert (waived.rule, waived.lesson, waived.by, str(waived.decided)) == ("blocked", "l2", "rector", "2026-09-01")
    assert waived.reason == "stage loopt af"
    assert "Anna" in waived.sentence
    assert outcome.idle_waivers == ()


def test_a_waiver_for_one_lesson_of_a_course_that_stays_together() -> None:
    """The whole course can be given when what stands in its way is waived lesson by lesson."""
    together = {"courses": [course("robots", continuity="same")]}
    one, both = ([waiver("blocked", lesson=each) for each in ("l1", "l2")[:count]] for count in (1, 2))
    few = [row.replace(max_lessons_per_week=None) for row in region().professionals]
    for waivers, given in ((one, 0), (both, 2)):
        term = region(*waivers, **together).replace(professionals=few)
        assert len(solve(term, seconds=20).assignments) == given


def test_a_lesson_that_must_be_staffed_may_be_waived() -> None:
    """The only way to keep the rule is gone: impossible, or with the waiver an open lesson that is listed."""
    lessons = [lesson("l1", must_fill=True, blocked=["anna"])]
    assert solve(small_term(lessons=lessons), seconds=20).timetable is None
    outcome = solve(small_term(lessons=lessons, waivers=[waiver("must_fill", lesson="l1")]), seconds=20)
    assert [(each.rule, each.lesson) for each in outcome.waived] == [("must_fill", "l1")]
    assert outcome.lessons.open == 1


# Judge and board


def names_of(rule: type[Rule], breach: Breach) -> list[dict[str, str]]:
    """What a waiver of a breach may name."""
    person, taught = {"professional": breach.professional}, {"lesson": breach.lesson}
    ways = {
        Waiving.PERSON: [person],
        Waiving.LESSON: [taught],
        Waiving.PERSON_OR_LESSON: [person, taught, person | taught],
    }
    return [way for way in ways[rule.waiving()] if None not in way.values()]


def with_a_waiver(case: Case, rule: type[Rule], number: int) -> Case:
    """The case with a breach of it waived, now in one way, now in another; for one case in five it is somebody else's."""
    breaches = [breach for each in case.timetables for breach in judge(case.term, each, rules=[rule]).breaches]
    if not breaches:
        return case
    breach = breaches[number % len(breaches)]
    ways = names_of(rule, breach)
    names = dict(ways[number % len(ways)])
    if number % 5 == 0:
        field, table = ("professional", "professionals") if "professional" in names else ("lesson", "lessons")
        rows = [getattr(row, "id") for row in case.term.rows(table)]  # noqa: B009  rows differ in type
        names[field] = rows[(rows.index(names[field]) + 1) % len(rows)]
    row = Waiver.model_validate(waiver(rule.name, id="more", **names))
    return Case(case.term.replace(waivers=[*case.term.waivers, row]), case.timetables)


@pytest.mark.parametrize("rule", WAIVABLE, ids=lambda rule: rule.name)
def test_judge_and_board_agree_on_what_is_waived(rule: type[Rule]) -> None:
    """Breaches of random timetables are waived: some are legal now, some still are not, and the board says the same."""
    seen = Counter[str]()
    for number, case in enumerate(drawn_cases()):
        waived = with_a_waiver(case, rule, number)
        if waived is case:
            continue
        assert disagreement(waived, [rule]) is None, waived
        for timetable in waived.timetables:
            before, after = (judge(each.term, timetable, rules=[rule]) for each in (case, waived))
            assert len(before.breaches) + len(before.waived) == len(after.breaches) + len(after.waived)
            if before.breaches:
                seen["still broken" if after.breaches else "legal"] += 1
    assert seen["legal"] >= 3, seen
    assert seen["still broken"] >= 1, seen


@pytest.mark.parametrize("rule", [rule for rule in WAIVABLE if "screen" in vars(rule)], ids=lambda rule: rule.name)
def test_screening_leaves_in_what_is_waived(rule: type[Rule]) -> None:
    """Whoever would be left out at once is a candidate where a waiver says so: the optimum is the same either way."""
    asked = [rule, BY_NAME["filled"]]
    raised = 0
    for number, case in enumerate(drawn_cases()):
        waived = with_a_waiver(case, rule, number)
        if waived is not case:
            value = best(waived.term, asked)[0]
            assert value == best(waived.term, asked, screen=False)[0]
            raised += value != best(case.term, asked)[0]
    assert raised >= 3


@pytest.mark.parametrize("rule", WAIVABLE, ids=lambda rule: rule.name)
def test_breaches_of_a_rule_that_can_be_waived_name_what_waivers_name(rule: type[Rule]) -> None:
    """A personal rule names its person; a rule that is waived by lesson names the lesson."""
    found = [
        (subject, breach)
        for case in drawn_cases()
        for each in case.timetables
        for breach in judge(case.term, each, rules=[rule]).breaches
        for subject in [breach.professional if rule.subject is Subject.PROFESSIONAL else None]
    ]
    assert found
    if rule.subject is Subject.PROFESSIONAL:
        assert all(subject is not None for subject, _ in found)
    if rule.waiving() is not Waiving.PERSON:
        assert all(breach.lesson is not None for _, breach in found)


# Waivers that cannot be, or that nobody needs


def issues(*rows: dict[str, Any]) -> list[Issue]:
    return list(content_issues(region(*rows)))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (waiver("clash", professional="anna"), "rule_not_waivable"),
        (waiver("daily_rest", professional="anna"), "rule_not_waivable"),
        (waiver("travel", professional="anna"), "rule_not_waivable"),
        (waiver("heads", lesson="l1"), "rule_not_waivable"),
        (waiver("blocked"), "waiver_names"),
        (waiver("lessons_per_week", lesson="l1"), "waiver_names"),
        (waiver("lessons_per_week", professional="anna", lesson="l1"), "waiver_names"),
        (waiver("must_fill", professional="anna", lesson="l1"), "waiver_names"),
        (waiver("nothing", professional="anna"), "unknown_rule"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_waivers_that_cannot_be(row: dict[str, Any], code: str) -> None:
    """Nature and law are not waived, nor what is only priced; and a waiver names what the rule is about."""
    (issue,) = issues(row)
    assert (issue.code, issue.table, issue.index, issue.value) == (code, "waivers", 0, row["rule"])
    for lang, guess in (("nl", "Misschien"), ("en", "Maybe")):
        assert row["rule"] in issue.sentence(lang)
        assert issue.hint(lang).startswith(guess)


def test_every_law_says_itself_whether_it_may_be_waived() -> None:
    """What cannot be switched off cannot be waived either, unless the rule's own class allows it."""
    assert {rule.name for rule in RULES if not rule.may_switch_off and rule.waiving() is not Waiving.NEVER} == {
        rule.name for rule in RULES if not rule.may_switch_off and rule.may_waive not in (None, Waiving.NEVER)
    }
    assert BY_NAME["clash"].waiving() is Waiving.NEVER
    assert {rule.waiving() for rule in RULES if not rule.hard()} == {Waiving.NEVER}


@pytest.mark.parametrize(
    ("row", "unneeded"),
    [
        (waiver("blocked", professional="anna", lesson="l1"), False),
        (waiver("blocked", professional="ben", lesson="l1"), True),
        (waiver("blocked", professional="ben"), False),  # of whole persons and lessons only a timetable can tell
        (waiver("must_fill", lesson="l1"), True),
        (waiver("pinned", professional="ben", lesson="l2"), True),
    ],
)
def test_a_waiver_that_nothing_needs_is_odd(row: dict[str, Any], unneeded: bool) -> None:  # noqa: FBT001  a case
    """Where a person and a lesson are named, it is tried whether they break the rule."""
    found = [issue for issue in warnings(region(row)) if issue.code == "waiver_unneeded"]
    assert [(issue.table, issue.index, issue.value) for issue in found] == [("waivers", 0, row["rule"])] * unneeded


def test_the_empty_timetable_needs_no_waiver() -> None:
    """All waivers are idle then."""
    rows = [waiver("blocked", lesson="l1"), waiver("lessons_per_week", professional="anna")]
    assert len(judge(region(*rows), Timetable()).idle_waivers) == 2
