"""People kept from a lesson."""

from model.rule import Owner
from model.rules.blocked import Blocked
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, is_about, sizes

TERM = {
    "professionals": [person("anna"), person("ben")],
    "lessons": [lesson("l1", blocked=["anna"]), lesson("l2", "2")],
}


def test_other_people_and_other_lessons_are_free() -> None:
    """Ben gives the lesson, Anna another one."""
    assert sizes(small_term(**TERM), table(("l1", "ben"), "l2"), Blocked) == []


def test_the_blocked_person_breaks_it() -> None:
    """Anna gives the lesson she is blocked from."""
    broken = breaches(small_term(**TERM), table("l1"), Blocked)
    assert [(each.size, each.unit, each.professional, each.lesson) for each in broken] == [(1, "lessons", "anna", "l1")]
    assert broken[0].sentence(NL) == "Anna is geblokkeerd voor Robots (l1)."
    assert broken[0].sentence(EN) == "Anna is blocked from Robots (l1)."


def test_the_fact_is_the_school_s() -> None:
    """The board names the lesson that says so."""
    assert is_about(fact(small_term(**TERM), Blocked), Owner.SCHOOL, "lessons/l1")


def matters() -> tuple[Term, Timetable]:
    """Nobody else could give the lesson."""
    return small_term(lessons=[lesson("l1", blocked=["anna"])]), table("l1")
