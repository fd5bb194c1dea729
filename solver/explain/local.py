"""Small models around a question: some people may plan anew, some may only give up what they have, all else stays.

The constraints are those of the whole board, with everybody else's choices filled in; only limits that speak of somebody
who may change are written. Whoever may only give up lessons is held to no rule of their own, so that a model says too
much rather than too little is possible: what it calls impossible is.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from ortools.sat.python import cp_model

from model.heads import counted, to_be_given
from model.promised import over
from model.rule import Candidate, Literal
from model.timetable import Assignment
from solver.assignment import AssignmentModel, timetable_of
from solver.explain.part import Part
from solver.explain.whole import Whole
from solver.said import Clash, Limit


class Answered(Enum):
    """How a solve of a small model ended."""

    FOUND = "found"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"
    FAILED = "failed"
    """The process that was to find out crashed, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Solved:
    """What came of it.

    Attributes:
        chosen: candidates chosen among those that may change.
        proved: whether nothing in the model is better.
        missing: by how much the objective may still be better.
    """

    answered: Answered
    chosen: tuple[Candidate, ...] = ()
    proved: bool = False
    missing: int = 0


class Local(AssignmentModel):
    """A small model.

    Args:
        planning: by person the candidates they may have, with those they have; they keep to all their own rules.
        dropping: people who may give up what they have.
        relaxed: whether everybody else may do what would help: then what is impossible is so whatever they do.
        priced: whether it looks for what is worth most; nobody then gives up lessons only.
        alone: whether only what people's own rules say is written.
    """

    by_parts: ClassVar[bool] = True
    """Whether people's own rules are written as they stand, so that it need not be worked out anew what they say."""

    def __init__(
        self,
        whole: Whole,
        planning: Mapping[str, Collection[Candidate]],
        dropping: Iterable[str] = (),
        *,
        relaxed: bool = False,
        priced: bool = False,
        alone: bool = False,
    ) -> None:
        self.whole = whole
        self.board = whole.board
        self.cp = cp_model.CpModel()
        self._variables: dict[Literal, cp_model.IntVar] = {}
        self._costs: list[tuple[cp_model.IntVar, int]] = []
        self._kept: dict[str, cp_model.IntVar] = {}
        self._best: tuple[Candidate, ...] | None = None
        self._known: dict[Literal, bool | None] = {}
        self._said: set[tuple[tuple[tuple[Literal, int], ...], int]] = set()
        dropping = [person for person in dict.fromkeys(dropping) if person not in planning]
        self.may_change = {each.index for mine in planning.values() for each in mine}
        self.may_change |= {each.index for person in planning for each in whole.held_by[person]}
        self.may_change |= {each.index for person in dropping for each in whole.held_by[person]}
        self._touched = set[Literal]().union(*(whole.speaking[person] for person in (*planning, *dropping)))
        ready = self.by_parts and not alone
        written = {each for each in planning if whole.is_all(each, planning[each])} if ready else set()
        for person in (each for each in planning if each in written):
            part = self.part(whole, person)
            self._variables.update(part.write(self.cp))
            self._known.update(dict.fromkeys(part.free, None))
        for index in sorted(self.may_change):
            self.variable(self.board.teaches(self.board.candidates[index]))
        for person in planning:
            if person not in written:
                self._write_person(person)
        if alone:
            return
        for limit in whole.shared_of((*planning, *dropping)):
            helped = (whole.owners.of(literal) - planning.keys() for literal, weight in limit.terms if weight < 0)
            if not relaxed or not any(helped):
                self._add_limit(limit)
        if priced:
            self._price(planning)

    @staticmethod
    def part(whole: Whole, person: str) -> Part:
        """What somebody who plans anew may do by their own rules, to be written into models; kept."""
        if person not in whole.parts:
            alone = Local(whole, {person: whole.board.candidates_of(person)}, alone=True)
            whole.parts[person] = Part.of(alone.cp, alone._variables)
        return whole.parts[person]

    def _price(self, planning: Iterable[str]) -> None:
        """What the plans of these people are worth."""
        said = {person: self.board.said_of(person) for person in planning}
        for limit in self.whole.shared_of(said, priced=True):
            self._add_limit(limit)
        prices = self.whole.prices_of(said)
        for person, each in said.items():
            prices += each.prices
            for limit in each.limits:
                if limit.price is not None:
                    self._add_limit(limit)
            self._add_days(person, each.legs)
        for price in prices:
            self._costs += [
                (self.variable(literal), weight) for literal, weight in price.terms if self._fixed(literal) is None
            ]
        for level in self.board.levels:
            self._add_level(level)
        variables, weights = [each for each, _ in self._costs], [-weight for _, weight in self._costs]
        self.cp.maximize(cp_model.LinearExpr.weighted_sum(variables, weights))

    def _write_person(self, person: str) -> None:
        said = self.board.said_of(person)
        for clash in said.clashes:
            self._add_clash(clash)
        for limit in said.limits:
            if limit.price is None:
                self._add_limit(limit)

    def _add_clash(self, clash: Clash) -> None:
        variables = [self._gives(each.index) for each in clash.candidates if each.index in self.may_change]
        if len(clash.candidates) == 1:
            self.cp.add_bool_or([~each for each in variables])
        elif len(variables) > 1:
            self.cp.add_at_most_one(variables)

    def variable(self, literal: Literal) -> cp_model.IntVar:
        """The Boolean of a literal; what cannot change is what it is."""
        found = self._variables.get(literal)
        if found is not None:
            return found
        fixed = self._fixed(literal)
        if fixed is not None:
            self._variables[literal] = self.cp.new_constant(int(fixed))
        elif self.board.definitions[literal].kind in ("any", "at"):
            made = self._variables[literal] = self.cp.new_bool_var("")
            self._define_any(
                made, [self.variable(each) for each in self.whole.parts_of(literal) if self._fixed(each) is None]
            )
        return super().variable(literal)

    def _fixed(self, literal: Literal) -> bool | None:
        """Whether a literal is true or false whatever changes; None where that depends."""
        if literal not in self._known:
            kind, about = self.board.definitions[literal]
            if literal < self.whole.literals and literal not in self._touched:
                self._known[literal] = self.whole.holds(literal)
            elif kind == "teaches":
                index = int(about[0] or 0)
                depends = index in self.may_change and index not in self.board.forbidden
                self._known[literal] = None if depends else index in self.whole.held
            elif kind in ("true", "false"):
                self._known[literal] = kind == "true"
            else:
                parts = {self._fixed(each) for each in self.whole.parts_of(literal)}
                decisive = kind != "all"
                self._known[literal] = decisive if decisive in parts else None if None in parts else not decisive
        return self._known[literal]

    def _add_limit(self, limit: Limit) -> None:
        """A limit without what cannot change, unless it holds anyway or is said already."""
        at_most, known, free = limit.at_most, self._known, []
        for term in limit.terms:
            literal, weight = term
            fixed = known[literal] if literal in known else self._fixed(literal)
            if fixed is None:
                free.append(term)
            elif fixed:
                at_most -= weight
        terms = tuple(free)
        if limit.price is not None:
            if sum(weight for _, weight in terms if weight > 0) > at_most:
                super()._add_limit(limit._replace(terms=terms, at_most=at_most))
        elif sum(weight for _, weight in terms if weight > 0) > at_most and (terms, at_most) not in self._said:
            self._said.add((terms, at_most))
            if terms:
                super()._add_limit(limit._replace(terms=terms, at_most=at_most))
            else:
                self.cp.add_bool_or([])

    # What is asked

    def force(self, candidate: Candidate) -> None:
        """Somebody gives this."""
        self.cp.add_bool_and([self.variable(self.board.teaches(candidate))])

    def require(self, lesson: str) -> None:
        """A lesson has all its people on every date to come."""
        board, term = self.board, self.board.term
        course = term.course(term.lesson(lesson).course)
        past = over(board.calendar)
        limits: list[tuple[list[tuple[Literal, int]], int]] = []
        if to_be_given(board, lesson):
            terms = [(board.teaches(each), 1) for each in board.candidates_for(lesson)]
            limits.append((terms, 1 if past else course.heads))
        for at, counting, dates in counted(board, lesson):
            if dates & ~past:
                terms = [(board.teaches(each), 1) for each in counting]
                limits.append(([*terms, (at, -course.heads)], 0))
        for terms, least in limits:
            expression = cp_model.LinearExpr.weighted_sum(
                [self.variable(literal) for literal, _ in terms], [weight for _, weight in terms]
            )
            self.cp.add(expression >= least)

    def keep(self, lesson: str) -> cp_model.IntVar:
        """What says that a lesson, whoever gives it, has as many people in each part of the term as it has now."""
        if lesson not in self._kept:
            kept = self._kept[lesson] = self.cp.new_bool_var(f"keep {lesson}")
            for counting in self.whole.counting(lesson):
                free = [index for index in counting if index in self.may_change]
                lost = sum(index in self.whole.held for index in free)
                if lost == 1:
                    self.cp.add_bool_or([*(self._gives(index) for index in free), ~kept])
                elif lost:
                    given = cp_model.LinearExpr.sum([self._gives(index) for index in free])
                    self.cp.add(given >= lost).only_enforce_if(kept)
        return self._kept[lesson]

    def affected(self) -> Iterable[str]:
        """Lessons that somebody who may change gives."""
        held = sorted(self.may_change & self.whole.held)
        return dict.fromkeys(lesson for index in held for lesson in self.board.candidates[index].lessons)

    def keeps_all(self, seconds: float, required: Collection[str]) -> tuple[Answered, list[str]]:
        """Whether everything affected can be kept; where that is impossible, what it takes to make it so beside what is required."""
        for lesson in self.affected():
            kept = self.keep(lesson)
            if lesson in required:
                self.cp.add_bool_and([kept])
        free = {kept.index: lesson for lesson, kept in self._kept.items() if lesson not in required}
        self.cp.clear_assumptions()
        self.cp.add_assumptions([self._kept[lesson] for lesson in free.values()])
        solver = solver_for(seconds)
        # for a core presolving does harm: two to three times as long, and more in it
        solver.parameters.cp_model_presolve = False
        status = self._solve(solver)
        if status == cp_model.INFEASIBLE:
            core = solver.sufficient_assumptions_for_infeasibility()
            return Answered.IMPOSSIBLE, [free[each] for each in core if each in free]
        if status == cp_model.UNKNOWN:
            return Answered.UNKNOWN, []
        self._best = self._chosen(solver)
        return Answered.FOUND, []

    def fewest_changes(self, seconds: float, seed: int = 0) -> Solved:
        """What keeps all and changes least; found already, so that with no time left it is what was found."""
        self.cp.clear_assumptions()
        self.cp.add_bool_and(list(self._kept.values()))
        terms = [(self._gives(index), -1 if index in self.whole.held else 1) for index in sorted(self.may_change)]
        self.cp.minimize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [weight for _, weight in terms]))
        return self.solve(seconds, seed)

    def _gives(self, index: int) -> cp_model.IntVar:
        return self.variable(self.board.teaches(self.board.candidates[index]))

    def _chosen(self, solver: cp_model.CpSolver) -> tuple[Candidate, ...]:
        return tuple(
            self.board.candidates[index]
            for index in sorted(self.may_change)
            if solver.boolean_value(self._gives(index))
        )

    def solve(self, seconds: float, seed: int = 0) -> Solved:
        """Solve it with one worker, from what was found before or from what stands."""
        hinted = self.whole.held if self._best is None else {each.index for each in self._best}
        for index in sorted(self.may_change - self.board.forbidden.keys()):  # what is given though forbidden stays
            self.cp.add_hint(self._gives(index), index in hinted)
        if seconds <= 0:
            return Solved(Answered.UNKNOWN) if self._best is None else Solved(Answered.FOUND, self._best)
        solver = solver_for(seconds, seed)
        status = self._solve(solver)
        if status == cp_model.INFEASIBLE:
            return Solved(Answered.IMPOSSIBLE, proved=True)
        if status == cp_model.UNKNOWN:
            return Solved(Answered.UNKNOWN) if self._best is None else Solved(Answered.FOUND, self._best)
        missing = math.floor(abs(solver.best_objective_bound - solver.objective_value) + 1e-6)
        return Solved(Answered.FOUND, self._chosen(solver), proved=status == cp_model.OPTIMAL, missing=missing)

    def _solve(self, solver: cp_model.CpSolver) -> int:
        status = solver.solve(self.cp)
        if status == cp_model.MODEL_INVALID:
            raise ValueError(self.cp.validate())
        return int(status)

    def rows(self, chosen: Iterable[Candidate]) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
        """Rows of the timetable that go, and that come, with these candidates chosen among those that may change."""
        stays = [self.board.candidates[index] for index in self.whole.held if index not in self.may_change]
        people = {self.board.candidates[index].professional for index in self.may_change}
        mine = [each for each in stays if each.professional in people]
        region = self.whole.region
        before = {region.given(row): row for row in region.timetable.assignments if row.professional in people}
        after = {region.given(row): row for row in timetable_of([*mine, *chosen]).assignments}
        gone = sorted((row for said, row in before.items() if said not in after), key=str)
        come = sorted((row for said, row in after.items() if said not in before), key=str)
        return tuple(gone), tuple(come)


def warm(whole: Whole) -> None:
    """Work out what everybody may do by their own rules, for all processes begun after this."""
    for person in dict.fromkeys(each.professional for each in whole.board.candidates):
        Local.part(whole, person)


def solver_for(seconds: float, seed: int = 0) -> cp_model.CpSolver:
    """One worker, that long."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    return solver
