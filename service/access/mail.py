"""Mail, sent beside the requests: how long an answer takes tells nothing about who has an account.

A mail holds a link and how long it is good for. No name, region or role: mail goes through many hands.
"""

from __future__ import annotations

import queue
import smtplib
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from threading import Event, Lock, Thread

import structlog

from model.locale import text
from service.access.email import domain_of
from service.access.links import Purpose
from service.settings import Mail

WAITS_SECONDS = (2.0, 15.0, 60.0)
"""How long it waits before it tries again; then it gives up."""

_MOST_WAITING = 1000
_TIMEOUT_SECONDS = 20
_CLOSING_SECONDS = 10

log = structlog.get_logger()


def login_mail(sender: str, to: str, link: str, purpose: Purpose, *, language: str, until: int) -> EmailMessage:
    """The mail that brings a link.

    Args:
        until: how long the link is good for, in the unit of its purpose: minutes, or days for an invitation.
    """
    message = EmailMessage()
    message["Subject"] = text(f"access_mail.{purpose.value}.subject", language)
    message["From"] = sender
    message["To"] = to
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=domain_of(parseaddr(sender)[1]) or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    # As it is, without quoting: a link that is cut in two lines cannot be clicked.
    message.set_content(text(f"access_mail.{purpose.value}.body", language, link=link, n=until), cte="8bit")
    return message


def deliver(settings: Mail, message: EmailMessage) -> None:
    """Hand a mail to the mail server.

    Raises:
        OSError: it cannot be reached, or refuses (`smtplib.SMTPException`).
    """
    tls = ssl.create_default_context()
    if settings.encryption == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_TIMEOUT_SECONDS, context=tls)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_TIMEOUT_SECONDS)
    with server:
        if settings.encryption == "starttls":
            server.starttls(context=tls)
        if settings.user:
            server.login(settings.user, settings.password.get_secret_value())
        server.send_message(message)


Task = Callable[[], Callable[[], None] | None]
"""What the post does; it may give back what is to be done next, and tried again apart."""


class Post:
    """Does one thing after the other in a thread of its own, and tries again what the mail server did not take.

    Args:
        waits: seconds before each further attempt.
    """

    def __init__(self, waits: Sequence[float] = WAITS_SECONDS) -> None:
        self._waits = waits
        self._todo: queue.Queue[Task | None] = queue.Queue(_MOST_WAITING)
        self._closing = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def later(self, task: Task) -> None:
        """Do something soon. What comes when too much is waiting is dropped: it can be asked again."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="post", daemon=True)
                self._thread.start()
        try:
            self._todo.put_nowait(task)
        except queue.Full:
            log.warning("mail_dropped")

    def close(self) -> None:
        """Send what is waiting, without waiting for a mail server that does not answer."""
        self._closing.set()
        if self._thread is not None:
            with suppress(queue.Full):  # then the thread ends with the process
                self._todo.put(None, timeout=1)
            self._thread.join(_CLOSING_SECONDS)

    def _run(self) -> None:
        while (task := self._todo.get()) is not None:
            then = self._attempt(task)
            if then is not None:
                self._attempt(then)

    def _attempt(self, task: Task) -> Callable[[], None] | None:
        for wait in (*self._waits, None):
            try:
                return task()
            except Exception as error:  # noqa: BLE001  the thread goes on with the next mail
                again = wait is not None and _may_pass(error)
                log.warning("mail_failed", kind=type(error).__name__, again=again)  # its own words name the address
                if wait is None or not again or self._closing.wait(wait):
                    return None
        return None


def _may_pass(error: Exception) -> bool:
    """Whether it may go better later: a refusal with a 5xx code will not, nor will a mistake of ours."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code < 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code < 500
    return isinstance(error, OSError)
