"""A half-day for meetings that have no time yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from model import names
from model.activities import Slot, common_slots, is_open
from model.calendar import Calendar
from model.lessons import Activity
from model.rule import Board, Literal, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ActivityHalfDay(Rule):
    """A meeting without a time keeps a half-day, the same in all its weeks, on which nobody who must come teaches.

    Where work and absence leave no such half-day at all, the check of the term says so and this rule asks nothing.
    """

    name = "activity_half_day"
    in_dutch = "Een overleg zonder tijd houdt een dagdeel vrij, in alle weken hetzelfde, waarop niemand lesgeeft die erbij moet zijn."
    subject = Subject.REGION
    source = "Habit: peer supervision (kenniskring) needs a half-day that all have free (unverified)"
    owner = Owner.SCHOOL
    change_price = 3
    stays_broken = True
    reads = (
        "activities.required", "activities.school", "activities.weeks", "activities.weekday", "activities.start",
        "activities.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Gezamenlijk vrij dagdeel", "en": "Common free half-day"},
        "limit": {
            "nl": "Voor {meeting} blijft een dagdeel vrij waarop iedereen kan die erbij moet zijn.",
            "en": "A half-day stays free for {meeting} on which all who must come can.",
        },
        "broken": {
            "nl": "Voor {meeting} is er geen dagdeel meer waarop niemand lesgeeft die erbij moet zijn.",
            "en": "For {meeting} no half-day is left on which nobody who must come teaches.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:  # noqa: ARG002  the region is the whole term
        for activity, possible in _sought(reading.calendar):
            if not any(is_free(reading, slot, activity.required) for slot in possible):
                params = {"meeting": names.activity(reading.term, activity.id)}
                yield self.breach("broken", 1, "meetings", params, school=activity.school)

    def enforce(self, board: Board, subject: str) -> None:  # noqa: ARG002  likewise
        for activity, possible in _sought(board.calendar):
            because = self.because(
                "limit", fact=f"activities/{activity.id}", meeting=names.activity(board.term, activity.id)
            )
            free = [left_free(board, slot, activity.required) for slot in possible]
            board.limit([(each, -1) for each in free], -1, because, of=only_one(activity.required))


def _sought(calendar: Calendar) -> Iterator[tuple[Activity, list[Slot]]]:
    """Meetings without a time, with the half-days that are possible at all."""
    for activity in calendar.term.activities:
        if activity.required and is_open(activity):
            possible = common_slots(calendar, activity, activity.required)
            if possible:
                yield activity, possible


def is_free(reading: Reading, slot: Slot, people: tuple[str, ...]) -> bool:
    """Whether none of these people teaches in a slot."""
    return not any(
        slot.dates >> taught.day & 1 and taught.stop.start < slot.end and slot.start < taught.stop.end
        for person in people
        for taught in reading.of_person.get(person, ())
    )


def left_free(board: Board, slot: Slot, people: Iterable[str]) -> Literal:
    """True when nobody of these teaches in a slot: each takes it or not, which ties them together."""
    return board.none_of(_taken_by(board, slot, person) for person in people)


def only_one(people: Iterable[str]) -> str | None:
    """The person whose own affair it is, if it is not one of several."""
    some = set(people)
    return some.pop() if len(some) == 1 else None


def _taken_by(board: Board, slot: Slot, person: str) -> Literal:
    return board.any_of(
        board.teaches(candidate)
        for candidate in board.candidates_of(person)
        if any(
            part.dates & slot.dates and part.stop.start < slot.end and slot.start < part.stop.end
            for part in candidate.parts
        )
    )
