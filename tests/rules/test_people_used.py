"""How many people teach at all: nothing unless a weight is set, then that weight for each of them."""

from typing import Any

from model.rule import Owner
from model.rules.people_used import PeopleUsed
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import EN, NL, cost, fact, is_about

HOLIDAY = [{"start": "2026-09-07", "end": "2026-09-20", "kind": "holiday"}]


def weighed(weight: int | None = 9, **tables: Any) -> Term:
    setting = {"rule": "people_used", "parameter": "weight", "value": str(weight)}
    people = tables.pop("people", ("anna", "ben"))
    return small_term(
        professionals=[person(each) for each in people],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3", "3")],
        rules=[] if weight is None else [setting],
        **tables,
    )


def test_nobody_costs_anything_without_a_weight() -> None:
    """The default is 0."""
    assert cost(weighed(None), table("l1", ("l2", "ben")), PeopleUsed) == 0


def test_each_person_counts_once() -> None:
    """9 for Anna with one lesson or with three, on two dates each; 18 for Anna and Ben."""
    assert cost(weighed(), table(), PeopleUsed) == 0
    assert cost(weighed(), table("l1"), PeopleUsed) == 9
    assert cost(weighed(), table("l1", "l2", "l3"), PeopleUsed) == 9
    assert cost(weighed(), table("l1", "l2", ("l3", "ben")), PeopleUsed) == 18


def test_who_teaches_on_no_date_does_not_count() -> None:
    """All lessons fall in a holiday."""
    assert cost(weighed(calendar_days=HOLIDAY), table("l1"), PeopleUsed) == 0


def test_the_weight_can_be_set_for_one_person() -> None:
    """Ben costs 2, Anna nothing."""
    only = [{"rule": "people_used", "professional": "ben", "parameter": "weight", "value": "2"}]
    term = small_term(professionals=[person("anna"), person("ben")], lessons=[lesson("l1"), lesson("l2")], rules=only)
    assert cost(term, table("l1", ("l2", "ben")), PeopleUsed) == 2


def test_the_fact_is_the_school_s() -> None:
    """The board names the person, in both languages."""
    because = fact(weighed(people=("anna",)), PeopleUsed)
    assert is_about(because, Owner.SCHOOL, "professionals/anna")
    assert because.params == {"person": "Anna"}
    assert (PeopleUsed.says["used"][NL], PeopleUsed.says["used"][EN]) == ("{person} geeft les.", "{person} teaches.")


def matters() -> tuple[Term, Timetable]:
    """A person costs more than two lessons are worth: 1000 x 2 dates each, against 5000; best nobody teaches."""
    setting = {"rule": "people_used", "parameter": "weight", "value": "5000"}
    return small_term(lessons=[lesson("l1"), lesson("l2", "2")], rules=[setting]), table("l1", "l2")
