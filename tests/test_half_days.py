"""What a school learns of a roster: busy, released or free, by half-day, and never why."""

from __future__ import annotations

from typing import Any

import pytest

from model.access import Reader, ReaderRole
from model.half_days import half_days
from model.term import Term
from tests.regions import person, release, small_term, work, worker

NORTH = Reader(ReaderRole.TIMETABLER, frozenset({"north"}))
ALL = "37 38"


def region(**changes: Any) -> Term:
    """Anna of works, Ben of rival."""
    people = [worker("anna"), person("ben", employer="rival")]
    employers = [{"id": "works", "name": "Works"}, {"id": "rival", "name": "Rival"}]
    return small_term(**{"professionals": people, "employers": employers, **changes})


def standing(term: Term, reader: Reader = NORTH) -> dict[str, str]:
    """How Anna stands in the half-days in which she is not free in all weeks."""
    return {
        f"{each.weekday.value}-{each.half_day.value} {each.standing.value}": " ".join(map(str, each.weeks))
        for each in half_days(term, "anna", reader)
        if not (each.standing.value == "free" and each.weeks == (37, 38))
    }


def test_work_is_busy_and_released_work_is_released() -> None:
    """She works on Monday from eight to five and may be away in the afternoon, in one of the weeks."""
    assert standing(region(work=[work("anna")])) == {"mon-morning busy": ALL, "mon-afternoon busy": ALL}
    found = standing(region(work=[work("anna")], releases=[release("anna", "afternoon", weeks="38")]))
    assert found == {"mon-morning busy": ALL, "mon-afternoon released": "38", "mon-afternoon busy": "37"}


def test_a_half_day_given_away_in_part_is_busy() -> None:
    """Two of its hours are not enough; at the edge of another half-day nothing is in the way."""
    released = [release("anna", start="10:00", end="12:30")]
    assert standing(region(work=[work("anna", "08:00", "12:30")], releases=released)) == {"mon-morning busy": ALL}
    whole = [release("anna", "morning")]
    assert standing(region(work=[work("anna", "08:00", "12:30")], releases=whole)) == {"mon-morning released": ALL}


def test_why_somebody_is_busy_is_not_told() -> None:
    """Work, something private and a lesson elsewhere look the same, on the dates on which they hold."""
    ways: list[dict[str, Any]] = [
        {"work": [work("anna", "08:00", "12:00")]},
        {"unavailability": [{"professional": "anna", "weekday": "mon", "start": "09:00", "end": "10:00"}]},
        {"busy": [{"professional": "anna", "school": "south", "weekday": "mon", "first_period": "2"}]},
    ]
    assert [standing(region(**each)) for each in ways] == [{"mon-morning busy": ALL}] * 3
    away = {"professional": "anna", "first_date": "2026-09-15", "last_date": "2026-09-15", "start": "12:30"}
    assert standing(region(unavailability=[away])) == {
        "tue-afternoon free": "37",
        "tue-afternoon busy": "38",
        "tue-evening free": "37",
        "tue-evening busy": "38",
    }


def test_a_closed_employer_leaves_somebody_free() -> None:
    """On the date on which it is closed."""
    closed = [{"employer": "works", "start": "2026-09-07", "end": "2026-09-07", "kind": "closure"}]
    found = standing(region(work=[work("anna", "08:00", "12:00")], calendar_days=closed))
    assert found == {"mon-morning free": "37", "mon-morning busy": "38"}


@pytest.mark.parametrize(
    ("role", "of", "sees"),
    [
        (ReaderRole.ADMIN, "", True),
        (ReaderRole.COORDINATOR, "", True),
        (ReaderRole.TIMETABLER, "south", True),
        (ReaderRole.EMPLOYER, "works", True),
        (ReaderRole.EMPLOYER, "rival", False),
        (ReaderRole.PROFESSIONAL, "anna", True),
        (ReaderRole.PROFESSIONAL, "ben", False),
    ],
)
def test_who_may_ask(role: ReaderRole, of: str, sees: bool) -> None:  # noqa: FBT001  a case
    """Schools and who runs the region of everybody; an employer of its own people; others of themselves."""
    term = region(work=[work("anna")])
    assert bool(half_days(term, "anna", Reader(role, frozenset({of})))) is sees


def test_an_employer_does_not_learn_what_is_kept_from_it() -> None:
    """A private unavailability is busy for a school, and nothing to her employer, who knows when she works."""
    row = {"professional": "anna", "weekday": "tue", "start": "09:00", "end": "10:00"}
    works = Reader(ReaderRole.EMPLOYER, frozenset({"works"}))
    private, known = (region(unavailability=[{**row, "privacy": each}]) for each in ("private", "employer"))
    assert standing(private, works) == {}
    assert standing(private) == standing(known, works) == {"tue-morning busy": ALL}
