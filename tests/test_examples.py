"""The examples: readable in every form, of the promised size, and solved to the promised outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.eindhoven.build import region
from model.calendar import Calendar
from model.checks_warnings import warnings
from model.files import read_term, write_term
from model.files.scenario import read_scenario
from model.judge import judge
from model.lessons import Continuity, Priority
from model.locale import LANGUAGES
from model.people import EngagementStatus, LicenceLevel, Privacy, ReleaseStatus, TravelMode
from model.sites import Sector
from model.timetable import Status
from solver.solve import solve

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = ("smallest", "impossible", "eindhoven")
FORMS = ("{name}.json", "{name}.xlsx", "csv")


def example(name):
    loaded = read_term(EXAMPLES / name / f"{name}.json")
    assert loaded.term is not None, loaded.issues
    return loaded.term


@pytest.fixture(scope="module")
def eindhoven():
    return example("eindhoven")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_reads_to_the_same_term(name, form):
    """JSON, workbook and CSV folder are one term, without errors."""
    loaded = read_term(EXAMPLES / name / form.format(name=name))
    assert loaded.term == example(name)


def test_the_files_are_what_the_writer_writes(tmp_path):
    """Nobody edited a made file by hand, or changed tables, JSON or headers without writing the others: byte for byte."""
    # Workbooks are left out: their bytes depend on the machine's compression; they are compared as terms above.
    write_term(region(), tmp_path / "eindhoven.json")
    assert (tmp_path / "eindhoven.json").read_bytes() == (EXAMPLES / "eindhoven" / "eindhoven.json").read_bytes()
    for name in NAMES:
        write_term(example(name), tmp_path / name)
        made = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        assert made == {path.name: path.read_bytes() for path in (EXAMPLES / name / "csv").iterdir()}


def test_the_region_has_the_size_of_a_region(eindhoven):
    """About 60 professionals of 12 companies, 10 schools of vo and mbo, about 220 lessons."""
    assert 55 <= len(eindhoven.professionals) <= 65
    assert len(eindhoven.employers) == 12
    assert len(eindhoven.schools) == 10
    assert 200 <= len(eindhoven.lessons) <= 240
    assert {school.sector for school in eindhoven.schools} == {Sector.VO, Sector.MBO}
    assert len({school.board for school in eindhoven.schools}) == 5


def test_the_region_has_grids_evenings_and_pause_groups(eindhoven):
    """Different lengths of lesson periods, a school with two pause groups, an evening class."""
    calendar = Calendar(eindhoven)
    lengths = {row.end - row.start for row in eindhoven.time_grids}
    assert len(lengths) >= 3
    variants = {(group.school, group.variant) for group in eindhoven.class_groups}
    assert any(sum(school == each for each, _ in variants) >= 2 for school, _ in variants)
    starts = [span.start for lesson in eindhoven.lessons for span in calendar.spans(lesson.id, None)]
    assert max(starts) >= 18 * 60


def test_the_region_shows_what_terms_can_say(eindhoven):
    """Every kind of continuity, priority, travel, release, agreement and licence occurs, and two teachers at once."""
    seen = {
        Continuity: {row.continuity for row in eindhoven.courses},
        Priority: {row.priority for row in eindhoven.courses},
        TravelMode: {row.travel_mode for row in eindhoven.professionals},
        ReleaseStatus: {row.status for row in eindhoven.releases},
        EngagementStatus: {row.status for row in eindhoven.engagements},
        LicenceLevel: {row.level for row in eindhoven.licences},
    }
    for kinds, found in seen.items():
        assert found == set(kinds)
    assert any(row.heads == 2 for row in eindhoven.courses)
    assert any(row.cycle_weeks == 2 for row in eindhoven.work)
    assert any(row.pinned for row in eindhoven.lessons)
    assert any(row.blocked for row in eindhoven.lessons)
    assert any(row.must_fill for row in eindhoven.lessons)
    assert any(row.privacy is Privacy.PRIVATE for row in eindhoven.unavailability)


def test_every_place_of_the_region_lies_near_eindhoven(eindhoven):
    """Real coordinates: within about 40 km of the city (51.44 N, 5.48 E)."""
    places = [(row.latitude, row.longitude) for row in (*eindhoven.schools, *eindhoven.employer_sites)]
    places += [(row.home_latitude, row.home_longitude) for row in eindhoven.professionals]
    for latitude, longitude in places:
        assert abs(latitude - 51.44) < 0.36
        assert abs(longitude - 5.48) < 0.58


def test_warnings_of_the_region_are_few_and_speak(eindhoven):
    """A demo that begins with pages of warnings teaches nothing."""
    found = list(warnings(eindhoven))
    assert len(found) < 12
    for issue in found:
        for lang in LANGUAGES:
            assert issue.sentence(lang)
            assert issue.hint(lang)


def test_the_smallest_example_is_proved_best():
    """Anna gives physics on the Tuesday she is released, Bilal technology on a Thursday he does not work."""
    outcome = solve(example("smallest"), seconds=30)
    assert outcome.status is Status.PROVED_BEST
    given = {(row.lesson, row.professional) for row in outcome.assignments}
    assert given == {("na-h4-1", "anna"), ("na-h4-2", "anna"), ("te-h4-1", "bilal"), ("te-m3-1", "bilal")}
    # Anna works on Friday (na-m3), and nobody is licensed for informatica.
    reasons = {row.lesson: {reason.rule for reason in row.reasons} for row in outcome.open}
    assert set(reasons) == {"na-m3-1", "in-h4-1"}
    assert "release" in reasons["na-m3-1"]
    assert "licence" in reasons["in-h4-1"]


def test_the_impossible_example_is_proved_impossible():
    """Two lessons that must be staffed overlap, and one person at most is there to give them."""
    outcome = solve(example("impossible"), seconds=30)
    assert outcome.status is Status.IMPOSSIBLE
    assert outcome.timetable is None


def test_the_region_is_staffed_for_the_most_part_and_judged(eindhoven):
    """Scarce in places: some lessons stay open, each with reasons; no rule is broken and the value is the judge's."""
    outcome = solve(eindhoven, seconds=120)
    assert outcome.status in (Status.PROVED_BEST, Status.FOUND)
    assert 15 <= outcome.lessons.open <= 70
    assert outcome.lessons.filled > outcome.lessons.open
    assert outcome.timetable is not None
    verdict = judge(eindhoven, outcome.timetable)
    assert verdict.breaches == ()
    assert verdict.value == outcome.value
    assert all(row.reasons for row in outcome.open)


@pytest.mark.parametrize(
    "path", sorted((EXAMPLES / "eindhoven" / "scenarios").glob("*.json")), ids=lambda path: path.stem
)
def test_scenarios_of_the_region_make_sense(eindhoven, path):
    """Each can be applied, without a warning, and says why it was thought of."""
    loaded = read_scenario(path, eindhoven)
    assert loaded.issues == ()
    assert loaded.applied is not None
    assert loaded.applied.scenario.id == path.stem
    assert loaded.applied.scenario.author
    assert loaded.applied.scenario.reason
    assert len(loaded.applied.sentences("nl")) == len(loaded.applied.scenario.changes)
