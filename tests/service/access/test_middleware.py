"""What surrounds each request: ids, headers, hosts, limits, sizes and log lines."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from fastapi import Request
from pydantic import BaseModel

from service.access.visits import PageVisiting, Visiting
from service.settings import RateLimits
from tests.service.access.conftest import Build, House, only_sqlite

pytestmark = only_sqlite


class _Body(BaseModel):
    text: str


@pytest.fixture
def house(build: Build) -> House:
    """A service with a few more addresses."""
    return _more(build(upload_megabytes=1))


def _more(house: House) -> House:
    @house.app.get("/fault")
    def fault() -> None:
        raise RuntimeError("jan@school.example")

    @house.app.get("/calendar/{token}.ics")
    def calendar(token: str) -> str:
        return token[:1]

    @house.app.get("/page")
    def page(visit: PageVisiting) -> str:
        return visit.role.value

    @house.app.post("/page")
    def changed(visit: PageVisiting) -> str:
        return visit.role.value

    @house.app.post("/json")
    def as_json(body: _Body) -> int:
        return len(body.text)

    @house.app.post("/raw")
    async def raw(request: Request) -> int:
        return len(await request.body())

    @house.app.post("/form")
    async def form(request: Request, visit: Visiting) -> str:
        return str((await request.form())["word"]) + visit.role.value

    @house.app.get("/health")
    def health() -> str:
        return "ok"

    return house


def test_each_request_has_an_id(house: House) -> None:
    """In the answer, the log and a problem; one that is given is kept if it can be one."""
    browser = house.browser()
    own = browser.get("/health").headers["x-request-id"]
    assert re.fullmatch(r"request-\w{16}", own)
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        answer = browser.get("/v1/me", headers={"X-Request-ID": "given-1234"})
    assert answer.headers["x-request-id"] == answer.json()["request"] == lines[-1]["request"] == "given-1234"
    for odd in ("short", "x" * 41, "with space", "a\tb-12345678", "jan@school.example"):
        assert browser.get("/health", headers={"X-Request-ID": odd}).headers["x-request-id"] != odd


def test_every_answer_has_the_headers(house: House) -> None:
    """Also what is refused, not found or went wrong."""
    browser = house.browser()
    with structlog.testing.capture_logs():
        answers = [browser.get(path) for path in ("/health", "/v1/me", "/none", "/fault", "/login")]
        answers.append(browser.get("/health", headers={"Host": "elders.example"}))
    assert [each.status_code for each in answers] == [200, 401, 404, 500, 200, 200]
    for each in answers:
        assert "frame-ancestors 'none'" in each.headers["content-security-policy"]
        assert "unsafe" not in each.headers["content-security-policy"]
        assert each.headers["x-content-type-options"] == "nosniff"
        assert each.headers["referrer-policy"] == "same-origin"
        assert each.headers["cross-origin-opener-policy"] == "same-origin"
        assert each.headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in each.headers


def test_over_https_browsers_stay_there(build: Build) -> None:
    """HSTS is only said where it holds."""
    browser = build(public_url="https://rooster.example").browser()
    assert browser.get("/login").headers["strict-transport-security"] == "max-age=31536000"


def test_what_nobody_caught_is_a_problem_that_tells_nothing(house: House) -> None:
    """The log has its trace; the answer the number to ask about."""
    with structlog.testing.capture_logs() as lines:
        answer = house.browser().get("/fault")
    assert (answer.status_code, answer.json()["code"]) == (500, "defect")
    assert "jan@" not in answer.text
    assert [each["event"] for each in lines] == ["defect", "request"]


@pytest.mark.parametrize("host", ["elders.example", "127.0.0.1.elders.example", ""])
def test_another_name_for_this_machine_is_refused(house: House, host: str) -> None:
    """A page of that name could read the answers; what watches over the machine may use any."""
    browser = house.browser()
    assert browser.get("/login", headers={"Host": host}).status_code == 400
    assert browser.get("/login", headers={"Host": "localhost:8000"}).status_code == 200
    assert browser.get("/health", headers={"Host": host}).status_code == 200


async def _pieces(number: int, size: int) -> AsyncIterator[bytes]:
    for _ in range(number):
        yield b"x" * size


@pytest.mark.parametrize("path", ["/raw", "/json"])
def test_a_body_that_is_too_large_is_refused(house: House, path: str) -> None:
    """By its length, and without one as soon as it shows; however the handler reads it."""
    browser = house.browser()
    kind = {"Content-Type": "application/json"}
    said = browser.post(path, content=b"x" * (1024 * 1024 + 1), headers=kind)
    streamed = browser.post(path, content=_pieces(1025, 1024), headers=kind)
    for each in (said, streamed):
        assert (each.status_code, each.json()["code"]) == (413, "too_large")
        assert "1 MB" in each.json()["detail"]


def test_a_body_that_is_just_not_too_large_is_read(house: House) -> None:
    """To the last byte."""
    assert house.browser().post("/raw", content=_pieces(1024, 1024)).json() == 1024 * 1024


def test_no_more_of_a_body_is_read_than_may_be_sent(house: House) -> None:
    """Whoever sends without end is stopped, not stored."""
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 1024 * 64

    answer = house.browser().post("/raw", content=endless())
    assert answer.status_code == 413
    assert taken <= 18


def test_a_client_that_asks_too_often_waits(build: Build) -> None:
    """Also with a new made-up token or cookie each time; another client goes on."""
    house = build(rates=RateLimits(requests=5))
    browser = house.browser()
    told = [browser.get("/v1/me", headers={"Authorization": f"Bearer hyb_{number}"}) for number in range(5)]
    assert {each.status_code for each in told} == {401}
    for headers in ({}, {"Authorization": "Bearer hyb_6"}, {"Cookie": "hybrooster=7"}):
        refused = browser.get("/v1/me", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_often")
        assert 1 <= int(refused.headers["retry-after"]) <= 61
    assert house.browser("203.0.113.8").get("/v1/me").status_code == 401


def test_colleagues_behind_one_address_do_not_wait_for_each_other(build: Build) -> None:
    """Who is let in counts for themselves from their second request on."""
    house = build(rates=RateLimits(requests=8))
    one, two = house.logged_in(), house.logged_in(email="b@school.example")
    assert [each.get("/v1/me").status_code for each in (one, two)] == [200, 200]
    assert [one.get("/v1/me").status_code for _ in range(9)] == [200] * 8 + [429]
    assert two.get("/v1/me").status_code == 200


def test_logins_are_counted_apart(build: Build) -> None:
    """Guessing links is slow, whatever else may be asked."""
    house = build(rates=RateLimits(logins=3))
    browser = house.browser()
    told = [browser.post("/v1/login/links/use", json={"token": str(number)}).status_code for number in range(4)]
    assert told == [401, 401, 401, 429]
    assert browser.post("/login/link", data={"token": "x"}).status_code == 429
    assert browser.get("/login/oidc/x").status_code == 429
    assert browser.get("/login").status_code == 200


def test_uploads_are_counted_apart(build: Build) -> None:
    """What is large, or does not say how large it is."""
    house = _more(build(rates=RateLimits(uploads=2)))
    browser = house.browser()
    large = b"x" * (64 * 1024 + 1)
    assert [browser.post("/raw", content=large).status_code for _ in range(3)] == [200, 200, 429]
    assert browser.post("/raw", content=_pieces(1, 1)).status_code == 429
    assert browser.post("/raw", content=b"x").status_code == 200


def test_behind_a_proxy_clients_are_told_apart(build: Build) -> None:
    """By what our proxy says; without one, nobody chooses their own address."""
    for behind, last in ((True, 401), (False, 429)):
        house = build(rates=RateLimits(requests=1), behind_proxy=behind)
        told = [
            house.browser("10.0.0.1").get("/v1/me", headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
            for number in (7, 8)
        ]
        assert told == [401, last]


def test_a_log_line_tells_the_route_and_nothing_of_who_or_what(house: House) -> None:
    """No query, token, cookie or address."""
    browser = house.logged_in()
    with structlog.testing.capture_logs() as lines:
        browser.get("/calendar/geheim123.ics?token=geheim456")
        browser.get("/v1/audit?person=jan", headers={"User-Agent": "geheim789"})
        browser.get("/geheim000")
    assert [(each["route"], each["status"]) for each in lines] == [
        ("/calendar/{token}.ics", 200),
        ("/v1/audit", 200),
        ("none", 404),
    ]
    said = str(lines)
    for secret in ("geheim", "jan", "203.0.113", "school.example", browser.cookies["hybrooster"]):
        assert secret not in said


def test_a_page_sends_who_is_not_logged_in_to_log_in(house: House) -> None:
    """And back to where they wanted to go; what would be changed is not changed afterwards."""
    browser = house.browser()
    sent = browser.get("/page?x=1&y=2")
    assert (sent.status_code, sent.headers["location"]) == (303, "/login?next=%2Fpage%3Fx%3D1%26y%3D2")
    assert browser.post("/page").headers["location"] == "/login?next=%2F"
    entered = house.logged_in()
    assert entered.get("/page").json() == "admin"
    del entered.headers["X-CSRF-Token"]
    assert entered.post("/page").status_code == 403


def test_a_form_may_hold_the_token_of_the_session_in_a_field(house: House) -> None:
    """And its handler still reads the form."""
    browser = house.logged_in()
    token = browser.headers.pop("X-CSRF-Token")
    assert browser.post("/form", data={"csrf": token, "word": "goed "}).json() == "goed admin"
    assert browser.post("/form", data={"word": "fout"}).status_code == 403
    assert browser.post("/form", files={"csrf": (None, token), "word": (None, "goed ")}).json() == "goed admin"


def test_what_runs_beside_ends_with_the_app(house: House) -> None:
    """The post is closed when the server leaves."""
    house.entrance.post.later(lambda: None)
    messages: list[dict[str, Any]] = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def send(_message: Any) -> None:
        return None

    asyncio.run(house.app({"type": "lifespan", "state": {}}, receive, send))
    assert house.entrance.post._thread is not None
    assert not house.entrance.post._thread.is_alive()


def test_the_api_is_described(house: House) -> None:
    """Each address has a name and a summary, refuses fields it does not know, and says how to log in."""
    described = house.app.openapi()
    for path, ways in described["paths"].items():
        if not path.startswith("/v1/"):
            continue
        for each in ways.values():
            assert each["summary"]
            assert "_" in each["operationId"]
            assert all(named.islower() for named in each["operationId"].split("_"))
    assert {each["type"] for each in described["components"]["securitySchemes"].values()} == {"http", "apiKey"}
    assert described["paths"]["/v1/me"]["get"]["security"] == [
        {name: []} for name in described["components"]["securitySchemes"]
    ]
    assert not any(path.startswith("/login") for path in described["paths"])
    shapes = described["components"]["schemas"]
    for name in ("Me", "Invitation", "TokenAsked", "Logout", "Rights", "LinkUsed"):
        assert shapes[name]["additionalProperties"] is False
