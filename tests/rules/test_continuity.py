"""How many people may share a course."""

from typing import Any

from model.rule import Owner
from model.rules.continuity import ContinuityRule
from model.term import Term
from model.timetable import Timetable
from tests.agreement import best
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

SHARED = table("l1", ("l2", "ben"))


def shared(rules: tuple[dict[str, Any], ...] = (), **fields: Any) -> Term:
    """Two lessons at the same time, Anna and Ben."""
    return small_term(
        professionals=[person("anna"), person("ben")],
        courses=[course("robots", **fields)],
        lessons=[lesson("l1"), lesson("l2")],
        rules=rules,
    )


def test_sharing_is_fine_where_it_is_allowed() -> None:
    """Two people share a free course, one with a wish for continuity, and one for at most two."""
    assert sizes(shared(continuity="free"), SHARED, ContinuityRule) == []
    assert sizes(shared(continuity="wished"), SHARED, ContinuityRule) == []
    assert sizes(shared(continuity="at_most", max_people=2), SHARED, ContinuityRule) == []


def test_one_person_gives_all_or_nothing() -> None:
    """A course that stays together is fine whole or open, with two heads also twice whole."""
    same = shared(continuity="same", heads=2)
    for timetable in (table(), table("l1", "l2"), table("l1", "l2", ("l1", "ben"), ("l2", "ben"))):
        assert sizes(same, timetable, ContinuityRule) == []


def test_giving_part_of_it_breaks_it() -> None:
    """Each of the two misses one lesson."""
    broken = breaches(shared(continuity="same"), SHARED, ContinuityRule)
    assert [(each.size, each.unit, each.professional) for each in broken] == [
        (1, "lessons", "anna"),
        (1, "lessons", "ben"),
    ]
    assert (
        broken[0].sentence(NL)
        == "Anna geeft niet alle lessen van Robots, terwijl één persoon die geeft (één ontbreekt)."
    )
    assert (
        broken[0].sentence(EN)
        == "Anna does not give all lessons of Robots, which one person must give (one is missing)."
    )


def test_too_many_people_break_it() -> None:
    """Two people where one is the most: one too many."""
    broken = breaches(shared(continuity="at_most", max_people=1), SHARED, ContinuityRule)
    assert [(each.size, each.unit, each.school) for each in broken] == [(1, "people", "north")]
    assert broken[0].sentence(NL) == "Mensen die samen Robots geven: 2; hoogstens 1 mag."
    assert broken[0].sentence(EN) == "People who share Robots: 2; at most 1 is allowed."


def test_the_fact_is_the_school_s() -> None:
    """The board names the course; one that stays together needs no words, its candidates are whole."""
    assert is_about(fact(shared(continuity="at_most", max_people=1), ContinuityRule), Owner.SCHOOL, "courses/robots")
    assert facts(shared(continuity="same"), ContinuityRule) == []


def test_a_school_that_switches_it_off_gets_its_courses_shared() -> None:
    """The lessons are at the same time, so only a shared course can be staffed: 2 lessons x 2 dates x 1000 - 4 x 40 travel."""
    off = ({"rule": "continuity", "school": "north", "enabled": False},)
    assert best(shared(continuity="same"))[0] == 0
    assert best(shared(off, continuity="same"))[0] == 3840
    elsewhere = ({"rule": "continuity", "school": "south", "enabled": False},)
    assert best(shared(elsewhere, continuity="same"))[0] == 0


def matters() -> tuple[Term, Timetable]:
    """Only two people together can give two lessons at the same time."""
    return shared(continuity="at_most", max_people=1), SHARED
