"""A timetable as a reader may see it: schools their own lessons in full, employers half-days and towns of their own
people, professionals what they give themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from model.access import Reader, ReaderRole
from model.access_term import PLAIN, PLANS, RUNS, View
from model.fields import HalfDay, Weekday, clock_text
from model.results.entries import Entries, Entry
from model.term import Term
from model.timetable import Outcome


class Of(StrEnum):
    """Whose weeks are looked at."""

    SCHOOL = "school"
    CLASS = "class"
    PROFESSIONAL = "professional"
    EMPLOYER = "employer"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class WhoGives:
    """Somebody who gives a lesson, as the reader knows them; `weeks` is empty when in all weeks of the row."""

    professional: str
    name: str
    weeks: str


@dataclass(frozen=True, slots=True)
class Row:
    """A lesson of a week. An employer reads no more than when its people are away, where, and how long.

    Attributes:
        minutes: how long it takes.
        weeks: in words; empty for all weeks in which the school gives lessons.
        missing: people it lacks; None for who may not see that.
    """

    school: str
    school_name: str
    town: str
    weekday: Weekday
    half_day: HalfDay
    minutes: int
    weeks: str
    who: tuple[WhoGives, ...]
    lesson: str | None = None
    start: str | None = None
    end: str | None = None
    what: str | None = None
    groups: str | None = None
    room: str | None = None
    missing: int | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """The week of a school, class, professional or employer; of what is open, of a school."""

    of: Of
    id: str
    name: str
    rows: tuple[Row, ...]


class Weeks:
    """The weeks of an outcome, for one reader."""

    def __init__(self, term: Term, outcome: Outcome, reader: Reader, lang: str, view: View = PLAIN) -> None:
        self.reader = reader
        self.view = view
        self.entries = Entries(term, outcome, lang)
        self.term = self.entries.term

    def of(self, of: Of, only: str | None = None) -> list[Week]:
        """All weeks of a kind that the reader may see, or that of one.

        Args:
            only: an id; a pseudonym where the reader knows somebody by that. None of theirs gives nothing.
        """
        weeks = {
            Of.SCHOOL: self._schools,
            Of.CLASS: self._classes,
            Of.PROFESSIONAL: self._people,
            Of.EMPLOYER: self._employers,
            Of.OPEN: self._open,
        }[of]
        return [each for each in weeks() if only is None or each.id == only]

    def sees_school(self, school: str) -> bool:
        """Whether the reader sees what happens inside a school."""
        mine = self.reader.role is ReaderRole.TIMETABLER and school in self.reader.of
        return self.reader.role in RUNS or mine

    def _schools(self) -> Iterator[Week]:
        for school in self.term.schools:
            if self.sees_school(school.id):
                yield Week(Of.SCHOOL, school.id, school.name, self._full(self.entries.of_school(school.id)))

    def _open(self) -> Iterator[Week]:
        for school in self.term.schools:
            if self.sees_school(school.id):
                entries = [each for each in self.entries.of_school(school.id) if each.is_open]
                yield Week(Of.OPEN, school.id, school.name, self._full(entries))

    def _classes(self) -> Iterator[Week]:
        for group in self.term.class_groups:
            if self.sees_school(group.school):
                lessons = {
                    lesson.id
                    for course in self.term.courses_of(group.school)
                    if group.id in course.classes
                    for lesson in self.term.lessons_of(course.id)
                }
                entries = [each for each in self.entries.of_school(group.school) if each.lesson in lessons]
                yield Week(Of.CLASS, group.id, group.name or group.id, self._full(entries))

    def _people(self) -> Iterator[Week]:
        for professional in self.entries.teaching():
            rows = self._of_person(professional)
            if rows:
                called, name = self.view.called(self.reader, self.term, professional)
                yield Week(Of.PROFESSIONAL, called, name, rows)

    def _of_person(self, professional: str) -> tuple[Row, ...]:
        """What somebody gives, as far as the reader may see it."""
        entries, reader = self.entries.of_professional(professional), self.reader
        match reader.role:
            case ReaderRole.PROFESSIONAL:
                return self._full(entries) if professional in reader.of else ()
            case ReaderRole.EMPLOYER:
                mine = self.term.professional(professional).employer in reader.of
                return tuple(self._away(entry, professional) for entry in entries) if mine else ()
            case _:
                return self._full(entry for entry in entries if self.sees_school(entry.school))

    def _employers(self) -> Iterator[Week]:
        for employer in self.term.employers:
            own = self.reader.role is ReaderRole.EMPLOYER and employer.id in self.reader.of
            if own or self.reader.role in RUNS:
                rows = [
                    self._away(entry, person.id)
                    for person in self.term.people_of(employer.id)
                    for entry in self.entries.of_professional(person.id)
                ]
                yield Week(Of.EMPLOYER, employer.id, employer.name, tuple(rows))

    def _full(self, entries: Iterable[Entry]) -> tuple[Row, ...]:
        return tuple(map(self._whole, entries))

    def _whole(self, entry: Entry) -> Row:
        who = tuple(
            WhoGives(*self.view.called(self.reader, self.term, each.professional), each.weeks)
            for each in entry.givers
            if self.reader.role is not ReaderRole.PROFESSIONAL or each.professional in self.reader.of
        )
        return Row(
            **self._common(entry),
            who=who,
            lesson=entry.lesson,
            start=clock_text(entry.start),
            end=clock_text(entry.end),
            what=entry.title,
            groups=entry.groups,
            room=entry.room,
            missing=entry.missing if self.sees_school(entry.school) else None,
            reasons=self._reasons.get(entry.lesson, ()) if self.sees_school(entry.school) else (),
        )

    def _away(self, entry: Entry, professional: str) -> Row:
        called = self.view.called(self.reader, self.term, professional)
        weeks = next((each.weeks for each in entry.givers if each.professional == professional), "")
        return Row(**self._common(entry), who=(WhoGives(*called, weeks),))

    def _common(self, entry: Entry) -> dict[str, Any]:
        return {
            "school": entry.school,
            "school_name": entry.school_name,
            "town": self.term.school(entry.school).town,
            "weekday": entry.weekday,
            "half_day": self.entries.calendar.half_day(entry.start),
            "minutes": entry.end - entry.start,
            "weeks": entry.weeks,
        }

    @cached_property
    def _reasons(self) -> dict[str, tuple[str, ...]]:
        return {row.lesson: tuple(each.sentence for each in row.reasons) for row in self.entries.outcome.open}


_FOR_ALL = (
    "status", "value", "bound", "gap", "seconds", "limit", "seed", "deterministic", "out_of_memory", "stopped",
    "versions", "input_hash", "lessons",
)  # fmt: skip


def outcome_for(term: Term, outcome: Outcome, reader: Reader, lang: str, view: View = PLAIN) -> dict[str, Any]:
    """An outcome as a reader may see it, as JSON values: what is proved, and who gives what as far as it is for them.

    The table `assignments` is for those who plan; the others read their `Weeks`.
    """
    shown = outcome.model_dump(mode="json", include=set(_FOR_ALL))
    weeks = Weeks(term, outcome, reader, lang, view)
    if reader.role in PLANS:
        shown |= outcome.model_dump(mode="json", include={"tiers", "rules"})
        shown["assignments"] = list(_assignments(weeks, outcome))
        shown["open"] = [
            each.model_dump(mode="json")
            for each in outcome.open
            if weeks.sees_school(_school_of(weeks.term, each.lesson))
        ]
    if reader.role in RUNS:
        shown |= outcome.model_dump(mode="json", include={"fairness"})
        # Of waived breaches and switches that concern one person, who runs the region reads how many there are.
        shown |= {name: len(getattr(outcome, name)) for name in ("waived", "rules_off", "law_set")}
    return shown


def _assignments(weeks: Weeks, outcome: Outcome) -> Iterator[dict[str, Any]]:
    for row in outcome.assignments:
        if weeks.sees_school(_school_of(weeks.term, row.lesson)):
            called, _ = weeks.view.called(weeks.reader, weeks.term, row.professional)
            yield {**row.model_dump(mode="json", exclude_none=True), "professional": called}


def _school_of(term: Term, lesson: str) -> str:
    return term.course(term.lesson(lesson).course).school
