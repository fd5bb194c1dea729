"""API tokens: what a program calls with, as one role of an account, no more than its scopes, until it expires."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from service.access.secret import API_PREFIX, digest, new_api_token
from service.access.visit import Scope, Visit
from service.problems import Code, Problem
from service.store.columns import new_id, now
from service.store.documents import MissingError
from service.store.tables import Account, ApiToken, Grant

MOST_DAYS = 366
MOST_TOKENS = 50
"""Of one account that hold at the same time."""

USED_EVERY = timedelta(minutes=1)
"""How precisely is kept when a token was used: a row is not written for each request."""


@dataclass(frozen=True, slots=True)
class Held:
    """A token that holds, whose it is, and as what it asks."""

    token: ApiToken
    account: Account
    grant: Grant


def create(session: Session, visit: Visit, name: str, scopes: Collection[Scope], days: int) -> tuple[ApiToken, str]:
    """Make a token for the visitor's own role; its secret is shown now and never again.

    Args:
        days: how long it holds, at most MOST_DAYS.

    Raises:
        Problem: a token asks for it (one that leaked could live on in others, or in one that reaches further), or
            there are too many.
        ValueError: no number of days that it may hold.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"{days} days")
    if visit.token is not None or len(listed(session, visit)) >= MOST_TOKENS:
        raise Problem(Code.FORBIDDEN)
    secret = new_api_token()
    token = ApiToken(
        id=new_id("token"),
        digest=digest(secret),
        account=visit.account,
        grant=visit.grant,
        name=name,
        scopes=sorted(each.value for each in scopes),
        expires_at=now() + timedelta(days=days),
    )
    session.add(token)
    session.flush()
    return token, secret


def listed(session: Session, visit: Visit) -> Sequence[ApiToken]:
    """The visitor's tokens in this region that hold, the newest first."""
    query = (
        select(ApiToken)
        .join(Grant, Grant.id == ApiToken.grant)
        .where(ApiToken.account == visit.account, Grant.region == visit.region)
        .where(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now())
    )
    return session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id)).all()


def revoke(session: Session, visit: Visit, token: str) -> None:
    """End a token of the visitor.

    Raises:
        MissingError: they have none such.
    """
    for each in listed(session, visit):
        if each.id == token:
            each.revoked_at = now()
            session.flush()
            return
    raise MissingError(token)


def revoke_of_grant(session: Session, grant: str) -> None:
    """End all tokens that ask as one role of somebody."""
    session.execute(
        update(ApiToken).where(ApiToken.grant == grant, ApiToken.revoked_at.is_(None)).values(revoked_at=now())
    )


def find(session: Session, secret: str) -> Held | None:
    """The token with this secret, if it holds and its account may still come in."""
    if not secret.startswith(API_PREFIX):
        return None
    query = (
        select(ApiToken, Account, Grant)
        .join(Account, Account.id == ApiToken.account)
        .join(Grant, Grant.id == ApiToken.grant)
        .where(ApiToken.digest == digest(secret), ApiToken.revoked_at.is_(None), ApiToken.expires_at > now())
        .where(Account.disabled_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    return None if found is None else Held(*found)


def wants_touch(token: ApiToken) -> bool:
    """Whether it is time to write down that a token was used."""
    return token.used_at is None or token.used_at <= now() - USED_EVERY


def touch(session: Session, token: str) -> None:
    """Write down that a token was used, unless somebody just did."""
    old = or_(ApiToken.used_at.is_(None), ApiToken.used_at <= now() - USED_EVERY)
    session.execute(update(ApiToken).where(ApiToken.id == token, old).values(used_at=now()))
