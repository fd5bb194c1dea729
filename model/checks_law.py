"""Work at the employer that breaks the working-time law by itself: no timetable's doing, and so a warning."""

from __future__ import annotations

from collections.abc import Iterator

from model.calendar import Calendar
from model.hours import DayStops, duration_text
from model.issues import Issue, Severity
from model.law_report import Measure, law_lines
from model.people import Professional
from model.reading import Reading
from model.rulebook import RuleBook
from model.rules.weekly_rest import WeeklyRest
from model.term import Term
from model.timetable import Timetable
from model.travel import Travel

ORDINARY_DAY_MINUTES = 12 * 60
ORDINARY_WEEK_MINUTES = 40 * 60

_CODES = {
    Measure.SIXTEEN_WEEKS: "work_over_sixteen_weeks",
    Measure.WEEK: "work_in_a_week",
    Measure.REST: "work_without_rest",
    Measure.SHIFT: "work_in_a_shift",
}


def law_warnings(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Whose work, without any lesson, is more than the law allows, or has less rest."""
    reading = Reading(term, Timetable(), calendar, Travel(term))
    book = RuleBook(term)
    for index, person in enumerate(term.professionals):
        if person.atw_exempt or _is_ordinary(term, person):
            continue
        for line in law_lines(reading, book, person.id):
            if line.margin < 0:
                yield _warning(_CODES[line.measure], index, person, line.value, line.limit)
        rest = book.of(WeeklyRest, person.id)
        stops = DayStops(reading, person.id)
        if isinstance(rest, WeeklyRest) and stops.in_weekend:
            for _, longest in rest.short_weeks(stops):
                yield _warning("work_without_weekly_rest", index, person, longest, rest.rest_minutes)
                break


def _is_ordinary(term: Term, person: Professional) -> bool:
    """Whether somebody's work cannot be too much: in the daytime, on weekdays, at most 40 hours."""
    blocks = term.work_of(person.id)
    if not blocks:
        return True
    return (
        max(block.end for block in blocks) - min(block.start for block in blocks) <= ORDINARY_DAY_MINUTES
        and all(block.weekday.iso <= 5 for block in blocks)
        and sum(block.end - block.start for block in blocks) <= ORDINARY_WEEK_MINUTES
        and max(person.hours_before, default=0) <= 40
        and (person.employer_hours_per_week or 0) <= 40
    )


def _warning(code: str, index: int, person: Professional, minutes: int, limit: int) -> Issue:
    details = {"hours": duration_text(minutes), "limit": duration_text(limit)}
    return Issue(
        code=code, severity=Severity.WARNING, table="professionals", index=index, field="name", value=person.name,
        details=details,
    )  # fmt: skip
