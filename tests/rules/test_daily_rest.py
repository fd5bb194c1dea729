"""Rest from one date to the next: a class on Monday evening until 21:30, work or lessons on Tuesday."""

from typing import Any

import pytest

from model.people import Privacy
from model.rule import Owner
from model.rules.daily_rest import DailyRest
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, person, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

EVENING = lesson("class", None, start="18:00", end="21:30", weeks="37")
SHORT_ONCE = {"rule": "daily_rest", "parameter": "short_rests", "value": "true"}


def night(start: str = "08:00", **tables: Any) -> Term:
    """Work on Tuesdays from so late on, after an evening class on one Monday."""
    blocks = [work("anna", "08:00", "12:00"), work("anna", start, "12:30", weekday="tue")]
    return small_term(**{"professionals": [worker("anna")], "work": blocks, "lessons": [EVENING], **tables})


def test_eleven_hours_are_enough() -> None:
    """21:30 to 08:30 is 11 hours; a class that nobody gives takes no rest; the same day is another rule's."""
    assert sizes(night("08:30"), table("class"), DailyRest) == []
    assert sizes(night("08:00"), table(), DailyRest) == []
    same_day = [EVENING, lesson("early", "1", weeks="37")]
    assert sizes(small_term(lessons=same_day), table("class", "early"), DailyRest) == []


def test_the_worked_example() -> None:
    """08:00-12:00 at the company, a class 18:00-21:30, and work at 08:00 the next day: 10.5 hours, half an hour short."""
    (broken,) = breaches(night("08:00"), table("class"), DailyRest)
    assert (broken.size, broken.unit, broken.professional, str(broken.when)) == (30, "minutes", "anna", "2026-09-07")
    assert (
        broken.sentence(NL) == "Na 7 september 2026 heeft Anna 10,5 uur rust tot de volgende dag; het moet 11 uur zijn."
    )
    assert broken.sentence(EN).startswith("After 7 September 2026 Anna has 10.5 hours of rest")
    # A minute before the earliest start that is allowed.
    assert sizes(night("08:29"), table("class"), DailyRest) == [1]


def test_lessons_and_meetings_count_like_work() -> None:
    """A lesson at 07:30 after work until 21:00, two lessons, and a meeting at 08:00: 10.5, 10 and 10.5 hours."""
    early = lesson("early", None, weekday="tue", start="07:30", end="08:30", weeks="37")
    late_work = {"professionals": [worker("anna")], "work": [work("anna", "17:00", "21:00")]}
    assert sizes(small_term(lessons=[early], **late_work), table("early"), DailyRest) == [30]
    assert sizes(small_term(lessons=[EVENING, early]), table("class", "early"), DailyRest) == [60]
    meeting = {"id": "m", "required": ["anna"], "weekday": "tue", "start": "08:00", "minutes": 60}
    assert sizes(small_term(lessons=[EVENING], activities=[meeting]), table("class"), DailyRest) == [30]


def test_released_work_that_is_given_away_asks_no_rest() -> None:
    """A lesson on Tuesday morning takes the place of work at 08:00; without it work stays."""
    tuesday = lesson("late", "3", weekday="tue", weeks="37")
    term = night(releases=[release("anna", weekday="tue")], lessons=[EVENING, tuesday])
    assert sizes(term, table("class", "late"), DailyRest) == []
    assert sizes(term, table("class"), DailyRest) == [30]


def test_the_employer_s_own_roster_is_not_the_timetable_s() -> None:
    """Work until 22:00 and from 06:00 is 8 hours of rest, a breach only of lessons in between."""
    blocks = [work("anna", "20:00", "22:00"), work("anna", "06:00", "07:00", weekday="tue")]
    lessons = [
        lesson("noon", "4", weeks="37"),
        lesson("early", None, weekday="tue", start="08:00", end="08:30", weeks="37"),
    ]
    term = small_term(professionals=[worker("anna")], work=blocks, lessons=lessons)
    assert sizes(term, table("noon"), DailyRest) == []
    # 22:00 to 08:00 is 10 hours.
    assert sizes(term, table("early"), DailyRest) == [60]


def after_night(*tuesday: dict[str, Any], **tables: Any) -> Term:
    """Work from Monday 22:00 to Tuesday 06:00 in week 37, and these lessons on that Tuesday."""
    blocks = [work("anna", "22:00", "24:00"), work("anna", "00:00", "06:00", weekday="tue")]
    lessons = [{**each, "weekday": "tue", "weeks": "37"} for each in tuesday]
    return small_term(**{"professionals": [worker("anna")], "work": blocks, "lessons": lessons, **tables})


def test_after_a_night_at_work_the_same_date_has_rest_too() -> None:
    """17:00 is 11 hours after 06:00, 16:59 a minute less, 13:00 only 7 hours; a day that begins at 01:00 is not a night."""
    for start, end, short in (("17:00", "18:00", []), ("16:59", "18:00", [1]), ("13:00", "15:00", [240])):
        term = after_night(lesson("late", None, start=start, end=end))
        assert sizes(term, table("late"), DailyRest) == short
    (broken,) = breaches(after_night(lesson("noon", "5")), table("noon"), DailyRest)
    assert (str(broken.when), broken.professional) == ("2026-09-08", "anna")
    assert broken.sentence(NL) == "Na de nacht naar 8 september 2026 heeft Anna 7 uur rust; het moet 11 uur zijn."
    assert broken.sentence(EN) == "After the night to 8 September 2026 Anna has 7 hours of rest; it must be 11 hours."
    early = [work("anna", "01:00", "06:00", weekday="tue")]
    assert sizes(after_night(lesson("noon", "5"), work=early), table("noon"), DailyRest) == []
    # Also where nothing else lasts until late, and for a lesson in the morning.
    only = [work("anna", "00:00", "06:00", weekday="tue")]
    assert sizes(after_night(lesson("early", "1"), work=only), table("early"), DailyRest) == [510]


def test_the_night_ends_where_its_last_piece_of_work_does() -> None:
    """A release from 03:00 to 06:00 that nobody uses cuts the night; 14:30 is 8.5 hours after its end.

    A lesson at midnight is a night as well: work at 08:00 follows after 7 hours.
    """
    cut = [release("anna", weekday="tue", start="03:00", end="06:00")]
    late = lesson("late", None, start="14:30", end="15:30")
    assert sizes(after_night(late, releases=cut), table("late"), DailyRest) == [150]
    midnight = lesson("midnight", None, start="00:00", end="01:00")
    day = [work("anna", "08:00", "12:00", weekday="tue")]
    assert sizes(after_night(midnight, work=day), table("midnight"), DailyRest) == [240]


def test_the_rest_after_a_night_may_be_the_one_that_is_shorter() -> None:
    """9 hours on Tuesday once; not with another short rest within 7 days, and never less than 8 hours.

    Work that runs through midnight is no rest cut short.
    """
    late = lesson("late", None, start="15:00", end="16:00")
    assert sizes(after_night(late, rules=[SHORT_ONCE]), table("late"), DailyRest) == []
    assert sizes(after_night(lesson("noon", "5"), rules=[SHORT_ONCE]), table("noon"), DailyRest) == [60]
    evening = lesson("class", None, weekday="wed", start="18:00", end="21:30", weeks="37")
    roster = [work("anna", "22:00", "24:00"), work("anna", "00:00", "06:00", weekday="tue")]
    roster += [work("anna", "08:00", "12:00", weekday="thu")]
    lessons = [{**late, "weekday": "tue", "weeks": "37"}, evening]
    both = after_night(lessons=lessons, work=roster, rules=[SHORT_ONCE])
    assert sizes(both, table("late"), DailyRest) == []
    assert sizes(both, table("class"), DailyRest) == []
    assert sizes(both, table("late", "class"), DailyRest) == [120, 30]


def test_who_is_exempt_may_rest_less() -> None:
    """The law does not hold for them."""
    assert sizes(night(professionals=[worker("anna", atw_exempt=True)]), table("class"), DailyRest) == []


def test_once_in_seven_days_the_rest_may_be_eight_hours() -> None:
    """Only where it is asked for: 10.5 hours once; with a second such night within 7 days it is too much, 7 days on it is not."""
    again = [EVENING, lesson("thu", None, weekday="thu", start="18:00", end="21:30", weeks="37")]
    friday = [work("anna", "08:00", "12:30", weekday="tue"), work("anna", "08:00", "12:30", weekday="fri")]
    once, twice = night(rules=[SHORT_ONCE]), night(rules=[SHORT_ONCE], lessons=again, work=friday)
    assert sizes(once, table("class"), DailyRest) == []
    assert sizes(twice, table("class"), DailyRest) == []
    (first, second) = breaches(twice, table("class", "thu"), DailyRest)
    assert (first.size, second.size) == (30, 30)
    assert "nog eens minder dan 11 uur" in first.sentence(NL)
    weekly = night(rules=[SHORT_ONCE], lessons=[{**EVENING, "weeks": "37,38"}])
    assert sizes(weekly, table("class"), DailyRest) == []
    # 21:30 to 05:29 is a minute less than 8 hours.
    assert sizes(night("05:29", rules=[SHORT_ONCE]), table("class"), DailyRest) == [1]


def test_a_rest_that_the_employer_cuts_short_counts_towards_the_one() -> None:
    """Work until 22:00 on Wednesday and from 07:00 on Thursday is 9 hours."""
    roster = [work("anna", "08:00", "12:30", weekday="tue"), work("anna", "18:00", "22:00", weekday="wed")]
    roster.append(work("anna", "07:00", "12:00", weekday="thu"))
    assert sizes(night(rules=[SHORT_ONCE], work=roster), table("class"), DailyRest) == [30]
    assert sizes(night(rules=[SHORT_ONCE], work=roster), table(), DailyRest) == []


@pytest.mark.parametrize(("least", "short"), [("630", []), ("631", [1])])
def test_the_least_rest_is_a_parameter(least: str, short: list[int]) -> None:
    """10.5 hours are 630 minutes."""
    rules = [{"rule": "daily_rest", "parameter": "rest_minutes", "value": least}]
    assert sizes(night(rules=rules), table("class"), DailyRest) == short


def test_the_fact_is_the_law_s_and_tells_no_roster() -> None:
    """It speaks of the person; only employer and person may read it. Who can only rest enough has no fact."""
    because = fact(night(), DailyRest)
    assert is_about(because, Owner.LAW, "professionals/anna", Privacy.EMPLOYER)
    assert not because.negotiable
    assert because.params == {"person": "Anna", "least": 11.0}
    assert facts(night("08:30"), DailyRest) == []
    assert facts(small_term(professionals=[person("anna")]), DailyRest) == []


def matters() -> tuple[Term, Timetable]:
    """The worked example."""
    return night(), table("class")
