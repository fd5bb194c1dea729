"""Endpoints about who asks: logins, oneself, API tokens, people of the region, the audit log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from service.access import asked, entrance, pages
from service.access.audit import Filters
from service.access.shapes import (
    AuditShape,
    GoThere,
    GrantChosen,
    Invitation,
    Invited,
    LinkAsked,
    LinkUsed,
    LoginAdded,
    LoginWays,
    Logout,
    Me,
    NewToken,
    Person,
    Rights,
    TokenAsked,
    TokenShape,
)
from service.access.visits import Visiting, service_of
from service.api.given import problems
from service.desk.paging import After, Limit
from service.problems import Code
from service.shapes import Moment, Page

api = APIRouter(prefix="/v1")
router = APIRouter()
"""All of them, and the pages to log in."""


@api.get("/login", tags=["login"], operation_id="login_ways", summary="How people can log in")
def login_ways(request: Request) -> LoginWays:
    """By mail, and with which issuers."""
    return asked.ways(request)


@api.post(
    "/login/links",
    tags=["login"],
    operation_id="mail_link",
    summary="Mail a link to log in",
    status_code=202,
    response_class=Response,
    responses=problems(Code.NOT_FOUND),
)
def mail_link(request: Request, link: LinkAsked) -> Response:
    """The answer is the same whether or not the address is known. Not found where no mail is set up."""
    entrance.entrance_of(request).mail_link(service_of(request).database, link.email)
    return Response(status_code=202)


@api.post("/login/links/use", tags=["login"], operation_id="use_link", summary="Log in by a link", responses=problems())
def use_link(request: Request, response: Response, link: LinkUsed) -> Me:
    """Begins a session: its cookie comes with the answer. A link works once."""
    visit, csrf = asked.let_in(lambda: entrance.by_link(request, response, link.token))
    return asked.me(request, visit, csrf)


@api.get("/me", tags=["me"], operation_id="read_me", summary="Who am I", responses=problems())
def read_me(request: Request, visit: Visiting) -> Me:
    """Who asks, as what, and what else they are."""
    return asked.me(request, visit)


@api.post(
    "/me/grant", tags=["me"], operation_id="switch_grant", summary="Switch role", responses=problems(Code.NOT_FOUND)
)
def switch_grant(request: Request, response: Response, visit: Visiting, chosen: GrantChosen) -> Me:
    """Go on as another of one's own roles, in a new session."""
    with service_of(request).database.session() as session:
        switched, csrf = entrance.switch(session, request, response, visit, chosen.grant)
    return asked.me(request, switched, csrf)


@api.post(
    "/me/logins",
    tags=["me"],
    operation_id="add_login",
    summary="Log in with an issuer from now on",
    responses=problems(Code.NOT_FOUND, Code.NOT_READY),
)
def add_login(request: Request, response: Response, visit: Visiting, added: LoginAdded) -> GoThere:
    """Reach one's account by an issuer too: send the browser to the address that is answered."""
    return GoThere(address=pages.link_issuer(request, response, visit, added.issuer))


@api.post("/logout", tags=["me"], operation_id="log_out", summary="Log out", status_code=204, responses=problems())
def log_out(request: Request, response: Response, visit: Visiting, how: Logout | None = None) -> None:
    """Ends the session, or all sessions of the account."""
    with service_of(request).database.session() as session:
        entrance.leave(session, request, response, visit, everywhere=how is not None and how.everywhere)


@api.get("/tokens", tags=["tokens"], operation_id="list_tokens", summary="My API tokens", responses=problems())
def list_tokens(request: Request, visit: Visiting) -> list[TokenShape]:
    """Those that hold, the newest first."""
    return asked.list_tokens(request, visit)


@api.post(
    "/tokens",
    tags=["tokens"],
    operation_id="add_token",
    summary="Make an API token",
    status_code=201,
    responses=problems(),
)
def add_token(request: Request, visit: Visiting, token: TokenAsked) -> NewToken:
    """For one's own role. Only from a browser, so that a token that leaks cannot make others."""
    return asked.add_token(request, visit, token)


@api.delete(
    "/tokens/{token}",
    tags=["tokens"],
    operation_id="revoke_token",
    summary="End an API token",
    status_code=204,
    responses=problems(Code.NOT_FOUND),
)
def revoke_token(request: Request, visit: Visiting, token: str) -> None:
    """It lets nobody in any more, at once."""
    asked.revoke_token(request, visit, token)


@api.get("/people", tags=["people"], operation_id="list_people", summary="People of the region", responses=problems())
def list_people(request: Request, visit: Visiting, after: After = None, limit: Limit = 50) -> Page[Person]:
    """Who is something in the region, the newest first."""
    return asked.list_people(request, visit, after, limit)


@api.post(
    "/people",
    tags=["people"],
    operation_id="invite_person",
    summary="Invite somebody",
    status_code=201,
    responses=problems(),
)
def invite_person(request: Request, visit: Visiting, invitation: Invitation) -> Invited:
    """The link is mailed, or answered where no mail is set up. Who is it already gets a new link only."""
    return asked.invite(request, visit, invitation)


@api.patch(
    "/people/{grant}",
    tags=["people"],
    operation_id="change_person",
    summary="Change what somebody is",
    responses=problems(Code.NOT_FOUND, Code.CONFLICT),
)
def change_person(request: Request, visit: Visiting, grant: str, rights: Rights) -> Person:
    """Their sessions and tokens as what they were end at once."""
    return asked.change_person(request, visit, grant, rights)


@api.delete(
    "/people/{grant}",
    tags=["people"],
    operation_id="withdraw_person",
    summary="Withdraw what somebody is",
    status_code=204,
    responses=problems(Code.NOT_FOUND, Code.CONFLICT),
)
def withdraw_person(request: Request, visit: Visiting, grant: str) -> None:
    """Their sessions and tokens as this end at once."""
    asked.withdraw_person(request, visit, grant)


@api.get("/audit", tags=["audit"], operation_id="read_audit", summary="The audit log", responses=problems())
def read_audit(
    request: Request,
    visit: Visiting,
    *,
    account: Annotated[str | None, Query(max_length=40, description="id of who did it")] = None,
    action: Annotated[str | None, Query(max_length=40, description="code of what was done, as `outcome_read`")] = None,
    subject: Annotated[str | None, Query(max_length=100, description="id of what it was done to")] = None,
    person: Annotated[str | None, Query(max_length=100, description="id of a professional")] = None,
    since: Annotated[Moment | None, Query(description="from this moment on")] = None,
    until: Annotated[Moment | None, Query(description="before this moment")] = None,
    after: Annotated[int | None, Query(ge=1, le=2**53, description="`next` of the page before")] = None,
    limit: Limit = 50,
) -> Page[AuditShape]:
    """Who read or changed what, the newest first. A professional sees who read their own data, by role."""
    filters = Filters(account, action, subject, person, since, until)
    return asked.read_audit(request, visit, filters, after, limit)


router.include_router(api)
router.include_router(pages.router)
