"""Demand without times, written out as lessons that may be given at any time that it allows.

Whoever solves, judges or shows a term writes it out first, so that every rule sees ordinary lessons. The blocks of a
demand are called `<demand>#1`, `<demand>#2` …; their times are in `lesson_times`, and they have no time of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from model.calendar import Calendar
from model.fields import HalfDay, Weekday
from model.issues import Issue, Severity, nearest
from model.lessons import Demand, Lesson, LessonTime
from model.term import Term

SCHOOL_DAYS = tuple(Weekday)[:5]
USUAL_PARTS = (HalfDay.MORNING, HalfDay.AFTERNOON)
"""Where a demand names no half-days, mornings and afternoons from Monday to Friday are meant."""


class Position(NamedTuple):
    """A run of lesson periods of a weekday."""

    weekday: Weekday
    first: str
    last: str


def expanded(term: Term) -> Term:
    """The term with lessons instead of demand; the same term where there is none, and with the same input hash."""
    if not term.demands:
        return term
    calendar = Calendar(term)
    lessons: list[Lesson] = []
    times: list[LessonTime] = []
    for demand in term.demands:
        for lesson, length in demand.blocks():
            found = positions(calendar, demand, length)
            if found:
                more = {"weeks": demand.weeks, "lesson_periods": length, "weekday": found[0].weekday}
                lessons.append(Lesson(id=lesson, course=demand.course, **more))
            times += [_time(lesson, each) for each in found]
    values = {name: getattr(term, name) for name in Term.model_fields}
    values |= {"lessons": (*term.lessons, *lessons), "lesson_times": (*term.lesson_times, *times), "demands": ()}
    made = Term.model_construct(**values)
    vars(made)["input_hash"] = term.input_hash  # what is written out follows from what was put in
    return made


def positions(calendar: Calendar, demand: Demand, length: int) -> list[Position]:
    """Where a block of so many lesson periods may lie: wholly within one of the half-days, in order of the week."""
    course = calendar.term.course(demand.course)
    variant = calendar.variant_of(course)
    allowed = set(demand.half_days) or {f"{day}-{part}" for day in SCHOOL_DAYS for part in USUAL_PARTS}
    found: list[Position] = []
    for day in Weekday:
        parts: dict[str, HalfDay] = {}
        for row in calendar.periods(course.school, variant, day, calendar.all):
            parts.setdefault(row.period, calendar.half_day(row.start))
        labels = list(parts)
        for first in range(len(labels) - length + 1):
            run = labels[first : first + length]
            if len({parts[label] for label in run}) == 1 and f"{day}-{parts[run[0]]}" in allowed:
                found.append(Position(day, run[0], run[-1]))
    return found


def _time(lesson: str, at: Position) -> LessonTime:
    last = None if at.last == at.first else at.last
    return LessonTime(lesson=lesson, weekday=at.weekday, first_period=at.first, last_period=last)


# What is wrong with a demand


def demand_errors(term: Term) -> Iterator[Issue]:
    """Blocks whose names lessons have already, and published times that blocks do not have."""
    if not term.demands or term.end < term.start:
        return
    taken = {row.id for row in term.lessons}
    calendar = Calendar(term)
    times: dict[str, list[str]] = {}
    for index, demand in enumerate(term.demands):
        known_course = _is_known(term, demand)
        for block, length in demand.blocks():
            if block in taken:
                yield Issue(code="id_twice", table="demands", index=index, field="id", value=block)
            if known_course:
                times[block] = [_time(block, each).id for each in positions(calendar, demand, length)]
    for index, row in enumerate(term.published):
        known = times.get(row.lesson)
        where = {"table": "published", "index": index, "field": "option"}
        if known and row.option is None:
            yield Issue(code="time_not_chosen", value=row.lesson, details={"times": ", ".join(known[:3])}, **where)
        elif known is not None and row.option is not None and row.option not in known:
            maybe, words = nearest(row.option, known), {"refers_to": "table.lesson_times"}
            yield Issue(code="unknown_reference", value=row.option, maybe=maybe, words=words, **where)


def demand_warnings(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Demand for which the half-days have no room."""
    for index, demand in enumerate(term.demands):
        without = [length for _, length in demand.blocks() if not positions(calendar, demand, length)]
        if without:
            details = {"length": str(max(without)), "school": term.course(demand.course).school}
            yield Issue(
                code="demand_without_time",
                severity=Severity.WARNING,
                table="demands",
                index=index,
                field="half_days",
                value=demand.course,
                details=details,
            )


def _is_known(term: Term, demand: Demand) -> bool:
    """Whether the course of a demand and what it refers to exist; that they do not is told elsewhere."""
    course = next((row for row in term.courses if row.id == demand.course), None)
    if course is None or course.school not in {row.id for row in term.schools}:
        return False
    return set(course.classes) <= {row.id for row in term.class_groups}
