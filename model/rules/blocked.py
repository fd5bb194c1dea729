"""People kept from a lesson."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.change import Change, Edit
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Blocked(Rule):
    """Who is blocked from a lesson (blokkade) does not give it."""

    name = "blocked"
    in_dutch = "Wie voor een les geblokkeerd is, geeft die les niet."
    subject = Subject.PROFESSIONAL
    source = "Timetabler's block (blokkade)"
    owner = Owner.SCHOOL
    change_price = 2
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.AGREED
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = ("lessons.blocked",)
    says = {
        "title": {"nl": "Blokkades", "en": "Blocks"},
        "many": {"nl": "{n} mensen zijn voor deze les geblokkeerd.", "en": "{n} people are blocked from this lesson."},
        "many.one": {"nl": "1 persoon is voor deze les geblokkeerd.", "en": "1 person is blocked from this lesson."},
        "broken": {"nl": "{person} is geblokkeerd voor {lesson}.", "en": "{person} is blocked from {lesson}."},
        "way": {
            "nl": "{person} mag {lesson} toch geven.",
            "en": "{person} may give {lesson} after all.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for row in reading.timetable.assignments:
            if row.professional == subject and subject in reading.term.lesson(row.lesson).blocked:
                params = {
                    "person": names.person(reading.term, subject),
                    "lesson": names.lesson(reading.term, row.lesson),
                }
                yield self.breach("broken", 1, "lessons", params, professional=subject, lesson=row.lesson)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        person, lesson = breach.professional or "", reading.term.lesson(breach.lesson or "")
        blocked = tuple(each for each in lesson.blocked if each != person)
        yield self.way(breach.params, Edit("lessons", lesson.id, {"blocked": blocked}), professional=person)

    def enforce(self, board: Board, subject: str) -> None:
        blocked = board.once(_blocked).get(subject, ())
        for candidate in board.candidates_of(subject) if blocked else ():
            for lesson in candidate.lessons:
                if lesson in blocked:
                    because = self.because(
                        "broken",
                        professional=subject,
                        fact=f"lessons/{lesson}",
                        person=names.person(board.term, subject),
                        lesson=names.lesson(board.term, lesson),
                    )
                    board.forbid(candidate, because)


def _blocked(board: Board) -> dict[str, set[str]]:
    """Lessons from which somebody is blocked, by person."""
    found: dict[str, set[str]] = {}
    for lesson in board.term.lessons:
        for person in lesson.blocked:
            found.setdefault(person, set()).add(lesson.id)
    return found
