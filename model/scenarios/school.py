"""Changes of schools and of rules: lessons that move or get other times, days off, pins, weights and numbers of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from model import names
from model.change import Edit
from model.fields import Clock, Col, Weekday, clock_text
from model.lessons import LessonTime, RuleSetting
from model.locale import text
from model.scenarios.kind import MisfitError, ScenarioChange, has
from model.scenarios.releases import Person
from model.sites import DayKind
from model.term import Term

LessonRef = Annotated[str, Col("lesson", "les", ref="lessons")]


class _Timed(ScenarioChange):
    lesson: LessonRef
    weekday: Annotated[Weekday, Col("weekday", "dag")]
    first_period: Annotated[str | None, Col("first lesson period", "lesuur van")] = None
    last_period: Annotated[str | None, Col("last lesson period, if more than one", "lesuur tot")] = None
    start: Annotated[Clock | None, Col("start, where there is no lesson period", "start", unit="local time")] = None
    end: Annotated[Clock | None, Col("end, where there is no lesson period", "eind", unit="local time")] = None
    room: Annotated[str | None, Col("room", "lokaal", ref="rooms")] = None

    def params(self, term: Term) -> Mapping[str, object]:
        periods = "–".join(each for each in (self.first_period, self.last_period) if each)
        clock = "–".join(clock_text(each) for each in (self.start, self.end) if each is not None)
        return {"lesson": names.lesson(term, self.lesson), "day": self.weekday, "time": periods or clock}


class MoveLesson(_Timed):
    """A lesson is given at another time; its other times stay."""

    kind: Literal["move_lesson"] = "move_lesson"

    def edits(self, term: Term) -> Iterator[Edit]:
        values = {name: getattr(self, name) for name, _ in self.cols() if name != "lesson"}
        room = {"room": self.room or term.lesson(self.lesson).room}
        yield Edit("lessons", self.lesson, {**values, **room})


class MoreTimes(_Timed):
    """A lesson may also be given at another time."""

    kind: Literal["add_time"] = "add_time"

    def edits(self, term: Term) -> Iterator[Edit]:
        values = {name: getattr(self, name) for name, _ in self.cols()}
        if has(term, "lesson_times", LessonTime(**values).id):
            raise MisfitError("scenario_as_it_is", "weekday", self.weekday)
        yield Edit("lesson_times", None, values)


class Close(ScenarioChange):
    """A school gives no lessons from one day to another, or an employer misses nobody then; neither named: everybody."""

    kind: Literal["close"] = "close"
    school: Annotated[str | None, Col("only this school site", "vestiging", ref="schools")] = None
    employer: Annotated[str | None, Col("only this employer", "bedrijf", ref="employers")] = None
    start: Annotated[date, Col("first day", "van")]
    end: Annotated[date, Col("last day", "tot")]
    day: Annotated[DayKind, Col("what kind of day", "soort")] = DayKind.CLOSURE
    name: Annotated[str, Col("name", "naam")] = ""

    def edits(self, term: Term) -> Iterator[Edit]:  # noqa: ARG002  whether it makes sense is checked with the term
        if self.day is DayKind.SHORTENED:
            raise MisfitError("scenario_not_shortened", "day", self.day)
        values = {name: getattr(self, name) for name, _ in self.cols() if name != "day"}
        yield Edit("calendar_days", None, {**values, "kind": self.day})

    def params(self, term: Term) -> Mapping[str, object]:
        whose = _called(term, self.school, self.employer) or "–"
        return {"whose": whose, "kind": self.day, "first": self.start, "last": self.end}


class SetRule(ScenarioChange):
    """A rule has another number or weight, or is switched on or off: for everybody, or for whom it names."""

    kind: Literal["set_rule"] = "set_rule"
    rule: Annotated[str, Field(min_length=1), Col("name of the rule", "regel")]
    school: Annotated[str | None, Col("only this school site", "vestiging", ref="schools")] = None
    employer: Annotated[str | None, Col("only this employer", "bedrijf", ref="employers")] = None
    professional: Annotated[str | None, Col("only this person", "professional", ref="professionals")] = None
    enabled: Annotated[bool | None, Col("whether the rule holds", "aan")] = None
    parameter: Annotated[str | None, Col("parameter to set", "instelling")] = None
    value: Annotated[str | None, Col("its value", "waarde")] = None

    def edits(self, term: Term) -> Iterator[Edit]:
        values = {name: getattr(self, name) for name, _ in self.cols()}
        row = RuleSetting(**values)
        before = next((each for each in term.rules if _about(each) == _about(row)), None)
        if before is None:
            yield Edit("rules", None, values)
        elif (before.enabled, before.value) == (row.enabled, row.value):
            raise MisfitError("scenario_as_it_is", "value" if self.parameter else "enabled", self.value)
        else:
            yield Edit("rules", before.id, {"enabled": row.enabled, "value": row.value})

    def sentence(self, term: Term, lang: str) -> str:
        what = f"{self.parameter} = {self.value}" if self.parameter else text(f"scenario.on.{bool(self.enabled)}", lang)
        whose = _called(term, self.school, self.employer, self.professional)
        title = text(f"rule.{self.rule}.title", lang)
        return text(f"scenario.kind.{self.kind}", lang, rule=title, what=what, whose=whose and f" ({whose})")

    def people(self, term: Term) -> frozenset[str] | None:
        return None if self.professional is None else super().people(term)


class Pin(ScenarioChange):
    """Somebody must give a lesson."""

    kind: Literal["pin"] = "pin"
    lesson: LessonRef
    professional: Person

    def edits(self, term: Term) -> Iterator[Edit]:
        row = term.lesson(self.lesson)
        if self.professional in row.pinned:
            raise MisfitError("scenario_as_it_is", "professional", self.professional)
        if self.professional in row.blocked:
            raise MisfitError("scenario_forbidden_there", "professional", self.professional)
        yield Edit("lessons", self.lesson, {"pinned": (*row.pinned, self.professional)})

    def params(self, term: Term) -> Mapping[str, object]:
        return {"lesson": names.lesson(term, self.lesson), "person": names.person(term, self.professional)}


class Forbid(ScenarioChange):
    """Somebody may not give a lesson."""

    kind: Literal["forbid"] = "forbid"
    lesson: LessonRef
    professional: Person

    def edits(self, term: Term) -> Iterator[Edit]:
        row = term.lesson(self.lesson)
        if self.professional in row.blocked:
            raise MisfitError("scenario_as_it_is", "professional", self.professional)
        if self.professional in row.pinned:
            raise MisfitError("scenario_pinned_there", "professional", self.professional)
        yield Edit("lessons", self.lesson, {"blocked": (*row.blocked, self.professional)})

    def params(self, term: Term) -> Mapping[str, object]:
        return {"lesson": names.lesson(term, self.lesson), "person": names.person(term, self.professional)}


class Loosen(ScenarioChange):
    """Somebody no longer has to give a lesson, or may give it again."""

    kind: Literal["loosen"] = "loosen"
    lesson: LessonRef
    professional: Person

    def edits(self, term: Term) -> Iterator[Edit]:
        row = term.lesson(self.lesson)
        lists = {"pinned": row.pinned, "blocked": row.blocked}
        held = {name: value for name, value in lists.items() if self.professional in value}
        if not held:
            raise MisfitError("scenario_as_it_is", "professional", self.professional)
        yield Edit(
            "lessons",
            self.lesson,
            {name: tuple(each for each in value if each != self.professional) for name, value in held.items()},
        )

    def params(self, term: Term) -> Mapping[str, object]:
        return {"lesson": names.lesson(term, self.lesson), "person": names.person(term, self.professional)}


def _about(row: RuleSetting) -> tuple[str | None, ...]:
    return row.rule, row.school, row.employer, row.professional, row.parameter


def _called(term: Term, school: str | None, employer: str | None, professional: str | None = None) -> str:
    """For whom something is; empty for everybody."""
    if school is not None:
        return names.school(term, school)
    if employer is not None:
        return term.employer(employer).name
    return "" if professional is None else names.person(term, professional)
