"""Blackout days: Anna works on Mondays and is released in the morning; on 14 September nobody can be missed."""

from typing import Any

from model.calendar import Calendar
from model.rule import Owner
from model.rules.blackout import Blackout
from model.rules.release import ReleaseRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes

DAY = {"start": "2026-09-14", "end": "2026-09-14", "kind": "blackout"}


def region(weeks: str | None = None, half_day: str | None = "morning", **fields: Any) -> Term:
    """One lesson on Monday morning, in these weeks."""
    period = fields.pop("period", "1")
    policy = fields.pop("policy", "half_day")
    return small_term(
        employers=[{"id": "works", "name": "Works", "release_policy": policy}, {"id": "other", "name": "Other"}],
        professionals=[worker("anna")],
        work=[work("anna")],
        releases=[release("anna", half_day)],
        lessons=[lesson("l1", period, weeks=weeks)],
        calendar_days=[{**DAY, "employer": "works", **fields}],
    )


def test_on_other_days_people_may_go() -> None:
    """In week 37, or where the day is another employer's, or where Anna is back at work for the lesson's time."""
    assert sizes(region("37"), table("l1"), Blackout) == []
    assert sizes(region(employer="other"), table("l1"), Blackout) == []
    assert sizes(region(period="7"), table("l1"), Blackout) == []


def test_on_the_day_nobody_goes() -> None:
    """One date of two, at the employer's own day, a longer stretch, or a day for all employers."""
    (broken,) = breaches(region(), table("l1"), Blackout)
    assert (broken.size, broken.unit, broken.professional, broken.lesson) == (1, "dates", "anna", "l1")
    said = "Anna gaat voor Robots (l1) weg van het werk op een dag waarop Works niemand kan missen."
    assert broken.sentence(NL) == said
    (broken,) = breaches(region(start="2026-09-07"), table("l1"), Blackout)
    assert broken.sentence(EN) == "Anna leaves work for Robots (l1) on 2 days on which Works can miss nobody."
    assert sizes(region(employer=None), table("l1"), Blackout) == [1]


def test_it_closes_nothing() -> None:
    """People work and schools teach on a blackout day: only being away from work is what cannot be."""
    term = region(employer=None)
    calendar = Calendar(term)
    day = 7  # 14 September, a week after the first day of the term
    assert calendar.lesson_days("north") >> day & 1
    assert any(piece.dates >> day & 1 for piece in calendar.pieces("anna"))


def test_a_collective_closure_lets_everybody_teach() -> None:
    """Nobody works then: no release is needed, nobody is away, and no blackout is broken."""
    closed = [{**DAY, "employer": "works", "kind": "closure"}, {**DAY, "employer": "works"}]
    term = region("38").replace(releases=[], calendar_days=closed)
    assert sizes(term, table("l1"), ReleaseRule) == []
    assert sizes(term, table("l1"), Blackout) == []
    assert sizes(region("38").replace(releases=[]), table("l1"), ReleaseRule) == [1]


def test_a_lesson_that_takes_the_whole_day_breaks_it_once() -> None:
    """Where days go as a whole, it is the morning lesson that takes Anna away, not the one in the evening."""
    term = region(half_day=None, policy="day").replace(
        lessons=[*region().lessons, *small_term(lessons=[lesson("l2", "7")]).lessons]
    )
    assert [each.lesson for each in breaches(term, table("l1", "l2"), Blackout)] == ["l1"]


def test_the_fact_is_the_employer_s() -> None:
    """It names the first day on which Anna would be missed."""
    said = fact(region(), Blackout)
    assert is_about(said, Owner.EMPLOYER, "calendar_days/:works:2026-09-14:2026-09-14:blackout")
    assert str(said.params["when"]) == "2026-09-14"


def matters() -> tuple[Term, Timetable]:
    """The only lesson is on the blackout day."""
    return region("38"), table("l1")
