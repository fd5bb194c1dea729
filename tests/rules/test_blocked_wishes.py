"""Wishes of -3 that are blocks. Lesson l1 is on Monday 7 and 14 September from 08:30 to 09:20, at north."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.blocked_wishes import BlockedWishes
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

L1 = table("l1")


def wishing(*, blocks: bool = True, **wish: Any) -> Term:
    """Anna's one wish, about Monday unless it says otherwise; the course is of level havo."""
    row = {"professional": "anna", "id": "w", "weekday": "mon", "value": -3, "reason": "therapie"}
    return small_term(
        wishes=[row | wish],
        courses=[course("robots", level="havo")],
        rules=[{"rule": "blocked_wishes", "parameter": "blocks", "value": "true"}] if blocks else [],
    )


def test_where_nobody_says_so_a_wish_is_a_wish() -> None:
    """As it stands when nothing is set."""
    assert sizes(wishing(blocks=False), L1, BlockedWishes) == []


def test_yes_is_said_in_either_language() -> None:
    """In the sheet of rules people write «ja» as well as «true»."""
    for value, broken in (("ja", [2]), ("Nee", []), ("yes", [2]), ("false", [])):
        rules = [{"rule": "blocked_wishes", "parameter": "blocks", "value": value}]
        assert sizes(wishing().replace(rules=rules), L1, BlockedWishes) == broken


def test_other_wishes_do_not_block() -> None:
    """A milder grade, no reason, another day, time, school, subject or level."""
    for wish in (
        {"value": -2}, {"value": 3}, {"reason": ""}, {"weekday": "tue"}, {"half_day": "afternoon"},
        {"start": "09:20"}, {"end": "08:30"}, {"school": "south"}, {"subject": "koken"}, {"level": "vwo"},
    ):  # fmt: skip
        assert sizes(wishing(**wish), L1, BlockedWishes) == []


def test_a_wish_of_minus_three_with_a_reason_blocks() -> None:
    """By day, half-day, time, school, subject or level."""
    for wish in (
        {}, {"half_day": "morning"}, {"start": "09:00", "end": "09:10"}, {"weekday": None, "school": "north"},
        {"weekday": None, "subject": "Techniek"}, {"weekday": None, "level": "havo"},
    ):  # fmt: skip
        assert sizes(wishing(**wish), L1, BlockedWishes) == [2]


def test_the_reason_never_leaves_and_the_fact_is_private() -> None:
    """Only the person reads that there is a wish at all; the sentence names no reason."""
    (broken,) = breaches(wishing(), L1, BlockedWishes)
    assert broken.sentence(NL) == "Anna geeft Robots (l1), maar kan dat volgens een wens van -3 niet (2 data)."
    assert broken.sentence(EN) == "Anna gives Robots (l1) but cannot, by a wish graded -3 (2 dates)."
    because = fact(wishing(), BlockedWishes)
    assert is_about(because, Owner.PROFESSIONAL, "wishes/w", Privacy.PRIVATE)
    assert because.professional == "anna"
    assert "therapie" not in f"{because.params} {broken.params}"
    assert facts(wishing(blocks=False), BlockedWishes) == []


def matters() -> tuple[Term, Timetable]:
    """No lessons on Monday."""
    return wishing(), L1
