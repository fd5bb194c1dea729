"""Key figures of a timetable, counted by hand."""

from __future__ import annotations

from model.figures import figures
from model.law_report import Measure
from tests.regions import table
from tests.solver.whatif.small import region

ALL = table("l1", "l2", ("s1", "ben"), ("l4", "dee"))


def test_what_a_timetable_brings_and_costs() -> None:
    """Four of five lessons of 50 minutes on two dates; Anna and Ben away two mornings each."""
    found = figures(region(), ALL)
    assert (found.lessons, found.filled, found.people) == (5, 4, 3)
    assert [(each.priority.value, each.lessons, each.filled) for each in found.priorities] == [("normal", 5, 4)]
    north, south = found.schools
    assert (north.lessons, north.filled, north.people, north.hours, north.wanted_minutes) == (4, 3, 2, 5.0, 400)
    assert (south.filled, south.share) == (1, 1.0)
    assert found.least_share == 0.75
    (works,) = found.employers
    assert (works.people, works.half_days, works.hours, works.euros) == (2, 4, 18.0, 1440.0)
    assert found.most_given == round(4 / 3, 2)


def test_without_a_price_there_are_no_euros() -> None:
    """And of an employer none of whose people teach there is nothing."""
    found = figures(region(employers=[{"id": "works", "name": "Works"}]), table(("l4", "dee")))
    assert [(each.half_days, each.euros) for each in found.employers] == [(0, None)]


def test_classes_and_pupils_are_those_who_get_a_lesson() -> None:
    """Of two groups one, of 24 pupils; a group whose size is not known counts as a class only."""
    groups = [{"id": "a", "school": "north", "pupils": 24}, {"id": "b", "school": "north"}]
    term = region(class_groups=groups)
    courses = [row.model_copy(update={"classes": ("a", "b")}) if row.id == "robots" else row for row in term.courses]
    found = figures(term.model_copy(update={"courses": tuple(courses)}), ALL)
    assert (found.classes, found.pupils) == (2, 24)
    assert figures(term.model_copy(update={"courses": tuple(courses)}), table(("s1", "ben"))).classes == 0


def test_changes_against_what_was_published() -> None:
    """Anna's l1 goes to Dee, who is moved as well."""
    published = [{"lesson": "l1", "professional": "anna"}, {"lesson": "l2", "professional": "anna"}]
    found = figures(region(published=published), table("l2", ("l1", "dee")))
    assert (found.changed_lessons, found.moved_people) == (1, 2)
    assert figures(region(), ALL).changed_lessons == 0


def test_extra_travel_is_that_of_the_rule() -> None:
    """Dee goes to north and back on two Wednesdays: 20 minutes each way."""
    assert figures(region(), table(("l4", "dee"))).travel_minutes == 2 * 2 * 20


def test_the_law_at_its_tightest() -> None:
    """Nobody breaks it; the least margin of each measure is somebody's."""
    found = {each.measure: each for each in figures(region(), ALL).law}
    assert {Measure.WEEK, Measure.SHIFT} <= set(found)
    assert all(each.margin >= 0 and each.professional in ("anna", "ben", "dee") for each in found.values())
    assert figures(region(), table()).law == ()
