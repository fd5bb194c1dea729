"""Requests that are sent again, an employer's release values, and regions where people have pseudonyms."""

from __future__ import annotations

import json

import pytest

from model.pseudonyms import Pseudonyms
from service.client import ProblemError
from service.store import documents
from service.store.columns import new_id, now
from service.store.documents import Kind
from service.store.tables import Job, Publication, Region
from tests.service.house import House, Tenant, small_region

TERM = small_region("derde").model_dump(mode="json", exclude_defaults=True)


def test_a_request_that_is_sent_again_makes_nothing_twice(any_house: House) -> None:
    """The answer is lost on the way; the same key gives it again, on both databases."""
    client = any_house.client(any_house.tenant(), "coordinator")
    before = len(list(client.pages("/v1/terms")))
    first = client.post("/v1/terms", TERM, **{"Idempotency-Key": "voorjaar-1"})
    assert client.post("/v1/terms", TERM, **{"Idempotency-Key": "voorjaar-1"}) == first
    assert len(list(client.pages("/v1/terms"))) == before + 1
    client.post("/v1/terms", TERM, **{"Idempotency-Key": "voorjaar-2"})
    assert len(list(client.pages("/v1/terms"))) == before + 2


def test_a_key_is_for_one_request_of_one_person(house: House, here: Tenant) -> None:
    """Another request under it is refused; somebody else's key of the same name is theirs."""
    client, other = house.client(here, "coordinator"), house.client(here, "admin")
    scenario = {"term": here.term, "name": "een", "changes": []}
    first = client.post("/v1/scenarios", scenario, **{"Idempotency-Key": "sleutel-1"})
    with pytest.raises(ProblemError) as refused:
        client.post("/v1/scenarios", {**scenario, "name": "twee"}, **{"Idempotency-Key": "sleutel-1"})
    assert refused.value.code == "key_reused"
    assert other.post("/v1/scenarios", scenario, **{"Idempotency-Key": "sleutel-1"})["id"] != first["id"]


def test_what_was_refused_may_be_sent_again_under_its_key(house: House, here: Tenant) -> None:
    """Nothing was made, so that nothing is kept."""
    client = house.client(here, "coordinator")
    with pytest.raises(ProblemError):
        client.post("/v1/terms", {**TERM, "start": "x"}, **{"Idempotency-Key": "sleutel-2"})
    assert client.post("/v1/terms", TERM, **{"Idempotency-Key": "sleutel-2"})["name"] == "Proefregio"


def test_an_employer_reads_what_it_could_release(house: House, here: Tenant) -> None:
    """What was found last, by who asked for it; another employer gets nothing."""
    visit = here.visits["employer"]
    with house.database.session() as session:
        made = documents.create(
            session, here.region, Kind.ANSWER, '{"found": "ja"}', parent=here.term, parent_revision=1
        )
        session.add(
            Job(
                id=new_id("job"),
                region=here.region,
                kind="release",
                term=here.term,
                term_revision=1,
                asked={"employer": "acme"},
                role="employer",
                of=["acme"],
                language="nl",
                state="done",
                answer=made.id,
                created_by=visit.account,
                ended_at=now(),
            )
        )
    assert house.client(here, "employer").get("/v1/employers/acme/release-values") == {"found": "ja"}
    for who, employer, code in (
        ("employer-beta", "acme", "forbidden"),
        ("employer-beta", "beta", "not_found"),
        ("timetabler", "acme", "forbidden"),
    ):
        with pytest.raises(ProblemError) as refused:
            house.client(here, who).get(f"/v1/employers/{employer}/release-values")
        assert refused.value.code == code


def test_people_have_pseudonyms_until_they_are_matched(house: House) -> None:
    """In terms, outcomes, weeks and explanations alike; what is asked under a pseudonym is found, and a match ends it."""
    tenant = house.tenant("Verborgen", small_region("derde"), pseudonyms=True)
    with house.database.reading() as session:
        pseudonyms = Pseudonyms(session.get_one(Region, tenant.region).key)
    client, hidden = house.client(tenant, "coordinator"), pseudonyms.id_of("anna")
    asked = {
        "term": f"/v1/terms/{tenant.term}",
        "outcome": f"/v1/outcomes/{tenant.outcome}",
        "weeks": f"/v1/outcomes/{tenant.outcome}/timetable?view=professional",
        "why not": f"/v1/outcomes/{tenant.outcome}/lessons/nn-do/why-not?professional={hidden}&seconds=0",
        "ledger": f"/v1/outcomes/{tenant.outcome}/ledger",
    }
    for what, path in asked.items():
        said = json.dumps(client.call("GET", path).json())
        assert "Anna Vries" not in said, what
        assert '"anna"' not in said, what
        assert hidden in said, what
    assert "Anna Vries" in json.dumps(house.client(tenant, "admin").get(asked["term"]))
    with house.database.session() as session:
        session.merge(Publication(term=tenant.term, outcome=tenant.outcome, region=tenant.region))
    assert "Anna Vries" in json.dumps(client.get(asked["term"]))
    assert "Cleo Dam" not in json.dumps(client.get(asked["term"]))
