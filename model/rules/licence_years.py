"""Rights that last a few years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from model import names
from model.calendar import Dates
from model.levels import Accepted, licence_rule
from model.people import Licence, LicenceLevel
from model.rights import TEMPORARY, holds
from model.rule import Board, Hurdle, Owner, Phase, Rule, Subject
from model.term import Term
from model.timetable import Breach

if TYPE_CHECKING:
    from model.reading import Reading


class LicenceYears(Rule):
    """Nobody teaches on a temporary right after its years are over, counted from its first day, with its extension.

    A right without a first day is not counted. Where another right holds too, that one counts.
    """

    name = "licence_years"
    in_dutch = "Niemand geeft les op een tijdelijk recht nadat de jaren ervan om zijn, geteld vanaf de eerste dag, met verlenging."
    subject = Subject.PROFESSIONAL
    source = (
        "Old WVO art. 33 lid 3-4, WEB art. 4.2.1 lid 3 and 5, 4.2.4 (texts of 2017; now WVO 2020 ch. 7, numbers of "
        "articles unverified)"
    )
    owner = Owner.LAW
    negotiable = False
    phase = Phase.ELIGIBILITY
    hurdle = Hurdle.LICENSED
    may_switch_off = False
    stays_broken = True
    reads = ("licences.level", "licences.valid_from", "licences.extended")
    says = {
        "title": {"nl": "Hoe lang een tijdelijke bevoegdheid duurt", "en": "How long a temporary right lasts"},
        "over": {
            "nl": "De tijdelijke bevoegdheid van {person} voor {subject} duurt langer dan mag ({n} lesdata).",
            "en": "The temporary right of {person} for {subject} lasts longer than it may ({n} dates of the lesson).",
        },
        "over.one": {
            "nl": "De tijdelijke bevoegdheid van {person} voor {subject} duurt langer dan mag (één lesdatum).",
            "en": "The temporary right of {person} for {subject} lasts longer than it may (one date of the lesson).",
        },
        "many": {
            "nl": "Van {n} mensen is de tijdelijke bevoegdheid dan voorbij.",
            "en": "The temporary right of {n} people is over by then.",
        },
        "many.one": {
            "nl": "Van 1 persoon is de tijdelijke bevoegdheid dan voorbij.",
            "en": "The temporary right of 1 person is over by then.",
        },
        "broken": {
            "nl": "{person} geeft {lesson} na de laatste dag van een tijdelijke bevoegdheid ({n} data).",
            "en": "{person} gives {lesson} after the last day of a temporary right ({n} dates).",
        },
        "broken.one": {
            "nl": "{person} geeft {lesson} na de laatste dag van een tijdelijke bevoegdheid (één datum).",
            "en": "{person} gives {lesson} after the last day of a temporary right (one date).",
        },
    }

    under_qualified: int = Field(
        1, ge=0, le=50, description="Under-qualified (onderbevoegd)", json_schema_extra={"unit": "years"}
    )
    other_subject: int = Field(
        2, ge=0, le=50, description="Qualified for another subject (andersbevoegd)", json_schema_extra={"unit": "years"}
    )
    other_subject_more: int = Field(2, ge=0, le=50, description="Its extension", json_schema_extra={"unit": "years"})
    in_training: int = Field(
        2,
        ge=0,
        le=50,
        description="In training beside the work (zij-instroom, PDG)",
        json_schema_extra={"unit": "years"},
    )
    in_training_more: int = Field(2, ge=0, le=50, description="Its extension", json_schema_extra={"unit": "years"})
    exempt: int = Field(
        2, ge=0, le=50, description="General exemption in mbo (vrijgesteld)", json_schema_extra={"unit": "years"}
    )
    exempt_more: int = Field(2, ge=0, le=50, description="Its extension", json_schema_extra={"unit": "years"})

    def last_day(self, licence: Licence) -> date:
        """Last day on which a licence counts; the last there is where its level or first day sets none."""
        if licence.level not in TEMPORARY or licence.valid_from is None:
            return date.max
        years, more = {
            LicenceLevel.UNDER_QUALIFIED: (self.under_qualified, 0),
            LicenceLevel.OTHER_SUBJECT: (self.other_subject, self.other_subject_more),
            LicenceLevel.IN_TRAINING: (self.in_training, self.in_training_more),
            LicenceLevel.EXEMPT: (self.exempt, self.exempt_more),
        }[licence.level]
        return _anniversary(licence.valid_from, years + more * licence.extended) - timedelta(days=1)

    def broken(self, reading: Reading, subject: str) -> Iterator[Breach]:
        term = reading.term
        if not _temporary(term, subject):
            return
        rights = licence_rule(term, subject)
        wrong: dict[str, list[date]] = {}
        for taught in reading.of_person.get(subject, ()):
            course = term.course(taught.course)
            rows = [
                row
                for row in term.licences_of(subject)
                if holds(row, taught.when) and rights.accepts(term, course, row)
            ]
            if rows and all(taught.when > self.last_day(row) for row in rows):
                wrong.setdefault(taught.lesson, []).append(taught.when)
        for lesson, dates in wrong.items():
            params = {"person": names.person(term, subject), "lesson": names.lesson(term, lesson), "n": len(dates)}
            yield self.breach("broken", len(dates), "dates", params, professional=subject, lesson=lesson, when=dates[0])

    def enforce(self, board: Board, subject: str) -> None:
        temporary = _temporary(board.term, subject)
        if not temporary:
            return
        rights, accepted = licence_rule(board.term, subject), board.once(Accepted)
        valid: dict[str, Dates] = {}
        in_time: dict[str, Dates] = {}
        for row in board.term.licences_of(subject):
            dates = board.calendar.between(row.valid_from, row.valid_to)
            for course in accepted.by(rights, row):
                valid[course] = valid.get(course, 0) | dates
                in_time[course] = in_time.get(course, 0) | dates & board.calendar.between(None, self.last_day(row))
        for candidate in board.candidates_of(subject):
            over = candidate.dates & valid.get(candidate.course, 0) & ~in_time.get(candidate.course, 0)
            if over:
                because = self.because(
                    "over",
                    professional=subject,
                    fact=f"licences/{temporary[0].id}" if len(temporary) == 1 else None,
                    person=names.person(board.term, subject),
                    subject=board.term.course(candidate.course).subject,
                    n=over.bit_count(),
                )
                board.forbid(candidate, because)


def _temporary(term: Term, professional: str) -> list[Licence]:
    return [row for row in term.licences_of(professional) if row.level in TEMPORARY and row.valid_from is not None]


def _anniversary(first: date, years: int) -> date:
    """The same day so many years later; 1 March for 29 February where there is none, the last day there is at most."""
    if first.year + years > date.max.year:
        return date.max
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)
