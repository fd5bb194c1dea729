"""The whole API under generated requests, right and wrong ones, of everybody: no answer is a defect or goes undescribed."""

from __future__ import annotations

import copy
import json
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from threading import Timer
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service import openapi
from service.api.described import operations
from service.api.examples import EXAMPLES, NAMES
from service.problems import Problem
from service.store.tables import Job
from tests.service.api.cells import QUERIES, Operation, Things
from tests.service.house import WHO, House, Tenant

TRIES = int(os.environ.get("TRIES", "5"))
"""Generated requests of an operation, besides its examples; always the same ones."""

SECONDS = 60
"""Most that any answer takes."""

DOCUMENT = json.loads(openapi.PATH.read_text("utf-8"))
OPERATIONS = {
    each["operationId"]: Operation(each["operationId"], method, path, ()) for method, path, each in operations(DOCUMENT)
}

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
]
EVERYBODY = (*WHO, "browser", "stranger")

NEVER_WELL = {
    "release_values": "nobody asked for them",
    "mail_link": "no mail is set up here",
    "add_login": "there is no issuer here",
}
"""Operations that nobody can make succeed here; tested in `tests/service/access`."""

NEVER_ILL = {"health", "ready", "metrics", "login_ways"}
"""Operations that ask nothing and refuse nobody."""

OF_THE_REGION = {"change_region", "erase_person"}
"""Operations that change what all others are about: they get a region of their own."""

ROLES = {"add_feed": "professional", "read_calendar": "stranger", "use_link": "stranger", "revoke_token": "browser"}
"""Who can do what an admin cannot, where no example says it."""


@pytest.fixture(scope="module")
def place(house: House, here: Tenant) -> Iterator[Place]:
    """One for all operations: whoever changes something gets things of their own."""
    schema = schemathesis.openapi.from_dict(copy.deepcopy(DOCUMENT))
    schema.config.generation.update(with_security_parameters=False)
    with requests.Session() as session, pytest.MonkeyPatch.context() as patch:
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))  # whoever asks says it with each request
        patch.setattr(socket, "getaddrinfo", with_example_org(socket.getaddrinfo))
        yield Place(house, here, schema, session, Things(house, here))


def with_example_org(real: Any) -> Any:
    """Looks up names, and an address for example.org wherever this runs."""

    def found(host: Any, port: Any, *more: Any, **how: Any) -> Any:
        return real("93.184.216.34" if host == "example.org" else host, port, *more, **how)

    return found


@dataclass
class Place:
    """The API as everybody, with things in it that can be named."""

    house: House
    tenant: Tenant
    schema: Any
    session: requests.Session
    things: Things
    invited: Iterator[int] = field(default_factory=count)

    def headers(self, who: str) -> dict[str, str]:
        """What somebody sends along; a browser that is logged in just now."""
        if who == "stranger":
            return {}
        if who != "browser":
            return {"Authorization": f"Bearer {self.tenant.tokens[who]}"}
        answer = self.house.stranger().call("POST", "/v1/login/links/use", json={"token": self.link()})
        cookie = answer.headers["set-cookie"].split(";")[0]
        return {"Cookie": cookie, "X-CSRF-Token": answer.json()["csrf"]}

    def link(self) -> str:
        """A link to log in by, of a new admin."""
        asked = {"email": f"browser{next(self.invited)}@example.nl", "role": "admin", "of": []}
        link: str = self.house.client(self.tenant, "admin").post("/v1/people", asked)["link"]
        return link.rsplit("=", 1)[-1]


@dataclass
class Run:
    """The calls of one operation, and what was answered."""

    place: Place
    operation: Operation
    statuses: set[int] = field(default_factory=set)
    things: dict[str, str] | None = None

    def send(self, case: Any, who: str, *, real: bool) -> int:
        """Send a request as somebody, and check the answer; its status."""
        headers = self.place.headers(who)
        things = self.things = self.things or self.place.things.of(self.operation)
        if real:
            prepare(self.place, self.operation.name, things, headers)
            put_in(case, things)
        if isinstance(case.query, dict) and "seconds" in case.query:
            case.query["seconds"] = shorter(case.query["seconds"])
        if isinstance(case.query, dict) and case.query.get("professionals") in range(1, 1001):
            case.query["professionals"] %= 50  # a large region takes a second to make up
        if self.operation.name == "job_events":  # else it would go on for ever
            Timer(0.2, self.end, [things["job"]]).start()
        address = self.place.house.settings.address
        response = case.call(base_url=address, session=self.place.session, headers=headers, timeout=SECONDS)
        first = response.status_code < 300 and response.status_code not in self.statuses and who != "browser"
        self.statuses.add(response.status_code)
        if response.status_code < 300:
            self.things = None
        checks = [*CHECKS, *([ignored_auth] if first else [])]
        if self.operation.name == "job_events":  # a browser sends an empty `Last-Event-ID` when it saw none
            checks.remove(negative_data_rejection)
        case.validate_response(response, checks=checks, headers=headers, transport_kwargs={"timeout": SECONDS})
        return int(response.status_code)

    def end(self, job: str) -> None:
        """End a job that is followed."""
        with suppress(Problem):  # it is at its end
            self.place.house.jobs.cancel(job)


def prepare(place: Place, name: str, things: dict[str, str], headers: dict[str, str]) -> None:
    """What must have happened before an operation can do something."""
    house, admin = place.house, place.house.client(place.tenant, "admin")
    term, part = things["term"], f"/v1/terms/{things['term']}/parts/school/noord"
    things["seen"] = admin.call("GET", part).headers["ETag"] if name == "replace_part" else '"1"'
    if name == "use_link":
        things["token"] = place.link()
    elif name == "read_calendar":
        things["token"] = admin.post("/v1/feeds", {"term": term, "school": "noord"})["url"].rsplit("/", 1)[1][:-4]
    elif name == "switch_grant" and "Cookie" in headers:
        things["grant"] = house.stranger().call("GET", "/v1/me", headers=headers).json()["grant"]
    elif name == "revoke_token" and "Cookie" in headers:
        asked = {"name": "t", "scopes": ["read"]}
        things["token"] = house.stranger().call("POST", "/v1/tokens", json=asked, headers=headers).json()["id"]
    elif name == "job_answer":
        with house.database.session() as session:
            session.get_one(Job, things["job"]).answer = things["outcome"]
    elif name == "withdraw_acceptance":
        admin.call("PUT", f"{part}/acceptance", json={"outcome": things["outcome"]})
    elif name == "withdraw_publication":
        admin.call("PUT", f"/v1/terms/{term}/publication", json={"outcome": things["outcome"]})


def put_in(case: Any, things: dict[str, str]) -> None:
    """Let a request name what there is: in its path, its query, its body, and the revision it has seen."""
    case.path_parameters = {name: things.get(name, value) for name, value in case.path_parameters.items()}
    if isinstance(case.query, dict):
        known = {**things, **QUERIES.get(case.operation.definition.raw["operationId"], {})}
        case.query = {name: known.get(name, value) for name, value in case.query.items()}
    if isinstance(case.body, dict):
        named = {each: things[kind] for kind, each in NAMES.items()}
        case.body = {
            name: things[name] if name in things and isinstance(value, str) else named_in(value, named)
            for name, value in case.body.items()
        }
    if "If-Match" in case.headers:
        case.headers["If-Match"] = things["seen"]


def named_in(value: Any, named: dict[str, str]) -> Any:
    """A value with ids of examples replaced by those of what there is."""
    if isinstance(value, dict):
        return {name: named_in(each, named) for name, each in value.items()}
    if isinstance(value, list):
        return [named_in(each, named) for each in value]
    return named.get(value, value) if isinstance(value, str) else value


def shorter(seconds: Any) -> Any:
    """So many seconds, but no longer than a test should take."""
    return min(seconds, 0.05) if isinstance(seconds, int | float) and seconds > 0 else seconds


def examples(operation: Any, name: str) -> Iterator[tuple[Any, str]]:
    """The examples of an operation as requests, or the one that needs no body; and who sends it."""
    raw = operation.definition.raw
    asked = {each["name"]: "" for each in raw.get("parameters", ()) if each["in"] == "query" and each.get("required")}
    more: dict[str, Any] = {
        "path_parameters": {each.name: "" for each in operation.path_parameters},
        "query": asked | QUERIES.get(name, {}),
        "headers": {"If-Match": ""} if "412" in raw["responses"] else {},
    }
    for example in EXAMPLES.get(name, ()):
        media = next(iter(raw["requestBody"]["content"]))
        yield operation.Case(**more, body=copy.deepcopy(example.value), media_type=media), example.who
    if "requestBody" not in raw:
        yield operation.Case(**more), ROLES.get(name, "admin")


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_described(place: Place, name: str) -> None:
    """Whatever is sent by whomever: an answer of the document, never a defect; and both success and refusal occur."""
    if name in OF_THE_REGION:
        apart = place.house.tenant(name)
        place = replace(place, tenant=apart, things=Things(place.house, apart))
    run, operation = Run(place, OPERATIONS[name]), place.schema.find_operation_by_id(name)
    for case, who in () if name in NEVER_WELL else examples(operation, name):
        assert run.send(case, who, real=True) < 300
    modes = [operation.as_strategy(generation_mode=each) for each in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)]

    @settings(
        max_examples=TRIES, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=st.one_of(*modes), who=st.sampled_from(EVERYBODY), real=st.booleans())
    def attempt(case: Any, who: str, real: bool) -> None:  # noqa: FBT001
        run.send(case, who, real=real)

    attempt()
    assert (min(run.statuses) < 300) is (name not in NEVER_WELL)
    assert (max(run.statuses) >= 400) is (name not in NEVER_ILL)
