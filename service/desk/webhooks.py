"""Webhooks: a region's events, sent to addresses that its administrators name and signed as Standard Webhooks says.

Only ids go out, never a person's data: whoever is told asks the API for the rest, as far as they may. An event is queued in the
transaction that made it happen; it is sent by whichever machine claims it first, and again until it arrives or is given up.
"""

from __future__ import annotations

import asyncio
import base64
import hmac
import ipaddress
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TypeVar

import httpx
import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from model.access_actions import Action
from model.issues import Issue
from model.locale import text
from service.access import audit
from service.access.visit import Visit
from service.desk.allowed import need
from service.desk.paging import page
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.shapes import Page
from service.state import Service
from service.store.columns import new_id, now
from service.store.database import Database
from service.store.documents import MissingError
from service.store.events import Event, queue
from service.store.tables import Delivery, Webhook

Row = TypeVar("Row")
Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a name, for a port."""

ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=12)
SECONDS = 10.0
"""For all of one attempt: looking the name up, connecting, and the first line of an answer."""
AT_ONCE = 20
KEPT = timedelta(days=30)
"""So long deliveries can be looked at."""

TEST = "webhook.test"
GONE = 410

log = structlog.get_logger()


# For administrators


def add(service: Service, visit: Visit, url: str, events: Sequence[Event]) -> tuple[Webhook, str]:
    """Keep a webhook; its secret is told now and never again.

    Raises:
        Problem: nothing may be sent to this address.
    """
    need(visit, Action.EDIT_WEBHOOKS)
    _refuse_unsafe(service, visit, url)
    key = secrets.token_bytes(32)
    hook = Webhook(
        id=new_id("webhook"), region=visit.region, url=url, secret=key, events=_named(events), created_by=visit.account
    )
    with service.database.session() as session:
        session.add(hook)
        session.flush()
        audit.write(session, visit, "webhook_added", subject=hook.id)
    return hook, f"whsec_{base64.b64encode(key).decode()}"


def change(service: Service, visit: Visit, webhook: str, url: str, events: Sequence[Event]) -> Webhook:
    """Send elsewhere, or other events; likewise."""
    need(visit, Action.EDIT_WEBHOOKS)
    _refuse_unsafe(service, visit, url)
    with service.database.session() as session:
        hook = _find(session, visit, webhook)
        hook.url, hook.events = url, _named(events)
        audit.write(session, visit, "webhook_changed", subject=webhook)
    return hook


def _named(events: Sequence[Event]) -> list[str]:
    return sorted({each.value for each in events})


def found(service: Service, visit: Visit, webhook: str) -> Webhook:
    """One of the region's webhooks."""
    need(visit, Action.EDIT_WEBHOOKS)
    with service.database.reading() as session:
        return _find(session, visit, webhook)


def _find(session: Session, visit: Visit, webhook: str) -> Webhook:
    hook = session.get(Webhook, webhook)
    if hook is None or hook.region != visit.region:
        raise MissingError(webhook)
    return hook


def listed(service: Service, visit: Visit, row: Callable[[Webhook], Row], after: str | None, limit: int) -> Page[Row]:
    """The region's webhooks."""
    need(visit, Action.EDIT_WEBHOOKS)
    query = select(Webhook).where(Webhook.region == visit.region).order_by(Webhook.created_at.desc(), Webhook.id)
    with service.database.reading() as session:
        return page(session, query, Webhook, row, after=after, limit=limit)


def remove(service: Service, visit: Visit, webhook: str) -> None:
    """Delete a webhook and what is on its way to it."""
    need(visit, Action.EDIT_WEBHOOKS)
    with service.database.session() as session:
        session.delete(_find(session, visit, webhook))
        audit.write(session, visit, "webhook_removed", subject=webhook)


def test(service: Service, visit: Visit, webhook: str) -> Delivery:
    """Send something now, to see that it arrives."""
    need(visit, Action.EDIT_WEBHOOKS)
    with service.database.session() as session:
        hook = _find(session, visit, webhook)
        audit.write(session, visit, "webhook_tested", subject=webhook)
        return queue(session, hook, TEST, {"webhook": webhook})


def deliveries(
    service: Service, visit: Visit, row: Callable[[Delivery], Row], after: str | None, limit: int, *, webhook: str
) -> Page[Row]:
    """What was sent to a webhook, and how it went, the newest first."""
    need(visit, Action.EDIT_WEBHOOKS)
    query = select(Delivery).where(Delivery.webhook == webhook).order_by(Delivery.created_at.desc(), Delivery.id)
    with service.database.reading() as session:
        _find(session, visit, webhook)
        return page(session, query, Delivery, row, after=after, limit=limit)


def _refuse_unsafe(service: Service, visit: Visit, url: str) -> None:
    try:
        checked_addresses(url, private=service.settings.webhooks_to_private_networks)
    except AddressError as error:
        details = {"reason": text(f"publishing.webhook.{error.why}", visit.language)}
        issue = Issue(code="field_invalid", field="url", column="$.url", value=url[:200], details=details)
        raise Problem(Code.INVALID, issues=[issue], n=1) from None


# Where to


class AddressError(ValueError):
    """Nothing is sent there; `why` stands in the catalogue under `publishing.webhook`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def resolved(host: str, port: int) -> list[str]:
    """Addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def checked_addresses(url: str, *, private: bool, resolve: Resolve = resolved) -> list[str]:
    """The addresses to connect to. All that the name has must be right, as any of them may be the one that is taken.

    Args:
        private: whether addresses of this machine and of private networks are, and plain http to this machine.

    Raises:
        AddressError: nothing may be sent there.
    """
    try:
        parsed = httpx.URL(url)
        host, port = parsed.raw_host.decode("ascii"), parsed.port or (443 if parsed.scheme == "https" else 80)
        if parsed.scheme not in ("https", "http") or not host or parsed.userinfo or port >= 2**16:
            raise AddressError("not_https")
        addresses = resolve(host, port)
    except httpx.InvalidURL:
        raise AddressError("not_https") from None
    except (OSError, UnicodeError):
        raise AddressError("unknown_host") from None
    found = [_inner(ipaddress.ip_address(each)) for each in addresses]
    if not found:
        raise AddressError("unknown_host")
    if not all(_is_right(each, private=private) for each in found):
        raise AddressError("private")
    if parsed.scheme == "http" and not (private and all(each.is_loopback for each in found)):
        raise AddressError("not_https")
    return list(addresses)


_Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _inner(address: _Ip) -> _Ip:
    """The IPv4 address that one of IPv6 stands for, where it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_right(address: _Ip, *, private: bool) -> bool:
    """Whether something may be sent there; to nobody's neighbour on the link, as clouds keep their secrets there."""
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    return address.is_global or private


class _Guarded(httpx.AsyncHTTPTransport):
    """Connects to an address that was checked: a name looked up again might lead elsewhere by then."""

    def __init__(self, *, private: bool, resolve: Resolve) -> None:
        super().__init__()
        self._private = private
        self._resolve = resolve

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send it to an address, under its own name."""
        named = request.url
        *others, last = await asyncio.to_thread(
            checked_addresses, str(named), private=self._private, resolve=self._resolve
        )
        request.extensions = {**request.extensions, "sni_hostname": named.raw_host.decode("ascii")}
        for each in others:
            request.url = named.copy_with(host=each)
            try:
                return await super().handle_async_request(request)
            except httpx.ConnectError:
                continue  # a name may have addresses of a kind that this machine cannot reach
        request.url = named.copy_with(host=last)
        return await super().handle_async_request(request)


# On its way


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A delivery that this machine sends, and no other."""

    id: str
    webhook: str
    url: str
    secret: bytes
    body: str


def deliver_due(database: Database, settings: ServiceSettings, *, resolve: Resolve = resolved) -> int:
    """Send what is due, several at once; how many were tried."""
    claimed = _claim(database)
    if claimed:
        answers = asyncio.run(_send_all(claimed, settings, resolve))
        for each, status in zip(claimed, answers, strict=True):
            _note(database, each, status)
    return len(claimed)


def _claim(database: Database) -> list[_Claimed]:
    """Take what is due, so that no other machine sends it too. Whoever dies meanwhile leaves it for the next attempt."""
    query = select(Delivery, Webhook.url, Webhook.secret).join(Webhook, Webhook.id == Delivery.webhook)
    with database.reading() as session:
        due = query.where(Delivery.next_at <= now()).order_by(Delivery.next_at, Delivery.id).limit(AT_ONCE)
        found = [(row, url, secret) for row, url, secret in session.execute(due)]
    mine = []
    for row, url, secret in found:
        unclaimed = (Delivery.id == row.id, Delivery.attempts == row.attempts, Delivery.next_at.is_not(None))
        values = {"attempts": row.attempts + 1, "next_at": next_attempt(row.attempts + 1, now())}
        with database.session() as session:
            took = session.scalars(update(Delivery).where(*unclaimed).values(values).returning(Delivery.id)).all()
        mine += [_Claimed(row.id, row.webhook, url, secret, row.body) for _ in took]
    return mine


def next_attempt(made: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts; None for never."""
    return None if made >= ATTEMPTS else at + min(FIRST_WAIT * 3 ** (made - 1), LONGEST_WAIT)


def _note(database: Database, each: _Claimed, status: int | None) -> None:
    """Keep how an attempt went. Who answers that it is gone for good is sent nothing any more."""
    arrived = status is not None and 200 <= status < 300
    values = {"status": status, **({"next_at": None, "delivered_at": now()} if arrived else {})}
    with database.session() as session:
        session.execute(update(Delivery).where(Delivery.id == each.id).values(values))
        if status == GONE:
            session.execute(update(Webhook).where(Webhook.id == each.webhook).values(events=[]))
            session.execute(update(Delivery).where(Delivery.webhook == each.webhook).values(next_at=None))


async def _send_all(claimed: Sequence[_Claimed], settings: ServiceSettings, resolve: Resolve) -> list[int | None]:
    private = settings.webhooks_to_private_networks
    return await asyncio.gather(*(_send(each, _Guarded(private=private, resolve=resolve)) for each in claimed))


async def _send(each: _Claimed, transport: httpx.AsyncBaseTransport) -> int | None:
    """The status of the answer; None where there was none. Nothing of the answer is read, and no redirect followed."""
    moment = int(now().timestamp())
    headers = {
        "content-type": "application/json",
        "user-agent": "Hybrooster",
        "webhook-id": each.id,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(each.secret, each.id, moment, each.body),
    }
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(transport=transport, trust_env=False, timeout=SECONDS) as client,
            client.stream("POST", each.url, content=each.body.encode(), headers=headers) as answer,
        ):
            return answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, AddressError, TimeoutError, OSError) as error:
        log.info("webhook_failed", delivery=each.id, kind=type(error).__name__)
        return None


def signature(key: bytes, message: str, moment: int, body: str) -> str:
    """What the receiver checks, as Standard Webhooks says: HMAC-SHA256 of id, moment and body."""
    signed = hmac.new(key, f"{message}.{moment}.{body}".encode(), sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


class Deliverer:
    """Sends what is due, in the background. Start it, and close it."""

    def __init__(self, database: Database, settings: ServiceSettings, *, every_seconds: float = 2.0) -> None:
        self._database = database
        self._settings = settings
        self._every = every_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, after what is being sent."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        tidied: datetime | None = None
        while not self._over.wait(self._every):
            try:
                deliver_due(self._database, self._settings)
                if tidied is None or now() - tidied > timedelta(hours=1):
                    tidied = tidy(self._database)
            except Exception as error:
                log.exception("webhooks_stumbled", kind=type(error).__name__)  # and goes on: a database comes back


def tidy(database: Database) -> datetime:
    """Forget deliveries of long ago; when that was."""
    at = now()
    with database.session() as session:
        session.execute(delete(Delivery).where(Delivery.created_at < at - KEPT))
    return at
