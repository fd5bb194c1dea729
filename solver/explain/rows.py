"""What some lessons and those who could give them must keep to, as rows of whole numbers over yes and no.

Rows say less than rules do, never more: what others give is taken to be whatever helps, and rows that an empty timetable
breaks are left out. So what the rows do not allow, no timetable does. They serve a linear programme, whose answer is
checked in whole numbers, and an exact model where there are few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf

from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from model.heads import counted, to_be_given
from model.promised import over
from model.rule import Literal
from solver.board import Board
from solver.plan.literals import Owners, giving
from solver.said import Limit

UNIT = 1 << 20
"""Parts of a lesson in which prices are counted."""

LEANING = 2e-5
"""What a lesson is filled for nothing, in the linear programme only: so it names no more lessons than a shortage has."""

Terms = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """What a linear programme says.

    Attributes:
        most: no timetable fills more of the lessons; added up in whole numbers from the prices, so true whatever they are.
        scarce: lessons whose people are scarce, as the prices say.
    """

    most: int
    scarce: tuple[str, ...]


class SharedLimits:
    """Hard limits that speak of several people, by person; made once for a board."""

    def __init__(self, board: Board) -> None:
        owners = board.once(Owners)
        self._limits = [each for each in board.shared.limits if each.price is None]
        self._by_person: dict[str, list[int]] = defaultdict(list)
        for number, limit in enumerate(self._limits):
            for person in frozenset[str]().union(*(owners.of(literal) for literal, _ in limit.terms)):
                self._by_person[person].append(number)

    def of(self, people: Iterable[str]) -> list[Limit]:
        """Limits that speak of any of these people."""
        return [
            self._limits[number] for number in sorted({each for who in people for each in self._by_person.get(who, ())})
        ]


class Rows:
    """The rows of some lessons.

    Attributes:
        people: who could give any of them.
        filled: by lesson the column that says it has all its people.
        rows: weights of columns, and what their sum is at most.
    """

    def __init__(self, board: Board, lessons: Collection[str], rules: Collection[str] | None = None) -> None:
        self.board = board
        self._rules = rules
        self._cliques: dict[int, list[frozenset[int]]] = defaultdict(list)
        self.rows: list[tuple[Terms, int]] = []
        self._column: dict[Literal, int] = {}
        self._tied: set[tuple[Literal, bool]] = set()
        self.filled = {lesson: number for number, lesson in enumerate(lessons)}
        self.columns = len(self.filled)
        of_lessons = (each for lesson in lessons for each in board.candidates_for(lesson))
        candidates = {each.index: each for each in of_lessons if each.index not in board.forbidden}
        self.people = tuple(dict.fromkeys(each.professional for each in candidates.values()))
        for each in candidates.values():
            self._column[board.teaches(each)] = self._new()
        for person in self.people:
            said = board.said_of(person)
            for clash in said.clashes:
                mine = [(board.teaches(each), 1) for each in clash.candidates]
                self._add(mine, 0 if len(mine) == 1 else 1)
                clique = frozenset(self._column[each] for each, _ in mine if each in self._column)
                for column in clique:
                    self._cliques[column].append(clique)
            self._add_all(said.limits)
        self._add_all(board.once(SharedLimits).of(self.people))
        for lesson in lessons:
            self._fill(lesson)
        self._drop_said()

    def _drop_said(self) -> None:
        """Leave out rows that others say: of columns of which at most one can be chosen, those of fewer of them."""
        ones: dict[int, list[frozenset[int]]] = defaultdict(list)
        said = []
        for terms, at_most in self.rows:
            sign = [weight for _, weight in terms]
            if set(sign) <= {1, -1} and sum(each for each in sign if each < 0) >= -1 and at_most == 1 - sign.count(-1):
                said.append(frozenset(each for each, weight in terms if weight > 0))
        for each in sorted(said, key=len, reverse=True):
            if not any(each < other for other in ones[next(iter(each))]):
                for column in each:
                    ones[column].append(each)
        kept = dict.fromkeys(self.rows)
        self.rows = [
            (terms, at_most)
            for terms, at_most in kept
            if at_most != 1
            or any(weight != 1 for _, weight in terms)
            or not any(frozenset(each for each, _ in terms) < other for other in ones[terms[0][0]])
        ]

    def _row(self, terms: Iterable[tuple[int, int]], at_most: int) -> None:
        """A row, its columns in order and each once."""
        weights: dict[int, int] = defaultdict(int)
        for column, weight in terms:
            weights[column] += weight
        self.rows.append((tuple(sorted(weights.items())), at_most))

    def _new(self) -> int:
        self.columns += 1
        return self.columns - 1

    def _add_all(self, limits: Iterable[Limit]) -> None:
        for limit in limits:
            if limit.price is None and (self._rules is None or limit.because.rule in self._rules):
                self._add(limit.terms, limit.at_most)

    def _add(self, terms: Iterable[tuple[Literal, int]], at_most: int, own: Terms = ()) -> None:
        """A row, as far as it speaks of these lessons and an empty timetable keeps it."""
        known = list(own)
        for literal, weight in terms:
            column = self._of(literal, raised=weight > 0)
            if column is not None:
                known.append((column, weight))
            elif weight < 0 and literal != self.board.false:
                at_most -= weight
        if 0 <= at_most < sum(weight for _, weight in known if weight > 0):
            self._row(known, at_most)

    def _of(self, literal: Literal, *, raised: bool) -> int | None:
        """The column of a literal, tied to its parts from below where it is held down, from above where it helps.

        None where nothing of these lessons decides it, so that it may be as it likes.
        """
        if (known := self._column.get(literal)) is not None and (literal, raised) in self._tied:
            return known
        kind, about = self.board.definitions[literal]
        match kind:
            case "teaches":
                return known
            case "at":
                parts = [self.board.teaches(self.board.candidates[each]) for each in giving(self.board, literal)]
            case "any" | "all":
                parts = [int(each or 0) for each in about]
            case _:
                return None
        columns = [self._of(part, raised=raised) for part in parts]
        mine = [each for each in columns if each is not None]
        whole = len(mine) == len(columns)
        # Any of several is as false as all of them; all of several as true as each.
        if not mine or ((kind == "all") == raised and not whole):
            return None
        self._tied.add((literal, raised))
        made = self._column[literal] = self._new() if known is None else known
        one_by_one = (kind == "all") != raised
        if one_by_one:
            if raised:
                for some in self._covered(mine):
                    self._row([*((each, 1) for each in some), (made, -1)], 0)
            else:
                for each in mine:
                    self._row([(each, -1), (made, 1)], 0)
        elif raised:
            self._row([*((each, 1) for each in mine), (made, -1)], len(mine) - 1)
        else:
            self._row([*((each, -1) for each in mine), (made, 1)], 0)
        return made

    def _covered(self, columns: Iterable[int]) -> Iterator[Sequence[int]]:
        """Columns in few sets of which at most one can be chosen."""
        left = dict.fromkeys(columns)
        while left:
            column = next(iter(left))
            together = max(
                (clique & left.keys() for clique in self._cliques.get(column, ())),
                key=len,
                default=frozenset((column,)),
            )
            yield sorted(together)
            for each in together:
                del left[each]

    def _fill(self, lesson: str) -> None:
        """A lesson is filled where it has all its people on every date to come."""
        board, filled = self.board, self.filled[lesson]
        heads = board.term.course(board.term.lesson(lesson).course).heads
        past = over(board.calendar)
        if to_be_given(board, lesson):
            least = 1 if past else heads
            given = [(board.teaches(each), -1) for each in board.candidates_for(lesson)]
            self._add(given, 0, ((filled, least),))
        for at, counting, dates in counted(board, lesson):
            if dates & ~past:
                given = [(board.teaches(each), -1) for each in counting]
                if at == board.true:
                    self._add(given, 0, ((filled, heads),))
                else:
                    self._add([*given, (at, heads)], heads, ((filled, heads),))

    # What they allow

    def most(self, seconds: float) -> int:
        """How many of the lessons can be filled at most: exactly, or what is proved of it in some time."""
        model = cp_model.CpModel()
        columns = [model.new_bool_var("") for _ in range(self.columns)]
        for terms, at_most in self.rows:
            if at_most == 1 and all(weight == 1 for _, weight in terms):
                model.add_at_most_one(columns[each] for each, _ in terms)
            else:
                total = cp_model.LinearExpr.weighted_sum(
                    [columns[each] for each, _ in terms], [weight for _, weight in terms]
                )
                model.add(total <= at_most)
        model.maximize(sum(columns[each] for each in self.filled.values()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        solver.parameters.max_time_in_seconds = max(0.01, seconds)
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return len(self.filled)
        return min(len(self.filled), int(solver.best_objective_bound + 1e-6))

    def priced(self, seconds: float) -> Priced | None:
        """What the linear programme over these rows says; None where it was not solved in time."""
        filling = {each: lesson for lesson, each in self.filled.items()}
        model = mathopt.Model.from_model_proto(self._programme())
        made = list(model.linear_constraints())
        parameters = mathopt.SolveParameters(
            lp_algorithm=mathopt.LPAlgorithm.BARRIER,
            presolve=mathopt.Emphasis.OFF,  # with it, and without crossover, HiGHS ends without an answer
            time_limit=timedelta(seconds=max(0.1, seconds)),
        )
        parameters.highs.string_options["run_crossover"] = "off"
        parameters.highs.double_options["ipm_optimality_tolerance"] = 1e-5
        try:
            result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)
        except Exception:  # noqa: BLE001  a solver that gives up says nothing; how that is raised differs
            return None
        if not result.has_dual_feasible_solution():
            return None
        prices = [max(0, round(UNIT * each)) for each in result.dual_values(made)]
        of_lesson = [0] * len(filling)
        for price, (terms, _) in zip(prices, self.rows, strict=True):
            for each, weight in terms:
                if each < len(filling) and price:
                    of_lesson[each] += price * weight
        scarce = tuple(lesson for each, lesson in filling.items() if of_lesson[each] * 10 > UNIT)
        return Priced(self.at_prices(prices), scarce)

    def _programme(self) -> model_pb2.ModelProto:
        """The linear programme, written out at once: term by term it takes as long as to solve it."""
        found = model_pb2.ModelProto()
        found.variables.ids.extend(range(self.columns))
        found.variables.lower_bounds.extend([0.0] * self.columns)
        found.variables.upper_bounds.extend([1.0] * self.columns)
        found.variables.integers.extend([False] * self.columns)
        found.objective.maximize = True
        found.objective.linear_coefficients.ids.extend(self.filled.values())
        found.objective.linear_coefficients.values.extend([1.0] * len(self.filled))
        found.linear_constraints.ids.extend(range(len(self.rows)))
        found.linear_constraints.lower_bounds.extend([-inf] * len(self.rows))
        matrix = found.linear_constraint_matrix
        for number, (terms, at_most) in enumerate(self.rows):
            leaning = LEANING if at_most == 0 and terms[0][0] < len(self.filled) else 0.0
            found.linear_constraints.upper_bounds.append(at_most + leaning)
            matrix.row_ids.extend([number] * len(terms))
            matrix.column_ids.extend([each for each, _ in terms])
            matrix.coefficients.extend([float(weight) for _, weight in terms])
        return found

    def at_prices(self, prices: list[int]) -> int:
        """How many lessons can be filled at most, by prices of rows: each column adds what is left of its worth, if anything."""
        left = [UNIT * (each in range(len(self.filled))) for each in range(self.columns)]
        total = 0
        for price, (terms, at_most) in zip(prices, self.rows, strict=True):
            total += price * at_most
            for each, weight in terms:
                left[each] -= price * weight
        total += sum(each for each in left if each > 0)
        return min(len(self.filled), total // UNIT)
