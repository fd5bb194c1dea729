"""What makes a term senseless: times, dates and rule settings that cannot stand. All errors, all at once.

Ids and references are in `model.references`, what is merely odd in `model.checks_warnings`. Issues say table, index and
field; who read the rows from a file adds the place in that file.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Any, get_args

from model.calendar import MAX_OPTIONS_PER_BLOCK
from model.checks_employers import employer_issues
from model.checks_rights import rights_issues
from model.checks_rules import rule_issues
from model.demands import demand_errors
from model.fields import Record, clock_text
from model.issues import Hints, Issue
from model.lessons import Busy, Continuity, Lesson, LessonTime
from model.sites import DayKind
from model.term import Term, tables
from model.travel import home

_FIRST_AND_LAST = (("start", "end"), ("valid_from", "valid_to"), ("first_date", "last_date"))


def content_issues(term: Term) -> Iterator[Issue]:
    """Everything for which a term can neither be solved nor judged; rows that refer to nothing are passed over.

    Where there is nothing of this, `model.checks_pins` says which pins break a rule by themselves.
    """
    yield from _term_dates(term)
    yield from _first_before_last(term)
    yield from _times_given(term)
    yield from _lesson_periods(term)
    yield from _places(term)
    yield from _variants(term)
    yield from _people(term)
    yield from _courses(term)
    yield from employer_issues(term)
    yield from demand_errors(term)
    yield from rights_issues(term)
    yield from rule_issues(term)


def _term_dates(term: Term) -> Iterator[Issue]:
    if term.end < term.start:
        yield Issue(
            code="end_before_start", table="term", field="end", value=str(term.end), details={"start": str(term.start)}
        )
    elif _weeks_repeat(term):
        yield Issue(code="term_too_long", table="term", field="end", value=str(term.end))


def _weeks_repeat(term: Term) -> bool:
    """Whether a week number occurs in two years."""
    first, last = term.start.isocalendar(), term.end.isocalendar()
    return (last.year, last.week) >= (first.year + 1, first.week)


def _first_before_last(term: Term) -> Iterator[Issue]:
    for table, record in tables():
        pairs = [pair for pair in _FIRST_AND_LAST if set(pair) <= set(record.model_fields)]
        for first, last in pairs:
            clock = _is_clock(record, first)
            for index, row in enumerate(term.rows(table)):
                start, end = getattr(row, first), getattr(row, last)
                if start is not None and end is not None and (end <= start if clock else end < start):
                    shown = [clock_text(each) if clock else str(each) for each in (start, end)]
                    yield Issue(
                        code="end_before_start",
                        table=table,
                        index=index,
                        field=last,
                        value=shown[1],
                        details={"start": shown[0]},
                    )


def _is_clock(record: type[Record], field: str) -> bool:
    annotation: Any = record.model_fields[field].annotation
    return annotation is int or any(int in (each, *get_args(each)) for each in get_args(annotation))


def _timed(term: Term) -> Iterator[tuple[str, int, Lesson | LessonTime | Busy]]:
    for table in ("lessons", "lesson_times", "busy"):
        for index, row in enumerate(term.rows(table)):
            assert isinstance(row, (Lesson, LessonTime, Busy))
            yield table, index, row


def _times_given(term: Term) -> Iterator[Issue]:
    elsewhere = {row.lesson for row in term.lesson_times}
    for table, index, row in _timed(term):
        given = [(field, value) for field, value in (("start", row.start), ("end", row.end)) if value is not None]
        if len(given) == 1:
            field, value = given[0]
            missing = "end" if field == "start" else "start"
            yield Issue(code="half_a_time", table=table, index=index, field=missing, value=clock_text(value))
        elif row.start is None and row.first_period is None:
            if isinstance(row, Lesson) and row.last_period is None and row.id in elsewhere:
                continue  # it has only other times
            code, said = ("no_time", row.id) if row.last_period is None else ("half_a_time", row.last_period)
            yield Issue(code=code, table=table, index=index, field="first_period", value=said)


def _lesson_periods(term: Term) -> Iterator[Issue]:
    """Labels must be in the grid of the school, in some variant on some day, in this order."""
    courses = {row.id: row.school for row in term.courses}
    lessons = {row.id: courses.get(row.course) for row in term.lessons}
    groups = {row.id: row.school for row in term.class_groups}
    starts: dict[str, dict[str, list[int]]] = {row.id: {} for row in term.schools}
    for each in term.time_grids:
        starts.setdefault(each.school, {}).setdefault(each.period, []).append(each.start)
    hints = Hints()
    for table, index, row in _timed(term):
        match row:
            case Lesson():
                school = courses.get(row.course)
            case LessonTime():
                school = lessons.get(row.lesson)
            case Busy():
                school = row.school or groups.get(row.class_group or "")
                if school is None and row.first_period is not None and row.class_group is None:
                    yield Issue(
                        code="period_without_school", table=table, index=index, field="school", value=row.first_period
                    )
        known = starts.get(school or "")
        if school is None or known is None:
            continue
        for field in ("first_period", "last_period"):
            label = getattr(row, field)
            if label is not None and label not in known:
                yield Issue(
                    code="unknown_period",
                    table=table,
                    index=index,
                    field=field,
                    value=label,
                    details={"school": school},
                    maybe=hints.nearest(label, school, known),
                )
        first, last = row.first_period, row.last_period
        if first in known and last in known and min(known[first]) > max(known[last]):
            yield Issue(
                code="periods_reversed",
                table=table,
                index=index,
                field="last_period",
                value=last,
                details={"first": first},
            )


def _places(term: Term) -> Iterator[Issue]:
    """Schools, places of work and homes are all places, so their ids differ; travel times name such ids."""
    known = {row.id for row in term.schools} | {home(row.id) for row in term.professionals}
    for index, site in enumerate(term.employer_sites):
        if site.id in known:
            yield Issue(code="place_twice", table="employer_sites", index=index, field="id", value=site.id)
    homes = {home(row.id) for row in term.professionals}
    for index, school in enumerate(term.schools):
        if school.id in homes:
            yield Issue(code="place_twice", table="schools", index=index, field="id", value=school.id)
    known |= {row.id for row in term.employer_sites}
    hints = Hints()
    for index, row in enumerate(term.travel_times):
        for field, value in (("origin", row.origin), ("destination", row.destination)):
            if value not in known:
                yield Issue(
                    code="unknown_place",
                    table="travel_times",
                    index=index,
                    field=field,
                    value=value,
                    maybe=hints.nearest(value, "places", known),
                )


def _variants(term: Term) -> Iterator[Issue]:
    """A shortened day needs a grid that says how long its lessons are."""
    by_school: dict[str, set[str]] = {row.id: set() for row in term.schools}
    for each in term.time_grids:
        by_school.setdefault(each.school, set()).add(each.variant)
    anywhere = set[str]().union(*by_school.values())
    for index, row in enumerate(term.calendar_days):
        if row.kind is not DayKind.SHORTENED or row.employer is not None:
            continue
        # A school that nobody knows is told elsewhere.
        known = anywhere if row.school is None else by_school.get(row.school, {row.variant or ""})
        where = {"table": "calendar_days", "index": index, "field": "variant"}
        if row.variant is None:
            yield Issue(code="shortened_without_variant", value=str(row.start), **where)
        elif row.variant not in known:
            hint = Hints().nearest(row.variant, "", known)
            yield Issue(code="unknown_variant", value=row.variant, maybe=hint, **where)


def _people(term: Term) -> Iterator[Issue]:
    for index, row in enumerate(term.presence):
        if row.minimum is None and row.at_most_away is None and row.minimum_share is None:
            yield Issue(code="presence_without_number", table="presence", index=index, field="minimum", value=row.id)
    for index, block in enumerate(term.work):
        if block.cycle_week > block.cycle_weeks:
            yield Issue(
                code="cycle_week_too_high",
                table="work",
                index=index,
                field="cycle_week",
                value=str(block.cycle_week),
                details={"weeks": str(block.cycle_weeks)},
            )


def _courses(term: Term) -> Iterator[Issue]:
    times: dict[str, int] = {}
    for other in term.lesson_times:
        times[other.lesson] = times.get(other.lesson, 0) + 1
    choices: dict[str, list[int]] = {}
    for lesson in term.lessons:
        choices.setdefault(lesson.course, []).append(1 + times.get(lesson.id, 0))
    for index, row in enumerate(term.courses):
        where = {"table": "courses", "index": index}
        if row.continuity is Continuity.AT_MOST and row.max_people is None:
            yield Issue(code="at_most_without_number", field="max_people", value=row.id, **where)
        ways = prod(choices.get(row.id, ()))
        if row.continuity is Continuity.SAME and ways > MAX_OPTIONS_PER_BLOCK:
            details = {"ways": str(ways), "most": str(MAX_OPTIONS_PER_BLOCK)}
            yield Issue(code="too_many_times", field="continuity", value=row.id, details=details, **where)
