"""Week sets in words, measured against the weeks in which a school gives lessons."""

from __future__ import annotations

from functools import cache

from model.calendar import Calendar, Dates, days
from model.fields import Weekday
from model.locale import text
from model.term import Term


class WeekWords:
    """Says in which weeks something holds, as briefly as the school's own weeks allow."""

    def __init__(self, term: Term, calendar: Calendar, lang: str) -> None:
        self.term = term
        self.calendar = calendar
        self.lang = lang
        self._given = cache(self._weeks_given)

    def of(self, school: str, weekday: Weekday, dates: Dates) -> str:
        """`wk 36-42, 44`, or `A-weken` or `tijdvak 1` where that says the same; empty for all the school's weeks.

        `dates` lie on one weekday. A run goes on over weeks in which the school gives no lessons on that weekday.
        """
        given = self._given(school, weekday)
        mine = self._weeks(dates)
        if set(given) <= set(mine):
            return ""
        for pattern in sorted(self.term.week_patterns, key=lambda row: row.school is None):
            if pattern.school in (school, None) and set(pattern.weeks) & set(given) == set(mine):
                return self._pattern(pattern.name)
        for period in sorted(self.term.periods, key=lambda row: row.school is None):
            within = self.calendar.between(period.start, period.end) & self._lesson_days(school, weekday)
            if period.name and period.school in (school, None) and self._weeks(within) == mine:
                return period.name
        return text("results.weeks.some", self.lang, weeks=_runs(mine, given))

    def _pattern(self, name: str) -> str:
        says_so = any(each in name.casefold() for each in ("week", "weken"))
        return name if says_so else text("results.weeks.pattern", self.lang, name=name)

    def _weeks(self, dates: Dates) -> tuple[int, ...]:
        """ISO weeks in the order of the term."""
        return tuple(dict.fromkeys(self.calendar.date_of(day).isocalendar().week for day in days(dates)))

    def _weeks_given(self, school: str, weekday: Weekday) -> tuple[int, ...]:
        return self._weeks(self._lesson_days(school, weekday))

    def _lesson_days(self, school: str, weekday: Weekday) -> Dates:
        return self.calendar.lesson_days(school) & self.calendar.on(weekday)


def _runs(weeks: tuple[int, ...], given: tuple[int, ...]) -> str:
    place = {week: index for index, week in enumerate(given)}
    runs: list[list[int]] = []
    for week in weeks:
        if runs and place[week] == place[runs[-1][-1]] + 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
