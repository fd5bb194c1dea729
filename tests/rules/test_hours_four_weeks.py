"""Working hours over four weeks: 47.5 at the plant and 10 in the evening of one week, after weeks of 54 or 55 hours."""

from typing import Any

import pytest

from model.checks import content_issues
from model.people import Privacy
from model.rule import Owner
from model.rules.hours_four_weeks import HoursFourWeeks
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, small_term, table, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes
from tests.rules.test_hours_per_week import DAYS, EVENINGS, week

ALL = table("l0", "l1", "l2", "l3")


def after(*hours: float, **tables: Any) -> Term:
    """57.5 hours in the week of 7 September after weeks of so many hours, oldest first."""
    people = [worker("anna", hours_before=[30] * (15 - len(hours)) + list(hours))]
    return week(*EVENINGS, **{"professionals": people, **tables})


def test_an_average_of_55_hours_is_allowed() -> None:
    """54 + 54 + 54.5 + 57.5 = 220 hours in four weeks; of weeks before the term only three count."""
    assert sizes(after(60, 54, 54, 54.5), ALL, HoursFourWeeks) == []
    assert sizes(after(54, 54, 55), table(), HoursFourWeeks) == []


def test_a_higher_average_is_too_much() -> None:
    """54 + 54 + 55 + 57.5 = 220.5 hours."""
    (broken,) = breaches(after(54, 54, 55), ALL, HoursFourWeeks)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (30, "minutes", "anna", "2026-09-07")
    assert broken.sentence(NL) == (
        "Anna werkt in de 4 weken tot en met die van 7 september 2026 gemiddeld 55,12 uur; hoogstens 55 mag."
    )
    assert broken.sentence(EN).startswith("Anna works 55.12 hours a week on average in the 4 weeks up to")


def test_the_worst_weeks_are_named() -> None:
    """57.5, then 47.5 and nothing: with the week of 13 September 54 + 60 + 57.5 + 47.5 = 219, before it 54 + 54 + 60 + 57.5 = 225.5."""
    (broken,) = breaches(after(54, 54, 60), ALL, HoursFourWeeks)
    assert (broken.size, str(broken.when)) == (330, "2026-09-07")


def test_holidays_count_as_worked() -> None:
    """The employer is closed on Friday, which lowers no average."""
    closed = [{"employer": "works", "start": "2026-09-11", "end": "2026-09-11", "kind": "closure"}]
    assert sizes(after(54, 54, 55, calendar_days=closed), ALL, HoursFourWeeks) == [30]


def on_leave(*rules: dict[str, str], start: str = "19:30", **engagement: str) -> Term:
    """Four evenings in both weeks after weeks of 58, 54 and 53.5 hours; the first Tuesday is a holiday of the school."""
    return week(
        professionals=[worker("anna", hours_before=[58, 54, 53.5])],
        lessons=[lesson(f"l{n}", None, weekday=DAYS[n], start=start, end="22:00") for n in range(4)],
        calendar_days=[{"school": "north", "start": "2026-09-08", "end": "2026-09-08", "kind": "holiday"}],
        engagements=[{"professional": "anna", "board": "board", **engagement}] * bool(engagement),
        rules=rules,
    )


def test_lessons_that_holidays_leave_out_count_for_whom_the_school_employs() -> None:
    """165.5 + 55 = 220.5 hours in four weeks; with the evening of the holiday 223; 220 are allowed."""
    others = ({}, {"form": "detachering"}, {"form": "zzp"}, {"form": "dual", "status": "gestopt"})
    elsewhere = ({"form": "dual", "end": "2026-09-07"}, {"form": "dual", "school": "south"})
    for engagement in (*others, *elsewhere):
        assert sizes(on_leave(**engagement), ALL, HoursFourWeeks) == [30]
    assert sizes(on_leave(form="dual"), ALL, HoursFourWeeks) == [180]
    # Who does not give Tuesday's lessons has no leave from them: three evenings, and no fourth.
    assert sizes(on_leave(form="dual"), table("l0", "l2", "l3"), HoursFourWeeks) == [30]


def test_that_may_be_left_out_and_work_at_that_time_counts_as_work() -> None:
    """By a setting. From 18:00 lessons overlap with work until 19:00, and the holiday's is not counted: 6 hours more elsewhere."""
    off = {"rule": "hours_four_weeks", "parameter": "school_leave", "value": "nee"}
    assert sizes(on_leave(off, form="dual"), ALL, HoursFourWeeks) == [30]
    early = {"start": "18:00", "form": "dual"}
    # 47.5 and three evenings of 4 hours: 165.5 + 59.5 = 225.
    assert sizes(on_leave(**early), ALL, HoursFourWeeks) == sizes(on_leave(off, **early), ALL, HoursFourWeeks)


def test_weeks_of_which_nothing_is_known_are_like_the_contract_or_the_roster() -> None:
    """Two known weeks of 54 and one of 54.5 by contract: 220; of 55: 220.5. Without a contract the roster's 47.5: 213."""
    for contract, short in ((54.5, []), (55, [30]), (None, [])):
        people = [worker("anna", hours_before=[54, 54], employer_hours_per_week=contract)]
        assert sizes(after(professionals=people), ALL, HoursFourWeeks) == short


@pytest.mark.parametrize(("parameter", "value"), [("most_hours", "55.125"), ("preparation", "0")])
def test_parameters(parameter: str, value: str) -> None:
    """220.5 hours are 55.125 on average; with preparation there are more."""
    rules = [{"rule": "hours_four_weeks", "parameter": parameter, "value": value}]
    assert sizes(after(54, 54, 55, rules=rules), ALL, HoursFourWeeks) == ([] if parameter == "most_hours" else [30])
    twice = [{"rule": "hours_four_weeks", "parameter": "preparation", "value": "1"}]
    assert sizes(after(54, 54, 54, rules=twice), ALL, HoursFourWeeks) == [570]  # 219.5 + 10 - 220 hours


def test_a_collective_agreement_may_deviate() -> None:
    """The rule may be switched off, for an employer or everybody."""
    off = {"rule": "hours_four_weeks", "employer": "works", "enabled": False}
    term = after(54, 54, 55, rules=[off])
    assert list(content_issues(term)) == []
    assert sizes(term, ALL, HoursFourWeeks) == []


def test_who_is_exempt_may_work_more() -> None:
    """The law does not hold for them."""
    exempt = [worker("anna", hours_before=[60] * 15, atw_exempt=True)]
    assert sizes(after(professionals=exempt), ALL, HoursFourWeeks) == []


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """Only employer and person may read it."""
    because = fact(after(54, 54, 55), HoursFourWeeks)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert facts(small_term(), HoursFourWeeks) == []


def matters() -> tuple[Term, Timetable]:
    """Half an hour in four weeks too much."""
    return after(54, 54, 55), ALL
