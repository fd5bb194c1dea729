"""How much somebody agreed to teach at a board, in lesson periods a week."""

from typing import Any

from model.rule import Owner
from model.rules.engagement_lessons import EngagementLessons
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def agreed(most: int | None, weeks: str | None = None, **fields: Any) -> Term:
    """Two periods at north and one at south."""
    row = {"id": "deal", "professional": "anna", "board": "board", "max_lessons": most, **fields}
    return small_term(
        courses=[course("robots"), course("bikes", school="south")],
        lessons=[lesson("l1", last_period="2", weeks=weeks), lesson("l2", "5", course="bikes")],
        engagements=[row],
    )


BOTH = table("l1", "l2")


def test_what_was_agreed_is_fine() -> None:
    """Three periods where three are the most; those at another site do not count; stopped or no limit; other weeks."""
    assert sizes(agreed(3), BOTH, EngagementLessons) == []
    assert sizes(agreed(2, school="north"), BOTH, EngagementLessons) == []
    assert sizes(agreed(1, school="south"), BOTH, EngagementLessons) == []
    assert sizes(agreed(None), BOTH, EngagementLessons) == []
    assert sizes(agreed(0, status="gestopt"), BOTH, EngagementLessons) == []


def test_more_breaks_it_in_each_week() -> None:
    """Three periods where two are the most: one too many in both weeks; only in week 37 when l1 is given there only."""
    broken = breaches(agreed(2), BOTH, EngagementLessons)
    assert [(each.size, each.unit, each.professional) for each in broken] == [(1, "lesson periods", "anna")] * 2
    assert broken[0].sentence(NL) == "Lesuren van Anna in week 37: 3; afgesproken is hoogstens 2."
    assert broken[0].sentence(EN) == "Lesson periods of Anna in week 37: 3; agreed is at most 2."
    assert sizes(agreed(2, weeks="37"), BOTH, EngagementLessons) == [1]
    assert sizes(agreed(1, school="north"), BOTH, EngagementLessons) == [1, 1]


def test_the_fact_is_the_professional_s() -> None:
    """The board names the engagement."""
    said = facts(agreed(2), EngagementLessons)
    assert said
    assert all(is_about(each, Owner.PROFESSIONAL, "engagements/deal") for each in said)


def matters() -> tuple[Term, Timetable]:
    """Anna agreed to two periods and could give three."""
    return agreed(2), BOTH
