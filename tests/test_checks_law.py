"""Work that breaks the law without any lesson is told as a warning."""

from __future__ import annotations

from typing import Any

import pytest

from model.checks_warnings import warnings
from model.judge import judge
from tests.regions import small_term, table, work, worker

DAYS = ("mon", "tue", "wed", "thu", "fri")
CODES = (
    "work_over_sixteen_weeks",
    "work_in_a_week",
    "work_without_rest",
    "work_in_a_shift",
    "work_without_weekly_rest",
)


def told(blocks: list[dict[str, Any]], **fields: Any) -> list[tuple[str, str]]:
    """Codes of such warnings, with the hours they name."""
    term = small_term(professionals=[worker("anna", **fields)], work=blocks)
    return [(issue.code, issue.details["hours"]) for issue in warnings(term) if issue.code in CODES]


def every(days: tuple[str, ...], start: str = "08:00", end: str = "17:00", **fields: Any) -> list[dict[str, Any]]:
    return [work("anna", start, end, weekday=day, **fields) for day in days]


def test_an_ordinary_roster_is_fine() -> None:
    """Five days of nine hours; an evening before a late morning; no work at all."""
    assert told(every(DAYS)) == []
    assert told([work("anna", "13:00", "22:00"), work("anna", "09:00", "18:00", weekday="tue")]) == []
    assert told([]) == []


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        # 22:00 to 08:59 is a minute short of eleven hours.
        (
            [work("anna", "13:00", "22:00"), work("anna", "08:59", "12:00", weekday="tue")],
            [("work_without_rest", "10:59")],
        ),
        # 13 hours less half an hour.
        (every(("mon",), "07:00", "20:00"), [("work_in_a_shift", "12:30")]),
        # Half an hour of break in each of five days of 11.5 hours: 55 hours, in all weeks.
        (every(DAYS, "08:00", "19:30"), [("work_over_sixteen_weeks", "55:00")]),
        (
            every((*DAYS, "sat"), "08:00", "18:31"),
            [("work_over_sixteen_weeks", "60:06"), ("work_in_a_week", "60:06")],
        ),
        # Seven days of two hours: 22 hours of rest at most.
        (every((*DAYS, "sat", "sun"), "08:00", "10:00"), [("work_without_weekly_rest", "22:00")]),
    ],
)
def test_what_is_against_the_law_is_told(blocks: list[dict[str, Any]], expected: list[tuple[str, str]]) -> None:
    """One warning for each limit that is passed."""
    assert told(blocks) == expected


def test_hours_before_the_term_may_be_too_much() -> None:
    """15 weeks of 50 and one of 8.5 hours are 47:25 on average; of 52 they are 49:17 (788.5 hours in 16 weeks)."""
    assert told([work("anna")], hours_before=[50] * 15) == []
    assert told([work("anna")], hours_before=[52] * 15) == [("work_over_sixteen_weeks", "49:17")]


def test_who_is_exempt_is_not_named() -> None:
    """The law does not hold for them."""
    assert told(every(("mon",), "07:00", "20:00"), atw_exempt=True) == []


def test_the_warning_is_at_the_person_and_no_breach_of_the_timetable() -> None:
    """Index and name; the empty timetable is judged clean."""
    term = small_term(professionals=[worker("ben"), worker("anna")], work=every(("mon",), "07:00", "20:00"))
    (issue,) = [issue for issue in warnings(term) if issue.code == "work_in_a_shift"]
    assert (issue.table, issue.index, issue.value) == ("professionals", 1, "Anna")
    assert issue.sentence("nl") == "Anna werkt zonder lessen in één dienst al 12:30 uur; de wet staat 12:00 toe."
    assert judge(term, table()).breaches == ()
