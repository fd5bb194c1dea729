"""What lets nobody in any more is forgotten after a while."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from service.store.columns import now
from service.store.tables import ApiToken, LoginLink, LoginSession

KEPT = timedelta(days=30)
"""How long it is kept, for who asks why a link or token does not work."""


def forget_ended(session: Session) -> None:
    """Delete sessions, links and tokens that ended more than KEPT ago. To be called now and then, once a day will do."""
    before = now() - KEPT
    session.execute(delete(LoginSession).where(LoginSession.expires_at < before))
    session.execute(delete(LoginLink).where(or_(LoginLink.expires_at < before, LoginLink.used_at < before)))
    session.execute(delete(ApiToken).where(or_(ApiToken.expires_at < before, ApiToken.revoked_at < before)))
