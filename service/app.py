"""The server: all routes and what surrounds them, on one screen."""

from __future__ import annotations

from fastapi import FastAPI

from service.access import middleware
from service.access.routes import router as access
from service.api import answers, jobs, outcomes, questions, reference, status, terms
from service.metrics import Counted
from service.state import Service


def create_app(service: Service) -> FastAPI:
    """The server over a service that was opened; closing is for who opened it."""

    app = FastAPI(
        title="Hybrooster",
        version="1",
        description="Timetables for hybrid teachers: proved, explained, judged.",
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = service
    answers.install(app)
    for each in (status, reference, terms, jobs, outcomes, questions):
        app.include_router(each.router)
    app.include_router(access)
    app.add_middleware(Counted)
    middleware.surround(app, service.settings)
    return app
