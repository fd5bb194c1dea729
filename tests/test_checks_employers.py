"""What makes no sense, or is odd, about what employers agreed."""

from __future__ import annotations

from typing import Any

import pytest

from model.checks import content_issues
from model.checks_warnings import warnings
from model.term import Term
from tests.regions import lesson, person, small_term, worker

DAY = {"start": "2026-09-07", "end": "2026-09-07", "kind": "blackout"}
TIMES = [{"id": "tue", "lesson": "l2", "weekday": "tue", "first_period": "1"}]


def term(**changes: Any) -> Term:
    return small_term(
        professionals=[worker("anna", skills=["bhv"]), person("ben")],
        lessons=[lesson("l1"), lesson("l2", "2")],
        **changes,
    )


def employer(**fields: Any) -> list[dict[str, Any]]:
    return [{"id": "works", "name": "Works", **fields}]


def choice(**fields: Any) -> list[dict[str, Any]]:
    return [{"employer": "works", "weekdays": ["mon", "tue"], **fields}]


def promise(**fields: Any) -> list[dict[str, Any]]:
    return [{"lesson": "l2", "professional": "anna", **fields}]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"calendar_days": [DAY, DAY | {"employer": "works"}]}, None),
        ({"calendar_days": [DAY | {"school": "north"}]}, ("blackout_of_school", "calendar_days", "school", "north")),
        ({"release_choices": choice(people=["anna"])}, None),
        (
            {"release_choices": choice(people=["anna", "ben"])},
            ("choice_of_others", "release_choices", "people", "ben"),
        ),
        ({"published": promise(option="tue"), "lesson_times": TIMES}, None),
        (
            {"published": promise(lesson="l1", option="tue"), "lesson_times": TIMES},
            ("time_of_other_lesson", "published", "option", "tue"),
        ),
        ({"presence": [{"employer": "works", "minimum_share": 50}]}, None),
        ({"presence": [{"employer": "works"}]}, ("presence_without_number", "presence", "minimum", "works")),
    ],
)
def test_errors(changes: dict[str, Any], expected: tuple[str, str, str, str] | None) -> None:
    """Each at its place, with its words; the term beside it is fine."""
    found = list(content_issues(term(**changes)))
    assert [(each.code, each.table, each.field, each.value) for each in found] == ([expected] if expected else [])
    for issue in found:
        assert (issue.value or "") in issue.sentence("nl")
        assert issue.hint("en").startswith("Maybe")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"release_choices": choice()}, None),
        ({"release_choices": choice(at_most=2)}, ("choice_of_all", 0, "2")),
        ({"release_choices": choice(weekdays=["mon", "mon"])}, ("choice_of_all", 0, "1")),
        ({"release_choices": choice(weekdays=[], at_most=6)}, None),
        ({"release_choices": choice(weekdays=[], at_most=7)}, ("choice_of_all", 0, "7")),
        ({"employers": employer(critical_roles=["bhv"])}, None),
        ({"employers": employer(critical_roles=["bhv", "kraan"])}, ("role_of_nobody", 0, "kraan")),
        ({"employers": employer(release_quota_hours=8, release_hours_used=8)}, None),
        ({"employers": employer(release_quota_hours=8, release_hours_used=8.5)}, ("budget_used_up", 0, "8.5")),
        ({"published": promise(), "as_of": "2026-09-07"}, None),
        ({"published": promise()}, ("published_without_day", None, "1")),
    ],
)
def test_warnings(changes: dict[str, Any], expected: tuple[str, int | None, str] | None) -> None:
    """What is odd is said once, and what looks like it but is fine is not."""
    codes = {"choice_of_all", "role_of_nobody", "budget_used_up", "published_without_day"}
    found = [each for each in warnings(term(**changes)) if each.code in codes]
    assert [(each.code, each.index, each.value) for each in found] == ([expected] if expected else [])
    for issue in found:
        assert (issue.value or "") in issue.sentence("en")
        assert issue.hint("nl").startswith("Misschien")
