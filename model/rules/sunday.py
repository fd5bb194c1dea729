"""No lessons on Sunday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.fields import Weekday
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Sunday(Rule):
    """Nobody teaches on a Sunday, unless that was agreed with the person; the 13 free Sundays a year are not counted here."""

    name = "sunday"
    in_dutch = (
        "Niemand geeft les op zondag, tenzij dat is afgesproken; de 13 vrije zondagen per jaar worden hier niet geteld."
    )
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:6 (text of 2017); exemption: Arbeidstijdenbesluit 2.1:1"
    owner = Owner.LAW
    negotiable = False
    may_switch_off = False
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    stays_broken = True
    reads = ("professionals.atw_exempt",)
    says = {
        "title": {"nl": "Zondagsrust", "en": "No work on Sunday"},
        "sunday": {
            "nl": "De les valt op zondag, en dat is met {person} niet afgesproken.",
            "en": "The lesson is on a Sunday, which was not agreed with {person}.",
        },
        "many": {
            "nl": "{n} mensen werken niet op zondag.",
            "en": "{n} people do not work on Sunday.",
        },
        "many.one": {"nl": "1 persoon werkt niet op zondag.", "en": "1 person does not work on Sunday."},
        "broken": {
            "nl": "{person} geeft {lesson} op zondag zonder dat dat is afgesproken ({n} data).",
            "en": "{person} gives {lesson} on Sundays, which was not agreed ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} op een zondag zonder dat dat is afgesproken.",
            "en": "{person} gives {lesson} on a Sunday, which was not agreed.",
        },
    }

    agreed: bool = Field(
        default=False,
        description="Whether lessons on Sunday were agreed",
        json_schema_extra={"unit": "yes or no"},
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        if self.agreed or reading.term.professional(subject).atw_exempt:
            return
        wrong: dict[str, list[date]] = {}
        for taught in reading.of_person.get(subject, ()):
            if taught.when.isoweekday() == Weekday.SUN.iso:
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "n": len(dates),
            }
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def enforce(self, board: Board, subject: str) -> None:
        if self.agreed or not board.once(_on_sunday) or board.term.professional(subject).atw_exempt:
            return
        sundays = board.calendar.on(Weekday.SUN)
        because = self.because("sunday", professional=subject, person=names.person(board.term, subject))
        for candidate in board.candidates_of(subject):
            if candidate.dates & sundays:
                board.forbid(candidate, because)


def _on_sunday(board: Board) -> bool:
    """Whether any lesson may be on a Sunday."""
    weekdays = {row.weekday for row in board.term.lessons} | {row.weekday for row in board.term.lesson_times}
    return Weekday.SUN in weekdays
