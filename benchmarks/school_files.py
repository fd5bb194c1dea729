"""The files of a real school read as a term of one week, and its published answer as a timetable.

A folder holds seven files with `;` between cells (`COLUMNS` lists them): one school site, no travel. Every lesson must
be staffed; each extra teacher of a course that wishes for one takes one point off. Rows of `limits.csv` and
`unavailable.csv` that are not required are wishes outside the comparison and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

from benchmarks.rows import Row, by_id, rows
from model.fields import Weekday
from model.lessons import Busy, Continuity, Course, Lesson, RuleSetting
from model.people import Licence, LicenceLevel, Professional, Unavailability
from model.sites import ClassGroup, GridPeriod, School, Sector
from model.term import Term
from model.timetable import Assignment, Timetable

COLUMNS = {
    "lessons.csv": (
        "lesson", "event", "role", "day", "period", "periods", "workload", "classes", "qualified_teachers",
    ),
    "teachers.csv": ("teacher",),
    "busy.csv": ("teacher", "day", "period", "periods", "workload"),
    "unavailable.csv": ("teacher", "day", "period", "required"),
    "limits.csv": ("teacher", "kind", "minimum", "maximum", "required", "weight", "time_groups"),
    "same_teacher.csv": ("course", "role", "required", "weight", "events"),
    "published.csv": ("lesson", "teacher"),
}  # fmt: skip

DAYS = tuple(Weekday)[:5]
PERIODS = 6
SCHOOL = "school"
ANYONE = "*"
FIRST_BELL, PERIOD_MINUTES = 8 * 60 + 30, 50
MONDAY, FRIDAY = date(1999, 2, 1), date(1999, 2, 5)

TOLERANCE = Fraction(1, 1000)
"""A sum of workloads may exceed its limit by this much: the files round workloads to six decimals."""
ROUNDING = Fraction(1, 100_000)
"""A workload this close to a multiple of the unit is that multiple."""
MAX_UNITS_PER_WORKLOAD = 12
MAX_UNITS_PER_LESSON = 20


def published(folder: Path) -> Timetable:
    """The published answer of the school in a folder.

    Raises:
        UnreadableError: it names a lesson or teacher that is not there, or the same pair twice.
    """
    lessons = _ids(folder, "lessons.csv", "lesson")
    teachers = _ids(folder, "teachers.csv", "teacher")
    found: dict[tuple[str, str], Assignment] = {}
    for row in _rows(folder, "published.csv"):
        lesson, teacher = row.known("lesson", lessons), row.known("teacher", teachers)
        if (lesson, teacher) in found:
            raise row.refuse("lesson", "twice")
        found[lesson, teacher] = Assignment(lesson=lesson, professional=teacher)
    return Timetable(assignments=tuple(found.values()))


def read(folder: Path) -> Term:
    """The school in a folder as a term of one week.

    Raises:
        UnreadableError: a file has other columns, or a row that cannot be meant.
        OSError: a file is missing.
    """
    teachers = _ids(folder, "teachers.csv", "teacher")
    lessons = _ids(folder, "lessons.csv", "lesson")
    courses, licences, course_of = _courses(folder, lessons, teachers)
    units = _units_per_workload(lessons)
    room = _free_workload(folder, teachers)
    groups = dict.fromkeys(group for row in lessons.values() for group in row.words("classes"))
    return Term(
        id="real-school",
        start=MONDAY,
        end=FRIDAY,
        schools=(School(id=SCHOOL, name=SCHOOL, sector=Sector.VO),),
        time_grids=tuple(
            GridPeriod(school=SCHOOL, period=str(period), start=_bell(period), end=_bell(period + 1))
            for period in range(1, PERIODS + 1)
        ),
        class_groups=tuple(ClassGroup(id=group, school=SCHOOL, name=group) for group in groups),
        professionals=tuple(
            Professional(
                id=teacher,
                name=teacher,
                open_for_matching=True,
                max_lessons_per_week=max(0, floor((room[teacher] + TOLERANCE) * units)) if teacher in room else None,
            )
            for teacher in teachers
        ),
        unavailability=tuple(_unavailable(folder, teachers)),
        licences=licences,
        courses=courses,
        lessons=tuple(_lesson(row, course_of[row.word("event"), row.word("role")], units) for row in lessons.values()),
        busy=tuple(_busy(folder, teachers)),
        rules=_rule_settings(len(lessons)),
    )


def _rows(folder: Path, name: str) -> Iterator[Row]:
    return rows(folder / name, COLUMNS[name])


def _ids(folder: Path, name: str, column: str) -> dict[str, Row]:
    return by_id(folder / name, COLUMNS[name], column)


def _when(row: Row) -> tuple[Weekday, int, int]:
    """Weekday, first and last period; a row without `periods` takes one."""
    first = row.count("period", PERIODS)
    periods = row.count("periods", PERIODS + 1 - first) if "periods" in row.cells else 1
    return DAYS[row.count("day", len(DAYS)) - 1], first, first + periods - 1


def _bell(period: int) -> int:
    return FIRST_BELL + (period - 1) * PERIOD_MINUTES


def _courses(
    folder: Path, lessons: dict[str, Row], teachers: dict[str, Row]
) -> tuple[tuple[Course, ...], tuple[Licence, ...], dict[tuple[str, str], str]]:
    """Courses, who is licensed for each, and the course of an event's role: one of its own, unless it shares a wish.

    The subject of a course is its id, since each event names its own teachers.
    """
    events = {(row.word("event"), row.word("role")): row for row in lessons.values()}
    course_of: dict[tuple[str, str], str] = {}
    continuity: dict[str, Continuity] = {}
    for row in _rows(folder, "same_teacher.csv"):
        course = f"{row.word('course')}/{row.word('role')}"
        if course in continuity:
            raise row.refuse("course", "twice")
        continuity[course] = Continuity.SAME if row.yes("required") else Continuity.WISHED
        for event in row.words("events"):
            key = (event, row.word("role"))
            if key not in events:
                raise row.refuse("events", "unknown")
            if course_of.setdefault(key, course) != course:
                raise row.refuse("events", "twice")
    for event, role in events:
        course = course_of.setdefault((event, role), f"event:{event}/{role}")
        continuity.setdefault(course, Continuity.FREE)
    classes: dict[str, dict[str, None]] = {course: {} for course in continuity}
    qualified: dict[str, frozenset[str]] = {}
    for row in lessons.values():
        course = course_of[row.word("event"), row.word("role")]
        classes[course] |= dict.fromkeys(row.words("classes"))
        if qualified.setdefault(course, _qualified(row, teachers)) != _qualified(row, teachers):
            raise row.refuse("qualified_teachers", "differs")
    return (
        tuple(
            Course(
                id=course,
                name=course,
                school=SCHOOL,
                subject=course,
                classes=tuple(classes[course]),
                continuity=continuity[course],
            )
            for course in continuity
        ),
        tuple(
            Licence(professional=teacher, subject=course, sector=Sector.VO, level=LicenceLevel.SECOND)
            for course, names in qualified.items()
            for teacher in sorted(names)
        ),
        course_of,
    )


def _qualified(row: Row, teachers: dict[str, Row]) -> frozenset[str]:
    if row.word("qualified_teachers") == ANYONE:
        return frozenset(teachers)
    if not teachers.keys() >= (named := frozenset(row.words("qualified_teachers"))):
        raise row.refuse("qualified_teachers", "unknown")
    return named


def _lesson(row: Row, course: str, units: int) -> Lesson:
    weekday, first, last = _when(row)
    return Lesson(
        id=row.word("lesson"),
        course=course,
        weekday=weekday,
        first_period=str(first),
        last_period=str(last),
        lesson_periods=round(row.amount("workload") * units),
        must_fill=True,
    )


def _units_per_workload(lessons: dict[str, Row]) -> int:
    """Into how many load units one unit of workload is cut, so that every lesson takes a whole number of them.

    Loads of a term are whole lesson periods. What a teacher has left is then rounded down to units, which loses
    nothing, since lessons are added in whole units.
    """
    possible = set(range(1, MAX_UNITS_PER_WORKLOAD + 1))
    for row in lessons.values():
        load = row.amount("workload")
        possible = {
            units
            for units in possible
            if abs(load * units - round(load * units)) <= ROUNDING and 1 <= round(load * units) <= MAX_UNITS_PER_LESSON
        }
        if not possible:
            raise row.refuse("workload", "workload")
    return min(possible, default=1)


def _free_workload(folder: Path, teachers: dict[str, Row]) -> dict[str, Fraction]:
    """Workload each limited teacher has left beside the lessons fixed already; below 0 for who has too much."""
    most: dict[str, Fraction] = {}
    for row in _rows(folder, "limits.csv"):
        if not row.yes("required"):
            continue
        if row.word("kind") != "LimitWorkloadConstraint":
            raise row.refuse("kind", "unsupported")
        if row.amount("minimum"):
            raise row.refuse("minimum", "unsupported")
        if row.cells["time_groups"]:
            raise row.refuse("time_groups", "unsupported")
        teacher = row.known("teacher", teachers)
        most[teacher] = min(row.amount("maximum"), most.get(teacher, row.amount("maximum")))
    for row in _rows(folder, "busy.csv"):
        if row.word("teacher") in most:
            most[row.word("teacher")] -= row.amount("workload")
    return most


def _busy(folder: Path, teachers: dict[str, Row]) -> Iterator[Busy]:
    for row in _rows(folder, "busy.csv"):
        weekday, first, last = _when(row)
        yield Busy(
            id=f"busy:{row.line}",
            school=SCHOOL,
            professional=row.known("teacher", teachers),
            weekday=weekday,
            first_period=str(first),
            last_period=str(last),
        )


def _unavailable(folder: Path, teachers: dict[str, Row]) -> Iterator[Unavailability]:
    for row in _rows(folder, "unavailable.csv"):
        weekday, first, last = _when(row)
        teacher = row.known("teacher", teachers)
        if row.yes("required"):
            yield Unavailability(
                id=f"unavailable:{row.line}",
                professional=teacher,
                weekday=weekday,
                start=_bell(first),
                end=_bell(last + 1),
            )


def _rule_settings(lessons: int) -> tuple[RuleSetting, ...]:
    """Nobody travels and nothing else is wished; one more lesson outweighs every possible split."""
    off = tuple(RuleSetting(rule=rule, enabled=False) for rule in ("travel", "travel_limit", "gaps"))
    return (
        *off,
        RuleSetting(rule="filled", parameter="normal", value=str(lessons)),
        RuleSetting(rule="continuity_wish", parameter="weight", value="1"),
    )


def worth_of_all(term: Term) -> int:
    """Value of a timetable that staffs every lesson and splits no course; each split takes one point off."""
    return sum(len(term.lessons) * (lesson.lesson_periods or 1) for lesson in term.lessons)
