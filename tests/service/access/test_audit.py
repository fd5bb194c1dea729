"""The audit log: added to, asked, and free of personal data."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from model.access import ReaderRole
from service.access import audit
from service.access.audit import Filters
from service.store.columns import now
from service.store.regions import found_region
from service.store.tables import Audit
from tests.service.access.conftest import House, only_sqlite

ODD = ["p1", "p-2", 'say "x"', "x", "é 3", "50%", "a_b", "back\\slash", "P1", "people", "csv"]
"""Ids as files may have them: each must be found, and none in the place of another."""


def test_who_read_whose_data_can_be_asked(house: House) -> None:
    """Read alone or among many: a person finds each row that is about them, and no other."""
    visit = house.visit()
    with house.database.session() as session:
        audit.write(session, visit, "part_read", person="p1", subject="term-1")
        audit.write_people(session, visit, "outcome_read", ODD, subject="outcome-1", details={"form": "csv"})
        audit.write_people(session, visit, "term_read", ["p10", "ap1", "p1 x"])
    with house.database.reading() as session:
        for each in ODD:
            rows = audit.read(session, house.region, Filters(person=each))
            assert [row.action for row in rows] == ["outcome_read", *(["part_read"] if each == "p1" else [])], each
        (row,) = audit.read(session, house.region, Filters(subject="outcome-1"))
        assert audit.people_of(row) == sorted(ODD)
        assert (row.account, row.role, row.request) == ("account-1", "admin", "request-1")
        assert audit.read(session, house.region, Filters(person="form")) == []


def test_rows_are_found_by_what_they_say(house: House) -> None:
    """Account, action, moment; the newest first, a page at a time, and never another region's."""
    with house.database.session() as session:
        elsewhere = found_region(session, "Elders").id
        for number in range(5):
            audit.write(session, house.visit(account=f"account-{number % 2}"), "term_read", subject=f"term-{number}")
        audit.write(session, house.visit(), "term_removed")
    with house.database.reading() as session:
        rows = audit.read(session, house.region, Filters(account="account-0"), limit=2)
        assert [row.subject for row in rows] == ["term-4", "term-2"]
        rows = audit.read(session, house.region, Filters(account="account-0"), limit=2, before=rows[-1].id)
        assert [row.subject for row in rows] == ["term-0"]
        assert [row.action for row in audit.read(session, house.region, Filters(action="term_removed"))]
        assert audit.read(session, house.region, Filters(since=now() + timedelta(minutes=1))) == []
        assert len(audit.read(session, house.region, Filters(until=now() + timedelta(minutes=1)))) == 6
        assert audit.read(session, elsewhere) == []


@only_sqlite
@pytest.mark.parametrize(
    "details",
    [{"mail": "jan@school.example"}, {"name": "Jan de Vries"}, {"of": "p1"}, {"all": ["p1"]}, {"x": {"y": "z"}}],
)
def test_details_hold_no_personal_data(house: House, details: dict[str, object]) -> None:
    """Codes and numbers only: whatever else is a mistake in the program."""
    with pytest.raises(ValueError, match="personal"), house.database.session() as session:
        audit.write(session, house.visit(), "term_read", details=details)  # type: ignore[arg-type]


@only_sqlite
def test_an_action_is_a_code(house: House) -> None:
    """No sentence, in which somebody could be named."""
    with pytest.raises(ValueError, match="code"), house.database.session() as session:
        audit.write(session, house.visit(), "Jan heeft gelezen")


def test_what_was_written_stays(house: House) -> None:
    """A row is neither changed nor deleted by the program."""
    with house.database.session() as session:
        audit.write(session, house.visit(), "term_read")

    def change() -> None:
        with house.database.session() as session:
            session.scalars(select(Audit)).one().action = "nothing"

    def remove() -> None:
        with house.database.session() as session:
            session.delete(session.scalars(select(Audit)).one())

    for each in (change, remove):
        with pytest.raises(RuntimeError, match="only added to"):
            each()
    with house.database.reading() as session:
        assert session.scalars(select(Audit)).one().action == "term_read"


def test_what_admins_do_to_people_is_written_without_their_names(house: House) -> None:
    """Inviting, changing, withdrawing, tokens, logins: each has its row, and no row an address or a name."""
    admin = house.logged_in()
    invited = admin.post("/v1/people", json={"email": "jan@school.example", "role": "coordinator"}).json()
    admin.ask("PATCH", f"/v1/people/{invited['id']}", json={"role": "employer", "of": ["bedrijf"]})
    admin.ask("DELETE", f"/v1/people/{invited['id']}")
    token = admin.post("/v1/tokens", json={"name": "Jans koppeling", "scopes": ["read"]}).json()
    admin.ask("DELETE", f"/v1/tokens/{token['id']}")
    admin.headers["X-CSRF-Token"] = admin.post(
        "/v1/me/grant", json={"grant": admin.get("/v1/me").json()["grant"]}
    ).json()["csrf"]
    answer = admin.get("/v1/audit")
    assert [each["action"] for each in answer.json()["items"]][::-1] == [
        "login_link",
        "person_invited",
        "person_changed",
        "person_withdrawn",
        "token_added",
        "token_revoked",
        "role_switched",
    ]
    with house.database.reading() as session:
        for row in session.scalars(select(Audit)):
            said = " ".join(str(value) for name, value in vars(row).items() if not name.startswith("_"))
            assert "@" not in said
            assert "jan" not in said.lower().replace("januari", "")


def test_a_professional_sees_who_read_their_data(house: House) -> None:
    """By role, not by account; nothing about others, whatever they ask for. Others see nothing."""
    with house.database.session() as session:
        audit.write_people(session, house.visit(), "outcome_read", ["p1", "p2"])
        audit.write(session, house.visit(ReaderRole.EMPLOYER, "e1"), "asked_why", person="p2", subject="outcome-1")
        audit.write(session, house.visit(ReaderRole.EMPLOYER, "e1"), "asked_why", person="p1", subject="outcome-1")
    browser = house.logged_in(ReaderRole.PROFESSIONAL, "p1")
    for query in ("", "?person=p2"):
        rows = browser.get(f"/v1/audit{query}").json()["items"]
        assert [(each["action"], each["role"], each["people"]) for each in rows] == [
            ("asked_why", "employer", ["p1"]),
            ("outcome_read", "admin", ["p1"]),
        ]
        assert {each["account"] for each in rows} == {None}
    employer = house.logged_in(ReaderRole.EMPLOYER, "e1", email="e@bedrijf.example")
    assert employer.get("/v1/audit").status_code == 403


def test_the_log_is_read_a_page_at_a_time(house: House) -> None:
    """Each row once, whatever the size of a page."""
    admin = house.logged_in()
    with house.database.session() as session:
        for number in range(4):
            audit.write(session, house.visit(), "term_read", subject=f"term-{number}")
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        answer = admin.get(
            "/v1/audit", params={"limit": 2, "action": "term_read", **({"after": after} if after else {})}
        )
        seen += [each["subject"] for each in answer.json()["items"]]
        after = answer.json()["next"]
    assert seen == ["term-3", "term-2", "term-1", "term-0"]
