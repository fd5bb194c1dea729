"""A served house with two regions: in each the same schools and employers, and somebody of every role."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import structlog
import uvicorn

from model.access import ReaderRole
from model.term import Term
from service.access.secret import digest, new_api_token
from service.access.visit import Scope, Visit
from service.app import create_app
from service.client import Client
from service.jobs.jobs import Jobs
from service.server import config_of, listening
from service.settings import RateLimits, ServiceSettings
from service.state import Service
from service.store import documents
from service.store.columns import new_id, now
from service.store.database import Database
from service.store.documents import Kind
from service.store.regions import RegionSettings, found_region
from service.store.tables import Account, ApiToken, Grant
from solver.solve import solve


@dataclass(frozen=True)
class Secrets:
    """What is planted in a region, each in a word that stands nowhere else.

    Attributes:
        home_town: of everybody, with their id behind it.
        roster: the moment at which Anna's work begins.
    """

    home_town: str
    postcode: str
    reason: str
    wish: str
    roster: str
    group: str
    room: str
    cost: int
    staff: str


SECRETS = {
    "hier": Secrets(
        "Geheimendaal", "5999ZZ", "medischhier", "wenshier", "05:55", "klashier", "zaalhier", 4321, "Dhr Hier"
    ),
    "derde": Secrets(
        "Derdedaal", "7999XX", "medischderde", "wensderde", "05:33", "klasderde", "zaalderde", 7531, "Dhr Derde"
    ),
    "elders": Secrets(
        "Elderdaal", "6999YY", "medischelders", "wenselders", "05:44", "klaselders", "zaalelders", 8765, "Dhr Elders"
    ),
}

WHO = ("admin", "coordinator", "timetabler", "employer", "professional")
OTHERS = ("timetabler-zuid", "employer-beta", "professional-bram")
"""Of the same region, but of another school or employer, or somebody else."""


def small_region(mark: str = "hier", **changes: Any) -> Term:
    """Two schools, two employers, three people; every field that is not for everybody is filled."""
    secret = SECRETS[mark]
    grid = [
        {"school": school, "period": str(number), "start": f"{8 + number}:00", "end": f"{8 + number}:50"}
        for school in ("noord", "zuid")
        for number in (1, 2, 3, 4)
    ]
    people = [("anna", "Anna Vries", "acme"), ("bram", "Bram Bos", "beta"), ("cleo", "Cleo Dam", "acme")]
    return Term.model_validate(
        {
            "id": "proef",
            "name": "Proefregio",
            "start": "2026-08-31",
            "end": "2026-10-11",
            "schools": [
                {
                    "id": "noord",
                    "name": "Noord",
                    "sector": "vo",
                    "town": "Eindhoven",
                    "latitude": 51.44,
                    "longitude": 5.47,
                },
                {"id": "zuid", "name": "Zuid", "sector": "vo", "town": "Helmond", "latitude": 51.48, "longitude": 5.65},
            ],
            "time_grids": grid,
            "rooms": [{"id": "n1", "school": "noord", "name": secret.room}],
            "class_groups": [
                {"id": "n3", "school": "noord", "name": secret.group, "pupils": 28},
                {"id": "z3", "school": "zuid", "name": "z3", "pupils": 24},
            ],
            "staff": [{"id": "docent", "school": "noord", "name": secret.staff, "mentor": True}],
            "employers": [
                {"id": "acme", "name": "Acme BV", "hour_cost": secret.cost, "release_policy": "half_day"},
                {"id": "beta", "name": "Beta BV"},
            ],
            "professionals": [
                {
                    "id": person,
                    "name": name,
                    "employer": employer,
                    "home_town": f"{secret.home_town}-{person}",
                    "home_postcode": secret.postcode,
                    "home_latitude": 51.4,
                    "home_longitude": 5.5,
                    "open_for_matching": True,
                    "max_lessons_per_week": 3,
                }
                for person, name, employer in people
            ],
            "work": [{"professional": "anna", "weekday": "mon", "start": secret.roster, "end": "17:00"}],
            "releases": [{"professional": "anna", "weekday": "mon", "half_day": "morning"}],
            "unavailability": [{"professional": "anna", "weekday": "fri", "reason": secret.reason}],
            "wishes": [{"professional": "anna", "weekday": "mon", "value": 2, "reason": secret.wish}],
            "licences": [
                {"professional": person, "subject": "techniek", "sector": "vo", "level": "1e"}
                for person, _, _ in people
            ],
            "courses": [
                {"id": "tn", "school": "noord", "subject": "techniek", "name": "Techniek", "classes": ["n3"]},
                {"id": "tz", "school": "zuid", "subject": "techniek", "name": "Techniek", "classes": ["z3"]},
                {"id": "nn", "school": "noord", "subject": "natuurkunde", "name": "Natuurkunde", "classes": ["n3"]},
            ],
            "lessons": [
                {
                    "id": "tn-ma",
                    "course": "tn",
                    "weekday": "mon",
                    "first_period": "1",
                    "room": "n1",
                    "pinned": ["anna"],
                },
                {"id": "tn-di", "course": "tn", "weekday": "tue", "first_period": "1"},
                {"id": "tz-ma", "course": "tz", "weekday": "mon", "first_period": "1", "pinned": ["bram"]},
                {"id": "tz-wo", "course": "tz", "weekday": "wed", "first_period": "2"},
                {"id": "nn-do", "course": "nn", "weekday": "thu", "first_period": "3"},
            ],
            **changes,
        }
    )


@dataclass
class Tenant:
    """A region in the house, with what is in it.

    Attributes:
        tokens: secrets of API tokens, by who holds them.
        visits: the same people as the desk knows them.
    """

    region: str
    term: str
    outcome: str
    tokens: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)


class House:
    """A service over a database, called as anybody."""

    def __init__(self, database: Database, data: Path, **settings: Any) -> None:
        # Each defect is a line in the log; drawing it with all its values takes seconds.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
        rates = RateLimits(requests=1_000_000, logins=1_000_000, uploads=1_000_000)
        listener = listening("127.0.0.1", 0)
        port = listener.getsockname()[1]
        self.settings = ServiceSettings(**{"data": data, "port": port, "rates": rates, **settings})
        self.database = database
        self.jobs = Jobs(database, self.settings)
        self.jobs.start(work=False)
        self.service = Service(self.settings, database, self.jobs)
        self.app = create_app(self.service)
        self._clients: list[Client] = []
        self._server = uvicorn.Server(config_of(self.app, self.settings))
        self._thread = Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def close(self) -> None:
        """End it."""
        for each in self._clients:
            each.http.close()
        self._server.should_exit = True
        self._thread.join()
        self.service.close()
        self.jobs.close()

    def tenant(self, name: str = "Regio", term: Term | None = None, **settings: Any) -> Tenant:
        """A new region with a term and its outcome, and people of all roles."""
        term = term or small_region()
        outcome = solve(term, seconds=20)
        with self.database.session() as session:
            region = found_region(session, name, RegionSettings.model_validate(settings)).id
            document = documents.create(
                session,
                region,
                Kind.TERM,
                term.model_dump_json(exclude_defaults=True),
                name=term.name,
                facts=facts(term),
            ).id
            made = documents.create(
                session,
                region,
                Kind.OUTCOME,
                outcome.model_dump_json(),
                parent=document,
                parent_revision=1,
                facts={
                    "status": outcome.status.value,
                    "value": outcome.value,
                    "bound": outcome.bound,
                    "gap": outcome.gap,
                    "seconds": outcome.seconds,
                    "lessons": outcome.lessons.total,
                    "filled": outcome.lessons.filled,
                    "open": outcome.lessons.open,
                },
            ).id
        tenant = Tenant(region, document, made)
        own = {"timetabler": "noord", "employer": "acme", "professional": "anna"}
        for who in (*WHO, *OTHERS):
            role, _, of = who.partition("-")
            self.admit(tenant, who, ReaderRole(role), *filter(None, [of or own.get(role)]))
        return tenant

    def admit(
        self, tenant: Tenant, who: str, role: ReaderRole, *of: str, scopes: tuple[Scope, ...] = tuple(Scope)
    ) -> None:
        """Let somebody in, with a token."""
        secret = new_api_token()
        account, grant = new_id("account"), new_id("grant")
        with self.database.session() as session:
            session.add(Account(id=account, email=f"{account}@example.nl", name=f"De {who}"))
            session.flush()
            session.add(Grant(id=grant, account=account, region=tenant.region, role=role.value, of=list(of)))
            session.flush()
            session.add(
                ApiToken(
                    id=new_id("token"),
                    digest=digest(secret),
                    account=account,
                    grant=grant,
                    name="test",
                    scopes=[each.value for each in scopes],
                    expires_at=now() + timedelta(days=1),
                )
            )
        tenant.tokens[who] = secret
        tenant.visits[who] = Visit(
            tenant.region, account, grant, role, frozenset(of), "en", "request-test", frozenset(scopes)
        )

    def client(self, tenant: Tenant, who: str, language: str = "en") -> Client:
        """The API as somebody of a region."""
        return self._kept(Client(self.settings.address, tenant.tokens[who], language=language))

    def stranger(self) -> Client:
        """The API as nobody."""
        return self._kept(Client(self.settings.address))

    def _kept(self, client: Client) -> Client:
        self._clients.append(client)
        return client

    def openapi(self) -> Mapping[str, Any]:
        """What the API says of itself."""
        return self.app.openapi()


def facts(term: Term) -> dict[str, Any]:
    """What lists show of a term."""
    from service.desk.terms import facts_of

    return facts_of(term)
