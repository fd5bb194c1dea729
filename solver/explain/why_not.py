"""What it would mean for others if somebody gave a lesson: in lessons that fall open, and in points."""

from __future__ import annotations

from dataclasses import dataclass

from model.rule import Candidate
from model.timetable import Assignment
from solver.explain.closure import Closure, closure
from solver.explain.local import Answered, Local
from solver.explain.whole import Whole

PEOPLE = 14
"""So many people are planned anew, at most."""


@dataclass(frozen=True, slots=True)
class Forced:
    """What comes of forcing it.

    Attributes:
        filling: whether all lessons that are filled stay so.
        gain: what the timetable is worth more with it, the people near it planned anew; less than nothing for a loss. None
            where nothing was found.
        at_most: what it is worth more at most, with the same people planned anew.
        people: how many those are.
        removed, added: rows that change, judged.
    """

    filling: Closure
    gain: int | None
    at_most: int | None
    people: int
    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()


def forced(whole: Whole, candidate: Candidate, seconds: float) -> Forced:
    """What it would mean if this were given, which nothing forbids.

    Args:
        candidate: of the board of the whole.
        seconds: half for lessons, half for points.
    """
    filling = closure(whole, candidate.lessons[0], seconds / 2, candidate)
    people = _near(whole, candidate)
    model = Local(whole, {person: whole.board.candidates_of(person) for person in people}, priced=True)
    model.force(candidate)
    solved = model.solve(seconds / 2)
    if solved.answered is not Answered.FOUND:
        return Forced(filling, None, None, len(people))
    removed, added = model.rows(solved.chosen)
    tried = whole.region.judging.tried(removed=removed, added=added)
    if tried.breaches:
        return Forced(filling, None, None, len(people))
    return Forced(filling, tried.gain, tried.gain + solved.missing, len(people), removed, added)


def _near(whole: Whole, candidate: Candidate) -> tuple[str, ...]:
    """Who is asked, who gives it now, and who could take over what they give: the nearest first, as many as are planned anew."""
    found = dict.fromkeys([candidate.professional])
    found |= dict.fromkeys(each.professional for lesson in candidate.lessons for each in whole.holding[lesson])
    for person in tuple(found):
        for held in whole.held_by[person]:
            for lesson in held.lessons:
                found |= dict.fromkeys(each.professional for each in whole.eligible(lesson))
    return tuple(found)[:PEOPLE]
