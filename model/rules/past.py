"""What is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.promised import given_by, hold, over, promised_to
from model.rule import Because, Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Past(Rule):
    """Before the day that the term describes everybody gave what was published: no more, no less and at no other time.

    Without that day, or without a published timetable, nothing is over.
    """

    name = "past"
    in_dutch = "Voor de dag waarvan de termijn de stand is, gaf iedereen wat was gepubliceerd: niet meer, niet minder en op geen andere tijd."
    subject = Subject.PROFESSIONAL
    source = "What is over cannot be planned"
    owner = Owner.SCHOOL
    negotiable = False
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    may_waive = Waiving.PERSON_OR_LESSON
    reads = ("published.lesson", "published.professional", "published.option", "published.weeks")
    says = {
        "title": {"nl": "Wat voorbij is", "en": "What is over"},
        "new": {
            "nl": "{person} gaf {lesson} niet: wat voor {day} is, is voorbij.",
            "en": "{person} did not give {lesson}: what lies before {day} is over.",
        },
        "many": {
            "nl": "Een van de lesdata is voorbij, en {n} mensen gaven de les niet.",
            "en": "One of the dates is over, and {n} people did not give the lesson.",
        },
        "many.one": {
            "nl": "Een van de lesdata is voorbij, en 1 persoon gaf de les niet.",
            "en": "One of the dates is over, and 1 person did not give the lesson.",
        },
        "kept": {
            "nl": "{person} gaf {lesson}: wat voor {day} is, is voorbij.",
            "en": "{person} gave {lesson}: what lies before {day} is over.",
        },
        "broken": {
            "nl": "Bij {person} is {lesson} op {n} data anders dan gepubliceerd, terwijl die voor {day} liggen.",
            "en": "For {person}, {lesson} differs from the published timetable on {n} dates, all before {day}.",
        },
        "broken.one": {
            "nl": "Bij {person} is {lesson} op één datum anders dan gepubliceerd, terwijl die voor {day} ligt.",
            "en": "For {person}, {lesson} differs from the published timetable on one date, before {day}.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        if term.as_of is None or not term.published:
            return
        changed = promised_to(reading, subject, over=True) ^ given_by(reading, subject, over=True)
        dates = {(each.lesson, each.day) for each in changed}
        for lesson, count in Counter(lesson for lesson, _ in dates).items():
            said = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson)}
            params = {**said, "n": count, "day": term.as_of}
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson)

    def enforce(self, board: Board, subject: str) -> None:
        fixed, day, person = over(board.calendar), board.term.as_of, names.person(board.term, subject)

        def because(key: str, lesson: str) -> Because:
            return self.because(key, professional=subject, person=person, lesson=lesson, day=day)

        if fixed:
            hold(board, self, subject, fixed, because)
