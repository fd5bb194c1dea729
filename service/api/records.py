"""Decision records: `/v1/records`. They are never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from model.decision import Decision
from model.timetable import Status
from service.api.answers import file_response
from service.api.given import Serving, Visiting, files, problems
from service.api.repeat import TAKES_KEY, Repeatable
from service.desk import records
from service.desk.paging import After, Limit
from service.problems import Code
from service.shapes import Page, Shape
from service.store.tables import Document

router = APIRouter(prefix="/v1/records", tags=["records"], route_class=Repeatable)

DocumentId = Annotated[str, Field(min_length=1, max_length=40)]


class RecordAsked(Shape):
    """What was decided."""

    outcome: Annotated[DocumentId, Field(description="id of the outcome that was chosen")]
    reason: Annotated[str, Field(max_length=2000, description="why")] = ""
    looked_at: Annotated[
        list[DocumentId], Field(max_length=50, description="ids of scenarios of the same term that were looked at too")
    ] = []


class RecordShape(Shape):
    """A record in lists."""

    id: str
    term: Annotated[str | None, Field(description="id of the term it is of")]
    term_name: str
    outcome: str
    decided_by: str
    decided_at: datetime
    reason: Annotated[str, Field(description="how it begins")]
    status: Status
    value: Annotated[int, Field(description="points")]
    lessons: Annotated[int, Field(description="lessons in all")]
    filled: Annotated[int, Field(description="lessons staffed")]

    @classmethod
    def of(cls, document: Document) -> RecordShape:
        """As lists show it."""
        return cls(id=document.id, term=document.parent, term_name=document.name, **document.facts)


class RecheckShape(Shape):
    """Whether a record still holds."""

    right: Annotated[bool, Field(description="the same term and timetable, no rule broken, worth as much")]
    said: Annotated[list[str], Field(description="the same in words")]


@router.post(
    "",
    dependencies=[TAKES_KEY],
    status_code=201,
    summary="Record a decision",
    responses=problems(Code.NOT_FOUND, Code.CONFLICT),
)
def add_record(service: Serving, visit: Visiting, asked: RecordAsked, response: Response) -> RecordShape:
    """Record that an outcome was chosen: input, rules in words, proof and scenarios, by the visitor's name, now."""
    kept, _ = records.add(service, visit, asked.outcome, asked.reason, asked.looked_at)
    response.headers["Location"] = f"/v1/records/{kept.id}"
    return RecordShape.of(kept)


@router.get("", summary="List decision records", responses=problems())
def list_records(
    service: Serving,
    visit: Visiting,
    term: Annotated[str | None, Query(max_length=40, description="only of this term")] = None,
    after: After = None,
    limit: Limit = 50,
) -> Page[RecordShape]:
    """The region's records, the newest first."""
    return records.listed(service, visit, RecordShape.of, after, limit, term=term)


@router.get("/{record}", summary="Read a decision record", responses=problems(Code.NOT_FOUND))
def read_record(service: Serving, visit: Visiting, record: str) -> Decision:
    """All of a record."""
    return records.shown(service, visit, record)


@router.get(
    "/{record}/page",
    summary="A decision record to print",
    response_class=Response,
    responses={**files("The page", "text/html"), **problems(Code.NOT_FOUND)},
)
def record_page(service: Serving, visit: Visiting, record: str) -> Response:
    """A record as a page (HTML) that a board can file."""
    return file_response(*records.as_page(service, visit, record))


@router.post("/{record}/recheck", summary="Check a decision again", responses=problems(Code.NOT_FOUND, Code.CONFLICT))
def recheck_record(service: Serving, visit: Visiting, record: str) -> RecheckShape:
    """Judge the timetable anew, by the term it was decided for. Solving anew is for the shell: `hybrooster recheck`."""
    found = records.recheck(service, visit, record)
    return RecheckShape(right=found.right, said=list(found.said))
