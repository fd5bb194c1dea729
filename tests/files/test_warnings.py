"""What is odd in a term is said, at its place, and stops nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from model import checks_unread
from model.checks_unread import READ_OUTSIDE_RULES
from model.files import read_term
from model.issues import Severity
from model.rules import RULES
from model.term import Settings, tables
from tests.files.places import folder

LESSON = "les_id;cursus;dag;lesuur;weken"
SITE = "id;bedrijf;breedtegraad;lengtegraad"
PEOPLE = "id;naam;bedrijf;bedrijfslocatie;breedtegraad;lengtegraad"

# The term of the region runs from Monday 31 August 2026 (week 36) to Friday 5 February 2027 (week 5).
CASES: list[tuple[str, dict[str, Any], list[tuple[str, str | None, int | None, str | None, str]]]] = [
    ("nothing odd", {}, []),
    ("range over New Year", {"lessen": f"{LESSON}\nl1;wis;ma;1;49-3"}, []),
    (
        "weeks outside the term",
        {"lessen": f"{LESSON}\nl1;wis;ma;1;36,6-7"},
        [("weeks_outside", "lessen", 2, "E", "6-7")],
    ),
    (
        # The lessons of the course begin in week 40, and there is no week 20.
        "hand-over weeks before which there are no lessons, or outside the term",
        {
            "cursussen": "id;vestiging;vak;hand-over weeks\nwis;noord;wiskunde;20,38,42",
            "lessen": f"{LESSON}\nl1;wis;ma;1;40-45",
        },
        [("weeks_outside", "cursussen", 2, "D", "20"), ("handover_idle", "cursussen", 2, "D", "38")],
    ),
    (
        "lesson outside the term",
        {"lessen": f"{LESSON}\nl1;wis;ma;1;20"},
        [("weeks_outside", "lessen", 2, "E", "20"), ("lesson_outside_term", "lessen", 2, "C", "l1")],
    ),
    (
        # Every date of the term is a holiday.
        "lesson in the holidays only",
        {"kalender": "van;tot;soort\n31-08-2026;05-02-2027;vakantie"},
        [("lesson_never", "lessen", 2, "C", "l1")],
    ),
    (
        # The school's grid has the lesson period on Tuesdays only.
        "lesson without a time grid",
        {"lestijden": "vestiging;dag;lesuur;start;eind\nnoord;di;1;8:30;9:20"},
        [("lesson_never", "lessen", 2, "C", "l1")],
    ),
    (
        # It never takes place at its own time, but at another time it does.
        "lesson with another time that can be",
        {
            "lestijden": "vestiging;dag;lesuur;start;eind\nnoord;di;1;8:30;9:20",
            "andere_tijden": "les;dag;lesuur\nl1;di;1",
        },
        [],
    ),
    (
        "class of an unknown variant",
        {"klassen": "id;vestiging;variant\n4a;noord;standard\n4b;noord;pauze B"},
        [("variant_of_class", "klassen", 3, "C", "pauze B")],
    ),
    ("no working hours", {"werk": None}, [("no_work", "professionals", 2, "C", "Anna")]),
    (
        "release outside working hours",
        {"vrijroostering": "professional;dag;dagdeel\nanna;di;ochtend\nanna;wo;ochtend\nanna;di;avond"},
        [("release_outside_work", "vrijroostering", 3, "B", "Anna"), ("release_outside_work", "vrijroostering", 4, "B", "Anna")],
    ),
    (
        "licence that ends in the term",
        {"bevoegdheden": "professional;vak;sector;niveau;geldig tot\nanna;wiskunde;vo;2e;01-11-2026\nanna;nask;vo;2e;05-02-2027"},
        [("licence_expires", "bevoegdheden", 2, "E", "2026-11-01")],
    ),
    (
        "places without coordinates",
        {"vestigingen": "id;naam;sector\nnoord;Noord;vo", "bedrijfslocaties": "id;bedrijf\nfabriek;vdl"},
        [("place_unknown", "bedrijfslocaties", 2, None, "fabriek"), ("place_unknown", "vestigingen", 2, None, "Noord")],
    ),
    (
        "places with known travel times",
        {"vestigingen": "id;naam;sector\nnoord;Noord;vo", "reistijden": "van;naar;minuten\nhome:anna;noord;20",
         "professionals": "id;naam;bedrijf\nanna;Anna;vdl"},
        [],
    ),
    (
        "home unknown, work known",
        {"bedrijfslocaties": f"{SITE}\nfabriek;vdl;51,4;5,4", "professionals": f"{PEOPLE}\nanna;Anna;vdl;fabriek;;"},
        [("home_from_work", "professionals", 2, "E", "Anna")],
    ),
    (
        "home and work unknown",
        {"professionals": f"{PEOPLE}\nanna;Anna;vdl;;;"},
        [("home_unknown", "professionals", 2, "E", "Anna")],
    ),
    (
        "field that nothing reads",
        {"klassen": "id;vestiging;leerjaar\n4a;noord;\n4b;noord;4\n4c;noord;4"},
        [("field_unread", "klassen", 3, "C", "2")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_warnings(changes: dict[str, Any], expected: list[tuple[Any, ...]], tmp_path: Path) -> None:
    """Each oddity gives its warnings, and no others; the term is there."""
    loaded = read_term(folder(tmp_path / "regio", changes))
    assert loaded.term is not None
    found = [(issue.code, issue.sheet, issue.row, issue.column, issue.value) for issue in loaded.issues]
    assert sorted(found, key=str) == sorted(expected, key=str)
    for issue in loaded.issues:
        assert issue.severity is Severity.WARNING
        assert (issue.value or "") in issue.sentence("nl")
        assert issue.sentence("en") != issue.sentence("nl")
        assert issue.hint("nl").startswith("Misschien")
        assert issue.hint("en").startswith("Maybe")


def test_fields_said_to_be_read_exist() -> None:
    """No rule and no list names a field that the model does not have (any more)."""
    known = {f"term.{name}" for name in Settings.model_fields}
    known |= {f"{table}.{name}" for table, record in tables() for name in record.model_fields}
    assert known >= READ_OUTSIDE_RULES
    for rule in RULES:
        assert known >= set(rule.reads), rule.name


def test_a_table_that_nothing_reads_is_named_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as no rule reads a table, filling it in warns, with the number of its rows."""
    unread = frozenset(each for each in checks_unread.READ_OUTSIDE_RULES if not each.startswith("demands."))
    monkeypatch.setattr(checks_unread, "READ_OUTSIDE_RULES", unread)
    loaded = read_term(folder(tmp_path / "regio", {"vraag": "cursus;lesuren per week\nwis;4\nwis;2"}))
    assert [(issue.code, issue.sheet, issue.value) for issue in loaded.issues] == [("table_unread", "vraag", "2")]
