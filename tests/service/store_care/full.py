"""A database in which every table has rows, and somebody who is meant in every place where somebody can be."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from model.decision import decision
from model.judge import judge
from model.pseudonyms import Pseudonyms
from model.scenarios.scenario import Scenario, apply
from model.term import Term, tables
from model.timetable import Assignment, GivenLesson, LessonCount, Outcome, Status, Timetable
from service.store import documents
from service.store.columns import Json
from service.store.database import Database
from service.store.documents import Kind
from service.store.regions import found_region
from service.store.tables import (
    Account,
    Answered,
    ApiToken,
    Audit,
    Delivery,
    Executor,
    Feed,
    Grant,
    Identity,
    Incumbent,
    Job,
    JobEvent,
    LoginLink,
    LoginSession,
    Part,
    Publication,
    Region,
    Webhook,
)
from solver.memory import Memory

PERSON, NAME, MAIL, POSTCODE = "qzwaan", "Zwaantje Uniekema", "zwaantje@uniekema.example", "9753QZ"
OTHER_NAME = "Zwaantje Uniekema-Bos"
REASON, WISH, STREET_TOWN = "rugklachtenreden", "wenswaaromreden", "Verweggistan"

TRACES = (PERSON, NAME, MAIL, POSTCODE, REASON, WISH, STREET_TOWN, "53.2194")
"""What nothing is left of."""

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


def term_of(**changes: Any) -> Term:
    """One school, one employer and three people, of whom ids are parts of each other's; somebody is in every table."""
    grid = [{"school": "noord", "period": str(n), "start": f"{8 + n}:00", "end": f"{8 + n}:50"} for n in (1, 2, 3, 4)]
    ours = {"professional": PERSON}
    values: Json = {
        "id": "proef",
        "name": "Proefregio",
        "start": "2026-08-31",
        "end": "2026-10-11",
        "boards": [{"id": "bestuur", "name": "Bestuur"}],
        "schools": [
            {"id": "noord", "name": "Noord", "sector": "vo", "board": "bestuur", "latitude": 53.1, "longitude": 6.5},
        ],
        "time_grids": grid,
        "class_groups": [{"id": "n3", "school": "noord", "name": "n3", "pupils": 28}],
        "staff": [{"id": "docent", "school": "noord", "name": "Docent Noord"}],
        "employers": [{"id": "acme", "name": "Acme BV"}],
        "teams": [{"id": "team", "employer": "acme", "name": "Team"}],
        "employer_sites": [{"id": "werf", "employer": "acme", "name": "Werf", "latitude": 53.0, "longitude": 6.4}],
        "presence": [{"employer": "acme", "people": [PERSON, "qzwaan2"], "minimum": 0}],
        "release_choices": [{"employer": "acme", "people": [PERSON], "at_most": 4}],
        "professionals": [
            {
                "id": PERSON,
                "name": NAME,
                "employer": "acme",
                "site": "werf",
                "home_town": STREET_TOWN,
                "home_postcode": POSTCODE,
                "home_latitude": 53.2194,
                "home_longitude": 6.5665,
                "open_for_matching": True,
            },
            {"id": "qzwaan2", "name": OTHER_NAME, "employer": "acme", "site": "werf", "open_for_matching": True},
            {"id": "qz", "name": "Bram Bos", "employer": "acme", "site": "werf", "open_for_matching": True},
        ],
        "work": [{**ours, "weekday": "wed", "start": "09:00", "end": "17:00"}],
        "releases": [{**ours, "weekday": "mon"}, {"professional": "qzwaan2", "weekday": "mon"}],
        "unavailability": [{**ours, "weekday": "fri", "reason": REASON}],
        "wishes": [{**ours, "weekday": "mon", "value": 2, "reason": WISH}],
        "licences": [
            {"professional": each, "subject": "wiskunde", "sector": "vo", "level": "1e"}
            for each in (PERSON, "qzwaan2", "qz")
        ],
        "stages": [{**ours, "stage": "bevoegd"}],
        "engagements": [{**ours, "board": "bestuur", "form": "detachering"}],
        "carpools": [{"people": [PERSON, "qzwaan2"]}],
        "courses": [
            {"id": "wis", "school": "noord", "subject": "wiskunde", "classes": ["n3"]},
            {"id": "wis2", "school": "noord", "subject": "wiskunde", "classes": ["n3"], "continuity": "free"},
        ],
        "lessons": [
            {"id": "l1", "course": "wis", "weekday": "mon", "first_period": "1", "pinned": [PERSON]},
            {"id": "l2", "course": "wis2", "weekday": "mon", "first_period": "2", "blocked": [PERSON]},
            {"id": PERSON[:2] + "-les", "course": "wis2", "weekday": "mon", "first_period": "3"},
        ],
        "busy": [{**ours, "weekday": "thu", "start": "09:00", "end": "10:00", "subject": f"tandarts {NAME}"}],
        "activities": [
            {"id": "overleg", "school": "noord", "required": [PERSON], "weekday": "mon", "start": "13:00"},
        ],
        "published": [{**ours, "lesson": "l1"}],
        "rules": [{"rule": "travel", **ours, "enabled": True}],
        "waivers": [
            {"rule": "breaks", **ours, "by": "teamleider", "reason": "op eigen verzoek", "decided": "2026-06-01"},
            {
                "rule": "breaks",
                "professional": "qz",
                "by": "teamleider",
                "reason": f"in overleg met {NAME}",
                "decided": "2026-06-01",
            },
        ],
        "travel_times": [{"origin": f"home:{PERSON}", "destination": "werf", "minutes": 17}],
    }
    return Term.model_validate({**values, **changes})


def outcome_of(term: Term) -> Outcome:
    """A judged timetable in which they give a lesson, with every sentence that an outcome can have."""
    rows = (Assignment(lesson="l1", professional=PERSON), Assignment(lesson="l2", professional="qzwaan2"))
    verdict = judge(term, Timetable(assignments=rows))
    assert verdict.breaches == ()
    return Outcome.model_validate(
        {
            "status": Status.FOUND,
            "value": verdict.value,
            "bound": verdict.value,
            "input_hash": term.input_hash,
            "lessons": LessonCount(total=3, filled=2, open=1),
            "tiers": verdict.tiers,
            "rules": verdict.rules,
            "assignments": [
                GivenLesson(**row.model_dump(), weekday="mon", start="09:00", end="09:50").model_dump() for row in rows
            ],
            "open": [
                {
                    "lesson": "qz-les",
                    "missing": 1,
                    "reasons": [{"rule": "release", "people": 1, "sentence": f"{NAME} is dan aan het werk"}],
                }
            ],
            "waived": [
                {
                    "rule": "breaks",
                    "sentence": f"{NAME} heeft geen pauze",
                    "size": 1,
                    "unit": "minutes",
                    "professional": PERSON,
                    "by": "teamleider",
                    "reason": "op eigen verzoek",
                    "decided": "2026-06-01",
                }
            ],
            "idle_waivers": [row.id for row in term.waivers],
            "rules_off": [{"rule": "travel", "professional": PERSON, "subjects": 1}],
        }
    )


SCENARIO: Json = {
    "id": "wat-als",
    "name": f"Wat als {NAME} weg is",
    "changes": [
        {"kind": "absence", "professional": PERSON, "first_date": "2026-10-09"},
        {"kind": "load", "professional": "qzwaan2", "limit": "max_lessons_per_week", "value": 9},
        {"kind": "patch", "patch": {"releases": {f"{PERSON}:mon": {"status": "fixed"}}}},
    ],
}


@dataclass
class Full:
    """Ids of what is in it."""

    region: str
    other: str
    term: str
    outcome: str
    outcome_of_scenario: str
    scenario: str
    record: str
    account: str


def fill(database: Database) -> Full:
    """Put something in every table."""
    with database.session() as session:
        return _fill(session)


def _fill(session: Session) -> Full:
    region, other = found_region(session, "Midden"), found_region(session, "Elders")
    accounts = [
        Account(id="account-1", email=MAIL, name=NAME, created_at=NOW),
        Account(id="account-2", email="coordinator@midden.example", name="Coördinator", created_at=NOW),
    ]
    session.add_all(accounts)
    session.flush()
    session.add(Grant(id="grant-1", account="account-1", region=region.id, role="professional", of=[PERSON]))
    session.add(Grant(id="grant-2", account="account-2", region=region.id, role="coordinator", of=[]))
    session.add(Identity(issuer="https://issuer.example", subject="s1", account="account-1"))
    session.flush()
    until = NOW + timedelta(days=1)
    session.add(LoginSession(digest="d1", account="account-1", grant="grant-1", csrf="c", expires_at=until))
    session.add(LoginLink(digest="d2", account="account-1", purpose="login", expires_at=until))
    session.add(
        ApiToken(
            id="token-1", digest="d3", account="account-1", grant="grant-1", name="t", scopes=["r"], expires_at=until
        )
    )
    made = _documents(session, region, other)
    _jobs(session, region, made)
    _messages(session, region, made)
    return made


def _documents(session: Session, region: Region, other: Region) -> Full:
    first, last = term_of(name="Eerste opzet"), term_of()
    document = _keep_term(session, region.id, first, note=f"{NAME}.xlsx")
    documents.save(session, region.id, document, _content(last), seen=1, by="account-2", facts=_facts(last))
    _keep_term(session, other.id, last, note="")
    of = {"parent": document, "parent_revision": 2, "by": "account-2"}
    base = {**SCENARIO, "base": last.input_hash}
    scenario = documents.create(session, region.id, Kind.SCENARIO, json.dumps(base), name=SCENARIO["name"], **of)
    outcome = outcome_of(last)
    memory = Memory(blocks=("l1||",), plans={PERSON: ((0,),), "qzwaan2": ((0,),)}, prices={f"teaches {PERSON} l1": 3})
    packed = gzip.compress(memory.model_dump_json().encode())
    kept = documents.create(
        session, region.id, Kind.OUTCOME, outcome.model_dump_json(), facts={"job": "job-1"}, beside=packed, **of
    )
    applied = apply(Scenario.model_validate(base), last)
    assert applied.term is not None, applied.issues
    with_it = outcome_of(applied.term)
    facts = {"job": "job-1", "scenario": applied.scenario.model_dump(mode="json")}
    kept_with = documents.create(session, region.id, Kind.OUTCOME, with_it.model_dump_json(), facts=facts, **of)
    decided = decision(
        applied.term, with_it, by="Coördinator", at=NOW, reason=f"{NAME} wil dit", applied=applied, lang="nl"
    )
    record = documents.create(
        session, region.id, Kind.RECORD, decided.model_dump_json(), facts={"outcome": kept_with.id}, **of
    )
    who = Pseudonyms(region.key)
    for said in ({"why": f"{NAME} kan niet"}, {"people": [{"id": PERSON}]}, {"person": who.id_of(PERSON)}):
        documents.create(session, region.id, Kind.ANSWER, json.dumps(said), facts={"role": "coordinator"}, **of)
    documents.create(session, region.id, Kind.ANSWER, json.dumps({"why": f"{OTHER_NAME} kan niet"}), **of)
    row = Part(term=document, owner_kind="school", owner="noord", region=region.id, delivered_at=NOW)
    row.delivered_by, row.accepted_outcome = "account-1", kept.id
    session.add(row)
    session.add(Publication(term=document, outcome=kept.id, region=region.id, by="account-2", at=NOW))
    session.flush()
    return Full(region.id, other.id, document, kept.id, kept_with.id, scenario.id, record.id, "account-1")


def _keep_term(session: Session, region: str, term: Term, note: str) -> str:
    made = documents.create(
        session, region, Kind.TERM, _content(term), name=term.name, by="account-2", facts=_facts(term), note=note
    )
    return made.id


def _content(term: Term) -> str:
    return term.model_dump_json(exclude_defaults=True)


def _facts(term: Term) -> Json:
    rows = {name: len(term.rows(name)) for name, _ in tables() if term.rows(name)}
    return {"term": term.id, "end": term.end.isoformat(), "input_hash": term.input_hash, "rows": rows}


def _jobs(session: Session, region: Region, made: Full) -> None:
    of = {"region": region.id, "term": made.term, "term_revision": 2, "language": "nl", "created_at": NOW}
    about: Json = {"outcome": made.outcome, "seconds": 60}
    session.add_all(
        [
            Job(id="job-1", kind="solve", asked={"seconds": 60}, role="coordinator", of=[], state="done", **of),
            Job(
                id="job-2",
                kind="why_not",
                asked={**about, "lesson": "l2", "professional": PERSON},
                role="professional",
                of=[PERSON],
                state="queued",
                phase="behind",
                **of,
            ),
            Job(
                id="job-3", kind="worth", asked={**about, "people": [PERSON]}, role="admin", of=[], state="failed", **of
            ),
            Job(id="job-4", kind="compare", asked={"scenarios": [SCENARIO]}, role="admin", of=[], state="failed", **of),
        ]
    )
    session.flush()
    session.add(JobEvent(job="job-2", number=1, state="queued", phase=f"looking {PERSON}", value=5, at=NOW))
    timetable = {"assignments": [{"lesson": "l1", "professional": PERSON, "role": "teacher"}]}
    memory = gzip.compress(Memory(plans={PERSON: ()}).model_dump_json().encode())
    packed = gzip.compress(json.dumps(timetable).encode())
    session.add(Incumbent(job="job-2", value=5, timetable=packed, memory=memory, at=NOW))
    session.add(Executor(id="worker-1", host="hier", seen_at=NOW))


def _messages(session: Session, region: Region, made: Full) -> None:
    said: Json = {"region": region.id, "account": "account-2", "role": "coordinator", "request": "r", "at": NOW}
    session.add_all(
        [
            Audit(**said, action="term_read", subject=made.term, details={"revision": 1}),
            Audit(**said, action="person_read", person=PERSON),
            Audit(**said, action="people_read", details={"people": 2, "of": [f"={PERSON}", "=qzwaan2"]}),
            Audit(**{**said, "account": "account-1"}, action="term_read", subject=PERSON),
            Audit(region=None, account=None, role="service", request="r", action="started", at=NOW),
        ]
    )
    session.add(Feed(id="feed-1", digest="d5", region=region.id, term=made.term, role="professional", of=PERSON))
    session.add(Feed(id="feed-2", digest="d6", region=region.id, term=made.term, role="school", of="noord"))
    session.add(
        Webhook(id="webhook-1", region=region.id, url="https://hook.example", secret=b"\x00s\xff", events=["x"])
    )
    session.flush()
    for number, body in enumerate(({"data": {"term": made.term}}, {"data": {"person": PERSON}})):
        session.add(Delivery(id=f"delivery-{number}", webhook="webhook-1", event="x", body=json.dumps(body)))
    more: Json = {"region": region.id, "account": "account-2", "digest": "d", "status": 201, "at": NOW}
    session.add(Answered(**more, key="k1", body=json.dumps({"name": NAME})))
    session.add(Answered(**more, key="k2", body="{}", location=f"/v1/people/{PERSON}"))
