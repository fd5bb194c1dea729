"""How far owners are with their parts: missing, delivered, stale; in time or late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from model.delivery import Delivery, delivery_state, ground
from tests.regions import lesson, person, small_term

NOON = datetime(2026, 5, 12, 12, 0)  # noqa: DTZ001  any moment
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("delivered", "built_on", "opened", "deadline", "expected"),
    [
        (None, None, None, None, (Delivery.MISSING, False)),
        (None, None, None, NOON, (Delivery.MISSING, False)),  # the deadline itself is in time
        (None, None, None, NOON - DAY, (Delivery.MISSING, True)),
        (NOON - DAY, "now", None, None, (Delivery.DELIVERED, False)),
        (NOON - DAY, "now", None, NOON - DAY, (Delivery.DELIVERED, False)),
        (NOON - DAY, "now", None, NOON - 2 * DAY, (Delivery.DELIVERED, True)),
        (NOON - DAY, "before", None, NOON, (Delivery.STALE, False)),
        (NOON - DAY, "before", None, NOON - DAY, (Delivery.STALE, True)),  # in time then, but it must be done again
        (NOON - DAY, None, None, None, (Delivery.STALE, False)),
        (NOON - 2 * DAY, "now", NOON - DAY, NOON, (Delivery.STALE, False)),
        (NOON - DAY, "now", NOON - DAY, NOON, (Delivery.DELIVERED, False)),  # confirmed as it was opened anew
    ],
)
def test_states(
    delivered: datetime | None,
    built_on: str | None,
    opened: datetime | None,
    deadline: datetime | None,
    expected: tuple[Delivery, bool],
) -> None:
    """All that is asked at noon, when the region is as it is "now"."""
    state = delivery_state(
        delivered_at=delivered, built_on=built_on, ground="now", now=NOON, deadline=deadline, opened_at=opened
    )
    assert (state.delivery, state.late) == expected


def test_words() -> None:
    """Both languages, with how late it is."""
    state = delivery_state(delivered_at=None, built_on=None, ground="now", now=NOON, deadline=NOON - DAY)
    assert (state.sentence("nl"), state.sentence("en")) == (
        "nog niet ingeleverd, te laat",
        "not handed in yet, too late",
    )


def test_the_ground_is_what_all_build_upon() -> None:
    """Dates, periods, named weeks and holidays of all; not what owners have themselves, nor names and the day described."""
    term = small_term()
    holiday = {"start": "2026-09-08", "end": "2026-09-08", "kind": "holiday"}
    others = [
        small_term(end="2026-09-27"),
        small_term(noon="12:00"),
        small_term(periods=[{"id": "one", "start": "2026-09-07", "end": "2026-09-11"}]),
        small_term(week_patterns=[{"name": "A", "weeks": "37"}]),
        small_term(calendar_days=[holiday]),
    ]
    alike = [
        small_term(name="Autumn", as_of="2026-09-09"),
        small_term(calendar_days=[{**holiday, "school": "north"}]),
        small_term(lessons=[lesson("l1", weekday="tue")]),
        small_term(professionals=[person("anna"), person("ben")]),
    ]
    assert {ground(each) for each in alike} == {ground(term)}
    assert len({ground(term), *map(ground, others)}) == 1 + len(others)
