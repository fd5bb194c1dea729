"""A term as a reader may see it: which rows of each table, and which fields of these. What is not named is not shown.

Who may see what follows the AVG's minimisation (art. 5) and the working-time law (ATW 5:15: the two employers tell each
other the hours). Where people live and why they cannot come or wish something is for themselves alone; a roster is for
its employer; classes and rooms are for schools.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from typing import Any

from model.access import Reader, ReaderRole, may_read, may_see_employer, may_see_euros
from model.fields import Record
from model.people import Privacy
from model.pseudonyms import Pseudonyms, hide
from model.term import Settings, Term, tables

ADMIN, COORDINATOR, TIMETABLER, EMPLOYER, PROFESSIONAL = (
    ReaderRole.ADMIN,
    ReaderRole.COORDINATOR,
    ReaderRole.TIMETABLER,
    ReaderRole.EMPLOYER,
    ReaderRole.PROFESSIONAL,
)
RUNS = frozenset({ADMIN, COORDINATOR})
PLANS = RUNS | {TIMETABLER}
ALL = frozenset(ReaderRole)
SELF = frozenset({PROFESSIONAL})
OWN_EMPLOYER = frozenset({ADMIN, EMPLOYER, PROFESSIONAL})
AGREED = frozenset(ReaderRole)
"""What school and employer agree about somebody: all sides."""

NOT_EMPLOYERS = PLANS | SELF
KEEPS_A_FILE = frozenset({ADMIN, TIMETABLER, PROFESSIONAL})
"""Schools must keep a file of licences (WEB 4.2.3a); the others read the level."""

FIELDS: dict[str, dict[str, frozenset[ReaderRole]]] = {
    "employers": {
        "release_policy": RUNS | {EMPLOYER},
        "release_quota_hours": RUNS | {EMPLOYER},
        "release_hours_used": RUNS | {EMPLOYER},
        "notice_days": RUNS | {EMPLOYER},
        "break_minutes": RUNS | {EMPLOYER},
        "critical_roles": frozenset({ADMIN, EMPLOYER}),
        "employees": frozenset({ADMIN, EMPLOYER}),
        "hour_cost": frozenset({ADMIN, EMPLOYER}),
    },
    "staff": {"name": frozenset({ADMIN, TIMETABLER})},
    "professionals": {
        "site": OWN_EMPLOYER,
        "team": OWN_EMPLOYER,
        "skills": OWN_EMPLOYER,
        "home_town": SELF,
        "home_postcode": SELF,
        "home_latitude": SELF,
        "home_longitude": SELF,
        "travel_mode": NOT_EMPLOYERS,
        "max_travel_minutes": NOT_EMPLOYERS,
        "employer_hours_per_week": OWN_EMPLOYER,
        "hours_before": OWN_EMPLOYER,
        **dict.fromkeys(
            (
                "max_lessons_per_week",
                "max_lessons_per_day",
                "max_days_per_week",
                "max_lessons_in_row",
                "max_gaps_per_day",
                "max_gaps_per_week",
                "first_periods_free",
                "min_lessons_per_visit",
                "max_evenings_per_week",
                "max_hours_per_week",
                "max_sites_per_day",
                "first_teaching_date",
            ),
            NOT_EMPLOYERS,
        ),
    },
    "unavailability": {"reason": SELF},
    "wishes": {"reason": SELF},
    "licences": {
        "valid_from": KEEPS_A_FILE,
        "valid_to": KEEPS_A_FILE,
        "board": KEEPS_A_FILE,
        "extended": KEEPS_A_FILE,
    },
    "engagements": {"guest_minutes_used": PLANS | SELF},
    "lessons": {"pinned": PLANS, "blocked": PLANS},
}
"""Fields that not everybody reads who sees the row, and who does. All others go with their row."""


@dataclass(frozen=True, slots=True)
class View:
    """What a region adds to the rules.

    Attributes:
        pseudonyms: how people are called until they are matched; None where the region has none.
        matched: ids of people who are: everybody sees them by name who may see them at all.
        key: of the region; what rows are called whose own id tells what the reader may not see.
    """

    pseudonyms: Pseudonyms | None = None
    matched: frozenset[str] = field(default_factory=frozenset)
    key: bytes = b""

    def mark(self, table: str, row: str) -> str:
        """What a row is called whose id is made of what it holds."""
        return f"r-{hmac.digest(self.key, f'{table} {row}'.encode(), sha256).hex()[:16]}"

    def called(self, reader: Reader, term: Term, professional: str) -> tuple[str, str]:
        """Id and name of somebody, as this reader knows them."""
        if self.hides(reader, professional):
            assert self.pseudonyms is not None, "nothing is hidden otherwise"
            return self.pseudonyms.id_of(professional), self.pseudonyms.name_of(professional)
        return professional, term.professional(professional).name

    def said(self, reader: Reader, term: Term, said: Any) -> Any:
        """A JSON value that was written about a term, with people as this reader knows them."""
        if self.pseudonyms is None:
            return said
        people = {each.id: each.name for each in term.professionals if self.hides(reader, each.id)}
        return hide(said, people, self.pseudonyms)

    def real(self, term: Term, professional: str) -> str:
        """The id of somebody whom a reader calls by a pseudonym."""
        if self.pseudonyms is None:
            return professional
        return self.pseudonyms.real(professional, (each.id for each in term.professionals))

    def hides(self, reader: Reader, professional: str) -> bool:
        """Whether this reader knows somebody by a pseudonym only."""
        return (
            self.pseudonyms is not None
            and reader.role in (ReaderRole.COORDINATOR, ReaderRole.TIMETABLER)
            and professional not in self.matched
        )


PLAIN = View()

Sees = Callable[["Reading", Any], bool]


def _open(_: Reading, __: Any) -> bool:
    return True


def _of_school(by: Callable[[Reading, Any], str | None]) -> Sees:
    """Rows of a school: for its timetablers, and who runs the region; those of no school are for everybody."""

    def sees(reading: Reading, row: Any) -> bool:
        school = by(reading, row)
        return school is None or reading.sees_school(school)

    return sees


def _of_employer(_reading: Reading, row: Any) -> bool:
    return row.employer is None or may_see_employer(_reading.reader, row.employer)


def _of_person(*roles: ReaderRole) -> Sees:
    """Rows of somebody: for themselves, and for these roles; of an employer, its own people only."""

    def sees(reading: Reading, row: Any) -> bool:
        return reading.sees_person(row.professional, frozenset(roles))

    return sees


def _unavailable(reading: Reading, row: Any) -> bool:
    """That somebody cannot come: planners must know it, whatever the reason; employers where it may be known to them."""
    reader = reading.reader
    return reader.role in PLANS or may_read(reading.term, reader, Privacy(row.privacy), row.professional)


def _busy(reading: Reading, row: Any) -> bool:
    if row.professional is not None:
        return reading.sees_person(row.professional, PLANS)
    school = row.school or next(
        (
            reading.term.find(table, each).school
            for table, each in (("class_groups", row.class_group), ("rooms", row.room), ("staff", row.staff))
            if each is not None
        ),
        None,
    )
    return school is None or reading.sees_school(school)


def _given(reading: Reading, row: Any) -> bool:
    """Who gives a lesson: for its school, and for who gives it; employers read their people's from the outcome."""
    own = reading.reader.role is PROFESSIONAL and row.professional in reading.reader.of
    return own or reading.sees_school(reading.school_of(row.lesson))


def _setting(reading: Reading, row: Any) -> bool:
    if row.professional is not None:
        return reading.sees_person(row.professional, RUNS)
    if row.employer is not None:
        return may_see_employer(reading.reader, row.employer)
    return row.school is None or reading.sees_school(row.school)


def _waiver(reading: Reading, row: Any) -> bool:
    if reading.reader.role is PROFESSIONAL:
        return row.professional in reading.reader.of
    return reading.reader.role in RUNS or (
        row.lesson is not None and reading.sees_school(reading.school_of(row.lesson))
    )


ROWS: dict[str, Sees] = {
    "periods": _open,
    "week_patterns": _open,
    "boards": _open,
    "schools": _open,
    "time_grids": _open,
    "calendar_days": lambda reading, row: row.employer is None or may_see_employer(reading.reader, row.employer),
    "rooms": _of_school(lambda _, row: row.school),
    "class_groups": _of_school(lambda _, row: row.school),
    "staff": _of_school(lambda _, row: row.school),
    "employers": _open,
    "employer_sites": _of_employer,
    "teams": _of_employer,
    "presence": _of_employer,
    "release_choices": _of_employer,
    "professionals": lambda reading, row: reading.sees_person(row.id, ALL),
    "work": _of_person(ADMIN, EMPLOYER),
    "releases": _of_person(*AGREED),
    "unavailability": _unavailable,
    "wishes": _of_person(*PLANS),
    "licences": _of_person(*AGREED),
    "stages": _of_person(*AGREED),
    "engagements": _of_person(*AGREED),
    "carpools": lambda reading, row: reading.reader.role in PLANS or not reading.reader.of.isdisjoint(row.people),
    "courses": _of_school(lambda _, row: row.school),
    "lessons": _of_school(lambda reading, row: reading.term.course(row.course).school),
    "lesson_times": _of_school(lambda reading, row: reading.school_of(row.lesson)),
    "demands": _of_school(lambda reading, row: reading.term.course(row.course).school),
    "busy": _busy,
    "activities": lambda reading, row: (
        row.school is None
        or reading.sees_school(row.school)
        or (reading.reader.role is PROFESSIONAL and not reading.reader.of.isdisjoint((*row.required, *row.wished)))
    ),
    "published": _given,
    "rules": _setting,
    "waivers": _waiver,
    "travel_times": lambda reading, _: reading.reader.role in PLANS,
}
"""Which rows of each table a reader sees."""


@dataclass(frozen=True)
class Reading:
    """A reader at a term."""

    term: Term
    reader: Reader
    view: View

    def sees(self, table: str, row: Any) -> bool:
        """Whether they see a row."""
        return ROWS[table](self, row)

    def sees_new(self, table: str, row: Any) -> bool:
        """The same of a row that the term does not have yet, which may refer to others that it does not have."""
        try:
            return self.sees(table, row)
        except KeyError:
            return True  # whoever adds it adds what it refers to, and whose that is, is told there

    def hidden(self, table: str, row: Record) -> set[str]:
        """Fields of a row that they do not read."""
        own_id = _id(row)
        allowed = FIELDS.get(table, {})
        hidden = {name for name, roles in allowed.items() if self.reader.role not in roles}
        if table == "employers" and self.reader.role is EMPLOYER and own_id not in self.reader.of:
            hidden |= allowed.keys()  # of others they know the name
        if table == "employers" and not may_see_euros(self.reader, own_id):
            hidden.add("hour_cost")
        return hidden

    def given(self, table: str, row: Any, known: Mapping[str, Any]) -> Any:
        """A row that they give back: people under their own ids, and what they do not read as it was."""
        marked = {self.view.mark(table, each): each for each in known} if row.id.startswith("r-") else {}
        row = row.replace(**{**self._real(table, row), "id": marked.get(row.id, row.id)})
        before = known.get(row.id)
        if before is None:
            return row
        return row.replace(**{name: getattr(before, name) for name in self.hidden(table, before)})

    def _real(self, table: str, row: Any) -> dict[str, Any]:
        if self.view.pseudonyms is None:
            return {}
        people = [each.id for each in self.term.professionals]
        real = partial(self.view.pseudonyms.real, among=people)
        changed: dict[str, Any] = {}
        for name, many in PEOPLE.get(table, ()):
            value = getattr(row, name)
            changed[name] = tuple(map(real, value)) if many else value and real(value)
        if table == "professionals" and row.id != changed["id"]:
            changed["name"] = self.term.professional(changed["id"]).name
        if table == "travel_times":
            for name in ("origin", "destination"):
                kind, _, person = getattr(row, name).partition(":")
                changed[name] = f"{kind}:{real(person)}" if person else kind
        return changed

    def school_of(self, lesson: str) -> str:
        """The school of a lesson, also of one that demand will be written out as."""
        course = self._demanded.get(lesson) or self.term.lesson(lesson).course
        return self.term.course(course).school

    @cached_property
    def _demanded(self) -> Mapping[str, str]:
        return {block: row.course for row in self.term.demands for block, _ in row.blocks()}

    def sees_school(self, school: str) -> bool:
        """Whether they see what happens inside a school."""
        reader = self.reader
        return reader.role in RUNS or (reader.role is TIMETABLER and school in reader.of)

    def sees_person(self, professional: str, roles: frozenset[ReaderRole]) -> bool:
        """Whether they see rows of somebody that are for these roles; of an employer, of its own people only."""
        match self.reader.role:
            case ReaderRole.PROFESSIONAL:
                return professional in self.reader.of
            case ReaderRole.EMPLOYER:
                return EMPLOYER in roles and self.term.professional(professional).employer in self.reader.of
            case role:
                return role in roles

    def shown(self, table: str, row: Record) -> dict[str, Any]:
        """A row, with the fields they may read that say something."""
        hidden = self.hidden(table, row)
        full = row.model_dump(mode="json", exclude_defaults=True, exclude=hidden)
        shown = self._called(table, dict(full))
        tells = not hidden.isdisjoint(row.key()) or shown != full
        if tells and table != "professionals" and _id(row) == row.made_id():
            shown["id"] = self.view.mark(table, str(full["id"]))
        return shown

    def _called(self, table: str, shown: dict[str, Any]) -> dict[str, Any]:
        """A row with people under the names this reader knows them by; those who are none of theirs are left out of lists."""
        for name, many in PEOPLE.get(table, ()):
            if name not in shown:
                continue
            if many:
                seen = [each for each in shown[name] if self.sees_person(each, ALL)]
                shown[name] = [self.view.called(self.reader, self.term, each)[0] for each in seen]
            elif self.view.hides(self.reader, shown[name]):
                person = shown[name]
                shown[name], called = self.view.called(self.reader, self.term, person)
                if table == "professionals":
                    shown["name"] = called
        for name in ("origin", "destination") if table == "travel_times" else ():
            kind, _, person = shown[name].partition(":")
            if kind == "home" and person:
                shown[name] = f"home:{self.view.called(self.reader, self.term, person)[0]}"
        return shown


def _people() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Fields that name people, by table, and whether each names many; of people their own id."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {"professionals": (("id", False),)}
    for table, record in tables():
        names = tuple(
            (name, "tuple" in str(each.annotation))
            for name, each in record.model_fields.items()
            if any(getattr(meta, "ref", None) == "professionals" for meta in each.metadata)
        )
        if names:
            found[table] = names
    return found


PEOPLE = _people()


def for_outsiders(term: Term, reader: Reader) -> Term:
    """A term to tell about to somebody: classes and rooms of schools they do not see into have no names in it."""
    if reader.role in RUNS or reader.role is PROFESSIONAL:
        return term

    def unnamed(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        own = reader.of if reader.role is TIMETABLER else ()
        return tuple(row if row.school in own else row.replace(name=UNNAMED) for row in rows)

    return term.replace(class_groups=unnamed(term.class_groups), rooms=unnamed(term.rooms))


def told_as(reader: Reader) -> frozenset[str]:
    """What tells readers apart for whom `for_outsiders` differs."""
    outside = reader.role in (EMPLOYER, TIMETABLER)
    return frozenset({reader.role.value, *(reader.of if reader.role is TIMETABLER else ())}) if outside else frozenset()


UNNAMED = "…"


def term_for(term: Term, reader: Reader, view: View = PLAIN) -> dict[str, Any]:
    """A term as a reader may see it, as JSON values: its settings, and of each table the rows and fields that are for them."""
    reading = Reading(term, reader, view)
    shown: dict[str, Any] = term.model_dump(mode="json", include=set(Settings.model_fields), exclude_defaults=True)
    for table, _ in tables():
        if rows := list(_rows(reading, table)):
            shown[table] = rows
    return shown


def _rows(reading: Reading, table: str) -> Iterable[dict[str, Any]]:
    sees = ROWS[table]
    return (reading.shown(table, row) for row in reading.term.rows(table) if sees(reading, row))


def without_secrets(term: Term) -> Term:
    """A term as a file may hold it: without what is for one person, or one employer, alone."""
    return term.replace(**{table: tuple(row.replace(**_blank(row)) for row in term.rows(table)) for table in SECRET})


def with_secrets(term: Term, before: Term) -> Term:
    """A term that was handed over again, with the secrets there were: a blank in a file says that they stay."""
    changed = {}
    for table, names in SECRET.items():
        known = {_id(row): row for row in before.rows(table)}
        changed[table] = tuple(
            row.replace(**{name: getattr(known[_id(row)], name) for name in names})
            if _id(row) in known and row.replace(**_blank(row)) == row
            else row
            for row in term.rows(table)
        )
    return term.replace(**changed)


def _id(row: Record) -> str:
    return str(getattr(row, "id"))  # noqa: B009  rows differ in type


def _blank(row: Record) -> dict[str, Any]:
    fields = type(row).model_fields
    return {name: fields[name].default for name in _secret(type(row))}


def _secret(record: type[Record]) -> tuple[str, ...]:
    return tuple(name for name, col in record.cols() if col.secret)


SECRET = {table: names for table, record in tables() if (names := _secret(record))}
"""Fields of each table that no file gives away."""
