"""What schools and their habits add to a random term: limits, rooms, meetings, demand without times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Pick = Callable[[Sequence[Any]], Any]

LIMITS: dict[str, Sequence[Any]] = {
    "max_lessons_in_row": (None, None, None, None, 1, 2),
    "max_gaps_per_day": (None, None, 0, 1),
    "max_gaps_per_week": (None, None, 0, 1),
    "first_periods_free": (None, None, None, 1, 2),
    "min_lessons_per_visit": (*[None] * 9, 2, 3),
    "max_evenings_per_week": (None, None, None, 0, 0, 1),
}
"""Of people."""

HABITS = (
    *(("isolated_lesson", "weight", weight) for weight in ("3", "10", "55")),
    ("isolated_lesson", "break_minutes", "0"),
    *(("site_switches", "weight", weight) for weight in ("4", "9", "70", "70")),
    ("lessons_in_row", "break_minutes", "25"),
    *(("gaps_per_week", "weight", weight) for weight in ("8", "13")),
    ("gaps_per_week", "default", "0"),
    ("first_hours_free", "default", "1"),
    *(("activity_wish", "weight", weight) for weight in ("30", "7")),
    ("evenings_per_week", "default", "0"),
)
"""Rules set otherwise: rule, parameter and value."""


def add_school_life(pick: Pick, tables: dict[str, Any], week_sets: Sequence[Any]) -> None:
    """Add it to the tables of a term."""
    people = [row["id"] for row in tables["professionals"]]
    for row in tables["professionals"] if pick((True, False)) else ():  # so that not every term is full of limits
        row |= {field: pick(values) for field, values in LIMITS.items()}
    for row in tables["schools"]:
        row["first_periods_free"] = pick((0, 0, 0, 1))
    for row in tables["class_groups"]:
        row["pupils"] = pick((None, 8, 20, 30))
    for row in tables["rooms"]:
        row["capacity"] = pick((None, 10, 25))
    tables["public_transport_margin_minutes"] = pick((0, 0, 10))
    tables["rules"] = [*tables["rules"], *_habits(pick)]
    tables["activities"] = [_meeting(pick, number, people, week_sets) for number in range(pick((0, 0, 1, 2)))]
    courses = [row["id"] for row in tables["courses"]]
    tables["demands"] = [_demand(pick, number, courses, week_sets) for number in range(pick((0, 0, 0, 0, 1)))]


def _habits(pick: Pick) -> list[dict[str, Any]]:
    chosen = dict.fromkeys(pick(HABITS) for _ in range(pick((0, 1, 2, 3))))
    return [
        {"id": f"habit{number}", "rule": rule, "parameter": parameter, "value": value}
        for number, (rule, parameter, value) in enumerate(chosen)
    ]


def _meeting(pick: Pick, number: int, people: list[str], week_sets: Sequence[Any]) -> dict[str, Any]:
    row = {"id": f"meeting{number}", "school": pick(("north", "south", None)), "weeks": pick(week_sets)}
    row |= {"required": pick((people, people[:1], people[1:], ())), "wished": pick((people, people[:2], ()))}
    weekday, start = pick(
        (
            ("mon", "09:00"),
            ("mon", "11:30"),
            ("tue", "10:00"),
            ("mon", None),
            ("mon", None),
            ("tue", None),
            (None, None),
        )
    )
    return row | {"weekday": weekday, "start": start, "minutes": pick((30, 60, 150))}


def _demand(pick: Pick, number: int, courses: list[str], week_sets: Sequence[Any]) -> dict[str, Any]:
    row = {"id": f"demand{number}", "course": pick(courses), "weeks": pick(week_sets)}
    half_days = pick((["mon-morning"], ["tue-morning"], ["mon-afternoon", "tue-afternoon"]))
    return row | {"half_days": half_days, "lessons_per_week": pick((1, 2)), "block_length": pick((1, 2, 2))}
