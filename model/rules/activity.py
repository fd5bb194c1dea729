"""Meetings at which somebody must be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from model import names
from model.activities import meetings_of
from model.calendar import days
from model.change import Change, Edit
from model.day import compatible
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ActivityRule(Rule):
    """Nobody teaches while they must be at a meeting, nor so close to it that travel and buffers do not fit.

    Meetings without a time are another rule.
    """

    name = "activity"
    in_dutch = "Niemand geeft les tijdens een overleg waar die persoon bij moet zijn, of zo dichtbij dat reizen en marges niet passen."
    subject = Subject.PROFESSIONAL
    source = "School's agenda (vergaderingen, intervisie)"
    owner = Owner.SCHOOL
    change_price = 3
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    stays_broken = True
    lifts = ("activities",)
    reads = (
        "activities.required", "activities.school", "activities.weeks", "activities.weekday", "activities.start",
        "activities.minutes", "schools.arrival_buffer_minutes", "schools.practical_buffer_minutes",
        "schools.leave_buffer_minutes", "travel_times.minutes", "professionals.travel_mode",
    )  # fmt: skip
    says = {
        "title": {"nl": "Verplichte overleggen", "en": "Meetings one must attend"},
        "attends": {
            "nl": "{person} is op de tijd van de les bij {meeting} ({n} data).",
            "en": "{person} is at {meeting} at the time of the lesson ({n} dates).",
        },
        "attends.one": {
            "nl": "{person} is op één lesdatum bij {meeting}.",
            "en": "{person} is at {meeting} on one date of the lesson.",
        },
        "many": {"nl": "{n} mensen hebben dan een overleg.", "en": "{n} people have a meeting then."},
        "many.one": {"nl": "1 persoon heeft dan een overleg.", "en": "1 person has a meeting then."},
        "broken": {
            "nl": "{person} geeft {lesson} terwijl {meeting} dan niet te halen is ({n} data).",
            "en": "{person} gives {lesson} while {meeting} cannot be attended then ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} terwijl {meeting} dan niet te halen is (één datum).",
            "en": "{person} gives {lesson} while {meeting} cannot be attended then (one date).",
        },
        "way": {
            "nl": "{person} hoeft niet bij {meeting} te zijn.",
            "en": "{person} need not be at {meeting}.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        for activity, stop, dates in meetings_of(reading.calendar, subject):
            missed: dict[str, int] = {}
            for taught in reading.of_person.get(subject, ()):
                if taught.day in days(dates) and not compatible(reading.travel, subject, taught.stop, stop):
                    missed[taught.lesson] = missed.get(taught.lesson, 0) + 1
            for lesson, count in missed.items():
                params = {
                    "person": names.person(reading.term, subject),
                    "lesson": names.lesson(reading.term, lesson),
                    "meeting": names.activity(reading.term, activity.id),
                    "n": count,
                }
                yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson)

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        person = breach.professional or ""
        for activity, _, _ in meetings_of(reading.calendar, person):
            called = names.activity(reading.term, activity.id)
            if called == breach.params["meeting"]:
                required = tuple(each for each in activity.required if each != person)
                params = {"person": breach.params["person"], "meeting": called}
                edit = Edit("activities", activity.id, {"required": required})
                yield self.way(params, edit, professional=person)

    def enforce(self, board: Board, subject: str) -> None:
        for activity, stop, dates in meetings_of(board.calendar, subject):
            for candidate in board.candidates_of(subject):
                hit = 0
                for part in candidate.parts:
                    if part.dates & dates and not compatible(board.travel, subject, part.stop, stop):
                        hit |= part.dates & dates
                if hit:
                    because = self.because(
                        "attends",
                        professional=subject,
                        fact=f"activities/{activity.id}",
                        person=names.person(board.term, subject),
                        meeting=names.activity(board.term, activity.id),
                        n=hit.bit_count(),
                    )
                    board.forbid(candidate, because)
