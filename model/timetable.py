"""What comes out: assignments, breaches, costs, and the outcome with its proof status and bound."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from math import ceil
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from model.fields import Weeks
from model.issues import Hints, Issue
from model.lessons import Lesson
from model.locale import text
from model.term import Term


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What somebody does in a lesson."""

    TEACHER = "teacher"


class Assignment(_Frozen):
    """One person gives one lesson: in all its weeks, or in the weeks named."""

    lesson: str
    professional: str
    role: Role = Role.TEACHER
    option: str | None = None
    """Id of the other time it is given at; None for its own."""
    weeks: Annotated[Weeks | None, Field(description="ISO weeks; None for all weeks of the lesson")] = None


_REFERS_TO = {"lesson": "lessons", "professional": "professionals", "option": "lesson_times"}
"""Tables that the fields of an assignment refer to."""


class Timetable(_Frozen):
    """Who gives what."""

    assignments: tuple[Assignment, ...] = ()

    def issues(self, term: Term) -> list[Issue]:
        """What makes this unreadable as a timetable of the term: unknown ids, the same person twice."""
        problems: list[Issue] = []
        seen: set[tuple[str, str]] = set()
        hints = Hints()
        lessons = {row.id for row in term.lessons}
        people = {row.id for row in term.professionals}
        for index, row in enumerate(self.assignments):
            known = {
                "lesson": lessons,
                "professional": people,
                "option": {each.id for each in term.times_of(row.lesson)},
            }
            problems += [
                Issue(
                    code="unknown_reference",
                    table="assignments",
                    index=index,
                    field=field,
                    value=value,
                    maybe=hints.nearest(value, field if field != "option" else row.lesson, ids),
                    words={"refers_to": f"table.{_REFERS_TO[field]}"},
                )
                for field, ids in known.items()
                if (value := getattr(row, field)) is not None and value not in ids
            ]
            if row.option is None and row.lesson in lessons and not _has_own_time(term.lesson(row.lesson)):
                times = ", ".join(each.id for each in term.times_of(row.lesson)[:3])
                problems.append(
                    Issue(
                        code="time_not_chosen",
                        table="assignments",
                        index=index,
                        field="option",
                        value=row.lesson,
                        details={"times": times},
                    )
                )
            if (row.lesson, row.professional) in seen:
                details = {"lesson": row.lesson}
                problems.append(
                    Issue(
                        code="assigned_twice",
                        table="assignments",
                        index=index,
                        field="professional",
                        value=row.professional,
                        details=details,
                    )
                )
            seen.add((row.lesson, row.professional))
        return problems


def _has_own_time(lesson: Lesson) -> bool:
    return lesson.first_period is not None or lesson.start is not None


class Tier(StrEnum):
    """Groups of the ledger, most important first."""

    FILLED = "filled"
    CONTINUITY = "continuity"
    STABILITY = "stability"
    COMFORT = "comfort"
    FAIRNESS = "fairness"


class Status(StrEnum):
    """The four outcomes of a solve."""

    PROVED_BEST = "proved_best"
    FOUND = "found"
    IMPOSSIBLE = "impossible"
    GAVE_UP = "gave_up"


class Breach(_Frozen):
    """A hard rule that does not hold somewhere, by how much, and the message that says so."""

    rule: str
    message: str
    params: dict[str, Any] = {}
    size: int
    unit: str
    professional: str | None = None
    lesson: str | None = None
    school: str | None = None
    employer: str | None = None
    when: date | None = None

    def sentence(self, lang: str) -> str:
        """What is wrong, in words."""
        return text(self.message, lang, **self.params)


class Cost(_Frozen):
    """What a priced rule charges somewhere; a gain is a negative cost."""

    rule: str
    tier: Tier
    amount: int
    professional: str | None = None
    lesson: str | None = None
    school: str | None = None
    employer: str | None = None


class TierValue(_Frozen):
    """What one tier adds to the value."""

    tier: Tier
    value: int


class RuleValue(_Frozen):
    """What one priced rule adds to the value, and in how many places."""

    rule: str
    tier: Tier
    value: int
    places: int


class GivenLesson(Assignment):
    """An assignment with its times, as result files and `--json` show it."""

    weekday: str
    start: str
    end: str


class Reason(_Frozen):
    """Why some people cannot give an open lesson: how many, and the sentence."""

    rule: str
    people: int
    sentence: str


class OpenLesson(_Frozen):
    """A lesson without enough teachers."""

    lesson: str
    missing: int
    reasons: tuple[Reason, ...] = ()


class WaivedBreach(_Frozen):
    """A breach that somebody took responsibility for: listed wherever the timetable is, and never counted as fine."""

    rule: str
    sentence: str
    size: int
    unit: str
    professional: str | None = None
    lesson: str | None = None
    school: str | None = None
    when: date | None = None
    by: str
    reason: str
    decided: date


class RuleOff(_Frozen):
    """A rule that was switched off: for one school, employer or person, or for everybody where none is named."""

    rule: str
    school: str | None = None
    employer: str | None = None
    professional: str | None = None
    subjects: Annotated[int, Field(description="for how many it would otherwise have held")]


class LawSet(_Frozen):
    """A number of a rule that is law, set otherwise than usual: for one school, employer or person, or for everybody."""

    rule: str
    parameter: str
    value: str
    usual: str
    school: str | None = None
    employer: str | None = None
    professional: str | None = None


class TierPrice(_Frozen):
    """What fairness costs in one other tier: its value without fairness less its value with it."""

    tier: Tier
    without: int
    price: int


class FairnessPrice(_Frozen):
    """What the timetable without any rule of fairness is worth, compared with the fair one; both are judged."""

    proved: Annotated[bool, Field(description="whether both are proved best, so that the price is exact")]
    price: Annotated[int, Field(description="points in all other tiers together")]
    tiers: tuple[TierPrice, ...]
    lessons_filled: Annotated[int, Field(description="lessons staffed in full without fairness")]
    fairness: Annotated[int, Field(description="points the fair timetable has in the tier of fairness")]
    fairness_without: Annotated[int, Field(description="points the other one would have there")]


class LessonCount(_Frozen):
    """Lessons in all, staffed by as many people as they need, and open."""

    total: int
    filled: int
    open: int
    at_most: Annotated[int | None, Field(description="no timetable staffs more; null when that is not known")] = None

    @property
    def to_win(self) -> int | None:
        """How many more lessons another timetable could staff at most, where that is known."""
        return None if self.at_most is None else self.at_most - self.filled


class Outcome(_Frozen):
    """The answer to a solve: a judged timetable with what is proved about it, or the reason there is none."""

    status: Status
    value: int | None = None
    bound: Annotated[
        int | None,
        Field(
            description="no timetable is worth more; unless this one is proved best, it may be reckoned to a millionth"
        ),
    ] = None
    gap: float | None = None
    seconds: float = 0
    limit: Annotated[float, Field(description="seconds, or deterministic units, that it might take")] = 0
    seed: int = 0
    deterministic: bool = False
    out_of_memory: bool = False
    """Whether it ended because it had used all the memory it might."""
    stopped: bool = False
    """Whether somebody stopped it before it was done."""
    versions: dict[str, str] = {}
    input_hash: str = ""
    lessons: LessonCount
    tiers: tuple[TierValue, ...] = ()
    rules: tuple[RuleValue, ...] = ()
    assignments: tuple[GivenLesson, ...] = ()
    open: tuple[OpenLesson, ...] = ()
    waived: tuple[WaivedBreach, ...] = ()
    idle_waivers: tuple[str, ...] = ()
    """Ids of waivers that this timetable does not need."""
    rules_off: tuple[RuleOff, ...] = ()
    law_set: tuple[LawSet, ...] = ()
    fairness: FairnessPrice | None = None
    """Only where it was asked for."""

    @property
    def timetable(self) -> Timetable | None:
        """The timetable, unless there is none."""
        if self.status not in (Status.PROVED_BEST, Status.FOUND):
            return None
        plain = Assignment.model_fields
        return Timetable(
            assignments=tuple(Assignment(**{name: getattr(row, name) for name in plain}) for row in self.assignments)
        )


def gap_of(value: int, bound: int) -> float:
    """Relative distance between a value and its bound."""
    return (bound - value) / max(1, abs(value))


def gap_to_say(gap: float) -> float:
    """A gap as it is told, which says what is left to win at most: rounded up to hundredths of a percent, never to nothing."""
    return ceil(gap * 10_000 - 1e-9) / 10_000
