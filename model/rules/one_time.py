"""A lesson has one time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class OneTime(Rule):
    """All who give a lesson give it at the same one of its times."""

    name = "one_time"
    in_dutch = "Wie samen een les geven, geven haar op dezelfde van haar tijden."
    subject = Subject.SCHOOL
    by_course = True
    source = "School timetable: a lesson is at one time"
    owner = Owner.SCHOOL
    may_switch_off = False
    stays_broken = True
    reads = (
        "lesson_times.lesson", "lesson_times.weekday", "lesson_times.first_period", "lesson_times.last_period",
        "lesson_times.start", "lesson_times.end",
    )  # fmt: skip
    says = {
        "title": {"nl": "Een les heeft één tijd", "en": "A lesson has one time"},
        "limit": {
            "nl": "{lesson} wordt op één van de mogelijke tijden gegeven.",
            "en": "{lesson} is given at one of its times.",
        },
        "broken": {"nl": "{lesson} staat op {n} tijden tegelijk.", "en": "{lesson} is put at {n} times at once."},
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for course in reading.courses_of(subject):
            for lesson in reading.term.lessons_of(course.id):
                times = {row.option for row in reading.assigned.get(lesson.id, ())}
                if len(times) > 1:
                    params = {"lesson": names.lesson(reading.term, lesson.id), "n": len(times)}
                    yield self.breach("broken", len(times) - 1, "times", params, lesson=lesson.id, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                options = board.calendar.options(lesson.id)
                if len(options) == 1:
                    continue
                because = self.because("limit", fact=f"lessons/{lesson.id}", lesson=names.lesson(board.term, lesson.id))
                board.limit([(board.at(lesson.id, option), 1) for option in options], 1, because)
