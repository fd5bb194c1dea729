"""From a judged timetable to an outcome people can read: times of lessons, ledger, open lessons with reasons."""

from __future__ import annotations

from typing import Any

from model.access import Reader
from model.calendar import Calendar, days
from model.fields import Weekday, clock_text
from model.judge import Verdict, lesson_count
from model.reading import Reading
from model.record import law_set, rules_off, waived_breaches
from model.term import Term
from model.timetable import Assignment, GivenLesson, OpenLesson, Outcome, Status, Timetable, gap_of
from model.travel import Travel
from solver.reasons import reasons_for


def outcome_of(
    term: Term,
    *,
    status: Status,
    timetable: Timetable | None,
    verdict: Verdict | None,
    bound: int | None,
    most_lessons: int | None,
    calendar: Calendar,
    travel: Travel,
    reader: Reader,
    lang: str,
    facts: dict[str, Any],
) -> Outcome:
    """The outcome of a solve; without a timetable all lessons are open.

    Args:
        most_lessons: no timetable staffs more lessons; None when that is not known.
    """
    reading = Reading(term, timetable or Timetable(), calendar, travel)
    count, missing = lesson_count(reading)
    if verdict is not None and (most_lessons is not None or not count.open):
        count = count.model_copy(
            update={"at_most": min(count.total, count.total if most_lessons is None else most_lessons)}
        )
    lacking = {lesson: [day for day, short in reading.lacking(lesson).items() if short > 0] for lesson in missing}
    dates = {lesson: sum(1 << day for day in on) for lesson, on in lacking.items()}
    why = reasons_for(term, dates, calendar=calendar, travel=travel, reader=reader, lang=lang)
    return Outcome(
        status=status,
        value=None if verdict is None else verdict.value,
        bound=bound,
        gap=None if verdict is None or bound is None else gap_of(verdict.value, bound),
        lessons=count,
        tiers=() if verdict is None else verdict.tiers,
        rules=() if verdict is None else verdict.rules,
        assignments=tuple(given(term, calendar, row) for row in (timetable or Timetable()).assignments),
        open=tuple(
            OpenLesson(lesson=lesson, missing=short, reasons=why.get(lesson, ())) for lesson, short in missing.items()
        ),
        waived=() if verdict is None else waived_breaches(verdict, lang),
        idle_waivers=() if verdict is None else tuple(row.id for row in verdict.idle_waivers),
        rules_off=rules_off(term),
        law_set=law_set(term),
        **facts,
    )


def given(term: Term, calendar: Calendar, row: Assignment) -> GivenLesson:
    """An assignment with its usual weekday and times, and the weeks in which it is given."""
    spans = calendar.spans(row.lesson, row.option)
    when = term.lesson(row.lesson) if row.option is None else term.lesson_time(row.option)
    chosen = calendar.in_weeks(row.weeks)
    weeks = {calendar.date_of(day).isocalendar().week for _, _, dates in spans for day in days(dates & chosen)}
    usual = max(spans, key=lambda span: span.dates.bit_count(), default=None)
    return GivenLesson(
        lesson=row.lesson,
        professional=row.professional,
        role=row.role,
        option=row.option,
        weeks=frozenset(weeks) or row.weeks,  # a lesson may have no date left
        weekday=Weekday(when.weekday),
        start="" if usual is None else clock_text(usual.start),
        end="" if usual is None else clock_text(usual.end),
    )
