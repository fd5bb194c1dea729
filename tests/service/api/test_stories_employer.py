"""A planner of an employer: what a released half-day would bring, and that nothing else of anybody is theirs to see."""

from __future__ import annotations

import json

import httpx
import pytest

from service.client import Client, ProblemError
from tests.service.api.story import Json, Part, asked, refused, thursday_region, worker_beside
from tests.service.house import SECRETS, House, Tenant

THURSDAY = {"professional": "cleo", "weekday": "thu", "half_day": "morning"}
HIDDEN = (
    *(getattr(SECRETS["hier"], each) for each in ("home_town", "postcode", "reason", "wish", "group", "room")),
    "Bram",
)
"""Where people live, why they cannot come or wish something; classes and rooms; and who works elsewhere."""


@pytest.fixture
def tenant(any_house: House) -> Tenant:
    """A region in which one half-day would bring one lesson."""
    return any_house.tenant("Regio", thursday_region())


def test_release_days_are_weighed_and_given(any_house: House, tenant: Tenant) -> None:
    """What each half-day brings and costs, the same as a scenario; then it is given, and the next timetable has the lesson."""
    employer, timetabler = (any_house.client(tenant, who) for who in ("employer", "timetabler"))
    _only_their_own_people(employer, tenant)
    with worker_beside(any_house):
        _plan(employer, tenant)
        _worth(employer, tenant)
        _what_if(employer, tenant)
        _give(employer, tenant.term)
        solved = asked(timetabler, tenant.term, "solves", {"seconds": 5})
    assert solved.answer["lessons"] == {"total": 5, "filled": 5, "open": 0, "at_most": 5}
    outcome = solved.job["answer"]
    refused(lambda: employer.get(f"/v1/outcomes/{outcome}/timetable", view="employer"), 404, "not_found")
    coordinator = any_house.client(tenant, "coordinator")
    coordinator.call("PUT", f"/v1/terms/{tenant.term}/publication", json={"outcome": outcome})
    _when_they_are_away(employer, outcome)


def _only_their_own_people(employer: Client, tenant: Tenant) -> None:
    """Two people and when they work; the other employer by its name only."""
    term = employer.get(f"/v1/terms/{tenant.term}")
    assert [each["name"] for each in term["professionals"]] == ["Anna Vries", "Cleo Dam"]
    assert {each["professional"] for each in (*term["work"], *term["releases"], *term["licences"])} == {"anna", "cleo"}
    assert term["employers"][1] == {"id": "beta", "name": "Beta BV"}
    assert not {"lessons", "courses", "class_groups", "wishes", "unavailability", "published"} & term.keys()
    _tells_nothing(term)
    (own,) = employer.get(f"/v1/terms/{tenant.term}/parts")
    assert (own["kind"], own["owner"], own["delivery"]) == ("employer", "acme", "missing")


def _tells_nothing(said: Json) -> None:
    found = json.dumps(said, ensure_ascii=False)
    assert [each for each in HIDDEN if each in found] == []


def _plan(employer: Client, tenant: Tenant) -> None:
    """People by half-days: what is given, what each further one would bring, and what it costs."""
    asked_of = {"outcome": tenant.outcome, "employer": "acme", "best": 1, "seconds": 5}
    plan = asked(employer, tenant.term, "release-plans", asked_of).answer
    assert plan["sentence"].startswith("1 half-day would bring lessons.")
    assert [each["professional"] for each in plan["people"]] == ["anna", "cleo"]
    cells = {
        (each["professional"], cell["weekday"], cell["half_day"]): cell
        for each in plan["people"]
        for cell in each["cells"]
    }
    given, asked_for = cells["anna", "mon", "morning"], cells["cleo", "thu", "morning"]
    assert (given["state"], given["sentence"]) == ("away", "Released already; teaches then.")
    assert (asked_for["state"], asked_for["lower"], asked_for["upper"], asked_for["gain"]) == ("works", 1, 1, 1)
    # Work from 8:00 until noon at 12:30, by the price of an hour that Acme entered.
    assert (asked_for["hours"], asked_for["euros"]) == (4.5, 4.5 * SECRETS["hier"].cost)
    assert cells["cleo", "thu", "afternoon"]["upper"] == 0
    assert [each["sentence"] for each in plan["best"]["changes"]] == ["Acme BV releases Cleo Dam: Thu morning."]
    assert plan["best"]["proved"]
    presence = {(each["weekday"], each["half_day"]): (each["at_work"], each["away"]) for each in plan["presence"]}
    assert (presence["mon", "morning"], presence["thu", "morning"]) == ((1, 1), (1, 0))
    assert all(each["margin"] > 0 for each in plan["margins"])
    _tells_nothing(plan)
    refused(lambda: employer.ask(tenant.term, "release-plans", asked_of | {"employer": "beta"}), 403, "forbidden")


def _worth(employer: Client, tenant: Tenant) -> None:
    """Of all they could agree to, most first: each proved."""
    question = {"outcome": tenant.outcome, "employer": "acme", "kinds": ["release"], "seconds": 5}
    worths = asked(employer, tenant.term, "worths", question).answer
    first, *others = worths["facts"]
    assert (first["change"]["sentence"], first["lower"], first["upper"]) == (
        "Acme BV releases Cleo Dam: Thu morning.",
        1,
        1,
    )
    assert first["fills"] == ["nn-do"]
    assert {each["upper"] for each in others} == {0}
    assert (worths["open_places"], worths["not_looked_at"]) == (1, 0)
    _tells_nothing(worths)


def _what_if(employer: Client, tenant: Tenant) -> None:
    """A scenario about their own people, beside the term as it is: surely one lesson more, and so many half-days away."""
    body = {"term": tenant.term, "name": "Donderdag", "changes": [{"kind": "release", **THURSDAY}]}
    refused(
        lambda: employer.post(
            "/v1/scenarios", body | {"changes": [{"kind": "release", **THURSDAY, "professional": "bram"}]}
        ),
        403,
        "forbidden",
    )
    kept = employer.post("/v1/scenarios", body)
    told = employer.get(f"/v1/scenarios/{kept['id']}")
    assert (told["sentences"], told["fits"]) == (["Cleo Dam is released: Thu morning."], True)
    compared = asked(
        employer, tenant.term, "comparisons", {"documents": [kept["id"]], "base_seconds": 5, "seconds": 5}
    ).answer
    as_it_is, thursday = compared["columns"]
    assert (as_it_is["lessons"], thursday["lessons"]) == ({"low": 4, "high": 4}, {"low": 5, "high": 5})
    assert as_it_is["sentence"] == "4 of 5 lessons staffed. Proved: none is better."
    (against,) = compared["against"]
    assert (against["lessons_sure"], against["lessons"]) == ("more", {"low": 1, "high": 1})
    assert against["sentence"] == "Surely at least 1 lesson more. Proved better as a whole."
    assert against["of_employers"] == [{"row": "acme", "name": "Acme BV", "before": 6, "after": 12}]
    assert [each["professional"] for each in against["of_people"]] == ["cleo"]
    (own,) = thursday["figures"]["employers"]
    assert (own["employer"], own["half_days"]) == ("acme", 12)
    _tells_nothing(compared)


def _give(employer: Client, term: str) -> None:
    """In their part they release; wishes, and where people live, and people of others are neither seen nor changed."""
    part = Part(employer, term, "employer/acme")
    assert set(part.rows) == {"employers", "professionals", "work", "releases", "licences"}
    _tells_nothing(part.rows)
    part.rows["releases"].append(THURSDAY)
    assert part.put() == 2
    for table, row in (
        ("wishes", {"professional": "anna", "weekday": "tue", "value": 3}),
        ("releases", {**THURSDAY, "professional": "bram"}),
        ("professionals", {"id": "bram", "name": "Bram", "employer": "acme"}),
    ):
        part = Part(employer, term, "employer/acme")
        part.rows.setdefault(table, []).append(row)
        said = refused(part.put, 422, "issues")
        place = len(part.rows[table]) - 1
        assert said.issues[0]["column"] == f"$.{table}[{place}]"
    refused(lambda: Part(employer, term, "employer/beta"), 403, "forbidden")
    refused(lambda: Part(employer, term, "school/noord"), 403, "forbidden")
    assert employer.post(f"/v1/terms/{term}/parts/employer/acme/deliver")["delivery"] == "delivered"


def _when_they_are_away(employer: Client, outcome: str) -> None:
    """Half-days and towns of their own people; no lesson, class, room or clock time."""
    (own,) = employer.get(f"/v1/outcomes/{outcome}/timetable", view="employer")
    away = [
        (row["who"][0]["name"], row["weekday"], row["half_day"], row["town"], row["minutes"]) for row in own["rows"]
    ]
    assert away == [
        ("Anna Vries", "mon", "morning", "Eindhoven", 50),
        ("Anna Vries", "tue", "morning", "Eindhoven", 50),
        ("Cleo Dam", "thu", "morning", "Eindhoven", 50),
    ]
    for row in own["rows"]:
        assert {row[name] for name in ("lesson", "start", "end", "what", "groups", "room")} == {None}
    assert employer.get(f"/v1/outcomes/{outcome}/timetable", view="school") == []
    assert employer.get(f"/v1/outcomes/{outcome}/timetable", view="professional", of="bram") == []
    assert "assignments" not in employer.get(f"/v1/outcomes/{outcome}")


def test_all_else_is_refused(any_house: House, tenant: Tenant) -> None:
    """What is for schools and for who runs the region: they read so, or that it is not there."""
    employer, term, outcome = any_house.client(tenant, "employer"), tenant.term, tenant.outcome
    calls = {
        ("POST", f"/v1/terms/{term}/solves"): {"seconds": 1},
        ("POST", f"/v1/terms/{term}/price-lists"): {"outcome": outcome},
        ("POST", f"/v1/terms/{term}/fragility-maps"): {"outcome": outcome},
        ("POST", f"/v1/terms/{term}/recruitments"): {"outcome": outcome},
        ("POST", f"/v1/terms/{term}/fair-splits"): {},
        ("PATCH", f"/v1/terms/{term}"): {"name": "Van ons"},
        ("DELETE", f"/v1/terms/{term}"): None,
        ("GET", f"/v1/terms/{term}/file"): None,
        ("GET", f"/v1/terms/{term}/issues"): None,
        ("GET", f"/v1/outcomes/{outcome}/file"): None,
        ("PUT", f"/v1/terms/{term}/publication"): {"outcome": outcome},
        ("PUT", f"/v1/terms/{term}/parts/employer/acme/deadline"): {"deadline": None},
        ("POST", "/v1/records"): {"outcome": outcome},
        ("GET", "/v1/records"): None,
        ("GET", "/v1/people"): None,
        ("GET", "/v1/webhooks"): None,
        ("POST", "/v1/feeds"): {"term": term, "professional": "anna"},
    }
    answers = {}
    for (method, path), body in calls.items():
        try:
            employer.call(method, path, json=body, headers={"If-Match": '"1"'})
            answers[method, path] = (httpx.codes.OK, "")
        except ProblemError as problem:
            answers[method, path] = (problem.status, problem.code)
    assert {call: answer for call, answer in answers.items() if answer != (403, "forbidden")} == {}
    refused(lambda: employer.get(f"/v1/outcomes/{outcome}"), 404, "not_found")
