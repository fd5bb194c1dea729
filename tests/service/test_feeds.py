"""Calendars by a secret address: what they hold, for whom they are made, and that an address that is none tells nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from model.term import Term
from service.access.visit import Visit
from service.api import feeds as api
from service.desk import feeds, publishing
from service.desk.feeds import FeedKind
from service.problems import Code, Problem
from service.store.columns import now
from service.store.database import Database
from service.store.documents import MissingError
from service.store.tables import Account, Audit, Feed, Grant
from tests.regions import release, table
from tests.service.test_scenarios_api import ONE_SQLITE, Http, Region, outcome_of, small

GIVEN = table("l1", ("l2", "ben"), ("s1", "anna"))


def all_day() -> Term:
    """Anna is released all of Monday."""
    return small(releases=[release("anna"), release("ben"), release("carl")])


def public(region: Region) -> Http:
    """Somebody who only has an address."""
    return region.client(region.visit("professional", "nobody"), api.public)


def path_of(url: str) -> str:
    """The address on the test's server."""
    return url.removeprefix("http://127.0.0.1:8000")


def made(region: Region, visit: Visit, term: str, kind: str, of: str) -> tuple[str, str]:
    """Id and address of a new feed."""
    feed, url = feeds.add(region.service, visit, term, FeedKind(kind), of)
    return feed.id, path_of(url)


def lessons(content: bytes) -> list[tuple[str, str]]:
    """Date and summary of each event."""
    events: list[Any] = list(Calendar.from_ical(content).events)
    return [(event.start.strftime("%m-%d %H:%M"), str(event["SUMMARY"])) for event in events]


def publish(region: Region, term: str, timetable: Any = GIVEN) -> str:
    """A timetable is promised."""
    outcome = region.solved(term, outcome_of(region.latest(term), timetable))
    publishing.publish(region.service, region.visit(), term, outcome)
    return outcome


def test_a_professional_has_their_own_lessons_and_no_others(database: Database) -> None:
    """Empty until something is published, and again once it is withdrawn; Anna gives l1 and s1, Ben l2."""
    region = Region.of(database)
    term = region.keep(all_day())
    _, at = made(region, region.visit("professional", "anna"), term, "professional", "anna")
    http = public(region)
    empty = http.get(at)
    assert (empty.status_code, lessons(empty.content)) == (200, [])
    publish(region, term)
    full = http.get(at)
    monday = [("09-07 08:30", "Robots"), ("09-07 13:00", "Chips")]
    assert [each for each in lessons(full.content) if each[0].startswith("09-07")] == monday
    assert len(lessons(full.content)) == 4
    assert b"Ben" not in full.content
    assert full.headers["content-type"] == "text/calendar; charset=utf-8"
    assert full.headers["cache-control"].startswith("private")
    assert full.headers["x-robots-tag"] == "noindex"
    publishing.withdraw(region.service, region.visit(), term)
    assert lessons(http.get(at).content) == []


@ONE_SQLITE
def test_a_school_has_its_lessons_with_who_gives_them(database: Database) -> None:
    """Those at south are not at north; they are in one time zone, said once."""
    region = Region.of(database)
    term = region.keep(all_day())
    _, at = made(region, region.visit("timetabler", "north"), term, "school", "north")
    assert lessons(public(region).get(at).content) == []
    publish(region, term)
    content = public(region).get(at).content
    assert lessons(content)[::2] == [("09-07 08:30", "Robots – Anna"), ("09-07 09:20", "Robots – Ben")]
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert content == public(region).get(at).content


def test_who_has_it_already_is_sent_nothing(database: Database) -> None:
    """Until something else is published."""
    region = Region.of(database)
    term = region.keep(all_day())
    _, at = made(region, region.visit("professional", "anna"), term, "professional", "anna")
    http = public(region)
    publish(region, term)
    tag = http.get(at).headers["etag"]
    for seen in (tag, f"W/{tag}", f'"other", {tag}'):
        same = http.get(at, headers={"If-None-Match": seen})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    publish(region, term, table("l1", "l2"))
    other = http.get(at, headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["etag"] != tag
    assert {what for _, what in lessons(other.content)} == {"Robots"}


def test_an_address_that_is_none_tells_nothing(database: Database) -> None:
    """Never given out, revoked, of somebody who left, or whose account was closed: the same answer to the byte."""
    region = Region.of(database)
    term, http = region.keep(all_day()), public(region)
    publish(region, term)
    stays, leaves, closed = (region.visit("professional", "anna") for _ in range(3))
    revoked, one = made(region, stays, term, "professional", "anna")
    _, two = made(region, leaves, term, "professional", "anna")
    _, three = made(region, closed, term, "professional", "anna")
    assert [http.get(each).status_code for each in (one, two, three)] == [200] * 3
    feeds.revoke(region.service, stays, revoked)
    with database.session() as session:
        session.delete(session.get_one(Grant, leaves.grant))
        session.execute(update(Account).where(Account.id == closed.account).values(disabled_at=now()))
    never = http.get("/calendar/never-given-out.ics")
    answers = [never, *(http.get(each) for each in (one, two, three))]
    assert {(each.status_code, each.content) for each in answers} == {(404, never.content)}


@ONE_SQLITE
def test_only_a_digest_is_kept(database: Database) -> None:
    """Whoever reads the database has no address; 256 bits cannot be guessed."""
    region = Region.of(database)
    visit = region.visit("professional", "anna")
    term = region.keep(all_day())
    tokens = {
        made(region, visit, term, "professional", "anna")[1].split("/")[-1].removesuffix(".ics") for _ in range(3)
    }
    assert len(tokens) == 3
    assert all(len(each) >= 43 for each in tokens)  # 43 letters of 6 bits
    with database.reading() as session:
        for row in session.scalars(select(Feed)):
            assert not any(token in str(vars(row)) for token in tokens)
    shown = region.client(visit, api.router).get("/v1/feeds").text
    assert not any(token in shown for token in tokens)


def test_it_is_written_down_once_a_day_who_reads(database: Database) -> None:
    """Telephones ask every quarter of an hour; the next day it is written again, and another feed has its own."""
    region = Region.of(database)
    term, http = region.keep(all_day()), public(region)
    feed, at = made(region, region.visit("professional", "anna"), term, "professional", "anna")
    _, school = made(region, region.visit("timetabler", "north"), term, "school", "north")

    def rows() -> list[tuple[str | None, str | None]]:
        with database.reading() as session:
            query = select(Audit.subject, Audit.person).where(Audit.action == "feed_read").order_by(Audit.id)
            return [tuple(each) for each in session.execute(query)]  # type: ignore[misc]

    for _ in range(3):
        http.get(at)
    assert rows() == [(feed, "anna")]
    with database.session() as session:
        yesterday = now() - timedelta(days=1)
        session.execute(update(Audit).where(Audit.action == "feed_read").values(at=yesterday))
    http.get(at)
    http.get(school)
    assert [person for _, person in rows()] == ["anna", "anna", None]


@ONE_SQLITE
@pytest.mark.parametrize(
    ("role", "of", "kind", "whose"),
    [
        ("professional", "anna", "professional", "ben"),
        ("professional", "anna", "school", "north"),
        ("timetabler", "north", "school", "south"),
        ("timetabler", "north", "professional", "anna"),
        ("employer", "works", "professional", "anna"),
        ("coordinator", "", "professional", "anna"),
        ("employer", "north", "school", "north"),
    ],
)
def test_nobody_makes_or_ends_one_of_another(database: Database, role: str, of: str, kind: str, whose: str) -> None:
    """Professionals their own, timetablers their sites'; an employer called as a site is no site."""
    region = Region.of(database)
    term, visit = region.keep(all_day()), region.visit(role, of)
    with pytest.raises(Problem) as refused:
        feeds.add(region.service, visit, term, FeedKind(kind), whose)
    assert refused.value.code is Code.FORBIDDEN
    theirs, at = made(region, region.visit("admin"), term, kind, whose)
    with pytest.raises((MissingError, Problem)):
        feeds.revoke(region.service, visit, theirs)
    assert public(region).get(at).status_code == 200
    if role != "employer":  # who has nothing to do with feeds
        assert region.client(visit, api.router).get("/v1/feeds").json()["items"] == []


@ONE_SQLITE
def test_over_http(database: Database) -> None:
    """Of one of the two, of the term's people; listed without addresses, revoked once."""
    region = Region.of(database)
    term = region.keep(all_day())
    http = region.client(region.visit("admin"), api.router)
    both = {"term": term, "professional": "anna", "school": "north"}
    assert [http.post("/v1/feeds", json=each).status_code for each in (both, {"term": term})] == [422, 422]
    assert http.post("/v1/feeds", json={"term": term, "professional": "nobody"}).status_code == 404
    new = http.post("/v1/feeds", json={"term": term, "school": "north"}).json()
    assert http.get("/v1/feeds").json()["items"] == [{name: new[name] for name in new if name != "url"}]
    assert [http.delete(f"/v1/feeds/{new['id']}").status_code for _ in range(2)] == [204, 404]
    assert http.get("/v1/feeds").json()["items"] == []
