"""Changes of people: somebody who comes or goes, a licence, what somebody agrees to, days on which they are away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from model import names
from model.change import Edit
from model.fields import Col
from model.issues import nearest
from model.people import (
    Engagement,
    Licence,
    LicenceLevel,
    Privacy,
    Professional,
    Release,
    Stage,
    Unavailability,
    Wish,
    WorkBlock,
)
from model.scenarios.kind import MisfitError, ScenarioChange, has
from model.scenarios.releases import Person
from model.sites import Sector
from model.term import Term, tables
from model.travel import home


class Join(ScenarioChange):
    """Somebody comes, with their work, releases, licences, agreements and wishes: rows as in the tables of a term."""

    kind: Literal["add_professional"] = "add_professional"
    nested: ClassVar[tuple[str, ...]] = (
        "professionals", "work", "releases", "unavailability", "wishes", "licences", "stages", "engagements",
    )  # fmt: skip
    professionals: tuple[Professional, ...] = ()
    work: tuple[WorkBlock, ...] = ()
    releases: tuple[Release, ...] = ()
    unavailability: tuple[Unavailability, ...] = ()
    wishes: tuple[Wish, ...] = ()
    licences: tuple[Licence, ...] = ()
    stages: tuple[Stage, ...] = ()
    engagements: tuple[Engagement, ...] = ()

    def edits(self, term: Term) -> Iterator[Edit]:
        if not self.professionals:
            raise MisfitError("scenario_nobody_comes", "professionals")
        mine = {each.id for each in self.professionals}
        for table in self.nested:
            for place, row in enumerate(getattr(self, table)):
                where = f"{table}[{place}]"
                if has(term, table, row.id):
                    raise MisfitError("id_twice", f"{where}.id", row.id)
                whose = getattr(row, "professional", None)
                if whose is not None and whose not in mine:
                    raise MisfitError("scenario_of_another", f"{where}.professional", whose, maybe=nearest(whose, mine))
                yield Edit(table, None, {name: getattr(row, name) for name in type(row).model_fields})

    def params(self, term: Term) -> Mapping[str, object]:  # noqa: ARG002  they are in no term yet
        return {"people": [each.name for each in self.professionals]}

    def people(self, term: Term) -> frozenset[str] | None:  # noqa: ARG002  likewise
        return frozenset(each.id for each in self.professionals)


class Leave(ScenarioChange):
    """Somebody goes, with all that is said of them; pins and promises of theirs go too."""

    kind: Literal["remove_professional"] = "remove_professional"
    professional: Person

    def edits(self, term: Term) -> Iterator[Edit]:
        gone = self.professional
        for table, record in tables():
            fields = [name for name, col in record.cols() if col.ref == "professionals"]
            for row in term.rows(table) if fields else ():
                row_id = getattr(row, "id")  # noqa: B009  rows differ in type
                if any(getattr(row, name) == gone for name in fields):
                    yield Edit(table, row_id, None)
                    continue
                lists = {name: getattr(row, name) for name in fields if isinstance(getattr(row, name), tuple)}
                fewer = {
                    name: tuple(each for each in value if each != gone)
                    for name, value in lists.items()
                    if gone in value
                }
                if fewer and (table == "carpools" or (table in _OF_NAMED and not all(fewer.values()))):
                    yield Edit(table, row_id, None)  # of nobody it would be of everybody, or of one
                elif fewer:
                    yield Edit(table, row_id, fewer)
        for row in term.travel_times:
            if home(gone) in (row.origin, row.destination):
                yield Edit("travel_times", row.id, None)
        yield Edit("professionals", gone, None)

    def params(self, term: Term) -> Mapping[str, object]:
        return {"person": names.person(term, self.professional)}


_OF_NAMED = frozenset({"presence", "release_choices"})
"""Tables whose rows are about the named people, or about everybody when nobody is named."""


class Grant(ScenarioChange):
    """Somebody gets a licence."""

    kind: Literal["grant_licence"] = "grant_licence"
    professional: Person
    subject: Annotated[str, Field(min_length=1), Col("subject or domain", "vak")]
    sector: Annotated[Sector, Col("sector", "sector")]
    level: Annotated[LicenceLevel, Col("level", "niveau")]
    valid_from: Annotated[date | None, Col("first day", "geldig van")] = None
    valid_to: Annotated[date | None, Col("last day", "geldig tot")] = None
    board: Annotated[str | None, Col("only for this competent authority", "bestuur", ref="boards")] = None

    def edits(self, term: Term) -> Iterator[Edit]:
        values = {name: getattr(self, name) for name, _ in self.cols()}
        row = Licence(**values)
        if has(term, "licences", row.id):
            raise MisfitError("scenario_licensed_already", "subject", self.subject)
        yield Edit("licences", None, values)

    def params(self, term: Term) -> Mapping[str, object]:
        return {
            "person": names.person(term, self.professional),
            "subject": self.subject,
            "level": self.level,
            "sector": self.sector,
        }


class Expire(ScenarioChange):
    """Licences of somebody in a subject end after a day."""

    kind: Literal["expire_licence"] = "expire_licence"
    professional: Person
    subject: Annotated[str, Field(min_length=1), Col("subject or domain", "vak")]
    last_date: Annotated[date, Col("last day", "geldig tot")]

    def edits(self, term: Term) -> Iterator[Edit]:
        mine = term.licences_of(self.professional)
        found = [row for row in mine if row.subject.casefold() == self.subject.casefold()]
        if not found:
            maybe = nearest(self.subject, [row.subject for row in mine])
            raise MisfitError("scenario_no_licence", "subject", self.subject, maybe=maybe)
        for row in found:
            if row.valid_from is not None and row.valid_from > self.last_date:
                yield Edit("licences", row.id, None)
            elif row.valid_to is None or row.valid_to > self.last_date:
                yield Edit("licences", row.id, {"valid_to": self.last_date})

    def params(self, term: Term) -> Mapping[str, object]:
        return {
            "person": names.person(term, self.professional),
            "subject": self.subject,
            "date": self.last_date,
        }


class Limit(StrEnum):
    """What somebody agrees to: the field of their row that says how much."""

    LESSONS_PER_WEEK = "max_lessons_per_week"
    LESSONS_PER_DAY = "max_lessons_per_day"
    LESSONS_IN_ROW = "max_lessons_in_row"
    DAYS_PER_WEEK = "max_days_per_week"
    EVENINGS_PER_WEEK = "max_evenings_per_week"
    GAPS_PER_DAY = "max_gaps_per_day"
    SITES_PER_DAY = "max_sites_per_day"
    TRAVEL_MINUTES = "max_travel_minutes"
    LESSONS_PER_VISIT = "min_lessons_per_visit"


class Load(ScenarioChange):
    """Somebody agrees to more, or to less; without a number to as much as the rules allow."""

    kind: Literal["load"] = "load"
    professional: Person
    limit: Annotated[Limit, Col("what they agree to", "wat")]
    value: Annotated[int | None, Field(ge=0, le=1440), Col("how much", "hoeveel")] = None

    def edits(self, term: Term) -> Iterator[Edit]:
        if getattr(term.professional(self.professional), self.limit.value) == self.value:
            raise MisfitError("scenario_as_it_is", "value", self.value)
        yield Edit("professionals", self.professional, {self.limit.value: self.value})

    def params(self, term: Term) -> Mapping[str, object]:
        now = getattr(term.professional(self.professional), self.limit.value)
        shown = {name: "–" if each is None else each for name, each in (("value", self.value), ("now", now))}
        return {"person": names.person(term, self.professional), "limit": self.limit, **shown}


class Absence(ScenarioChange):
    """Somebody is away from a day on, for the time being or until another day; why is nobody's business."""

    kind: Literal["absence"] = "absence"
    professional: Person
    first_date: Annotated[date, Col("first day", "vanaf datum")]
    last_date: Annotated[date | None, Col("last day", "tot datum")] = None

    def edits(self, term: Term) -> Iterator[Edit]:
        values = {name: getattr(self, name) for name, _ in self.cols()}
        if has(term, "unavailability", Unavailability(**values).id):
            raise MisfitError("scenario_as_it_is", "first_date", self.first_date)
        yield Edit("unavailability", None, {**values, "privacy": Privacy.OPEN})

    def params(self, term: Term) -> Mapping[str, object]:
        last = self.last_date or term.end
        return {"person": names.person(term, self.professional), "first": self.first_date, "last": last}
