"""Working hours in a week from Sunday to Saturday: five days of 9.5 hours at the plant, and lessons on one Saturday."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.hours_per_week import HoursPerWeek
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

DAYS = ("mon", "tue", "wed", "thu", "fri")
AT_WORK = [work("anna", "09:00", "19:00", weekday=day) for day in DAYS]
"""Ten hours a day, of which half an hour is a break: 47.5 hours a week."""


def week(*lessons: tuple[str, str, str], **tables: Any) -> Term:
    """Lessons l0, l1, … on these days at these times in the week of 6 September 2026."""
    rows = [
        lesson(f"l{n}", None, weekday=day, start=start, end=end, weeks="37")
        for n, (day, start, end) in enumerate(lessons)
    ]
    given = {"professionals": [worker("anna", hours_before=[30] * 15)], "work": AT_WORK, "lessons": rows, **tables}
    return small_term(**given)


def over(term: Term) -> list[int]:
    return sizes(term, table(*(row.id for row in term.lessons)), HoursPerWeek)


EVENINGS = [(day, "19:30", "22:00") for day in DAYS[:4]]
"""Ten hours of lessons: 57.5 in all."""


def test_sixty_hours_are_allowed() -> None:
    """57.5 hours and 2.5 on Saturday; nothing is taught, nothing is asked."""
    assert over(week(*EVENINGS, ("sat", "09:00", "11:30"))) == []
    assert sizes(week(*EVENINGS, ("sat", "09:00", "12:00")), table(), HoursPerWeek) == []


def test_more_than_sixty_hours_are_too_much() -> None:
    """57.5 and 3 hours."""
    term = week(*EVENINGS, ("sat", "09:00", "12:00"))
    (broken,) = breaches(term, table("l0", "l1", "l2", "l3", "l4"), HoursPerWeek)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (30, "minutes", "anna", "2026-09-07")
    assert broken.sentence(NL) == (
        "Anna werkt 60,5 uur in de week van 7 september 2026, beide banen samen; hoogstens 60 uur mag."
    )
    assert broken.sentence(EN).startswith("Anna works 60.5 hours in the week of 7 September 2026")


def test_a_week_runs_from_sunday_to_saturday() -> None:
    """Three hours on Sunday belong to the next week."""
    assert over(week(*EVENINGS, ("sun", "09:00", "12:00"))) == []
    # Sunday 13 and the evenings of week 38 are one week.
    later = [
        lesson(f"e{n}", None, weekday=day, start=start, end=end, weeks="38")
        for n, (day, start, end) in enumerate(EVENINGS)
    ]
    sunday = lesson("sun", None, weekday="sun", start="09:00", end="12:00", weeks="37")
    assert over(week(lessons=[sunday, *later])) == [30]


def test_work_that_is_given_away_does_not_count() -> None:
    """A lesson of 50 minutes takes the place of Friday morning's 3.5 hours: 60.5 - 2.67 hours."""
    friday = ("fri", "10:00", "10:50")
    given = {"releases": [release("anna", "morning", weekday="fri")]}
    assert over(week(*EVENINGS, ("sat", "09:00", "12:00"), friday, **given)) == []


def test_days_on_which_the_employer_is_closed_do_not_count() -> None:
    """Friday's 9.5 hours are off."""
    closed = [{"employer": "works", "start": "2026-09-11", "end": "2026-09-11", "kind": "closure"}]
    assert over(week(*EVENINGS, ("sat", "09:00", "12:00"), calendar_days=closed)) == []


def test_meetings_count() -> None:
    """Half an hour on Saturday after 2.5 hours of lessons; one at work takes no extra time; one without a time counts too."""
    saturday = ("sat", "09:00", "11:30")
    meeting = {"id": "m", "required": ["anna"], "weekday": "sat", "start": "13:00", "minutes": 30, "weeks": "37"}
    assert over(week(*EVENINGS, saturday, activities=[meeting])) == [30]
    assert over(week(*EVENINGS, saturday, activities=[{**meeting, "weekday": "tue"}])) == []
    assert over(week(*EVENINGS, saturday, activities=[{**meeting, "start": None}])) == [30]


def test_where_work_alone_is_more_teaching_makes_it_no_worse() -> None:
    """Six days of 11 hours are 66: an hour is too much, unless as much is given away for it."""
    six = [work("anna", "08:00", "19:30", weekday=day) for day in (*DAYS, "sat")]
    assert sizes(week(("mon", "19:30", "20:30"), work=six), table(), HoursPerWeek) == []
    assert over(week(("mon", "19:30", "20:30"), work=six)) == [60]
    given = {"releases": [release("anna", start="17:00", end="19:30")]}
    assert over(week(("mon", "18:00", "20:00"), work=six, **given)) == []


def test_preparation_may_count() -> None:
    """With 0.5 hours to each hour 8 hours of lessons are 12: 59.5, and a lesson of 50 minutes more is 60.75."""
    rules = [{"rule": "hours_per_week", "parameter": "preparation", "value": "0.5"}]
    evenings = [(day, "19:30", "21:30") for day in DAYS[:4]]
    assert over(week(*evenings, rules=rules)) == []
    assert over(week(*evenings, ("sat", "09:00", "09:50"), rules=rules)) == [45]


def test_the_most_hours_are_a_parameter() -> None:
    """57.5 hours."""
    for most, short in (("57.5", []), ("57", [30])):
        rules = [{"rule": "hours_per_week", "parameter": "most_hours", "value": most}]
        assert over(week(*EVENINGS, rules=rules)) == short


def test_who_is_exempt_may_work_more() -> None:
    """The law does not hold for them."""
    exempt = [worker("anna", atw_exempt=True)]
    assert over(week(*EVENINGS, ("sat", "09:00", "12:00"), professionals=exempt)) == []


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """Only employer and person may read it."""
    because = fact(week(*EVENINGS, ("sat", "09:00", "12:00")), HoursPerWeek)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert because.params == {"person": "Anna", "most": 60}
    assert facts(small_term(professionals=[person("anna")]), HoursPerWeek) == []


def matters() -> tuple[Term, Timetable]:
    """Half an hour too much."""
    return week(*EVENINGS, ("sat", "09:00", "12:00")), table("l0", "l1", "l2", "l3", "l4")
