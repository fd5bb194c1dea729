"""Kinds of broken input: a change to the sound region, and the one issue it must give."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.files.places import REGION


@dataclass(frozen=True)
class Broken:
    """A changed file or sheet, and the issue: code, sheet, row, column, a value its sentence names, and a guess."""

    name: str
    changes: dict[str, Any]
    code: str
    sheet: str | None
    row: int | None
    column: str | None
    value: str
    maybe: str | None = None


def _lessons(row: str, head: str = "les_id;cursus;dag;lesuur") -> dict[str, str]:
    return {"lessen": f"{head}\n{row}"}


def _people(head: str, row: str) -> dict[str, str]:
    return {"professionals": f"id;naam;bedrijf;breedtegraad;lengtegraad;{head}\nanna;Anna;vdl;51,44;5,40;{row}"}


def _rules(row: str) -> dict[str, str]:
    return {"regels": f"regel;vestiging;bedrijf;professional;aan;instelling;waarde\n{row}"}


_TIMES = "les_id;cursus;dag;lesuur van;lesuur tot;start;eind"

IN_FOLDER = (
    # Files, sheets and columns
    Broken("unknown table", {"lesen": REGION["lessen"], "lessen": None}, "unknown_sheet", "lesen", None, None, "lesen", "lessen"),
    Broken("table twice", {"lessons": REGION["lessen"]}, "sheet_twice", "lessons", None, None, "lessons"),
    Broken(
        "unknown column", _lessons("l1;wis;ma;1;x", "les_id;cursus;dag;lesuur;lokal"),
        "unknown_column", "lessen", 1, "E", "lokal", "lokaal",
    ),
    Broken(
        "column twice", _lessons("l1;wis;ma;1;di", "les_id;cursus;dag;lesuur;weekday"),
        "column_twice", "lessen", 1, "E", "weekday",
    ),
    Broken("column missing", _lessons("l1;wis;1", "les_id;cursus;lesuur"), "column_missing", "lessen", 1, None, "dag"),
    Broken("cell beyond the headers", _lessons("l1;wis;ma;1;kijk"), "column_without_header", "lessen", 2, "E", "kijk"),
    Broken("no settings", {"term": None}, "no_settings", None, None, None, "term"),
    Broken("settings without a row", {"term": "id;van;tot"}, "no_settings", "term", 1, None, "term"),
    Broken("two terms", {"term": f"{REGION['term']}\nt2;31-08-2026;05-02-2027"}, "several_settings", "term", 3, None, "2"),
    # Cells
    Broken("empty required cell", _lessons("l1;wis;;1"), "missing", "lessen", 2, "C", "dag"),
    Broken("no such weekday", _lessons("l1;wis;mandag;1"), "unknown_choice", "lessen", 2, "C", "mandag", "maandag"),
    Broken("no such transport", _people("vervoer", "teleport"), "unknown_choice", "professionals", 2, "F", "teleport"),
    Broken("not a whole number", _people("max lesuren per week", "vier"), "not_a_whole_number", "professionals", 2, "F", "vier"),
    Broken("thousands", _people("max reistijd", "1.000"), "not_a_whole_number", "professionals", 2, "F", "1.000", "1000"),
    Broken("half a lesson", _people("max lesuren per week", "2,5"), "not_a_whole_number", "professionals", 2, "F", "2,5"),
    Broken("below least", _people("max lesuren per week", "-1"), "below_least", "professionals", 2, "F", "-1"),
    Broken("above most", _people("max lesdagen per week", "8"), "above_most", "professionals", 2, "F", "8"),
    Broken("above most in a list", _people("uren vooraf", "200"), "above_most", "professionals", 2, "F", "200"),
    Broken("not a number", _people("uren bedrijf per week", "36 uur"), "not_a_number", "professionals", 2, "F", "36 uur"),
    Broken("comma in a list of numbers", _people("uren vooraf", "36,40,38"), "not_a_number", "professionals", 2, "F", "36,40,38"),
    Broken("too many numbers", _people("uren vooraf", "+".join(["8"] * 16)), "too_many_values", "professionals", 2, "F", "8+8"),
    Broken("neither yes nor no", _people("atw-uitzondering", "soms"), "not_yes_or_no", "professionals", 2, "F", "soms"),
    Broken("not a date", {"term": "id;van;tot\nt1;eind augustus;05-02-2027"}, "not_a_date", "term", 2, "B", "eind augustus"),
    Broken("short year", {"term": "id;van;tot\nt1;31-8-26;05-02-2027"}, "not_a_date", "term", 2, "B", "31-8-26", "31-8-2026"),
    Broken("no such day", {"term": "id;van;tot\nt1;31-09-2026;05-02-2027"}, "no_such_date", "term", 2, "B", "31-09-2026"),
    Broken(
        "not a clock time", {"werk": "professional;dag;start;eind\nanna;di;25:00;9:00"},
        "not_a_clock", "werk", 2, "C", "25:00",
    ),
    Broken(
        "hour only", {"werk": "professional;dag;start;eind\nanna;di;8;17:00"}, "not_a_clock", "werk", 2, "C", "8", "8:00"
    ),
    Broken("no weeks", _lessons("l1;wis;ma;1;36-60", "les_id;cursus;dag;lesuur;weken"), "not_weeks", "lessen", 2, "E", "36-60"),
    Broken(
        "no such week pattern",
        {"weekpatronen": "naam;weken\nA-weken;36,38", **_lessons("l1;wis;ma;1;A-week", "les_id;cursus;dag;lesuur;weken")},
        "not_weeks", "lessen", 2, "E", "A-week", "A-weken",
    ),
    Broken(
        "week pattern of another school",
        {
            "vestigingen": f"{REGION['vestigingen']}\nzuid;Zuid;vo;51,4;5,4",
            "weekpatronen": "naam;vestiging;weken\nA;noord;36,38\nA;zuid;37,39",
            "wensen": "professional;dag;voorkeur\nanna;ma;1",
            "afwezigheid": "professional;dag;weken\nanna;ma;A",
        },
        "weeks_differ_by_school", "afwezigheid", 2, "C", "A",
    ),
    Broken("no half-day", {"vraag": "cursus;lesuren per week;dagdelen\nwis;2;dinsdag"}, "not_a_day_part", "vraag", 2, "C", "dinsdag"),
    Broken("no BRIN", {"vestigingen": "id;naam;sector;brin\nnoord;Noord;vo;X1"}, "wrong_form", "vestigingen", 2, "D", "X1"),
    Broken("invisible character", {"bedrijven": "id;naam\nvdl;V\x01DL"}, "forbidden_character", "bedrijven", 2, "B", "U+0001"),
    Broken("id too long", {"besturen": f"id\n{'b' * 201}"}, "too_long", "besturen", 2, "A", "bbb"),
    # References and ids
    Broken("unknown course", _lessons("l1;wisk;ma;1"), "unknown_reference", "lessen", 2, "B", "wisk", "wis"),
    Broken(
        "unknown class in a list", {"cursussen": "id;vestiging;vak;klassen\nwis;noord;wiskunde;4a+4c"},
        "unknown_reference", "cursussen", 2, "D", "4c",
    ),
    Broken("id twice", _lessons("l1;wis;ma;1\nl1;wis;di;2"), "id_twice", "lessen", 3, "A", "l1"),
    Broken("row twice", {"werk": f"{REGION['werk']}\nanna;di;8:00;12:00"}, "row_twice", "werk", 3, None, "anna"),
    Broken(
        "school and company with one id", {"bedrijfslocaties": "id;bedrijf;lat;lon\nnoord;vdl;51,4;5,4"},
        "place_twice", "bedrijfslocaties", 2, "A", "noord",
    ),
    Broken("unknown place", {"reistijden": "van;naar;minuten\nnord;home:anna;9"}, "unknown_place", "reistijden", 2, "A", "nord", "noord"),
    # Times
    Broken("end before start", {"werk": "professional;dag;start;eind\nanna;di;17:00;8:00"}, "end_before_start", "werk", 2, "D", "08:00"),
    Broken("term ends first", {"term": "id;van;tot\nt1;31-08-2026;05-02-2026"}, "end_before_start", "term", 2, "C", "2026-02-05"),
    # Monday 6 September 2027 is week 36 again, as Monday 31 August 2026 was.
    Broken("term too long", {"term": "id;van;tot\nt1;31-08-2026;06-09-2027"}, "term_too_long", "term", 2, "C", "2027-09-06"),
    Broken("no time", _lessons("l1;wis;ma", "les_id;cursus;dag"), "no_time", "lessen", 2, None, "l1"),
    Broken("half a time", _lessons("l1;wis;ma;;;8:30;", _TIMES), "half_a_time", "lessen", 2, "G", "08:30"),
    Broken("last period only", _lessons("l1;wis;ma;;2;;", _TIMES), "half_a_time", "lessen", 2, "D", "2"),
    Broken("unknown period", _lessons("l1;wis;ma;7"), "unknown_period", "lessen", 2, "D", "7"),
    Broken("periods reversed", _lessons("l1;wis;ma;3-2"), "periods_reversed", "lessen", 2, None, "2"),
    Broken("period without school", {"bezet": "professional;dag;lesuur\nanna;ma;1"}, "period_without_school", "bezet", 2, None, "1"),
    Broken(
        "shortened day without variant", {"kalender": "van;tot;soort\n01-10-2026;01-10-2026;verkort"},
        "shortened_without_variant", "kalender", 2, None, "2026-10-01",
    ),
    Broken(
        "unknown variant", {"kalender": "van;tot;soort;variant\n01-10-2026;01-10-2026;verkort;standaard"},
        "unknown_variant", "kalender", 2, "D", "standaard", "standard",
    ),
    # What rows must say
    Broken("presence without a number", {"aanwezigheid": "bedrijf;dag\nvdl;ma"}, "presence_without_number", "aanwezigheid", 2, None, "vdl"),
    Broken(
        "cycle", {"werk": "professional;cyclus;cyclusweek;dag;start;eind\nanna;2;3;di;8:00;9:00"},
        "cycle_week_too_high", "werk", 2, "C", "3",
    ),
    Broken(
        "at most how many", {"cursussen": "id;vestiging;vak;continuïteit\nwis;noord;wiskunde;hoogstens"},
        "at_most_without_number", "cursussen", 2, None, "wis",
    ),
    Broken(
        # Nine lessons with one other time each have 2 to the power 9, that is 512 combinations; 256 are allowed.
        "too many times",
        {
            "lessen": "les_id;cursus;dag;lesuur\n" + "\n".join(f"l{n};wis;ma;1" for n in range(9)),
            "andere_tijden": "les;dag;lesuur\n" + "\n".join(f"l{n};di;1" for n in range(9)),
        },
        "too_many_times", "cursussen", 2, None, "512",
    ),
    # Rules
    Broken("unknown rule", _rules("licenc;;;;;;"), "unknown_rule", "regels", 2, "A", "licenc", "licence"),
    Broken("unknown parameter", _rules("gaps;;;;;weigt;3"), "unknown_parameter", "regels", 2, "F", "weigt", "weight"),
    Broken("refused parameter", _rules("gaps;;;;;weight;veel"), "parameter_refused", "regels", 2, "G", "veel", "1"),
    Broken("parameter without value", _rules("gaps;;;;;weight;"), "parameter_refused", "regels", 2, "G", "weight", "1"),
    Broken("value without parameter", _rules("gaps;;;;;;3"), "value_without_parameter", "regels", 2, "F", "3"),
    Broken("two scopes", _rules("gaps;;vdl;anna;nee;;"), "several_scopes", "regels", 2, "D", "anna"),
    Broken("wrong scope", _rules("gaps;noord;;;nee;;"), "wrong_scope", "regels", 2, "B", "noord"),
    Broken("rule that stays on", _rules("clash;;;;nee;;"), "rule_stays_on", "regels", 2, "E", "clash"),
    Broken(
        "waiver of no rule", {"ontheffingen": "regel;door;reden;datum\nklash;JB;ruil;1-9-2026"},
        "unknown_rule", "ontheffingen", 2, "A", "klash", "clash",
    ),
)  # fmt: skip

IN_WORKBOOK = (
    Broken(
        "period typed as 3-4 that became a date",
        {"lessen": [["les_id", "cursus", "dag", "lesuur"], ["l1", "wis", "ma", date(2026, 4, 3)]]},
        "date_in_text", "lessen", 2, "D", "2026-04-03", "3-4",
    ),
    Broken(
        "formula that fails", {"bedrijven": [["id", "naam"], ["vdl", "=NA() -> #N/A"]]},
        "error_in_cell", "bedrijven", 2, "B", "#N/A",
    ),
    Broken(
        "number as clock time", {"werk": [["professional", "dag", "start", "eind"], ["anna", "di", 8.5, "17:00"]]},
        "not_a_clock", "werk", 2, "C", "8.5",
    ),
    Broken(
        "date with a time", {"term": [["id", "van", "tot"], ["t1", datetime(2026, 8, 31, 12), "05-02-2027"]]},  # noqa: DTZ001
        "not_a_date", "term", 2, "B", "2026-08-31 12:00",
    ),
    Broken(
        "weeks 36,42 that became a number",
        {"lessen": [["les_id", "cursus", "dag", "lesuur", "weken"], ["l1", "wis", "ma", "1", 36.42]]},
        "not_weeks", "lessen", 2, "E", "36.42", "36,42",
    ),
    Broken(
        "fraction as id", {"bedrijven": [["id", "naam"], [2.5, "VDL"]], "professionals": None, "werk": None, "bevoegdheden": None, "cursussen": [
            ["id", "vestiging", "vak", "min docenten"], ["wis", "noord", "wiskunde", 1.5]]},
        "not_a_whole_number", "cursussen", 2, "D", "1.5",
    ),
    Broken(
        "unknown sheet far down", {"Blad9": [[], [], ["", "iets"]]}, "unknown_sheet", "Blad9", None, None, "Blad9"
    ),
    Broken(
        "blank rows count", {"lessen": [["les_id", "cursus", "dag", "lesuur"], [], [], ["l1", "wis", "zo-zo", "1"]]},
        "unknown_choice", "lessen", 4, "C", "zo-zo",
    ),
)  # fmt: skip

IN_JSON = (
    Broken("unknown key", {"lesons": []}, "unknown_field", None, None, "$.lesons", "lesons", "lessons"),
    Broken("unknown setting", {"starts": "2026-08-31"}, "unknown_field", None, None, "$.starts", "starts", "start"),
    Broken(
        "unknown field", {"boards": [{"id": "b", "naam": "B"}]}, "unknown_field", None, None, "$.boards[0].naam", "naam", "name"
    ),
    Broken("table that is no list", {"boards": {"id": "b"}}, "not_a_list", None, None, "$.boards", "id"),
    Broken("row that is no object", {"boards": ["b"]}, "not_an_object", None, None, "$.boards[0]", "b"),
    Broken("missing field", {"boards": [{"name": "B"}]}, "missing", None, None, "$.boards[0].id", "id"),
    Broken(
        "number as clock time", {"employers": [{"id": "e", "name": "E"}], "professionals": [{"id": "p", "name": "P"}], "work": [
            {"professional": "p", "weekday": "mon", "start": 510, "end": "09:00"}]},
        "not_a_clock", None, None, "$.work[0].start", "510",
    ),
    Broken("list for one value", {"boards": [{"id": ["b"]}]}, "not_one_value", None, None, "$.boards[0].id", "b"),
    Broken("object in a list", {"staff": [{"id": "s", "school": "noord", "subjects": [{}]}]}, "not_one_value", None, None, "$.staff[0].subjects", "{}"),
    Broken("wrong date", {"start": "2026-13-01"}, "no_such_date", None, None, "$.start", "2026-13-01"),
    Broken(
        "unknown reference", {"lessons": [{"id": "l1", "course": "wiz", "weekday": "mon", "first_period": "1"}]},
        "unknown_reference", None, None, "$.lessons[0].course", "wiz", "wis",
    ),
)  # fmt: skip
