"""Pauses on a day with lessons: 30 minutes in a stretch of more than 5.5 hours of work, 45 in one of more than 10."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.breaks import Breaks
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, release, school, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def day(*times: tuple[str, str], **tables: Any) -> Term:
    """Lessons l0, l1, … on one Monday at these times."""
    lessons = [lesson(f"l{n}", None, start=start, end=end, weeks="37") for n, (start, end) in enumerate(times)]
    return small_term(lessons=lessons, **tables)


def all_of(term: Term) -> Timetable:
    return table(*(row.id for row in term.lessons))


def over(term: Term) -> list[int]:
    return sizes(term, all_of(term), Breaks)


def test_five_and_a_half_hours_need_no_pause() -> None:
    """08:30-12:00 and 12:00-14:00 are 5.5 hours."""
    assert over(day(("08:30", "12:00"), ("12:00", "14:00"))) == []


def test_half_an_hour_may_be_split_in_quarters() -> None:
    """30 minutes at once, or 15 and 15."""
    assert over(day(("08:30", "12:00"), ("12:30", "15:00"))) == []
    assert over(day(("08:30", "10:30"), ("10:45", "12:00"), ("12:15", "15:00"))) == []


def test_more_than_five_and_a_half_hours_need_half_an_hour() -> None:
    """3.5 + 2.5 = 6 hours with a pause of 29 minutes; of 14 it does not count at all; of 15 and 14 the longer counts."""
    (broken,) = breaches(day(("08:30", "12:00"), ("12:29", "15:00")), table("l0", "l1"), Breaks)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (1, "minutes", "anna", "2026-09-07")
    assert broken.sentence(NL) == (
        "Anna werkt op 7 september 2026 6,02 uur met 29 minuten pauze; minstens 30 minuten moet."
    )
    assert "with 29 minutes of breaks" in broken.sentence(EN)
    assert over(day(("08:30", "12:00"), ("12:14", "15:00"))) == [30]
    assert over(day(("08:30", "10:30"), ("10:45", "12:00"), ("12:14", "15:00"))) == [15]


def test_more_than_ten_hours_need_three_quarters() -> None:
    """4 + 4 + 2 hours with 30 + 15 minutes; with 14 less, only the 30 count; 10 hours exactly need no more than 30."""
    assert over(day(("08:00", "12:00"), ("12:30", "16:30"), ("16:45", "19:00"))) == []
    assert over(day(("08:00", "12:00"), ("12:30", "16:30"), ("16:40", "19:00"))) == [15]
    assert over(day(("08:00", "12:00"), ("12:30", "16:30"), ("16:40", "18:40"))) == []


def test_what_a_pause_connects_counts_together() -> None:
    """Six hours without a pause and a class in the evening, 4.5 hours later, have pause enough; the class at once has not."""
    assert over(day(("08:30", "11:30"), ("11:30", "14:30"), ("19:00", "20:00"))) == []
    assert over(day(("08:30", "11:30"), ("11:30", "14:30"), ("14:40", "15:40"))) == [30]


def test_travel_and_buffers_are_no_pause() -> None:
    """Of 60 minutes between north and south 5 to leave, 15 on the way and 10 before the lesson come off: 30; of 59, 29."""
    for start, short in (("13:00", []), ("12:59", [1])):
        there = [lesson("l0", None, start="08:30", end="12:00", weeks="37")]
        there.append(lesson("l1", None, course="bikes", start=start, end="15:10", weeks="37"))
        term = small_term(
            schools=[school("north", leave_buffer_minutes=5), school("south", arrival_buffer_minutes=10)],
            courses=[course("robots"), course("bikes", school="south")],
            lessons=there,
        )
        assert sizes(term, all_of(term), Breaks) == short


def test_a_long_block_of_work_has_its_own_break() -> None:
    """Nine hours at the plant with half an hour, and a class of 1.5 hours, make ten; a class of two hours needs more pause."""
    employed = {"professionals": [worker("anna")], "work": [work("anna")]}
    assert over(day(("17:15", "18:45"), **employed)) == []
    # 17:00 to 17:15 is travel; 8.5 + 2 hours with 30 minutes.
    assert over(day(("17:15", "19:15"), **employed)) == [15]
    assert over(day(("17:30", "19:30"), **employed)) == []
    # Without that break: 9 + 1.5 hours.
    assert over(
        day(("17:15", "18:45"), employers=[{"id": "works", "name": "Works", "break_minutes": 0}], **employed)
    ) == [45]


def employed(first: str, last: str, *half_days: str, **tables: Any) -> dict[str, Any]:
    """Anna works these hours on Mondays and is released for these half-days."""
    return {
        "professionals": [worker("anna")],
        "work": [work("anna", first, last)],
        "releases": [release("anna", half_day) for half_day in half_days],
        **tables,
    }


def test_what_remains_of_the_day_keeps_the_break() -> None:
    """The break lay in the afternoon; 4.5 hours in the morning hold it: 4 + 2.5 hours, and 15 minutes on the way, with 30 minutes."""
    plant = employed("08:00", "17:00", "afternoon")
    assert over(day(("12:45", "15:15"), **plant)) == []
    # In the afternoon as well, when the morning is given away: 08:30 to 12:00 as lessons, then 13:00 to 17:00.
    early = employed("08:00", "17:00", "morning")
    assert over(day(("08:30", "10:00"), ("10:00", "12:15"), **early)) == []
    # 07:00 to 19:00 without its middle: from 13:00 there are six hours, which need a break for themselves.
    cut = {"releases": [{"professional": "anna", "weekday": "mon", "start": "07:00", "end": "13:30"}]}
    assert over(day(("08:00", "12:45"), **(employed("07:00", "19:00") | cut))) == []


def test_one_break_is_not_enough_for_more_than_ten_hours() -> None:
    """4 hours at the plant and 6.25 hours of lessons make 10.25, with 30 minutes; six hours of lessons make ten."""
    plant = employed("08:00", "17:00", "afternoon")
    assert over(day(("12:45", "15:45"), ("15:45", "19:00"), **plant)) == [15]
    assert over(day(("12:45", "15:45"), ("15:45", "18:45"), **plant)) == []


def test_the_break_is_lost_when_nothing_longer_than_it_remains() -> None:
    """Of 12:00 to 18:00 half an hour remains, which would be all break; of 11:59 a minute of work remains too."""
    lessons = (("12:45", "15:30"), ("15:30", "18:00"))
    assert over(day(*lessons, **employed("12:00", "18:00", "afternoon"))) == [30]
    assert over(day(*lessons, **employed("11:59", "18:00", "afternoon"))) == []
    both = employed("08:00", "17:00", "morning", "afternoon")
    assert over(day(("08:30", "11:30"), ("11:30", "14:30"), **both)) == [30]


def test_a_block_without_a_break_gets_none() -> None:
    """4.5 hours are paid for; so are those of a day for which the employer gives no break."""
    assert over(day(("12:45", "15:15"), **employed("08:00", "12:30"))) == [30]
    without = [{"id": "works", "name": "Works", "break_minutes": 0}]
    assert over(day(("12:45", "15:15"), **employed("08:00", "17:00", "afternoon", employers=without))) == [30]
    assert over(day(("13:15", "15:45"), **employed("08:00", "12:30"))) == []


def test_the_longest_part_that_remains_holds_the_break() -> None:
    """08:00 to 12:30 keeps it, not 15:30 to 17:00: the lessons in between and the work after them are a stretch with it."""
    cut = {"releases": [{"professional": "anna", "weekday": "mon", "start": "12:30", "end": "15:30"}]}
    term = day(("12:45", "15:15"), **(employed("08:00", "17:00") | cut))
    # 4 + 2.5 + 1.5 hours, with 30 minutes.
    assert over(term) == []
    # A pause of 15 minutes beside the morning and the break in it do for what follows: 4 + 2.5 + 4.5 hours.
    term = day(("13:00", "15:15"), **(employed("08:00", "20:00") | cut))
    assert over(term) == []
    term = day(("12:45", "15:15"), **(employed("08:00", "20:00") | cut))
    assert over(term) == [15]


def test_a_whole_day_given_as_one_lesson_has_its_break() -> None:
    """From 08:30 to 15:00 as a lesson of many periods."""
    assert over(day(("08:30", "15:00"))) == []
    assert over(day(("08:30", "14:00"), ("14:00", "14:45"))) == [30]


def test_days_without_lessons_are_the_employer_s_affair() -> None:
    """Four and three hours of work with a pause of 10 minutes; only a lesson that belongs to it is a breach."""
    blocks = [work("anna", "08:00", "12:00"), work("anna", "12:10", "15:10")]
    tuesday = lesson("l0", "1", weekday="tue", weeks="37")
    evening = lesson("late", "7", weeks="37")
    term = small_term(professionals=[worker("anna")], work=blocks, lessons=[tuesday, evening])
    assert sizes(term, table("l0"), Breaks) == []
    # From the first work to the class: pauses of 215 minutes (15:10-19:00, less 15 on the way).
    assert sizes(term, table("late"), Breaks) == []


def test_two_places_at_once_are_another_rule_s() -> None:
    """Lessons that overlap make no stretch together."""
    assert over(day(("08:30", "12:30"), ("12:00", "14:00"))) == []


def test_the_numbers_are_parameters() -> None:
    """29 minutes are enough where 29 are asked, or where more than 6.5 hours are needed for it; 14 count where 10 do."""
    for parameter, value in (("first_pause", "29"), ("first_after", "390")):
        rules = [{"rule": "breaks", "parameter": parameter, "value": value}]
        assert over(day(("08:30", "12:00"), ("12:29", "15:00"), rules=rules)) == []
    rules = [{"rule": "breaks", "parameter": "shortest", "value": "14"}]
    assert over(day(("08:30", "10:30"), ("10:46", "12:00"), ("12:14", "15:00"), rules=rules)) == []
    for parameter, value in (("second_pause", "30"), ("second_after", "700")):
        rules = [{"rule": "breaks", "parameter": parameter, "value": value}]
        assert over(day(("08:00", "12:00"), ("12:30", "16:30"), ("16:40", "19:00"), rules=rules)) == []


def test_who_is_exempt_needs_no_pause() -> None:
    """The law does not hold for them."""
    assert over(day(("08:30", "12:00"), ("12:29", "15:00"), professionals=[worker("anna", atw_exempt=True)])) == []


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """Only employer and person may read it."""
    because = fact(day(("08:30", "12:00"), ("12:29", "15:00")), Breaks)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert because.params == {"person": "Anna", "first": 30, "second": 45}
    assert facts(day(("08:30", "12:00"), ("12:30", "15:00")), Breaks) == []


def matters() -> tuple[Term, Timetable]:
    """A minute too little."""
    return day(("08:30", "12:00"), ("12:29", "15:00")), table("l0", "l1")
