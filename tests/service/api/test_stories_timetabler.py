"""A timetabler of a school: from a workbook with mistakes to a timetable that was accepted and published."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from icalendar import Calendar

from service.client import Client
from tests.service.api.story import (
    Json,
    Part,
    asked,
    friday_region,
    refused,
    sheets_of,
    workbook,
    worker_beside,
    zipped,
)
from tests.service.house import House
from tests.service.jobs.place import SLOW

OPEN, PHYSICS = "rb-vr", "nn-do"


@pytest.fixture
def timetabler(any_house: House) -> Client:
    """Of the school Noord."""
    return any_house.client(any_house.tenant("Regio"), "timetabler")


def test_a_workbook_with_mistakes_is_corrected_and_handed_over_again(timetabler: Client, tmp_path: Path) -> None:
    """Each mistake is located and says what was perhaps meant; nothing is kept until all are gone; a zip of CSV does as well."""
    right = sheets_of(friday_region(), tmp_path / "csv")
    wrong = {name: [list(row) for row in rows] for name, rows in right.items()}
    wrong["lessen"][3][1] = "tzz"  # the third lesson, of course tz
    wrong["lestijden"][1][2] = "25:70"
    wrong["klassen"][0].append("kleuur")
    before = timetabler.get("/v1/terms")["items"]
    kinds = {"fout.xlsx": (workbook, "fout.xlsx", "Lessen"), "fout.zip": (zipped, "fout/lessen.csv", "lessen")}
    for name, (write, file, sheet) in kinds.items():
        source = write(wrong, tmp_path / name)
        said = refused(lambda source=source: timetabler.add_term(source), 422, "issues")
        located = {(each["sheet"].lower(), each["row"], each["column"]): each for each in said.issues}
        assert set(located) == {("lessen", 4, "B"), ("lestijden", 2, "C"), ("klassen", 1, "E")}
        lesson = located["lessen", 4, "B"]
        assert (lesson["file"], lesson["sheet"], lesson["value"]) == (file, sheet, "tzz")
        assert lesson["sentence"] == "«tzz» in «cursus» is not in the table courses."
        assert lesson["maybe"] == "Maybe you mean «tz»."
        assert all(each["maybe"].startswith("Maybe ") for each in said.issues)
        assert said.said["detail"] == "3 problems were found; nothing was kept."
    assert timetabler.get("/v1/terms")["items"] == before
    # All references are right now; that a lesson period is not in the time grid comes to light only then.
    wrong = {name: [list(row) for row in rows] for name, rows in right.items()}
    wrong["lessen"][6][3] = "11"
    said = refused(lambda: timetabler.add_term(workbook(wrong, tmp_path / "fout.xlsx")), 422, "issues")
    (only,) = (each for each in said.issues if each["severity"] == "error")
    assert (only["sheet"], only["row"], only["column"], only["value"]) == ("Lessen", 7, "D", "11")
    assert said.said["detail"] == "1 problem was found; nothing was kept."
    hashes = set()
    for source in (workbook(right, tmp_path / "goed.xlsx"), zipped(right, tmp_path / "goed.zip")):
        kept = timetabler.add_term(source)
        assert kept["rows"]["lessons"] == 8
        assert {each["severity"] for each in kept["issues"]} == {"warning"}
        hashes.add(kept["input_hash"])
        (nobody,) = (each for each in kept["issues"] if each["code"] == "nobody_licensed")
        assert nobody["sentence"].startswith("In this term nobody is licensed for natuurkunde")
        assert nobody["row"] == 4
    assert len(hashes) == 1
    assert len(timetabler.get("/v1/terms")["items"]) == len(before) + 2


def test_a_solve_is_followed_stopped_and_its_best_kept(any_house: House, timetabler: Client) -> None:
    """The value rises, the bound falls, the gap says how far apart they are; what was told when it was stopped is kept."""
    term = timetabler.add_term(SLOW.model_dump(mode="json", exclude_defaults=True))["id"]
    events: list[Json] = []

    def seen(event: Json) -> None:
        events.append(event)
        if event["value"] is not None and event["state"] == "running":
            timetabler.post(f"/v1/jobs/{job['id']}/stop")

    with worker_beside(any_house):
        job = timetabler.ask(term, "solves", {"seconds": 600})
        ended = timetabler.follow(job, seen)
    assert [each["number"] for each in events] == list(range(1, len(events) + 1))
    assert (events[0]["state"], events[-1]["state"]) == ("queued", "done")
    values = [each["value"] for each in events if each["value"] is not None]
    bounds = [each["bound"] for each in events if each["bound"] is not None]
    assert values == sorted(values)
    assert bounds == sorted(bounds, reverse=True)
    told = next(each for each in events if each["value"] is not None and each["bound"] is not None)
    assert told["gap"] == pytest.approx((told["bound"] - told["value"]) / told["value"])
    assert (ended["state"], ended["stopping"], ended["proof"]) == ("done", "keep", "found")
    outcome = timetabler.get(f"/v1/outcomes/{ended['answer']}")
    assert outcome["stopped"]
    assert outcome["value"] == ended["value"] >= values[0]
    assert outcome["seconds"] < outcome["limit"] == 600


def test_from_shortages_to_a_timetable_that_was_published(any_house: House) -> None:
    """What is short, what is open and why, what would fill it; pinned and forbidden, solved again, accepted, in a calendar."""
    tenant = any_house.tenant("Regio", friday_region())
    timetabler, term = any_house.client(tenant, "timetabler"), tenant.term
    with worker_beside(any_house):
        _shortages_come_first(timetabler, term)
        first = asked(timetabler, term, "solves", {"seconds": 5})
        # Six of eight lessons of six weeks, at 1000 a date: 36 000; less the travelling.
        assert first.answer["lessons"] == {"total": 8, "filled": 6, "open": 2, "at_most": 6}
        assert (first.job["proof"], first.answer["status"]) == ("proved_best", "proved_best")
        assert 34_000 < first.answer["value"] < 36_000
        _weeks_of_the_school(timetabler, first.job["answer"])
        _why_it_is_open(timetabler, first.job["answer"])
        _edit(timetabler, term)
        _solve_again(timetabler, term, first.job["answer"])
        _hand_made(timetabler, term)
        outcome = _accept(timetabler, term)
    coordinator = any_house.client(tenant, "coordinator")
    coordinator.call("PUT", f"/v1/terms/{term}/publication", json={"outcome": outcome})
    _subscribe(timetabler, term)


def _shortages_come_first(timetabler: Client, term: str) -> None:
    """Before anything is solved: counting sentences, about all schools together and about the own lessons."""
    lacks = timetabler.get(f"/v1/terms/{term}/shortages")
    assert (
        lacks["sentence"]
        == "3 people together can give at most 6 of 8 lessons: at least 2 stay open, whatever timetable."
    )
    (joint,) = lacks["joint"]
    assert joint["sentence"] == "3 lessons compete for 2 people who can cover at most 2 of them: at least 1 open."
    assert sorted(joint["lessons"]) == ["rb-vr", "ro-vr", "zr-vr"]
    assert joint["who"] == ["Bram Bos", "Cleo Dam"]
    codes = {each["code"] for each in timetabler.get(f"/v1/terms/{term}/issues")}
    assert "nobody_licensed" in codes


def _weeks_of_the_school(timetabler: Client, outcome: str) -> None:
    """Their own school, lesson by lesson; a class of it; what is open; and nothing of another school."""
    path = f"/v1/outcomes/{outcome}/timetable"
    (school,) = timetabler.get(path, view="school")
    given = {row["lesson"]: [each["professional"] for each in row["who"]] for row in school["rows"]}
    assert given == {"tn-ma": ["anna"], "tn-di": ["anna"], "nn-do": [], "ro-vr": given["ro-vr"], "rb-vr": []}
    assert given["ro-vr"] in (["bram"], ["cleo"])
    assert (school["rows"][0]["start"], school["rows"][0]["room"]) == ("09:00", "zaalhier")
    (group,) = timetabler.get(path, view="class", of="n3")
    assert [row["lesson"] for row in group["rows"]] == ["tn-ma", "tn-di", "nn-do"]
    (opened,) = timetabler.get(path, view="open")
    assert {row["lesson"]: row["missing"] for row in opened["rows"]} == {PHYSICS: 1, OPEN: 1}
    assert opened["rows"][0]["reasons"] == ["3 people have no fitting licence."]
    assert timetabler.get(path, view="school", of="zuid") == []
    assert {row["lesson"] for row in timetabler.get(f"/v1/outcomes/{outcome}")["assignments"]} <= given.keys()


def _why_it_is_open(timetabler: Client, outcome: str) -> None:
    """Why, who could, why not she, and what would fill it: each applied and judged."""
    path = f"/v1/outcomes/{outcome}/lessons/{OPEN}"
    why = timetabler.get(f"{path}/why", seconds=5)
    assert why["sentence"].endswith("is open: 3 people → 2 free at that time → 0 with room in their week.")
    assert why["competition"]["answered"] == "impossible"
    assert sorted(why["competition"]["lessons"]) == ["rb-vr", "ro-vr", "zr-vr"]
    first, *others = timetabler.get(f"{path}/candidates")["candidates"]
    assert (first["professional"], first["possible"], first["at_once"]) == ("anna", True, False)
    # Six dates of low priority bring 500 each.
    assert {"rule": "filled", "title": "Staffed lessons", "points": 3000} in first["points"]
    # Why she cannot is for herself: a school reads that it is so, and whom to ask.
    assert [each["sentence"] for each in first["blockers"]] == ["Not available at that time."]
    assert [each["sentence"] for each in first["agreements"]] == ["Ask: professional."]
    assert {each["professional"] for each in others} == {"bram", "cleo"}
    assert all("too close together" in each["blockers"][0]["sentence"] for each in others)
    not_she = timetabler.get(f"/v1/outcomes/{outcome}/lessons/{PHYSICS}/why-not", professional="anna")
    assert not_she["sentence"].endswith("this cannot be agreed.")
    assert [each["owner"] for each in not_she["answer"]["blockers"]] == ["law"]
    fixes = timetabler.get(f"{path}/repairs", seconds=10)
    assert fixes["answered"] == "found"
    assert all(each["verified"] for each in fixes["repairs"])
    prices = [each["price"] for each in fixes["repairs"]]
    assert prices == sorted(prices)
    said = {change["sentence"]: each["owners"] for each in fixes["repairs"] for change in each["changes"]}
    assert said["Ask: professional."] == ["professional"]
    assert said["Bouw n5 (rb-vr) may also be on Mon, lesson period 2."] == ["school"]
    unknown = refused(lambda: timetabler.get(f"{path}/why-not", professional="ana"), 404, "not_found")
    assert unknown.issues[0]["value"] == "ana"


def _edit(timetabler: Client, term: str) -> None:
    """Bram is to give Bouw, and not Robotica. What somebody else saved meanwhile is not lost; of Zuid nothing is theirs."""
    part, stale = (Part(timetabler, term, "school/noord") for _ in range(2))
    part.row("lessons", OPEN)["pinned"] = ["bram"]
    part.row("lessons", "ro-vr")["blocked"] = ["bram"]
    assert part.put() == 2
    stale.row("lessons", OPEN)["pinned"] = ["anna"]
    refused(stale.put, 412, "changed")
    again = Part(timetabler, term, "school/noord")
    assert again.row("lessons", OPEN)["pinned"] == ["bram"]
    again.rows["lessons"].append({"id": "x", "course": "tz", "weekday": "mon", "first_period": "2"})
    said = refused(again.put, 422, "issues")
    assert (said.issues[0]["value"], said.issues[0]["column"]) == ("x", "$.lessons[5]")
    clash = Part(timetabler, term, "school/noord")
    clash.row("lessons", "tn-di")["pinned"] = ["bran"]
    said = refused(clash.put, 422, "issues")
    assert (said.issues[0]["column"], said.issues[0]["value"]) == ("$.lessons[1].pinned", "bran")
    assert said.issues[0]["sentence"] == "«bran» in «pinned» is not in the table professionals."
    refused(lambda: Part(timetabler, term, "school/zuid"), 403, "forbidden")
    refused(lambda: Part(timetabler, term, "employer/acme"), 403, "forbidden")


def _solve_again(timetabler: Client, term: str, earlier: str) -> None:
    """Going on from the earlier outcome only those change who must: who gave Robotica, and Bouw beside it."""
    again = asked(timetabler, term, "solves", {"seconds": 5, "start_from": earlier})
    assert again.job["term_revision"] == 2
    assert again.job["proof"] == "proved_best"
    before, after = (_givers(timetabler.get(f"/v1/outcomes/{each}")) for each in (earlier, again.job["answer"]))
    assert (after[OPEN], after["ro-vr"]) == ("bram", "cleo")
    assert {each for each in before if after.get(each) != before[each]} <= {"ro-vr"}
    refused(lambda: timetabler.get(f"/v1/outcomes/{again.job['answer']}/ledger", less=earlier), 409, "conflict")


def _givers(outcome: Json) -> dict[str, str]:
    return {row["lesson"]: row["professional"] for row in outcome["assignments"]}


def _hand_made(timetabler: Client, term: str) -> None:
    """Anna on her free Friday, Bram for physics, and a class with two teachers for one course: three named, sized breaches."""
    own = {"tn-ma": "anna", "tn-di": "cleo", "ro-vr": "cleo", "rb-vr": "anna", "nn-do": "bram"}
    rows = [{"lesson": lesson, "professional": person} for lesson, person in own.items()]
    found = timetabler.call("POST", "/v1/timetables/check", params={"term": term}, json={"assignments": rows}).json()
    assert not found["valid"]
    sizes = {
        (each["rule"], each["professional"], each["lesson"]): (each["size"], each["unit"]) for each in found["breaches"]
    }
    assert sizes["availability", "anna", "rb-vr"] == (6, "dates")
    assert sizes["licence", "bram", "nn-do"] == (6, "dates")
    assert sizes["pinned", "bram", "rb-vr"] == (6, "dates")
    said = {each["rule"]: each["sentence"] for each in found["breaches"]}
    assert said["licence"] == "Bram Bos gives Natuurkunde klashier (nn-do) without a valid licence (6 dates)."
    wrong = [{"lesson": "tn-maa", "professional": "anna"}]
    problem = refused(
        lambda: timetabler.call("POST", "/v1/timetables/check", params={"term": term}, json={"assignments": wrong}),
        422,
        "issues",
    )
    assert problem.issues[0]["value"] == "tn-maa"
    assert problem.issues[0]["maybe"] == "Maybe you mean «tn-ma»."


def _accept(timetabler: Client, term: str) -> str:
    """Their part is delivered; what they accept of an outcome is pinned, and the next solve keeps it."""
    path = f"/v1/terms/{term}/parts/school/noord"
    assert timetabler.post(f"{path}/deliver")["delivery"] == "delivered"
    (own,) = timetabler.get(f"/v1/terms/{term}/parts")
    assert (own["owner"], own["delivery"], own["late"], own["sentence"]) == ("noord", "delivered", False, "handed in")
    accepted = asked(timetabler, term, "solves", {"seconds": 5}).job["answer"]
    state = timetabler.call("PUT", f"{path}/acceptance", json={"outcome": accepted}).json()
    assert (state["accepted_outcome"], state["delivery"]) == (accepted, "delivered")
    part = Part(timetabler, term, "school/noord")
    pins = {row["id"]: row.get("pinned") for row in part.rows["lessons"]}
    assert pins == {"tn-ma": ["anna"], "tn-di": ["anna"], "nn-do": None, "ro-vr": ["cleo"], "rb-vr": ["bram"]}
    final = asked(timetabler, term, "solves", {"seconds": 5, "start_from": accepted})
    assert _givers(final.answer) == _givers(timetabler.get(f"/v1/outcomes/{accepted}"))
    outcome: str = final.job["answer"]
    return outcome


def _subscribe(timetabler: Client, term: str) -> None:
    """A calendar of their own school, with who comes: four lessons a week, for six weeks."""
    refused(lambda: timetabler.post("/v1/feeds", {"term": term, "school": "zuid"}), 403, "forbidden")
    feed = timetabler.post("/v1/feeds", {"term": term, "school": "noord"})
    answer = httpx.get(feed["url"])
    assert answer.headers["content-type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).events
    assert len(events) == 4 * 6
    assert {str(each["SUMMARY"]) for each in events} == {
        "Techniek klashier – Anna Vries",
        "Robotica n4 – Cleo Dam",
        "Bouw n5 – Bram Bos",
    }
    first = min(events, key=lambda each: each.start)
    assert first.start.isoformat() == "2026-08-31T09:00:00+02:00"
    timetabler.call("DELETE", f"/v1/feeds/{feed['id']}")
    assert httpx.get(feed["url"]).status_code == httpx.codes.NOT_FOUND
