"""Scenarios that are kept: who may make and read which, what is refused, and what the API says of them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st

from model.access import Reader, ReaderRole
from model.judge import judge
from model.pseudonyms import Pseudonyms
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import GivenLesson, LessonCount, Outcome, Status, Timetable
from service.access.visit import Visit
from service.access.visits import visit_of
from service.api import answers, routes_into
from service.api import scenarios as api
from service.desk import scenarios, terms
from service.desk.changes import may_think_of, routes
from service.desk.scenarios import Draft
from service.problems import Code, Problem
from service.settings import ServiceSettings
from service.state import Service
from service.store import documents, regions, tables
from service.store.database import Database
from service.store.documents import ChangedError, Kind, MissingError
from service.store.tables import Account, Document, Grant
from tests.regions import course, lesson, person, release, small_term, work, worker

Row = dict[str, Any]


def small(**changes: Any) -> Term:
    """Anna and Ben work for Works on Mondays, Carl for Lab; l1 and l2 at north, s1 at south."""
    return small_term(
        **{
            "employers": [{"id": "works", "name": "Works"}, {"id": "lab", "name": "Lab"}],
            "professionals": [worker("anna"), worker("ben"), person("carl", employer="lab")],
            "work": [work("anna"), work("ben"), work("carl")],
            "releases": [release("anna", "morning", id="r1"), release("ben", id="r2"), release("carl", id="r3")],
            "rooms": [{"id": "hall", "school": "south"}],
            "courses": [course("robots"), course("chips", school="south")],
            "lessons": [lesson("l1"), lesson("l2", "2"), lesson("s1", "5", course="chips")],
            **changes,
        }
    )


def outcome_of(term: Term, timetable: Timetable) -> Outcome:
    """An outcome with a timetable made by hand, judged."""
    verdict = judge(term, timetable)
    assert not verdict.breaches, verdict.breaches
    rows = [GivenLesson(**row.model_dump(), weekday="mon", start="08:30", end="09:20") for row in timetable.assignments]
    filled = len({row.lesson for row in rows})
    return Outcome(
        status=Status.FOUND,
        value=verdict.value,
        bound=verdict.value,
        gap=0.0,
        input_hash=term.input_hash,
        lessons=LessonCount(total=len(term.lessons), filled=filled, open=len(term.lessons) - filled),
        tiers=verdict.tiers,
        assignments=tuple(rows),
    )


@dataclass(frozen=True)
class Http:
    """Asks an app, without a network."""

    app: FastAPI

    def __call__(self, method: str, url: str, **asked: Any) -> httpx.Response:
        """One request."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
                return await client.request(method, url, **asked)

        return asyncio.run(ask())

    def get(self, url: str, **asked: Any) -> httpx.Response:
        return self("GET", url, **asked)

    def post(self, url: str, **asked: Any) -> httpx.Response:
        return self("POST", url, **asked)

    def put(self, url: str, **asked: Any) -> httpx.Response:
        return self("PUT", url, **asked)

    def delete(self, url: str) -> httpx.Response:
        return self("DELETE", url)


@dataclass(frozen=True)
class Region:
    """A region of a database, and who comes to its desk."""

    service: Service
    id: str

    @classmethod
    def of(cls, database: Database, *, pseudonyms: bool = False, **settings: Any) -> Region:
        """A new one."""
        with database.session() as session:
            region = regions.found_region(session, "Regio", regions.RegionSettings(pseudonyms=pseudonyms)).id
        return cls(Service(ServiceSettings(**settings), database, None), region)  # type: ignore[arg-type]  no jobs here

    def visit(self, role: str = "coordinator", *of: str, lang: str = "nl") -> Visit:
        """Somebody new comes, as this role."""
        with self.service.database.session() as session:
            account = Account(id=f"account-{uuid4().hex[:8]}", name=f"{role} {' '.join(of)}".strip(), language=lang)
            session.add(account)
            session.flush()
            grant = Grant(id=f"grant-{uuid4().hex[:8]}", account=account.id, region=self.id, role=role, of=list(of))
            session.add(grant)
        return Visit(self.id, account.id, grant.id, ReaderRole(role), frozenset(of), lang, "request-1")

    def keep(self, term: Term) -> str:
        """A term is there."""
        with self.service.database.session() as session:
            facts = terms.facts_of(term)
            return documents.create(session, self.id, Kind.TERM, terms.content_of(term), name="Herfst", facts=facts).id

    def save(self, document: str, term: Term) -> None:
        """Another revision of it."""
        with self.service.database.session() as session:
            facts = terms.facts_of(term)
            documents.save(session, self.id, document, terms.content_of(term), seen=None, facts=facts)

    def solved(self, document: str, outcome: Outcome, scenario: Scenario | None = None) -> str:
        """An outcome of a term's latest revision is there."""
        facts = {} if scenario is None else {"scenario": scenario.model_dump(mode="json")}
        with self.service.database.session() as session:
            found = documents.find(session, self.id, document)
            about = {"parent": document, "parent_revision": found.version, "facts": facts}
            return documents.create(session, self.id, Kind.OUTCOME, outcome.model_dump_json(), **about).id

    def latest(self, document: str) -> Term:
        """A term as it is now."""
        with self.service.database.reading() as session:
            return Term.model_validate_json(documents.read(session, self.id, document).content)

    def client(self, visit: Visit, *routers: Any) -> Http:
        """The API for one visitor."""
        app = FastAPI()
        app.state.service = self.service
        app.dependency_overrides[visit_of] = lambda: visit
        answers.install(app)
        for each in routers:
            app.include_router(each)
        return Http(app)


ONE_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
"""What does not hang on the kind of database is tried on one."""

MORE = {"kind": "release", "professional": "anna", "weekday": "mon", "half_day": "afternoon"}
OF_CARL = {"kind": "load", "professional": "carl", "limit": "max_lessons_per_week", "value": 2}
PIN = {"kind": "pin", "lesson": "l1", "professional": "anna"}
MOVE = {"kind": "move_lesson", "lesson": "l1", "weekday": "tue", "first_period": "1"}
MOVE_SOUTH = {**MOVE, "lesson": "s1"}
SHUT = {"kind": "close", "employer": "works", "start": "2026-09-14", "end": "2026-09-14"}
NOON = {"kind": "patch", "patch": {"noon": "12:45"}}
COMES = {"kind": "add_professional", "professionals": [{"id": "dee", "name": "Dee", "employer": "works"}]}
COMES_TO_LAB = {"kind": "add_professional", "professionals": [{"id": "dee", "name": "Dee", "employer": "lab"}]}
DEE = {**OF_CARL, "professional": "dee"}
NOBODY = {**OF_CARL, "professional": "nobody"}
HALL = {**MOVE, "room": "hall"}


def draft(*changes: Row, own_id: str | None = None, name: str = "Wat als") -> Draft:
    """What somebody wants to keep."""
    read = Scenario.model_validate({"id": "x", "changes": changes})
    return Draft(name=name, reason="gesprek 12 mei", changes=read.changes, id=own_id)


# Whose it may be about

OWN = [
    ("coordinator", (), [MORE, OF_CARL, MOVE, MOVE_SOUTH, SHUT, NOON, COMES, NOBODY]),
    ("admin", (), [MORE, NOON]),
    ("employer", ("works",), [MORE, SHUT, COMES]),
    ("employer", ("works", "lab"), [MORE, OF_CARL, COMES_TO_LAB]),
    ("timetabler", ("north",), [MOVE, PIN]),
    ("timetabler", ("north", "south"), [MOVE, PIN, MOVE_SOUTH, HALL]),
    ("professional", ("anna",), [MORE]),
]
OTHERS = [
    ("employer", ("works",), [OF_CARL, NOBODY, MOVE, PIN, NOON, COMES_TO_LAB, {**SHUT, "employer": "lab"}]),
    ("timetabler", ("north",), [MOVE_SOUTH, HALL, MORE, SHUT, NOON, COMES]),
    ("professional", ("anna",), [OF_CARL, PIN, NOON, COMES]),
]


def _may(role: str, of: tuple[str, ...], *changes: Row) -> bool:
    return may_think_of(small(), Reader(ReaderRole(role), frozenset(of)), draft(*changes).changes)


def test_everybody_may_think_of_their_own() -> None:
    """One by one and all together."""
    for role, of, changes in OWN:
        assert [each["kind"] for each in changes if not _may(role, of, each)] == []
        assert _may(role, of, *changes)


@given(st.data())
def test_one_change_that_is_not_ones_own_refuses_all(data: st.DataObject) -> None:
    """Wherever it stands among those that are."""
    role, of, foreign = data.draw(st.sampled_from(OTHERS))
    own = next(changes for who, whose, changes in OWN if (who, whose) == (role, of))
    among = data.draw(st.lists(st.sampled_from(own), max_size=4))
    among.insert(data.draw(st.integers(0, len(among))), data.draw(st.sampled_from(foreign)))
    assert not _may(role, of, *among)


def test_who_comes_may_be_spoken_of_after_they_came() -> None:
    """Dee is nobody until somebody says that she comes to Works."""
    assert _may("employer", ("works",), COMES, DEE)
    assert not _may("employer", ("works",), DEE)
    assert not _may("employer", ("works",), COMES_TO_LAB, DEE)


@ONE_SQLITE
def test_what_is_wrong_tells_nothing_of_others(database: Database) -> None:
    """Somebody of another employer and somebody who is not there get the same answer, without a guess."""
    region = Region.of(database)
    term, visit = region.keep(small()), region.visit("employer", "works")
    for change in (OF_CARL, NOBODY):
        with pytest.raises(Problem) as refused:
            scenarios.add(region.service, visit, term, draft(change))
        assert (refused.value.code, refused.value.issues) == (Code.FORBIDDEN, ())


# Kept


def test_a_scenario_is_kept_as_it_is_read_again(database: Database) -> None:
    """With its sentences in the reader's language, and a merge patch that makes the same term."""
    region = Region.of(database)
    term, visit = region.keep(small()), region.visit("admin", lang="en")
    made, issues = scenarios.add(region.service, visit, term, draft(MORE, PIN))
    assert (made.parent, made.parent_revision, list(issues)) == (term, 1, [])
    found = scenarios.shown(region.service, visit, made.id)
    assert (found.scenario.id, found.scenario.author, found.scenario.reason) == (made.id, "admin", "gesprek 12 mei")
    assert found.sentences[0] == "Anna is released: Mon afternoon."
    assert (found.fits, found.withheld, len(found.sentences)) == (True, 0, 2)
    same = apply(Scenario.model_validate({"id": "p", "changes": [{"kind": "patch", "patch": found.patch}]}), small())
    wanted = apply(found.scenario, small())
    assert same.term is not None
    assert wanted.term is not None
    assert same.term.model_dump() == wanted.term.model_dump()


@ONE_SQLITE
def test_what_makes_no_sense_is_located_and_not_kept(database: Database) -> None:
    """The second change releases Anna when she is released already."""
    region = Region.of(database)
    term, visit = region.keep(small()), region.visit()
    with pytest.raises(Problem) as refused:
        scenarios.add(region.service, visit, term, draft(PIN, {**MORE, "half_day": "morning"}))
    assert refused.value.code is Code.ISSUES
    assert [each.column for each in refused.value.issues] == ["$.changes[1].weekday"]
    assert scenarios.listed(region.service, visit, lambda row: row.id, None, 50, term=term).items == []


def test_an_id_is_of_one_scenario_in_a_term(database: Database) -> None:
    """In another term it may be used again."""
    region = Region.of(database)
    one, other, visit = region.keep(small()), region.keep(small()), region.visit()
    scenarios.add(region.service, visit, one, draft(MORE, own_id="middag"))
    with pytest.raises(Problem) as refused:
        scenarios.add(region.service, visit, one, draft(PIN, own_id="middag"))
    assert [each.code for each in refused.value.issues] == ["id_twice"]
    scenarios.add(region.service, visit, other, draft(MORE, own_id="middag"))


@ONE_SQLITE
def test_a_term_that_changes_may_leave_a_scenario_behind(database: Database) -> None:
    """Without Anna it does not fit, and says why; what it meant can still be read."""
    region = Region.of(database)
    term, visit = region.keep(small()), region.visit()
    made, _ = scenarios.add(region.service, visit, term, draft(MORE))
    gone = apply(
        Scenario.model_validate({"id": "g", "changes": [{"kind": "remove_professional", "professional": "anna"}]}),
        small(),
    )
    assert gone.term is not None
    region.save(term, gone.term)
    found = scenarios.shown(region.service, region.visit("admin"), made.id)
    assert (found.fits, found.patch) == (False, None)
    assert [each.code for each in found.issues if each.column == "$.changes[0].professional"] == ["unknown_reference"]
    assert found.sentences == ("Anna wordt vrijgeroosterd: ma middag.",)


def test_of_two_who_replace_it_the_second_is_told(database: Database) -> None:
    """And the revisions say what it was."""
    region = Region.of(database)
    term, visit = region.keep(small()), region.visit()
    made, _ = scenarios.add(region.service, visit, term, draft(MORE, own_id="middag"))
    saved, _ = scenarios.replace(region.service, visit, made.id, draft(PIN, name="Anders"), seen=1)
    assert (saved.version, saved.name, saved.facts["kinds"], saved.facts["scenario"]) == (
        2,
        "Anders",
        ["pin"],
        "middag",
    )
    with pytest.raises(ChangedError):
        scenarios.replace(region.service, visit, made.id, draft(MORE), seen=1)
    first = scenarios.shown(region.service, visit, made.id, revision=1).scenario
    assert [each.kind for each in first.changes] == ["release"]
    assert [number for number, *_ in scenarios.revisions(region.service, visit, made.id)] == [2, 1]
    scenarios.remove(region.service, visit, made.id)
    with pytest.raises(MissingError):
        scenarios.shown(region.service, visit, made.id)


# Who reads what


@ONE_SQLITE
def test_an_employer_reads_what_is_theirs_of_a_scenario_of_the_region(database: Database) -> None:
    """Of Carl's change only that there is one; neither reason nor rows."""
    region = Region.of(database)
    term = region.keep(small())
    made, _ = scenarios.add(region.service, region.visit(), term, draft(MORE, OF_CARL))
    found = scenarios.shown(region.service, region.visit("employer", "works"), made.id)
    assert found.sentences == ("Anna wordt vrijgeroosterd: ma middag.",)
    assert (found.withheld, found.whole, found.patch, found.issues) == (1, False, None, ())
    shape = api.WholeScenario.of(found, "nl")
    assert (shape.reason, shape.changes) == ("", None)
    assert "carl" not in shape.model_dump_json().lower()


def test_an_employers_scenario_is_not_for_another(database: Database) -> None:
    """Colleagues of the same employer share it, who runs the region sees it; for Lab it is not there."""
    region = Region.of(database)
    term = region.keep(small())
    planner, colleague = region.visit("employer", "works"), region.visit("employer", "works")
    made, _ = scenarios.add(region.service, planner, term, draft(MORE))

    def seen(visit: Visit) -> list[str]:
        return list(scenarios.listed(region.service, visit, _id, None, 50, term=None).items)

    assert [seen(each) for each in (planner, colleague, region.visit())] == [[made.id]] * 3
    scenarios.replace(region.service, colleague, made.id, draft(MORE, name="Beter"), seen=1)
    lab = region.visit("employer", "lab")
    assert seen(lab) == []
    with pytest.raises(MissingError):
        scenarios.shown(region.service, lab, made.id)
    with pytest.raises(MissingError):
        scenarios.remove(region.service, lab, made.id)
    theirs = scenarios.add(region.service, region.visit(), term, draft(MORE))[0].id
    with pytest.raises(Problem) as refused:
        scenarios.remove(region.service, planner, theirs)
    assert refused.value.code is Code.FORBIDDEN


def _id(row: Document) -> str:
    return row.id


@ONE_SQLITE
def test_people_go_by_their_pseudonyms_until_they_are_matched(database: Database) -> None:
    """A coordinator speaks of x-… and is told of x-…, also of what is wrong; kept is who was meant."""
    region = Region.of(database, pseudonyms=True)
    term, visit = region.keep(small()), region.visit()
    with database.reading() as session:
        hidden = Pseudonyms(session.get_one(tables.Region, region.id).key)
    anna, name = hidden.id_of("anna"), hidden.name_of("anna")
    made, _ = scenarios.add(region.service, visit, term, draft({**MORE, "professional": anna}))
    found = scenarios.shown(region.service, visit, made.id)
    shape = api.WholeScenario.of(found, "nl")
    assert found.sentences == (f"{name} wordt vrijgeroosterd: ma middag.",)
    assert shape.changes is not None
    assert shape.changes[0].professional == anna
    assert "anna" not in shape.model_dump_json().lower()
    assert scenarios.shown(region.service, region.visit("admin"), made.id).scenario.changes[0].professional == "anna"
    again = {**MORE, "professional": anna, "half_day": "morning"}
    with pytest.raises(Problem) as refused:
        scenarios.add(region.service, visit, term, draft(again, {**MORE, "professional": "ann"}))
    (issue, other) = refused.value.issues
    assert (issue.code, other.value, other.maybe) == ("scenario_released_already", "ann", anna)
    engaged = small(engagements=[{"professional": "anna", "board": "board"}])
    region.save(term, engaged)
    assert scenarios.shown(region.service, visit, made.id).sentences == ("Anna wordt vrijgeroosterd: ma middag.",)


def test_another_region_has_none_of_it(database: Database) -> None:
    """Not even to add to."""
    mine, theirs = Region.of(database), Region.of(database)
    term = mine.keep(small())
    made, _ = scenarios.add(mine.service, mine.visit(), term, draft(MORE))
    with pytest.raises(MissingError):
        scenarios.shown(theirs.service, theirs.visit("admin"), made.id)
    with pytest.raises(MissingError):
        scenarios.add(theirs.service, theirs.visit("admin"), term, draft(MORE))


# Over HTTP


def test_over_http(database: Database) -> None:
    """Made, read, replaced by who saw its revision, and removed; words are understood as in the fields of a term."""
    region = Region.of(database)
    term = region.keep(small())
    http = region.client(region.visit("admin"), api.router)
    body = {"term": term, "name": "Middag", "changes": [{**MORE, "weeks": "37"}]}
    made = http.post("/v1/scenarios", json=body)
    assert made.status_code == 201, made.text
    at, tag = made.headers["location"], made.headers["etag"]
    read = http.get(at).json()
    assert (read["sentences"], read["changes"][0]["weeks"]) == (["Anna wordt vrijgeroosterd: ma middag (37)."], "37")
    patched = http.post("/v1/scenarios", json={"term": term, "merge_patch": {"noon": "12:45"}})
    assert patched.json()["kinds"] == ["patch"]
    anew = {"changes": [PIN]}
    assert http.put(at, json=anew).status_code == 428
    assert http.put(at, json=anew, headers={"If-Match": tag}).json()["revision"] == 2
    assert http.put(at, json=anew, headers={"If-Match": tag}).status_code == 412
    assert [each["revision"] for each in http.get(f"{at}/revisions").json()] == [2, 1]
    first = http.get("/v1/scenarios", params={"limit": 1, "term": term}).json()
    then = http.get("/v1/scenarios", params={"limit": 1, "term": term, "after": first["next"]}).json()
    assert [each["id"] for each in (*first["items"], *then["items"])] == [patched.json()["id"], made.json()["id"]]
    assert http.delete(at).status_code == 204
    assert http.get(at).status_code == 404


@ONE_SQLITE
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"changes": [MORE], "merge_patch": {"noon": "12:45"}}, "invalid"),
        ({}, "invalid"),
        ({"changes": [{**MORE, "reden": "ziek"}]}, "unknown_field"),
        ({"changes": [{"kind": "sack", "professional": "anna"}]}, "invalid"),
        ({"changes": [MORE], "extra": 1}, "unknown_field"),
        ({"changes": [{**MORE, "professional": "anne"}]}, "issues"),
    ],
)
def test_what_is_refused_over_http(database: Database, body: Row, code: str) -> None:
    """Nothing is dropped in silence."""
    region = Region.of(database)
    http = region.client(region.visit(), api.router)
    answer = http.post("/v1/scenarios", json={"term": region.keep(small()), **body})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["issues"]


# Holidays and routes

AUTUMN = {
    "content": [
        {
            "vacations": [
                {
                    "type": " Herfstvakantie ",
                    "compulsorydates": "false",
                    "regions": [
                        {
                            "region": "zuid",
                            "startdate": "2026-09-11T22:00:00.000Z",
                            "enddate": "2026-09-14T22:00:00.000Z",
                        }
                    ],
                }
            ]
        }
    ]
}


def test_holidays_come_into_the_calendars(database: Database) -> None:
    """Of all schools, or of those named; a second time nothing comes, and no revision is made."""
    region = Region.of(database)
    term = region.keep(small())
    http = region.client(region.visit("admin"), routes_into.router)
    to, seen = f"/v1/terms/{term}/holidays", {"If-Match": '"1"'}
    about = {"region": "zuid", "school": "north"}
    assert http.post(to, json=AUTUMN, params={"region": "zuid"}).status_code == 428
    added = http.post(to, json=AUTUMN, params=about, headers=seen)
    assert added.status_code == 200, added.text
    row = {"school": "north", "start": "2026-09-12", "end": "2026-09-15", "name": "Herfstvakantie"}
    assert (added.json()["revision"], added.json()["added"]) == (2, [row])
    assert [each.school for each in region.latest(term).calendar_days] == ["north"]
    assert http.post(to, json=AUTUMN, params=about, headers=seen).status_code == 412
    again = http.post(to, json=AUTUMN, params=about, headers={"If-Match": added.headers["etag"]})
    assert (again.json()["revision"], again.json()["added"]) == (2, [])
    unknown = http.post(to, json=AUTUMN, params={**about, "school": "east"}, headers={"If-Match": '"2"'})
    assert [each["code"] for each in unknown.json()["issues"]] == ["no_such"]
    broken = http.post(to, json={"content": 1}, params=about, headers={"If-Match": '"2"'})
    assert (broken.status_code, broken.json()["code"]) == (422, "issues")


@ONE_SQLITE
def test_routes_into_teaching(database: Database) -> None:
    """Anna has a full licence; for another employer's people there is no answer, as for who is not there."""
    region = Region.of(database)
    term = region.keep(small())
    http = region.client(region.visit("employer", "works"), routes_into.router)
    found = http.get(f"/v1/terms/{term}/routes", params={"professional": "anna", "course": "robots"}).json()
    assert (found["routes"][0]["level"], found["routes"][0]["standing"]) == ("1e", "has")
    assert "VOG" in found["everybody"]
    bodies = []
    for who in ("carl", "nobody"):
        answer = http.get(f"/v1/terms/{term}/routes", params={"professional": who, "course": "robots"})
        assert answer.status_code == 404
        bodies.append(json.dumps(answer.json()))
    assert bodies[0] == bodies[1]
    with pytest.raises(MissingError):
        routes(region.service, region.visit(), term, "anna", "no such course")
