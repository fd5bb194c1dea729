"""What was promised stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import Dates
from model.promised import Occasion, occasions_of, on_dates, promises
from model.rule import Board, Candidate, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class Stability(Rule):
    """Each date on which a teacher of the published timetable does not give a lesson, or at another time, costs points.

    Only dates still to come count. A lesson that was open, and gets a teacher, is no change.
    """

    name = "stability"
    in_dutch = "Elke datum waarop een docent van het gepubliceerde rooster een les niet geeft, of op een andere tijd, kost punten."
    subject = Subject.SCHOOL
    by_course = True
    source = "School's and employer's wish: as few changes as possible once a timetable is published"
    owner = Owner.SCHOOL
    tier = Tier.STABILITY
    reads = ("published.lesson", "published.professional", "published.option", "published.weeks")
    says = {
        "title": {"nl": "Gepubliceerde lessen blijven", "en": "Published lessons stay"},
        "kept": {
            "nl": "{person} blijft {lesson} geven, zoals gepubliceerd.",
            "en": "{person} keeps giving {lesson}, as published.",
        },
    }

    weight: int = Field(
        300,
        ge=0,
        description="Cost of a published teacher who does not give a lesson as published",
        json_schema_extra={"unit": "points per date"},
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for course in reading.courses_of(subject) if reading.term.published else ():
            for lesson in reading.term.lessons_of(course.id):
                promised: dict[str, set[Occasion]] = {}
                for row in reading.term.published_of("lesson", lesson.id):
                    promised.setdefault(row.professional, set()).update(occasions_of(reading, row))
                for professional, occasions in promised.items():
                    lost = len(occasions - _given(reading, lesson.id, professional))
                    if lost:
                        yield self.cost(self.weight * lost, professional=professional, lesson=lesson.id, school=subject)

    def enforce(self, board: Board, subject: str) -> None:
        for professional, lesson, option, dates in board.once(_at_schools).get(subject, ()):
            because = self.because(
                "kept",
                professional=professional,
                person=names.person(board.term, professional),
                lesson=names.lesson(board.term, lesson),
            )
            ways = [
                (board.teaches(each), _dates_of(each, lesson))
                for each in board.candidates_for(lesson)
                if each.professional == professional and each.options[each.lessons.index(lesson)] == option
            ]
            for cell, keeping in on_dates(dates, ways):
                points = self.weight * cell.bit_count()
                terms = [(board.all_of(()), points), (board.any_of(keeping), -points)]
                board.price(terms, because, tier=Tier.STABILITY)


def _dates_of(candidate: Candidate, lesson: str) -> Dates:
    dates = 0
    for part in candidate.parts:
        dates |= part.dates if part.lesson == lesson else 0
    return dates


def _given(reading: Reading, lesson: str, professional: str) -> set[Occasion]:
    taught = reading.of_lesson.get(lesson, ())
    return {Occasion(lesson, each.option, each.day) for each in taught if each.professional == professional}


def _at_schools(board: Board) -> dict[str, list[tuple[str, str, str | None, Dates]]]:
    """By school: who was promised which lesson, at which of its times and on which dates."""
    found: dict[str, list[tuple[str, str, str | None, Dates]]] = {}
    for professional, mine in board.once(promises).items():
        for (lesson, option), dates in mine.items():
            school = board.term.course(board.term.lesson(lesson).course).school
            found.setdefault(school, []).append((professional, lesson, option, dates))
    return found
