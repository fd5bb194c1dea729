"""A budget of hours a quarter: Anna and Ben work on Mondays from 8 to 17, and are released."""

from typing import Any

from model.rule import Owner
from model.rules.release_budget import ReleaseBudget
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

ONE, TWO = table("l1"), table("l1", ("l2", "ben"))


def region(hours: float | None, half_day: str | None = "morning", *, policy: str = "half_day", **changes: Any) -> Term:
    """A lesson in the first period takes the morning, from 8:00 to 12:30: 4.5 hours on each of two Mondays."""
    used = changes.pop("used", 0)
    employer = {"id": "works", "name": "Works", "release_policy": policy, "release_hours_used": used}
    return small_term(
        employers=[employer | {"release_quota_hours": hours}],
        professionals=[worker("anna"), worker("ben")],
        work=[work(each) for each in ("anna", "ben")],
        releases=[release(each, half_day) for each in ("anna", "ben")],
        lessons=[lesson("l1"), lesson("l2")],
        **changes,
    )


def test_as_many_hours_as_the_budget_has() -> None:
    """Two mornings of one person are 9 hours; without a budget anything goes."""
    assert sizes(region(9), ONE, ReleaseBudget) == []
    assert sizes(region(None), TWO, ReleaseBudget) == []
    assert sizes(region(0), table(), ReleaseBudget) == []


def test_all_people_together_count() -> None:
    """Two people, two mornings: 18 hours, where 9.5 may be given."""
    (broken,) = breaches(region(9.5), TWO, ReleaseBudget)
    assert (broken.size, broken.unit, broken.employer) == (8 * 60 + 30, "minutes", "works")
    said = "De mensen van Works zijn in kwartaal 3 van 2026 samen 18:00 uur weg; hoogstens 09:30 mag."
    assert broken.sentence(NL) == said
    said = "The people of Works are away 18:00 hours together in quarter 3 of 2026; at most 09:30 are given."
    assert broken.sentence(EN) == said


def test_what_is_really_given_away_counts() -> None:
    """Both half-days are released: only the morning is given, or the whole day of 9 hours where days go as a whole."""
    assert sizes(region(9, None), ONE, ReleaseBudget) == []
    assert sizes(region(9, None, policy="day"), ONE, ReleaseBudget) == [9 * 60]


def test_hours_already_used_count_in_the_first_quarter() -> None:
    """Of 10 hours 2 are used: 8 are left, and 9 are asked. More used than given leaves nothing."""
    assert sizes(region(10, used=1), ONE, ReleaseBudget) == []
    assert sizes(region(10, used=2), ONE, ReleaseBudget) == [60]
    assert sizes(region(10, used=11), ONE, ReleaseBudget) == [9 * 60]


def test_each_quarter_has_a_budget_of_its_own() -> None:
    """From 21 September to 11 October there are two Mondays in the third quarter and one in the fourth."""
    dates = {"start": "2026-09-21", "end": "2026-10-11"}
    assert sizes(region(9, **dates), ONE, ReleaseBudget) == []
    broken = breaches(region(4, used=4, **dates), ONE, ReleaseBudget)
    # 9 hours where none is left; 4.5 where 4 are.
    assert [(each.params["quarter"], each.size) for each in broken] == [("3", 9 * 60), ("4", 30)]


def test_the_fact_is_the_employer_s() -> None:
    """One for each quarter in which the budget may not do."""
    said = facts(region(9), ReleaseBudget)
    assert len(said) == 1
    assert is_about(said[0], Owner.EMPLOYER, "employers/works")
    assert facts(region(18), ReleaseBudget) == []


def matters() -> tuple[Term, Timetable]:
    """There were hours for two people; there are hours for one only."""
    return region(18, used=9), TWO
