"""Rooms large enough: class a has 20 pupils; the small room has 15 places, the large one 20."""

from typing import Any

from model.rule import Owner
from model.rules.room import RoomRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def moved(room: str | None = "small", pupils: int | None = 20, places: int | None = 15, **tables: Any) -> Term:
    """Lesson l1 may move to Tuesday, in a room."""
    values = {
        "class_groups": [{"id": "a", "school": "north", "pupils": pupils}, {"id": "b", "school": "north", "pupils": 1}],
        "rooms": [
            {"id": "small", "school": "north", "name": "B 12", "capacity": places},
            {"id": "large", "school": "north", "capacity": 20},
        ],
        "courses": [course("robots", classes=["a"])],
        "lesson_times": [{"id": "other", "lesson": "l1", "weekday": "tue", "first_period": "2", "room": room}],
    }
    return small_term(**{**values, **tables})


OTHER = table(("l1", "anna", "other"))


def test_rooms_that_fit_or_of_which_nothing_is_known() -> None:
    """As many places as pupils; unknown sizes; no room named; the lesson's own room is the school's business."""
    assert sizes(moved("large"), OTHER, RoomRule) == []
    assert sizes(moved(pupils=None), OTHER, RoomRule) == []
    assert sizes(moved(places=None), OTHER, RoomRule) == []
    own = [lesson("l1", room="small")]
    assert sizes(moved(None, lessons=own), OTHER, RoomRule) == []
    assert sizes(moved(lessons=own), table("l1"), RoomRule) == []


def test_a_room_that_is_too_small() -> None:
    """20 pupils, 15 places: 5 too many; with class b 6."""
    (broken,) = breaches(moved(), OTHER, RoomRule)
    assert (broken.size, broken.unit, broken.lesson, broken.school) == (5, "pupils", "l1", "north")
    said = "Robots a (l1) is verplaatst naar lokaal B 12, dat te klein is: 20 leerlingen, 15 plaatsen."
    assert broken.sentence(NL) == said
    assert "which is too small: 20 pupils, 15 places" in broken.sentence(EN)
    both = [course("robots", classes=["a", "b"])]
    assert sizes(moved(courses=both), OTHER, RoomRule) == [6]
    assert sizes(moved("large", courses=both), OTHER, RoomRule) == [1]


def test_the_fact_is_the_school_s() -> None:
    """The board names the other time; where all rooms fit it says nothing."""
    assert is_about(fact(moved(), RoomRule), Owner.SCHOOL, "lesson_times/other")
    assert facts(moved("large"), RoomRule) == []


def matters() -> tuple[Term, Timetable]:
    """Anna is free on Tuesday only, when the room is too small."""
    away = [{"professional": "anna", "weekday": "mon"}]
    return moved(unavailability=away), OTHER
