"""Working hours over sixteen weeks: 42.5 a week at the plant, and lessons."""

from datetime import date, timedelta
from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.hours_sixteen_weeks import HoursSixteenWeeks
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

AT_WORK = [work("anna", weekday=day) for day in ("mon", "tue", "wed", "thu", "fri")]
"""Nine hours a day, of which half an hour is a break: 42.5 hours a week."""


def term_of(weeks: int, evenings: int = 3, *, before: float = 48, **tables: Any) -> Term:
    """So many weeks with lessons of two hours on so many evenings, after 15 weeks of so many hours."""
    start = date(2026, 9, 7)
    days = ("mon", "tue", "wed", "thu")[:evenings]
    rows = [lesson(f"l{n}", None, weekday=day, start="18:00", end="20:00") for n, day in enumerate(days)]
    given = {
        "professionals": [worker("anna", hours_before=[before] * 15)],
        "work": AT_WORK,
        "lessons": rows,
        "end": start + timedelta(7 * weeks - 1),
        **tables,
    }
    return small_term(**given)


def all_of(term: Term) -> Timetable:
    return table(*(row.id for row in term.lessons))


def over(term: Term) -> list[int]:
    return sizes(term, all_of(term), HoursSixteenWeeks)


def test_an_average_of_48_hours_is_allowed() -> None:
    """15 weeks of 48 and one of 42.5 + 5.5 hours; nobody has to teach less than nothing."""
    last = lesson("l2", None, weekday="wed", start="18:00", end="19:30")
    first = [lesson(f"l{n}", None, weekday=day, start="18:00", end="20:00") for n, day in enumerate(("mon", "tue"))]
    assert over(term_of(1, lessons=[*first, last])) == []
    assert sizes(term_of(1, before=60), table(), HoursSixteenWeeks) == []


def test_a_higher_average_is_too_much() -> None:
    """15 x 48 + 48.5 hours is half an hour over 768."""
    (broken,) = breaches(term_of(1), all_of(term_of(1)), HoursSixteenWeeks)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (30, "minutes", "anna", "2026-09-07")
    assert broken.sentence(NL) == (
        "Anna werkt in de 16 weken tot en met die van 7 september 2026 gemiddeld 48,03 uur; hoogstens 48 mag."
    )
    assert broken.sentence(EN).startswith("Anna works 48.03 hours a week on average in the 16 weeks up to")


def test_every_window_counts_also_wholly_within_the_term() -> None:
    """After weeks of 30 hours 16 weeks of 50.5 are 2.5 x 16 hours too much; the Sunday after them ends another window."""
    (broken,) = breaches(term_of(17, 4, before=30), all_of(term_of(17, 4)), HoursSixteenWeeks)
    assert broken.size == 16 * 150
    # 16 weeks from 7 September to 26 December.
    assert str(broken.when) == "2026-12-20"
    # With one week of 30 hours still in it: 15 x 50.5 + 30 = 787.5 hours.
    assert over(term_of(15, 4, before=30)) == [1170]
    # 12 x 50.5 + 4 x 30 = 726 hours.
    assert over(term_of(12, 4, before=30)) == []


def test_weeks_before_are_the_contract_s_or_the_roster_s() -> None:
    """15 x 40 + 48.5, or x 48, or the roster's 42.5 where there is no contract: of these only 48 is too much."""
    for contract, short in ((40, []), (48, [30]), (None, [])):
        assert over(term_of(1, professionals=[worker("anna", employer_hours_per_week=contract)])) == short
    # The weeks that are known are the last ones: 13 x 48 by contract, then 48 and 49.
    known = worker("anna", employer_hours_per_week=48, hours_before=[48, 49])
    assert over(term_of(1, professionals=[known])) == [90]


def test_holidays_of_the_employer_count_as_worked() -> None:
    """A closed Friday lowers nothing, nor does a public holiday on which no lesson is given either."""
    closed = [{"employer": "works", "start": "2026-09-11", "end": "2026-09-11", "kind": "closure"}]
    assert over(term_of(1, calendar_days=closed)) == [30]
    holiday = [{"start": "2026-09-11", "end": "2026-09-11", "kind": "public_holiday"}]
    assert over(term_of(1, calendar_days=holiday)) == [30]
    # On Monday the holiday takes two hours of lessons.
    monday = [{"start": "2026-09-07", "end": "2026-09-07", "kind": "public_holiday"}]
    assert over(term_of(1, calendar_days=monday)) == []


def test_sick_leave_counts_as_worked() -> None:
    """Being unavailable on Friday takes nothing off."""
    sick = [{"professional": "anna", "first_date": "2026-09-11", "last_date": "2026-09-11"}]
    assert over(term_of(1, unavailability=sick)) == [30]


def test_work_that_is_given_away_does_not_count() -> None:
    """A lesson of 50 minutes takes the place of a morning of 4.5 hours, but only where it is given."""
    rows = [*(row.model_dump() for row in term_of(1).lessons), lesson("day", "3", weekday="fri")]
    term = term_of(1, lessons=rows, releases=[release("anna", "morning", weekday="fri")])
    assert sizes(term, table("l0", "l1", "l2", "day"), HoursSixteenWeeks) == []
    assert sizes(term, table("l0", "l1", "l2"), HoursSixteenWeeks) == [30]


def test_where_work_alone_is_more_teaching_makes_it_no_worse() -> None:
    """15 x 60 + 42.5 is above 768 anyway; six hours of lessons are six more; for half a day given away there is room."""
    assert over(term_of(1, before=60)) == [360]
    rows = [lesson("day", "3", weekday="fri")]
    assert over(term_of(1, before=60, lessons=rows, releases=[release("anna", weekday="fri")])) == []


def test_preparation_may_count() -> None:
    """Six hours of lessons with half an hour to each hour are nine: 2.5 + 3 hours more than without lessons would do."""
    rules = [{"rule": "hours_sixteen_weeks", "parameter": "preparation", "value": "0.5"}]
    assert over(term_of(1, rules=rules)) == [30 + 180]


def test_the_most_hours_are_a_parameter() -> None:
    """768.5 hours are 48.03125 on average."""
    for most, short in (("48.03125", []), ("48.03", [1])):
        rules = [{"rule": "hours_sixteen_weeks", "parameter": "most_hours", "value": most}]
        assert over(term_of(1, rules=rules)) == short


def test_who_is_exempt_may_work_more() -> None:
    """The law does not hold for them."""
    assert over(term_of(1, professionals=[worker("anna", atw_exempt=True, hours_before=[60] * 15)])) == []


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """Only employer and person may read it."""
    because = fact(term_of(1), HoursSixteenWeeks)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert because.params == {"person": "Anna", "most": 48}
    assert facts(small_term(professionals=[person("anna")]), HoursSixteenWeeks) == []


def matters() -> tuple[Term, Timetable]:
    """Half an hour in sixteen weeks too much."""
    return term_of(1), all_of(term_of(1))
