"""A long rest in every week: Anna works Monday to Saturday 08:00-17:00, and teaches on a Sunday where that was agreed."""

from typing import Any

import pytest

from model.people import Privacy
from model.rule import Owner
from model.rules.weekly_rest import WeeklyRest
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
SIX_DAYS = [work("anna", weekday=day) for day in DAYS]
AGREED = {"rule": "sunday", "parameter": "agreed", "value": "true"}


def term_of(*lessons: tuple[str, str, str], work: list[dict[str, Any]] = SIX_DAYS, **tables: Any) -> Term:
    """Lessons l0, l1, … on these days at these times in week 37 of two weeks."""
    rows = [
        lesson(f"l{n}", None, weekday=day, start=start, end=end, weeks="37")
        for n, (day, start, end) in enumerate(lessons)
    ]
    people = [worker("anna", hours_before=[30] * 15)]
    return small_term(**{"professionals": people, "work": work, "lessons": rows, "rules": [AGREED], **tables})


def saturday(end: str, **fields: Any) -> dict[str, Any]:
    """A lesson on both Saturdays."""
    return lesson("l0", None, weekday="sat", start="18:00", end=end, **fields)


def over(term: Term) -> list[int]:
    return sizes(term, table(*(row.id for row in term.lessons)), WeeklyRest)


def test_a_free_sunday_is_enough() -> None:
    """Saturday 17:00 to Monday 08:00 is 39 hours; with a lesson until 20:00 it is 36."""
    assert over(term_of(("mon", "18:00", "19:00"))) == []
    assert over(term_of(lessons=[saturday("20:00")])) == []


def test_less_than_36_hours_is_too_little() -> None:
    """A minute later on both Saturdays, which makes two minutes less than 72 hours in 14 days; on one it is 35.98 + 39 hours."""
    (broken,) = breaches(term_of(lessons=[saturday("20:01")]), table("l0"), WeeklyRest)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (1, "minutes", "anna", "2026-09-07")
    assert broken.sentence(NL) == (
        "Vanaf 7 september 2026 heeft Anna in 7 dagen hoogstens 35,98 uur rust achter elkaar; het moet 36 uur zijn."
    )
    assert broken.sentence(EN).startswith(
        "From 7 September 2026 Anna has at most 35.98 hours of unbroken rest in 7 days"
    )
    assert over(term_of(lessons=[saturday("20:01", weeks="37")])) == []


def test_a_lesson_on_sunday_cuts_the_rest() -> None:
    """Saturday 17:00 to Sunday 10:00, and 11:00 to Monday 08:00: 17 and 21 hours."""
    assert over(term_of(("sun", "10:00", "11:00"))) == [15 * 60]
    # Without work on Saturday: Friday 17:00 to Sunday 10:00 is 41 hours.
    assert over(term_of(("sun", "10:00", "11:00"), work=SIX_DAYS[:5])) == []


def test_72_hours_in_two_weeks_are_enough_too() -> None:
    """No rest of 36 hours in week 37, but one of 87 from Thursday 17:00 of week 38 until Monday, of which 72 lie in the 14 days.

    With work on that Friday the two rests are those of 39 hours, and of 21: in all less than 72 of at least 32 hours.
    """
    week = [work("anna", weekday=day) for day in DAYS[:4]]
    first = [work("anna", weekday=day, cycle_weeks=2) for day in DAYS[4:]]
    assert over(term_of(("sun", "10:00", "11:00"), work=[*week, *first])) == []
    friday = work("anna", weekday="fri", cycle_weeks=2, cycle_week=2)
    saturday = work("anna", weekday="sat", cycle_weeks=2, cycle_week=2)
    assert over(term_of(("sun", "10:00", "11:00"), work=[*week, *first, friday, saturday])) == [15 * 60]


def test_the_rest_of_two_weeks_may_be_in_two_parts() -> None:
    """32 hours from Saturday 17:00 of week 37 to Monday 01:00, and 40 in week 38, where work ends on Saturday at 16:00.

    An hour more work on that Saturday leaves 39: 71 in all.
    """
    early = [work("anna", "01:00", "10:00", weekday="mon", cycle_weeks=2, cycle_week=2)]
    others = [work("anna", weekday=day) for day in DAYS[1:5]]
    monday = work("anna", weekday="mon", cycle_weeks=2)
    for end, short in (("16:00", []), ("17:00", [4 * 60])):
        saturdays = [work("anna", weekday="sat", cycle_weeks=2)]
        saturdays.append(work("anna", end=end, weekday="sat", cycle_weeks=2, cycle_week=2))
        roster = [*early, *others, monday, *saturdays]
        assert over(term_of(("wed", "18:00", "19:00"), work=roster)) == short


def test_weeks_without_lessons_are_the_employer_s_affair() -> None:
    """Work on all days of week 38 is no breach when the lesson is on Monday of week 37."""
    roster = [work("anna", weekday=day, cycle_weeks=2, cycle_week=2) for day in (*DAYS, "sun")]
    assert over(term_of(("mon", "08:30", "09:20"), work=roster)) == []
    # On all days of both weeks it is.
    every = [work("anna", weekday=day) for day in (*DAYS, "sun")]
    assert over(term_of(("mon", "18:00", "19:00"), work=every)) == [21 * 60]


def test_meetings_count() -> None:
    """One on Sunday."""
    meeting = {"id": "m", "required": ["anna"], "weekday": "sun", "start": "10:00", "minutes": 60, "weeks": "37"}
    assert over(term_of(("mon", "18:00", "19:00"), activities=[meeting])) == [15 * 60]


@pytest.mark.parametrize(
    ("parameter", "value", "short"),
    [
        ("rest_minutes", "1260", []),
        ("rest_minutes", "1261", [1]),
        ("two_weeks_minutes", "2340", []),
        ("part_minutes", "60", []),
    ],
)
def test_parameters(parameter: str, value: str, short: list[int]) -> None:
    """21 hours are 1260 minutes; in 14 days there are 39 hours at once, or with 21 more than 60 and with nights of 15 enough."""
    rules = [AGREED, {"rule": "weekly_rest", "parameter": parameter, "value": value}]
    if parameter == "part_minutes":
        rules.append({"rule": "weekly_rest", "parameter": "two_weeks_minutes", "value": "3600"})  # 39 + 21 hours
    assert over(term_of(("sun", "10:00", "11:00"), rules=rules)) == short


def test_who_is_exempt_needs_no_rest() -> None:
    """The law does not hold for them."""
    exempt = [worker("anna", atw_exempt=True)]
    assert over(term_of(("sun", "10:00", "11:00"), professionals=exempt)) == []


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """Only employer and person may read it. Who is free at weekends has no fact."""
    because = fact(term_of(("sun", "10:00", "11:00")), WeeklyRest)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert because.params == {"person": "Anna", "least": 36.0}
    assert facts(term_of(("mon", "18:00", "19:00"), work=SIX_DAYS[:5]), WeeklyRest) == []
    assert facts(small_term(professionals=[person("anna")]), WeeklyRest) == []


def matters() -> tuple[Term, Timetable]:
    """A lesson on Sunday in a week of six days."""
    return term_of(("sun", "10:00", "11:00")), table("l0")
