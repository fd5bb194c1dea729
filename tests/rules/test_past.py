"""What is over: the term describes 15 September, and Anna was promised l1 on the Mondays 7, 14 and 21 September."""

from typing import Any

from model.rule import Owner
from model.rules.past import Past
from model.term import Term
from model.timetable import Assignment, Timetable
from tests.agreement import best
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

PROMISE = {"lesson": "l1", "professional": "anna"}


def region(as_of: str | None = "2026-09-15", **changes: Any) -> Term:
    """Three weeks; l1 at 8:30, which may be on Tuesday too, and l2 an hour later."""
    return small_term(
        as_of=as_of,
        end="2026-09-27",
        professionals=[person("anna"), person("ben")],
        lessons=[lesson("l1"), lesson("l2", "2")],
        lesson_times=[{"id": "tue", "lesson": "l1", "weekday": "tue", "first_period": "1"}],
        **{"published": [PROMISE], **changes},
    )


def given(*rows: tuple[str, str, str | None]) -> Timetable:
    """Lesson, professional and weeks."""
    return Timetable(
        assignments=tuple(
            Assignment(
                lesson=name, professional=who, weeks=None if weeks is None else frozenset(map(int, weeks.split()))
            )
            for name, who, weeks in rows
        )
    )


def test_what_is_over_is_as_published_and_what_comes_is_free() -> None:
    """Anna goes on, stops after the last date that is over, or Ben takes over then; l2 begins then."""
    for rows in (
        [("l1", "anna", None)],
        [("l1", "anna", "37 38")],
        [("l1", "anna", "37 38"), ("l1", "ben", "39")],
        [("l1", "anna", None), ("l2", "ben", "39")],
    ):
        assert sizes(region(), given(*rows), Past) == []


def test_what_is_over_does_not_change() -> None:
    """Two dates without Anna, one of them, two with a lesson that was open, and Tuesday instead of Monday."""
    assert sizes(region(), table(), Past) == [2]
    assert sizes(region(), given(("l1", "anna", "37 39")), Past) == [1]
    assert sizes(region(), table("l1", "l2"), Past) == [2]
    assert sizes(region(), table(("l1", "anna", "tue")), Past) == [3]


def test_nothing_is_over_without_a_day_or_a_promise() -> None:
    """Nor when the term begins later than that day."""
    assert sizes(region(None), table("l2"), Past) == []
    assert sizes(region(published=[]), table("l2"), Past) == []
    assert sizes(region("2026-09-07"), table("l2"), Past) == []


def test_it_says_what_was_otherwise() -> None:
    """By lesson, with the number of dates."""
    (two,) = breaches(region(), table(), Past)
    assert two.sentence(EN) == (
        "For Anna, Robots (l1) differs from the published timetable on 2 dates, all before 15 September 2026."
    )
    (one,) = breaches(region(), given(("l1", "anna", "37 39")), Past)
    assert one.sentence(NL) == (
        "Bij Anna is Robots (l1) op één datum anders dan gepubliceerd, terwijl die voor 15 september 2026 ligt."
    )


def test_the_fact_cannot_be_changed() -> None:
    """One for each lesson that may not come, one for the lesson that was given."""
    said = facts(region(), Past)
    assert {each.message for each in said} == {"rule.past.new", "rule.past.kept"}
    assert all(is_about(each, Owner.SCHOOL, None) and not each.negotiable for each in said)


def test_lessons_that_nobody_gave_stay_open_until_somebody_can() -> None:
    """l1 on 3 Mondays and l2 on the one to come: 4 x 1000 - 3 x 40 travel, as the two lessons of one day are one trip."""
    value, timetable = best(region(rules=[{"rule": "moved_people", "parameter": "weight", "value": "0"}]))
    assert value == 4 * 1000 - 3 * 40
    assert {(row.lesson, row.professional, row.weeks) for row in timetable.assignments} == {
        ("l1", "anna", frozenset({37, 38, 39})),
        ("l2", "anna", frozenset({39})),
    }


def matters() -> tuple[Term, Timetable]:
    """Nobody gave l2."""
    return region(), table("l1", "l2")
