"""Who asks to be forgotten is nowhere any more; what others rest on is worth what it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from model.access_actions import OwnerKind
from model.decision import Decision, timetable_hash
from model.judge import judge
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import Outcome
from service.store import documents
from service.store.care.erasure import erase_person
from service.store.care.person import person_data
from service.store.care.refused import CareError
from service.store.database import Database
from service.store.documents import Kind, Stored
from service.store.tables import Account, ApiToken, Audit, Feed, Grant, Job, LoginSession
from tests.service.store_care.everything import rows_of, texts_of
from tests.service.store_care.full import NAME, OTHER_NAME, PERSON, TRACES, Full, fill, term_of


def _traces(database: Database, full: Full) -> set[tuple[str, str]]:
    """Where what was looked for still stands, but for the ids and names of others that it is a part of."""
    found = set()
    for where, said in texts_of(database):
        alone = said.replace("qzwaan2", "").replace(OTHER_NAME, "")
        found |= {(where, each) for each in TRACES if each in alone}
    assert full.region
    return found


def _forget_other_region(database: Database, full: Full) -> None:
    """The other region has a person of the same id and name, whom nobody asked to erase."""
    with database.session() as session:
        for row in session.scalars(documents.listed(full.other, Kind.TERM)).all():
            documents.erase(session, full.other, row.id)


def _read(database: Database, full: Full, document: str, revision: int | None = None) -> Stored:
    with database.reading() as session:
        return documents.read(session, full.region, document, revision=revision, beside=True)


def test_nothing_is_left_in_any_text_or_packed_bytes(database: Database, full: Full) -> None:
    """Neither id nor name, mail, postcode, place or reason stands in any column; all of them did."""
    _forget_other_region(database, full)
    assert {each for _, each in _traces(database, full)} == set(TRACES)
    columns = {where for where, each in _traces(database, full) if each in (PERSON, NAME)}
    assert columns >= {
        "account.name", "answered.body", "answered.location", "audit.details", "audit.person", "audit.subject",
        "delivery.body", "document.facts", "document.name", "feed.of", "grant.of", "incumbent.memory",
        "incumbent.timetable", "job.asked", "job.of", "job_event.phase", "revision.beside", "revision.content",
        "revision.note",
    }  # fmt: skip
    erase_person(database, full.region, PERSON, by="account-2")
    assert _traces(database, full) == set()
    with pytest.raises(CareError, match="no_person"):
        person_data(database, full.region, PERSON)


def test_the_other_region_keeps_its_own(database: Database, full: Full) -> None:
    """The same id in another region is somebody else."""
    before = _of_region(database, full.other)
    erase_person(database, full.region, PERSON, by=None)
    assert _of_region(database, full.other) == before
    assert person_data(database, full.other, PERSON)["term"]


def _of_region(database: Database, region: str) -> list[dict[str, Any]]:
    rows = rows_of(database)
    ids = {row["id"] for row in rows["document"] if row["region"] == region}
    assert ids
    return [row for row in rows["revision"] if row["document"] in ids]


def test_others_stay_as_they_were(database: Database, full: Full) -> None:
    """Of those whose ids are parts of theirs, or theirs of them, every row but shared ones is the same, names included."""
    was = Term.model_validate_json(_read(database, full, full.term).content)
    erased = erase_person(database, full.region, PERSON, by=None)
    made = Term.model_validate_json(_read(database, full, full.term, revision=2).content)
    for person in ("qzwaan2", "qz"):
        assert made.professional(person) == was.professional(person)
        assert made.releases_of(person) == was.releases_of(person)
        assert made.licences_of(person) == was.licences_of(person)
    assert made.lesson("qz-les") == was.lesson("qz-les")
    assert [row.people for row in made.carpools] == [(erased.id, "qzwaan2")]
    assert [row.reason for row in made.waivers] == ["(gewist)", "(gewist)"]
    assert made.lesson("l1").pinned == (erased.id,)
    assert made.lesson("l2").blocked == (erased.id,)
    answers = [row for row in rows_of(database)["document"] if row["kind"] == "answer"]
    assert len(answers) == 1  # the one about whose name begins with theirs


def test_of_a_revision_that_timetables_rest_on_only_what_they_need_stays(database: Database, full: Full) -> None:
    """Rows under a new id, without address, reasons and name; of the home the minutes to places they were at."""
    erased = erase_person(database, full.region, PERSON, by=None)
    made = Term.model_validate_json(_read(database, full, full.term, revision=2).content)
    row = made.professional(erased.id)
    assert (row.name, row.home_town, row.home_postcode, row.home_latitude) == ("(gewist)", "", None, None)
    assert [each.reason for each in (*made.unavailability, *made.wishes)] == ["", ""]
    assert {each.destination for each in made.travel_times} | {each.origin for each in made.travel_times} == {
        f"home:{erased.id}",
        "noord",  # gives lessons there
        "werf",  # works there
    }
    assert all(each.id == each.made_id() for name in ("releases", "carpools", "rules") for each in made.rows(name))


def test_of_other_revisions_nothing_stays(database: Database, full: Full) -> None:
    """The first revision, of which there is no timetable, has no row of theirs; nor has the new latest one."""
    was = Term.model_validate_json(_read(database, full, full.term, revision=1).content)
    erased = erase_person(database, full.region, PERSON, by="account-2")
    assert erased.terms == [full.term]
    for revision in (1, 3):
        stored = _read(database, full, full.term, revision=revision)
        made = Term.model_validate_json(stored.content)
        assert [each.id for each in made.professionals] == ["qzwaan2", "qz"]
        assert erased.id not in made.model_dump_json(exclude={"presence"}), (
            "only the id of a row that was made of theirs"
        )
        assert len(made.lessons) == len(was.lessons)
    latest = _read(database, full, full.term)
    assert (latest.revision, latest.by) == (3, "account-2")
    assert latest.facts["input_hash"] == Term.model_validate_json(latest.content).input_hash
    assert latest.facts["rows"]["professionals"] == 2


def test_outcomes_are_judged_as_before(database: Database, full: Full) -> None:
    """Value, breaches and digests fit, of the term and of the term with a scenario, with the travel from home in them."""
    erase_person(database, full.region, PERSON, by=None)
    term = Term.model_validate_json(_read(database, full, full.term, revision=2).content)
    for document in (full.outcome, full.outcome_of_scenario):
        stored = _read(database, full, document)
        outcome = Outcome.model_validate_json(stored.content)
        changes = stored.facts.get("scenario")
        of = term if changes is None else apply(Scenario.model_validate(changes), term).term
        assert of is not None
        assert outcome.timetable is not None
        assert outcome.timetable.issues(of) == []
        verdict = judge(of, outcome.timetable)
        assert (verdict.breaches, verdict.value, verdict.rules) == ((), outcome.value, outcome.rules)
        assert any(each.rule == "travel" for each in verdict.rules)
        assert outcome.input_hash == of.input_hash
        assert set(outcome.idle_waivers) == {each.id for each in of.waivers}
        assert {(each.reason, each.sentence) for each in outcome.waived} == {("(gewist)", "(gewist)")}
        assert stored.beside is None


def test_travel_is_what_it_was_at_every_hour() -> None:
    """Minutes between a home and the places somebody was at are the same at all times of the day, with and without rows for it."""
    from model.travel import Travel, home
    from service.store.care.anonymous import Anonymous
    from service.store.care.mention import Who
    from service.store.care.terms import TermChanger

    rows: list[dict[str, Any]] = [
        {"origin": f"home:{PERSON}", "destination": "noord", "minutes": 33, "departure": "10:15"},
        {"origin": "noord", "destination": f"home:{PERSON}", "minutes": 44, "mode": "bike"},
        {"origin": f"home:{PERSON}", "destination": "noord", "minutes": 55, "mode": "car", "departure": "16:00"},
    ]
    for given in ([], rows, rows[:1]):
        was = term_of(travel_times=given)
        who = Who(PERSON, frozenset({NAME}))
        changer = TermChanger(who, Anonymous(who, "persoon-x"))
        revised = changer.changed(json.loads(was.model_dump_json(exclude_defaults=True)), {"l1"})
        assert revised is not None
        assert revised.term is not None
        before, after = Travel(was), Travel(revised.term)
        for place in ("noord", "werf"):
            for minute in range(0, 24 * 60, 15):
                there = (
                    before.leg(PERSON, home(PERSON), place, minute),
                    before.leg(PERSON, place, home(PERSON), minute),
                )
                now = ("persoon-x", home("persoon-x"))
                assert there == (after.leg(*now, place, minute), after.leg(now[0], place, now[1], minute)), (
                    place,
                    minute,
                )


def test_a_filed_decision_can_be_checked(database: Database, full: Full) -> None:
    """It has the digests of what there is now, and says which it had."""
    before = Decision.model_validate_json(_read(database, full, full.record).content)
    erase_person(database, full.region, PERSON, by=None, lang="en")
    made = Decision.model_validate_json(_read(database, full, full.record).content)
    outcome = Outcome.model_validate_json(_read(database, full, full.outcome_of_scenario).content)
    term = Term.model_validate_json(_read(database, full, full.term, revision=2).content)
    assert outcome.timetable is not None
    assert made.timetable_hash == timetable_hash(outcome.timetable) != before.timetable_hash
    assert (made.input_hash, made.base_hash) == (outcome.input_hash, term.input_hash)
    assert (made.value, made.reason, made.decided_by) == (before.value, "(gewist)", before.decided_by)
    note = made.on_record[-1]
    assert before.input_hash in note
    assert before.timetable_hash in note
    assert "erased from this decision" in note


def test_nobody_comes_in_as_them(database: Database, full: Full) -> None:
    """Account, grants, sessions, links, tokens and the calendar are gone; others' stay."""
    erased = erase_person(database, full.region, PERSON, by=None)
    rows = rows_of(database)
    assert not erased.account_kept
    assert [row["id"] for row in rows["account"]] == ["account-2"]
    assert [row["id"] for row in rows["grant"]] == ["grant-2"]
    assert [row["id"] for row in rows["feed"]] == ["feed-2"]
    assert not any(rows[name] for name in ("identity", "login_session", "login_link", "api_token"))


def test_who_is_something_else_too_keeps_that(database: Database, full: Full) -> None:
    """Somebody who is also a coordinator elsewhere can still log in there, but not go on with an old session."""
    with database.session() as session:
        session.add(Grant(id="grant-3", account=full.account, region=full.other, role="coordinator", of=[]))
    erased = erase_person(database, full.region, PERSON, by=None)
    assert erased.account_kept
    with database.reading() as session:
        assert session.get(Account, full.account) is not None
        assert session.scalars(select(Grant.id).order_by(Grant.id)).all() == ["grant-2", "grant-3"]
        assert session.scalars(select(ApiToken)).all() == session.scalars(select(LoginSession)).all() == []


def test_the_log_says_that_it_was_done_and_not_to_whom(database: Database, full: Full) -> None:
    """Earlier rows are all still there, under the new id."""
    count = len(rows_of(database)["audit"])
    erased = erase_person(database, full.region, PERSON, by="account-2")
    with database.reading() as session:
        rows = session.scalars(select(Audit).where(Audit.region == full.region).order_by(Audit.id)).all()
    last = rows[-1]
    assert (last.action, last.account, last.subject, last.person) == ("person_erased", "account-2", erased.id, None)
    assert len(rows_of(database)["audit"]) == count + 1
    assert erased.id in {row.person for row in rows}
    assert [row.details["of"] for row in rows if row.action == "people_read" and row.details] == [
        [f"={erased.id}", "=qzwaan2"]
    ]


def test_while_a_job_runs_nothing_is_erased(database: Database, full: Full) -> None:
    """It would write them down again when it is done."""
    with database.session() as session:
        session.execute(update(Job).where(Job.id == "job-2").values(state="running"))
    before = rows_of(database)
    with pytest.raises(CareError, match="jobs_run"):
        erase_person(database, full.region, PERSON, by=None)
    assert rows_of(database) == before


@pytest.mark.parametrize("person", ["nobody", "qz-les", "l1", "2"])
def test_what_is_nobody_is_refused(database: Database, full: Full, person: str) -> None:
    """An unknown id, or the id of something else."""
    before = rows_of(database)
    for ask in (
        lambda: erase_person(database, full.region, person, by=None),
        lambda: person_data(database, full.region, person),
    ):
        with pytest.raises(CareError, match="no_person"):
            ask()
    with pytest.raises(CareError, match="no_region"):
        person_data(database, "elsewhere", PERSON)
    assert rows_of(database) == before


def test_an_id_that_is_also_a_lesson_period_or_a_subject(database: Database) -> None:
    """Of somebody called 2, or like a subject, only rows of theirs change."""
    full = fill(database)
    for person, name in (("2", "2 wiskunde"), ("wiskunde", "(gewist)")):  # a number is no word that means somebody
        term = json.loads(term_of().model_dump_json(exclude_defaults=True).replace(f'"{PERSON}"', f'"{person}"'))
        for row in (*term["presence"], *term["release_choices"], *term["carpools"], *term["waivers"], *term["rules"]):
            row.pop("id")
        with database.session() as session:
            document = documents.create(session, full.region, Kind.TERM, json.dumps(term), name="2 wiskunde").id
            documents.create(session, full.region, Kind.SCENARIO, "{}", parent=document, parent_revision=1)
        was = Term.model_validate(term)
        erased = erase_person(database, full.region, person, by=None)
        stored = _read(database, full, document, revision=1)
        made = Term.model_validate_json(stored.content)
        assert stored.name == name
        assert made.professional(erased.id).name == "(gewist)"
        assert made.time_grids == was.time_grids
        assert made.courses == was.courses
        assert [row.first_period for row in made.lessons] == ["1", "2", "3"]
        assert {row.subject for row in made.licences} == {"wiskunde"}


def test_who_is_called_the_same_keeps_their_name(database: Database) -> None:
    """Another professional and a member of staff are others, whatever their names."""
    full = fill(database)
    people = [{"id": each, "name": NAME} for each in (PERSON, "qzwaan2", "qz")]
    term = term_of(
        professionals=[{**row, "employer": "acme"} for row in people],
        staff=[{"id": "docent", "school": "noord", "name": NAME}],
    )
    with database.session() as session:
        content = term.model_dump_json(exclude_defaults=True)
        document = documents.create(session, full.region, Kind.TERM, content).id
        documents.create(session, full.region, Kind.SCENARIO, "{}", parent=document, parent_revision=1)
    erase_person(database, full.region, PERSON, by=None)
    made = Term.model_validate_json(_read(database, full, document, revision=1).content)
    assert [row.name for row in made.professionals] == ["(gewist)", NAME, NAME]
    assert made.staff == term.staff


def test_of_a_patch_only_their_rows_change(database: Database, full: Full) -> None:
    """A scenario still applies to the revision it was made for, and means the same."""
    was = Term.model_validate_json(_read(database, full, full.term).content)
    before = apply(Scenario.model_validate_json(_read(database, full, full.scenario).content), was)
    erased = erase_person(database, full.region, PERSON, by=None)
    term = Term.model_validate_json(_read(database, full, full.term, revision=2).content)
    scenario = Scenario.model_validate_json(_read(database, full, full.scenario).content)
    after = apply(scenario, term)
    assert before.term is not None
    assert after.term is not None
    assert after.issues == ()
    assert scenario.name == "(gewist)"
    assert [row.status for row in after.term.releases_of(erased.id)] == ["fixed"]
    assert after.term.professional("qzwaan2").max_lessons_per_week == 9


def test_a_backup_that_was_restored_is_erased_again(database: Database, full: Full) -> None:
    """Who comes back with an old file can be taken out once more, under another id."""
    first = erase_person(database, full.region, PERSON, by=None)
    with database.session() as session:
        documents.create(session, full.region, Kind.TERM, term_of().model_dump_json(exclude_defaults=True))
    second = erase_person(database, full.region, PERSON, by=None)
    assert first.id != second.id


# What somebody may ask for


def test_all_that_is_known_of_somebody_is_told(database: Database, full: Full) -> None:
    """They stand in each of these places, and in no others."""
    found = person_data(database, full.region, PERSON)
    counts = {name: len(value) for name, value in found.items() if isinstance(value, list)}
    assert counts == {
        "called": 3,
        "term": 2,  # revisions
        "scenario": 2,  # its name, and its content
        "outcome": 3,  # two, and the scenario that lies with one
        "answer": 3,
        "record": 1,
        "account": 1,
        "grant": 1,
        "identity": 1,
        "login_session": 1,
        "login_link": 1,
        "api_token": 1,
        "feed": 1,
        "job": 3,
        "incumbent": 1,
        "audit": 3,
        "delivery": 1,
        "answered": 2,
        "part": 1,  # their account delivered it
        "publication": 0,
    }
    latest = found["term"][1]
    tables = {row["where"].partition("[")[0].removeprefix("$.") for row in latest["rows"]}
    ours = {name for name, value in term_of().model_dump().items() if PERSON in json.dumps(value, default=str)}
    assert tables == ours
    assert sum(row["where"].startswith("$.waivers") for row in latest["rows"]) == 2
    assert json.loads(json.dumps(found)) == found
    whole = json.dumps(found, ensure_ascii=False)
    assert all(each in whole for each in TRACES)
    assert not any(f'"{each}"' in whole for each in ("d1", "d2", "d3", "d5"))
    assert "=qzwaan2" not in whole  # who else was read about


def test_of_others_their_own_is_told(database: Database, full: Full) -> None:
    """Somebody whose id begins with another's gets their own rows, and shared ones only."""
    found = person_data(database, full.region, "qzwaan2")
    rows = {row["where"] for row in found["term"][1]["rows"]}
    assert "$.professionals[1]" in rows
    assert "$.professionals[0]" not in rows
    assert "$.wishes[0]" not in rows
    assert "$.carpools[0]" in rows
    assert found["account"] == found["feed"] == found["delivery"] == []
    assert OwnerKind.PROFESSIONAL  # of whom it is


def test_reading_changes_nothing(database: Database, full: Full) -> None:
    """It is only read."""
    before = rows_of(database)
    person_data(database, full.region, PERSON)
    assert rows_of(database) == before


def test_more_rows_of_the_log_than_are_read_at_once(database: Database, full: Full) -> None:
    """All of them change."""
    said = {"region": full.region, "role": "r", "request": "r", "action": "person_read"}
    with database.session() as session:
        session.execute(insert(Audit), [{**said, "person": PERSON} for _ in range(1500)])
        session.execute(delete(Feed))
    erased = erase_person(database, full.region, PERSON, by=None)
    people = [row["person"] for row in rows_of(database)["audit"]]
    assert people.count(erased.id) == 1501
    assert PERSON not in people
