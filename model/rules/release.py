"""Whether the employer lets somebody go."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from model import names
from model.calendar import days
from model.change import Change, Edit
from model.day import compatible, fits, gives_whole_days, work_stop
from model.fields import HalfDay, Weekday
from model.people import Privacy
from model.rule import Because, Board, Hurdle, Owner, Phase, Rule, Subject, Waiving
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class ReleaseRule(Rule):
    """Nobody teaches while at work, unless that half-day is released; travel and buffers between the two included."""

    name = "release"
    in_dutch = "Niemand geeft les tijdens het werk, tenzij dat dagdeel is vrijgeroosterd; reizen en marges ertussen meegerekend."
    subject = Subject.PROFESSIONAL
    source = "Employer's working pattern and releases (vrijroosteren)"
    owner = Owner.EMPLOYER
    change_price = 3
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.FREE
    may_waive = Waiving.PERSON_OR_LESSON
    stays_broken = True
    lifts = ("work", "releases")
    reads = (
        "work.cycle_weeks", "work.cycle_week", "work.weekday", "work.start", "work.end", "work.site",
        "releases.weeks", "releases.weekday", "releases.half_day", "releases.start", "releases.end", "releases.status",
        "schools.arrival_buffer_minutes", "schools.practical_buffer_minutes", "schools.leave_buffer_minutes",
        "courses.practical", "professionals.site", "professionals.travel_mode", "travel_times.minutes",
    )  # fmt: skip
    says = {
        "title": {"nl": "Vrijroostering door de werkgever", "en": "Release by the employer"},
        "work": {
            "nl": "{person} is op {day} ({half_day}) niet vrijgeroosterd.",
            "en": "{person} is not released on {day} ({half_day}).",
        },
        "many": {
            "nl": "{n} mensen zijn dan niet vrijgeroosterd door hun werkgever.",
            "en": "{n} people are not released by their employer then.",
        },
        "many.one": {
            "nl": "1 persoon is dan niet vrijgeroosterd door de werkgever.",
            "en": "1 person is not released by the employer then.",
        },
        "broken": {
            "nl": "{person} geeft {lesson} terwijl er {day} gewerkt wordt en niet is vrijgeroosterd ({n} data).",
            "en": "{person} gives {lesson} while at work on {day} without being released ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} terwijl er {day} gewerkt wordt en niet is vrijgeroosterd (één datum).",
            "en": "{person} gives {lesson} while at work on {day} without being released (one date).",
        },
        "way": {
            "nl": "{employer} geeft {person} vrij: {times}.",
            "en": "{employer} releases {person}: {times}.",
        },
    }

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        wrong: dict[tuple[str, Weekday], int] = {}
        for taught in reading.of_person.get(subject, ()):
            for piece in reading.work_day(subject, taught.day).worked:
                stop = work_stop(piece)
                before, after = sorted((stop, taught.stop), key=lambda each: each.order)
                if not piece.released and not fits(reading.travel, subject, before, after):
                    key = (taught.lesson, Weekday.of(taught.when))
                    wrong[key] = wrong.get(key, 0) + 1
                    break
        for (lesson, day), count in wrong.items():
            params = {
                "person": names.person(reading.term, subject),
                "lesson": names.lesson(reading.term, lesson),
                "day": day,
                "n": count,
            }
            yield self.breach("broken", count, "dates", params, professional=subject, lesson=lesson)

    def screen(self, board: Board, professional: str, courses: AbstractSet[str]) -> AbstractSet[str]:
        for piece in board.calendar.pieces(professional):
            if not piece.released:
                courses = courses - board.courses_at(piece.start, piece.end, piece.dates)
        return courses

    def ways(self, reading: Reading, breach: Breach) -> Iterator[Change]:
        term, person = reading.term, breach.professional or ""
        wanted: dict[tuple[Weekday, HalfDay | None], None] = {}
        for taught in reading.of_lesson.get(breach.lesson or "", ()):
            for piece in reading.work_day(person, taught.day).worked if taught.professional == person else ():
                if not piece.released and not compatible(reading.travel, person, work_stop(piece), taught.stop):
                    half_day = None if gives_whole_days(term, person) else piece.half_day
                    wanted[Weekday.of(taught.when), half_day] = None
        if wanted and term.professional(person).employer is not None:
            yield self.released(term, person, wanted)

    def released(self, term: Term, person: str, wanted: Collection[tuple[Weekday, HalfDay | None]]) -> Change:
        """An employer releases somebody at these times; a day without half-day is all of it."""
        employer = term.professional(person).employer or ""
        edits = [
            Edit("releases", None, {"professional": person, "weekday": day, "half_day": half_day})
            for day, half_day in wanted
        ]
        params = {
            "employer": term.employer(employer).name,
            "person": names.person(term, person),
            "times": [tuple(each for each in time if each is not None) for time in wanted],
        }
        return self.way(params, *edits, professional=person, amount=len(edits))

    @classmethod
    def asks(cls, term: Term, because: Because) -> tuple[Weekday, HalfDay | None]:
        """The day, or half-day, that is asked for."""
        whole = gives_whole_days(term, because.professional or "")
        half_day = None if whole else HalfDay(str(because.params["half_day"]))
        return Weekday(str(because.params["day"])), half_day

    def enforce(self, board: Board, subject: str) -> None:
        person = names.person(board.term, subject)
        reasons: dict[tuple[str, Weekday, HalfDay], Because] = {}
        kept = [(piece, work_stop(piece)) for piece in board.calendar.pieces(subject) if not piece.released]
        for candidate in board.candidates_of(subject):
            said = set()
            for part in candidate.parts:
                for piece, stop in kept:
                    dates = part.dates & piece.dates
                    if not dates or compatible(board.travel, subject, part.stop, stop):
                        continue
                    day = Weekday.of(board.calendar.date_of(next(days(dates))))
                    if (day, piece.half_day) not in said:
                        said.add((day, piece.half_day))
                        key = (piece.work, day, piece.half_day)
                        if key not in reasons:
                            reasons[key] = self.because(
                                "work",
                                professional=subject,
                                privacy=Privacy.OPEN,
                                fact=f"work/{piece.work}",
                                person=person,
                                day=day,
                                half_day=piece.half_day,
                            )
                        board.forbid(candidate, reasons[key])
