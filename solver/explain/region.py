"""A term with its timetable, and what all questions about it share: made once, kept while questions come."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cache, cached_property
from typing import Any, TypeVar

from model.calendar import Dates
from model.judging import Judging
from model.rule import Candidate, Hurdle, Phase
from model.rules import RULES
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.assignment import timetable_of
from solver.board import Board

T = TypeVar("T")

_DECIDING = [rule for rule in RULES if rule.phase is Phase.ELIGIBILITY]
LICENSING = [rule for rule in _DECIDING if rule.hurdle is Hurdle.LICENSED and "screen" in vars(rule)]


class Region:
    """What is asked about.

    Attributes:
        judging: the timetable, judged piece by piece.
        wide: by course a board of everybody else as far as they could give it, with every reason against them.
    """

    def __init__(self, term: Term, timetable: Timetable) -> None:
        self.judging = Judging(term, timetable)
        self.term = self.judging.term
        self.calendar = self.judging.calendar
        self.travel = self.judging.travel
        self.wide = cache(self._wide)
        self._once: dict[Callable[..., Any], Any] = {}

    def under(self, term: Term) -> Region:
        """The same timetable under another term with the same lessons, times and places: people agree to more than before."""
        other = copy(self)
        other.judging = self.judging.under(term)
        other.term, other.calendar, other.travel = other.judging.term, other.judging.calendar, other.judging.travel
        other.wide, other._once = cache(other._wide), {}  # noqa: SLF001  the same class
        vars(other).pop("unlicensed", None)
        return other

    def with_times(self, term: Term) -> Region:
        """The same timetable under another term, in which lessons may be given at more times."""
        other = copy(self)
        other.judging = self.judging.with_times(term)
        other.term, other.calendar, other.travel = other.judging.term, other.judging.calendar, other.judging.travel
        other.wide, other._once = cache(other._wide), {}  # noqa: SLF001  the same class
        return other

    def once(self, make: Callable[..., T], *how: object) -> T:
        """What several questions need, made for the first, as that one says how."""
        if make not in self._once:
            self._once[make] = make(self, *how)
        made: T = self._once[make]
        return made

    @property
    def timetable(self) -> Timetable:
        """The timetable as it stands."""
        return self.judging.timetable

    def open_dates(self, lesson: str) -> Dates:
        """Dates on which a lesson lacks somebody."""
        return sum(1 << day for day, short in self.judging.reading.lacking(lesson).items() if short > 0)

    @cached_property
    def open_lessons(self) -> tuple[str, ...]:
        """Lessons that lack somebody, in order of the term."""
        held = (lesson.id for lesson in self.term.lessons if self.judging.reading.held(lesson.id))
        return tuple(lesson for lesson in held if self.judging.reading.short_of(lesson) > 0)

    def given(self, row: Assignment) -> tuple[str, str, str | None, Dates]:
        """What a row says, however its weeks are written."""
        dates = 0
        for span in self.calendar.spans(row.lesson, row.option):
            dates |= span.dates
        return row.lesson, row.professional, row.option, dates & self.calendar.in_weeks(row.weeks)

    def rows_with(self, candidate: Candidate) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
        """Rows that go and rows that come when somebody gives this beside all they give: the weeks of a lesson add up."""
        made = {row.lesson: row for row in timetable_of([candidate]).assignments}
        assigned = self.judging.reading.assigned
        removed = tuple(
            row for lesson in made for row in assigned.get(lesson, ()) if row.professional == candidate.professional
        )
        for row in removed:
            new = made[row.lesson]
            weeks = None if row.weeks is None or new.weeks is None else row.weeks | new.weeks
            made[row.lesson] = new.model_copy(update={"weeks": weeks})
        return removed, tuple(made.values())

    @cached_property
    def unlicensed(self) -> dict[str, dict[str, str]]:
        """By course who has no licence for it whatever the dates, each with the rule that says so."""
        board = Board.of(
            self.term, rules=(), only_people=(), screen=LICENSING, calendar=self.calendar, travel=self.travel
        )
        found: dict[str, dict[str, str]] = {course.id: {} for course in self.term.courses}
        for person in self.term.professionals:
            for rule, left_out in board.screened_out(person.id):
                for course in left_out:
                    found[course][person.id] = rule
        return found

    def _wide(self, course: str) -> Board:
        unlicensed = self.unlicensed[course]
        return Board.of(
            self.term,
            rules=_DECIDING,
            only_courses=[course],
            only_people=[each.id for each in self.term.professionals if each.id not in unlicensed],
            screen=False,
            calendar=self.calendar,
            travel=self.travel,
        )
