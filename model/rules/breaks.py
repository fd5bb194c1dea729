"""Pauses on a day with lessons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.day import Stop, work_stop
from model.hours import (
    DayStops,
    follows,
    idle_minutes,
    in_hours,
    is_lesson,
    may_take_over,
    takes_over_first,
    worked_minutes,
)
from model.hours_board import Days
from model.pauses import Stretches
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach
from model.travel import Travel

if TYPE_CHECKING:
    from model.reading import Reading


class Breaks(Rule):
    """On a date with lessons, more than 5.5 hours of work have at least 30 minutes of pauses in them, more than 10 hours at least 45; each pause is at least 15 minutes.

    All that a pause connects is taken together, and nothing counts before the first or after the last of it. Time
    between two stops that is neither travel nor buffer is a pause, and so is the break inside a block of the
    employer's work, or a lesson, of more than 5.5 hours. The employer's break lies in the middle of its block. When
    that part is given away for teaching, the longest part that remains holds the break instead: the law asks that the
    work of the day is interrupted, not at which hour, and the employer misses no more than the hours it gave away. The
    break is lost only when no part longer than the break remains. A block of at most 5.5 hours has no break to keep:
    one would cost work that is paid for. Other breaks inside a lesson of several periods do not count. Stops that
    nobody can do one after the other are another rule's affair.
    """

    name = "breaks"
    in_dutch = "Op een dag met lessen zitten in meer dan 5,5 uur werk minstens 30 minuten pauze, in meer dan 10 uur minstens 45; elke pauze duurt minstens 15 minuten."
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:4 (text of 2017); that travel is no pause: interpretation (unverified)"
    owner = Owner.LAW
    privacy = Privacy.EMPLOYER
    negotiable = False
    may_switch_off = False
    reads = (
        "professionals.atw_exempt", "work.start", "work.end", "employers.break_minutes",
        "schools.arrival_buffer_minutes", "schools.practical_buffer_minutes", "schools.leave_buffer_minutes",
        "travel_times.minutes", "professionals.travel_mode", "activities.required", "activities.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Pauzes", "en": "Breaks"},
        "limit": {
            "nl": "Op een dag met lessen heeft {person} genoeg pauze: {first} minuten, op een lange dag {second}.",
            "en": "On a day with lessons {person} has enough breaks: {first} minutes, on a long day {second}.",
        },
        "broken": {
            "nl": "{person} werkt op {when} {given} uur met {pause} minuten pauze; minstens {least} minuten moet.",
            "en": "{person} works {given} hours on {when} with {pause} minutes of breaks; at least {least} are needed.",
        },
    }

    first_after: int = Field(
        330, ge=0, description="Work after which there is a pause", json_schema_extra={"unit": "minutes"}
    )
    first_pause: int = Field(30, ge=0, description="That pause", json_schema_extra={"unit": "minutes"})
    second_after: int = Field(
        600, ge=0, description="Work after which there is more pause", json_schema_extra={"unit": "minutes"}
    )
    second_pause: int = Field(45, ge=0, description="That pause, in all", json_schema_extra={"unit": "minutes"})
    shortest: int = Field(15, ge=0, description="Shortest pause that counts", json_schema_extra={"unit": "minutes"})

    def _needed(self, worked: int) -> int:
        """Minutes of pauses that so much work needs."""
        return max(
            self.first_pause if worked > self.first_after else 0, self.second_pause if worked > self.second_after else 0
        )

    def _counted(self, pause: int) -> int:
        return pause if pause >= max(1, self.shortest) else 0

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        if reading.term.professional(subject).atw_exempt:
            return
        stops = DayStops(reading, subject)
        known: dict[tuple[Stop, ...], tuple[int, int]] = {}
        for day in reading.by_day(subject):
            today = self._with_breaks_kept(reading, subject, day, stops.on(day))
            if today not in known:
                found = self._stretches(reading.travel, subject, today)
                known[today] = max(found, key=lambda each: self._needed(each[0]) - each[1], default=(0, 0))
            worked, pause = known[today]
            if pause < self._needed(worked):
                when = reading.calendar.date_of(day)
                params = {
                    "person": names.person(reading.term, subject), "when": when, "given": in_hours(worked),
                    "pause": pause, "least": self._needed(worked),
                }  # fmt: skip
                size = self._needed(worked) - pause
                yield self.breach("broken", size, "minutes", params, professional=subject, when=when)

    def _with_breaks_kept(self, reading: Reading, subject: str, day: int, today: tuple[Stop, ...]) -> tuple[Stop, ...]:
        """The stops of a day, each break that was given away put into the work that takes it over."""
        work = reading.work_day(subject, day)
        for gone in work.away:
            left = [piece for piece in work.worked if may_take_over(piece, gone)]
            if left:
                heir = work_stop(min(left, key=takes_over_first))
                held = heir._replace(pause_minutes=gone.pause_minutes)
                today = tuple(held if stop == heir else stop for stop in today)
        return today

    def _stretches(self, travel: Travel, subject: str, today: Sequence[Stop]) -> Iterator[tuple[int, int]]:
        """Work and pause of everything on a day that can be done in a row, has a lesson in it, and no pause beside it."""
        if sum(map(worked_minutes, today)) <= min(self.first_after, self.second_after):
            return

        def beside(before: Stop, after: Stop, outside: Stop) -> bool:
            pauses = idle_minutes(travel, subject, before, after), outside.pause_minutes
            return follows(travel, subject, before, after) and any(map(self._counted, pauses))

        rows: list[tuple[Stop, ...]] = []
        for stop in today:
            rows += [(*row, stop) for row in rows if follows(travel, subject, row[-1], stop)] + [(stop,)]
        for row in rows:
            rescued = any(beside(row[-1], stop, stop) or beside(stop, row[0], stop) for stop in today)
            if any(map(is_lesson, row)) and not rescued:
                idle = [idle_minutes(travel, subject, *pair) for pair in pairwise(row)]
                pauses = [*idle, *(each.pause_minutes for each in row)]
                yield sum(map(worked_minutes, row)), sum(map(self._counted, pauses))

    def enforce(self, board: Board, subject: str) -> None:
        if board.term.professional(subject).atw_exempt or board.once(Days).outline(subject) is None:
            return
        because = self.because(
            "limit", professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}",
            person=names.person(board.term, subject), first=self.first_pause, second=self.second_pause,
        )  # fmt: skip
        words = board.once(_known_words)
        if self not in words:
            words[self] = (cache(self._needed), cache(self._counted))
        for stretch, rescue in Stretches(board, subject, *words[self]).said():
            terms = [(each, 1) for each in stretch]
            terms += [(each, -1) for each in rescue]
            board.limit(terms, len(stretch) - 1, because, of=subject)


def _known_words(_: Board) -> dict[Breaks, tuple[Callable[[int], int], Callable[[int], int]]]:
    """What so much work needs and what so much time counts for, kept for all people for whom the rule is set alike."""
    return {}
