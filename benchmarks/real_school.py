"""A real school whose lesson times are fixed: who gives which lesson, compared with its published answer.

The folder holds seven files with `;` between cells (`COLUMNS` lists them). They become one term: one school site, one
week, no travel. Every lesson must be staffed; then the value counts one point per extra teacher of a course that
wishes for one. Rows of `limits.csv` and `unavailable.csv` that are not required are outside this comparison.

Unreadable     raised for a file or row that cannot be meant; says where
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from model.calendar import Calendar
from model.fields import Weekday
from model.judge import judge, lesson_count
from model.lessons import Busy, Continuity, Course, Lesson, RuleSetting
from model.locale import text
from model.people import Licence, LicenceLevel, Professional, Unavailability
from model.reading import Reading
from model.sites import ClassGroup, GridPeriod, School, Sector
from model.term import Term
from model.timetable import Assignment, Breach, Outcome, Status, Timetable
from model.travel import Travel
from solver.solve import solve

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


class Unreadable(ValueError):
    """A file of the folder cannot be read: where, and why as a message of the catalogue."""

    def __init__(self, file: str, line: int, column: str, value: str, why: str) -> None:
        self.params = {"file": file, "line": str(line), "column": column, "value": value}
        self.why = why
        super().__init__(self.sentence("en"))

    def sentence(self, lang: str) -> str:
        """Where, and what is wrong."""
        return text(f"bench.unreadable.{self.why}", lang, **self.params)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file; its cells are read by kind, and refused with their place."""

    file: str
    line: int
    cells: dict[str, str]

    def refuse(self, column: str, why: str) -> Unreadable:
        return Unreadable(self.file, self.line, column, self.cells[column], why)

    def word(self, column: str) -> str:
        if not self.cells[column]:
            raise self.refuse(column, "empty")
        return self.cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.word(column).split())

    def count(self, column: str, most: int) -> int:
        """A whole number from 1 to `most`."""
        cell = self.cells[column]
        if not (cell.isascii() and cell.isdigit() and 1 <= int(cell) <= most):
            raise self.refuse(column, "number")
        return int(cell)

    def amount(self, column: str) -> Fraction:
        """A decimal number, at least 0."""
        try:
            amount = Fraction(self.cells[column])
        except (ValueError, ZeroDivisionError):
            raise self.refuse(column, "number") from None
        if amount < 0:
            raise self.refuse(column, "number")
        return amount

    def yes(self, column: str) -> bool:
        if self.cells[column] not in ("true", "false"):
            raise self.refuse(column, "flag")
        return self.cells[column] == "true"

    def known(self, column: str, ids: set[str]) -> str:
        """A word that is one of these."""
        if self.word(column) not in ids:
            raise self.refuse(column, "unknown")
        return self.cells[column]

    def when(self) -> tuple[Weekday, int, int]:
        """Weekday, first and last period; a row without `periods` takes one."""
        first = self.count("period", PERIODS)
        periods = self.count("periods", PERIODS + 1 - first) if "periods" in self.cells else 1
        return DAYS[self.count("day", len(DAYS)) - 1], first, first + periods - 1


class Answer(BaseModel):
    """What one timetable achieves; a course with k teachers is split k - 1 times."""

    model_config = ConfigDict(frozen=True)

    staffed: int
    splits: int
    breaches: tuple[Breach, ...]


class Report(BaseModel):
    """Our timetable beside the published one."""

    model_config = ConfigDict(frozen=True)

    lessons: int
    courses: int
    """Courses that wish for one teacher."""
    status: Status
    seconds: float
    proved_splits: int | None
    """No timetable that staffs every lesson has fewer splits than this; None when nothing is proved."""
    ours: Answer | None
    published: Answer

    @property
    def passed(self) -> bool:
        """Whether every lesson is staffed without a breach and the number of splits is proved least."""
        ours = self.ours
        return ours is not None and (ours.staffed, ours.breaches, ours.splits) == (self.lessons, (), self.proved_splits)

    def lines(self, lang: str) -> Iterator[str]:
        """The report in words."""
        yield text("bench.school.size", lang, lessons=self.lessons, courses=self.courses)
        yield text("bench.school.status", lang, status=self.status, seconds=round(self.seconds, 2))
        if self.proved_splits is not None:
            yield text("bench.school.proved", lang, splits=self.proved_splits)
        for name, answer in (("ours", self.ours), ("published", self.published)):
            if answer is None:
                continue
            yield text(
                f"bench.school.{name}",
                lang,
                staffed=answer.staffed,
                splits=answer.splits,
                breaches=len(answer.breaches),
            )
            yield from (f"  {breach.sentence(lang)}" for breach in answer.breaches)


def run(folder: Path, seconds: float) -> Report:
    """Solve the school in a folder within so many seconds and compare with its published answer.

    Raises:
        Unreadable: a file has other columns, or a row that cannot be meant.
        OSError: a file is missing.
    """
    return report(folder, solve(read(folder), seconds=seconds))


def report(folder: Path, outcome: Outcome) -> Report:
    """Our outcome for the school in a folder beside its published answer, both judged by the rules."""
    term = read(folder)
    proved = None if outcome.bound is None else max(0, _worth_of_all(term) - outcome.bound)
    return Report(
        lessons=len(term.lessons),
        courses=sum(course.continuity is Continuity.WISHED for course in term.courses),
        status=outcome.status,
        seconds=outcome.seconds,
        proved_splits=proved,
        ours=None if outcome.timetable is None else _answer(term, outcome.timetable),
        published=_answer(term, published(folder)),
    )


def _worth_of_all(term: Term) -> int:
    """Value of a timetable that staffs every lesson and splits no course; each split takes one point off."""
    return sum(len(term.lessons) * (lesson.lesson_periods or 1) for lesson in term.lessons)


def _answer(term: Term, timetable: Timetable) -> Answer:
    reading = Reading(term, timetable, Calendar(term), Travel(term))
    staffed, _ = lesson_count(reading)
    splits = 0
    for course in term.courses:
        if course.continuity is Continuity.WISHED:
            lessons = {lesson.id for lesson in term.lessons_of(course.id)}
            teachers = {row.professional for row in timetable.assignments if row.lesson in lessons}
            splits += max(0, len(teachers) - 1)
    return Answer(staffed=staffed.filled, splits=splits, breaches=judge(term, timetable).breaches)


def published(folder: Path) -> Timetable:
    """The published answer of the school in a folder.

    Raises:
        Unreadable: it names a lesson or teacher that is not there, or the same pair twice.
    """
    lessons = {row.word("lesson") for row in _rows(folder, "lessons.csv")}
    teachers = {row.word("teacher") for row in _rows(folder, "teachers.csv")}
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
        Unreadable: a file has other columns, or a row that cannot be meant.
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
        unavailability=tuple(_unavailable(folder, set(teachers))),
        licences=licences,
        courses=courses,
        lessons=tuple(_lesson(row, course_of[row.word("event"), row.word("role")], units) for row in lessons.values()),
        busy=tuple(_busy(folder, set(teachers))),
        rules=_rule_settings(len(lessons)),
    )


def _rows(folder: Path, name: str) -> Iterator[Row]:
    columns = COLUMNS[name]
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, delimiter=";")
        if tuple(header := next(lines, [])) != columns:
            raise Unreadable(name, 1, ";".join(columns), ";".join(header), "columns")
        for cells in lines:
            if len(cells) != len(columns):
                raise Unreadable(name, lines.line_num, ";".join(columns), ";".join(cells), "columns")
            yield Row(name, lines.line_num, dict(zip(columns, (cell.strip() for cell in cells), strict=True)))


def _ids(folder: Path, name: str, column: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in _rows(folder, name):
        if row.word(column) in found:
            raise row.refuse(column, "twice")
        found[row.word(column)] = row
    return found


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
        course = course_of.setdefault((event, role), f"{event}/{role}")
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
    weekday, first, last = row.when()
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

    def whole(row: Row, units: int) -> bool:
        load = row.amount("workload") * units
        return abs(load - round(load)) <= ROUNDING and 1 <= round(load) <= MAX_UNITS_PER_LESSON

    for units in range(1, MAX_UNITS_PER_WORKLOAD + 1):
        odd = next((row for row in lessons.values() if not whole(row, units)), None)
        if odd is None:
            return units
    raise odd.refuse("workload", "workload")


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
        teacher = row.known("teacher", set(teachers))
        most[teacher] = min(row.amount("maximum"), most.get(teacher, row.amount("maximum")))
    for row in _rows(folder, "busy.csv"):
        if row.word("teacher") in most:
            most[row.word("teacher")] -= row.amount("workload")
    return most


def _busy(folder: Path, teachers: set[str]) -> Iterator[Busy]:
    for row in _rows(folder, "busy.csv"):
        weekday, first, last = row.when()
        yield Busy(
            id=f"busy:{row.line}",
            school=SCHOOL,
            professional=row.known("teacher", teachers),
            weekday=weekday,
            first_period=str(first),
            last_period=str(last),
        )


def _unavailable(folder: Path, teachers: set[str]) -> Iterator[Unavailability]:
    for row in _rows(folder, "unavailable.csv"):
        weekday, first, last = row.when()
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
