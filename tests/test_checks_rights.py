"""What makes no sense about rights to teach and agreements with people, and what is odd."""

from __future__ import annotations

from typing import Any

from model.checks import content_issues
from model.checks_rights import rights_warnings
from model.issues import Severity
from tests.regions import course, licence, person, school, small_term

Told = list[tuple[str, str | None, int | None, str | None]]


def told(**tables: Any) -> Told:
    """Codes and places of the warnings; each has its words."""
    found = list(rights_warnings(small_term(**tables)))
    for issue in found:
        assert issue.severity is Severity.WARNING
        assert all("{" not in said for lang in ("nl", "en") for said in (issue.sentence(lang), issue.hint(lang)))
    return [(issue.code, issue.table, issue.index, issue.field) for issue in found]


def test_a_shared_ride_is_of_two_people() -> None:
    """One, one twice or three are errors at the cell that says so."""
    people = [person("anna"), person("bob"), person("cas")]
    for ride, fine in (
        (["anna", "bob"], True),
        (["anna"], False),
        (["anna", "anna"], False),
        (["anna", "bob", "cas"], False),
    ):
        found = list(content_issues(small_term(professionals=people, carpools=[{"people": ride}])))
        expected = [] if fine else [("carpool_not_two", Severity.ERROR, "carpools", 0, "people")]
        assert [(each.code, each.severity, each.table, each.index, each.field) for each in found] == expected


def test_temporary_rights_begin_on_a_day_and_last_no_longer_than_they_may() -> None:
    """A year from 1 September 2025 ends before the term does; with an end before that nothing is wrong."""
    row = licence("anna", level="onderbevoegd")
    assert told(licences=[row]) == [("temporary_without_start", "licences", 0, "valid_from")]
    since = {**row, "valid_from": "2025-09-01"}
    assert told(licences=[since]) == [("licence_too_long", "licences", 0, "valid_to")]
    assert told(licences=[{**since, "valid_to": "2026-08-31"}]) == []
    assert told(licences=[{**since, "valid_to": "2026-09-01"}]) == [("licence_too_long", "licences", 0, "valid_to")]
    assert told(licences=[{**since, "valid_from": "2025-09-21"}]) == []
    assert told(licences=[{**since, "level": "zij-instroom"}]) == []
    years = [{"rule": "licence_years", "parameter": "under_qualified", "value": "3"}]
    assert told(licences=[since], rules=years) == []


def test_levels_that_a_sector_does_not_know() -> None:
    """Under-qualified in mbo, exempt in vo."""
    wrong = [("level_of_other_sector", "licences", 0, "level")]
    since = {"valid_from": "2026-09-01"}
    for level, sector, expected in (
        ("onderbevoegd", "mbo", wrong), ("vrijgesteld", "vo", wrong), ("vrijgesteld", "mbo", []), ("zij-instroom", "mbo", []),
    ):  # fmt: skip
        assert told(licences=[licence("anna", level=level, sector=sector, **since)]) == expected


def staged(stage: str, *licences: dict[str, Any], **fields: Any) -> Told:
    stages = [{"professional": "anna", "stage": stage, "subject": "techniek", **fields}]
    return told(stages=stages, licences=licences)


def test_a_step_that_no_licence_goes_with() -> None:
    """Qualified without a right to teach alone then; under responsibility without any."""
    wrong = [("stage_without_licence", "stages", 0, "stage")]
    for level, expected in (("2e", []), ("gast", wrong)):
        assert staged("bevoegd", licence("anna", level=level)) == expected
    assert staged("bevoegd", licence("anna", valid_from="2026-10-01"), end="2026-09-30") == wrong
    assert staged("bevoegd", licence("anna", "koken")) == wrong
    assert staged("onder_verantwoordelijkheid", licence("anna", level="gast")) == []
    assert staged("onder_verantwoordelijkheid") == wrong
    assert staged("duo") == []


def test_a_step_for_somebody_who_is_past_it() -> None:
    """Fully licensed all the time it lasts."""
    wrong = [("stage_below_licence", "stages", 0, "stage")]
    for stage in ("meelopen", "duo", "onder_verantwoordelijkheid"):
        assert staged(stage, licence("anna")) == wrong
        assert staged(stage, licence("anna", level="gast")) == []
    later = licence("anna", valid_from="2026-09-10")
    assert staged("duo", later, end="2026-09-30") == []
    assert staged("duo", later, start="2026-09-10") == wrong
    assert staged("duo", later, start="2026-09-10", subject="koken") == []


def test_two_steps_at_once() -> None:
    """Of one person for one subject, in any case of letters, on the same day."""
    rows = [
        {"professional": "anna", "stage": "meelopen", "subject": "techniek", "end": "2026-09-13"},
        {"professional": "anna", "stage": "duo", "subject": "Techniek", "start": "2026-09-13"},
    ]
    assert told(stages=rows, licences=[]) == [("stages_overlap", "stages", 1, "start")]
    for other in ({"start": "2026-09-14"}, {"subject": "koken"}, {"stage": "meelopen"}):
        assert told(stages=[rows[0], {**rows[1], **other}], licences=[]) == []


def test_staff_who_are_named_but_not_qualified() -> None:
    """Of another board or subject, as responsible or as lead; at the field that names them."""
    staff = [
        {"id": "carla", "school": "north", "subjects": ["techniek"]},
        {"id": "dirk", "school": "west"},
        {"id": "eva", "school": "north", "subjects": ["koken"]},
    ]
    tables = {
        "boards": [{"id": "board"}, {"id": "other"}],
        "schools": [school("north"), school("south"), school("west", board="other")],
        "staff": staff,
    }
    for field in ("supervised_by", "led_by"):
        courses = [course("robots", **{field: ["carla", "dirk", "eva"]})]
        assert told(courses=courses, **tables) == [("responsible_not_qualified", "courses", 0, field)] * 2


def test_somebody_must_be_there_and_nobody_can() -> None:
    """Nobody named, or only somebody of another site."""
    staff = [{"id": "carla", "school": "north"}, {"id": "dirk", "school": "south"}]
    wrong = [("copresent_without_responsible", "courses", 0, "copresent")]
    for named, expected in ((["carla"], []), ([], wrong), (["dirk"], wrong)):
        assert told(staff=staff, courses=[course("robots", copresent=True, supervised_by=named)]) == expected


def test_agreements_that_cannot_be_kept() -> None:
    """More at least than at most; all minutes of a guest teacher given already (6 x 60 x 38 = 13 680)."""
    row = {"professional": "anna", "board": "board"}
    for least, most, expected in ((4, 3, True), (3, 3, False), (3, None, False)):
        wrong = [("minimum_above_maximum", "engagements", 0, "min_lessons")] * expected
        assert told(engagements=[{**row, "min_lessons": least, "max_lessons": most}]) == wrong
    for level, used, expected in (("gast", 13680, True), ("gast", 13679, False), ("2e", 13680, False)):
        wrong = [("guest_minutes_spent", "engagements", 0, "guest_minutes_used")] * expected
        engagements = [{**row, "guest_minutes_used": used}]
        assert told(engagements=engagements, licences=[licence("anna", level=level)]) == wrong


def test_weeks_beside_a_mentor_where_there_is_none() -> None:
    """The setting says so; with a mentor, or without weeks, nothing is wrong."""
    setting = {"rule": "mentor_first", "parameter": "weeks"}
    wrong = [("no_mentor", "rules", 0, "value")]
    assert told(rules=[{**setting, "value": "2"}]) == wrong
    assert told(rules=[{**setting, "value": "0"}]) == []
    staff = [{"id": "carla", "school": "north", "mentor": True}]
    assert told(rules=[{**setting, "value": "2"}], staff=staff) == []


def test_a_hard_wish_has_a_reason_where_it_is_to_block() -> None:
    """Of wishes of -3 without a reason, where the region makes blocks of those with one."""
    blocks = [{"rule": "blocked_wishes", "parameter": "blocks", "value": "ja"}]
    hard = {"professional": "anna", "weekday": "mon", "value": -3}
    assert told(wishes=[hard]) == []
    assert told(wishes=[{**hard, "reason": "zorg"}, {**hard, "weekday": "tue", "value": -2}], rules=blocks) == []
    assert told(wishes=[hard], rules=blocks) == [("wish_without_reason", "wishes", 0, "reason")]
