"""The region itself: what it decided, who sees what of somebody, and what is kept of a person (AVG art. 15 and 17)."""

from __future__ import annotations

from collections.abc import Sequence

from model.access_actions import Action, Owned, OwnerKind
from model.access_told import Told, who_sees_what
from model.demands import expanded
from model.half_days import HalfDayStanding, half_days
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.conflict import conflict
from service.desk.outcomes import answered
from service.desk.terms import stored_term, view_of
from service.problems import Code, Problem
from service.state import Service
from service.store.care.erasure import Erased, erase_person
from service.store.care.person import person_data
from service.store.care.refused import CareError
from service.store.columns import Json
from service.store.documents import ChangedError, MissingError
from service.store.regions import RegionSettings
from service.store.tables import Publication, Region


def read(service: Service, visit: Visit) -> Region:
    """The visitor's region."""
    need(visit, Action.READ_REGION)
    with service.database.reading() as session:
        return session.get_one(Region, visit.region)


def change(service: Service, visit: Visit, name: str, settings: RegionSettings, seen: int) -> Region:
    """Change what a region decided.

    Raises:
        ChangedError: somebody else did since.
    """
    need(visit, Action.EDIT_REGION)
    with service.database.session() as session:
        region = session.get_one(Region, visit.region, with_for_update=True)
        if region.version != seen:
            raise ChangedError(region.version)
        region.name, region.settings = name, settings.model_dump(mode="json")
        audit.write(session, visit, "region_changed", subject=region.id)
        session.flush()
    return region


def told(service: Service, visit: Visit, term: str, professional: str) -> Sequence[Told]:
    """Who sees what of somebody: for themselves, and for who administers the region."""
    need(visit, Action.SEE_WHO_SEES, Owned(OwnerKind.PROFESSIONAL, professional))
    stored, found = stored_term(service, visit, term)
    with service.database.reading() as session:
        published = session.get(Publication, stored.id)
        view = view_of(service, session, visit, stored.id, found)
    outcome = None if published is None else answered(service, visit, published.outcome).outcome
    try:
        return who_sees_what(found, professional, view, outcome)
    except KeyError:
        raise MissingError(professional) from None


def standing(service: Service, visit: Visit, term: str, professional: str) -> Sequence[HalfDayStanding]:
    """How somebody stands in every half-day: free, released, or busy, without a word of why."""
    need(visit, Action.READ_TERM)
    stored, found = stored_term(service, visit, term)
    with service.database.session() as session:
        view = view_of(service, session, visit, stored.id, found)
        person = view.real(found, professional)
        audit.write(session, visit, "half_days_read", subject=term, person=person)
    try:
        found_days = half_days(expanded(found), person, visit.reader)
    except KeyError:
        raise Problem(Code.FORBIDDEN) from None
    if not found_days:
        raise Problem(Code.FORBIDDEN)
    return found_days


def data_of(service: Service, visit: Visit, person: str) -> Json:
    """Everything that is kept of a person, for whoever answers their request: it may name others too, and is to be read first.

    Raises:
        MissingError: the region knows nobody of this id.
    """
    need(visit, Action.EXPORT_PERSON)
    with service.database.session() as session:
        audit.write(session, visit, "person_exported", person=person)
    try:
        return person_data(service.database, visit.region, person, lang=visit.language)
    except CareError:
        raise MissingError(person) from None


def forget(service: Service, visit: Visit, person: str) -> Erased:
    """Take a person out of everything that is kept; timetables stay, with somebody without a name in them.

    Raises:
        MissingError: the region knows nobody of this id.
        Problem: a job runs, which would write them down again.
    """
    need(visit, Action.ERASE_PERSON)
    try:
        erased = erase_person(service.database, visit.region, person, by=visit.account, lang=visit.language)
    except CareError as error:
        if error.code == "jobs_run":
            raise conflict("busy", visit.language) from None
        raise MissingError(person) from None
    service.forget()
    return erased
