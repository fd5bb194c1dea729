"""Logging in at an issuer: a real one on this machine, for each kind of claims, and each way to deceive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import structlog
from joserfc.jwk import RSAKey

from model.access import ReaderRole
from service.access.secret import signed, unsigned
from service.settings import Issuer
from service.store.regions import RegionSettings, SchoolLogin
from service.store.tables import Grant, Identity, Region
from tests.service.access.conftest import Browser, Build, House, only_sqlite
from tests.service.access.issuer import CLIENT, SECRET, LocalIssuer, running

COOKIE = "hybrooster-login"
STUDENT = {"sub": "s-1", "eduPersonAffiliation": ["student"], "nlEduPersonHomeOrganizationId": "00AA01"}


@pytest.fixture(scope="module")
def running_issuer() -> Iterator[LocalIssuer]:
    """One for all tests: making its key takes long."""
    with running() as issuer:
        yield issuer


@pytest.fixture
def issuer(running_issuer: LocalIssuer) -> LocalIssuer:
    """An issuer that says what is right."""
    running_issuer.forget()
    return running_issuer


def _settings(issuer: LocalIssuer, claims: Any = "company", *domains: str, name: str = "inlog") -> Issuer:
    facts = {"client_id": CLIENT, "client_secret": SECRET, "claims": claims, "domains": domains}
    return Issuer(id=name, name="Inlog", url=issuer.url, **facts)


@pytest.fixture
def house(build: Build, issuer: LocalIssuer) -> House:
    """A service whose people of bedrijf.example log in at their company."""
    return build(issuers=(_settings(issuer, "company", "bedrijf.example"),))


def _callback(browser: Browser, issuer: str = "inlog", after: str = "/terms") -> str:
    """The path that an issuer sends a browser back to."""
    to = browser.get(f"/login/oidc/{issuer}", params={"next": after})
    assert to.status_code == 303, to.text
    back = httpx.get(to.headers["location"]).headers["location"]
    return back.removeprefix("http://127.0.0.1:8000")


def _log_in(browser: Browser, issuer: str = "inlog") -> httpx.Response:
    with structlog.testing.capture_logs():
        return browser.get(_callback(browser, issuer))


def _entered(answer: httpx.Response) -> bool:
    """Whether somebody was let in; a page says so otherwise, and no session begins."""
    cookies = answer.headers.get_list("set-cookie")
    began = any(each.startswith("hybrooster=") for each in cookies)
    assert began is (answer.status_code == 303), answer.text
    return began


def test_somebody_of_a_company_who_was_invited(house: House, issuer: LocalIssuer) -> None:
    """By mail address at first, from then on by the company's own name for them, whatever their address becomes."""
    house.link("jan@bedrijf.example", ReaderRole.EMPLOYER, "bedrijf")
    issuer.says = {"tid": "t-1", "oid": "o-1", "email": "Jan@Bedrijf.example"}
    browser = house.browser()
    answer = _log_in(browser)
    assert (_entered(answer), answer.headers["location"]) == (True, "/terms")
    assert browser.get("/v1/me").json()["of"] == ["bedrijf"]
    assert COOKIE not in browser.cookies
    issuer.says = {"tid": "t-1", "oid": "o-1", "email": "jan.jansen@elders.example", "sub": "another-application"}
    assert _entered(_log_in(house.browser()))
    with house.database.reading() as session:
        (identity,) = session.query(Identity)
        assert (identity.issuer, identity.subject) == (issuer.url, "t-1/o-1")


def test_somebody_of_an_institution_at_surfconext(build: Build, issuer: LocalIssuer) -> None:
    """Its claims come from the userinfo endpoint; without a mail address nobody is matched."""
    house = build(issuers=(_settings(issuer, "surfconext", "mbo.example"),))
    house.link("jan@mbo.example", ReaderRole.TIMETABLER, "site-1")
    issuer.more = {"eduperson_affiliation": ["employee"], "schac_home_organization": "mbo.example"}
    assert not _entered(_log_in(house.browser()))
    issuer.more["email"] = "jan@mbo.example"
    assert _entered(_log_in(house.browser()))


def test_somebody_of_a_school_at_entree(build: Build, issuer: LocalIssuer) -> None:
    """The region says that staff of a school make its timetables; they are so as long as the region says it."""
    house = build(issuers=(_settings(issuer, "entree"), _settings(issuer, "company", name="ander")))
    issuer.says = {"eduPersonAffiliation": "staff", "nlEduPersonHomeOrganizationId": "00aa01"}
    assert not _entered(_log_in(house.browser()))

    def let(*schools: SchoolLogin) -> None:
        with house.database.session() as session:
            session.get_one(Region, house.region).settings = RegionSettings(school_logins=schools).model_dump()

    let(SchoolLogin(issuer="inlog", school="00AA", sites=("site-2", "site-1")))
    browser = house.browser()
    assert _entered(_log_in(browser))
    me = browser.get("/v1/me").json()
    assert (me["role"], me["of"], me["email"]) == ("timetabler", ["site-1", "site-2"], None)
    assert _entered(_log_in(house.browser()))
    assert _entered(_log_in(house.browser(), "ander"))  # says nothing of a school, and takes nothing away
    assert browser.get("/v1/me").status_code == 200
    with house.database.reading() as session:
        assert session.query(Grant).count() == 1
    for other in (
        SchoolLogin(issuer="other", school="00AA", sites=("site-1",)),
        SchoolLogin(issuer="inlog", school="00AB", sites=("site-1",)),
        SchoolLogin(issuer="inlog", school="00AA02", sites=("site-1",)),
    ):
        let(other)
        assert not _entered(_log_in(house.browser()))


@only_sqlite
@pytest.mark.parametrize(
    ("claims", "affiliation", "enters"),
    [
        ("entree", "student", False),
        ("entree", ["student"], False),
        ("entree", None, False),
        ("entree", "affiliate", True),
        ("entree", ["student", "employee"], True),
        ("surfconext", ["student"], False),
        ("surfconext", ["member", "student"], False),
        ("surfconext", ["faculty"], True),
    ],
)
def test_pupils_and_students_do_not_come_in(
    build: Build, issuer: LocalIssuer, claims: str, affiliation: object, *, enters: bool
) -> None:
    """Even if somebody invited their address; who is staff as well does."""
    house = build(issuers=(_settings(issuer, claims, "school.example"),))
    house.link("jan@school.example")
    name = {"entree": "eduPersonAffiliation", "surfconext": "eduperson_affiliation"}[claims]
    issuer.says = {"email": "jan@school.example", name: affiliation}
    answer = _log_in(house.browser())
    assert _entered(answer) is enters
    assert ("leerling" in answer.text) is not enters


@only_sqlite
@pytest.mark.parametrize(
    "says",
    [
        {"email": "jan@school.example"},
        {"email": "jan@school.example", "email_verified": True},
        {"email": "jan@bedrijf.example", "email_verified": False},
        {"email": "jan@bedrijf.example.elders.example"},
        {"email": "onbekend@bedrijf.example"},
        {"email": ["jan@bedrijf.example"]},
        {"preferred_username": "jan@bedrijf.example"},
        {},
    ],
)
def test_an_issuer_speaks_for_its_own_people_only(house: House, issuer: LocalIssuer, says: dict[str, Any]) -> None:
    """Another's address, one that nobody verified, or one that nobody invited: the answer is the same."""
    house.link("jan@school.example")
    house.link("jan@bedrijf.example")
    issuer.says = says
    answer = _log_in(house.browser())
    assert not _entered(answer)
    assert "nog niet uitgenodigd" in answer.text
    with house.database.reading() as session:
        assert session.query(Identity).count() == 0


def test_an_address_that_is_given_to_the_next_is_not_the_same_person(house: House, issuer: LocalIssuer) -> None:
    """The company calls somebody else by it now: they are to be invited themselves."""
    house.link("planning@bedrijf.example")
    issuer.says = {"email": "planning@bedrijf.example", "sub": "old"}
    assert _entered(_log_in(house.browser()))
    issuer.says = {"email": "planning@bedrijf.example", "sub": "new"}
    assert not _entered(_log_in(house.browser()))


@pytest.mark.usefixtures("issuer")
def test_who_is_logged_in_links_their_login(house: House) -> None:
    """For issuers that give no address. Another's login is not taken over, and the request must be of our own page."""
    browser = house.logged_in()
    token = browser.headers.pop("X-CSRF-Token")
    assert browser.post("/v1/me/logins", json={"issuer": "inlog"}).status_code == 403
    browser.headers["X-CSRF-Token"] = token

    def link(linking: Browser) -> httpx.Response:
        where = linking.post("/v1/me/logins", json={"issuer": "inlog"}).json()["address"]
        return linking.get(httpx.get(where).headers["location"])

    assert _entered(link(browser))
    later = house.browser()
    assert _entered(_log_in(later))
    assert later.get("/v1/me").json()["email"] == "a@school.example"
    taken = link(house.logged_in(email="b@school.example"))
    assert (_entered(taken), "ander account" in taken.text) == (False, True)


def _only_shared_secrets(issuer: LocalIssuer) -> None:
    issuer.metadata["id_token_signing_alg_values_supported"] = ["HS256", "none"]
    issuer.algorithm = "HS256"


@only_sqlite
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda it: it.says.update(nonce="another"), "id_token_InvalidClaimError"),
        (lambda it: it.leaves_out.add("nonce"), "id_token_MissingClaimError"),
        (lambda it: it.says.update(aud="another"), "id_token_InvalidClaimError"),
        (lambda it: it.says.update(aud=[CLIENT, "another"]), "id_token_MissingClaimError"),
        (lambda it: it.says.update(aud=[CLIENT, "another"], azp="another"), "id_token_InvalidClaimError"),
        (lambda it: it.leaves_out.add("aud"), "id_token_MissingClaimError"),
        (lambda it: it.says.update(iss="https://elders.example"), "id_token_InvalidClaimError"),
        (lambda it: it.says.update(exp=int(time.time()) - 120), "id_token_ExpiredTokenError"),
        (lambda it: it.leaves_out.add("exp"), "id_token_MissingClaimError"),
        (lambda it: it.says.update(iat=int(time.time()) + 3600), "id_token_InvalidClaimError"),
        (lambda it: it.says.update(at_hash="x"), "id_token_InvalidClaimError"),
        (lambda it: it.says.update(sub=""), "id_token_InvalidClaimError"),
        (lambda it: setattr(it, "algorithm", "none"), "id_token_UnsupportedAlgorithmError"),
        (lambda it: setattr(it, "algorithm", "HS256"), "id_token_UnsupportedAlgorithmError"),
        (lambda it: setattr(it, "algorithm", "RS512"), "id_token_UnsupportedAlgorithmError"),
        (_only_shared_secrets, "algorithm"),
        (lambda it: it.more.update(sub="somebody-else"), "userinfo_of_another"),
        (lambda it: it.metadata.update(issuer="https://elders.example"), "metadata_of_another"),
        (lambda it: it.metadata.update(token_endpoint="http://elders.example/token"), "not_https"),
        (lambda it: it.metadata.update(token_endpoint=None), "metadata"),
        (lambda it: it.metadata.update(authorization_response_iss_parameter_supported=True), "iss_missing"),
    ],
)
def test_what_is_not_to_be_believed(house: House, issuer: LocalIssuer, spoil: Any, why: str) -> None:
    """Each is refused for its own reason, which stands in the log and not on the page; nobody is logged in."""
    house.link("jan@bedrijf.example")
    issuer.says = {"email": "jan@bedrijf.example"}
    spoil(issuer)
    browser = house.browser()
    with structlog.testing.capture_logs() as lines:
        to = browser.get("/login/oidc/inlog")
        answer = to
        if to.status_code == 303:
            answer = browser.get(httpx.get(to.headers["location"]).headers["location"])
    assert not _entered(answer)
    assert [each["why"] for each in lines if each["event"] == "login_refused"] == [why]
    assert why not in answer.text
    assert "bedrijf.example" not in str(lines)


def test_a_login_comes_back_once(house: House, issuer: LocalIssuer) -> None:
    """Not again with the same state, even by who copied the cookie; nor with another state, or in another browser."""
    house.link("jan@bedrijf.example")
    issuer.says = {"email": "jan@bedrijf.example"}
    browser = house.browser()
    path = _callback(browser)
    copy = house.browser()
    copy.cookies[COOKIE] = browser.cookies[COOKIE]
    with structlog.testing.capture_logs() as lines:
        assert not _entered(house.browser().get(path))
        assert _entered(browser.get(path))
        assert not _entered(copy.get(path))
        other = house.browser()
        assert not _entered(other.get(_callback(other).replace("state=", "state=x")))
        forged = house.browser()
        forged.cookies[COOKIE] = signed(b"another key", unsigned(house.entrance.key, copy.cookies[COOKIE]) or {}, 60)
        assert not _entered(forged.get(path))
        cancelled = house.browser()
        state = _callback(cancelled).split("state=")[1]
        assert not _entered(cancelled.get(f"/login/oidc/inlog/callback?error=access_denied&state={state}"))
    refused = [each["why"] for each in lines if each["event"] == "login_refused"]
    assert refused == ["no_attempt", "again", "state", "no_attempt", "no_code"]


@only_sqlite
def test_issuers_are_not_mixed_up(build: Build, issuer: LocalIssuer) -> None:
    """What began at one does not come back from another, and an issuer that is not known is not there."""
    house = build(issuers=(_settings(issuer), _settings(issuer, name="ander")))
    browser = house.browser()
    path = _callback(browser).replace("/inlog/", "/ander/")
    with structlog.testing.capture_logs() as lines:
        assert not _entered(browser.get(path))
        assert browser.get("/login/oidc/onbekend").status_code == 404
        assert browser.get("/login/oidc/onbekend/callback").status_code == 404
        mixed = house.browser()
        assert not _entered(mixed.get(_callback(mixed) + "&iss=https%3A%2F%2Felders.example"))
    assert [each["why"] for each in lines if each["event"] == "login_refused"] == ["state", "iss_other"]


@only_sqlite
def test_an_issuer_is_asked_about_itself_once(house: House, issuer: LocalIssuer) -> None:
    """Not for each login. A new key is found, but not looked for at each made-up token."""
    house.link("jan@bedrijf.example")
    issuer.says = {"email": "jan@bedrijf.example"}
    assert all(_entered(_log_in(house.browser())) for _ in range(3))
    assert issuer.asked == {"metadata": 1, "keys": 1}
    old, issuer.key = issuer.key, RSAKey.generate_key(2048, {"kid": "second"}, private=True)
    try:
        assert not _entered(_log_in(house.browser()))
        assert issuer.asked["keys"] == 1  # a minute is not over
        provider = house.entrance.providers["inlog"]
        assert provider._keys is not None
        provider._keys = (time.monotonic() - 1, provider._keys[1])
        assert _entered(_log_in(house.browser()))
        assert issuer.asked["keys"] == 2
    finally:
        issuer.key = old


@only_sqlite
def test_who_was_withdrawn_does_not_come_in_by_their_issuer(house: House, issuer: LocalIssuer) -> None:
    """The identity is known, but is nothing any more."""
    house.link("b@school.example")
    house.link("jan@bedrijf.example", ReaderRole.EMPLOYER, "bedrijf")
    issuer.says = {"email": "jan@bedrijf.example"}
    assert _entered(_log_in(house.browser()))
    with house.database.session() as session:
        session.query(Grant).filter_by(role="employer").delete()
    answer = _log_in(house.browser())
    assert (_entered(answer), "nog niet uitgenodigd" in answer.text) == (False, True)


@only_sqlite
def test_an_issuer_that_does_not_answer(build: Build) -> None:
    """Logging in fails with a page, not with a fault."""
    gone = Issuer(id="weg", name="Weg", url="http://127.0.0.1:9/x", client_id="x", client_secret="x")
    with structlog.testing.capture_logs() as lines:
        answer = build(issuers=(gone,)).browser().get("/login/oidc/weg")
    assert not _entered(answer)
    assert lines[0]["why"] == "answer_ConnectError"


@only_sqlite
def test_the_page_names_all_ways_in(house: House) -> None:
    """In the language that the browser likes, and keeps where somebody wanted to go."""
    page = house.browser().get("/login?next=/terms%3Fa=1", headers={"Accept-Language": "en"}).text
    assert "Log in with Inlog" in page
    assert "/login/oidc/inlog?next=%2Fterms%3Fa%3D1" in page
    assert house.browser().get("/v1/login").json()["issuers"] == [
        {"id": "inlog", "name": "Inlog", "address": "/login/oidc/inlog"}
    ]
