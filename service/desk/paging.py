"""Lists a page at a time: by where the last page ended, so that what is added meanwhile shifts nothing."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Query
from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import Session

from model.issues import Issue
from service.problems import Code, Problem
from service.shapes import Page, in_utc

Table = TypeVar("Table")
Row = TypeVar("Row")

_ID = re.compile(r"[a-z]+-[0-9a-z]+")

After = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200, description="rows of a page")]


def page(
    session: Session,
    query: Select[Any],
    table: Any,
    row: Callable[[Any], Row],
    *,
    after: str | None,
    limit: int,
) -> Page[Row]:
    """A page of a query over a table with `created_at` and `id`, the newest first.

    Raises:
        Problem: `after` is none that was given out.
    """
    if after is not None:
        moment, last = _where(after)
        query = query.where(or_(table.created_at < moment, and_(table.created_at == moment, table.id > last)))
    found: Sequence[Any] = session.scalars(query.limit(limit + 1)).all()
    shown = found[:limit]
    more = _mark(shown[-1]) if len(found) > limit else None
    return Page(items=[row(each) for each in shown], next=more)


def _mark(last: Any) -> str:
    text = json.dumps([last.created_at.isoformat(), last.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _where(after: str) -> tuple[datetime, str]:
    try:
        moment, last = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        where = in_utc(datetime.fromisoformat(moment)), last
        right = _ID.fullmatch(last) is not None
    except (ValueError, TypeError):
        right = False
    if not right:
        issue = Issue(code="bad_page", value=after[:50], field="after")
        raise Problem(Code.INVALID, issues=[issue], n=1)
    return where
