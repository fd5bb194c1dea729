"""What several answers have in common. Unknown fields of what comes in are refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from model.issues import Issue

Row = TypeVar("Row")


def in_utc(moment: datetime) -> datetime:
    """A moment in UTC.

    Raises:
        ValueError: it has no time zone, or there it is in no year that there is.
    """
    if moment.tzinfo is None:
        raise ValueError("a time zone is missing")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("too far from now") from None


Moment = Annotated[AwareDatetime, AfterValidator(in_utc)]
"""A moment that somebody gives, kept in UTC."""


class Shape(BaseModel):
    """Base of all that goes in and out."""

    model_config = ConfigDict(extra="forbid")


class IssueShape(Shape):
    """One located problem of what was handed over."""

    code: Annotated[str, Field(examples=["unknown_reference"])]
    severity: Annotated[str, Field(description="`error` or `warning`")]
    file: str | None
    sheet: str | None
    row: Annotated[int | None, Field(description="as the file counts, the first row of data is 2")]
    column: Annotated[str | None, Field(description="letter of the column, or a JSON path")]
    value: str | None
    sentence: Annotated[str, Field(description="what is wrong, in the language asked for")]
    maybe: Annotated[str, Field(description="what was perhaps meant")]


def issue_shapes(issues: Iterable[Issue], lang: str) -> list[IssueShape]:
    """Located problems with their sentences."""
    return [
        IssueShape(
            code=each.code,
            severity=each.severity.value,
            file=each.file,
            sheet=each.sheet,
            row=each.row,
            column=each.column,
            value=each.value,
            sentence=each.sentence(lang),
            maybe=each.hint(lang),
        )
        for each in issues
    ]


class ProblemShape(Shape):
    """What is wrong with a request (RFC 9457)."""

    type: Annotated[str, Field(examples=["/v1/problem-types#not_found"])]
    title: str
    status: Annotated[int, Field(description="the HTTP status")]
    detail: str
    code: str
    request: Annotated[str, Field(description="id of the request, to be named when asking for help")]
    issues: list[IssueShape] = []
    revision: Annotated[int | None, Field(description="the revision there is, where another was expected")] = None


class Page(Shape, Generic[Row]):
    """A page of a list, and how to get the next."""

    items: list[Row]
    next: Annotated[str | None, Field(description="give as `after` to get the next page; null on the last")] = None
