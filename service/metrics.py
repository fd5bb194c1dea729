"""Figures for Prometheus: how many requests of which kind took how long, and how many jobs are in which state."""

from __future__ import annotations

import time
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.state import Service

REGISTRY = CollectorRegistry()

REQUESTS = Counter("hybrooster_requests", "Requests", ("method", "route", "status"), registry=REGISTRY)
SECONDS = Histogram("hybrooster_request_seconds", "Time until an answer began", ("route",), registry=REGISTRY)
JOBS = Gauge("hybrooster_jobs", "Jobs", ("state",), registry=REGISTRY)


class Counted:
    """Counts requests by the route that answered, never by the address asked for: that may hold an id."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                SECONDS.labels(_route(scope)).observe(time.monotonic() - began)
            await send(message)

        try:
            await self.app(scope, receive, sent)
        finally:
            REQUESTS.labels(scope["method"], _route(scope), str(status)).inc()


def _route(scope: Scope) -> str:
    route: Any = scope.get("route")
    return str(getattr(route, "path", "none"))


def rendered(service: Service) -> tuple[bytes, str]:
    """The figures as text, and its media type."""
    for state, number in service.jobs.counts().items():
        JOBS.labels(state).set(number)
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
