"""Calendar feeds: `/v1/feeds`, and the addresses that calendars subscribe to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Header, Path, Request
from fastapi.responses import Response
from pydantic import Field, model_validator

from service.api.answers import request_of
from service.api.given import Serving, Visiting, open_problems, problems
from service.desk import feeds
from service.desk.feeds import FeedKind
from service.desk.paging import After, Limit
from service.problems import Code
from service.shapes import Page, Shape
from service.store.tables import Feed

router = APIRouter(prefix="/v1/feeds", tags=["feeds"])
public = APIRouter(tags=["feeds"])
"""Asks nobody to log in: who has the address may read."""

OwnId = Annotated[str | None, Field(min_length=1, max_length=100)]


class FeedAsked(Shape):
    """A calendar of one professional, or of one school."""

    term: Annotated[str, Field(max_length=40, description="id of a term that is kept")]
    professional: Annotated[OwnId, Field(description="id in the term: the calendar holds their own lessons only")] = (
        None
    )
    school: Annotated[OwnId, Field(description="id in the term: all lessons there that are given, and by whom")] = None

    @model_validator(mode="after")
    def _is_of_one(self) -> Self:
        if (self.professional is None) == (self.school is None):
            raise ValueError("either a professional or a school")
        return self

    @property
    def whose(self) -> tuple[FeedKind, str]:
        """Kind and id."""
        if self.professional is not None:
            return FeedKind.PROFESSIONAL, self.professional
        return FeedKind.SCHOOL, self.school or ""


class FeedShape(Shape):
    """A feed. Its address is not kept."""

    id: str
    term: str
    kind: FeedKind
    of: Annotated[str, Field(description="id of the professional or school")]
    created_at: datetime

    @classmethod
    def shown(cls, feed: Feed) -> FeedShape:
        """As lists show it."""
        return cls(id=feed.id, term=feed.term, kind=FeedKind(feed.role), of=feed.of, created_at=feed.created_at)


class NewFeed(FeedShape):
    """A feed that was made, with its address: told now and never again."""

    url: Annotated[str, Field(description="secret: whoever has it can read the calendar")]


@router.post("", status_code=201, summary="Make a calendar feed", responses=problems(Code.NOT_FOUND))
def add_feed(service: Serving, visit: Visiting, asked: FeedAsked) -> NewFeed:
    """Make an address that calendars can subscribe to. It shows what is published, and nothing while nothing is."""
    feed, url = feeds.add(service, visit, asked.term, *asked.whose)
    return NewFeed(**FeedShape.shown(feed).model_dump(), url=url)


@router.get("", summary="List calendar feeds", responses=problems())
def list_feeds(service: Serving, visit: Visiting, after: After = None, limit: Limit = 50) -> Page[FeedShape]:
    """Feeds of the visitor's own, or of the region for who runs it; without those that were revoked."""
    return feeds.listed(service, visit, FeedShape.shown, after, limit)


@router.delete("/{feed}", status_code=204, summary="Revoke a calendar feed", responses=problems(Code.NOT_FOUND))
def revoke_feed(service: Serving, visit: Visiting, feed: str) -> None:
    """End a feed; its address answers as one that never was."""
    feeds.revoke(service, visit, feed)


@public.get(
    "/calendar/{token}.ics",
    summary="Read a calendar",
    response_class=Response,
    responses={
        200: {"content": {"text/calendar": {}}, "description": "The calendar (iCalendar, RFC 5545)"},
        304: {"description": "As it was"},
        **open_problems(Code.NOT_FOUND),
    },
)
def read_calendar(
    service: Serving,
    request: Request,
    token: Annotated[str, Path(max_length=100, description="the secret in the address")],
    if_none_match: Annotated[
        str | None, Header(max_length=500, description="the ETag of what is there already")
    ] = None,
) -> Response:
    """What is published, for a calendar that subscribes. Asks for no login: the address is the secret."""
    found = feeds.served(service, token, if_none_match, request_of(request))
    headers = {"ETag": found.tag, "Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
    if found.content is None:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type="text/calendar; charset=utf-8", headers=headers)
