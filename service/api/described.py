"""What OpenAPI says beyond what handlers say of themselves: tags, what stands in paths, headers, examples.

`GET /openapi.json` answers it, `service/openapi.json` keeps it, and `python -m service.openapi` writes that file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from service.api.examples import EXAMPLES, NAMES
from service.api.given import open_problems
from service.problems import Code
from service.shapes import ProblemShape

Json = dict[str, Any]

TITLE = "Hybrooster"
VERSION = "1"
SUMMARY = "Timetables for hybrid teachers: proved, explained, judged."
DESCRIPTION = """Everything under `/v1` asks who you are: a program sends an API token (`Authorization: Bearer hyb_…`), a browser \
its session's cookie, and with what changes something `X-CSRF-Token` as well. Each answer is cut to its reader: what is not for \
them is left out, or under a pseudonym.

What goes wrong is answered as a problem (RFC 9457, `application/problem+json`), in the language of `?lang=` or `Accept-Language` \
(`nl` or `en`); `GET /v1/problem-types` lists the codes. Located problems of what was handed over stand in `issues`. Unknown fields \
are refused, never dropped. Every answer names its request in `X-Request-ID`.

What can change has an `ETag`, and who changes it says by `If-Match` what they saw. Lists come in pages, the newest first. \
Questions that take long are jobs: asked with `POST`, answered 202 with a `Location`, followed as server-sent events. \
Money is in points, time in minutes or seconds as the name says, moments are ISO 8601 with a time zone."""

TAGS = {
    "status": "How the service is, for those who watch over it.",
    "reference": "What is the same for everybody: rules, codes, the schema of a term, an empty workbook, demo data.",
    "region": "The region: what it decides, and what is kept of a person in it.",
    "terms": "A term (lesperiode) of a region: its schools, employers, professionals and lessons, with all revisions.",
    "parts": "Parts of a term, each owned by a school, an employer or the region; delivered, and accepted.",
    "publication": "Which timetable of a term people are promised.",
    "scenarios": "What if: changes to a term that are kept, and can be solved and compared.",
    "jobs": "Questions that take long: timetables, comparisons, plans. Asked, followed, stopped, answered.",
    "outcomes": "Timetables with what is proved about them, read as the reader may see them; and checks of those made by hand.",
    "questions": "Quick questions about a timetable: why open, what would fix it, who could, why not, what is it worth.",
    "records": "Decision records: what was chosen, why and on what grounds. They are never changed.",
    "feeds": "Calendars to subscribe to, of a professional or a school.",
    "webhooks": "Events sent to an address, signed; for administrators.",
    "login": "Ways to log in with a browser.",
    "me": "Who asks, and as what.",
    "tokens": "API tokens of one's own.",
    "people": "Who is what in the region; for administrators.",
    "audit": "Who read or changed what.",
}

_PATHS = {
    "employer": "id of the employer in the term",
    "term": "id of the term",
    "outcome": "id of the outcome",
    "scenario": "id of the scenario",
    "job": "id of the job",
    "record": "id of the record",
    "feed": "id of the feed",
    "webhook": "id of the webhook",
    "token": "id of the API token",
    "grant": "id of the grant: what somebody is in the region",
    "person": "id of a professional in the region's terms",
    "lesson": "id of the lesson in its term",
    "professional": "id of the professional in the term, or their pseudonym",
}
"""What stands in a path, where a handler does not say it itself."""

_WENT_WELL = {"200": "The answer", "201": "It is kept", "202": "It will be done", "204": "It is done"}

_HEADERS = {
    "X-Request-ID": ("id of the request, to be named when asking for help", "string"),
    "ETag": ("the revision there is, to be given as `If-Match`", "string"),
    "Location": ("path of what was made", "string"),
    "Retry-After": ("seconds to wait", "integer"),
    "WWW-Authenticate": ("`Bearer`", "string"),
}

_TAGGED = {
    "add_term", "read_term", "replace_term", "patch_term", "add_holidays", "read_part", "replace_part",
    "add_scenario", "read_scenario", "replace_scenario", "read_calendar", "read_region", "change_region",
}  # fmt: skip
_UNPLACED = {"add_feed", "add_token", "invite_person"}


def install(app: FastAPI) -> None:
    """Let an app answer with the document, which is made once."""
    made: list[Json] = []

    def openapi() -> Json:
        if not made:
            made.append(described(app))
        return made[0]

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to say more


def described(app: FastAPI) -> Json:
    """The document."""
    document = get_openapi(
        title=TITLE,
        version=VERSION,
        summary=SUMMARY,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        tags=[{"name": name, "description": said} for name, said in TAGS.items()],
        servers=[{"url": "/", "description": "The service that gave this document"}],
        routes=app.routes,
    )
    schemas = document["components"]["schemas"]
    for _, _, operation in operations(document):
        _complete(operation)
    _, shapes = models_json_schema([(ProblemShape, "serialization")], ref_template="#/components/schemas/{model}")
    schemas |= shapes["$defs"]
    for unused in ("HTTPValidationError", "ValidationError"):  # FastAPI's own words for what is a problem here
        schemas.pop(unused, None)
    document["components"] |= {
        "schemas": dict(sorted(schemas.items())),
        "responses": _problems(),
        "headers": {
            name: {"description": said, "required": True, "schema": {"type": kind}}
            for name, (said, kind) in _HEADERS.items()
        },
    }
    return document


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    """Method, path and description of every operation, in the order of the document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _complete(operation: Json) -> None:
    name, responses = operation["operationId"], operation["responses"]
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and "description" not in parameter and parameter["name"] in _PATHS:
            parameter |= {"description": _PATHS[parameter["name"]], "example": NAMES.get(parameter["name"], "anna")}
    codes = (Code.TOO_LARGE, Code.UNSUPPORTED) if "requestBody" in operation else ()
    said = {*responses, *map(str, open_problems(*codes))}
    operation["responses"] = {
        status: {"$ref": f"#/components/responses/{status}"}
        if status[0] in "45"
        else _said(responses[status], status) | {"headers": _headers(name, status)}
        for status in sorted(said)
    }
    _exemplify(operation)


def _said(response: Json, status: str) -> Json:
    """FastAPI says the same of every answer that has no words of its own."""
    if response["description"] != "Successful Response":
        return response
    return response | {"description": _WENT_WELL[status]}


def _problems() -> Json:
    """The answers that say what is wrong, by status."""
    said = open_problems(*Code)
    return {str(status): each | {"headers": _headers("", str(status))} for status, each in said.items()}


def _headers(operation: str, status: str) -> Json:
    found = ["X-Request-ID", *{"401": ["WWW-Authenticate"], "412": ["ETag"], "429": ["Retry-After"]}.get(status, ())]
    if status[0] == "2" and operation in _TAGGED:
        found.append("ETag")
    if (status == "201" and operation not in _UNPLACED) or (status == "202" and operation.startswith("ask_")):
        found.append("Location")
    return {each: {"$ref": f"#/components/headers/{each}"} for each in found}


def _exemplify(operation: Json) -> None:
    """Put the examples of an operation where its body is described."""
    for example in EXAMPLES.get(operation["operationId"], ()):
        content = operation["requestBody"]["content"]
        media = next(iter(content))
        content[media].setdefault("examples", {})[example.name] = {
            "summary": example.summary,
            "value": example.value,
        }
