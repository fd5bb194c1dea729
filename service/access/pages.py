"""The pages of logging in: plain HTML without a script, so that they work before anything else does."""

from __future__ import annotations

from html import escape
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from model.locale import text
from service.access import entrance, links, oidc
from service.access.claims import RefusedError
from service.access.clients import asked_language, local_path
from service.access.email import clean_email
from service.access.visit import Visit
from service.access.visits import CSRF_FIELD, PageVisiting, csrf_of, service_of
from service.problems import Code, Problem
from service.store.tables import Region

router = APIRouter(include_in_schema=False)

_PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title} – Hybrooster</title></head>
<body><main><h1>{title}</h1>
{body}
</main></body>
</html>
"""

_REFUSED = 403

Next = Annotated[str | None, Query(max_length=2000)]
NextField = Annotated[str | None, Form(max_length=2000)]


@router.get("/")
def home_page(request: Request, visit: PageVisiting) -> Response:
    """Where somebody comes out who logged in: who they are here, and how to go on."""
    with service_of(request).database.reading() as session:
        region = session.get_one(Region, visit.region).name
    lang = _lang(request)
    role = text(f"login.role.{visit.role.value}", lang)
    leave = (
        f'<form method="post" action="/logout">{_hidden(CSRF_FIELD, csrf_of(request) or "")}'
        f'<button type="submit">{_say(request, "login.out")}</button></form>'
    )
    body = (
        f"<p>{escape(text('login.in', lang, region=region, role=role))}</p>"
        f'<p>{_say(request, "login.api")} <a href="/openapi.json">openapi.json</a></p>{leave}'
    )
    return _page(request, "login.home", body)


@router.post("/logout")
def log_out(request: Request, visit: PageVisiting) -> Response:
    """Log out, here."""
    response = RedirectResponse("/login", 303)
    with service_of(request).database.session() as session:
        entrance.leave(session, request, response, visit, everywhere=False)
    return response


@router.get("/login")
def login_page(request: Request, next: Next = None) -> Response:  # noqa: A002  the name in the address
    """All ways in."""
    return _page(request, "login.title", _ways(request, local_path(next)))


@router.post("/login")
def mail_link(request: Request, email: Annotated[str, Form(max_length=300)], next: NextField = None) -> Response:  # noqa: A002
    """Mail a link; the page is the same whether or not the address is known."""
    try:
        address = clean_email(email)
    except ValueError:
        wrong = _alert(request, "login_failed.email")
        return _page(request, "login.title", wrong + _ways(request, local_path(next)), 422)
    entrance.entrance_of(request).mail_link(service_of(request).database, address)
    return _page(request, "login.title", f'<p role="status">{_say(request, "login.sent")}</p>')


@router.get(links.PATH)
def link_page(request: Request, token: Annotated[str, Query(max_length=200)] = "", next: Next = None) -> Response:  # noqa: A002
    """What a link opens. It uses nothing up: a scanner of mail opens it too."""
    body = (
        f"<p>{_say(request, 'login.confirm')}</p>"
        f'<form method="post" action="{links.PATH}">{_hidden("token", token)}{_hidden("next", local_path(next))}'
        f'<button type="submit">{_say(request, "login.go")}</button></form>'
    )
    return _page(request, "login.title", body)


@router.post(links.PATH)
def use_link(
    request: Request,
    token: Annotated[str, Form(max_length=200)],
    next: NextField = None,  # noqa: A002
) -> Response:
    """Log in by a link."""
    response = RedirectResponse(local_path(next), 303)
    try:
        entrance.by_link(request, response, token)
    except RefusedError as refused:
        return _failed(request, refused)
    return response


@router.get("/login/oidc/{issuer}")
def to_issuer(request: Request, issuer: str, next: Next = None) -> Response:  # noqa: A002
    """Go and log in at an issuer."""
    try:
        where, kept = entrance.to_issuer(request, issuer, local_path(next), None)
    except RefusedError as refused:
        return _failed(request, refused)
    response = RedirectResponse(where, 303)
    _keep(request, response, kept)
    return response


@router.get("/login/oidc/{issuer}/callback")
def from_issuer(
    request: Request,
    issuer: str,
    state: Annotated[str, Query(max_length=500)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
    iss: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Come back from an issuer."""
    response: Response = RedirectResponse("/", 303)
    try:
        wanted = entrance.from_issuer(request, response, issuer, oidc.Answer(state, code, iss))
        response.headers["location"] = local_path(wanted)
    except RefusedError as refused:
        response = _failed(request, refused)
    settings = service_of(request).settings
    response.delete_cookie(entrance.entrance_of(request).attempt_cookie, secure=settings.secure, httponly=True)
    return response


def link_issuer(request: Request, response: Response, visit: Visit, issuer: str) -> str:
    """Where to send somebody who wants to reach their account by an issuer too.

    Asked by a request that only their own page can make: else another could have them link a login that is not theirs.

    Raises:
        MissingError: there is no such issuer.
        Problem: a program asks, or the issuer does not answer.
    """
    if visit.token is not None:
        raise Problem(Code.FORBIDDEN)
    try:
        where, kept = entrance.to_issuer(request, issuer, "/", visit.account)
    except RefusedError:
        raise Problem(Code.NOT_READY) from None
    _keep(request, response, kept)
    return where


def _keep(request: Request, response: Response, kept: str) -> None:
    """Let the browser keep an attempt; it comes along when the issuer sends it back here."""
    response.set_cookie(
        entrance.entrance_of(request).attempt_cookie,
        kept,
        max_age=oidc.ATTEMPT_SECONDS,
        secure=service_of(request).settings.secure,
        httponly=True,
        samesite="lax",
    )


def _ways(request: Request, after: str) -> str:
    settings = service_of(request).settings
    parts = [
        f'<p><a href="/login/oidc/{each.id}?{escape(urlencode({"next": after}))}">'
        f"{escape(text('login.with', _lang(request), name=each.name))}</a></p>"
        for each in settings.issuers
    ]
    if settings.mail is not None:
        parts.append(
            f'<form method="post" action="/login"><p><label for="email">{_say(request, "login.email")}</label> '
            '<input id="email" name="email" type="email" autocomplete="email" required maxlength="254"></p>'
            f'{_hidden("next", after)}<button type="submit">{_say(request, "login.send")}</button></form>'
        )
    return "\n".join(parts) or f"<p>{_say(request, 'login.none')}</p>"


def _failed(request: Request, refused: RefusedError) -> Response:
    again = f'<p><a href="/login">{_say(request, "login.again")}</a></p>'
    return _page(request, "login_failed.title", _alert(request, f"login_failed.{refused.reason}") + again, _REFUSED)


def _page(request: Request, title: str, body: str, status: int = 200) -> Response:
    lang = _lang(request)
    return HTMLResponse(_PAGE.format(lang=lang, title=_say(request, title), body=body), status)


def _lang(request: Request) -> str:
    return asked_language(request) or service_of(request).settings.language


def _say(request: Request, message: str) -> str:
    return escape(text(message, _lang(request)))


def _alert(request: Request, message: str) -> str:
    return f'<p role="alert">{_say(request, message)}</p>'


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
