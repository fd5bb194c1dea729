"""CP-SAT over plans: the best choice among some plans of some people, while everybody else keeps theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from solver.cp import whole
from solver.plan.choice import Choice
from solver.plan.outline import Outline, Written
from solver.plan.tables import Tables


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a pool: the plans of the people in it, if any were found, and a bound on what these plans can reach.

    Attributes:
        plans: place by person; None when nothing was found.
        bound: with the plans in the pool, and everybody else as they are, nothing is worth more; None if unknown.
        proved: whether nothing in the pool is better.
        impossible: whether nothing in the pool goes together.
        effort: deterministic time used.
    """

    plans: dict[int, int] | None
    bound: int | None
    proved: bool
    impossible: bool
    effort: float


class Pool:
    """A model of plans: `options` are places by person; the rest of `around` stays as it is.

    People in `free` may have any plan, in outline: what is found is worth no more than the model makes of it. With `shaken` every plan is taken for a little more or less than it is worth, by chance: for other choices, about as good.
    """

    def __init__(
        self,
        tables: Tables,
        options: Mapping[int, Sequence[int]],
        around: Choice | None,
        shaken: Callable[[int], int] | None = None,
        free: Mapping[int, Outline] | None = None,
    ) -> None:
        self.tables = tables
        self.options = options
        self.around = around
        self.free = free or {}
        self.cp = cp_model.CpModel()
        self._chosen: dict[int, list[cp_model.IntVar]] = {}
        self._rows: dict[int, list[tuple[cp_model.IntVar, int]]] = defaultdict(list)
        self._worth: list[tuple[cp_model.IntVar, int]] = []
        for person, places in options.items():
            made = [self.cp.new_bool_var("") for _ in places]
            self.cp.add_exactly_one(made)
            self._chosen[person] = made
            for variable, place in zip(made, places, strict=True):
                worth = int(tables[person].values[place])
                self._worth.append((variable, worth if shaken is None else shaken(worth)))
                for row, weight in tables.entries(person, place).items():
                    self._rows[row].append((variable, weight))
        self._written = {person: self._write(person, outline) for person, outline in self.free.items()}
        self._variables = self._free_variables()
        for number, variable in self._variables.items():
            gain = tables.master.variables[number].gain
            if gain:
                self._worth.append((variable, gain))
            for row, weight in tables.master.rows_of_variable[number]:
                self._rows[row].append((variable, weight))
        self.constant = self._add_rows()
        self.cp.maximize(
            cp_model.LinearExpr.weighted_sum([each for each, _ in self._worth], [worth for _, worth in self._worth])
        )

    def _write(self, person: int, outline: Outline) -> Written:
        """Somebody who may have any plan."""
        written = outline.write(self.cp)
        self._worth += written.worth
        features = [written.said(each) for each in outline.personal.said_features]
        for place, row, weight in self.tables.master.rows_of[person]:
            self._rows[row].append((features[place], weight))
        return written

    def _free_variables(self) -> dict[int, cp_model.IntVar]:
        """Variables that may change with the plans in the pool: those in its rows, and in rows with those."""
        master = self.tables.master
        if self.around is None:
            found = set(range(len(master.variables)))
        else:
            found = set()
            rows, seen = list(self._rows), set(self._rows)
            while rows:
                for number, _ in master.rows[rows.pop()].variables:
                    if number not in found:
                        found.add(number)
                        more = [row for row, _ in master.rows_of_variable[number] if row not in seen]
                        seen.update(more)
                        rows += more
        return {
            number: self.cp.new_int_var(master.variables[number].low, master.variables[number].high, "")
            for number in sorted(found)
        }

    def _add_rows(self) -> int:
        """Rows with what the rest leaves of them; returns what the rest is worth."""
        master, around = self.tables.master, self.around
        left = {row: int(master.room[row]) for row in (self._rows if around else range(master.tying))}
        constant = master.constant
        if around is not None:
            constant = around.value
            for row in left:
                left[row] -= int(around.activity[row])
            for person in (*self.options, *self.free):
                constant -= int(self.tables[person].values[around.places[person]])
                for row, weight in self.tables.entries(person, around.places[person]).items():
                    if row in left:
                        left[row] += weight
            for number in self._variables:
                constant -= around.variables[number] * master.variables[number].gain
                for row, weight in master.rows_of_variable[number]:
                    left[row] += weight * around.variables[number]
        for row, room in left.items():
            self._add_row(self._rows.get(row, ()), room)
        return constant

    def _add_row(self, terms: Sequence[tuple[cp_model.IntVar, int]], room: int) -> None:
        weights = [weight for _, weight in terms]
        variables = [variable for variable, _ in terms]
        if room == 1 and all(weight == 1 for weight in weights):
            self.cp.add_at_most_one(variables)
        elif weights or room < 0:
            self.cp.add(cp_model.LinearExpr.weighted_sum(variables, weights) <= room)

    def hint(self, choice: Choice) -> None:
        """Suggest a choice whose plans are in the pool."""
        for person, places in self.options.items():
            for variable, place in zip(self._chosen[person], places, strict=True):
                self.cp.add_hint(variable, int(place == choice.places[person]))
        for person, written in self._written.items():
            mask = self.tables.mask(person, choice.places[person])
            for bit in range(self.free[person].personal.size):
                self.cp.add_hint(written.bits[bit], mask >> bit & 1)
        for number, variable in self._variables.items():
            self.cp.add_hint(variable, choice.variables[number])

    def solve(self, solver: cp_model.CpSolver, found: Callable[[dict[int, int], int], None] | None = None) -> Answer:
        """The best choice in the pool, as far as the solver gets; tells of every better one on the way."""
        status = solver.solve(self.cp, None if found is None else _Reporter(self, found))
        if status == cp_model.MODEL_INVALID:
            raise ValueError(self.cp.validate())
        if status in (cp_model.INFEASIBLE, cp_model.UNKNOWN):
            effort = solver.response_proto.deterministic_time
            return Answer(None, None, proved=False, impossible=status == cp_model.INFEASIBLE, effort=effort)
        bound = self.constant + whole(solver.best_objective_bound)
        effort = solver.response_proto.deterministic_time
        return Answer(self.read(solver), bound, status == cp_model.OPTIMAL, impossible=False, effort=effort)

    def read(self, solver: cp_model.CpSolver | cp_model.CpSolverSolutionCallback) -> dict[int, int]:
        """The places of a solution, by person; plans in outline join the tables, where they are among those that grow."""
        places = {
            person: next(
                place
                for variable, place in zip(made, self.options[person], strict=True)
                if solver.boolean_value(variable)
            )
            for person, made in self._chosen.items()
        }
        for person, written in self._written.items():
            size = self.free[person].personal.size
            mask = sum(1 << bit for bit in range(size) if solver.boolean_value(written.bits[bit]))
            (place,) = self.tables.places(person, [mask])
            assert place is not None, "an outline keeps every rule"
            places[person] = place
        return places


class _Reporter(cp_model.CpSolverSolutionCallback):
    """Tells of every better choice, with the solver's bound."""

    def __init__(self, pool: Pool, found: Callable[[dict[int, int], int], None]) -> None:
        super().__init__()
        self._pool = pool
        self._found = found

    def on_solution_callback(self) -> None:
        """Called by the solver."""
        self._found(self._pool.read(self), self._pool.constant + whole(self.best_objective_bound))
