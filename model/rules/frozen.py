"""What is too near to change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.promised import given_by, hold, promised_to
from model.rule import Because, Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Frozen(Rule):
    """Within the notice of an employer its people keep the published timetable: no lesson comes or goes or moves.

    The days are counted from the day that the term describes; without that day, or without a published timetable,
    nothing is frozen. The employer's own notice goes before the rule's. On the first Monday after the notice a lesson may
    change hands (`model/segments.py`).
    """

    name = "frozen"
    in_dutch = "Binnen de aankondigingstermijn van een werkgever houden zijn mensen het gepubliceerde rooster: geen les komt erbij, vervalt of verschuift."
    subject = Subject.PROFESSIONAL
    source = "ATW art. 4:2: a roster is known 28 days ahead; a labour agreement may say otherwise (Metalektro: 14 days)"
    owner = Owner.EMPLOYER
    change_price = 5
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    may_waive = Waiving.PERSON_OR_LESSON
    reads = (
        "published.lesson", "published.professional", "published.option", "published.weeks", "employers.notice_days",
    )  # fmt: skip
    says = {
        "title": {"nl": "Aankondigingstermijn", "en": "Notice of changes"},
        "new": {
            "nl": "{lesson} begint voor {person} te snel: tot {until} ligt het rooster vast.",
            "en": "{lesson} comes too soon for {person}: the timetable is fixed until {until}.",
        },
        "many": {
            "nl": "Het rooster van {n} mensen ligt op een van de lesdata al vast.",
            "en": "The timetables of {n} people are already fixed on one of the dates.",
        },
        "many.one": {
            "nl": "Het rooster van 1 persoon ligt op een van de lesdata al vast.",
            "en": "The timetable of 1 person is already fixed on one of the dates.",
        },
        "kept": {
            "nl": "{person} houdt {lesson}: tot {until} ligt het rooster vast.",
            "en": "{person} keeps {lesson}: the timetable is fixed until {until}.",
        },
        "broken": {
            "nl": "Bij {person} is {lesson} op {n} data anders dan gepubliceerd, terwijl het rooster vastligt tot {until}.",
            "en": "For {person}, {lesson} differs from the published timetable on {n} dates; it is fixed until {until}.",
        },
        "broken.one": {
            "nl": "Bij {person} is {lesson} op één datum anders dan gepubliceerd, terwijl het rooster vastligt tot {until}.",
            "en": "For {person}, {lesson} differs from the published timetable on one date; it is fixed until {until}.",
        },
    }

    notice_days: int = Field(
        28, ge=0, description="Notice of employers that give none themselves", json_schema_extra={"unit": "days"}
    )

    def until(self, term: Term, professional: str) -> date | None:
        """The last date that is fixed for somebody."""
        employer = term.professional(professional).employer
        if employer is None or term.as_of is None or not term.published:
            return None
        own = term.employer(employer).notice_days
        days = min(self.notice_days if own is None else own, (date.max - term.as_of).days)
        return term.as_of + timedelta(days=days - 1) if days else None

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        until = self.until(reading.term, subject)
        if until is None:
            return
        changed = promised_to(reading, subject) ^ given_by(reading, subject)
        near = {(each.lesson, each.day) for each in changed if reading.calendar.date_of(each.day) <= until}
        for lesson, count in Counter(lesson for lesson, _ in near).items():
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "n": count,
                "until": until,
            }
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson)

    def enforce(self, board: Board, subject: str) -> None:
        until = self.until(board.term, subject)
        fixed = board.calendar.between(board.term.as_of, until) if until is not None else 0
        if until is None or not fixed:
            return
        person = names.person(board.term, subject)

        def because(key: str, lesson: str) -> Because:
            return self.because(key, professional=subject, person=person, lesson=lesson, until=until)

        hold(board, self, subject, fixed, because)
