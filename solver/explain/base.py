"""A region before anybody agrees to anything: what can be filled as it is, and the ceiling that says what cannot."""

from __future__ import annotations

import time
from collections.abc import Collection

from model.term import Term
from model.timetable import Assignment, Timetable
from solver.board import Board
from solver.explain.ceiling import PERSONAL, Ceiling
from solver.explain.closure import closure
from solver.explain.filling import fill, gained
from solver.explain.local import Answered
from solver.explain.region import Region
from solver.explain.whole import Whole

PREPARING_SECONDS = 30.0
"""How long prices may be looked for, and what can be filled anyway, once for a timetable."""

ONE_BY_ONE_SHARE = 0.3
CLOSURE_SECONDS = 1.0
"""What part of that open lessons are then tried one by one, besides, and how long one of them."""

SMALL = 80
"""With at most so many people all of them are planned anew where nothing less settles it."""


class Base:
    """A region as it stands: what can be filled without any change, and the prices that say what cannot.

    Attributes:
        best: the region with the fullest timetable that was found, all that was filled staying so.
        free: how many places more that is than the timetable asked about.
        most: no timetable fills more places more.
    """

    def __init__(self, region: Region, seconds: float = PREPARING_SECONDS) -> None:
        until = time.monotonic() + seconds
        self.region = region
        small = len(region.term.professionals) <= SMALL
        self.ceiling = Ceiling(region, seconds, look=not small)
        self.clean = not any(each.rule != "must_fill" for each in region.judging.breaches())
        self.most = self.ceiling.most if self.clean else self.ceiling.open_places
        self.free, self.best = 0, region
        self._own: dict[str, Board] = {}
        if self.most and small:
            self._fill(until)
        elif self.most:
            self._fill_by_plans()
            self._fill_one_by_one(max(time.monotonic() + ONE_BY_ONE_SHARE * seconds, until))

    def _fill(self, until: float) -> None:
        """With few people: all of them planned anew."""
        people = [each.id for each in self.region.term.professionals]
        whole = Whole.by_hard_rules(self.region)
        found = fill(whole, people, until - time.monotonic(), enough=self.most)
        if self.clean and found.at_most is not None:
            self.most = min(self.most, found.at_most)
        self._start_from(found.removed, found.added)

    def _fill_by_plans(self) -> None:
        """With many: what the engine came to beside the prices."""
        if self.ceiling.fullest is None:
            return
        removed, added = self.rows_to(self.ceiling.fullest)
        if not any(each.rule != "must_fill" for each in self.region.judging.broken(removed=removed, added=added)):
            self._start_from(removed, added)

    def _fill_one_by_one(self, until: float) -> None:
        """What the engine left: each open lesson with those it competes with, as long as there is time and something to win."""
        left = list(self.best.open_lessons)
        while left and self.free < self.most and time.monotonic() < until:
            closed = closure(self.best.once(Whole), left.pop(0), min(CLOSURE_SECONDS, until - time.monotonic()))
            if closed.answered is Answered.FOUND:
                after = self.best.judging.reading.changed(closed.removed, closed.added).timetable
                self._start_from(*self.rows_to(after))
                left = [each for each in left if each in self.best.open_lessons]

    def rows_to(self, timetable: Timetable) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
        """Rows that go and come from the timetable asked about to another."""
        given = self.region.given
        now = {given(row): row for row in self.region.timetable.assignments}
        then = {given(row): row for row in timetable.assignments}
        return (
            tuple(row for said, row in now.items() if said not in then),
            tuple(row for said, row in then.items() if said not in now),
        )

    def _start_from(self, removed: tuple[Assignment, ...], added: tuple[Assignment, ...]) -> None:
        won = gained(self.region, removed, added)
        if won:
            self.free = sum(won.values())
            self.best = Region(self.region.term, self.region.judging.reading.changed(removed, added).timetable)
            self.most = max(self.most, self.free)

    def own_board(self, person: str) -> Board:
        """What somebody may give by their own rules, as it stands."""
        if person not in self._own:
            self._own[person] = own_board(self.region, self.region.term, [person])
        return self._own[person]


def own_board(region: Region, term: Term, people: Collection[str], *, other_times: bool = False) -> Board:
    """A board of some people with what is said of each of them alone."""
    calendar = None if other_times else region.calendar.under(term)
    return Board.of(term, rules=PERSONAL, only_people=people, calendar=calendar, travel=region.travel)
