"""Whether the employer lets somebody go. The plant is 15 minutes from north; lesson l1 is on Mondays 08:30-09:20."""

from typing import Any

from model.rule import Owner
from model.rules.release import ReleaseRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, school, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def region(
    start: str = "08:00", end: str = "17:00", *releases: dict[str, Any], period: str = "1", **tables: Any
) -> Term:
    return small_term(
        professionals=[worker("anna")],
        work=[work("anna", start, end)],
        releases=[{"id": f"release{number}", **row} for number, row in enumerate(releases)],
        **{"lessons": [lesson("l1", period)], **tables},
    )


L1 = table("l1")


def test_time_off_and_released_time_are_fine() -> None:
    """Another day, a released day, half-day or stretch of hours that holds the lesson and the journey."""
    assert sizes(region(lessons=[lesson("l1", weekday="tue")]), L1, ReleaseRule) == []
    for row in (
        release("anna"),
        release("anna", "morning"),
        release("anna", start="08:00", end="09:35"),
        release("anna", status="fixed"),
    ):
        assert sizes(region("08:00", "17:00", row), L1, ReleaseRule) == []


def test_the_way_between_work_and_school_counts() -> None:
    """The lesson ends at 09:20, with 5 to leave and 15 travel work may start at 09:40 and not a minute earlier."""
    schools = [school("north", leave_buffer_minutes=5, arrival_buffer_minutes=10), school("south")]
    assert sizes(region("09:40", "17:00", schools=schools), L1, ReleaseRule) == []
    assert sizes(region("09:39", "17:00", schools=schools), L1, ReleaseRule) == [2]
    # Period 6 starts at 13:50: 15 travel and 10 to arrive, so work may end at 13:25.
    assert sizes(region("10:00", "13:25", period="6", schools=schools), L1, ReleaseRule) == []
    assert sizes(region("10:00", "13:26", period="6", schools=schools), L1, ReleaseRule) == [2]


def test_work_without_release_breaks_it() -> None:
    """No release, the wrong half-day or week, too short a stretch, or one that is only proposed."""
    broken = breaches(region(), L1, ReleaseRule)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in broken] == [(2, "dates", "anna", "l1")]
    said = "Anna geeft Robots (l1) terwijl er ma gewerkt wordt en niet is vrijgeroosterd (2 data)."
    assert broken[0].sentence(NL) == said
    said = "Anna gives Robots (l1) while at work on Mon without being released (2 dates)."
    assert broken[0].sentence(EN) == said
    assert sizes(region("08:00", "17:00", release("anna", "afternoon")), L1, ReleaseRule) == [2]
    assert sizes(region("08:00", "17:00", release("anna", start="08:00", end="09:34")), L1, ReleaseRule) == [2]
    one_week = breaches(region("08:00", "17:00", release("anna", weeks="37")), L1, ReleaseRule)
    said = "Anna geeft Robots (l1) terwijl er ma gewerkt wordt en niet is vrijgeroosterd (één datum)."
    assert one_week[0].sentence(NL) == said
    said = "Anna gives Robots (l1) while at work on Mon without being released (one date)."
    assert one_week[0].sentence(EN) == said


def test_proposed_releases_count_only_where_the_term_says_so() -> None:
    """The same row, with the setting off and on."""
    proposed = release("anna", status="proposed")
    assert sizes(region("08:00", "17:00", proposed), L1, ReleaseRule) == [2]
    assert sizes(region("08:00", "17:00", proposed, count_proposed_releases=True), L1, ReleaseRule) == []


def test_work_in_another_week_of_the_cycle_is_no_work() -> None:
    """Work in the second week of two leaves the first free."""
    blocks = [work("anna", cycle_weeks=2, cycle_week=2)]
    term = small_term(
        professionals=[worker("anna")], work=blocks, lessons=[lesson("l1"), lesson("l2", "2", weeks="37")]
    )
    assert sizes(term, L1, ReleaseRule) == [1]
    assert sizes(term, table("l2"), ReleaseRule) == []


def test_the_fact_is_the_employer_s() -> None:
    """The board names the row of work, and once per half-day what is not released."""
    term = region(lessons=[lesson("l1", "4", last_period="6")])
    said = facts(term, ReleaseRule)
    assert [(str(each.params["day"]), str(each.params["half_day"])) for each in said] == [
        ("mon", "morning"),
        ("mon", "afternoon"),
    ]
    assert all(is_about(each, Owner.EMPLOYER, f"work/{term.work[0].id}") for each in said)


def matters() -> tuple[Term, Timetable]:
    """Anna is at work."""
    return region(), L1
