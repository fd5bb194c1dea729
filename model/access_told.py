"""Who sees what of somebody (wie ziet wat van mij): told to them, and made of what decides it, so that it cannot say else.

For each class of what is known of a person it is tried who would see it: their employer and another, a school where they
teach and another, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from model.access import Reader, ReaderRole, may_see_hours
from model.access_term import PEOPLE, PLAIN, Reading, View
from model.access_timetable import Of, Weeks
from model.demands import expanded
from model.fields import Record
from model.locale import text
from model.term import Term, tables
from model.timetable import Outcome


class Known(StrEnum):
    """A class of what is known of somebody."""

    NAME = "name"
    HOME = "home"
    JOURNEY = "journey"
    WORKPLACE = "workplace"
    CONTRACT = "contract"
    HOURS = "hours"
    """Of both jobs together, as the working-time law counts them."""
    ROSTER = "roster"
    RELEASES = "releases"
    UNAVAILABLE = "unavailable"
    REASONS = "reasons"
    WISHES = "wishes"
    LIMITS = "limits"
    LICENCE = "licence"
    LICENCE_TERMS = "licence_terms"
    STAGE = "stage"
    ENGAGEMENT = "engagement"
    GUEST_MINUTES = "guest_minutes"
    CARPOOL = "carpool"
    BUSY = "busy"
    PROMISED = "promised"
    SETTINGS = "settings"
    WAIVERS = "waivers"
    HALF_DAYS = "half_days"
    """When they are away to teach, in half-days, and in which town."""
    LESSONS = "lessons"
    """What they teach, to whom and where."""


CLASSES: Mapping[str, Mapping[str, Known]] = {
    "professionals": {
        **dict.fromkeys(("name", "employer", "atw_exempt", "open_for_matching"), Known.NAME),
        **dict.fromkeys(("home_town", "home_postcode", "home_latitude", "home_longitude"), Known.HOME),
        **dict.fromkeys(("travel_mode", "max_travel_minutes"), Known.JOURNEY),
        **dict.fromkeys(("site", "team", "skills"), Known.WORKPLACE),
        **dict.fromkeys(("employer_hours_per_week", "hours_before"), Known.CONTRACT),
        "": Known.LIMITS,
    },
    "work": {"": Known.ROSTER},
    "releases": {"": Known.RELEASES},
    "unavailability": {"reason": Known.REASONS, "": Known.UNAVAILABLE},
    "wishes": {"reason": Known.REASONS, "": Known.WISHES},
    "licences": {
        **dict.fromkeys(("subject", "sector", "level"), Known.LICENCE),
        "": Known.LICENCE_TERMS,
    },
    "stages": {"": Known.STAGE},
    "engagements": {"guest_minutes_used": Known.GUEST_MINUTES, "": Known.ENGAGEMENT},
    "carpools": {"": Known.CARPOOL},
    "busy": {"": Known.BUSY},
    "published": {"": Known.PROMISED},
    "rules": {"": Known.SETTINGS},
    "waivers": {"": Known.WAIVERS},
}
"""The class of each field of each table with rows about one person, or about few; under the empty name that of all others."""


class Who(StrEnum):
    """Somebody who may see something of a person."""

    SELF = "self"
    EMPLOYER = "employer"
    OTHER_EMPLOYER = "other_employer"
    SCHOOL = "school"
    OTHER_SCHOOL = "other_school"
    PROFESSIONAL = "professional"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Told:
    """Who sees one class of what is known of somebody.

    Attributes:
        under_pseudonym: of the name: those who know the person by another one until they are matched.
    """

    known: Known
    who: tuple[Who, ...]
    under_pseudonym: tuple[Who, ...] = ()

    def sentence(self, lang: str) -> str:
        """In words to the person, as `Uw huisadres: alleen uzelf.`"""
        what = text(f"told.known.{self.known.value}", lang)
        others = [text(f"told.who.{each.value}", lang) for each in self.who if each is not Who.SELF]
        own = text("told.who.self" if others else "told.alone", lang)
        names = [own, *others] if Who.SELF in self.who else others or [text("told.nobody", lang)]
        said = text("told.line", lang, what=what, who=names)
        if not self.under_pseudonym:
            return said
        hidden = [text(f"told.who.{each.value}", lang) for each in self.under_pseudonym]
        return f"{said} {text('told.pseudonym', lang, who=hidden)}"


_NOBODY = "\0"
"""An id that nobody has: of another school or employer than any in the term."""


def who_sees_what(
    term: Term, professional: str, view: View = PLAIN, outcome: Outcome | None = None
) -> tuple[Told, ...]:
    """Who sees what of a person, class by class; also of what is not filled in yet.

    Args:
        outcome: whose timetable counts; without one it is not said who sees that, and only published lessons make a
            school one where they teach.

    Raises:
        KeyError: there is no such professional.
    """
    term = expanded(term)
    person = term.professional(professional)
    schools = _schools(term, professional, outcome)
    readers = {
        Who.SELF: Reader(ReaderRole.PROFESSIONAL, frozenset({professional})),
        Who.EMPLOYER: Reader(ReaderRole.EMPLOYER, frozenset({person.employer or _NOBODY})),
        Who.OTHER_EMPLOYER: Reader(ReaderRole.EMPLOYER, frozenset({_NOBODY})),
        Who.SCHOOL: Reader(ReaderRole.TIMETABLER, schools or frozenset({_NOBODY})),
        Who.OTHER_SCHOOL: Reader(ReaderRole.TIMETABLER, frozenset({_NOBODY})),
        Who.PROFESSIONAL: Reader(ReaderRole.PROFESSIONAL, frozenset({_NOBODY})),
        Who.COORDINATOR: Reader(ReaderRole.COORDINATOR),
        Who.ADMIN: Reader(ReaderRole.ADMIN),
    }
    if person.employer is None:
        del readers[Who.EMPLOYER]
    if not schools:
        del readers[Who.SCHOOL]
    seen = {who: _seen(term, professional, reader, view, schools) for who, reader in readers.items()}
    if outcome is not None:
        for who, reader in readers.items():
            seen[who] |= _taught(Weeks(term, outcome, reader, "en", view), professional)
    hidden = [who for who, reader in readers.items() if view.hides(reader, professional)]
    told = {known: tuple(each for each in readers if known in seen[each]) for known in Known}
    return tuple(
        Told(known, who, tuple(hidden) if known is Known.NAME else ())
        for known, who in told.items()
        if who or known not in _NOT_ALWAYS
    )


_NOT_ALWAYS = frozenset({Known.HALF_DAYS, Known.LESSONS, Known.PROMISED, Known.WAIVERS})
"""What is known of somebody who teaches, or for whom something was waived; of others it is not told that nobody sees it."""


def _schools(term: Term, professional: str, outcome: Outcome | None) -> frozenset[str]:
    """Where somebody teaches, or will by what is published."""
    lessons = {row.lesson for row in term.published_of("professional", professional)}
    lessons |= {row.lesson for row in (outcome.assignments if outcome else ()) if row.professional == professional}
    return frozenset(term.course(term.lesson(each).course).school for each in lessons)


def _seen(term: Term, professional: str, reader: Reader, view: View, schools: frozenset[str]) -> set[Known]:
    """The classes of which a reader sees something."""
    reading = Reading(term, reader, view)
    found = {
        class_of(table, name)
        for table in CLASSES
        for row in _rows(term, table, professional)
        if reading.sees(table, row)
        for name in type(row).model_fields.keys() - about_whom(table) - reading.hidden(table, row)
    }
    return found | ({Known.HOURS} if may_see_hours(term, reader, professional, schools) else set())


def class_of(table: str, field: str) -> Known:
    """The class of a field."""
    of_table = CLASSES[table]
    return of_table.get(field, of_table[""])


def about_whom(table: str) -> frozenset[str]:
    """Fields that only say which row it is, and whose."""
    return frozenset({"id", *(name for name, _ in PEOPLE[table])})


def _rows(term: Term, table: str, professional: str) -> Iterator[Record]:
    """Rows about somebody; one as it could be where there is none."""
    found = [row for row in term.rows(table) if any(_names(row, name, professional) for name, _ in PEOPLE[table])]
    yield from found
    if not found and table not in _NO_SAMPLE:
        record: Any = dict(tables())[table]
        yield record.model_construct(
            id="", **{name: (professional,) if many else professional for name, many in PEOPLE[table]}
        )


_NO_SAMPLE = frozenset({"published", "waivers"})
"""Tables in which it depends on the lesson who sees a row."""


def _names(row: Record, field: str, professional: str) -> bool:
    value = getattr(row, field)
    return professional in value if isinstance(value, tuple) else bool(value == professional)


def _taught(weeks: Weeks, professional: str) -> set[Known]:
    """What a reader sees of when and what somebody teaches."""
    called, _ = weeks.view.called(weeks.reader, weeks.term, professional)
    rows = [row for week in weeks.of(Of.PROFESSIONAL, called) for row in week.rows]
    whole = {Known.LESSONS} if any(row.lesson is not None for row in rows) else set[Known]()
    return whole | ({Known.HALF_DAYS} if rows else set())
