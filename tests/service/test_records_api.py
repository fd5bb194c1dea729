"""Decisions on record, judged again; and publication, after which the term itself says what people were promised."""

from __future__ import annotations

from typing import Any

import pytest

from model.decision import Decision
from model.judge import judge
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import Outcome, Status
from service.api import publishing as publishing_api
from service.api import records as api
from service.desk import publishing, records, scenarios
from service.problems import Code, Problem
from service.store import documents
from service.store.database import Database
from service.store.documents import MissingError
from service.store.events import Event
from service.store.publications import is_published
from service.store.tables import Delivery, Webhook
from tests.regions import table
from tests.service.test_scenarios_api import MORE, ONE_SQLITE, PIN, Region, draft, outcome_of, small

WHAT_IF = Scenario.model_validate({"id": "middag", "name": "Middag", "changes": [{**MORE, "weeks": "37,38"}]})
GIVEN = table("l1", ("l2", "ben"))


def with_middag() -> Term:
    """The term with Anna released in the afternoon too."""
    found = apply(WHAT_IF, small()).term
    assert found is not None
    return found


def solved(region: Region, timetable: Any = GIVEN) -> tuple[str, str]:
    """A term and an outcome of it."""
    term = region.keep(small())
    return term, region.solved(term, outcome_of(small(), timetable))


# Records


def test_a_decision_by_name_about_a_scenario(database: Database) -> None:
    """What was chosen and what was looked at beside it, in the language of who decides."""
    region = Region.of(database)
    term, visit = region.keep(small()), region.visit(lang="en")
    outcome = region.solved(term, outcome_of(with_middag(), GIVEN), WHAT_IF)
    other, _ = scenarios.add(region.service, visit, term, draft(PIN, name="Vast"))
    same, _ = scenarios.add(region.service, visit, term, draft(MORE, own_id="middag"))
    kept, made = records.add(region.service, visit, outcome, "gesprek", [other.id, same.id, other.id])
    assert (kept.parent, kept.facts["outcome"], made.decided_by, made.reason) == (
        term,
        outcome,
        "coordinator",
        "gesprek",
    )
    assert [(each.name, each.chosen) for each in made.looked_at] == [("Middag", True), ("Vast", False)]
    assert made.looked_at[0].changes == ("Anna is released: Mon afternoon (37-38).",)
    assert (made.base_hash, made.input_hash) == (small().input_hash, with_middag().input_hash)
    assert records.shown(region.service, visit, kept.id) == made


@ONE_SQLITE
def test_a_record_names_nobody_who_is_not_matched(database: Database) -> None:
    """In a region with pseudonyms, also where an administrator decides who knows them all: others read it too."""
    region = Region.of(database, pseudonyms=True)
    term, visit = region.keep(small()), region.visit("admin")
    outcome = region.solved(term, outcome_of(with_middag(), GIVEN), WHAT_IF)
    other, _ = scenarios.add(region.service, visit, term, draft(PIN, name="Vast"))
    kept, made = records.add(region.service, visit, outcome, "", [other.id])
    assert made.looked_at[0].changes[0].startswith("Professional ")
    assert "anna" not in made.model_dump_json().lower()
    assert made.input_hash == with_middag().input_hash
    assert records.recheck(region.service, visit, kept.id).right


@ONE_SQLITE
def test_a_record_stays_as_it_was(database: Database) -> None:
    """No address changes or deletes one; the page has what people wrote, made harmless."""
    region = Region.of(database)
    _, outcome = solved(region)
    http = region.client(region.visit(), api.router)
    made = http.post("/v1/records", json={"outcome": outcome, "reason": "<b>akkoord</b>"})
    assert made.status_code == 201, made.text
    at = made.headers["location"]
    for method in ("PUT", "PATCH", "DELETE"):
        assert http(method, at, json={}).status_code == 405
    assert Decision.model_validate(http.get(at).json()).reason == "<b>akkoord</b>"
    page = http.get(f"{at}/page")
    assert page.headers["content-disposition"].startswith("attachment")
    assert "&lt;b&gt;akkoord" in page.text
    listed = http.get("/v1/records").json()["items"]
    assert [(each["id"], each["filled"]) for each in listed] == [(made.json()["id"], 2)]


def test_it_still_holds(database: Database) -> None:
    """Whatever the term became since: it is judged by the term it was decided for. Solving anew is not done here."""
    region = Region.of(database)
    term, outcome = solved(region)
    visit = region.visit()
    kept, made = records.add(region.service, visit, outcome, "", [])
    region.save(term, with_middag())
    found = records.recheck(region.service, visit, kept.id)
    assert found.right
    assert f"{made.value:,}".replace(",", ".") in found.said[0]
    assert found.said[1] == "Het besluit is niet met --deterministic gemaakt; er is alleen opnieuw beoordeeld."


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        (table("l1"), "Dit rooster is niet het rooster van het besluit."),
        (table("l1", ("l2", "anna")), "Dit rooster is niet het rooster van het besluit."),
        (None, "intussen verwijderd"),
    ],
)
@ONE_SQLITE
def test_what_no_longer_holds(database: Database, instead: Any, says: str) -> None:
    """Another timetable in its place, or none."""
    region = Region.of(database)
    _, outcome = solved(region)
    visit = region.visit()
    kept, _ = records.add(region.service, visit, outcome, "", [])
    with database.session() as session:
        if instead is None:
            documents.erase(session, region.id, outcome)
        else:
            documents.save(session, region.id, outcome, outcome_of(small(), instead).model_dump_json(), seen=None)
    if instead is None:
        with pytest.raises(Problem) as refused:
            records.recheck(region.service, visit, kept.id)
        assert says in refused.value.facts["why"]
    else:
        found = records.recheck(region.service, visit, kept.id)
        assert (found.right, found.said) == (False, (says,))


@ONE_SQLITE
def test_a_value_that_was_wrong_is_found_out(database: Database) -> None:
    """A record of one point more than the judge finds does not hold."""
    region = Region.of(database)
    _, outcome = solved(region)
    visit = region.visit()
    kept, made = records.add(region.service, visit, outcome, "", [])
    wrong = made.model_copy(update={"value": made.value + 1})
    with database.session() as session:
        documents.save(session, region.id, kept.id, wrong.model_dump_json(), seen=None)
    assert not records.recheck(region.service, visit, kept.id).right


@ONE_SQLITE
def test_nothing_to_decide_about(database: Database) -> None:
    """No timetable; a scenario of another term; somebody who may not."""
    region = Region.of(database)
    term, outcome = solved(region)
    visit = region.visit()
    nothing = outcome_of(small(), table()).model_copy(update={"status": Status.GAVE_UP, "value": None})
    with pytest.raises(Problem) as refused:
        records.add(region.service, visit, region.solved(term, nothing), "", [])
    assert refused.value.code is Code.CONFLICT
    foreign, _ = scenarios.add(region.service, visit, region.keep(small()), draft(MORE))
    with pytest.raises(MissingError):
        records.add(region.service, visit, outcome, "", [foreign.id])
    for role in ("timetabler", "employer", "professional"):
        with pytest.raises(Problem) as refused:
            records.add(region.service, region.visit(role, "works"), outcome, "", [])
        assert refused.value.code is Code.FORBIDDEN


# Publication


def stability(term: Term, outcome: Outcome) -> int:
    """What an outcome's timetable costs for changes of what was promised."""
    assert outcome.timetable is not None
    verdict = judge(term, outcome.timetable)
    return sum(cost.amount for cost in verdict.costs if cost.rule == "stability")


def test_from_then_on_changes_count(database: Database) -> None:
    """The term gets a revision that says what people were promised: the same timetable costs nothing, another does."""
    region = Region.of(database)
    term, outcome = solved(region)
    made = publishing.publish(region.service, region.visit(), term, outcome)
    assert (made.outcome, made.revision) == (outcome, 2)
    now = region.latest(term)
    assert [(row.lesson, row.professional) for row in now.published] == [("l1", "anna"), ("l2", "ben")]
    assert stability(now, outcome_of(small(), GIVEN)) == 0
    assert stability(small(), outcome_of(small(), table(("l1", "ben"), "l2"))) == 0
    assert stability(now, outcome_of(small(), table(("l1", "ben"), "l2"))) > 0
    with database.reading() as session:
        assert is_published(session, term, outcome)
        assert not is_published(session, term, "another")
        assert not is_published(session, "another", outcome)


@ONE_SQLITE
def test_a_chosen_scenario_becomes_the_term(database: Database) -> None:
    """What was solved is what holds: Anna is released in the afternoon too."""
    region = Region.of(database)
    term = region.keep(small())
    outcome = region.solved(term, outcome_of(with_middag(), GIVEN), WHAT_IF)
    publishing.publish(region.service, region.visit(), term, outcome)
    now = region.latest(term)
    assert now.releases == with_middag().releases != small().releases
    assert len(now.published) == 2


def test_an_outcome_of_a_term_that_changed_is_refused(database: Database) -> None:
    """As is one of another term, and one that nobody may promise; nothing is published then, and nothing changed."""
    region = Region.of(database)
    term, old = solved(region)
    other, foreign = solved(region)
    region.save(term, with_middag())
    http = region.client(region.visit(), publishing_api.router)
    for outcome in (old, foreign):
        answer = http.put(f"/v1/terms/{term}/publication", json={"outcome": outcome})
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert answer.json()["detail"] == "Het rooster is van een andere versie van de termijn."
    alike = region.keep(small())  # what it holds is the same, and yet it is another term
    assert http.put(f"/v1/terms/{alike}/publication", json={"outcome": foreign}).status_code == 409
    assert [http.get(f"/v1/terms/{each}/publication").status_code for each in (term, alike)] == [404, 404]
    assert region.latest(term) == with_middag()
    for role in ("timetabler", "employer", "professional"):
        with pytest.raises(Problem) as refused:
            publishing.publish(region.service, region.visit(role, "north"), other, foreign)
        assert refused.value.code is Code.FORBIDDEN
    stranger = Region.of(database)
    with pytest.raises(MissingError):
        publishing.publish(stranger.service, stranger.visit(), other, foreign)


def test_published_again_and_withdrawn(database: Database) -> None:
    """The same again changes nothing; one of the promised term follows; withdrawn, nobody is promised anything."""
    region = Region.of(database)
    term, outcome = solved(region)
    http = region.client(region.visit(), publishing_api.router)
    at = f"/v1/terms/{term}/publication"
    first = http.put(at, json={"outcome": outcome}).json()
    assert http.put(at, json={"outcome": outcome}).json() == first == http.get(at).json()
    anew = region.solved(term, outcome_of(region.latest(term), table("l1", "l2")))
    second = http.put(at, json={"outcome": anew}).json()
    assert (second["outcome"], second["revision"]) == (anew, 3)
    assert second["at"] > first["at"]
    assert {row.professional for row in region.latest(term).published} == {"anna"}
    assert http.delete(at).status_code == 204
    assert http.get(at).status_code == 404
    assert region.latest(term).published == ()
    assert http.delete(at).status_code == 404


@ONE_SQLITE
def test_demand_stays_demand(database: Database) -> None:
    """Its blocks are promised at the times they were given, and the term is one that can be solved again."""
    demand = {"id": "d", "course": "robots", "lessons_per_week": 1, "block_length": 1, "half_days": ["mon-morning"]}
    asked = small(lessons=[], demands=[demand])
    region = Region.of(database)
    term = region.keep(asked)
    outcome = region.solved(term, outcome_of(asked, table(("d#1", "anna", "d#1:mon:1"))))
    publishing.publish(region.service, region.visit(), term, outcome)
    now = region.latest(term)
    assert (len(now.demands), now.lessons) == (1, ())
    assert [(row.lesson, row.option) for row in now.published] == [("d#1", "d#1:mon:1")]


def test_who_wants_to_know_is_told_by_ids(database: Database) -> None:
    """In the same transaction: what is refused is told to nobody."""
    region = Region.of(database)
    with database.session() as session:
        for name, event in (("told", Event.OUTCOME_PUBLISHED), ("not", Event.JOB_DONE)):
            session.add(Webhook(id=name, region=region.id, url="https://x", secret=b"s", events=[event.value]))
    term, outcome = solved(region)
    publishing.publish(region.service, region.visit(), term, outcome)
    with pytest.raises(Problem):
        publishing.publish(region.service, region.visit(), term, solved(region)[1])
    with database.reading() as session:
        rows = session.query(Delivery).filter(Delivery.event == "outcome.published").all()
    assert [row.webhook for row in rows] == ["told"]
    assert f'"data":{{"term":"{term}","revision":2,"outcome":"{outcome}"}}' in rows[0].body
