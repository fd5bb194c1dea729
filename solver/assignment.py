"""The assignment model: one Boolean per candidate, every verb of the board as CP-SAT constraints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from ortools.sat.python import cp_model

from model.day import Stop
from model.rule import Candidate, DayClass, DayStop, Literal
from model.timetable import Assignment, Timetable
from solver.board import Board
from solver.said import Legs, Level, Limit


class Chosen(Protocol):
    """What a timetable takes from a candidate, whoever numbers it."""

    @property
    def professional(self) -> str: ...
    @property
    def lessons(self) -> tuple[str, ...]: ...
    @property
    def options(self) -> tuple[str | None, ...]: ...
    @property
    def weeks(self) -> frozenset[int] | None: ...


class AssignmentModel:
    """CP-SAT model of a board; larger values are better."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.cp = cp_model.CpModel()
        self._variables: dict[Literal, cp_model.IntVar] = {}
        self._costs: list[tuple[cp_model.IntVar, int]] = []
        for candidate in board.candidates:
            if candidate.index not in board.forbidden:
                self.variable(board.teaches(candidate))
        self._add_clashes()
        for limit in board.limits:
            self._add_limit(limit)
        for price in board.prices:
            self._costs += [(self.variable(literal), weight) for literal, weight in price.terms]
        for level in board.levels:
            self._add_level(level)
        for professional, legs in board.leg_costs.items():
            self._add_days(professional, legs)
        self.cp.maximize(
            cp_model.LinearExpr.weighted_sum([each for each, _ in self._costs], [-weight for _, weight in self._costs])
        )

    def maximize(self, gains: Iterable[tuple[Literal, int]]) -> None:
        """Count these instead of what the board says things are worth."""
        terms = [(self.variable(literal), weight) for literal, weight in gains]
        self.cp.maximize(cp_model.LinearExpr.weighted_sum([each for each, _ in terms], [weight for _, weight in terms]))

    def hint(self, timetable: Timetable) -> None:
        """Suggest what a timetable chooses, as far as it is on the board."""
        held = candidates_in(self.board, timetable)
        for candidate in self.board.candidates:
            if candidate.index not in self.board.forbidden:
                self.cp.add_hint(self.variable(self.board.teaches(candidate)), candidate.index in held)

    # Literals

    def variable(self, literal: Literal) -> cp_model.IntVar:
        """The Boolean of a literal, made with what defines it on first use."""
        if literal not in self._variables:
            kind, about = self.board.definitions[literal]
            made = self.cp.new_bool_var(f"{kind}{about}" if kind in ("teaches", "at") else "")
            self._variables[literal] = made
            match kind:
                case "true":
                    self.cp.add_bool_and([made])
                case "false":
                    self.cp.add_bool_and([~made])
                case "teaches" if about[0] in self.board.forbidden:
                    self.cp.add_bool_and([~made])
                case "at":
                    lesson, option = str(about[0]), about[1]
                    giving = [
                        each
                        for each in self.board.candidates_for(lesson)
                        if each.options[each.lessons.index(lesson)] == option
                    ]
                    self._define_any(made, [self.variable(self.board.teaches(each)) for each in giving])
                case "any":
                    self._define_any(made, [self.variable(int(each or 0)) for each in about])
                case "all":
                    parts = [self.variable(int(each or 0)) for each in about]
                    for part in parts:
                        self.cp.add_implication(made, part)
                    self.cp.add_bool_or([*(~part for part in parts), made])
        return self._variables[literal]

    def _define_any(self, made: cp_model.IntVar, parts: list[cp_model.IntVar]) -> None:
        for part in parts:
            self.cp.add_implication(part, made)
        self.cp.add_bool_or([*parts, ~made])

    def _any(self, candidates: Iterable[Candidate]) -> cp_model.IntVar:
        return self.variable(self.board.any_of(self.board.teaches(candidate) for candidate in candidates))

    def _add_days(self, professional: str, legs: Sequence[Legs]) -> None:
        """What the steps of somebody's days cost."""

        def cost(before: Stop | None, after: Stop | None) -> int:
            return sum(each.cost(before, after) for each in legs)

        for day in self.board.days_of(professional):
            stops = [each.stop for each in day.stops]
            opening = [cost(None, stop) for stop in stops]
            closing = [cost(stop, None) for stop in stops]
            following = {(i, j): cost(stops[i], stops[j]) for i, j in self.board.arcs(day)}
            if any(opening) or any(closing) or any(following.values()):
                self._add_route(day, opening, closing, following)

    def _add_route(
        self, day: DayClass, opening: list[int], closing: list[int], following: dict[tuple[int, int], int]
    ) -> None:
        """One path in order of time past all stops that are there, on days with lessons; none on other days."""
        cp = self.cp
        taught = self._any(each.candidate for each in day.stops if each.candidate is not None)
        first, last = ([cp.new_bool_var("") for _ in day.stops] for _ in range(2))
        entering, leaving = [[arc] for arc in first], [[arc] for arc in last]
        self._costs += [(arc, day.count * each) for arc, each in zip(first, opening, strict=True) if each]
        self._costs += [(arc, day.count * each) for arc, each in zip(last, closing, strict=True) if each]
        for (before, after), each in following.items():
            arc = cp.new_bool_var("")
            leaving[before].append(arc)
            entering[after].append(arc)
            if each:
                self._costs.append((arc, day.count * each))
        for index, stop in enumerate(day.stops):
            there = self._there(stop, taught)
            cp.add_exactly_one([*entering[index], ~there])
            cp.add_exactly_one([*leaving[index], ~there])
        cp.add_exactly_one([*first, ~taught])
        cp.add_exactly_one([*last, ~taught])

    def _there(self, each: DayStop, taught: cp_model.IntVar) -> cp_model.IntVar:
        """Whether a stop is part of the day: a lesson when given, work on days with lessons unless pushed out."""
        if each.candidate is not None:
            return self.variable(self.board.teaches(each.candidate))
        if not each.unless:
            return taught
        there, pushed = self.cp.new_bool_var(""), self._any(each.unless)
        self.cp.add_implication(there, taught)
        self.cp.add_implication(there, ~pushed)
        self.cp.add_bool_or([~taught, pushed, there])
        return there

    # Verbs

    def _add_clashes(self) -> None:
        for clash in self.board.clashes:
            variables = [self.variable(self.board.teaches(each)) for each in clash.candidates]
            if len(variables) > 2:
                self.cp.add_at_most_one(variables)
            else:
                self.cp.add_bool_or([~each for each in variables])

    def _add_limit(self, limit: Limit) -> None:
        variables = [self.variable(literal) for literal, _ in limit.terms]
        weights = [weight for _, weight in limit.terms]
        if limit.price is not None:
            most = sum(weight for weight in weights if weight > 0) - limit.at_most
            excess = self.cp.new_int_var(0, most, "")
            total = cp_model.LinearExpr.weighted_sum([*variables, excess], [*weights, -1])
            self.cp.add(total <= limit.at_most)
            self._costs.append((excess, limit.price))
        elif limit.at_most == 1 and all(weight == 1 for weight in weights):
            self.cp.add_at_most_one(variables)
        elif all(weight == -1 for weight in weights) and limit.at_most == -1:
            self.cp.add_bool_or(variables)
        elif len(limit.terms) == 2 and sorted(weights) == [-1, 1] and limit.at_most == 0:
            cause, effect = sorted(limit.terms, key=lambda term: -term[1])
            self.cp.add_implication(self.variable(cause[0]), self.variable(effect[0]))
        else:
            self.cp.add(cp_model.LinearExpr.weighted_sum(variables, weights) <= limit.at_most)

    def _add_level(self, level: Level) -> None:
        sums = [
            ([self.variable(literal) for literal, _ in group], [weight for _, weight in group])
            for group in level.groups
        ]
        least = min(sum(weight for weight in weights if weight < 0) for _, weights in sums)
        most = min(sum(weight for weight in weights if weight > 0) for _, weights in sums)
        smallest = self.cp.new_int_var(least, max(least, most), "")
        for variables, weights in sums:
            self.cp.add(smallest <= cp_model.LinearExpr.weighted_sum(variables, weights))
        self._costs.append((smallest, -level.weight))

    # Timetables

    def fix(self, timetable: Timetable) -> None:
        """Allow this timetable only: whole candidates, as `candidates_in` finds them."""
        chosen = candidates_in(self.board, timetable)
        for candidate in self.board.candidates:
            if candidate.index in self.board.forbidden:
                if candidate.index in chosen:
                    self.cp.add_bool_or([])
                continue
            variable = self.variable(self.board.teaches(candidate))
            self.cp.add_bool_and([variable if candidate.index in chosen else ~variable])

    def read(self, solver: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> Timetable:
        """The timetable of a solution."""
        chosen = [
            candidate
            for candidate in self.board.candidates
            if candidate.index not in self.board.forbidden
            and solver.boolean_value(self.variable(self.board.teaches(candidate)))
        ]
        return timetable_of(chosen)


def timetable_of(candidates: Iterable[Chosen]) -> Timetable:
    """The timetable that chooses these candidates: one row for each person with a lesson, in the weeks of all of them."""
    weeks: dict[tuple[str, str, str | None], frozenset[int] | None] = {}
    for each in candidates:
        for lesson, option in zip(each.lessons, each.options, strict=True):
            row = (lesson, each.professional, option)
            before = weeks.get(row, frozenset())
            weeks[row] = None if before is None or each.weeks is None else before | each.weeks
    return Timetable(
        assignments=tuple(
            Assignment(lesson=lesson, professional=professional, option=option, weeks=of_row)
            for (lesson, professional, option), of_row in weeks.items()
        )
    )


def candidates_in(board: Board, timetable: Timetable) -> set[int]:
    """Indices of the candidates that a timetable chooses whole: all their lessons, on all their dates."""
    given = {
        (row.professional, row.lesson, row.option): board.calendar.in_weeks(row.weeks) for row in timetable.assignments
    }
    return {
        candidate.index
        for candidate in board.candidates
        if all(
            (candidate.professional, lesson, option) in given
            for lesson, option in zip(candidate.lessons, candidate.options, strict=True)
        )
        and all(not part.dates & ~given[candidate.professional, part.lesson, part.option] for part in candidate.parts)
    }
