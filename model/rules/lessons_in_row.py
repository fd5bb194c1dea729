"""How long somebody teaches without a break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from model import names
from model.day import Stop
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class LessonsInRow(Rule):
    """A professional gives at most so many lesson periods in a row at a school without a break.

    A break is so many minutes without a lesson; going to another school is one too.
    """

    name = "lessons_in_row"
    in_dutch = "Iemand geeft op een school hoogstens zoveel lesuren achter elkaar zonder pauze."
    subject = Subject.PROFESSIONAL
    source = "Timetablers' habit (werkdruk: most lessons in a row, as Zermelo offers)"
    owner = Owner.PROFESSIONAL
    change_price = 2
    stays_broken = True
    reads = ("professionals.max_lessons_in_row", "lessons.lesson_periods")
    raises = "max_lessons_in_row"
    says = {
        "title": {"nl": "Lesuren achter elkaar", "en": "Lesson periods in a row"},
        "limit": {
            "nl": "Lesuren van {person} zonder pauze: hoogstens {most}.",
            "en": "Lesson periods of {person} without a break: at most {most}.",
        },
        "broken": {
            "nl": "Lesuren van {person} zonder pauze op {when}: {given}; hoogstens {most} mag.",
            "en": "Lesson periods of {person} without a break on {when}: {given}; at most {most} is allowed.",
        },
        "way": {
            "nl": "{person} geeft {given} lesuren achter elkaar (nu hoogstens {most}).",
            "en": "{person} gives {given} lesson periods in a row (now at most {most}).",
        },
    }

    default: int | None = Field(
        None,
        ge=0,
        description="Limit for people who give none themselves",
        json_schema_extra={"unit": "lesson periods"},
    )
    break_minutes: int = Field(15, ge=1, description="Shortest break", json_schema_extra={"unit": "minutes"})

    def _most(self, own: int | None) -> int | None:
        return self.default if own is None else own

    def _follows(self, before: Stop, after: Stop) -> bool:
        return before.place == after.place and 0 <= after.start - before.end < self.break_minutes

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        most = self._most(reading.term.professional(subject).max_lessons_in_row)
        if most is None:
            return
        for lessons in reading.by_day(subject).values():
            runs: list[int] = []  # lesson periods of the longest run that ends with each lesson
            for taught in lessons:
                before = (
                    run for run, other in zip(runs, lessons, strict=False) if self._follows(other.stop, taught.stop)
                )
                runs.append(reading.calendar.lesson_periods(taught.lesson) + max(before, default=0))
            if (given := max(runs)) > most:
                when = lessons[0].when
                params = {"person": names.person(reading.term, subject), "when": when, "given": given, "most": most}
                yield self.breach("broken", given - most, "lesson periods", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        most = self._most(board.term.professional(subject).max_lessons_in_row)
        if most is None:
            return
        because = self.because(
            "limit",
            professional=subject,
            fact=f"professionals/{subject}",
            person=names.person(board.term, subject),
            most=most,
        )
        for day in board.days_of(subject):
            times: dict[tuple[str, int, int, int], tuple[Stop, list[Literal]]] = {}
            for each in day.stops:
                if each.candidate is not None:
                    periods = board.calendar.lesson_periods(each.stop.key)
                    key = (each.stop.place, each.stop.start, each.stop.end, periods)
                    times.setdefault(key, (each.stop, []))[1].append(board.teaches(each.candidate))
            found = [_Time(stop, key[-1], board.any_of(literals)) for key, (stop, literals) in times.items()]
            for run in self._too_long(found, most):
                board.limit([(each.taught, 1) for each in run], len(run) - 1, because, of=subject)

    def _too_long(self, times: Sequence[_Time], most: int) -> Iterator[tuple[_Time, ...]]:
        """Runs that hold more lesson periods than allowed, and without their last lesson do not."""
        open_runs: list[tuple[tuple[_Time, ...], int]] = [((each,), each.periods) for each in times]
        while open_runs:
            run, periods = open_runs.pop()
            if periods > most:
                yield run
            else:
                after = (each for each in times if self._follows(run[-1].stop, each.stop))
                open_runs += [((*run, each), periods + each.periods) for each in after]


class _Time(NamedTuple):
    """A time of a day at one school at which somebody may teach so many lesson periods."""

    stop: Stop
    periods: int
    taught: Literal
