"""No more teachers than a lesson needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.heads import counted
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class Heads(Rule):
    """A lesson has no more teachers than it needs, besides those who only watch."""

    name = "heads"
    in_dutch = "Een les heeft niet meer docenten dan nodig, naast wie alleen meekijkt."
    subject = Subject.SCHOOL
    by_course = True
    source = "School's staffing (formatie)"
    owner = Owner.SCHOOL
    may_switch_off = False
    stays_broken = True
    reads = ("courses.heads", "stages.stage")
    says = {
        "title": {"nl": "Aantal docenten per les", "en": "Teachers per lesson"},
        "limit": {
            "nl": "Docenten die {lesson} nodig heeft: hoogstens {most}.",
            "en": "Teachers that {lesson} needs: at most {most}.",
        },
        "broken": {
            "nl": "Docenten van {lesson}: {given}; hoogstens {most} nodig.",
            "en": "Teachers of {lesson}: {given}; at most {most} needed.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for course in reading.courses_of(subject):
            for lesson in reading.term.lessons_of(course.id):
                given = max(reading.heads_on(lesson.id).values(), default=0)
                if given > course.heads:
                    params = {"lesson": names.lesson(reading.term, lesson.id), "given": given, "most": course.heads}
                    yield self.breach(
                        "broken", given - course.heads, "people", params, lesson=lesson.id, school=subject
                    )

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                because = self.because(
                    "limit", fact=f"courses/{course.id}", lesson=names.lesson(board.term, lesson.id), most=course.heads
                )
                for at, counting, _ in counted(board, lesson.id):
                    terms = [(board.teaches(candidate), 1) for candidate in counting]
                    # Where it is at another of its times, who watches on these dates does not matter.
                    room = max(0, len(terms) - course.heads)
                    board.limit([*terms, (at, room)], course.heads + room, because)
