"""No lessons on Sunday unless agreed."""

from typing import Any

from model.rule import Owner
from model.rules.sunday import Sunday
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

AGREED = {"rule": "sunday", "parameter": "agreed", "value": "true"}


def on(weekday: str, **tables: Any) -> Term:
    return small_term(lessons=[lesson("l1", weekday=weekday)], **tables)


def test_other_days_are_fine() -> None:
    """Saturday too; and work on Sunday is the employer's affair."""
    assert sizes(on("sat"), table("l1"), Sunday) == []
    at_work = {"professionals": [worker("anna")], "work": [work("anna", weekday="sun")]}
    assert sizes(on("mon", **at_work), table("l1"), Sunday) == []


def test_a_lesson_on_sunday_breaks_it() -> None:
    """On both Sundays, or on one."""
    (broken,) = breaches(on("sun"), table("l1"), Sunday)
    assert (broken.size, broken.unit, broken.professional, broken.lesson) == (2, "dates", "anna", "l1")
    assert str(broken.when) == "2026-09-13"
    assert broken.sentence(NL) == "Anna geeft Robots (l1) op zondag zonder dat dat is afgesproken (2 data)."
    assert broken.sentence(EN) == "Anna gives Robots (l1) on Sundays, which was not agreed (2 dates)."
    once = small_term(lessons=[lesson("l1", weekday="sun", weeks="38")])
    assert sizes(once, table("l1"), Sunday) == [1]


def test_another_time_on_sunday_counts() -> None:
    """The lesson is on Monday, or on Sunday instead."""
    other = [{"id": "other", "lesson": "l1", "weekday": "sun", "first_period": "1"}]
    term = on("mon", lesson_times=other)
    assert sizes(term, table("l1"), Sunday) == []
    assert sizes(term, table(("l1", "anna", "other")), Sunday) == [2]


def test_it_may_be_agreed_with_a_person_or_by_an_employer() -> None:
    """Only for whom it is."""
    two = [person("anna"), worker("ben")]
    both = table("l1", ("l1", "ben"))
    assert sizes(on("sun", professionals=two), both, Sunday) == [2, 2]
    assert sizes(on("sun", professionals=two, rules=[{**AGREED, "professional": "anna"}]), both, Sunday) == [2]
    assert sizes(on("sun", professionals=two, rules=[{**AGREED, "employer": "works"}]), both, Sunday) == [2]
    assert sizes(on("sun", professionals=two, rules=[AGREED]), both, Sunday) == []


def test_who_is_exempt_may_teach_on_sunday() -> None:
    """The law does not hold for them."""
    assert sizes(on("sun", professionals=[person("anna", atw_exempt=True)]), table("l1"), Sunday) == []


def test_the_fact_is_the_law_s() -> None:
    """The board names the person."""
    because = fact(on("sun"), Sunday)
    assert is_about(because, Owner.LAW, None)
    assert because.params == {"person": "Anna"}
    assert facts(on("sat"), Sunday) == []


def matters() -> tuple[Term, Timetable]:
    """Two Sundays."""
    return on("sun"), table("l1")
