"""Sharing a ride. Lesson l1 and l2 are at north on two Mondays, s1 at south."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.carpool import CarpoolGain
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import cost, fact, facts, is_about


def riding(*people: str, weight: int | None = 10, **fields: Any) -> Term:
    """People who share a ride: Anna and Bob."""
    return small_term(
        professionals=[person("anna"), person("bob")],
        courses=[course("robots"), course("draw", school="south")],
        lessons=[lesson("l1"), lesson("l2", "5"), lesson("s1", "2", course="draw"), lesson("t1", "3", weekday="tue")],
        carpools=[{"id": "ride", "people": people or ("anna", "bob"), **fields}],
        rules=[] if weight is None else [{"rule": "carpool", "parameter": "weight", "value": str(weight)}],
    )


def test_nothing_is_gained_alone_or_apart() -> None:
    """One of them, both on other days, both on one day at other schools; a weight of nothing."""
    together = table("l1", ("l2", "bob"))
    for given in (table("l1"), table("l1", ("t1", "bob")), table("l1", ("s1", "bob"))):
        assert cost(riding(), given, CarpoolGain) == 0
    assert cost(riding(weight=0), together, CarpoolGain) == 0


def test_each_date_together_at_a_school_gains() -> None:
    """2 Mondays x 10 points, whatever the hours, however many lessons, whoever is named first; 60 when nothing is set."""
    together = table("l1", ("l2", "bob"))
    assert cost(riding(), together, CarpoolGain) == -20
    assert cost(riding("bob", "anna"), together, CarpoolGain) == -20
    assert cost(riding(weight=None), together, CarpoolGain) == -120
    assert cost(riding(), table("l1", "l2", ("l1", "bob")), CarpoolGain) == -20
    assert cost(riding(), table("l1", "t1", "s1", ("l1", "bob"), ("t1", "bob"), ("s1", "bob")), CarpoolGain) == -60


def test_only_two_people_share_a_ride() -> None:
    """One person, or one twice: nothing is said."""
    for people in (("anna",), ("anna", "anna")):
        assert cost(riding(*people), table("l1", "l2"), CarpoolGain) == 0
        assert facts(riding(*people), CarpoolGain) == []


def test_the_fact_is_theirs() -> None:
    """It names both and neither's home."""
    because = next(iter(facts(riding(), CarpoolGain)))
    assert is_about(because, Owner.PROFESSIONAL, "carpools/ride", Privacy.OPEN)
    assert because.params == {"a": "Anna", "b": "Bob"}
    assert fact(riding().replace(lessons=[lesson("l1")]), CarpoolGain).message == "rule.carpool.together"


def matters() -> tuple[Term, Timetable]:
    """Both at north on the same days."""
    return riding(), table("l1", ("l2", "bob"))
