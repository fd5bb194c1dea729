"""Routes into teaching: which there are in a sector, which are had, open, or asked otherwise; each with its words and source."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from model.files import write_term
from model.locale import LANGUAGES, text
from model.people import LicenceLevel
from model.routes import ROUTES, Standing, routes_for
from model.term import Term
from service.shell.cli import app
from tests.regions import course, licence, person, school, small_term


def standings(term: Term) -> dict[LicenceLevel, Standing]:
    """How each route stands for Anna and robots."""
    return {way.route.level: way.standing for way in routes_for(term, "anna", "robots")}


def test_what_is_had_is_said_and_the_rest_is_open() -> None:
    """Anna is licensed; a guest needs a responsible teacher, whom the course does not name."""
    found = standings(small_term())
    assert found[LicenceLevel.FIRST] is Standing.HAS
    assert found[LicenceLevel.GUEST] is Standing.NEEDS_RESPONSIBLE
    assert found[LicenceLevel.SECOND] is found[LicenceLevel.IN_TRAINING] is Standing.OPEN
    assert set(found).isdisjoint({LicenceLevel.PDG, LicenceLevel.INSTRUCTOR, LicenceLevel.EXEMPT})
    assert next(iter(found)) is LicenceLevel.FIRST


def test_what_the_course_asks_decides() -> None:
    """With a responsible teacher a guest may come; a course of the first degree asks for more than the second."""
    term = small_term(courses=[course("robots", supervised_by=["mentor"], required_licence=["1e"])], licences=[])
    found = standings(term)
    assert found[LicenceLevel.GUEST] is Standing.OPEN
    assert found[LicenceLevel.FIRST] is Standing.OPEN
    assert found[LicenceLevel.SECOND] is Standing.ANOTHER_LEVEL


def test_vocational_education_has_its_own() -> None:
    """Instructors, exemptions and the PDG; nobody is licensed for another subject there."""
    found = standings(small_term(schools=[school("north", sector="mbo"), school("south")], licences=[]))
    assert {LicenceLevel.PDG, LicenceLevel.INSTRUCTOR, LicenceLevel.EXEMPT} <= set(found)
    assert LicenceLevel.OTHER_SUBJECT not in found


def test_a_licence_for_another_subject_is_not_had() -> None:
    """Nor is one of another sector."""
    term = small_term(licences=[licence("anna", "other"), licence("anna", sector="mbo")])
    assert Standing.HAS not in standings(term).values()


def test_every_route_is_told_in_both_languages_with_its_source() -> None:
    """Title, conditions and papers; every level but those a school gives itself has a route."""
    for route in ROUTES:
        for key in ("title", "condition", "papers"):
            assert len({text(f"route.{route.level.value}.{key}", lang) for lang in LANGUAGES}) == len(LANGUAGES)
        assert route.source
    assert set(LicenceLevel) - {route.level for route in ROUTES} == {
        LicenceLevel.SUITABLE,
        LicenceLevel.UNDER_QUALIFIED,
    }


def test_from_the_shell(tmp_path: Path) -> None:
    """As text and as JSON; others may not ask about somebody."""
    write_term(small_term(professionals=[person("anna"), person("bob")]), tmp_path / "term.json")
    command = ["routes", str(tmp_path / "term.json"), "anna", "robots"]
    said = CliRunner().invoke(app, command)
    assert said.exit_code == 0
    assert "Gastdocent: open zodra de school een verantwoordelijke docent aanwijst" in said.stdout
    assert "VOG" in said.stdout
    found = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    assert {"level", "standing", "title", "condition", "papers", "source", "verified", "sources"} == set(
        found["routes"][0]
    )
    assert CliRunner().invoke(app, [*command, "--as", "professional:bob"]).exit_code == 2
