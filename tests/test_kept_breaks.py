"""On random Mondays of work, releases and lessons, judge and board agree on what becomes of the employer's breaks.

The random terms of all rules hardly ever give away the middle of a long block, so these are drawn for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random
from unittest.mock import patch

import pytest

from model.calendar import Piece
from model.fields import clock_text
from model.kept_breaks import KeptBreaks
from model.rules import breaks
from model.rules.breaks import Breaks
from model.slots import SlotDay
from model.term import Term
from solver.board import Board
from tests.agreement import Case, disagreement, judged, timetable_of
from tests.regions import lesson, release, small_term, work, worker

AT_LEAST = 15
"""How often each verdict must occur."""

HALF_DAYS = ("morning", "afternoon", "evening")
PARTS = (("12:30", "15:30"), ("10:00", "13:00"), ("12:00", "12:50"), ("13:00", "17:00"))
"""What may be released of a day."""

BLOCKS = (
    *([(8, 17)], [(8, 17)], [(7, 19)], [(7, 20)], [(11.75, 18)]),
    *([(8, 14), (14.25, 21)], [(9, 14.5)], [(6, 12), (13, 19)]),
)
"""Hours of work."""


def random_term(random: Random) -> Term:
    """One person's Mondays in two weeks: one or two blocks of work, parts of them released, some lessons."""
    blocks = random.choice(BLOCKS)
    halves = [release("anna", each, weeks=random.choice([None, None, "37"])) for each in HALF_DAYS]
    parts = [{"professional": "anna", "weekday": "mon", "start": start, "end": end} for start, end in PARTS]
    releases = random.sample([*halves, *parts], random.randint(1, 3))
    lessons = []
    end = 0.0
    for number in range(random.randint(2, 4)):
        start = random.choice([8, 8.5, 10.25, 12.75, 12.75, 13, 15.75, 18, *[min(max(8, end), 22)] * 8])
        end = min(start + random.choice([0.75, 1.5, 2.25, 2.5, 3, 4]), 23)
        times = {"start": _clock(start), "end": _clock(end), "weeks": random.choice(["37", "37", "37-38"])}
        lessons.append(lesson(f"l{number}", None, **times))
    employer = {
        "id": "works",
        "name": "Works",
        "break_minutes": random.choice([30, 30, 30, 45, 60, 10, 0]),
        "release_policy": random.choice(["half_day", "half_day", "day"]),
    }
    rules = [
        {"rule": "breaks", "parameter": parameter, "value": str(value)}
        for parameter, value in random.sample([("first_after", 210), ("first_after", 270), ("second_after", 420)], 1)
        if random.random() < 0.7
    ]
    return small_term(
        professionals=[worker("anna")],
        employers=[employer],
        work=[work("anna", _clock(start), _clock(end)) for start, end in blocks],
        releases=releases,
        lessons=lessons,
        rules=rules,
    )


def _clock(hour: float) -> str:
    return clock_text(round(60 * hour))


@cache
def cases() -> list[Case]:
    """Terms with the timetables of a few of their lessons, or all."""
    found = []
    for seed in range(120):
        random = Random(seed)
        term = random_term(random)
        candidates = Board.of(term, rules=(), screen=False).candidates
        chosen = [candidates, *(random.sample(candidates, random.randint(1, len(candidates))) for _ in range(3))]
        found.append(Case(term, tuple(timetable_of(each) for each in chosen)))
    return found


def differences() -> int:
    """On how many terms judge and board differ."""
    return sum(disagreement(case, [Breaks]) is not None for case in cases())


def test_judge_and_board_agree_on_breaks_of_work_given_away() -> None:
    """Both verdicts occur, and keeping the break makes a difference to the verdict often enough."""
    seen: Counter[tuple[bool, bool]] = Counter()
    for case in cases():
        assert disagreement(case, [Breaks]) is None, case
        for timetable in case.timetables:
            kept = judged(case.term, timetable, [Breaks])
            with patch.object(breaks, "may_take_over", lambda *_: False):
                lost = judged(case.term, timetable, [Breaks])
            seen[kept is None, lost is None] += 1
    assert min(seen[True, True], seen[False, True], seen[False, False]) >= AT_LEAST, seen
    assert seen[True, False] == 0  # a break that is kept never breaks the rule


def _shortest_first(piece: Piece) -> tuple[int, int]:
    return (piece.end - piece.start, piece.start)


FAULTS: tuple[tuple[object, str, Callable[..., object]], ...] = (
    (breaks, "may_take_over", lambda *_: False),
    (breaks, "takes_over_first", _shortest_first),
    (KeptBreaks, "taken_over", lambda _: {}),
    (SlotDay, "_within", lambda *_: frozenset()),
    (SlotDay, "_heirs", lambda *_: ()),
)


@pytest.mark.parametrize(("where", "name", "fault"), FAULTS, ids=[name for _, name, _ in FAULTS])
def test_a_fault_in_either_side_is_found(where: object, name: str, fault: Callable[..., object]) -> None:
    """A judge that loses the break or gives it to another part, a board that forgets it inside or beside a stretch."""
    with patch.object(where, name, fault):
        assert differences()
