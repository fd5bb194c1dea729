"""What makes working time count in a random term: evenings, weekends, long days, hours before, tight limits.

Drawn after the timetables, whose lessons keep their dates or get others, so that every timetable stays one of the term.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from model.calendar import Calendar
from model.lessons import Lesson, RuleSetting
from model.people import WorkBlock
from model.term import Term

Pick = Callable[[Sequence[Any]], Any]

TIMES = (
    *[("mon", 19 * 60, 21 * 60 + 30), ("mon", 18 * 60, 22 * 60), ("tue", 7 * 60, 8 * 60), ("tue", 20 * 60, 24 * 60)],
    *[("wed", 8 * 60, 14 * 60), ("thu", 19 * 60, 20 * 60), ("fri", 16 * 60, 21 * 60), ("sat", 9 * 60, 12 * 60)],
    *[("sat", 17 * 60, 22 * 60), ("sun", 10 * 60, 11 * 60), ("sun", 13 * 60, 18 * 60)],
)
"""Of lessons: weekday, start, end."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ROSTERS: tuple[tuple[tuple[str, int, int], ...], ...] = (
    tuple((day, 8 * 60, 17 * 60) for day in WEEK),
    tuple((day, 9 * 60, 15 * 60) for day in WEEK[:6]),
    tuple((day, 7 * 60, 20 * 60) for day in WEEK[2:6]),
    (("mon", 22 * 60, 24 * 60), ("tue", 0, 6 * 60), ("tue", 22 * 60, 24 * 60), ("wed", 0, 6 * 60)),
    (("tue", 12 * 60, 24 * 60), ("wed", 6 * 60, 10 * 60), ("sat", 10 * 60, 14 * 60), ("sun", 8 * 60, 20 * 60)),
)
"""Of work: weekday, start, end."""

SETTINGS = (
    *(("daily_rest", "rest_minutes", minutes) for minutes in ("840", "960", "1010")),
    *(("shift_length", "most_minutes", minutes) for minutes in ("60", "110", "300", "600")),
    ("shift_length", "rest_minutes", "60"),
    *(("breaks", "first_after", minutes) for minutes in ("45", "100", "200")),
    *(("breaks", "second_after", minutes) for minutes in ("120", "300")),
    ("breaks", "shortest", "5"),
    *(("hours_per_week", "most_hours", hours) for hours in ("1", "2.5", "9", "16")),
    ("hours_per_week", "preparation", "0.7"),
    *(("hours_four_weeks", "most_hours", hours) for hours in ("0.1", "0.204167", "0.4125", "9", "14.3")),
    ("hours_four_weeks", "preparation", "1"),
    *(("hours_sixteen_weeks", "most_hours", hours) for hours in ("0.1", "0.2", "8", "38", "56")),
    ("hours_sixteen_weeks", "preparation", "0.25"),
    *(("weekly_rest", "rest_minutes", minutes) for minutes in ("2880", "2500")),
    *(("weekly_rest", "two_weeks_minutes", minutes) for minutes in ("2400", "5200")),
    ("weekly_rest", "part_minutes", "700"),
    ("workload", "weight", "3"),
    ("workload", "preparation", "0"),
)
"""Rules set otherwise: rule, parameter and value."""


AGREED = (("daily_rest", "short_rests"), ("sunday", "agreed"))
"""Parameters that allow more."""


def worked(pick: Pick, term: Term) -> Term:
    """The same term with such hours; its lessons and people stay."""
    people = [
        row.replace(
            atw_exempt=pick((*[False] * 9, True)),
            employer_hours_per_week=pick((None, None, 8, 40)),
            hours_before=pick(((), (), (12.5, 60), (50,) * 15)),
            max_hours_per_week=pick((None, None, 0.5, 2, 10, 17.25)),
        )
        for row in term.professionals
    ]
    employers = [row.replace(break_minutes=pick((30, 30, 0, 10, 60))) for row in term.employers]
    chosen = list(dict.fromkeys(pick(SETTINGS) for _ in range(pick((0, 2, 5)))))
    chosen += [(rule, parameter, "true") for rule, parameter in AGREED if pick((False, True))]
    rules = [
        RuleSetting(id=f"hours{number}", rule=rule, parameter=parameter, value=value)
        for number, (rule, parameter, value) in enumerate(chosen)
    ]
    engagements = [row.replace(form="detachering" if n % 2 else "dual") for n, row in enumerate(term.engagements)]
    term = term.replace(professionals=people, employers=employers, engagements=engagements, rules=[*term.rules, *rules])
    return _odd_hours(pick, term) if pick((False, False, True)) else term


def _odd_hours(pick: Pick, term: Term) -> Term:
    """Lessons in the evening and at weekends, and people who work then."""
    work = list(term.work)
    for person in term.professionals:
        roster = pick(((), (), *ROSTERS)) if person.employer else ()
        cycle = pick((1, 1, 2))
        work += [
            WorkBlock(
                id=f"{person.id}:odd:{number}",
                professional=person.id,
                cycle_weeks=cycle,
                weekday=day,
                start=start,
                end=end,
            )
            for number, (day, start, end) in enumerate(roster)
        ]
    for lesson in term.lessons:
        weekday, start, end = pick(TIMES)
        moved = lesson.replace(weekday=weekday, start=start, end=end, first_period=None, last_period=None)
        if pick((True, True, False)):
            term = _moved(term, lesson, moved)
    return term.replace(work=work)


def _moved(term: Term, lesson: Lesson, moved: Lesson) -> Term:
    """The term with a lesson at another time, unless it would never take place then."""
    changed = term.replace(lessons=[moved if row is lesson else row for row in term.lessons])
    if bool(Calendar(changed).spans(lesson.id)) is bool(Calendar(term).spans(lesson.id)):
        return changed
    return term
