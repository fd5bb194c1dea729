"""What people would rather, or rather not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.fields import Weekday
from model.people import Privacy, Wish
from model.rule import Board, Owner, Rule, Subject
from model.term import Term
from model.timetable import Cost, Tier

if TYPE_CHECKING:
    from model.calendar import Calendar
    from model.reading import Reading


class Wishes(Rule):
    """Each lesson period that meets a wish gains its grade in points, and costs it where the grade is negative."""

    name = "wishes"
    in_dutch = (
        "Elk lesuur dat aan een wens voldoet levert haar cijfer aan punten op, en kost dat waar het cijfer negatief is."
    )
    subject = Subject.PROFESSIONAL
    source = "Professional's wishes (roosterwensen), -3 to 3 as Untis and Zermelo grade them"
    owner = Owner.PROFESSIONAL
    privacy = Privacy.PRIVATE
    tier = Tier.COMFORT
    reads = (
        "wishes.weekday", "wishes.half_day", "wishes.start", "wishes.end", "wishes.school", "wishes.subject",
        "wishes.level", "wishes.value", "courses.level", "courses.subject",
    )  # fmt: skip
    says = {
        "title": {"nl": "Roosterwensen", "en": "Wishes"},
        "wish": {"nl": "Een wens van {person} telt {grade}.", "en": "A wish of {person} counts {grade}."},
    }

    weight: int = Field(
        20, ge=0, description="Worth of one grade", json_schema_extra={"unit": "points per lesson period and date"}
    )

    def costs(self, reading: Reading, subject: str) -> Iterator[Cost]:
        for taught in reading.of_person.get(subject, ()):
            for wish in reading.term.wishes_of(subject):
                place = about_place(reading.term, wish, taught.course)
                if place and about_time(reading.calendar, wish, taught.when, taught.stop.start, taught.stop.end):
                    periods = reading.calendar.lesson_periods(taught.lesson)
                    if wish.value * self.weight:
                        yield self.cost(-wish.value * self.weight * periods, professional=subject, lesson=taught.lesson)

    def enforce(self, board: Board, subject: str) -> None:
        for wish in board.term.wishes_of(subject):
            start, end = board.calendar.window(wish.half_day, wish.start, wish.end)
            dates = board.calendar.on(wish.weekday)
            terms = []
            for candidate in board.candidates_of(subject):
                if not about_place(board.term, wish, candidate.course):
                    continue
                periods = 0
                for part in candidate.parts:
                    if part.stop.start < end and start < part.stop.end:
                        periods += (part.dates & dates).bit_count() * board.calendar.lesson_periods(part.lesson)
                terms.append((board.teaches(candidate), -wish.value * self.weight * periods))
            because = self.because(
                "wish",
                professional=subject,
                privacy=Privacy.PRIVATE,
                fact=f"wishes/{wish.id}",
                person=names.person(board.term, subject),
                grade=wish.value,
            )
            board.price(terms, because, tier=Tier.COMFORT, of=subject)


def about_place(term: Term, wish: Wish, course_id: str) -> bool:
    """Whether a course is of the school, subject and level a wish is about, as far as it names them."""
    course = term.course(course_id)
    if wish.school not in (None, course.school):
        return False
    if wish.subject is not None and wish.subject.casefold() != course.subject.casefold():
        return False
    return wish.level in (None, course.level)


def about_time(calendar: Calendar, wish: Wish, when: date, start: int, end: int) -> bool:
    """Whether a lesson on a date, from and to a minute, overlaps the times a wish is about."""
    if wish.weekday not in (None, Weekday.of(when)):
        return False
    first, last = calendar.window(wish.half_day, wish.start, wish.end)
    return first < end and start < last
