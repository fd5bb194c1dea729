"""One run: what a peer's answer is worth by the judge, and what its own claims come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import ClassVar

import pytest

from benchmarks.attempt import News, Request, filled_share, judged, run
from benchmarks.cases import Case, generated
from benchmarks.greedy import greedy
from benchmarks.neutral import evaluate, instance_of
from benchmarks.peers import PEERS, Answer, Needs, OnFound, Peer, Problem, Trace
from benchmarks.recipes import Profile
from benchmarks.records import RunStatus
from model.judge import judge
from model.timetable import Assignment, Timetable
from tests.regions import course, lesson, licence, person, small_term

# Both lessons are on Monday's first period, so Anna can give one: 1000 points on each of two dates, less 2 x 20 minutes.
BEST = 2 * (1000 - 40)
TERM = small_term(courses=[course("robots")], lessons=[lesson("l1"), lesson("l2")])


def given(*pairs: tuple[str, str]) -> Timetable:
    return Timetable(assignments=tuple(Assignment(lesson=lesson, professional=who) for lesson, who in pairs))


LEGAL = given(("l1", "anna"))
FORGED = given(("l1", "anna"), ("l2", "anna"))


def trace(*points: tuple[float, int | None, int | None]) -> Trace:
    return Trace(0.0, list(points))


def test_a_legal_answer_with_a_bound_above_it_is_found_at_a_gap() -> None:
    """Value by the judge, gap to the peer's bound, half of the lesson time filled."""
    said = trace((0.5, 900, None), (1.0, BEST, None), (1.5, BEST, 2000))
    result = judged(TERM, Answer(LEGAL, bound=2000), said, 2.25)
    assert result.status is RunStatus.FOUND
    assert (result.value, result.bound, result.gap) == (BEST, 2000, pytest.approx(80 / 1920))
    assert result.filled_share == 0.5
    assert (result.seconds, result.trace) == (2.25, tuple(said.points))


def test_first_and_best_are_when_a_value_was_told_first() -> None:
    """A bound alone is no answer; the best value is said twice, and its first time counts."""
    said = trace((0.2, None, 3000), (0.5, 900, 3000), (1.0, BEST, 3000), (1.5, BEST, 2000))
    result = judged(TERM, Answer(LEGAL, bound=2000), said, 2)
    assert (result.first_seconds, result.best_seconds, result.claimed) == (0.5, 1.0, BEST)


@pytest.mark.parametrize(
    ("bound", "status", "gap"),
    [(BEST, RunStatus.PROVED_BEST, 0.0), (BEST + 1, RunStatus.FOUND, 1 / BEST), (None, RunStatus.FOUND, None)],
)
def test_only_a_bound_that_is_reached_is_a_proof(bound: int | None, status: RunStatus, gap: float | None) -> None:
    """One point short of the bound is not proved; without a bound there is no gap."""
    result = judged(TERM, Answer(LEGAL, bound=bound), trace(), 1)
    assert result.status is status
    assert result.gap == (None if gap is None else pytest.approx(gap))


@pytest.mark.parametrize("answer", [Answer(LEGAL, bound=BEST - 1), Answer(LEGAL, impossible=True)])
def test_a_false_proof_is_a_failure(answer: Answer) -> None:
    """A bound below a legal value, and an answer beside the claim that there is none."""
    result = judged(TERM, answer, trace(), 1)
    assert result.status is RunStatus.FAILED
    assert (result.value, result.gap) == (BEST, None)
    assert str(BEST) in result.error


def test_a_forged_answer_is_illegal_whatever_it_claims() -> None:
    """Anna twice at a time: the rule is named, and neither the claim nor a fitting bound makes it a value."""
    result = judged(TERM, Answer(FORGED, bound=2 * BEST), trace((0.1, 2 * BEST, 2 * BEST)), 1)
    assert result.status is RunStatus.ILLEGAL
    assert (result.value, result.bound, result.filled_share, result.claimed) == (None, None, None, 2 * BEST)
    (broken,) = result.breaches
    assert (broken.rule, broken.times) == ("clash", 1)
    assert "Anna" in broken.example


def test_breaches_are_counted_by_rule_most_often_first() -> None:
    """Bob has no licence for three lessons, two of which are at the same time."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        licences=[licence("anna")],
        lessons=[lesson("l1"), lesson("l2"), lesson("l3", weekday="tue")],
    )
    result = judged(term, Answer(given(("l1", "bob"), ("l2", "bob"), ("l3", "bob"))), trace(), 1)
    assert [(each.rule, each.times) for each in result.breaches] == [("licence", 3), ("clash", 1)]


def test_an_answer_about_nobody_is_illegal_and_says_so() -> None:
    """What cannot be read is not judged: the codes of the issues are named."""
    result = judged(TERM, Answer(given(("l1", "nobody"), ("l9", "anna"))), trace(), 1)
    assert result.status is RunStatus.ILLEGAL
    assert [(each.rule, each.times) for each in result.breaches] == [("unknown_reference", 2)]
    assert "nobody" in result.breaches[0].example


@pytest.mark.parametrize(("impossible", "status"), [(True, RunStatus.IMPOSSIBLE), (False, RunStatus.GAVE_UP)])
def test_without_a_timetable_it_is_impossible_only_if_that_was_said(impossible: bool, status: RunStatus) -> None:  # noqa: FBT001  a case
    """Running out of time is another thing; the bound is kept."""
    result = judged(TERM, Answer(bound=5000, impossible=impossible), trace((0.1, None, 5000)), 1)
    assert (result.status, result.value, result.bound) == (status, None, 5000)
    assert (result.first_seconds, result.best_seconds) == (None, None)


def test_a_long_trace_is_thinned_to_two_hundred_points_with_both_ends() -> None:
    """The first and best times come from all of it."""
    said = trace(*((number / 100, number, None) for number in range(1000)))
    result = judged(TERM, Answer(), said, 10)
    assert (len(result.trace), result.trace[0], result.trace[-1]) == (200, said.points[0], said.points[-1])
    assert (result.first_seconds, result.best_seconds) == (0.0, 9.99)


def test_lesson_time_counts_periods_and_dates() -> None:
    """l1 has one period on two dates and l2 two periods on one of them, as much in all: l1 is half of the time."""
    term = small_term(
        lessons=[lesson("l1"), lesson("l2", "3", last_period="4", weeks="37"), lesson("l3", "5", weeks="38")]
    )
    # 1 x 2 of 1 x 2 + 2 x 1 + 1 x 1
    assert filled_share(term, LEGAL) == pytest.approx(2 / 5)
    assert filled_share(term, given()) == 0


def test_random_sets_of_candidates_are_legal_as_the_neutral_form_says() -> None:
    """Judge and neutral form agree on a generated region, on the verdict and on the value."""
    term = next(generated([20], [Profile.BALANCED], [1])).term()
    instance = instance_of(term)
    random, best, seen = Random(1), sorted(greedy(instance)), set()
    for _ in range(40):
        chosen = random.sample(best, random.randint(1, len(best)))
        chosen += random.sample(range(len(instance.candidates)), random.randint(0, 1))
        verdict = evaluate(instance, set(chosen))
        result = judged(term, Answer(instance.timetable(set(chosen))), trace(), 1)
        assert result.status is (RunStatus.ILLEGAL if verdict.broken else RunStatus.FOUND)
        assert result.value == (None if verdict.broken else verdict.value)
        seen.add(result.status)
    assert seen == {RunStatus.ILLEGAL, RunStatus.FOUND}


@dataclass(frozen=True)
class Told(Peer):
    """A peer that says what it was told to say."""

    says: tuple[tuple[int | None, int | None], ...] = ()
    answer: Answer = field(default_factory=Answer)
    name: str = "told"
    needs: ClassVar[Needs] = Needs.INSTANCE

    def solve(self, problem: Problem, seconds: float, seed: int, found: OnFound) -> Answer:
        """Say it."""
        assert (seconds, seed) == (7.0, 1)
        assert "instance" in vars(problem)  # made beforehand, since that is not its time
        for value, bound in self.says:
            found(value, bound)
        return self.answer


@pytest.fixture(scope="module")
def case() -> Case:
    return next(generated([20], [Profile.BALANCED], [1]))


def test_news_is_what_is_better_than_before(case: Case) -> None:
    """Ready first, then each better value or bound, with the best of both; the same again and worse are no news."""
    news: list[News] = []
    says = ((None, 900), (10, None), (10, 900), (5, 950), (20, 800), (20, None))
    result = run(Request(case=case, peer="told", seconds=7), Told(says), news.append)
    assert news[0].prepared is not None
    assert [(each.value, each.bound) for each in news[1:]] == [(None, 900), (10, 900), (20, 800)]
    assert [point[1:] for point in result.trace] == [(None, 900), (10, 900), (20, 800)]
    assert [point[0] for point in result.trace] == sorted(point[0] for point in result.trace)
    assert result.seconds >= result.trace[-1][0]


def test_a_peer_that_forges_its_answer_is_caught(case: Case) -> None:
    """Everything that others would give goes to the first professional; the peer claims it to be worth the earth."""
    term = case.term()
    everything = given(*((row.id, term.professionals[0].id) for row in term.lessons))
    peer = Told(((10**9, 10**9),), Answer(everything, bound=10**9))
    result = run(Request(case=case, peer="told", seconds=7), peer, lambda _: None)
    assert result.status is RunStatus.ILLEGAL
    assert {each.rule for each in result.breaches} == {each.rule for each in judge(term, everything).breaches}
    assert len(result.breaches) > 1


def test_a_peers_own_value_is_the_judges(case: Case) -> None:
    """What the greedy peer claims is what it is worth."""
    result = run(Request(case=case, peer="greedy", seconds=7), PEERS["greedy"], lambda _: None)
    assert result.status is RunStatus.FOUND
    assert result.value == result.claimed == result.trace[-1][1]
    assert result.value > 0
