"""How much is worked in a week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.hours import in_hours, legal_weeks
from model.hours_board import limit_weeks
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class HoursPerWeek(Rule):
    """Nobody works more than 60 hours in a week from Sunday to Saturday, both jobs and meetings together.

    Lessons count for their minutes, times one plus `preparation`; journeys do not count, nor a break inside the
    employer's work, nor work that is given away for a lesson, nor days on which the employer is closed. Where the
    employer's work alone is more, a warning says so, and teaching may not make it any more.
    """

    name = "hours_per_week"
    in_dutch = "Niemand werkt meer dan 60 uur in een week van zondag tot en met zaterdag, beide banen en overleg samen."
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:7 lid 2b and 5:15 (text of 2017); exemption: Arbeidstijdenbesluit 2.1:1"
    owner = Owner.LAW
    privacy = Privacy.EMPLOYER
    negotiable = False
    may_switch_off = False
    reads = (
        "professionals.atw_exempt", "work.weekday", "work.start", "work.end", "work.cycle_weeks", "work.cycle_week",
        "employers.break_minutes", "activities.required", "activities.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Werkuren per week", "en": "Working hours a week"},
        "limit": {
            "nl": "{person} werkt in een week hoogstens {most} uur, beide banen samen.",
            "en": "{person} works at most {most} hours in a week, both jobs together.",
        },
        "broken": {
            "nl": "{person} werkt {given} uur in de week van {when}, beide banen samen; hoogstens {most} uur mag.",
            "en": "{person} works {given} hours in the week of {when}, both jobs together; at most {most} are allowed.",
        },
    }

    most_hours: float = Field(60, ge=0, description="Most hours in a week", json_schema_extra={"unit": "hours"})
    preparation: float = Field(
        0,
        ge=0,
        le=5,
        description="Preparation and marking that is rostered as work",
        json_schema_extra={"unit": "hours per hour of lessons"},
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        if reading.term.professional(subject).atw_exempt or subject not in reading.of_person:
            return
        most = round(60 * self.most_hours)
        for week in legal_weeks(reading, subject, self.preparation, on_leave=False):
            if week.worked > max(most, week.alone):
                when = reading.calendar.date_of(week.first_day)
                params = {"person": names.person(reading.term, subject), "when": when, "given": in_hours(week.worked)}
                params["most"] = in_hours(max(most, week.alone))
                size = week.worked - max(most, week.alone)
                yield self.breach("broken", size, "minutes", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        if board.term.professional(subject).atw_exempt:
            return
        because = self.because(
            "limit", professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}",
            person=names.person(board.term, subject), most=self.most_hours,
        )  # fmt: skip
        limit_weeks(
            board, subject, because, weeks=1, hours=self.most_hours, preparation=self.preparation, on_leave=False
        )
