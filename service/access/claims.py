"""What issuers say about a person, per kind of issuer: one table.

surfconext  `sub` is a persistent pseudonym per service; the rest only where the institution releases it.
entree      Entree Federatie over an OIDC broker. By default it releases no mail address, and the school as its BRIN (4
            or 6 characters), so that people are matched by an invitation that they link, or by their school.
company     Entra ID and the like. `oid` with `tid` stays the same when the application is registered anew; `sub` does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.access.email import clean_email, domain_of
from service.settings import Issuer


class RefusedError(Exception):
    """Somebody is known to their issuer, but does not come in; `reason` is the message under `login_failed`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of issuer names things.

    Attributes:
        scope: what is asked of it.
        subjects: claims that together name a person; the first group that is complete counts.
        school: the claim with the code of the school.
        affiliation: the claim with what the person is there.
        staff: affiliations that may come in; empty where everybody may.
    """

    scope: str
    subjects: tuple[tuple[str, ...], ...] = (("sub",),)
    school: str | None = None
    affiliation: str | None = None
    staff: frozenset[str] = frozenset()


KINDS: dict[str, Kind] = {
    "surfconext": Kind(
        scope="openid email",
        school="schac_home_organization",
        affiliation="eduperson_affiliation",
        staff=frozenset({"employee", "staff", "faculty", "affiliate"}),
    ),
    "entree": Kind(
        scope="openid",
        school="nlEduPersonHomeOrganizationId",
        affiliation="eduPersonAffiliation",
        staff=frozenset({"employee", "staff", "affiliate"}),
    ),
    "company": Kind(scope="openid email", subjects=(("tid", "oid"), ("sub",))),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What an issuer says about somebody, as far as it is believed.

    Attributes:
        subject: how the issuer calls them, always the same.
        email: their address, if the issuer may speak for its domain and does not say that it is unverified.
        school: code of their school, in capitals when it is a BRIN.
    """

    issuer: str
    subject: str
    email: str | None = None
    school: str | None = None


def said_of(issuer: Issuer, claims: Mapping[str, Any]) -> Said:
    """What is believed of claims that were validated.

    Raises:
        RefusedError: a pupil or student, or somebody whom the issuer does not say to be staff.
    """
    kind = KINDS[issuer.claims]
    if kind.affiliation is not None and kind.staff.isdisjoint(_texts(claims.get(kind.affiliation))):
        raise RefusedError("student")
    subject = next((found for group in kind.subjects if (found := _joined(claims, group)) is not None), None)
    if subject is None:
        raise RefusedError("issuer")
    schools = _texts(claims.get(kind.school)) if kind.school is not None else ()
    return Said(
        issuer=str(issuer.url).rstrip("/"),
        subject=subject,
        email=_email(issuer, claims),
        school=school_code(schools[0]) if schools else None,
    )


def school_code(given: str) -> str:
    """The code of a school in one spelling: a BRIN (`00AA`, `00AA01`) in capitals, a domain in lower case."""
    code = given.strip()
    return code.lower() if "." in code else code.upper()


def _email(issuer: Issuer, claims: Mapping[str, Any]) -> str | None:
    given = claims.get("email")
    if not isinstance(given, str) or claims.get("email_verified") in (False, "false"):
        return None
    try:
        email = clean_email(given)
    except ValueError:
        return None
    domains = {each.lower() for each in issuer.domains}
    return email if domain_of(email) in domains else None


def _joined(claims: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    parts = [claims.get(name) for name in names]
    found = [each for each in parts if isinstance(each, str) and each and len(each) <= 140]
    return "/".join(found) if len(found) == len(names) else None


def _texts(value: object) -> tuple[str, ...]:
    """A claim that is a text or a list of texts."""
    given = value if isinstance(value, list) else [value]
    return tuple(each for each in given if isinstance(each, str) and each)
