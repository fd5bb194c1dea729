"""Whether a lesson can be filled while all that is filled stays so: proved either way, in small models.

Require a lesson. All who could give it plan anew, and everybody else may do what would help. If that is impossible, some of
the lessons that these people give are enough to make it so (a core): where there are none, nobody can fill the lesson,
whatever the rest does; else those lessons may not be given up either, those who could give them plan anew as well, and so on.
If it is possible it can be filled. In the end stand lessons that compete for people, few of them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.rule import Candidate
from model.timetable import Assignment
from solver.explain.local import Answered, Local
from solver.explain.whole import Whole


@dataclass(frozen=True, slots=True)
class Closure:
    """What came of it.

    Attributes:
        answered: found: it can be filled with these rows; impossible: not while the rest stays filled; unknown: time was up.
        required: lessons that compete, the one that was asked about first.
        people: who could give any of them.
        removed, added: rows that change where it can be filled, judged.
    """

    answered: Answered
    required: tuple[str, ...]
    people: tuple[str, ...]
    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()

    @property
    def at_most(self) -> int | None:
        """How many of the lessons that compete can be filled together at most; None where that is not known."""
        return len(self.required) - 1 if self.answered is Answered.IMPOSSIBLE else None


def closure(whole: Whole, lesson: str, seconds: float, forced: Candidate | None = None) -> Closure:
    """Whether a lesson can be filled while all others that are filled stay so.

    Args:
        forced: what somebody gives in any case, the lesson with it; then that is asked instead.
    """
    until = time.monotonic() + seconds
    required = [lesson] if forced is None else list(forced.lessons)
    people = people_for(whole, required)
    while True:
        model = _model(whole, people, required, forced)
        left = until - time.monotonic()
        if left <= 0:
            return Closure(Answered.UNKNOWN, tuple(required), people)
        answered, core = model.keeps_all(left, required)
        if answered is Answered.FOUND:
            return _found(whole, model, required, people, until - time.monotonic())
        if answered is Answered.UNKNOWN:
            return Closure(Answered.UNKNOWN, tuple(required), people)
        required += core
        planned, people = people, people_for(whole, required)
        if set(people) <= set(planned):  # whoever could give any of it planned anew
            return Closure(Answered.IMPOSSIBLE, tuple(required), people)


def _found(whole: Whole, model: Local, required: list[str], people: tuple[str, ...], seconds: float) -> Closure:
    """Rows that fill it, with as few changes as the time allows to find."""
    solved = model.fewest_changes(max(seconds, 0.0))
    removed, added = model.rows(solved.chosen)
    if any(whole.region.judging.broken(removed=removed, added=added)):
        return Closure(Answered.UNKNOWN, tuple(required), people)
    return Closure(Answered.FOUND, tuple(required), people, removed=removed, added=added)


def people_for(whole: Whole, lessons: Iterable[str]) -> tuple[str, ...]:
    """Who could give any of some lessons."""
    return tuple(dict.fromkeys(each.professional for lesson in lessons for each in whole.eligible(lesson)))


def _model(whole: Whole, people: tuple[str, ...], required: Sequence[str], forced: Candidate | None = None) -> Local:
    """These people plan anew; who shares something with them may give up what they have. What is open among `required` is filled."""
    planning = {person: whole.board.candidates_of(person) for person in people}
    model = Local(whole, planning, whole.near(people), relaxed=True)
    asked = {required[0]} if forced is None else set(forced.lessons)
    if forced is not None:
        model.force(forced)
        asked = {lesson for lesson in asked if whole.region.judging.reading.short_of(lesson) <= 1}
    for lesson in asked:
        model.require(lesson)
    return model
