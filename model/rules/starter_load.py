"""Starting teachers teach less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class StarterLoad(Rule):
    """Until a year after their first lesson ever, a starting teacher gives a fifth less than their most lesson periods.

    The number is rounded to whole lesson periods, and at least one is left. Who gives no limit themselves has the one
    set here, if any.
    """

    name = "starter_load"
    in_dutch = "Tot een jaar na de allereerste les geeft een startende docent een vijfde minder dan het eigen hoogste aantal lesuren."
    subject = Subject.PROFESSIONAL
    source = "Cao vo: 20 % less teaching in the first year (a source of 2009: unverified)"
    owner = Owner.SCHOOL
    change_price = 3
    stays_broken = True
    reads = (
        "professionals.first_teaching_date", "professionals.max_lessons_per_week", "lessons.lesson_periods",
    )  # fmt: skip
    says = {
        "title": {"nl": "Minder lessen voor starters", "en": "Fewer lessons for starting teachers"},
        "limit": {
            "nl": "{person} is een startende docent: per week hoogstens {most} lesuren.",
            "en": "{person} is a starting teacher: at most {most} lesson periods a week.",
        },
        "broken": {
            "nl": "Lesuren van {person}, startende docent, in week {week}: {given}; hoogstens {most} mag.",
            "en": "Lesson periods of {person}, a starting teacher, in week {week}: {given}; at most {most} is allowed.",
        },
    }

    percent: int = Field(20, ge=0, le=100, description="How much less", json_schema_extra={"unit": "percent"})
    days: int = Field(
        365, ge=1, description="How long somebody is a starting teacher", json_schema_extra={"unit": "days"}
    )
    default: int | None = Field(
        None,
        ge=0,
        description="Full number a week for people who give none themselves",
        json_schema_extra={"unit": "lesson periods"},
    )

    def _most(self, term: Term, professional: str) -> int | None:
        """Lesson periods a week; None for who is no starting teacher or has no limit."""
        person = term.professional(professional)
        full = self.default if person.max_lessons_per_week is None else person.max_lessons_per_week
        if person.first_teaching_date is None or full is None:
            return None
        return max(min(full, 1), (full * (100 - self.percent) + 50) // 100)

    def _last(self, term: Term, professional: str) -> date:
        """Last day as a starting teacher."""
        first = term.professional(professional).first_teaching_date or date.min
        return first + timedelta(days=min(self.days, (date.max - first).days + 1) - 1)

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        most = self._most(reading.term, subject)
        if most is None:
            return
        per_week: dict[int, int] = {}
        for taught in reading.of_person.get(subject, ()):
            if taught.when <= self._last(reading.term, subject):
                week = taught.when.isocalendar().week
                per_week[week] = per_week.get(week, 0) + reading.calendar.lesson_periods(taught.lesson)
        for week, given in per_week.items():
            if given > most:
                params = {"person": names.person(reading.term, subject), "week": week, "given": given, "most": most}
                yield self.breach("broken", given - most, "lesson periods", params, professional=subject)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term, subject)
        if most is None:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        starting = board.calendar.between(None, self._last(board.term, subject))
        for week in board.calendar.weeks.values():
            terms = []
            for candidate in board.candidates_of(subject) if week & starting else ():
                load = 0
                for part in candidate.parts:
                    load += (part.dates & week & starting).bit_count() * board.calendar.lesson_periods(part.lesson)
                terms.append((board.teaches(candidate), load))
            board.limit(terms, most, because, of=subject)
