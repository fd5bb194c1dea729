"""The end of keeping: each kind of row on the last day it is kept, and on the first it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from service.store import documents
from service.store.care.retention import due, upkeep
from service.store.database import Database
from service.store.documents import Kind
from service.store.regions import RegionSettings, found_region
from service.store.tables import (
    Answered,
    ApiToken,
    Audit,
    Base,
    Delivery,
    Document,
    Executor,
    LoginLink,
    LoginSession,
    Region,
)
from tests.service.store_care.everything import rows_of
from tests.service.store_care.full import NOW, Full

LAST_DAY = date(2026, 10, 11)
"""Of the terms in `full.py`; they are kept for 730 days."""

TABLES: dict[str, tuple[type[Base], timedelta]] = {
    "login_session": (LoginSession, timedelta(days=1)),  # expires a day after NOW
    "login_link": (LoginLink, timedelta(days=1)),
    "api_token": (ApiToken, timedelta(days=1 + 30)),
    "answered": (Answered, timedelta(days=2)),
    "delivery": (Delivery, timedelta(days=30)),
    "executor": (Executor, timedelta(days=1)),
    "audit": (Audit, timedelta(days=3 * 365 + 1)),  # by whole days
}
"""By table how long after NOW its rows in `full.py` are kept."""


def _count(database: Database, table: type[Base]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_deleted_when_they_have_served(name: str, database: Database, full: Full) -> None:
    """At the very end nothing goes; a moment later all of them do."""
    table, kept = TABLES[name]
    with database.session() as session:
        session.execute(update(Delivery).values(created_at=NOW))
        session.execute(update(Region).values(settings=RegionSettings(keep_days=3650).model_dump()))
    end = NOW + kept
    if name == "audit":
        end = datetime.combine(end.date(), datetime.min.time(), UTC) - timedelta(microseconds=1)
    count = _count(database, table)
    assert upkeep(database, end).rows[name] == 0
    assert _count(database, table) == count > 0
    assert upkeep(database, end + timedelta(microseconds=1)).rows[name] == count
    assert _count(database, table) == 0
    assert full.region


def test_a_delivery_that_is_still_tried_stays(database: Database, full: Full) -> None:
    """However old it is."""
    with database.session() as session:
        session.execute(update(Delivery).values(created_at=NOW, next_at=NOW))
    assert upkeep(database, NOW + timedelta(days=99)).rows["delivery"] == 0
    assert full.region


def test_a_withdrawn_token_goes_thirty_days_later(database: Database, full: Full) -> None:
    """Though it would have been valid for long."""
    with database.session() as session:
        session.execute(update(ApiToken).values(expires_at=NOW + timedelta(days=900), revoked_at=NOW))
    assert upkeep(database, NOW + timedelta(days=30)).rows["api_token"] == 0
    assert upkeep(database, NOW + timedelta(days=31)).rows["api_token"] == 1
    assert full.region


def test_a_region_says_how_long_its_log_is_kept(database: Database, full: Full) -> None:
    """One keeps it for 90 days, another for three years; rows of no region are kept for three years too."""
    with database.session() as session:
        session.get_one(Region, full.region).settings = RegionSettings(audit_days=90).model_dump()
        session.add(Audit(region=full.other, role="r", request="r", action="a", at=NOW))
    assert upkeep(database, NOW + timedelta(days=92)).rows["audit"] == 4
    assert [row["region"] for row in rows_of(database)["audit"]] == [None, full.other]


def test_a_term_is_due_the_day_after_it_is_kept(database: Database, full: Full) -> None:
    """730 days after its last day it is still there."""
    until = LAST_DAY + timedelta(days=730)
    with database.reading() as session:
        assert due(session, until) == []
        found = due(session, until + timedelta(days=1))
    assert {each.region for each in found} == {full.region, full.other}
    assert {(each.end, each.until) for each in found} == {(LAST_DAY, until)}


def test_what_hangs_on_a_term_goes_with_it(database: Database, full: Full) -> None:
    """Outcomes, scenarios, decisions, jobs, calendars: what is left are regions, accounts and the log, which says what was done."""
    with database.session() as session:
        session.get_one(Region, full.other).settings = RegionSettings(keep_days=3650).model_dump()
    at = datetime(2028, 10, 12, 3, tzinfo=UTC)
    done = upkeep(database, at)
    assert [each.document for each in done.terms] == [full.term]
    assert done.rows["document"] == 9  # a term, a scenario, two outcomes, a record, four answers
    rows = rows_of(database)
    assert {row["region"] for row in rows["document"]} == {full.other}
    assert not any(rows[name] for name in ("job", "incumbent", "job_event", "feed", "part", "publication"))
    assert rows["account"]
    last = rows["audit"][-1]
    assert (last["action"], last["subject"], last["details"]) == ("term_expired", full.term, {"end": "2026-10-11"})
    assert upkeep(database, at).terms == []


def test_the_last_day_is_that_of_the_latest_revision(database: Database) -> None:
    """A term that was made longer is kept longer; where lists do not know, the content does."""
    with database.session() as session:
        region = found_region(session, "Midden", RegionSettings(keep_days=30)).id
        told = documents.create(session, region, Kind.TERM, '{"end": "2020-01-01"}', facts={"end": "2026-01-01"}).id
        untold = documents.create(session, region, Kind.TERM, '{"end": "2026-01-02"}').id
        documents.create(session, region, Kind.TERM, "{}")
        documents.create(session, region, Kind.OUTCOME, "{}", parent=untold, facts={"end": "2000-01-01"})
    with database.reading() as session:
        assert [each.document for each in due(session, date(2026, 2, 1))] == [told]
        assert {each.document for each in due(session, date(2026, 2, 2))} == {told, untold}


def test_looking_deletes_nothing_and_counts_the_same(database: Database, full: Full) -> None:
    """Who only looks is told what would go."""
    at = datetime(2040, 1, 1, tzinfo=UTC)
    before = rows_of(database)
    would = upkeep(database, at, dry=True)
    assert rows_of(database) == before
    assert all(would.rows.values())
    assert len(would.terms) == 2
    did = upkeep(database, at)
    assert did.terms == would.terms
    assert did.rows == would.rows
    with database.reading() as session:
        assert session.scalars(select(Document.id)).all() == []
    assert full.region
