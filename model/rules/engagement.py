"""Who agreed to teach where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.calendar import Dates
from model.change import Change, Edit
from model.people import Engagement, EngagementStatus
from model.rule import Because, Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class EngagementRule(Rule):
    """Who teaches at a school has an engagement with its board on every date, or is open for matching.

    An engagement that was stopped closes that board, also for somebody who is open for matching.
    """

    name = "engagement"
    in_dutch = (
        "Wie op een school lesgeeft, heeft op elke datum een afspraak met haar bestuur, of staat open voor matching."
    )
    subject = Subject.PROFESSIONAL
    source = "Agreement between school, employer and professional"
    owner = Owner.PROFESSIONAL
    change_price = 5
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.AGREED
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    lifts = ("engagements",)
    reads = (
        "engagements.board", "engagements.school", "engagements.start", "engagements.end", "engagements.status",
        "professionals.open_for_matching", "schools.board",
    )  # fmt: skip
    says = {
        "title": {"nl": "Afspraak met het bestuur", "en": "Engagement with the board"},
        "none": {
            "nl": "{person} heeft voor {school} geen afspraak die alle lesdata dekt.",
            "en": "{person} has no engagement for {school} that covers all dates of the lesson.",
        },
        "many": {
            "nl": "{n} mensen hebben geen afspraak met dit bestuur die alle lesdata dekt.",
            "en": "{n} people have no engagement with this board that covers all dates.",
        },
        "many.one": {
            "nl": "1 persoon heeft geen afspraak met dit bestuur die alle lesdata dekt.",
            "en": "1 person has no engagement with this board that covers all dates.",
        },
        "broken": {
            "nl": "{person} geeft {lesson} op {school} zonder afspraak ({n} data).",
            "en": "{person} gives {lesson} at {school} without an engagement ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} op {school} zonder afspraak (één datum).",
            "en": "{person} gives {lesson} at {school} without an engagement (one date).",
        },
        "way": {
            "nl": "{person} en {board} maken een afspraak over lessen.",
            "en": "{person} and {board} agree on lessons.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        wrong: dict[str, list[date]] = {}
        for taught in reading.of_person.get(subject, ()):
            if is_open(reading.term, subject, taught.school):
                continue
            rows = _with(reading.term, subject, taught.school)
            if not any((row.start or date.min) <= taught.when <= (row.end or date.max) for row in rows):
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            school = reading.term.course(reading.term.lesson(lesson).course).school
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "school": names.school(reading.term, school),
                "n": len(dates),
            }
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        term, person = reading.term, breach.professional or ""
        board = term.school(term.course(term.lesson(breach.lesson or "").course).school).board
        if board is not None:
            params = {"person": breach.params["person"], "board": term.find("boards", board).name or board}
            edit = Edit("engagements", None, {"professional": person, "board": board})
            yield self.way(params, edit, professional=person, owners=(Owner.PROFESSIONAL, Owner.SCHOOL))

    def enforce(self, board: Board, subject: str) -> None:
        covered: dict[str, Dates] = {}
        reasons: dict[str, Because] = {}
        for candidate in board.candidates_of(subject):
            school = candidate.school
            if school not in covered:
                anybody = is_open(board.term, subject, school)
                covered[school] = board.calendar.all if anybody else 0
                for row in () if anybody else _with(board.term, subject, school):
                    covered[school] |= board.calendar.between(row.start, row.end)
            if candidate.dates & ~covered[school]:
                if school not in reasons:
                    person, name = names.person(board.term, subject), names.school(board.term, school)
                    reasons[school] = self.because("none", professional=subject, person=person, school=name)
                board.forbid(candidate, reasons[school])


def is_open(term: Term, professional: str, school: str) -> bool:
    """Whether somebody may be matched to a school without an engagement."""
    board = term.school(school).board
    stopped = any(
        row.board == board and row.status is EngagementStatus.STOPPED for row in term.engagements_of(professional)
    )
    return term.professional(professional).open_for_matching and not stopped


def _with(term: Term, professional: str, school: str) -> list[Engagement]:
    board = term.school(school).board
    return [
        row
        for row in term.engagements_of(professional)
        if row.board == board and row.school in (None, school) and row.status is not EngagementStatus.STOPPED
    ]
