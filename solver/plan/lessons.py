"""How many lessons can be staffed at most: the same relaxation with nothing counted but lessons.

The bound on the value says how much better a timetable can be, in points of all tiers together. What a timetabler asks is
how many open lessons could still be won; that is this bound, whatever winning them would cost elsewhere.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from model.levels import LevelDates
from model.promised import over
from solver.plan.clock import Clock
from solver.plan.generation import Generation
from solver.plan.master import Master
from solver.plan.plans import Table
from solver.plan.search import Search
from solver.plan.tables import Tables

if TYPE_CHECKING:
    from model.calendar import Dates
    from model.rule import Candidate
    from solver.board import Board

LESSON = 5040
"""Parts of a lesson: what most numbers of dates and heads divide."""


class Parts:
    """What part of their lessons candidates staff, rounded up, so that sums over a timetable bound its lessons."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._to_come = ~over(board.calendar)
        self._levels = board.once(LevelDates)
        self._learning = bool(board.term.stages)

    def certain(self) -> int:
        """Lessons of which every date is over: nobody is missing there any more."""
        return sum(
            any(self._held(lesson.id, each) for each in self._board.calendar.options(lesson.id))
            and not any(self._held(lesson.id, each) & self._to_come for each in self._board.calendar.options(lesson.id))
            for lesson in self._board.term.lessons
        )

    def of(self, candidate: Candidate) -> int:
        """The parts of all lessons of a candidate together."""
        heads = self._board.term.course(candidate.course).heads
        watching = self._levels.watching(candidate.professional, candidate.course) if self._learning else 0
        total = 0
        for lesson, option in zip(candidate.lessons, candidate.options, strict=True):
            there = 0
            for part in candidate.parts:
                if part.lesson == lesson:
                    there |= part.dates & self._to_come & ~watching
            dates = (self._held(lesson, option) & self._to_come).bit_count()
            # Of a lesson that is over at this time only, what it is at others is left open: it counts as whole.
            total += -(-LESSON * there.bit_count() // (heads * dates)) if dates else LESSON
        return total

    def _held(self, lesson: str, option: str | None) -> Dates:
        dates = 0
        for span in self._board.calendar.spans(lesson, option):
            dates |= span.dates
        return dates


class LessonBound:
    """The bound on lessons of a master, started from the plans another relaxation found."""

    def __init__(self, generation: Generation) -> None:
        board, master = generation.master.board, generation.master
        parts = Parts(board)
        self._certain = parts.certain()
        counting: Master = copy.copy(master)
        counting.constant = 0
        counting.variables = [each.without_gain() for each in master.variables]
        weights = [{bit: parts.of(each) for bit, each in enumerate(person.candidates)} for person in master.people]
        tables = [
            Table(old.plans, person.sums(old.plans, mine), list(old.features), old.complete)
            for person, mine, old in zip(master.people, weights, generation.tables, strict=True)
        ]
        searches = {
            number: Search(master.people[number].rules.worth_only(weights[number]))
            for number in generation.tables.searches
        }
        self._generation = Generation(counting, Tables(counting, tables, searches))
        for person, place in generation.columns:
            self._generation.add(person, place)

    @property
    def most(self) -> int | None:
        """No timetable staffs more lessons."""
        bound = self._generation.bound
        return None if bound is None else self._certain + bound // LESSON

    def run(self, clock: Clock, tell: Callable[[int], None]) -> None:
        """Lower the bound until it can hardly get lower, telling each better one."""
        said = None
        while clock.left() > 0:
            more = self._generation.round(clock.wall())
            clock.spend(0.1)
            most = self.most
            if most is not None and (said is None or most < said):
                said = most
                tell(most)
            reached = not self._generation.lacking and most == self._certain + int(self._generation.value // LESSON)
            if not more or reached:
                return
