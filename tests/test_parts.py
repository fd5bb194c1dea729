"""Parts of a term: cut and joined they are the same term, and nobody changes what is not theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from model.access_actions import Owned, OwnerKind
from model.files import read_term
from model.issues import Issue, TermError
from model.parts import OWNERS, REGION, Owners, Part, id_of, part_of, split
from model.parts_joined import merge, replace_part
from model.term import Settings, Term, tables
from tests.random_regions import terms
from tests.regions import course, lesson, person, release, small_term, work, worker
from tests.strategies_term import whole_terms

EXAMPLES = Path(__file__).parent.parent / "examples"
NORTH, SOUTH = Owned(OwnerKind.SCHOOL, "north"), Owned(OwnerKind.SCHOOL, "south")
WORKS, RIVAL = Owned(OwnerKind.EMPLOYER, "works"), Owned(OwnerKind.EMPLOYER, "rival")


def region(**changes: Any) -> Term:
    """Two schools with a course each, works with Anna, rival with Ben, and Cor who is his own."""
    return small_term(
        **{
            "employers": [{"id": "works", "name": "Works"}, {"id": "rival", "name": "Rival"}],
            "professionals": [worker("anna"), person("ben", employer="rival"), person("cor")],
            "courses": [course("robots"), course("lasers", school="south")],
            "lessons": [lesson("l1", pinned=["anna"]), lesson("l2", course="lasers")],
            "rooms": [{"id": "lab", "school": "north"}],
            "work": [work("anna"), work("ben")],
            "releases": [release("anna", "morning")],
            **changes,
        }
    )


def same(one: Term, other: Term) -> None:
    """The same settings, and in every table the same rows."""
    first, second = in_order(one), in_order(other)
    assert first == second
    assert first.input_hash == second.input_hash


def in_order(term: Term) -> Term:
    """A term with the rows of every table in order of their ids."""
    ordered = {name: tuple(sorted(term.rows(name), key=id_of)) for name, _ in tables()}
    return Term.model_construct(**{name: ordered.get(name, getattr(term, name)) for name in Term.model_fields})


def refused(term: Term, key: Owned, part: Part) -> list[Issue]:
    with pytest.raises(TermError) as caught:
        replace_part(term, key, part)
    for each in caught.value.issues:
        assert each.sentence("en") != each.sentence("nl")
        assert each.hint("nl").startswith("Misschien ")
        assert each.hint("en").startswith("Maybe ")
    return list(caught.value.issues)


def changed(part: Part, **rows: Any) -> Part:
    """A part with other rows in some tables."""
    return Part.model_validate({**dict(part), **rows})


# Cutting and joining


def test_every_table_has_owners() -> None:
    """A table that is new says whose its rows are before anything else; each field that says so is there."""
    records = dict(tables())
    assert OWNERS.keys() == records.keys()
    for table, groups in OWNERS.items():
        refers = {name: col.ref for name, col in records[table].cols()}
        ends = {"origin", "destination"} if table == "travel_times" else set()
        named = {field for group in groups for field in group}
        assert named <= records[table].model_fields.keys()
        assert all(refers.get(field) for field in named - {"id"} - ends), table


def test_a_part_holds_what_is_its_owners() -> None:
    """Rows go with what they refer to; what several have a say in, and what decides for all, is the region's."""
    term = region(
        professionals=[worker("anna"), worker("annet"), person("ben", employer="rival"), person("cor")],
        carpools=[{"people": ["anna", "ben"]}, {"id": "of-works", "people": ["anna", "annet"]}],
        calendar_days=[
            {"id": "all", "start": "2026-09-08", "end": "2026-09-08", "kind": "holiday"},
            {"id": "of-north", "school": "north", "start": "2026-09-09", "end": "2026-09-09", "kind": "study_day"},
            {"id": "of-works", "employer": "works", "start": "2026-09-10", "end": "2026-09-10", "kind": "closure"},
            {
                "id": "of-both",
                "school": "north",
                "employer": "works",
                "start": "2026-09-11",
                "end": "2026-09-11",
                "kind": "closure",
            },
        ],
        busy=[
            {"id": "class", "class_group": "a", "weekday": "mon", "first_period": "2"},
            {"id": "own", "professional": "ben", "weekday": "mon", "start": "09:00", "end": "10:00"},
            {"id": "room", "room": "lab", "professional": "ben", "weekday": "mon", "first_period": "2"},
            {"id": "there", "school": "south", "professional": "ben", "weekday": "mon", "first_period": "2"},
        ],
        rules=[{"rule": "gaps", "school": "north", "parameter": "weight", "value": "3"}],
        demands=[{"id": "d", "course": "lasers", "lessons_per_week": 2}],
        lesson_times=[
            {"id": "t", "lesson": "l2", "weekday": "tue", "first_period": "1"},
            {"id": "of-block", "lesson": "d#1", "weekday": "tue", "first_period": "1"},
        ],
    )
    parts = split(term)
    assert list(parts) == [REGION, NORTH, SOUTH, RIVAL, WORKS]
    ids = {
        (str(key.id) or "region", name): [id_of(row) for row in part.rows(name)]
        for key, part in parts.items()
        for name, _ in tables()
        if part.rows(name)
    }
    assert ids["region", "professionals"] == ["cor"]
    assert ids["works", "professionals"] == ["anna", "annet"]
    assert ids["works", "work"] == [term.work[0].id]
    assert ids["works", "releases"] == [term.releases[0].id]
    assert [ids[who, "carpools"] for who in ("region", "works")] == [[term.carpools[0].id], ["of-works"]]
    assert [ids[who, "calendar_days"] for who in ("region", "north", "works")] == [
        ["all", "of-both"],
        ["of-north"],
        ["of-works"],
    ]
    assert [ids[who, "busy"] for who in ("north", "rival", "south")] == [["class", "room"], ["own"], ["there"]]
    assert ids["north", "lessons"] == ["l1"]
    assert ids["south", "lesson_times"] == ["t", "of-block"]
    assert ids["south", "demands"] == ["d"]
    assert ids["region", "rules"] == [term.rules[0].id]
    assert {each.split(":")[1] for each in ids["works", "travel_times"] if each.startswith("home")} == {"anna", "annet"}
    assert not [name for who, name in ids if who == "region" and name in ("lessons", "courses", "rooms", "work")]
    assert parts[REGION].settings == Settings(id=term.id, start=term.start, end=term.end)
    assert parts[NORTH].settings is None


@given(whole_terms())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_joined_parts_are_the_same_term(term: Term) -> None:
    """Whatever is in it; once joined, the order stays; and a part given back unchanged changes nothing, hash included."""
    parts = {key: Part.model_validate_json(part.model_dump_json()) for key, part in split(term).items()}
    joined = merge(parts)
    same(joined, term)
    assert merge(split(joined)).input_hash == joined.input_hash
    for key, part in parts.items():
        again = replace_part(term, key, part)
        assert again == term
        assert again.input_hash == term.input_hash


@given(terms())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_joined_parts_of_lively_terms_are_the_same_terms(term: Term) -> None:
    """Terms in which every rule is at stake."""
    joined = merge(split(term))
    same(joined, term)
    assert merge(split(joined)).input_hash == joined.input_hash


def test_joined_rows_have_one_order() -> None:
    """That of their owners, where it was another."""
    term = region(lessons=[lesson("l2", course="lasers"), lesson("l1")])
    assert [each.id for each in merge(split(term)).lessons] == ["l1", "l2"]
    grouped = merge(split(term))
    assert replace_part(grouped, SOUTH, part_of(grouped, SOUTH)).input_hash == grouped.input_hash


@pytest.mark.parametrize("name", ["smallest", "impossible", "eindhoven"])
def test_examples_can_be_cut_and_joined(name: str) -> None:
    """A real region too."""
    term = read_term(EXAMPLES / name / f"{name}.json").term
    assert term is not None
    same(merge(split(term)), term)
    assert replace_part(term, REGION, part_of(term, REGION)).input_hash == term.input_hash


def test_a_part_refuses_what_it_does_not_know() -> None:
    """As JSON: unknown tables and unknown fields."""
    with pytest.raises(ValidationError, match="lesssons"):
        Part.model_validate({"lesssons": []})
    with pytest.raises(ValidationError, match="capacitty"):
        Part.model_validate({"rooms": [{"id": "lab", "school": "north", "capacitty": 3}]})


def test_parts_of_others_are_refused_when_joined() -> None:
    """Each issue names the part it stands in."""
    parts = split(region())
    parts[SOUTH] = changed(parts[SOUTH], rooms=[{"id": "den", "school": "north"}], settings=parts[REGION].settings)
    parts[REGION] = changed(parts[REGION], settings=None, carpools=[{"people": ["nobody", "cor"]}])
    with pytest.raises(TermError) as caught:
        merge(parts)
    assert [(each.code, each.file, each.table, each.index) for each in caught.value.issues] == [
        ("no_settings", "region", "term", None),
        ("part_foreign_settings", "school/south", "term", None),
        ("part_foreign_row", "school/south", "rooms", 0),
        ("unknown_reference", "region", "carpools", 0),
    ]


# Giving a part anew


def test_a_school_changes_its_own_rows_and_others_stay_where_they_are() -> None:
    """A lesson changes, one comes, a room goes."""
    term = region(rooms=[{"id": "lab", "school": "north"}, {"id": "den", "school": "south"}])
    part = part_of(term, NORTH)
    lessons = [part.lessons[0].replace(weekday="tue", pinned=[]), lesson("l3", "3")]
    after = replace_part(term, NORTH, changed(part, lessons=lessons, rooms=[]))
    assert [each.id for each in after.lessons] == ["l1", "l3", "l2"]
    assert after.lesson("l1").weekday == "tue"
    assert [each.id for each in after.rooms] == ["den"]
    assert after.professionals is term.professionals
    assert after.input_hash != term.input_hash
    assert replace_part(after, NORTH, part).input_hash == term.input_hash
    assert after.replace() == after


def test_the_region_changes_the_dates_of_the_term() -> None:
    """Its settings are part of its part."""
    term = region()
    part = part_of(term, REGION)
    assert part.settings is not None
    after = replace_part(term, REGION, changed(part, settings=part.settings.replace(end="2026-10-04")))
    assert (str(after.end), after.lessons) == ("2026-10-04", term.lessons)


@pytest.mark.parametrize(
    ("key", "rows", "expected"),
    [
        (NORTH, {"rooms": [{"id": "den", "school": "south"}]}, [("part_foreign_row", "rooms", 0)]),
        (NORTH, {"lessons": [lesson("l1"), lesson("l9", course="lasers")]}, [("part_foreign_row", "lessons", 1)]),
        (NORTH, {"lessons": [lesson("l1"), lesson("l9", course="none")]}, [("part_foreign_row", "lessons", 1)]),
        (NORTH, {"work": [work("anna", weekday="tue")]}, [("part_foreign_row", "work", 0)]),
        (NORTH, {"professionals": [person("dan")]}, [("part_foreign_row", "professionals", 0)]),
        (NORTH, {"rules": [{"rule": "gaps", "enabled": False}]}, [("part_foreign_row", "rules", 0)]),
        (NORTH, {"schools": []}, [("part_foreign_row", "schools", None)]),
        (WORKS, {"work": [work("anna"), work("ben", "07:00")]}, [("part_foreign_row", "work", 1)]),
        (WORKS, {"work": [work("anna"), work("nobody", "07:00")]}, [("part_foreign_row", "work", 1)]),
        (WORKS, {"professionals": [worker("anna", employer="rival")]}, [("part_foreign_row", "professionals", 0)]),
        (WORKS, {"lessons": [lesson("l8")]}, [("part_foreign_row", "lessons", 0)]),
        (WORKS, {"presence": [{"employer": "works", "people": ["ben"], "minimum": 1}]}, [("unknown_reference", "presence", 0)]),
        (WORKS, {"presence": [{"employer": "works", "people": ["bas"], "minimum": 1}]}, [("unknown_reference", "presence", 0)]),
        (NORTH, {"lessons": [lesson("l1"), lesson("l2")]}, [("id_twice", "lessons", 1)]),
        (NORTH, {"rooms": [{"id": "lab", "school": "north"}] * 2}, [("id_twice", "rooms", 1)]),
    ],
)  # fmt: skip
def test_what_is_not_theirs_is_refused(key: Owned, rows: dict[str, Any], expected: list[tuple[Any, ...]]) -> None:
    """Rows of another school, another employer or the region, told from none; each where it stands in the part."""
    term = region()
    found = refused(term, key, changed(part_of(term, key), **rows))
    if rows == {"schools": []}:  # its rows are of a school that is no longer there
        assert {each.code for each in found} == {"unknown_reference"}
        return
    assert [(each.code, each.table, each.index) for each in found][: len(expected)] == expected
    assert {each.file for each in found} == {f"{key.kind.value}/{key.id}"}


def test_an_employer_cannot_find_out_who_else_there_is() -> None:
    """Somebody of another employer and nobody at all get the same answer; guesses are only of its own."""
    term = region(professionals=[worker("anna"), worker("annet"), person("ben", employer="rival"), person("cor")])
    part = part_of(term, WORKS)

    def said(who: str) -> list[str]:
        people = changed(part, presence=[{"id": "p", "employer": "works", "people": [who], "minimum": 1}])
        rows = changed(part, wishes=[{"id": "w", "professional": who, "value": 1}])
        found = [each for wrong in (people, rows) for each in refused(term, WORKS, wrong)]
        return [f"{each.sentence('en')} {each.hint('en')} {each.model_dump()}".replace(who, "?") for each in found]

    assert said("ben") == said("dan") == said("cor")
    assert "annet" in said("amnet")[0]
    assert "ben" not in "".join(said("bem"))


def test_what_others_need_stays() -> None:
    """North pins Anna, so works cannot leave her out; which lesson that is is not told."""
    term = region()
    part = part_of(term, WORKS)
    gone = changed(part, professionals=[], **{name: [] for name in ("work", "releases", "licences", "travel_times")})
    (found,) = refused(term, WORKS, gone)
    assert (found.code, found.table, found.value) == ("part_still_needed", "professionals", "anna")
    assert "l1" not in found.sentence("en") + str(found.model_dump())
    assert replace_part(region(lessons=[lesson("l1")]), WORKS, gone).people_of("works") == []


def test_a_guess_names_nobody_a_school_does_not_know() -> None:
    """A misspelled pin does not tell who there is; a misspelled room of its own does."""
    term = region()
    part = part_of(term, NORTH)
    (pin,) = refused(term, NORTH, changed(part, lessons=[lesson("l1", pinned=["bem"])]))
    (room,) = refused(term, NORTH, changed(part, lessons=[lesson("l1", room="lob")]))
    assert (pin.code, pin.maybe, room.maybe) == ("unknown_reference", None, "lab")


def test_owners_of_rows_that_are_not_right_are_not_known() -> None:
    """Where a reference leads nowhere."""
    term = region()
    row = term.lessons[0].replace(course="none")
    assert Owners({"lessons": [row], "courses": term.courses}).of("lessons", row) is None
