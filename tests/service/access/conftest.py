"""A small app around the endpoints of logging in, and browsers that visit it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from model.access import ReaderRole
from service.access import people, sessions
from service.access.middleware import surround
from service.access.routes import router
from service.api import answers
from service.settings import ServiceSettings
from service.store.database import Database
from service.store.regions import found_region

ADDRESS = "http://127.0.0.1:8000"


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

    def sessions_of(self, email: str) -> int:
        """In how many browsers somebody is logged in."""
        from sqlalchemy import func, select

        from service.store.tables import LoginSession

        with self.database.reading() as session:
            account = sessions.who_may_enter(session, email)
            assert account is not None
            query = select(func.count()).select_from(LoginSession).where(LoginSession.account == account.id)
            return session.scalar(query) or 0


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
