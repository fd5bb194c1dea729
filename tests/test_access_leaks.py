"""What is private is planted under marks that occur nowhere else, and looked for in all that every kind of reader gets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from model.access import Reader, ReaderRole
from model.access_term import FIELDS, PLAIN, ROWS, View, term_for
from model.access_timetable import Of, Weeks, outcome_for
from model.pseudonyms import Pseudonyms
from model.term import Settings, Term, tables
from model.timetable import GivenLesson, LessonCount, OpenLesson, Outcome, Reason, Status
from tests.regions import course, lesson, licence, person, release, small_term, work, worker

PSEUDONYMS = Pseudonyms(b"k" * 32)

READERS = {
    "admin": Reader(ReaderRole.ADMIN),
    "coordinator": Reader(ReaderRole.COORDINATOR),
    "north": Reader(ReaderRole.TIMETABLER, frozenset({"north"})),
    "south": Reader(ReaderRole.TIMETABLER, frozenset({"south"})),
    "works": Reader(ReaderRole.EMPLOYER, frozenset({"works"})),
    "rival": Reader(ReaderRole.EMPLOYER, frozenset({"rival"})),
    "anna": Reader(ReaderRole.PROFESSIONAL, frozenset({"a-id"})),
    "ben": Reader(ReaderRole.PROFESSIONAL, frozenset({"b-id"})),
    "nobody": Reader(ReaderRole.PROFESSIONAL),
}
PLAN = {"admin", "coordinator", "north", "south"}


def planted(**changes: Any) -> Term:
    """Anna of works and Ben of rival, each with a mark in every field that is not for all; a course at both schools."""
    mine = {
        "anna": {"home_town": "MARK-town", "home_postcode": "MARK-postcode", "home_latitude": 51.3141, "home_longitude": 5.2718},
        "ben": {"home_town": "MARK-other-town"},
    }  # fmt: skip
    people = [
        worker("a-id", name="MARK-name", skills=["MARK-skill"], employer_hours_per_week=33.25, team="MARK-team", **mine["anna"]),
        person("b-id", name="MARK-other-name", employer="rival", employer_hours_per_week=31.75, **mine["ben"]),
    ]  # fmt: skip
    return small_term(
        **{
            "employers": [
                {"id": "works", "name": "Works", "hour_cost": 71.25, "critical_roles": ["MARK-role"]},
                {"id": "rival", "name": "Rival"},
            ],
            "employer_sites": [{"id": "plant", "employer": "works", "town": "MARK-plant"}],
            "teams": [{"id": "MARK-team", "employer": "works"}],
            "professionals": people,
            "travel_times": [],
            "licences": [licence("a-id", valid_from="2019-03-14", board="board"), licence("b-id")],
            "rooms": [{"id": "MARK-room", "school": "north"}, {"id": "MARK-south-room", "school": "south"}],
            "class_groups": [{"id": "MARK-class", "school": "north", "pupils": 29}],
            "courses": [course("robots", classes=["MARK-class"]), course("lasers", school="south", name="MARK-lasers")],
            "lessons": [lesson("l1", room="MARK-room", pinned=["a-id"]), lesson("l2", "3", course="lasers")],
            "work": [work("a-id", "08:07"), work("b-id", "08:09")],
            "releases": [release("a-id"), release("b-id")],
            "unavailability": [{"id": "u", "professional": "a-id", "weekday": "tue", "reason": "MARK-ill"}],
            "wishes": [{"id": "w", "professional": "a-id", "value": 2, "subject": "MARK-subject", "reason": "MARK-why"}],
            **changes,
        }
    )  # fmt: skip


AUDIENCE = {
    "MARK-town": {"anna"},
    "MARK-postcode": {"anna"},
    "51.3141": {"anna"},
    "5.2718": {"anna"},
    "MARK-other-town": {"ben"},
    "MARK-ill": {"anna"},
    "MARK-why": {"anna"},
    "MARK-subject": PLAN | {"anna"},
    "MARK-name": PLAN | {"anna", "works"},
    "MARK-other-name": PLAN | {"ben", "rival"},
    "08:07": {"anna", "works", "admin"},
    "08:09": {"ben", "rival", "admin"},
    "33.25": {"anna", "works", "admin"},
    "31.75": {"ben", "rival", "admin"},
    "71.25": {"works", "admin"},
    "MARK-role": {"works", "admin"},
    "MARK-skill": {"anna", "works", "admin"},
    "MARK-team": {"anna", "works", "admin", "coordinator"},
    "MARK-plant": {"works", "admin", "coordinator"},
    "MARK-room": {"north", "admin", "coordinator"},
    "MARK-south-room": {"south", "admin", "coordinator"},
    "MARK-class": {"north", "admin", "coordinator"},
    "MARK-lasers": {"south", "admin", "coordinator"},
}
"""Who must find each mark in a term; nobody else may."""


def said(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize("mark", AUDIENCE)
def test_exactly_its_readers_find_a_mark(mark: str) -> None:
    """Both ways: whoever may see it does, and nobody else."""
    term = planted()
    assert {name for name, reader in READERS.items() if mark in said(term_for(term, reader))} == AUDIENCE[mark]


def test_every_mark_is_looked_for() -> None:
    """All that is planted has an audience."""
    whole = planted().model_dump_json()
    marks = {each.split('"')[0] for each in whole.split('"MARK-')[1:]}
    assert {f"MARK-{each}" for each in marks} == {each for each in AUDIENCE if each.startswith("MARK-")}


# Under pseudonyms


def test_nobody_is_named_before_a_match() -> None:
    """Neither names nor ids of people, nor ids of rows made of these, where a person has few rows."""
    term = planted(activities=[{"id": "act", "school": "north", "required": ["a-id"]}])
    view = View(PSEUDONYMS)
    for name in ("coordinator", "north", "south"):
        shown = said(term_for(term, READERS[name], view))
        assert not [each for each in ("a-id", "b-id", "MARK-name", "MARK-other-name") if each in shown], name
        assert PSEUDONYMS.id_of("a-id") in shown
    for name in ("works", "anna", "admin"):
        assert "MARK-name" in said(term_for(term, READERS[name], view))
    matched = said(term_for(term, READERS["north"], View(PSEUDONYMS, frozenset({"a-id"}))))
    assert "MARK-name" in matched
    assert "b-id" not in matched


def test_a_pseudonym_is_the_same_everywhere_and_leads_back_with_the_key_only() -> None:
    """One for each person; another key gives others, in another order."""
    people = [f"p{number}" for number in range(200)]
    made = [PSEUDONYMS.id_of(each) for each in people]
    assert len(set(made)) == len(people)
    assert [PSEUDONYMS.real(each, people) for each in made] == people
    assert sorted(made) != made
    other = Pseudonyms(b"l" * 32)
    assert not {other.id_of(each) for each in people} & set(made)
    assert [other.real(each, people) for each in made] == made


# Outcomes


OUTCOME = Outcome(
    status=Status.FOUND,
    lessons=LessonCount(total=2, filled=1, open=1),
    assignments=(
        GivenLesson(lesson="l1", professional="a-id", weekday="mon", start="08:30", end="09:20"),
    ),
    open=(OpenLesson(lesson="l2", missing=1, reasons=(Reason(rule="licence", people=1, sentence="MARK-reason"),)),),
)  # fmt: skip

IN_WEEKS = {
    "MARK-name": {"admin", "coordinator", "north", "works", "anna"},
    "MARK-room": {"admin", "coordinator", "north", "anna"},
    "MARK-class": {"admin", "coordinator", "north", "anna"},
    "08:30": {"admin", "coordinator", "north", "anna"},
    "morning": {"admin", "coordinator", "north", "south", "works", "anna"},
    "MARK-lasers": {"admin", "coordinator", "south"},
    "MARK-reason": {"admin", "coordinator", "south"},
}
"""Who finds a mark in the weeks of an outcome; south has an open lesson in the morning."""


@pytest.mark.parametrize("mark", IN_WEEKS)
def test_weeks_show_an_employer_half_days_and_a_school_its_own(mark: str) -> None:
    """Classes, rooms and clock times of its people are not an employer's; nothing of another school is a school's."""
    term = planted()
    found = {
        name
        for name, reader in READERS.items()
        if any(mark in repr(Weeks(term, OUTCOME, reader, "en").of(of)) for of in Of)
    }
    assert found == IN_WEEKS[mark]


def test_an_outcome_names_nobody_to_who_may_not_know() -> None:
    """The table of assignments is for who plans; under pseudonyms it has these."""
    term = planted()
    shown = {name: said(outcome_for(term, OUTCOME, reader, "en")) for name, reader in READERS.items()}
    assert {name for name in shown if "a-id" in shown[name]} == {"admin", "coordinator", "north"}
    assert {name for name in shown if "MARK-reason" in shown[name]} == {"admin", "coordinator", "south"}
    hidden = said(outcome_for(term, OUTCOME, READERS["north"], "en", View(PSEUDONYMS)))
    assert ("a-id" in hidden, PSEUDONYMS.id_of("a-id") in hidden) == (False, True)


# Whoever adds a column says whom it is for


OPEN = {
    "periods": "id name school start end",
    "week_patterns": "id name school weeks",
    "boards": "id name",
    "schools": "id name board brin sector town postcode latitude longitude arrival_buffer_minutes"
    " practical_buffer_minutes leave_buffer_minutes first_periods_free",
    "time_grids": "id school variant valid_from valid_to weekday period start end",
    "calendar_days": "id school employer start end kind variant name",
    "rooms": "id school name capacity",
    "class_groups": "id school name pupils level year variant",
    "staff": "id school subjects mentor",
    "employers": "id name",
    "employer_sites": "id employer name town postcode latitude longitude",
    "teams": "id employer name",
    "presence": "id employer team people skill weeks weekday half_day minimum at_most_away minimum_share others_present",
    "release_choices": "id employer team people weekdays at_most weeks anew_each_week",
    "professionals": "id name employer atw_exempt open_for_matching",
    "work": "id professional cycle_weeks cycle_week weekday start end site",
    "releases": "id professional weeks weekday half_day start end status",
    "unavailability": "id professional weeks weekday first_date last_date start end privacy",
    "wishes": "id professional weekday half_day start end school subject level value",
    "licences": "id professional subject sector level",
    "stages": "id professional subject stage start end",
    "engagements": "id professional board school form start end min_lessons max_lessons status",
    "carpools": "id people required",
    "courses": "id name school school_year subject sector level profile classes priority practical required_licence"
    " supervised_by copresent led_by continuity max_people handover_weeks heads",
    "lessons": "id course weeks weekday first_period last_period start end lesson_periods room must_fill",
    "lesson_times": "id lesson weekday first_period last_period start end room",
    "demands": "id course weeks lessons_per_week block_length half_days",
    "busy": "id school class_group room staff professional weeks weekday first_period last_period start end subject",
    "activities": "id name kind school required wished weeks weekday start minutes",
    "published": "id lesson professional option weeks",
    "rules": "id rule school employer professional enabled parameter value",
    "waivers": "id rule professional lesson by reason decided",
    "travel_times": "id origin destination mode departure minutes",
}
"""Fields that everybody reads who sees the row; whoever adds a column puts it here or in `FIELDS`."""


def test_every_field_is_for_somebody_by_choice() -> None:
    """Each column of each table is either open with its row or for named roles, and none is both; so are the settings."""
    assert ROWS.keys() == OPEN.keys()
    for table, record in tables():
        chosen, open_fields = FIELDS.get(table, {}).keys(), OPEN[table].split()
        assert sorted([*chosen, *open_fields]) == sorted(record.model_fields), table
    assert set(Settings.model_fields) == {
        *("id", "name", "start", "end", "as_of", "time_zone", "school_year", "noon", "evening"),
        *("count_proposed_releases", "public_transport_margin_minutes"),
    }


def test_secret_fields_are_for_nobody_else_than_whose_they_are() -> None:
    """What a column says of itself, that it is personal beyond name and work, holds here too."""
    for table, record in tables():
        for name, col in record.cols():
            if col.secret:
                others = FIELDS[table][name] - {ReaderRole.PROFESSIONAL}
                assert others == ({ReaderRole.ADMIN, ReaderRole.EMPLOYER} if name == "hour_cost" else set()), name


# What ids and demand must not tell


@pytest.mark.parametrize("case", ["carpool", "journey", "presence", "licence", "companion"])
def test_ids_of_rows_tell_nothing(case: str) -> None:
    """A made id holds the key fields of its row."""
    term = planted(
        carpools=[{"people": ["a-id", "b-id"]}],
        travel_times=[{"origin": "home:a-id", "destination": "north", "minutes": 20}],
        presence=[{"employer": "works", "people": ["a-id"], "minimum": 1}],
    )
    reader, view, table, mark = {
        "carpool": ("north", View(PSEUDONYMS), "carpools", "a-id"),
        "journey": ("north", View(PSEUDONYMS), "travel_times", "a-id"),
        "presence": ("coordinator", View(PSEUDONYMS), "presence", "a-id"),
        "licence": ("works", PLAIN, "licences", "2019-03-14"),
        "companion": ("anna", PLAIN, "carpools", "b-id"),
    }[case]
    assert mark not in said(term_for(term, READERS[reader], view)[table])


def test_a_published_lesson_of_demand_can_be_shown() -> None:
    """It is a lesson of its course's school like any other."""
    demand = {"id": "d", "course": "robots", "lessons_per_week": 2}
    row = {"lesson": "d#1", "professional": "a-id", "option": "d#1:mon:1"}
    assert "published" in term_for(planted(demands=[demand], published=[row]), READERS["north"])


def test_a_coordinator_reads_the_level_of_a_licence_only() -> None:
    """Dates and board are for schools, which must keep a file of them."""
    shown = term_for(planted(), READERS["coordinator"])["licences"]
    assert not [row for row in shown if "valid_from" in row or "board" in row]


@pytest.mark.parametrize("table", ["activities", "waivers"])
def test_a_professional_sees_what_concerns_them(table: str) -> None:
    """Meetings at which they are expected, and what somebody decided about them."""
    term = planted(
        activities=[{"id": "act", "school": "north", "required": ["a-id"]}],
        waivers=[{"rule": "travel_limit", "professional": "a-id", "by": "north", "reason": "r", "decided": "2026-09-01"}],
    )  # fmt: skip
    assert table in term_for(term, READERS["anna"])
