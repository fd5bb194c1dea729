"""A term says everything that is wrong with it, also when no file was read."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from model.calendar import MAX_OPTIONS_PER_BLOCK
from model.checks import content_issues
from model.checks_warnings import warnings
from model.issues import Issue, TermError
from tests.regions import course, lesson, person, small_term


def problems(**changes: Any) -> list[Issue]:
    """What is senseless about the small term with these changes."""
    return list(content_issues(small_term(**changes)))


def test_every_unknown_reference_is_told_at_once() -> None:
    """Issues name table, index and field, guess what was meant, and have their words without any file."""
    with pytest.raises(ValidationError) as caught:
        small_term(
            courses=[course("robots", school="nord")],
            lessons=[lesson("l1"), lesson("l1", course="welding")],
            professionals=[person("anna"), person("bob", team="x")],
        )
    (error,) = caught.value.errors()
    cause = error["ctx"]["error"]
    assert isinstance(cause, TermError)
    assert [(issue.code, issue.table, issue.index, issue.field) for issue in cause.issues] == [
        ("unknown_reference", "professionals", 1, "team"),
        ("unknown_reference", "courses", 0, "school"),
        ("id_twice", "lessons", 1, "id"),
        ("unknown_reference", "lessons", 1, "course"),
    ]
    assert cause.issues[1].maybe == "north"
    assert "nord" in cause.issues[1].sentence("nl")
    assert all(issue.hint("en").startswith("Maybe") for issue in cause.issues)


def test_everything_senseless_is_told_at_once() -> None:
    """A term whose references hold is made; what makes no sense about it is said by the checks."""
    found = problems(
        courses=[course("robots"), course("welding", continuity="at_most")],
        lessons=[lesson("l1"), lesson("l2", course="welding", first_period="9")],
        presence=[{"employer": "works"}],
    )
    assert [(issue.code, issue.table, issue.index, issue.field) for issue in found] == [
        ("unknown_period", "lessons", 1, "first_period"),
        ("presence_without_number", "presence", 0, "minimum"),
        ("at_most_without_number", "courses", 1, "max_people"),
    ]


def test_as_many_times_as_a_block_can_have() -> None:
    """Eight lessons with two times each have 2 to the power 8 combinations, which is just allowed."""
    eight = [lesson(f"l{number}") for number in range(8)]
    times = [{"lesson": row["id"], "weekday": "tue", "first_period": "1"} for row in eight]
    assert 2 ** len(eight) == MAX_OPTIONS_PER_BLOCK
    together = [course("robots", continuity="same")]
    assert problems(courses=together, lessons=eight, lesson_times=times) == []
    third = {"lesson": "l0", "weekday": "wed", "first_period": "1"}
    (issue,) = problems(courses=together, lessons=eight, lesson_times=[*times, third])
    assert (issue.code, issue.value, issue.details["ways"]) == ("too_many_times", "robots", "384")
    shared = [course("robots", continuity="wished")]
    assert problems(courses=shared, lessons=eight, lesson_times=[*times, third]) == []


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2026-08-31", "2027-09-05", None),  # weeks 36 to 53 of 2026 and 1 to 35 of 2027: no number twice
        ("2026-08-31", "2027-09-06", "term_too_long"),
        ("2027-09-01", "2028-09-03", "term_too_long"),  # Wednesday of week 35 to Sunday of week 35
        ("2027-09-06", "2028-09-03", None),
        ("2026-09-07", "2026-09-07", None),
        ("2026-09-07", "2026-09-06", "end_before_start"),
    ],
)
def test_length_of_a_term(start: str, end: str, code: str | None) -> None:
    """A term has a day at least, and no week number twice."""
    found = problems(start=start, end=end, lessons=[])
    assert [(issue.code, issue.table) for issue in found] == ([] if code is None else [(code, "term")])


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([{"rule": "gaps", "enabled": False}], []),
        ([{"rule": "gaps", "parameter": "weight", "value": "2"}, {"rule": "gaps", "enabled": True}], []),
        ([{"rule": "gaps"}], ["setting_of_nothing"]),
        (
            [{"rule": "gaps", "enabled": True, "id": "a"}, {"rule": "gaps", "enabled": False, "id": "b"}],
            ["setting_twice"],
        ),
    ],
)
def test_settings_that_set_nothing_or_twice(rows: list[dict[str, Any]], codes: list[str]) -> None:
    """A row sets something, and nothing is set twice."""
    assert [issue.code for issue in problems(rules=rows)] == codes


def test_a_lesson_with_a_period_and_clock_times_is_odd() -> None:
    """The clock times count, and that is said."""
    term = small_term(lessons=[lesson("l1", "1", start="10:00", end="11:00")])
    assert [issue.value for issue in warnings(term) if issue.code == "time_twice"] == ["l1"]
    assert not [issue for issue in warnings(small_term()) if issue.code == "time_twice"]
