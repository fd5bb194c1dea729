"""What a server process keeps to let people in: limits, the post, its issuers and its key; and the ways in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from typing import NamedTuple

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from service.access import audit, claims, identities, links, mail, oidc, sessions
from service.access.claims import RefusedError
from service.access.limits import Known, Limiter
from service.access.links import Purpose
from service.access.oidc import Attempt, OidcError, Provider, UsedStates
from service.access.secret import digest, service_key, signed, unsigned
from service.access.visit import Visit
from service.access.visits import cookie_of, request_id, service_of, visit_as
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.store.database import Database
from service.store.documents import MissingError
from service.store.tables import Account, Grant

MAILS_AN_HOUR = 6
"""To one address: enough for who lost one, too few to flood somebody."""

_HOUR_SECONDS = 3600


class Entered(NamedTuple):
    """Somebody who was let in, and what their pages send along with changes."""

    visit: Visit
    csrf: str


class Entrance:
    """One per server process. Close it at the end."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.settings = settings
        self.limiter = Limiter()
        self.mailed = Limiter(window=_HOUR_SECONDS)
        self.known = Known()
        self.post = mail.Post()
        self.states = UsedStates()
        self.providers = {
            each.id: Provider(each, f"{settings.address}/login/oidc/{each.id}/callback") for each in settings.issuers
        }

    @cached_property
    def key(self) -> bytes:
        """Signs what browsers keep for us."""
        return service_key(self.settings)

    @property
    def attempt_cookie(self) -> str:
        """The name of the cookie that keeps a login at an issuer until it comes back."""
        return "__Host-hybrooster-login" if self.settings.secure else "hybrooster-login"

    def close(self) -> None:
        """End what runs beside."""
        self.post.close()

    def mail_link(self, database: Database, email: str) -> None:
        """Mail a link to log in, if the address is known. All that depends on it is done later, in another thread.

        Raises:
            Problem: mail is not set up (NOT_FOUND), or this address asks too often, known or not.
        """
        if self.settings.mail is None:
            raise Problem(Code.NOT_FOUND)
        seconds = self.mailed.take(digest(email), MAILS_AN_HOUR)
        if seconds is not None:
            raise Problem(Code.TOO_OFTEN, headers={"Retry-After": str(seconds)}, seconds=seconds)
        self.post.later(lambda: self._mail_known(database, email))

    def _mail_known(self, database: Database, email: str) -> Callable[[], None] | None:
        with database.session() as session:
            account = sessions.who_may_enter(session, email)
            if account is None:
                return None
            secret = links.make(session, self.settings, account.id, Purpose.LOGIN)
        return self._sending(account, secret, Purpose.LOGIN)

    def send(self, account: Account, secret: str, purpose: Purpose) -> bool:
        """Mail a link, later; whether mail is set up and the account has an address."""
        sending = self._sending(account, secret, purpose)
        if sending is not None:
            self.post.later(sending)
        return sending is not None

    def _sending(self, account: Account, secret: str, purpose: Purpose) -> Callable[[], None] | None:
        settings = self.settings.mail
        if settings is None or account.email is None:
            return None
        until = self.settings.link_minutes if purpose is Purpose.LOGIN else self.settings.invitation_days
        link = links.address(self.settings, secret)
        message = mail.login_mail(settings.sender, account.email, link, purpose, language=account.language, until=until)
        return lambda: mail.deliver(settings, message)


def entrance_of(request: Request) -> Entrance:
    """The entrance of this process."""
    entrance: Entrance = request.app.state.entrance
    return entrance


def enter(session: Session, request: Request, response: Response, account: Account, how: str) -> Entered:
    """Log somebody in who proved who they are: a new session, never the one that their browser had.

    Args:
        how: which way in, for the audit log.

    Raises:
        RefusedError: they are nothing in any region.
    """
    grants = sessions.grants_of(session, account.id)
    if not grants:
        raise RefusedError("not_invited")
    return _as(session, request, response, account, grants[0], action=f"login_{how}")


def switch(session: Session, request: Request, response: Response, visit: Visit, grant: str) -> Entered:
    """Go on as another of one's own roles, in a new session.

    Raises:
        MissingError: it is not theirs.
        Problem: a program asks, whose token is for one role.
    """
    if visit.token is not None:
        raise Problem(Code.FORBIDDEN)
    found, account = session.get(Grant, grant), session.get(Account, visit.account)
    if found is None or account is None or found.account != account.id:
        raise MissingError(grant)
    return _as(session, request, response, account, found, action="role_switched")


def _as(
    session: Session, request: Request, response: Response, account: Account, grant: Grant, *, action: str
) -> Entered:
    settings = service_of(request).settings
    if (old := cookie_of(request)) is not None:
        sessions.end(session, old)
    secret, csrf = sessions.begin(session, settings, account, grant)
    sessions.put_cookie(response, settings, secret)
    audit.write_entry(
        session, action, region=grant.region, account=account.id, role=grant.role, request=request_id(request)
    )
    return Entered(visit_as(request, account, grant), csrf)


def leave(session: Session, request: Request, response: Response, visit: Visit, *, everywhere: bool) -> None:
    """Log out, here or everywhere.

    Raises:
        Problem: a program asks, which never logged in.
    """
    if visit.token is not None:
        raise Problem(Code.FORBIDDEN)
    if (secret := cookie_of(request)) is not None:
        sessions.end(session, secret)
    if everywhere:
        sessions.end_all(session, visit.account)
    sessions.drop_cookie(response, service_of(request).settings)
    audit.write(session, visit, "logged_out", details={"everywhere": everywhere})


def by_link(request: Request, response: Response, secret: str) -> Entered:
    """Log in by a link; it is used up.

    Raises:
        RefusedError: it does not let anybody in, or not any more.
    """
    with service_of(request).database.session() as session:
        account = links.use(session, secret)
        if account is None:
            raise RefusedError("link")
        return enter(session, request, response, account, "link")


def to_issuer(request: Request, issuer: str, after: str, link: str | None) -> tuple[str, str]:
    """Where to send somebody who wants to log in at an issuer, and what their browser is to keep meanwhile.

    Raises:
        MissingError: there is no such issuer.
        RefusedError: it does not answer.
    """
    entrance = entrance_of(request)
    if issuer not in entrance.providers:
        raise MissingError(issuer)
    try:
        where, attempt = entrance.providers[issuer].begin(after, link)
    except OidcError as error:
        oidc.warn(issuer, error)
        raise RefusedError("issuer") from None
    return where, signed(entrance.key, asdict(attempt), oidc.ATTEMPT_SECONDS)


def from_issuer(request: Request, response: Response, issuer: str, answer: oidc.Answer) -> str:
    """Log in who comes back from an issuer; the path of the page they wanted.

    Raises:
        MissingError: there is no such issuer.
        RefusedError: the login did not happen there, or they are not to come in.
    """
    entrance, service = entrance_of(request), service_of(request)
    provider = entrance.providers.get(issuer)
    if provider is None:
        raise MissingError(issuer)
    kept = unsigned(entrance.key, request.cookies.get(entrance.attempt_cookie, ""))
    attempt = None if kept is None else Attempt(**kept)
    try:
        found = provider.finish(_first(entrance, attempt), answer)
    except OidcError as error:
        oidc.warn(issuer, error)
        raise RefusedError("issuer") from None
    assert attempt is not None, "it was finished"
    said = claims.said_of(provider.issuer, found)
    with service.database.session() as session:
        language = service.settings.language
        account = identities.account_of(session, provider.issuer, said, link=attempt.link, language=language)
        enter(session, request, response, account, "issuer")
    return attempt.next


def _first(entrance: Entrance, attempt: Attempt | None) -> Attempt:
    """An attempt that comes back for the first time."""
    if attempt is None:
        raise OidcError("no_attempt")
    if not entrance.states.take(attempt.state):
        raise OidcError("again")
    return attempt
