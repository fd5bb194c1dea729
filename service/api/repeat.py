"""Requests that are sent again because an answer was lost: under the same `Idempotency-Key` they get the answer there was.

For what makes something new. Jobs keep keys of their own; answers that tell a secret once are never kept.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from service.access.visit import Visit
from service.access.visits import visit_of
from service.problems import Code, Problem
from service.state import Service
from service.store.tables import Answered

HEADER = "Idempotency-Key"
_LEAST, _MOST = 8, 200

Key = Annotated[
    str | None,
    Header(
        alias=HEADER,
        min_length=_LEAST,
        max_length=_MOST,
        description="the same key gives the same answer, however often the request is sent, for two days",
    ),
]


def _key(key: Key = None) -> None:
    """Says in the API's description that a key is taken; the route sees to it."""


TAKES_KEY = Depends(_key)


class Repeatable(APIRoute):
    """A route whose answer is kept under the key of the request, where it has one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with what was answered before in front of it."""
        handle = super().get_route_handler()

        async def handler(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if request.method != "POST" or key is None or not _LEAST <= len(key) <= _MOST:
                return await handle(request)  # which refuses a key that is none
            visit = await visit_of(request)
            service: Service = request.app.state.service
            said = (
                f"{request.method} {request.url.path}?{request.url.query} {request.headers.get('content-type', '')}\n"
            )
            digest = sha256(said.encode() + await request.body()).hexdigest()
            before = await run_in_threadpool(_before, service, visit, key)
            if before is not None:
                return _again(before, digest)
            answer = await handle(request)
            if answer.status_code < 300:
                await run_in_threadpool(_keep, service, visit, key, digest, answer)
            return answer

        return handler


def _before(service: Service, visit: Visit, key: str) -> Answered | None:
    with service.database.reading() as session:
        return session.get(Answered, (visit.region, visit.account, key))


def _again(before: Answered, digest: str) -> Response:
    """What was answered.

    Raises:
        Problem: the key was used for another request.
    """
    if before.digest != digest:
        raise Problem(Code.KEY_REUSED)
    headers = {"Location": before.location} if before.location else {}
    return Response(before.body, before.status, headers=headers, media_type="application/json")


def _keep(service: Service, visit: Visit, key: str, digest: str, answer: Response) -> None:
    """Keep an answer; of two that were sent at once, the first that is kept stands."""
    row = Answered(
        region=visit.region,
        account=visit.account,
        key=key,
        digest=digest,
        status=answer.status_code,
        body=bytes(answer.body).decode(),
        location=answer.headers.get("location"),
    )
    with service.database.session() as session:
        if session.get(Answered, (visit.region, visit.account, key)) is None:
            session.add(row)
