"""Key figures of a timetable: what it brings to schools, what it costs employers, what it asks of people. No solver."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from model.calendar import Calendar
from model.demands import expanded
from model.law_report import Measure, law_report
from model.lessons import Priority
from model.promised import given_by, promised_to
from model.reading import Reading
from model.rules.travel import TravelCost
from model.term import Term
from model.timetable import Timetable
from model.travel import Travel


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PriorityFigures(_Frozen):
    """Lessons of one priority."""

    priority: Priority
    lessons: int
    filled: Annotated[int, Field(description="staffed in full")]


class SchoolFigures(_Frozen):
    """What a school gets."""

    school: str
    lessons: int
    filled: Annotated[int, Field(description="staffed in full")]
    minutes: Annotated[int, Field(description="of lessons given, over the term")]
    wanted_minutes: Annotated[int, Field(description="of lessons asked, times teachers needed")]
    people: Annotated[int, Field(description="who teach there")]

    @property
    def hours(self) -> float:
        """Clock hours of lessons given, over the term."""
        return _hours(self.minutes)

    @property
    def share(self) -> float:
        """Part of its lesson time that is staffed."""
        return self.minutes / self.wanted_minutes if self.wanted_minutes else 1.0


class EmployerFigures(_Frozen):
    """What an employer gives."""

    employer: str
    people: Annotated[int, Field(description="who teach")]
    half_days: Annotated[int, Field(description="half-days of work given away, over the term")]
    hours: Annotated[float, Field(description="hours of work given away, over the term")]
    euros: Annotated[float | None, Field(description="what those cost; null where the employer entered no price")] = (
        None
    )


class LawFigures(_Frozen):
    """How close anybody comes to what the law allows."""

    measure: Measure
    margin: Annotated[int, Field(description="least minutes to spare of anybody who teaches; below 0 it is too much")]
    professional: Annotated[str, Field(description="whose it is")]


class Figures(_Frozen):
    """A timetable in figures."""

    lessons: int
    filled: int
    priorities: tuple[PriorityFigures, ...]
    classes: Annotated[int, Field(description="class groups that get at least one lesson")]
    pupils: Annotated[int, Field(description="pupils of those, as far as their number is known")]
    people: Annotated[int, Field(description="who teach")]
    schools: tuple[SchoolFigures, ...]
    employers: tuple[EmployerFigures, ...]
    travel_minutes: Annotated[int, Field(description="extra minutes travelled because of teaching, over the term")]
    changed_lessons: Annotated[int, Field(description="published lessons that no longer have the teacher promised")]
    moved_people: Annotated[int, Field(description="people whose timetable differs from the published one")]
    least_share: Annotated[float, Field(description="smallest part of its lesson time that any school has staffed")]
    most_given: Annotated[float, Field(description="most half-days given away for each employee of an employer")]
    law: tuple[LawFigures, ...]

    def school(self, school: str) -> SchoolFigures | None:
        """The figures of one school, where it has lessons."""
        return next((each for each in self.schools if each.school == school), None)

    def employer(self, employer: str) -> EmployerFigures | None:
        """The figures of one employer."""
        return next((each for each in self.employers if each.employer == employer), None)


def figures(
    term: Term, timetable: Timetable, *, calendar: Calendar | None = None, travel: Travel | None = None
) -> Figures:
    """The key figures of a timetable of a term."""
    term = expanded(term)
    reading = Reading(term, timetable, calendar or Calendar(term), travel or Travel(term))
    held = [row for row in term.lessons if reading.held(row.id)]
    filled = {row.id for row in held if reading.short_of(row.id) <= 0}
    priorities = tuple(
        PriorityFigures(priority=each, lessons=len(mine), filled=sum(row in filled for row in mine))
        for each in reversed(Priority)
        if (mine := [row.id for row in held if term.course(row.course).priority is each])
    )
    reached = {group for row in held if reading.of_lesson.get(row.id) for group in term.course(row.course).classes}
    schools = tuple(_schools(reading, {row.id for row in held}, filled))
    employers = tuple(_employers(reading))
    changed, moved = _changes(reading)
    return Figures(
        lessons=len(held),
        filled=len(filled),
        priorities=priorities,
        classes=len(reached),
        pupils=sum(term.class_group(each).pupils or 0 for each in reached),
        people=sum(bool(reading.of_person.get(each.id)) for each in term.professionals),
        schools=schools,
        employers=employers,
        travel_minutes=sum(
            cost.amount for each in term.professionals for cost in TravelCost(weight=1).costs(reading, each.id)
        ),
        changed_lessons=changed,
        moved_people=moved,
        least_share=round(min((each.share for each in schools), default=1.0), 4),
        most_given=round(
            max((each.half_days / max(1, _size(term, each.employer)) for each in employers), default=0.0), 2
        ),
        law=tuple(_law(term, timetable, reading)),
    )


def _schools(reading: Reading, held: set[str], filled: set[str]) -> Iterable[SchoolFigures]:
    term = reading.term
    for school in term.schools:
        lessons = [
            row.id for course in term.courses_of(school.id) for row in term.lessons_of(course.id) if row.id in held
        ]
        taught = [each for lesson in lessons for each in reading.of_lesson.get(lesson, ())]
        if lessons:
            yield SchoolFigures(
                school=school.id,
                lessons=len(lessons),
                filled=sum(each in filled for each in lessons),
                minutes=sum(each.stop.end - each.stop.start for each in taught),
                wanted_minutes=sum(_wanted(reading, each) for each in lessons),
                people=len({each.professional for each in taught}),
            )


def _wanted(reading: Reading, lesson: str) -> int:
    """Minutes a lesson asks, at the time at which it is given, or at its first."""
    given = [row.option for row in reading.assigned.get(lesson, ())]
    heads = reading.term.course(reading.term.lesson(lesson).course).heads
    for option in (*given[:1], *reading.calendar.options(lesson)):
        spans = reading.calendar.spans(lesson, option)
        if spans:
            return heads * sum(span.dates.bit_count() * (span.end - span.start) for span in spans)
    return 0


def _employers(reading: Reading) -> Iterable[EmployerFigures]:
    term = reading.term
    for employer in term.employers:
        half_days = minutes = people = 0
        for person in term.people_of(employer.id):
            by_day = reading.by_day(person.id)
            people += bool(by_day)
            for day in by_day:
                away = reading.work_day(person.id, day).away
                half_days += len({piece.half_day for piece in away})
                minutes += sum(piece.end - piece.start for piece in away)
        price = employer.hour_cost
        yield EmployerFigures(
            employer=employer.id,
            people=people,
            half_days=half_days,
            hours=_hours(minutes),
            euros=None if price is None else round(price * minutes / 60, 2),
        )


def _changes(reading: Reading) -> tuple[int, int]:
    """Published lessons that lose a teacher they were promised, and people whose timetable changes."""
    if not reading.term.published:
        return 0, 0
    changed = moved = 0
    for person in reading.term.professionals:
        promised, given = promised_to(reading, person.id), given_by(reading, person.id)
        changed += len({each.lesson for each in promised - given})
        moved += promised != given
    return changed, moved


def _law(term: Term, timetable: Timetable, reading: Reading) -> Iterable[LawFigures]:
    least: dict[Measure, LawFigures] = {}
    for person in law_report(term, timetable, calendar=reading.calendar, travel=reading.travel):
        for line in person.lines if not person.exempt else ():
            now = least.get(line.measure)
            if now is None or line.margin < now.margin:
                least[line.measure] = LawFigures(
                    measure=line.measure, margin=line.margin, professional=person.professional
                )
    return [least[each] for each in Measure if each in least]


def _size(term: Term, employer: str) -> int:
    return term.employer(employer).employees or len(term.people_of(employer))


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)
