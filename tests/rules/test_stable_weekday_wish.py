"""A fixed weekday that is wished: each weekday more costs points."""

from typing import Any

from model.rule import Owner
from model.rules.stable_weekday_wish import StableWeekdayWish
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import cost, fact, facts, is_about

DAYS = ("mon", "tue", "wed")


def region(**settings: str) -> Term:
    """Lessons on three days; Anna works on Mondays and Tuesdays, and is released."""
    changes: dict[str, Any] = {"periods": []}
    if settings.pop("periods", None):
        changes["periods"] = [
            {"id": "first", "start": "2026-09-07", "end": "2026-09-13"},
            {"id": "second", "start": "2026-09-14", "end": "2026-09-20"},
        ]
    return small_term(
        professionals=[worker("anna")],
        work=[work("anna", weekday=day) for day in DAYS[:2]],
        releases=[release("anna", "morning", weekday=day) for day in DAYS[:2]],
        lessons=[lesson(day, weekday=day) for day in DAYS],
        rules=[
            {"rule": "stable_weekday_wish", "parameter": name, "value": value}
            for name, value in {"weight": "100", **settings}.items()
        ],
        **changes,
    )


def test_one_weekday_costs_nothing() -> None:
    """Nor does any number of them without a weight."""
    assert cost(region(), table("mon"), StableWeekdayWish) == 0
    assert cost(region(weight="0"), table(*DAYS), StableWeekdayWish) == 0
    assert facts(region(weight="0"), StableWeekdayWish) == []


def test_each_weekday_more_costs() -> None:
    """Two beyond the first; one beyond two; all three where none is free."""
    assert cost(region(), table(*DAYS), StableWeekdayWish) == 2 * 100
    assert cost(region(most="2"), table(*DAYS), StableWeekdayWish) == 100
    assert cost(region(most="0"), table(*DAYS), StableWeekdayWish) == 3 * 100


def test_each_period_costs_by_itself() -> None:
    """Two periods, in each of them two weekdays too many; the term as a whole counts once."""
    assert cost(region(periods="yes"), table(*DAYS), StableWeekdayWish) == 2 * 2 * 100
    assert cost(region(periods="yes", whole_term="true"), table(*DAYS), StableWeekdayWish) == 2 * 100


def test_only_days_away_from_work() -> None:
    """Wednesday is Anna's own day: of Monday and Tuesday one is too many."""
    assert cost(region(away_only="true"), table(*DAYS), StableWeekdayWish) == 100


def test_the_fact_is_the_employer_s() -> None:
    """It rests on a setting."""
    assert is_about(fact(region(), StableWeekdayWish), Owner.EMPLOYER, None)


def matters() -> tuple[Term, Timetable]:
    """A second weekday costs more than its lesson brings."""
    return region(weight="5000"), table("mon", "tue")
