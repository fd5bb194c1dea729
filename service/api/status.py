"""How the service is: for those who watch over it, without a word about what is in it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, Response
from pydantic import Field

from service.api.given import Serving, open_problems
from service.metrics import rendered
from service.problems import Code, Problem
from service.shapes import Shape
from solver.run import versions

router = APIRouter(tags=["status"])


class Health(Shape):
    """It runs."""

    status: Literal["ok"] = "ok"
    versions: Annotated[dict[str, str], Field(description="of the program and its solver")]


@router.get("/health", summary="Whether it runs")
def health() -> Health:
    """Whether the server runs."""
    return Health(versions=versions())


@router.get("/ready", summary="Whether it can answer", responses=open_problems(Code.NOT_READY))
def ready(service: Serving) -> Health:
    """Whether it can answer: its database is there and up to date, and its queue runs."""
    if not service.database.is_current() or not service.jobs.ready():
        raise Problem(Code.NOT_READY)
    return Health(versions=versions())


@router.get("/metrics", summary="Figures for Prometheus", response_class=PlainTextResponse)
def metrics(service: Serving) -> Response:
    """Figures for Prometheus: requests, and jobs by state. No ids, no names."""
    data, kind = rendered(service)
    return Response(data, media_type=kind)
