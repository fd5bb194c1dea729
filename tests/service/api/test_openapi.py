"""The OpenAPI document: kept as the code says it, complete, and true at the door, on either database."""

from __future__ import annotations

import copy
import inspect
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from service import openapi
from service.api.answers import MEDIA
from service.api.described import TAGS, operations
from service.api.examples import EXAMPLES
from service.app import create_app
from tests.service.house import House, Tenant

UNITS = re.compile(
    r"(minutes|seconds|hours|days|km|percent|megabytes|pupils|points|at_most|lessons|people|open|at_once)$"
)
"""How the name of a quantity ends that tells its unit by itself."""

SOLVERS = re.compile(
    r"^(Answered|Competition|CouldGive|Decision|Fell|Lacking|LedgerAnswer|Passed|RepairAnswer|TierValue|Who\w+|Row)\."
)
"""Answers whose fields are described where they are made."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """What the code says."""
    return openapi.document()


def test_kept_as_the_code_says() -> None:
    """A change of the API is a change of `service/openapi.json`, which somebody reads."""
    assert openapi.main(["--check"]) == 0


def test_a_difference_is_readable(document: dict[str, Any]) -> None:
    """It names what was added, removed and changed, and where."""
    other = copy.deepcopy(document)
    del other["paths"]["/v1/rules"]
    other["paths"]["/v1/laws"] = {"get": {"operationId": "list_laws"}}
    other["components"]["schemas"]["Health"]["title"] = "Well"
    said = list(openapi.differences(document, other))
    assert said == [
        "removed  GET /v1/rules",
        "added    GET /v1/laws",
        "changed  shape Health",
        '           /title: "Health" → "Well"',
    ]
    assert list(openapi.differences(document, document)) == []


def test_stale_is_refused(
    document: dict[str, Any], tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """With `--check` nothing is written and the exit code is 1; without it the file is made."""
    monkeypatch.setattr(openapi, "PATH", tmp_path / "openapi.json")
    assert openapi.main(["--check"]) == 1
    assert not openapi.PATH.exists()
    assert "added    GET /health" in capsys.readouterr().out
    assert openapi.main([]) == 0
    assert openapi.PATH.read_text("utf-8") == openapi.written(document)


def test_operations_are_described(document: dict[str, Any]) -> None:
    """Each has a summary that is no function's name, a sentence, a known tag, and is named once, as its function."""
    named: list[str] = []
    for method, path, each in operations(document):
        named.append(each["operationId"])
        assert each["summary"] != each["operationId"].replace("_", " ").title(), path
        assert each["description"], path
        assert set(each["tags"]) <= set(TAGS), path
        for parameter in each.get("parameters", ()):
            assert parameter.get("description"), f"{method} {path}: {parameter['name']}"
    assert len(named) == len(set(named))
    functions = {inspect.unwrap(each.endpoint).__name__ for each in _routes()}
    assert set(named) <= functions
    assert [each["name"] for each in document["tags"]] == list(TAGS)
    assert {tag for *_, each in operations(document) for tag in each["tags"]} == set(TAGS)


def _routes() -> Iterator[Any]:
    for each in iter_route_contexts(create_app(openapi._Unopened()).routes):  # type: ignore[arg-type]
        if hasattr(each, "endpoint"):
            yield each


def test_problems_are_problems(document: dict[str, Any]) -> None:
    """What goes wrong is always said as RFC 9457 says, and who must be let in may be refused."""
    shape = {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}
    assert all(each["content"] == shape for each in document["components"]["responses"].values())
    for _, path, each in operations(document):
        codes = set(each["responses"])
        assert {"400", "422", "429"} <= codes, path
        assert not each.get("security") or {"401", "403"} <= codes, path
        assert "{" not in path or "404" in codes, path
        assert "requestBody" not in each or {"413", "415"} <= codes, path
    assert set(document["components"]["securitySchemes"]) == {"bearer", "cookie"}


def test_bodies_have_examples(document: dict[str, Any]) -> None:
    """Every operation that takes something shows what; `test_schemathesis` sends each of them."""
    takes = {each["operationId"] for *_, each in operations(document) if "requestBody" in each}
    assert takes == set(EXAMPLES)


def test_quantities_have_units(document: dict[str, Any]) -> None:
    """Every number says of what it is: by its name, or in words."""
    wanting = [
        f"{name}.{field}"
        for name, shape in document["components"]["schemas"].items()
        for field, said in shape.get("properties", {}).items()
        if _is_number(said) and "description" not in said and not UNITS.search(field)
    ]
    assert [each for each in wanting if not SOLVERS.match(each)] == []


def _is_number(said: dict[str, Any]) -> bool:
    kinds = [said, *said.get("anyOf", ())]
    return any(each.get("type") in ("integer", "number") for each in kinds)


HUGE = 10**30

NUL_NAME = b'{"id": "a", "name": "\\u0000", "start": "2026-08-31", "end": "2026-10-11", "schools": []}'

STRANGE = [
    ("GET", "/v1/terms/%00", {}, 404),
    ("GET", "/v1/jobs/a%00b", {}, 404),
    ("GET", "/v1/terms/%ED%A0%80", {}, 404),
    ("GET", "/v1/terms/%FF", {}, 404),
    ("GET", "/v1/outcomes?term=%00", {}, 422),
    ("GET", "/v1/outcomes?trem=x", {}, 422),
    ("GET", "/v1/outcomes?after=%F0%9F%98%80", {}, 422),
    ("GET", "/v1/outcomes?after=WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzIzOjU5IiwgMV0", {}, 422),
    ("GET", "/v1/outcomes?after=WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgIngiXQ", {}, 422),
    ("GET", "/v1/outcomes?after=WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsICJcdTAwMDAiXQ", {}, 422),
    ("GET", f"/v1/terms/{{term}}?revision={HUGE}", {}, 422),
    ("GET", "/v1/terms/{term}?revision=2147483647", {}, 404),
    ("GET", f"/v1/audit?after={HUGE}", {}, 422),
    ("GET", "/v1/audit?since=0001-01-01T00:00:00%2B23:59", {}, 422),
    ("GET", "/v1/audit?person=%00", {}, 422),
    ("PUT", "/v1/terms/{term}/parts/school/noord/deadline", {"json": {"deadline": "0001-01-01T00:00:00+23:59"}}, 422),
    ("PUT", "/v1/terms/{term}/parts/school/noord/deadline", {"json": {"deadline": "9999-12-31T23:59:59-23:59"}}, 422),
    ("PUT", "/v1/terms/{term}/parts/school/noord%00/deadline", {"json": {"deadline": None}}, 404),
    ("PATCH", "/v1/terms/{term}", {"json": {"name": "a\0"}, "headers": {"If-Match": '"1"'}}, 422),
    ("PATCH", "/v1/terms/{term}", {"content": b'{"name": "\\ud800"}', "headers": {"If-Match": '"1"'}}, 422),
    ("PATCH", "/v1/terms/{term}", {"content": b'{"name": "\\ud83d\\ude00"}', "headers": {"If-Match": '"1"'}}, 200),
    ("PATCH", "/v1/terms/{term}", {"content": b'{"id": NaN}', "headers": {"If-Match": '"1"'}}, 422),
    ("PATCH", "/v1/terms/{term}", {"json": {}, "headers": {"If-Match": f'"{HUGE}"'}}, 422),
    ("PATCH", "/v1/terms/{term}", {"json": {}, "headers": {"If-Match": "*"}}, 422),
    ("PATCH", "/v1/terms/{term}", {"json": {}, "headers": {"If-Match": b'"\xff"'}}, 422),
    ("POST", "/v1/scenarios", {"json": {"term": "{term}", "name": "\0", "changes": []}}, 422),
    ("POST", "/v1/scenarios", {"content": b"\xff\xfe{}"}, 400),
    ("POST", "/v1/scenarios", {"content": b"[" * 100_000}, 400),
    ("POST", "/v1/scenarios", {"content": b"{" + b'"a":{' * 50_000}, 400),
    ("POST", "/v1/scenarios", {"content": b"1" * 5_000}, 400),
    ("POST", "/v1/scenarios", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 422),
    ("POST", "/v1/scenarios", {"content": b"{}", "headers": {"Content-Type": b"\xe9/\xe9; charset"}}, 422),
    ("POST", "/v1/terms/{term}/solves", {"json": {"seed": HUGE}}, 422),
    ("POST", "/v1/terms/{term}/solves", {"json": {"megabytes": HUGE}}, 422),
    ("POST", "/v1/terms/{term}/solves", {"content": b'{"seconds": 1e400}'}, 422),
    ("POST", f"/v1/terms/{{term}}/solves?revision={HUGE}", {"json": {}}, 422),
    ("POST", "/v1/terms/{term}/solves", {"json": {}, "headers": {"Idempotency-Key": b"\xe9" * 100}}, 202),
    ("POST", "/v1/terms", {"content": b"\0", "headers": {"Content-Type": "application/json"}}, 422),
    ("POST", "/v1/terms", {"content": b"x", "headers": {"Content-Type": "application/zip"}}, 422),
    ("POST", "/v1/terms", {"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400),
    ("POST", "/v1/terms", {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}}, 400),
    ("POST", "/v1/terms", {"content": b"x", "headers": {"Content-Type": "image/png"}}, 415),
    ("POST", "/v1/terms", {"files": {"file": ("😀" * 200 + ".json", b"{}")}}, 422),
    ("POST", "/v1/terms", {"files": {"file": ("a\0/../b.json", b"{}")}}, 422),
    ("POST", "/v1/terms", {"files": {"file": ("..", b"{}")}}, 422),
    ("POST", "/v1/terms", {"files": {"file": ("a.json", NUL_NAME)}}, 422),
    ("POST", "/v1/terms", {"files": {"file": ("a.json", NUL_NAME.replace(b"\\u0000", b"\\ud800"))}}, 422),
    ("POST", "/v1/terms", {"data": {"file": "text"}, "files": {"other": b""}}, 400),
    ("POST", "/v1/people", {"json": {"email": "a\0@example.nl", "role": "admin", "of": []}}, 422),
    ("POST", "/v1/people", {"json": {"email": "a@example.nl", "role": "timetabler", "of": ["\0"]}}, 422),
    ("POST", "/v1/feeds", {"json": {"term": "\0", "school": "noord"}}, 422),
    ("GET", "/calendar/%00.ics", {}, 404),
    ("DELETE", "/v1/tokens/%00", {}, 404),
]
"""What somebody could send who means no good, and what they are answered."""


def test_strange_requests(any_house: House) -> None:
    """On SQLite and PostgreSQL alike they are refused, or mean what they say; none is a defect."""
    tenant = any_house.tenant()
    http = any_house.client(tenant, "admin").http
    wrong = []
    for method, path, how, status in STRANGE:
        answer = _ask(http, tenant, method, path, how)
        media = answer.headers["content-type"].split(";")[0]
        if answer.status_code != status or (status >= 400 and media != MEDIA):
            wrong.append((method, path, str(how)[:80], status, answer.status_code, answer.text[:300]))
    assert wrong == [], "\n".join(map(str, wrong))


def _ask(http: httpx.Client, tenant: Tenant, method: str, path: str, how: dict[str, Any]) -> httpx.Response:
    made = copy.deepcopy(how)
    if isinstance(made.get("json"), dict) and made["json"].get("term") == "{term}":
        made["json"]["term"] = tenant.term
    if "content" in made:
        made["headers"] = {"Content-Type": "application/json", **made.get("headers", {})}
    return http.request(method, path.replace("{term}", tenant.term), **made)
