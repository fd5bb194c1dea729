"""A coordinator of a region: from parts that come in to the scenario that was chosen, recorded, published and told."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar

from service.client import Client
from service.store.database import Database
from tests.service.api.story import Json, Part, asked, refused, thursday_region, worker_beside
from tests.service.house import House, Tenant
from tests.service.test_webhooks import Receiver

SOON, PAST = (datetime.now(UTC).replace(microsecond=0) + timedelta(days=days) for days in (14, -1))


@pytest.fixture
def house(database: Database, tmp_path: Path) -> Iterator[House]:
    """Webhooks may go to this machine."""
    made = House(database, tmp_path, webhooks_to_private_networks=True)
    yield made
    made.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A server of somebody else, on this machine."""
    made = Receiver()
    yield made
    made.close()


def test_parts_come_in(house: House) -> None:
    """Who is missing, who delivered, who is late; and who must look again because what all build upon changed."""
    tenant = house.tenant("Regio", thursday_region())
    coordinator, term = house.client(tenant, "coordinator"), tenant.term
    path = f"/v1/terms/{term}/parts"
    for key, moment in (("school/noord", SOON), ("school/zuid", SOON), ("employer/beta", PAST)):
        coordinator.call("PUT", f"{path}/{key}/deadline", json={"deadline": moment.isoformat()})
    for who, key in (("timetabler", "school/noord"), ("timetabler-zuid", "school/zuid")):
        house.client(tenant, who).post(f"{path}/{key}/deliver")
    assert _states(coordinator, term) == {
        "region/-": "not handed in yet",
        "school/noord": "handed in",
        "school/zuid": "handed in",
        "employer/acme": "not handed in yet",
        "employer/beta": "not handed in yet, too late",
    }
    # What a school changes of its own makes nobody else's part old; that the term lasts a week longer does.
    part = Part(house.client(tenant, "timetabler"), term, "school/noord")
    part.row("class_groups", "n3")["pupils"] = 27
    assert part.put() == 2
    assert _states(coordinator, term)["school/zuid"] == "handed in"
    longer = {"end": "2026-10-18"}
    refused(
        lambda: coordinator.call("PATCH", f"/v1/terms/{term}", json=longer, headers={"If-Match": '"1"'}), 412, "changed"
    )
    coordinator.call("PATCH", f"/v1/terms/{term}", json=longer, headers={"If-Match": '"2"'})
    deliveries = {f"{each['kind']}/{each['owner']}": each["delivery"] for each in coordinator.get(path)}
    assert (deliveries["school/noord"], deliveries["school/zuid"]) == ("stale", "stale")
    assert deliveries["employer/acme"] == "missing"
    house.client(tenant, "timetabler").post(f"{path}/school/noord/deliver")
    assert _states(coordinator, term)["school/noord"] == "handed in"
    notes = [(each["revision"], each["note"]) for each in coordinator.get(f"/v1/terms/{term}/revisions")]
    assert notes[0][0] == 3
    assert notes[1] == (2, "school/noord")


def _states(coordinator: Client, term: str) -> dict[str, str]:
    rows = coordinator.get(f"/v1/terms/{term}/parts")
    return {f"{each['kind']}/{each['owner']}": each["sentence"] for each in rows}


def test_what_is_fragile_fair_and_missing(house: House) -> None:
    """What hangs on whom, whom to look for, how fair it can be, and what changing little would cost."""
    tenant = house.tenant("Regio", thursday_region())
    coordinator, term, outcome = house.client(tenant, "coordinator"), tenant.term, tenant.outcome
    with worker_beside(house):
        prices = asked(coordinator, term, "price-lists", {"outcome": outcome, "seconds": 5}).answer
        curve = asked(coordinator, term, "stability-curves", {"outcome": outcome, "most": 1, "seconds": 1}).answer
        fragile = asked(coordinator, term, "fragility-maps", {"outcome": outcome, "seconds": 5}).answer
        fair = asked(coordinator, term, "fair-splits", {"base_seconds": 3, "seconds": 1}).answer
        whom = asked(coordinator, term, "recruitments", {"outcome": outcome, "most": 3, "seconds": 5}).answer
    release = next(each for each in prices["rows"] if each["kind"] == "release")
    assert (release["change"]["sentence"], release["lower"], release["upper"]) == (
        "Acme BV releases Cleo Dam: Thu morning.",
        1,
        1,
    )
    assert [each["lower"] for each in prices["rows"]] == sorted(
        (each["lower"] for each in prices["rows"]), reverse=True
    )
    # Nobody else may teach physics, so that no change of who gives what fills it.
    assert [(each["most"], each["open"], each["status"]) for each in curve["points"]] == [
        (most, {"low": 1, "high": 1}, "proved_best") for most in (0, 1)
    ]
    assert curve["sentence"].endswith("1 lesson stays open.")
    assert fragile["sentence"].startswith("0 lessons hang on one person.")
    lesson = next(each for each in fragile["lessons"] if each["lesson"] == "tn-di")
    assert (lesson["given_by"], lesson["teachers"]) == (["Anna Vries"], 3)
    assert {each["professional"]: (each["lessons"], each["least"]) for each in fragile["leaving"]} == {
        "anna": (2, 2),
        "bram": (2, 2),
    }
    # Two of the three lessons of Noord: two thirds of its time, and more cannot be.
    assert fair["base"]["shares"] == {"Noord": pytest.approx(2 / 3, abs=0.001), "Zuid": 1.0}
    assert fair["proved"]
    assert fair["points"] == []
    (profile,) = whom["people"]
    assert (profile["subject"], profile["weekday"], profile["lower"], profile["schools"]) == (
        "natuurkunde",
        "thu",
        1,
        ["Noord"],
    )
    assert profile["vacancy"].startswith("Wanted: somebody who would like to teach natuurkunde")


def test_a_scenario_is_chosen_recorded_published_and_told(house: House, receiver: Receiver) -> None:
    """Two scenarios beside the term as it is; people go by pseudonyms until they are matched; all are told what was chosen."""
    tenant = house.tenant("Regio", thursday_region(), pseudonyms=True)
    coordinator = house.client(tenant, "coordinator")
    key = _listen(house.client(tenant, "admin"), receiver)
    cleo = _pseudonym(coordinator, tenant)
    release = _scenario(
        coordinator,
        tenant.term,
        "Donderdag vrij",
        {"kind": "release", "professional": cleo, "weekday": "thu", "half_day": "morning"},
    )
    ill = _scenario(
        coordinator,
        tenant.term,
        "Ziek",
        {"kind": "absence", "professional": cleo, "first_date": "2026-09-14", "last_date": "2026-09-18"},
    )
    with worker_beside(house):
        _compare(coordinator, tenant.term, release, ill)
        solved = asked(coordinator, tenant.term, "solves", {"seconds": 5, "scenario": release})
        outcome = solved.job["answer"]
        record = _record(coordinator, outcome, [release, ill])
        _before_it_is_published(house, tenant, outcome)
        published = coordinator.call("PUT", f"/v1/terms/{tenant.term}/publication", json={"outcome": outcome}).json()
        assert published["revision"] == 2
        _told(receiver, key, {"term": tenant.term, "revision": 2, "outcome": outcome})
    _everybody_knows(house, tenant, outcome)
    # What was decided still holds, though the term has what was chosen in it by now.
    again = coordinator.post(f"/v1/records/{record}/recheck")
    assert again["right"]
    assert again["said"][0].startswith("Judged again: the timetable breaks no rule and is worth as much")


def _listen(admin: Client, receiver: Receiver) -> bytes:
    """The key of a webhook of the region; it answers its administrator's test."""
    hook = admin.post("/v1/webhooks", {"url": receiver.url, "events": ["outcome.published"]})
    secret: str = hook["secret"]
    assert secret not in json.dumps(admin.get("/v1/webhooks"))
    return base64.b64decode(secret.removeprefix("whsec_"))


def _pseudonym(coordinator: Client, tenant: Tenant) -> str:
    """Cleo, as a coordinator knows her before she is matched: the one who may teach physics."""
    term = coordinator.get(f"/v1/terms/{tenant.term}")
    (physics,) = (each for each in term["licences"] if each["subject"] == "natuurkunde")
    person: str = physics["professional"]
    assert person not in ("anna", "bram", "cleo")
    assert not {"Anna Vries", "Bram Bos", "Cleo Dam"} & {each["name"] for each in term["professionals"]}
    assert person in {each["id"] for each in term["professionals"]}
    return person


def _scenario(coordinator: Client, term: str, name: str, change: Json) -> str:
    kept = coordinator.post("/v1/scenarios", {"term": term, "name": name, "reason": "Gesprek", "changes": [change]})
    assert kept["kinds"] == [change["kind"]]
    shown = coordinator.get(f"/v1/scenarios/{kept['id']}")
    assert shown["changes"][0]["professional"] == change["professional"]
    assert "Cleo" not in json.dumps(shown)
    wrong = {**change, "professional": "niemand"}
    said = refused(lambda: coordinator.post("/v1/scenarios", {"term": term, "changes": [wrong]}), 422, "issues")
    assert said.issues[0]["value"] == "niemand"
    found: str = kept["id"]
    return found


def _compare(coordinator: Client, term: str, release: str, ill: str) -> None:
    """One is surely better, by a lesson that Noord wins and half-days that Acme gives; the other changes nothing."""
    found = asked(
        coordinator,
        term,
        "comparisons",
        {"documents": [release, ill], "base_seconds": 5, "seconds": 5, "alone": True},
    ).answer
    assert [each["lessons"] for each in found["columns"]] == [{"low": n, "high": n} for n in (4, 5, 4)]
    better, same = found["against"]
    assert (better["lessons_sure"], better["value_sure"], better["lessons"]) == ("more", "more", {"low": 1, "high": 1})
    assert (same["lessons_sure"], same["lessons"]) == ("same", {"low": 0, "high": 0})
    assert better["of_schools"] == [{"row": "noord", "name": "Noord", "before": 2, "after": 3}]
    assert better["of_employers"] == [{"row": "acme", "name": "Acme BV", "before": 6, "after": 12}]
    assert (same["of_schools"], same["of_employers"], same["of_lessons"]) == ([], [], [])
    assert [(each["school"], each["together"], each["alone"]) for each in found["alone"]] == [
        ("noord", 2, {"low": 2, "high": 2}),
        ("zuid", 2, {"low": 2, "high": 2}),
    ]
    assert "Cleo" not in json.dumps(found)
    assert {each["euros"] for column in found["columns"] for each in column["figures"]["employers"]} == {None}


def _record(coordinator: Client, outcome: str, looked_at: list[str]) -> str:
    """What was chosen, among what and why, on a page a board can file."""
    kept = coordinator.post("/v1/records", {"outcome": outcome, "reason": "Meeste lessen <b>", "looked_at": looked_at})
    assert (kept["lessons"], kept["filled"], kept["status"]) == (5, 5, "proved_best")
    page = coordinator.call("GET", f"/v1/records/{kept['id']}/page")
    assert page.headers["content-type"].startswith("text/html")
    assert "5 of 5 lessons staffed. Proved: none is better." in page.text
    assert "Decided by De coordinator" in page.text
    assert "Meeste lessen &lt;b&gt;" in page.text
    assert "<strong>Donderdag vrij</strong> (chosen)" in page.text
    assert "<strong>Ziek</strong>" in page.text
    assert "Cleo" not in page.text
    refused(lambda: coordinator.call("DELETE", f"/v1/records/{kept['id']}"), 405, "method")
    found: str = kept["id"]
    return found


def _before_it_is_published(house: House, tenant: Tenant, outcome: str) -> None:
    """Nobody is promised anything yet: a professional finds no timetable, and an empty calendar."""
    anna = house.client(tenant, "professional")
    assert anna.get("/v1/outcomes")["items"] == []
    refused(lambda: anna.get(f"/v1/outcomes/{outcome}/timetable", view="professional"), 404, "not_found")
    refused(lambda: anna.get(f"/v1/terms/{tenant.term}/publication"), 404, "not_found")
    refused(
        lambda: anna.call("PUT", f"/v1/terms/{tenant.term}/publication", json={"outcome": outcome}), 403, "forbidden"
    )


def _told(receiver: Receiver, key: bytes, ids: Json) -> None:
    """It arrives with ids only, signed as Standard Webhooks says."""
    assert receiver.arrived.wait(30)
    headers, body = receiver.got[0]
    said = json.loads(body)
    assert (said["type"], said["data"]) == ("outcome.published", ids)
    signed = b".".join((headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body))
    expected = base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"


def _everybody_knows(house: House, tenant: Tenant, outcome: str) -> None:
    """Anna reads her own week and calendar and no other's; who is matched has a name for the coordinator from now on."""
    anna, coordinator = house.client(tenant, "professional"), house.client(tenant, "coordinator")
    assert anna.get(f"/v1/terms/{tenant.term}/publication")["outcome"] == outcome
    (week,) = anna.get(f"/v1/outcomes/{outcome}/timetable", view="professional")
    assert [(row["weekday"], row["start"], row["what"], row["room"]) for row in week["rows"]] == [
        ("mon", "09:00", "Techniek", "zaalhier"),
        ("tue", "09:00", "Techniek", ""),
    ]
    assert anna.get(f"/v1/outcomes/{outcome}/timetable", view="professional", of="bram") == []
    refused(lambda: anna.post("/v1/feeds", {"term": tenant.term, "professional": "bram"}), 403, "forbidden")
    feed = anna.post("/v1/feeds", {"term": tenant.term, "professional": "anna"})
    events = Calendar.from_ical(httpx.get(feed["url"]).content).events
    assert len(events) == 2 * 6
    assert {str(each["SUMMARY"]) for each in events} == {"Techniek klashier"}
    named = {each["id"]: each["name"] for each in coordinator.get(f"/v1/terms/{tenant.term}")["professionals"]}
    assert named == {"anna": "Anna Vries", "bram": "Bram Bos", "cleo": "Cleo Dam"}
    releases = coordinator.get(f"/v1/terms/{tenant.term}")["releases"]
    assert [(each["professional"], each["weekday"]) for each in releases] == [("anna", "mon"), ("cleo", "thu")]
    # Who read of Anna is for herself to see, by role.
    read = {(each["action"], each["role"]) for each in anna.get("/v1/audit")["items"]}
    assert {("timetable_read", "professional"), ("feed_made", "professional")} <= read


def test_answers_call_people_by_pseudonyms_too(house: House) -> None:
    """Until people are matched, whoever plans knows nobody by name, whatever they ask."""
    tenant = house.tenant("Regio", thursday_region(), pseudonyms=True)
    coordinator = house.client(tenant, "coordinator")
    found = coordinator.get(f"/v1/outcomes/{tenant.outcome}/lessons/tn-di/candidates")
    term = coordinator.get(f"/v1/terms/{tenant.term}")
    known = {each["id"]: each["name"] for each in term["professionals"]}
    assert found["candidates"]
    assert all(known[each["professional"]] == each["name"] for each in found["candidates"])
    assert not [name for name in ("Anna Vries", "Bram Bos", "Cleo Dam") if name in json.dumps(found)]
