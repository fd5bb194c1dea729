"""Who sees what of me: said by what decides it, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from model import access_term
from model.access import ReaderRole
from model.access_term import PEOPLE, View
from model.access_told import CLASSES, Known, Told, Who, about_whom, class_of, who_sees_what
from model.pseudonyms import Pseudonyms
from model.term import Term, tables
from model.timetable import GivenLesson, LessonCount, Outcome, Status
from tests.regions import course, lesson, person, small_term, worker

SCHOOLS = {Who.SCHOOL, Who.OTHER_SCHOOL}
RUNS = {Who.COORDINATOR, Who.ADMIN}


def region(**changes: Any) -> Term:
    """Anna of works gives a lesson at north."""
    return small_term(**{"professionals": [worker("anna"), person("cor")], **changes})


OUTCOME = Outcome(
    status=Status.FOUND,
    lessons=LessonCount(total=1, filled=1, open=0),
    assignments=(GivenLesson(lesson="l1", professional="anna", weekday="mon", start="08:30", end="09:20"),),
)


def told(term: Term, professional: str = "anna", outcome: Outcome | None = OUTCOME) -> dict[Known, set[Who]]:
    return {each.known: set(each.who) for each in who_sees_what(term, professional, outcome=outcome)}


def test_each_field_about_a_person_has_a_class() -> None:
    """A table or column that is new must be told of too."""
    about_one = {
        table for table, names in PEOPLE.items() if any(not many for _, many in names)
    } | {"carpools"}  # fmt: skip
    assert CLASSES.keys() == about_one
    for table, record in tables():
        if table in CLASSES:
            named = CLASSES[table].keys() - {""}
            assert named <= record.model_fields.keys() - about_whom(table)
            assert all(class_of(table, each) for each in record.model_fields.keys() - about_whom(table))
    assert {each for of_table in CLASSES.values() for each in of_table.values()} == (
        set(Known) - {Known.HOURS, Known.HALF_DAYS, Known.LESSONS}
    )


def test_fields_of_one_class_have_the_same_readers() -> None:
    """Otherwise one sentence could not speak of all of them."""
    for table, record in tables():
        if table not in CLASSES:
            continue
        readers: dict[Known, set[frozenset[ReaderRole]]] = {}
        for name in record.model_fields.keys() - about_whom(table):
            roles = access_term.FIELDS.get(table, {}).get(name, frozenset(ReaderRole))
            readers.setdefault(class_of(table, name), set()).add(roles)
        assert {known: len(each) for known, each in readers.items() if len(each) > 1} == {}, table


def test_who_sees_what_of_somebody_who_teaches() -> None:
    """By the visibility matrix of the domain's facts (section 7)."""
    found = told(region())
    own_only = {known for known, who in found.items() if who == {Who.SELF}}
    assert own_only == {Known.HOME, Known.REASONS}
    assert found[Known.ROSTER] == found[Known.CONTRACT] == {Who.SELF, Who.EMPLOYER, Who.ADMIN}
    assert found[Known.WISHES] == {Who.SELF} | SCHOOLS | RUNS
    assert found[Known.HOURS] == {Who.SELF, Who.EMPLOYER, Who.SCHOOL, Who.ADMIN}
    assert found[Known.LICENCE] >= {Who.SELF, Who.EMPLOYER} | SCHOOLS
    assert Who.EMPLOYER not in found[Known.LICENCE_TERMS]
    assert found[Known.HALF_DAYS] - found[Known.LESSONS] == {Who.EMPLOYER}
    assert found[Known.LESSONS] == {Who.SELF, Who.SCHOOL} | RUNS
    for who in found.values():
        assert not who & {Who.OTHER_EMPLOYER, Who.PROFESSIONAL}


def test_who_has_no_employer_and_teaches_nowhere() -> None:
    """No employer and no own school are spoken of, nor what there is nothing of."""
    found = told(region(), "cor")
    assert not {Who.EMPLOYER, Who.SCHOOL} & {each for who in found.values() for each in who}
    assert not {Known.LESSONS, Known.HALF_DAYS, Known.PROMISED, Known.WAIVERS} & found.keys()
    assert Known.LESSONS not in told(region(), outcome=None)


def test_a_published_lesson_makes_a_school_ones_own() -> None:
    """That of its course, also where it is of a demand."""
    demand = {"id": "d", "course": "lasers", "lessons_per_week": 2}
    term = region(
        courses=[course("robots"), course("lasers", school="south")],
        lessons=[lesson("l1")],
        demands=[demand],
        published=[{"lesson": "d#1", "professional": "anna", "option": "d#1:mon:1"}],
    )
    assert Who.SCHOOL in told(term, outcome=None)[Known.HOURS]


def test_what_is_told_follows_what_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of the tables of access is told at once."""
    before = told(region())
    fields = {**access_term.FIELDS["professionals"], "home_town": frozenset({ReaderRole.TIMETABLER})}
    monkeypatch.setitem(access_term.FIELDS, "professionals", fields)
    monkeypatch.setitem(access_term.ROWS, "work", lambda _, __: True)
    after = told(region())
    assert after[Known.HOME] == before[Known.HOME] | SCHOOLS
    assert after[Known.ROSTER] == set(Who)
    assert {known for known in before if before[known] != after[known]} == {Known.HOME, Known.ROSTER}


def test_an_open_unavailability_is_told_as_it_is() -> None:
    """Of rows that somebody has, their own privacy counts."""
    open_row = {"professional": "anna", "weekday": "mon", "privacy": "open"}
    assert Who.EMPLOYER in told(region(unavailability=[open_row]))[Known.UNAVAILABLE]
    assert Who.EMPLOYER not in told(region())[Known.UNAVAILABLE]


def test_sentences() -> None:
    """To the person, in their language; pseudonyms once, beside the name."""
    assert Told(Known.HOME, (Who.SELF,)).sentence("nl") == "Uw huisadres: alleen uzelf."
    assert Told(Known.ROSTER, (Who.SELF, Who.EMPLOYER)).sentence("en") == (
        "Your roster with your employer: yourself, your employer."
    )
    assert Told(Known.WAIVERS, ()).sentence("nl") == "Ontheffingen die voor u gelden: niemand."
    view = View(Pseudonyms(b"k" * 32))
    names = [each for each in who_sees_what(region(), "anna", view) if each.under_pseudonym]
    assert [each.known for each in names] == [Known.NAME]
    assert (
        names[0]
        .sentence("nl")
        .endswith("onder een schuilnaam: andere scholen in de regio, de coördinator van de regio.")
    )
    matched = View(Pseudonyms(b"k" * 32), frozenset({"anna"}))
    assert not any(each.under_pseudonym for each in who_sees_what(region(), "anna", matched))
    for known in Known:
        for lang in ("nl", "en"):
            assert Told(known, tuple(Who), tuple(Who)).sentence(lang)
