"""One changed fact, as happens in the middle of a term: somebody falls ill, a release ends, a lesson moves, somebody does less.

It concerns somebody who teaches, or a lesson that is given, in a timetable made by hand: a change that touches no
timetable is solved by leaving all as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from benchmarks.greedy import greedy
from benchmarks.neutral import instance_of
from model.fields import Weekday
from model.term import Term


class Taught(NamedTuple):
    """Lessons that are given, and who gives them, in order of the term."""

    pairs: tuple[tuple[str, str], ...]
    """Lesson and professional."""

    @classmethod
    def by_hand(cls, term: Term) -> Taught:
        """In a timetable made by hand."""
        instance = instance_of(term)
        timetable = instance.timetable(greedy(instance))
        return cls(tuple(sorted((row.lesson, row.professional) for row in timetable.assignments)))

    def days(self, term: Term) -> set[tuple[str, Weekday]]:
        """Who teaches on which weekday, in lessons that have one."""
        return {(who, day) for lesson, who in self.pairs if (day := term.lesson(lesson).weekday) is not None}


def _ill(term: Term, taught: Taught, random: Random) -> Term:
    """Nobody's lessons are given by one of the professionals any more."""
    _, who = random.choice(taught.pairs)
    return term.replace(lessons=[row.model_copy(update={"blocked": (*row.blocked, who)}) for row in term.lessons])


def _release_ends(term: Term, taught: Taught, random: Random) -> Term:
    """An employer needs somebody on a day that was given away."""
    days = taught.days(term)
    gone = random.choice([row for row in term.releases if (row.professional, row.weekday) in days])
    return term.replace(releases=[row for row in term.releases if row is not gone])


def _lesson_moves(term: Term, taught: Taught, random: Random) -> Term:
    """A school gives a lesson on another weekday."""
    moved = term.lesson(random.choice(taught.pairs)[0])
    used = {row.weekday for row in term.lessons_of(moved.course)}
    weekday = random.choice([day for day in list(Weekday)[:5] if day not in used])
    return term.replace(
        lessons=[row.model_copy(update={"weekday": weekday}) if row is moved else row for row in term.lessons]
    )


def _does_less(term: Term, taught: Taught, random: Random) -> Term:
    """Somebody gives one lesson period a week less."""
    teaching = {who for _, who in taught.pairs}
    who = random.choice(
        [row for row in term.professionals if row.id in teaching and (row.max_lessons_per_week or 0) > 1]
    )
    less = who.model_copy(update={"max_lessons_per_week": (who.max_lessons_per_week or 0) - 1})
    return term.replace(professionals=[less if row is who else row for row in term.professionals])


CHANGES: tuple[Callable[[Term, Taught, Random], Term], ...] = (_ill, _release_ends, _lesson_moves, _does_less)


def changed(term: Term, number: int) -> Term:
    """A term after its change of this number: kinds by turns, each time another person, release or lesson."""
    return CHANGES[number % len(CHANGES)](term, Taught.by_hand(term), Random(number))  # noqa: S311  a choice, no secret
