"""Links by mail: sent to a real local mail server, and telling nobody who has an account."""

from __future__ import annotations

import email
import re
import smtplib
import socket
import threading
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import Any

import pytest
import structlog
from aiosmtpd.controller import Controller

from model.access import ReaderRole
from service.access.links import Purpose
from service.access.mail import Post, deliver, login_mail
from service.settings import Mail
from service.store.tables import LoginLink
from tests.service.access.conftest import Build, House, only_sqlite


class Catcher:
    """Keeps each mail, or refuses it as it is told to."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.answers: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  its name there
        """Take a mail."""
        if self.answers:
            return self.answers.pop(0)
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def catcher() -> Iterator[tuple[Catcher, Mail]]:
    """A mail server on this machine, and the settings to reach it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    caught = Catcher()
    server = Controller(caught, hostname="127.0.0.1", port=port)
    server.start()
    yield caught, Mail(host="127.0.0.1", port=port, sender="Hybrooster <rooster@regio.example>", encryption="none")
    server.stop()


def _text(mail: Message) -> str:
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode()


def _token(mail: Message) -> str:
    found = re.search(r"token=(\S+)", _text(mail))
    assert found is not None
    return found[1]


@pytest.fixture
def mailing(build: Build, catcher: tuple[Catcher, Mail]) -> House:
    """A service with mail."""
    return build(mail=catcher[1])


def test_somebody_logs_in_by_mail(mailing: House, catcher: tuple[Catcher, Mail]) -> None:
    """The link of the mail works, once; the mail names nobody and no role."""
    mailing.link("jan@school.example", ReaderRole.TIMETABLER, "site-1")
    browser = mailing.browser()
    assert browser.post("/v1/login/links", json={"email": "Jan@School.example"}).status_code == 202
    mailing.entrance.close()
    (mail,) = catcher[0].mails
    assert (mail["To"], mail["From"]) == ("jan@school.example", "Hybrooster <rooster@regio.example>")
    assert mail.get_content_type() == "text/plain"
    assert "30 minuten" in _text(mail)
    assert not re.search(r"jan|timetabler|roostermaker|site-1|regio\b", _text(mail).lower())
    assert browser.log_in(_token(mail))["role"] == "timetabler"
    assert mailing.browser().post("/v1/login/links/use", json={"token": _token(mail)}).status_code == 401


def test_the_answer_does_not_tell_who_has_an_account(mailing: House, catcher: tuple[Catcher, Mail]) -> None:
    """Known, unknown and withdrawn: the same answer, and only the known gets a mail. The database is asked afterwards."""
    mailing.link("jan@school.example")
    release = threading.Event()

    def hold() -> None:  # nothing is looked up or sent before the answers
        release.wait(20)

    mailing.entrance.post.later(hold)
    answers = [
        mailing.browser().post("/v1/login/links", json={"email": each})
        for each in ("jan@school.example", "onbekend@school.example")
    ]
    pages = [
        mailing.browser().post("/login", data={"email": each})
        for each in ("jan@school.example", "onbekend@school.example")
    ]
    release.set()
    mailing.entrance.close()
    assert {(each.status_code, each.content) for each in answers} == {(202, b"")}
    assert len({(each.status_code, each.text) for each in pages}) == 1
    assert {each["To"] for each in catcher[0].mails} == {"jan@school.example"}
    with mailing.database.reading() as session:
        purposes = sorted(each.purpose for each in session.query(LoginLink))
    assert purposes == ["invitation", "login", "login"]


@only_sqlite
def test_an_address_is_not_flooded(mailing: House) -> None:
    """After six an hour it is refused, known or not, also from other clients."""
    for known in (True, False):
        address = f"{known}@school.example"
        if known:
            mailing.link(address)
        told = [
            mailing.browser(f"203.0.113.{number}").post("/v1/login/links", json={"email": address})
            for number in range(7)
        ]
        assert [each.status_code for each in told] == [202] * 6 + [429]
        assert 1 <= int(told[-1].headers["retry-after"]) <= 3601


@only_sqlite
def test_without_mail_it_is_not_offered(house: House) -> None:
    """Neither in the API nor on the page; the admin hands links over."""
    browser = house.browser()
    assert browser.get("/v1/login").json() == {"mail": False, "issuers": []}
    assert browser.post("/v1/login/links", json={"email": "a@school.example"}).status_code == 404
    assert "<form" not in browser.get("/login").text


@only_sqlite
def test_an_invitation_is_mailed(mailing: House, catcher: tuple[Catcher, Mail]) -> None:
    """Then the admin does not see the link; it is written in the language of who is invited."""
    admin = mailing.logged_in()
    body = {"email": "piet@bedrijf.example", "role": "employer", "of": ["bedrijf"], "language": "en"}
    answer = admin.post("/v1/people", json=body).json()
    assert (answer["mailed"], answer["link"]) == (True, None)
    mailing.entrance.close()
    (mail,) = catcher[0].mails
    assert "14 days" in _text(mail)
    assert mailing.browser().log_in(_token(mail))["language"] == "en"


@only_sqlite
def test_what_is_no_address_is_refused(mailing: House) -> None:
    """As a located problem in the API, in words on the page."""
    refused = mailing.browser().post("/v1/login/links", json={"email": "geen adres"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    page = mailing.browser().post("/login", data={"email": "geen adres"})
    assert (page.status_code, 'role="alert"' in page.text) == (422, True)


def _mail() -> EmailMessage:
    return login_mail("r@regio.example", "a@b.example", "http://x/?token=t", Purpose.LOGIN, language="nl", until=30)


def test_what_fails_for_now_is_tried_again(catcher: tuple[Catcher, Mail]) -> None:
    """Two refusals that may pass, then the mail arrives; a final refusal is not tried again."""
    caught, settings = catcher
    caught.answers += ["451 later", "451 later"]
    post = Post(waits=(0, 0, 0))
    done = threading.Event()
    post.later(lambda: deliver(settings, _mail()))
    post.later(done.set)
    assert done.wait(20)
    assert len(caught.mails) == 1
    caught.answers += ["550 never", "250 not asked"]
    done.clear()
    post.later(lambda: deliver(settings, _mail()))
    post.later(done.set)
    assert done.wait(20)
    post.close()
    assert (len(caught.mails), caught.answers) == (1, ["250 not asked"])


def test_what_fails_for_good_is_logged_without_the_address(catcher: tuple[Catcher, Mail]) -> None:
    """The mail server's own words name it; they are left out."""
    caught, settings = catcher
    caught.answers += ["550 no mailbox a@b.example here"]
    with structlog.testing.capture_logs() as lines:
        post = Post(waits=())
        post.later(lambda: deliver(settings, _mail()))
        post.close()
    assert [each["event"] for each in lines] == ["mail_failed"]
    assert "b.example" not in str(lines)


def test_nothing_is_sent_in_the_open_where_that_was_not_asked(catcher: tuple[Catcher, Mail]) -> None:
    """A server that does not offer STARTTLS gets no mail."""
    caught, settings = catcher
    with pytest.raises(smtplib.SMTPNotSupportedError):
        deliver(settings.model_copy(update={"encryption": "starttls"}), _mail())
    with pytest.raises(OSError, match=r"."):
        deliver(settings.model_copy(update={"encryption": "tls"}), _mail())
    assert caught.mails == []


def test_a_post_that_is_closed_ends_though_the_server_is_gone() -> None:
    """It does not wait for its next attempt."""
    post = Post(waits=(3600,))
    tried = threading.Event()

    def fail() -> None:
        tried.set()
        raise ConnectionRefusedError

    with structlog.testing.capture_logs():
        post.later(fail)
        assert tried.wait(20)
        post.close()
    assert post._thread is not None
    assert not post._thread.is_alive()
