"""A floor under what each school gets: two lessons at north, one at south."""

from typing import Any

import pytest

from model.rule import Owner
from model.rules.school_share import SchoolShare
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, lesson, person, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes


def region(least: int, **changes: Any) -> Term:
    """Two Mondays: north asks for 200 minutes, south for 100."""
    return small_term(
        **{
            "professionals": [person("anna"), person("ben")],
            "courses": [course("robots"), course("chips", school="south")],
            "lessons": [lesson("l1"), lesson("l2", "2"), lesson("s1", "3", course="chips")],
            "rules": [{"rule": "school_share", "parameter": "least", "value": str(least)}],
            **changes,
        }
    )


def test_enough_is_staffed() -> None:
    """Half of north and all of south; without a floor nothing need be."""
    assert sizes(region(50), table("l1", "s1"), SchoolShare) == []
    assert sizes(region(100), table("l1", "l2", "s1"), SchoolShare) == []
    assert sizes(region(0), table(), SchoolShare) == []


@pytest.mark.parametrize(("least", "lacking"), [(50, 100 - 0), (51, 102), (100, 200)])
def test_each_school_by_itself(least: int, lacking: int) -> None:
    """South has all, north nothing: so many minutes are lacking."""
    assert sizes(region(least), table("s1"), SchoolShare) == [lacking]


def test_both_schools_may_lack() -> None:
    """Nothing is given: 100 minutes of north and 50 of south are lacking."""
    found = breaches(region(50), table(), SchoolShare)
    assert [(each.school, each.size, each.unit) for each in found] == [
        ("north", 100, "minutes"),
        ("south", 50, "minutes"),
    ]


def test_two_teachers_are_twice_the_time() -> None:
    """With one of two teachers half of the lesson time is staffed."""
    two = region(51, courses=[course("robots", heads=2)], lessons=[lesson("l1")])
    assert sizes(two, table("l1"), SchoolShare) == [102 - 100]
    assert sizes(two, table("l1", ("l1", "ben")), SchoolShare) == []


def test_a_lesson_counts_at_its_shortest_time_until_it_is_given() -> None:
    """Its own time lasts 50 minutes, the other 100: given there it counts for more."""
    times = [{"id": "long", "lesson": "l1", "weekday": "tue", "first_period": "1", "last_period": "2"}]
    term = region(100, lessons=[lesson("l1")], courses=[course("robots")], lesson_times=times)
    assert sizes(term, table(("l1", "anna", "long")), SchoolShare) == []
    assert sizes(term, table(), SchoolShare) == [100]


def test_a_floor_for_one_school() -> None:
    """The other need have nothing."""
    own = [{"rule": "school_share", "school": "south", "parameter": "least", "value": "100"}]
    assert [each.school for each in breaches(region(0, rules=own), table(), SchoolShare)] == ["south"]


def test_what_is_said() -> None:
    """In both languages, and as a fact of the school's."""
    broken = breaches(region(50), table("s1"), SchoolShare)[0]
    assert broken.sentence(NL) == "Van de lestijd van North is 0 % bezet; minstens 50 % moet."
    assert broken.sentence(EN) == "0 % of the lesson time of North is staffed; at least 50 % must be."
    one = region(50, courses=[course("robots")], lessons=[lesson("l1")], schools=[{"id": "north", "name": "North", "sector": "vo", "board": "board"}],
                 time_grids=[{"school": "north", "period": "1", "start": "08:30", "end": "09:20"}], travel_times=[])  # fmt: skip
    assert is_about(fact(one, SchoolShare), Owner.SCHOOL, None)
    assert facts(region(0), SchoolShare) == []


def matters() -> tuple[Term, Timetable]:
    """Anna could give two lessons at north, or the one at south at the same time: there at least half is wanted."""
    lessons = [lesson("l1", last_period="2"), lesson("s1", course="chips")]
    return region(50, professionals=[person("anna")], lessons=lessons, rules=_only("south")), table("l1")


def _only(school: str) -> list[dict[str, str]]:
    return [{"rule": "school_share", "school": school, "parameter": "least", "value": "50"}]
