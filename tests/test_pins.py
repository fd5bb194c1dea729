"""Pins that break a rule by themselves are problems of the term, and the rule is named."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from model.checks_pins import pin_issues
from model.issues import TermError
from model.judge import judge
from model.rule import Rule
from model.rules import BY_NAME, RULES
from model.term import Term
from model.timetable import Timetable
from solver.solve import solve
from tests.agreement import best
from tests.random_regions import drawn_cases
from tests.regions import course, lesson, person, release, small_term, work, worker


def found(term: Term) -> list[tuple[str, int | None, str | None, str]]:
    """Code, lesson and person of each problem, and the rule it names."""
    return [(each.code, each.index, each.value, each.words["rule"].split(".")[1]) for each in pin_issues(term)]


def pinned(*lessons: dict[str, Any], **changes: Any) -> Term:
    """Anna and Ben, and these lessons."""
    return small_term(
        **{"professionals": [person("anna"), person("ben")], "lessons": list(lessons), **changes},
    )


def test_pins_that_can_be_kept_are_no_problem() -> None:
    """Two people at the same time, one person one after the other; and what only pins together must fill."""
    term = pinned(
        lesson("l1", pinned=["anna"]), lesson("l2", "2", pinned=["anna"]), lesson("l3", pinned=["ben"], must_fill=True)
    )
    assert found(term) == []


def test_a_pin_that_breaks_a_rule_names_it() -> None:
    """Ben is blocked from the lesson he is pinned to, and lives too far away."""
    people = [person("anna"), person("ben", max_travel_minutes=5)]
    term = pinned(lesson("l0"), lesson("l1", pinned=["anna", "ben"], blocked=["ben"]), professionals=people)
    assert found(term) == [
        ("pin_breaks_rule", 1, "ben", "blocked"),
        ("pin_breaks_rule", 1, "ben", "travel_limit"),
        ("pins_together_break_rule", 1, "anna", "heads"),
    ]
    (first, *_) = pin_issues(term)
    said = "«ben» staat vast op les l1, maar breekt daarmee de regel «Blokkades»."
    assert first.sentence("nl") == said.replace("Blokkades", _title("blocked"))
    assert first.hint("nl").startswith("Misschien")
    assert first.hint("en").startswith("Maybe")


def _title(rule: str) -> str:
    return BY_NAME[rule].says["title"]["nl"]


def test_pins_of_one_person_that_exclude_each_other() -> None:
    """Each could be kept: at the same time they cannot, and two lessons a week are one too many."""
    pins = [lesson("l1", pinned=["anna"]), lesson("l2", pinned=["anna"])]
    assert found(pinned(*pins)) == [("pins_break_rule", 0, "anna", "clash")]
    people = [person("anna", max_lessons_per_week=1), person("ben")]
    apart = [lesson("l1", pinned=["anna"]), lesson("l2", "2", pinned=["anna"])]
    assert found(pinned(*apart, professionals=people)) == [("pins_break_rule", 1, "anna", "lessons_per_week")]


def test_pins_of_different_people_that_exclude_each_other() -> None:
    """Both are released, and one of them may be away."""
    term = small_term(
        professionals=[worker("anna"), worker("ben")],
        work=[work("anna"), work("ben")],
        releases=[release("anna"), release("ben")],
        presence=[{"employer": "works", "at_most_away": 1}],
        lessons=[lesson("l1", pinned=["anna"]), lesson("l2", pinned=["ben"])],
    )
    assert found(term) == [("pins_together_break_rule", 0, "anna", "presence")]


def test_a_lesson_with_another_time_has_two_chances() -> None:
    """Anna cannot on Mondays: on Tuesday she can, unless she cannot then either."""
    times = [{"lesson": "l1", "weekday": "tue", "first_period": "1"}]
    away = [{"professional": "anna", "weekday": "mon"}]
    pin = lesson("l1", pinned=["anna"])
    assert found(pinned(pin, unavailability=away)) == [("pin_breaks_rule", 0, "anna", "availability")]
    assert found(pinned(pin, unavailability=away, lesson_times=times)) == []
    both = [*away, {"professional": "anna", "weekday": "tue"}]
    assert found(pinned(pin, unavailability=both, lesson_times=times)) == [
        ("pin_breaks_rule", 0, "anna", "availability")
    ]


def test_a_pin_on_a_course_that_stays_together_pins_the_whole_course() -> None:
    """Anna cannot give l2, so she cannot be pinned to l1 either; where the course may be shared, she can."""
    lessons = [lesson("l1", pinned=["anna"]), lesson("l2", "2", blocked=["anna"])]
    together = [course("robots", continuity="same")]
    assert found(pinned(*lessons, courses=together)) == [("pin_breaks_rule", 0, "anna", "blocked")]
    assert found(pinned(*lessons)) == []
    off = [{"rule": "continuity", "enabled": False}]
    assert found(pinned(*lessons, courses=together, rules=off)) == []


def test_rules_that_are_off_or_waived_are_not_broken() -> None:
    """Either somebody switched the rule off, or somebody answers for it."""
    pin = lesson("l1", pinned=["anna"], blocked=["anna"])
    assert found(pinned(pin, rules=[{"rule": "blocked", "enabled": False}])) == []
    waiver = {"rule": "blocked", "lesson": "l1", "by": "rector", "reason": "stage", "decided": "2026-09-01"}
    assert found(pinned(pin, waivers=[waiver])) == []


def test_a_lesson_that_never_takes_place_binds_nobody() -> None:
    """Outside the term a pin means nothing."""
    assert found(pinned(lesson("l1", weeks="20", pinned=["anna"], blocked=["anna"]))) == []


def test_a_term_with_such_a_pin_is_not_solved() -> None:
    """It is refused with the place of the pin."""
    with pytest.raises(TermError) as refused:
        solve(pinned(lesson("l1", pinned=["anna"], blocked=["anna"])), seconds=5)
    (issue,) = refused.value.issues
    assert (issue.code, issue.table, issue.index, issue.field) == ("pin_breaks_rule", "lessons", 0, "pinned")


# On random terms


def test_with_such_a_pin_there_is_no_timetable() -> None:
    """Every problem told makes its term impossible by the rules that were asked; other terms with pins are possible."""
    asked = [rule for rule in RULES if rule.stays_broken or rule.name in ("pinned", "continuity")]
    seen = Counter[tuple[bool, bool]]()
    for case in drawn_cases():
        if any(row.pinned for row in case.term.lessons):
            seen[bool(found(case.term)), best(case.term, asked)[0] is None] += 1
    assert seen[True, False] == 0
    assert min(seen[True, True], seen[False, False]) >= 5, seen


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.stays_broken], ids=lambda rule: rule.name)
def test_a_breach_that_is_said_to_stay_stays(rule: type[Rule]) -> None:
    """Whatever lessons are added to a timetable that breaks the rule, it is still broken."""
    assert rule.hard()
    broken = 0
    for case in drawn_cases():
        for first, second in zip(case.timetables, case.timetables[1:], strict=False):
            given = {(row.lesson, row.professional): row for row in second.assignments}
            given |= {(row.lesson, row.professional): row for row in first.assignments}
            if judge(case.term, first, rules=[rule]).breaches:
                broken += 1
                assert judge(case.term, Timetable(assignments=tuple(given.values())), rules=[rule]).breaches
    assert broken >= 5
