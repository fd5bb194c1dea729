"""Who may teach what in a random term, and how people like to do it: temporary rights, stages, mentors, shared rides.

Drawn after the timetables, whose lessons stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from model.calendar import Calendar
from model.lessons import Busy, Course, RuleSetting
from model.people import Carpool, Engagement, Licence, Professional, Stage
from model.sites import StaffMember
from model.term import Term

Pick = Callable[[Sequence[Any]], Any]

LEVELS = (
    "onderbevoegd",
    "andersbevoegd",
    "zij-instroom",
    "vrijgesteld",
    "gast",
    "gast",
    "gast",
    "instructeur",
    "onderbevoegd",
)
STAGES = ("meelopen", "duo", "onder_verantwoordelijkheid", "bevoegd", "duo", "onder_verantwoordelijkheid")
SETTINGS = (
    ("licence", "ladder", "1e>2e zij-instroom>1e"),
    ("licence", "ladder", "2e>1e pdg>2e onderbevoegd>2e"),
    ("licence", "only_in_mbo", "pdg"),
    *(("licence_years", "under_qualified", years) for years in ("0", "2")),
    ("licence_years", "in_training_more", "1"),
    *(("underqualified_share", "percent", percent) for percent in ("0", "20", "40", "60")),
    ("underqualified_share", "levels", "onderbevoegd andersbevoegd gast"),
    ("underqualified_share", "other_lessons", "3"),
    *(("mentor_first", "weeks", weeks) for weeks in ("1", "1", "2", "3")),
    ("starter_load", "default", "2"),
    ("starter_load", "percent", "50"),
    *(("blocked_wishes", "blocks", "true") for _ in range(5)),
    *(("contract_minimum", "weight", weight) for weight in ("7", "35")),
    *(("carpool", "weight", weight) for weight in ("5", "11", "40")),
    ("max_sites_per_day", "default", "1"),
)
"""Rules set otherwise: rule, parameter and value."""


def entitled(pick: Pick, term: Term) -> Term:
    """The same term with such rights and habits, or half of the time without; its lessons and people stay."""
    if pick((True, False)):
        return term
    days = [term.start + timedelta(days=day) for day in range((term.end - term.start).days)]
    dates = [day for day in days if day.weekday() < 2]
    people = [row.id for row in term.professionals]
    chosen = list(dict.fromkeys(pick(SETTINGS) for _ in range(pick((0, 1, 2, 4)))))
    hours, weeks = pick((0, 1, 1, 1, 6)), pick((1, 2, 3, 38))
    chosen += [("guest_hours", "hours_per_week", str(hours)), ("guest_hours", "weeks", str(weeks))]
    settings = [
        RuleSetting(id=f"right{number}", rule=rule, parameter=parameter, value=value)
        for number, (rule, parameter, value) in enumerate(chosen)
    ]
    return term.replace(
        staff=_staff(pick),
        busy=[*term.busy, *(_busy(pick, number) for number in range(pick((0, 1, 3))))],
        licences=[_licence(pick, row, dates) for row in term.licences],
        stages=[_stage(pick, number, people, dates) for number in range(pick((0, 0, 1, 2, 3)))],
        courses=[_course(pick, row) for row in term.courses],
        engagements=[
            *(
                row.replace(min_lessons=pick((0, 1, 2, 4)), guest_minutes_used=pick((0, 30)))
                for row in term.engagements
            ),
            *(_guest_before(pick, term, hours * weeks, person, board.id) for person in people for board in term.boards),
        ],
        professionals=[_person(pick, row, dates) for row in term.professionals],
        wishes=[row.replace(value=pick((row.value, row.value, -3)), reason=pick(("", "care"))) for row in term.wishes],
        carpools=[_carpool(pick, number, people) for number in range(pick((0, 0, 1, 1, 2)))],
        rules=[*term.rules, *settings],
    )


def _staff(pick: Pick) -> list[StaffMember]:
    return [
        StaffMember(id=each, school=school, mentor=pick((True, False)), subjects=pick(((), ("X",), ("x", "y"), ("y",))))
        for each, school in (("mentor", "north"), ("lead", "north"), ("other", "south"))
    ]


def _busy(pick: Pick, number: int) -> Busy:
    start = pick((8 * 60, 9 * 60, 10 * 60 + 30))
    when = {"weekday": pick(("mon", "mon", "tue")), "start": start, "end": start + pick((30, 90, 300))}
    return Busy(id=f"lesson of staff {number}", staff=pick(("mentor", "mentor", "lead", "other")), **when)


def _licence(pick: Pick, row: Licence, dates: list[date]) -> Licence:
    """The same, or at a level that lasts some years, which may be over in the middle of the term."""
    if pick((True, True, False)):
        return row
    since = pick(dates).replace(year=pick((2022, 2024, 2025, 2026)))
    level = pick((row.level, *LEVELS))
    changed = row.replace(level=level, extended=pick((False, True)), valid_from=pick((row.valid_from, since, since)))
    late = changed.valid_from is not None and changed.valid_to is not None and changed.valid_from > changed.valid_to
    return row if late else changed


def _guest_before(pick: Pick, term: Term, hours: int, person: str, board: str) -> Engagement:
    """Minutes given before, in an agreement that is long over and allows nothing now: none, or one lesson too many."""
    over, calendar, lesson = date(2020, 8, 1), Calendar(term), pick(term.lessons).id
    minutes = sum(
        (span.end - span.start) * span.dates.bit_count()
        for span in calendar.spans(lesson, pick(calendar.options(lesson)))
    )
    used = {"guest_minutes_used": max(0, pick((0, 60 * hours, 60 * hours)) - minutes + 1), "start": over, "end": over}
    return Engagement(id=f"{person} at {board} before", professional=person, board=board, **used)


def _stage(pick: Pick, number: int, people: list[str], dates: list[date]) -> Stage:
    start, end = pick((None, None, *dates[:3], dates[-1])), pick((None, None, *dates[-2:]))
    if start is not None and end is not None and start > end:
        start, end = end, start
    whom = {"professional": pick(people), "subject": pick((None, "x", "X", "x", "y"))}
    return Stage(id=f"stage{number}", stage=pick(STAGES), start=start, end=end, **whom)


def _course(pick: Pick, row: Course) -> Course:
    supervised_by = pick((row.supervised_by, ("mentor",), ("lead", "mentor"), ("other",), ("lead", "lead")))
    led_by = pick(((), (), (), ("lead",)))
    return row.replace(supervised_by=supervised_by, led_by=led_by, copresent=pick((True, False)))


def _person(pick: Pick, row: Professional, dates: list[date]) -> Professional:
    since = pick(dates)
    first = pick((None, None, since, since - timedelta(days=365), since.replace(year=2020)))
    return row.replace(first_teaching_date=first, max_sites_per_day=pick((None, None, None, 1, 2)))


def _carpool(pick: Pick, number: int, people: list[str]) -> Carpool:
    return Carpool(id=f"ride{number}", people=(pick(people), pick(people)), required=pick((True, False, False)))
