"""How many evenings somebody teaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import Dates
from model.rule import Board, Literal, Owner, Rule, Subject
from model.sites import Sector
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class EveningsPerWeek(Rule):
    """Nobody teaches on more evenings of a week than they agreed to; without a number of their own two at mbo schools.

    An evening counts when a lesson ends after the afternoon does. A person's own number counts the evenings at all schools.
    """

    name = "evenings_per_week"
    in_dutch = "Niemand geeft op meer avonden van een week les dan afgesproken; zonder eigen getal twee, op het mbo."
    subject = Subject.PROFESSIONAL
    source = "Cao mbo: at most two evenings a week without consent; where the evening begins is unverified"
    owner = Owner.PROFESSIONAL
    change_price = 3
    stays_broken = True
    reads = ("professionals.max_evenings_per_week", "courses.sector", "schools.sector")
    raises = "max_evenings_per_week"
    says = {
        "title": {"nl": "Avonden per week", "en": "Evenings a week"},
        "limit": {
            "nl": "Lesavonden van {person} per week: hoogstens {most}.",
            "en": "Evenings with lessons of {person} a week: at most {most}.",
        },
        "broken": {
            "nl": "Lesavonden van {person} in week {week}: {given}; hoogstens {most} mag.",
            "en": "Evenings with lessons of {person} in week {week}: {given}; at most {most} is allowed.",
        },
        "way": {
            "nl": "{person} geeft op {given} avonden per week les (nu hoogstens {most}).",
            "en": "{person} teaches on {given} evenings a week (now at most {most}).",
        },
    }

    default: int | None = Field(
        2,
        ge=0,
        le=7,
        description="Limit at mbo schools for people who give none themselves",
        json_schema_extra={"unit": "evenings"},
    )

    def _most(self, own: int | None) -> int | None:
        return self.default if own is None else own

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        own = reading.term.professional(subject).max_evenings_per_week
        most = self._most(own)
        if most is None:
            return
        per_week: dict[int, set[int]] = {}
        for taught in reading.of_person.get(subject, ()):
            if taught.stop.end > reading.term.evening and (own is not None or _is_mbo(reading.term, taught.course)):
                per_week.setdefault(taught.when.isocalendar().week, set()).add(taught.day)
        for week, evenings in per_week.items():
            if len(evenings) > most:
                given = len(evenings)
                params = {"person": names.person(reading.term, subject), "week": week, "given": given, "most": most}
                yield self.breach("broken", given - most, "evenings", params, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        own = board.term.professional(subject).max_evenings_per_week
        most = self._most(own)
        if most is None:
            return
        late = any(part.stop.end > board.term.evening for each in board.candidates_of(subject) for part in each.parts)
        evenings: list[tuple[Literal, Dates]] = []
        for day in board.days_of(subject) if late else ():
            lessons = [
                board.teaches(each.candidate)
                for each in day.stops
                if each.candidate is not None
                and each.stop.end > board.term.evening
                and (own is not None or _is_mbo(board.term, each.candidate.course))
            ]
            if lessons:
                evenings.append((board.any_of(lessons), day.dates))
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        for counts in board.calendar.weeks_alike([dates for _, dates in evenings]) if evenings else ():
            terms = [(literal, count) for count, (literal, _) in zip(counts, evenings, strict=True)]
            board.limit(terms, most, because, of=subject)


def _is_mbo(term: Term, course_id: str) -> bool:
    course = term.course(course_id)
    return (course.sector or term.school(course.school).sector) is Sector.MBO
