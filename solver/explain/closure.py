"""Whether a lesson can be filled while all that is filled stays so: proved either way, in small models.

Require a lesson. All who could give it plan anew, and what they give otherwise may be dropped. If even that is impossible
nobody can fill it, whatever the rest does. If nothing need be dropped it can be filled. Else what was dropped is required
too, those who could give that plan anew as well, and so on. In the end stand lessons that compete for people.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from ortools.sat.python import cp_model

from model.rule import Candidate
from model.timetable import Assignment
from solver.explain.local import Answered, Local, Solved
from solver.explain.whole import Whole


@dataclass(frozen=True, slots=True)
class Closure:
    """What came of it.

    Attributes:
        answered: found: it can be filled with these rows; impossible: not while the rest stays filled; unknown: time was up.
        required: lessons that compete, the one that was asked about first.
        people: who could give any of them.
        at_most: how many of them these people can fill together at most; None where that is not known.
        removed, added: rows that change where it can be filled, judged.
    """

    answered: Answered
    required: tuple[str, ...]
    people: tuple[str, ...]
    at_most: int | None = None
    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()


def closure(whole: Whole, lesson: str, seconds: float, forced: Candidate | None = None) -> Closure:
    """Whether a lesson can be filled while all others that are filled stay so.

    Args:
        forced: what somebody gives in any case, the lesson with it; then that is asked instead.
    """
    until = time.monotonic() + seconds
    required = [lesson] if forced is None else list(forced.lessons)
    while True:
        people = _people(whole, required)
        left = until - time.monotonic()
        if left <= 0:
            return Closure(Answered.UNKNOWN, tuple(required), people)
        solved, model = _round(whole, required, people, left, forced=forced)
        if solved.answered is Answered.IMPOSSIBLE:
            most = _most(whole, required, people, until - time.monotonic()) if forced is None else None
            return Closure(Answered.IMPOSSIBLE, tuple(required), people, most)
        if solved.answered is Answered.UNKNOWN:
            return Closure(Answered.UNKNOWN, tuple(required), people)
        if not solved.dropped:
            removed, added = model.rows(solved.chosen)
            if any(whole.region.judging.broken(removed=removed, added=added)):
                return Closure(Answered.UNKNOWN, tuple(required), people)
            return Closure(Answered.FOUND, tuple(required), people, removed=removed, added=added)
        if not set(solved.dropped) - set(required):
            raise AssertionError("what is required is not dropped")
        required += [each for each in solved.dropped if each not in required]


def _people(whole: Whole, lessons: list[str]) -> tuple[str, ...]:
    """Who could give any of some lessons."""
    return tuple(dict.fromkeys(each.professional for lesson in lessons for each in whole.eligible(lesson)))


def _model(whole: Whole, people: tuple[str, ...]) -> Local:
    """These people plan anew; who shares something with them may give up what they have."""
    planning = {person: whole.board.candidates_of(person) for person in people}
    return Local(whole, planning, whole.near(people), relaxed=True)


def _round(
    whole: Whole,
    required: list[str],
    people: tuple[str, ...],
    seconds: float,
    *,
    let_go: str | None = None,
    forced: Candidate | None = None,
) -> tuple[Solved, Local]:
    model = _model(whole, people)
    if forced is not None:
        model.force(forced)
    for lesson in required:
        if forced is None or lesson not in forced.lessons or not _short_anyway(whole, lesson):
            model.require(lesson)
    affected = dict.fromkeys(
        lesson for index in sorted(model.may_change & whole.held) for lesson in whole.board.candidates[index].lessons
    )
    for lesson in affected:
        if lesson not in required and lesson != let_go:
            model.keep(lesson)
    model.fewest_drops()
    return model.solve(seconds), model


def _most(whole: Whole, required: list[str], people: tuple[str, ...], seconds: float) -> int | None:
    """How many of some lessons people can fill together at most."""
    if seconds <= 0:
        return None
    model = _model(whole, people)
    filled = []
    for lesson in required:
        made = model.cp.new_bool_var("")
        model.require(lesson, if_kept=made)
        filled.append(made)
    model.cp.maximize(sum(filled))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return min(len(required) - 1, int(solver.best_objective_bound + 1e-6))


def without(whole: Whole, closed: Closure, other: str, seconds: float) -> tuple[Local, Solved] | None:
    """Those who compete give all lessons they compete for but one, and keep all else; None where that was not found."""
    if seconds <= 0:
        return None
    solved, model = _round(
        whole, [each for each in closed.required if each != other], closed.people, seconds, let_go=other
    )
    return (model, solved) if solved.answered is Answered.FOUND and not solved.dropped else None


def _short_anyway(whole: Whole, lesson: str) -> bool:
    """Whether a lesson lacks more than one person: somebody more does not fill it."""
    return whole.region.judging.reading.short_of(lesson) > 1
