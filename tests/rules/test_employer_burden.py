"""A ceiling on what an employer gives: Anna and Ben work on Mondays, and are released all day."""

from typing import Any

from model.people import Privacy
from model.rule import Owner
from model.rules.employer_burden import EmployerBurden
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def region(most: str | None, **changes: Any) -> Term:
    """A lesson in the morning takes that half-day on two Mondays; one in the afternoon the other."""
    employer = {"id": "works", "name": "Works", **changes.pop("employer", {})}
    return small_term(
        employers=[employer],
        professionals=[worker("anna"), worker("ben")],
        work=[work(each) for each in ("anna", "ben")],
        releases=[release(each) for each in ("anna", "ben")],
        lessons=[lesson("l1"), lesson("l2"), lesson("l5", "5")],
        rules=[{"rule": "employer_burden", "parameter": "most", "value": most}] if most is not None else [],
        **changes,
    )


def test_as_many_half_days_as_may_be() -> None:
    """Two people: one half-day an employee is two half-days, those of one lesson on two Mondays."""
    assert sizes(region("1"), table("l1"), EmployerBurden) == []
    assert sizes(region("2"), table("l1", ("l2", "ben")), EmployerBurden) == []
    assert sizes(region(None), table("l1", "l5", ("l2", "ben")), EmployerBurden) == []
    assert sizes(region("0"), table(), EmployerBurden) == []


def test_each_half_day_of_each_person_counts() -> None:
    """Two mornings of Anna, two of Ben, two afternoons of Anna."""
    assert sizes(region("1"), table("l1", ("l2", "ben")), EmployerBurden) == [4 - 2]
    assert sizes(region("1"), table("l1", "l5", ("l2", "ben")), EmployerBurden) == [6 - 2]
    assert sizes(region("0"), table("l1"), EmployerBurden) == [2]


def test_a_part_of_a_half_day_is_none() -> None:
    """Of 1.9 half-days for each of two people three may be given, not 3.8."""
    assert sizes(region("1.9"), table("l1", ("l2", "ben")), EmployerBurden) == [1]


def test_the_size_of_the_employer_counts() -> None:
    """Four people work there, of whom two are here."""
    assert sizes(region("1", employer={"employees": 4}), table("l1", ("l2", "ben")), EmployerBurden) == []
    assert sizes(region("1", employer={"employees": 3}), table("l1", ("l2", "ben")), EmployerBurden) == [1]


def test_whole_days_are_both_half_days() -> None:
    """Where days go as a whole a lesson in the morning takes the afternoon too."""
    assert sizes(region("1", employer={"release_policy": "day"}), table("l1"), EmployerBurden) == [2]


def test_what_is_said() -> None:
    """In both languages, for the employer and for who runs the region."""
    (broken,) = breaches(region("0"), table("l1"), EmployerBurden)
    assert (broken.employer, broken.unit) == ("works", "half_days")
    assert broken.sentence(NL) == "Works geeft 2 dagdelen weg; naar zijn grootte hoogstens 0."
    assert broken.sentence(EN) == "Works gives away 2 half-days; for its size at most 0."
    assert is_about(fact(region("1"), EmployerBurden), Owner.EMPLOYER, "employers/works")
    assert EmployerBurden.privacy is Privacy.EMPLOYER
    assert facts(region(None), EmployerBurden) == []


def matters() -> tuple[Term, Timetable]:
    """Both could give a lesson, but only one of them may be away."""
    return region("1"), table("l1", ("l2", "ben"))
