"""What a staffed lesson is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import Dates
from model.lessons import Course, Priority
from model.levels import LevelDates
from model.rights import is_shadow
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class Filled(Rule):
    """Every lesson period given on a date is worth points, more for a course that matters more.

    Who only watches is worth nothing.
    """

    name = "filled"
    in_dutch = "Elk lesuur dat op een datum wordt gegeven is punten waard, meer voor een cursus die belangrijker is."
    subject = Subject.SCHOOL
    by_course = True
    source = "Purpose of the timetable; priorities are the school's"
    owner = Owner.SCHOOL
    tier = Tier.FILLED
    reads = ("courses.priority", "lessons.lesson_periods", "stages.stage")
    says = {
        "title": {"nl": "Bezette lessen", "en": "Staffed lessons"},
        "gain": {"nl": "{lesson} heeft een docent.", "en": "{lesson} has a teacher."},
    }

    low: int = Field(
        500, ge=0, description="Worth of a lesson period of low priority", json_schema_extra={"unit": "points per date"}
    )
    normal: int = Field(
        1000,
        ge=0,
        description="Worth of a lesson period of normal priority",
        json_schema_extra={"unit": "points per date"},
    )
    high: int = Field(
        2000,
        ge=0,
        description="Worth of a lesson period of high priority",
        json_schema_extra={"unit": "points per date"},
    )

    def worth(self, course: Course) -> int:
        """Points for one lesson period on one date."""
        return {Priority.LOW: self.low, Priority.NORMAL: self.normal, Priority.HIGH: self.high}[course.priority]

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for course in reading.courses_of(subject):
            for lesson in reading.term.lessons_of(course.id):
                given = reading.of_lesson.get(lesson.id, ())
                times = sum(not is_shadow(reading.term, each.professional, course.id, each.when) for each in given)
                if times:
                    points = self.worth(course) * reading.calendar.lesson_periods(lesson.id) * times
                    yield self.cost(-points, lesson=lesson.id, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        levels, learning = board.once(LevelDates), bool(board.term.stages)
        for course in board.term.courses_of(subject):
            for lesson in board.term.lessons_of(course.id):
                each = self.worth(course) * board.calendar.lesson_periods(lesson.id)
                terms = []
                points: dict[tuple[int, Dates], int] = {}
                for candidate in board.candidates_for(lesson.id):
                    watching = levels.watching(candidate.professional, course.id) if learning else 0
                    key = (id(candidate.parts), watching)  # whoever may give it at the same times has the same parts
                    if key not in points:
                        counted = (part.dates & ~watching for part in candidate.parts if part.lesson == lesson.id)
                        points[key] = each * sum(dates.bit_count() for dates in counted)
                    terms.append((board.teaches(candidate), -points[key]))
                because = self.because("gain", fact=f"lessons/{lesson.id}", lesson=names.lesson(board.term, lesson.id))
                board.price(terms, because, tier=Tier.FILLED)
