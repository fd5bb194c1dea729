"""Somebody responsible for instructors and guest teachers."""

from typing import Any

from model.rule import Owner
from model.rules.responsible_teacher import ResponsibleTeacher
from model.term import Term
from model.timetable import Timetable
from tests.regions import course, licence, school, small_term, table
from tests.rules.cases import EN, NL, breaches, fact, facts, is_about, sizes

L1 = table("l1")


def taught_by(
    level: str = "gast", supervised_by: tuple[str, ...] = ("carla",), *more: dict[str, Any], **staff: Any
) -> Term:
    """Anna has a licence of a level, and Carla is named; north and south are of one board, west of another."""
    rows = [licence("anna", level=level), *more]
    return small_term(
        boards=[{"id": "board"}, {"id": "other"}],
        schools=[school("north"), school("south"), school("west", board="other")],
        staff=[{"id": "carla", "school": "north", **staff}],
        courses=[course("robots", supervised_by=supervised_by)],
        licences=[row | {"id": f"licence{number}"} for number, row in enumerate(rows)],
    )


def test_a_qualified_teacher_of_the_board_is_enough() -> None:
    """Of another site too; the subject among hers, or nothing known of them."""
    for level in ("gast", "instructeur"):
        for staff in ({}, {"subjects": ["koken", "Techniek"]}, {"school": "south"}):
            assert sizes(taught_by(level, **staff), L1, ResponsibleTeacher) == []


def test_who_may_teach_alone_needs_nobody() -> None:
    """Full and temporary rights, also beside a right as guest teacher; without any right another rule speaks."""
    for level in ("1e", "2e", "pdg", "geschikt", "zij-instroom", "onderbevoegd"):
        assert sizes(taught_by(level, ()), L1, ResponsibleTeacher) == []
    assert sizes(taught_by("gast", (), licence("anna", level="2e")), L1, ResponsibleTeacher) == []
    assert sizes(taught_by("gast", ()).replace(licences=[]), L1, ResponsibleTeacher) == []


def test_nobody_named_or_nobody_qualified() -> None:
    """Both dates are wrong, or only the first where a full licence begins on the 10th."""
    assert sizes(taught_by("gast", ()), L1, ResponsibleTeacher) == [2]
    assert sizes(taught_by("gast", subjects=["koken"]), L1, ResponsibleTeacher) == [2]
    assert sizes(taught_by("instructeur", school="west"), L1, ResponsibleTeacher) == [2]
    later = licence("anna", level="2e", valid_from="2026-09-10")
    (broken,) = breaches(taught_by("gast", (), later), L1, ResponsibleTeacher)
    assert (broken.size, str(broken.when)) == (1, "2026-09-07")
    said = "Anna geeft Robots (l1) zonder bevoegde docent die verantwoordelijk is (één datum)."
    assert broken.sentence(NL) == said
    assert "without a qualified teacher who is responsible (one date)" in broken.sentence(EN)


def test_the_fact_is_the_law_s_about_the_course() -> None:
    """The board tells nobody named from nobody qualified."""
    none, wrong = (
        fact(
            taught_by(
                "gast",
                (),
            ),
            ResponsibleTeacher,
        ),
        fact(taught_by(subjects=["x"]), ResponsibleTeacher),
    )
    assert (none.message, wrong.message) == ("rule.responsible_teacher.nobody", "rule.responsible_teacher.unqualified")
    assert is_about(none, Owner.LAW, "courses/robots")
    assert facts(taught_by(), ResponsibleTeacher) == []


def matters() -> tuple[Term, Timetable]:
    """Anna is a guest teacher and the course names nobody."""
    return taught_by("gast", ()), L1
