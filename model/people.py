"""Tables of the employer side and of the professionals themselves."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from model.fields import Clock, Col, HalfDay, Record, Weekday, Weeks
from model.sites import Id, Latitude, Longitude, MadeId, Sector

BREAK_MINUTES = 30
"""Break in a long block of work, unless the employer says otherwise (the least of ATW 5:4)."""


class TravelMode(StrEnum):
    """How somebody travels."""

    CAR = "car"
    BIKE = "bike"
    EBIKE = "ebike"
    PUBLIC_TRANSPORT = "public_transport"


class ReleasePolicy(StrEnum):
    """What an employer gives away at a time: all that is released on a day, or one half-day of it."""

    DAY = "day"
    HALF_DAY = "half_day"


class ReleaseStatus(StrEnum):
    """How firm a release is.

    `fixed` is `approved` under another name: either is given away only where a lesson asks for it, and otherwise worked.
    Time in which somebody is away in any case is no release; leave it out of the table of work.
    """

    PROPOSED = "proposed"
    APPROVED = "approved"
    FIXED = "fixed"


class Privacy(StrEnum):
    """Who may read a fact: everyone in the region, the employer and the person, or the person alone."""

    OPEN = "open"
    EMPLOYER = "employer"
    PRIVATE = "private"


class LicenceLevel(StrEnum):
    """Level of a teaching licence (bevoegdheid), from the fullest to the lightest."""

    FIRST = "1e"
    SECOND = "2e"
    PDG = "pdg"
    SUITABLE = "geschikt"
    IN_TRAINING = "zij-instroom"
    OTHER_SUBJECT = "andersbevoegd"
    EXEMPT = "vrijgesteld"
    UNDER_QUALIFIED = "onderbevoegd"
    INSTRUCTOR = "instructeur"
    GUEST = "gast"


class DevelopmentStage(StrEnum):
    """How far somebody is on the way to teaching alone, from watching on."""

    SHADOW = "meelopen"
    DUO = "duo"
    SUPERVISED = "onder_verantwoordelijkheid"
    QUALIFIED = "bevoegd"


class EngagementForm(StrEnum):
    """Who employs the professional for the teaching hours."""

    DUAL = "dual"
    SECONDMENT = "detachering"
    GUEST = "gast"
    FREELANCE = "zzp"
    VOLUNTEER = "volunteer"


class EngagementStatus(StrEnum):
    """How far the agreement is; `gestopt` means that it is over."""

    EXPLORING = "verkenning"
    TRIAL = "proefles"
    PROMISED = "toegezegd"
    CONTRACT = "contract"
    STOPPED = "gestopt"


class Employer(Record):
    """A company that releases its people."""

    id: Id
    name: Annotated[str, Col("name", "naam")]
    release_policy: Annotated[ReleasePolicy, Col("what is given away at a time", "vrijroosterbeleid")] = (
        ReleasePolicy.HALF_DAY
    )
    release_quota_hours: Annotated[
        float | None,
        Field(ge=0),
        Col("most hours away a quarter, all people together", "vrijroosterbudget", unit="hours per quarter"),
    ] = None
    release_hours_used: Annotated[
        float,
        Field(ge=0),
        Col("hours already away in the quarter in which the term begins", "al weg dit kwartaal", unit="hours"),
    ] = 0
    notice_days: Annotated[
        int | None, Field(ge=0), Col("notice before a roster changes", "aankondiging", unit="days")
    ] = None
    break_minutes: Annotated[
        int,
        Field(ge=0, le=120),
        Col("break, not worked, in a block of work of more than 5.5 hours", "pauze in werkblok", unit="minutes"),
    ] = BREAK_MINUTES
    critical_roles: Annotated[
        tuple[str, ...], Col("skills or roles of which somebody always stays at work", "kritieke rollen")
    ] = ()
    employees: Annotated[
        int | None,
        Field(ge=1),
        Col("people who work there, if more than are in this term", "medewerkers", unit="people"),
    ] = None
    hour_cost: Annotated[
        float | None,
        Field(ge=0, le=10_000),
        Col("what an hour away costs; only the employer sees it", "kosten per uur", unit="euros per hour", secret=True),
    ] = None


class EmployerSite(Record):
    """A place of work of an employer."""

    id: Id
    employer: Annotated[str, Col("employer", "bedrijf", ref="employers")]
    name: Annotated[str, Col("name", "naam")] = ""
    town: Annotated[str, Col("town", "plaats")] = ""
    postcode: Annotated[str | None, Col("postcode", "postcode")] = None
    latitude: Annotated[Latitude, Col("latitude (WGS 84)", "breedtegraad", ("lat",), unit="degrees")] = None
    longitude: Annotated[Longitude, Col("longitude (WGS 84)", "lengtegraad", ("lon", "lng"), unit="degrees")] = None


class Team(Record):
    """A team of an employer."""

    id: Id
    employer: Annotated[str, Col("employer", "bedrijf", ref="employers")]
    name: Annotated[str, Col("name", "naam")] = ""


class Presence(Record):
    """Who must stay at work: at least so many of a group present, or at most so many of it away together.

    The group is the named people, or else the team, or else all people of the employer; a skill narrows it.
    """

    id: MadeId = ""
    employer: Annotated[str, Col("employer", "bedrijf", ref="employers")]
    team: Annotated[str | None, Col("team", "team", ref="teams")] = None
    people: Annotated[tuple[str, ...], Col("named people", "mensen", ref="professionals")] = ()
    skill: Annotated[str | None, Col("only people with this skill or critical role", "vaardigheid")] = None
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    weekday: Annotated[Weekday | None, Col("only on this weekday", "dag")] = None
    half_day: Annotated[HalfDay | None, Col("only in this half-day", "dagdeel")] = None
    minimum: Annotated[int | None, Field(ge=0), Col("at least so many present", "minimum", unit="people")] = None
    at_most_away: Annotated[
        int | None, Field(ge=0), Col("at most so many away together", "hoogstens weg", unit="people")
    ] = None
    minimum_share: Annotated[
        int | None,
        Field(ge=0, le=100),
        Col("at least this share present of those who work then", "minimum aandeel", unit="percent"),
    ] = None
    others_present: Annotated[
        int, Field(ge=0), Col("colleagues present who are not in this term", "overige aanwezigen", unit="people")
    ] = 0

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("employer", "team", "people", "skill", "weekday", "half_day", "weeks")


class ReleaseChoice(Record):
    """A choice of days (keuzedagen): of some weekdays each person may really be away on at most so many.

    It holds for the named people, or else the team, or else all people of the employer, each by themselves.
    """

    id: MadeId = ""
    employer: Annotated[str, Col("employer", "bedrijf", ref="employers")]
    team: Annotated[str | None, Col("team", "team", ref="teams")] = None
    people: Annotated[tuple[str, ...], Col("named people", "mensen", ref="professionals")] = ()
    weekdays: Annotated[tuple[Weekday, ...], Col("of these weekdays; of all when empty", "dagen")] = ()
    at_most: Annotated[
        int, Field(ge=1, le=7), Col("at most so many of these weekdays for one person", "hoogstens", unit="days")
    ] = 1
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    anew_each_week: Annotated[bool, Col("whether each week is a choice of its own", "elke week opnieuw")] = False

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("employer", "team", "people", "weekdays", "weeks")


class Professional(Record):
    """Somebody who works for an employer and teaches, or may come to teach, a few hours a week."""

    id: Id
    name: Annotated[str, Col("name", "naam")]
    employer: Annotated[str | None, Col("employer", "bedrijf", ref="employers")] = None
    site: Annotated[str | None, Col("usual place of work", "bedrijfslocatie", ref="employer_sites")] = None
    team: Annotated[str | None, Col("team", "team", ref="teams")] = None
    skills: Annotated[tuple[str, ...], Col("skills and critical roles", "vaardigheden")] = ()
    home_town: Annotated[str, Col("home town", "woonplaats", secret=True)] = ""
    home_postcode: Annotated[str | None, Col("home postcode", "postcode", secret=True)] = None
    home_latitude: Annotated[
        Latitude, Col("home latitude (WGS 84)", "breedtegraad", ("lat",), unit="degrees", secret=True)
    ] = None
    home_longitude: Annotated[
        Longitude, Col("home longitude (WGS 84)", "lengtegraad", ("lon", "lng"), unit="degrees", secret=True)
    ] = None
    travel_mode: Annotated[TravelMode, Col("how they travel", "vervoer")] = TravelMode.CAR
    max_travel_minutes: Annotated[
        int | None, Field(ge=0), Col("longest journey one way", "max reistijd", ("max reistijd min",), unit="minutes")
    ] = None
    employer_hours_per_week: Annotated[
        float | None,
        Field(ge=0, le=168),
        Col("contract with the employer", "uren bedrijf per week", ("uren bedrijf week",), unit="hours per week"),
    ] = None
    hours_before: Annotated[
        tuple[Annotated[float, Field(ge=0, le=168)], ...],
        Field(max_length=15),
        Col("hours worked in the weeks before the term, oldest first", "uren vooraf", unit="hours per week"),
    ] = ()
    max_lessons_per_week: Annotated[
        int | None,
        Field(ge=0),
        Col("most lesson periods a week", "max lesuren per week", ("max lesuren week",), unit="lesson periods"),
    ] = None
    max_lessons_per_day: Annotated[
        int | None, Field(ge=0), Col("most lesson periods a day", "max lesuren per dag", unit="lesson periods")
    ] = None
    max_days_per_week: Annotated[
        int | None, Field(ge=0, le=7), Col("most teaching days a week", "max lesdagen per week", unit="days")
    ] = None
    max_lessons_in_row: Annotated[
        int | None,
        Field(ge=0),
        Col("most lesson periods without a break", "max lesuren achter elkaar", unit="lesson periods"),
    ] = None
    max_gaps_per_day: Annotated[
        int | None,
        Field(ge=0),
        Col("most free periods between lessons on a day", "max tussenuren per dag", unit="lesson periods"),
    ] = None
    max_gaps_per_week: Annotated[
        int | None,
        Field(ge=0),
        Col(
            "free periods between lessons in a week; more cost points", "max tussenuren per week", unit="lesson periods"
        ),
    ] = None
    first_periods_free: Annotated[
        int | None,
        Field(ge=0, le=20),
        Col("first lesson periods of a day gladly kept free", "eerste uren vrij", unit="lesson periods"),
    ] = None
    min_lessons_per_visit: Annotated[
        int | None,
        Field(ge=0),
        Col("fewest lesson periods worth a trip to a school", "min lesuren per bezoek", unit="lesson periods"),
    ] = None
    max_evenings_per_week: Annotated[
        int | None,
        Field(ge=0, le=7),
        Col("most evenings with lessons a week", "max avonden per week", unit="evenings"),
    ] = None
    max_hours_per_week: Annotated[
        float | None,
        Field(ge=0, le=168),
        Col("wish: most hours a week, both jobs together", "gewenste max uren per week", unit="hours per week"),
    ] = None
    max_sites_per_day: Annotated[
        int | None, Field(ge=1), Col("most school sites a day", "max vestigingen per dag", unit="school sites")
    ] = None
    first_teaching_date: Annotated[
        date | None, Col("first day in front of a class ever, for starting teachers", "eerste lesdag")
    ] = None
    atw_exempt: Annotated[bool, Col("exempt from most of the working-time law (ATB 2.1:1)", "atw-uitzondering")] = False
    open_for_matching: Annotated[bool, Col("may be matched without an engagement", "open voor matching")] = False


class WorkBlock(Record):
    """Work for the employer in a week that repeats every n weeks (week 1 is the week of the term's first day)."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    cycle_weeks: Annotated[int, Field(ge=1, le=53), Col("length of the cycle", "cyclus", unit="weeks")] = 1
    cycle_week: Annotated[int, Field(ge=1, le=53), Col("which week of the cycle", "cyclusweek")] = 1
    weekday: Annotated[Weekday, Col("weekday", "dag")]
    start: Annotated[Clock, Col("start", "start", ("begin", "van"), unit="local time")]
    end: Annotated[Clock, Col("end", "eind", ("einde", "tot"), unit="local time")]
    site: Annotated[str | None, Col("place of work, if not the usual one", "bedrijfslocatie", ref="employer_sites")] = (
        None
    )

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "cycle_weeks", "cycle_week", "weekday", "start")


class Release(Record):
    """Time the employer is ready to give away: a half-day, a stretch of hours, or the whole day when both are empty."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    weekday: Annotated[Weekday, Col("weekday", "dag")]
    half_day: Annotated[HalfDay | None, Col("half-day", "dagdeel")] = None
    start: Annotated[Clock | None, Col("start", "start", ("begin", "van"), unit="local time")] = None
    end: Annotated[Clock | None, Col("end", "eind", ("einde", "tot"), unit="local time")] = None
    status: Annotated[ReleaseStatus, Col("how firm it is", "status")] = ReleaseStatus.APPROVED

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "weekday", "half_day", "start", "weeks")


class Unavailability(Record):
    """Time in which a professional cannot teach, weekly or on dates; the whole day when no times are given."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    weeks: Annotated[Weeks | None, Col("only in these weeks", "weken")] = None
    weekday: Annotated[Weekday | None, Col("only on this weekday", "dag")] = None
    first_date: Annotated[date | None, Col("first day", "vanaf datum")] = None
    last_date: Annotated[date | None, Col("last day", "tot datum")] = None
    start: Annotated[Clock | None, Col("start", "start", ("begin", "van"), unit="local time")] = None
    end: Annotated[Clock | None, Col("end", "eind", ("einde", "tot"), unit="local time")] = None
    privacy: Annotated[Privacy, Col("who may read that it is so", "privacy")] = Privacy.PRIVATE
    reason: Annotated[str, Col("reason; never shown to others", "reden", secret=True)] = ""

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "weekday", "start", "end", "first_date", "last_date", "weeks")


class Wish(Record):
    """A graded wish (roosterwens) about times, a school, a subject or a level: −3 rather not … +3 gladly."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    weekday: Annotated[Weekday | None, Col("about this weekday", "dag")] = None
    half_day: Annotated[HalfDay | None, Col("about this half-day", "dagdeel")] = None
    start: Annotated[Clock | None, Col("about times from", "start", ("begin", "van"), unit="local time")] = None
    end: Annotated[Clock | None, Col("about times until", "eind", ("einde", "tot"), unit="local time")] = None
    school: Annotated[str | None, Col("about this school site", "vestiging", ("school",), ref="schools")] = None
    subject: Annotated[str | None, Col("about this subject", "vak")] = None
    level: Annotated[str | None, Col("about this level", "niveau")] = None
    value: Annotated[int, Field(ge=-3, le=3), Col("grade, -3 to 3", "voorkeur", ("waarde", "wens"))]
    reason: Annotated[str, Col("reason; never shown to others", "reden", secret=True)] = ""

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "weekday", "half_day", "start", "end", "school", "subject", "level")


class Licence(Record):
    """A right to teach a subject (bevoegdheid): in a sector, at a level, within dates, perhaps for one board."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    subject: Annotated[str, Field(min_length=1), Col("subject or domain", "vak", ("vak of domein", "domein"))]
    sector: Annotated[Sector, Col("sector", "sector")]
    level: Annotated[LicenceLevel, Col("level", "niveau", ("graad",))]
    valid_from: Annotated[date | None, Col("first day", "geldig van")] = None
    valid_to: Annotated[date | None, Col("last day", "geldig tot")] = None
    board: Annotated[str | None, Col("only for this competent authority", "bestuur", ref="boards")] = None
    extended: Annotated[bool, Col("whether a temporary right was extended", "verlengd", ("verlenging",))] = False

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "subject", "sector", "level", "board", "valid_from")


class Stage(Record):
    """A step of somebody's way to teaching alone (ontwikkelpad): watching, in a duo, under responsibility, qualified."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    subject: Annotated[str | None, Col("only this subject; all they are licensed for when empty", "vak")] = None
    stage: Annotated[DevelopmentStage, Col("how they take part", "stap", ("fase", "rol"))]
    start: Annotated[date | None, Col("first day", "van", ("start",))] = None
    end: Annotated[date | None, Col("last day", "tot", ("eind",))] = None

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "subject", "stage", "start")


class Engagement(Record):
    """What a professional and a board agreed: form, dates, number of lessons and how far it is."""

    id: MadeId = ""
    professional: Annotated[str, Col("professional", "professional", ref="professionals")]
    board: Annotated[str, Col("competent authority", "bestuur", ref="boards")]
    school: Annotated[str | None, Col("only at this site", "vestiging", ("school",), ref="schools")] = None
    form: Annotated[EngagementForm, Col("who employs for the teaching hours", "vorm")] = EngagementForm.SECONDMENT
    start: Annotated[date | None, Col("first day", "van", ("start",))] = None
    end: Annotated[date | None, Col("last day", "tot", ("eind",))] = None
    min_lessons: Annotated[
        int, Field(ge=0), Col("fewest lesson periods a week", "min lesuren", unit="lesson periods")
    ] = 0
    max_lessons: Annotated[
        int | None, Field(ge=0), Col("most lesson periods a week", "max lesuren", unit="lesson periods")
    ] = None
    status: Annotated[EngagementStatus, Col("how far it is", "status")] = EngagementStatus.PROMISED
    guest_minutes_used: Annotated[
        int,
        Field(ge=0),
        Col("guest-teacher minutes already given this school year", "gastminuten gebruikt", unit="minutes"),
    ] = 0

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("professional", "board", "school", "start")


class Carpool(Record):
    """Two people who share a ride to school."""

    id: MadeId = ""
    people: Annotated[tuple[str, ...], Field(min_length=1), Col("the two people", "mensen", ref="professionals")]
    required: Annotated[bool, Col("whether neither can come without the other", "verplicht", ("alleen samen",))] = False

    @classmethod
    def key(cls) -> tuple[str, ...]:
        return ("people",)
