"""At which level somebody teaches a course: asked date by date by the judging side, as sets of dates by the boards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from model.calendar import Dates
from model.lessons import Course
from model.people import DevelopmentStage, Licence, LicenceLevel
from model.rights import (
    BESIDE_A_LEAD,
    UNDER_RESPONSIBILITY,
    fullest,
    fullest_dates,
    holds,
    responsible,
    stage_dates,
    stage_on,
)
from model.rule import Board
from model.rulebook import RuleBook
from model.term import Term

if TYPE_CHECKING:
    from model.rules.licence import LicenceRule

ALONE = frozenset(LicenceLevel) - UNDER_RESPONSIBILITY
"""Levels at which somebody may teach alone."""
LEADING = frozenset({LicenceLevel.FIRST, LicenceLevel.SECOND, LicenceLevel.PDG, LicenceLevel.SUITABLE})
"""Levels at which somebody may lead another."""


def licence_rule(term: Term, professional: str) -> LicenceRule:
    """The rule about licences as it is set for somebody."""
    return _of(RuleBook(term), professional)


def _of(book: RuleBook, professional: str) -> LicenceRule:
    from model.rules.licence import LicenceRule  # noqa: PLC0415  the rule, which all rules come with, asks here too

    rule = book.of(LicenceRule, professional)
    assert isinstance(rule, LicenceRule)  # it may not be switched off
    return rule


class Accepted:
    """Courses that licences of a kind are accepted for, dates aside."""

    def __init__(self, board: Board) -> None:
        self._term = board.term
        self._known: dict[tuple[object, ...], frozenset[str]] = {}

    def by(self, rule: LicenceRule, licence: Licence) -> frozenset[str]:
        """Those that take a licence, by the rule as it is set for its holder."""
        settings = (rule.ladder, rule.ladder_mbo, rule.not_in_mbo, rule.only_in_mbo)
        key = (*settings, licence.subject.casefold(), licence.sector, licence.level, licence.board)
        if key not in self._known:
            courses = self._term.courses_in(licence.subject)
            self._known[key] = frozenset(course.id for course in courses if rule.accepts(self._term, course, licence))
        return self._known[key]


def with_responsible(board: Board) -> frozenset[str]:
    """Courses that name a qualified teacher who may be responsible; for `board.once`."""
    return frozenset(course.id for course in board.term.courses if responsible(board.term, course))


class LevelsOn:
    """For the judging side: levels and roles on one date."""

    def __init__(self, term: Term) -> None:
        self._term = term
        self._book = RuleBook(term)

    def level(self, professional: str, course: Course, when: date) -> LicenceLevel | None:
        """The fullest level at which somebody may teach a course on a date; None without a right."""
        rule = _of(self._book, professional)
        rows = self._term.licences_of(professional)
        return fullest(row.level for row in rows if holds(row, when) and rule.accepts(self._term, course, row))

    def under_responsibility(self, professional: str, course: Course, when: date) -> bool:
        """Whether somebody teaches a course under the responsibility of another, by level or by stage."""
        if self.level(professional, course, when) in UNDER_RESPONSIBILITY:
            return True
        return stage_on(self._term, professional, course.subject, when) is DevelopmentStage.SUPERVISED

    def leads(self, professional: str, course: Course, when: date) -> bool:
        """Whether somebody may lead another in a course's lessons on a date."""
        stage = stage_on(self._term, professional, course.subject, when)
        return stage in (None, DevelopmentStage.QUALIFIED) and self.level(professional, course, when) in LEADING


class LevelDates:
    """For boards, made with `board.once`: the same as sets of dates."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._book = RuleBook(board.term)
        self.levels = cache(self._levels)
        self.under_responsibility = cache(self._under_responsibility)
        self.leads = cache(self._leads)
        self.beside_a_lead = cache(self._beside_a_lead)
        self.watching = cache(self._watching)

    def _levels(self, professional: str, course: str) -> Mapping[LicenceLevel, Dates]:
        """On which dates somebody teaches a course at which level."""
        rule = _of(self._book, professional)
        accepted, calendar = self._board.once(Accepted), self._board.calendar
        return fullest_dates(
            (row.level, calendar.between(row.valid_from, row.valid_to))
            for row in self._board.term.licences_of(professional)
            if course in accepted.by(rule, row)
        )

    def _stages(self, professional: str, course: str) -> Mapping[DevelopmentStage, Dates]:
        if not self._board.term.stages_of(professional):
            return {}
        return stage_dates(self._board.calendar, professional, self._board.term.course(course).subject)

    def _under_responsibility(self, professional: str, course: str) -> Dates:
        """Dates on which somebody teaches a course under the responsibility of another, by level or by stage."""
        dates = self._stages(professional, course).get(DevelopmentStage.SUPERVISED, 0)
        for level in UNDER_RESPONSIBILITY:
            dates |= self.levels(professional, course).get(level, 0)
        return dates

    def _leads(self, professional: str, course: str) -> Dates:
        """Dates on which somebody may lead another in a course's lessons."""
        dates = 0
        for level in LEADING:
            dates |= self.levels(professional, course).get(level, 0)
        for stage, when in self._stages(professional, course).items():
            if stage is not DevelopmentStage.QUALIFIED:
                dates &= ~when
        return dates

    def _beside_a_lead(self, professional: str, course: str) -> Dates:
        """Dates on which somebody is in a stage of never being alone with a class."""
        dates = 0
        for stage, when in self._stages(professional, course).items():
            if stage in BESIDE_A_LEAD:
                dates |= when
        return dates

    def _watching(self, professional: str, course: str) -> Dates:
        """Dates on which somebody only watches, and is not one of the teachers that a lesson needs."""
        return self._stages(professional, course).get(DevelopmentStage.SHADOW, 0)
