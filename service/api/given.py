"""What handlers are given: the service, and the visit that asks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from service.access.visit import Visit
from service.access.visits import visit_of
from service.api.answers import MEDIA
from service.problems import STATUS, Code
from service.shapes import ProblemShape
from service.state import Service


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


Serving = Annotated[Service, Depends(_service)]
Visiting = Annotated[Visit, Depends(visit_of)]


def problems(*codes: Code) -> dict[int | str, dict[str, Any]]:
    """How OpenAPI describes what can go wrong in a handler: these, and what can in all."""
    everywhere = (Code.NOT_LOGGED_IN, Code.FORBIDDEN, Code.INVALID, Code.TOO_OFTEN)
    found = sorted({STATUS[code] for code in (*codes, *everywhere)})
    return {
        status: {
            "model": ProblemShape,
            "content": {MEDIA: {}},
            "description": ", ".join(f"`{code.value}`" for code in Code if STATUS[code] == status),
        }
        for status in found
    }
