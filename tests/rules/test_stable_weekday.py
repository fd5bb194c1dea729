"""A fixed weekday: Anna works on Mondays only; lessons on Monday and Tuesday, and one on Monday evening."""

from typing import Any

from model.rule import Owner
from model.rules.stable_weekday import StableWeekday
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

BOTH = table("mon", "tue")
WEEKS = [
    {"id": "first", "start": "2026-09-07", "end": "2026-09-13"},
    {"id": "second", "start": "2026-09-14", "end": "2026-09-20"},
]


def region(most: int | None = 1, *, weeks: tuple[str | None, str | None] = (None, None), **changes: Any) -> Term:
    """At most so many weekdays; `weeks` are those of the lessons on Monday and on Tuesday, `tuesday` the latter's course."""
    tuesday = changes.pop("tuesday", "robots")
    settings = changes.pop("set", {}) | ({} if most is None else {"most": str(most)})
    return small_term(
        professionals=[worker("anna")],
        work=[work("anna")],
        releases=[release("anna", "morning")],
        lessons=[
            lesson("mon", weeks=weeks[0]), lesson("tue", course=tuesday, weekday="tue", weeks=weeks[1]), lesson("late", "7"),
        ],
        rules=[{"rule": "stable_weekday", "parameter": name, "value": value} for name, value in settings.items()],
        **changes,
    )  # fmt: skip


def test_one_weekday_with_any_number_of_lessons() -> None:
    """Twice on Monday; and without a number nothing is asked."""
    assert sizes(region(), table("mon", "late"), StableWeekday) == []
    assert sizes(region(2), BOTH, StableWeekday) == []
    assert sizes(region(None), BOTH, StableWeekday) == []
    assert facts(region(None), StableWeekday) == []


def test_every_weekday_more_counts() -> None:
    """Monday and Tuesday: one too many, or two where no weekday is allowed."""
    (broken,) = breaches(region(), BOTH, StableWeekday)
    assert (broken.size, broken.unit, broken.professional) == (1, "days", "anna")
    said = "Anna geeft les op 2 verschillende weekdagen vanaf 7 september 2026; hoogstens 1 mag."
    assert broken.sentence(NL) == said
    said = "Anna teaches on 2 different weekdays from 7 September 2026 on; at most 1 may be used."
    assert broken.sentence(EN) == said
    assert sizes(region(0), BOTH, StableWeekday) == [2]


def test_each_period_of_the_term_has_its_own_weekday() -> None:
    """Monday in the first week and Tuesday in the second: fine in two periods, not in a term without periods."""
    apart = ("37", "38")
    assert sizes(region(weeks=apart), BOTH, StableWeekday) == [1]
    assert sizes(region(weeks=apart, periods=WEEKS), BOTH, StableWeekday) == []
    assert sizes(region(weeks=apart, periods=WEEKS, set={"whole_term": "true"}), BOTH, StableWeekday) == [1]
    broken = breaches(region(periods=WEEKS), BOTH, StableWeekday)
    assert [str(each.params["when"]) for each in broken] == ["2026-09-07", "2026-09-14"]


def test_periods_of_one_school_look_at_its_lessons() -> None:
    """Monday in the first week and Tuesday in the second: fine where these are periods of the school itself.

    Periods of another school change nothing, and where periods are everybody's too, both hold.
    """
    apart = ("37", "38")
    own, other = ([{**row, "school": school} for row in WEEKS] for school in ("north", "south"))
    assert sizes(region(weeks=apart, periods=own), BOTH, StableWeekday) == []
    assert sizes(region(periods=own), BOTH, StableWeekday) == [1, 1]
    assert sizes(region(weeks=apart, periods=other), BOTH, StableWeekday) == [1]
    term = [{"id": "term", "start": "2026-09-07", "end": "2026-09-20"}]
    assert sizes(region(weeks=apart, periods=[*own, *term]), BOTH, StableWeekday) == [1]
    courses = [course("robots"), course("far", school="south")]
    assert sizes(region(tuesday="far", periods=own, courses=courses), BOTH, StableWeekday) == []
    assert sizes(region(tuesday="far", periods=[*own, *term], courses=courses), BOTH, StableWeekday) == [1]


def test_dates_in_no_period_are_free() -> None:
    """Only the second week is a period."""
    assert sizes(region(weeks=("37", None), periods=WEEKS[1:]), BOTH, StableWeekday) == []


def test_an_employer_may_count_only_days_away() -> None:
    """On Tuesdays Anna does not work, and in the evening neither."""
    away = {"away_only": "true"}
    assert sizes(region(set=away), BOTH, StableWeekday) == []
    assert sizes(region(0, set=away), BOTH, StableWeekday) == [1]
    assert sizes(region(0, set=away), table("late", "tue"), StableWeekday) == []


def test_the_fact_is_the_employer_s() -> None:
    """It rests on a setting, and on no row of a person."""
    said = fact(region(), StableWeekday)
    assert is_about(said, Owner.EMPLOYER, None)
    assert (said.params["person"], said.params["most"]) == ("Anna", 1)


def matters() -> tuple[Term, Timetable]:
    """Both lessons are worth the journey, and one weekday is allowed."""
    return region(), BOTH
