"""A small app around the endpoints of logging in, and browsers that visit it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import create_engine, make_url

from model.access import ReaderRole
from service.access import people, sessions
from service.access.middleware import surround
from service.access.routes import router
from service.access.visit import Visit
from service.api import answers
from service.settings import ServiceSettings
from service.store.database import Database
from service.store.regions import found_region
from tests.service.conftest import new_postgres_database

ADDRESS = "http://127.0.0.1:8000"

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
"""For tests of what is not in the database: one kind will do."""


class Browser:
    """Somebody's browser, or a program: keeps cookies and sends what it is told along with each request."""

    def __init__(self, app: FastAPI, runner: asyncio.Runner, address: str, client: str) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(client, 40000))
        self.client = httpx.AsyncClient(transport=transport, base_url=address)
        self.cookies = self.client.cookies
        self.headers = self.client.headers
        self._runner = runner

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Make a request."""
        return self._runner.run(self.client.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Read something."""
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        """Change something."""
        return self.ask("POST", path, **more)

    def log_in(self, secret: str) -> dict[str, Any]:
        """Use a link, and send along what a page of this session would."""
        answer = self.post("/v1/login/links/use", json={"token": secret})
        assert answer.status_code == 200, answer.text
        me: dict[str, Any] = answer.json()
        self.headers["X-CSRF-Token"] = me["csrf"]
        return me


class House:
    """The service under test: its database, settings and app."""

    def __init__(self, database: Database, settings: ServiceSettings, stack: ExitStack) -> None:
        self.database = database
        self.settings = settings
        self.app = FastAPI()
        self.app.state.service = SimpleNamespace(database=database, settings=settings)
        answers.install(self.app)
        self.app.include_router(router)
        self.entrance = surround(self.app, settings)
        self._runner = stack.enter_context(asyncio.Runner())
        stack.callback(self.entrance.close)
        with database.session() as session:
            self.region = found_region(session, "Regio").id

    def browser(self, client: str = "203.0.113.7") -> Browser:
        """A browser that nobody is logged in with."""
        return Browser(self.app, self._runner, self.settings.address, client)

    def link(self, email: str, role: ReaderRole = ReaderRole.ADMIN, *of: str, region: str | None = None) -> str:
        """The secret of an invitation."""
        with self.database.session() as session:
            invited = people.invite(
                session, self.settings, region or self.region, email, role=role, of=of, language="nl", by=None
            )
            return invited.link

    def logged_in(self, role: ReaderRole = ReaderRole.ADMIN, *of: str, email: str = "a@school.example") -> Browser:
        """A browser with which somebody is logged in."""
        browser = self.browser()
        browser.log_in(self.link(email, role, *of))
        return browser

    def visit(self, role: ReaderRole = ReaderRole.ADMIN, *of: str, **more: Any) -> Visit:
        """A visit to this region, without anybody behind it."""
        facts = {"account": "account-1", "grant": "grant-1", "language": "nl", "request": "request-1", **more}
        return Visit(region=self.region, role=role, of=frozenset(of), **facts)

    def sessions_of(self, email: str) -> int:
        """In how many browsers somebody is logged in."""
        from sqlalchemy import func, select

        from service.store.tables import LoginSession

        with self.database.reading() as session:
            account = sessions.who_may_enter(session, email)
            assert account is not None
            query = select(func.count()).select_from(LoginSession).where(LoginSession.account == account.id)
            return session.scalar(query) or 0


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied: faster than making them for each test."""
    path = tmp_path_factory.mktemp("migrated") / "hybrooster.sqlite"
    with Database(f"sqlite:///{path}") as made:
        made.migrate()
    return path


@pytest.fixture(scope="session")
def template(postgres: str) -> str:
    """The address of a PostgreSQL database with all tables, to be copied."""
    url = new_postgres_database(postgres)
    with Database(url) as made:
        made.migrate()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with its tables, of either kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "hybrooster.sqlite")
        url = f"sqlite:///{tmp_path / 'hybrooster.sqlite'}"
    else:
        url = _copy(request.getfixturevalue("template"))
    with Database(url) as made:
        yield made


def _copy(template: str) -> str:
    known, name = make_url(template), f"t{uuid4().hex}"
    engine = create_engine(
        known.set(database="postgres", drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {known.database}")
    engine.dispose()
    return known.set(database=name).render_as_string(hide_password=False)


Build = Callable[..., House]


@pytest.fixture
def build(database: Database, tmp_path: Path) -> Iterator[Build]:
    """Makes a service with the settings that a test wants."""
    with ExitStack() as stack:

        def made(**settings: Any) -> House:
            return House(database, ServiceSettings(data=tmp_path / "data", **settings), stack)

        yield made


@pytest.fixture
def house(build: Build) -> House:
    """A service on this machine, without mail or issuers."""
    return build()
