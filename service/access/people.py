"""Accounts, and what they are in a region: invited, changed, withdrawn.

What is changed holds at once: sessions and tokens that asked as the old role are ended in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from model.access import ReaderRole
from service.access import links, sessions, tokens
from service.access.email import clean_email
from service.access.links import Purpose
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.store.columns import new_id, now
from service.store.documents import MissingError
from service.store.tables import Account, ApiToken, Grant, Identity, LoginLink, LoginSession, Region

_ONE = (1, 1)
_NONE = (0, 0)

HOW_MANY: dict[ReaderRole, tuple[int, int]] = {
    ReaderRole.ADMIN: _NONE,
    ReaderRole.COORDINATOR: _NONE,
    ReaderRole.TIMETABLER: (1, 100),
    ReaderRole.EMPLOYER: _ONE,
    ReaderRole.PROFESSIONAL: _ONE,
}
"""For how many sites, employers or persons somebody has a role: at least and at most."""

_MOST_LETTERS = 100
"""Of an id in a term, as the audit log keeps it."""


class LastAdminError(Exception):
    """A region would be left without anybody who administers it."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who was invited.

    Attributes:
        link: the secret of a link that lets them in once.
    """

    account: Account
    grant: Grant
    link: str


def check_of(role: ReaderRole, of: Collection[str]) -> list[str]:
    """The ids that a role is for, each once, if there are as many as the role asks.

    Raises:
        ValueError: too few, too many, or none that can be an id.
    """
    ids = sorted(set(of))
    least, most = HOW_MANY[role]
    if not least <= len(ids) <= most:
        raise ValueError(f"a {role.value} is for {least} to {most} ids")
    if any(not each.strip() or len(each) > _MOST_LETTERS for each in ids):
        raise ValueError("not an id")
    return ids


def invite(
    session: Session,
    settings: ServiceSettings,
    region: str,
    email: str,
    *,
    role: ReaderRole,
    of: Collection[str],
    language: str,
    by: str | None,
) -> Invited:
    """Let somebody be something in a region: their account is made if there is none, and a link that lets them in.

    Who is it already gets a new link only. An account that there was keeps its name and language.

    Args:
        of: ids of their own sites, employer or person, as `check_of` wants them.
        by: account of who invites; None where nobody who is logged in does.

    Raises:
        ValueError: no address, or not the ids that the role asks.
        Problem: the account is disabled.
    """
    address, ids = clean_email(email), check_of(role, of)
    _lock(session, region)
    account = _with_address(session, address) or _new_account(session, address, language)
    if account.disabled_at is not None:
        raise Problem(Code.FORBIDDEN)
    grant = give(session, account.id, region, role, ids, by=by)
    return Invited(account, grant, links.make(session, settings, account.id, Purpose.INVITATION))


def _with_address(session: Session, address: str) -> Account | None:
    return session.scalars(select(Account).where(Account.email == address)).one_or_none()


def _new_account(session: Session, address: str, language: str) -> Account:
    account = Account(id=new_id("account"), email=address, language=language)
    try:
        with session.begin_nested():
            session.add(account)
    except IntegrityError:  # another region invited them at this very moment
        return session.scalars(select(Account).where(Account.email == address)).one()
    return account


def give(session: Session, account: str, region: str, role: ReaderRole, ids: list[str], *, by: str | None) -> Grant:
    """The grant that makes an account something in a region: the one there is, or a new one."""
    for each in session.scalars(select(Grant).where(Grant.account == account, Grant.region == region)):
        if (each.role, each.of) == (role.value, ids):
            return each
    grant = Grant(id=new_id("grant"), account=account, region=region, role=role.value, of=ids, created_by=by)
    session.add(grant)
    session.flush()
    return grant


def find(session: Session, region: str, grant: str) -> Grant:
    """A grant of a region.

    Raises:
        MissingError: the region has none such.
    """
    found = session.get(Grant, grant)
    if found is None or found.region != region:
        raise MissingError(grant)
    return found


def change(
    session: Session, region: str, grant: str, role: ReaderRole, of: Collection[str], *, by: str | None
) -> Grant:
    """Let somebody be something else; who is logged in as what they were is logged out.

    Raises:
        MissingError: the region has no such grant.
        LastAdminError: nobody would administer the region.
        ValueError: not the ids that the role asks.
    """
    ids = check_of(role, of)
    _lock(session, region)
    found = find(session, region, grant)
    if role is not ReaderRole.ADMIN:
        _keep_an_admin(session, found)
    found.role, found.of, found.created_by = role.value, ids, by
    session.execute(delete(LoginSession).where(LoginSession.grant == grant))
    tokens.revoke_of_grant(session, grant)
    session.flush()
    return found


def withdraw(session: Session, region: str, grant: str) -> None:
    """Let somebody be nothing any more: their sessions and tokens go with the grant.

    Raises:
        MissingError: the region has no such grant.
        LastAdminError: nobody would administer the region.
    """
    _lock(session, region)
    found = find(session, region, grant)
    _keep_an_admin(session, found)
    session.delete(found)
    session.flush()


def disable(session: Session, account: str) -> None:
    """Let an account in nowhere any more, until it is enabled. For who runs the service: it may be of several regions.

    Raises:
        MissingError: there is none such.
        LastAdminError: nobody would administer a region.
    """
    found = session.get(Account, account)
    if found is None:
        raise MissingError(account)
    for each in sorted(sessions.grants_of(session, account), key=lambda each: each.region):
        _lock(session, each.region)
        _keep_an_admin(session, each)
    found.disabled_at = now()
    sessions.end_all(session, account)
    session.execute(delete(LoginLink).where(LoginLink.account == account))
    for token in session.scalars(select(ApiToken).where(ApiToken.account == account, ApiToken.revoked_at.is_(None))):
        token.revoked_at = now()
    session.flush()


def enable(session: Session, account: str) -> None:
    """Let a disabled account in again; its old sessions and tokens stay ended.

    Raises:
        MissingError: there is none such.
    """
    found = session.get(Account, account)
    if found is None:
        raise MissingError(account)
    found.disabled_at = None
    session.flush()


def _lock(session: Session, region: str) -> None:
    """Let one at a time change who is what in a region, so that two admins cannot withdraw each other at once."""
    session.get(Region, region, with_for_update=True)


def _keep_an_admin(session: Session, leaving: Grant) -> None:
    """Refuse to take the last admin away. Who has the role twice counts once."""
    if leaving.role != ReaderRole.ADMIN.value:
        return
    others = (
        select(func.count())
        .select_from(Grant)
        .join(Account, Account.id == Grant.account)
        .where(Grant.region == leaving.region, Grant.role == ReaderRole.ADMIN.value, Grant.id != leaving.id)
        .where(Grant.account != leaving.account, Account.disabled_at.is_(None))
    )
    if not session.scalar(others):
        raise LastAdminError(leaving.region)


def account_called(session: Session, issuer: str, subject: str) -> Account | None:
    """The account that an issuer calls so."""
    identity = session.get(Identity, (issuer, subject))
    return None if identity is None else session.get(Account, identity.account)
