"""Scenario files: read as files of a term are, refused with the place of every problem, written and read again the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model.files.scenario import LoadedScenario, read_scenario, write_scenario
from model.locale import LANGUAGES
from model.scenarios.scenario import Scenario
from model.term import Term
from tests.regions import lesson, person, release, small_term, work, worker


def region() -> Term:
    """Anna works on Mondays, and is released in the morning. Week 38 is called B."""
    return small_term(
        professionals=[worker("anna"), person("ben")],
        work=[work("anna")],
        releases=[release("anna", "morning")],
        lessons=[lesson("l1"), lesson("l2", "2")],
        week_patterns=[{"name": "B", "weeks": "38"}],
    )


def read(tmp_path: Path, data: Any) -> LoadedScenario:
    """What a file makes of the region."""
    path = tmp_path / "wat als.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return read_scenario(path, region())


def problems(found: LoadedScenario) -> list[tuple[str, str | None, str | None]]:
    """Code, path and guess of each, each with a sentence in both languages."""
    assert found.applied is None
    for issue in found.issues:
        assert issue.file == "wat als.json"
        for lang in LANGUAGES:
            assert issue.sentence(lang)
            assert issue.hint(lang)
    return [(issue.code, issue.column, issue.maybe) for issue in found.issues]


def test_words_people_use_are_understood(tmp_path: Path) -> None:
    """Dutch days and half-days, names of weeks, dates as they are written."""
    changes = [
        {"kind": "release", "professional": "anna", "weekday": "maandag", "half_day": "middag", "weeks": "B"},
        {"kind": "absence", "professional": "ben", "first_date": "14-09-2026"},
        {"kind": "close", "school": "north", "start": "7-9-2026", "end": "2026-09-07", "day": "studiedag"},
    ]
    found = read(
        tmp_path, {"id": "s", "name": "Middag erbij", "author": "Mira", "reason": "gesprek", "changes": changes}
    )
    assert found.issues == ()
    assert found.applied is not None
    assert found.applied.sentences("nl") == [
        "Anna wordt vrijgeroosterd: ma middag (38).",
        "Ben is afwezig van 14 september 2026 tot en met 20 september 2026.",
        "studiedag: North, van 7 september 2026 tot en met 7 september 2026.",
    ]
    assert found.applied.scenario.author == "Mira"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], [("not_an_object", "$", None)]),
        ({"changes": []}, [("missing", "$.id", None)]),
        ({"id": "s", "chnages": []}, [("unknown_field", "$.chnages", "changes")]),
        ({"id": "s", "changes": {}}, [("not_a_list", "$.changes", None)]),
        ({"id": "s", "name": 3}, [("not_one_value", "$.name", None)]),
        ({"id": "s", "changes": ["pin"]}, [("not_an_object", "$.changes[0]", None)]),
        ({"id": "s", "changes": [{"kind": "pinn"}]}, [("scenario_kind", "$.changes[0].kind", "pin")]),
        ({"id": "s", "changes": [{}]}, [("scenario_kind", "$.changes[0].kind", None)]),
        ({"id": "s", "changes": [{"kind": "pin", "lesson": "l1"}]}, [("missing", "$.changes[0].professional", None)]),
        (
            {"id": "s", "changes": [{"kind": "pin", "lesson": "l1", "professional": "ana", "who": 1}]},
            [("unknown_field", "$.changes[0].who", None)],
        ),
        (
            {"id": "s", "changes": [{"kind": "pin", "lesson": "l1", "professional": "anne"}]},
            [("unknown_reference", "$.changes[0].professional", "anna")],
        ),
        (
            {"id": "s", "changes": [{"kind": "release", "professional": "anna", "weekday": "maandg"}]},
            [("unknown_choice", "$.changes[0].weekday", "maandag")],
        ),
        (
            {
                "id": "s",
                "changes": [{"kind": "load", "professional": "anna", "limit": "max_lessons_per_week", "value": -1}],
            },
            [("below_least", "$.changes[0].value", None)],
        ),
        (
            {"id": "s", "changes": [{"kind": "add_professional", "work": 3}]},
            [("not_a_list", "$.changes[0].work", None)],
        ),
        (
            {"id": "s", "changes": [{"kind": "add_professional", "professionals": [{"id": "dee", "naam": "Dee"}]}]},
            [
                ("missing", "$.changes[0].professionals[0].name", None),
                ("unknown_field", "$.changes[0].professionals[0].naam", "name"),
            ],
        ),
        ({"id": "s", "changes": [{"kind": "patch"}]}, [("missing", "$.changes[0].patch", None)]),
    ],
    ids=str,
)
def test_every_problem_has_its_place(tmp_path: Path, data: Any, expected: list[tuple[str, str, str | None]]) -> None:
    """And a guess where one can be made."""
    assert problems(read(tmp_path, data)) == expected


def test_what_is_no_json_cannot_be_read(tmp_path: Path) -> None:
    """Nor what is not there."""
    found = read(tmp_path, "{")
    assert (found.readable, found.issues[0].code) == (False, "bad_json")
    assert read_scenario(tmp_path / "none.json", region()).issues[0].code == "file_missing"


def test_written_and_read_again_it_is_the_same(tmp_path: Path) -> None:
    """With every kind of value."""
    changes = [
        {"kind": "release", "professional": "anna", "weekday": "mon", "half_day": "afternoon", "weeks": "37-38"},
        {"kind": "move_lesson", "lesson": "l1", "weekday": "tue", "start": "09:00", "end": "10:00"},
        {"kind": "add_professional", "professionals": [{"id": "dee", "name": "Dee"}]},
        {"kind": "set_rule", "rule": "filled", "parameter": "normal", "value": "70"},
        {"kind": "patch", "patch": {"professionals": {"ben": {"max_days_per_week": 1}}}},
    ]
    scenario = Scenario.model_validate({"id": "s", "reason": "é", "base": region().input_hash, "changes": changes})
    path = tmp_path / "s.json"
    write_scenario(scenario, path)
    found = read_scenario(path, region())
    assert found.issues == ()
    assert found.applied is not None
    assert found.applied.scenario == scenario
    undone = found.applied.undone()
    write_scenario(undone, path)
    assert found.applied.term is not None
    back = read_scenario(path, found.applied.term)
    assert back.applied is not None, back.issues
    assert back.applied.term is not None
    assert back.applied.term.model_dump_json() == region().model_dump_json()
