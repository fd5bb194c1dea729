"""The verbs of a board by themselves, without rules: what the model makes of them is what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple

import pytest

from model.day import Stop
from model.rule import Because, Candidate, Owner
from model.timetable import Tier
from solver.board import Board
from tests.agreement import timetable_of, written
from tests.regions import lesson, person, release, small_term, table, work, worker

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


def say_in_a_sum(board: Board, chosen: list[Candidate], random: Random) -> Said:
    """A random expression, or one with what none of some others is, which only sums take."""
    if random.random() < 0.5:
        return say(board, chosen, random)
    wanted, *unwanted = ([say(board, chosen, random) for _ in range(random.randrange(3))] for _ in range(3))
    nones = [board.none_of(part.literal for part in parts) for parts in unwanted]
    truths = [not any(part.true for part in parts) for parts in unwanted]
    if random.random() < 0.3:
        return Said(nones[0], truths[0])
    both = board.all_of([*(part.literal for part in wanted), *nones])
    return Said(both, all(truths) and all(part.true for part in wanted))


def test_verbs_mean_what_they_say() -> None:
    """Random limits, prices and levels, with weights of either sign, over random expressions and timetables."""
    seen: Counter[str] = Counter()
    for seed in range(600):
        random = Random(seed)
        board = Board.of(TERM, rules=())
        timetable = timetable_of(each for each in board.candidates if random.random() < 0.5)
        rows = {(row.lesson, row.professional, row.option) for row in timetable.assignments}
        chosen = [each for each in board.candidates if (each.lessons[0], each.professional, each.options[0]) in rows]
        value: int | None = 0
        for _ in range(random.randint(1, 3)):
            groups, totals = [], []
            for _ in range(random.randint(1, 3)):
                said = [say_in_a_sum(board, chosen, random) for _ in range(random.randint(1, 4))]
                groups.append([(each.literal, random.randint(-2, 3)) for each in said])
                totals.append(sum(weight for each, (_, weight) in zip(said, groups[-1], strict=True) if each.true))
            value = _verb(board, groups, totals, value, random)
        assert written(board, timetable) == value
        seen["impossible" if value is None else "worth something" if value else "worth nothing"] += 1
    assert min(seen.values()) >= 50, seen


def _verb(board: Board, groups: list[Any], totals: list[int], value: int | None, random: Random) -> int | None:
    """One verb over terms, whose true weights add up to the totals, and what the timetable is worth after it."""
    terms, total = groups[0], totals[0]
    match random.choice(("limit", "priced limit", "price", "level")):
        case "level":
            board.level(groups, 3, BECAUSE, tier=Tier.FAIRNESS)
            return None if value is None else value + 3 * min(totals)
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


def test_what_none_of_made_is_for_sums() -> None:
    """Inside any_of it would be taken for something else: an error."""
    board = Board.of(TERM, rules=())
    a, b = (board.teaches(each) for each in board.candidates[:2])
    for literal in (board.none_of([a]), board.all_of([a, board.none_of([b])])):
        with pytest.raises(ValueError, match="none_of"):
            board.any_of([literal, a])


def test_days_with_too_much_are_cut_to_the_smallest_sets() -> None:
    """More than three stops on a day are too much: Anna may give one lesson beside two pieces of work, two without one."""
    term = small_term(
        professionals=[worker("anna")],
        work=[work("anna", "08:00", "08:30"), work("anna", "15:00", "17:00")],
        releases=[release("anna", "afternoon")],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l6", "6"), lesson("l9", "2", weekday="tue")],
    )
    tables = [table(), table("l1"), table("l1", "l2"), table("l1", "l6"), table("l1", "l2", "l6"), table("l1", "l9")]

    def too_many(stops: Sequence[Stop]) -> bool:
        seen.append(tuple(stop.key for stop in stops))
        return len(stops) > 3

    seen: list[tuple[str, ...]] = []
    board = Board.of(term, rules=())
    board.day("anna", too_many, BECAUSE)
    # Two lessons and both pieces of work are four: period 6, 13:00 to 13:50, leaves time to be at work by 15:00.
    assert [written(board, each) for each in tables] == [0, 0, None, None, None, 0]
    assert max(map(len, seen)) == 5  # what may be there together; of it only sets up to the smallest that fail


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


def test_a_forbidden_candidate_is_false_wherever_it_is_spoken_of() -> None:
    """Also in a limit written before it was forbidden: what asks for it cannot be met."""
    board = Board.of(TERM, rules=())
    first = board.candidates[0]
    board.limit([(board.teaches(first), -1)], -1, BECAUSE)
    assert written(board, timetable_of([first])) == 0
    board.forbid(first, BECAUSE)
    assert written(board, timetable_of([])) is None


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
