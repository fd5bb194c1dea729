"""Notice: the term describes 7 September, Works gives a week's notice, and Anna was promised l1 on Mondays."""

from typing import Any

from model.rule import Owner
from model.rules.frozen import Frozen
from model.term import Term
from model.timetable import Assignment, Timetable
from tests.regions import lesson, person, small_term, table, worker
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

PROMISE = {"id": "promise", "lesson": "l1", "professional": "anna"}


def region(notice: int | None = 7, as_of: str | None = "2026-09-07", **changes: Any) -> Term:
    """Lessons l1, l2 at another time, and l3, which may be on Tuesday instead of on Monday."""
    return small_term(
        as_of=as_of,
        employers=[{"id": "works", "name": "Works", "notice_days": notice}],
        professionals=[worker("anna"), person("ben")],
        lessons=[lesson("l1"), lesson("l2", "2", weeks=changes.pop("weeks", None)), lesson("l3", "6")],
        lesson_times=[{"id": "tue", "lesson": "l3", "weekday": "tue", "first_period": "1"}],
        **{"published": [PROMISE], **changes},
    )


def test_the_published_timetable_is_kept() -> None:
    """As it is, or with more for people without an employer."""
    assert sizes(region(), table("l1"), Frozen) == []
    assert sizes(region(), table("l1", ("l2", "ben")), Frozen) == []


def test_what_is_far_enough_may_change() -> None:
    """A lesson in week 38 begins more than seven days later: 14 September is the eighth day."""
    assert sizes(region(weeks="38"), table("l1", "l2"), Frozen) == []
    assert sizes(region(8, weeks="38"), table("l1", "l2"), Frozen) == [1]


def test_another_may_take_over_after_the_notice() -> None:
    """Ben from 14 September on, not a week earlier; the week after 14 September may be somebody else's altogether."""
    first, second = frozenset({37}), frozenset({38})
    anna = Assignment(lesson="l1", professional="anna", weeks=first)
    ben = Assignment(lesson="l1", professional="ben", weeks=second)
    assert sizes(region(), Timetable(assignments=(anna, ben)), Frozen) == []
    assert sizes(region(), Timetable(assignments=(anna,)), Frozen) == []
    assert sizes(region(8), Timetable(assignments=(anna, ben)), Frozen) == [1]
    swapped = (anna.model_copy(update={"weeks": second}), ben.model_copy(update={"weeks": first}))
    assert sizes(region(), Timetable(assignments=swapped), Frozen) == [1]


def test_nothing_comes_and_nothing_goes() -> None:
    """Each lesson counts by its dates: l2 comes, l1 goes, on one date within the notice."""
    came, gone = breaches(region(), table("l2"), Frozen)
    assert {(each.lesson, each.size, each.unit) for each in (came, gone)} == {("l1", 1, "dates"), ("l2", 1, "dates")}
    both = {each.lesson: each for each in (came, gone)}
    said = "Bij Anna is Robots (l1) op één datum anders dan gepubliceerd, terwijl het rooster vastligt tot 13 september 2026."
    assert both["l1"].sentence(NL) == said
    (longer,) = breaches(region(14), table(), Frozen)
    said = "For Anna, Robots (l1) differs from the published timetable on 2 dates; it is fixed until 20 September 2026."
    assert longer.sentence(EN) == said


def test_another_time_is_a_change_too() -> None:
    """Promised on Monday, given on Tuesday: Monday's lesson goes and Tuesday's comes, within the notice."""
    promised = [PROMISE | {"lesson": "l3"}]
    assert sizes(region(published=promised), table("l3"), Frozen) == []
    assert sizes(region(published=promised), table(("l3", "anna", "tue")), Frozen) == [2]
    assert sizes(region(published=[promised[0] | {"option": "tue"}]), table(("l3", "anna", "tue")), Frozen) == []


def test_a_promise_for_some_weeks() -> None:
    """Promised in week 38 only, l1 may not begin a week early."""
    assert sizes(region(published=[PROMISE | {"weeks": "38"}]), table("l1"), Frozen) == [1]
    assert sizes(region(published=[PROMISE | {"weeks": "38"}]), table(), Frozen) == []


def test_the_rule_s_notice_holds_for_employers_that_give_none() -> None:
    """28 days cover both weeks; the rule may be set to fewer, and an employer may give none at all."""
    assert sizes(region(None), table(), Frozen) == [2]
    few = [{"rule": "frozen", "parameter": "notice_days", "value": "5"}]
    assert sizes(region(None, rules=few), table(), Frozen) == [1]
    assert sizes(region(7, rules=few), table(), Frozen) == [1]
    assert sizes(region(0), table(), Frozen) == []


def test_nothing_is_frozen_without_a_day_or_a_promise() -> None:
    """Nor what lies before the day that the term describes."""
    assert sizes(region(as_of=None), table("l2"), Frozen) == []
    assert sizes(region(published=[]), table("l2"), Frozen) == []
    assert sizes(region(1, "2026-09-08"), table("l2"), Frozen) == []
    assert facts(region(published=[]), Frozen) == []


def test_the_fact_is_the_employer_s() -> None:
    """One for the lesson that is kept, one for each that may not come."""
    said = facts(region(), Frozen)
    assert all(is_about(each, Owner.EMPLOYER, None) for each in said)
    assert {each.message for each in said} == {"rule.frozen.new", "rule.frozen.kept"}


def matters() -> tuple[Term, Timetable]:
    """Anna could give l2 and l3 as well, and so could nobody else."""
    term = region()
    people = [row.replace(max_lessons_per_week=0) if row.id == "ben" else row for row in term.professionals]
    return term.replace(professionals=people), table("l1", "l2")
