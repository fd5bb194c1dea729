"""No more teachers than a lesson needs."""

from model.rule import Owner
from model.rules.heads import Heads
from model.term import Term
from model.timetable import Assignment, Timetable
from tests.regions import course, person, small_term, table
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

TWO = table("l1", ("l1", "ben"))


def needs(heads: int) -> Term:
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots", heads=heads)],
        lesson_times=[{"id": "later", "lesson": "l1", "weekday": "tue", "first_period": "2"}],
    )


def test_up_to_the_number_needed_is_fine() -> None:
    """Nobody, one of one, one or two of two; two who relieve each other after a week."""
    assert sizes(needs(1), table(), Heads) == []
    assert sizes(needs(1), table("l1"), Heads) == []
    assert sizes(needs(2), table("l1"), Heads) == []
    assert sizes(needs(2), TWO, Heads) == []
    relieved = Timetable(
        assignments=(
            Assignment(lesson="l1", professional="anna", weeks="37"),
            Assignment(lesson="l1", professional="ben", weeks="38"),
        )
    )
    assert sizes(needs(1), relieved, Heads) == []


def test_one_too_many_breaks_it() -> None:
    """Two where one is needed, also when they come at different times of the lesson."""
    broken = breaches(needs(1), TWO, Heads)
    assert [(each.size, each.unit, each.lesson, each.school) for each in broken] == [(1, "people", "l1", "north")]
    assert broken[0].sentence(NL) == "Docenten van Robots (l1): 2; hoogstens 1 nodig."
    assert broken[0].sentence(EN) == "Teachers of Robots (l1): 2; at most 1 needed."
    assert sizes(needs(1), table("l1", ("l1", "ben", "later")), Heads) == [1]


def test_who_only_watches_does_not_count() -> None:
    """Ben watches on both dates, or on the first only, so that on the 14th there are two where one is needed."""
    for until, expected in ((None, []), ("2026-09-13", [1]), ("2026-09-06", [1])):
        stages = [{"professional": "ben", "stage": "meelopen", "end": until}]
        assert sizes(needs(1).replace(stages=stages), TWO, Heads) == expected
        # On Tuesday the 8th and 15th: the 15th is after the 13th.
        assert (
            sizes(needs(1).replace(stages=stages), table(("l1", "anna", "later"), ("l1", "ben", "later")), Heads)
            == expected
        )


def test_dates_at_a_time_that_nobody_chose_do_not_count() -> None:
    """Ben watches until Monday the 14th; on Tuesday the 15th he would count, but the lesson is on Mondays."""
    term = needs(1).replace(stages=[{"professional": "ben", "stage": "meelopen", "end": "2026-09-14"}])
    assert sizes(term, TWO, Heads) == []
    assert sizes(term, table("l1", ("l1", "ben", "later")), Heads) == [1]


def test_the_fact_is_the_school_s() -> None:
    """The board names the course that says how many."""
    said = facts(needs(1), Heads)
    assert said
    assert all(is_about(each, Owner.SCHOOL, "courses/robots") for each in said)


def matters() -> tuple[Term, Timetable]:
    """A second teacher would count as a second staffed lesson."""
    return needs(1), TWO
