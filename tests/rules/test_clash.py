"""One person, one place at a time. North and south are 15 minutes apart; lesson l1 at north ends at 09:20."""

from model.rule import Owner
from model.rules.clash import Clash
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, school, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes


def two(start: str, end: str, leave: int = 0, arrive: int = 0, *, school_id: str = "south", **second: object) -> Term:
    """Lesson l1 at north in period 1, lesson l2 at these clock times elsewhere."""
    schools = [
        school("north", leave_buffer_minutes=leave),
        school("south", arrival_buffer_minutes=arrive, practical_buffer_minutes=20),
    ]
    courses = [course("robots"), course("bikes", school=school_id), course("saws", school=school_id, practical=True)]
    l2 = lesson("l2", None, start=start, end=end, **{"course": "bikes", **second})
    return small_term(schools=schools, courses=courses, lessons=[lesson("l1"), l2])


BOTH = table("l1", "l2")


def test_lessons_that_follow_each_other_are_fine() -> None:
    """At one school the second may start as the first ends, without buffers; in other weeks or days they may overlap."""
    assert sizes(two("09:20", "10:10", leave=5, school_id="north"), BOTH, Clash) == []
    assert sizes(two("07:40", "08:30", leave=5, school_id="north"), BOTH, Clash) == []
    assert sizes(two("08:30", "09:20", weekday="tue"), BOTH, Clash) == []
    assert sizes(two("08:30", "09:20"), table("l1"), Clash) == []
    apart = small_term(lessons=[lesson("l1", weeks="37"), lesson("l2", weeks="38")])
    assert sizes(apart, BOTH, Clash) == []


def test_travel_and_both_buffers_must_fit() -> None:
    """09:20 + 5 to leave + 15 travel + 10 to arrive = 09:50, for a practical lesson + 20 = 10:00; a minute less is too close."""
    assert sizes(two("09:50", "10:40", 5, 10), BOTH, Clash) == []
    assert sizes(two("09:49", "10:40", 5, 10), BOTH, Clash) == [2]
    assert sizes(two("10:00", "10:40", 5, 10, course="saws"), BOTH, Clash) == []
    assert sizes(two("09:59", "10:40", 5, 10, course="saws"), BOTH, Clash) == [2]


def test_an_overlap_counts_each_date() -> None:
    """A minute of overlap, in week 37 only, is one date; lessons within lessons overlap too."""
    broken = breaches(two("09:19", "10:00", school_id="north", weeks="37"), BOTH, Clash)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in broken] == [(1, "dates", "anna", "l1")]
    assert broken[0].sentence(NL) == "Anna geeft Robots (l1) en Bikes (l2) te dicht op elkaar (één datum)."
    assert broken[0].sentence(EN) == "Anna gives Robots (l1) and Bikes (l2) too close together (one date)."
    within = breaches(two("08:40", "09:00", school_id="north"), BOTH, Clash)
    assert within[0].sentence(NL) == "Anna geeft Robots (l1) en Bikes (l2) te dicht op elkaar (2 data)."
    assert within[0].sentence(EN) == "Anna gives Robots (l1) and Bikes (l2) too close together (2 dates)."


def test_a_course_may_clash_with_itself() -> None:
    """A course that stays together and has lessons at the same time can be given by nobody."""
    itself = small_term(courses=[course("robots", continuity="same")], lessons=[lesson("l1"), lesson("l2")])
    assert sizes(itself, BOTH, Clash) == [2]
    assert [each.message for each in facts(itself, Clash)] == ["rule.clash.itself"]


def test_the_fact_is_open() -> None:
    """The board says for whom two lessons are too close."""
    said = facts(two("09:00", "10:00"), Clash)
    assert [(each.message, each.professional) for each in said] == [("rule.clash.pair", "anna")]
    assert is_about(said[0], Owner.SCHOOL, None)


def matters() -> tuple[Term, Timetable]:
    """Two lessons at the same time: with the rule one of them stays open."""
    return small_term(lessons=[lesson("l1"), lesson("l2")]), BOTH
