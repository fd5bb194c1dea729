"""Regions and what they decide for themselves."""

from __future__ import annotations

import secrets
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from service.store.columns import new_id
from service.store.tables import Region


class SchoolLogin(BaseModel):
    """Whoever logs in as staff of a school at an issuer is a timetabler of its sites, without an invitation.

    Attributes:
        issuer: id of the issuer in the service's settings.
        school: as the issuer says it: a BRIN (Entree Federatie), or the domain of the institution (SURFconext).
        sites: ids of the sites in the region's terms.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    school: Annotated[str, Field(min_length=4, max_length=100)]
    sites: Annotated[
        tuple[Annotated[str, Field(pattern=r"\S", max_length=100)], ...], Field(min_length=1, max_length=100)
    ]


class RegionSettings(BaseModel):
    """What a region decides.

    Attributes:
        pseudonyms: whether coordinators and schools see people under a pseudonym until they are matched.
        ground: the recorded ground (AVG) on which personal data are shared; the region states it.
        keep_days: how long after a term's last day its data are kept; a school year and one more by default
            (habit of contracts: unverified).
        audit_days: how long the audit log is kept.
        jobs_at_once: how many jobs of this region run at the same time.
        school_logins: schools whose staff come in without an invitation. All of their staff do: leave it empty where
            not everybody there makes timetables.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    pseudonyms: bool = False
    ground: Annotated[str, Field(max_length=500)] = ""
    keep_days: Annotated[int, Field(ge=30, le=3650)] = 730
    audit_days: Annotated[int, Field(ge=90, le=3650)] = 3 * 365
    jobs_at_once: Annotated[int, Field(ge=1, le=16)] = 1
    school_logins: Annotated[tuple[SchoolLogin, ...], Field(max_length=500)] = ()


def found_region(session: Session, name: str, settings: RegionSettings | None = None) -> Region:
    """Begin a region."""
    region = Region(
        id=new_id("region"),
        name=name,
        settings=(settings or RegionSettings()).model_dump(),
        key=secrets.token_bytes(32),
    )
    session.add(region)
    session.flush()
    return region


def settings_of(region: Region) -> RegionSettings:
    """What it decided."""
    return RegionSettings.model_validate(region.settings)
