"""Browsers that are logged in: an opaque cookie, of which the database keeps the digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from starlette.responses import Response

from service.access.secret import digest, new_secret
from service.settings import ServiceSettings
from service.store.columns import now
from service.store.tables import Account, Grant, LoginSession


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session that holds.

    Attributes:
        csrf: what a page of ours sends along with what it changes.
    """

    account: Account
    grant: Grant
    csrf: str


def cookie_name(settings: ServiceSettings) -> str:
    """The name of the cookie; over https one that a browser only takes from this very host."""
    return "__Host-hybrooster" if settings.secure else "hybrooster"


def put_cookie(response: Response, settings: ServiceSettings, secret: str) -> None:
    """Let the browser keep a session until it ends."""
    response.set_cookie(
        cookie_name(settings),
        secret,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, settings: ServiceSettings) -> None:
    """Let the browser forget its session."""
    response.delete_cookie(cookie_name(settings), path="/", secure=settings.secure, httponly=True, samesite="lax")


def grants_of(session: Session, account: str) -> Sequence[Grant]:
    """What an account is, in all regions, the oldest first."""
    query = select(Grant).where(Grant.account == account).order_by(Grant.created_at, Grant.id)
    return session.scalars(query).all()


def who_may_enter(session: Session, email: str) -> Account | None:
    """The account with an address, if it is something in a region and not disabled."""
    query = select(Account).where(Account.email == email, Account.disabled_at.is_(None))
    return session.scalars(query.where(exists().where(Grant.account == Account.id))).one_or_none()


def begin(session: Session, settings: ServiceSettings, account: Account, grant: Grant) -> tuple[str, str]:
    """Log an account in as one of its roles.

    Returns:
        The secret for the cookie, never one that the browser already had; and what its pages send along with changes.
    """
    session.execute(delete(LoginSession).where(LoginSession.account == account.id, LoginSession.expires_at <= now()))
    secret, csrf = new_secret(), new_secret()
    session.add(
        LoginSession(
            digest=digest(secret),
            account=account.id,
            grant=grant.id,
            csrf=csrf,
            expires_at=now() + timedelta(hours=settings.session_hours),
        )
    )
    session.flush()
    return secret, csrf


def find(session: Session, secret: str) -> LoggedIn | None:
    """The session of a cookie, if it holds and its account may still come in."""
    query = (
        select(LoginSession, Account, Grant)
        .join(Account, Account.id == LoginSession.account)
        .join(Grant, Grant.id == LoginSession.grant)
        .where(LoginSession.digest == digest(secret), LoginSession.expires_at > now(), Account.disabled_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    return None if found is None else LoggedIn(found[1], found[2], found[0].csrf)


def end(session: Session, secret: str) -> None:
    """Log a browser out."""
    session.execute(delete(LoginSession).where(LoginSession.digest == digest(secret)))


def end_all(session: Session, account: str) -> None:
    """Log an account out everywhere."""
    session.execute(delete(LoginSession).where(LoginSession.account == account))
