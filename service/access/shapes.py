"""What the endpoints about people and logins take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from model.access import ReaderRole
from service.access import audit, people
from service.access.email import Email
from service.access.tokens import MOST_DAYS
from service.access.visit import Scope
from service.shapes import Shape
from service.store.tables import Account, ApiToken, Audit, Grant

OwnId = Annotated[str, Field(min_length=1, max_length=100)]


class IssuerShape(Shape):
    """Somebody to log in with."""

    id: str
    name: Annotated[str, Field(description="what to write on the button", examples=["SURFconext"])]
    address: Annotated[str, Field(description="where to send the browser", examples=["/login/oidc/surfconext"])]


class LoginWays(Shape):
    """How people can log in here."""

    mail: Annotated[bool, Field(description="whether a link can be mailed")]
    issuers: list[IssuerShape]


class LinkAsked(Shape):
    """Asks for a link by mail."""

    email: Email


class LinkUsed(Shape):
    """Uses a link: its token."""

    token: Annotated[str, Field(min_length=1, max_length=200)]


class GrantShape(Shape):
    """What somebody is, and where."""

    id: str
    region: str
    region_name: str
    role: ReaderRole
    of: Annotated[list[str], Field(description="ids of their own sites, employer or person; empty for a whole region")]


class Me(Shape):
    """Who asks, and as what."""

    account: str
    email: str | None
    name: str
    language: Literal["nl", "en"]
    grant: Annotated[str, Field(description="id of the grant that is in use")]
    role: ReaderRole
    of: list[str]
    region: str
    scopes: list[Scope]
    token: Annotated[str | None, Field(description="id of the API token that asks; null in a browser")]
    csrf: Annotated[
        str | None, Field(description="to be sent as `X-CSRF-Token` with all that changes something; null for a token")
    ]
    grants: Annotated[list[GrantShape], Field(description="all that this account is")]


class GrantChosen(Shape):
    """Another of one's own roles."""

    grant: Annotated[str, Field(max_length=40)]


class Logout(Shape):
    """How to log out."""

    everywhere: Annotated[bool, Field(description="in all browsers")] = False


class LoginAdded(Shape):
    """Asks to reach one's account by an issuer too."""

    issuer: Annotated[str, Field(max_length=40)]


class GoThere(Shape):
    """Where to send the browser."""

    address: str


class TokenAsked(Shape):
    """Asks for an API token."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, description="how long it holds")] = 90


class TokenShape(Shape):
    """An API token, without its secret."""

    id: str
    name: str
    grant: Annotated[str, Field(description="id of the grant as which it asks")]
    scopes: list[Scope]
    created_at: datetime
    expires_at: datetime
    used_at: Annotated[datetime | None, Field(description="to the minute")]

    @classmethod
    def of(cls, token: ApiToken) -> TokenShape:
        """As lists show it."""
        return cls(
            id=token.id,
            name=token.name,
            grant=token.grant,
            scopes=[Scope(each) for each in token.scopes],
            created_at=token.created_at,
            expires_at=token.expires_at,
            used_at=token.used_at,
        )


class NewToken(TokenShape):
    """An API token that was made just now."""

    secret: Annotated[str, Field(description="shown now and never again", examples=["hyb_…"])]


class Rights(Shape):
    """What somebody is to be."""

    role: ReaderRole
    of: Annotated[list[OwnId], Field(max_length=100, description="own sites, employer or person")] = []

    @model_validator(mode="after")
    def _fit(self) -> Self:
        people.check_of(self.role, self.of)
        return self


class Invitation(Rights):
    """Invites somebody."""

    email: Email
    language: Literal["nl", "en"] = "nl"


class Person(Shape):
    """Somebody who is something in the region."""

    id: Annotated[str, Field(description="id of the grant")]
    account: str
    email: str | None
    role: ReaderRole
    of: list[str]
    created_at: datetime
    created_by: Annotated[
        str | None, Field(description="account of who invited them; `by-school:ISSUER` where their school is enough")
    ]

    @classmethod
    def of_grant(cls, grant: Grant, account: Account) -> Person:
        """As lists show them."""
        return cls(
            id=grant.id,
            account=account.id,
            email=account.email,
            role=ReaderRole(grant.role),
            of=grant.of,
            created_at=grant.created_at,
            created_by=grant.created_by,
        )


class Invited(Person):
    """Somebody who was invited."""

    mailed: Annotated[bool, Field(description="whether the link is mailed")]
    link: Annotated[str | None, Field(description="the link to hand over, where no mail is set up; it works once")]


class AuditShape(Shape):
    """Something that was done or read."""

    id: Annotated[int, Field(description="number of the row: the larger, the later")]
    at: datetime
    account: Annotated[str | None, Field(description="whose it was; only the admin sees it")]
    role: str
    token: str | None
    request: str
    action: Annotated[str, Field(examples=["outcome_read"])]
    subject: str | None
    people: Annotated[list[str], Field(description="ids of the professionals whose data it was")]
    details: dict[str, int | float | bool | str | None]

    @classmethod
    def of(cls, row: Audit, person: str | None) -> AuditShape:
        """As it is shown: to a professional, `person`, only what is about them."""
        about = audit.people_of(row)
        mine = person is not None
        details = {name: value for name, value in (row.details or {}).items() if name != audit.PEOPLE}
        return cls(
            id=row.id,
            at=row.at,
            account=None if mine else row.account,
            role=row.role,
            token=None if mine else row.token,
            request=row.request,
            action=row.action,
            subject=row.subject,
            people=[each for each in about if each == person] if mine else about,
            details=details,
        )
