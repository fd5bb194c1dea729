"""What would fill a lesson at another time, which its school may agree to: nothing else moves."""

from __future__ import annotations

import time
from collections.abc import Iterator

from model.change import Change, applied
from model.lessons import LessonTime
from model.timetable import Assignment
from solver.explain.could import rows_of
from solver.explain.facts import FactKind, facts
from solver.explain.funnel import candidates_on
from solver.explain.region import Region


def elsewhen(region: Region, lesson: str, until: float) -> Iterator[tuple[Change, tuple[Assignment, ...]]]:
    """Changes that let somebody give a lesson at once, of each time one, with the rows that come; judged.

    All times that are free for its classes are looked at together, each beside the times the lesson has.
    """
    times = times_for(region, lesson)
    if not times or time.monotonic() > until:
        return
    dates = region.open_dates(lesson)
    other = region.with_times(applied(region.term, times.values()))
    wide = other.wide(region.term.lesson(lesson).course)
    for candidate in candidates_on(wide, lesson, region.calendar.all, other):
        new = [option for option in candidate.options if option in times]
        if time.monotonic() > until or not times:
            return
        if len(new) != 1 or candidate.index in wide.forbidden:
            continue
        removed, added = rows_of(other, candidate, dates)
        after = other.judging.reading.changed(removed, added)
        if not removed and after.short_of(lesson) <= 0 and not any(other.judging.broken(added=added)):
            yield times.pop(str(new[0])), added


def times_for(region: Region, lesson: str) -> dict[str, Change]:
    """Other times at which a lesson's classes are free, by the id that the time would have."""
    return {
        LessonTime.model_validate(dict(each.change.edits[0].values or {})).id: each.change
        for each in facts(region, lesson=lesson, kinds=(FactKind.TIME,))
    }
