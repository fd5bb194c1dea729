"""The stability curve and the fair split: each point is a term of its own, solved and proved."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from model.access import COORDINATOR, Reader, ReaderRole
from model.scenarios.scenario import Scenario, apply
from model.term import Term
from model.timetable import Status
from solver.explain.words import ReaderError
from solver.whatif.curve import publish, stability_curve
from solver.whatif.curve_told import curve_told, fair_told
from solver.whatif.fair import Among, fair_split, price
from solver.whatif.variants import How
from tests.regions import course, lesson, person, small_term, table
from tests.solver.whatif.small import proved, region, solved

HOW = How(base_seconds=30, seconds=30)


def ill() -> Term:
    """Anna and Ben can give l1 and l2, which are at the same time; l3 at that time only Ben can give. Anna falls ill.

    Promised: l1 Anna, l2 Ben, m1 (Tuesday) Cas, who could give l2 as well but not beside l1.
    """
    term = small_term(
        professionals=[person("anna"), person("ben"), person("cas")],
        courses=[course("robots"), course("chips", subject="chips")],
        lessons=[
            lesson("l1"),
            lesson("l2", "2"),
            lesson("c1", "2", course="chips"),
        ],
        licences=[
            {"professional": "anna", "subject": "techniek", "sector": "vo", "level": "1e"},
            {"professional": "ben", "subject": "techniek", "sector": "vo", "level": "1e"},
            {"professional": "ben", "subject": "chips", "sector": "vo", "level": "1e"},
            {"professional": "cas", "subject": "techniek", "sector": "vo", "level": "1e"},
        ],
        unavailability=[
            {"professional": "anna", "weekday": "mon"},
            {"professional": "cas", "weekday": "mon", "end": "09:20", "start": "08:00"},
        ],
    )
    return publish(term, table("l1", ("l2", "ben")))


def test_the_curve_of_an_illness() -> None:
    """Anna's lesson changes in any case; with one change c1 stays open, with two Ben can give it and Cas takes l2."""
    points = stability_curve(ill(), 3, HOW)
    assert [point.most for point in points] == [0, 1, 2, 3]
    assert points[0].variant.outcome.status is Status.IMPOSSIBLE
    assert points[0].open.high is None
    assert [(point.open.low, point.open.high) for point in points[1:]] == [(1, 1), (0, 0), (0, 0)]
    assert [point.changed for point in points[1:3]] == [1, 2]
    assert points[2].moved == ("anna", "ben")


def test_every_point_is_the_term_with_its_number_solved_by_itself() -> None:
    """And more changes never leave more open."""
    for point in stability_curve(ill(), 3, HOW)[1:]:
        again = proved(point.variant.term)
        assert again.value == point.variant.outcome.value
        assert point.open.high == again.lessons.open
    points = [point for point in stability_curve(ill(), 4, HOW) if point.open.high is not None]
    assert all((before.open.high or 0) >= (after.open.high or 0) for before, after in pairwise(points))
    assert all((point.open.low or 0) <= (point.open.high or 0) for point in points)


def test_the_region_as_published() -> None:
    """Nothing need change for what is best: at no number of changes is less open."""
    term, timetable = solved()
    points = stability_curve(publish(term, timetable), 2, HOW)
    assert {(point.open.low, point.open.high, point.changed) for point in points} == {(1, 1, 0)}
    answer = curve_told(points, term, COORDINATOR, "nl")
    assert answer.sentence == "Ook met 2 wijzigingen blijft 1 les open."
    assert [row.sentence for row in answer.points] == ["1 les open; minder kan niet. 0 gewijzigd."] * 3


def test_what_the_curve_says() -> None:
    """Who no longer gives what was promised."""
    answer = curve_told(stability_curve(ill(), 2, HOW), ill(), COORDINATOR, "nl")
    assert answer.points[0].sentence == "Bewezen: zo is er geen rooster."
    assert answer.points[2].moved == ("Anna", "Ben")
    assert answer.sentence.startswith("Met 2 wijzigingen is 1 les minder open")


def shared(**changes: Any) -> Term:
    """Anna and Ben, each for one of two lessons at a time: three at north that count for much, three at south."""
    return small_term(
        professionals=[person("anna", max_lessons_per_week=2), person("ben", max_lessons_per_week=2)],
        courses=[course("robots", priority="high"), course("chips", school="south")],
        lessons=[
            *(lesson(f"n{period}", period) for period in "1234"),
            *(lesson(f"s{period}", period, course="chips") for period in "1234"),
        ],
        **changes,
    )


def test_the_fairest_split_of_schools() -> None:
    """Four lessons can be given of eight: as it is all at north; fairest two at each, which costs no lesson."""
    split = fair_split(shared(), Among.SCHOOLS, HOW)
    assert split.base.figures is not None
    assert split.base.figures.least_share == 0
    assert split.fairest == 50
    assert split.beyond is not None
    assert split.beyond[1] is Status.IMPOSSIBLE
    assert dict(price(split))[50] == 0
    for value, variant in split.points:
        assert variant.figures is not None
        assert 100 * variant.figures.least_share >= value
        floors = {"kind": "set_rule", "rule": "school_share", "parameter": "least", "value": str(int(value))}
        again = apply(Scenario.model_validate({"id": "s", "changes": [floors]}), shared()).term
        assert again is not None
        assert proved(again).value == variant.outcome.value
    answer = fair_told(split, COORDINATOR, "nl")
    assert answer.proved
    assert answer.sentence.startswith("Elke school kan minstens 50 % van de lestijd bezet krijgen (nu 0 %)")


def test_the_fairest_split_of_employers() -> None:
    """The less an employer may give, the fewer lessons; what a ceiling costs is said."""
    split = fair_split(region(), Among.EMPLOYERS, HOW)
    assert split.base.figures is not None
    lessons = [variant.lessons.low for _, variant in split.points]
    assert lessons == sorted(lessons, reverse=True)
    for value, variant in split.points:
        assert variant.figures is not None
        assert variant.figures.most_given <= value
    assert fair_told(split, COORDINATOR, "en").points


def test_what_each_employer_gives_is_for_who_runs_the_region() -> None:
    """Not even what the one that gives most gives; what schools get is open."""
    works = Reader(ReaderRole.EMPLOYER, frozenset({"works"}))
    with pytest.raises(ReaderError):
        fair_told(fair_split(region(), Among.EMPLOYERS, HOW), works, "nl")
    assert fair_told(fair_split(region(), Among.SCHOOLS, HOW), works, "nl").base.shares
