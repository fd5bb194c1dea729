"""When somebody cannot teach at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from model import names
from model.calendar import days
from model.change import Change, Edit
from model.people import Privacy, Unavailability
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.timetable import Breach

if TYPE_CHECKING:
    from model.calendar import Calendar
    from model.reading import Reading


class Availability(Rule):
    """Nobody teaches at a time at which they said they are not available, or are busy with another lesson."""

    name = "availability"
    in_dutch = "Niemand geeft les op een tijd waarop iemand niet beschikbaar is, of al een andere les heeft."
    subject = Subject.PROFESSIONAL
    source = "The professional's own statement (blokkade)"
    owner = Owner.PROFESSIONAL
    privacy = Privacy.PRIVATE
    change_price = 4
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    reads = (
        "unavailability.weeks", "unavailability.weekday", "unavailability.first_date", "unavailability.last_date",
        "unavailability.start", "unavailability.end", "unavailability.privacy", "busy.professional",
    )  # fmt: skip
    says = {
        "title": {"nl": "Beschikbaarheid", "en": "Availability"},
        "away": {
            "nl": "{person} is niet beschikbaar op de tijd van de les ({n} data).",
            "en": "{person} is not available at the time of the lesson ({n} dates).",
        },
        "away.one": {
            "nl": "{person} is op één lesdatum niet beschikbaar.",
            "en": "{person} is not available on one date of the lesson.",
        },
        "many": {"nl": "{n} mensen zijn dan niet beschikbaar.", "en": "{n} people are not available then."},
        "many.one": {"nl": "1 persoon is dan niet beschikbaar.", "en": "1 person is not available then."},
        "broken": {
            "nl": "{person} geeft {lesson} op een niet-beschikbare tijd ({n} data).",
            "en": "{person} gives {lesson} at a time that is not available ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} op een niet-beschikbare tijd (één datum).",
            "en": "{person} gives {lesson} at a time that is not available (one date).",
        },
        "way": {
            "nl": "{person} maakt zich vrij voor {lesson}.",
            "en": "{person} keeps the time of {lesson} free.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        wrong: dict[str, int] = {}
        for taught in reading.of_person.get(subject, ()):
            blocked = any(
                _covers(row, taught.when, taught.stop.start, taught.stop.end)
                for row in reading.term.unavailability_of(subject)
            )
            busy = any(
                start < taught.stop.end and taught.stop.start < end and taught.day in days(dates)
                for row in reading.term.busy_of("professional", subject)
                for start, end, dates in reading.calendar.busy(row)
            )
            if blocked or busy:
                wrong[taught.lesson] = wrong.get(taught.lesson, 0) + 1
        for lesson, count in wrong.items():
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "n": count,
            }
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        person, lesson = breach.professional or "", breach.lesson or ""
        mine = [each for each in reading.of_lesson.get(lesson, ()) if each.professional == person]
        rows = [
            row
            for row in reading.term.unavailability_of(person)
            if any(_covers(row, each.when, each.stop.start, each.stop.end) for each in mine)
        ]
        busy = any(
            start < each.stop.end and each.stop.start < end and each.day in days(dates)
            for row in reading.term.busy_of("professional", person)
            for start, end, dates in reading.calendar.busy(row)
            for each in mine
        )
        if rows and not busy:  # another lesson is not theirs to drop
            params = {each: breach.params[each] for each in ("person", "lesson")}
            edits = [Edit("unavailability", row.id, None) for row in rows]
            hidden = max((row.privacy for row in rows), key=list(Privacy).index)
            yield self.way(params, *edits, professional=person, privacy=hidden)

    def enforce(self, board: Board, subject: str) -> None:
        blocks = [
            (*_window(board.calendar, row), f"unavailability/{row.id}", row.privacy)
            for row in board.term.unavailability_of(subject)
        ]
        for busy in board.term.busy_of("professional", subject):
            blocks += [(*span, f"busy/{busy.id}", Privacy.OPEN) for span in board.calendar.busy(busy)]
        person = names.person(board.term, subject)
        for candidate in board.candidates_of(subject):
            for start, end, dates, fact, privacy in blocks:
                hit = 0
                for part in candidate.parts:
                    if part.stop.start < end and start < part.stop.end:
                        hit |= part.dates & dates
                if hit:
                    because = self.because(
                        "away", professional=subject, privacy=privacy, fact=fact, person=person, n=hit.bit_count()
                    )
                    board.forbid(candidate, because)


def _window(calendar: Calendar, row: Unavailability) -> tuple[int, int, int]:
    start, end = calendar.window(None, row.start, row.end)
    dates = calendar.on(row.weekday) & calendar.in_weeks(row.weeks) & calendar.between(row.first_date, row.last_date)
    return start, end, dates


def _covers(row: Unavailability, when: date, start: int, end: int) -> bool:
    if row.weekday is not None and row.weekday.iso != when.isoweekday():
        return False
    if row.weeks is not None and when.isocalendar().week not in row.weeks:
        return False
    if (row.first_date or date.min) > when or when > (row.last_date or date.max):
        return False
    return (row.start or 0) < end and start < (24 * 60 if row.end is None else row.end)
