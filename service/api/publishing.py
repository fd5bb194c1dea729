"""Publication: `/v1/terms/{term}/publication`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from service.api.given import Serving, Visiting, problems
from service.desk import publishing
from service.problems import Code
from service.shapes import Shape

router = APIRouter(prefix="/v1/terms", tags=["publication"])


class PublicationAsked(Shape):
    """What people are to be promised."""

    outcome: Annotated[str, Field(max_length=40, description="id of an outcome of the term as it is now")]


class PublicationShape(Shape):
    """What people are promised, and since when."""

    term: str
    revision: Annotated[int, Field(description="the term's latest; publishing makes one that has the timetable in it")]
    outcome: str
    at: datetime
    by: Annotated[str | None, Field(description="id of the account")]

    @classmethod
    def of(cls, found: publishing.Published) -> PublicationShape:
        """As it is answered."""
        return cls(term=found.term, revision=found.revision, outcome=found.outcome, at=found.at, by=found.by)


@router.put("/{term}/publication", summary="Publish an outcome", responses=problems(Code.NOT_FOUND, Code.CONFLICT))
def publish_outcome(service: Serving, visit: Visiting, term: str, asked: PublicationAsked) -> PublicationShape:
    """Promise people an outcome of the term as it is now. A new revision of the term has its timetable as the published one,
    with the changes of the scenario it was solved with; solving again from then on counts what changes."""
    return PublicationShape.of(publishing.publish(service, visit, term, asked.outcome))


@router.get("/{term}/publication", summary="Read what is published", responses=problems(Code.NOT_FOUND))
def read_publication(service: Serving, visit: Visiting, term: str) -> PublicationShape:
    """Which outcome of a term people are promised; 404 while there is none."""
    return PublicationShape.of(publishing.published(service, visit, term))


@router.delete(
    "/{term}/publication", status_code=204, summary="Withdraw a publication", responses=problems(Code.NOT_FOUND)
)
def withdraw_publication(service: Serving, visit: Visiting, term: str) -> None:
    """Promise nobody anything any more: a new revision of the term has no published timetable, and calendars are empty."""
    publishing.withdraw(service, visit, term)
