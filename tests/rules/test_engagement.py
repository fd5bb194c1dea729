"""Who agreed to teach where. Lesson l1 is at north, of the board `board`, on 7 and 14 September."""

from typing import Any

from model.rule import Owner
from model.rules.engagement import EngagementRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, school, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes


def engaged(*rows: dict[str, Any], open_for_matching: bool = False) -> Term:
    return small_term(
        boards=[{"id": "board"}, {"id": "other"}],
        schools=[school("north"), school("south"), school("far", board="other")],
        courses=[course("robots"), course("bikes", school="south")],
        lessons=[lesson("l1"), lesson("l2", "5", course="bikes")],
        professionals=[person("anna", open_for_matching=open_for_matching)],
        engagements=[{"professional": "anna", "board": "board", "id": f"e{n}", **row} for n, row in enumerate(rows)],
    )


BOTH = table("l1", "l2")


def test_an_engagement_with_the_board_is_enough() -> None:
    """For both its schools, in any state but stopped; two that follow each other cover the dates together."""
    for status in ("verkenning", "proefles", "toegezegd", "contract"):
        assert sizes(engaged({"status": status}), BOTH, EngagementRule) == []
    assert sizes(engaged({"start": "2026-09-07", "end": "2026-09-14"}), BOTH, EngagementRule) == []
    assert sizes(engaged({"end": "2026-09-07"}, {"start": "2026-09-08"}), BOTH, EngagementRule) == []
    assert sizes(engaged({"school": "north"}), table("l1"), EngagementRule) == []


def test_who_is_open_for_matching_needs_none() -> None:
    """Also when an engagement with another board was stopped."""
    assert sizes(engaged(open_for_matching=True), BOTH, EngagementRule) == []
    stopped_elsewhere = engaged({"board": "other", "status": "gestopt"}, open_for_matching=True)
    assert sizes(stopped_elsewhere, BOTH, EngagementRule) == []


def test_without_one_every_date_is_wrong() -> None:
    """None at all, with another board, at another site, or stopped: two dates of each lesson."""
    broken = breaches(engaged(), table("l1"), EngagementRule)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in broken] == [(2, "dates", "anna", "l1")]
    assert broken[0].sentence(NL) == "Anna geeft Robots (l1) op North zonder afspraak (2 data)."
    assert broken[0].sentence(EN) == "Anna gives Robots (l1) at North without an engagement (2 dates)."
    assert sizes(engaged({"board": "other"}), BOTH, EngagementRule) == [2, 2]
    assert sizes(engaged({"school": "north"}), BOTH, EngagementRule) == [2]
    assert sizes(engaged({"status": "gestopt"}), BOTH, EngagementRule) == [2, 2]
    assert sizes(engaged({"status": "gestopt"}, open_for_matching=True), BOTH, EngagementRule) == [2, 2]


def test_its_dates_must_cover_the_lesson() -> None:
    """One that ends on the 13th misses the 14th, one that starts on the 8th misses the 7th."""
    broken = breaches(engaged({"end": "2026-09-13"}), table("l1"), EngagementRule)
    assert [(each.size, str(each.when)) for each in broken] == [(1, "2026-09-14")]
    assert broken[0].sentence(NL) == "Anna geeft Robots (l1) op North zonder afspraak (één datum)."
    assert broken[0].sentence(EN) == "Anna gives Robots (l1) at North without an engagement (one date)."
    assert sizes(engaged({"start": "2026-09-08"}), table("l1"), EngagementRule) == [1]


def test_the_fact_is_the_professional_s() -> None:
    """What is missing has no row; the sentence names person and school."""
    because = fact(engaged({"school": "north"}), EngagementRule)
    assert is_about(because, Owner.PROFESSIONAL, None)
    assert because.params == {"person": "Anna", "school": "South"}


def matters() -> tuple[Term, Timetable]:
    """Anna agreed nothing."""
    return engaged(), table("l1")
