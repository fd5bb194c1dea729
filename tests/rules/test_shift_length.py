"""Work between two rests: a working day of 8.5 hours at the employer, and an evening class."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.shift_length import ShiftLength
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def day(start: str, end: str, *more: dict[str, Any], **tables: Any) -> Term:
    """Work on Monday 08:00-17:00, of which half an hour is a break, and a class on one Monday."""
    evening = lesson("class", None, start=start, end=end, weeks="37")
    given = {"professionals": [worker("anna")], "work": [work("anna")], "lessons": [evening, *more], **tables}
    return small_term(**given)


def test_twelve_hours_are_allowed() -> None:
    """8.5 hours of work and 3.5 of lessons; the worked example is 7.5; without a lesson work is the employer's affair."""
    assert sizes(day("18:00", "21:30"), table("class"), ShiftLength) == []
    example = day("18:00", "21:30", work=[work("anna", "08:00", "12:00")])
    assert sizes(example, table("class"), ShiftLength) == []
    long = [work("anna", "06:00", "22:00")]
    assert sizes(day("18:00", "21:30", work=long), table(), ShiftLength) == []


def test_morning_at_the_employer_and_evening_class_are_one_shift() -> None:
    """8.5 + 3.75 hours is a quarter of an hour too much."""
    (broken,) = breaches(day("18:00", "21:45"), table("class"), ShiftLength)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (15, "minutes", "anna", "2026-09-07")
    assert broken.sentence(NL) == (
        "Anna werkt 12,25 uur in de dienst van 7 september 2026, lessen meegeteld; hoogstens 12 uur mag."
    )
    assert broken.sentence(EN).startswith("Anna works 12.25 hours in the shift of 7 September 2026")


def test_a_rest_of_eight_hours_ends_a_shift() -> None:
    """Night work until 07:00 and a lesson from 15:00 are two shifts; from 14:59 they are one of 7 + 5.02 hours."""
    night = {
        "work": [work("anna", "00:00", "07:00")],
        "employers": [{"id": "works", "name": "Works", "break_minutes": 0}],
    }
    assert sizes(day("15:00", "20:00", **night), table("class"), ShiftLength) == []
    assert sizes(day("14:59", "20:00", **night), table("class"), ShiftLength) == [1]


def test_a_shift_may_run_past_midnight() -> None:
    """A class 19:00-23:00 and work 00:00-08:30 less a break of half an hour: 12 hours; until 09:00 12.5."""
    for end, over in (("08:30", []), ("09:00", [30])):
        tuesday = {"work": [work("anna", "00:00", end, weekday="tue")]}
        assert sizes(day("19:00", "23:00", **tuesday), table("class"), ShiftLength) == over


def test_work_that_is_given_away_does_not_count() -> None:
    """A lesson in the afternoon takes the place of work from 12:30, the break with it: 4.5 + 0.83 + 3.75 hours."""
    afternoon = lesson("noon", "6", weeks="37")
    term = day("18:00", "21:45", afternoon, releases=[release("anna", "afternoon")])
    assert sizes(term, table("class", "noon"), ShiftLength) == []
    assert sizes(term, table("class"), ShiftLength) == [15]


def test_the_break_inside_work_is_the_employer_s() -> None:
    """Of nine hours an hour is a break: 8 + 3.75 hours."""
    term = day("18:00", "21:45", employers=[{"id": "works", "name": "Works", "break_minutes": 60}])
    assert sizes(term, table("class"), ShiftLength) == []


def test_where_work_alone_is_too_long_no_lesson_is_added() -> None:
    """16 hours less a break; a lesson among them makes it the timetable's affair, unless that work goes away for it."""
    long = [work("anna", "06:00", "20:00")]
    assert sizes(day("20:00", "21:00", work=long), table("class"), ShiftLength) == [13 * 60 + 30 + 60 - 720]
    free = day("13:00", "14:00", work=long, releases=[release("anna", "afternoon"), release("anna", "evening")])
    assert sizes(free, table("class"), ShiftLength) == []


def test_the_longest_shift_and_the_rest_are_parameters() -> None:
    """12.25 hours are 735 minutes."""
    for most, over in (("735", []), ("734", [1])):
        rules = [{"rule": "shift_length", "parameter": "most_minutes", "value": most}]
        assert sizes(day("18:00", "21:45", rules=rules), table("class"), ShiftLength) == over
    # When an hour of rest ends a shift, work until 17:00 is one, and a class from 18:00 another.
    rules = [{"rule": "shift_length", "parameter": "rest_minutes", "value": "60"}]
    assert sizes(day("18:00", "21:45", rules=rules), table("class"), ShiftLength) == []


def test_who_is_exempt_may_work_longer() -> None:
    """The law does not hold for them."""
    exempt = [worker("anna", atw_exempt=True)]
    assert sizes(day("18:00", "21:45", professionals=exempt), table("class"), ShiftLength) == []


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """Only employer and person may read it."""
    because = fact(day("18:00", "21:45"), ShiftLength)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert because.params == {"person": "Anna", "most": 12.0}
    assert facts(day("18:00", "21:30"), ShiftLength) == []


def matters() -> tuple[Term, Timetable]:
    """A quarter of an hour too much."""
    return day("18:00", "21:45"), table("class")
