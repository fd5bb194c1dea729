"""On how many days somebody teaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class DaysPerWeek(Rule):
    """A professional teaches on at most so many days of any week."""

    name = "days_per_week"
    in_dutch = "Iemand geeft in elke week op hoogstens zoveel dagen les."
    subject = Subject.PROFESSIONAL
    source = "The professional's own limit; agreement with the employer"
    owner = Owner.PROFESSIONAL
    change_price = 3
    stays_broken = True
    reads = ("professionals.max_days_per_week",)
    raises = "max_days_per_week"
    says = {
        "title": {"nl": "Lesdagen per week", "en": "Teaching days a week"},
        "limit": {
            "nl": "Lesdagen van {person} per week: hoogstens {most}.",
            "en": "Teaching days of {person} a week: at most {most}.",
        },
        "broken": {
            "nl": "Lesdagen van {person} in week {week}: {given}; hoogstens {most} mag.",
            "en": "Teaching days of {person} in week {week}: {given}; at most {most} is allowed.",
        },
        "way": {
            "nl": "{person} geeft op {given} dagen per week les (nu hoogstens {most}).",
            "en": "{person} teaches on {given} days a week (now at most {most}).",
        },
    }

    default: int | None = Field(
        None, ge=0, le=7, description="Limit for people who give none themselves", json_schema_extra={"unit": "days"}
    )

    def _most(self, own: int | None) -> int | None:
        return self.default if own is None else own

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        most = self._most(reading.term.professional(subject).max_days_per_week)
        if most is None:
            return
        per_week: dict[int, set[int]] = {}
        for taught in reading.of_person.get(subject, ()):
            per_week.setdefault(taught.when.isocalendar().week, set()).add(taught.day)
        for week, taught_days in per_week.items():
            if len(taught_days) > most:
                params = {
                    "person": names.person(reading.term, subject),
                    "week": week,
                    "given": len(taught_days),
                    "most": most,
                }
                yield self.breach("broken", len(taught_days) - most, "days", params, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_days_per_week)
        if most is None:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        taught = [
            (board.any_of(board.teaches(each.candidate) for each in day.stops if each.candidate), day.dates)
            for day in board.days_of(subject)
        ]
        for counts in board.calendar.weeks_alike(tuple(when for _, when in taught)):
            terms = [(literal, count) for count, (literal, _) in zip(counts, taught, strict=True)]
            board.limit(terms, most, because, of=subject)
