"""Inviting, changing and withdrawing: who is what in a region, and that it holds at once."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from model.access import ReaderRole
from service.access import links, people, sessions
from service.access.links import Purpose
from service.access.people import LastAdminError, check_of
from service.problems import Problem
from service.store.regions import found_region
from service.store.tables import Account, Grant
from tests.service.access.conftest import Browser, House, only_sqlite


def _invite(admin: Browser, email: str, role: str = "timetabler", of: tuple[str, ...] = ("site-1",)) -> dict[str, Any]:
    answer = admin.post("/v1/people", json={"email": email, "role": role, "of": of})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _entered(house: House, invited: dict[str, Any]) -> Browser:
    browser = house.browser()
    browser.log_in(invited["link"].split("token=")[1])
    return browser


def test_who_is_invited_comes_in_as_what_they_are(house: House) -> None:
    """Without mail the admin hands the link over; the address is kept in one spelling."""
    admin = house.logged_in()
    invited = _invite(admin, " Roosters@School.Example ")
    assert (invited["email"], invited["mailed"]) == ("roosters@school.example", False)
    me = _entered(house, invited).get("/v1/me").json()
    assert (me["role"], me["of"], me["email"]) == ("timetabler", ["site-1"], "roosters@school.example")
    listed = admin.get("/v1/people").json()["items"]
    assert {each["email"] for each in listed} == {"a@school.example", "roosters@school.example"}


def test_who_is_it_already_gets_a_new_link_only(house: House) -> None:
    """No second grant of the same; another role is a second one."""
    admin = house.logged_in()
    one, two = _invite(admin, "b@school.example"), _invite(admin, "b@school.example")
    assert one["id"] == two["id"]
    assert one["link"] != two["link"]
    three = _invite(admin, "b@school.example", "employer", ("bedrijf",))
    assert (three["account"], three["id"] != one["id"]) == (one["account"], True)


@only_sqlite
@pytest.mark.parametrize(
    ("role", "of", "status"),
    [
        ("timetabler", [], 422),
        ("timetabler", ["a", "b"], 201),
        ("employer", [], 422),
        ("employer", ["a"], 201),
        ("employer", ["a", "b"], 422),
        ("professional", ["p1"], 201),
        ("professional", [], 422),
        ("coordinator", [], 201),
        ("coordinator", ["a"], 422),
        ("admin", [], 201),
        ("admin", ["a"], 422),
        ("timetabler", [" "], 422),
        ("timetabler", ["x" * 101], 422),
        ("director", [], 422),
    ],
)
def test_a_role_is_for_as_many_as_it_asks(house: House, role: str, of: list[str], status: int) -> None:
    """Timetablers of sites, employers and professionals of one, the others of the whole region."""
    answer = house.logged_in().post("/v1/people", json={"email": "b@school.example", "role": role, "of": of})
    assert answer.status_code == status


@only_sqlite
def test_only_an_admin_asks_about_people(house: House) -> None:
    """Whoever else gets no list, and invites nobody."""
    for role, of in (
        (ReaderRole.COORDINATOR, ()),
        (ReaderRole.TIMETABLER, ("s",)),
        (ReaderRole.EMPLOYER, ("e",)),
        (ReaderRole.PROFESSIONAL, ("p",)),
    ):
        browser = house.logged_in(role, *of, email=f"{role.value}@school.example")
        grant = browser.get("/v1/me").json()["grant"]
        body = {"role": "admin", "of": []}
        assert browser.get("/v1/people").status_code == 403
        assert browser.post("/v1/people", json={"email": "x@school.example", **body}).status_code == 403
        assert browser.ask("PATCH", f"/v1/people/{grant}", json=body).status_code == 403
        assert browser.ask("DELETE", f"/v1/people/{grant}").status_code == 403


def test_another_regions_people_are_not_there(house: House) -> None:
    """An admin neither sees, changes nor withdraws what somebody is elsewhere."""
    admin = house.logged_in()
    with house.database.session() as session:
        elsewhere = found_region(session, "Elders").id
    theirs = house.browser()
    grant = theirs.log_in(house.link("b@school.example", region=elsewhere))["grant"]
    assert [each["email"] for each in admin.get("/v1/people").json()["items"]] == ["a@school.example"]
    body = {"role": "coordinator", "of": []}
    assert admin.ask("PATCH", f"/v1/people/{grant}", json=body).status_code == 404
    assert admin.ask("DELETE", f"/v1/people/{grant}").status_code == 404
    assert theirs.get("/v1/me").json()["role"] == "admin"


@pytest.mark.parametrize("how", ["PATCH", "DELETE"])
def test_what_is_changed_holds_at_once(house: House, how: str) -> None:
    """Browsers and programs that asked as the old role are out; the new role needs a new login."""
    admin = house.logged_in()
    invited = _invite(admin, "b@school.example")
    browser = _entered(house, invited)
    made = browser.post("/v1/tokens", json={"name": "koppeling", "scopes": ["read"]}).json()
    program = house.browser()
    program.headers["Authorization"] = f"Bearer {made['secret']}"
    assert (browser.get("/v1/me").status_code, program.get("/v1/me").status_code) == (200, 200)
    body = {"role": "employer", "of": ["bedrijf"]} if how == "PATCH" else None
    assert admin.ask(how, f"/v1/people/{invited['id']}", json=body).status_code in (200, 204)
    assert (browser.get("/v1/me").status_code, program.get("/v1/me").status_code) == (401, 401)


def test_a_link_of_who_was_withdrawn_lets_nobody_in(house: House) -> None:
    """The invitation was not used yet when it was taken back."""
    admin = house.logged_in()
    invited = _invite(admin, "b@school.example")
    assert admin.ask("DELETE", f"/v1/people/{invited['id']}").status_code == 204
    token = invited["link"].split("token=")[1]
    assert house.browser().post("/v1/login/links/use", json={"token": token}).status_code == 401


def test_the_last_admin_stays(house: House) -> None:
    """Neither withdrawn nor changed, until there is another."""
    admin = house.logged_in()
    mine = admin.get("/v1/me").json()["grant"]
    body = {"role": "coordinator", "of": []}
    for refused in (admin.ask("PATCH", f"/v1/people/{mine}", json=body), admin.ask("DELETE", f"/v1/people/{mine}")):
        assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    _invite(admin, "b@school.example", "admin", ())
    assert admin.ask("DELETE", f"/v1/people/{mine}").status_code == 204


def test_two_admins_cannot_withdraw_each_other_at_once(house: House) -> None:
    """One of the two is refused."""
    for email in ("a@school.example", "b@school.example"):
        house.link(email)
    with house.database.reading() as session:
        grants = [each.id for each in session.query(Grant)]
    start, told = threading.Barrier(2), []

    def withdraw(grant: str) -> None:
        start.wait()
        try:
            with house.database.session() as session:
                people.withdraw(session, house.region, grant)
            told.append("gone")
        except LastAdminError:
            told.append("stays")

    threads = [threading.Thread(target=withdraw, args=(each,)) for each in grants]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == ["gone", "stays"]


def test_two_regions_may_invite_somebody_at_once(house: House) -> None:
    """They get one account, that is something in both; a region that invites twice at once gives one grant."""
    with house.database.session() as session:
        elsewhere = found_region(session, "Elders").id
    start = threading.Barrier(6)

    def invite(region: str) -> None:
        start.wait()
        house.link("b@school.example", region=region)

    threads = [threading.Thread(target=invite, args=(each,)) for each in (house.region, elsewhere) * 3]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with house.database.reading() as session:
        (account,) = session.query(Account)
        assert {each.region for each in sessions.grants_of(session, account.id)} == {house.region, elsewhere}
        assert session.query(Grant).count() == 2


def test_a_disabled_account_comes_in_nowhere(house: House) -> None:
    """Its sessions, tokens and links are worth nothing, also once it is enabled again; then it can be invited."""
    house.link("b@school.example")
    browser = house.logged_in()
    made = browser.post("/v1/tokens", json={"name": "koppeling", "scopes": ["read"]}).json()
    link = house.link("a@school.example")
    program = house.browser()
    program.headers["Authorization"] = f"Bearer {made['secret']}"
    with house.database.session() as session:
        account = session.query(Account).filter_by(email="a@school.example").one().id
        people.disable(session, account)
    with house.database.session() as session:
        assert sessions.who_may_enter(session, "a@school.example") is None
        late = links.make(session, house.settings, account, Purpose.LOGIN)
    assert house.browser().post("/v1/login/links/use", json={"token": late}).status_code == 401
    with pytest.raises(Problem), house.database.session() as session:
        people.invite(
            session,
            house.settings,
            house.region,
            "a@school.example",
            role=ReaderRole.ADMIN,
            of=(),
            language="nl",
            by=None,
        )
    with house.database.session() as session:
        people.enable(session, account)
    assert (browser.get("/v1/me").status_code, program.get("/v1/me").status_code) == (401, 401)
    assert house.browser().post("/v1/login/links/use", json={"token": link}).status_code == 401
    assert house.logged_in().get("/v1/me").status_code == 200


def test_the_only_admin_is_not_disabled(house: House) -> None:
    """A disabled admin does not count as another."""
    house.link("a@school.example")
    house.link("b@school.example")
    with house.database.reading() as session:
        one, two = (each.id for each in session.query(Account))
    with house.database.session() as session:
        people.disable(session, one)
    with pytest.raises(LastAdminError), house.database.session() as session:
        people.disable(session, two)


def test_ids_stand_once() -> None:
    """In one order, whatever was given."""
    assert check_of(ReaderRole.TIMETABLER, ["b", "a", "b"]) == ["a", "b"]
