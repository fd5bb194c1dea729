"""Webhooks to a real server: what is sent and signed, tried again or given up, and where nothing is ever sent."""

from __future__ import annotations

import base64
import hmac
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from service.api import webhooks as api
from service.desk import webhooks
from service.desk.webhooks import (
    ATTEMPTS,
    AddressError,
    Deliverer,
    checked_addresses,
    deliver_due,
    next_attempt,
)
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.store.columns import now
from service.store.database import Database
from service.store.documents import MissingError
from service.store.events import Event, emit
from service.store.tables import Delivery, Webhook
from tests.service.test_scenarios_api import ONE_SQLITE, Region

PRIVATE = ServiceSettings(webhooks_to_private_networks=True)
PUBLIC = "93.184.215.14"


class Receiver:
    """A server that keeps what it gets, and answers as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.arrived = threading.Event()
        self.status = 204
        self.headers: dict[str, str] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()
                receiver.arrived.set()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def close(self) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server on this machine."""
    made = Receiver()
    yield made
    made.close()


def hook_to(region: Region, url: str, *events: Event) -> tuple[str, bytes]:
    """Id and key of a new webhook."""
    hook, secret = webhooks.add(region.service, region.visit("admin"), url, events or [Event.JOB_DONE])
    return hook.id, base64.b64decode(secret.removeprefix("whsec_"))


def tell(region: Region, event: Event = Event.JOB_DONE, **ids: str) -> None:
    """Something happens."""
    with region.service.database.session() as session:
        emit(session, region.id, event, ids)


def deliveries(region: Region) -> list[Delivery]:
    """All there are, the oldest first."""
    with region.service.database.reading() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.created_at, Delivery.id)))


def make_due(region: Region) -> None:
    """Time passes until what waits is due."""
    with region.service.database.session() as session:
        waiting = update(Delivery).where(Delivery.next_at.is_not(None))
        session.execute(waiting.values(next_at=now() - timedelta(seconds=1)))


def local(database: Database) -> Region:
    """A region whose webhooks may be on this machine."""
    return Region.of(database, webhooks_to_private_networks=True)


# What arrives


def test_what_happened_arrives_signed(database: Database, receiver: Receiver) -> None:
    """The receiver reckons the signature itself; the body holds ids; nobody else's event comes along."""
    region, other = local(database), local(database)
    hook, key = hook_to(region, receiver.url, Event.JOB_DONE)
    tell(region, Event.JOB_DONE, job="job-1", outcome="outcome-1")
    tell(region, Event.TERM_CHANGED, term="term-1")
    tell(other, Event.JOB_DONE, job="job-2")
    before = int(now().timestamp())
    assert deliver_due(database, PRIVATE) == 1
    ((headers, body),) = receiver.got
    message, moment = headers["webhook-id"], headers["webhook-timestamp"]
    signed = hmac.digest(key, f"{message}.{moment}.".encode() + body, sha256)
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(signed).decode()}"
    assert before <= int(moment) <= int(now().timestamp())
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("job.done", {"job": "job-1", "outcome": "outcome-1"})
    assert datetime.fromisoformat(said["timestamp"]).tzinfo is not None
    (row,) = deliveries(region)
    assert (row.id, row.webhook, row.status, row.attempts, row.next_at) == (message, hook, 204, 1, None)
    assert row.delivered_at is not None
    assert deliver_due(database, PRIVATE) == 0


@ONE_SQLITE
def test_what_was_not_kept_is_not_told(database: Database) -> None:
    """An event of a transaction that fails did not happen."""
    region = local(database)
    hook_to(region, "https://127.0.0.1/hook")

    def half() -> None:
        with database.session() as session:
            emit(session, region.id, Event.JOB_DONE, {"job": "job-1"})
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half()
    assert deliveries(region) == []


def test_of_many_machines_one_sends(database: Database, receiver: Receiver) -> None:
    """Six at once, twelve events: each arrives once."""
    region = local(database)
    hook_to(region, receiver.url)
    for number in range(12):
        tell(region, job=f"job-{number}")
    start, sent = threading.Barrier(6), []

    def machine() -> None:
        start.wait()
        sent.append(deliver_due(database, PRIVATE))

    threads = [threading.Thread(target=machine) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(sent) == 12
    assert sorted(json.loads(body)["data"]["job"] for _, body in receiver.got) == sorted(f"job-{n}" for n in range(12))
    assert {row.attempts for row in deliveries(region)} == {1}


def test_a_machine_that_dies_leaves_it_for_the_next(database: Database, receiver: Receiver) -> None:
    """What was claimed and not sent is due again after a minute."""
    region = local(database)
    hook_to(region, receiver.url)
    tell(region, job="job-1")
    at = now()
    assert len(webhooks._claim(database)) == 1
    (row,) = deliveries(region)
    assert row.next_at is not None
    assert row.next_at >= at + timedelta(minutes=1)
    assert deliver_due(database, PRIVATE) == 0
    make_due(region)
    assert deliver_due(database, PRIVATE) == 1
    assert len(receiver.got) == 1


def test_it_is_tried_again_and_given_up(database: Database, receiver: Receiver) -> None:
    """Under the same id each time, later and later: 1, 3, 9, 27, 81, 243 minutes and twelve hours."""
    region = local(database)
    hook_to(region, receiver.url)
    tell(region, job="job-1")
    receiver.status = 503
    waits = []
    for _ in range(ATTEMPTS + 2):
        deliver_due(database, PRIVATE)
        (row,) = deliveries(region)
        waits.append(None if row.next_at is None else round((row.next_at - now()) / timedelta(minutes=1)))
        make_due(region)
    assert waits == [1, 3, 9, 27, 81, 243, 720, None, None, None]
    assert (row.attempts, row.status, row.delivered_at) == (ATTEMPTS, 503, None)
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {row.id}
    assert len(receiver.got) == ATTEMPTS


@ONE_SQLITE
def test_it_arrives_at_last(database: Database, receiver: Receiver) -> None:
    """Nobody there at first: no status; then it is done and not sent again."""
    region = local(database)
    gone = Receiver()
    gone.close()
    hook, _ = hook_to(region, gone.url)
    tell(region, job="job-1")
    deliver_due(database, PRIVATE)
    assert [(row.attempts, row.status) for row in deliveries(region)] == [(1, None)]
    webhooks.change(region.service, region.visit("admin"), hook, receiver.url, [Event.JOB_DONE])
    make_due(region)
    deliver_due(database, PRIVATE)
    assert [(row.attempts, row.status, row.next_at) for row in deliveries(region)] == [(2, 204, None)]


def test_who_says_gone_is_sent_nothing_any_more(database: Database, receiver: Receiver) -> None:
    """Neither what waits nor what comes; until somebody names events again."""
    region = local(database)
    hook, _ = hook_to(region, receiver.url)
    receiver.status = 503
    tell(region, job="job-1")
    deliver_due(database, PRIVATE)
    receiver.status = 410
    tell(region, job="job-2")
    deliver_due(database, PRIVATE)
    assert webhooks.found(region.service, region.visit("admin"), hook).events == []
    tell(region, job="job-3")
    make_due(region)
    assert deliver_due(database, PRIVATE) == 0
    assert [row.next_at for row in deliveries(region)] == [None, None]
    webhooks.change(region.service, region.visit("admin"), hook, receiver.url, [Event.JOB_DONE])
    tell(region, job="job-4")
    assert deliver_due(database, PRIVATE) == 1


@ONE_SQLITE
def test_no_redirect_is_followed(database: Database, receiver: Receiver) -> None:
    """It might lead where nothing may be sent."""
    region = local(database)
    other = Receiver()
    receiver.status, receiver.headers = 307, {"location": other.url}
    hook_to(region, receiver.url)
    tell(region, job="job-1")
    deliver_due(database, PRIVATE)
    other.close()
    assert (len(receiver.got), other.got) == (1, [])
    assert [(row.status, row.delivered_at) for row in deliveries(region)] == [(307, None)]


@ONE_SQLITE
def test_in_the_background(database: Database, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """It sends what is due, goes on after a stumble, and ends when it is told."""
    region = local(database)
    hook_to(region, receiver.url)
    rounds = []

    def stumbling(*given: Any) -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise OSError("no database")
        return deliver_due(*given)

    monkeypatch.setattr(webhooks, "deliver_due", stumbling)
    tell(region, job="job-1")
    deliverer = Deliverer(database, PRIVATE, every_seconds=0.01)
    deliverer.start()
    assert receiver.arrived.wait(30)
    deliverer.close()
    assert not deliverer._thread.is_alive()
    assert [row.status for row in deliveries(region)] == [204]


@given(st.integers(1, ATTEMPTS + 3))
def test_waits_grow_and_end(made: int) -> None:
    """Never less than a minute, never more than twelve hours, never shorter than before; none after the last."""
    at = datetime(2026, 9, 1, tzinfo=UTC)
    then, before = next_attempt(made, at), next_attempt(max(1, made - 1), at)
    if made >= ATTEMPTS:
        assert then is None
    else:
        assert then is not None
        assert before is not None
        assert timedelta(minutes=1) <= before - at <= then - at <= timedelta(hours=12)


@ONE_SQLITE
def test_what_is_old_is_forgotten(database: Database) -> None:
    """After thirty days."""
    region = local(database)
    hook_to(region, "https://127.0.0.1/hook")
    for days in (29, 31):
        tell(region, job=f"job-{days}")
    with database.session() as session:
        for row in session.scalars(select(Delivery)):
            days = int(json.loads(row.body)["data"]["job"].removeprefix("job-"))
            row.created_at = now() - timedelta(days=days)
    webhooks.tidy(database)
    assert [json.loads(row.body)["data"]["job"] for row in deliveries(region)] == ["job-29"]


# Where nothing is sent


def answering(*addresses: str) -> Any:
    """A name that has these addresses."""

    def resolve(_host: str, _port: int) -> Sequence[str]:
        return addresses

    return resolve


NOT_THERE = [
    "127.0.0.1", "127.9.9.9", "::1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "fe80::1",
    "fe80::1%eth0", "fd00::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "192.0.2.1",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_THERE)
def test_no_name_leads_to_an_address_of_ours(address: str) -> None:
    """Alone or among good ones, as any of them may be taken."""
    for addresses in ([address], [PUBLIC, address]):
        with pytest.raises(AddressError) as refused:
            checked_addresses("https://hook.example/", private=False, resolve=answering(*addresses))
        assert refused.value.why == "private"


@given(
    st.sampled_from(
        ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"]
    ),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["{}", "::ffff:{}", "64:ff9b::{}", "2002:{hex}::"]),
)
def test_however_an_address_is_written(network: str, place: int, form: str) -> None:
    """An IPv4 address in one of IPv6 is the same address."""
    net = ipaddress.IPv4Network(network)
    address = ipaddress.IPv4Address(int(net.network_address) + place % net.num_addresses)
    digits = f"{int(address):08x}"
    written = form.format(address, hex=f"{digits[:4]}:{digits[4:]}")
    with pytest.raises(AddressError):
        checked_addresses("https://hook.example/", private=False, resolve=answering(written))


@pytest.mark.parametrize(
    ("url", "addresses", "private", "why"),
    [
        ("http://hook.example/", [PUBLIC], False, "not_https"),
        ("http://hook.example/", [PUBLIC], True, "not_https"),
        ("http://hook.example/", ["10.0.0.1"], True, "not_https"),
        ("http://hook.example/", ["127.0.0.1", "10.0.0.1"], True, "not_https"),
        ("https://user:secret@hook.example/", [PUBLIC], False, "not_https"),
        ("ftp://hook.example/", [PUBLIC], True, "not_https"),
        ("https:///hook", [PUBLIC], False, "not_https"),
        ("hook", [PUBLIC], False, "not_https"),
        ("https://hook.example:99999/", [PUBLIC], False, "not_https"),
        ("https://hook.example/", [], False, "unknown_host"),
        ("https://hook.example/", ["169.254.169.254"], True, "private"),
    ],
)
def test_addresses_that_are_refused(url: str, addresses: list[str], *, private: bool, why: str) -> None:
    """Even where private networks are allowed: no plain http beyond this machine, and nothing to the link's neighbours."""
    with pytest.raises(AddressError) as refused:
        checked_addresses(url, private=private, resolve=answering(*addresses))
    assert refused.value.why == why


def test_addresses_that_are_right() -> None:
    """Public ones over https; where it is allowed also private ones, and this machine over http."""
    for url, addresses, private in [
        ("https://hook.example:8443/x", [PUBLIC, "2606:2800:21f:cb07:6820:80da:af6b:8b2c"], False),
        ("https://hook.example/", ["10.0.0.1", "fd00::1"], True),
        ("http://localhost:1234/", ["::1", "127.0.0.1"], True),
    ]:
        assert checked_addresses(url, private=private, resolve=answering(*addresses)) == addresses


@settings(max_examples=60)
@given(st.text(max_size=60) | st.from_regex(r"https?://[\w.:\[\]@%-]{0,30}(/.{0,10})?", fullmatch=True))
def test_whatever_somebody_writes(url: str) -> None:
    """It is an address or it is refused; nothing else goes wrong."""
    try:
        found = checked_addresses(url, private=False, resolve=answering(PUBLIC))
    except AddressError:
        return
    assert found == [PUBLIC]
    assert url.strip().lower().startswith("https://")


@ONE_SQLITE
@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "http://127.0.0.1/"])
def test_private_addresses_are_refused_at_once(database: Database, url: str) -> None:
    """When a webhook is made, and when it is changed; the reason is in the reader's language."""
    region = Region.of(database)
    admin = region.visit("admin", lang="en")
    with pytest.raises(Problem) as refused:
        webhooks.add(region.service, admin, url, [Event.JOB_DONE])
    assert refused.value.code is Code.INVALID
    (issue,) = refused.value.issues
    assert (issue.column, issue.value) == ("$.url", url)
    assert "private network" in issue.sentence("en") or "https" in issue.sentence("en")
    with database.session() as session:
        session.add(Webhook(id="w", region=region.id, url="https://x", secret=b"s", events=["job.done"]))
    with pytest.raises(Problem):
        webhooks.change(region.service, admin, "w", url, [Event.JOB_DONE])


@ONE_SQLITE
def test_a_name_that_leads_elsewhere_later_gets_nothing(database: Database, receiver: Receiver) -> None:
    """Rebinding: public when it was made, this machine when it is sent. It is looked up once, and what was checked is used."""
    region = Region.of(database)
    url = f"https://hook.example:{receiver.port}/"
    with database.session() as session:
        session.add(Webhook(id="w", region=region.id, url=url, secret=b"s", events=["job.done"]))
    assert checked_addresses(url, private=False, resolve=answering(PUBLIC)) == [PUBLIC]
    tell(region, job="job-1")
    assert deliver_due(database, region.service.settings, resolve=answering("127.0.0.1")) == 1
    assert receiver.got == []
    assert [(row.status, row.attempts) for row in deliveries(region)] == [(None, 1)]


@ONE_SQLITE
def test_what_was_checked_is_what_is_connected_to(database: Database, receiver: Receiver) -> None:
    """A name that no server knows is reached all the same, under its own name, and was asked for once."""
    region = local(database)
    asked = []

    def resolve(host: str, port: int) -> Sequence[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    with database.session() as session:
        url = f"http://hook.invalid:{receiver.port}/there?x=1"
        session.add(Webhook(id="w", region=region.id, url=url, secret=b"s", events=["job.done"]))
    tell(region, job="job-1")
    deliver_due(database, PRIVATE, resolve=resolve)
    ((headers, _),) = receiver.got
    assert headers["host"] == f"hook.invalid:{receiver.port}"
    assert asked == [("hook.invalid", receiver.port)]


@ONE_SQLITE
def test_the_next_address_of_a_name_is_tried(database: Database, receiver: Receiver) -> None:
    """Nobody listens at the first."""
    region = local(database)
    with database.session() as session:
        url = f"http://hook.invalid:{receiver.port}/"
        session.add(Webhook(id="w", region=region.id, url=url, secret=b"s", events=["job.done"]))
    tell(region, job="job-1")
    deliver_due(database, PRIVATE, resolve=answering("127.0.0.9", "127.0.0.1"))
    assert len(receiver.got) == 1


# Over https


def certificate(folder: Path, name: str) -> Path:
    """A certificate for a name, that signs itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def certified(receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The receiver speaks https, under this name, and its certificate is trusted."""
    pem = certificate(tmp_path, "hook.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    monkeypatch.setattr(receiver.server, "handle_error", lambda *_: None)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    return "hook.example"


@ONE_SQLITE
@pytest.mark.parametrize(("name", "status"), [("hook.example", 204), ("other.example", None)])
def test_the_certificate_must_be_of_the_name(
    database: Database, receiver: Receiver, certified: str, *, name: str, status: int | None
) -> None:
    """Though it is connected to by its address; whoever sits at that address with another name gets nothing."""
    assert certified == "hook.example"
    region = local(database)
    with database.session() as session:
        url = f"https://{name}:{receiver.port}/"
        session.add(Webhook(id="w", region=region.id, url=url, secret=b"s", events=["job.done"]))
    tell(region, job="job-1")
    deliver_due(database, PRIVATE, resolve=answering("127.0.0.1"))
    assert [row.status for row in deliveries(region)] == [status]
    assert len(receiver.got) == (status is not None)


# For administrators


@ONE_SQLITE
def test_over_http(database: Database, receiver: Receiver) -> None:
    """The secret is told once; what was sent can be looked at and tried; with the webhook it all goes."""
    region = local(database)
    http = region.client(region.visit("admin"), api.router)
    asked = {"url": receiver.url, "events": ["job.done", "job.done"]}
    made = http.post("/v1/webhooks", json=asked).json()
    assert len(base64.b64decode(made["secret"].removeprefix("whsec_"), validate=True)) == 32
    at = f"/v1/webhooks/{made['id']}"
    read = http.get(at).json()
    assert read == {name: value for name, value in made.items() if name != "secret"}
    assert (read["events"], http.get("/v1/webhooks").json()["items"]) == (["job.done"], [read])
    assert made["secret"][6:] not in http.get("/v1/webhooks").text
    tried = http.post(f"{at}/test")
    assert (tried.status_code, tried.json()["event"], tried.json()["attempts"]) == (202, "webhook.test", 0)
    deliver_due(database, PRIVATE)
    assert json.loads(receiver.got[0][1])["data"] == {"webhook": made["id"]}
    (sent,) = http.get(f"{at}/deliveries").json()["items"]
    assert (sent["id"], sent["status"], sent["attempts"]) == (tried.json()["id"], 204, 1)
    changed = http.put(at, json={"url": receiver.url, "events": ["term.changed"]}).json()
    assert changed["events"] == ["term.changed"]
    assert http.post("/v1/webhooks", json={"url": receiver.url, "events": ["job.begun"]}).status_code == 422
    assert http.post("/v1/webhooks", json={"url": receiver.url, "events": []}).status_code == 422
    assert http.delete(at).status_code == 204
    assert http.get(at).status_code == 404
    assert deliveries(region) == []


@ONE_SQLITE
def test_only_administrators_of_the_region(database: Database) -> None:
    """Of all that can be done with one."""
    region, other = local(database), local(database)
    hook, _ = hook_to(region, "https://127.0.0.1/hook")
    for visit in (region.visit(), region.visit("timetabler", "north"), region.visit("employer", "works")):
        http = region.client(visit, api.router)
        body = {"url": "https://127.0.0.1/x", "events": ["job.done"]}
        answers = [
            http.post("/v1/webhooks", json=body),
            http.get("/v1/webhooks"),
            http.get(f"/v1/webhooks/{hook}"),
            http.put(f"/v1/webhooks/{hook}", json=body),
            http.get(f"/v1/webhooks/{hook}/deliveries"),
            http.post(f"/v1/webhooks/{hook}/test"),
            http.delete(f"/v1/webhooks/{hook}"),
        ]
        assert {each.status_code for each in answers} == {403}
    stranger = other.visit("admin")
    for act in (webhooks.found, webhooks.test, webhooks.remove):
        with pytest.raises(MissingError):
            act(other.service, stranger, hook)
