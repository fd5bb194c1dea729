"""A small region for the result files: two schools, three professionals, one holiday, one shortened day."""

from __future__ import annotations

from typing import Any

from model.term import Term
from model.timetable import GivenLesson, LessonCount, OpenLesson, Outcome, Reason, RuleValue, Status, Tier, TierValue

HOME = "Nergenshuizen"
HOME_POSTCODE = "5999ZZ"
WHY_NOT = "fysiotherapie op dinsdag"
WISH = "wil bij opa eten"
SECRETS = (HOME, HOME_POSTCODE, WHY_NOT, WISH)

# Weeks 36 to 45 of 2026. Wednesday 14 October (week 42) is shortened at noord; week 43 is the autumn holiday;
# clocks go back on Sunday 25 October.
TERM: dict[str, Any] = {
    "id": "regio",
    "name": "Proefregio",
    "start": "2026-08-31",
    "end": "2026-11-08",
    "as_of": "2026-06-15",
    "week_patterns": [
        {"name": "A", "school": "noord", "weeks": "36,38,40,42,44"},
        {"name": "B", "school": "noord", "weeks": "37,39,41,43,45"},
    ],
    "schools": [
        {"id": "noord", "name": "Lyceum Noord", "sector": "vo", "town": "Eindhoven"},
        {"id": "zuid", "name": "Techniek College: Zuid", "sector": "mbo", "town": "Helmond"},
    ],
    "time_grids": [
        {"school": "noord", "period": "1", "start": "08:30", "end": "09:20"},
        {"school": "noord", "period": "2", "start": "09:20", "end": "10:10"},
        {"school": "noord", "period": "3", "start": "10:30", "end": "11:20"},
        {"school": "noord", "variant": "verkort", "period": "1", "start": "08:30", "end": "09:00"},
        {"school": "noord", "variant": "verkort", "period": "2", "start": "09:00", "end": "09:30"},
        {"school": "noord", "variant": "verkort", "period": "3", "start": "09:50", "end": "10:20"},
    ],
    "calendar_days": [
        {"start": "2026-10-19", "end": "2026-10-25", "kind": "holiday", "name": "herfstvakantie"},
        {"school": "noord", "start": "2026-10-14", "end": "2026-10-14", "kind": "shortened", "variant": "verkort"},
    ],
    "rooms": [{"id": "n12", "school": "noord", "name": "12"}, {"id": "hal", "school": "zuid", "name": "Praktijkhal"}],
    "class_groups": [
        {"id": "n3h", "school": "noord", "name": "3h1"},
        {"id": "n4v", "school": "noord", "name": "4v2"},
        {"id": "z1", "school": "zuid", "name": "TE1"},
    ],
    "employers": [{"id": "vdl", "name": "Metaalwerk BV"}],
    "professionals": [
        {"id": "anna", "name": "Anna de Vries", "employer": "vdl", "home_town": HOME, "home_postcode": HOME_POSTCODE},
        {"id": "bram", "name": "Bram Óśkar"},
        {"id": "cleo", "name": "Cleo Zonderles"},
    ],
    "unavailability": [{"professional": "anna", "weekday": "tue", "reason": WHY_NOT}],
    "wishes": [{"professional": "anna", "weekday": "mon", "value": 2, "reason": WISH}],
    "courses": [
        {"id": "wi", "name": "Wiskunde B", "school": "noord", "subject": "wiskunde", "classes": ["n3h"]},
        {"id": "na", "school": "noord", "subject": "natuurkunde", "classes": ["n4v"], "priority": "high"},
        {"id": "te", "name": "Techniek TE1", "school": "zuid", "subject": "techniek", "classes": ["z1"], "heads": 2},
        {"id": "en", "name": "Engels", "school": "zuid", "subject": "engels", "classes": ["z1"], "priority": "low"},
    ],
    "lessons": [
        {"id": "wi-ma", "course": "wi", "weekday": "mon", "first_period": "1", "room": "n12"},
        {"id": "wi-wo", "course": "wi", "weekday": "wed", "first_period": "1", "last_period": "2", "room": "n12"},
        {"id": "wi-a", "course": "wi", "weekday": "fri", "first_period": "3", "weeks": "36,38,40,42,44"},
        {"id": "na-ma", "course": "na", "weekday": "mon", "first_period": "1", "must_fill": True},
        {"id": "na-do", "course": "na", "weekday": "thu", "first_period": "2", "weeks": "36-38,41-44"},
        {"id": "te-do", "course": "te", "weekday": "thu", "start": "18:30", "end": "21:00", "room": "hal"},
        {"id": "en-ma", "course": "en", "weekday": "mon", "start": "13:00", "end": "14:30"},
    ],
    "lesson_times": [{"id": "na-ma-wo", "lesson": "na-ma", "weekday": "wed", "first_period": "3"}],
}


def term(**changes: Any) -> Term:
    """The region, with tables or settings replaced."""
    return Term.model_validate({**TERM, **changes})


def given(lesson: str, professional: str, weeks: str | None = None, option: str | None = None) -> GivenLesson:
    """An assignment; result files take its times from the calendar."""
    return GivenLesson.model_validate(
        {
            "lesson": lesson,
            "professional": professional,
            "option": option,
            "weeks": weeks,
            "weekday": "mon",
            "start": "",
            "end": "",
        }
    )


# wi-ma is Anna's to week 40 and Bram's from week 41; te-do needs two and has Bram; na-ma and en-ma have nobody.
ASSIGNMENTS = (
    given("wi-ma", "anna", "36-40"),
    given("wi-ma", "bram", "41-45"),
    given("wi-wo", "anna"),
    given("wi-a", "anna"),
    given("na-do", "anna"),
    given("te-do", "bram"),
)


def outcome(*assignments: GivenLesson, status: Status = Status.FOUND) -> Outcome:
    """An outcome of the region with these assignments, or the usual ones."""
    return Outcome(
        status=status,
        value=41000,
        bound=42000,
        gap=1000 / 41000,
        seconds=1.5,
        seed=7,
        versions={"hybrooster": "0.1.0", "ortools": "9.15"},
        input_hash="ab" * 32,
        lessons=LessonCount(total=7, filled=4, open=3),
        tiers=(TierValue(tier=Tier.FILLED, value=42500), TierValue(tier=Tier.COMFORT, value=-1500)),
        rules=(
            RuleValue(rule="filled", tier=Tier.FILLED, value=42500, places=5),
            RuleValue(rule="travel", tier=Tier.COMFORT, value=-1500, places=12),
        ),
        assignments=assignments or ASSIGNMENTS,
        open=(
            OpenLesson(lesson="en-ma", missing=1, reasons=(Reason(rule="licence", people=3, sentence="3 mensen: x"),)),
            OpenLesson(lesson="na-ma", missing=1, reasons=(Reason(rule="licence", people=2, sentence="=2+3"),)),
            OpenLesson(lesson="te-do", missing=1),
        ),
    )
