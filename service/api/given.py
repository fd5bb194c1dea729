"""What handlers are given: the service, and the visit that asks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from service.access.visit import Visit
from service.access.visits import visit_of
from service.api.answers import MEDIA
from service.problems import STATUS, Code
from service.shapes import ProblemShape
from service.state import Service
from service.store.columns import MOST


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Serving = Annotated[Service, Depends(_service)]
Visiting = Annotated[Visit, Depends(visit_of)]


Responses = dict[int | str, dict[str, Any]]

_EVERYWHERE = (Code.BAD_REQUEST, Code.INVALID, Code.TOO_OFTEN)
_LET_IN = (Code.NOT_LOGGED_IN, Code.FORBIDDEN)


def problems(*codes: Code) -> Responses:
    """How OpenAPI describes what can go wrong for who must be let in: these, and what can go wrong everywhere."""
    return open_problems(*_LET_IN, *codes)


def open_problems(*codes: Code) -> Responses:
    """Likewise, where nobody is asked who they are."""
    shape = {MEDIA: {"schema": {"$ref": f"#/components/schemas/{ProblemShape.__name__}"}}}
    return {
        status: {"content": shape, "description": ", ".join(f"`{code}`" for code in Code if STATUS[code] == status)}
        for status in sorted({STATUS[code] for code in (*_EVERYWHERE, *codes)})
    }


Revision = Annotated[int | None, Query(ge=1, le=MOST, description="an earlier revision; the latest when left out")]


def files(description: str, *media: str) -> Responses:
    """How OpenAPI describes an answer that is a file, of one of these media types."""
    return {200: {"description": description, "content": {each: {} for each in media}}}
