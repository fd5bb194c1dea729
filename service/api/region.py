"""The region: `/v1/region`, and what is known of a person: who sees it, all of it, and how it is taken out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from model.half_days import HalfDayStanding
from service.api.answers import IfMatch, etag, seen_revision
from service.api.given import Serving, Visiting, problems
from service.desk import region
from service.problems import Code
from service.shapes import Shape
from service.store.regions import RegionSettings, settings_of
from service.store.tables import Region

router = APIRouter(prefix="/v1", tags=["region"])


class RegionAsked(Shape):
    """What a region is called, and what it decides."""

    name: Annotated[str, Field(min_length=1, max_length=200, examples=["Regio Eindhoven"])]
    settings: RegionSettings


class RegionShape(RegionAsked):
    """A region."""

    id: str

    @classmethod
    def of(cls, found: Region) -> RegionShape:
        """As it is answered."""
        return cls(id=found.id, name=found.name, settings=settings_of(found))


class ToldShape(Shape):
    """Who sees one class of what is known of somebody."""

    known: str
    who: list[str]
    under_pseudonym: Annotated[list[str], Field(description="those who know the person by another name until a match")]
    sentence: str


class ErasedShape(Shape):
    """What was done to take somebody out."""

    id: Annotated[str, Field(description="what stands for them from now on")]
    changed: Annotated[dict[str, int], Field(description="rows changed, by table")]
    deleted: Annotated[dict[str, int], Field(description="rows deleted, by table")]
    terms: Annotated[list[str], Field(description="ids of terms that have a new revision without them")]
    account_kept: Annotated[bool, Field(description="whether their account stayed, as it is something else too")]


@router.get("/region", summary="Read the region", responses=problems())
def read_region(service: Serving, visit: Visiting, response: Response) -> RegionShape:
    """The region one is in, and what it decided: pseudonyms, grounds, how long data are kept."""
    found = region.read(service, visit)
    response.headers["ETag"] = etag(found.version)
    return RegionShape.of(found)


@router.put("/region", summary="Change the region", responses=problems(Code.CHANGED, Code.MATCH_NEEDED))
def change_region(
    service: Serving, visit: Visiting, response: Response, asked: RegionAsked, if_match: IfMatch = None
) -> RegionShape:
    """Change what the region decided."""
    found = region.change(service, visit, asked.name, asked.settings, seen_revision(if_match))
    response.headers["ETag"] = etag(found.version)
    return RegionShape.of(found)


@router.get(
    "/terms/{term}/professionals/{professional}/who-sees-what",
    summary="Who sees what of me",
    responses=problems(Code.NOT_FOUND),
)
def who_sees_what(service: Serving, visit: Visiting, term: str, professional: str) -> list[ToldShape]:
    """Wie ziet wat van mij: class by class who can read what is known of somebody, for themselves."""
    return [
        ToldShape(
            known=each.known.value,
            who=[one.value for one in each.who],
            under_pseudonym=[one.value for one in each.under_pseudonym],
            sentence=each.sentence(visit.language),
        )
        for each in region.told(service, visit, term, professional)
    ]


@router.get(
    "/terms/{term}/professionals/{professional}/half-days",
    summary="How somebody stands in every half-day",
    responses=problems(Code.NOT_FOUND),
)
def read_half_days(service: Serving, visit: Visiting, term: str, professional: str) -> list[HalfDayStanding]:
    """Free, released or busy in every half-day of the week, without a word of why."""
    return list(region.standing(service, visit, term, professional))


@router.get("/persons/{person}", summary="All that is kept of a person", responses=problems(Code.NOT_FOUND))
def person_data(service: Serving, visit: Visiting, person: str) -> dict[str, Any]:
    """Everything the region keeps of somebody (AVG art. 15). It may name others too: read it before you hand it over."""
    return region.data_of(service, visit, person)


@router.delete("/persons/{person}", summary="Take a person out", responses=problems(Code.NOT_FOUND, Code.CONFLICT))
def erase_person(service: Serving, visit: Visiting, person: str) -> ErasedShape:
    """Take somebody out of everything that is kept (AVG art. 17): timetables stay, with somebody without a name in them."""
    erased = region.forget(service, visit, person)
    return ErasedShape(
        id=erased.id,
        changed=dict(erased.changed),
        deleted=dict(erased.deleted),
        terms=erased.terms,
        account_kept=erased.account_kept,
    )
