"""API tokens: shown once, no more than their scopes, until they end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from model.access import ReaderRole
from model.access_actions import Action
from service.access import tokens
from service.access.visit import Scope
from service.desk.allowed import need
from service.problems import Problem
from service.store.columns import now
from service.store.regions import found_region
from service.store.tables import ApiToken
from tests.service.access.conftest import Browser, House, only_sqlite


def _made(browser: Browser, **more: Any) -> dict[str, Any]:
    answer = browser.post("/v1/tokens", json={"name": "koppeling", "scopes": ["read"], **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _program(house: House, made: dict[str, Any]) -> Browser:
    program = house.browser()
    program.headers["Authorization"] = f"Bearer {made['secret']}"
    return program


def test_a_program_asks_as_the_role_of_who_made_its_token(house: House) -> None:
    """Without cookie or CSRF token; its secret stands nowhere."""
    browser = house.logged_in(ReaderRole.TIMETABLER, "site-1")
    made = _made(browser, scopes=["solve", "read"], days=30)
    assert made["secret"].startswith("hyb_")
    me = _program(house, made).get("/v1/me").json()
    assert (me["role"], me["of"], me["scopes"], me["token"]) == (
        "timetabler",
        ["site-1"],
        ["read", "solve"],
        made["id"],
    )
    assert (me["csrf"], me["grants"]) == (None, [])
    assert "secret" not in browser.get("/v1/tokens").json()[0]
    with house.database.reading() as session:
        row = session.query(ApiToken).one()
        assert made["secret"] not in (row.digest, row.id, row.name)
        assert timedelta(days=29) < row.expires_at - now() <= timedelta(days=30)


def test_a_revoked_token_ends_at_once(house: House) -> None:
    """And another's cannot be revoked."""
    browser, other = house.logged_in(), house.logged_in(email="b@school.example")
    made = _made(browser)
    program = _program(house, made)
    assert other.ask("DELETE", f"/v1/tokens/{made['id']}").status_code == 404
    assert other.get("/v1/tokens").json() == []
    assert program.get("/v1/me").status_code == 200
    assert browser.ask("DELETE", f"/v1/tokens/{made['id']}").status_code == 204
    assert program.get("/v1/me").status_code == 401
    assert browser.get("/v1/tokens").json() == []


def test_tokens_of_another_region_are_managed_there(house: House) -> None:
    """Somebody who is in two regions sees and ends the tokens of the one they are in now."""
    with house.database.session() as session:
        elsewhere = found_region(session, "Elders").id
    browser = house.logged_in()
    browser.log_in(house.link("a@school.example", region=elsewhere))
    here, there = (each["id"] for each in browser.get("/v1/me").json()["grants"])
    made = _made(browser)
    browser.headers["X-CSRF-Token"] = browser.post("/v1/me/grant", json={"grant": there}).json()["csrf"]
    assert made["grant"] == here
    assert browser.get("/v1/tokens").json() == []
    assert browser.ask("DELETE", f"/v1/tokens/{made['id']}").status_code == 404


def test_a_token_expires(house: House) -> None:
    """It is not listed any more either."""
    browser = house.logged_in()
    program = _program(house, _made(browser))
    with house.database.session() as session:
        session.execute(update(ApiToken).values(expires_at=now() - timedelta(seconds=1)))
    assert program.get("/v1/me").status_code == 401
    assert browser.get("/v1/tokens").json() == []


def test_when_a_token_was_used_is_written_at_most_once_a_minute(house: House) -> None:
    """The second use in a minute leaves the row as it is; one after that does not."""
    program = _program(house, _made(house.logged_in()))

    def used() -> Any:
        with house.database.reading() as session:
            return session.query(ApiToken).one().used_at

    assert used() is None
    program.get("/v1/me")
    first = used()
    program.get("/v1/me")
    assert used() == first
    with house.database.session() as session:
        session.execute(update(ApiToken).values(used_at=first - timedelta(seconds=61)))
    program.get("/v1/me")
    assert used() >= first


def test_a_token_does_no_more_than_its_scopes(house: House) -> None:
    """An admin's token that only reads invites nobody; the role alone would."""
    admin = house.logged_in()
    reads, all_of_it = (_program(house, _made(admin, scopes=scopes)) for scopes in (["read"], ["read", "admin"]))
    refused = reads.get("/v1/people")
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")
    assert all_of_it.get("/v1/people").status_code == 200


@only_sqlite
def test_a_token_makes_no_tokens(house: House) -> None:
    """One that leaked could live on in others."""
    program = _program(house, _made(house.logged_in(), scopes=["read", "write", "solve", "admin"]))
    refused = program.post("/v1/tokens", json={"name": "nog een", "scopes": ["read"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert program.get("/v1/tokens").status_code == 200


@only_sqlite
def test_a_token_does_nothing_to_its_owners_logins(house: House) -> None:
    """It switches no role, links no login and logs nobody out."""
    browser = house.logged_in()
    program = _program(house, _made(browser, scopes=["read", "admin"]))
    grant = browser.get("/v1/me").json()["grant"]
    assert program.post("/v1/me/grant", json={"grant": grant}).status_code == 403
    assert program.post("/v1/me/logins", json={"issuer": "x"}).status_code == 403
    assert program.post("/v1/logout", json={"everywhere": True}).status_code == 403
    assert browser.get("/v1/me").status_code == 200


@only_sqlite
@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "scopes": []},
        {"name": " ", "scopes": ["read"]},
        {"name": "x", "scopes": ["read"], "days": 367},
        {"name": "x", "scopes": ["read"], "days": 0},
        {"name": "x", "scopes": ["root"]},
        {"name": "x", "scopes": ["read"], "role": "admin"},
    ],
)
def test_what_is_not_a_token_is_refused(house: House, body: dict[str, Any]) -> None:
    """Too long, without a name or scope, or with a field that there is not."""
    assert house.logged_in().post("/v1/tokens", json=body).status_code == 422


@only_sqlite
@pytest.mark.parametrize(
    "given", ["Bearer", "Bearer ", "Bearer hyb_x", "Bearer x", "Basic eDp5", "bearer hyb_" + "x" * 300, "Bearer é"]
)
def test_what_is_no_token_lets_nobody_in(house: House, given: str) -> None:
    """It is answered how to do better, as a problem."""
    refused = house.browser().get("/v1/me", headers={"Authorization": given.encode()})
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.headers["content-type"] == "application/problem+json"


@only_sqlite
def test_never_a_token_and_a_cookie_at_once(house: House) -> None:
    """It would not be clear as whom somebody asks."""
    browser = house.logged_in()
    made = _made(browser)
    assert browser.get("/v1/me", headers={"Authorization": f"Bearer {made['secret']}"}).status_code == 400


@only_sqlite
def test_an_account_has_only_so_many(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What ended does not count."""
    monkeypatch.setattr(tokens, "MOST_TOKENS", 2)
    browser = house.logged_in()
    made = [_made(browser) for _ in range(2)]
    body = {"name": "x", "scopes": ["read"]}
    assert browser.post("/v1/tokens", json=body).status_code == 403
    browser.ask("DELETE", f"/v1/tokens/{made[0]['id']}")
    assert browser.post("/v1/tokens", json=body).status_code == 201


@only_sqlite
def test_scopes_are_asked_beside_the_role(house: House) -> None:
    """Both must allow it: a coordinator may solve, this token may not; the role says no whatever the token says."""
    reads = house.visit(ReaderRole.COORDINATOR, scopes=frozenset({Scope.READ}))
    need(reads, Action.READ_JOB)
    with pytest.raises(Problem, match="scope"):
        need(reads, Action.START_JOB)
    with pytest.raises(Problem, match="forbidden"):
        need(house.visit(ReaderRole.PROFESSIONAL, "p1"), Action.START_JOB)
