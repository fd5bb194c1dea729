"""What is odd about rooms, meetings and demand: warnings."""

from __future__ import annotations

from collections.abc import Iterator

from model import names
from model.activities import common_slots, dates_of, is_open, meeting
from model.calendar import Calendar
from model.demands import demand_warnings
from model.issues import Issue, Severity
from model.rules.room import pupils_of
from model.term import Term


def school_warnings(term: Term, calendar: Calendar) -> Iterator[Issue]:
    """Rooms too small for their class, meetings that somebody cannot come to, demand that fits nowhere."""
    yield from _rooms(term)
    yield from _meetings(term, calendar)
    yield from demand_warnings(term, calendar)


def _rooms(term: Term) -> Iterator[Issue]:
    """Lessons whose own room has fewer places than they have pupils; another time is the rule's to refuse."""
    for index, lesson in enumerate(term.lessons):
        room = None if lesson.room is None else term.find("rooms", lesson.room)
        pupils = pupils_of(term, lesson.course) if room is not None else 0
        if room is not None and room.capacity is not None and pupils > room.capacity:
            yield Issue(
                code="room_too_small",
                severity=Severity.WARNING,
                table="lessons",
                index=index,
                field="room",
                value=room.name or room.id,
                details={
                    "lesson": names.lesson(term, lesson.id),
                    "pupils": str(pupils),
                    "places": str(room.capacity),
                },
            )


def _meetings(term: Term, calendar: Calendar) -> Iterator[Issue]:
    for index, activity in enumerate(term.activities):
        where = {"severity": Severity.WARNING, "table": "activities", "index": index}
        called = names.activity(term, activity.id)
        if not dates_of(calendar, activity):
            yield Issue(code="meeting_never", field="weeks", value=called, **where)
        elif is_open(activity):
            if activity.required and not common_slots(calendar, activity, activity.required):
                yield Issue(code="meeting_without_half_day", field="required", value=called, **where)
        elif found := meeting(calendar, activity):
            for professional in dict.fromkeys(activity.required):
                if any(
                    not piece.released
                    and piece.dates & found.dates
                    and piece.start < found.stop.end
                    and found.stop.start < piece.end
                    for piece in calendar.pieces(professional)
                ):
                    details = {"person": names.person(term, professional)}
                    yield Issue(code="meeting_at_work", field="required", value=called, details=details, **where)
