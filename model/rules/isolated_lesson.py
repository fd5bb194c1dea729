"""Lessons that stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.day import Stop
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.reading import Reading


class IsolatedLesson(Rule):
    """A single lesson period with no other lesson of the same person right before or after it costs points.

    Costs nothing unless a region sets a weight.
    """

    name = "isolated_lesson"
    in_dutch = "Een enkel lesuur zonder een andere les van dezelfde persoon er vlak voor of na kost punten."
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (penalty for single positions, as Zermelo offers)"
    owner = Owner.SCHOOL
    tier = Tier.COMFORT
    reads = ("lessons.lesson_periods",)
    says = {
        "title": {"nl": "Losse lesuren", "en": "Isolated lesson periods"},
        "alone": {"nl": "Losse lesuren van {person}.", "en": "Isolated lesson periods of {person}."},
    }

    weight: int = Field(
        0, ge=0, description="Cost of an isolated lesson period", json_schema_extra={"unit": "points per date"}
    )
    break_minutes: int = Field(
        30, ge=0, description="Longest break between lessons that adjoin", json_schema_extra={"unit": "minutes"}
    )

    def _adjoin(self, a: Stop, b: Stop) -> bool:
        before, after = (a, b) if a.start <= b.start else (b, a)
        return 0 <= after.start - before.end <= self.break_minutes

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        if not self.weight:
            return
        for lessons in reading.by_day(subject).values():
            for taught in lessons:
                single = reading.calendar.lesson_periods(taught.lesson) == 1
                if single and not any(self._adjoin(taught.stop, other.stop) for other in lessons):
                    yield self.cost(self.weight, professional=subject, lesson=taught.lesson)

    def enforce(self, board: Board, subject: str) -> None:
        if not self.weight:
            return
        because = self.because("alone", professional=subject, person=names.person(board.term, subject))
        terms = []
        for day in board.days_of(subject):
            times: dict[tuple[int, int], tuple[Stop, list[Literal]]] = {}
            for each in day.stops:
                if each.candidate is not None:
                    key = (each.stop.start, each.stop.end)
                    times.setdefault(key, (each.stop, []))[1].append(board.teaches(each.candidate))
            adjoining = {
                key: board.any_of(
                    literal for other, literals in times.values() if self._adjoin(stop, other) for literal in literals
                )
                for key, (stop, _) in times.items()
            }
            for each in day.stops:
                if each.candidate is not None and board.calendar.lesson_periods(each.stop.key) == 1:
                    others = board.none_of([adjoining[each.stop.start, each.stop.end]])
                    alone = board.all_of([board.teaches(each.candidate), others])
                    terms.append((alone, self.weight * day.count))
        board.price(terms, because, tier=Tier.COMFORT, of=subject)
