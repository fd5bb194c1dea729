"""Enough people stay at work: Anna, Ben and Carl work on Mondays and are released in the morning."""

from typing import Any

from model.rule import Owner
from model.rules.presence import PresenceRule
from model.term import Term
from model.timetable import Timetable
from tests.regions import lesson, release, small_term, table, work, worker
from tests.rules.cases import EN, NL, breaches, facts, is_about, sizes

ONE, TWO, THREE = table("l1"), table("l1", ("l2", "ben")), table("l1", ("l2", "ben"), ("l3", "carl"))


def region(policy: str = "half_day", lessons: list[dict[str, Any]] | None = None, **row: Any) -> Term:
    """Anna and Ben form team red, Ben and Carl are trained in first aid."""
    return small_term(
        employers=[{"id": "works", "name": "Works", "release_policy": policy}],
        teams=[{"id": "red", "employer": "works", "name": "Red"}],
        professionals=[
            worker("anna", team="red"), worker("ben", team="red", skills=["bhv"]), worker("carl", skills=["bhv"]),
        ],
        work=[work(each) for each in ("anna", "ben", "carl")],
        releases=[release(each) for each in ("anna", "ben", "carl")],
        lessons=lessons or [lesson("l1"), lesson("l2"), lesson("l3")],
        presence=[{"id": "desk", "employer": "works", **row}],
    )  # fmt: skip


def test_enough_people_may_go() -> None:
    """Of three at work two may go where one must stay, or where two may be away."""
    assert sizes(region(minimum=1), TWO, PresenceRule) == []
    assert sizes(region(at_most_away=2), TWO, PresenceRule) == []
    assert sizes(region(minimum=1, others_present=1), THREE, PresenceRule) == []
    assert sizes(region(minimum=3), table(), PresenceRule) == []


def test_each_date_and_half_day_counts() -> None:
    """Two away where one may be: one too many, on both Monday mornings."""
    broken = breaches(region(at_most_away=1), TWO, PresenceRule)
    assert [(each.size, each.unit, each.employer, str(each.when)) for each in broken] == [
        (1, "people", "works", "2026-09-07"),
        (1, "people", "works", "2026-09-14"),
    ]
    said = "Bij Works is op 7 september 2026 (ochtend) van Works dit aantal weg: 2; hoogstens 1 mag."
    assert broken[0].sentence(NL) == said
    said = "At Works, away of Works on 7 September 2026 (morning): 2; at most 1 may be."
    assert broken[0].sentence(EN) == said
    assert sizes(region(minimum=2), THREE, PresenceRule) == [2, 2]
    assert sizes(region(minimum=3, others_present=1), THREE, PresenceRule) == [2, 2]


def test_the_stricter_of_two_numbers_holds() -> None:
    """At least one present lets two go, at most one away lets one go."""
    assert sizes(region(minimum=1, at_most_away=1), TWO, PresenceRule) == [1, 1]
    assert sizes(region(minimum=3, at_most_away=3), ONE, PresenceRule) == [1, 1]


def test_a_share_of_who_works_then_stays() -> None:
    """A third of three is one, 34 percent is two: no more than two, or one, may go. A colleague elsewhere counts too."""
    assert sizes(region(minimum_share=33), TWO, PresenceRule) == []
    assert sizes(region(minimum_share=34), TWO, PresenceRule) == [1, 1]
    # 50 percent of four, of whom three are in this term, are two: two may go.
    assert sizes(region(minimum_share=50, others_present=1), TWO, PresenceRule) == []
    assert sizes(region(minimum_share=100), ONE, PresenceRule) == [1, 1]
    assert sizes(region(minimum_share=0, at_most_away=1), TWO, PresenceRule) == [1, 1]


def critical(*roles: str) -> Term:
    """No rows of presence, but roles that may never all be away; Ben and Carl are trained in first aid."""
    term = region(at_most_away=3).replace(presence=[])
    return term.replace(employers=[row.replace(critical_roles=roles) for row in term.employers])


def test_of_a_critical_role_never_all_are_away() -> None:
    """One of Ben and Carl stays; Anna may go, and so may anybody where nobody has the role."""
    assert sizes(critical("bhv"), TWO, PresenceRule) == []
    assert sizes(critical("bhv", "bhv"), THREE, PresenceRule) == [1, 1]
    assert sizes(critical("crane"), THREE, PresenceRule) == []
    said = facts(critical("bhv"), PresenceRule)
    assert is_about(said[0], Owner.EMPLOYER, "employers/works")
    assert (said[0].params["group"], said[0].params["most"]) == ("bhv", 1)


def test_only_its_own_days_weeks_and_half_days() -> None:
    """On Tuesdays, in week 38, in the afternoon."""
    assert sizes(region(at_most_away=0, weekday="tue"), ONE, PresenceRule) == []
    assert sizes(region(at_most_away=0, weeks="38"), ONE, PresenceRule) == [1]
    assert sizes(region(at_most_away=0, half_day="afternoon"), ONE, PresenceRule) == []


def test_only_its_own_people() -> None:
    """A team, a skill, both, or people by name; somebody named twice is one person."""
    assert sizes(region(at_most_away=1, team="red"), TWO, PresenceRule) == [1, 1]
    assert sizes(region(at_most_away=1, skill="bhv"), TWO, PresenceRule) == []
    assert sizes(region(at_most_away=0, team="red", skill="bhv"), TWO, PresenceRule) == [1, 1]
    assert sizes(region(at_most_away=0, people=["carl"]), TWO, PresenceRule) == []
    assert sizes(region(at_most_away=1, people=["anna", "anna"]), TWO, PresenceRule) == []


def test_an_employer_that_gives_whole_days_misses_people_all_day() -> None:
    """The lesson is in the morning, the afternoon is released too."""
    assert sizes(region(at_most_away=0, half_day="afternoon"), ONE, PresenceRule) == []
    assert sizes(region("day", at_most_away=0, half_day="afternoon"), ONE, PresenceRule) == [1, 1]


def test_who_is_too_few_anyway_lets_nobody_go() -> None:
    """Four must be present and three work: nobody may be away, and being too few is no breach of the timetable."""
    assert sizes(region(minimum=4), table(), PresenceRule) == []
    assert sizes(region(minimum=4), ONE, PresenceRule) == [1, 1]


def test_who_teaches_outside_work_is_not_away() -> None:
    """A Tuesday lesson takes nobody from Monday's work."""
    tuesday = [lesson("l1", weekday="tue")]
    assert sizes(region(lessons=tuesday, at_most_away=0), ONE, PresenceRule) == []


def test_the_fact_is_the_employer_s() -> None:
    """The board names the row, in the words of the group."""
    said = facts(region(at_most_away=1, team="red", half_day="morning"), PresenceRule)
    assert len(said) == 1
    assert is_about(said[0], Owner.EMPLOYER, "presence/desk")
    assert (said[0].params["group"], said[0].params["most"]) == ("Red", 1)
    named = facts(region(at_most_away=1, people=["anna", "ben"], half_day="morning"), PresenceRule)
    assert named[0].params["group"] == "Anna, Ben"


def matters() -> tuple[Term, Timetable]:
    """Three lessons at the same time, and only one person may go."""
    return region(at_most_away=1), THREE
