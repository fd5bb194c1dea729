"""Every peer on a tiny region with a known optimum and on one without a timetable; its answer is the judge's to value."""

from __future__ import annotations

import time

import pytest

from benchmarks import peer_highs
from benchmarks.attempt import judged
from benchmarks.generator import generate
from benchmarks.peers import PEERS, Answer, Needs, Peer, Problem, Trace
from benchmarks.recipes import Profile
from benchmarks.records import RunStatus
from model.judge import judge
from model.locale import LANGUAGES
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term

SECONDS = 60
PROVING = ("hybrooster", "cp-sat", "cp-sat-lp", "highs")
"""Peers that prove what they say, and stop when they have."""

Told = list[tuple[int | None, int | None]]


def tiny() -> Term:
    """Anna gives two lessons a week at most; l1 and l3 are at the same time, l2 follows them; art is on another day."""
    return small_term(
        professionals=[person("anna", max_lessons_per_week=2), person("bob", max_days_per_week=1)],
        courses=[course("robots"), course("art", priority="high")],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3"), lesson("l4", course="art", weekday="tue")],
    )


# On a date a lesson is worth 1000, art 2000, and going there and back 2 x 20 minutes; all is given on two dates.
# l1 and l3 take two people, so Bob's only day is Monday and art is Anna's, with one of l1 and l3; her two lessons cost her a
# journey each. l2 is then Bob's, on his journey of Monday.
BEST = 2 * (2000 - 40) + 2 * (1000 - 40) + 2 * (2000 - 40)
# By hand, in order of the lessons, for everybody can give all: l1 and l2 to Anna, whose week is then full; l3 to Bob, whose
# day is then Monday; nobody is left for art.
BY_HAND = 2 * (2000 - 40) + 2 * (1000 - 40)


def impossible() -> Term:
    """Anna must give two lessons at the same time."""
    return small_term(lessons=[lesson(name, must_fill=True) for name in ("l1", "l2")])


def there(name: str) -> Peer:
    """A peer, on machines that have what it takes."""
    if (why := PEERS[name].missing("en")) is not None:
        pytest.skip(why)
    return PEERS[name]


def answer(name: str, term: Term, seconds: float = SECONDS) -> tuple[Answer, Told]:
    """What a peer comes up with, and what it told before."""
    peer, problem, told = there(name), Problem(term), Told()
    problem.make(peer.needs)
    return peer.solve(problem, seconds, 1, lambda value, bound: told.append((value, bound))), told


@pytest.mark.parametrize("name", PROVING)
def test_the_optimum_of_a_tiny_region_is_found_and_proved(name: str) -> None:
    """The answer is legal and worth the optimum, which is the bound too; the last that was told says so."""
    term = tiny()
    found, told = answer(name, term)
    assert found.timetable is not None
    verdict = judge(term, found.timetable)
    assert (verdict.breaches, verdict.value, found.bound, found.impossible) == ((), BEST, BEST, False)
    assert max(value for value, _ in told if value is not None) == BEST
    assert all(bound is None or bound >= BEST for _, bound in told)


def test_searching_finds_the_optimum_of_a_tiny_region() -> None:
    """A local search finds it, proves nothing, and takes all its time."""
    term = tiny()
    found, told = answer("timefold", term, seconds=4)
    assert found.timetable is not None
    verdict = judge(term, found.timetable)
    assert (verdict.breaches, verdict.value, found.bound, found.impossible) == ((), BEST, None, False)
    assert told[-1] == (BEST, None)


def test_greed_ends_below_the_optimum() -> None:
    """Nothing is proved, and nothing else told than what is given."""
    term = tiny()
    found, told = answer("greedy", term)
    assert found.timetable is not None
    verdict = judge(term, found.timetable)
    assert (verdict.breaches, verdict.value, found.bound) == ((), BY_HAND, None)
    assert told == [(BY_HAND, None)]
    assert BY_HAND < BEST


@pytest.mark.parametrize("name", PROVING)
def test_a_term_without_a_timetable_is_proved_impossible(name: str) -> None:
    """There is no answer, and it is said that there is none."""
    found, told = answer(name, impossible())
    assert found == Answer(impossible=True)
    assert all(value is None for value, _ in told)


def test_greed_knows_no_answer_to_an_impossible_term() -> None:
    """It proves nothing, and gives nothing illegal."""
    assert answer("greedy", impossible()) == (Answer(), [])


def test_an_illegal_answer_is_called_illegal() -> None:
    """A search that only counts what it breaks has an answer to an impossible term; it told no value, and gets none."""
    term = impossible()
    found, told = answer("timefold-tuned", term, seconds=1)
    assert told == []
    result = judged(term, found, Trace(time.monotonic()), 1)
    assert (result.status, result.value) == (RunStatus.ILLEGAL, None)
    assert sum(each.times for each in result.breaches) > 0


@pytest.mark.parametrize("name", ["cp-sat", "cp-sat-lp", "highs", "greedy"])
def test_no_time_is_no_answer_but_by_hand(name: str) -> None:
    """Handing over counts: who has no time left gives up, unless it takes none."""
    found, _ = answer(name, generate(30, 1, Profile.BALANCED), seconds=0)
    assert (found.timetable is None) == (name != "greedy")
    assert (found.bound, found.impossible) == (None, False)


def test_without_candidates_everybody_finds_the_empty_timetable() -> None:
    """A term in which nobody can give anything has one timetable, worth nothing."""
    term = small_term(licences=[])
    for name in (*PROVING, "greedy"):
        if PEERS[name].missing("en") is None:
            found, _ = answer(name, term)
            assert found.timetable == Timetable(), name
            assert found.bound == (None if name == "greedy" else 0), name


def test_one_board_serves_all() -> None:
    """Board and instance are made once, and only when somebody needs them."""
    problem = Problem(tiny())
    problem.make(Needs.TERM)
    assert set(vars(problem)) == {"term", "before"}
    problem.make(Needs.INSTANCE)
    assert set(vars(problem)) == {"term", "before", "board", "instance"}
    assert problem.instance is problem.instance


def test_peers_go_by_their_names() -> None:
    """What is chosen by name is that peer, and says the versions of what takes part."""
    assert all(peer.name == name for name, peer in PEERS.items())
    assert {"hybrooster", "cp-sat", "cp-sat-lp", "highs", "timefold", "timefold-tuned", "greedy"} <= set(PEERS)
    versions = {name: peer.versions() for name, peer in PEERS.items() if peer.missing("en") is None}
    assert "ortools" in versions["cp-sat"]
    assert all(versions[name] for name in versions if name != "greedy")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_machine_without_highs_is_told_so(monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    """Where highspy is not installed, the reason to skip names it."""
    monkeypatch.setattr(peer_highs, "find_spec", lambda _: None)
    why = PEERS["highs"].missing(lang)
    assert why is not None
    assert "highspy" in why


def test_a_trace_keeps_what_is_better() -> None:
    """A value that is no better and a bound that is no tighter are not kept, and each point says both."""
    trace = Trace(time.monotonic())
    assert [trace.told(*said) for said in ((None, 9), (3, 9), (2, None), (3, 10), (4, 8), (None, None), (4, 4))] == [
        True, True, False, False, True, False, True,
    ]  # fmt: skip
    assert [(value, bound) for _, value, bound in trace.points] == [(None, 9), (3, 9), (4, 8), (4, 4)]
    when = [seconds for seconds, _, _ in trace.points]
    assert when == sorted(when)
