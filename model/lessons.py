"""Tables of the demand: courses, lessons, other times, busy times, activities, the published timetable, rule settings."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

from pydantic import Field

from model.fields import Clock, Col, DayPart, Record, Weekday, Weeks
from model.people import LicenceLevel, TravelMode
from model.sites import Id, MadeId, Sector


class Priority(StrEnum):
    """How much it matters that a course is staffed."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class Continuity(StrEnum):
    """Who may share a course: one person gives all of it, at most k people, gladly one, or anybody."""

    SAME = "same"
    AT_MOST = "at_most"
    WISHED = "wished"
    FREE = "free"


class Course(Record):
    """A subject taught to a group: the lessons that belong together."""

    id: Id
    name: Annotated[str, Col("name", "naam")] = ""
    school: Annotated[str, Col("school site", "vestiging", ("school",), ref="schools")]
    school_year: Annotated[str, Col("school year, if not the term's", "schooljaar")] = ""
    subject: Annotated[str, Field(min_length=1), Col("subject or domain", "vak", ("vak of domein",))]
    sector: Annotated[Sector | None, Col("sector, if not the school's", "sector")] = None
    level: Annotated[str, Col("track or mbo level", "niveau")] = ""
    profile: Annotated[str, Col("profile or crebo", "profiel", ("crebo",))] = ""
    classes: Annotated[
        tuple[str, ...], Col("class groups", "klassen", ("klas", "groep", "groepen"), ref="class_groups")
    ] = ()
    priority: Annotated[Priority, Col("how much it matters", "prioriteit")] = Priority.NORMAL
    practical: Annotated[bool, Col("practical lessons", "praktijk")] = False
    required_licence: Annotated[
        tuple[LicenceLevel, ...], Col("accepted levels; any level when empty", "niveau vereist", ("bevoegdheid",))
    ] = ()
    supervised_by: Annotated[
        tuple[str, ...],
        Col("staff who may carry responsibility for an unlicensed teacher", "verantwoordelijk", ref="staff"),
    ] = ()
    copresent: Annotated[
        bool, Col("whether one of those must be there too", "verantwoordelijke aanwezig", ("aanwezig",))
    ] = False
    led_by: Annotated[
        tuple[str, ...], Col("staff who teach beside whoever gives the course", "duo met", ("duo_met",), ref="staff")
    ] = ()
    continuity: Annotated[Continuity, Col("who may share the course", "continuïteit", ("continuiteit",))] = (
        Continuity.SAME
    )
    max_people: Annotated[
        int | None, Field(ge=1), Col("most people, where continuity is at_most", "max mensen", unit="people")
    ] = None
    handover_weeks: Annotated[
        Weeks | None, Col("weeks on whose Monday another person may take over", "overdrachtsweken", ("overdracht",))
    ] = None
    heads: Annotated[
        int, Field(ge=1, le=9), Col("teachers each lesson needs", "min docenten", ("docenten",), unit="people")
    ] = 1


class Lesson(Record):
    """One weekly lesson (or block of lesson periods) of a course, at a known time."""

    id: Annotated[
        str, Field(min_length=1, max_length=200), Col("stable identifier", "les_id", ("id", "les", "lesnummer"))
    ]
    course: Annotated[str, Col("course", "cursus", ref="courses")]
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken", ("week",))] = None
    weekday: Annotated[Weekday, Col("weekday", "dag")]
    first_period: Annotated[str | None, Col("first lesson period", "lesuur van", ("lesuur", "uur"))] = None
    last_period: Annotated[str | None, Col("last lesson period, if more than one", "lesuur tot")] = None
    start: Annotated[
        Clock | None, Col("start, where there is no lesson period", "start", ("begin", "van"), unit="local time")
    ] = None
    end: Annotated[
        Clock | None, Col("end, where there is no lesson period", "eind", ("einde", "tot"), unit="local time")
    ] = None
    lesson_periods: Annotated[
        int | None,
        Field(ge=1, le=20),
        Col(
            "for how many lesson periods it counts; derived from its times when empty",
            "telt als",
            unit="lesson periods",
        ),
    ] = None
    room: Annotated[str | None, Col("room", "lokaal", ref="rooms")] = None
    must_fill: Annotated[bool, Col("must be staffed; otherwise it may stay open", "verplicht")] = False
    pinned: Annotated[tuple[str, ...], Col("people who must give it", "fixatie", ("docent",), ref="professionals")] = ()
    blocked: Annotated[tuple[str, ...], Col("people who may not give it", "niet door", ref="professionals")] = ()


class LessonTime(Record):
    """Another time at which a lesson may be given instead."""

    id: MadeId = ""
    lesson: Annotated[str, Col("lesson", "les", ("les_id",), ref="lessons")]
    weekday: Annotated[Weekday, Col("weekday", "dag")]
    first_period: Annotated[str | None, Col("first lesson period", "lesuur van", ("lesuur", "uur"))] = None
    last_period: Annotated[str | None, Col("last lesson period, if more than one", "lesuur tot")] = None
    start: Annotated[
        Clock | None, Col("start, where there is no lesson period", "start", ("begin", "van"), unit="local time")
    ] = None
    end: Annotated[
        Clock | None, Col("end, where there is no lesson period", "eind", ("einde", "tot"), unit="local time")
    ] = None
    room: Annotated[str | None, Col("room", "lokaal", ref="rooms")] = None

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("lesson", "weekday", "first_period", "start")


_LONGEST_STEM = 150
"""Characters of a demand's id that the ids of its blocks begin with."""


class Demand(Record):
    """Lessons whose times are not known yet: so many a week, in blocks, in these half-days."""

    id: MadeId = ""
    course: Annotated[str, Col("course", "cursus", ref="courses")]
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    lessons_per_week: Annotated[
        int, Field(ge=1, le=60), Col("lesson periods a week", "lesuren per week", unit="lesson periods")
    ]
    block_length: Annotated[
        int, Field(ge=1, le=20), Col("lesson periods in a row", "bloklengte", unit="lesson periods")
    ] = 2
    half_days: Annotated[tuple[DayPart, ...], Col("allowed half-days, such as tue-morning", "dagdelen")] = ()

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("course", "lessons_per_week", "block_length", "weeks")

    def blocks(self) -> list[tuple[str, int]]:
        """Lesson ids of its blocks, each with its number of lesson periods; the last may be shorter."""
        whole, rest = divmod(self.lessons_per_week, self.block_length)
        lengths = [self.block_length] * whole + [rest] * bool(rest)
        stem = self.id
        if len(stem) > _LONGEST_STEM:
            stem = f"{stem[:_LONGEST_STEM]}:{sha256(stem.encode()).hexdigest()[:16]}"
        return [(f"{stem}#{number}", length) for number, length in enumerate(lengths, start=1)]


class Busy(Record):
    """Time taken by lessons that need no staffing: of a class group, a room, a staff member or a professional."""

    id: MadeId = ""
    school: Annotated[str | None, Col("whose lesson periods are meant", "vestiging", ("school",), ref="schools")] = None
    class_group: Annotated[str | None, Col("class group", "klas", ref="class_groups")] = None
    room: Annotated[str | None, Col("room", "lokaal", ref="rooms")] = None
    staff: Annotated[str | None, Col("staff member", "medewerker", ref="staff")] = None
    professional: Annotated[str | None, Col("professional", "professional", ref="professionals")] = None
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    weekday: Annotated[Weekday, Col("weekday", "dag")]
    first_period: Annotated[str | None, Col("first lesson period", "lesuur van", ("lesuur", "uur"))] = None
    last_period: Annotated[str | None, Col("last lesson period, if more than one", "lesuur tot")] = None
    start: Annotated[Clock | None, Col("start", "start", ("begin", "van"), unit="local time")] = None
    end: Annotated[Clock | None, Col("end", "eind", ("einde", "tot"), unit="local time")] = None
    subject: Annotated[str, Col("what it is", "vak")] = ""

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("class_group", "room", "staff", "professional", "weekday", "first_period", "start", "weeks")


class ActivityKind(StrEnum):
    """What an activity is."""

    MEETING = "meeting"
    PEER_SUPERVISION = "intervisie"
    OTHER = "other"


class Activity(Record):
    """A meeting that people are wanted at; its half-day may still be open."""

    id: Id
    name: Annotated[str, Col("name", "naam")] = ""
    kind: Annotated[ActivityKind, Col("kind", "soort")] = ActivityKind.MEETING
    school: Annotated[str | None, Col("where", "vestiging", ("school",), ref="schools")] = None
    required: Annotated[tuple[str, ...], Col("people who must come", "verplicht", ref="professionals")] = ()
    wished: Annotated[tuple[str, ...], Col("people who are welcome", "gewenst", ref="professionals")] = ()
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    weekday: Annotated[Weekday | None, Col("weekday, if known", "dag")] = None
    start: Annotated[Clock | None, Col("start, if known", "start", ("begin", "van"), unit="local time")] = None
    minutes: Annotated[int, Field(ge=1), Col("duration", "duur", unit="minutes")] = 60


class PublishedLesson(Record):
    """One line of the timetable that people were promised."""

    id: MadeId = ""
    lesson: Annotated[str, Col("lesson", "les", ("les_id",), ref="lessons")]
    professional: Annotated[str, Col("professional", "professional", ("docent",), ref="professionals")]
    option: Annotated[str | None, Col("which other time, if any", "lestijd", ref="lesson_times")] = None
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("lesson", "professional", "weeks")


class RuleSetting(Record):
    """A rule switched or set otherwise: for everybody, or for one school, employer or person."""

    id: MadeId = ""
    rule: Annotated[str, Field(min_length=1), Col("name of the rule", "regel")]
    school: Annotated[str | None, Col("only this school site", "vestiging", ("school",), ref="schools")] = None
    employer: Annotated[str | None, Col("only this employer", "bedrijf", ref="employers")] = None
    professional: Annotated[str | None, Col("only this person", "professional", ref="professionals")] = None
    enabled: Annotated[bool | None, Col("whether the rule holds; as before when empty", "aan")] = None
    parameter: Annotated[str | None, Col("parameter to set", "instelling", ("parameter",))] = None
    value: Annotated[str | None, Col("its value", "waarde")] = None

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("rule", "school", "employer", "professional", "parameter")


class Waiver(Record):
    """A known breach that somebody took responsibility for; it stays listed."""

    id: MadeId = ""
    rule: Annotated[str, Field(min_length=1), Col("name of the rule", "regel")]
    professional: Annotated[str | None, Col("only this person", "professional", ref="professionals")] = None
    lesson: Annotated[str | None, Col("only this lesson", "les", ("les_id",), ref="lessons")] = None
    by: Annotated[str, Field(min_length=1), Col("who decided", "door")]
    reason: Annotated[str, Field(min_length=1), Col("why", "reden")]
    decided: Annotated[date, Col("when it was decided", "datum")]

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("rule", "professional", "lesson")


class TravelTime(Record):
    """A known travel time between two places (ids of schools, employer sites or `home:<professional>`)."""

    id: MadeId = ""
    origin: Annotated[str, Field(min_length=1), Col("from", "van")]
    destination: Annotated[str, Field(min_length=1), Col("to", "naar")]
    mode: Annotated[TravelMode | None, Col("only with this transport", "vervoer")] = None
    departure: Annotated[Clock | None, Col("from this departure time on", "moment", unit="local time")] = None
    minutes: Annotated[int, Field(ge=0, le=1440), Col("travel time", "minuten", unit="minutes")]

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("origin", "destination", "mode", "departure")
