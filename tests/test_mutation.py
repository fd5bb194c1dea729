"""The agreement test can fail: a fault planted in either side of a rule is found among the same cases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest

from model.calendar import Calendar, Dates, partition
from model.reading import Reading
from model.rule import Board, Candidate, Rule
from model.rules import RULES
from model.rules.clash import Clash
from model.rules.days_per_week import DaysPerWeek
from model.rules.gaps import Gaps
from model.rules.lessons_per_week import LessonsPerWeek
from model.rules.licence import LicenceRule
from model.rules.presence import PresenceRule
from model.rules.travel import TravelCost
from model.timetable import Breach, Cost
from tests.agreement import first_disagreement
from tests.random_regions import drawn_cases

# Faults somebody might make, one by one


class OneLessonMore(LessonsPerWeek):
    def _most(self, own: int | None) -> int | None:
        most = super()._most(own)
        return None if most is None else most + 1


class TooManyDaysAlreadyWhenEqual(DaysPerWeek):
    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        with patch.object(DaysPerWeek, "_most", lambda _, own: None if own is None else own - 1):
            yield from super().broken(reading, subject)


def _hurried(candidates_of: Callable[[str], Sequence[Candidate]], professional: str) -> list[Candidate]:
    return [
        replace(each, parts=tuple(part._replace(stop=part.stop._replace(leave_minutes=0)) for part in each.parts))
        for each in candidates_of(professional)
    ]


class ForgetsTheLeaveBuffer(Clash):
    def enforce(self, board: Board, subject: str) -> None:
        super().enforce(Crooked(board, candidates_of=_hurried), subject)


class ForgetsTheLastDates(PresenceRule):
    def enforce(self, board: Board, subject: str) -> None:
        with patch("model.rules.presence.partition", lambda sets: partition(sets)[:-1]):
            super().enforce(board, subject)


class AMinuteMoreBreak(Gaps):
    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        yield from Gaps.costs(self.model_copy(update={"break_minutes": self.break_minutes + 1}), reading, subject)


class ForgetsTheWayHome(TravelCost):
    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        with patch("model.rules.travel.to_home_minutes", lambda *_: 0):
            yield from super().costs(reading, subject)


class LastDayNotIncluded(LicenceRule):
    def enforce(self, board: Board, subject: str) -> None:
        between = Calendar.between

        def shorter(calendar: Calendar, first: date | None, last: date | None) -> Dates:
            return between(calendar, first, None if last is None else last - timedelta(days=1))

        with patch.object(Calendar, "between", shorter):
            super().enforce(board, subject)


IN_THE_BOARD = (OneLessonMore, ForgetsTheLeaveBuffer, ForgetsTheLastDates, LastDayNotIncluded)
IN_THE_JUDGE = (TooManyDaysAlreadyWhenEqual, AMinuteMoreBreak, ForgetsTheWayHome)


@pytest.mark.parametrize("fault", IN_THE_BOARD, ids=lambda fault: fault.__name__)
def test_a_fault_in_what_is_written_on_the_board_is_found(fault: type[Rule]) -> None:
    """The judge is right, the board is not."""
    assert first_disagreement(drawn_cases(), judging=[_right(fault)], writing=[fault])


@pytest.mark.parametrize("fault", IN_THE_JUDGE, ids=lambda fault: fault.__name__)
def test_a_fault_in_the_judge_is_found(fault: type[Rule]) -> None:
    """The board is right, the judge is not."""
    assert first_disagreement(drawn_cases(), judging=[fault], writing=[_right(fault)])


@pytest.mark.parametrize("fault", [*IN_THE_BOARD, TooManyDaysAlreadyWhenEqual], ids=lambda fault: fault.__name__)
def test_without_the_fault_nothing_is_found(fault: type[Rule]) -> None:
    """The same cases and the same comparison pass for the rule as it is."""
    assert first_disagreement(drawn_cases(), judging=[_right(fault)], writing=[_right(fault)]) is None


def _right(fault: type[Rule]) -> type[Rule]:
    return fault.__mro__[1]


# The same for every rule: each verb said a little wrong


class Crooked:
    """A board of which some verbs are changed."""

    def __init__(self, board: Board, **verbs: Callable[..., Any]) -> None:
        self._board = board
        self._verbs = verbs

    def __getattr__(self, name: str) -> Any:
        said = getattr(self._board, name)
        change = self._verbs.get(name)
        return said if change is None else lambda *args, **options: change(said, *args, **options)


def _looser(limit: Callable[..., None], terms: Any, at_most: int, *rest: Any, **options: Any) -> None:
    limit(terms, at_most + 1, *rest, **options)


def _tighter(limit: Callable[..., None], terms: Any, at_most: int, *rest: Any, **options: Any) -> None:
    limit(terms, at_most - 1, *rest, **options)


def _dearer(price: Callable[..., None], terms: Any, *rest: Any, **options: Any) -> None:
    price([(literal, weight + 1) for literal, weight in terms], *rest, **options)


def _not_the_first(price: Callable[..., None], terms: Any, *rest: Any, **options: Any) -> None:
    price(list(terms)[1:], *rest, **options)


def _a_point_more(legs: Callable[..., None], of: str, cost: Callable[..., int], *rest: Any, **options: Any) -> None:
    legs(of, lambda before, after: cost(before, after) + 1, *rest, **options)


def _heavier(level: Callable[..., None], groups: Any, weight: int, *rest: Any, **options: Any) -> None:
    level(groups, weight + 1, *rest, **options)


def _unsaid(*_: Any, **__: Any) -> None:
    """Says nothing."""


CHANGES = (
    {
        "limit": _looser, "forbid": _unsaid, "clash": _unsaid, "price": _dearer, "legs": _a_point_more,
        "level": _heavier,
    },
    {
        "limit": _tighter, "forbid": _unsaid, "clash": _unsaid, "price": _not_the_first, "legs": _unsaid,
        "level": _unsaid,
    },
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=["looser", "tighter"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_found_out_when_its_board_is_wrong(rule: type[Rule], change: dict[str, Any]) -> None:
    """Limits one too high or too low, candidates not forbidden, clashes not said, prices, levels and steps of a day one off or left out."""

    class Wrong(rule):  # type: ignore[misc, valid-type]  a class made from a parameter
        def enforce(self, board: Board, subject: str) -> None:
            super().enforce(Crooked(board, **change), subject)

    assert first_disagreement(drawn_cases(), judging=[rule], writing=[Wrong])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_found_out_when_its_judge_forgets_the_last(rule: type[Rule]) -> None:
    """The last breach or cost of a subject goes unsaid."""

    class Forgetful(rule):  # type: ignore[misc, valid-type]  a class made from a parameter
        def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
            yield from list(super().broken(reading, subject))[:-1]

        def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
            yield from list(super().costs(reading, subject))[:-1]

    assert first_disagreement(drawn_cases(), judging=[Forgetful], writing=[rule])
