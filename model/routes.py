"""Routes into teaching (instroomroutes): for a person and a course, what ways there are, on what conditions, with what papers.

What the law asks is data here: each route names its source, and whether that was checked against the text in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from model.people import Licence, LicenceLevel
from model.rights import UNDER_RESPONSIBILITY
from model.rulebook import RuleBook
from model.rules.licence import LicenceRule
from model.sites import Sector
from model.term import Term


@dataclass(frozen=True, slots=True)
class Route:
    """One way to be allowed to teach.

    Attributes:
        level: the right it gives.
        sectors: where it exists.
        source: where its conditions come from.
        verified: whether they were checked against the law as it stands.
    """

    level: LicenceLevel
    sectors: frozenset[Sector]
    source: str
    verified: bool = False


VO, MBO = frozenset({Sector.VO}), frozenset({Sector.MBO})

ROUTES: tuple[Route, ...] = (
    Route(LicenceLevel.GUEST, VO | MBO, "WVO 2020 art. 7.19; WEB art. 4.2.1 lid 6"),
    Route(LicenceLevel.INSTRUCTOR, MBO, "WEB art. 4.2.2, 4.2.3 lid 2; kwaliteitskader instructeurs (2018)"),
    Route(LicenceLevel.EXEMPT, MBO, "WEB art. 4.2.1 lid 5"),
    Route(LicenceLevel.IN_TRAINING, VO | MBO, "WEB art. 4.2.1 lid 3, 4.2.4; WVO 2020 hoofdstuk 7"),
    Route(LicenceLevel.PDG, MBO, "WEB art. 4.2.1 lid 2-3, 4.2.4"),
    Route(LicenceLevel.OTHER_SUBJECT, VO, "WVO 2020 hoofdstuk 7 (WVO oud art. 33 lid 4)"),
    Route(LicenceLevel.SECOND, VO | MBO, "WVO 2020 hoofdstuk 7 (WVO oud art. 33 lid 1a)"),
    Route(LicenceLevel.FIRST, VO | MBO, "WVO 2020 hoofdstuk 7 (WVO oud art. 33 lid 1)"),
)
"""Quickest first."""


class Standing(StrEnum):
    """How a route stands for somebody and a course."""

    HAS = "has"
    OPEN = "open"
    NEEDS_RESPONSIBLE = "needs_responsible"
    """Open once the course names who carries responsibility."""
    ANOTHER_LEVEL = "another_level"
    """The course asks for a level that this route does not give."""


@dataclass(frozen=True, slots=True)
class Way:
    """A route, for one person and one course."""

    route: Route
    standing: Standing


def routes_for(term: Term, professional: str, course_id: str) -> Iterator[Way]:
    """All routes that exist where a course is given, what is had first, then what is open, quickest first.

    Raises:
        KeyError: no such person or course.
    """
    course, person = term.course(course_id), term.professional(professional)
    sector = course.sector or term.school(course.school).sector
    rule = RuleBook(term).of(LicenceRule, person.id) or LicenceRule()
    assert isinstance(rule, LicenceRule)
    ways = []
    for route in ROUTES:
        if sector not in route.sectors:
            continue
        licence = Licence(professional=person.id, subject=course.subject, sector=sector, level=route.level)
        mine = (row for row in term.licences_of(person.id) if row.level is route.level)
        if any(rule.accepts(term, course, row) for row in mine):
            standing = Standing.HAS
        elif not rule.accepts(term, course, licence):
            standing = Standing.ANOTHER_LEVEL
        elif route.level in UNDER_RESPONSIBILITY and not course.supervised_by:
            standing = Standing.NEEDS_RESPONSIBLE
        else:
            standing = Standing.OPEN
        ways.append(Way(route, standing))
    yield from sorted(ways, key=lambda each: list(Standing).index(each.standing))
