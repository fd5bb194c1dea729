"""Words that judge and board share about one day of one person: stops, what fits after what, how long a leg takes.

Only pairs are decided here. Who walks through which pairs is the business of each side on its own, so that the one
can catch what the other forgets.
"""

from __future__ import annotations

from typing import NamedTuple

from model.calendar import MINUTES_BEFORE_A_BREAK, Piece
from model.people import BREAK_MINUTES, ReleasePolicy
from model.term import Term
from model.travel import Travel, home

DEPARTURE_LEAD_MINUTES = 30
"""A journey that must arrive in time is looked up as if it left this long before."""


class Stop(NamedTuple):
    """Something a person does somewhere: a lesson, or a piece of work at the employer."""

    start: int
    end: int
    place: str
    """Place id; empty when unknown, which takes no travel."""
    arrive_minutes: int
    """Time needed between arriving here and the start."""
    leave_minutes: int
    """Time needed between the end and leaving."""
    key: str
    """Lesson id, empty for a piece of work; orders stops with the same times."""
    pause_minutes: int = 0
    """Minutes of it that are a break and not worked."""
    runs_on: bool = False
    """Whether it is work that runs on from the date before: what lasts past midnight takes two rows."""

    @property
    def order(self) -> tuple[int, int, str]:
        """Order of stops on a day."""
        return (self.start, self.end, self.key)


def lesson_stop(term: Term, lesson: str, start: int, end: int) -> Stop:
    """The stop of a lesson at its school, with the school's buffers."""
    course = term.course(term.lesson(lesson).course)
    school = term.school(course.school)
    arrive = school.arrival_buffer_minutes
    if course.practical and school.practical_buffer_minutes is not None:
        arrive = school.practical_buffer_minutes
    pause = BREAK_MINUTES if end - start > MINUTES_BEFORE_A_BREAK else 0  # a whole day given as one lesson
    return Stop(start, end, school.id, arrive, school.leave_buffer_minutes, lesson, pause)


def work_stop(piece: Piece) -> Stop:
    """The stop of a piece of work."""
    return Stop(piece.start, piece.end, piece.site or "", 0, 0, "", piece.pause_minutes, piece.runs_on)


def leg_minutes(travel: Travel, professional: str, before: Stop, after: Stop) -> int:
    """Travel time between two stops, left as soon as the first allows; 0 on the same or an unknown place."""
    if not before.place or not after.place or before.place == after.place:
        return 0
    return travel.leg(professional, before.place, after.place, before.end + before.leave_minutes)


def way_minutes(travel: Travel, professional: str, before: Stop, after: Stop) -> int:
    """Time to keep for the way between two stops: travel, and by public transport spare time for a missed connection."""
    minutes = leg_minutes(travel, professional, before, after)
    return minutes + travel.margin_minutes(professional) if minutes else 0


def fits(travel: Travel, professional: str, before: Stop, after: Stop) -> bool:
    """Whether the second stop can follow the first: no overlap, and buffers and travel fit between other places."""
    if before.end > after.start:
        return False
    if before.place == after.place or not before.place or not after.place:
        return True
    needed = before.leave_minutes + way_minutes(travel, professional, before, after) + after.arrive_minutes
    return before.end + needed <= after.start


def compatible(travel: Travel, professional: str, a: Stop, b: Stop) -> bool:
    """Whether one person can do both on one day, in their order of time."""
    if a.start < b.start or (a.start == b.start and a.order <= b.order):
        return fits(travel, professional, a, b)
    return fits(travel, professional, b, a)


def from_home_minutes(travel: Travel, professional: str, stop: Stop) -> int:
    """Travel time from home to the first stop of a day."""
    if not stop.place:
        return 0
    departure = max(0, stop.start - stop.arrive_minutes - DEPARTURE_LEAD_MINUTES)
    return travel.leg(professional, home(professional), stop.place, departure)


def to_home_minutes(travel: Travel, professional: str, stop: Stop) -> int:
    """Travel time from the last stop of a day to home."""
    if not stop.place:
        return 0
    return travel.leg(professional, stop.place, home(professional), stop.end + stop.leave_minutes)


def gives_whole_days(term: Term, professional: str) -> bool:
    """Whether the employer gives away everything released on a day, or only the half-days needed."""
    employer = term.professional(professional).employer
    return employer is not None and term.employer(employer).release_policy is ReleasePolicy.DAY
