"""Miniature terms written out by hand: a region with one school week, of which a case states only what it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from model.term import Term
from model.timetable import Assignment, Timetable

Row = dict[str, Any]

PERIODS = {
    "1": ("08:30", "09:20"),
    "2": ("09:20", "10:10"),
    "3": ("10:30", "11:20"),
    "4": ("11:20", "12:10"),
    "5": ("13:00", "13:50"),
    "6": ("13:50", "14:40"),
    "7": ("19:00", "19:50"),
}
"""Lesson periods of both schools: four in the morning, two in the afternoon, one in the evening."""

MINUTES = {
    ("home", "north"): 20,
    ("home", "south"): 30,
    ("home", "plant"): 10,
    ("north", "south"): 15,
    ("north", "plant"): 15,
    ("south", "plant"): 25,
}
"""Travel time between places, the same both ways and for everybody."""


def small_term(**changes: Any) -> Term:
    """Two weeks (37 and 38 of 2026), schools north and south, employer works with its plant, Anna and one lesson.

    `changes` replace whole tables or settings. Everybody may teach everything everywhere (open for matching,
    licensed for every course) unless the tables `licences` or the fields of a person say otherwise.
    """
    tables: dict[str, Any] = {
        "id": "term",
        "start": "2026-09-07",
        "end": "2026-09-20",
        "boards": [{"id": "board"}],
        "schools": [school("north"), school("south")],
        "time_grids": [*grid("north"), *grid("south")],
        "class_groups": [{"id": "a", "school": "north"}, {"id": "b", "school": "north"}],
        "staff": [{"id": "mentor", "school": "north"}],
        "employers": [{"id": "works", "name": "Works"}],
        "employer_sites": [{"id": "plant", "employer": "works"}],
        "professionals": [person("anna")],
        "courses": [course("robots")],
        "lessons": [lesson("l1")],
        **changes,
    }
    people = [each["id"] for each in tables["professionals"]]
    tables.setdefault("travel_times", list(journeys(people)))
    subjects = sorted({each["subject"] for each in tables["courses"]})
    tables.setdefault("licences", [licence(each, subject) for each in people for subject in subjects])
    return Term.model_validate(tables)


def school(school_id: str, **fields: Any) -> Row:
    """A school without buffers."""
    row = {"name": school_id.capitalize(), "board": "board", "sector": "vo"}
    return {"id": school_id, **row, "arrival_buffer_minutes": 0, "leave_buffer_minutes": 0, **fields}


def grid(school_id: str, periods: dict[str, tuple[str, str]] | None = None, **fields: Any) -> list[Row]:
    """Time grid of a school."""
    return [
        {"school": school_id, "period": period, "start": start, "end": end, **fields}
        for period, (start, end) in (periods or PERIODS).items()
    ]


def person(person_id: str, **fields: Any) -> Row:
    """A professional who may teach anywhere and has no employer."""
    return {"id": person_id, "name": person_id.capitalize(), "open_for_matching": True, **fields}


def worker(person_id: str, **fields: Any) -> Row:
    """A professional employed by works, at its plant."""
    return person(person_id, **{"employer": "works", "site": "plant", **fields})


def licence(person_id: str, subject: str = "techniek", **fields: Any) -> Row:
    """A full licence."""
    return {"professional": person_id, "subject": subject, "sector": "vo", "level": "1e", **fields}


def course(course_id: str, **fields: Any) -> Row:
    """A course at north that anybody may share."""
    return {"id": course_id, "name": course_id.capitalize(), "school": "north", "subject": "techniek"} | {
        "continuity": "free",
        **fields,
    }


def lesson(lesson_id: str, period: str | None = "1", **fields: Any) -> Row:
    """A lesson of course robots on Monday."""
    return {"id": lesson_id, "course": "robots", "weekday": "mon", "first_period": period, **fields}


def work(person_id: str, start: str = "08:00", end: str = "17:00", **fields: Any) -> Row:
    """Work on Monday."""
    return {"professional": person_id, "weekday": "mon", "start": start, "end": end, **fields}


def release(person_id: str, half_day: str | None = None, **fields: Any) -> Row:
    """Release on Monday."""
    return {"professional": person_id, "weekday": "mon", "half_day": half_day, **fields}


def journeys(people: Iterable[str], minutes: dict[tuple[str, str], int] | None = None) -> Iterable[Row]:
    """Travel times, both ways, from everybody's home and between the other places."""
    for (origin, destination), each in (minutes or MINUTES).items():
        for a in [f"home:{one}" for one in people] if origin == "home" else [origin]:
            yield {"origin": a, "destination": destination, "minutes": each}
            yield {"origin": destination, "destination": a, "minutes": each}


def table(*rows: str | tuple[str, str] | tuple[str, str, str]) -> Timetable:
    """A timetable: Anna's lessons by name, or pairs of lesson and professional, or with the other time as third."""
    given = [(row, "anna", None) if isinstance(row, str) else (*row, None)[:3] for row in rows]
    return Timetable(
        assignments=tuple(Assignment(lesson=lesson, professional=who, option=option) for lesson, who, option in given)
    )
