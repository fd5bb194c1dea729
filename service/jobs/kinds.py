"""The kinds of jobs, and what each is asked: every field with its unit and limits. What a kind does stands in `bodies`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from model.issues import Issue
from model.scenarios.scenario import Scenario
from service.settings import JobLimits

DocumentId = Annotated[str, Field(min_length=1, max_length=40)]
OwnId = Annotated[str, Field(min_length=1, max_length=100)]
Seconds = Annotated[float, Field(ge=0.1, le=86_400, description="most seconds for all of it")]
EachSeconds = Annotated[float, Field(ge=0.1, le=86_400, description="most seconds for each")]
Best = Annotated[int, Field(ge=0, le=10, description="also the best so many together; 0 for not")]

SLACK = 3.0
SLACK_SECONDS = 300.0
"""So many times its time, and so much more, a job may take before it is ended: reading and writing come on top."""

UNIT_SLACK = 20.0
"""Units of a deterministic run are about seconds on one core that has nothing else to do."""


FAIR_POINTS = 12
"""At most so many points of a split are solved."""

CURVE_TURNS = 2
"""The bound for all points of a curve gets so many turns."""


ABOUT = "outcome"
"""The field that names the outcome a question is about; others name one to go on from."""


class JobKind(StrEnum):
    """All there are."""

    SOLVE = "solve"
    COMPARE = "compare"
    RELEASE = "release"
    PRICES = "prices"
    CURVE = "curve"
    FRAGILITY = "fragility"
    RECRUIT = "recruit"
    FAIR = "fair"
    WORTH = "worth"
    WHY = "why"
    WHY_NOT = "why_not"
    REPAIRS = "repairs"


class Asked(BaseModel):
    """What a job is asked. Unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keeps: ClassVar[bool] = False
    """Whether it has a best so far that is worth keeping when somebody stops it."""

    def most_seconds(self) -> float:
        """Seconds it asks for in all."""
        raise NotImplementedError

    def wall_seconds(self) -> float:
        """After how many it is ended, as it will not end by itself."""
        return SLACK * self.most_seconds() + SLACK_SECONDS

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Outcomes it is about: field and id."""
        yield from ()

    def scenarios_named(self) -> Iterator[tuple[str, str]]:
        """Scenarios it names: field and id."""
        yield from ()

    def beyond(self, limits: JobLimits) -> Iterator[Issue]:
        """What it asks more of than a job may use here."""
        if self.most_seconds() > limits.seconds:
            yield _above("seconds", self.most_seconds(), limits.seconds)


class OfOutcome(Asked):
    """A question about a timetable."""

    outcome: Annotated[DocumentId, Field(description="id of the outcome it is about")]
    seconds: Seconds = 60

    def most_seconds(self) -> float:
        return self.seconds

    def outcomes(self) -> Iterator[tuple[str, str]]:
        yield ABOUT, self.outcome


class SolveAsked(Asked):
    """The best timetable of a term, or of the term with a scenario."""

    keeps: ClassVar[bool] = True

    seconds: Annotated[
        float, Field(ge=0.1, le=86_400, description="wall time; deterministic units (about seconds) when deterministic")
    ] = 60
    seed: Annotated[int, Field(ge=0, le=2**31 - 1, description="another seed searches in another order")] = 0
    deterministic: Annotated[bool, Field(description="repeat exactly: one worker, no wall time")] = False
    enough: Annotated[
        float, Field(ge=0, le=1, description="relative gap at which it is good enough to end with; 0 for a proof")
    ] = 0.0
    megabytes: Annotated[
        int | None, Field(ge=300, description="memory of all its processes; what one job may use when left out")
    ] = None
    start_from: Annotated[DocumentId | None, Field(description="id of an earlier outcome to go on from")] = None
    scenario: Annotated[DocumentId | None, Field(description="id of a scenario of the term to solve it with")] = None

    def most_seconds(self) -> float:
        return self.seconds

    def wall_seconds(self) -> float:
        return UNIT_SLACK * self.seconds + SLACK_SECONDS if self.deterministic else super().wall_seconds()

    def outcomes(self) -> Iterator[tuple[str, str]]:
        if self.start_from is not None:
            yield "start_from", self.start_from

    def scenarios_named(self) -> Iterator[tuple[str, str]]:
        if self.scenario is not None:
            yield "scenario", self.scenario

    def beyond(self, limits: JobLimits) -> Iterator[Issue]:
        yield from super().beyond(limits)
        if self.megabytes is not None and self.megabytes > limits.megabytes:
            yield _above("megabytes", self.megabytes, limits.megabytes)


class CompareAsked(Asked):
    """Scenarios beside the term as it is: those that are kept, then those given here."""

    keeps: ClassVar[bool] = True

    documents: Annotated[tuple[DocumentId, ...], Field(max_length=50, description="ids of scenarios of the term")] = ()
    scenarios: Annotated[tuple[Scenario, ...], Field(max_length=50)] = ()
    base_seconds: Annotated[EachSeconds, Field(description="most seconds for the term as it is")] = 60
    seconds: EachSeconds = 10
    longer_seconds: Annotated[
        float, Field(ge=0, le=86_400, description="more for those that cannot be told from the base yet, together")
    ] = 0
    enough: Annotated[float, Field(ge=0, le=1, description="relative gap at which the next has its turn")] = 0.0
    alone: Annotated[bool, Field(description="also what each school could have by itself")] = False
    start_from: Annotated[DocumentId | None, Field(description="id of an earlier outcome to go on from")] = None

    def most_seconds(self) -> float:
        count = len(self.documents) + len(self.scenarios)
        return self.base_seconds + count * self.seconds + self.longer_seconds

    def outcomes(self) -> Iterator[tuple[str, str]]:
        if self.start_from is not None:
            yield "start_from", self.start_from

    def scenarios_named(self) -> Iterator[tuple[str, str]]:
        for place, each in enumerate(self.documents):
            yield f"documents[{place}]", each


class ReleaseAsked(OfOutcome):
    """What an employer could release, and what each half-day would bring."""

    employer: OwnId
    best: Best = 0


class PricesAsked(OfOutcome):
    """What one unit more of everything would bring."""


class CurveAsked(Asked):
    """How many lessons stay open if so many published lessons may change teacher."""

    keeps: ClassVar[bool] = True

    outcome: Annotated[
        DocumentId | None, Field(description="the timetable people were promised; that in the term when left out")
    ] = None
    most: Annotated[int, Field(ge=0, le=50, description="up to so many changes")] = 5
    seconds: EachSeconds = 5

    def most_seconds(self) -> float:
        return (self.most + 1 + CURVE_TURNS) * self.seconds

    def outcomes(self) -> Iterator[tuple[str, str]]:
        if self.outcome is not None:
            yield ABOUT, self.outcome


class FragilityAsked(OfOutcome):
    """What hangs on one person, and what falls over if somebody leaves or is ill."""

    rate: Annotated[float, Field(ge=0, le=1, description="part of the dates on which somebody is ill")] = 0.05


class RecruitAsked(OfOutcome):
    """Whom to look for, by the lessons they would fill."""

    most: Annotated[int, Field(ge=1, le=100, description="so many profiles")] = 10


class FairAsked(Asked):
    """How fair the split over schools (or employers) can be, and what that costs."""

    keeps: ClassVar[bool] = True

    among: Literal["schools", "employers"] = "schools"
    base_seconds: Annotated[EachSeconds, Field(description="most seconds for the term as it is")] = 30
    seconds: EachSeconds = 5
    start_from: Annotated[DocumentId | None, Field(description="id of an earlier outcome to go on from")] = None

    def most_seconds(self) -> float:
        return self.base_seconds + FAIR_POINTS * self.seconds

    def outcomes(self) -> Iterator[tuple[str, str]]:
        if self.start_from is not None:
            yield "start_from", self.start_from


class WorthAsked(OfOutcome):
    """What one more half-day, lesson, licence or travel minute would bring."""

    people: Annotated[tuple[OwnId, ...], Field(max_length=500, description="only theirs")] = ()
    employer: Annotated[OwnId | None, Field(description="only of its people")] = None
    lesson: Annotated[OwnId | None, Field(description="only what could concern this lesson")] = None
    kinds: tuple[Literal["release", "load", "travel", "licence", "time"], ...] = ()
    best: Best = 0


class WhyAsked(OfOutcome):
    """Why a lesson is open, and whether it could be filled at all."""

    lesson: OwnId
    facts: Annotated[bool, Field(description="name the limits that together keep it open")] = False


class WhyNotAsked(OfOutcome):
    """Why somebody does not give a lesson, and what it would mean if they did."""

    lesson: OwnId
    professional: OwnId


class RepairsAsked(OfOutcome):
    """What would fill an open lesson, and who must agree."""

    lesson: OwnId


KINDS: dict[JobKind, type[Asked]] = {
    JobKind.SOLVE: SolveAsked,
    JobKind.COMPARE: CompareAsked,
    JobKind.RELEASE: ReleaseAsked,
    JobKind.PRICES: PricesAsked,
    JobKind.CURVE: CurveAsked,
    JobKind.FRAGILITY: FragilityAsked,
    JobKind.RECRUIT: RecruitAsked,
    JobKind.FAIR: FairAsked,
    JobKind.WORTH: WorthAsked,
    JobKind.WHY: WhyAsked,
    JobKind.WHY_NOT: WhyNotAsked,
    JobKind.REPAIRS: RepairsAsked,
}
"""What each kind is asked."""


def _above(field: str, value: float, bound: float) -> Issue:
    details = {"bound": f"{bound:g}"}
    return Issue(code="above_most", field=field, column=f"$.{field}", value=f"{value:g}", details=details)
