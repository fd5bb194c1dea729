"""Scarce people are shared between schools."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model.calendar import Calendar, days
from model.rule import Board, Candidate, Owner, Rule, Subject
from model.term import Term
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class FairSchools(Rule):
    """The school with the smallest share of its lesson time staffed gains points for each percent of that share.

    Worth nothing unless a region sets a weight. Lesson time is lesson periods times dates times teachers needed.
    """

    name = "fair_schools"
    in_dutch = "De school met het kleinste deel bezette lestijd levert punten op voor elk procent daarvan."
    subject = Subject.REGION
    source = "Region's choice: a fair split of scarce people over schools (the smallest share as large as it can be)"
    owner = Owner.SCHOOL
    tier = Tier.FAIRNESS
    reads = ("courses.heads", "lessons.lesson_periods")
    says = {
        "title": {"nl": "Eerlijk verdeeld over scholen", "en": "Fair to schools"},
        "share": {
            "nl": "De school met het kleinste deel bezette lestijd krijgt zo veel als kan.",
            "en": "The school with the smallest share of its lesson time staffed gets as much as can be.",
        },
    }

    weight: int = Field(
        0,
        ge=0,
        description="Worth of each percent of the smallest share",
        json_schema_extra={"unit": "points per percent"},
    )

    def _points(self, size: int, wanted: int) -> int:
        """What a lesson of this size adds to its school's share."""
        return 100 * self.weight * size // wanted

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:  # noqa: ARG002  the region is the whole term
        points: dict[str, int] = {}
        for school in reading.term.schools if self.weight else ():
            sizes = {
                lesson.id: (_size(reading.calendar, lesson.id), course.heads)
                for course in reading.term.courses_of(school.id)
                for lesson in reading.term.lessons_of(course.id)
            }
            wanted = sum(size * heads for size, heads in sizes.values())
            for lesson, (size, _) in sizes.items() if wanted else ():
                most = self._points(size, wanted)
                for taught in reading.of_lesson.get(lesson, ()):
                    held = [day for span in reading.calendar.spans(lesson, taught.option) for day in days(span.dates)]
                    share = _of_date(most, sorted(held).index(taught.day), len(held))
                    points[school.id] = points.get(school.id, 0) + share
            if wanted:
                points.setdefault(school.id, 0)
        worst = min(points, key=lambda school: points[school], default=None)
        if worst is not None and points[worst]:
            yield self.cost(-points[worst], school=worst)

    def enforce(self, board: Board, subject: str) -> None:  # noqa: ARG002  likewise
        if not self.weight:
            return
        groups = []
        for school in board.term.schools:
            wanted = _wanted(board.term, board.calendar, school.id)
            if not wanted:
                continue
            terms = []
            for course in board.term.courses_of(school.id):
                for lesson in board.term.lessons_of(course.id):
                    most = self._points(_size(board.calendar, lesson.id), wanted)
                    terms += [
                        (board.teaches(candidate), points)
                        for candidate in board.candidates_for(lesson.id)
                        if (points := _of_candidate(board.calendar, candidate, lesson.id, most))
                    ]
            groups.append(terms)
        board.level(groups, 1, self.because("share"), tier=Tier.FAIRNESS)


def _of_date(points: int, place: int, held: int) -> int:
    """What one date of a lesson adds: its part of the points, so rounded that all dates together have them all."""
    return points * (place + 1) // held - points * place // held


def _of_candidate(calendar: Calendar, candidate: Candidate, lesson: str, points: int) -> int:
    """What a candidate adds by a lesson."""
    option, given, held = candidate.options[candidate.lessons.index(lesson)], 0, 0
    for part in candidate.parts:
        given |= part.dates if part.lesson == lesson else 0
    for span in calendar.spans(lesson, option):
        held |= span.dates
    if given == held:
        return points if held else 0
    count = held.bit_count()
    return sum(_of_date(points, (held & ((1 << day) - 1)).bit_count(), count) for day in days(given))


def _size(calendar: Calendar, lesson: str) -> int:
    """Lesson periods of a lesson over all its dates: at its own time, or if it has none at the other with fewest."""
    own, *others = (
        sum(span.dates.bit_count() for span in calendar.spans(lesson, option)) for option in calendar.options(lesson)
    )
    return (own or min(filter(None, others), default=0)) * calendar.lesson_periods(lesson)


def _wanted(term: Term, calendar: Calendar, school: str) -> int:
    return sum(
        _size(calendar, lesson.id) * course.heads
        for course in term.courses_of(school)
        for lesson in term.lessons_of(course.id)
    )
