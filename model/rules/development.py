"""Steps on the way to teaching alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.calendar import Calendar, Dates
from model.levels import with_responsible
from model.people import DevelopmentStage
from model.rights import path_of, responsible, stage_dates, stage_on
from model.rule import Because, Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Development(Rule):
    """Nobody teaches a subject before the first step of their way to it, and under responsibility only of somebody named.

    Who watches does not count as one of the teachers that a lesson needs; that nobody watches or works in a duo alone
    is another rule.
    """

    name = "development"
    in_dutch = "Niemand geeft een vak voor de eerste stap van het ontwikkelpad, en onder verantwoordelijkheid alleen van iemand die genoemd is."
    subject = Subject.PROFESSIONAL
    source = "Agreement between school and professional on how to begin (ontwikkelpad)"
    owner = Owner.SCHOOL
    change_price = 3
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.LICENSED
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = (
        "stages.subject", "stages.stage", "stages.start", "stages.end", "courses.supervised_by", "staff.subjects",
        "staff.school",
    )  # fmt: skip
    says = {
        "title": {"nl": "Ontwikkelpad", "en": "Way to teaching alone"},
        "early": {
            "nl": "{person} begint pas later met {subject} ({n} lesdata te vroeg).",
            "en": "{person} only begins with {subject} later ({n} dates of the lesson too early).",
        },
        "early.one": {
            "nl": "{person} begint pas later met {subject} (één lesdatum te vroeg).",
            "en": "{person} only begins with {subject} later (one date of the lesson too early).",
        },
        "nobody": {
            "nl": "{person} geeft {subject} nog onder verantwoordelijkheid; bij {course} staat geen bevoegde docent.",
            "en": "{person} still teaches {subject} under responsibility; {course} names no qualified teacher.",
        },
        "many": {"nl": "{n} mensen zijn er nog niet aan toe.", "en": "{n} people are not there yet."},
        "many.one": {"nl": "1 persoon is er nog niet aan toe.", "en": "1 person is not there yet."},
        "broken_early": {
            "nl": "{person} geeft {lesson} voor de eerste stap van het ontwikkelpad ({n} data).",
            "en": "{person} gives {lesson} before the first step of the way to it ({n} dates).",
        },
        "broken_early.one": {
            "nl": "{person} geeft {lesson} voor de eerste stap van het ontwikkelpad (één datum).",
            "en": "{person} gives {lesson} before the first step of the way to it (one date).",
        },
        "broken_nobody": {
            "nl": "{person} geeft {lesson} zonder docent die verantwoordelijk is ({n} data).",
            "en": "{person} gives {lesson} without a teacher who is responsible ({n} dates).",
        },
        "broken_nobody.one": {
            "nl": "{person} geeft {lesson} zonder docent die verantwoordelijk is (één datum).",
            "en": "{person} gives {lesson} without a teacher who is responsible (one date).",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        if not term.stages_of(subject):
            return
        wrong: dict[tuple[str, str], list[date]] = {}
        for taught in reading.of_person.get(subject, ()):
            course = term.course(taught.course)
            path = path_of(term, subject, course.subject)
            if path and taught.when < min(row.start or date.min for row in path):
                wrong.setdefault(("broken_early", taught.lesson), []).append(taught.when)
            supervised = stage_on(term, subject, course.subject, taught.when) is DevelopmentStage.SUPERVISED
            if supervised and not responsible(term, course):
                wrong.setdefault(("broken_nobody", taught.lesson), []).append(taught.when)
        for (key, lesson), dates in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": len(dates)}
            yield self.breach(key, len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def enforce(self, board: Board, subject: str) -> None:
        term, calendar = board.term, board.calendar
        if not term.stages_of(subject):
            return
        person, known = names.person(term, subject), dict[str, tuple[Dates, Dates]]()
        nobody: dict[str, Because] = {}
        covered = board.once(with_responsible)
        for candidate in board.candidates_of(subject):
            course = term.course(candidate.course)
            if course.subject not in known:
                known[course.subject] = _begun_and_supervised(calendar, subject, course.subject)
            begun, supervised = known[course.subject]
            early = candidate.dates & ~begun
            if early:
                because = self.because(
                    "early", professional=subject, person=person, subject=course.subject, n=early.bit_count()
                )
                board.forbid(candidate, because)
            if candidate.dates & supervised and course.id not in covered:
                if course.id not in nobody:
                    nobody[course.id] = self.because(
                        "nobody",
                        professional=subject,
                        fact=f"courses/{course.id}",
                        person=person,
                        subject=course.subject,
                        course=names.course(term, course.id),
                    )
                board.forbid(candidate, nobody[course.id])


def _begun_and_supervised(calendar: Calendar, professional: str, subject: str) -> tuple[Dates, Dates]:
    """Dates from the first step to a subject on, and those under responsibility."""
    path = path_of(calendar.term, professional, subject)
    begun = 0 if path else calendar.all
    for row in path:
        begun |= calendar.between(row.start, None)
    return begun, stage_dates(calendar, professional, subject).get(DevelopmentStage.SUPERVISED, 0)
