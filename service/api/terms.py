"""Terms: `/v1/terms`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response
from pydantic import Field

from service.api.answers import IfMatch, etag, file_response, json_response, seen_revision
from service.api.given import Revision, Serving, Visiting, files, problems
from service.api.repeat import TAKES_KEY, Repeatable
from service.api.uploads import JSON, TAKES_TERM, XLSX, ZIP, Handed
from service.desk import terms
from service.desk.paging import After, Limit
from service.problems import Code
from service.shapes import IssueShape, Page, Shape, issue_shapes
from service.store.tables import Document

router = APIRouter(prefix="/v1/terms", tags=["terms"], route_class=Repeatable)


class TermShape(Shape):
    """A term in lists."""

    id: Annotated[str, Field(examples=["term-7f3kq2mnpx9wd4tz"])]
    name: str
    revision: Annotated[int, Field(description="the latest, from 1")]
    term: Annotated[str, Field(description="its own id, in its files")]
    start: str
    end: str
    input_hash: Annotated[str, Field(description="SHA-256 of its content; what outcomes are of")]
    rows: Annotated[dict[str, int], Field(description="how many rows its tables have")]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, document: Document) -> TermShape:
        """As lists show it."""
        return cls(
            id=document.id,
            name=document.name,
            revision=document.version,
            created_at=document.created_at,
            updated_at=document.updated_at,
            **document.facts,
        )


class KeptTerm(TermShape):
    """A term that was kept, and what is odd about it."""

    issues: Annotated[list[IssueShape], Field(description="warnings; errors are refused")]


class RevisionShape(Shape):
    """One revision of a document."""

    revision: Annotated[int, Field(description="its number, from 1")]
    at: datetime
    by: Annotated[str | None, Field(description="id of the account")]
    note: str


def _kept(kept: tuple[Document, Any], visit: Visiting, response: Response) -> KeptTerm:
    document, issues = kept
    response.headers["ETag"] = etag(document.version)
    response.headers["Location"] = f"/v1/terms/{document.id}"
    shape = TermShape.of(document).model_dump()
    return KeptTerm(**shape, issues=issue_shapes(issues, visit.language))


@router.post(
    "",
    dependencies=[TAKES_KEY],
    summary="Add a term",
    status_code=201,
    openapi_extra=TAKES_TERM,
    responses=problems(Code.ISSUES, Code.TOO_LARGE, Code.UNSUPPORTED),
)
def add_term(service: Serving, visit: Visiting, upload: Handed, response: Response) -> KeptTerm:
    """Hand over a term: a workbook, a zip of CSV files, or JSON. Errors are located, and nothing is kept then."""
    return _kept(terms.add(service, visit, upload), visit, response)


@router.get("", summary="List terms", responses=problems())
def list_terms(service: Serving, visit: Visiting, after: After = None, limit: Limit = 50) -> Page[TermShape]:
    """The region's terms, the newest first."""
    return terms.listed(service, visit, TermShape.of, after, limit)


@router.get("/{term}", summary="Read a term", response_model=dict[str, Any], responses=problems(Code.NOT_FOUND))
def read_term(service: Serving, visit: Visiting, term: str, revision: Revision = None) -> Response:
    """A term, its tables as the reader may see them: what they may not is left out or under a pseudonym."""
    stored, shown = terms.shown(service, visit, term, revision)
    return json_response(shown, {"ETag": etag(stored.revision)})


@router.put(
    "/{term}",
    summary="Replace a term",
    openapi_extra=TAKES_TERM,
    responses=problems(Code.NOT_FOUND, Code.ISSUES, Code.CHANGED, Code.MATCH_NEEDED),
)
def replace_term(
    service: Serving, visit: Visiting, term: str, upload: Handed, response: Response, if_match: IfMatch = None
) -> KeptTerm:
    """Replace a whole term by a new revision."""
    return _kept(terms.replace(service, visit, term, upload, seen_revision(if_match)), visit, response)


@router.patch(
    "/{term}", summary="Change a term", responses=problems(Code.NOT_FOUND, Code.ISSUES, Code.CHANGED, Code.MATCH_NEEDED)
)
def patch_term(
    service: Serving,
    visit: Visiting,
    term: str,
    changes: Annotated[dict[str, Any], Body(media_type="application/merge-patch+json", examples=[{"name": "Herfst"}])],
    response: Response,
    if_match: IfMatch = None,
) -> KeptTerm:
    """Change members of a term by a merge patch (RFC 7396); a table that is named is replaced as a whole."""
    return _kept(terms.patch(service, visit, term, changes, seen_revision(if_match)), visit, response)


@router.delete("/{term}", summary="Delete a term", status_code=204, responses=problems(Code.NOT_FOUND))
def delete_term(service: Serving, visit: Visiting, term: str) -> None:
    """Delete a term with its scenarios, jobs and outcomes."""
    terms.remove(service, visit, term)


@router.get("/{term}/revisions", summary="Revisions of a term", responses=problems(Code.NOT_FOUND))
def term_revisions(service: Serving, visit: Visiting, term: str) -> list[RevisionShape]:
    """Who changed a term when, the latest first."""
    rows = terms.revisions(service, visit, term)
    return [RevisionShape(revision=number, at=at, by=by, note=note) for number, at, by, note in rows]


@router.get(
    "/{term}/issues",
    summary="What is odd about a term",
    response_model=list[IssueShape],
    responses=problems(Code.NOT_FOUND),
)
def term_issues(service: Serving, visit: Visiting, term: str, revision: Revision = None) -> Response:
    """What is odd about a term, as validating its file says it."""
    return json_response(terms.issues(service, visit, term, revision))


@router.get(
    "/{term}/file",
    summary="Get a term as a file",
    response_class=Response,
    responses={**files("The file", XLSX, JSON, ZIP), **problems(Code.NOT_FOUND)},
)
def term_file(
    service: Serving,
    visit: Visiting,
    term: str,
    form: Annotated[
        Literal["json", "xlsx", "csv"], Query(description="kind of file; `csv` is a zip of one a table")
    ] = "xlsx",
) -> Response:
    """A whole term as a file, for those who may see all of it."""
    return file_response(*terms.as_file(service, visit, term, form))
