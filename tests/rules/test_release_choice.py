"""At most so many of the days an employer offers: Anna and Ben work on Monday, Tuesday and Thursday, all released."""

from typing import Any

from model.rule import Owner
from model.rules.release_choice import ReleaseChoiceRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

DAYS = ("mon", "tue", "thu")
ONE_DAY, TWO_DAYS, THREE_DAYS = table("mon", "late"), table("mon", "tue"), table("mon", "tue", "thu")


def region(policy: str = "half_day", lessons: list[dict[str, Any]] | None = None, **row: Any) -> Term:
    """One lesson on each of the days, and a second one on Monday."""
    return small_term(
        employers=[{"id": "works", "name": "Works", "release_policy": policy}],
        teams=[{"id": "red", "employer": "works"}],
        professionals=[worker("anna", team="red"), worker("ben")],
        work=[work(each, weekday=day) for each in ("anna", "ben") for day in DAYS],
        releases=[release(each, weekday=day) for each in ("anna", "ben") for day in DAYS],
        lessons=lessons or [*(lesson(day, weekday=day) for day in DAYS), lesson("late", "6")],
        release_choices=[{"id": "choice", "employer": "works", "weekdays": DAYS, **row}],
    )


def test_one_day_may_be_used_as_often_as_there_are_weeks() -> None:
    """Two lessons on Mondays, in both weeks, use one of the days; two of three may be used where that is said."""
    assert sizes(region(), ONE_DAY, ReleaseChoiceRule) == []
    assert sizes(region(at_most=2), TWO_DAYS, ReleaseChoiceRule) == []
    assert sizes(region(), table(("mon", "anna"), ("tue", "ben")), ReleaseChoiceRule) == []


def test_each_day_too_many_counts() -> None:
    """Three of the days where one may be used: two too many."""
    (broken,) = breaches(region(), THREE_DAYS, ReleaseChoiceRule)
    assert (broken.size, broken.unit, broken.professional) == (2, "days", "anna")
    said = "Anna is op 3 verschillende aangeboden weekdagen weg; hoogstens 1 mag."
    assert broken.sentence(NL) == said
    assert broken.sentence(EN) == "Anna is away on 3 different weekdays of those offered; at most 1 may be used."


def test_without_weekdays_all_of_them_are_meant() -> None:
    """Tuesday and Thursday are then two of the days as well."""
    assert sizes(region(weekdays=["mon", "tue"]), table("tue", "thu"), ReleaseChoiceRule) == []
    assert sizes(region(weekdays=[]), table("tue", "thu"), ReleaseChoiceRule) == [1]
    assert sizes(region(weekdays=["tue", "mon", "mon"]), TWO_DAYS, ReleaseChoiceRule) == [1]


ALTERNATING = [lesson("mon", weekday="mon", weeks="37"), lesson("tue", weekday="tue", weeks="38")]


def test_the_days_are_the_same_every_week_unless_chosen_anew() -> None:
    """Monday in one week and Tuesday in the next are two days, or one in each week; both in one week are two anyway."""
    assert sizes(region(lessons=ALTERNATING), TWO_DAYS, ReleaseChoiceRule) == [1]
    assert sizes(region(lessons=ALTERNATING, anew_each_week=True), TWO_DAYS, ReleaseChoiceRule) == []
    broken = breaches(region(anew_each_week=True), TWO_DAYS, ReleaseChoiceRule)
    assert [(each.size, each.params["week"]) for each in broken] == [(1, 37), (1, 38)]
    assert broken[1].sentence(NL) == "Anna is in week 38 op 2 aangeboden weekdagen weg; hoogstens 1 mag."


def test_only_its_own_weeks_and_people() -> None:
    """Week 38 alone; a team, or people by name."""
    assert sizes(region(lessons=ALTERNATING, weeks="38"), TWO_DAYS, ReleaseChoiceRule) == []
    assert sizes(region(weeks="38"), TWO_DAYS, ReleaseChoiceRule) == [1]
    assert sizes(region(team="red"), TWO_DAYS, ReleaseChoiceRule) == [1]
    assert sizes(region(people=["ben"]), TWO_DAYS, ReleaseChoiceRule) == []
    assert sizes(region(team="red"), table(("mon", "ben"), ("tue", "ben")), ReleaseChoiceRule) == []


def test_who_is_not_away_uses_no_day() -> None:
    """A lesson on Wednesday, when Anna does not work, takes her from nothing."""
    lessons = [lesson("mon"), lesson("wed", weekday="wed")]
    assert sizes(region(lessons=lessons, weekdays=[]), table("mon", "wed"), ReleaseChoiceRule) == []


def test_the_fact_is_the_employer_s() -> None:
    """The row says so, for each person it holds for."""
    assert is_about(fact(region(team="red"), ReleaseChoiceRule), Owner.EMPLOYER, "release_choices/choice")
    assert {each.professional for each in facts(region(), ReleaseChoiceRule)} == {"anna", "ben"}


def matters() -> tuple[Term, Timetable]:
    """Ben cannot teach; Anna could on two of the days, and may on one."""
    return region(people=["anna"]).replace(
        professionals=[worker("anna"), worker("ben", max_lessons_per_week=0)]
    ), TWO_DAYS
