"""The server: all routes and what surrounds them, on one screen."""

from __future__ import annotations

from fastapi import Depends, FastAPI

from service.access import middleware
from service.access.routes import router as access
from service.api import (
    answers,
    described,
    feeds,
    jobs,
    outcomes,
    parts,
    publishing,
    questions,
    records,
    reference,
    region,
    routes_into,
    scenarios,
    status,
    terms,
    webhooks,
)
from service.api.plain import known, plain
from service.metrics import Counted
from service.state import Service

_ROUTERS = (
    status.router,
    reference.router,
    region.router,
    terms.router,
    routes_into.router,
    parts.router,
    publishing.router,
    scenarios.router,
    jobs.router,
    outcomes.router,
    questions.router,
    records.router,
    feeds.router,
    feeds.public,
    webhooks.router,
    access,
)


def create_app(service: Service) -> FastAPI:
    """The server over a service that was opened; closing is for who opened it."""

    app = FastAPI(
        openapi_url="/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(plain), Depends(known)],
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.service = service
    answers.install(app)
    for each in _ROUTERS:
        app.include_router(each)
    described.install(app)
    app.add_middleware(Counted)
    middleware.surround(app, service.settings)
    return app
