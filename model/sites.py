"""Tables of the school side: boards, sites, time grids, calendars, rooms, class groups and staff."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from model.fields import MAX_MADE_ID, Clock, Col, Record, Weekday, Weeks

Id = Annotated[str, Field(min_length=1, max_length=200), Col("stable identifier", "id", ("code", "nummer"))]
MadeId = Annotated[
    str, Field(max_length=MAX_MADE_ID), Col("stable identifier; made of the row's key when left out", "id", ("code",))
]
Latitude = Annotated[float | None, Field(ge=-90, le=90)]
Longitude = Annotated[float | None, Field(ge=-180, le=180)]


class Sector(StrEnum):
    """Education sector."""

    PO = "po"
    VO = "vo"
    MBO = "mbo"


class DayKind(StrEnum):
    """What makes a calendar row special.

    All but `shortened` and `blackout` mean that no lessons are given; on a `blackout` an employer misses nobody.
    """

    HOLIDAY = "holiday"
    PUBLIC_HOLIDAY = "public_holiday"
    STUDY_DAY = "study_day"
    TEST_WEEK = "test_week"
    CLOSURE = "closure"
    SHORTENED = "shortened"
    BLACKOUT = "blackout"


class Period(Record):
    """A part of the term (tijdvak), of everybody or of one school."""

    id: Id
    name: Annotated[str, Col("name", "naam")] = ""
    school: Annotated[str | None, Col("only at this school", "vestiging", ("school",), ref="schools")] = None
    start: Annotated[date, Col("first day", "van", ("start", "begin"))]
    end: Annotated[date, Col("last day", "tot", ("t/m", "eind"))]


class WeekPattern(Record):
    """A named week set, such as the A weeks of one school; files may use the name where weeks are asked."""

    id: MadeId = ""
    name: Annotated[str, Field(min_length=1), Col("name used in files, such as A", "naam", ("patroon",))]
    school: Annotated[str | None, Col("only at this school", "vestiging", ("school",), ref="schools")] = None
    weeks: Annotated[Weeks, Col("ISO weeks", "weken", ("week",))]

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("name", "school")


class SchoolBoard(Record):
    """A competent authority (bestuur, bevoegd gezag) with one or more sites."""

    id: Id
    name: Annotated[str, Col("name", "naam")] = ""


class School(Record):
    """A school site (vestiging)."""

    id: Id
    name: Annotated[str, Col("name", "naam")]
    board: Annotated[str | None, Col("competent authority", "bestuur", ref="boards")] = None
    brin: Annotated[
        str | None, Field(pattern=r"^\d\d[A-Z]{2}(\d\d)?$"), Col("BRIN, with or without site number", "brin")
    ] = None
    sector: Annotated[Sector, Col("education sector", "sector")]
    town: Annotated[str, Col("town", "plaats")] = ""
    postcode: Annotated[str | None, Col("postcode", "postcode")] = None
    latitude: Annotated[Latitude, Col("latitude (WGS 84)", "breedtegraad", ("lat",), unit="degrees")] = None
    longitude: Annotated[Longitude, Col("longitude (WGS 84)", "lengtegraad", ("lon", "lng"), unit="degrees")] = None
    arrival_buffer_minutes: Annotated[
        int, Field(ge=0, le=120), Col("time between arriving and the first lesson", "aankomstmarge", unit="minutes")
    ] = 10
    practical_buffer_minutes: Annotated[
        int | None,
        Field(ge=0, le=120),
        Col("the same before a practical lesson", "aankomstmarge praktijk", unit="minutes"),
    ] = None
    leave_buffer_minutes: Annotated[
        int, Field(ge=0, le=120), Col("time between the last lesson and leaving", "vertrekmarge", unit="minutes")
    ] = 5
    first_periods_free: Annotated[
        int,
        Field(ge=0, le=20),
        Col("first lesson periods of a day gladly kept free", "eerste uren vrij", unit="lesson periods"),
    ] = 0


class GridPeriod(Record):
    """One lesson period of a time grid (lestijden): a label and its clock times."""

    id: MadeId = ""
    school: Annotated[str, Col("school site", "vestiging", ("school",), ref="schools")]
    variant: Annotated[str, Col("grid variant, such as a pause group or a shortened day", "variant")] = "standard"
    valid_from: Annotated[date | None, Col("first day it holds", "geldig van")] = None
    valid_to: Annotated[date | None, Col("last day it holds", "geldig tot")] = None
    weekday: Annotated[Weekday | None, Col("only on this weekday", "dag")] = None
    period: Annotated[str, Field(min_length=1), Col("label of the lesson period", "lesuur", ("uur",))]
    start: Annotated[Clock, Col("start", "start", ("begin", "van"), unit="local time")]
    end: Annotated[Clock, Col("end", "eind", ("einde", "tot"), unit="local time")]

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("school", "variant", "weekday", "period", "valid_from")


class CalendarDay(Record):
    """Days that differ from an ordinary week: for one school, one employer, or everybody when both are empty."""

    id: MadeId = ""
    school: Annotated[str | None, Col("only this school site", "vestiging", ("school",), ref="schools")] = None
    employer: Annotated[str | None, Col("only this employer", "bedrijf", ref="employers")] = None
    start: Annotated[date, Col("first day", "van", ("start", "datum"))]
    end: Annotated[date, Col("last day", "tot", ("t/m", "eind"))]
    kind: Annotated[DayKind, Col("what kind of day", "soort")]
    variant: Annotated[str | None, Col("grid variant of a shortened day", "variant")] = None
    name: Annotated[str, Col("name", "naam", ("omschrijving",))] = ""

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("school", "employer", "start", "end", "kind", "name")


class Room(Record):
    """A room (lokaal)."""

    id: Id
    school: Annotated[str, Col("school site", "vestiging", ("school",), ref="schools")]
    name: Annotated[str, Col("name", "naam")] = ""
    capacity: Annotated[int | None, Field(ge=0), Col("places", "capaciteit", unit="pupils")] = None


class ClassGroup(Record):
    """A class or teaching group that can be in one place at a time."""

    id: Id
    school: Annotated[str, Col("school site", "vestiging", ("school",), ref="schools")]
    name: Annotated[str, Col("name", "naam")] = ""
    pupils: Annotated[int | None, Field(ge=0), Col("size", "leerlingen", ("studenten",), unit="pupils")] = None
    level: Annotated[str, Col("track, such as vmbo-kb or havo", "niveau")] = ""
    year: Annotated[int | None, Field(ge=1, le=8), Col("year of study", "leerjaar")] = None
    variant: Annotated[str, Col("its grid variant (pause group)", "variant", ("pauzegroep",))] = "standard"


class StaffMember(Record):
    """A school's own employee who matters here: responsible teacher, mentor or co-teaching lead."""

    id: Id
    school: Annotated[str, Col("school site", "vestiging", ("school",), ref="schools")]
    name: Annotated[str, Col("name", "naam")] = ""
    subjects: Annotated[tuple[str, ...], Col("subjects licensed for", "vakken")] = ()
    mentor: Annotated[bool, Col("may be a mentor", "mentor")] = False
