"""Whose account it is that an issuer names.

An identity that was seen before is that account. Else somebody who is logged in may link it to theirs; else it is the
account that was invited with the mail address, if the issuer may speak for its domain; else somebody of a school that a
region lets its timetablers log in by. Nobody learns which addresses were invited.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.access import ReaderRole
from service.access import people, sessions
from service.access.claims import RefusedError, Said, school_code
from service.settings import Issuer
from service.store.columns import new_id
from service.store.regions import settings_of
from service.store.tables import Account, Grant, Identity, Region

_BY_SCHOOL = "by-school:{issuer}"
"""Who gave a grant that somebody has by their school: withdrawn when the region does not say so any more."""

_MOST_LETTERS = 40
"""Of who gave a grant."""

_BRIN = 4
"""Letters of a school's code; two digits more name one of its sites."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What somebody is in a region by their school."""

    region: str
    of: tuple[str, ...]


def account_of(session: Session, issuer: Issuer, said: Said, *, link: str | None = None, language: str) -> Account:
    """The account of who logged in at an issuer; whether it still is something in a region is for `enter` to see.

    Args:
        link: account of who was logged in already and wants to reach it by this login too.
        language: of an account that is made now.

    Raises:
        RefusedError: they were not invited, or the login is another's.
    """
    given = _by_school(session, issuer, said)
    account = people.account_called(session, said.issuer, said.subject)
    if link is not None:
        account = _linked(session, said, account, link)
    elif account is None:
        account = _invited(session, said) or _new(session, said, given, language)
    if account is None or account.disabled_at is not None:
        raise RefusedError("not_invited")
    _keep_given(session, account.id, issuer, given)
    return account


def _linked(session: Session, said: Said, known: Account | None, link: str) -> Account | None:
    if known is not None and known.id != link:
        raise RefusedError("taken")
    account = session.get(Account, link)
    if known is None and account is not None:
        _know(session, said, account)
    return account


def _invited(session: Session, said: Said) -> Account | None:
    """The account that was invited with this address, unless the issuer called somebody else so before: addresses are
    given to a next employee."""
    if said.email is None:
        return None
    account = sessions.who_may_enter(session, said.email)
    if account is None:
        return None
    earlier = select(Identity).where(Identity.account == account.id, Identity.issuer == said.issuer)
    if session.scalars(earlier).first() is not None:
        return None
    _know(session, said, account)
    return account


def _new(session: Session, said: Said, given: set[_Given], language: str) -> Account | None:
    if not given:
        return None
    account = Account(id=new_id("account"), language=language)
    session.add(account)
    session.flush()
    _know(session, said, account)
    return account


def _know(session: Session, said: Said, account: Account) -> None:
    session.add(Identity(issuer=said.issuer, subject=said.subject, account=account.id))
    session.flush()


def _by_school(session: Session, issuer: Issuer, said: Said) -> set[_Given]:
    """What regions say that staff of this school are, who log in at this issuer."""
    if said.school is None:
        return set()
    return {
        _Given(region.id, tuple(people.check_of(ReaderRole.TIMETABLER, each.sites)))
        for region in session.scalars(select(Region))
        for each in settings_of(region).school_logins
        if each.issuer == issuer.id and _is_of(said.school, school_code(each.school))
    }


def _is_of(said: str, school: str) -> bool:
    """Whether somebody is of a school: of the very one, or of a site (`00AA01`) where the whole school (`00AA`) is meant."""
    return said == school or (len(school) == _BRIN and "." not in said and said[:_BRIN] == school)


def _keep_given(session: Session, account: str, issuer: Issuer, given: set[_Given]) -> None:
    """Let somebody be by their school what the regions say now, no more and no less; of another issuer's nothing is known."""
    by = _BY_SCHOOL.format(issuer=issuer.id)[:_MOST_LETTERS]
    query = select(Grant).where(Grant.account == account, Grant.created_by == by)
    for grant in session.scalars(query).all():
        if _Given(grant.region, tuple(grant.of)) not in given:
            session.delete(grant)
    session.flush()
    for each in given:
        people.give(session, account, each.region, ReaderRole.TIMETABLER, list(each.of), by=by)
