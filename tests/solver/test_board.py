"""The verbs of a board by themselves, without rules: what the model makes of them is what they say."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any, NamedTuple

from model.rule import Because, Candidate, Owner
from model.timetable import Tier
from solver.board import Board
from tests.agreement import timetable_of, written
from tests.regions import lesson, person, small_term

BECAUSE = Because("test", "rule.clash.pair", {}, Owner.SCHOOL, negotiable=True, price=1)
TERM = small_term(
    professionals=[person("anna"), person("ben")],
    lessons=[lesson("l1"), lesson("l2", "2")],
    lesson_times=[{"id": "other", "lesson": "l1", "weekday": "tue", "first_period": "1"}],
)
"""Six candidates: two people, two lessons, one of which has another time."""


class Said(NamedTuple):
    """A literal with its truth by plain Python."""

    literal: int
    true: bool


def say(board: Board, chosen: list[Candidate], random: Random, depth: int = 2) -> Said:
    """A random expression: a candidate, a time of a lesson, true or false, or any or all of some expressions."""
    kind = random.choice(("teaches", "at", "true", "false", "any", "all", "any", "all") if depth else ("teaches",))
    match kind:
        case "teaches":
            candidate = random.choice(board.candidates)
            return Said(board.teaches(candidate), candidate in chosen)
        case "at":
            option = random.choice((None, "other"))
            return Said(
                board.at("l1", option), any(("l1", option) in zip(c.lessons, c.options, strict=True) for c in chosen)
            )
        case "true":
            return Said(board.true, true=True)
        case "false":
            return Said(board.false, true=False)
    parts = [say(board, chosen, random, depth - 1) for _ in range(random.randrange(4))]
    literals, truths = [part.literal for part in parts], [part.true for part in parts]
    return Said(board.any_of(literals), any(truths)) if kind == "any" else Said(board.all_of(literals), all(truths))


def test_verbs_mean_what_they_say() -> None:
    """Random limits, priced limits and prices, with weights of either sign, over random expressions and timetables."""
    seen: Counter[str] = Counter()
    for seed in range(600):
        random = Random(seed)
        board = Board.of(TERM, rules=())
        timetable = timetable_of(each for each in board.candidates if random.random() < 0.5)
        rows = {(row.lesson, row.professional, row.option) for row in timetable.assignments}
        chosen = [each for each in board.candidates if (each.lessons[0], each.professional, each.options[0]) in rows]
        value: int | None = 0
        for _ in range(random.randint(1, 3)):
            said = [say(board, chosen, random) for _ in range(random.randint(1, 4))]
            terms = [(each.literal, random.randint(-2, 3)) for each in said]
            total = sum(weight for each, (_, weight) in zip(said, terms, strict=True) if each.true)
            value = _verb(board, terms, total, value, random)
        assert written(board, timetable) == value
        seen["impossible" if value is None else "worth something" if value else "worth nothing"] += 1
    assert min(seen.values()) >= 50, seen


def _verb(board: Board, terms: list[Any], total: int, value: int | None, random: Random) -> int | None:
    """One verb over the terms, whose true weights add up to the total, and what the timetable is worth after it."""
    match random.choice(("limit", "priced limit", "price")):
        case "limit":
            most = random.randint(-2, 4)
            board.limit(terms, most, BECAUSE)
            return value if total <= most else None
        case "priced limit":
            # Said twice it counts twice.
            most, price, times = random.randint(-2, 4), random.randint(0, 5), random.choice((1, 2))
            for _ in range(times):
                board.limit(terms, most, BECAUSE, price=price, tier=Tier.COMFORT)
            return None if value is None else value - times * price * max(0, total - most)
        case _:
            board.price(terms, BECAUSE, tier=Tier.COMFORT)
            return None if value is None else value - total


def test_clashing_candidates_exclude_each_other_and_perhaps_themselves() -> None:
    """Either alone is fine, both together are not; one that clashes with itself never is."""
    board = Board.of(TERM, rules=())
    a, b, c = board.candidates[0], board.candidates[2], board.candidates[4]
    board.clash([a, b], BECAUSE)
    board.clash([c], BECAUSE)
    assert [written(board, timetable_of(each)) for each in ([], [a], [b], [a, b], [c])] == [0, 0, 0, None, None]


def test_a_forbidden_candidate_keeps_all_its_reasons() -> None:
    """It cannot be chosen, others can."""
    board = Board.of(TERM, rules=())
    first, second = board.candidates[:2]
    board.forbid(first, BECAUSE)
    board.forbid(first, BECAUSE)
    assert len(board.forbidden[first.index]) == 2
    assert written(board, timetable_of([first])) is None
    assert written(board, timetable_of([second])) == 0


def test_a_course_that_stays_together_has_a_candidate_for_every_choice_of_its_times() -> None:
    """Two lessons, one with two times: two candidates a person, each with both lessons."""
    term = TERM.replace(courses=[TERM.courses[0].replace(continuity="same")])
    candidates = [each for each in Board.of(term, rules=()).candidates if each.professional == "anna"]
    assert [each.lessons for each in candidates] == [("l1", "l2")] * 2
    assert {each.options for each in candidates} == {(None, None), ("other", None)}


def test_only_some_courses_can_be_put_on_the_board() -> None:
    """The rest has no candidates."""
    assert Board.of(TERM, rules=(), only_courses=[]).candidates == []
    assert len(Board.of(TERM, rules=(), only_courses=["robots"]).candidates) == 6
