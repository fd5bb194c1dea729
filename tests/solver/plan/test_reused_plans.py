"""What is taken over from the board and the tables of a similar term is what would be made anew."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import numpy as np
from pydantic import ValidationError

from model.difference import touched
from model.fields import Weekday
from model.issues import TermError
from model.term import Term
from solver.board import Board
from solver.messages import Limits
from solver.plan.clock import Clock
from solver.plan.master import Master
from solver.plan.tables import Tables
from solver.plan.writing import write_tables
from tests.random_regions import drawn_cases

TABLES = (
    "work",
    "releases",
    "unavailability",
    "wishes",
    "licences",
    "engagements",
    "professionals",
    "lessons",
    "lessons",
)
CHANGES_EACH = 5


def _changed(term: Term, random: Random) -> Term | None:
    """The term with one row less, or other values in one; None where that cannot be."""
    table = random.choice(TABLES)
    rows: list[Any] = list(term.rows(table))
    if not rows:
        return None
    place = random.randrange(len(rows))
    row = rows[place]
    if table == "professionals":
        field = random.choice(("max_lessons_per_week", "max_travel_minutes", "max_days_per_week", "employer"))
        rows[place] = row.model_copy(update={field: random.choice((1, 2, 30)) if field != "employer" else None})
    elif table == "lessons" and random.random() < 0.8:
        who = random.choice(term.professionals).id
        rows[place] = row.model_copy(
            update=random.choice(
                (
                    {"blocked": (*row.blocked, who)},
                    {"weekday": random.choice(list(Weekday)[:5])},
                    {"lesson_periods": random.choice((1, 2, 3))},
                    {"must_fill": not row.must_fill},
                )
            )
        )
    else:
        del rows[place]
    try:
        return term.replace(**{table: tuple(rows)})
    except (TermError, ValidationError):
        return None


def _tables(board: Board, before: Tables | None = None) -> Tables | None:
    return write_tables(Master(board), Clock(Limits(60.0, 0.0, 0, deterministic=True)), before, again=True)


def _alike(one: Board, other: Board) -> None:
    """The same candidates, for the same reasons out of the question, and the same said of what people share."""
    assert [(each.index, each.professional, each.options, each.parts) for each in one.candidates] == [
        (each.index, each.professional, each.options, each.parts) for each in other.candidates
    ]
    assert one.forbidden == other.forbidden
    assert one.shared == other.shared


def test_what_is_taken_over_is_what_would_be_made_anew() -> None:
    """On random terms in which every rule has something to say, with one random fact changed."""
    random, seen = Random(7), Counter[str]()
    for case in drawn_cases():
        first = Board.of(case.term, with_forks=True)
        old = _tables(first)
        if old is None:
            continue
        for _ in range(CHANGES_EACH):
            term = _changed(first.term, random)
            if term is None:
                continue
            board, alone = Board.of(term, with_forks=True, before=first), Board.of(term, with_forks=True)
            _alike(board, alone)
            kept, anew = _tables(board, old), _tables(alone)
            if kept is None or anew is None:
                assert kept is anew
                continue
            reused = old.reusable(kept.master)
            seen["touched"] += touched(first.term, term) is not None
            seen["as before"] += sum(each.same for each in reused.values())
            seen["fewer features"] += sum(each.same and not each.digest for each in reused.values())
            seen["anew"] += len(kept.anew)
            assert [each.professional for each in kept.master.people] == [
                each.professional for each in anew.master.people
            ]
            for mine, theirs in zip(kept, anew, strict=True):
                assert np.array_equal(mine.plans, theirs.plans)
                assert np.array_equal(mine.values, theirs.values)
                assert len(mine.features) == len(theirs.features)
                assert all(np.array_equal(a, b) for a, b in zip(mine.features, theirs.features, strict=True))
    assert min(seen[each] for each in ("touched", "as before", "fewer features", "anew")) > 10, seen


def test_nothing_is_taken_over_from_a_board_that_was_not_compared() -> None:
    """Two boards that know nothing of each other say nothing of each other."""
    term = drawn_cases()[0].term
    one, other = Board.of(term, with_forks=True), Board.of(term, with_forks=True)
    third = Board.of(term, with_forks=True, before=one)
    assert not other.as_before(one)
    assert not third.as_before(other)
    assert third.as_before(one) == {each.id for each in term.professionals} & set(one._eligible)
