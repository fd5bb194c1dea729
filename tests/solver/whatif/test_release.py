"""The release planner: half-days against lessons gained, presence, the whole team, the best few, and who may see it."""

from __future__ import annotations

from functools import cache

import pytest

from model.access import COORDINATOR, Reader, ReaderRole
from model.fields import HalfDay, Weekday
from model.locale import LANGUAGES
from model.scenarios.scenario import Scenario, apply
from solver.explain.region import Region
from solver.explain.words import ReaderError
from solver.whatif.plan_told import ReleaseAnswer, told
from solver.whatif.release import Plan, State, release_plan
from tests.regions import release
from tests.solver.whatif.small import WORKS, proved, region, solved

MON, TUE = Weekday.MON, Weekday.TUE
MORNING, AFTERNOON = HalfDay.MORNING, HalfDay.AFTERNOON


@cache
def plan() -> tuple[Region, Plan]:
    """Of Works, with the best two half-days together."""
    asked = Region(*solved())
    return asked, release_plan(asked, "works", seconds=60, best=2)


def answer(reader: Reader = COORDINATOR, lang: str = "nl") -> ReleaseAnswer:
    asked, found = plan()
    return told(found, asked, reader, lang)


def test_every_half_day_has_its_state() -> None:
    """Who works and is not released is a question; who is released already teaches or does not."""
    found = {(cell.professional, cell.weekday, cell.half_day): cell for cell in plan()[1].cells}
    assert found["anna", MON, MORNING].state is State.AWAY
    assert found["anna", MON, AFTERNOON].state is State.WORKS
    assert found["ben", TUE, MORNING].state is State.AWAY
    assert found["cas", MON, MORNING].state is State.WORKS
    assert found["cas", Weekday.WED, MORNING].state is State.FREE
    assert found["anna", MON, MORNING].hours == 4.5
    assert {key for key, cell in found.items() if cell.worth is None} >= {("anna", MON, MORNING), ("ben", TUE, MORNING)}


def test_a_gain_is_that_of_a_scenario_solved_by_itself() -> None:
    """Each half-day released, solved from scratch: as many lessons more as the plan says, or none where it says nothing."""
    base = proved(region()).lessons.filled
    for cell in plan()[1].cells:
        if cell.worth is None:
            continue
        half = None if cell.half_day is None else cell.half_day.value
        change = {"kind": "release", "professional": cell.professional, "weekday": cell.weekday.value, "half_day": half}
        after = apply(Scenario.model_validate({"id": "s", "changes": [change]}), region()).term
        assert after is not None
        assert cell.worth.lower == cell.worth.upper == proved(after).lessons.filled - base, cell


def test_the_tightest_moment_is_shown() -> None:
    """On Monday morning Anna is away, and one may be; on Tuesday morning Ben."""
    found = {(row.weekday, row.half_day): row for row in plan()[1].presence}
    assert (found[MON, MORNING].at_work, found[MON, MORNING].away, found[MON, MORNING].most) == (3, 1, 1)
    assert (found[MON, AFTERNOON].away, found[MON, AFTERNOON].most) == (0, 1)
    assert set(found) == {(day, half) for day in (MON, TUE) for half in (MORNING, AFTERNOON)}


def test_without_presence_nothing_limits() -> None:
    """A number only where the employer asks for one."""
    asked = Region(region(presence=[]), solved()[1])
    found = release_plan(asked, "works", seconds=30)
    assert {row.most for row in found.presence} == {None}


def test_weekdays_of_the_whole_team() -> None:
    """On Monday afternoon somebody could give l3; on Tuesday nothing is open."""
    found = {row.weekday: row for row in plan()[1].team}
    assert set(found) == {MON, TUE}
    assert found[MON].worth is not None
    assert found[MON].worth.gain == 1
    assert found[TUE].worth is not None
    assert found[TUE].worth.upper == 0


def test_the_best_together() -> None:
    """One half-day is enough: more cannot be won."""
    best = plan()[1].best
    assert best is not None
    assert best.proved
    assert best.worth.gain == best.upper == 1
    assert len(best.worth.facts) == 1


def test_an_employer_that_gives_whole_days() -> None:
    """Days, not half-days, are asked about."""
    days = region(
        employers=[WORKS | {"release_policy": "day"}],
        releases=[release("anna"), release("ben", weekday="tue")],
        presence=[],
    )
    outcome = proved(days)
    assert outcome.timetable is not None
    found = release_plan(Region(days, outcome.timetable), "works", seconds=30)
    assert {cell.half_day for cell in found.cells} == {None}


def test_with_no_time_nothing_is_claimed() -> None:
    """What was not looked at is counted as that, never as nothing."""
    found = release_plan(Region(*solved()), "works", seconds=0.01)
    asked = [cell for cell in found.cells if cell.state is State.WORKS]
    assert found.not_looked_at == len(asked)
    assert all(cell.worth is None for cell in asked)
    said = told(found, Region(*solved()), COORDINATOR, "nl")
    cells = [cell for person in said.people for cell in person.cells if cell.state is State.WORKS]
    assert {cell.sentence for cell in cells} == {"Niet bekeken: de tijd was om."}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said(lang: str) -> None:
    """Every cell has a sentence: what it brings, or why nothing."""
    found = answer(lang=lang)
    assert all(cell.sentence for person in found.people for cell in person.cells)
    assert all(row.sentence for row in found.team)
    assert found.best is not None
    assert found.best.sentence
    assert len({cell.sentence for person in found.people for cell in person.cells}) >= 4


def test_who_may_see_it() -> None:
    """Its own employer, with euros and margins; who runs the region without euros; nobody else."""
    own = answer(Reader(ReaderRole.EMPLOYER, frozenset({"works"})))
    cells = [cell for person in own.people for cell in person.cells]
    assert {cell.euros for cell in cells if cell.hours == 4.5} == {360.0}
    assert own.margins
    region_wide = answer()
    assert {cell.euros for person in region_wide.people for cell in person.cells} == {None}
    assert region_wide.margins == ()
    for reader in (
        Reader(ReaderRole.EMPLOYER, frozenset({"mill"})),
        Reader(ReaderRole.PROFESSIONAL, frozenset({"anna"})),
        Reader(ReaderRole.TIMETABLER, frozenset({"north"})),
    ):
        with pytest.raises(ReaderError):
            answer(reader)
