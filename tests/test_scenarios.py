"""Scenarios: what each kind of change does to a term, what is refused, and that undoing gives the very same term back."""

from __future__ import annotations

import json
from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.calendar import Calendar
from model.checks import content_issues
from model.checks_pins import pin_issues
from model.issues import Severity
from model.judge import judge
from model.locale import LANGUAGES, messages
from model.scenarios.patch import keyed, merged, patch_between, restoring
from model.scenarios.scenario import KINDS, Applied, Scenario, apply
from model.term import Term
from tests.random_regions import drawn_cases
from tests.regions import course, lesson, licence, person, release, small_term, table, work, worker

Change = dict[str, Any]


def region(**changes: Any) -> Term:
    """Anna and Ben work for Works on Mondays; Anna is released in the morning. Two lessons, l2 pinned to Carl."""
    return small_term(
        **{
            "professionals": [worker("anna", max_lessons_per_week=4), worker("ben"), person("carl")],
            "work": [work("anna"), work("ben")],
            "releases": [release("anna", "morning", id="r1"), release("ben", id="r2")],
            "lessons": [lesson("l1"), lesson("l2", "2", pinned=["carl"])],
            "carpools": [{"id": "cp", "people": ["anna", "ben"]}],
            "presence": [{"id": "p1", "employer": "works", "people": ["anna", "ben"], "minimum": 1}],
            "wishes": [{"professional": "anna", "weekday": "mon", "value": 2}],
            **changes,
        }
    )


def applied(term: Term, *changes: Change, **about: Any) -> Applied:
    """The term with changes."""
    return apply(Scenario.model_validate({"id": "s", "changes": changes, **about}), term)


def with_(term: Term, *changes: Change) -> Term:
    """The same where nothing is wrong with them; what was undone is the term as it was, to the byte."""
    found = applied(term, *changes)
    assert found.term is not None, found.issues
    back = apply(found.undone(), found.term)
    assert back.term is not None, back.issues
    assert back.term.model_dump_json() == term.model_dump_json()
    for lang in LANGUAGES:
        assert len(found.sentences(lang)) == len(changes)
        assert all(found.sentences(lang))
    return found.term


def refused(term: Term, *changes: Change) -> list[tuple[str, str | None]]:
    """Codes and paths of what is wrong."""
    found = applied(term, *changes)
    assert found.term is None
    for issue in found.issues:
        for lang in LANGUAGES:
            assert issue.sentence(lang)
            assert issue.hint(lang)
    return [(issue.code, issue.column) for issue in found.issues]


# Releases


def free(term: Term, who: str, weekday: str = "mon") -> set[tuple[int, str]]:
    """Dates, by number, and half-days on which somebody is released."""
    calendar = Calendar(term)
    return {
        (day, piece.half_day.value)
        for piece in calendar.pieces(who)
        for day in range(calendar.length)
        if piece.released and piece.dates >> day & 1 and calendar.date_of(day).strftime("%a").lower() == weekday
    }


def test_a_release_more() -> None:
    """Anna's afternoon too; in week 38 only where that is said."""
    both = {(0, "morning"), (7, "morning")}
    assert free(region(), "anna") == both
    more = {"kind": "release", "professional": "anna", "weekday": "mon", "half_day": "afternoon"}
    assert free(with_(region(), more), "anna") == both | {(0, "afternoon"), (7, "afternoon")}
    assert free(with_(region(), {**more, "weeks": "38"}), "anna") == both | {(7, "afternoon")}


def test_a_release_less() -> None:
    """All of it, in one week, or of a whole day one half-day."""
    less = {"kind": "withdraw_release", "professional": "anna", "weekday": "mon"}
    assert free(with_(region(), less), "anna") == set()
    assert free(with_(region(), {**less, "weeks": "37"}), "anna") == {(7, "morning")}
    half = {"kind": "withdraw_release", "professional": "ben", "weekday": "mon", "half_day": "morning"}
    assert free(with_(region(), half), "ben") == {(0, "afternoon"), (7, "afternoon")}
    in_one = {(0, "afternoon"), (7, "morning"), (7, "afternoon")}
    assert free(with_(region(), {**half, "weeks": "37"}), "ben") == in_one


def test_a_release_in_hours_goes_with_the_half_day_it_lies_in() -> None:
    """From 9 to 11 lies in the morning; from 11 to 14 in both, so which part goes must be said."""
    hours = region(releases=[release("anna", start="09:00", end="11:00")])
    less = {"kind": "withdraw_release", "professional": "anna", "weekday": "mon", "half_day": "morning"}
    assert free(with_(hours, less), "anna") == set()
    across = region(releases=[release("anna", start="11:00", end="14:00")])
    assert refused(across, less) == [("scenario_release_partly", "$.changes[0].half_day")]
    assert free(with_(across, {**less, "half_day": None}), "anna") == set()


def test_a_release_swapped() -> None:
    """Ben gives Tuesday for Monday; he works on both."""
    term = region(work=[work("anna"), work("ben"), work("ben", weekday="tue")])
    swap = {"kind": "swap_release", "professional": "ben", "weekday": "mon", "to_weekday": "tue", "weeks": "38"}
    after = with_(term, swap)
    assert free(after, "ben") == {(0, "morning"), (0, "afternoon")}
    assert free(after, "ben", "tue") == {(8, "morning"), (8, "afternoon")}


def test_releases_that_make_no_sense() -> None:
    """Given already, not given, and of somebody without an employer."""
    mon = {"weekday": "mon", "half_day": "morning"}
    already = [("scenario_released_already", "$.changes[0].weekday")]
    assert refused(region(), {"kind": "release", "professional": "anna", **mon}) == already
    not_there = [("scenario_not_released", "$.changes[0].weekday")]
    assert refused(region(), {"kind": "withdraw_release", "professional": "anna", "weekday": "tue"}) == not_there
    nobody = [("scenario_no_employer", "$.changes[0].professional")]
    assert refused(region(), {"kind": "release", "professional": "carl", **mon}) == nobody
    proposed = region(releases=[release("anna", "morning", status="proposed")])
    assert free(with_(proposed, {"kind": "release", "professional": "anna", **mon}), "anna")


# People


def test_somebody_comes_with_all_that_goes_with_them() -> None:
    """Rows as in a term."""
    new = {
        "kind": "add_professional",
        "professionals": [{"id": "dee", "name": "Dee", "employer": "works", "open_for_matching": True}],
        "work": [{"professional": "dee", "weekday": "tue", "start": "08:00", "end": "12:00"}],
        "licences": [licence("dee")],
    }
    after = with_(region(), new)
    assert after.professional("dee").name == "Dee"
    assert [row.weekday for row in after.work_of("dee")] == ["tue"]
    wrong = {**new, "licences": [licence("anna", "chips")]}
    assert refused(region(), wrong) == [("scenario_of_another", "$.changes[0].licences[0].professional")]
    assert refused(region(), {**new, "professionals": []}) == [("scenario_nobody_comes", "$.changes[0].professionals")]
    twice = {**new, "professionals": [{"id": "anna", "name": "Anna"}]}
    assert refused(region(), twice)[0] == ("id_twice", "$.changes[0].professionals[0].id")


def test_somebody_goes_with_all_that_is_said_of_them() -> None:
    """Pins, rides and presence too: nothing of Ben is left, and nothing of Anna is lost."""
    lessons = [lesson("l1"), lesson("l2", "2", pinned=["ben"])]
    term = region(published=[{"lesson": "l1", "professional": "ben"}], lessons=lessons)
    after = with_(term, {"kind": "remove_professional", "professional": "ben"})
    assert '"ben"' not in after.model_dump_json()
    assert "home:ben" not in after.model_dump_json()
    assert after.lesson("l2").pinned == ()
    assert after.carpools == ()
    assert after.find("presence", "p1").people == ("anna",)
    assert len(after.releases_of("anna")) == 1
    both = with_(region(), *({"kind": "remove_professional", "professional": who} for who in ("ben", "anna")))
    assert both.presence == ()  # of nobody it would be of everybody


def test_licences_come_and_end() -> None:
    """Anna gets one for chips, and loses the one she has on a day."""
    grant = {"kind": "grant_licence", "professional": "anna", "subject": "chips", "sector": "vo", "level": "2e"}
    assert {row.subject for row in with_(region(), grant).licences_of("anna")} == {"techniek", "chips"}
    assert refused(region(), {**grant, "subject": "techniek", "level": "1e"}) == [
        ("scenario_licensed_already", "$.changes[0].subject")
    ]
    ends = {"kind": "expire_licence", "professional": "anna", "subject": "Techniek", "last_date": "2026-09-10"}
    (row,) = with_(region(), ends).licences_of("anna")
    assert str(row.valid_to) == "2026-09-10"
    later = region(licences=[licence("anna", valid_from="2026-09-14")])
    assert with_(later, ends).licences_of("anna") == []
    assert refused(region(), {**ends, "subject": "chips"}) == [("scenario_no_licence", "$.changes[0].subject")]


def test_somebody_agrees_to_more_or_less() -> None:
    """Or to as much as the rules allow."""
    load = {"kind": "load", "professional": "anna", "limit": "max_lessons_per_week", "value": 6}
    assert with_(region(), load).professional("anna").max_lessons_per_week == 6
    assert with_(region(), {**load, "value": None}).professional("anna").max_lessons_per_week is None
    assert refused(region(), {**load, "value": 4}) == [("scenario_as_it_is", "$.changes[0].value")]


def test_somebody_is_away() -> None:
    """On those dates no lesson of theirs can be given; why is not said anywhere."""
    away = {"kind": "absence", "professional": "anna", "first_date": "2026-09-14", "last_date": "2026-09-20"}
    after = with_(region(), away)
    assert {each.rule for each in judge(after, table("l1")).breaches} >= {"availability"}
    assert not any(row.reason for row in after.unavailability)
    assert with_(region(), {**away, "last_date": None}).unavailability[-1].last_date is None
    backwards = {**away, "last_date": "2026-09-01"}
    assert refused(region(), backwards) == [("end_before_start", "$.changes[0].last_date")]


# Schools and rules


def test_a_lesson_moves_or_gets_another_time() -> None:
    """At lesson periods or by the clock; a grid that has no such period is told at the change."""
    move = {"kind": "move_lesson", "lesson": "l1", "weekday": "tue", "first_period": "3"}
    row = with_(region(), move).lesson("l1")
    assert (row.weekday, row.first_period) == ("tue", "3")
    clock = {"kind": "move_lesson", "lesson": "l1", "weekday": "tue", "start": "18:00", "end": "19:00"}
    row = with_(region(), clock).lesson("l1")
    assert (row.first_period, row.start, row.end) == (None, 18 * 60, 19 * 60)
    more = {**move, "kind": "add_time"}
    (time,) = with_(region(), more).times_of("l1")
    assert (time.weekday, time.first_period) == ("tue", "3")
    assert refused(region(), {**move, "first_period": "9"}) == [("unknown_period", "$.changes[0].first_period")]
    assert refused(region(), more, more) == [("scenario_as_it_is", "$.changes[1].weekday")]


def test_a_day_off() -> None:
    """Of one school on the first Monday: nothing is given there."""
    close = {"kind": "close", "school": "north", "start": "2026-09-07", "end": "2026-09-07", "day": "study_day"}
    after = with_(region(), close)
    assert [span.dates for span in Calendar(after).spans("l1", None)] == [1 << 7]
    assert refused(region(), {**close, "day": "shortened"}) == [("scenario_not_shortened", "$.changes[0].day")]


def test_rules_are_set_and_switched() -> None:
    """A setting that is there already changes in its place."""
    weight = {"kind": "set_rule", "rule": "filled", "parameter": "normal", "value": "70"}
    after = with_(region(), weight)
    assert [(row.parameter, row.value) for row in after.rules] == [("normal", "70")]
    again = with_(after, {**weight, "value": "80"})
    assert [(row.parameter, row.value) for row in again.rules] == [("normal", "80")]
    off = {"kind": "set_rule", "rule": "wishes", "enabled": False, "professional": "anna"}
    assert with_(region(), off).rules[0].enabled is False
    assert refused(region(), {**weight, "parameter": "normaal"}) == [("unknown_parameter", "$.changes[0].parameter")]
    assert refused(region(), {"kind": "set_rule", "rule": "clash", "enabled": False}) == [
        ("rule_stays_on", "$.changes[0].enabled")
    ]
    assert refused(after, weight) == [("scenario_as_it_is", "$.changes[0].value")]


def test_pins_and_blocks() -> None:
    """And neither any more."""
    pin = {"kind": "pin", "lesson": "l1", "professional": "anna"}
    assert with_(region(), pin).lesson("l1").pinned == ("anna",)
    forbid = {**pin, "kind": "forbid"}
    assert with_(region(), forbid).lesson("l1").blocked == ("anna",)
    loosen = {"kind": "loosen", "lesson": "l2", "professional": "carl"}
    assert with_(region(), loosen).lesson("l2").pinned == ()
    assert with_(region(), loosen, {**loosen, "kind": "forbid"}).lesson("l2").blocked == ("carl",)
    assert refused(region(), {**loosen, "kind": "forbid"}) == [("scenario_pinned_there", "$.changes[0].professional")]
    assert refused(region(), forbid, pin) == [("scenario_forbidden_there", "$.changes[1].professional")]
    assert refused(region(), {**loosen, "lesson": "l1"}) == [("scenario_as_it_is", "$.changes[0].professional")]


def test_a_pin_that_breaks_a_rule_is_told_at_its_change() -> None:
    """Ben is at work on Tuesdays."""
    term = region(work=[work("ben", weekday="tue")], lessons=[lesson("l1", weekday="tue")])
    pin = {"kind": "pin", "lesson": "l1", "professional": "ben"}
    load = {"kind": "load", "professional": "ben", "limit": "max_days_per_week", "value": 3}
    assert refused(term, load, pin) == [("pin_breaks_rule", "$.changes[1]")]


# Patches


RFC_7396 = (
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
)
"""The examples of appendix A."""


@pytest.mark.parametrize(("target", "patch", "result"), RFC_7396)
def test_merging_is_that_of_the_standard(target: Any, patch: Any, result: Any) -> None:
    """As RFC 7396 shows it."""
    assert merged(target, patch) == result


def test_a_scenario_is_also_a_patch() -> None:
    """What changes did, a patch does, and no more is in it than what differs."""
    changes = (
        {"kind": "withdraw_release", "professional": "ben", "weekday": "mon", "half_day": "morning"},
        {"kind": "load", "professional": "anna", "limit": "max_lessons_per_week", "value": None},
        {"kind": "pin", "lesson": "l1", "professional": "anna"},
    )
    found = applied(region(), *changes)
    patch = found.patch()
    assert set(patch) == {"releases", "professionals", "lessons"}
    assert patch["professionals"] == {"anna": {"max_lessons_per_week": None}}
    same = with_(region(), {"kind": "patch", "patch": json.loads(json.dumps(patch))})
    assert found.term is not None
    assert keyed(same) == keyed(found.term)


def test_patches_that_make_no_sense() -> None:
    """Each is told with its path."""
    cases: dict[str, tuple[Any, str, str]] = {
        "table": ({"release": {}}, "unknown_field", "$.changes[0].patch.release"),
        "row": ({"releases": {"r9": None}}, "unknown_reference", "$.changes[0].patch.releases.r9"),
        "list": ({"releases": []}, "scenario_not_by_id", "$.changes[0].patch.releases"),
        "field": ({"releases": {"r1": {"day": "mon"}}}, "unknown_field", "$.changes[0].patch.releases.r1.day"),
        "value": ({"releases": {"r1": {"weekday": "noday"}}}, "refused", "$.changes[0].patch.releases.r1.weekday"),
        "missing": ({"releases": {"r9": {"weekday": "mon"}}}, "missing", "$.changes[0].patch.releases.r9.professional"),
        "setting": ({"noon": "25:99"}, "refused", "$.changes[0].patch.noon"),
    }
    for patch, code, path in cases.values():
        assert refused(region(), {"kind": "patch", "patch": patch}) == [(code, path)]
    dangling = {"kind": "patch", "patch": {"schools": {"north": None}}}
    assert {code for code, _ in refused(region(), dangling)} == {"unknown_reference"}


def test_settings_can_be_patched() -> None:
    """The half of the day moves."""
    assert with_(region(), {"kind": "patch", "patch": {"noon": "12:00"}}).noon == 12 * 60


# All of it


def test_changes_follow_each_other() -> None:
    """Who comes can be pinned; what went cannot be named any more."""
    new = {"kind": "add_professional", "professionals": [person("dee")], "licences": [licence("dee")]}
    after = with_(region(), new, {"kind": "forbid", "lesson": "l1", "professional": "dee"})
    assert after.lesson("l1").blocked == ("dee",)
    gone = {"kind": "remove_professional", "professional": "ben"}
    assert refused(region(), gone, {"kind": "pin", "lesson": "l1", "professional": "ben"}) == [
        ("unknown_reference", "$.changes[1].professional")
    ]


def test_two_scenarios_after_each_other() -> None:
    """As one."""
    one = Scenario.model_validate({"id": "a", "changes": [{"kind": "remove_professional", "professional": "ben"}]})
    other = Scenario.model_validate({"id": "b", "changes": [{"kind": "pin", "lesson": "l1", "professional": "anna"}]})
    both = apply(one.and_then(other), region())
    first = apply(one, region()).term
    assert first is not None
    assert both.term == apply(other, first).term
    assert both.scenario.id == "b"


def test_another_base_is_a_warning() -> None:
    """It is used all the same."""
    found = applied(region(), base="0" * 64)
    assert found.term is not None
    assert [(issue.code, issue.severity) for issue in found.issues] == [("scenario_other_base", Severity.WARNING)]
    assert applied(region(), base=region().input_hash).issues == ()


def test_what_was_wrong_already_is_not_the_scenario_s() -> None:
    """A pin of the base that breaks a rule stays untold, a second one is told."""
    term = region(work=[work("ben")], releases=[], lessons=[lesson("l1", pinned=["ben"]), lesson("l2", "2")])
    assert applied(term, {"kind": "load", "professional": "ben", "limit": "max_days_per_week", "value": 3}).term
    again = refused(term, {"kind": "pin", "lesson": "l2", "professional": "ben"})
    assert [code for code, _ in again] == ["pin_breaks_rule"]


def test_every_kind_has_its_sentence() -> None:
    """In both languages."""
    for lang in LANGUAGES:
        known = messages(lang)
        assert all(f"scenario.kind.{kind}" in known for kind in KINDS)


def random_changes(pick: Any, term: Term) -> list[Change]:
    """Changes of all kinds, some of which make no sense."""
    people, lessons = [row.id for row in term.professionals], [row.id for row in term.lessons]
    who, what = (lambda: pick(people)), (lambda: pick(lessons))
    day = lambda: pick(["mon", "tue", "wed"])  # noqa: E731
    half = lambda: pick([None, "morning", "afternoon"])  # noqa: E731
    kinds = [
        lambda: {"kind": "release", "professional": who(), "weekday": day(), "half_day": half()},
        lambda: {"kind": "withdraw_release", "professional": who(), "weekday": day(), "half_day": half()},
        lambda: {"kind": "swap_release", "professional": who(), "weekday": day(), "to_weekday": day()},
        lambda: {"kind": "remove_professional", "professional": who()},
        lambda: {"kind": "expire_licence", "professional": who(), "subject": "x", "last_date": str(term.start)},
        lambda: {"kind": "load", "professional": who(), "limit": "max_lessons_per_day", "value": pick([0, 1, 2])},
        lambda: {"kind": "absence", "professional": who(), "first_date": str(term.start)},
        lambda: {"kind": "move_lesson", "lesson": what(), "weekday": day(), "first_period": pick(["1", "2"])},
        lambda: {"kind": "add_time", "lesson": what(), "weekday": day(), "first_period": pick(["1", "3"])},
        lambda: {"kind": "set_rule", "rule": "filled", "parameter": "normal", "value": pick(["10", "99"])},
        lambda: {"kind": "pin", "lesson": what(), "professional": who()},
        lambda: {"kind": "forbid", "lesson": what(), "professional": who()},
        lambda: {"kind": "loosen", "lesson": what(), "professional": who()},
        lambda: {"kind": "patch", "patch": {"professionals": {who(): {"max_days_per_week": pick([None, 1])}}}},
    ]
    return [pick(kinds)() for _ in range(pick([1, 2, 3]))]


def check(term: Term, changes: list[Change], seen: Counter[str]) -> None:
    """What holds of every scenario: undone it is the base, and as a patch it is the same."""
    found = applied(term, *changes)
    if found.term is None:
        seen["refused"] += 1
        assert found.issues
        assert all(issue.sentence("nl") and issue.hint("en") for issue in found.issues)
        return
    seen["applied"] += 1
    back = apply(found.undone(), found.term)
    assert back.term is not None, back.issues
    assert back.term.model_dump_json() == term.model_dump_json()
    assert back.term.input_hash == term.input_hash
    patched = applied(term, {"kind": "patch", "patch": found.patch()}) if found.patch() else found
    assert patched.term is not None, patched.issues
    assert keyed(patched.term) == keyed(found.term)
    assert patch_between(found.term, patched.term) == {}
    assert restoring(term, term).tables == {}


def test_undone_it_is_the_base_and_as_a_patch_the_same() -> None:
    """On many random terms; both verdicts occur."""
    random, seen = Random(7), Counter[str]()
    for case in drawn_cases():
        if not any(content_issues(case.term)) and not any(pin_issues(case.term)):
            check(case.term, random_changes(random.choice, case.term), seen)
    assert seen["applied"] > 50, seen
    assert seen["refused"] > 20, seen


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_order_of_changes(data: st.DataObject) -> None:
    """A failing one is made small."""
    check(region(), random_changes(lambda of: data.draw(st.sampled_from(list(of))), region()), Counter())


def test_a_course_that_nobody_gives_needs_no_change() -> None:
    """A scenario without changes is its base."""
    assert applied(region(courses=[course("robots")])).term == region(courses=[course("robots")])
