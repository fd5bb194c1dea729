"""The first login on a machine of one's own: a link that is printed where the service is started."""

from __future__ import annotations

from model.access import ReaderRole
from service.access import links, people
from service.access.links import Purpose
from service.settings import ServiceSettings
from service.store.columns import new_id
from service.store.database import Database
from service.store.tables import Account, Identity

LOCAL = "local"
"""The issuer of who started the service: it has no address, so that no other can be called so."""


def embedded_link(database: Database, settings: ServiceSettings, region: str) -> str:
    """A link that lets whoever started the service in once, within a day; their account is made at the first start.

    Raises:
        ValueError: others than this machine can reach the service.
    """
    if not settings.local:
        raise ValueError("only where nobody else can reach the service")
    with database.session() as session:
        account = people.account_called(session, LOCAL, region)
        if account is None:
            account = Account(id=new_id("account"), language=settings.language)
            session.add(account)
            session.flush()
            session.add(Identity(issuer=LOCAL, subject=region, account=account.id))
            people.give(session, account.id, region, ReaderRole.ADMIN, [], by=None)
        return links.address(settings, links.make(session, settings, account.id, Purpose.EMBEDDED))
