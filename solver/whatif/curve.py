"""The stability curve: how many lessons stay open if 0, 1, 2 … published lessons may change teacher, each point proved or bounded.

Each point is the term with the rule `most_changes` set to its number, and promises that cost next to nothing: else the curve
would say what changes are taken to be worth, not what they bring. What one point proves holds for its neighbours: with fewer
changes no timetable staffs more, with more none need staff fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.calendar import Calendar
from model.change import with_values
from model.demands import expanded
from model.lessons import PublishedLesson
from model.promised import given_by, promised_to
from model.reading import Reading
from model.scenarios.scenario import Scenario, apply
from model.scenarios.school import SetRule
from model.term import Term
from model.timetable import Assignment, Timetable
from model.travel import Travel
from solver.messages import Start
from solver.whatif.variants import How, Interval, Variant, solve_all

BOUND_TURNS = 2
"""So many times the time of a point goes to what holds of all of them."""


@dataclass(frozen=True, slots=True)
class Point:
    """At most so many published lessons change teacher.

    Attributes:
        open: between what no timetable goes below and what was found; the first None while nothing is known.
        changed: how many do change in the timetable that was found.
        moved: people who no longer give something they were promised.
    """

    most: int
    variant: Variant
    open: Interval
    changed: int
    moved: tuple[str, ...]


def publish(term: Term, timetable: Timetable) -> Term:
    """The term with a timetable as the published one."""
    rows = tuple(
        PublishedLesson(lesson=row.lesson, professional=row.professional, option=row.option, weeks=row.weeks)
        for row in timetable.assignments
    )
    return with_values(expanded(term), {"published": rows})


def stability_curve(term: Term, most: int, how: How, start: Start | None = None) -> list[Point]:
    """The points for 0 to `most` changes.

    Args:
        term: with a published timetable.
        start: what is known of it; the published timetable as far as it can still be given, if nothing else.
    """
    cheap = [
        SetRule(rule=rule, parameter="weight", value="1")
        for rule in ("stability", "moved_people")
        if not _is_set(term, rule)
    ]
    freely = _with(term, "free", *cheap)
    # However many changes: no fewer stay open with a number of them, which is all that most points need for a bound.
    (any_number,) = solve_all(freely, (), replace(how, base_seconds=BOUND_TURNS * how.seconds, enough=0.0), start)
    bases = _with(freely, "0", _at_most(0))
    more = [apply(Scenario(id=str(each), changes=(_at_most(each),)), bases) for each in range(1, most + 1)]
    variants = solve_all(bases, more, how, Start(_as_published(term), any_number.start.memory))
    return _points(variants, any_number)


def _with(term: Term, name: str, *changes: SetRule) -> Term:
    """The term with rules set."""
    found = apply(Scenario(id=name, changes=changes), term)
    assert found.term is not None, found.issues
    return found.term


def _at_most(changes: int) -> SetRule:
    return SetRule(rule="most_changes", parameter="most", value=str(changes))


def _is_set(term: Term, rule: str) -> bool:
    return any((row.rule, row.parameter, row.value) == (rule, "weight", "1") for row in term.rules)


def _as_published(term: Term) -> Timetable:
    rows = {
        (row.lesson, row.professional): Assignment(
            lesson=row.lesson, professional=row.professional, option=row.option, weeks=row.weeks
        )
        for row in term.published
    }
    return Timetable(assignments=tuple(rows.values()))


def _points(variants: Sequence[Variant], any_number: Variant) -> list[Point]:
    lows = [each.lessons.low for each in variants]
    highs = [*(each.lessons.high for each in variants), any_number.lessons.high]
    found = []
    for place, variant in enumerate(variants):
        total = variant.outcome.lessons.total
        # A timetable with fewer changes is allowed here too; more than with more changes cannot be filled.
        filled = max((each for each in lows[: place + 1] if each is not None), default=None)
        most = min((each for each in highs[place:] if each is not None), default=None)
        counted = Interval(None if most is None else total - most, None if filled is None else total - filled)
        changed, moved = _moved(variant)
        found.append(Point(place, variant, counted, changed, moved))
    return found


def _moved(variant: Variant) -> tuple[int, tuple[str, ...]]:
    """How many published lessons change teacher, and who no longer gives what they were promised."""
    if variant.timetable is None:
        return 0, ()
    term = expanded(variant.term)
    calendar = Calendar(term)
    reading = Reading(term, variant.timetable, calendar, Travel(term))
    lost = {
        person.id: len({each.lesson for each in promised_to(reading, person.id) - given_by(reading, person.id)})
        for person in term.professionals
    }
    return sum(lost.values()), tuple(person for person, count in lost.items() if count)
