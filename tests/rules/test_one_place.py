"""A class group and a room are in one place at a time. Lesson l1 may move from Monday period 1 to Tuesday period 1."""

from typing import Any

from model.rule import Owner
from model.rules.one_place import OnePlace
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

MOVED = table(("l1", "anna", "moved"))


def region(second: dict[str, Any] | None = None, *, moved: dict[str, Any] | None = None, **tables: Any) -> Term:
    """Courses of class group a; lesson l2 as told, by default with another class on Tuesday in period 1."""
    l2 = {"course": "bikes", "weekday": "tue", **(second or {})}
    row = {"id": "moved", "lesson": "l1", "weekday": "tue", "first_period": "1", **(moved or {})}
    return small_term(
        rooms=[{"id": "hall", "school": "north", "name": "Hall"}],
        professionals=[person("anna"), person("ben")],
        class_groups=[{"id": "a", "school": "north", "name": "3A"}, {"id": "b", "school": "north"}],
        courses=[course("robots", classes=["a"]), course("saws", classes=["a"]), course("bikes", classes=["b"])],
        lessons=[lesson("l1"), lesson("l2", **l2)],
        **{"lesson_times": [row], **tables},
    )


def test_a_free_class_and_room_are_fine() -> None:
    """Another class at that time, the same class at another time or in other weeks, or lessons left where they are."""
    assert sizes(region(), MOVED, OnePlace) == []
    assert sizes(region({"course": "saws", "first_period": "2"}), MOVED, OnePlace) == []
    left = region({"course": "saws", "weekday": "mon"})
    assert sizes(left, table("l1", ("l2", "ben")), OnePlace) == []
    busy = [{"class_group": "a", "weekday": "tue", "first_period": "2"}]
    assert sizes(region(busy=busy), MOVED, OnePlace) == []


def test_a_class_that_is_elsewhere_breaks_it() -> None:
    """The class has its other lesson then, staffed or not."""
    broken = breaches(region({"course": "saws"}), MOVED, OnePlace)
    assert [(each.size, each.unit, each.lesson, each.school) for each in broken] == [(1, "lessons", "l1", "north")]
    assert broken[0].sentence(NL) == "Robots 3A (l1) is verplaatst naar een tijd waarop 3A bezet is."
    assert broken[0].sentence(EN) == "Robots 3A (l1) was moved to a time at which 3A is taken."
    assert sizes(
        region({"course": "saws", "weeks": "38"}), table(("l1", "anna", "moved"), ("l2", "ben")), OnePlace
    ) == [1]


def test_busy_times_of_class_and_room_count() -> None:
    """A lesson that needs no staffing takes the class; a room is taken by whoever is in it."""
    group = [{"class_group": "a", "weekday": "tue", "start": "09:19", "end": "10:00", "weeks": "37"}]
    assert sizes(region(busy=group), MOVED, OnePlace) == [1]
    room = [{"room": "hall", "school": "north", "weekday": "tue", "first_period": "1"}]
    assert sizes(region(busy=room), MOVED, OnePlace) == []
    assert sizes(region(busy=room, moved={"room": "hall"}), MOVED, OnePlace) == [1]
    assert sizes(region({"room": "hall"}, moved={"room": "hall"}), MOVED, OnePlace) == [1]


def test_a_lesson_that_may_move_takes_no_place_until_it_is_given() -> None:
    """Two lessons of one class swap: together on Tuesday is wrong, one each is right."""
    times = [
        {"id": "moved", "lesson": "l1", "weekday": "tue", "first_period": "1"},
        {"id": "swapped", "lesson": "l2", "weekday": "mon", "first_period": "1"},
    ]
    term = region({"course": "saws"}, lesson_times=times)
    assert sizes(term, MOVED, OnePlace) == []
    assert sizes(term, table(("l1", "anna", "moved"), ("l2", "anna", "swapped")), OnePlace) == []
    assert sizes(term, table(("l1", "anna", "moved"), ("l2", "ben")), OnePlace) == [1]
    assert sizes(term, table("l1", ("l2", "ben", "swapped")), OnePlace) == [1]


def test_the_fact_is_the_school_s() -> None:
    """The board names the other time that is not possible."""
    said = facts(region({"course": "saws"}), OnePlace)
    assert [each.params for each in said] == [{"lesson": "Robots 3A (l1)", "what": "3A"}]
    assert is_about(said[0], Owner.SCHOOL, "lesson_times/moved")


def matters() -> tuple[Term, Timetable]:
    """Anna can only come on Tuesday, when the class is busy."""
    busy = [{"class_group": "a", "weekday": "tue", "first_period": "1"}]
    away = [{"professional": each, "weekday": "mon"} for each in ("anna", "ben")]
    return region(busy=busy, unavailability=away), MOVED
