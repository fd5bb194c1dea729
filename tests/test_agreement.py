"""For any small term and any timetable, judge and board give the same verdict and the same value."""

from __future__ import annotations

from collections import Counter

import pytest

from model.judge import judge
from model.lessons import Continuity
from model.rule import Candidate, Rule
from model.rules import RULES
from model.rules.continuity import ContinuityRule
from model.timetable import Timetable
from solver.assignment import candidates_in
from solver.board import Board
from tests.agreement import Case, best, disagreement, every_timetable, first_disagreement, judged, timetable_of
from tests.random_regions import calm_cases, drawn_cases, smallest_case, split_timetables

AT_LEAST = 10
"""How often each verdict must occur in a run, so that no agreement is found by never asking."""


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_judge_and_board_agree_on_every_rule_by_itself(rule: type[Rule]) -> None:
    """A rule alone: broken exactly when no solution has the timetable, and priced alike."""
    if first_disagreement(drawn_cases(), [rule]):
        smallest = smallest_case(lambda case: bool(disagreement(case, [rule])))
        pytest.fail(f"{disagreement(smallest, [rule])}\n{smallest}")
    seen = Counter(
        judged(case.term, timetable, [rule])
        for case in drawn_cases()
        for timetable in case.timetables
        if timetable.assignments
    )
    if rule.hard():
        assert set(seen) == {None, 0}
        assert min(seen.values()) >= AT_LEAST, f"hardly ever kept or hardly ever broken: {seen}"
    else:
        assert None not in seen
        assert sum(seen.values()) - seen[0] >= AT_LEAST, f"hardly ever a cost: {seen}"
        assert len(seen) >= AT_LEAST, f"hardly any different costs: {seen}"


def test_judge_and_board_agree_where_lessons_of_one_person_are_taken_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where a course has too many times to be taken as a whole: the rule of continuity ties its lessons."""
    cases = (*drawn_cases(), *calm_cases())  # drawn before anything is taken otherwise, for other tests use them too
    monkeypatch.setattr("solver.blocks.MAX_OPTIONS_PER_BLOCK", 0)
    verdicts: Counter[bool] = Counter()
    for seed, case in enumerate(cases):
        if any(row.continuity is Continuity.SAME for row in case.term.courses):
            drawn = split_timetables(case.term, seed)
            assert disagreement(Case(case.term, drawn), [ContinuityRule]) is None
            verdicts.update(judged(case.term, each, [ContinuityRule]) is None for each in drawn if each.assignments)
    assert min(verdicts[True], verdicts[False]) >= 10 * AT_LEAST, verdicts


def test_judge_and_board_agree_on_all_rules_together() -> None:
    """All rules at once, on the best timetable, on parts of it, on it with one candidate too many and on random ones."""
    verdicts: Counter[bool] = Counter()
    for case in (*drawn_cases()[:75], *calm_cases()[:75]):
        _, optimum = best(case.term)
        board = Board.of(case.term, rules=(), screen=False)
        chosen = _chosen(board, optimum)
        near = [timetable_of([*chosen, each]) for each in board.candidates[:3]]
        timetables = (optimum, timetable_of(chosen[1:]), *near, *case.timetables)
        assert disagreement(Case(case.term, timetables), RULES) is None
        verdicts.update(judged(case.term, each, RULES) is None for each in timetables if each.assignments)
    assert min(verdicts[True], verdicts[False]) >= 10 * AT_LEAST, verdicts


def _chosen(board: Board, timetable: Timetable) -> list[Candidate]:
    return [board.candidates[each] for each in sorted(candidates_in(board, timetable))]


def test_the_optimum_is_what_the_judge_says_it_is() -> None:
    """A solved term's timetable breaks no rule and is worth what the solver claims; screening changes nothing."""
    solved: Counter[str] = Counter()
    for case in (*drawn_cases()[:75], *calm_cases()[:75]):
        value, timetable = best(case.term)
        assert best(case.term, screen=False)[0] == value
        if value is not None:
            verdict = judge(case.term, timetable)
            assert not verdict.breaches
            assert verdict.value == value
        solved["impossible" if value is None else "best" if value > 0 else "empty"] += 1
    assert min(solved["impossible"], solved["best"]) >= AT_LEAST, solved


def test_trying_every_timetable_finds_no_better_one() -> None:
    """On terms with few candidates the optimum is the best of all timetables that the judge accepts."""
    tried: Counter[str] = Counter()
    for case in (*calm_cases(), *drawn_cases()):
        board = Board.of(case.term, rules=(), screen=False)
        if not 3 <= len(board.candidates) <= 8 or tried.total() == 60:
            continue
        values = [judged(case.term, timetable, RULES) for timetable in every_timetable(board)]
        accepted = [value for value in values if value is not None]
        assert best(case.term)[0] == max(accepted, default=None)
        tried["impossible" if not accepted else "best" if max(accepted) > 0 else "empty"] += 1
    assert min(tried["impossible"], tried["best"]) >= AT_LEAST, tried
