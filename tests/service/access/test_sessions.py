"""Logging in by a link, sessions, roles, and what a page must send along."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update

from model.access import ReaderRole
from service.access import links
from service.access.embedded import embedded_link
from service.access.links import Purpose
from service.access.secret import digest
from service.settings import ServiceSettings
from service.store.columns import now
from service.store.database import Database
from service.store.tables import LoginLink, LoginSession
from tests.service.access.conftest import Build, House, only_sqlite


def test_a_link_lets_in_once(house: House) -> None:
    """Its second use, by whoever, is refused."""
    secret = house.link("a@school.example")
    me = house.browser().log_in(secret)
    assert (me["email"], me["role"], me["region"]) == ("a@school.example", "admin", house.region)
    again = house.browser().post("/v1/login/links/use", json={"token": secret})
    assert (again.status_code, again.json()["code"]) == (401, "not_logged_in")


def test_of_two_who_use_a_link_at_once_one_gets_in(house: House) -> None:
    """Eight threads, one link."""
    secret, start, got = house.link("a@school.example"), threading.Barrier(8), []

    def use() -> None:
        start.wait()
        with house.database.session() as session:
            got.append(links.use(session, secret) is not None)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(got) == [False] * 7 + [True]


def test_a_link_that_waited_too_long_lets_nobody_in(house: House) -> None:
    """Expired in the database, as the clock is not ours to set."""
    secret = house.link("a@school.example")
    with house.database.session() as session:
        session.execute(update(LoginLink).values(expires_at=now() - timedelta(seconds=1)))
    assert house.browser().post("/v1/login/links/use", json={"token": secret}).status_code == 401


def test_opening_a_link_uses_nothing_up(house: House) -> None:
    """A scanner of mail opens it, twice; its owner then presses the button and gets to where they wanted to go."""
    secret, scanner, browser = house.link("a@school.example"), house.browser(), house.browser()
    for _ in range(2):
        page = scanner.get(f"/login/link?token={secret}&next=/terms")
        assert (page.status_code, "set-cookie" in page.headers) == (200, False)
        assert secret in page.text
    entered = browser.post("/login/link", data={"token": secret, "next": "/terms"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/terms")
    assert browser.get("/v1/me").status_code == 200
    refused = house.browser().post("/login/link", data={"token": secret})
    assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)


def test_who_logs_in_comes_out_somewhere(house: House) -> None:
    """The address that a link leads to says who one is, and lets one out again; a stranger there is sent to log in."""
    browser, stranger = house.logged_in(ReaderRole.TIMETABLER, "noord"), house.browser()
    del browser.headers["X-CSRF-Token"]  # a form has it in a field
    sent = stranger.get("/")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2F")
    page = browser.get("/?lang=nl")
    assert page.status_code == 200
    assert "als roosteraar." in page.text
    assert browser.post("/logout").status_code == 403  # from another site, which does not know what the page holds
    csrf = page.text.split('name="csrf" value="')[1].split('"')[0]
    left = browser.post("/logout", data={"csrf": csrf})
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert browser.get("/").status_code == 303


def test_what_a_link_brings_is_escaped(house: House) -> None:
    """A made-up link cannot put HTML on the page."""
    page = house.browser().get('/login/link?token="><script>x</script>&next=//elders.example')
    assert "<script>" not in page.text
    assert "elders" not in page.text


def test_a_login_begins_a_new_session(house: House) -> None:
    """Somebody who put a cookie in another's browser does not share the session that begins there."""
    browser = house.browser()
    browser.log_in(house.link("a@school.example"))
    before = browser.cookies["hybrooster"]
    browser.log_in(house.link("a@school.example"))
    assert browser.cookies["hybrooster"] != before
    old = house.browser()
    old.cookies["hybrooster"] = before
    assert old.get("/v1/me").status_code == 401
    assert house.sessions_of("a@school.example") == 1


def test_only_digests_are_kept(house: House) -> None:
    """Who reads the tables cannot log in with what stands there."""
    secret = house.link("a@school.example")
    browser = house.browser()
    browser.log_in(secret)
    with house.database.reading() as session:
        kept = {session.query(LoginLink).one().digest, session.query(LoginSession).one().digest}
    assert kept == {digest(secret), digest(browser.cookies["hybrooster"])}


@only_sqlite
@pytest.mark.parametrize(
    ("url", "name", "secure"),
    [(None, "hybrooster", False), ("https://rooster.example", "__Host-hybrooster", True)],
)
def test_the_cookie_is_kept_from_scripts_and_other_sites(
    build: Build, url: str | None, name: str, *, secure: bool
) -> None:
    """Over https it is sent over nothing else, and belongs to this host only."""
    house = build(public_url=url)
    answer = house.browser().post("/v1/login/links/use", json={"token": house.link("a@school.example")})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    parts = {each.strip().lower() for each in cookie.split(";")[1:]}
    assert {"httponly", "path=/", "samesite=lax"} <= parts
    assert ("secure" in parts) is secure
    assert not any(each.startswith("domain") for each in parts)


def test_a_session_ends_by_itself(house: House) -> None:
    """After its hours it lets nobody in, however often it was used."""
    browser = house.logged_in()
    assert browser.get("/v1/me").status_code == 200
    with house.database.session() as session:
        session.execute(update(LoginSession).values(expires_at=now() - timedelta(seconds=1)))
    assert browser.get("/v1/me").status_code == 401


def test_logging_out_ends_the_session(house: House) -> None:
    """The cookie is gone from the browser, and a copy of it is worth nothing."""
    browser = house.logged_in()
    copy = house.browser()
    copy.cookies["hybrooster"] = browser.cookies["hybrooster"]
    assert browser.post("/v1/logout").status_code == 204
    assert "hybrooster" not in browser.cookies
    assert copy.get("/v1/me").status_code == 401


def test_logging_out_everywhere(house: House) -> None:
    """Of two browsers both are logged out; another's is not."""
    one, two, other = house.logged_in(), house.logged_in(), house.logged_in(email="b@school.example")
    assert one.post("/v1/logout", json={"everywhere": True}).status_code == 204
    assert (two.get("/v1/me").status_code, other.get("/v1/me").status_code) == (401, 200)


def test_somebody_goes_on_as_another_of_their_roles(house: House) -> None:
    """In a new session; a role of another is not theirs to take."""
    browser = house.browser()
    browser.log_in(house.link("a@school.example"))
    first = browser.log_in(house.link("a@school.example", ReaderRole.TIMETABLER, "site-1", "site-2"))
    assert [(each["role"], each["of"]) for each in first["grants"]] == [
        ("admin", []),
        ("timetabler", ["site-1", "site-2"]),
    ]
    before = browser.cookies["hybrooster"]
    switched = browser.post("/v1/me/grant", json={"grant": first["grants"][1]["id"]})
    assert (switched.json()["role"], switched.json()["of"]) == ("timetabler", ["site-1", "site-2"])
    assert browser.cookies["hybrooster"] != before
    browser.headers["X-CSRF-Token"] = switched.json()["csrf"]
    theirs = house.browser().log_in(house.link("b@school.example"))["grant"]
    assert browser.post("/v1/me/grant", json={"grant": theirs}).status_code == 404
    assert browser.get("/v1/people").status_code == 403


def test_changes_need_what_only_our_pages_know(house: House) -> None:
    """Without the token of the session, or with another's, nothing is changed; in a form it may be a field."""
    browser, other = house.logged_in(), house.logged_in(email="b@school.example")
    token = browser.headers.pop("X-CSRF-Token")
    body = {"name": "nachtelijk", "scopes": ["read"]}
    for given in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "é"}, {"X-CSRF-Token": other.headers["X-CSRF-Token"]}):
        headers = {name: value.encode() for name, value in given.items()}
        refused = browser.post("/v1/tokens", json=body, headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    assert browser.get("/v1/tokens").json() == []
    assert browser.post("/v1/tokens", json=body, headers={"X-CSRF-Token": token}).status_code == 201
    assert browser.post("/v1/logout", data={"csrf": "x"}).status_code == 403
    in_a_form = browser.post("/v1/logout", data={"csrf": token})
    assert in_a_form.status_code != 403  # it is let through; that the body is no JSON is another matter


@only_sqlite
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 204),
        ({"Origin": "http://127.0.0.1:8000"}, 204),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 204),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:8000"}, 403),
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "http://127.0.0.1:8001"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_a_page_of_another_site_changes_nothing(house: House, headers: dict[str, str], status: int) -> None:
    """Even if it knew the token of the session."""
    assert house.logged_in().post("/v1/logout", headers=headers).status_code == status


def test_the_first_login_on_a_machine_of_ones_own(database: Database, build: Build) -> None:
    """Each start prints a new link of the same account, which administers the region."""
    house = build()
    seen = set()
    for _ in range(2):
        link = embedded_link(database, house.settings, house.region)
        assert link.startswith("http://127.0.0.1:8000/login/link?token=")
        me = house.browser().log_in(link.split("=", 1)[1])
        assert (me["role"], me["email"]) == ("admin", None)
        seen.add(me["account"])
    assert len(seen) == 1


def test_nobody_else_can_reach_the_embedded_login(database: Database, build: Build) -> None:
    """A service that others reach prints no link."""
    house = build()
    open_to_all = ServiceSettings(data=house.settings.data, host="0.0.0.0", public_url="https://rooster.example")
    with pytest.raises(ValueError, match="nobody else"):
        embedded_link(database, open_to_all, house.region)


def test_what_links_are_for_decides_how_long_they_wait(house: House) -> None:
    """Minutes to log in, days for an invitation."""
    assert links.lifetime(house.settings, Purpose.LOGIN) == timedelta(minutes=30)
    assert links.lifetime(house.settings, Purpose.INVITATION) == timedelta(days=14)
