"""Rows that fill more open places while nothing that is filled falls open: people planned anew, all others as they are."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from ortools.sat.python import cp_model

from model.heads import counted, to_be_given
from model.promised import over
from model.rights import is_shadow
from model.timetable import Assignment
from solver.explain.local import Local
from solver.explain.region import Region
from solver.explain.whole import Whole

TRIES = 4


@dataclass(frozen=True, slots=True)
class Filled:
    """What was found.

    Attributes:
        places: how many more places are filled.
        lessons: of which lessons.
        removed, added: rows that go and come, judged.
        at_most: no way for these people to plan anew fills more, all others as they are.
    """

    places: int
    lessons: tuple[str, ...] = ()
    removed: tuple[Assignment, ...] = ()
    added: tuple[Assignment, ...] = ()
    at_most: int | None = None


class _Filling(Local):
    """The model: as many open places filled as can be, as few lessons changing hands as then can be."""

    def __init__(self, whole: Whole, people: Collection[str]) -> None:
        super().__init__(whole, {person: whole.board.candidates_of(person) for person in people})
        region, board = whole.region, whole.board
        self.won: dict[str, cp_model.IntVar] = {}
        self._here = {each.professional for each in board.candidates}
        touched = dict.fromkeys(
            lesson for index in sorted(self.may_change) for lesson in board.candidates[index].lessons
        )
        past = over(board.calendar)
        for lesson in touched:
            heads = board.term.course(board.term.lesson(lesson).course).heads
            short = max(0, region.judging.reading.short_of(lesson))
            won = self.won[lesson] = self.cp.new_int_var(0, short, "")
            self._only_at_their_time(lesson)
            if to_be_given(board, lesson):  # at none of its times it would lack nobody
                given = sum(self.variable(board.teaches(each)) for each in board.candidates_for(lesson))
                others = self._others(lesson, board.calendar.all)
                self.cp.add((heads if past else 1) * (given + others) >= heads - short + won)
            for at, counting, dates in counted(board, lesson):
                others = self._others(lesson, dates)
                given = sum(self.variable(board.teaches(each)) for each in counting)
                there = self.variable(at)
                self.cp.add(given <= max(0, heads - others)).only_enforce_if(there)
                if dates & ~past:
                    self.cp.add(given + others >= heads - short + won).only_enforce_if(there)
        self.place = len(self.may_change) + 1
        changed = []
        for index in sorted(self.may_change):
            variable = self.variable(board.teaches(board.candidates[index]))
            changed.append((variable, 1) if index in whole.held else (variable, -1))
        terms = [*((each, self.place) for each in self.won.values()), *changed]
        self.cp.maximize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [weight for _, weight in terms]))

    def most(self, bound: float) -> int:
        """How many places are won at most, of a bound on the objective: what changes hands counts for less than a place."""
        idle = sum(index not in self.whole.held for index in self.may_change)
        return max(0, math.floor((bound + idle + 1e-3) / self.place))

    def _others(self, lesson: str, dates: int) -> int:
        """How many who are not on the board give a lesson, on the dates on which most do."""
        reading, term = self.whole.region.judging.reading, self.board.term
        course = term.lesson(lesson).course
        found = 0
        for day, people in reading.people_on(lesson).items():
            if dates >> day & 1 and (there := people - self._here):
                when = reading.calendar.date_of(day)
                found = max(found, sum(not is_shadow(term, each, course, when) for each in there))
        return found

    def _only_at_their_time(self, lesson: str) -> None:
        """With others who stay, a lesson stays at the time at which they give it."""
        rows = self.whole.region.judging.reading.assigned.get(lesson, ())
        times = {row.option for row in rows if row.professional not in self._here}
        for each in self.board.candidates_for(lesson) if times else ():
            if each.index in self.may_change and each.options[each.lessons.index(lesson)] not in times:
                self.cp.add_bool_and([~self.variable(self.board.teaches(each))])


def fill(whole: Whole, people: Collection[str], seconds: float, *, enough: int | None = None) -> Filled:
    """The most that was found, judged; nothing where nothing was.

    Args:
        whole: of a board with all hard rules, on which who is not planned anew stays as they are.
        people: who is planned anew.
        enough: where so many places are won it need not be shown that more cannot be.
    """
    region, tried = whole.region, list(people)
    at_most = None
    for _ in range(TRIES):
        model = _Filling(whole, tried)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        for index in sorted(model.may_change):
            variable = model.variable(whole.board.teaches(whole.board.candidates[index]))
            model.cp.add_hint(variable, index in whole.held)
        stop = _Enough(model, enough) if enough is not None else None
        status = solver.solve(model.cp, stop)
        if at_most is None and status != cp_model.UNKNOWN and not (stop and stop.reached):
            at_most = 0 if status == cp_model.INFEASIBLE else model.most(solver.best_objective_bound)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        candidates = whole.board.candidates
        chosen = [
            candidates[index]
            for index in sorted(model.may_change)
            if solver.boolean_value(model.variable(whole.board.teaches(candidates[index])))
        ]
        removed, added = model.rows(chosen)
        won = gained(region, removed, added)
        if won is None or not won:
            break
        wrong = next(
            (each for each in region.judging.broken(removed=removed, added=added) if each.rule != "must_fill"), None
        )
        if wrong is None:
            return Filled(sum(won.values()), tuple(won), removed, added, at_most)
        fewer = [each for each in tried[1:] if region.term.professional(each).employer != wrong.employer]
        if wrong.employer is None or [tried[0], *fewer] == tried:
            break
        tried = [tried[0], *fewer]  # what an employer asks of its people as a group, with others who are not looked at
    return Filled(0, at_most=at_most)


class _Enough(cp_model.CpSolverSolutionCallback):
    """Stops when so many places are won."""

    def __init__(self, model: _Filling, enough: int) -> None:
        super().__init__()
        self._won, self._enough = list(model.won.values()), enough
        self.reached = False

    def on_solution_callback(self) -> None:
        """Look at one more solution."""
        if sum(self.value(each) for each in self._won) >= self._enough:
            self.reached = True
            self.stop_search()


def gained(region: Region, removed: Collection[Assignment], added: Collection[Assignment]) -> dict[str, int] | None:
    """By lesson how many more places a change of rows fills; None where it opens any."""
    before, found = region.judging.reading, {}
    after = before.changed(removed, added)
    for lesson in dict.fromkeys(row.lesson for row in (*added, *removed)):
        was, now = (max(0, each.short_of(lesson)) for each in (before, after))
        if now > was:
            return None
        if now < was:
            found[lesson] = was - now
    return found
