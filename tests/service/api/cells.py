"""Every call of the API by everybody: what the authorisation matrix is made of.

python -m tests.service.api.cells      writes `matrix.csv` anew, to be read before it is kept
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx

from service.access.secret import digest, new_secret
from service.jobs.states import State
from service.store import documents
from service.store.columns import new_id
from service.store.database import Database
from service.store.documents import Kind
from service.store.tables import Account, Feed, Grant, Job, Publication, Webhook
from tests.service.house import OTHERS, WHO, House, Tenant, small_region

MATRIX = Path(__file__).parent / "matrix.csv"

ELSEWHERE = tuple(f"elsewhere:{who}" for who in WHO)
"""People of another region, who call with ids of this one."""

COLUMNS = (*WHO, *OTHERS, *ELSEWHERE, "stranger")

QUERIES: dict[str, dict[str, str]] = {
    "list_routes": {"professional": "anna", "course": "tn"},
    "why_not": {"professional": "anna", "seconds": "0"},
    "why_open": {"seconds": "0"},
    "repairs": {"seconds": "1"},
    "shortages": {"seconds": "1"},
    "add_holidays": {"region": "zuid"},
    "timetable": {"view": "professional"},
    "term_file": {"form": "json"},
    "outcome_file": {"form": "json"},
}
"""What an operation must be given besides what stands in its path."""

HOLIDAYS = {
    "content": [
        {
            "title": "x",
            "vacations": [
                {
                    "type": "Herfst",
                    "compulsorydates": "true",
                    "regions": [{"region": "zuid", "startdate": "2026-10-03", "enddate": "2026-10-11"}],
                }
            ],
        }
    ]
}

BODIES: dict[str, Any] = {
    "patch_term": {"name": "Anders"},
    "replace_part": {},
    "set_deadline": {"deadline": "2026-08-01T12:00:00+02:00"},
    "accept_part": {"outcome": "{outcome}"},
    "publish_outcome": {"outcome": "{outcome}"},
    "add_scenario": {"term": "{term}", "name": "s", "changes": []},
    "replace_scenario": {"name": "s", "changes": []},
    "ask_solve": {"seconds": 1},
    "ask_compare": {"documents": []},
    "ask_release": {"outcome": "{outcome}", "employer": "acme", "seconds": 1},
    "ask_prices": {"outcome": "{outcome}", "seconds": 1},
    "ask_curve": {"outcome": "{outcome}"},
    "ask_fragility": {"outcome": "{outcome}", "seconds": 1},
    "ask_recruit": {"outcome": "{outcome}", "seconds": 1},
    "ask_fair": {},
    "ask_worth": {"outcome": "{outcome}", "seconds": 1},
    "ask_why": {"outcome": "{outcome}", "lesson": "nn-do", "seconds": 1},
    "ask_why_not": {"outcome": "{outcome}", "lesson": "nn-do", "professional": "anna", "seconds": 1},
    "ask_repairs": {"outcome": "{outcome}", "lesson": "nn-do", "seconds": 1},
    "add_record": {"outcome": "{outcome}", "reason": "r"},
    "add_feed": {"term": "{term}", "professional": "anna"},
    "add_webhook": {"url": "https://93.184.216.34/hook", "events": ["job.done"]},
    "change_webhook": {"url": "https://93.184.216.34/hook", "events": ["job.done"]},
    "mail_link": {"email": "iemand@example.nl"},
    "use_link": {"token": "x" * 43},
    "switch_grant": {"grant": "{grant}"},
    "add_login": {"issuer": "geen"},
    "log_out": {},
    "change_region": {"name": "Hier", "settings": {}},
    "add_token": {"name": "t", "scopes": ["read"], "days": 1},
    "invite_person": {"email": "nieuw{n}@example.nl", "role": "coordinator", "of": []},
    "change_person": {"role": "coordinator", "of": []},
}
"""A body that is right, by operation; those that take a term or a timetable get one."""

TERMS = ("add_term", "replace_term")
TIMETABLES = ("check_timetable",)


@dataclass(frozen=True, slots=True)
class Operation:
    """A call that the API describes."""

    name: str
    method: str
    path: str
    query: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Whether it may change something, so that it gets things of its own."""
        return self.method != "GET"


def operations(house: House) -> list[Operation]:
    """Every operation, in the order of the document."""
    return [
        Operation(
            each["operationId"],
            method.upper(),
            path,
            tuple(one["name"] for one in each.get("parameters", ()) if one["in"] == "query" and one.get("required")),
        )
        for path, methods in house.openapi()["paths"].items()
        for method, each in methods.items()
    ]


class Things:
    """Ids of things in a region that a call can name: those there are, or new ones that may be changed."""

    def __init__(self, house: House, tenant: Tenant) -> None:
        self._house, self._tenant = house, tenant
        self._made = 0
        admin = house.client(tenant, "admin")
        self._scenario: str = admin.post("/v1/scenarios", {"term": tenant.term, "name": "s", "changes": []})["id"]
        self._record: str = admin.post("/v1/records", {"outcome": tenant.outcome})["id"]
        with house.database.session() as session:
            session.merge(Publication(term=tenant.term, outcome=tenant.outcome, region=tenant.region))
        self._kept = self.fresh()

    def of(self, operation: Operation) -> dict[str, str]:
        """For one call."""
        if operation.changes:
            return self.fresh()
        return {**self._kept, "term": self._tenant.term, "outcome": self._tenant.outcome}

    def fresh(self) -> dict[str, str]:
        """New ones, beside each other under a new term."""
        tenant, region = self._tenant, self._tenant.region
        self._made += 1
        with self._house.database.session() as session:

            def made(kind: Kind, like: str, parent: str | None = None) -> str:
                old = documents.read(session, region, like)
                new = documents.create(
                    session, region, kind, old.content, name="x", parent=parent, parent_revision=1, facts=old.facts,
                    by=tenant.visits["admin"].account,
                )  # fmt: skip
                return new.id

            term = made(Kind.TERM, tenant.term)
            outcome = made(Kind.OUTCOME, tenant.outcome, parent=term)
            job = Job(
                id=new_id("job"), region=region, kind="solve", term=term, term_revision=1, asked={"seconds": 1.0},
                role="coordinator", of=[], language="en", state=State.QUEUED, created_by=tenant.visits["coordinator"].account,
            )  # fmt: skip
            feed = Feed(
                id=new_id("feed"), digest=digest(new_secret()), region=region, term=term, role="professional", of="anna",
                created_by=tenant.visits["professional"].account,
            )  # fmt: skip
            hook = Webhook(id=new_id("webhook"), region=region, url="https://example.org/", secret=b"x" * 32, events=[])
            account = Account(id=new_id("account"), email=f"{new_id('mail')}@example.nl", name="Iemand")
            session.add_all((job, feed, hook, account))
            session.flush()
            grant = Grant(id=new_id("grant"), account=account.id, region=region, role="coordinator", of=[])
            session.add(grant)
            return {
                "term": term,
                "outcome": outcome,
                "scenario": made(Kind.SCENARIO, self._scenario, parent=term),
                "record": made(Kind.RECORD, self._record, parent=term),
                "job": job.id,
                "feed": feed.id,
                "webhook": hook.id,
                "grant": grant.id,
                "token": "token-2222222222222222",
                "lesson": "nn-do",
                "professional": "anna",
                "employer": "acme",
                "person": "cleo",
                "kind": "school",
                "owner": "noord",
                "issuer": "geen",
                "n": str(self._made),
            }


def call(http: httpx.Client, operation: Operation, things: dict[str, str], term: dict[str, Any]) -> httpx.Response:
    """Call an operation with everything it needs."""

    def put_in(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda found: things[found[1]], value)
        if isinstance(value, dict):
            return {name: put_in(each) for name, each in value.items()}
        return value

    query = {**QUERIES.get(operation.name, {}), **({"term": things["term"]} if "term" in operation.query else {})}
    body, headers = BODIES.get(operation.name), {"If-Match": '"1"'}
    if operation.name == "replace_part":
        headers = {"If-Match": f'"{"0" * 32}"'}
    if operation.name in TERMS:
        body = term
    if operation.name in TIMETABLES:
        body = {"assignments": []}
    if operation.name == "add_holidays":
        body = HOLIDAYS
    path = put_in(operation.path)
    with http.stream(
        operation.method, path, params=query, json=put_in(body), headers=headers, follow_redirects=False
    ) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer  # it would go on
        answer.read()
    return answer


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody was answered: the status, and everything that they could read."""

    status: int
    text: str


def cells(house: House, here: Tenant, elsewhere: Tenant) -> Iterator[tuple[Operation, list[Said]]]:
    """What every operation answers to everybody, in the order of COLUMNS."""
    things = Things(house, here)
    term = small_region("derde").model_dump(mode="json", exclude_defaults=True)
    clients = {who: house.client(here, who).http for who in (*WHO, *OTHERS)}
    clients |= {f"elsewhere:{who}": house.client(elsewhere, who).http for who in WHO}
    clients["stranger"] = house.stranger().http
    # Taking a person out changes the term that the others are asked about.
    for operation in sorted(operations(house), key=lambda each: each.name == "erase_person"):
        if operation.path.startswith("/login"):
            continue  # pages, which have tests of their own
        yield operation, [_said(call(clients[who], operation, things.of(operation), term)) for who in COLUMNS]


def _said(answer: httpx.Response) -> Said:
    read = answer.is_stream_consumed
    return Said(answer.status_code, f"{dict(answer.headers)} {unpacked(answer.content) if read else ''}")


def unpacked(content: bytes) -> str:
    """An answer as text, what is packed in it included."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with ZipFile(BytesIO(content)) as archive:
        return " ".join(unpacked(archive.read(each)) for each in archive.namelist())


def written(rows: list[tuple[Operation, list[Said]]]) -> list[list[str]]:
    """The matrix as it stands in the file."""
    head = ["method", "path", *COLUMNS]
    return [head, *([each.method, each.path, *(str(one.status) for one in found)] for each, found in rows)]


def kept() -> list[list[str]]:
    """The matrix that is kept."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def main() -> None:
    """Write the matrix anew."""
    with tempfile.TemporaryDirectory() as folder, Database(f"sqlite:///{folder}/h.sqlite") as database:
        database.migrate()
        house = House(database, Path(folder))
        rows = written(list(cells(house, house.tenant("Hier"), house.tenant("Elders", small_region("elders")))))
        house.close()
    with MATRIX.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    sys.stdout.write(f"{len(rows) - 1} operations\n")


if __name__ == "__main__":
    main()
