"""The term: everything that is known before solving, as frozen tables that refer to each other by id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, get_args

from pydantic import Field, model_validator

from model.fields import Clock, Col, Record
from model.issues import TermError
from model.lessons import (
    Activity,
    Busy,
    Course,
    Demand,
    Lesson,
    LessonTime,
    PublishedLesson,
    RuleSetting,
    TravelTime,
    Waiver,
)
from model.people import (
    Carpool,
    Employer,
    EmployerSite,
    Engagement,
    Licence,
    Presence,
    Professional,
    Release,
    ReleaseChoice,
    Stage,
    Team,
    Unavailability,
    Wish,
    WorkBlock,
)
from model.references import reference_issues
from model.sites import (
    CalendarDay,
    ClassGroup,
    GridPeriod,
    Id,
    Period,
    Room,
    School,
    SchoolBoard,
    StaffMember,
    WeekPattern,
)


class Settings(Record):
    """What holds for the whole term; in files the one row of the sheet `term`."""

    id: Id
    name: Annotated[str, Col("name", "naam")] = ""
    start: Annotated[date, Col("first day", "van", ("start", "begin"))]
    end: Annotated[date, Col("last day", "tot", ("t/m", "eind"))]
    as_of: Annotated[date | None, Col("the day this describes", "stand van")] = None
    time_zone: Annotated[str, Field(pattern=r"^Europe/Amsterdam$"), Col("time zone", "tijdzone")] = "Europe/Amsterdam"
    school_year: Annotated[str, Field(pattern=r"^(\d{4}-\d{4})?$"), Col("school year", "schooljaar")] = ""
    noon: Annotated[Clock, Col("where the morning ends", "middag begint", unit="local time")] = 12 * 60 + 30
    evening: Annotated[Clock, Col("where the afternoon ends", "avond begint", unit="local time")] = 18 * 60
    count_proposed_releases: Annotated[
        bool, Col("whether releases that are only proposed count", "voorgestelde vrijroostering telt")
    ] = False
    public_transport_margin_minutes: Annotated[
        int,
        Field(ge=0, le=120),
        Col(
            "spare time for a missed connection, between places, by public transport",
            "overstapmarge ov",
            unit="minutes",
        ),
    ] = 0


class Term(Settings):
    """A region's term. Raises `TermError` (inside pydantic's error) when rows refer to what is not there.

    That times, dates and rule settings make sense is for `model.checks`, asked by whoever reads or solves a term.
    """

    periods: tuple[Period, ...] = ()
    week_patterns: tuple[WeekPattern, ...] = ()
    boards: tuple[SchoolBoard, ...] = ()
    schools: tuple[School, ...] = ()
    time_grids: tuple[GridPeriod, ...] = ()
    calendar_days: tuple[CalendarDay, ...] = ()
    rooms: tuple[Room, ...] = ()
    class_groups: tuple[ClassGroup, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    employers: tuple[Employer, ...] = ()
    employer_sites: tuple[EmployerSite, ...] = ()
    teams: tuple[Team, ...] = ()
    presence: tuple[Presence, ...] = ()
    release_choices: tuple[ReleaseChoice, ...] = ()
    professionals: tuple[Professional, ...] = ()
    work: tuple[WorkBlock, ...] = ()
    releases: tuple[Release, ...] = ()
    unavailability: tuple[Unavailability, ...] = ()
    wishes: tuple[Wish, ...] = ()
    licences: tuple[Licence, ...] = ()
    stages: tuple[Stage, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    carpools: tuple[Carpool, ...] = ()
    courses: tuple[Course, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    lesson_times: tuple[LessonTime, ...] = ()
    demands: tuple[Demand, ...] = ()
    busy: tuple[Busy, ...] = ()
    activities: tuple[Activity, ...] = ()
    published: tuple[PublishedLesson, ...] = ()
    rules: tuple[RuleSetting, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    travel_times: tuple[TravelTime, ...] = ()

    @model_validator(mode="after")
    def _references_hold(self) -> Term:
        if issues := list(reference_issues({name: self.rows(name) for name, _ in tables()})):
            raise TermError(issues)
        return self

    def rows(self, table: str) -> tuple[Record, ...]:
        """Rows of a table by its name."""
        rows: tuple[Record, ...] = getattr(self, table)
        return rows

    @cached_property
    def input_hash(self) -> str:
        """SHA-256 of the canonical JSON: equal terms have equal hashes."""
        return sha256(self.model_dump_json(exclude_defaults=True).encode()).hexdigest()

    # Lookups: one dictionary per table, made on first use

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Any]]:
        return {}

    def share_lookups(self, other: Term) -> None:
        """Take over from another term what it made of tables that are the same here."""
        same = {name for name, _ in tables() if getattr(self, name) is getattr(other, name)}
        self._by_id.update({table: rows for table, rows in other._by_id.items() if table in same})
        self._grouped.update({key: rows for key, rows in other._grouped.items() if key[0] in same})

    def find(self, table: str, row_id: str) -> Any:
        """The row with this id.

        Raises:
            KeyError: the table has no such row.
        """
        if table not in self._by_id:
            self._by_id[table] = {row.id: row for row in getattr(self, table)}
        return self._by_id[table][row_id]

    def school(self, row_id: str) -> School:
        found: School = self.find("schools", row_id)
        return found

    def course(self, row_id: str) -> Course:
        found: Course = self.find("courses", row_id)
        return found

    def lesson(self, row_id: str) -> Lesson:
        found: Lesson = self.find("lessons", row_id)
        return found

    def lesson_time(self, row_id: str) -> LessonTime:
        found: LessonTime = self.find("lesson_times", row_id)
        return found

    def class_group(self, row_id: str) -> ClassGroup:
        found: ClassGroup = self.find("class_groups", row_id)
        return found

    def professional(self, row_id: str) -> Professional:
        found: Professional = self.find("professionals", row_id)
        return found

    def employer(self, row_id: str) -> Employer:
        found: Employer = self.find("employers", row_id)
        return found

    @cached_property
    def _grouped(self) -> dict[tuple[str, str], dict[str, list[Any]]]:
        return {}

    def _of(self, table: str, field: str, row_id: str) -> list[Any]:
        if (table, field) not in self._grouped:
            groups: dict[str, list[Any]] = {}
            for row in getattr(self, table):
                groups.setdefault(getattr(row, field), []).append(row)
            self._grouped[table, field] = groups
        return self._grouped[table, field].get(row_id, [])

    def lessons_of(self, course: str) -> list[Lesson]:
        return self._of("lessons", "course", course)

    def courses_of(self, school: str) -> list[Course]:
        return self._of("courses", "school", school)

    def times_of(self, lesson: str) -> list[LessonTime]:
        return self._of("lesson_times", "lesson", lesson)

    def people_of(self, employer: str) -> list[Professional]:
        return self._of("professionals", "employer", employer)

    def work_of(self, professional: str) -> list[WorkBlock]:
        return self._of("work", "professional", professional)

    def releases_of(self, professional: str) -> list[Release]:
        return self._of("releases", "professional", professional)

    def unavailability_of(self, professional: str) -> list[Unavailability]:
        return self._of("unavailability", "professional", professional)

    def wishes_of(self, professional: str) -> list[Wish]:
        return self._of("wishes", "professional", professional)

    def licences_of(self, professional: str) -> list[Licence]:
        return self._of("licences", "professional", professional)

    def stages_of(self, professional: str) -> list[Stage]:
        return self._of("stages", "professional", professional)

    def engagements_of(self, professional: str) -> list[Engagement]:
        return self._of("engagements", "professional", professional)

    def busy_of(self, kind: str, row_id: str) -> list[Busy]:
        """Busy rows of a `professional`, `class_group`, `room` or `staff` member."""
        return self._of("busy", kind, row_id)

    def courses_in(self, subject: str) -> list[Course]:
        """Courses of a subject, case aside."""
        if ("courses", "subject") not in self._grouped:
            groups: dict[str, list[Any]] = {}
            for course in self.courses:
                groups.setdefault(course.subject.casefold(), []).append(course)
            self._grouped["courses", "subject"] = groups
        return self._grouped["courses", "subject"].get(subject.casefold(), [])

    def presence_of(self, employer: str) -> list[Presence]:
        return self._of("presence", "employer", employer)

    def release_choices_of(self, employer: str) -> list[ReleaseChoice]:
        return self._of("release_choices", "employer", employer)

    def published_of(self, kind: str, row_id: str) -> list[PublishedLesson]:
        """Rows of the published timetable for a `lesson` or a `professional`."""
        return self._of("published", kind, row_id)


def tables() -> Iterator[tuple[str, type[Record]]]:
    """Names and record types of all tables, in the order of `Term`."""
    for name, field in Term.model_fields.items():
        if name not in Settings.model_fields:
            record = get_args(field.annotation)[0]
            yield name, record
