"""A class gladly keeps one teacher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.lessons import Continuity
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class ContinuityWish(Rule):
    """Where a school would like one person for a course, every person beyond those a lesson needs costs points."""

    name = "continuity_wish"
    in_dutch = "Waar een school graag één persoon per cursus heeft, kost elke persoon meer dan nodig punten."
    subject = Subject.SCHOOL
    by_course = True
    source = "School's decision per course"
    owner = Owner.SCHOOL
    tier = Tier.CONTINUITY
    reads = ("courses.continuity", "courses.heads")
    says = {
        "title": {"nl": "Liefst één docent per cursus", "en": "Preferably one teacher a course"},
        "wish": {
            "nl": "Mensen die samen {course} geven: liefst niet meer dan {most}.",
            "en": "People who share {course}: preferably no more than {most}.",
        },
    }

    weight: int = Field(
        5000, ge=0, description="Cost of each extra person", json_schema_extra={"unit": "points per person"}
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for course in reading.courses_of(subject):
            if course.continuity is not Continuity.WISHED:
                continue
            people = {
                row.professional
                for lesson in reading.term.lessons_of(course.id)
                for row in reading.assigned.get(lesson.id, ())
            }
            if len(people) > course.heads:
                yield self.cost(self.weight * (len(people) - course.heads), school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for course in board.term.courses_of(subject):
            if course.continuity is not Continuity.WISHED:
                continue
            of_person: dict[str, list[int]] = {}
            for lesson in board.term.lessons_of(course.id):
                for candidate in board.candidates_for(lesson.id):
                    of_person.setdefault(candidate.professional, []).append(board.teaches(candidate))
            because = self.because(
                "wish", fact=f"courses/{course.id}", course=names.course(board.term, course.id), most=course.heads
            )
            terms = [(board.any_of(literals), 1) for literals in of_person.values()]
            board.limit(terms, course.heads, because, price=self.weight, tier=Tier.CONTINUITY)
