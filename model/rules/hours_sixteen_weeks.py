"""How much is worked on average over sixteen weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.hours import in_hours, legal_weeks, minutes_before, windows
from model.hours_board import limit_weeks
from model.people import Privacy
from model.rule import Board, Owner, Rule, Subject
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class HoursSixteenWeeks(Rule):
    """Over every 16 consecutive weeks, from Sunday to Saturday, nobody works more than 48 hours a week on average, both jobs together.

    Weeks before the term count as stated with the person, else as the contract with the employer, else as an average
    week of the work pattern. Days on which the employer is closed count as worked (ATW 5:2), and so does sick leave,
    since nothing takes it off. Lessons that a school's holidays leave out count for whom the school employs (dual, or
    without a company) as for who gives the lesson before them, but not at times of work for the company; whether the law
    asks that much is unverified, and `school_leave` leaves them out. Lessons count for their minutes,
    times one plus `preparation`; work that is given away for a lesson does not count. Where the employer's work alone
    is more, a warning says so, and teaching may not make it any more.
    """

    name = "hours_sixteen_weeks"
    in_dutch = "In elke 16 weken op rij, van zondag tot en met zaterdag, werkt niemand gemiddeld meer dan 48 uur per week, beide banen samen."
    subject = Subject.PROFESSIONAL
    source = "Arbeidstijdenwet 5:7 lid 2c, 5:2 and 5:15 (text of 2017); exemption: Arbeidstijdenbesluit 2.1:1"
    owner = Owner.LAW
    privacy = Privacy.EMPLOYER
    negotiable = False
    may_switch_off = False
    reads = (
        "professionals.atw_exempt", "professionals.hours_before", "professionals.employer_hours_per_week",
        "work.weekday", "work.start", "work.end", "work.cycle_weeks", "work.cycle_week", "employers.break_minutes",
        "activities.required", "activities.minutes", "engagements.form",
    )  # fmt: skip
    says = {
        "title": {"nl": "Werkuren over 16 weken", "en": "Working hours over 16 weeks"},
        "limit": {
            "nl": "{person} werkt over 16 weken gemiddeld hoogstens {most} uur per week, beide banen samen.",
            "en": "{person} works at most {most} hours a week on average over 16 weeks, both jobs together.",
        },
        "broken": {
            "nl": "{person} werkt in de 16 weken tot en met die van {when} gemiddeld {given} uur; hoogstens {most} mag.",
            "en": "{person} works {given} hours a week on average in the 16 weeks up to that of {when}; at most {most} may be.",
        },
    }

    most_hours: float = Field(
        48, ge=0, description="Most hours a week on average", json_schema_extra={"unit": "hours per week"}
    )
    preparation: float = Field(
        0,
        ge=0,
        le=5,
        description="Preparation and marking that is rostered as work",
        json_schema_extra={"unit": "hours per hour of lessons"},
    )
    school_leave: bool = Field(
        default=True,
        description="Whether lessons that a school's holidays leave out count for whom the school employs",
        json_schema_extra={"unit": "yes or no"},
    )

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        if reading.term.professional(subject).atw_exempt or subject not in reading.of_person:
            return
        weeks = legal_weeks(reading, subject, self.preparation, on_leave=True, school_leave=self.school_leave)
        before, most = minutes_before(reading.calendar, subject, 16 - 1), round(16 * 60 * self.most_hours)
        over = {each: each.worked - max(most, each.alone) for each in windows(before, weeks)}
        worst = max(over, key=lambda each: over[each])
        if over[worst] > 0:
            when = reading.calendar.date_of(weeks[worst.last].first_day)
            params = {"person": names.person(reading.term, subject), "when": when}
            params |= {"given": in_hours(worst.worked / 16), "most": in_hours(max(most, worst.alone) / 16)}
            yield self.breach("broken", over[worst], "minutes", params, professional=subject, when=when)

    def enforce(self, board: Board, subject: str) -> None:
        if board.term.professional(subject).atw_exempt:
            return
        because = self.because(
            "limit", professional=subject, privacy=Privacy.EMPLOYER, fact=f"professionals/{subject}",
            person=names.person(board.term, subject), most=self.most_hours,
        )  # fmt: skip
        limit_weeks(
            board, subject, because, weeks=16, hours=self.most_hours, preparation=self.preparation, on_leave=True,
            school_leave=self.school_leave,
        )  # fmt: skip
