"""Calendars that a telephone can subscribe to: whoever has the address reads what is published, without logging in.

The address is told once; a digest of it is kept. A feed lives as long as whoever made it has a role in the region.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import TypeVar

from icalendar import Calendar
from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from model import names
from model.access import ReaderRole
from model.access_actions import Action, Owned, OwnerKind
from model.access_term import RUNS
from model.demands import expanded
from model.locale import text
from model.results.feeds import feed as calendar_of
from model.term import Term
from model.timetable import LessonCount, Outcome, Status
from service.access import audit
from service.access.secret import digest, new_secret
from service.access.visit import Scope, Visit
from service.desk.allowed import need
from service.desk.outcomes import answered
from service.desk.paging import page
from service.desk.terms import stored_term
from service.problems import Code, Problem
from service.shapes import Page
from service.state import Service
from service.store.columns import new_id, now
from service.store.documents import MissingError
from service.store.tables import Account, Audit, Feed, Grant, Publication
from solver.run import versions

Row = TypeVar("Row")


class FeedKind(StrEnum):
    """Whose lessons a feed holds."""

    PROFESSIONAL = "professional"
    SCHOOL = "school"


_OWNER = {FeedKind.PROFESSIONAL: OwnerKind.PROFESSIONAL, FeedKind.SCHOOL: OwnerKind.SCHOOL}
_KINDS = {
    ReaderRole.ADMIN: tuple(FeedKind),
    ReaderRole.COORDINATOR: (FeedKind.SCHOOL,),
    ReaderRole.TIMETABLER: (FeedKind.SCHOOL,),
    ReaderRole.PROFESSIONAL: (FeedKind.PROFESSIONAL,),
}
"""Whose feeds each role has to do with: a coordinator may know people by a pseudonym only, and a calendar has their name."""

_TABLE = {FeedKind.PROFESSIONAL: "professionals", FeedKind.SCHOOL: "schools"}


def add(service: Service, visit: Visit, term: str, kind: FeedKind, of: str) -> tuple[Feed, str]:
    """Make a feed; its address is told now and never again.

    Raises:
        MissingError: there is no such term, or no such professional or school in it.
    """
    _may(visit, kind, of)
    _, found = stored_term(service, visit, term)
    if of not in {getattr(row, "id") for row in found.rows(_TABLE[kind])}:  # noqa: B009  rows differ in type
        raise MissingError(of)
    token = new_secret()
    made = Feed(
        id=new_id("feed"),
        digest=digest(token),
        region=visit.region,
        term=term,
        role=kind.value,
        of=of,
        created_by=visit.account,
    )
    with service.database.session() as session:
        session.add(made)
        session.flush()
        person = of if kind is FeedKind.PROFESSIONAL else None
        audit.write(session, visit, "feed_made", subject=made.id, person=person)
    return made, f"{service.settings.address}/calendar/{token}.ics"


def _may(visit: Visit, kind: FeedKind, of: str) -> None:
    need(visit, Action.MAKE_FEED, Owned(_OWNER[kind], of))
    if kind not in _KINDS[visit.role]:
        raise Problem(Code.FORBIDDEN)


def listed(service: Service, visit: Visit, row: Callable[[Feed], Row], after: str | None, limit: int) -> Page[Row]:
    """Feeds of what is the visitor's own, or of the region for who runs it; without those that were revoked."""
    with service.database.reading() as session:
        query = _theirs(visit).order_by(Feed.created_at.desc(), Feed.id)
        return page(session, query, Feed, row, after=after, limit=limit)


def _theirs(visit: Visit) -> Select[Feed]:
    need(visit, Action.MAKE_FEED)
    kinds = [each.value for each in _KINDS[visit.role]]
    query = select(Feed).where(Feed.region == visit.region, Feed.revoked_at.is_(None), Feed.role.in_(kinds))
    return query if visit.role in RUNS else query.where(Feed.of.in_(visit.of))


def revoke(service: Service, visit: Visit, feed: str) -> None:
    """End a feed: its address is that of nothing from now on."""
    with service.database.session() as session:
        found = session.scalar(_theirs(visit).where(Feed.id == feed))
        if found is None:
            raise MissingError(feed)
        found.revoked_at = now()
        audit.write(session, visit, "feed_revoked", subject=feed)


# For whoever has the address


@dataclass(frozen=True, slots=True)
class Served:
    """A calendar.

    Attributes:
        tag: the same for the same content.
        content: iCalendar; None where whoever asks has it already.
    """

    tag: str
    content: bytes | None


def served(service: Service, token: str, seen: str | None, request: str) -> Served:
    """The calendar at an address.

    Args:
        seen: tag of what whoever asks has.
        request: id of the request.

    Raises:
        MissingError: there is none at this address, or none any more; which of the two is not told.
    """
    with service.database.reading() as session:
        feed = session.scalar(select(Feed).where(Feed.digest == digest(token), Feed.revoked_at.is_(None)))
        maker = None if feed is None else session.get(Account, feed.created_by)
        if feed is None or maker is None or not _still_there(session, feed, maker):
            raise MissingError("feed")
        publication = session.get(Publication, feed.term)
        outcome = None if publication is None else publication.outcome
    _write(service, feed, request)
    made_of = (feed.id, outcome, maker.language, *versions().values())
    tag = f'"{digest(repr(made_of))}"'
    if seen is not None and tag in (each.strip().removeprefix("W/") for each in seen.split(",")):
        return Served(tag, None)
    return Served(tag, _content(service, feed, outcome, maker.language))


def _still_there(session: Session, feed: Feed, maker: Account) -> bool:
    role = exists().where(Grant.account == maker.id, Grant.region == feed.region)
    return maker.disabled_at is None and bool(session.scalar(select(role)))


def _write(service: Service, feed: Feed, request: str) -> None:
    """That it is read is written down once a day: telephones ask every quarter of an hour."""
    at = now()
    today = exists().where(
        Audit.region == feed.region,
        Audit.at >= datetime.combine(at.date(), time(), at.tzinfo),
        Audit.action == "feed_read",
        Audit.subject == feed.id,
    )
    with service.database.reading() as session:
        if session.scalar(select(today)):
            return
    with service.database.session() as session:
        audit.write(session, _visit_of(feed, request), "feed_read", subject=feed.id, person=_person(feed))


def _person(feed: Feed) -> str | None:
    return feed.of if feed.role == FeedKind.PROFESSIONAL else None


def _visit_of(feed: Feed, request: str, language: str = "nl") -> Visit:
    """A feed asks as what it was made for, and may read no more than that."""
    role = ReaderRole.PROFESSIONAL if feed.role == FeedKind.PROFESSIONAL else ReaderRole.TIMETABLER
    return Visit(
        region=feed.region,
        account=feed.created_by or "",
        grant="",
        role=role,
        of=frozenset({feed.of}),
        language=language,
        request=request,
        scopes=frozenset({Scope.READ}),
        token=feed.id,
    )


_NOTHING = Outcome(status=Status.GAVE_UP, lessons=LessonCount(total=0, filled=0, open=0))


def _content(service: Service, feed: Feed, outcome: str | None, lang: str) -> bytes:
    """What is published; an empty calendar where nothing is, so that no subscriber keeps what was withdrawn."""
    visit = _visit_of(feed, "", lang)
    if outcome is None:
        term, timetable = stored_term(service, visit, feed.term)[1], _NOTHING
    else:
        found = answered(service, visit, outcome)
        term, timetable = found.term, found.outcome
    try:
        if feed.role == FeedKind.PROFESSIONAL:
            return calendar_of(term, timetable, feed.of, lang)
        return calendar_of_school(term, timetable, feed.of, lang)
    except KeyError:  # no longer in the term
        raise MissingError("feed") from None


def calendar_of_school(term: Term, outcome: Outcome, school: str, lang: str) -> bytes:
    """The calendar of a school: what each of its teachers gives there, with who it is.

    Raises:
        KeyError: the term has no such school.
    """
    full = expanded(term)
    lessons = {row.id for course in full.courses_of(school) for row in full.lessons_of(course.id)}
    there = tuple(row for row in outcome.assignments if row.lesson in lessons)
    own = outcome.model_copy(update={"assignments": there})
    made = Calendar()
    made.add("prodid", f"-//Hybrooster//Hybrooster//{lang.upper()}")
    made.add("version", "2.0")
    called = {"school": names.school(term, school), "term": term.name or term.id}
    made.calendar_name = text("publishing.school_feed", lang, **called)
    for place, person in enumerate(dict.fromkeys(row.professional for row in there)):
        theirs = Calendar.from_ical(calendar_of(full, own, person, lang))
        for zone in theirs.timezones if place == 0 else ():
            made.add_component(zone)
        for event in theirs.events:
            what = event.pop("SUMMARY")
            event.add("summary", f"{what} – {names.person(term, person)}")
            made.add_component(event)
    written: bytes = made.to_ical()
    return written
