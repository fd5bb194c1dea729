"""People with another timetable: Anna was promised l1 and l2, Ben l3, Carl nothing."""

from typing import Any

from model.rule import Owner
from model.rules.moved_people import MovedPeople
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, small_term, table
from tests.rules.cases import cost, facts, is_about

AS_PUBLISHED = table("l1", "l2", ("l3", "ben"))


def region(weight: str = "100", **changes: Any) -> Term:
    """Three people, four lessons, the first of which may be on Tuesday."""
    promised = [("l1", "anna"), ("l2", "anna"), ("l3", "ben")]
    return small_term(
        professionals=[person("anna"), person("ben"), person("carl")],
        lessons=[lesson("l1"), lesson("l2", "2"), lesson("l3"), lesson("l4", "3")],
        lesson_times=[{"id": "tue", "lesson": "l1", "weekday": "tue", "first_period": "1"}],
        **{
            "published": [{"lesson": each, "professional": who} for each, who in promised],
            "rules": [{"rule": "moved_people", "parameter": "weight", "value": weight}],
            **changes,
        },
    )


def test_as_published_nobody_moves() -> None:
    """Nor without a published timetable, nor without a weight."""
    assert cost(region(), AS_PUBLISHED, MovedPeople) == 0
    assert cost(region(published=[]), table("l4"), MovedPeople) == 0
    assert cost(region("0"), table(), MovedPeople) == 0


def test_a_person_costs_once_however_much_changes() -> None:
    """Anna loses one lesson or both, gets one more, or gives one at another time."""
    for anna in (["l1"], [], ["l1", "l2", "l4"], [("l1", "anna", "tue"), "l2"]):
        assert cost(region(), table(*anna, ("l3", "ben")), MovedPeople) == 100


def test_everybody_who_changes_counts() -> None:
    """A lesson that goes from Anna to Carl moves two; with nothing given, Anna and Ben are moved."""
    assert cost(region(), table("l1", ("l2", "carl"), ("l3", "ben")), MovedPeople) == 2 * 100
    assert cost(region(), table(), MovedPeople) == 2 * 100
    assert cost(region(), table(("l4", "carl")), MovedPeople) == 3 * 100


def test_only_dates_to_come_count() -> None:
    """After the last Monday nothing on Mondays can change any more."""
    assert cost(region(as_of="2026-09-15"), table(), MovedPeople) == 0
    assert cost(region(as_of="2026-09-15"), table(("l1", "anna", "tue")), MovedPeople) == 100


def test_a_promise_for_one_week_is_not_kept_by_giving_both() -> None:
    """Anna gives l1 in week 37 too."""
    promised = [{"lesson": "l1", "professional": "anna", "weeks": "38"}]
    assert cost(region(published=promised), table("l1"), MovedPeople) == 100


def test_the_fact_is_the_person_s() -> None:
    """One for everybody."""
    said = facts(region(), MovedPeople)
    assert [each.params["person"] for each in said] == ["Anna", "Ben", "Carl"]
    assert all(is_about(each, Owner.PROFESSIONAL, None) for each in said)


def matters() -> tuple[Term, Timetable]:
    """One more lesson for Carl is worth less than leaving him as he is."""
    return region("5000"), table("l1", "l2", ("l3", "ben"), ("l4", "carl"))
