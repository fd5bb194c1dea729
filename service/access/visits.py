"""From a request to a visit: a program's bearer token or a browser's cookie, and never both."""

from __future__ import annotations

from typing import Annotated, NoReturn, Protocol
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from starlette.concurrency import run_in_threadpool

from model.access import ReaderRole
from service.access import sessions, tokens
from service.access.clients import UNSAFE, asked_language, bearer_of
from service.access.secret import digest, same
from service.access.visit import Scope, Visit
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.store.database import Database
from service.store.tables import Account, Grant

CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")

# How OpenAPI says that one of the two is needed; what they find is read below.
_BEARER = Depends(HTTPBearer(scheme_name="bearer", auto_error=False, description="An API token, `hyb_…`."))
_COOKIE = Depends(
    APIKeyCookie(
        name="hybrooster", scheme_name="cookie", auto_error=False, description="`__Host-hybrooster` over https."
    )
)


class LoginFirst(Exception):  # noqa: N818  nothing went wrong: a browser is sent on
    """Ends a request for a page by sending the browser to log in; `where` is the page for that."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


class Serves(Protocol):
    """What is needed of a service to know who asks it."""

    @property
    def settings(self) -> ServiceSettings:
        """Its settings."""

    @property
    def database(self) -> Database:
        """Where everything is kept."""


def service_of(request: Request) -> Serves:
    """The service that a request is for."""
    service: Serves = request.app.state.service
    return service


def cookie_of(request: Request) -> str | None:
    """The secret of the session that a browser sends along."""
    return request.cookies.get(sessions.cookie_name(service_of(request).settings))


async def visit_of(request: Request, _bearer: object = _BEARER, _cookie: object = _COOKIE) -> Visit:
    """Who asks, and as what.

    Raises:
        Problem: NOT_LOGGED_IN when it is nobody known, BAD_REQUEST with a token and a cookie at once, CSRF when a
            browser changes something without the token of its session.
    """
    bearer, cookie = bearer_of(request.headers), cookie_of(request)
    if bearer is not None and cookie is not None:
        raise Problem(Code.BAD_REQUEST)
    if bearer is not None:
        return _remembered(request, bearer, await run_in_threadpool(_of_token, request, bearer))
    if cookie is None:
        _nobody()
    visit, csrf = await run_in_threadpool(_of_cookie, request, cookie)
    if request.method in UNSAFE and not same(await _csrf_given(request), csrf):
        raise Problem(Code.CSRF)
    return _remembered(request, cookie, visit)


async def page_visit_of(request: Request) -> Visit:
    """As `visit_of`, for pages: who is not logged in is sent to log in, and comes back to where they wanted to go."""
    try:
        return await visit_of(request)
    except Problem as problem:
        if problem.code is not Code.NOT_LOGGED_IN:
            raise
    path = request.url.path if request.method not in UNSAFE else "/"
    asked = f"{path}?{request.url.query}" if request.url.query and path != "/" else path
    raise LoginFirst(f"/login?{urlencode({'next': asked})}")


Visiting = Annotated[Visit, Depends(visit_of)]
PageVisiting = Annotated[Visit, Depends(page_visit_of)]


def visit_as(request: Request, account: Account, grant: Grant) -> Visit:
    """The visit of an account as one of its roles, with all scopes."""
    return Visit(
        region=grant.region,
        account=account.id,
        grant=grant.id,
        role=ReaderRole(grant.role),
        of=frozenset(grant.of),
        language=asked_language(request) or account.language,
        request=request_id(request),
    )


def request_id(request: Request) -> str:
    """The id of a request, as the middleware gave it."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def csrf_of(request: Request) -> str | None:
    """What pages of a browser's session send along with changes; None for programs."""
    cookie = cookie_of(request)
    if cookie is None or bearer_of(request.headers) is not None:
        return None
    with service_of(request).database.reading() as session:
        found = sessions.find(session, cookie)
    return None if found is None else found.csrf


def _remembered(request: Request, secret: str, visit: Visit) -> Visit:
    request.state.let_in = digest(secret)
    return visit


def _of_token(request: Request, secret: str) -> Visit:
    database = service_of(request).database
    with database.reading() as session:
        held = tokens.find(session, secret)
    if held is None:
        _nobody()
    if tokens.wants_touch(held.token):
        with database.session() as session:
            tokens.touch(session, held.token.id)
    return Visit(
        region=held.grant.region,
        account=held.account.id,
        grant=held.grant.id,
        role=ReaderRole(held.grant.role),
        of=frozenset(held.grant.of),
        language=asked_language(request) or held.account.language,
        request=request_id(request),
        scopes=frozenset(Scope(each) for each in held.token.scopes),
        token=held.token.id,
    )


def _of_cookie(request: Request, secret: str) -> tuple[Visit, str]:
    with service_of(request).database.reading() as session:
        found = sessions.find(session, secret)
    if found is None:
        _nobody()
    return visit_as(request, found.account, found.grant), found.csrf


async def _csrf_given(request: Request) -> str:
    given = request.headers.get(CSRF_HEADER)
    if given is not None:
        return given
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in _FORMS:
        return ""
    form = await request.form()
    field = form.get(CSRF_FIELD)
    return field if isinstance(field, str) else ""


def _nobody() -> NoReturn:
    raise Problem(Code.NOT_LOGGED_IN, headers={"WWW-Authenticate": "Bearer"})
