"""Turns what goes wrong into problems (RFC 9457), and says which revision an answer is of (ETag, If-Match)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import structlog
from fastapi import FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from model.issues import Issue, TermError
from model.locale import DEFAULT_LANGUAGE, LANGUAGES, text
from service.problems import STATUS, Code, Problem, senseless
from service.shapes import ProblemShape, issue_shapes
from service.store.documents import ChangedError, MissingError

MEDIA = "application/problem+json"

_BY_STATUS = {
    400: Code.BAD_REQUEST,
    401: Code.NOT_LOGGED_IN,
    403: Code.FORBIDDEN,
    404: Code.NOT_FOUND,
    405: Code.METHOD,
    406: Code.NOT_ACCEPTABLE,
    413: Code.TOO_LARGE,
    415: Code.UNSUPPORTED,
}

log = structlog.get_logger()


def language_of(request: Request) -> str:
    """The language somebody asks for: by `?lang=`, else by what their browser prefers, else Dutch."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    for each in request.headers.get("accept-language", "").split(","):
        first = each.split(";")[0].strip().lower()[:2]
        if first in LANGUAGES:
            return first
    return DEFAULT_LANGUAGE


def request_of(request: Request) -> str:
    """The id of a request."""
    return str(request.scope.get("state", {}).get("request_id", ""))


def problem_response(request: Request, problem: Problem) -> Response:
    """A problem as it is answered."""
    lang, status = language_of(request), STATUS[problem.code]
    shape = ProblemShape(
        type=f"/v1/problem-types#{problem.code.value}",
        title=text(f"problem.{problem.code.value}.title", lang),
        status=status,
        detail=text(f"problem.{problem.code.value}.detail", lang, **problem.facts),
        code=problem.code.value,
        request=request_of(request),
        issues=issue_shapes(problem.issues, lang),
        **problem.more,
    )
    return JSONResponse(shape.model_dump(mode="json"), status_code=status, media_type=MEDIA, headers=problem.headers)


def install(app: FastAPI) -> None:
    """Let an app answer all that goes wrong with a problem."""

    @app.exception_handler(Problem)
    def _problem(request: Request, error: Problem) -> Response:
        return problem_response(request, error)

    @app.exception_handler(MissingError)
    def _missing(request: Request, _error: MissingError) -> Response:
        return problem_response(request, Problem(Code.NOT_FOUND))

    @app.exception_handler(ChangedError)
    def _changed(request: Request, error: ChangedError) -> Response:
        return problem_response(request, changed(error.current))

    @app.exception_handler(TermError)
    def _term(request: Request, error: TermError) -> Response:
        return problem_response(request, senseless(error.issues))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        return problem_response(request, _of_fields(error.errors()))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        code = _BY_STATUS.get(error.status_code, Code.BAD_REQUEST)
        return problem_response(request, Problem(code, headers=error.headers))

    @app.exception_handler(Exception)
    def _defect(request: Request, error: Exception) -> Response:
        log.error("defect", request=request_of(request), kind=type(error).__name__, exc_info=error)
        return problem_response(request, Problem(Code.DEFECT))


def _of_fields(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem of a request whose fields are wrong: each located by where it stands and how it is called."""
    unknown = any(each["type"] == "extra_forbidden" for each in errors)
    broken = any(each["type"] == "json_invalid" for each in errors)
    code = Code.BAD_REQUEST if broken else Code.UNKNOWN_FIELD if unknown else Code.INVALID
    return Problem(code, issues=[_issue(each) for each in errors], n=len(errors))


def _issue(error: Mapping[str, Any]) -> Issue:
    kind = str(error["type"])
    where, *path = error["loc"]
    known = {"missing": "field_missing", "extra_forbidden": "unknown_field", "json_invalid": "request_json"}
    code = known.get(kind, "field_invalid")
    place = "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path)
    name = str(path[-1]) if path else str(where)
    value = error.get("input")
    shown = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, str | int | float | bool) else None
    if code == "unknown_field":  # its sentence names the field, whatever was in it
        shown = name
    details = {"reason": str(error["msg"]), "where": str(where)}
    return Issue(code=code, column=f"${place}", field=name, value=shown and shown[:200], details=details)


def changed(current: int) -> Problem:
    """Somebody else saved since."""
    return Problem(Code.CHANGED, headers={"ETag": etag(current)}, more={"revision": current}, revision=current)


def etag(revision: int) -> str:
    """The revision of a document, as a header."""
    return f'"{revision}"'


IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="the ETag of the revision that the change is made to", examples=['"3"']),
]


def seen_revision(if_match: str | None) -> int:
    """The revision somebody made a change to.

    Raises:
        Problem: they do not say, or it is no revision.
    """
    if if_match is None:
        raise Problem(Code.MATCH_NEEDED)
    found = re.fullmatch(r'\s*(?:W/)?"(\d{1,9})"\s*', if_match)
    if found is None:
        raise Problem(Code.INVALID, issues=[Issue(code="bad_match", value=if_match[:50], field="If-Match")], n=1)
    return int(found[1])


_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def file_response(name: str, data: bytes) -> Response:
    """A file to be kept under a name."""
    kind = _MEDIA[name.rsplit(".", 1)[-1]]
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def json_response(said: bytes | str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that is JSON already."""
    return Response(said, media_type="application/json", headers=dict(headers or {}))
