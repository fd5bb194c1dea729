"""What surrounds every request, from the outside in: id, log line and headers; host, origin and rate; size of its body."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.access.clients import UNSAFE, bearer_of, client_address, from_elsewhere, is_our_host
from service.access.entrance import Entrance
from service.access.secret import digest
from service.access.sessions import cookie_name
from service.access.visits import LoginFirst
from service.api.answers import problem_response
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.store.columns import new_id

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,40}")
_MEGABYTE = 1024 * 1024
_SMALL_BYTES = 64 * 1024
"""What is larger, or does not say how large it is, is an upload, to be counted apart."""

_OPEN_TO_ANY_HOST = frozenset({"/health", "/ready"})
"""Asked by address, by what watches over the machine; they tell nothing of anybody."""

HEADERS = {
    # Everything from here: no script, style, picture or frame of another, and no page of another around ours.
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Others learn nothing from it. With `no-referrer` browsers would send `Origin: null` along with our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # What a page shows may be of a person; a handler whose answer may be kept says so itself.
    "Cache-Control": "no-store",
}

_GONE = 499
"""What a log line says where nobody waited for the answer."""

_HSTS = "max-age=31536000"

log = structlog.get_logger()


def surround(app: FastAPI, settings: ServiceSettings) -> Entrance:
    """Put all of it around an app, and give the app its entrance; what it keeps running ends with the app."""
    entrance = Entrance(settings)
    app.state.entrance = entrance
    app.add_middleware(SizeLimited, megabytes=settings.upload_megabytes)  # the one that is added last is outside
    app.add_middleware(Guarded, entrance=entrance)
    app.add_middleware(Outermost, entrance=entrance)

    @app.exception_handler(LoginFirst)
    def _login(_request: Request, error: LoginFirst) -> Response:
        return RedirectResponse(error.where, 303)

    return entrance


class Outermost:
    """Names each request, writes a line about it, puts headers on its answer, and answers what nobody caught.

    The line says which route answered, never what was asked: addresses hold ids, and calendars secrets.
    """

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self.app = app
        self._entrance = entrance
        self._headers = {**HEADERS, **({"Strict-Transport-Security": _HSTS} if entrance.settings.secure else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        finally:
            self._entrance.close()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = _named(Headers(scope=scope).get("x-request-id"))
        scope.setdefault("state", {})["request_id"] = name
        began, status = time.monotonic(), 0

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for header, value in self._headers.items():
                    headers.setdefault(header, value)
                headers["X-Request-ID"] = name
            await send(message)

        with structlog.contextvars.bound_contextvars(request=name):
            try:
                await self.app(scope, receive, sent)
            except ClientDisconnect:
                status = status or _GONE
            except Exception as error:
                log.exception("defect", kind=type(error).__name__)
                if status != 0:
                    raise
                await problem_response(Request(scope), Problem(Code.DEFECT))(scope, receive, sent)
            finally:
                took = round((time.monotonic() - began) * 1000)
                log.info("request", method=scope["method"], route=_route(scope), status=status, milliseconds=took)


class Guarded:
    """Refuses requests that are meant for another host, that a page of another site made, or that come too often."""

    def __init__(self, app: ASGIApp, entrance: Entrance) -> None:
        self.app = app
        self._entrance = entrance
        self._settings = entrance.settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        secret = bearer_of(headers) or Request(scope).cookies.get(cookie_name(self._settings))
        problem = self._refused(scope, headers, secret)
        if problem is not None:
            await problem_response(Request(scope), problem)(scope, receive, send)
            return
        await self.app(scope, receive, send)
        if (let_in := scope["state"].get("let_in")) is not None:
            self._entrance.known.add(let_in)

    def _refused(self, scope: Scope, headers: Headers, secret: str | None) -> Problem | None:
        ours = self._settings.address
        if scope["path"] not in _OPEN_TO_ANY_HOST and not is_our_host(headers.get("host", ""), ours):
            return Problem(Code.BAD_REQUEST)
        if scope["method"] in UNSAFE and bearer_of(headers) is None and from_elsewhere(headers, ours):
            return Problem(Code.CSRF)
        for key, limit in self._counted(scope, headers, secret):
            seconds = self._entrance.limiter.take(key, limit)
            if seconds is not None:
                return Problem(Code.TOO_OFTEN, headers={"Retry-After": str(seconds)}, seconds=seconds)
        return None

    def _counted(self, scope: Scope, headers: Headers, secret: str | None) -> Iterable[tuple[tuple[str, str], int]]:
        """For whom a request counts, and how often a minute they may: whoever is known, else the client's address."""
        rates = self._settings.rates
        client = client_address(scope, behind_proxy=self._settings.behind_proxy)
        mark = None if secret is None else digest(secret)
        who = mark if mark is not None and mark in self._entrance.known else client
        yield ("request", who), rates.requests
        if _is_login(scope):
            yield ("login", client), rates.logins
        elif scope["method"] in UNSAFE and ("transfer-encoding" in headers or _length(headers) > _SMALL_BYTES):
            yield ("upload", who), rates.uploads


class SizeLimited:
    """Refuses bodies that are too large: by what they say, and else as soon as it shows."""

    def __init__(self, app: ASGIApp, megabytes: int) -> None:
        self.app = app
        self._megabytes = megabytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most, seen, over, begun = self._megabytes * _MEGABYTE, 0, False, False

        async def refuse() -> None:
            problem = Problem(Code.TOO_LARGE, megabytes=self._megabytes)
            await problem_response(Request(scope), problem)(scope, receive, send)

        async def received() -> Message:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                over = True
                raise _TooLargeError
            return message

        async def sent(message: Message) -> None:
            nonlocal begun
            if over and not begun:  # whatever the handler made of it
                return
            begun = True
            await send(message)

        if _length(Headers(scope=scope)) > most:
            await refuse()
            return
        try:
            await self.app(scope, received, sent)
        except Exception:
            if not over or begun:
                raise
        if over and not begun:
            await refuse()


class _TooLargeError(Exception):
    """Ends the reading of a body."""


def _length(headers: Headers) -> int:
    """What a request says about the length of its body, in bytes; 0 when it says nothing that is a number."""
    given = headers.get("content-length", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def _named(given: str | None) -> str:
    return given if given is not None and _GIVEN_ID.fullmatch(given) else new_id("request")


def _is_login(scope: Scope) -> bool:
    path: str = scope["path"]
    return path.startswith("/login/oidc/") or (scope["method"] in UNSAFE and path.startswith(("/login", "/v1/login")))


def _route(scope: Scope) -> str:
    route = scope.get("route")
    return str(getattr(route, "path", "none"))
