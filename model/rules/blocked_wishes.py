"""Wishes that are more than wishes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.people import Privacy, Wish
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.rules.wishes import about_place, about_time
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class BlockedWishes(Rule):
    """Where a region says so, a wish graded -3 for which a reason is given is a block: no lesson that meets it is given."""

    name = "blocked_wishes"
    in_dutch = "Waar een regio dat wil, is een wens van -3 met een reden een blokkade: er wordt geen les gegeven die eraan voldoet."
    subject = Subject.PROFESSIONAL
    source = "Time requests as in Untis, where -3 is absolutely blocked (from memory: unverified)"
    owner = Owner.PROFESSIONAL
    privacy = Privacy.PRIVATE
    change_price = 3
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = (
        "wishes.weekday", "wishes.half_day", "wishes.start", "wishes.end", "wishes.school", "wishes.subject",
        "wishes.level", "wishes.value", "wishes.reason", "courses.level", "courses.subject",
    )  # fmt: skip
    says = {
        "title": {"nl": "Wensen die blokkades zijn", "en": "Wishes that are blocks"},
        "wish": {
            "nl": "{person} kan volgens een wens van -3 deze les niet geven.",
            "en": "By a wish graded -3, {person} cannot give this lesson.",
        },
        "many": {"nl": "{n} mensen kunnen dan volgens hun wens niet.", "en": "{n} people cannot then, by their wish."},
        "many.one": {"nl": "1 persoon kan dan volgens een wens niet.", "en": "1 person cannot then, by a wish."},
        "broken": {
            "nl": "{person} geeft {lesson}, maar kan dat volgens een wens van -3 niet ({n} data).",
            "en": "{person} gives {lesson} but cannot, by a wish graded -3 ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson}, maar kan dat volgens een wens van -3 niet (één datum).",
            "en": "{person} gives {lesson} but cannot, by a wish graded -3 (one date).",
        },
    }

    blocks: bool = Field(
        False,  # noqa: FBT003  a default, in pydantic's own way
        description="Whether wishes of -3 with a reason are blocks",
        json_schema_extra={"unit": "yes or no"},
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        wrong: dict[str, int] = {}
        for taught in reading.of_person.get(subject, ()) if self.blocks else ():
            met = (
                about_place(term, wish, taught.course)
                and about_time(reading.calendar, wish, taught.when, taught.stop.start, taught.stop.end)
                for wish in _blocking(term, subject)
            )
            if any(met):
                wrong[taught.lesson] = wrong.get(taught.lesson, 0) + 1
        for lesson, count in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": count}
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson)

    def enforce(self, board: Board, subject: str) -> None:
        for wish in _blocking(board.term, subject) if self.blocks else ():
            start, end = board.calendar.window(wish.half_day, wish.start, wish.end)
            dates = board.calendar.on(wish.weekday)
            because = self.because(
                "wish",
                professional=subject,
                privacy=Privacy.PRIVATE,
                fact=f"wishes/{wish.id}",
                person=names.person(board.term, subject),
            )
            for candidate in board.candidates_of(subject):
                if about_place(board.term, wish, candidate.course) and any(
                    part.stop.start < end and start < part.stop.end and part.dates & dates for part in candidate.parts
                ):
                    board.forbid(candidate, because)


def _blocking(term: Term, professional: str) -> list[Wish]:
    return [wish for wish in term.wishes_of(professional) if wish.value == -3 and wish.reason]
