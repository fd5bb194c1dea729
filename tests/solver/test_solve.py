"""Solving in a child process: four outcomes, stopping, and answers nobody has to believe unchecked."""

from __future__ import annotations

import os
import time
from multiprocessing import active_children
from threading import Event, Timer

import pytest

from model.calendar import Calendar
from model.issues import TermError
from model.judge import judge
from model.term import Term
from model.timetable import Assignment, Status, Timetable
from model.travel import Travel
from solver import worker
from solver.board import Board
from solver.messages import Bounded, Done, Failed, Found, Start
from solver.outcome import given
from solver.run import Progress, Run, SolverDefectError
from solver.solve import solve
from solver.used_memory import tree_pss_mb
from tests.regions import course, lesson, person, small_term

# One lesson period of normal priority on two Mondays is worth 2 x 1000 points; Anna's day trip is 2 x 20 minutes on
# each of them.
WORTH = 2 * 1000 - 2 * 2 * 20


def run_of(term: Term) -> Run:
    return Run(term, Calendar(term), Travel(term), time.monotonic())


def hard_region(people: int = 14, lessons: int = 60) -> Term:
    """A term that a machine does not finish within a second: everybody may give everything, limits are tight."""
    days, periods = ("mon", "tue", "wed", "thu", "fri"), "123456"
    return small_term(
        professionals=[
            person(f"p{i}", max_lessons_per_week=2 + i % 3, max_days_per_week=1 + i % 2) for i in range(people)
        ],
        courses=[course(f"c{i}", continuity="wished", school=("north", "south")[i % 2]) for i in range(lessons // 3)],
        lessons=[
            lesson(f"l{i}", periods[i * 7 % 6], weekday=days[i * 3 % 5], course=f"c{i // 3}") for i in range(lessons)
        ],
    )


def test_the_best_timetable_is_proved_best_and_worth_what_the_judge_says():
    """One person, one lesson: it is staffed, the bound meets the value, and the judge recomputes that value."""
    term = small_term()
    outcome = solve(term, seconds=20)
    assert (outcome.status, outcome.value, outcome.bound, outcome.gap) == (Status.PROVED_BEST, WORTH, WORTH, 0)
    assert (outcome.lessons.total, outcome.lessons.filled, outcome.lessons.open) == (1, 1, 0)
    assert outcome.timetable is not None
    assert judge(term, outcome.timetable).value == WORTH
    assert outcome.input_hash == term.input_hash


def test_given_lessons_carry_weekday_times_and_weeks():
    """Period 1 of a Monday in both weeks of the term."""
    (given,) = solve(small_term(), seconds=20).assignments
    assert (given.weekday, given.start, given.end, given.weeks) == ("mon", "08:30", "09:20", {37, 38})


def test_a_given_lesson_without_a_date_keeps_its_own_weeks():
    """In week 40 there is no term any more."""
    term = small_term()
    row = Assignment(lesson="l1", professional="anna", weeks=frozenset({40}))
    assert given(term, Calendar(term), row).weeks == {40}
    never = small_term(lessons=[lesson("l1", weeks="40")])
    assert given(never, Calendar(never), Assignment(lesson="l1", professional="anna")).weeks is None


def test_good_enough_is_no_proof():
    """Within 500 percent of the bound the first timetable will do, on a term that takes long to prove."""
    outcome = solve(hard_region(), seconds=60, enough=5.0)
    assert outcome.status is Status.FOUND
    assert outcome.gap is not None
    assert 0 < outcome.gap <= 5


def test_impossible_only_when_proved():
    """A lesson that must be staffed and that nobody may give has no timetable at all."""
    outcome = solve(small_term(lessons=[lesson("l1", must_fill=True, blocked=["anna"])]), seconds=20)
    assert outcome.status is Status.IMPOSSIBLE
    assert outcome.timetable is None
    assert outcome.value is None


@pytest.mark.parametrize("must_fill", [True, False])
def test_no_time_is_not_a_proof(must_fill):
    """Without time to look, even an impossible term is only given up on."""
    term = small_term(lessons=[lesson("l1", must_fill=must_fill, blocked=["anna"])])
    assert solve(term, seconds=1e-9).status is Status.GAVE_UP


def test_an_unproved_outcome_has_a_bound_at_or_above_its_value():
    """Stopped early, the best so far is kept, with how far at most it is from the best."""
    heard: list[Progress] = []
    stop = Event()

    def listen(now: Progress) -> None:
        heard.append(now)
        if now.value:
            stop.set()

    outcome = solve(hard_region(), seconds=60, progress=listen, stop=stop)
    assert outcome.status in (Status.FOUND, Status.PROVED_BEST)
    assert outcome.value is not None
    assert outcome.bound is not None
    assert outcome.bound >= outcome.value
    assert outcome.timetable is not None
    assert not judge(hard_region(), outcome.timetable).breaches
    assert heard


def test_stopping_before_anything_is_found_gives_up_and_leaves_no_process():
    """A stop at once is a give-up, never "impossible"; the child is gone when solve returns."""
    stop = Event()
    stop.set()
    outcome = solve(hard_region(), seconds=60, stop=stop)
    assert outcome.stopped
    assert outcome.status is Status.GAVE_UP
    assert not active_children()


def test_a_stop_from_another_thread_ends_a_solve():
    """Somebody presses stop while the solver works; the answer comes all the same."""
    stop = Event()
    timer = Timer(0.5, stop.set)
    timer.start()
    outcome = solve(hard_region(40, 300), seconds=300, stop=stop)
    timer.cancel()
    assert outcome.status is not Status.IMPOSSIBLE
    assert outcome.seconds < 250


@pytest.mark.skipif(tree_pss_mb(os.getpid()) is None, reason="this system does not tell how much memory is used")
def test_a_solve_without_enough_memory_keeps_what_it_has_and_leaves_no_process():
    """Nothing where nothing was found; what it started from where there was something. Enough memory changes nothing."""
    small = solve(small_term(), seconds=60, megabytes=1)
    assert (small.status, small.out_of_memory) == (Status.GAVE_UP, True)
    assert not active_children()
    enough = solve(small_term(), seconds=60, megabytes=8000)
    assert (enough.status, enough.out_of_memory) == (Status.PROVED_BEST, False)
    kept = solve(small_term(), seconds=60, megabytes=1, start=Start(enough.timetable))
    assert (kept.status, kept.out_of_memory) == (Status.FOUND, True)
    assert kept.value == enough.value


def test_deterministic_solves_repeat_exactly():
    """Two runs with the same seed and deterministic limits give the same timetable and the same bound."""
    first, second = (solve(hard_region(6, 24), seconds=2, deterministic=True, seed=7) for _ in range(2))
    assert first.assignments == second.assignments
    assert (first.status, first.value, first.bound) == (second.status, second.value, second.bound)


def test_progress_never_goes_back():
    """Values only rise and bounds only fall."""
    heard: list[Progress] = []
    solve(hard_region(8, 36), seconds=5, progress=heard.append)
    values = [now.value for now in heard if now.value is not None]
    bounds = [now.bound for now in heard if now.bound is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    assert values


def test_a_crashed_child_is_a_failure_and_not_an_answer(monkeypatch):
    """A child that dies without a word is reported as a defect."""
    monkeypatch.setattr(worker, "_work", _dies)
    with pytest.raises(SolverDefectError):
        solve(small_term(), seconds=5)


def _dies(*_: object) -> None:
    os._exit(3)


def test_a_failed_child_brings_its_traceback():
    """What went wrong in the child is raised here."""
    with pytest.raises(SolverDefectError, match="boom"):
        run_of(small_term()).take(Failed("boom"))


@pytest.mark.parametrize(
    ("assignments", "claimed"),
    [
        ((Assignment(lesson="l1", professional="anna"),), WORTH + 1),
        ((Assignment(lesson="l1", professional="anna"), Assignment(lesson="l1", professional="bob")), 0),
    ],
    ids=["claims more than the judge finds", "two teachers for one head"],
)
def test_an_answer_the_judge_refuses_raises(assignments, claimed):
    """No answer leaves unjudged: a breach or a value too high is a defect."""
    run = run_of(small_term(professionals=[person("anna"), person("bob")]))
    with pytest.raises(SolverDefectError, match="disagree"):
        run.take(Found(Timetable(assignments=assignments), claimed, 10**6))


def test_a_bound_below_a_judged_value_raises():
    """The judge's value stands; a bound below it is wrong."""
    run = run_of(small_term())
    run.take(Found(Timetable(assignments=(Assignment(lesson="l1", professional="anna"),)), WORTH, WORTH))
    run.take(Bounded(WORTH - 1))
    with pytest.raises(SolverDefectError, match="bound"):
        run.ended()


def test_a_bound_that_is_not_exact_proves_nothing():
    """It counts where it is above the value; at the value or below it only says that little can be won."""
    run = run_of(small_term())
    run.take(Found(Timetable(assignments=(Assignment(lesson="l1", professional="anna"),)), WORTH, WORTH + 100))
    run.take(Bounded(WORTH + 50, exact=False))
    assert run.ended() == (Status.FOUND, WORTH + 50)
    for reckoned in (WORTH, WORTH - 1):
        run.take(Bounded(reckoned, exact=False))
        assert run.ended() == (Status.FOUND, WORTH + 1)
    run.take(Bounded(WORTH))
    assert run.ended() == (Status.PROVED_BEST, WORTH)


def test_impossible_after_a_timetable_raises():
    """A judged timetable disproves impossibility."""
    run = run_of(small_term())
    run.take(Found(Timetable(), 0, WORTH))
    run.take(Done(Status.IMPOSSIBLE, None))
    with pytest.raises(SolverDefectError, match="impossible"):
        run.ended()


def test_a_term_whose_times_make_no_sense_is_not_solved():
    """A term made in code may hold a lesson period that the school does not have; it is refused, with the place."""
    with pytest.raises(TermError) as refused:
        solve(small_term(lessons=[lesson("l1", "99")]), seconds=5)
    (issue,) = refused.value.issues
    assert (issue.code, issue.table, issue.index, issue.field) == ("unknown_period", "lessons", 0, "first_period")


def test_an_open_lesson_says_what_keeps_people_away():
    """One is not licensed, one is blocked: each counts once, under the rule in the way."""
    term = small_term(
        professionals=[person("anna"), person("bob")],
        licences=[{"professional": "bob", "subject": "techniek", "sector": "vo", "level": "1e"}],
        lessons=[lesson("l1", blocked=["bob"])],
    )
    (row,) = solve(term, seconds=20).open
    assert {(reason.rule, reason.people) for reason in row.reasons} == {("licence", 1), ("blocked", 1)}


def test_an_open_lesson_that_somebody_could_give_says_so():
    """Anna may give one of two lessons at the same time; the other stays open although she could."""
    term = small_term(lessons=[lesson("l1"), lesson("l2")])
    (row,) = solve(term, seconds=20, lang="en").open
    assert [(reason.rule, reason.people) for reason in row.reasons] == [("elsewhere", 1)]
    assert "could" in row.reasons[0].sentence


def test_the_trivial_bound_counts_gains_only():
    """Without any cost the one lesson is worth 2000."""
    from solver.child import most_possible

    assert most_possible(Board.of(small_term())) == 2000


def test_a_timetable_that_waits_is_judged_in_the_end():
    """The first one at once, the next ones when judging has rested, and the last of those whatever happens."""
    run = run_of(small_term())
    run.take(Found(Timetable(), 0, WORTH))
    assert run.best == Timetable()
    run.judge_from = time.monotonic() + 1000
    better = Timetable(assignments=(Assignment(lesson="l1", professional="anna"),))
    run.take(Found(better, WORTH, WORTH))
    assert run.best == Timetable()
    heard: list[Progress] = []
    run.progress = heard.append
    run.close()
    assert run.ended() == (Status.PROVED_BEST, WORTH)
    assert run.best == better
    assert [each.value for each in heard] == [WORTH]
    run.take(Found(better, WORTH + 1, WORTH + 1))
    with pytest.raises(SolverDefectError, match="disagree"):
        run.close()
