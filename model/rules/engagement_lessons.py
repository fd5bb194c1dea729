"""How much somebody agreed to teach at a board."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.change import Change, Edit
from model.people import Engagement, EngagementStatus
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class EngagementLessons(Rule):
    """A professional gives no more lesson periods a week than the engagement with that board or site says."""

    name = "engagement_lessons"
    in_dutch = "Iemand geeft per week niet meer lesuren dan in de afspraak met dat bestuur of die vestiging staat."
    subject = Subject.PROFESSIONAL
    source = "Agreement between school, employer and professional"
    owner = Owner.PROFESSIONAL
    change_price = 3
    stays_broken = True
    priced_by_unit = True
    reads = (
        "engagements.max_lessons",
        "engagements.board",
        "engagements.school",
        "engagements.status",
        "lessons.lesson_periods",
    )
    says = {
        "title": {"nl": "Lesuren per week volgens de afspraak", "en": "Lesson periods a week as agreed"},
        "limit": {
            "nl": "Afgesproken met {person}: per week niet meer lesuren dan {most}.",
            "en": "Agreed with {person}: no more lesson periods a week than {most}.",
        },
        "broken": {
            "nl": "Lesuren van {person} in week {week}: {given}; afgesproken is hoogstens {most}.",
            "en": "Lesson periods of {person} in week {week}: {given}; agreed is at most {most}.",
        },
        "way": {
            "nl": "{person} en de school spreken {given} lesuren per week af (nu hoogstens {most}).",
            "en": "{person} and the school agree on {given} lesson periods a week (now at most {most}).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for row in _limited(reading.term, subject):
            per_week: dict[int, int] = {}
            for taught in reading.of_person.get(subject, ()):
                if _counts(reading.term, row, taught.school):
                    week = taught.when.isocalendar().week
                    per_week[week] = per_week.get(week, 0) + reading.calendar.lesson_periods(taught.lesson)
            for week, given in per_week.items():
                if row.max_lessons is not None and given > row.max_lessons:
                    person = names.person(reading.term, subject)
                    params = {"person": person, "week": week, "given": given, "most": row.max_lessons}
                    yield self.breach("broken", given - row.max_lessons, "lesson periods", params, professional=subject)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        term, person = reading.term, breach.professional or ""
        given, most = breach.params["given"], breach.params["most"]
        params = {"person": breach.params["person"], "given": given, "most": most}
        for row in _limited(term, person):
            if row.max_lessons == most:
                edit, owners = Edit("engagements", row.id, {"max_lessons": given}), (Owner.PROFESSIONAL, Owner.SCHOOL)
                yield self.way(params, edit, professional=person, owners=owners, amount=given - most)

    def enforce(self, board: Board, subject: str) -> None:
        person = names.person(board.term, subject)
        for row in _limited(board.term, subject):
            assert row.max_lessons is not None
            because = self.because(
                "limit", professional=subject, fact=f"engagements/{row.id}", person=person, most=row.max_lessons
            )
            mine = [c for c in board.candidates_of(subject) if _counts(board.term, row, c.school)]
            for dates in board.calendar.weeks.values():
                terms = [
                    (board.teaches(candidate), load)
                    for candidate in mine
                    if (
                        load := sum(
                            (part.dates & dates).bit_count() * board.calendar.lesson_periods(part.lesson)
                            for part in candidate.parts
                        )
                    )
                ]
                board.limit(terms, row.max_lessons, because, of=subject)


def _limited(term: Term, professional: str) -> list[Engagement]:
    return [
        row
        for row in term.engagements_of(professional)
        if row.max_lessons is not None and row.status is not EngagementStatus.STOPPED
    ]


def _counts(term: Term, row: Engagement, school: str) -> bool:
    return row.school == school if row.school else term.school(school).board == row.board
