"""Pins that break a rule by themselves are problems of the term, and the rule is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
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
from tests.regions import course, lesson, person, release, small_term, table, work, worker

Mended = tuple[Term, Timetable, Timetable]
"""A term, a timetable that breaks a rule, and lessons that mend it."""


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


def test_pins_of_two_people_that_leave_no_half_day_for_their_meeting() -> None:
    """Anna in the morning and Ben in the afternoon; both in the morning leave the afternoon."""
    meeting = [{"id": "m", "name": "Kenniskring", "weekday": "mon", "required": ["anna", "ben"]}]
    morning, noon = lesson("l1", pinned=["anna"]), lesson("l5", "5", pinned=["ben"])
    assert found(pinned(morning, noon, activities=meeting)) == [
        ("pins_together_break_rule", 0, "anna", "activity_half_day")
    ]
    assert found(pinned(morning, lesson("l2", "2", pinned=["ben"]), activities=meeting)) == []


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


def _with(table: Timetable, more: Timetable) -> Timetable:
    """A timetable and what another has besides; a lesson that somebody gives in both keeps its time."""
    given = {(row.lesson, row.professional): row for row in (*more.assignments, *table.assignments)}
    return Timetable(assignments=tuple(given.values()))


HARD = [rule for rule in RULES if rule.hard()]


@cache
def _breaches() -> tuple[Counter[str], Counter[str]]:
    """How often each hard rule is broken in random timetables, and how often no more once lessons are added."""
    broken, mended = Counter[str](), Counter[str]()
    for case in drawn_cases():
        for first in case.timetables:
            before = {each.rule for each in judge(case.term, first, rules=HARD).breaches}
            rules = [rule for rule in HARD if rule.name in before]
            broken.update(before)
            for more in case.timetables if before else ():
                after = {each.rule for each in judge(case.term, _with(first, more), rules=rules).breaches}
                mended.update(before - after)
    return broken, mended


@pytest.mark.parametrize("rule", [rule for rule in HARD if rule.stays_broken], ids=lambda rule: rule.name)
def test_a_breach_that_is_said_to_stay_stays(rule: type[Rule]) -> None:
    """Whatever lessons are added to a timetable that breaks the rule, it is still broken."""
    broken, mended = _breaches()
    assert broken[rule.name] >= 5
    assert mended[rule.name] == 0


@pytest.mark.parametrize("rule", [rule for rule in HARD if not rule.stays_broken], ids=lambda rule: rule.name)
def test_a_breach_that_is_not_said_to_stay_can_be_mended(rule: type[Rule]) -> None:
    """Some timetable that breaks the rule keeps it once lessons are added: a random one, or one made by hand."""
    if rule.name in MENDED:
        term, first, more = MENDED[rule.name]()
        assert judge(term, first, rules=[rule]).breaches
        assert not judge(term, _with(first, more), rules=[rule]).breaches
    else:
        _, mended = _breaches()
        assert mended[rule.name], "does a breach of it stay however many lessons are added?"


def _course_in_one_hand() -> Mended:
    """Who gives one lesson of the course gives the other too."""
    lessons = [lesson("l1"), lesson("l2", "2")]
    return small_term(courses=[course("robots", continuity="same")], lessons=lessons), table("l1"), table("l2")


def _night() -> Mended:
    """From 21:30 to 08:00 are 10.5 hours; a lesson at 10:00 sends the morning's work away."""
    late = lesson("late", None, start="19:00", end="21:30", weeks="37")
    next_day = lesson("next", None, weekday="tue", start="10:00", end="11:00", weeks="37")
    tuesday = {"weekday": "tue"}
    term = small_term(
        professionals=[worker("anna")],
        work=[work("anna", **tuesday)],
        releases=[release("anna", "morning", **tuesday)],
        lessons=[late, next_day],
    )
    return term, table("late"), table("next")


def _long_day(rule: str, **parameters: str) -> Mended:
    """8.5 hours at work and 4.5 hours of lessons; a lesson of an hour sends the 4.5 hours of the morning away."""
    lessons = [
        lesson("late", None, start="17:30", end="22:00", weeks="37"),
        lesson("early", None, start="09:00", end="10:00", weeks="37"),
    ]
    term = small_term(
        professionals=[worker("anna", hours_before=[0] * 15)],
        work=[work("anna", cycle_weeks=2)],
        releases=[release("anna", "morning")],
        lessons=lessons,
        rules=[{"rule": rule, "parameter": name, "value": value} for name, value in parameters.items()],
    )
    return term, table("late"), table("early")


def _weekend() -> Mended:
    """21 hours from Sunday to Monday; a lesson on Saturday sends that day's work away, so that 24 lie before Sunday."""
    days = ("mon", "tue", "wed", "thu", "fri")
    saturday = {"weekday": "sat"}
    lessons = [
        lesson("sunday", None, weekday="sun", start="10:00", end="11:00", weeks="37"),
        lesson("saturday", None, **saturday, start="08:30", end="10:00", weeks="37"),
    ]
    parameters = {"rest_minutes": 22 * 60, "two_weeks_minutes": 20160}
    term = small_term(
        professionals=[worker("anna")],
        employers=[{"id": "works", "name": "Works", "release_policy": "day"}],
        work=[*(work("anna", weekday=day) for day in days), work("anna", **saturday, cycle_weeks=2)],
        releases=[release("anna", each, **saturday) for each in ("morning", "afternoon")],
        lessons=lessons,
        rules=[{"rule": "weekly_rest", "parameter": name, "value": str(n)} for name, n in parameters.items()],
    )
    return term, table("sunday"), table("saturday")


MENDED: dict[str, Callable[[], Mended]] = {
    "continuity": _course_in_one_hand,
    "daily_rest": _night,
    "hours_four_weeks": lambda: _long_day("hours_four_weeks", most_hours="2.5"),
    "hours_per_week": lambda: _long_day("hours_per_week", most_hours="12"),
    "hours_sixteen_weeks": lambda: _long_day("hours_sixteen_weeks", most_hours="0.625"),
    "shift_length": lambda: _long_day("shift_length", most_minutes="720"),
    "weekly_rest": _weekend,
}
"""What random terms hardly ever show: lessons that mend a breach, mostly because the employer's work goes away for them."""
