"""Words about who may teach what that several rules share: stages of a development path, licences, responsible staff.

What is asked of one date is for the judging side, what gives sets of dates for the boards; neither calls the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from model.calendar import Calendar, Dates
from model.day import Stop
from model.lessons import Course
from model.people import DevelopmentStage, Licence, LicenceLevel, Stage
from model.term import Term

UNDER_RESPONSIBILITY = frozenset({LicenceLevel.INSTRUCTOR, LicenceLevel.GUEST})
"""Levels at which somebody teaches only under the responsibility of a qualified teacher."""
TEMPORARY = frozenset(
    {LicenceLevel.IN_TRAINING, LicenceLevel.OTHER_SUBJECT, LicenceLevel.EXEMPT, LicenceLevel.UNDER_QUALIFIED}
)
"""Levels that last a few years at most."""
BESIDE_A_LEAD = frozenset({DevelopmentStage.SHADOW, DevelopmentStage.DUO})
"""Stages in which somebody is never alone with a class."""


# Licences


def about(term: Term, course: Course, licence: Licence) -> bool:
    """Whether a licence is of a course's subject and sector and of its school's board, level and dates aside."""
    school = term.school(course.school)
    same_subject = licence.subject.casefold() == course.subject.casefold()
    return same_subject and licence.sector == (course.sector or school.sector) and licence.board in (None, school.board)


def holds(licence: Licence, when: date) -> bool:
    """Whether a licence is valid on a date."""
    return (licence.valid_from or date.min) <= when <= (licence.valid_to or date.max)


def fullest(levels: Iterable[LicenceLevel]) -> LicenceLevel | None:
    """The level somebody teaches at who has several: the fullest."""
    found = set(levels)
    return next((level for level in LicenceLevel if level in found), None)


def fullest_dates(valid: Iterable[tuple[LicenceLevel, Dates]]) -> dict[LicenceLevel, Dates]:
    """On which dates somebody teaches at which level, of licences with their dates."""
    by_level: dict[LicenceLevel, Dates] = {}
    for level, dates in valid:
        by_level[level] = by_level.get(level, 0) | dates
    left, found = -1, {}
    for level in sorted(by_level, key=list(LicenceLevel).index):
        found[level] = by_level[level] & left
        left &= ~by_level[level]
    return found


def levels_named(text: str) -> frozenset[LicenceLevel]:
    """Levels named in a text. Raises ValueError for a word that is none."""
    return frozenset(LicenceLevel(word) for word in text.replace(",", " ").split())


@cache
def counts_for(text: str) -> dict[LicenceLevel, frozenset[LicenceLevel]]:
    """What each level counts for, itself included, from pairs such as `1e>2e`; what it counts for counts on.

    Raises:
        ValueError: a pair without `>`, or of a word that is no level.
    """
    found = {level: {level} for level in LicenceLevel}
    for pair in text.replace(",", " ").split():
        above, _, below = pair.partition(">")
        found[LicenceLevel(above)].add(LicenceLevel(below))
    for middle in LicenceLevel:
        for reached in found.values():
            if middle in reached:
                reached.update(found[middle])
    return {level: frozenset(reached) for level, reached in found.items()}


# Stages


def path_of(term: Term, professional: str, subject: str, *, named: bool = False) -> list[Stage]:
    """Stages of somebody that are about a subject; where `named`, only those that name it."""
    mine = term.stages_of(professional)
    return [
        row
        for row in mine
        if (row.subject is None and not named) or (row.subject or "").casefold() == subject.casefold()
    ]


def stage_on(
    term: Term, professional: str, subject: str, when: date, *, named: bool = False
) -> DevelopmentStage | None:
    """The stage somebody is in for a subject on a date.

    Of several the one that names the subject, then the one that began last, then the earlier of the two on the path.
    """
    now = [
        row
        for row in path_of(term, professional, subject, named=named)
        if (row.start or date.min) <= when <= (row.end or date.max)
    ]
    return max(now, key=_weight).stage if now else None


def stage_dates(
    calendar: Calendar, professional: str, subject: str, *, named: bool = False
) -> Mapping[DevelopmentStage, Dates]:
    """On which dates of the term somebody is in which stage for a subject; `stage_on` says which goes first."""
    found: dict[DevelopmentStage, Dates] = {}
    for row in sorted(path_of(calendar.term, professional, subject, named=named), key=_weight):
        dates = calendar.between(row.start, row.end)
        found = {stage: others & ~dates for stage, others in found.items()}
        found[row.stage] = found.get(row.stage, 0) | dates
    return found


def _weight(row: Stage) -> tuple[bool, date, int]:
    return (row.subject is not None, row.start or date.min, -list(DevelopmentStage).index(row.stage))


def is_shadow(term: Term, professional: str, course: str, when: date) -> bool:
    """Whether somebody only watches a course's lessons on a date."""
    if not term.stages_of(professional):
        return False
    return stage_on(term, professional, term.course(course).subject, when) is DevelopmentStage.SHADOW


# The school's own staff


def is_qualified(term: Term, course: Course, staff: str) -> bool:
    """Whether a school's own teacher fits a course: of the same board, and for its subject if any are listed."""
    row, school = term.find("staff", staff), term.school(course.school)
    own = term.school(row.school)
    same_board = own.id == school.id or (own.board is not None and own.board == school.board)
    return same_board and (not row.subjects or course.subject.casefold() in {each.casefold() for each in row.subjects})


def is_busy(calendar: Calendar, staff: str, day: int, stop: Stop) -> bool:
    """For the judging side: whether a school's own teacher is busy during something on a day by its number."""
    return any(
        span.start < stop.end and stop.start < span.end and span.dates >> day & 1
        for row in calendar.term.busy_of("staff", staff)
        for span in calendar.busy(row)
    )


def busy_dates(calendar: Calendar, staff: str, stop: Stop) -> Dates:
    """For boards: the dates on which the same is so."""
    dates = 0
    for row in calendar.term.busy_of("staff", staff):
        for start, end, when in calendar.busy(row):
            if start < stop.end and stop.start < end:
                dates |= when
    return dates


def is_leading(calendar: Calendar, staff: str, day: int, stop: Stop) -> bool:
    """For the judging side: whether a school's own teacher leads another lesson, which has no other times, meanwhile."""
    term = calendar.term
    others = [row for row in term.lessons if row.id != stop.key and staff in term.course(row.course).led_by]
    return any(
        span.start < stop.end and stop.start < span.end and span.dates >> day & 1
        for row in others
        if not term.times_of(row.id)
        for span in calendar.spans(row.id)
    )


def leading_dates(calendar: Calendar, staff: str, stop: Stop) -> Dates:
    """For boards: the dates on which the same is so."""
    dates = 0
    for course in calendar.term.courses:
        for lesson in calendar.term.lessons_of(course.id) if staff in course.led_by else ():
            if lesson.id == stop.key or calendar.term.times_of(lesson.id):
                continue
            for start, end, when in calendar.spans(lesson.id):
                dates |= when if start < stop.end and stop.start < end else 0
    return dates


def responsible(term: Term, course: Course) -> tuple[str, ...]:
    """Staff named by a course who may carry responsibility for it."""
    return tuple(each for each in dict.fromkeys(course.supervised_by) if is_qualified(term, course, each))
