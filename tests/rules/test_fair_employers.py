"""Fair to employers: Works with Anna and Ben, Forge with Carl; all work on Mondays and Tuesdays, and are released."""

from typing import Any

from model.rule import Owner
from model.rules.fair_employers import FairEmployers
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import cost, fact, facts, is_about

PEOPLE = ("anna", "ben", "carl")


def region(weight: str = "60", policy: str = "half_day", **employees: int) -> Term:
    """Lessons on Monday and Tuesday morning and on Monday afternoon; points for each half-day and employee."""
    rows: list[dict[str, Any]] = [{"id": "works", "name": "Works"}, {"id": "forge", "name": "Forge"}]
    return small_term(
        employers=[row | {"release_policy": policy, "employees": employees.get(row["id"])} for row in rows],
        professionals=[worker("anna"), worker("ben"), worker("carl", employer="forge", site=None)],
        work=[work(each, weekday=day) for each in PEOPLE for day in ("mon", "tue")],
        releases=[release(each, weekday=day) for each in PEOPLE for day in ("mon", "tue")],
        lessons=[lesson("mon"), lesson("again", "2"), lesson("noon", "6"), lesson("tue", weekday="tue")],
        rules=[{"rule": "fair_employers", "parameter": "weight", "value": weight}],
    )


def test_the_employer_that_bears_most_costs() -> None:
    """A half-day is worth 30 at Works, which has two people, and 60 at Forge; each lesson takes one on two dates."""
    assert cost(region(), table("mon"), FairEmployers) == 2 * 30
    assert cost(region(), table(("mon", "carl")), FairEmployers) == 2 * 60
    assert cost(region(), table("mon", ("tue", "carl")), FairEmployers) == 2 * 60
    assert cost(region(), table("mon", ("tue", "ben"), "noon", ("again", "carl")), FairEmployers) == 3 * 2 * 30


def test_a_half_day_counts_once_for_a_person_and_date() -> None:
    """Two lessons on one morning, and two people on one morning."""
    assert cost(region(), table("mon", "again"), FairEmployers) == 2 * 30
    assert cost(region(), table("mon", ("again", "ben")), FairEmployers) == 2 * 2 * 30


def test_a_day_given_as_a_whole_is_two_half_days() -> None:
    """Morning and afternoon."""
    assert cost(region(policy="day"), table("mon"), FairEmployers) == 2 * 2 * 30


def test_a_larger_employer_bears_more() -> None:
    """Forge has 20 people, of whom only Carl teaches: 3 a half-day."""
    assert cost(region(forge=20), table(("mon", "carl")), FairEmployers) == 2 * 3
    assert cost(region(forge=20), table("mon", ("tue", "carl")), FairEmployers) == 2 * 30
    assert cost(region(forge=61, works=61), table(*("mon", "tue")), FairEmployers) == 0


def test_nothing_without_a_weight_or_without_anybody_away() -> None:
    """The default weight is 0."""
    assert cost(region("0"), table("mon"), FairEmployers) == 0
    assert facts(region("0"), FairEmployers) == []
    assert cost(region(), table(), FairEmployers) == 0


def test_the_fact_is_the_employers() -> None:
    """One for the region."""
    assert is_about(fact(region(), FairEmployers), Owner.EMPLOYER, None)


def matters() -> tuple[Term, Timetable]:
    """Each of the lessons costs its employer more than it brings."""
    return region("90000", works=2, forge=2), table("mon", ("tue", "carl"))
