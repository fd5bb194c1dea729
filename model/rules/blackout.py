"""Days on which an employer can miss nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.calendar import days
from model.day import compatible, work_stop
from model.people import Privacy
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.sites import CalendarDay, DayKind
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Blackout(Rule):
    """On a blackout day of the employer nobody is away from work for teaching, released or not."""

    name = "blackout"
    in_dutch = (
        "Op een dag waarop de werkgever niemand kan missen, is niemand weg om les te geven, vrijgeroosterd of niet."
    )
    subject = Subject.PROFESSIONAL
    source = "Employer's stop weeks, launches and year-end (blackout)"
    owner = Owner.EMPLOYER
    privacy = Privacy.EMPLOYER
    change_price = 5
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = ("calendar_days.kind",)
    says = {
        "title": {"nl": "Dagen waarop niemand weg kan", "en": "Days on which nobody can be away"},
        "limit": {
            "nl": "{employer} kan {person} op {when} niet missen.",
            "en": "{employer} cannot miss {person} on {when}.",
        },
        "many": {
            "nl": "{n} mensen kunnen op een van de lesdata niet worden gemist door hun werkgever.",
            "en": "{n} people cannot be missed by their employer on one of the dates.",
        },
        "many.one": {
            "nl": "1 persoon kan op een van de lesdata niet worden gemist door de werkgever.",
            "en": "1 person cannot be missed by the employer on one of the dates.",
        },
        "broken": {
            "nl": "{person} gaat voor {lesson} weg van het werk op {n} dagen waarop {employer} niemand kan missen.",
            "en": "{person} leaves work for {lesson} on {n} days on which {employer} can miss nobody.",
        },
        "broken.one": {
            "nl": "{person} gaat voor {lesson} weg van het werk op een dag waarop {employer} niemand kan missen.",
            "en": "{person} leaves work for {lesson} on a day on which {employer} can miss nobody.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        employer = reading.term.professional(subject).employer
        closed = set(days(reading.calendar.blackout(employer))) if employer else set()
        wrong: dict[str, int] = {}
        for taught in reading.of_person.get(subject, ()) if closed else ():
            away = reading.work_day(subject, taught.day).away if taught.day in closed else ()
            if any(not compatible(reading.travel, subject, work_stop(piece), taught.stop) for piece in away):
                wrong[taught.lesson] = wrong.get(taught.lesson, 0) + 1
        for lesson, count in wrong.items():
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "employer": reading.term.employer(employer or "").name,
                "n": count,
            }
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson, employer=employer)

    def enforce(self, board: Board, subject: str) -> None:
        employer = board.term.professional(subject).employer
        closed = board.calendar.blackout(employer) if employer else 0
        released = [
            (piece.dates & closed, work_stop(piece))
            for piece in (board.calendar.pieces(subject) if closed else ())
            if piece.released and piece.dates & closed
        ]
        for candidate in board.candidates_of(subject) if released else ():
            hit = 0
            for part in candidate.parts:
                for dates, stop in released:
                    if part.dates & dates and not compatible(board.travel, subject, part.stop, stop):
                        hit |= part.dates & dates
            if hit:
                when = board.calendar.date_of(next(days(hit)))
                because = self.because(
                    "limit",
                    professional=subject,
                    fact=f"calendar_days/{_row(board.term, employer, when).id}",
                    person=names.person(board.term, subject),
                    employer=board.term.employer(employer or "").name,
                    when=when,
                )
                board.forbid(candidate, because)


def _row(term: Term, employer: str | None, when: date) -> CalendarDay:
    """The row that makes a date a blackout day."""
    return next(
        row
        for row in term.calendar_days
        if row.kind is DayKind.BLACKOUT
        and row.start <= when <= row.end
        and (row.employer == employer or (row.school is None and row.employer is None))
    )
