"""Lessons that may not stay open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.heads import counted, to_be_given
from model.promised import over
from model.rule import Board, Owner, Rule, Subject, Waiving
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class MustFill(Rule):
    """A lesson marked as must-fill has all its teachers on every date that is not over."""

    name = "must_fill"
    in_dutch = "Een les die bezet moet zijn, heeft al haar docenten op elke datum die nog komt."
    subject = Subject.SCHOOL
    by_course = True
    source = "School's decision per lesson"
    owner = Owner.SCHOOL
    change_price = 5
    may_waive = Waiving.LESSON
    reads = ("lessons.must_fill", "courses.heads", "stages.stage")
    says = {
        "title": {"nl": "Verplicht te bezetten lessen", "en": "Lessons that must be staffed"},
        "limit": {"nl": "{lesson} mag niet open blijven.", "en": "{lesson} may not stay open."},
        "broken": {
            "nl": "{lesson} mag niet open blijven; docenten die ontbreken: {short}.",
            "en": "{lesson} may not stay open; teachers missing: {short}.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for course in reading.courses_of(subject):
            for lesson in reading.term.lessons_of(course.id):
                short = reading.short_of(lesson.id) if lesson.must_fill else 0
                if short > 0:
                    params = {"lesson": names.lesson(reading.term, lesson.id), "short": short}
                    yield self.breach("broken", short, "people", params, lesson=lesson.id, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                waived = board.waived(self, lesson=lesson.id)
                if lesson.must_fill and not waived and board.calendar.takes_place(lesson.id):
                    because = self.because(
                        "limit", fact=f"lessons/{lesson.id}", lesson=names.lesson(board.term, lesson.id)
                    )
                    if to_be_given(board, lesson.id):
                        terms = [(board.teaches(candidate), -1) for candidate in board.candidates_for(lesson.id)]
                        # Where some dates are over, one of its times may have none to come: then one is enough.
                        board.limit(terms, -1 if over(board.calendar) else -course.heads, because)
                    for at, counting, dates in counted(board, lesson.id):
                        if dates & ~over(board.calendar):
                            terms = [(board.teaches(candidate), -1) for candidate in counting]
                            board.limit([*terms, (at, course.heads)], 0, because)
