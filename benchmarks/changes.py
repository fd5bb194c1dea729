"""One changed fact, as happens in the middle of a term: somebody falls ill, a release ends, a lesson moves, somebody does less."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from model.fields import Weekday
from model.term import Term


def _ill(term: Term, random: Random) -> Term:
    """Nobody's lessons are given by one of the professionals any more."""
    who = random.choice(term.professionals).id
    return term.replace(lessons=[row.model_copy(update={"blocked": (*row.blocked, who)}) for row in term.lessons])


def _release_ends(term: Term, random: Random) -> Term:
    """An employer needs somebody on a day that was given away."""
    gone = random.choice(term.releases)
    return term.replace(releases=[row for row in term.releases if row is not gone])


def _lesson_moves(term: Term, random: Random) -> Term:
    """A school gives a lesson on another weekday."""
    moved = random.choice(term.lessons)
    taken = {row.weekday for row in term.lessons_of(moved.course)}
    weekday = random.choice([day for day in list(Weekday)[:5] if day not in taken])
    return term.replace(
        lessons=[row.model_copy(update={"weekday": weekday}) if row is moved else row for row in term.lessons]
    )


def _does_less(term: Term, random: Random) -> Term:
    """Somebody gives one lesson period a week less."""
    who = random.choice([row for row in term.professionals if (row.max_lessons_per_week or 0) > 1])
    less = who.model_copy(update={"max_lessons_per_week": (who.max_lessons_per_week or 0) - 1})
    return term.replace(professionals=[less if row is who else row for row in term.professionals])


CHANGES: tuple[Callable[[Term, Random], Term], ...] = (_ill, _release_ends, _lesson_moves, _does_less)


def changed(term: Term, number: int) -> Term:
    """A term after its change of this number: kinds by turns, each time another person, release or lesson."""
    return CHANGES[number % len(CHANGES)](term, Random(number))  # noqa: S311  a choice, no secret
