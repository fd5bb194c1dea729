"""A release plan in words for its employer, or for who runs the region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from model import names
from model.access import Reader, may_see_employer, may_see_euros, may_see_hours
from model.fields import HalfDay, Weekday
from model.law_report import Measure
from model.locale import text
from solver.explain.answers import Agreement
from solver.explain.region import Region
from solver.explain.words import ReaderError
from solver.explain.words import Words as FactWords
from solver.explain.worth import Worth
from solver.explain.worth_told import worth_said
from solver.whatif.comparison import Answer
from solver.whatif.release import Cell, Plan, State, TeamDay


class CellRow(Answer):
    """A half-day (or day) of one person."""

    weekday: Weekday
    half_day: HalfDay | None
    state: State
    hours: Annotated[float, Field(description="of work then, in an average week")]
    euros: Annotated[float | None, Field(description="what those cost a week; null where no price was entered")]
    lower: Annotated[int | None, Field(description="releasing it fills no fewer places, proved; null: not looked at")]
    upper: Annotated[int | None, Field(description="no more, proved")]
    gain: Annotated[int | None, Field(description="places found to be filled with it")]
    sentence: str
    """What it brings, or why nothing."""


class PersonCells(Answer):
    """The week of one person."""

    professional: str
    name: str
    cells: tuple[CellRow, ...]


class PresenceRow(Answer):
    """A half-day of the week at the employer, on its tightest date."""

    weekday: Weekday
    half_day: HalfDay
    at_work: int
    away: int
    most: Annotated[int | None, Field(description="who may be away together at most; null where nothing says so")]


class TeamRow(Answer):
    """Everybody released on a weekday."""

    weekday: Weekday
    people: int
    lower: int | None
    upper: int | None
    gain: int | None
    sentence: str


class BestRow(Answer):
    """The best few half-days together."""

    sentence: str
    proved: bool
    changes: tuple[Agreement, ...]
    gain: int
    upper: int


class MarginRow(Answer):
    """How close somebody comes to the law, in minutes."""

    professional: str
    name: str
    measure: Measure
    margin: int


class ReleaseAnswer(Answer):
    """What an employer could give, and what it brings."""

    employer: str
    name: str
    sentence: str
    people: tuple[PersonCells, ...]
    presence: tuple[PresenceRow, ...]
    team: tuple[TeamRow, ...]
    best: BestRow | None
    margins: tuple[MarginRow, ...]
    not_looked_at: int


def allow_employer(reader: Reader, employer: str) -> None:
    """Refuse who may not see what an employer could give.

    Raises:
        ReaderError: this reader may not.
    """
    if not may_see_employer(reader, employer):
        raise ReaderError(employer)


def told(plan: Plan, region: Region, reader: Reader, lang: str) -> ReleaseAnswer:
    """A plan in words."""
    allow_employer(reader, plan.employer)
    return _Told(plan, region, reader, lang).answer()


class _Told:
    def __init__(self, plan: Plan, region: Region, reader: Reader, lang: str) -> None:
        self.plan, self.region, self.reader, self.lang = plan, region, reader, lang
        self.words = FactWords(region, reader, lang)
        employer = region.term.employer(plan.employer)
        self.price = employer.hour_cost if may_see_euros(reader, plan.employer) else None

    def say(self, message: str, **params: object) -> str:
        return text(f"whatif.release.{message}", self.lang, **params)

    def answer(self) -> ReleaseAnswer:
        plan, term = self.plan, self.region.term
        useful = [each for each in plan.cells if each.worth is not None and each.worth.gain]
        by_person: dict[str, list[Cell]] = {}
        for cell in plan.cells:
            by_person.setdefault(cell.professional, []).append(cell)
        return ReleaseAnswer(
            employer=plan.employer,
            name=term.employer(plan.employer).name,
            sentence=self.say("summary", n=len(useful), open=plan.open_places, free=plan.free),
            people=tuple(
                PersonCells(
                    professional=person,
                    name=names.person(term, person),
                    cells=tuple(self.cell(each) for each in cells),
                )
                for person, cells in by_person.items()
            ),
            presence=tuple(
                PresenceRow(
                    weekday=each.weekday, half_day=each.half_day, at_work=each.at_work, away=each.away, most=each.most
                )
                for each in plan.presence
            ),
            team=tuple(self.team(each) for each in plan.team),
            best=self.best(),
            margins=tuple(
                MarginRow(
                    professional=report.professional,
                    name=names.person(term, report.professional),
                    measure=line.measure,
                    margin=line.margin,
                )
                for report in plan.law
                if may_see_hours(term, self.reader, report.professional, report.schools)
                for line in report.lines
            ),
            not_looked_at=plan.not_looked_at,
        )

    def cell(self, cell: Cell) -> CellRow:
        found = cell.worth
        return CellRow(
            weekday=cell.weekday,
            half_day=cell.half_day,
            state=cell.state,
            hours=cell.hours,
            euros=None if self.price is None else round(self.price * cell.hours, 2),
            lower=None if found is None else found.lower,
            upper=None if found is None else found.upper,
            gain=None if found is None else found.gain,
            sentence=self.say(f"state.{cell.state.value}") if cell.state is not State.WORKS else self.worth(found),
        )

    def worth(self, found: Worth | None) -> str:
        """What it brings, or why nothing."""
        if found is None:
            return self.say("not_looked_at")
        return worth_said(found, self.lang) if self.plan.open_places else self.say("none_open")

    def team(self, row: TeamDay) -> TeamRow:
        found = row.worth
        return TeamRow(
            weekday=row.weekday,
            people=row.people,
            lower=None if found is None else found.lower,
            upper=None if found is None else found.upper,
            gain=None if found is None else found.gain,
            sentence=self.worth(found),
        )

    def best(self) -> BestRow | None:
        found = self.plan.best
        if found is None:
            return None
        key = ("best" if found.proved else "best_so_far") if found.worth.gain else "best_none"
        if not found.worth.gain and found.upper:
            key = "best_unknown"
        return BestRow(
            sentence=text(f"explain.worth.{key}", self.lang, n=found.worth.gain, most=found.upper),
            proved=found.proved,
            changes=tuple(self.words.agreement(each.change) for each in found.worth.facts),
            gain=found.worth.gain,
            upper=found.upper,
        )


def best_day(rows: Sequence[TeamRow]) -> TeamRow | None:
    """The weekday on which the team brings most."""
    return max((each for each in rows if each.gain), key=lambda each: (each.gain or 0, each.lower or 0), default=None)
