"""Whom a change of facts may concern: whose row it is, who is named by it, the courses with a lesson that differs."""

from __future__ import annotations

from typing import Any

import pytest

from model.difference import Touched, touched
from model.term import Term
from tests.regions import course, lesson, person, release, small_term, work, worker


def _term(**other: Any) -> Term:
    rows: dict[str, Any] = {
        "professionals": [worker("anna"), person("bob"), person("cees")],
        "work": [work("anna", "08:00", "12:00")],
        "releases": [release("anna", "morning")],
        "courses": [course("maths"), course("physics")],
        "lessons": [
            lesson("l1", course="maths"),
            lesson("l2", "2", course="maths"),
            lesson("l3", "3", course="physics"),
        ],
        "published": [{"lesson": "l1", "professional": "cees"}],
    }
    return small_term(**(rows | other))


def _whom(people: str = "", courses: str = "") -> Touched:
    return Touched(frozenset(people.split()), frozenset(courses.split()))


@pytest.mark.parametrize(
    ("change", "whom"),
    [
        ({}, _whom()),
        ({"releases": []}, _whom("anna")),
        ({"work": [work("anna", "08:00", "11:00")]}, _whom("anna")),
        ({"professionals": [worker("anna"), person("bob", max_lessons_per_week=1), person("cees")]}, _whom("bob")),
        ({"professionals": [person("bob"), worker("anna"), person("cees")]}, None),
        ({"unavailability": [{"professional": "bob", "weekday": "mon"}]}, _whom("bob")),
        ({"rules": [{"rule": "presence", "enabled": False}]}, None),
        ({"end": "2026-12-24"}, None),
        ({"teams": [{"id": "t", "employer": "works"}]}, None),
    ],
)
def test_rows_about_one_person_concern_that_person(change: dict[str, Any], whom: Touched | None) -> None:
    """Anything but rows of people and lessons may concern anybody."""
    assert touched(_term(), _term(**change)) == whom
    assert touched(_term(**change), _term()) == whom


@pytest.mark.parametrize(
    ("lessons", "whom"),
    [
        ([lesson("l1", course="maths", blocked=["bob"])], _whom("bob")),
        ([lesson("l1", course="maths", pinned=["bob"])], _whom("bob")),
        ([lesson("l1", "4", course="maths")], _whom("cees", "maths")),
        ([lesson("l1", course="physics")], _whom("cees", "maths physics")),
    ],
)
def test_a_lesson_that_differs_concerns_who_could_give_its_course(lessons: list[Any], whom: Touched) -> None:
    """And who was promised it; names on a lesson concern nobody but who is named."""
    rest = [lesson("l2", "2", course="maths"), lesson("l3", "3", course="physics")]
    assert touched(_term(), _term(lessons=[*lessons, *rest])) == whom


def test_a_lesson_that_comes_or_goes_concerns_the_same_people() -> None:
    """Whichever of the terms it is in."""
    fewer = _term(lessons=[lesson("l1", course="maths"), lesson("l3", "3", course="physics")])
    assert touched(_term(), fewer) == touched(fewer, _term()) == _whom("", "maths")


def test_where_teachers_of_the_school_lead_a_course_its_lessons_concern_everybody() -> None:
    """They are free beside somebody else, or not."""
    led = {"courses": [course("maths", led_by=["t"]), course("physics")], "staff": [{"id": "t", "school": "north"}]}
    moved = [lesson("l1", "4", course="maths"), lesson("l2", "2", course="maths"), lesson("l3", "3", course="physics")]
    assert touched(_term(**led), _term(**led, lessons=moved)) is None
