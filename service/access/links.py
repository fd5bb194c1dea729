"""Links that let somebody in once."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from urllib.parse import quote

from sqlalchemy import update
from sqlalchemy.orm import Session

from service.access.secret import digest, new_secret
from service.settings import ServiceSettings
from service.store.columns import now
from service.store.tables import Account, LoginLink

PATH = "/login/link"


class Purpose(StrEnum):
    """What a link was made for."""

    LOGIN = "login"
    INVITATION = "invitation"
    EMBEDDED = "embedded"


def lifetime(settings: ServiceSettings, purpose: Purpose) -> timedelta:
    """How long a link may wait."""
    match purpose:
        case Purpose.LOGIN:
            return timedelta(minutes=settings.link_minutes)
        case Purpose.INVITATION:
            return timedelta(days=settings.invitation_days)
        case Purpose.EMBEDDED:  # seen by whoever started the service, on the machine it runs on
            return timedelta(days=1)


def make(session: Session, settings: ServiceSettings, account: str, purpose: Purpose) -> str:
    """The secret of a new link for an account."""
    secret = new_secret()
    expires_at = now() + lifetime(settings, purpose)
    session.add(LoginLink(digest=digest(secret), account=account, purpose=purpose.value, expires_at=expires_at))
    session.flush()
    return secret


def address(settings: ServiceSettings, secret: str) -> str:
    """The link itself. Opening it changes nothing: scanners of mail open links too."""
    return f"{settings.address}{PATH}?token={quote(secret)}"


def use(session: Session, secret: str) -> Account | None:
    """Whose link it is; None when it was used, waited too long, or never was one. Of two who use it at once, one gets it."""
    taken = session.scalar(
        update(LoginLink)
        .where(LoginLink.digest == digest(secret), LoginLink.used_at.is_(None), LoginLink.expires_at > now())
        .values(used_at=now())
        .returning(LoginLink.account)
    )
    account = None if taken is None else session.get(Account, taken)
    return None if account is None or account.disabled_at is not None else account
