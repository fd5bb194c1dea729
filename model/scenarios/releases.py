"""Changes of what an employer gives away: a release more, one withdrawn, one swapped for another, for all weeks or some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from model import names
from model.calendar import Calendar
from model.change import Edit
from model.fields import Col, HalfDay, Weekday, Weeks, weeks_text
from model.people import Release, ReleaseStatus
from model.scenarios.kind import MisfitError, ScenarioChange
from model.term import Term

Person = Annotated[str, Col("professional", "professional", ref="professionals")]
Day = Annotated[Weekday, Col("weekday", "dag")]
Half = Annotated[HalfDay | None, Col("half-day; all day when empty", "dagdeel")]
InWeeks = Annotated[Weeks | None, Col("only in these weeks", "weken")]


class ReleaseMore(ScenarioChange):
    """An employer releases somebody on a day, or on a half-day of it."""

    kind: Literal["release"] = "release"
    professional: Person
    weekday: Day
    half_day: Half = None
    weeks: InWeeks = None

    def edits(self, term: Term) -> Iterator[Edit]:
        if term.professional(self.professional).employer is None:
            raise MisfitError("scenario_no_employer", "professional", self.professional)
        if any(_covers(row, self.weekday, self.half_day, self.weeks) for row in counting(term, self.professional)):
            raise MisfitError("scenario_released_already", "weekday", self.weekday)
        yield Edit("releases", None, _row(self.professional, self.weekday, self.half_day, self.weeks))

    def params(self, term: Term) -> Mapping[str, object]:
        return {"person": names.person(term, self.professional), **said(self.weekday, self.half_day, self.weeks)}


class ReleaseLess(ScenarioChange):
    """An employer takes back what it gave away on a day, or on a half-day of it; what is left of the release stays."""

    kind: Literal["withdraw_release"] = "withdraw_release"
    professional: Person
    weekday: Day
    half_day: Half = None
    weeks: InWeeks = None

    def edits(self, term: Term) -> Iterator[Edit]:
        found = False
        for row in counting(term, self.professional):
            if row.weekday is not self.weekday or (self.weeks and row.weeks and not self.weeks & row.weeks):
                continue
            kept = _parts_kept(term, row, self.half_day)
            if kept is None:
                continue
            found = True
            yield from _cut(term, row, kept, self.weeks)
        if not found:
            raise MisfitError("scenario_not_released", "weekday", self.weekday)

    def params(self, term: Term) -> Mapping[str, object]:
        return {"person": names.person(term, self.professional), **said(self.weekday, self.half_day, self.weeks)}


class ReleaseElsewhen(ScenarioChange):
    """An employer gives away another day, or half-day, instead."""

    kind: Literal["swap_release"] = "swap_release"
    professional: Person
    weekday: Day
    half_day: Half = None
    to_weekday: Annotated[Weekday, Col("weekday instead", "dag in plaats daarvan")]
    to_half_day: Annotated[HalfDay | None, Col("half-day instead", "dagdeel in plaats daarvan")] = None
    weeks: InWeeks = None

    def edits(self, term: Term) -> Iterator[Edit]:
        mine = {"professional": self.professional, "weeks": self.weeks}
        yield from ReleaseLess(weekday=self.weekday, half_day=self.half_day, **mine).edits(term)
        try:
            yield from ReleaseMore(weekday=self.to_weekday, half_day=self.to_half_day, **mine).edits(term)
        except MisfitError as error:
            field = "to_weekday" if error.issue.field == "weekday" else error.issue.field
            raise MisfitError(error.issue.code, field, error.issue.value) from None

    def params(self, term: Term) -> Mapping[str, object]:
        return {
            "person": names.person(term, self.professional),
            **said(self.weekday, self.half_day, self.weeks),
            "to": _when(self.to_weekday, self.to_half_day),
        }


def counting(term: Term, professional: str) -> list[Release]:
    """Releases of somebody that count."""
    return [
        row
        for row in term.releases_of(professional)
        if row.status is not ReleaseStatus.PROPOSED or term.count_proposed_releases
    ]


def said(weekday: Weekday, half_day: HalfDay | None, weeks: frozenset[int] | None) -> dict[str, object]:
    """When, for sentences: `when`, and the weeks in brackets where not all are meant."""
    return {"when": _when(weekday, half_day), "weeks": "" if weeks is None else f" ({weeks_text(weeks)})"}


def _when(weekday: Weekday, half_day: HalfDay | None) -> tuple[object, ...]:
    return tuple(each for each in (weekday, half_day) if each is not None)


def _row(
    professional: str, weekday: Weekday, half_day: HalfDay | None, weeks: frozenset[int] | None
) -> dict[str, object]:
    return {"professional": professional, "weekday": weekday, "half_day": half_day, "weeks": weeks}


def _covers(row: Release, weekday: Weekday, half_day: HalfDay | None, weeks: frozenset[int] | None) -> bool:
    """Whether a release gives all of this away."""
    if row.weekday is not weekday or row.start is not None or row.half_day not in (None, half_day):
        return False
    return row.weeks is None or (weeks is not None and weeks <= row.weeks)


def _parts_kept(term: Term, row: Release, half_day: HalfDay | None) -> list[dict[str, object]] | None:
    """What else of its day a release gives away, beside a half-day; None where it gives nothing of that away.

    Raises:
        MisfitError: it is a stretch of hours that lies in the half-day in part.
    """
    if half_day is None:
        return []
    if row.half_day is not None:
        return [] if row.half_day is half_day else None
    calendar = Calendar(term)
    if row.start is None or row.end is None:
        return [{"half_day": each} for each in HalfDay if each is not half_day]
    first, last = calendar.half_day(row.start), calendar.half_day(row.end - 1)
    if half_day not in (first, last):
        return None
    if first is not last:
        raise MisfitError("scenario_release_partly", "half_day", half_day)
    return []


def _cut(term: Term, row: Release, kept: list[dict[str, object]], weeks: frozenset[int] | None) -> Iterator[Edit]:
    """A release goes in some weeks but for what is kept of its day, and stays as it is in the others."""
    before = row.weeks
    left = frozenset[int]() if weeks is None else (before or frozenset(Calendar(term).weeks)) - weeks
    gone = before if weeks is None else (weeks if before is None else before & weeks)
    values = {name: getattr(row, name) for name in Release.model_fields if name != "id"}
    if left:
        yield Edit("releases", row.id, {"weeks": left})
    else:
        yield Edit("releases", row.id, None)
    for each in kept:
        yield Edit("releases", None, {**values, **each, "weeks": gone})
