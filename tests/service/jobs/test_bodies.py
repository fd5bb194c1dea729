"""What each kind of job answers: the same as the shell prints, of documents that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from benchmarks.generator import generate
from benchmarks.recipes import Profile
from model.access import Reader, ReaderRole
from model.judge import judge
from model.scenarios.people import Leave
from model.scenarios.scenario import Scenario
from model.term import Term
from model.timetable import Outcome
from service.jobs.bodies import done
from service.jobs.given import given
from service.jobs.kinds import (
    Asked,
    CompareAsked,
    CurveAsked,
    FairAsked,
    FragilityAsked,
    JobKind,
    PricesAsked,
    RecruitAsked,
    ReleaseAsked,
    RepairsAsked,
    SolveAsked,
    WhyAsked,
    WhyNotAsked,
    WorthAsked,
)
from service.jobs.messages import Answered, Better, Kept, Message, Told
from service.jobs.states import Failure
from service.jobs.task import RefusedError, Task
from service.store import documents
from service.store.database import Database
from service.store.documents import Kind
from solver.explain.answers import Repairs, WhyNot, WhyOpen, Worths
from solver.whatif.comparison import Comparison
from solver.whatif.curve_told import CurveAnswer, FairAnswer
from solver.whatif.plan_told import ReleaseAnswer
from solver.whatif.price_list import PriceAnswer
from solver.whatif.risk_told import FragilityAnswer, RecruitAnswer
from tests.service.jobs.place import QUICK, Place

OPEN = QUICK.lessons[0].id
PERSON = QUICK.professionals[0].id
EMPLOYER = QUICK.employers[0].id


class Solved:
    """A region whose term was solved, as its database has it."""

    def __init__(self, place: Place, term: Term = QUICK) -> None:
        self.place = place
        self.at = place.region(term)
        self.told: list[Message] = []
        made = self.done(JobKind.SOLVE, SolveAsked(seconds=60))
        self.solved = made
        self.outcome = self.keep(Kind.OUTCOME, made)

    def keep(self, kind: Kind, made: Answered) -> str:
        """Keep an answer as a document."""
        visit, term = self.at
        with self.place.database.session() as session:
            more: dict[str, Any] = {"parent": term, "parent_revision": 1, "beside": made.beside, "facts": made.facts}
            return documents.create(session, visit.region, kind, made.content, **more).id

    def done(self, kind: JobKind, asked: Asked, reader: Reader | None = None) -> Answered:
        """What the process of a job makes of it."""
        return done(self.task(kind, asked, reader))

    def task(self, kind: JobKind, asked: Asked, reader: Reader | None = None) -> Task:
        """What the process of a job is given."""
        job = self.place.ask(self.at, asked, kind)
        with self.place.database.session() as session:
            row = session.get_one(type(self.place.job(job)), job)
            if reader is not None:
                row.role, row.of = reader.role.value, sorted(reader.of)
            row.attempts = 1
            made, _ = given(session, row, 2000)
        self.told = []
        return Task(made, self.told.append)


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Solved]:
    """Solved once for all."""
    data: Path = tmp_path_factory.mktemp("data")
    with Database(f"sqlite:///{data / 'hybrooster.sqlite'}") as database:
        database.migrate()
        place = Place(database, data)
        yield Solved(place)
        place.close()


def test_a_solve_tells_of_every_better_timetable(solved: Solved) -> None:
    """With its value; the last is the one that is answered."""
    made = solved.done(JobKind.SOLVE, SolveAsked(seconds=20))
    better = [each for each in solved.told if isinstance(each, Better)]
    assert better[-1].value == made.value
    assert [each for each in solved.told if isinstance(each, Told)][-1].phase == "writing"


def test_what_makes_a_next_solve_quicker_lies_beside_it(solved: Solved) -> None:
    """Where the term is large enough for plans; one of another version of the program is left alone."""
    other = Solved(solved.place, generate(60, 1, Profile.BALANCED))
    made = other.solved
    task = other.task(JobKind.SOLVE, SolveAsked(start_from=other.outcome))
    assert task.start.memory is not None
    assert task.start.timetable == Outcome.model_validate_json(made.content).timetable
    broken = replace(task.given, outcome=Kept(made.content, b"of before"))
    assert Task(broken, solved.told.append).start.memory is None


def test_a_solve_goes_on_from_an_earlier_outcome(solved: Solved) -> None:
    """Its timetable is judged first, so that the first value told is the best."""
    solved.done(JobKind.SOLVE, SolveAsked(seconds=20, start_from=solved.outcome))
    assert next(each.value for each in solved.told if isinstance(each, Better)) == solved.solved.value


def test_a_solve_with_a_scenario(solved: Solved) -> None:
    """The outcome is of the term with it, and says so: who left gives nothing."""
    scenario = Scenario(id="without", changes=(Leave(professional=PERSON),))
    document = solved.keep(Kind.SCENARIO, Answered(scenario.model_dump_json(), {}))
    made = solved.done(JobKind.SOLVE, SolveAsked(seconds=20, scenario=document))
    assert Scenario.model_validate(made.facts["scenario"]) == scenario
    outcome = Outcome.model_validate_json(made.content)
    assert outcome.timetable is not None
    assert PERSON not in {row.professional for row in outcome.timetable.assignments}
    assert not judge(QUICK, outcome.timetable).breaches
    compared = solved.done(JobKind.COMPARE, CompareAsked(documents=(document,), base_seconds=10, seconds=10))
    assert [each.scenario for each in Comparison.model_validate_json(compared.content).columns] == [None, "without"]
    about = solved.keep(Kind.OUTCOME, made)
    with pytest.raises(RefusedError):  # somebody who is not there in the term that was solved
        solved.done(JobKind.WHY_NOT, WhyNotAsked(outcome=about, lesson=OPEN, professional=PERSON, seconds=1))


def _questions(outcome: str) -> list[tuple[JobKind, Asked, type[BaseModel]]]:
    leave = Scenario(id="leave", changes=(Leave(professional=PERSON),))
    return [
        (JobKind.COMPARE, CompareAsked(scenarios=(leave,), base_seconds=5, seconds=5, alone=True), Comparison),
        (JobKind.RELEASE, ReleaseAsked(outcome=outcome, employer=EMPLOYER, best=1, seconds=4), ReleaseAnswer),
        (JobKind.PRICES, PricesAsked(outcome=outcome, seconds=3), PriceAnswer),
        (JobKind.CURVE, CurveAsked(outcome=outcome, most=1, seconds=2), CurveAnswer),
        (JobKind.FRAGILITY, FragilityAsked(outcome=outcome, seconds=4), FragilityAnswer),
        (JobKind.RECRUIT, RecruitAsked(outcome=outcome, seconds=4, most=2), RecruitAnswer),
        (JobKind.FAIR, FairAsked(base_seconds=3, seconds=1), FairAnswer),
        (JobKind.WORTH, WorthAsked(outcome=outcome, people=(PERSON,), seconds=3), Worths),
        (JobKind.WHY, WhyAsked(outcome=outcome, lesson=OPEN, seconds=2, facts=True), WhyOpen),
        (JobKind.WHY_NOT, WhyNotAsked(outcome=outcome, lesson=OPEN, professional=PERSON, seconds=2), WhyNot),
        (JobKind.REPAIRS, RepairsAsked(outcome=outcome, lesson=OPEN, seconds=2), Repairs),
    ]


@pytest.mark.parametrize("kind", [each for each in JobKind if each is not JobKind.SOLVE])
def test_every_question_is_answered(solved: Solved, kind: JobKind) -> None:
    """By the model that the solver has for it, for the reader who asked."""
    asked, shape = next((asked, shape) for each, asked, shape in _questions(solved.outcome) if each is kind)
    made = solved.done(kind, asked)
    shape.model_validate_json(made.content)
    assert made.facts == {"role": "coordinator", "of": [], "language": "en"}
    assert made.proof is None


def test_nobody_asks_about_others_people(solved: Solved) -> None:
    """An employer has no plan of another's release days, and no split over employers."""
    other = Reader(ReaderRole.EMPLOYER, frozenset({"another"}))
    with pytest.raises(PermissionError):
        solved.done(JobKind.RELEASE, ReleaseAsked(outcome=solved.outcome, employer=EMPLOYER, seconds=1), other)
    with pytest.raises(PermissionError):
        solved.done(JobKind.FAIR, FairAsked(among="employers", base_seconds=1, seconds=1), other)


@pytest.mark.parametrize(
    ("kind", "asked", "failure"),
    [
        (JobKind.WHY, {"lesson": "none"}, Failure.UNKNOWN_ID),
        (JobKind.RELEASE, {"employer": "none"}, Failure.UNKNOWN_ID),
        (JobKind.WORTH, {"people": ("none",)}, Failure.UNKNOWN_ID),
    ],
)
def test_what_does_not_exist_is_told(solved: Solved, kind: JobKind, asked: dict[str, Any], failure: Failure) -> None:
    """Not looked for in vain."""
    from service.jobs.kinds import KINDS

    with pytest.raises(RefusedError) as refused:
        solved.done(kind, KINDS[kind].model_validate({"outcome": solved.outcome, **asked}))
    assert refused.value.failure is failure


def test_a_scenario_that_does_not_fit_is_told(solved: Solved) -> None:
    """Before anything is solved."""
    leave = Scenario(id="leave", changes=(Leave(professional="nobody"),))
    with pytest.raises(RefusedError) as refused:
        solved.done(JobKind.COMPARE, CompareAsked(scenarios=(leave,)))
    assert refused.value.failure is Failure.SCENARIO_INVALID
