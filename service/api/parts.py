"""Parts of a term: `/v1/terms/{term}/parts`, each owned by a school, an employer, or the region (`region/-`)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import Field

from model.access_actions import OwnerKind
from model.delivery import Delivery
from model.issues import Issue
from model.parts import Part
from service.api.answers import IfMatch
from service.api.given import Serving, Visiting, problems
from service.desk import parts
from service.desk.parts import Owner, key_of
from service.problems import Code, Problem
from service.shapes import Moment, Shape

router = APIRouter(prefix="/v1/terms/{term}/parts", tags=["parts"])

Kind = Annotated[OwnerKind, Path(description="`school`, `employer` or `region`")]
OwnId = Annotated[str, Path(max_length=100, description="id of the school or employer; `-` for the region")]


class OwnerShape(Shape):
    """An owner of a part, and how far they are."""

    kind: OwnerKind
    owner: str
    name: str
    delivery: Delivery
    late: bool
    sentence: Annotated[str, Field(description="the same in words")]
    deadline: datetime | None
    delivered_at: datetime | None
    accepted_at: datetime | None
    accepted_outcome: Annotated[str | None, Field(description="id of the outcome whose lessons are pinned")]

    @classmethod
    def of(cls, owner: Owner, lang: str) -> OwnerShape:
        """As lists show it."""
        row = owner.row
        return cls(
            kind=owner.key.kind,
            owner=owner.key.id or "-",
            name=owner.name,
            delivery=owner.state.delivery,
            late=owner.state.late,
            sentence=owner.state.sentence(lang),
            deadline=row and row.deadline,
            delivered_at=row and row.delivered_at,
            accepted_at=row and row.accepted_at,
            accepted_outcome=row and row.accepted_outcome,
        )


class Deadline(Shape):
    """Until when a part is expected; null for no deadline."""

    deadline: Moment | None


class Acceptance(Shape):
    """Which outcome a school accepts its lessons of."""

    outcome: Annotated[str, Field(max_length=40)]


class Kept(Shape):
    """A part that was kept."""

    revision: Annotated[int, Field(description="of the term with it")]


@router.get("", summary="List parts of a term", responses=problems(Code.NOT_FOUND))
def list_parts(service: Serving, visit: Visiting, term: str) -> list[OwnerShape]:
    """Whose parts there are, and how far each is: missing, delivered, or out of date."""
    return [OwnerShape.of(each, visit.language) for each in parts.listed(service, visit, term)]


@router.get("/{kind}/{owner}", summary="Read a part", responses=problems(Code.NOT_FOUND))
def read_part(
    service: Serving, visit: Visiting, response: Response, term: str, kind: Kind, owner: OwnId
) -> dict[str, Any]:
    """A part as the reader may see it: a list of rows for each table."""
    mark, shown = parts.read(service, visit, term, key_of(kind, owner))
    response.headers["ETag"] = f'"{mark}"'
    return shown


@router.put(
    "/{kind}/{owner}",
    summary="Replace a part",
    responses=problems(Code.NOT_FOUND, Code.ISSUES, Code.CHANGED, Code.MATCH_NEEDED),
)
def replace_part(
    service: Serving,
    visit: Visiting,
    response: Response,
    term: str,
    kind: Kind,
    owner: OwnId,
    part: Part,
    if_match: IfMatch = None,
) -> Kept:
    """Replace a part. What the reader does not see stays; rows of others are refused."""
    mark, revision = parts.replace(service, visit, term, key_of(kind, owner), part, _seen(if_match))
    response.headers["ETag"] = f'"{mark}"'
    return Kept(revision=revision)


@router.post("/{kind}/{owner}/deliver", summary="Deliver a part", responses=problems(Code.NOT_FOUND))
def deliver_part(service: Serving, visit: Visiting, term: str, kind: Kind, owner: OwnId) -> OwnerShape:
    """Say that a part holds as it is."""
    return OwnerShape.of(parts.deliver(service, visit, term, key_of(kind, owner)), visit.language)


@router.put("/{kind}/{owner}/deadline", summary="Set a deadline", responses=problems(Code.NOT_FOUND))
def set_deadline(
    service: Serving, visit: Visiting, term: str, kind: Kind, owner: OwnId, deadline: Deadline
) -> OwnerShape:
    """Say until when a part is expected."""
    key = key_of(kind, owner)
    return OwnerShape.of(parts.set_deadline(service, visit, term, key, deadline.deadline), visit.language)


@router.put(
    "/{kind}/{owner}/acceptance",
    summary="Accept a timetable",
    responses=problems(Code.NOT_FOUND, Code.CONFLICT, Code.ISSUES),
)
def accept_part(
    service: Serving, visit: Visiting, term: str, kind: Kind, owner: OwnId, acceptance: Acceptance
) -> OwnerShape:
    """A school accepts its lessons of an outcome: later solves keep them, and go on with the rest."""
    key = key_of(kind, owner)
    return OwnerShape.of(parts.accept(service, visit, term, key, acceptance.outcome), visit.language)


@router.delete(
    "/{kind}/{owner}/acceptance", summary="Withdraw an acceptance", responses=problems(Code.NOT_FOUND, Code.CONFLICT)
)
def withdraw_acceptance(service: Serving, visit: Visiting, term: str, kind: Kind, owner: OwnId) -> OwnerShape:
    """Take an acceptance back."""
    return OwnerShape.of(parts.withdraw(service, visit, term, key_of(kind, owner)), visit.language)


def _seen(if_match: str | None) -> str:
    """The mark of the part that somebody made a change to.

    Raises:
        Problem: they do not say, or it is none.
    """
    if if_match is None:
        raise Problem(Code.MATCH_NEEDED)
    found = re.fullmatch(r'\s*(?:W/)?"([0-9a-f]{32})"\s*', if_match)
    if found is None:
        raise Problem(Code.INVALID, issues=[Issue(code="bad_match", value=if_match[:50], field="If-Match")], n=1)
    return found[1]
