"""Small regions in which people are scarce, with a timetable that breaks nothing, and models of all of it to compare with.

Every lesson asks for one person in all weeks, so that what is filled can be read off the rows of a timetable, and what a
model of everything has to give is one clause a lesson. Nothing here uses the small models that are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from model.judge import judge
from model.people import Carpool
from model.rule import Candidate
from model.rules import BY_NAME
from model.term import Term
from model.timetable import Assignment, Timetable
from solver.assignment import AssignmentModel, candidates_in
from solver.board import Board
from solver.explain.conflict import fact_of
from tests.random_regions import Pick, seldom
from tests.regions import Row, course, lesson, licence, person, release, small_term, work

SECONDS = 20.0
"""More than any of these questions needs."""


def quietly(examples: int) -> settings:
    """So many examples, the same on every run."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=quiet,
    )


@dataclass(frozen=True, slots=True)
class Scarce:
    """A term and a timetable of it that breaks nothing."""

    term: Term
    timetable: Timetable

    def __repr__(self) -> str:
        tables = self.term.model_dump(exclude_defaults=True, mode="json")
        for table in ("time_grids", "travel_times"):
            tables.pop(table, None)
        rows = [(row.lesson, row.professional, row.option) for row in self.timetable.assignments]
        return f"Scarce(\n  term={tables},\n  rows={rows})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # noqa: FBT001  as hypothesis calls it
        printer.text(repr(self))

    @property
    def open(self) -> list[str]:
        """Lessons that nobody gives."""
        given = filled(self.timetable)
        return [row.id for row in self.term.lessons if row.id not in given]


def filled(timetable: Timetable) -> set[str]:
    """Lessons that somebody gives."""
    return {row.lesson for row in timetable.assignments}


def scarce(*, tiny: bool = False, riding: bool = False) -> st.SearchStrategy[Scarce]:
    """A region; a tiny one has three lessons, at one time each, so that all of its timetables can be tried.

    In one that is riding two people come only together. Half of them come from a seed, with which there is more of
    everything; the others are drawn one by one, and made smaller where one fails.
    """
    seeded = st.integers(0, 10**6).map(lambda seed: drawn(Random(seed).choice, tiny=tiny, riding=riding))
    return seeded | _one_by_one(tiny=tiny, riding=riding)


@st.composite
def _one_by_one(draw: st.DrawFn, *, tiny: bool, riding: bool) -> Scarce:
    return drawn(lambda values: draw(st.sampled_from(values)), tiny=tiny, riding=riding)


def drawn(pick: Pick, *, tiny: bool = False, riding: bool = False) -> Scarce:
    """The same, with whatever picks."""
    term = _term(pick, tiny=tiny)
    if riding:
        term = term.replace(carpools=[Carpool(id="ride", people=("anna", "bob"), required=True)])
    board = Board.of(term)
    able = [each for each in board.candidates if each.index not in board.forbidden]
    timetable = Timetable()
    for _ in range(pick((1, 2, 3) if tiny else (6, 12, 3, 8)) if able else 0):
        candidate = pick(able)
        if filled(timetable).isdisjoint(candidate.lessons):
            with_it = Timetable(assignments=(*timetable.assignments, *rows_of(candidate)))
            timetable = timetable if judge(term, with_it).breaches else with_it
    return Scarce(term, timetable)


def rows_of(candidate: Candidate) -> Iterator[Assignment]:
    """Rows of one candidate."""
    for each, option in zip(candidate.lessons, candidate.options, strict=True):
        yield Assignment(lesson=each, professional=candidate.professional, option=option)


def _term(pick: Pick, *, tiny: bool) -> Term:
    people = [_person(pick, each) for each in ("anna", "bob", "cas", "dirk")[: pick((3, 2) if tiny else (3, 4, 2))]]
    ids = [each["id"] for each in people]
    employed = [each["id"] for each in people if each["employer"]]
    courses = [course("robots"), course("care", subject="zorg", school=pick(("north", "south")))]
    courses[1]["continuity"] = "free" if tiny else pick(("free", "free", "same"))
    lessons = [
        lesson(
            f"l{number}",
            pick(("1", "2", "1", "3")),
            course=pick(("robots", "robots", "care")),
            weekday=pick(("mon", "mon", "tue")),
            blocked=pick([[], [], [], *([each] for each in ids)]),
        )
        for number in range(1, 1 + (3 if tiny else pick((5, 4, 3))))
    ]
    times: list[Row] = []
    if not tiny and pick((False, False, True)):
        times = [{"id": "other", "lesson": "l1", "weekday": pick(("mon", "tue")), "first_period": pick(("1", "4"))}]
    presence: list[Row] = []
    for each in ("works", "other"):
        most = pick((1, None, 0, None))
        presence += [] if most is None else [{"id": f"presence:{each}", "employer": each, "at_most_away": most}]
    away = [{"id": f"away:{each}", "professional": each, "weekday": "mon"} for each in ids if pick(seldom(1))]
    wishes = [
        {"professional": each, "weekday": pick(("mon", "tue")), "value": pick((-3, 2))}
        for each in ids
        if pick((0, 0, 1))
    ]
    return small_term(
        employers=[
            {"id": "works", "name": "Works", "release_quota_hours": pick((16, None, 8))},
            {"id": "other", "name": "Other"},
        ],
        professionals=people,
        licences=[licence(each, subject) for each in ids for subject in ("techniek", "zorg") if pick((1, 1, 1, 1, 0))],
        work=[work(each, id=f"work:{each}") for each in employed],
        releases=[release(each, pick((None, "morning")), id=f"release:{each}") for each in employed if pick((1, 0, 1))],
        presence=presence,
        unavailability=away,
        wishes=wishes,
        courses=courses,
        lessons=lessons,
        lesson_times=times,
    )


def _person(pick: Pick, person_id: str) -> Row:
    employer = pick(("works", None, "other", "works"))
    limits: dict[str, Any] = {
        "max_lessons_per_week": pick((1, 2, None)),
        "max_lessons_per_day": pick((None, None, 1)),
        "max_days_per_week": pick((None, None, 1)),
        "max_travel_minutes": pick(seldom(15)),
    }
    site = "plant" if employer == "works" else None
    return person(person_id, employer=employer, site=site, open_for_matching=pick((True, True, True, False)), **limits)


# One model of everything


class Everything:
    """The whole term as one model, written anew; what it must give is added to it."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self.board = Board.of(term)
        self.model = AssignmentModel(self.board)

    def give(self, lessons: Iterable[str]) -> Everything:
        """Somebody gives each of these."""
        for each in lessons:
            self.model.cp.add_bool_or([self._teaches(one) for one in self.board.candidates_for(each)])
        return self

    def choose(self, candidate: Candidate) -> Everything:
        """This person gives this at these times."""
        self.model.cp.add_bool_and([self._teaches(self._same(candidate))])
        return self

    def keep(self, timetable: Timetable, people: Collection[str]) -> Everything:
        """These people give what they give in a timetable, and nothing else."""
        held = candidates_in(self.board, timetable)
        for each in self.board.candidates:
            if each.professional in people and each.index not in self.board.forbidden:
                variable = self._teaches(each)
                self.model.cp.add_bool_and([variable if each.index in held else ~variable])
        return self

    @property
    def possible(self) -> bool:
        """Whether any timetable does all that is asked."""
        return self.best() is not None

    def most(self) -> int:
        """How many lessons can be given at most."""
        given = []
        for row in self.term.lessons:
            made = self.model.cp.new_bool_var(row.id)
            self.model.cp.add_bool_or([*(self._teaches(one) for one in self.board.candidates_for(row.id)), ~made])
            given.append(made)
        self.model.cp.maximize(sum(given))
        return self.best() or 0

    def best(self) -> int | None:
        """What the best timetable is worth that does all that is asked; None where none does."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(self.model.cp)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
        return round(solver.objective_value) if status == cp_model.OPTIMAL else None

    def _teaches(self, candidate: Candidate) -> cp_model.IntVar:
        return self.model.variable(self.board.teaches(candidate))

    def _same(self, candidate: Candidate) -> Candidate:
        said = (candidate.professional, candidate.lessons, candidate.options)
        return next(each for each in self.board.candidates if (each.professional, each.lessons, each.options) == said)


def any_timetable(term: Term, fits: Callable[[Timetable], bool]) -> bool:
    """Whether any timetable of a tiny term fits and breaks nothing: all are tried, and judged."""
    lessons = [row.id for row in term.lessons]
    people = [None, *(row.id for row in term.professionals)]
    for who in product(people, repeat=len(lessons)):
        rows = [Assignment(lesson=each, professional=one) for each, one in zip(lessons, who, strict=True) if one]
        timetable = Timetable(assignments=tuple(rows))
        if fits(timetable) and not judge(term, timetable).breaches:
            return True
    return False


# Limits of a term, taken out of it


def limits_of(term: Term) -> set[tuple[str, str]]:
    """Every limit of a term that somebody could agree to change, by rule and whose it is."""
    facts = (fact_of(limit) for limit in Everything(term).board.limits)
    return {(each.rule, each.of) for each in facts if each is not None and "way" in BY_NAME[each.rule].says}


def lifted(term: Term, facts: set[tuple[str, str]]) -> Term:
    """The term in which nobody said these limits."""
    for rule, of in sorted(facts):
        table, _, row = of.partition("/") if "/" in of else ("professionals", "", of)
        if rule == "presence":
            term = term.replace(presence=[each for each in term.presence if each.id != row])
            continue
        field = "release_quota_hours" if rule == "release_budget" else BY_NAME[rule].raises
        rows = [each.replace(**{field: None}) if each.id == row else each for each in getattr(term, table)]
        assert rows != list(getattr(term, table)), (rule, of)
        term = term.replace(**{table: rows})
    return term
