"""What the endpoints about people and logins do: checks who may, does it in one transaction, writes it in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from fastapi import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from model.access import ReaderRole
from model.access_actions import Action, may
from service.access import audit, entrance, links, people, sessions, tokens
from service.access.audit import Filters
from service.access.claims import RefusedError
from service.access.links import Purpose
from service.access.shapes import (
    AuditShape,
    GrantShape,
    Invitation,
    Invited,
    IssuerShape,
    LoginWays,
    Me,
    NewToken,
    Person,
    Rights,
    TokenAsked,
    TokenShape,
)
from service.access.visit import Visit
from service.access.visits import csrf_of, service_of
from service.desk.allowed import need
from service.desk.conflict import conflict
from service.desk.paging import page
from service.problems import Code, Problem
from service.shapes import Page
from service.store.tables import Account, Grant, Region

Made = TypeVar("Made")


def ways(request: Request) -> LoginWays:
    """How people can log in."""
    settings = service_of(request).settings
    issuers = [IssuerShape(id=each.id, name=each.name, address=f"/login/oidc/{each.id}") for each in settings.issuers]
    return LoginWays(mail=settings.mail is not None, issuers=issuers)


def let_in(enter: Callable[[], Made]) -> Made:
    """Let somebody in for a program's endpoint: who is refused is not logged in, and learns no more."""
    try:
        return enter()
    except RefusedError:
        raise Problem(Code.NOT_LOGGED_IN, headers={"WWW-Authenticate": "Bearer"}) from None


def me(request: Request, visit: Visit, csrf: str | None = None) -> Me:
    """Who asks.

    Args:
        csrf: of the session that began just now; of the one that asks when left out.
    """
    with service_of(request).database.reading() as session:
        account = session.get_one(Account, visit.account)
        grants = sessions.grants_of(session, visit.account) if visit.token is None else ()
        names = {each.id: each.name for each in session.scalars(select(Region))} if grants else {}
    return Me(
        account=account.id,
        email=account.email,
        name=account.name,
        language="en" if account.language == "en" else "nl",
        grant=visit.grant,
        role=visit.role,
        of=sorted(visit.of),
        region=visit.region,
        scopes=sorted(visit.scopes),
        token=visit.token,
        csrf=csrf or csrf_of(request),
        grants=[
            GrantShape(
                id=each.id, region=each.region, region_name=names[each.region], role=ReaderRole(each.role), of=each.of
            )
            for each in grants
        ],
    )


def add_token(request: Request, visit: Visit, asked: TokenAsked) -> NewToken:
    """Make an API token for one's own role."""
    need(visit, Action.ISSUE_TOKEN)
    with service_of(request).database.session() as session:
        token, secret = tokens.create(session, visit, asked.name, set(asked.scopes), asked.days)
        audit.write(session, visit, "token_added", subject=token.id, details={"days": asked.days})
        return NewToken(**TokenShape.of(token).model_dump(), secret=secret)


def list_tokens(request: Request, visit: Visit) -> list[TokenShape]:
    """One's own API tokens that hold."""
    need(visit, Action.ISSUE_TOKEN)
    with service_of(request).database.reading() as session:
        return [TokenShape.of(each) for each in tokens.listed(session, visit)]


def revoke_token(request: Request, visit: Visit, token: str) -> None:
    """End one of one's own API tokens."""
    need(visit, Action.ISSUE_TOKEN)
    with service_of(request).database.session() as session:
        tokens.revoke(session, visit, token)
        audit.write(session, visit, "token_revoked", subject=token)


def list_people(request: Request, visit: Visit, after: str | None, limit: int) -> Page[Person]:
    """Who is something in the region."""
    need(visit, Action.EDIT_PEOPLE)
    with service_of(request).database.reading() as session:
        query = select(Grant).where(Grant.region == visit.region).order_by(Grant.created_at.desc(), Grant.id)
        return page(session, query, Grant, lambda grant: _person(session, grant), after=after, limit=limit)


def invite(request: Request, visit: Visit, asked: Invitation) -> Invited:
    """Invite somebody; the link is mailed, or given to who invites where no mail is set up."""
    need(visit, Action.EDIT_PEOPLE)
    service = service_of(request)
    with service.database.session() as session:
        made = people.invite(
            session,
            service.settings,
            visit.region,
            asked.email,
            role=asked.role,
            of=asked.of,
            language=asked.language,
            by=visit.account,
        )
        audit.write(session, visit, "person_invited", subject=made.grant.id, details={"role": asked.role.value})
    mailed = entrance.entrance_of(request).send(made.account, made.link, Purpose.INVITATION)
    link = None if mailed else links.address(service.settings, made.link)
    return Invited(**Person.of_grant(made.grant, made.account).model_dump(), mailed=mailed, link=link)


def change_person(request: Request, visit: Visit, grant: str, rights: Rights) -> Person:
    """Let somebody be something else in the region."""
    need(visit, Action.EDIT_PEOPLE)
    with service_of(request).database.session() as session, _keeping_an_admin(visit):
        changed = people.change(session, visit.region, grant, rights.role, rights.of, by=visit.account)
        audit.write(session, visit, "person_changed", subject=grant, details={"role": rights.role.value})
        return _person(session, changed)


def withdraw_person(request: Request, visit: Visit, grant: str) -> None:
    """Let somebody be nothing in the region any more."""
    need(visit, Action.EDIT_PEOPLE)
    with service_of(request).database.session() as session, _keeping_an_admin(visit):
        people.withdraw(session, visit.region, grant)
        audit.write(session, visit, "person_withdrawn", subject=grant)


def read_audit(request: Request, visit: Visit, filters: Filters, after: int | None, limit: int) -> Page[AuditShape]:
    """The audit log: all of it for an admin; for a professional who read their data, by role."""
    mine: str | None = None
    if may(visit.reader, Action.READ_AUDIT) or visit.role is not ReaderRole.PROFESSIONAL:
        need(visit, Action.READ_AUDIT)
    else:
        (mine,) = visit.of
        filters = Filters(action=filters.action, person=mine, since=filters.since, until=filters.until)
    with service_of(request).database.reading() as session:
        rows = audit.read(session, visit.region, filters, before=after, limit=limit + 1)
    more = str(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=[AuditShape.of(each, mine) for each in rows[:limit]], next=more)


def _person(session: Session, grant: Grant) -> Person:
    return Person.of_grant(grant, session.get_one(Account, grant.account))


@contextmanager
def _keeping_an_admin(visit: Visit) -> Iterator[None]:
    try:
        yield
    except people.LastAdminError:
        raise conflict("last_admin", visit.language) from None
